//! Keeping pages from one build to the next, as far as nothing changed that they show.
//!
//! What a page shows of its own file is told by a hash that is taken once for each content of the file. What it shows
//! of other documents is their `Faces`: everything of a document but its running text. A page whose hashes are what
//! they were is not made again. A kind of page that says nothing about what it shows is always made.

mod content;
mod faces;
mod feed;
mod sidebar;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::build::Plan;
use super::inspect::Memory;
use super::pages::Job;
use super::portal::Portal;
use super::search;
use super::theme::{Theme, ThemeError};
use crate::handbook::DocumentIndex;
use crate::url::SitePath;

use content::Contents;
use faces::Faces;

/// A hash of everything that a page shows.
type Print = [u8; 32];

/// Files of a site with what is known of them.
type ByPath = HashMap<SitePath, KeptFile>;

/// What a file of the site shows, as far as that tells whether it must be made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Anything: it is always made again.
    Anything,
    /// A document's text, and of others what stands around their text.
    Document(DocumentIndex),
    /// Of documents only what stands around their text: front matter, states, claims, findings.
    Outline,
    /// The same, and the texts of some documents.
    OutlineAnd(Vec<DocumentIndex>),
    /// The same, and the words of some documents, wherever their links lead.
    OutlineAndWords(Vec<DocumentIndex>),
    /// Nothing of any document: standards, settings and words.
    Surroundings,
}

/// A file that was made, and what it showed.
#[derive(Clone)]
struct KeptFile {
    /// What it showed, but for figures in the sidebar.
    print: Print,
    /// What is on every page, those figures included.
    surroundings: Print,
    bytes: Arc<[u8]>,
}

/// Pages of the last build with what they showed.
pub struct Pages {
    /// Nothing when no pages are kept.
    kept: Option<Kept>,
    /// What the search index of the last build was made from; nothing when no pages are kept.
    search: Option<search::Kept>,
    /// What pages of the last build were found to refer to; nothing when no pages are kept.
    seen: Option<Memory>,
}

/// Pages, and hashes of the files they were made from.
#[derive(Default)]
struct Kept {
    pages: ByPath,
    contents: Contents,
}

/// One build.
pub(super) struct Round<'a> {
    portal: &'a Portal<'a>,
    theme: &'a Theme,
    keeping: Option<Keeping<'a>>,
}

struct Keeping<'a> {
    old: &'a Kept,
    contents: Contents,
    faces: Faces,
    made: Mutex<ByPath>,
}

/// What a file of the site holds.
pub(super) enum File {
    /// Bytes that nobody keeps.
    New(Vec<u8>),
    /// Bytes that are kept for the next build.
    Kept(Arc<[u8]>),
}

impl File {
    /// What to write.
    pub(super) fn contents(&self) -> super::write::Contents<'_> {
        match self {
            File::New(bytes) => super::write::Contents::Bytes(bytes),
            File::Kept(bytes) => super::write::Contents::Shared(bytes.clone()),
        }
    }
}

/// What a build leaves for the next one.
pub(super) struct Made(Option<Kept>);

impl Pages {
    /// Keeps no pages: for a build that is the only one.
    pub fn none() -> Pages {
        Pages { kept: None, search: None, seen: None }
    }

    /// Keeps pages, of which there are none yet.
    pub fn kept() -> Pages {
        Pages { kept: Some(Kept::default()), search: Some(search::Kept::default()), seen: Some(Memory::default()) }
    }

    /// What the search index of the last build was made from.
    pub(super) fn search(&mut self) -> Option<&mut search::Kept> {
        self.search.as_mut()
    }

    /// Hands over what pages of the last build were found to refer to.
    pub(super) fn seen(&mut self) -> Option<Memory> {
        self.seen.as_mut().map(std::mem::take)
    }

    /// Keeps what pages were found to refer to, when pages are kept.
    pub(super) fn remember(&mut self, memory: Memory) {
        self.seen = self.seen.take().map(|_| memory);
    }

    pub(super) fn begin<'a>(&'a self, portal: &'a Portal<'a>, theme: &'a Theme, plan: Plan<'_>) -> Round<'a> {
        let keeping = self.kept.as_ref().map(|old| {
            let contents = old.contents.renewed(portal.handbook);
            let faces = Faces::of(portal, plan, &contents);
            Keeping { old, contents, faces, made: Mutex::default() }
        });
        Round { portal, theme, keeping }
    }

    pub(super) fn keep(&mut self, Made(kept): Made) {
        self.kept = kept;
    }
}

impl Round<'_> {
    /// A file of the site: the kept one, or a new one.
    pub(super) fn make(&self, job: &Job) -> Result<File, ThemeError> {
        let Some(keeping) = &self.keeping else { return Ok(File::New(job.make(self.portal, self.theme)?)) };
        self.make_keeping(keeping, job).map(File::Kept)
    }

    fn make_keeping(&self, keeping: &Keeping<'_>, job: &Job) -> Result<Arc<[u8]>, ThemeError> {
        let fresh = || -> Result<Arc<[u8]>, ThemeError> { Ok(job.make(self.portal, self.theme)?.into()) };
        let Some(print) = keeping.faces.print(self.portal, &keeping.contents, &job.shows) else { return fresh() };
        let old = keeping.old.pages.get(&job.path).filter(|old| old.print == print);
        let bytes = match old {
            Some(old) if old.surroundings == keeping.faces.surroundings => old.bytes.clone(),
            Some(old) => self.with_sidebar(&old.bytes, job)?.map_or_else(fresh, Ok)?,
            None => fresh()?,
        };
        let file = KeptFile { print, surroundings: keeping.faces.surroundings, bytes: bytes.clone() };
        keeping.made.lock().unwrap_or_else(PoisonError::into_inner).insert(job.path.clone(), file);
        Ok(bytes)
    }

    /// A document's page with the sidebar as it is now; `None` when the page must be made again for that.
    fn with_sidebar(&self, page: &[u8], job: &Job) -> Result<Option<Arc<[u8]>>, ThemeError> {
        let Shows::Document(index) = job.shows else { return Ok(None) };
        let sidebar = self.theme.sidebar(&self.portal.document_frame(index))?;
        Ok(sidebar::exchanged(page, sidebar.as_str().as_bytes()))
    }

    /// What was made, for the next build.
    pub(super) fn finish(self) -> Made {
        Made(self.keeping.map(|keeping| Kept {
            pages: keeping.made.into_inner().unwrap_or_else(PoisonError::into_inner),
            contents: keeping.contents,
        }))
    }
}
