//! A classification that the ladder does not have.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNKNOWN_CLASSIFICATION,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The classification is not one of the levels defined for this handbook.",
    why: "The classification decides who may see the document; in doubt, it is shown to nobody.",
    mend: "Use a step of the ladder, or change the ladder under `classifications` in the settings.",
    example: "classification: secret",
    check: Check::Reading,
};
