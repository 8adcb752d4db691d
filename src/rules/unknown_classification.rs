//! A classification that is not one of the levels.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNKNOWN_CLASSIFICATION,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The classification is not one of the levels defined for this handbook, or only a tag names a level that is higher than the \
              one from the settings.",
    why: "The classification determines who may see the document. If it is unknown, the document is shown to nobody.",
    fix: "Write one of the levels under `classification`, or change the levels under `classifications` in the settings.",
    example: "classification: secret",
    check: Check::Reading,
};
