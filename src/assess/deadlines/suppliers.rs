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
        let mut days: Vec<(DeadlineKind, Date, Span)> = Vec::new();
        if let Some((day, key)) = unknown.or(supplier.next_end(as_of)) {
            let kind = if key == "notice" { DeadlineKind::Notice } else { DeadlineKind::Contract };
            days.push((kind, day, supplier.contract_span(key)));
        }
        if let Some(day) = supplier.contract_review(as_of) {
            days.push((DeadlineKind::ContractReview, day, supplier.contract_span("reviewed")));
        }
        if let Some(day) = supplier.performance_review(as_of) {
            days.push((DeadlineKind::Performance, day, supplier.performance_span("last")));
        }
        for (kind, day, span) in days {
            let due = PendingDeadline {
                kind,
                // Without an earlier review or a readable interval, there is no day.
                days: Some(Period::single_day(day)).filter(|_| day > Date::MIN),
                is_done: false,
                task: placed_entry.entry.title(),
                id: None,
                number: None,
                assignees: supplier.manager(),
                span,
            };
            self.push(placed_entry, DeadlineSubject::Entry(index), due);
        }
    }
}
