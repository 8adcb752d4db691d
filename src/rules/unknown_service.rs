//! Services that are not in the register of services.

use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-service"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "Front matter or an entry names a service that the register of services does not have.",
    why: "What is written about a service under another name is missing from its page, and counts for no service.",
    fix: "Correct the name to the ID or the title in the register, or add the service to the register.",
    example: "services: [NETT], with `NET` in the register",
    check: Check::Handbook(|assessed, problems| {
        super::parties::report_unknown_names(
            assessed,
            RULE.id,
            Kind::Services,
            "services",
            |front| &front.services,
            problems,
        );
    }),
};
