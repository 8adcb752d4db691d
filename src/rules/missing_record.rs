//! Records that the standard requires but no document provides.

use super::missing_document::report_missing;
use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};
use crate::standard::Retention;

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-record"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "No record in force provides an item of evidence that must be retained.",
    why: "In a stage 2 audit, the auditor looks for evidence: without records, there is no proof that a process works.",
    fix: "Write a document of type `record` that says where the record is kept, who owns it and when it was last \
          checked, and list the item under `provides`.",
    example: "nothing has `provides: [incident-records]`",
    check: Check::Handbook(|assessed, problems| report_missing(assessed, RULE.id, Retention::Retain, problems)),
};
