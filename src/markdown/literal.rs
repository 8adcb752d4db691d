//! Escapes Markdown written by another program, so that no markup of a dialect takes effect.
//!
//! Such a program escapes only what CommonMark and GitHub interpret. Here the markup of all other dialects is escaped
//! too, until the dialect readers find none. A text without such markup stays unchanged. Markup that starts in code has
//! no effect there. Escaping is limited to the block in which the markup starts, so that later lists, links and tables
//! are preserved.

use std::collections::BTreeSet;
use std::ops::Range;

use super::dialect::{self, Line, Outline, lines};
use super::rewrite::Edits;
use super::{attributes, foreign, include};

/// How much of a mark is escaped in each round, starting with the least that may be enough.
const ESCAPE_ROUNDS: [EscapeScope; 6] = [
    EscapeScope::First,
    EscapeScope::First,
    EscapeScope::Ends,
    EscapeScope::Ends,
    EscapeScope::Whole,
    EscapeScope::Whole,
];

/// The part of a mark that is escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EscapeScope {
    /// The first character.
    First,
    /// The punctuation at both ends.
    Ends,
    /// All its punctuation.
    Whole,
}

/// Returns the text with the markup of all other dialects escaped.
pub(crate) fn escape_dialects(text: &str) -> String {
    let mut text = text.to_owned();
    for reach in ESCAPE_ROUNDS {
        let outline = Outline::parse(&text);
        let mark_ranges = marks(&text, &outline);
        if mark_ranges.is_empty() {
            break;
        }
        let round =
            Round { text: &text, outline: &outline, lines: lines(&text), delimiters: delimiters(&text, &outline) };
        let signs: BTreeSet<usize> =
            mark_ranges.into_iter().flat_map(|mark| round.escape_positions(mark, reach)).collect();
        let mut edits = Edits::default();
        for at in signs {
            match text[at..].chars().next() {
                // A letter cannot be escaped with a backslash.
                Some(c) if c.is_alphabetic() => edits.replace(at..at + 1, format!("&#{};", u32::from(c))),
                _ => edits.insert(at, "\\"),
            }
        }
        text = edits.apply(&text).0;
    }
    text
}

/// The markup of other dialects in a text, in order.
fn marks(text: &str, outline: &Outline) -> Vec<Range<usize>> {
    let mut marks = dialect::rewrite(text).map(|rewritten| rewritten.removed_ranges()).unwrap_or_default();
    foreign::marks(text, &|at| outline.is_opaque(at), &mut |mark| marks.push(mark));
    marks.extend(include::marks(text));
    marks.extend(
        outline.terms.iter().flat_map(|(_, definitions)| definitions.iter().map(|at| *at..line_end(text, *at))),
    );
    marks.extend(outline.headings().filter_map(|heading| attributes_of(text, heading)));
    marks.retain(|mark| !outline.is_opaque(mark.start));
    marks.sort_by_key(|mark| mark.start);
    marks.dedup();
    marks
}

/// The closing brace of a heading's attributes.
fn attributes_of(text: &str, heading: &Range<usize>) -> Option<Range<usize>> {
    let block = attributes::find_block(&text[heading.clone()])?;
    let end = heading.start + block.end;
    attributes::read_block(&text[heading.start + block.start..end]).has_attributes.then_some(end..end + 1)
}

/// Delimiters of links and emphasis, as byte ranges in order; escaping them would turn them into text.
fn delimiters(text: &str, outline: &Outline) -> Vec<Range<usize>> {
    let mut delimiters = Vec::new();
    for (span, _) in &outline.spans {
        let source_text = &text[span.clone()];
        let first_char = source_text.chars().next().unwrap_or_default();
        let first = source_text.len() - source_text.trim_start_matches(['*', '_']).len();
        let last = match first_char {
            '[' | '!' => source_text.len() - source_text.rfind("](").unwrap_or(source_text.len()),
            _ => first.min(2),
        };
        delimiters.push(span.start..span.start + if first_char == '!' { 2 } else { first.clamp(1, 2) });
        delimiters.push(span.end - last..span.end);
    }
    delimiters.sort_by_key(|range| range.start);
    delimiters
}

