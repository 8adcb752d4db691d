//! A type that does not exist.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNKNOWN_TYPE,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The type of the document is neither a type that Clausebook contains nor one defined in the settings.",
    why: "The type determines what a document can prove and how often it is reviewed.",
    fix: "Use one of the existing types, or add your own under `types` in the settings.",
    example: "type: polcy",
    check: Check::Reading,
};
