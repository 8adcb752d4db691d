//! Inserts the text of other files into a document before it is parsed.
//!
//! Inserted text is part of the document: its headings have anchors, search finds it, and the digest covers it. The
//! parser sees a single text; places are mapped back to the document, so a finding in inserted text is located at the
//! directive that inserted it.

mod directive;
mod imports;
mod lookup;
mod part;

use std::ops::Range;
use std::sync::Arc;

use super::body::TextPiece;
use super::dialect::{ContainerPrefix, Line, Outline, lines};
use super::parsed::ParsedText;
use crate::finding::{Problem, reading};
use crate::path::is_markdown;
use crate::place::{Origin, SourceText, Span};
use crate::source::{IncludedFile, Includes, MAX_BYTES};
use crate::text::is_blank;
use directive::{Directive, DirectiveAction, IncludeRequest};
use lookup::{candidates, folder_of, reason};
use part::FilePart;

/// The files that a text inserts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inclusions {
    /// Places of the directives, in order.
    pub(crate) places: Vec<Span>,
    /// The inserted files, and missing ones that would be inserted; includes files inserted by other files.
    pub(crate) files: Vec<IncludedFile>,
    /// Paths of the files that are inserted by line numbers.
    pub(crate) by_lines: Vec<Arc<str>>,
    /// The text as parsed; `None` if it inserts no files.
    pub(crate) whole_text: Option<Arc<WholeText>>,
}

/// A document's text with inserted files, kept as long as positions of its words refer to it.
#[derive(Debug)]
pub(crate) struct WholeText {
    /// The text, whose places are reported as those of the document.
    pub(crate) text: Arc<SourceText>,
    /// The ranges of the text that the running text comes from.
    pub(crate) pieces: Vec<TextPiece>,
}

/// A document's text with inserted files.
pub(super) struct ExpandedText {
    pub(super) text: Arc<SourceText>,
    included: Inclusions,
    count: usize,
    problems: Vec<Problem>,
    /// Ranges of directives whose file is missing; their text asserts nothing.
    failed: Vec<Span>,
}

/// Maximum depth to which files may insert files.
const MAX_DEPTH: usize = 10;
/// Maximum number of files that a document may insert, directly or indirectly.
const MAX_FILES: usize = 1_000;

/// Reason for not inserting a file that would make the document too large.
const TOO_LARGE: &str = "with it, the document would be too large";
/// How to write a directive.
const PART_HELP: &str = "write the mark in one line, and lines as their numbers from 1: the first, a colon, the last";
const SIZE_HELP: &str = "insert less, or link to the file";

/// The ranges of the directives in a text, except escaped ones.
pub(super) fn marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let directives = if directive::may_hold(text) { directive::find(text) } else { Vec::new() };
    directives.into_iter().map(|directive| directive.range).filter(|range| text.get(range.clone()) != Some("\\"))
}