/// The state of one round of escaping.
struct Round<'t> {
    text: &'t str,
    outline: &'t Outline,
    lines: Vec<Line>,
    delimiters: Vec<Range<usize>>,
}

impl Round<'_> {
    /// Positions at which to escape a mark, except in code and where it is already escaped.
    fn escape_positions(&self, mark: Range<usize>, scope: EscapeScope) -> Vec<usize> {
        let line = self.lines.partition_point(|line| line.start <= mark.start).saturating_sub(1);
        // The markers of quotes and lists are genuine.
        let start = self.lines.get(line).map_or(mark.start, |line| mark.start.max(line.content));
        let end = self.outline.next_block(start).min(mark.end);
        let Some(source_text) = self.text.get(start..end).map(str::trim_end) else { return Vec::new() };
        if source_text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return vec![start];
        }
        let is_punctuation = |c: char| c.is_ascii_punctuation();
        let first = source_text.find(|c| !is_punctuation(c)).unwrap_or(source_text.len());
        let last = source_text.trim_end_matches(is_punctuation).len();
        let all = source_text
            .match_indices(is_punctuation)
            .filter(|(at, _)| scope != EscapeScope::Ends || *at < first || *at >= last);
        let all = all.map(|(at, _)| start + at).filter(|at| self.can_escape(*at));
        all.take(if scope == EscapeScope::First { 1 } else { usize::MAX }).collect()
    }

    /// Whether the character at a position may be escaped.
    fn can_escape(&self, at: usize) -> bool {
        let next = self.delimiters.partition_point(|range| range.start <= at);
        let is_delimiter = next.checked_sub(1).is_some_and(|last| at < self.delimiters[last].end);
        !is_delimiter
            && !self.outline.is_opaque(at)
            && !is_escaped(self.text, at)
            && !self.text[at..].starts_with(['|', '\\'])
    }
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// Whether a character is escaped with a backslash.
fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_dialects_become_text_with_few_backslashes() {
        for (text, expected) in [
            ("::: note", "\\::: note"),
            ("- !!! note Title", "- \\!!! note Title"),
            ("=== \"tab\"\n\n    code", "\\=== \"tab\\\"\n\n    code"),
            ("so :rocket: goes", "so \\:rocket\\: goes"),
            ("{:toc}", "\\{:toc}"),
            ("| a |\n|---|\n| {{< x >}} |", "| a |\n|---|\n| \\{\\{< x >}} |"),
            ("## A {#b}", "## A \\{#b\\}"),
            ("Term\n\n: no definition", "Term\n\n\\: no definition"),
            ("import A from './a.mdx'", "&#105;mport A from './a.mdx'"),
            ("\\[ see [the guide](a.md) for x^2 \\]", "\\[ see [the guide](a.md) for x\\^2 \\]"),
        ] {
            assert_eq!(escape_dialects(text), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in [
            "A snake_case name, 10:30:45, {name} and {{ value }}: see \\[x\\] & more.\n\n- `:rocket:` {TBD}\n",
            "```\n::: note\n{% raw %}\n```",
            "## What {TBD}",
            "> \\[!NOTE\\]\n> Text.",
            "opens with `{%`.\n\n- See [the guide](https://e.org/a)\n\n| a | b |\n|---|---|\n| 1 | `%}` |",
            "`$$` and *one* [guide](a.md) costs $5, closes with `$$`",
            "`$x` and [guide](a.md) `\\y$`, `==b` and **c** `c==`",
            "`{{<` in code, and [guide](a.md) >}}",
        ] {
            assert_eq!(escape_dialects(text), text);
        }
    }
}
