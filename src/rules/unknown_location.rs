//! Locations that are not in the register of locations.

use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-location"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "Front matter or an entry names a location that the register of locations does not have.",
    why: "An audit of a location under another name is missing from the page of that location.",
    fix: "Correct the name to the ID or the title in the register, or add the location to the register.",
    example: "locations: [Upper Thimbel], with `Upper Thimble` in the register",
    check: Check::Handbook(|assessed, problems| {
        super::parties::report_unknown_names(
            assessed,
            RULE.id,
            Kind::Locations,
            "locations",
            |front| &front.locations,
            problems,
        );
    }),
};
