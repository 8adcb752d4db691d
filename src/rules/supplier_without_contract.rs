//! Suppliers whose contract nobody knows.

use super::parties::suppliers;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Supplier, SupplierKind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("supplier-without-contract"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A supplier has neither a contract or agreement in force nor a place where it is kept.",
    why: "The standard requires a contract with each external supplier, and an agreement with each other one.",
    fix: "Write the ID of the document under `contract.document`, or under `contract.location` where the contract is kept.",
    example: "a supplier whose contract is still a draft",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (placed, supplier) in suppliers(assessed) {
        let known = |id| handbook.lookup.by_id(id).map(|document| assessed.assessment.state(document));
        let ids = || supplier.documents().iter().filter_map(|one| one.value.id());
        // Of a document that is not shown nobody knows whether it is in force.
        let is_fine = |id| handbook.lookup.is_withheld(id) || known(id).is_some_and(|state| state.is_in_force());
        if supplier.is_kept_elsewhere() || ids().any(is_fine) {
            continue;
        }
        let what = match supplier.kind() {
            Some(SupplierKind::Internal | SupplierKind::Customer) => "agreement",
            _ => "contract",
        };
        let message = match ids().find_map(|id| Some((id, known(id)?))) {
            Some((id, state)) => format!("the {what} with {}, {id}, is not in force ({})", placed.id(), state.as_str()),
            None => format!("no {what} with {} is known", placed.id()),
        };
        problems.push(Problem::new(RULE.id, placed.place(place(supplier)), message).help(RULE.fix).concerning(placed.id()));
    }
}

fn place(supplier: Supplier<'_>) -> crate::place::Span {
    supplier.contract_span("document")
}
