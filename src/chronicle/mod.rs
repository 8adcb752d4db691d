//! The history of the handbook: the texts of versions, and past and forecast coverage. Commits are read one after
//! another, and each version of a file is parsed once.

mod approvals;
mod digests;
mod past;
mod periods;
mod reader;
mod settings;
mod targets;
mod text_access;
mod trend;

pub(crate) use approvals::{approved_texts, approved_texts_with_people};
pub(crate) use digests::DigestCalculator;
pub(crate) use past::{DocumentVersion, HandbookPast};
pub(crate) use periods::PeriodLength;
pub(crate) use reader::{PastSource, folders_read};
pub(crate) use settings::{front_reading, front_reading_of};
pub(crate) use targets::changed_targets;
pub(crate) use trend::{HistoryStart, Period, PeriodOutcome, Trend, TrendFigures, TrendSpan, forecast, read_trend};
