//! Earlier revisions of the handbook and of its documents, read from the objects in its git repository.
//!
//! This module only reads git objects. It never changes them or the working tree.

mod commit;
mod commit_date;
mod commit_line;
mod commit_log;
mod document;
mod earlier_texts;
mod large_files;
mod revision;
mod settings;
mod similar_commit;
mod tree;
mod versions;

pub(crate) use commit_date::{CommitDate, CommitDateError, CommitDates};
pub(crate) use commit_line::CommitLine;
pub(crate) use document::{PastDocument, find_past_document};
pub(crate) use earlier_texts::earlier_texts;
pub(crate) use revision::{CopyPlan, RevisionCopy, RevisionError};
pub(crate) use settings::PastSettings;
pub(crate) use similar_commit::{SimilarCommit, is_checked_out};
pub(crate) use versions::{
    Candidate, CommittedText, DigestVerifier, FrontReading, NO_REPOSITORY, PastText, Proof, ProofFailure, ProvedText,
    VersionKey, VersionQuery, VersionText, version_texts,
};
