//! The scope of the management system and those who take part in it: services, locations and suppliers.

use super::entry::Entry;
use super::key::{Key, ValueType, key, required};
use super::kinds::{Kind, KindRow, PagePlace};
use super::record::Record;
use super::value::Reference;
use crate::date::Date;
use crate::place::{Located, Span};
use crate::placeholder::names_place;

const SERVICE: &[Key] = &[
    required("state", ValueType::Word(&["planned", "live", "retired"]), "whether it is used"),
    key("criticality", ValueType::Text, "how much depends on it"),
    key("from", ValueType::Day, "the first day of use"),
    key("until", ValueType::Day, "the last day of use"),
    key("rto", ValueType::Text, "the time within which it is restored"),
    key("rpo", ValueType::Text, "how much data may be lost, as a time"),
    key("mtd", ValueType::Text, "the longest outage that customers can bear"),
];

const LOCATION: &[Key] = &[required(
    "inside",
    ValueType::Word(&["true", "false"]),
    "whether it is within the scope of the management system",
)];

const SUPPLIER: &[Key] = &[
    required(
        "kind",
        ValueType::Word(&["external", "internal", "customer"]),
        "`internal` for another part of the organization, `customer` for a customer that acts as a supplier",
    ),
    key("manager", ValueType::Names, "the role that manages the relationship"),
    key("judged_by", ValueType::Names, "the role that evaluates the work"),
    key(
        "contract",
        ValueType::Record(&[
            key("document", ValueType::Ids, "the document with the contract or agreement"),
            key("location", ValueType::Text, "where the contract is kept, if outside the handbook"),
            key("ends", ValueType::Day, "its last day"),
            key("notice", ValueType::Day, "the last day to give notice"),
            key("review", ValueType::Interval, "how often it is compared with what is needed"),
            key("reviewed", ValueType::Day, "the day of the last such review"),
        ]),
        "the contract or agreement",
    ),
    key(
        "performance",
        ValueType::Record(&[
            key("every", ValueType::Interval, "how often performance is reviewed"),
            key("last", ValueType::Day, "the day of the last such review"),
        ]),
        "the review of performance",
    ),
    key("score", ValueType::Text, "the result of the last evaluation"),
];

/// Services.
pub(super) const SERVICES: KindRow = KindRow {
    kind: Kind::Services,
    name: "services",
    singular: "service",
    meaning: "services, with what an outage would mean",
    item: "service-catalogue",
    prefix: "SVC-",
    page: PagePlace::Each("services"),
    keys: SERVICE,
    columns: &["id", "title", "owner", "criticality", "rto", "rpo", "state"],
    begins: |_| None,
    due: |_, _, _| None,
    closed: |_, _| None,
};

/// Locations.
pub(super) const LOCATIONS: KindRow = KindRow {
    kind: Kind::Locations,
    name: "locations",
    singular: "location",
    meaning: "locations, inside the scope and outside",
    item: "sms-scope",
    prefix: "LOC-",
    page: PagePlace::Each("locations"),
    keys: LOCATION,
    columns: &["id", "title", "inside", "note"],
    begins: |_| None,
    due: |_, _, _| None,
    closed: |_, _| None,
};

/// Suppliers.
pub(super) const SUPPLIERS: KindRow = KindRow {
    kind: Kind::Suppliers,
    name: "suppliers",
    singular: "supplier",
    meaning: "suppliers, with their contracts or agreements and reviews of their performance",
    item: "other-parties-register",
    prefix: "SUP-",
    page: PagePlace::Each("suppliers"),
    keys: SUPPLIER,
    columns: &["id", "title", "kind", "services", "manager", "score", "state"],
    begins: |_| None,
    due: |entry, _, as_of| Supplier::from_entry(entry)?.next_end(as_of).map(|(day, _)| day),
    closed: |_, _| None,
};

/// The state of a service on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ServiceState {
    /// Not in use yet.
    Planned,
    /// In use.
    Live,
    /// No longer in use.
    Retired,
}

/// A service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service<'a>(&'a Entry);

impl<'a> Service<'a> {
    /// Views an entry as a service, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Service<'a>> {
        (entry.kind == Kind::Services).then_some(Service(entry))
    }

    /// Its state on the given day. Dates take precedence over the word under `state`. If the word or the date that
    /// would overrule it cannot be read, the service counts as live, so that all requirements apply.
    pub(crate) fn state_on(self, as_of: Date) -> ServiceState {
        let record = &self.0.record;
        let (from, until) = (record.day("from"), record.day("until"));
        if from.is_some_and(|from| from > as_of) {
            return ServiceState::Planned;
        }
        if until.is_some_and(|until| until < as_of) {
            return ServiceState::Retired;
        }
        match record.text("state") {
            Some("planned") if from.is_none() && !record.is_unclear("from") => ServiceState::Planned,
            Some("retired") if until.is_none() && !record.is_unclear("until") => ServiceState::Retired,
            _ => ServiceState::Live,
        }
    }

    /// The days on which its state changes.
    pub(crate) fn state_change_days(self) -> impl Iterator<Item = Date> {
        let record = &self.0.record;
        record.day("from").into_iter().chain(record.day("until").map(|until| until.plus_days(1)))
    }
}

