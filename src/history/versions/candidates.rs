//! Texts of the past that may be those of the versions asked for.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use ahash::{AHashMap, AHashSet};

use super::standing::Standing;
use super::today::has_front_of;
use super::tracked::Tracked;
use super::{Asked, near};
use crate::config::SETTINGS_FILE;
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName, text_of};
use crate::handbook::ParsedFile;
use crate::history::commit::CommitFacts;
use crate::history::line::Line;
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::source::{MAX_BYTES, Vocabulary, decode};

/// So often files are followed further, where a document took the place of another one.
const MAX_ROUNDS: usize = 8;

/// A text of the past.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// The commit that brought it, as an index into the line.
    pub(super) commit: usize,
    /// Its path below the handbook's folder.
    pub(crate) file: Arc<str>,
    /// The whole file.
    pub(crate) text: Arc<str>,
    pub(super) standing: KnownStanding,
    /// Whether the commit brought the file as well.
    pub(super) is_new: bool,
}

impl Candidate {
    /// What it says it is.
    pub(super) fn standing(&self, vocabulary: &Vocabulary) -> &Standing {
        self.standing.of(&self.text, vocabulary)
    }
}

/// What a text says it is, read when it is first asked for.
#[derive(Clone, Debug)]
pub(super) struct KnownStanding(Arc<OnceLock<Standing>>);

/// It follows from the text, so it tells no two texts apart.
impl PartialEq for KnownStanding {
    fn eq(&self, _: &KnownStanding) -> bool {
        true
    }
}

impl Eq for KnownStanding {}

impl KnownStanding {
    /// That of a text; `today` is the file that its document is today.
    fn new(text: &str, today: Option<&Arc<ParsedFile>>) -> KnownStanding {
        let today = today.filter(|file| has_front_of(text, file));
        KnownStanding(Arc::new(
            today.map(|file| Standing::Today(file.clone())).map_or_else(OnceLock::new, OnceLock::from),
        ))
    }

    pub(super) fn of(&self, text: &str, vocabulary: &Vocabulary) -> &Standing {
        self.0.get_or_init(|| Standing::of(text, vocabulary))
    }
}

/// A text that the clone lacks.
#[derive(Debug)]
struct Lacking {
    commit: usize,
    file: Arc<str>,
    day: Date,
}

/// What is known of an object's text.
#[derive(Debug)]
pub(super) enum Blob {
    /// It is of this document, and may be a version that is asked for.
    Candidate(DocumentId, Arc<str>, KnownStanding),
    /// It is of this document, or of none that can be read, and no such version.
    Other(Option<DocumentId>),
    /// The clone lacks it.
    Missing,
}

/// What is known of the texts that were read.
pub(super) type Blobs<'l> = AHashMap<&'l ObjectName, Blob>;

/// Texts that may be those of versions, by document, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    by_id: AHashMap<DocumentId, Vec<Candidate>>,
    /// Files that each document was ever in.
    files: AHashMap<DocumentId, AHashSet<Arc<str>>>,
    lacking: Vec<Lacking>,
    /// Commits that brought the handbook itself to its folder, which may have been in another one before.
    pub(super) arrivals: AHashSet<usize>,
    /// The commit with which the line begins, when it has none before it and was read with the texts.
    pub(super) beginning: Option<CommitFacts>,
}

impl Candidates {
    /// Reads every text that may be one, by few `git cat-file`.
    pub(super) fn read(git: &Git, line: &Line, asked: &Asked<'_>) -> Result<Candidates, GitError> {
        let needles = Needles::of(asked);
        let today = asked.wanted.iter().filter_map(|wanted| asked.files.get(&wanted.id));
        let mut tracked = Tracked::new(line, today.map(|file| &**file.path()));
        let mut blobs = Blobs::new();
        // The first commit comes with the first texts, so that git is not started for it alone.
        let mut beginning = line.commits.last().filter(|commit| !commit.has_parent).map(|commit| &commit.name);
        let mut facts = None;
        near::settle(line, asked, &mut tracked, &mut blobs, |names, blobs| {
            let read = read_names(git, (names, beginning.take()), &needles, blobs)?;
            facts = facts.take().or(read);
            Ok(())
        })?;
        for _ in 0..MAX_ROUNDS {
            read_blobs(git, line, (&tracked, &needles), &mut blobs)?;
            let mut grown = false;
            for commit in arrivals(line, &tracked, (&blobs, &needles)) {
                grown |= tracked.add_commit(line, commit);
            }
            if !grown {
                break;
            }
            tracked.close(line);
        }
        Ok(Candidates { beginning: facts, ..gather(line, &tracked, &blobs, asked) })
    }

