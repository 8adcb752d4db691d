//! Directives that insert the text of another file, in the syntax of each generator.

use std::ops::Range;

use super::imports;
use super::part::{FilePart, snippet_mark};
use crate::markdown::dialect::{Line, Outline, lines};
use crate::path::is_markdown;

/// A directive in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) range: Range<usize>,
    pub(super) action: DirectiveAction,
}

/// The action of a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DirectiveAction {
    /// Insert the text of these files, one after the other.
    Insert(Vec<IncludeRequest>),
    /// Insert nothing; the directive is removed.
    Remove,
}

/// A file to be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IncludeRequest {
    /// The path as written.
    pub(super) path: String,
    pub(super) part: FilePart,
    pub(super) base: LookupBase,
    /// The language of the code block to put the file in, if any.
    pub(super) code: Option<String>,
    /// Whether the file may be a template that a program would fill in.
    pub(super) may_be_template: bool,
    /// Whether the file is a module, whose links are relative to its own folder.
    pub(super) is_module: bool,
}

/// The place in which to look up a path first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LookupBase {
    /// The folder of the file with the directive.
    SameFolder,
    /// The folders in the settings.
    Folders,
}

impl IncludeRequest {
    pub(super) fn new(path: &str, from: LookupBase) -> IncludeRequest {
        let path = path.trim().to_owned();
        IncludeRequest { path, part: FilePart::Whole, base: from, code: None, may_be_template: false, is_module: false }
    }
}

/// Whether a text may contain directives. This is a quick test that allows false positives, but no false negatives.
pub(super) fn may_hold(text: &str) -> bool {
    ["-8<-", "{{#", "readfile", "include", ".md"]
        .iter()
        .any(|marker| memchr::memmem::find(text.as_bytes(), marker.as_bytes()).is_some())
}

/// All directives of a text in order, without overlaps.
pub(super) fn find(text: &str) -> Vec<Directive> {
    let mut directives = Vec::new();
    let lines = lines(text);
    snippets(text, &lines, &mut directives);
    imports::find(text, &lines, &mut directives);
    mdbook(text, &mut directives);
    fences(text, &lines, &mut directives);
    tags(text, &mut directives);
    directives.sort_by_key(|directive| directive.range.start);
    let mut end = 0;
    directives.retain(|directive| {
        let is_apart = directive.range.start >= end;
        end = if is_apart { directive.range.end } else { end };
        is_apart
    });
    directives
}

/// The argument after `--8<--` at the start of a line.
fn snippet_argument(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('-').strip_prefix("8<-")?.trim_start_matches('-');
    (line.starts_with('-') && (rest.is_empty() || rest.starts_with(' '))).then(|| rest.trim())
}

/// Finds `--8<-- "file"`, and lists of paths between two lines `--8<--`.
fn snippets(text: &str, lines: &[Line], directives: &mut Vec<Directive>) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some(rest) = snippet_argument(line.text(text)) else { continue };
        let mut end = line.end;
        let action = match quoted(rest) {
            Some(path) => DirectiveAction::Insert(vec![snippet(path)]),
            None if snippet_mark(line.text(text)).is_some() => DirectiveAction::Remove,
            None if rest.is_empty() => {
                let close = lines[at..].iter().position(|line| snippet_argument(line.text(text)) == Some(""));
                let Some(close) = close else { continue };
                let paths = lines[at..at + close].iter().map(|line| line.text(text).trim());
                let paths = paths.filter(|path| !path.is_empty() && !path.starts_with(';'));
                let requests = paths.map(|path| snippet(quoted(path).unwrap_or(path))).collect();
                end = lines[at + close].end;
                at += close + 1;
                DirectiveAction::Insert(requests)
            }
            None => continue,
        };
        directives.push(Directive { range: line.content..end, action });
    }
}

