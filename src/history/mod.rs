//! Earlier revisions of the handbook and of its documents, read from the objects in its git repository.
//!
//! This module only reads git objects. It never changes them or the working tree.

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
