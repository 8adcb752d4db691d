//! The texts of document versions: which text was approved as a version, as far as the repository proves it.

mod approval_window;
mod blobs;
mod candidates;
mod digest_verifier;
mod failure;
mod front_matter;
mod gather;
mod outside;
mod proof;
mod readings;
mod reused_day;
mod today;
mod tracked;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::commit::CommitFacts;
use super::commit_line::CommitLine;
use super::commit_log::CommitLog;
use super::earlier_texts::describe_error;
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName};
use crate::handbook::ParsedFile;
use crate::id::{DocumentId, StandardId};
use crate::source::front_matter::{FrontMatter, WrittenDigest};
pub(crate) use candidates::Candidate;
use candidates::Candidates;
pub(crate) use digest_verifier::{CommittedText, DigestVerifier};
use front_matter::VersionFrontMatter;
use outside::OutsideVersions;
pub(crate) use proof::{NO_REPOSITORY, ProofFailure};
use readings::Readings;
pub(crate) use readings::{FrontReading, SettingsReader};
use reused_day::TextsByFile;

/// A document version whose text is wanted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct VersionKey {
    /// The document.
    pub(crate) id: DocumentId,
    /// The version, trimmed.
    pub(crate) version: String,
    /// The day of its approval; if `None`, any day in the text matches.
    pub(crate) approved: Option<Date>,
    /// The digest in its entry of `changes`.
    pub(crate) digest: Option<WrittenDigest>,
}

/// The result of looking up the text of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum VersionText {
    /// The text with its proof.
    Proved(ProvedText),
    /// It is not proved which text it was. If the history begins with a text of the version, that text is there too.
    Unproved(ProofFailure, Option<Box<ProvedText>>),
}

/// The proved text of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProvedText {
    /// The whole content of the file.
    pub(crate) text: Arc<str>,
    /// The path below the handbook's folder at that time.
    pub(crate) file: Arc<str>,
    /// The kind of proof.
    pub(crate) proof: Proof,
    /// The commit that brought the text to the line.
    pub(crate) commit: ObjectName,
    /// The day of that commit in its committer's time zone.
    pub(crate) day: Date,
    /// The author of that commit, and whether it is signed; both are unverified. Empty unless requested.
    pub(crate) facts: CommitFacts,
    /// The day of approval according to the text.
    pub(crate) approved: Option<Date>,
    /// The standard that claims without one meant in that commit, if its settings are readable.
    pub(crate) main_standard: Option<StandardId>,
    /// Every text that the version ever had, approved or not. Empty unless the query is for an edition.
    pub(crate) all_texts: Vec<PastText>,
    front_matter: FrontMatterRef,
}

/// The parsed front matter. It follows from the text, so comparisons ignore it.
#[derive(Clone, Debug)]
struct FrontMatterRef(Arc<VersionFrontMatter>);

impl PartialEq for FrontMatterRef {
    fn eq(&self, _: &FrontMatterRef) -> bool {
        true
    }
}

impl Eq for FrontMatterRef {}

/// The text of a file in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PastText {
    /// The whole content of the file.
    pub(crate) text: Arc<str>,
    /// The path below the handbook's folder.
    pub(crate) file: Arc<str>,
    /// The commit.
    pub(crate) commit: ObjectName,
}

impl ProvedText {
    /// The front matter as read with the settings of its commit, or otherwise with today's settings.
    pub(crate) fn front(&self) -> Option<&FrontMatter> {
        self.front_matter.0.front()
    }

    /// The text as a [`PastText`].
    pub(crate) fn past(&self) -> PastText {
        PastText { text: self.text.clone(), file: self.file.clone(), commit: self.commit.clone() }
    }
}

/// The kind of proof for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// It has the digest in the version's entry.
    Digest,
    /// It is in the first commit that declares the version approved.
    Commit,
}