fn snippet(argument: &str) -> IncludeRequest {
    let is_web = argument.contains("://");
    let (path, part) =
        argument.split_once(':').filter(|_| !is_web).map_or((argument, None), |(path, part)| (path, Some(part)));
    IncludeRequest { part: FilePart::from_snippet(part), ..IncludeRequest::new(path, LookupBase::Folders) }
}

/// The content of a text that is a single quoted string.
fn quoted(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inner = text[1..].strip_suffix(mark)?;
    (!inner.contains(mark)).then_some(inner)
}

/// Finds MyST's `{include}`, a fence around nothing; with options, it may insert something other than the whole file.
fn fences(text: &str, lines: &[Line], directives: &mut Vec<Directive>) {
    let mut open: Option<&str> = None;
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let line_text = line.text(text);
        let (fence, rest) = split_fence(line_text);
        match open {
            Some(opened) => open = Some(opened).filter(|opened| !closes_fence(line_text, opened)),
            None if fence.is_empty() => {}
            None => match (rest.strip_prefix("{include}").map(str::trim), lines.peek()) {
                (Some(path), Some(next)) if !path.is_empty() && closes_fence(next.text(text), fence) => {
                    let action = DirectiveAction::Insert(vec![IncludeRequest::new(path, LookupBase::SameFolder)]);
                    directives.push(Directive { range: line.content..next.end, action });
                    lines.next();
                }
                // A colon fence contains Markdown, which may hold further directives.
                _ => open = Some(fence).filter(|fence| !fence.starts_with(':')),
            },
        }
    }
}

/// The fence characters at the start of a line, and the rest of the line.
fn split_fence(line: &str) -> (&str, &str) {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~' | ':'));
    let length = sign.map_or(0, |sign| line.len() - line.trim_start_matches(sign).len());
    if length < 3 { ("", line) } else { line.split_at(length) }
}

/// Whether a line closes the fence `open`.
fn closes_fence(line: &str, open: &str) -> bool {
    let (fence, rest) = split_fence(line);
    fence.starts_with(open) && rest.trim().is_empty()
}

/// Directives of mdBook that insert a file.
const INSERTS: [&str; 4] = ["include", "rustdoc_include", "playground", "playpen"];

/// Finds `{{#include file:part}}` and similar directives, even in code, unless escaped with a backslash.
fn mdbook(text: &str, directives: &mut Vec<Directive>) {
    for at in memchr::memmem::find_iter(text.as_bytes(), "{{#") {
        if text[..at].ends_with('\\') {
            directives.push(Directive { range: at - 1..at, action: DirectiveAction::Remove });
            continue;
        }
        let Some(inner) = text_until(text, at + 3, "}}") else { continue };
        let Some((name, rest)) = inner.split_once(char::is_whitespace) else { continue };
        let rest = rest.trim();
        let is_torn = inner.contains('\n');
        if is_torn && (!INSERTS.contains(&name) || inner.contains(['`', '{']) || inner.contains("\n\n")) {
            continue;
        }
        let part = |rest: &str| {
            let (path, part) = rest.split_once(':').map_or((rest, None), |(path, part)| (path, Some(part)));
            IncludeRequest { part: FilePart::from_mdbook(part), ..IncludeRequest::new(path, LookupBase::SameFolder) }
        };
        let action = match name {
            _ if is_torn => {
                let path = rest.split_whitespace().collect::<Vec<_>>().join(" ");
                DirectiveAction::Insert(vec![IncludeRequest {
                    part: FilePart::Malformed,
                    ..IncludeRequest::new(&path, LookupBase::SameFolder)
                }])
            }
            "include" | "rustdoc_include" => DirectiveAction::Insert(vec![part(rest)]),
            "playground" | "playpen" => {
                let file = rest.split_whitespace().next().unwrap_or_default();
                DirectiveAction::Insert(vec![IncludeRequest {
                    code: Some("rust".to_owned()),
                    ..IncludeRequest::new(file, LookupBase::SameFolder)
                }])
            }
            "title" => DirectiveAction::Remove,
            _ => continue,
        };
        directives.push(Directive { range: at..at + 3 + inner.len() + 2, action });
    }
}

