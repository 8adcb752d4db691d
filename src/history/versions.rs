//! Texts of versions of documents: which text somebody approved as a version, as far as the repository proves it.

mod candidates;
mod tracked;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::commit::CommitFacts;
use super::line::Line;
use super::past::sentence;
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName};
use crate::id::DocumentId;
use crate::source::Vocabulary;
use crate::source::front_matter::{FrontMatter, Status, WrittenDigest};
use candidates::{Candidate, Candidates};

/// A version of a document whose text is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WantedVersion {
    /// The document.
    pub(crate) id: DocumentId,
    /// The version, without white space around it.
    pub(crate) version: String,
    /// The day of its approval; with none, whichever the text says.
    pub(crate) approved: Option<Date>,
    /// The digest that its entry of `changes` carries.
    pub(crate) digest: Option<WrittenDigest>,
}

/// What became of asking for a version's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VersionText {
    /// The text, and what proves it.
    Proved(ProvedText),
    /// Nothing proves which text it was.
    Unproved(NoProof),
}

/// The text of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProvedText {
    /// The whole file as it was.
    pub(crate) text: Arc<str>,
    /// Its path below the handbook's folder at that time.
    pub(crate) file: Arc<str>,
    /// What proves that it is this text.
    pub(crate) proof: Proof,
    /// The commit that brought it to the line.
    pub(crate) commit: ObjectName,
    /// The day of that commit where its committer was.
    pub(crate) day: Date,
    /// Who wrote that commit, and whether it is signed; nobody has verified either.
    pub(crate) facts: CommitFacts,
    /// The day of approval that the text says.
    pub(crate) approved: Option<Date>,
}

/// What proves a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// It has the digest that the version's entry carries.
    Digest,
    /// The commit that first says that the version is approved has it.
    Commit,
}

/// Why nothing proves a text; shown as half a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoProof {
    /// No commit of the line has the version as approved.
    NotCommitted,
    /// No commit of the line has a text with the digest of the version's entry.
    OtherDigest,
    /// The repository begins with it, so that nobody knows what it was before.
    RootCommit(Date),
    /// The clone is shallow and begins on this day.
    Shallow(Date),
    /// The clone lacks a text that may be the one, as a partial clone does.
    MissingObject(Date),
    /// Git gave no answer, and why.
    Git(String),
}

impl fmt::Display for NoProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoProof::NotCommitted => f.write_str("no commit has this version as approved"),
            NoProof::OtherDigest => f.write_str("no commit has the text whose digest its entry carries"),
            NoProof::RootCommit(day) => {
                write!(f, "the repository begins on {day} with this version, and has nothing from before")
            }
            NoProof::Shallow(day) => {
                write!(f, "the clone is shallow and begins on {day}: fetch the whole history")
            }
            NoProof::MissingObject(day) => {
                write!(f, "the clone lacks a text of {day}, as a partial clone does: fetch it")
            }
            NoProof::Git(why) => f.write_str(why),
        }
    }
}

/// What is asked of the repository.
pub(crate) struct Asked<'a> {
    /// The versions.
    pub(crate) wanted: &'a BTreeSet<WantedVersion>,
    /// Where each document is today, as a path below the handbook's folder.
    pub(crate) files: &'a HashMap<DocumentId, Arc<str>>,
    /// The content folder.
    pub(crate) content: &'a str,
    /// How front matter is read.
    pub(crate) vocabulary: &'a Vocabulary,
    /// Whether the text of a file, by path and text, has a digest.
    pub(crate) agrees: &'a (dyn Fn(&str, &str, WrittenDigest) -> bool + Sync),
}

/// The text of each version that is asked for, on the line of commits that leads to the one checked out.
///
/// The text of a version is the one whose digest its entry carries; without a digest, the text at the first commit of the
/// line with this id, this version, the status `approved` and this day of approval. A document is followed by its id, so it
/// may have moved. Git is asked a few times for all together, and not at all when nothing is asked for.
pub(crate) fn version_texts(handbook: &Path, asked: &Asked<'_>) -> BTreeMap<WantedVersion, VersionText> {
    if asked.wanted.is_empty() {
        return BTreeMap::new();
    }
    let answer = || {
        let git = Git::of(handbook)?;
        let line = Line::read(&git, &git.commit("HEAD")?)?;
        let candidates = Candidates::read(&git, &line, asked)?;
        answers(&git, asked, (&line, &candidates))
    };
    answer().unwrap_or_else(|error| {
        let why = NoProof::Git(sentence(error));
        asked.wanted.iter().map(|wanted| (wanted.clone(), VersionText::Unproved(why.clone()))).collect()
    })
}