/// A query to the repository.
pub(crate) struct VersionQuery<'a> {
    /// The wanted versions.
    pub(crate) versions: &'a BTreeSet<VersionKey>,
    /// Today's file of each document.
    pub(crate) files: &'a HashMap<DocumentId, Arc<ParsedFile>>,
    /// How today's settings read front matter.
    pub(crate) reading: &'a FrontReading,
    /// Parses past settings to find how they read front matter.
    pub(crate) read_settings: SettingsReader,
    /// Whether every text of a version is needed, to determine which editions may show them.
    pub(crate) is_for_edition: bool,
    /// The commits to search.
    pub(crate) line: CommitLine<'a>,
    /// Whether the output names the authors of the commits.
    pub(crate) shows_commits: bool,
}

/// Returns the text of each wanted version, on the line of commits in the query.
///
/// The text of a version is the one with the digest in its entry. Without a digest, it is the text in the first commit
/// of the line with this ID, this version, the status `approved` and this day of approval, where each text is read with
/// the settings of its commit. Documents are followed by ID, so they may have moved. Git runs a few times for all
/// versions together, and not at all if none is wanted.
pub(crate) fn version_texts(
    query: &VersionQuery<'_>,
    digests: &mut dyn DigestVerifier,
) -> BTreeMap<VersionKey, VersionText> {
    if query.versions.is_empty() {
        return BTreeMap::new();
    }
    let mut find = || {
        let git = Git::of(query.line.folder)?;
        let log = CommitLog::read(&git, query.line.tip, &["."])?;
        let readings = Readings::read(&git, &log, query)?;
        find_texts(VersionSearch { git: &git, query, log: &log, readings: &readings }, digests)
    };
    find().unwrap_or_else(|error| {
        let is_refused = Git::has_repository(query.line.folder);
        let reason = if is_refused { ProofFailure::Git(describe_error(error)) } else { ProofFailure::NoRepository };
        query.versions.iter().map(|wanted| (wanted.clone(), VersionText::Unproved(reason.clone(), None))).collect()
    })
}

/// A search for versions in the commits of a handbook.
#[derive(Clone, Copy)]
struct VersionSearch<'a> {
    git: &'a Git,
    query: &'a VersionQuery<'a>,
    log: &'a CommitLog,
    /// How each commit reads front matter.
    readings: &'a Readings,
}

impl<'a> VersionSearch<'a> {
    fn committed(&self, text: &'a Candidate) -> CommittedText<'a> {
        let main_standard = self.readings.main_standard(text.commit);
        CommittedText { commit: &self.log.commits[text.commit].name, text, main_standard }
    }
}

/// A candidate that is the text of a version.
struct TextMatch<'a> {
    candidate: &'a Candidate,
    proof: Proof,
    front_matter: &'a VersionFrontMatter,
}

fn find_texts(
    search: VersionSearch<'_>,
    digests: &mut dyn DigestVerifier,
) -> Result<BTreeMap<VersionKey, VersionText>, GitError> {
    let candidates = Candidates::read(search)?;
    let matches = match_candidates(search, &candidates, digests);
    let evidence = Evidence::read(search, &candidates, &matches)?;
    let text = |(version_key, text_match): &(&VersionKey, Option<TextMatch<'_>>)| {
        ((*version_key).clone(), evidence.version_text(version_key, text_match.as_ref(), digests))
    };
    Ok(matches.iter().map(text).collect())
}

/// What the repository shows about the wanted versions.
struct Evidence<'a> {
    search: VersionSearch<'a>,
    candidates: &'a Candidates,
    /// The facts of the log's root, and of the commits with the texts if they are shown.
    facts: HashMap<ObjectName, CommitFacts>,
    outside: OutsideVersions<'a>,
    by_file: OnceCell<TextsByFile<'a>>,
}

