//! Texts of versions of documents: which text somebody approved as a version, as far as the repository proves it.

mod candidates;
mod front_matter;
mod gather;
mod near;
mod outside;
mod proof;
mod readings;
mod today;
mod tracked;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::commit::CommitFacts;
use super::line::Line;
use super::past::sentence;
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName};
use crate::handbook::ParsedFile;
use crate::id::DocumentId;
use crate::source::front_matter::{FrontMatter, WrittenDigest};
pub(crate) use candidates::Candidate;
use candidates::Candidates;
use front_matter::VersionFrontMatter;
use outside::{OutsideState, OutsideVersions};
pub(crate) use proof::ProofFailure;
use readings::Readings;
pub(crate) use readings::{FrontReading, SettingsReader};

/// A version of a document whose text is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct VersionKey {
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
    Unproved(ProofFailure),
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
    /// Who wrote that commit, and whether it is signed; nobody has verified either. Empty when nobody asked for it.
    pub(crate) facts: CommitFacts,
    /// The day of approval that the text says.
    pub(crate) approved: Option<Date>,
    /// Every text that the version had, whether approved or not; empty unless somebody asked for an edition.
    pub(crate) of_version: Vec<PastText>,
    standing: FrontMatterRef,
}

/// What a text says; it follows from the text, so it tells no two texts apart.
#[derive(Clone, Debug)]
struct FrontMatterRef(Arc<VersionFrontMatter>);

impl PartialEq for FrontMatterRef {
    fn eq(&self, _: &FrontMatterRef) -> bool {
        true
    }
}

impl Eq for FrontMatterRef {}

/// A text as it was in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastText {
    /// The whole file.
    pub(crate) text: Arc<str>,
    /// Its path below the handbook's folder.
    pub(crate) file: Arc<str>,
    /// The commit.
    pub(crate) commit: ObjectName,
}

impl ProvedText {
    /// What its front matter said by the settings of its commit, else what it says by those of today.
    pub(crate) fn front(&self) -> Option<&FrontMatter> {
        self.standing.0.front()
    }

    /// The text in its commit.
    pub(crate) fn past(&self) -> PastText {
        PastText { text: self.text.clone(), file: self.file.clone(), commit: self.commit.clone() }
    }
}

/// What proves a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// It has the digest that the version's entry carries.
    Digest,
    /// The commit that first says that the version is approved has it.
    Commit,
}

/// What is asked of the repository.
pub(crate) struct VersionQuery<'a> {
    /// The versions.
    pub(crate) wanted: &'a BTreeSet<VersionKey>,
    /// The file that each document is today.
    pub(crate) files: &'a HashMap<DocumentId, Arc<ParsedFile>>,
    /// How front matter is read today.
    pub(crate) reading: &'a FrontReading,
    /// How settings of the past read it.
    pub(crate) reads: SettingsReader,
    /// Whether every text of a version is to be known, to see who may have seen any of them.
    pub(crate) is_for_edition: bool,
    /// The commit that the line leads to; with none, the one checked out.
    pub(crate) tip: Option<&'a ObjectName>,
    /// Whether somebody is shown who made the commits.
    pub(crate) shows_commits: bool,
}

/// Takes the digests of texts.
pub(crate) trait DigestVerifier {
    /// Whether a text has a digest in the handbook of today; quickly said.
    fn agrees_now(&mut self, candidate: &Candidate, digest: WrittenDigest) -> bool;
    /// Whether it had the digest in the handbook of its commit; asked only where the other way finds none, for one commit
    /// after the other, the oldest first.
    fn agreed(&mut self, commit: &ObjectName, candidate: &Candidate, digest: WrittenDigest) -> bool;
}

/// The text of each version that is asked for, on the line of commits that leads to the one checked out.
///
/// The text of a version is the one whose digest its entry carries; without a digest, the text at the first commit of the
/// line with this id, this version, the status `approved` and this day of approval, each text as the settings of its commit
/// read it. A document is followed by its id, so it
/// may have moved. Git is asked a few times for all together, and not at all when nothing is asked for.
pub(crate) fn version_texts(
    handbook: &Path,
    asked: &VersionQuery<'_>,
    digests: &mut dyn DigestVerifier,
) -> BTreeMap<VersionKey, VersionText> {
    if asked.wanted.is_empty() {
        return BTreeMap::new();
    }
    let mut answer = || {
        let git = Git::of(handbook)?;
        let line = Line::read(&git, asked.tip, &["."])?;
        let readings = Readings::read(&git, &line, asked)?;
        let candidates = Candidates::read(&git, &line, (asked, &readings))?;
        answers(&git, (asked, &readings, digests), (&line, &candidates))
    };
    answer().unwrap_or_else(|error| {
        let is_refused = Git::has_repository(handbook);
        let why = if is_refused { ProofFailure::Git(sentence(error)) } else { ProofFailure::NoRepository };
        asked.wanted.iter().map(|wanted| (wanted.clone(), VersionText::Unproved(why.clone()))).collect()
    })
}

