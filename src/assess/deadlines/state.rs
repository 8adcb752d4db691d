//! The states of deadlines.

/// The state of a deadline on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DeadlineState {
    /// The day has passed.
    Overdue,
    /// The day falls within the warning period.
    DueSoon,
    /// The day is beyond the warning period.
    Planned,
    /// The work is done.
    Done,
}

impl DeadlineState {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            DeadlineState::Overdue => "overdue",
            DeadlineState::DueSoon => "due-soon",
            DeadlineState::Planned => "planned",
            DeadlineState::Done => "done",
        }
    }

    /// The state in words: `due soon`.
    pub(crate) fn words(self) -> String {
        self.as_str().replace('-', " ")
    }
}