    /// Texts of a document, the oldest first.
    pub(super) fn of(&self, id: &DocumentId) -> impl Iterator<Item = &Candidate> {
        self.by_id.get(id).into_iter().flatten()
    }

    /// The day of a text that the clone lacks and that may be this document's.
    pub(super) fn lacking(&self, id: &DocumentId) -> Option<Date> {
        self.lacking.iter().find(|one| self.is_of(id, one)).map(|one| one.day)
    }

    /// The same for texts from before another one.
    pub(super) fn lacking_before(&self, id: &DocumentId, found: &Candidate) -> Option<Date> {
        let older = self.lacking.iter().filter(|one| one.commit > found.commit);
        older.filter(|one| self.is_of(id, one)).map(|one| one.day).next()
    }

    fn is_of(&self, id: &DocumentId, lacking: &Lacking) -> bool {
        self.files.get(id).is_some_and(|files| files.contains(&lacking.file))
    }
}

/// Words without which a text is none of those asked for.
pub(super) struct Needles<'a> {
    versions: AHashMap<&'a DocumentId, Vec<(&'a str, Option<String>)>>,
    files: &'a HashMap<DocumentId, Arc<ParsedFile>>,
    vocabulary: &'a Vocabulary,
}

impl<'a> Needles<'a> {
    pub(super) fn of(asked: &Asked<'a>) -> Needles<'a> {
        let mut versions: AHashMap<&DocumentId, Vec<(&str, Option<String>)>> = AHashMap::new();
        for wanted in asked.wanted {
            let day = wanted.approved.filter(|_| wanted.digest.is_none()).map(|day| day.to_string());
            versions.entry(&wanted.id).or_default().push((&wanted.version, day));
        }
        Needles { versions, files: asked.files, vocabulary: asked.vocabulary }
    }

    /// Looks at a text without reading it all: its id, and whether words of a wanted version are in it.
    fn look(&self, bytes: Vec<u8>) -> Blob {
        let text = text_of(bytes);
        let id = match plain_id(&text) {
            Some(id) => id,
            None => match decode(&SourceText::new("", &text), self.vocabulary).front.and_then(|front| front.id) {
                Some(id) => id.value,
                None => return Blob::Other(None),
            },
        };
        let has = |word: &str| text.contains(word);
        let is_wanted = self.versions.get(&id).is_some_and(|versions| {
            versions.iter().any(|(version, day)| has(version) && day.as_deref().is_none_or(has))
        });
        if !is_wanted {
            return Blob::Other(Some(id));
        }
        let standing = KnownStanding::new(&text, self.files.get(&id));
        Blob::Candidate(id, text.into(), standing)
    }
}

/// The id of a text whose front matter has it on a plain line.
fn plain_id(text: &str) -> Option<DocumentId> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let block = text.strip_prefix("---")?;
    let line =
        block.lines().skip(1).take_while(|line| !line.starts_with("---")).find_map(|line| line.strip_prefix("id:"))?;
    line.trim().trim_matches(['"', '\'']).parse().ok()
}

