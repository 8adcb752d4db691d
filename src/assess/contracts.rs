//! Which documents count as the contract or agreement with a supplier.

use super::items::provider_verdict;
use super::state::State;
use super::verdict::ItemVerdict;
use crate::handbook::{DocumentIndex, Reading};
use crate::id::ItemKey;
use crate::register::{Supplier, SupplierKind};
use crate::standard::Recipient;

/// Why a document does not count as the contract with a supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MissingContract {
    /// It is not in force.
    NotInForce(State),
    /// It is another kind of document, or its text is empty.
    OtherDocument,
}

/// The type of documents that are agreements, whatever items the catalogues have.
const AGREEMENT_TYPE: &str = "agreement";

/// Whether a catalogue item is due for this kind of supplier. A supplier of unknown kind needs every item for
/// suppliers.
fn is_due(per: Recipient, supplier: Supplier<'_>) -> bool {
    let is = |expected| supplier.kind().is_none_or(|kind| kind == expected);
    match per {
        Recipient::Service => false,
        Recipient::ExternalSupplier => is(SupplierKind::External),
        Recipient::InternalSupplier => is(SupplierKind::Internal),
        Recipient::Customer => is(SupplierKind::Customer),
    }
}

/// The items in the handbook's standards that are due for a supplier.
pub(crate) fn items_for(reading: &Reading, supplier: Supplier<'_>) -> Vec<ItemKey> {
    let standards = &reading.standards;
    let items = standards.indexes().flat_map(|standard| standards.items(standard));
    items.filter(|item| standards.item_at(*item).per.iter().any(|per| is_due(*per, supplier))).collect()
}

/// Returns why a document does not count as the contract with a supplier, or `None` if it does: it provides the item
/// that is due for this kind of supplier, or it is an agreement by type.
pub(super) fn contract_problem(
    reading: &Reading,
    supplier: Supplier<'_>,
    index: DocumentIndex,
    state: State,
) -> Option<MissingContract> {
    if !state.is_in_force() {
        return Some(MissingContract::NotInForce(state));
    }
    let (document, standards) = (reading.handbook.document(index), &reading.standards);
    let items = items_for(reading, supplier);
    let provides = document.provides.iter().filter(|(item, _)| items.contains(item));
    let is_provided = provides
        .into_iter()
        .any(|(item, _)| provider_verdict(standards, document, *item, state) == ItemVerdict::Provided);
    let is_usual = |item: &ItemKey| standards.item_at(*item).kind.as_deref() == Some(&*document.doc_type);
    let is_of_type = *document.doc_type == *AGREEMENT_TYPE || items.iter().any(is_usual);
    let counts = is_provided || (is_of_type && document.is_controlled() && document.has_content);
    (!counts).then_some(MissingContract::OtherDocument)
}

impl super::Assessment {
    /// Returns why a document does not count as the contract with a supplier on the day of the assessment, if so.
    pub(crate) fn missing_contract(
        &self,
        reading: &Reading,
        supplier: Supplier<'_>,
        document: DocumentIndex,
    ) -> Option<MissingContract> {
        contract_problem(reading, supplier, document, self.state(document))
    }
}