/// Delimiters of tags that insert files.
const TAGS: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// Finds `{{% readfile "file" %}}`, `{% include_relative file %}` and `{% include "file" %}` outside code.
fn tags(text: &str, directives: &mut Vec<Directive>) {
    let mut code_ranges = None;
    for (open, close) in TAGS {
        for at in memchr::memmem::find_iter(text.as_bytes(), open) {
            let inner = text_until(text, at + open.len(), close).filter(|_| !text[..at].ends_with('{'));
            let Some(inner) = inner else { continue };
            let words = inner.trim_start_matches('-').trim_end_matches('-').trim();
            let Some(request) = tag(words, open == "{%") else { continue };
            let (outline, raw) = code_ranges.get_or_insert_with(|| (Outline::parse(text), raw_ranges(text)));
            if !outline.is_code(at) && !raw.iter().any(|range| range.contains(&at)) {
                let range = at..at + open.len() + inner.len() + close.len();
                directives.push(Directive { range, action: DirectiveAction::Insert(vec![request]) });
            }
        }
    }
}

/// Maximum length of a directive, in bytes.
const MAX_DIRECTIVE_BYTES: usize = 2_000;

/// The text from a position to the closing delimiter of a directive.
pub(super) fn text_until<'t>(text: &'t str, from: usize, close: &str) -> Option<&'t str> {
    let window = &text[from..text.floor_char_boundary(from + MAX_DIRECTIVE_BYTES)];
    window.split_once(close).map(|(inner, _)| inner)
}

/// Maximum number of raw blocks of Liquid that are recognized.
const MAX_RAW: usize = 1_000;

/// Ranges that Liquid displays verbatim.
fn raw_ranges(text: &str) -> Vec<Range<usize>> {
    let mut raw = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{% raw %}").map(|at| from + at).filter(|_| raw.len() < MAX_RAW) {
        from = text[start..].find("{% endraw %}").map_or(text.len(), |length| start + length);
        raw.push(start..from);
    }
    raw
}

fn tag(words: &str, is_liquid: bool) -> Option<IncludeRequest> {
    let (name, rest) = words.split_once(char::is_whitespace)?;
    let first = first_value(rest.trim())?;
    // The result of a computation is not known here.
    if first.is_empty() || first.contains(['{', '}', '\n']) {
        return None;
    }
    let is_quoted = rest.trim_start().starts_with(['"', '\'']);
    match (name, is_liquid) {
        ("readfile" | "include", false) => {
            let is_code = rest.contains("code=\"true\"") || rest.contains("code=true");
            let code = is_code.then(|| value(rest, "lang").unwrap_or_default().to_owned());
            Some(IncludeRequest { code, ..IncludeRequest::new(first, LookupBase::SameFolder) })
        }
        ("include_relative", true) => Some(IncludeRequest {
            may_be_template: !is_markdown(first),
            ..IncludeRequest::new(first, LookupBase::SameFolder)
        }),
        ("include", true) => {
            let from = if is_quoted { LookupBase::SameFolder } else { LookupBase::Folders };
            Some(IncludeRequest { may_be_template: !is_markdown(first), ..IncludeRequest::new(first, from) })
        }
        _ => None,
    }
}

/// The path among the arguments of a tag: a named or quoted one, or the first word.
fn first_value(rest: &str) -> Option<&str> {
    let by_name = ["file", "path", "src"].iter().find_map(|name| value(rest, name));
    by_name.or_else(|| {
        let mark = rest.chars().next()?;
        match mark {
            '"' | '\'' | '`' => rest[1..].split_once(mark).map(|(inner, _)| inner),
            _ => rest.split_whitespace().next().filter(|word| !word.contains('=')),
        }
    })
}

