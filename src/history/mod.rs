//! Another revision of the handbook, and texts as they were on earlier days, from the objects of its git repository.
//!
//! What is read comes from the objects that git keeps; nothing here changes them or the files beside them.

mod commit;
mod document;
mod line;
mod past;
mod revision;
mod same;
mod settings;
mod then;
mod tree;
mod versions;

pub(crate) use document::{DocumentThen, document_then};
pub(crate) use past::earlier_texts;
pub(crate) use revision::{CopyPlan, Revision, RevisionError};
pub(crate) use same::{Near, is_checked_out};
pub(crate) use settings::SettingsThen;
pub(crate) use then::{Days, Then, ThenError};
pub(crate) use versions::{
    Asked, Candidate, FrontReading, NoProof, PastText, Proof, ProvedText, TakesDigests, VersionText, WantedVersion,
    version_texts,
};
