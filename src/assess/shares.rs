//! Items due for each service or supplier: how many recipients provide them, according to the registers.

use super::contracts;
use super::state::State;
use super::verdict::{ItemVerdict, Provider};
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex, Reading};
use crate::id::ItemKey;
use crate::register::{Kind, Reference, Service, ServiceState, Supplier, SupplierKind};
use crate::standard::Recipient;

/// How many recipients provide an item, and how many should.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    /// The number of recipients known to provide it.
    pub(crate) provided: usize,
    /// The number of recipients who should provide it. Unreadable entries of registers count here, but never in
    /// `provided`.
    pub(crate) required: usize,
    /// Whether this edition hides entries, so that no figures may be shown.
    pub(crate) withheld: bool,
}

impl Share {
    /// Whether every recipient is known to provide it.
    pub(crate) fn is_complete(self) -> bool {
        self.provided == self.required && !self.withheld
    }

    /// The figures `(provided, required)`, if this edition may show them.
    pub(crate) fn figures(self) -> Option<(usize, usize)> {
        (!self.withheld).then_some((self.provided, self.required))
    }
}

/// The inputs that decide how many recipients provide an item.
pub(super) struct ShareCounter<'a> {
    pub(super) reading: &'a Reading,
    pub(super) as_of: Date,
    /// The state of a document on that day.
    pub(super) state: &'a dyn Fn(DocumentIndex) -> State,
}

impl ShareCounter<'_> {
    /// The share of an item, or `None` if it is due only once or no register lists the recipients.
    pub(super) fn count_share(&self, item: ItemKey, providers: &[DocumentIndex]) -> Option<Share> {
        let per = &self.reading.standards.item_at(item).per;
        let registers = &self.reading.handbook.registers;
        let mut share = None;
        for kind in recipient_kinds(per) {
            let (lost, withheld) = (registers.unreadable_count(kind), registers.withholds(kind));
            if !registers.has(kind) && lost == 0 && !withheld {
                continue;
            }
            let recipients = self.recipients(kind, per);
            let covered = recipients.iter().filter(|index| self.has_item(**index, item, providers)).count();
            let total: Share = share.unwrap_or_default();
            share = Some(Share {
                provided: total.provided + covered,
                required: total.required + recipients.len() + lost,
                withheld: total.withheld || withheld,
            });
        }
        share
    }

    /// The entries of a kind that should provide an item.
    fn recipients(&self, kind: Kind, per: &[Recipient]) -> Vec<EntryIndex> {
        let indexes = self.reading.handbook.registers.of_kind(kind).map(|(index, _)| index);
        indexes.filter(|index| per.iter().any(|per| self.requires(*per, *index))).collect()
    }

    /// Whether an entry should provide an item for `per`. A supplier of unknown kind should provide everything.
    fn requires(&self, per: Recipient, index: EntryIndex) -> bool {
        let entry = &self.reading.handbook.registers.entry(index).entry;
        let is = |expected| {
            Supplier::from_entry(entry).is_some_and(|supplier| supplier.kind().is_none_or(|kind| kind == expected))
        };
        match per {
            Recipient::Service => {
                Service::from_entry(entry).is_some_and(|service| service.state_on(self.as_of) == ServiceState::Live)
            }
            Recipient::ExternalSupplier => is(SupplierKind::External),
            Recipient::InternalSupplier => is(SupplierKind::Internal),
            Recipient::Customer => is(SupplierKind::Customer),
        }
    }

    fn has_item(&self, index: EntryIndex, item: ItemKey, providers: &[DocumentIndex]) -> bool {
        match Supplier::from_entry(&self.reading.handbook.registers.entry(index).entry) {
            Some(supplier) => self.has_contract(supplier),
            None => self.serves(index, item, providers),
        }
    }

    /// Whether a document that provides the item is about a service, according to its front matter or to the entry of
    /// the service. An entry that cannot be read counts as not served.
    fn serves(&self, service: EntryIndex, item: ItemKey, providers: &[DocumentIndex]) -> bool {
        let handbook = &self.reading.handbook;
        let registers = &handbook.registers;
        let entry = &registers.entry(service).entry;
        if entry.is_only_an_id() {
            return false;
        }
        let record = &entry.record;
        let references =
            record.references("documents").iter().filter_map(|reference| handbook.lookup.by_id(reference.value.id()?));
        let documents: Vec<DocumentIndex> = references.collect();
        let is_about = |document: &&DocumentIndex| {
            documents.contains(document) || registers.documents_of(service).contains(document)
        };
        providers.iter().filter(is_about).any(|document| {
            let state = (self.state)(*document);
            let verdict =
                super::items::provider_verdict(&self.reading.standards, handbook.document(*document), item, state);
            verdict == ItemVerdict::Provided
        })
    }

    /// Whether the contract with a supplier is known and has not ended.
    pub(super) fn has_contract(&self, supplier: Supplier<'_>) -> bool {
        let counts = |reference: &Reference| {
            let document = reference.id().and_then(|id| self.reading.handbook.lookup.by_id(id));
            document.is_some_and(|index| {
                contracts::contract_problem(self.reading, supplier, index, (self.state)(index)).is_none()
            })
        };
        let is_known =
            supplier.is_kept_elsewhere() || supplier.documents().iter().any(|document| counts(&document.value));
        is_known && !supplier.has_ended(self.as_of) && !supplier.end_is_unclear()
    }
}