/// The value of a named argument of a tag.
fn value<'t>(rest: &'t str, name: &str) -> Option<&'t str> {
    let mut from = 0;
    loop {
        let at = from + rest[from..].find(name)?;
        from = at + name.len();
        let is_name = rest[..at].is_empty() || rest[..at].ends_with(char::is_whitespace);
        let Some(after_equals) = rest[from..].strip_prefix('=').filter(|_| is_name) else { continue };
        return match after_equals.chars().next()? {
            mark @ ('"' | '\'' | '`') => after_equals[1..].split_once(mark).map(|(inner, _)| inner),
            _ => after_equals.split_whitespace().next(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Vec<(String, LookupBase)>)> {
        let wanted = |asks: DirectiveAction| match asks {
            DirectiveAction::Insert(wanted) => wanted.into_iter().map(|one| (one.path, one.base)).collect(),
            DirectiveAction::Remove => Vec::new(),
        };
        find(text).into_iter().map(|one| (&text[one.range], wanted(one.action))).collect()
    }

    #[test]
    fn every_generator_s_mark_is_found() {
        use super::LookupBase::{Folders, SameFolder};
        for (text, mark, path, from) in [
            ("--8<-- \"a.md\"", "--8<-- \"a.md\"", "a.md", Folders),
            ("- x\n  --8<-- 'b/a.md:2:3'\n", "--8<-- 'b/a.md:2:3'", "b/a.md", Folders),
            ("```\n{{#include ../a.rs:main}}\n```", "{{#include ../a.rs:main}}", "../a.rs", SameFolder),
            ("x {{#rustdoc_include a.rs:2}} y", "{{#rustdoc_include a.rs:2}}", "a.rs", SameFolder),
            ("{{#playground a.rs editable}}", "{{#playground a.rs editable}}", "a.rs", SameFolder),
            (
                "{{< readfile file=\"/a.md\" code=\"true\" >}}",
                "{{< readfile file=\"/a.md\" code=\"true\" >}}",
                "/a.md",
                SameFolder,
            ),
            ("{{% include \"a.md\" %}}", "{{% include \"a.md\" %}}", "a.md", SameFolder),
            ("{% include_relative a.md %}", "{% include_relative a.md %}", "a.md", SameFolder),
            ("{%- include a.html x=\"1\" -%}", "{%- include a.html x=\"1\" -%}", "a.html", Folders),
            (
                "{% include \"../.gitbook/includes/a.md\" %}",
                "{% include \"../.gitbook/includes/a.md\" %}",
                "../.gitbook/includes/a.md",
                SameFolder,
            ),
        ] {
            assert_eq!(found(text), [(mark, vec![(path.to_owned(), from)])], "{text}");
        }
        for fence in ["```", "~~~~", ":::"] {
            let myst = format!("{fence}{{include}} a.md\n{fence}");
            assert_eq!(found(&format!("x\n\n{myst}\n")), [(&*myst, vec![("a.md".to_owned(), SameFolder)])]);
        }
        let block = "--8<--\na.md\n\n; b.md\nc.md\n--8<--";
        assert_eq!(found(block), [(block, vec![("a.md".to_owned(), Folders), ("c.md".to_owned(), Folders)])]);
        assert_eq!(found("--8<-- [start:a]\nx"), [("--8<-- [start:a]", vec![])]);
        assert_eq!(found("\\{{#include a.md}}"), [("\\", vec![])]);
        assert_eq!(found("{{#title Own}}"), [("{{#title Own}}", vec![])]);
    }

    #[test]
    fn other_marks_are_left_alone() {
        for text in [
            "--8<--",
            "--8<--\na.md",
            ";--8<-- \"a.md\"",
            "8<-- \"a.md\"",
            "--8<-- a.md",
            "{{#if x}}",
            "{{#include a.md",
            "{{</* include \"a.md\" */>}}",
            "`{% include a.md %}`",
            "{% raw %}{% include a.md %}{% endraw %}",
            "{% include {{ page.x }} %}",
            "{% includes a.md %}",
            "this will include a.md",
            "````md\n```{include} a.md\n```\n````",
            "```{include} a.md\n:start-line: 3\n```",
            "```{include}\n```",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