impl<'a> Evidence<'a> {
    fn read(
        search: VersionSearch<'a>,
        candidates: &'a Candidates,
        matches: &[(&'a VersionKey, Option<TextMatch<'a>>)],
    ) -> Result<Evidence<'a>, GitError> {
        let with_commits: Vec<(&VersionKey, &ObjectName, Proof)> = matches
            .iter()
            .filter_map(|(version_key, text_match)| {
                let TextMatch { candidate, proof, .. } = text_match.as_ref()?;
                Some((*version_key, &search.log.commits[candidate.commit].name, *proof))
            })
            .collect();
        let root = search.log.root().map(|commit| &commit.name);
        let shown_commits = with_commits.iter().map(|(_, commit, _)| *commit).filter(|_| search.query.shows_commits);
        let unread: BTreeSet<&ObjectName> =
            shown_commits.chain(root.filter(|_| candidates.root_commit.is_none())).collect();
        let mut facts = CommitFacts::read(search.git, &unread.into_iter().collect::<Vec<_>>())?;
        facts.extend(root.cloned().zip(candidates.root_commit.clone()));
        let proved_by_commit = with_commits.into_iter().filter(|(_, _, proof)| *proof == Proof::Commit);
        let proved_by_commit: Vec<_> = proved_by_commit.map(|(version_key, commit, _)| (version_key, commit)).collect();
        let outside = OutsideVersions::read(search, &proved_by_commit)?;
        Ok(Evidence { search, candidates, facts, outside, by_file: OnceCell::new() })
    }

    fn facts_of(&self, commit: &ObjectName) -> CommitFacts {
        self.facts.get(commit).cloned().unwrap_or_default()
    }

    /// The day with which a shallow clone begins; `None` for a full clone.
    fn first_day_of_shallow_clone(&self) -> Option<Date> {
        let root = self.search.log.root()?;
        self.facts_of(&root.name).has_parent.then_some(root.day)
    }

    /// The text of a version, unless the repository does not prove it.
    fn version_text(
        &self,
        version_key: &VersionKey,
        text_match: Option<&TextMatch<'_>>,
        digests: &mut dyn DigestVerifier,
    ) -> VersionText {
        let VersionSearch { query, log, readings, .. } = self.search;
        let Some(TextMatch { candidate, proof, front_matter }) = text_match else {
            return VersionText::Unproved(self.missing_text_failure(version_key), None);
        };
        let is_open = *proof == Proof::Commit;
        let failure = if is_open { self.commit_failure(version_key, candidate, digests) } else { None };
        let commit = &log.commits[candidate.commit];
        let text = ProvedText {
            text: candidate.text.clone(),
            file: candidate.file.clone(),
            proof: *proof,
            commit: commit.name.clone(),
            day: commit.day,
            facts: self.facts_of(&commit.name),
            approved: approval_day(front_matter),
            main_standard: readings.main_standard(candidate.commit).cloned(),
            all_texts: if query.is_for_edition { self.all_texts(version_key) } else { Vec::new() },
            front_matter: FrontMatterRef(candidate.front_matter.clone()),
        };
        match failure {
            None => VersionText::Proved(text),
            Some(reason) => {
                let is_first = reason.is_about_earlier_history();
                VersionText::Unproved(reason, is_first.then(|| Box::new(text)))
            }
        }
    }

    /// Every text that a version ever had.
    fn all_texts(&self, version_key: &VersionKey) -> Vec<PastText> {
        let past_text = |(candidate, _): (&Candidate, &VersionFrontMatter)| PastText {
            text: candidate.text.clone(),
            file: candidate.file.clone(),
            commit: self.search.log.commits[candidate.commit].name.clone(),
        };
        texts_of_version(self.candidates, version_key).map(past_text).collect()
    }
}