/// The relationship of a supplier to the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SupplierKind {
    /// Another organization.
    External,
    /// Another part of the organization.
    Internal,
    /// A customer that acts as a supplier.
    Customer,
}

/// A supplier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Supplier<'a>(&'a Entry);

impl<'a> Supplier<'a> {
    /// Views an entry as a supplier, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Supplier<'a>> {
        (entry.kind == Kind::Suppliers).then_some(Supplier(entry))
    }

    /// Its kind, if it can be read.
    pub(crate) fn kind(self) -> Option<SupplierKind> {
        match self.0.record.text("kind")? {
            "external" => Some(SupplierKind::External),
            "internal" => Some(SupplierKind::Internal),
            "customer" => Some(SupplierKind::Customer),
            _ => None,
        }
    }

    /// The roles that manage the relationship; by default, its owners.
    pub(crate) fn manager(self) -> &'a [Located<String>] {
        let manager = self.0.record.names("manager");
        if manager.is_empty() { self.0.owners() } else { manager }
    }

    fn contract(self) -> Option<&'a Record> {
        self.0.record.record("contract")
    }

    /// The documents with the contract.
    pub(crate) fn documents(self) -> &'a [Located<Reference>] {
        self.contract().map_or(&[], |contract| contract.references("document"))
    }

    /// Whether it says where the contract is kept.
    pub(crate) fn is_kept_elsewhere(self) -> bool {
        self.contract().is_some_and(|contract| contract.text("location").is_some_and(names_place))
    }

    /// The last day of the contract.
    pub(crate) fn end_date(self) -> Option<Date> {
        self.contract()?.day("ends")
    }

    /// Whether the last day of the contract is unclear.
    pub(crate) fn end_is_unclear(self) -> bool {
        self.is_unclear("contract", "ends")
    }

    /// Whether there is a contract whose review interval is unclear.
    pub(crate) fn contract_review_is_unclear(self) -> bool {
        self.contract().is_some_and(|contract| contract.is_unclear("review"))
    }

    /// Whether the interval of performance reviews is unclear.
    pub(crate) fn performance_review_is_unclear(self) -> bool {
        self.is_unclear("performance", "every")
    }

    /// Whether a mapping is written in which the value of a key is unclear.
    fn is_unclear(self, outer: &str, inner: &str) -> bool {
        let record = &self.0.record;
        record.is_unclear(outer) && record.record(outer).is_none_or(|within| within.is_unclear(inner))
    }

    /// Whether the contract ended before a day.
    pub(crate) fn has_ended(self, as_of: Date) -> bool {
        self.end_date().is_some_and(|ends| ends < as_of)
    }

    /// Whether there is a contract whose notice date is unclear.
    pub(crate) fn notice_is_unclear(self) -> bool {
        self.contract().is_some_and(|contract| contract.is_unclear("notice"))
    }

    /// The day by which the contract must be decided on, with its key: the last day for notice, unless the contract has
    /// ended, else its last day. A notice date that has passed stays until new dates are written.
    pub(crate) fn next_end(self, as_of: Date) -> Option<(Date, &'static str)> {
        let ends = self.end_date();
        let notice = self.contract()?.day("notice").filter(|_| ends.is_none_or(|ends| ends >= as_of));
        notice.map(|day| (day, "notice")).or(ends.map(|day| (day, "ends")))
    }

    /// The day by which the contract must be reviewed. If it was never reviewed, or the interval is unclear, it is due
    /// from the first possible day.
    pub(crate) fn contract_review(self, as_of: Date) -> Option<Date> {
        if self.contract_review_is_unclear() {
            return Some(Date::MIN);
        }
        next_due(self.contract()?, "review", "reviewed", as_of)
    }

    /// The day by which the performance must be reviewed. If it was never reviewed, or the interval is unclear, it is
    /// due from the first possible day.
    pub(crate) fn performance_review(self, as_of: Date) -> Option<Date> {
        if self.performance_review_is_unclear() {
            return Some(Date::MIN);
        }
        next_due(self.0.record.record("performance")?, "every", "last", as_of)
    }

    /// The day of the last contract review, as of the given day.
    pub(crate) fn last_contract_review(self, as_of: Date) -> Option<Date> {
        self.contract()?.day("reviewed").filter(|on| *on <= as_of)
    }

    /// The day of the last performance review, as of the given day.
    pub(crate) fn last_performance_review(self, as_of: Date) -> Option<Date> {
        self.0.record.record("performance")?.day("last").filter(|on| *on <= as_of)
    }

    /// The span of a key of the contract, or of what contains it.
    pub(crate) fn contract_span(self, name: &str) -> Span {
        self.contract().map_or(self.0.id.span, |contract| contract.get(name).map_or(contract.span, |value| value.span))
    }

    /// The span of a key of the performance review, or of what contains it.
    pub(crate) fn performance_span(self, name: &str) -> Span {
        let performance = self.0.record.record("performance");
        performance.map_or(self.0.id.span, |record| record.get(name).map_or(record.span, |value| value.span))
    }
}

/// The next due date of a recurring task.
fn next_due(record: &Record, every: &str, last: &str, as_of: Date) -> Option<Date> {
    let every = record.interval(every)?;
    let done = record.day(last).filter(|on| *on <= as_of);
    Some(done.map_or(Date::MIN, |on| on.plus(every)))
}