/// Reads the texts of tracked paths that were not read before.
fn read_blobs<'l>(
    git: &Git,
    line: &'l Line,
    (tracked, needles): (&Tracked<'l>, &Needles<'_>),
    blobs: &mut Blobs<'l>,
) -> Result<(), GitError> {
    let changes = line.commits.iter().flat_map(|commit| &commit.changes);
    let mut open: Vec<_> =
        changes.filter(|change| tracked.has(&change.path) && !tracked.is_settled(&change.path)).collect();
    // Git keeps the texts of a file as differences from each other, and reads them in a row at less cost.
    open.sort_by_key(|change| &change.path);
    let names = open.into_iter().filter_map(|change| change.after.as_ref());
    read_names(git, (names, None), needles, blobs).map(drop)
}

/// Reads those of some objects that were not read before. With any of them, a commit is read, too.
pub(super) fn read_names<'l>(
    git: &Git,
    (names, commit): (impl Iterator<Item = &'l ObjectName>, Option<&ObjectName>),
    needles: &Needles<'_>,
    blobs: &mut Blobs<'l>,
) -> Result<Option<CommitFacts>, GitError> {
    let mut seen = AHashSet::new();
    let names: Vec<&ObjectName> = names.filter(|name| !blobs.contains_key(name) && seen.insert(*name)).collect();
    let asked: Vec<&ObjectName> = names.iter().copied().chain(commit.filter(|_| !names.is_empty())).collect();
    let mut facts = None;
    git.present_objects(&asked, MAX_BYTES, |at, bytes| {
        match names.get(at) {
            Some(name) => drop(blobs.insert(name, bytes.map_or(Blob::Missing, |bytes| needles.look(bytes)))),
            None => facts = bytes.map(|bytes| CommitFacts::of(&bytes)),
        }
        Ok(())
    })?;
    Ok(facts)
}

/// Commits by which a wanted document took the place of another one in a file that was there before.
fn arrivals(line: &Line, tracked: &Tracked<'_>, (blobs, needles): (&Blobs<'_>, &Needles<'_>)) -> Vec<usize> {
    let id_of = |name: &Option<ObjectName>| match blobs.get(name.as_ref()?)? {
        Blob::Candidate(id, ..) | Blob::Other(Some(id)) => Some(id),
        Blob::Other(None) | Blob::Missing => None,
    };
    let arrives = |commit: &crate::history::line::LineCommit| {
        let is_open = |path: &str| tracked.has(path) && !tracked.is_settled(path);
        commit.changes.iter().filter(|change| change.before.is_some() && is_open(&change.path)).any(|change| {
            let after = id_of(&change.after).filter(|id| needles.versions.contains_key(*id));
            after.is_some() && id_of(&change.before) != after
        })
    };
    line.commits.iter().enumerate().filter(|(_, commit)| arrives(commit)).map(|(at, _)| at).collect()
}

/// Puts the texts in the order of the line, the oldest first.
fn gather(line: &Line, tracked: &Tracked<'_>, blobs: &Blobs<'_>, asked: &Asked<'_>) -> Candidates {
    let mut candidates = Candidates::default();
    for (id, file) in asked.files {
        candidates.files.entry(id.clone()).or_default().insert(file.path().clone());
    }
    for (at, commit) in line.commits.iter().enumerate().rev() {
        if commit.changes.iter().any(|change| change.path == SETTINGS_FILE && change.before.is_none()) {
            candidates.arrivals.insert(at);
        }
        for change in commit.changes.iter().filter(|change| tracked.has(&change.path)) {
            let Some(blob) = change.after.as_ref().and_then(|name| blobs.get(name)) else { continue };
            let file: Arc<str> = change.path.as_str().into();
            match blob {
                Blob::Missing => candidates.lacking.push(Lacking { commit: at, file, day: commit.day }),
                Blob::Other(None) => {}
                Blob::Other(Some(id)) => drop(candidates.files.entry(id.clone()).or_default().insert(file)),
                Blob::Candidate(id, text, standing) => {
                    candidates.files.entry(id.clone()).or_default().insert(file.clone());
                    let (text, standing) = (text.clone(), standing.clone());
                    candidates.by_id.entry(id.clone()).or_default().push(Candidate {
                        commit: at,
                        file,
                        text,
                        standing,
                        is_new: change.before.is_none(),
                    });
                }
            }
        }
    }
    candidates
}
