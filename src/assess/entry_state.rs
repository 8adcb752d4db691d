//! The state and life of a register entry on a date.

use crate::date::Date;
use crate::register::{Kind, STATES};

/// The state of an entry on a date, in the order of [`STATES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EntryState {
    /// The due day has passed, and the entry is not closed.
    Overdue,
    /// The action was not effective, and the entry has not been closed again.
    Reopened,
    /// The due day falls within the warning period.
    DueSoon,
    /// Something is still to be done.
    Open,
    /// It is still to come.
    Planned,
    /// It is closed, but the effect has not been checked.
    WaitsForEffect,
    /// It is closed, and the action was effective.
    Effective,
    /// An audit or a management review that was held.
    Held,
    /// An improvement that was carried out.
    Done,
    /// It was rejected.
    Rejected,
    /// It is closed, and no effect needs checking.
    Closed,
    /// A service in use.
    Live,
    /// A service no longer in use.
    Retired,
    /// In order, with nothing to do.
    Current,
    /// The newest value meets the target.
    Met,
    /// The newest value misses the target.
    Missed,
    /// A value that is due is missing.
    NoValue,
    /// A risk that has been accepted as it is.
    Accepted,
    /// A high risk that is neither treated nor accepted.
    Untreated,
    /// A risk whose actions are done. It stands as it was last scored until it is scored again or closed.
    Treated,
    /// Counts that have been recorded, whatever the figures.
    Recorded,
}

impl EntryState {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        STATES.get(self as usize).copied().unwrap_or_default()
    }

    /// The state in words: `due soon`.
    pub(crate) fn words(self) -> String {
        self.as_str().replace('-', " ")
    }

    /// Whether the entry still needs action other than a check of its effect.
    pub(crate) fn is_open(self) -> bool {
        matches!(
            self,
            EntryState::Overdue
                | EntryState::Reopened
                | EntryState::DueSoon
                | EntryState::Open
                | EntryState::Planned
                | EntryState::Missed
                | EntryState::NoValue
                | EntryState::Untreated
                | EntryState::Treated
        )
    }
}

/// An entry on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EntryLife {
    /// The state on the date.
    pub(crate) state: EntryState,
    /// The day by which it must be closed.
    pub(crate) due: Option<Date>,
    /// The day on which it was closed.
    pub(crate) closed: Option<Date>,
    /// The day on which the effect must be checked, once the entry is closed.
    pub(crate) effect_due: Option<Date>,
}

impl EntryLife {
    /// Whether the check found the action ineffective, so that the entry is open again.
    pub(super) fn is_reopened(self) -> bool {
        self.state == EntryState::Reopened
    }

    /// Returns this life without verdicts: only what the entry itself records.
    pub(super) fn without_verdict(self, kind: Kind) -> EntryLife {
        let state = match (self.state, kind) {
            (EntryState::Overdue | EntryState::DueSoon, Kind::Audits | Kind::ManagementReviews) => EntryState::Planned,
            (
                EntryState::Overdue | EntryState::DueSoon | EntryState::Reopened | EntryState::Untreated,
                Kind::Nonconformities | Kind::Improvements | Kind::Risks,
            ) => EntryState::Open,
            (EntryState::WaitsForEffect, _) => EntryState::Closed,
            (EntryState::Open, Kind::Suppliers) => EntryState::Recorded,
            (state, Kind::Locations) => state,
            (
                EntryState::Held
                | EntryState::Done
                | EntryState::Rejected
                | EntryState::Closed
                | EntryState::Effective
                | EntryState::Live
                | EntryState::Retired
                | EntryState::Planned
                | EntryState::Open
                | EntryState::Accepted
                | EntryState::Treated,
                _,
            ) => self.state,
            _ => EntryState::Recorded,
        };
        EntryLife { state, ..self }
    }

    /// Whether the effect has not been checked although the day for it has passed or is not known.
    pub(crate) fn has_late_effect(&self, as_of: Date) -> bool {
        self.state == EntryState::WaitsForEffect && self.effect_due.is_none_or(|due| due < as_of)
    }

    /// Whether nothing remains to be done and nothing will change: it was held, closed, carried out or rejected.
    pub(crate) fn is_completed(&self) -> bool {
        match self.state {
            EntryState::Held | EntryState::Effective | EntryState::Closed | EntryState::Rejected => true,
            // An opportunity is done when its actions are, but it is still there.
            EntryState::Done => self.closed.is_some(),
            _ => false,
        }
    }

    /// Whether the entry is open, or its effect still has to be checked.
    pub(crate) fn is_unresolved(&self) -> bool {
        self.state.is_open() || self.state == EntryState::WaitsForEffect
    }
}
