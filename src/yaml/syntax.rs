//! Translates errors of the YAML parser for authors, and locates the text to be fixed.

use saphyr_parser::ScanError;

use super::offsets::Offsets;
use crate::place::{Located, Span};
use crate::text::clip;

/// An error in the YAML of a file, independent of the purpose of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// Place of the first occurrence, for a duplicate.
    pub(crate) duplicate_of: Option<Span>,
}

impl SyntaxError {
    pub(super) fn new(span: Span, message: impl Into<String>, help: &str) -> SyntaxError {
        SyntaxError {
            span,
            message: message.into(),
            help: (!help.is_empty()).then(|| help.to_owned()),
            duplicate_of: None,
        }
    }

    /// A duplicate key.
    pub(super) fn duplicate_key(key: &Located<String>, first: Span) -> SyntaxError {
        let message = format!("`{}` appears more than once", clip(&key.value));
        SyntaxError { duplicate_of: Some(first), ..SyntaxError::new(key.span, message, "keep one of them") }
    }
}

/// The position of the text to be fixed, relative to the parser's mark.
#[derive(Clone, Copy)]
enum ErrorPosition {
    /// At the mark.
    Mark,
    /// At the last line before the mark that is not blank.
    LineBefore,
    /// At the first tab after the mark that indents a line.
    Tab,
    /// At the innermost open bracket, if the mark is at the end of the text.
    Bracket,
}

/// The translation of one error of the parser.
struct ErrorTranslation {
    /// Part of the parser's message.
    pattern: &'static str,
    position: ErrorPosition,
    message: &'static str,
    help: &'static str,
}

const fn translation(
    says: &'static str,
    at: ErrorPosition,
    message: &'static str,
    help: &'static str,
) -> ErrorTranslation {
    ErrorTranslation { pattern: says, position: at, message, help }
}

const NEVER_CLOSED: &str = "this quotation mark is never closed";
const WRONG_INDENT: &str = "this line is not indented like the lines it belongs to";
const SAME_COLUMN: &str = "begin keys that belong together in the same column";
const TAB: &str = "a tab is used for indentation; use spaces";
const SPACES: &str = "indent with spaces";
const NO_ESCAPE: &str = "this backslash does not begin a valid escape sequence";
const NO_ESCAPE_HELP: &str = "write two backslashes for one, or put the value in single quotes";
const QUOTE_START: &str = "put a value that begins with this character in quotes";
const BRACKET: &str = "this list or mapping in brackets is broken here";
const BRACKET_HELP: &str =
    "put a comma between the items, close every bracket, and quote items that hold brackets or `: `";

/// Translations; the first one whose `says` is part of the parser's message applies.
const TRANSLATIONS: &[ErrorTranslation] = &[
    translation("unprintable", ErrorPosition::Mark, "there is a control character here", "remove it"),
    translation("mapping values are not allowed", ErrorPosition::Mark, "a `:` is not allowed here", ""),
    translation(
        "simple key expect",
        ErrorPosition::LineBefore,
        "this line has a key without `:`",
        "write `key: value`",
    ),
    translation("did not find expected <document start>", ErrorPosition::Mark, WRONG_INDENT, SAME_COLUMN),
    translation("block mapping, did not find expected key", ErrorPosition::Mark, WRONG_INDENT, SAME_COLUMN),
    translation(
        "did not find expected '-' indicator",
        ErrorPosition::Mark,
        WRONG_INDENT,
        "begin each item of a list with `- `",
    ),
    translation(
        "block sequence entries are not allowed",
        ErrorPosition::Mark,
        "a `- ` is not allowed here",
        "begin each item of a list on its own line",
    ),
    translation("':' must be followed", ErrorPosition::Mark, "a tab follows the `:`", "write a space after the `:`"),
    translation("'-' must be followed", ErrorPosition::Mark, "a tab follows the `-`", "write a space after the `-`"),
    translation("cannot start with a tab", ErrorPosition::Tab, TAB, SPACES),
    translation("tab", ErrorPosition::Tab, TAB, SPACES),
    translation("found unexpected end of stream", ErrorPosition::Mark, NEVER_CLOSED, ""),
    translation("found unexpected document indicator", ErrorPosition::Mark, NEVER_CLOSED, ""),
    translation(
        "invalid indentation in quoted scalar",
        ErrorPosition::Mark,
        NEVER_CLOSED,
        "indent the further lines of a quoted value",
    ),
    translation(
        "invalid trailing content after double-quoted",
        ErrorPosition::Mark,
        "there is text after the closing quotation mark",
        "write `\\\"` for a quotation mark within double quotes, and `''` within single ones",
    ),
    translation("unknown escape character", ErrorPosition::Mark, NO_ESCAPE, NO_ESCAPE_HELP),
    translation("expected hexadecimal number", ErrorPosition::Mark, NO_ESCAPE, NO_ESCAPE_HELP),
    translation("Unicode character escape", ErrorPosition::Mark, NO_ESCAPE, NO_ESCAPE_HELP),
    translation("unknown anchor", ErrorPosition::Mark, "a value cannot begin with `*`", QUOTE_START),
    translation(
        "scanning an anchor or alias",
        ErrorPosition::Mark,
        "a value cannot begin with `*` or `&`",
        QUOTE_START,
    ),
    translation("a tag", ErrorPosition::Mark, "a value cannot begin with `!`", QUOTE_START),
    translation("handle wasn't declared", ErrorPosition::Mark, "a value cannot begin with `!`", QUOTE_START),
    translation("unexpected character", ErrorPosition::Mark, "a value cannot begin with this character", QUOTE_START),
    translation("expected ',' or", ErrorPosition::Bracket, BRACKET, BRACKET_HELP),
    translation("illegal placement of ':'", ErrorPosition::Bracket, BRACKET, BRACKET_HELP),
    translation("unexpected end of plain scalar", ErrorPosition::Bracket, BRACKET, BRACKET_HELP),
    translation("in flow", ErrorPosition::Bracket, BRACKET, BRACKET_HELP),
    translation(
        "misplaced bracket",
        ErrorPosition::Mark,
        "unmatched closing bracket",
        "remove the bracket, or put a value that contains one in quotes",
    ),
    translation("did not find expected node content", ErrorPosition::Bracket, BRACKET, BRACKET_HELP),
    translation("block scalar", ErrorPosition::Mark, "a value cannot begin with `|` or `>`", QUOTE_START),
    translation("recursion limit", ErrorPosition::Mark, "this is nested too deep", ""),
    translation(
        "comment intercepting",
        ErrorPosition::Mark,
        "a `#` after a space begins a comment",
        "put a value that contains ` #` in quotes",
    ),
];

