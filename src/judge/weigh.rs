//! What a fault weighs in this handbook, and the order in which findings are reported.

use crate::finding::{Fault, Finding, RuleId, Severity};
use crate::handbook::Reading;
use crate::place::Place;
use crate::rules::rule;

/// A fault with the weight that the settings give it; nothing when its rule is off.
pub(super) fn weigh(reading: &Reading, fault: Fault) -> Option<Finding> {
    let default = rule(fault.rule.0).map_or(Severity::Error, |rule| rule.severity);
    let set = reading.settings.severity(fault.rule, default)?;
    let severity = fault.at_most.map_or(set, |most| most.min(set));
    let handbook = &reading.handbook;
    let document = handbook.lookup.by_path(&fault.place.file).and_then(|index| handbook.document(index).id());
    Some(Finding { severity, document: document.cloned(), fault })
}

/// Puts findings in the order in which they are reported: by place.
pub(super) fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.dedup();
}

/// Findings of one rule at one place stay as they were found: clauses in their standard's order, 8.2 before 8.10.
fn order(finding: &Finding) -> (&Place, RuleId) {
    (&finding.fault.place, finding.fault.rule)
}
