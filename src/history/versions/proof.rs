//! Why a text is not proved.

use std::fmt;

use crate::date::Date;

/// Why a text is not proved; shown as a sentence fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ProofFailure {
    /// No commit of the line has the version as approved.
    NotCommitted,
    /// No commit of the line has a text with the digest of the version's entry.
    OtherDigest,
    /// The repository begins with the text, so its earlier state is not known.
    RootCommit(Date),
    /// The handbook's folder begins with the text, so its earlier state would be somewhere else.
    Arrived(Date),
    /// It was approved outside the handbook's folder, from which it came.
    Outside(Date),
    /// The clone is shallow and begins on this day.
    Shallow(Date),
    /// The clone lacks a text that may be the one, as a partial clone does.
    MissingObject(Date),
    /// The settings of that day are not readable, so the meaning of a text from then is not certain.
    Settings(Date),
    /// The settings of that day read a text differently from today's settings, with which it is approved.
    OtherSettings(Date),
    /// On the day of its approval, another text was approved as this other version.
    OtherVersion(Date, String),
    /// On this day, another text was approved as the same version.
    OtherText(Date),
    /// On the day of its approval, another text was approved in its file as this other document.
    OtherDocument(Date, String),
    /// Its file is a symbolic link.
    SymbolicLink,
    /// The handbook is not in a repository.
    NoRepository,
    /// Git failed, with the reason.
    Git(String),
}

/// Why nothing is known of earlier texts outside Git, and what to do.
pub(crate) const NO_REPOSITORY: &str =
    "the handbook is not in a Git repository, which would keep its earlier texts (`git init`)";

impl ProofFailure {
    /// Whether only what was before the first known text of the version leaves the proof open. A shallow clone has the
    /// first text elsewhere.
    pub(super) fn is_about_earlier_history(&self) -> bool {
        matches!(self, ProofFailure::RootCommit(_) | ProofFailure::Arrived(_) | ProofFailure::Outside(_))
    }
}

impl fmt::Display for ProofFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProofFailure::NotCommitted => f.write_str("no commit has this version as approved"),
            ProofFailure::OtherDigest => f.write_str("no commit contains the text with this digest"),
            ProofFailure::RootCommit(day) => {
                write!(f, "the repository begins on {day} with this version, and has nothing from before")
            }
            ProofFailure::Arrived(day) => {
                write!(
                    f,
                    "the handbook came to this folder on {day} with this version, and Git has nothing from before"
                )
            }
            ProofFailure::Outside(day) => {
                write!(f, "it was approved outside the handbook's folder, before a commit of {day} had it here")
            }
            ProofFailure::Shallow(day) => {
                write!(f, "the clone is shallow and begins on {day}: fetch the whole history")
            }
            ProofFailure::MissingObject(day) => {
                write!(f, "the clone lacks a text of {day}, as a partial clone does: fetch it")
            }
            ProofFailure::Settings(day) => {
                write!(f, "the settings of {day} cannot be read, and may say what the front matter of that day meant")
            }
            ProofFailure::OtherSettings(day) => {
                write!(f, "only today's settings read a text of {day} as this version, approved")
            }
            ProofFailure::OtherVersion(day, name) => write!(f, "on {day}, another text was approved as version {name}"),
            ProofFailure::OtherText(day) => write!(f, "on {day}, another text was approved as this version"),
            ProofFailure::OtherDocument(day, id) => {
                write!(f, "on {day}, another text was approved in its file as {id}")
            }
            ProofFailure::SymbolicLink => {
                f.write_str("its file is a symbolic link, of which Git keeps only where it led")
            }
            ProofFailure::NoRepository => f.write_str(NO_REPOSITORY),
            ProofFailure::Git(why) => f.write_str(why),
        }
    }
}
