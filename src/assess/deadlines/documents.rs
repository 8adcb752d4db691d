//! Deadlines of documents: reviews, checks of external editions, and the end of retention periods.

use super::{Deadline, DeadlineKind, DeadlineList, DeadlineState, DeadlineSubject};
use crate::assess::acknowledgements::count_acknowledgements;
use crate::assess::disposal::disposal_day;
use crate::assess::external::edition_check;
use crate::assess::state::{Life, State};
use crate::date::Date;
use crate::handbook::{DocumentIndex, ReviewRule, is_dated_by_content};
use crate::place::Span;
use crate::register::Period;

impl DeadlineList<'_> {
    /// Adds the deadlines of approved documents, whether or not their text is in force. A record is due for disposal
    /// even if it was replaced.
    pub(super) fn add_documents(&mut self) {
        for (index, document) in self.reading.handbook.controlled() {
            let life = self.assessment.life(index);
            if matches!(life.state, State::Draft | State::InReview) {
                continue;
            }
            let front = document.front();
            if life.state != State::Retired {
                let is_record =
                    is_dated_by_content(&document.doc_type) && front.is_some_and(|front| front.date.is_some());
                let kind = if is_record { DeadlineKind::Refresh } else { DeadlineKind::Review };
                let key_span = front.and_then(|front| Some(front.review.as_ref()?.span));
                let is_due = life.next_review.is_some() || document.review == ReviewRule::Unknown;
                if is_due && (life.next_review.is_some() || life.state != State::Future) {
                    self.add_document(index, kind, life.next_review, key_span);
                }
                self.add_edition_check(index, *life);
                self.add_acknowledgement(index);
            }
            let key_span = front.and_then(|front| Some(front.retention.as_ref()?.span));
            if let Some(day) = disposal_day(document) {
                self.add_document(index, DeadlineKind::Disposal, Some(day), key_span);
            }
        }
    }

    /// Adds the next check of an external document's edition. If no check is recorded, it is overdue without a known
    /// day.
    fn add_edition_check(&mut self, index: DocumentIndex, life: Life) {
        let document = self.reading.handbook.document(index);
        let Some(check) = edition_check(document, self.clock.as_of) else { return };
        let is_never = check.last.is_none() && life.state != State::Future;
        // A review of such a document on that day includes the check of its edition.
        if is_never || check.due.is_some_and(|day| Some(day) != life.next_review) {
            let key_span = document.front().and_then(|front| Some(front.checked.as_ref()?.span));
            self.add_document(index, DeadlineKind::EditionCheck, check.due, key_span);
        }
    }

    /// Adds the last day for readers to acknowledge the current version.
    fn add_acknowledgement(&mut self, index: DocumentIndex) {
        let document = self.reading.handbook.document(index);
        let Some(count) = count_acknowledgements(self.reading, self.assessment, index) else { return };
        let key_span = document.front().and_then(|front| Some(front.acknowledge.as_ref()?.span));
        self.add_document(index, DeadlineKind::Acknowledgement, Some(count.due), key_span);
        if count.is_complete()
            && let Some(deadline) = self.deadlines.last_mut()
        {
            deadline.state = DeadlineState::Done;
        }
    }

    /// Adds a deadline of a document. Without a day, it is overdue since an unknown day.
    fn add_document(&mut self, index: DocumentIndex, kind: DeadlineKind, day: Option<Date>, key_span: Option<Span>) {
        let document = self.reading.handbook.document(index);
        self.deadlines.push(Deadline {
            number: None,
            day,
            end: None,
            kind,
            state: self.state(day.map(Period::single_day), false),
            task: document.title.clone(),
            id: document.id().map_or("", |id| id.as_str()).into(),
            assignees: document.owners.iter().cloned().collect(),
            subject: DeadlineSubject::Document(index),
            place: key_span.map_or_else(|| document.front_matter_place(), |span| document.place(span)),
        });
    }
}
