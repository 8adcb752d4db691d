//! Markup of other tools at the start of a line or a table cell.

use super::alert_mark;
use super::columns::Columns;
use super::construct::{
    ABBREVIATION, ANCHOR, CAPTION, CONFLICT, CONTAINER, Construct, DRAWING, GRID, INCLUSION, LATEX, RST, SHORTCODE,
    Sink, TABS, WIKI,
};
use super::shape::{ContentLine, Shapes};
use crate::markdown::dialect::{is_alert, marks_length};

/// Markup that starts a line.
const LINES: [(&str, &Construct); 50] = [
    ("@start", &DRAWING),
    ("<<<<<<<", &CONFLICT),
    ("!> ", &CONTAINER),
    ("?> ", &CONTAINER),
    ("!!! ", &CONTAINER),
    ("!!!\u{a0}", &CONTAINER),
    ("[!div ", &CONTAINER),
    ("*[", &ABBREVIATION),
    ("=== ", &TABS),
    ("===! ", &TABS),
    ("===+ ", &TABS),
    ("-", &INCLUSION),
    ("@include", &INCLUSION),
    ("@import", &INCLUSION),
    ("@@include(", &INCLUSION),
    ("!include", &INCLUSION),
    ("!!!include", &INCLUSION),
    ("[!include", &INCLUSION),
    ("[!INCLUDE", &INCLUSION),
    ("[[!include ", &INCLUSION),
    ("[[include:", &INCLUSION),
    ("#include ", &INCLUSION),
    ("#+INCLUDE:", &INCLUSION),
    ("#+include:", &INCLUSION),
    ("#+", &SHORTCODE),
    ("+++ {", &SHORTCODE),
    ("; ", &WIKI),
    ("<<< ", &INCLUSION),
    ("::include{", &INCLUSION),
    ("{!", &INCLUSION),
    ("{{#include", &INCLUSION),
    ("{{#rustdoc_include", &INCLUSION),
    ("{{#playground", &INCLUSION),
    ("{{#playpen", &INCLUSION),
    ("{{include", &INCLUSION),
    ("include::", &INCLUSION),
    ("image::", &SHORTCODE),
    ("video::", &SHORTCODE),
    ("toc::", &SHORTCODE),
    ("[[File:", &SHORTCODE),
    ("[[Image:", &SHORTCODE),
    (".. ", &RST),
    ("\\", &LATEX),
    ("/// ", &CONTAINER),
    ("{", &SHORTCODE),
    ("Table: ", &CAPTION),
    ("+--", &GRID),
    ("+==", &GRID),
    ("(", &ANCHOR),
    ("^ ", &WIKI),
];

/// First characters of this markup.
const FIRST_BYTES: &[u8] = b"=-@!?[{.+:i*\\/T#<vt(|h^;";

/// Passes all markup at the start of a line to `sink`.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut shapes = Shapes::default();
    let mut columns = Columns::default();
    let mut conflict = Conflict::default();
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let raw_line = &text[start..end];
        let line = raw_line.trim_end();
        let content = content_start(line);
        let content_line = ContentLine { line, start, words: content, is_broken: ends_in_break(raw_line, line) };
        shapes.read(content_line, sink);
        columns.read(content_line, sink);
        alert_mark::find(content_line, sink);
        if line.as_bytes().get(content).is_some_and(|first| FIRST_BYTES.contains(first)) {
            at_line_start(&line[content..], start + content, sink);
        }
        if let Some(length) = conflict.leftover(line) {
            sink(&CONFLICT, start..start + length);
        }
        if memchr::memchr(b'|', line.as_bytes()).is_some() {
            cells(line, start, sink);
        }
        start = end + 1;
    }
}

/// The marks of a merge above a line.
#[derive(Default)]
struct Conflict {
    /// Whether the beginning of the conflict is marked, so that it is reported there.
    has_beginning: bool,
    has_middle: bool,
}

impl Conflict {
    /// The length of a line that is left of a conflict whose beginning has been removed, or that begins one in a form
    /// that other lines do not have.
    fn leftover(&mut self, line: &str) -> Option<usize> {
        // An editor that formats Markdown escapes the marks.
        let mark = line.strip_prefix('\\').unwrap_or(line);
        match mark.as_bytes() {
            [b'<', ..] => {
                let begins = label_after(mark, '<').is_some();
                self.has_beginning |= begins;
                return (begins && mark.len() < line.len()).then_some(line.len());
            }
            b"=======" => {
                self.has_middle = true;
                return (!self.has_beginning).then_some(line.len());
            }
            [b'>', ..] => {
                let label = label_after(mark, '>').filter(|label| !label.is_empty())?;
                let Conflict { has_beginning, has_middle } = std::mem::take(self);
                return (!has_beginning && (has_middle || is_revision(label))).then_some(line.len());
            }
            _ => {}
        }
        None
    }
}

