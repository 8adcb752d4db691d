//! One Markdown file, read and parsed, before it is known what else the handbook holds.

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

/// A longer running text, in bytes, is held whole: the search asks for it once for every few of its sections.
const LONG_TEXT: usize = 64 * 1024;

/// A Markdown file after its one reading.
#[derive(Debug)]
pub(crate) struct ParsedFile {
    /// The text, for places and for showing lines.
    pub(crate) source: Arc<SourceText>,
    /// The front matter; `None` when the file has none.
    pub(crate) front: Option<FrontMatter>,
    /// The text below it.
    pub(crate) body: Body,
    /// The address that it had on the former site, made of its date and title.
    pub(crate) former: Option<String>,
    words: HeldWords,
    /// What was wrong in this file as seen from this file alone.
    pub(crate) problems: Vec<Problem>,
    /// What follows from all that, whatever else the handbook holds.
    pub(crate) facts: Facts,
}

/// The running text of a body.
#[derive(Debug)]
enum HeldWords {
    Whole(Arc<Words>),
    Packed(PackedWords),
}

/// A file with its running text.
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

/// What follows from one file alone; taken once for each content of the file.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    /// Whether it is under document control.
    pub(crate) control: Control,
    /// Title: from the front matter, else the first heading, else the file's name.
    pub(crate) title: Arc<str>,
    /// Type, such as `policy`; `page` for what is not controlled.
    pub(crate) kind: Arc<str>,
    /// The URL that its path asks for.
    pub(crate) url: SitePath,
    /// Digest of the whole content: title, claims, provided items and body.
    pub(crate) digest: Digest,
}

impl ParsedFile {
    /// Whether its document has its ID from the name of the file.
    pub(super) fn is_named_by_file(&self) -> bool {
        self.front.as_ref().is_some_and(|front| front.has_derived_id)
    }

    /// The same without the HTML of its page.
    pub(crate) fn without_html(mut self) -> ParsedFile {
        self.body.html = Default::default();
        self
    }

    /// The same with its running text, unless that is long, and the HTML of its page in few bytes.
    pub(crate) fn compacted(mut self) -> ParsedFile {
        self.body.html.compact(&self.source);
        if let HeldWords::Whole(words) = &self.words
            && words.text.len() <= LONG_TEXT
        {
            self.words = HeldWords::Packed(PackedWords::new(words, self.source.as_str()));
        }
        self
    }

    /// Puts the parts of a file together; `content` is the content folder.
    pub(crate) fn new(
        source: Arc<SourceText>,
        front: Option<FrontMatter>,
        (body, words): (Body, Arc<Words>),
        content: &str,
    ) -> ParsedFile {
        let control = if controlled_id(front.as_ref()).is_some() { Control::Controlled } else { Control::Page };
        let facts = Facts {
            control,
            title: title(&source, front.as_ref(), &body),
            kind: kind(front.as_ref(), control),
            url: SitePath::page(below(content, source.path())),
            digest: Digest::of(front.as_ref(), &body.digest),
        };
        ParsedFile { source, front, body, words: HeldWords::Whole(words), former: None, problems: Vec::new(), facts }
    }

    /// The running text of its body. It may be made again from the source: take it once for all that is asked of it.
    pub(crate) fn words(&self) -> Arc<Words> {
        match &self.words {
            HeldWords::Whole(words) => words.clone(),
            HeldWords::Packed(words) => Arc::new(words.unpack(self.source.as_str())),
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

    /// The day of its approval; for evidence without one, the day when that was made.
    pub(crate) fn approved(&self) -> Option<Date> {
        let front = self.front.as_ref()?;
        let date = front.date.as_ref().filter(|_| is_dated_by_content(&self.facts.kind));
        front.approved.as_ref().or(date).map(|date| date.value)
    }

    /// The id, when the file is under document control; one of type `page` has none.
    pub(crate) fn controlled_id(&self) -> Option<&DocumentId> {
        controlled_id(self.front.as_ref())
    }
}

/// A path without the content folder in front of it.
pub(crate) fn below<'a>(content: &str, path: &'a str) -> &'a str {
    path.strip_prefix(content).map_or(path, |rest| rest.trim_start_matches('/'))
}

fn controlled_id(front: Option<&FrontMatter>) -> Option<&DocumentId> {
    let front = front?;
    let id = front.id.as_ref().filter(|_| front.kind.as_ref().is_none_or(|kind| kind.value != PAGE));
    id.map(|id| &id.value)
}

fn title(source: &SourceText, front: Option<&FrontMatter>, body: &Body) -> Arc<str> {
    let given = front.and_then(|front| front.title.as_ref()).map(|title| title.value.as_str());
    let is_seen = |title: &&str| !title.chars().all(is_blank);
    let heading = || body.headings.first().map(|heading| heading.text.as_str()).filter(is_seen);
    let name = || source.path().rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(stem, _)| stem);
    given.or_else(heading).or_else(name).unwrap_or("Untitled").into()
}

fn kind(front: Option<&FrontMatter>, control: Control) -> Arc<str> {
    match (control, front.and_then(|front| front.kind.as_ref())) {
        (Control::Controlled, Some(kind)) => kind.value.as_str().into(),
        (Control::Controlled, None) => "".into(),
        (Control::Page, _) => PAGE.into(),
    }
}
