//! Deadlines of documents: reviews, checks of editions, and the end of the time for which a record is kept.

use super::{Deadline, DeadlineKind, DeadlineState, DeadlineSubject, List, on};
use crate::assess::acknowledged::acknowledged;
use crate::assess::disposal::disposal;
use crate::assess::external::edition_check;
use crate::assess::state::State;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, is_dated_by_content};
use crate::place::Span;

impl List<'_> {
    /// Deadlines of documents that are approved, whether or not their text is in force. A record that was replaced is
    /// disposed of all the same.
    pub(super) fn documents(&mut self) {
        for (index, document) in self.reading.handbook.controlled() {
            let life = self.assessment.life(index);
            if matches!(life.state, State::Draft | State::InReview) {
                continue;
            }
            let front = document.front();
            if life.state != State::Retired {
                let is_record = is_dated_by_content(&document.kind) && front.is_some_and(|front| front.date.is_some());
                let kind = if is_record { DeadlineKind::Refresh } else { DeadlineKind::Review };
                let written = front.and_then(|front| Some(front.review.as_ref()?.span));
                self.of_document((index, document), kind, life.next_review, written);
                let check = edition_check(document, self.clock.as_of).and_then(|check| check.due);
                // Who reviews such a document on that day has checked its edition too.
                let check = check.filter(|day| Some(*day) != life.next_review);
                let written = front.and_then(|front| Some(front.checked.as_ref()?.span));
                self.of_document((index, document), DeadlineKind::EditionCheck, check, written);
                self.acknowledgement((index, document));
            }
            let written = front.and_then(|front| Some(front.retention.as_ref()?.span));
            self.of_document((index, document), DeadlineKind::Disposal, disposal(document), written);
        }
    }

    /// Readers of a version have some days to acknowledge it.
    fn acknowledgement(&mut self, (index, document): (DocumentIndex, &Document)) {
        let Some(one) = acknowledged(self.reading, self.assessment, index) else { return };
        let written = document.front().and_then(|front| Some(front.acknowledge.as_ref()?.span));
        self.of_document((index, document), DeadlineKind::Acknowledgement, Some(one.due), written);
        if one.is_complete()
            && let Some(deadline) = self.deadlines.last_mut()
        {
            deadline.state = DeadlineState::Done;
        }
    }

    fn of_document(
        &mut self,
        (index, document): (DocumentIndex, &Document),
        kind: DeadlineKind,
        day: Option<Date>,
        written: Option<Span>,
    ) {
        let Some(day) = day else { return };
        self.deadlines.push(Deadline {
            day: Some(day),
            end: None,
            kind,
            state: self.state(Some(on(day)), false),
            what: document.title.clone(),
            id: document.id().map_or("", |id| id.as_str()).into(),
            who: document.owners.iter().cloned().collect(),
            of: DeadlineSubject::Document(index),
            place: written.map_or_else(|| document.opening(), |span| document.place(span)),
        });
    }
}