/// The text after a mark of a merge: seven signs, or more where conflicts are nested, and a space.
fn label_after(line: &str, sign: char) -> Option<&str> {
    let rest = line.trim_start_matches(sign);
    let label = if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') };
    label.filter(|_| line.len() - rest.len() >= MARK_LENGTH)
}

/// The number of signs in a mark of a merge.
const MARK_LENGTH: usize = 7;

/// Whether a label names one side of a merge: a branch, or a commit with its subject.
fn is_revision(label: &str) -> bool {
    let (name, subject) = label.split_once(' ').unwrap_or((label, ""));
    let is_commit = name.len() >= MARK_LENGTH && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    subject.is_empty()
        || is_commit && subject.starts_with('(')
        || matches!(label, "Stashed changes" | "Updated upstream")
}

/// Whether the end of a line is a line break on the page, too.
fn ends_in_break(raw_line: &str, line: &str) -> bool {
    raw_line.trim_end_matches('\r').ends_with("  ")
        || line.ends_with('\\')
        || line.ends_with('>') && ends_with_break(line)
}

/// Whether a line ends with `<br>`.
fn ends_with_break(line: &str) -> bool {
    let tag = line.rfind('<').map_or("", |open| &line[open + 1..line.len() - 1]);
    tag.trim_end_matches('/').trim_end().eq_ignore_ascii_case("br")
}

/// Start of a line's words, after the markers of quotes, lists and tasks.
fn content_start(line: &str) -> usize {
    let start = marks_length(line);
    match line.as_bytes().get(start..start + 4) {
        Some([b'[', b' ' | b'x' | b'X', b']', b' ' | b'\t']) => start + 4,
        _ => start,
    }
}

/// Whether only markers precede a position in its line, or the position starts a cell.
pub(super) fn begins_content(before: &str) -> bool {
    let window = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_LOOKBEHIND_BYTES))..];
    let line = window.rsplit('\n').next().unwrap_or_default();
    content_start(line) == line.len() || line.trim_end().ends_with('|')
}

/// Maximum number of bytes before a position that are searched for the start of its line.
const MAX_LOOKBEHIND_BYTES: usize = 200;

/// Finds markup that makes up a whole cell.
fn cells(line: &str, start: usize, sink: &mut Sink<'_>) {
    for cell in line.split('|').skip(1) {
        let words = cell.trim();
        let at = start + words.as_ptr().addr() - line.as_ptr().addr();
        if let Some((_, construct)) =
            mark(words).filter(|(_, construct)| [&INCLUSION, &SHORTCODE, &LATEX].contains(construct))
        {
            sink(construct, at..at + words.len());
        }
    }
}

/// The markup at the start of a line.
fn mark(line: &str) -> Option<(&'static str, &'static Construct)> {
    let first = line.as_bytes().first()?;
    let may_start = |mark: &str| mark.as_bytes().first() == Some(first);
    LINES.iter().copied().find(|(mark, _)| may_start(mark) && line.starts_with(mark) && is_plausible(line, mark))
}

fn at_line_start(line: &str, at: usize, sink: &mut Sink<'_>) {
    let range = at..at + line.len();
    if let Some((mark, construct)) = mark(line) {
        // An alert of reStructuredText may have its text after the marker.
        let alert = line[mark.len()..].split_once("::").filter(|(name, _)| mark == ".. " && is_alert(name));
        let length = match alert {
            Some((name, _)) => mark.len() + name.len() + "::".len(),
            // These are followed by words.
            None if matches!(mark, "!> " | "?> ") => mark.len() - 1,
            None => line.len(),
        };
        sink(construct, at..at + length);
    } else if line.starts_with(":::")
        && line.trim_start_matches(':').trim_start().starts_with(|c: char| c.is_alphabetic() || c == '{')
    {
        sink(&CONTAINER, range);
    } else if is_leaf(line) {
        sink(&SHORTCODE, range);
    } else if is_wiki_row(line) {
        sink(&WIKI, range);
    } else if is_wiki_heading(line) {
        sink(&WIKI, at..at + "h1.".len());
    }
}

