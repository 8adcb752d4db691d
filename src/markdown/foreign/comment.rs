//! Comments of other tools, which are not hidden here but appear on the page.

use std::ops::Range;

use memchr::memmem;

/// A comment syntax.
struct Syntax {
    /// The opening delimiter.
    open: &'static str,
    /// The closing delimiters: the first of them, then each next one after it.
    close: &'static [&'static str],
    /// Whether the text before and after the opening delimiter makes it a comment.
    is_comment: fn(&str, &str) -> bool,
    /// Whether an unclosed comment extends to the end of the text, as in its own tool.
    runs_to_end: fn(&str) -> bool,
}

/// All syntaxes; a delimiter comes before any that is a prefix of it.
const SYNTAXES: [Syntax; 11] = [
    Syntax { open: "%%", close: &["%%"], is_comment: is_percent, runs_to_end: begins_line },
    Syntax { open: "{{!--", close: &["--", "}}"], is_comment: always, runs_to_end: |_| true },
    Syntax { open: "{{!", close: &["}}"], is_comment: always, runs_to_end: |_| false },
    Syntax { open: "{{/*", close: &["*/", "}}"], is_comment: always, runs_to_end: |_| true },
    Syntax { open: "{{- /*", close: &["*/", "}}"], is_comment: always, runs_to_end: |_| true },
    Syntax { open: "{{%", close: &["/comment", "%}}"], is_comment: is_liquid_comment, runs_to_end: |_| true },
    Syntax { open: "{{<", close: &["/comment", ">}}"], is_comment: is_liquid_comment, runs_to_end: |_| true },
    Syntax { open: "{%", close: &["endcomment", "%}"], is_comment: is_liquid_comment, runs_to_end: |_| true },
    Syntax { open: "{::comment}", close: &["{:/", "}"], is_comment: always, runs_to_end: |_| true },
    Syntax { open: "{#", close: &["#}"], is_comment: is_number_sign, runs_to_end: |_| false },
    Syntax { open: "{/*", close: &["*/}"], is_comment: |_, after| is_remark(after), runs_to_end: |_| false },
];

fn always(_: &str, _: &str) -> bool {
    true
}

