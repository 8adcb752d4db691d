//! The history of the handbook: the texts of versions, and past and forecast coverage. Commits are read one after
//! another, and each version of a file is parsed once.

mod approvals;
mod digests;
mod past;
mod periods;
mod reader;
mod secrecy;
mod settings;
mod targets;
mod trend;

pub(crate) use approvals::{approvals, approved_texts};
pub(crate) use digests::Digests;
pub(crate) use past::{DocumentVersion, Past};
pub(crate) use periods::PeriodLength;
pub(crate) use reader::{Reader, folders_read};
pub(crate) use settings::{front_reading, front_reading_of};
pub(crate) use targets::changed_targets;
pub(crate) use trend::{Figures, HistoryStart, Outcome, Period, Span, Trend, ahead, trend};
