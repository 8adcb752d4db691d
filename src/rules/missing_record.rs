//! Records that the standard wants retained and that nothing provides.

use super::missing_document::missing;
use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};
use crate::standard::Keep;

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-record"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "No record in force provides an item of evidence that must be retained.",
    why: "A stage 2 audit looks at evidence: a process without records has not been shown to run.",
    mend: "Write a document of type `record` that says where the record is kept, who answers for it and when that was last checked, and name the item under `provides`.",
    example: "nothing has `provides: [incident-records]`",
    check: Check::Handbook(|assessed, faults| missing(assessed, RULE.id, Keep::Retain, faults)),
};