/// Whether the rest of a line is plausible for the markup at its start.
fn is_plausible(line: &str, mark: &str) -> bool {
    let rest = &line[mark.len()..];
    match mark {
        "-" => is_scissors(line),
        "!!! " => is_quoted(rest) || rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
        "=== " | "===! " | "===+ " => is_quoted(rest),
        "@include" | "@import" | "!include" => rest.starts_with(['(', ' ', '"', '\'']),
        "#include " => rest.starts_with(['"', '<']) && rest.ends_with(['"', '>']),
        "@start" => DIAGRAMS.contains(&rest.split([' ', '(']).next().unwrap_or_default()),
        "<<<<<<<" => label_after(line, '<').is_some(),
        "<<< " => rest.starts_with(['@', '/', '.']) && !rest.starts_with(".."),
        "::include{" => rest.ends_with('}'),
        "{!" => rest.ends_with("!}") && names_file(&rest[..rest.len() - 2]),
        // `#+TITLE: Calls` of Org, and `; Term : definition` of MediaWiki.
        "#+" => rest.split_once(": ").is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(is_org_key)),
        "+++ {" => rest.ends_with('}'),
        "; " => rest.contains(" : "),
        ".. " => is_directive_of_rst(rest),
        "\\" => is_command(rest),
        "/// " => rest.starts_with(char::is_alphabetic),
        "include::" | "image::" | "video::" | "toc::" => rest.ends_with(']') && !rest.starts_with(' '),
        "[[File:" | "[[Image:" | "[[include:" | "[[!include " => rest.contains("]]"),
        "{" => is_macro(rest),
        "Table: " => rest.ends_with('}') && rest.contains(" {#"),
        "*[" => rest.contains("]: "),
        "+--" | "+==" => line.ends_with('+') && line.bytes().all(|byte| b"+-=:".contains(&byte)),
        "^ " => line.ends_with(" ^") && rest.contains(" ^ "),
        "(" => rest.strip_suffix(")=").is_some_and(is_label),
        _ => true,
    }
}

fn is_org_key(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// The kinds of diagrams of PlantUML.
const DIAGRAMS: [&str; 11] =
    ["board", "chart", "ditaa", "dot", "ebnf", "gantt", "json", "mindmap", "salt", "uml", "wbs"];

/// Recognizes `--8<-- "file"`, with any number of hyphens.
fn is_scissors(line: &str) -> bool {
    let rest = line.trim_start_matches('-').strip_prefix("8<-").map(|rest| rest.trim_start_matches('-'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '"', '\'']))
}

/// Recognizes `"Windows"`, in quotation marks of any kind.
fn is_quoted(text: &str) -> bool {
    text.starts_with(['"', '\'', '“', '„', '«', '‘'])
}

/// Whether a text is a file name with an extension.
pub(super) fn names_file(text: &str) -> bool {
    let name = text.trim();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    !name.contains(char::is_whitespace)
        && ending.is_some_and(|ending| !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether a name is a label of MyST, for example `desk-hours`.
fn is_label(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte))
}

/// Recognizes `::name{key=value}` and `::name[words]{#id}`.
fn is_leaf(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("::") else { return false };
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
    rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && rest[end..].starts_with(['{', '['])
        && rest.ends_with(['}', ']'])
}

/// Recognizes `|| Day || Hours ||` of Confluence.
fn is_wiki_row(line: &str) -> bool {
    let inside = line.strip_prefix("||").and_then(|rest| rest.strip_suffix("||"));
    inside.is_some_and(|inside| inside.contains("||") && inside.contains(char::is_alphabetic))
}

/// Recognizes `h1. Hours` of Confluence and Textile.
fn is_wiki_heading(line: &str) -> bool {
    matches!(line.as_bytes(), [b'h', b'1'..=b'6', b'.', b' ', _, ..])
}

/// Recognizes `name::`, `|name| date::` and `_label:` of reStructuredText.
fn is_directive_of_rst(rest: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "-_:|. ".contains(c));
    let is_plain = |name: &str| !name.contains(' ') || name.starts_with('|');
    let label = rest.strip_prefix('_').and_then(|rest| rest.strip_suffix(':'));
    label.is_some_and(is_name) || rest.split_once("::").is_some_and(|(name, _)| is_name(name) && is_plain(name))
}

/// Commands of LaTeX that are used on a line of their own.
const COMMANDS: [&str; 17] = [
    "appendix",
    "begin",
    "bibliography",
    "clearpage",
    "cleardoublepage",
    "end",
    "include",
    "input",
    "label",
    "listoffigures",
    "listoftables",
    "maketitle",
    "newpage",
    "pagebreak",
    "printbibliography",
    "tableofcontents",
    "vspace",
];

/// Recognizes `newpage` and `input{file}`, after the backslash.
fn is_command(rest: &str) -> bool {
    let name = rest.find(|c: char| !c.is_ascii_alphabetic()).map_or(rest, |end| &rest[..end]);
    let after = &rest[name.len()..];
    COMMANDS.contains(&name)
        && (after.is_empty() || after.starts_with(['{', '[', '*']) && after.ends_with(['}', ']', '*']))
}

/// Macros of Confluence that are used on a line of their own.
const MACROS: [&str; 6] = ["toc", "include", "excerpt-include", "children", "pagetree", "toc-zone"];

/// Recognizes `toc}` and `include:page}`, after the opening brace.
fn is_macro(rest: &str) -> bool {
    let inner = rest.strip_suffix('}').unwrap_or_default();
    MACROS.contains(&inner.split(':').next().unwrap_or_default()) && !inner.contains(['{', '}'])
}

/// Whether a line inserts the text of a file.
pub(crate) fn is_include_line(line: &str) -> bool {
    let mut is_include = false;
    all(line, &mut |construct, _| is_include |= *construct == INCLUSION);
    is_include
}