/// Inserts the requested files into a text; `None` if it requests none.
pub(super) fn expand(source: &Arc<SourceText>, body_start: u32, files: &Includes) -> Option<ExpandedText> {
    let text = source.as_str();
    if files.folders().is_empty() || !directive::may_hold(text) {
        return None;
    }
    let start = text.floor_char_boundary(body_start as usize);
    let mut includer = Includer::new(source, files);
    let (mut expanded, mut inserted) = (text[..start].to_owned(), Vec::new());
    let (mut places, mut problems, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    let mut copied = start;
    for (range, result) in includer.pieces(&text[start..], source.path()) {
        let old = start + range.start..start + range.end;
        expanded.push_str(&text[copied..old.start]);
        copied = old.end;
        let Piece { text: new, problems: piece_problems } = result;
        let place = source.place(old.clone().into());
        let is_whole = piece_problems.is_empty();
        problems.extend(piece_problems.into_iter().map(|problem| problem.problem(&text[old.clone()], place.clone())));
        let from = expanded.len();
        expanded.push_str(new.as_deref().unwrap_or(&text[old.clone()]));
        failed.extend(
            (!is_whole && new.as_deref().is_none_or(|new| new.starts_with('`')))
                .then(|| Span::from(from..expanded.len())),
        );
        inserted.push((Span::from(from..expanded.len()), Span::from(old.clone())));
        places.push(old.into());
    }
    expanded.push_str(&text[copied..]);
    if inserted.is_empty() {
        return None;
    }
    let text = Arc::new(SourceText::with_origin(&expanded, Origin { text: source.clone(), inserted }));
    let Includer { requested_files, by_lines, count, .. } = includer;
    Some(ExpandedText {
        text,
        included: Inclusions { places, files: requested_files, by_lines, whole_text: None },
        count,
        problems,
        failed,
    })
}

/// The replacement of a directive.
struct Piece {
    /// `None` if the directive stays unchanged.
    text: Option<String>,
    problems: Vec<IncludeProblem>,
}

/// The text of a file, or a reason for not inserting it and a suggestion.
type IncludeResult = Result<String, (String, &'static str)>;

/// The reason for not inserting a file.
struct IncludeProblem {
    /// The path as written.
    path: String,
    /// The file with the directive, if it is not the document itself.
    within: Option<Arc<str>>,
    reason: String,
    help: &'static str,
}

impl IncludeProblem {
    fn problem(self, mark: &str, place: crate::place::Place) -> Problem {
        let IncludeProblem { path, within, reason, help } = self;
        let within = within.map_or_else(String::new, |file| format!(", which `{file}` inserts,"));
        let message = format!("the text of `{}`{within} is missing here: {reason}", crate::text::shorten(&path, 80));
        Problem::new(reading::BROKEN_INCLUDE, place, message).help(help).with_subject(mark.trim())
    }
}

/// Inserts files into one document.
struct Includer<'a> {
    files: &'a Includes,
    requested_files: Vec<IncludedFile>,
    by_lines: Vec<Arc<str>>,
    /// The files being expanded, from the document to the innermost.
    open: Vec<Arc<str>>,
    /// Number of files requested, and number of files inserted.
    request_count: usize,
    count: usize,
    size: usize,
}

impl<'a> Includer<'a> {
    fn new(source: &SourceText, files: &'a Includes) -> Includer<'a> {
        Includer {
            files,
            requested_files: Vec::new(),
            by_lines: Vec::new(),
            open: vec![source.path().clone()],
            request_count: 0,
            count: 0,
            size: source.as_str().len(),
        }
    }

    /// The replacement of each directive in a text.
    fn pieces(&mut self, text: &str, path: &str) -> Vec<(Range<usize>, Piece)> {
        let lines = lines(text);
        let (mut pieces, mut outline) = (Vec::new(), None);
        for Directive { range, action: directive_action } in directive::find(text) {
            if self.request_count > MAX_FILES {
                break;
            }
            let line = lines[lines.partition_point(|line| line.start <= range.start).saturating_sub(1)];
            let marks = line.marks(text);
            let is_module = matches!(&directive_action, DirectiveAction::Insert(wanted) if wanted.iter().any(|request| request.is_module));
            let blank = ContainerPrefix::from_markers(marks).blank();
            let mut piece = match directive_action {
                DirectiveAction::Remove => Piece { text: Some(String::new()), problems: Vec::new() },
                DirectiveAction::Insert(wanted) => self.insert_all(&wanted, path, &blank),
            };
            if piece.text.is_none() {
                let outline = outline.get_or_insert_with(|| Outline::parse(text));
                piece.text = as_code(text, &range, outline);
            } else if is_module && is_alone(line, &range, text) {
                // A component is a separate block, whatever the lines around it contain.
                piece.text = piece.text.map(|text| format!("\n{blank}{text}\n{blank}"));
            }
            pieces.push((range, piece));
        }
        pieces
    }

    /// The texts of several files, joined and prefixed with the markers of their line.
    fn insert_all(&mut self, requests: &[IncludeRequest], path: &str, blank: &str) -> Piece {
        let (mut texts, mut problems) = (Vec::new(), Vec::new());
        for request in requests {
            if self.request_count > MAX_FILES {
                break;
            }
            match self.insert_one(request, path, &mut problems) {
                Ok(text) if request.is_module && !blank.is_empty() => texts.push(imports::without_imports(&text)),
                Ok(text) => texts.push(text),
                Err((why, help)) => {
                    let within = (self.open.len() > 1).then(|| path.into());
                    problems.push(IncludeProblem { path: request.path.clone(), within, reason: why, help });
                }
            }
        }
        let text = texts.iter().map(|text| text.trim_end_matches('\n')).collect::<Vec<_>>().join("\n");
        self.size += memchr::memchr_iter(b'\n', text.as_bytes()).count().saturating_mul(blank.len());
        let is_large = self.size as u64 > MAX_BYTES;
        if let Some(request) = requests.first().filter(|_| is_large && problems.is_empty()) {
            problems.push(IncludeProblem {
                path: request.path.clone(),
                within: None,
                reason: TOO_LARGE.to_owned(),
                help: SIZE_HELP,
            });
        }
        let is_none = is_large || texts.is_empty() && !requests.is_empty();
        Piece { text: (!is_none).then(|| text.replace('\n', &format!("\n{blank}"))), problems }
    }

    /// The file that a mark requests, unless it must not be inserted here.
    fn open_file(&mut self, request: &IncludeRequest, path: &str) -> Result<Arc<SourceText>, (String, &'static str)> {
        self.request_count += 1;
        if self.request_count > MAX_FILES {
            return Err((format!("a document inserts up to {MAX_FILES} files, and no more are looked at"), SIZE_HELP));
        }
        if request.part == FilePart::Malformed {
            return Err(("the mark is malformed".to_owned(), PART_HELP));
        }
        let file = self.files.find(&candidates(request, path, self.files.folders()), &mut self.requested_files);
        let file = file.map_err(|error| reason(error, request))?;
        if self.open.contains(file.path()) {
            return Err(("it inserts itself".to_owned(), "remove one of the marks that form the circle"));
        }
        if self.open.len() > MAX_DEPTH {
            return Err((format!("files are inserted more than {MAX_DEPTH} deep"), SIZE_HELP));
        }
        Ok(file)
    }

    /// The text of a file, including the files that it inserts.
    fn insert_one(
        &mut self,
        request: &IncludeRequest,
        path: &str,
        problems: &mut Vec<IncludeProblem>,
    ) -> IncludeResult {
        let file = self.open_file(request, path)?;
        self.count += 1;
        if matches!(request.part, FilePart::Lines(_)) {
            self.by_lines.push(file.path().clone());
        }
        let text = request.part.extract(file.as_str(), is_markdown(file.path()));
        let text =
            text.ok_or_else(|| ("the file has no such section or lines".to_owned(), "name a part that the file has"))?;
        if text.chars().all(is_blank) {
            return Err(("it is empty".to_owned(), "write the text there, or remove the mark"));
        }
        if request.may_be_template && (text.contains("{{") || text.contains("{%")) {
            return Err(("it is a template, which is not run".to_owned(), "write in Markdown what it would show"));
        }
        self.size += text.len();
        if self.size as u64 > MAX_BYTES {
            return Err((TOO_LARGE.to_owned(), SIZE_HELP));
        }
        let mut text = self.within(&text, file.path(), problems);
        if request.is_module {
            text = imports::rebase_links(&text, folder_of(file.path()), folder_of(path));
        }
        Ok(match &request.code {
            Some(language) => fence_text(language, text.trim_end_matches('\n')),
            None => text,
        })
    }

    /// A text with the files that it inserts.
    fn within(&mut self, text: &str, path: &Arc<str>, problems: &mut Vec<IncludeProblem>) -> String {
        if !directive::may_hold(text) {
            return text.to_owned();
        }
        self.open.push(path.clone());
        let mut expanded = String::with_capacity(text.len());
        let mut last_end = 0;
        for (range, piece) in self.pieces(text, path) {
            expanded.push_str(&text[last_end..range.start]);
            expanded.push_str(piece.text.as_deref().unwrap_or(&text[range.clone()]));
            problems.extend(piece.problems);
            last_end = range.end;
        }
        self.open.pop();
        expanded + &text[last_end..]
    }
}

/// Whether only white space surrounds a directive on its line.
fn is_alone(line: Line, range: &Range<usize>, text: &str) -> bool {
    line.content == range.start && line.end == range.end && line.marks(text).trim().is_empty()
}

/// A directive displayed as code, so that it is not mistaken for an active one; `None` if it is already in code, or a
/// list of paths.
fn as_code(text: &str, range: &Range<usize>, outline: &Outline) -> Option<String> {
    let is_block = |mark: &str| mark.contains('\n') && !mark.starts_with("{{#");
    let mark = text.get(range.clone()).filter(|mark| !mark.contains('`') && !is_block(mark))?;
    (!outline.is_code(range.start)).then(|| format!("`{}`", mark.replace('\n', " ")))
}

/// A text as a code block, with a fence longer than any run of backticks in it.
fn fence_text(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest.saturating_add(1).max(3));
    format!("{marks}{language}\n{text}\n{marks}")
}

impl ExpandedText {
    /// The number of inserted files.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Maps all places in the parsed result to the document.
    pub(super) fn relocate(self, ParsedText { body, words }: &mut ParsedText) {
        let Some(origin) = self.text.origin() else { return };
        let settle = |span: &mut Span| *span = origin.span(*span);
        for heading in &mut body.headings {
            settle(&mut heading.span);
            heading.claims.iter_mut().for_each(|claim| settle(&mut claim.clause.span));
        }
        body.raw_headings.iter_mut().for_each(|heading| settle(&mut heading.span));
        for link in &mut body.links {
            settle(&mut link.span);
            settle(&mut link.target_span);
        }
        body.mentions.iter_mut().for_each(|mention| settle(&mut mention.span));
        body.code.iter_mut().for_each(|code| settle(&mut code.span));
        body.terms.iter_mut().for_each(|term| settle(&mut term.span));
        body.footnotes.iter_mut().for_each(|footnote| settle(&mut footnote.span));
        body.comments.iter_mut().for_each(settle);
        let whole_text = WholeText { text: self.text.clone(), pieces: words.pieces.clone() };
        let is_within =
            |piece: &TextPiece, mark: &Span| mark.start <= piece.source.start && piece.source.end <= mark.end;
        for piece in &mut words.pieces {
            piece.is_asserted &= !self.failed.iter().any(|mark| is_within(piece, mark));
            relocate_piece(piece, origin);
        }
        for problem in &mut body.problems {
            problem.fix = problem.fix.take().filter(|fix| !fix.edits.iter().any(|edit| origin.is_inserted(edit.span)));
            problem.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| settle(&mut edit.span));
        }
        body.problems.extend(self.problems);
        body.included = Inclusions { whole_text: Some(Arc::new(whole_text)), ..self.included };
    }
}

/// Inserted text does not appear verbatim at the directive.
fn relocate_piece(piece: &mut TextPiece, origin: &Origin) {
    piece.verbatim &= !origin.is_inserted(piece.source);
    piece.source = origin.span(piece.source);
}

impl Inclusions {
    /// Whether a range of the document touches a directive.
    pub(crate) fn touches(&self, span: Span) -> bool {
        self.places.iter().any(|place| span.start <= place.end && place.start <= span.end)
    }
}
