//! Reads and parses one file.

use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::config::Settings;
use crate::finding::{Problem, reading};
use crate::handbook::{FileView, ParsedFile, default_rank, without_content_folder};
use crate::markdown::{self, ParsedText};
use crate::place::{SourceText, Span};
use crate::rules;
use crate::source::front_matter::FrontMatter;
use crate::source::{self, HandbookFile, Vocabulary};
use crate::text::clip;

/// Number of documents kept uncompressed. Compressing one takes time, which pays off in larger handbooks only.
const MAX_UNCOMPACTED: usize = 1_000;

/// Keeps files in memory, the first [`MAX_UNCOMPACTED`] of them uncompressed.
#[derive(Default)]
pub(super) struct MemoryBudget {
    file_count: AtomicUsize,
}

impl MemoryBudget {
    /// Prepares a file for being kept.
    pub(super) fn compact_file(&self, file: ParsedFile) -> Arc<ParsedFile> {
        let is_one_of_many = self.file_count.fetch_add(1, Ordering::Relaxed) >= MAX_UNCOMPACTED;
        Arc::new(if is_one_of_many { file.compact() } else { file })
    }
}

/// Reads, parses and checks one file on its own.
pub(crate) fn read_file(
    entry: &HandbookFile,
    settings: &Settings,
    vocabulary: &Vocabulary,
) -> Result<ParsedFile, Problem> {
    Ok(parse_file(source::read_text(entry)?, settings, vocabulary))
}

/// Parses and checks one text on its own.
pub(crate) fn parse_file(text: SourceText, settings: &Settings, vocabulary: &Vocabulary) -> ParsedFile {
    let source = Arc::new(text);
    let mut decoded = source::decode(&source, vocabulary);
    let ParsedText { mut body, words } =
        markdown::parse_with_includes(&source, decoded.body_start, &settings.documents.includes);
    if let Some(front) = &mut decoded.front {
        let title = body.headings.iter().find(|heading| heading.level == 1);
        vocabulary.defaults().fill_title(front, source.path(), title.map(|title| (title.text.as_str(), title.span)));
    }
    let words = Arc::new(words);
    let mut problems = decoded.problems;
    if decoded.front.is_none() && problems.is_empty() {
        problems.push(no_front_matter(&source));
    }
    problems.extend(mem::take(&mut body.problems));
    body.share(&source);
    let path = without_content_folder(&settings.content, source.path());
    let former_address = settings.documents.permalinks.resolve(path, &source, decoded.front.as_ref());
    let mut file = ParsedFile::new(source.clone(), decoded.front, body, words.clone(), &settings.content);
    problems.extend(hide_by_tags(settings, &mut file));
    let view = FileView { file: &file, words: &words };
    problems.extend(rules::check_file(settings, &view));
    file.written_days = rules::written_days(&view);
    (file.problems, file.former_address) = (problems.into_boxed_slice().into_vec(), former_address);
    file
}

/// Withholds a file that has no classification of its own if one of its tags names a higher level than the one it gets
/// from the settings.
fn hide_by_tags(settings: &Settings, file: &mut ParsedFile) -> Option<Problem> {
    let front = file.front.as_ref().filter(|front| front.classification.is_none() && !front.tags.is_empty())?;
    let (level, tag) = front.level_of_tags(&settings.classifications)?;
    if level <= default_rank(settings, file)? {
        return None;
    }
    let message = format!("the tag `{}` names a level, but this document has no `classification`", clip(&tag.value));
    let name = settings.classifications.get(level).map_or("", String::as_str);
    let help = format!("write `classification: {name}`, or the level that is right if the tag is about something else");
    let problem = Problem::new(reading::UNKNOWN_CLASSIFICATION, file.place(tag.span), message).help(help);
    file.front.iter_mut().for_each(FrontMatter::doubt_classification);
    Some(problem)
}

fn no_front_matter(source: &SourceText) -> Problem {
    if let Some(place) = source::misplaced_front(source.as_str()) {
        let message =
            "this looks like front matter, but it is not read: front matter begins with `---` in the first line";
        let help = "put `---` in the first line, with nothing before or after it, and another `---` below the last key; \
                    if this is text, write a heading above it";
        return Problem::new(reading::INVALID_FRONT_MATTER, source.place(Span::from(place)), message).help(help);
    }
    let message = "this file has no front matter, so it is neither a document nor a page";
    Problem::new(reading::MISSING_FRONT_MATTER, source.place(Default::default()), message)
        .help("start it with front matter between two lines `---`: `type: page` for a signpost, or that of a document")
}
