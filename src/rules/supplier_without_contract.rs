//! Suppliers without a known contract.

use super::parties::suppliers;
use super::registers::join_names;
use super::{Check, Group, Rule};
use crate::assess::{Assessed, MissingContract, items_for};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Supplier, SupplierKind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("supplier-without-contract"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A supplier has neither a contract or agreement in force nor a place where it is kept, or names a document that is neither.",
    why: "The standard requires a contract with each external supplier, and an agreement with each other one.",
    fix: "Write the ID of the contract under `contract.document`, or where it is kept under `contract.location`.",
    example: "a supplier whose contract is still a draft",
    check: Check::Handbook(check),
};

const HELP: &str =
    "write the ID of the contract under `contract.document`, or where it is kept under `contract.location`";

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (placed_entry, supplier) in suppliers(assessed) {
        let lookup = &handbook.lookup;
        let defect = |index| assessed.assessment.missing_contract(assessed.reading, supplier, index);
        let ids = || supplier.documents().iter().filter_map(|document| document.value.id());
        // Whether a withheld document is in force is not known, so it gets the benefit of the doubt.
        let is_fine = |id| lookup.is_withheld(id) || lookup.by_id(id).is_some_and(|index| defect(index).is_none());
        if supplier.is_kept_elsewhere() || ids().any(is_fine) {
            continue;
        }
        let what = word(supplier);
        let (message, help) = match ids().find_map(|id| Some((id, defect(lookup.by_id(id)?)?))) {
            Some((id, MissingContract::NotInForce(state))) => {
                let message =
                    format!("the {what} with {}, {id}, is not in force ({})", placed_entry.id(), state.as_str());
                (message, HELP.to_owned())
            }
            Some((id, MissingContract::OtherDocument)) => (
                format!("{id} is named as the {what} with {} and does not count as one", placed_entry.id()),
                required_document(assessed, supplier),
            ),
            None => (format!("no {what} with {} is known", placed_entry.id()), HELP.to_owned()),
        };
        problems.push(
            Problem::new(RULE.id, placed_entry.place(place(supplier)), message)
                .help(help)
                .with_subject(placed_entry.id()),
        );
    }
}

/// The word for the contract with a kind of supplier.
fn word(supplier: Supplier<'_>) -> &'static str {
    match supplier.kind() {
        Some(SupplierKind::Internal | SupplierKind::Customer) => "agreement",
        _ => "contract",
    }
}

/// A description of the document that would count.
fn required_document(assessed: &Assessed<'_>, supplier: Supplier<'_>) -> String {
    let items = items_for(assessed.reading, supplier);
    let ids = items.iter().map(|item| format!("`{}`", assessed.reading.standards.item_at(*item).id));
    let provides = match items.as_slice() {
        [] => String::new(),
        _ => format!(", or one that provides {}", join_names(ids)),
    };
    format!("name a document of type `agreement` with a text{provides}")
}

fn place(supplier: Supplier<'_>) -> crate::place::Span {
    supplier.contract_span("document")
}
