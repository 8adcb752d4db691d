//! Catalogues in the handbook that cannot be used.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_STANDARD,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "A catalogue in `standards/` contains an error, so its clauses cannot be counted.",
    why: "A clause that is listed twice, or belongs to a clause that does not exist, makes the coverage figure wrong.",
    fix: "Fix the catalogue at the place shown.",
    example: "clauses:\n- id: \"4.1\"\n  parent: \"3\"",
    check: Check::Reading,
};
