//! A type that does not exist.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNKNOWN_TYPE,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The type of the document is neither one of Clausebook's nor one of the settings'.",
    why: "The type decides what a document can prove and how often it is reviewed.",
    mend: "Use one of the types, or add your own under `types` in the settings.",
    example: "type: polcy",
    check: Check::Reading,
};
