//! A date that is none.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_DATE,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "A date is not written as year-month-day, or is not a day of the calendar.",
    why: "A date that cannot be read proves no approval, and two readers may read 01/02/2026 as two days.",
    mend: "Write it as 2026-03-01; leave the key out while the day is not known.",
    example: "approved: 01/02/2026",
    check: Check::Reading,
};
