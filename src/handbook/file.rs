//! A single Markdown file, read and parsed independently of the rest of the handbook.

use std::ops::Deref;
use std::sync::Arc;

use super::PAGE;
use super::digest::Digest;
use super::document::{Control, is_dated_by_content};
use crate::date::Date;
use crate::finding::Problem;
use crate::id::DocumentId;
use crate::markdown::{Body, PackedWords, Words};
use crate::place::{Place, SourceText, Span};
use crate::source::front_matter::FrontMatter;
use crate::text::is_blank;
use crate::url::SitePath;

/// Running texts longer than this, in bytes, stay uncompressed, because the search reads them once for every few
/// sections.
const MAX_COMPRESSED_BYTES: usize = 64 * 1024;

/// A parsed Markdown file.
#[derive(Debug)]
pub(crate) struct ParsedFile {
    /// The source text, for locating places and quoting lines.
    pub(crate) source: Arc<SourceText>,
    /// The front matter; `None` if the file has none.
    pub(crate) front: Option<FrontMatter>,
    /// The body below it.
    pub(crate) body: Body,
    /// The address that it had on the former site, derived from its date and title.
    pub(crate) former_address: Option<String>,
    words: WordStorage,
    /// Problems found in this file alone.
    pub(crate) problems: Vec<Problem>,
    /// The days by which the text limits its own document.
    pub(crate) written_days: Vec<WrittenDay>,
    /// Facts derived from the file alone, whatever else the handbook contains.
    pub(crate) facts: FileFacts,
}

/// A day by which a text limits its own document: `Valid until 2026-10-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrittenDay {
    /// What happens on the day.
    pub(crate) kind: WrittenDayKind,
    /// The day.
    pub(crate) day: Date,
    /// The place of the statement.
    pub(crate) span: Span,
}

/// What happens on a day that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrittenDayKind {
    /// The document applies for the last time.
    LastDay,
    /// Its next review is due.
    NextReview,
}

/// The running text of a body, complete or in compact form.
#[derive(Debug)]
enum WordStorage {
    Plain(Arc<Words>),
    Compact(PackedWords),
}

/// A file together with its running text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileView<'a> {
    /// The file.
    pub(crate) file: &'a ParsedFile,
    /// The running text of its body.
    pub(crate) words: &'a Words,
}

impl Deref for FileView<'_> {
    type Target = ParsedFile;

    fn deref(&self) -> &ParsedFile {
        self.file
    }
}

/// Facts derived from one file alone; computed once for each version of its content.
#[derive(Clone, Debug)]
pub(crate) struct FileFacts {
    /// Whether it is under document control.
    pub(crate) control: Control,
    /// Title: from the front matter, else the first heading, else the file's name.
    pub(crate) title: Arc<str>,
    /// Type, such as `policy`; `page` if it is not controlled.
    pub(crate) doc_type: Arc<str>,
    /// The URL derived from its path.
    pub(crate) url: SitePath,
    /// Digest of the whole content: title, claims, provided items and body.
    pub(crate) digest: Digest,
}

impl ParsedFile {
    /// Whether the document gets its ID from the file name.
    pub(super) fn is_named_by_file(&self) -> bool {
        self.front.as_ref().is_some_and(|front| front.has_derived_id)
    }

    /// Drops the HTML of its page.
    pub(crate) fn without_html(mut self) -> ParsedFile {
        self.body.html = Default::default();
        self
    }

    /// Compresses the HTML of its page, and the running text unless it is long.
    pub(crate) fn compact(mut self) -> ParsedFile {
        self.body.html.compact(&self.source);
        if let WordStorage::Plain(words) = &self.words
            && words.text.len() <= MAX_COMPRESSED_BYTES
        {
            self.words = WordStorage::Compact(PackedWords::new(words, self.source.as_str()));
        }
        self
    }

    /// Combines the parts of a file; `content` is the content folder.
    pub(crate) fn new(
        source: Arc<SourceText>,
        front: Option<FrontMatter>,
        body: Body,
        words: Arc<Words>,
        content: &str,
    ) -> ParsedFile {
        let control = if controlled_id(front.as_ref()).is_some() { Control::Controlled } else { Control::Page };
        let facts = FileFacts {
            control,
            title: title(&source, front.as_ref(), &body),
            doc_type: doc_type(front.as_ref(), control),
            url: SitePath::page(without_content_folder(content, source.path())),
            digest: Digest::from_source(front.as_ref(), &body.digest),
        };
        ParsedFile {
            source,
            front,
            body,
            words: WordStorage::Plain(words),
            former_address: None,
            problems: Vec::new(),
            written_days: Vec::new(),
            facts,
        }
    }

    /// The running text of its body. It may have to be rebuilt from the source, so get it once and reuse it.
    pub(crate) fn words(&self) -> Arc<Words> {
        match &self.words {
            WordStorage::Plain(words) => words.clone(),
            WordStorage::Compact(words) => Arc::new(words.unpack(self.source.as_str())),
        }
    }

    /// Path relative to the handbook's folder.
    pub(crate) fn path(&self) -> &Arc<str> {
        self.source.path()
    }

    /// The place of a byte range of this file.
    pub(crate) fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// The day of its approval; for evidence without one, the day when it was made.
    pub(crate) fn approved(&self) -> Option<Date> {
        let front = self.front.as_ref()?;
        let date = front.date.as_ref().filter(|_| is_dated_by_content(&self.facts.doc_type));
        front.approved.as_ref().or(date).map(|date| date.value)
    }

    /// The ID, if the file is under document control; a file of type `page` has none.
    pub(crate) fn controlled_id(&self) -> Option<&DocumentId> {
        controlled_id(self.front.as_ref())
    }
}

/// A path without the content folder at its start.
pub(crate) fn without_content_folder<'a>(content: &str, path: &'a str) -> &'a str {
    path.strip_prefix(content).map_or(path, |rest| rest.trim_start_matches('/'))
}

fn controlled_id(front: Option<&FrontMatter>) -> Option<&DocumentId> {
    let front = front?;
    let id = front.id.as_ref().filter(|_| front.doc_type.as_ref().is_none_or(|kind| kind.value != PAGE));
    id.map(|id| &id.value)
}

fn title(source: &SourceText, front: Option<&FrontMatter>, body: &Body) -> Arc<str> {
    let from_front = front.and_then(|front| front.title.as_ref()).map(|title| title.value.as_str());
    let is_seen = |title: &&str| !title.chars().all(is_blank);
    let heading = || body.headings.first().map(|heading| heading.text.as_str()).filter(is_seen);
    let name = || source.path().rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(stem, _)| stem);
    from_front.or_else(heading).or_else(name).unwrap_or("Untitled").into()
}

fn doc_type(front: Option<&FrontMatter>, control: Control) -> Arc<str> {
    match (control, front.and_then(|front| front.doc_type.as_ref())) {
        (Control::Controlled, Some(kind)) => kind.value.as_str().into(),
        (Control::Controlled, None) => "".into(),
        (Control::Page, _) => PAGE.into(),
    }
}
