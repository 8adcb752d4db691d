//! Invalid dates.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_DATE,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "A date is not written as year-month-day, or does not exist in the calendar.",
    why: "A date that cannot be read does not prove approval, and two readers may understand 01/02/2026 differently.",
    fix: "Write it in the form 2026-03-01. Leave the key out until the date is known.",
    example: "approved: 01/02/2026",
    check: Check::Reading,
};