/// Recognizes `{% comment %}`.
fn is_liquid_comment(_: &str, after: &str) -> bool {
    let rest = after.trim_start_matches(['-', ' ', '\t']).strip_prefix("comment");
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Recognizes `%% comment %%`, but not `10%% of them` or `10 %%`.
fn is_percent(before: &str, after: &str) -> bool {
    let is_number = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']).ends_with(|c: char| c.is_numeric());
    let touches = before.ends_with(|c: char| c.is_alphanumeric() || c == '%');
    !is_number && !touches && !after.starts_with('%')
}

/// Recognizes `{# comment #}`, but not the anchor `{#night}`.
fn is_number_sign(_: &str, after: &str) -> bool {
    let line = &after[..after.floor_char_boundary(MAX_ANCHOR_BYTES)];
    let inner = line.split(['}', '\n']).next().unwrap_or_default();
    after.starts_with(char::is_whitespace) || inner.len() > 1 && inner.ends_with('#')
}

/// Maximum length of an anchor that is distinguished from a comment, in bytes.
const MAX_ANCHOR_BYTES: usize = 200;

/// Whether the text after `{/*` makes it a comment; `{/*.log,/tmp/*/}` is a file pattern.
pub(in crate::markdown) fn is_remark(after: &str) -> bool {
    after.starts_with(|first: char| first.is_whitespace() || first.is_alphanumeric() || first == '#')
}

/// Whether only markers of quotes and lists precede a position in its line.
pub(super) fn begins_line(before: &str) -> bool {
    let line = before.bytes().rev().take_while(|byte| *byte != b'\n');
    line.take(MAX_ANCHOR_BYTES)
        .all(|byte| byte.is_ascii_whitespace() || byte.is_ascii_digit() || b">-*+.)|".contains(&byte))
}

/// All comments of a text, in order. `is_text` says whether a position is neither code nor hidden anyway, `is_code`
/// whether it is code.
pub(super) fn comments(
    text: &str,
    is_text: &dyn Fn(usize) -> bool,
    is_code: &dyn Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    // If a comment of some syntax is not closed, no later one is either.
    let mut is_open_ended = [false; SYNTAXES.len()];
    let mut resume_at = 0;
    for at in memchr::memchr2_iter(b'{', b'%', text.as_bytes()) {
        let (before, rest) = text.split_at(at);
        let is_meant = |(_, syntax): &(usize, &Syntax)| {
            rest.strip_prefix(syntax.open).is_some_and(|after| (syntax.is_comment)(before, after))
        };
        if at < resume_at || is_escaped(before) {
            continue;
        }
        let Some((kind, syntax)) = SYNTAXES.iter().enumerate().find(is_meant).filter(|_| is_text(at)) else {
            let line = remark_line(text, at, ranges.last()).filter(|_| is_text(at));
            resume_at = line.as_ref().map_or(resume_at, |line| line.end);
            ranges.extend(line);
            continue;
        };
        let close = if is_open_ended[kind] { None } else { closing(text, at + syntax.open.len(), syntax, is_code) };
        is_open_ended[kind] |= close.is_none();
        let end = close.or_else(|| (syntax.runs_to_end)(before).then_some(text.len()));
        if let Some(end) = end.filter(|end| syntax.open != "%%" || is_near(before, &text[at..*end])) {
            ranges.push(at..end);
            resume_at = end;
        }
    }
    ranges
}

/// End of a comment whose content starts at `from`.
fn closing(text: &str, from: usize, syntax: &Syntax, is_code: &dyn Fn(usize) -> bool) -> Option<usize> {
    let (first, rest) = syntax.close.split_first()?;
    let first_at = memmem::find_iter(&text.as_bytes()[from..], first)
        .find(|at| !is_code(from + at) && !is_escaped(&text[..from + at]))?;
    rest.iter().try_fold(from + first_at + first.len(), |at, part| Some(at + text[at..].find(part)? + part.len()))
}

/// Whether `%%` delimits a comment: words within one paragraph, or separate lines.
fn is_near(before: &str, comment: &str) -> bool {
    let is_parted = || comment.lines().any(|line| line.trim().is_empty());
    comment.contains(char::is_alphanumeric) && (begins_line(before) || !is_parted())
}

/// Whether the text that follows is escaped with a backslash.
fn is_escaped(before: &str) -> bool {
    before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Recognizes `% comment` of MyST, on a line that starts a paragraph or follows another such line.
fn remark_line(text: &str, at: usize, last: Option<&Range<usize>>) -> Option<Range<usize>> {
    let (before, rest) = text.split_at(at);
    if !rest.starts_with("% ") || !(before.is_empty() || before.ends_with('\n')) {
        return None;
    }
    let line = rest.lines().next().filter(|line| line.contains(char::is_alphanumeric))?.trim_end();
    let above = before.trim_end();
    let is_first = above.is_empty() || before[above.len()..].matches('\n').count() > 1;
    (is_first || last.is_some_and(|last| last.end == above.len())).then_some(at..at + line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        comments(text, &|_| true, &|_| false).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn comments_of_all_tools_are_found() {
        for (text, comment) in [
            ("a %% not yet %% b", "%% not yet %%"),
            ("a %%not yet%% b", "%%not yet%%"),
            ("a %% not\nyet %% b", "%% not\nyet %%"),
            ("%%\n\na\n\nb\n\n%%\nc", "%%\n\na\n\nb\n\n%%"),
            ("- %% not yet %%", "%% not yet %%"),
            ("| %% not yet %% | b |", "%% not yet %%"),
            ("a\n\n%% not yet\n\nb", "%% not yet\n\nb"),
            ("a {# not yet #} b", "{# not yet #}"),
            ("a {#not yet#} b", "{#not yet#}"),
            ("a {{!-- {{x}} not yet --}} b", "{{!-- {{x}} not yet --}}"),
            ("a {{! not yet }} b", "{{! not yet }}"),
            ("a {{/* not yet */}} b", "{{/* not yet */}}"),
            ("a {{- /* not yet */ -}} b", "{{- /* not yet */ -}}"),
            ("a {{< comment >}} not yet {{< /comment >}} b", "{{< comment >}} not yet {{< /comment >}}"),
            ("{% comment %}\na\n\nb -- c\n{% endcomment %}\n", "{% comment %}\na\n\nb -- c\n{% endcomment %}"),
            ("{%- comment -%} a\n\nb", "{%- comment -%} a\n\nb"),
            ("a {::comment}not yet{:/comment} b", "{::comment}not yet{:/comment}"),
            ("{::comment}\nnot yet\n{:/}\nb", "{::comment}\nnot yet\n{:/}"),
            ("a {/* not -- yet */} b", "{/* not -- yet */}"),
            ("a\n\n% not yet\nb", "% not yet"),
        ] {
            assert_eq!(found(text), [comment], "{text}");
        }
        assert_eq!(found("% a\n% b\nc"), ["% a", "% b"]);
    }

    #[test]
    fn other_texts_are_not_comments() {
        for text in [
            "10%% of 20%%, 30 %% and 40 %% of them",
            "100 %% sure",
            "a %%",
            "the sign %% here\n\nand the sign %% there",
            "about 50\n% of calls",
            "50\n\n%",
            "## Night {#night}\n\nRow {#row-7} and #}",
            "A set {#a, #b}",
            "{/*.log,/tmp/*/} and {/*/}",
            "{% commentary %} {% raw %}",
            "\\%% not yet \\%%",
            "{{ name }}",
            "{::options x}",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