/// The kinds of register that list the recipients of an item.
fn recipient_kinds(per: &[Recipient]) -> impl Iterator<Item = Kind> {
    let has_recipient = |kind: &Kind| per.iter().any(|per| (*per == Recipient::Service) == (*kind == Kind::Services));
    [Kind::Services, Kind::Suppliers].into_iter().filter(has_recipient)
}

/// Whether an edition hides any recipient of an item.
pub(super) fn hides_recipients(edition: &Reading, item: ItemKey) -> bool {
    recipient_kinds(&edition.standards.item_at(item).per).any(|kind| edition.handbook.registers.withholds(kind))
}

/// The documents that say they provide an item.
pub(super) fn provider_documents(providers: &[Provider]) -> Vec<DocumentIndex> {
    providers.iter().map(|provider| provider.document).collect()
}

/// Limits an item's verdict by how many recipients provide it.
pub(super) fn limit_verdict(best: ItemVerdict, share: Option<Share>) -> ItemVerdict {
    match share {
        Some(share) if !share.is_complete() => best.min(ItemVerdict::Incomplete),
        _ => best,
    }
}

/// The documents that supplier entries name as their contracts.
pub(super) fn contract_documents(reading: &Reading) -> impl Iterator<Item = DocumentIndex> {
    let suppliers = reading.handbook.registers.of_kind(Kind::Suppliers);
    let references = suppliers
        .filter_map(|(_, placed_entry)| Supplier::from_entry(&placed_entry.entry))
        .flat_map(Supplier::documents);
    references.filter_map(|reference| reading.handbook.lookup.by_id(reference.value.id()?))
}

/// The days after an assessment on which the shares change without anybody doing anything.
pub(super) fn change_days(reading: &Reading, as_of: Date) -> Vec<Date> {
    let entries = reading.handbook.registers.entries.iter().map(|placed_entry| &*placed_entry.entry);
    let mut days: Vec<Date> = entries
        .flat_map(|entry| {
            let service = Service::from_entry(entry).into_iter().flat_map(Service::state_change_days);
            let supplier = Supplier::from_entry(entry).and_then(|supplier| Some(supplier.end_date()?.plus_days(1)));
            service.chain(supplier).collect::<Vec<_>>()
        })
        .filter(|day| *day > as_of)
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

impl super::Assessed<'_> {
    /// Whether the contract with a supplier is known and has not ended on the day of the assessment, even if its
    /// document is not shown.
    pub(crate) fn has_contract(self, supplier: Supplier<'_>) -> bool {
        let super::Assessed { reading, assessment } = self.whole();
        let state = |document: DocumentIndex| assessment.state(document);
        ShareCounter { reading, as_of: assessment.clock.as_of, state: &state }.has_contract(supplier)
    }
}

impl super::Assessment {
    /// The services and suppliers that should provide an item but do not.
    pub(crate) fn recipients_without(&self, reading: &Reading, item: ItemKey) -> Vec<EntryIndex> {
        let state = |document: DocumentIndex| self.state(document);
        let shares = ShareCounter { reading, as_of: self.clock.as_of, state: &state };
        let per = &reading.standards.item_at(item).per;
        if per.is_empty() {
            return Vec::new();
        }
        let providers = provider_documents(&self.item(item).providers);
        let recipients = [Kind::Services, Kind::Suppliers].into_iter().flat_map(|kind| shares.recipients(kind, per));
        recipients.filter(|index| !shares.has_item(*index, item, &providers)).collect()
    }

    /// The items due for each service that a live service does not provide.
    pub(crate) fn items_missing_for(&self, reading: &Reading, service: EntryIndex) -> Vec<ItemKey> {
        let state = |document: DocumentIndex| self.state(document);
        let shares = ShareCounter { reading, as_of: self.clock.as_of, state: &state };
        let per_service = |item: &ItemKey| reading.standards.item_at(*item).per.contains(&Recipient::Service);
        let is_missing =
            |item: &ItemKey| !shares.serves(service, *item, &provider_documents(&self.item(*item).providers));
        if !shares.requires(Recipient::Service, service) {
            return Vec::new();
        }
        let items = self.items.iter().flatten().map(|item| item.item);
        items.filter(per_service).filter(is_missing).collect()
    }
}