/// Translates an error of the parser; `open` is the position of the innermost open bracket in the piece.
pub(super) fn syntax_error(error: &ScanError, offsets: &mut Offsets<'_>, open: Option<usize>) -> SyntaxError {
    let mark = offsets.within(error.marker().index());
    let translation = TRANSLATIONS.iter().find(|complaint| error.info().contains(complaint.pattern));
    let at = translation.map_or(ErrorPosition::Mark, |complaint| complaint.position);
    let start = error_offset(offsets.text(), mark, at, open);
    let span = offsets.span(start, end_of_character(offsets.text(), start));
    match translation {
        Some(translation) => refine(translation, offsets.text(), start, span),
        None => SyntaxError::new(span, "this is not valid YAML", error.info()),
    }
}

/// The translated error, made more specific if the surrounding text allows it.
fn refine(translation: &ErrorTranslation, text: &str, start: usize, span: Span) -> SyntaxError {
    let before = line_before(text, start).trim_start();
    if translation.pattern.starts_with("mapping values") {
        let help = if before.contains(": ") {
            "put a value that contains `: ` in quotes"
        } else {
            "begin a key in the same column as the keys beside it, and put a value that contains `: ` in quotes"
        };
        return SyntaxError::new(span, translation.message, help);
    }
    if translation.message == WRONG_INDENT
        && before.ends_with(|c: char| !c.is_whitespace() || c == ' ')
        && !before.is_empty()
    {
        return SyntaxError::new(span, "there is text after the end of the value", "put the whole value in quotes");
    }
    SyntaxError::new(span, translation.message, translation.help)
}

fn error_offset(text: &str, mark: usize, at: ErrorPosition, open: Option<usize>) -> usize {
    match at {
        ErrorPosition::Mark => mark,
        ErrorPosition::LineBefore => line_holding(text, mark),
        ErrorPosition::Tab => indenting_tab(text, mark),
        ErrorPosition::Bracket => match open {
            Some(open) if text[mark..].trim().is_empty() => open,
            _ => mark,
        },
    }
}

/// The first character of the last line before `mark` that is not blank.
fn line_holding(text: &str, mark: usize) -> usize {
    let line_start = mark - line_before(text, mark).len();
    let above = text[..line_start].trim_end();
    let start = above.len() - line_before(above, above.len()).len();
    if above.is_empty() { mark } else { start + indentation(&above[start..]) }
}

/// The first tab that indents a line, starting with the marked line.
fn indenting_tab(text: &str, mark: usize) -> usize {
    let mut start = mark - line_before(text, mark).len();
    for line in text[start..].split_inclusive('\n') {
        let indent = &line[..indentation(line)];
        if let Some(tab) = indent.find('\t') {
            return start + tab;
        }
        start += line.len();
    }
    mark
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The text from the start of a line to a byte in it.
fn line_before(text: &str, byte: usize) -> &str {
    &text[text[..byte].rfind('\n').map_or(0, |newline| newline + 1)..byte]
}

fn end_of_character(text: &str, start: usize) -> usize {
    match text[start..].chars().next() {
        Some(c) if c != '\n' => start + c.len_utf8(),
        _ => start,
    }
}