/// A candidate that was found to be the text.
struct Hit<'a> {
    candidate: &'a Candidate,
    proof: Proof,
    approved: Option<Date>,
}

fn answers(
    git: &Git,
    asked: &Asked<'_>,
    (line, candidates): (&Line, &Candidates),
) -> Result<BTreeMap<WantedVersion, VersionText>, GitError> {
    let hits: Vec<(&WantedVersion, Option<Hit<'_>>)> =
        asked.wanted.iter().map(|wanted| (wanted, hit(asked, candidates, wanted))).collect();
    let last = line.commits.last();
    let commit_of = |hit: &Hit<'_>| &line.commits[hit.candidate.commit].name;
    let names: BTreeSet<&ObjectName> =
        hits.iter().filter_map(|(_, hit)| hit.as_ref().map(commit_of)).chain(last.map(|commit| &commit.name)).collect();
    let facts = CommitFacts::read(git, &names.into_iter().collect::<Vec<_>>())?;
    let of = |name: &ObjectName| facts.get(name).cloned().unwrap_or_default();
    let border = last.filter(|commit| !commit.has_parent && of(&commit.name).has_parent).map(|commit| commit.day);
    let answer = |(wanted, hit): (&WantedVersion, Option<Hit<'_>>)| {
        let text = match hit {
            None => VersionText::Unproved(not_found(wanted, candidates, border)),
            Some(hit) => {
                let facts = of(commit_of(&hit));
                proved((line, candidates), (wanted, hit), facts)
            }
        };
        (wanted.clone(), text)
    };
    Ok(hits.into_iter().map(answer).collect())
}

/// The text of a version among those that git has.
fn hit<'a>(asked: &Asked<'_>, candidates: &'a Candidates, wanted: &WantedVersion) -> Option<Hit<'a>> {
    let mut of_version = candidates.of(&wanted.id).filter_map(|candidate| {
        let front = candidate.front(asked.vocabulary)?;
        is_version(front, wanted).then_some((candidate, front))
    });
    let day = |front: &FrontMatter| front.approved.as_ref().map(|day| day.value);
    if let Some(digest) = wanted.digest {
        let (candidate, front) = of_version.find(|(one, _)| (asked.agrees)(&one.file, &one.text, digest))?;
        return Some(Hit { candidate, proof: Proof::Digest, approved: day(front) });
    }
    let is_approved = |front: &FrontMatter| {
        front.status.as_ref().is_some_and(|status| status.value == Status::Approved)
            && day(front).is_some_and(|day| wanted.approved.is_none_or(|wanted| wanted == day))
    };
    let (candidate, front) = of_version.find(|(_, front)| is_approved(front))?;
    Some(Hit { candidate, proof: Proof::Commit, approved: day(front) })
}

fn is_version(front: &FrontMatter, wanted: &WantedVersion) -> bool {
    front.id.as_ref().is_some_and(|id| id.value == wanted.id)
        && front.version.as_ref().is_some_and(|version| version.value.trim() == wanted.version)
}

fn proved(
    (line, candidates): (&Line, &Candidates),
    (wanted, hit): (&WantedVersion, Hit<'_>),
    facts: CommitFacts,
) -> VersionText {
    let Hit { candidate, proof, approved } = hit;
    let commit = &line.commits[candidate.commit];
    if proof == Proof::Commit {
        if let Some(day) = candidates.lacking_before(&wanted.id, candidate) {
            return VersionText::Unproved(NoProof::MissingObject(day));
        }
        if !commit.has_parent {
            let is_border = facts.has_parent;
            let why = if is_border { NoProof::Shallow(commit.day) } else { NoProof::RootCommit(commit.day) };
            return VersionText::Unproved(why);
        }
    }
    VersionText::Proved(ProvedText {
        text: candidate.text.clone(),
        file: candidate.file.clone(),
        proof,
        commit: commit.name.clone(),
        day: commit.day,
        facts,
        approved,
    })
}

fn not_found(wanted: &WantedVersion, candidates: &Candidates, border: Option<Date>) -> NoProof {
    if let Some(day) = candidates.lacking(&wanted.id) {
        return NoProof::MissingObject(day);
    }
    match border {
        Some(day) => NoProof::Shallow(day),
        None if wanted.digest.is_some() => NoProof::OtherDigest,
        None => NoProof::NotCommitted,
    }
}