/// Finds the text of each version among the candidates.
fn match_candidates<'a>(
    VersionSearch { query, log, .. }: VersionSearch<'a>,
    candidates: &'a Candidates,
    digests: &mut dyn DigestVerifier,
) -> Vec<(&'a VersionKey, Option<TextMatch<'a>>)> {
    let mut matches: Vec<(&VersionKey, Option<TextMatch<'_>>)> = query
        .versions
        .iter()
        .map(|version_key| {
            let mut texts = texts_of_version(candidates, version_key);
            let text_match = match version_key.digest {
                Some(digest) => {
                    let agreeing = texts.filter(|(candidate, _)| digests.matches_today(candidate, digest));
                    approved_or_first(agreeing, version_key)
                }
                None => texts.find(|(candidate, _)| is_approved(candidate, version_key)),
            };
            let proof = if version_key.digest.is_some() { Proof::Digest } else { Proof::Commit };
            (version_key, text_match.map(|(candidate, front_matter)| TextMatch { candidate, proof, front_matter }))
        })
        .collect();
    check_past_handbooks(&mut matches, log, candidates, digests);
    matches
}

/// For digests that no text has according to today's handbook, checks the handbooks that the texts were in.
fn check_past_handbooks<'a>(
    matches: &mut [(&'a VersionKey, Option<TextMatch<'a>>)],
    log: &CommitLog,
    candidates: &'a Candidates,
    digests: &mut dyn DigestVerifier,
) {
    let mut unmatched_by_commit: BTreeMap<std::cmp::Reverse<usize>, Vec<(usize, &Candidate, &VersionFrontMatter)>> =
        BTreeMap::new();
    for (at, (version_key, text_match)) in matches.iter().enumerate() {
        if text_match.is_none() && version_key.digest.is_some() {
            for (candidate, front_matter) in texts_of_version(candidates, version_key) {
                unmatched_by_commit.entry(std::cmp::Reverse(candidate.commit)).or_default().push((
                    at,
                    candidate,
                    front_matter,
                ));
            }
        }
    }
    for (std::cmp::Reverse(commit), candidates_of_commit) in unmatched_by_commit {
        for (at, candidate, front_matter) in candidates_of_commit {
            let (version_key, text_match) = &mut matches[at];
            // The draft may have been the same text.
            let is_better = text_match.as_ref().is_none_or(|text_match| {
                !text_match.front_matter.is_approved(version_key) && front_matter.is_approved(version_key)
            });
            let Some(digest) = version_key.digest.filter(|_| is_better) else { continue };
            if digests.matched_then(&log.commits[commit].name, candidate, digest) {
                *text_match = Some(TextMatch { candidate, proof: Proof::Digest, front_matter });
            }
        }
    }
}

/// The first of these texts that was approved, because its commit shows who approved it; otherwise the first, such as a
/// draft.
fn approved_or_first<'a>(
    mut texts: impl Iterator<Item = (&'a Candidate, &'a VersionFrontMatter)>,
    version_key: &VersionKey,
) -> Option<(&'a Candidate, &'a VersionFrontMatter)> {
    let first = texts.next()?;
    if first.1.is_approved(version_key) {
        return Some(first);
    }
    texts.find(|(_, front_matter)| front_matter.is_approved(version_key)).or(Some(first))
}

/// All texts of a version, approved or not and read with any settings, oldest first.
fn texts_of_version<'a>(
    candidates: &'a Candidates,
    version_key: &VersionKey,
) -> impl Iterator<Item = (&'a Candidate, &'a VersionFrontMatter)> {
    let with_standing = candidates.of_document(&version_key.id).map(|candidate| (candidate, &*candidate.front_matter));
    with_standing.filter(|(_, front_matter)| front_matter.is_version(version_key))
}

/// Whether a text was the approved version according to the settings of its commit.
fn is_approved(candidate: &Candidate, version_key: &VersionKey) -> bool {
    candidate
        .own_front_matter()
        .is_some_and(|front_matter| front_matter.is_version(version_key) && front_matter.is_approved(version_key))
}

/// The day of approval in a text, whatever its status.
fn approval_day(front_matter: &VersionFrontMatter) -> Option<Date> {
    front_matter.front()?.approved.as_ref().map(|day| day.value)
}
