//! What is due with suppliers: decisions on contracts, and reviews.

use super::{DeadlineKind, DeadlineOf, Due, List};
use crate::date::Date;
use crate::handbook::{EntryIndex, PlacedEntry};
use crate::place::Span;
use crate::register::{Period, Supplier};

impl<'a> List<'a> {
    pub(super) fn supplier(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let Some(supplier) = Supplier::of(&placed.entry) else { return };
        let as_of = self.clock.as_of;
        if let Some((day, key)) = supplier.next_end(as_of) {
            self.of_supplier((index, placed, supplier), (DeadlineKind::Contract, day), supplier.contract_span(key));
        }
        // What was never reviewed has no day; a rule reports it.
        let known = |day: &Date| *day > Date::FIRST;
        if let Some(day) = supplier.contract_review(as_of).filter(known) {
            let span = supplier.contract_span("reviewed");
            self.of_supplier((index, placed, supplier), (DeadlineKind::ContractReview, day), span);
        }
        if let Some(day) = supplier.performance_review(as_of).filter(known) {
            let span = supplier.performance_span("last");
            self.of_supplier((index, placed, supplier), (DeadlineKind::Performance, day), span);
        }
    }

    fn of_supplier(
        &mut self,
        (index, placed, supplier): (EntryIndex, &'a PlacedEntry, Supplier<'a>),
        (kind, day): (DeadlineKind, Date),
        span: Span,
    ) {
        let due = Due {
            kind,
            days: Period { from: day, to: day },
            is_done: false,
            what: placed.entry.title(),
            who: supplier.manager(),
            place: placed.place(span),
        };
        self.push(placed, DeadlineOf::Entry(index), due);
    }
}
