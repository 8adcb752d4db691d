//! Deadlines of suppliers: decisions on contracts, and reviews.

use super::{DeadlineKind, DeadlineList, DeadlineSubject, PendingDeadline};
use crate::date::Date;
use crate::handbook::{EntryIndex, PlacedEntry};
use crate::place::Span;
use crate::register::{Period, Supplier};

impl<'a> DeadlineList<'a> {
    pub(super) fn add_supplier(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let Some(supplier) = Supplier::from_entry(&placed_entry.entry) else { return };
        let as_of = self.clock.as_of;
        let unknown = [(supplier.end_is_unclear(), "ends"), (supplier.notice_is_unclear(), "notice")];
        let unknown = unknown.into_iter().find(|(is_unclear, _)| *is_unclear).map(|(_, key)| (Date::MIN, key));
        if let Some((day, key)) = unknown.or(supplier.next_end(as_of)) {
            let kind = if key == "notice" { DeadlineKind::Notice } else { DeadlineKind::Contract };
            self.add_supplier_day((index, placed_entry, supplier), (kind, day), supplier.contract_span(key));
        }
        if let Some(day) = supplier.contract_review(as_of) {
            let span = supplier.contract_span("reviewed");
            self.add_supplier_day((index, placed_entry, supplier), (DeadlineKind::ContractReview, day), span);
        }
        if let Some(day) = supplier.performance_review(as_of) {
            let span = supplier.performance_span("last");
            self.add_supplier_day((index, placed_entry, supplier), (DeadlineKind::Performance, day), span);
        }
    }

    fn add_supplier_day(
        &mut self,
        (index, placed, supplier): (EntryIndex, &'a PlacedEntry, Supplier<'a>),
        (kind, day): (DeadlineKind, Date),
        span: Span,
    ) {
        let due = PendingDeadline {
            kind,
            // Without an earlier review or a readable interval, there is no day.
            days: Some(Period::single_day(day)).filter(|_| day > Date::MIN),
            is_done: false,
            task: placed.entry.title(),
            id: None,
            number: None,
            assignees: supplier.manager(),
            span,
        };
        self.push(placed, DeadlineSubject::Entry(index), due);
    }
}