/// A candidate that was found to be the text.
struct Hit<'a> {
    candidate: &'a Candidate,
    proof: Proof,
    standing: &'a VersionFrontMatter,
}

fn answers(
    git: &Git,
    (asked, readings, digests): (&VersionQuery<'_>, &Readings, &mut dyn DigestVerifier),
    (line, candidates): (&Line, &Candidates),
) -> Result<BTreeMap<VersionKey, VersionText>, GitError> {
    let hits = hits((asked, digests), (line, candidates));
    let last = line.commits.last();
    let commit_of = |hit: &Hit<'_>| &line.commits[hit.candidate.commit].name;
    let shown = hits.iter().filter_map(|(_, hit)| hit.as_ref().map(commit_of)).filter(|_| asked.shows_commits);
    let beginning = last.filter(|commit| !commit.has_parent).map(|commit| &commit.name);
    let unread: BTreeSet<&ObjectName> = shown.chain(beginning.filter(|_| candidates.beginning.is_none())).collect();
    let mut facts = CommitFacts::read(git, &unread.into_iter().collect::<Vec<_>>())?;
    facts.extend(beginning.cloned().zip(candidates.beginning.clone()));
    let of = |name: &ObjectName| facts.get(name).cloned().unwrap_or_default();
    let border = last.filter(|commit| !commit.has_parent && of(&commit.name).has_parent).map(|commit| commit.day);
    let by_commit = hits.iter().filter_map(|(wanted, hit)| Some((*wanted, hit.as_ref()?)));
    let by_commit =
        by_commit.filter(|(_, hit)| hit.proof == Proof::Commit).map(|(wanted, hit)| (wanted, commit_of(hit)));
    let outside = OutsideVersions::read(git, (asked, readings), &by_commit.collect::<Vec<_>>())?;
    let answer = |(wanted, hit): (&VersionKey, Option<Hit<'_>>)| {
        let text = match hit {
            None => VersionText::Unproved(not_found((asked, wanted), candidates, border)),
            Some(hit) => {
                let facts = of(commit_of(&hit));
                let proved = proved((line, candidates), (wanted, hit), (facts, outside.of(wanted)));
                if asked.is_for_edition { with_texts(proved, (line, candidates), wanted) } else { proved }
            }
        };
        (wanted.clone(), text)
    };
    Ok(hits.into_iter().map(answer).collect())
}

/// The text of each version among those that git has.
fn hits<'a>(
    (asked, digests): (&VersionQuery<'a>, &mut dyn DigestVerifier),
    (line, candidates): (&Line, &'a Candidates),
) -> Vec<(&'a VersionKey, Option<Hit<'a>>)> {
    let mut hits: Vec<(&VersionKey, Option<Hit<'_>>)> = asked
        .wanted
        .iter()
        .map(|wanted| {
            let mut of_version = of_version(candidates, wanted);
            let hit = match wanted.digest {
                Some(digest) => {
                    let agreeing = of_version.filter(|(candidate, _)| digests.agrees_now(candidate, digest));
                    approved_or_first(agreeing, wanted)
                }
                None => of_version.find(|(candidate, _)| is_approved(candidate, wanted)),
            };
            let proof = if wanted.digest.is_some() { Proof::Digest } else { Proof::Commit };
            (wanted, hit.map(|(candidate, standing)| Hit { candidate, proof, standing }))
        })
        .collect();
    find_in_their_handbooks(&mut hits, digests, (line, candidates));
    hits
}

/// Looks for digests that no text has in the handbook of today in the handbooks that the texts were in.
fn find_in_their_handbooks<'a>(
    hits: &mut [(&'a VersionKey, Option<Hit<'a>>)],
    digests: &mut dyn DigestVerifier,
    (line, candidates): (&Line, &'a Candidates),
) {
    let mut open: BTreeMap<std::cmp::Reverse<usize>, Vec<(usize, &Candidate, &VersionFrontMatter)>> = BTreeMap::new();
    for (at, (wanted, hit)) in hits.iter().enumerate() {
        if hit.is_none() && wanted.digest.is_some() {
            for (candidate, standing) in of_version(candidates, wanted) {
                open.entry(std::cmp::Reverse(candidate.commit)).or_default().push((at, candidate, standing));
            }
        }
    }
    for (std::cmp::Reverse(commit), of_commit) in open {
        for (at, candidate, standing) in of_commit {
            let (wanted, hit) = &mut hits[at];
            // The draft may have been the same text.
            let is_better =
                hit.as_ref().is_none_or(|hit| !hit.standing.is_approved(wanted) && standing.is_approved(wanted));
            let Some(digest) = wanted.digest.filter(|_| is_better) else { continue };
            if digests.agreed(&line.commits[commit].name, candidate, digest) {
                *hit = Some(Hit { candidate, proof: Proof::Digest, standing });
            }
        }
    }
}

/// The first of these texts that was approved, as the commit shows who approved it; else the first, such as a draft.
fn approved_or_first<'a>(
    mut texts: impl Iterator<Item = (&'a Candidate, &'a VersionFrontMatter)>,
    wanted: &VersionKey,
) -> Option<(&'a Candidate, &'a VersionFrontMatter)> {
    let first = texts.next()?;
    if first.1.is_approved(wanted) {
        return Some(first);
    }
    texts.find(|(_, standing)| standing.is_approved(wanted)).or(Some(first))
}

/// Texts of a version, whatever their standing and by whichever settings, the oldest first.
fn of_version<'a>(
    candidates: &'a Candidates,
    wanted: &VersionKey,
) -> impl Iterator<Item = (&'a Candidate, &'a VersionFrontMatter)> {
    let with_standing = candidates.of(&wanted.id).map(|candidate| (candidate, &*candidate.standing));
    with_standing.filter(|(_, standing)| standing.is_version(wanted))
}

/// Whether a text was this version as approved, by the settings of its commit.
fn is_approved(candidate: &Candidate, wanted: &VersionKey) -> bool {
    candidate.own_front_matter().is_some_and(|standing| standing.is_version(wanted) && standing.is_approved(wanted))
}

/// Adds to a proved text all that the version had.
fn with_texts(found: VersionText, (line, candidates): (&Line, &Candidates), wanted: &VersionKey) -> VersionText {
    let VersionText::Proved(proved) = found else { return found };
    let past = |(candidate, _): (&Candidate, &VersionFrontMatter)| PastText {
        text: candidate.text.clone(),
        file: candidate.file.clone(),
        commit: line.commits[candidate.commit].name.clone(),
    };
    VersionText::Proved(ProvedText { of_version: of_version(candidates, wanted).map(past).collect(), ..proved })
}

/// The day of approval that a text says, whatever its standing.
fn day_of(standing: &VersionFrontMatter) -> Option<Date> {
    standing.front()?.approved.as_ref().map(|day| day.value)
}

fn proved(
    (line, candidates): (&Line, &Candidates),
    (wanted, hit): (&VersionKey, Hit<'_>),
    (facts, elsewhere): (CommitFacts, Option<OutsideState>),
) -> VersionText {
    let Hit { candidate, proof, standing } = hit;
    let commit = &line.commits[candidate.commit];
    if proof == Proof::Commit {
        if let Some(day) = candidates.lacking_before(&wanted.id, candidate) {
            return VersionText::Unproved(ProofFailure::MissingObject(day));
        }
        if let Some(why) = candidates.unproved_reason(wanted, Some(candidate)) {
            return VersionText::Unproved(why);
        }
        if !commit.has_parent {
            let is_border = facts.has_parent;
            let why = if is_border { ProofFailure::Shallow(commit.day) } else { ProofFailure::RootCommit(commit.day) };
            return VersionText::Unproved(why);
        }
        if candidate.is_new && candidates.arrivals.contains(&candidate.commit) {
            return VersionText::Unproved(ProofFailure::Arrived(commit.day));
        }
        match elsewhere {
            Some(OutsideState::Approved) => return VersionText::Unproved(ProofFailure::Outside(commit.day)),
            Some(OutsideState::Missing(day)) => return VersionText::Unproved(ProofFailure::MissingObject(day)),
            None => {}
        }
    }
    VersionText::Proved(ProvedText {
        text: candidate.text.clone(),
        file: candidate.file.clone(),
        proof,
        commit: commit.name.clone(),
        day: commit.day,
        facts,
        approved: day_of(standing),
        of_version: Vec::new(),
        standing: FrontMatterRef(candidate.standing.clone()),
    })
}

fn not_found(
    (asked, wanted): (&VersionQuery<'_>, &VersionKey),
    candidates: &Candidates,
    border: Option<Date>,
) -> ProofFailure {
    if let Some(day) = candidates.lacking(&wanted.id) {
        return ProofFailure::MissingObject(day);
    }
    if asked.files.get(&wanted.id).is_some_and(|file| candidates.is_linked(file.path())) {
        return ProofFailure::SymbolicLink;
    }
    if let Some(why) = candidates.unproved_reason(wanted, None).filter(|_| wanted.digest.is_none()) {
        return why;
    }
    match border {
        Some(day) => ProofFailure::Shallow(day),
        None if wanted.digest.is_some() => ProofFailure::OtherDigest,
        None => ProofFailure::NotCommitted,
    }
}
