//! Another revision of the handbook, and texts as they were on earlier days, from the objects of its git repository.
//!
//! What is read comes from the objects that git keeps; nothing here changes them or the files beside them.

mod commit;
mod commit_date;
mod document;
mod large_files;
mod line;
mod past;
mod revision;
mod same;
mod settings;
mod tree;
mod versions;

pub(crate) use commit_date::{CommitDate, CommitDateError, Days};
pub(crate) use document::{PastDocument, document_then};
pub(crate) use past::earlier_texts;
pub(crate) use revision::{CopyPlan, Revision, RevisionError};
pub(crate) use same::{SimilarCommit, is_checked_out};
pub(crate) use settings::PastSettings;
pub(crate) use versions::{
    Candidate, DigestVerifier, FrontReading, PastText, Proof, ProofFailure, ProvedText, VersionKey, VersionQuery,
    VersionText, version_texts,
};
