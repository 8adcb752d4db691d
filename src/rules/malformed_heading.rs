//! Lines that were meant as headings.

use super::lookalike::{is_inserted, is_typed, source_of_words, source_offset};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, Severity, reading};
use crate::fix::Fix;
use crate::handbook::FileView;
use crate::markdown::Heading;
use crate::place::Span;
use crate::text::is_blank;

pub(super) const RULE: Rule = Rule {
    id: reading::MALFORMED_HEADING,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A line begins with `#` signs but is not a heading, because there is no space after them, there \
              are more than six, or the line is inside a block of HTML; or a heading shows its anchor, or has no words.",
    why: "The page shows the signs, the section is missing from the contents, and its text appears to belong to the \
          section above.",
    fix: "Put a space after the signs, or a backslash before them if they are intended.",
    example: "##Scope",
    check: Check::File(check),
};

/// The maximum number of `#` in a heading.
const MAX_LEVEL: usize = 6;
/// The help for a heading inside another block.
const BLOCK_HELP: &str = "put an empty line before it, and begin it at the start of the line";
/// The maximum length of a title; a longer line is a sentence that begins with a hashtag.
const MAX_TITLE_CHARS: usize = 80;

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    check_shown_anchors(file, problems);
    problems.extend(wordless_headings(file));
    let text = file.words.text.as_str();
    for (at, _) in text.match_indices('#').filter(|(at, _)| !text[..*at].ends_with('#')) {
        let Some(line) = HashLine::at(file, at).filter(HashLine::is_heading) else { continue };
        let place = source_of_words(file).0.place(line.span());
        let message = format!("`{}` is not a heading", crate::text::clip(line.text.trim_end()));
        let problem = Problem::new(RULE.id, place, message);
        problems.push(match line.level() {
            Some(_) if line.is_spaced() => problem.help(BLOCK_HELP),
            Some(level) => {
                let problem = problem.help(format!("put a space after `{}`", "#".repeat(level)));
                if is_inserted(file, at) { problem } else { problem.fix(line.space_fix(level)) }
            }
            None => problem.help("write up to six `#` signs and a space after them"),
        });
    }
}

/// Finds headings of nothing but spaces and anchors: contents and matrix have no title for such a section. Those of
/// nothing at all are not on the page, and reported by the parser.
fn wordless_headings(file: &FileView<'_>) -> impl Iterator<Item = Problem> {
    let is_empty = |heading: &&Heading| {
        let source_text = file.source.as_str().get(heading.span.start as usize..heading.span.end as usize);
        let title = source_text.and_then(|written| written.lines().next()).unwrap_or_default();
        let shows_more = ["!", "`", "$", "<img", "<svg", "<picture"].iter().any(|markup| title.contains(markup));
        heading.text.chars().all(is_blank) && !shows_more
    };
    file.body.headings.iter().filter(is_empty).map(|heading| {
        let message = "this heading has no text".to_owned();
        Problem::new(RULE.id, file.place(heading.span), message).help("write its title, or remove the line")
    })
}

/// Anchors at the end of headings that are shown as text because their braces are malformed: `## Nights {#nights`.
fn check_shown_anchors(file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let text = file.words.text.as_str();
    for (at, brace) in text.match_indices('{').chain(text.match_indices('\u{ff5b}')) {
        let Some(anchor) = text[at + brace.len()..].strip_prefix('#').map(anchor_length) else { continue };
        let is_doubled = text[..at].ends_with('{') || anchor == 0;
        let Some(start) = source_offset(file, at).filter(|_| !is_doubled && is_typed(file, at)) else { continue };
        let (source, end) = (source_of_words(file).0, at + brace.len() + 1 + anchor);
        let is_heading = line_before(source.as_str(), start).is_some_and(|before| before.trim_start().starts_with('#'));
        // `{#if x}` belongs to another language.
        let is_ended = !text[end..].starts_with([' ', '\t'])
            || text[end..].trim_start_matches([' ', '\t']).starts_with(['\n', '.', '#', '}']);
        if is_heading && is_ended {
            let span = Span::from(start..start + (end - at));
            let message =
                format!("`{}` is shown as text, so this heading has no such anchor", crate::text::clip(&text[at..end]));
            let problem = Problem::new(RULE.id, source.place(span), message);
            problems.push(problem.help("end the heading with one anchor in braces: `## Title {#anchor}`"));
        }
    }
}

/// The part of a line before a position, unless it is too long for a heading.
fn line_before(source: &str, at: usize) -> Option<&str> {
    let window = source.ceil_char_boundary(at.saturating_sub(MAX_LINE_BYTES));
    match memchr::memrchr(b'\n', &source.as_bytes()[window..at]) {
        Some(end) => source.get(window + end + 1..at),
        None => source.get(..at).filter(|_| window == 0),
    }
}

/// The longest line of a heading to look at, in bytes.
const MAX_LINE_BYTES: usize = 2_000;

/// The length of the anchor at the start of a text.
fn anchor_length(text: &str) -> usize {
    let is_anchor_char = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    text.chars().take_while(is_anchor_char).map(char::len_utf8).sum()
}

/// A line of the source that begins with `#`.
struct HashLine<'f> {
    file: &'f FileView<'f>,
    /// The offset of its first `#` in the file, in bytes.
    start: usize,
    /// The text from there to the end of the line.
    text: &'f str,
}

impl<'f> HashLine<'f> {
    /// The line in which a `#` of the running text comes first.
    fn at(file: &'f FileView<'f>, at: usize) -> Option<HashLine<'f>> {
        let start = source_offset(file, at).filter(|_| is_typed(file, at))?;
        let source = source_of_words(file).0.as_str();
        line_before(source, start).filter(|before| has_only_markers(before))?;
        let text = source[start..].split('\n').next().unwrap_or_default();
        Some(HashLine { file, start, text })
    }

    fn sign_count(&self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b'#').count()
    }

    /// The intended level, if only a space is missing.
    fn level(&self) -> Option<usize> {
        Some(self.sign_count()).filter(|count| *count <= MAX_LEVEL)
    }

    /// Whether a heading was meant, as opposed to a hashtag or a ticket number.
    fn is_heading(&self) -> bool {
        let title = &self.text[self.sign_count()..];
        match self.sign_count() {
            1 => is_title(title.trim_start_matches([' ', '\t'])) && self.is_alone(),
            2..=MAX_LEVEL if self.is_spaced() => title.trim_start().starts_with(begins_title),
            2..=MAX_LEVEL => title.starts_with(|c: char| begins_title(c) || is_odd_space(c)),
            _ => title.trim_start().starts_with(begins_title),
        }
    }

    /// Whether it has the form of a heading but is not one for another reason, for example because it is in an HTML
    /// block.
    fn is_spaced(&self) -> bool {
        self.text[self.sign_count()..].starts_with([' ', '\t'])
    }

    /// Whether it begins its paragraph, and is not one of several hashtags.
    fn is_alone(&self) -> bool {
        let source = source_of_words(self.file).0.as_str();
        let line_start = source[..self.start].rfind('\n').map_or(0, |end| end + 1);
        let above = source[..line_start].trim_end_matches('\n');
        let last = above.rsplit('\n').next().unwrap_or_default().trim();
        let is_below_tag = self.is_spaced() && last.starts_with('<') && last.ends_with('>');
        let is_first = above.len() + 1 < line_start || above.is_empty() || above.ends_with("---") || is_below_tag;
        let below = source[self.start + self.text.len()..].strip_prefix('\n').unwrap_or_default();
        is_first && !below.split('\n').next().unwrap_or_default().trim_start().starts_with('#')
    }

    fn span(&self) -> Span {
        (self.start..self.start + self.text.trim_end().len()).into()
    }

    /// A fix that puts a space after the `#`, replacing white space that Markdown does not recognize.
    fn space_fix(&self, level: usize) -> Fix {
        let title = &self.text[level..];
        let odd = title.len() - title.trim_start_matches(is_odd_space).len();
        let start = self.start + level;
        let span = Span::from(start..start + odd);
        let span = source_of_words(self.file).0.origin().map_or(span, |origin| origin.span(span));
        Fix::replace(format!("put a space after `{}`", "#".repeat(level)), span, " ")
    }
}

/// Whether the text after a single `#` is a section title rather than a hashtag in a sentence.
fn is_title(text: &str) -> bool {
    let words = text.trim_start_matches(is_odd_space);
    // In scripts without letter case, sentences and lists of hashtags have spaces or stops.
    let has_no_case = |c: char| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase();
    let is_caseless = || words.starts_with(has_no_case) && words.trim_end().chars().all(char::is_alphanumeric);
    (words.starts_with(char::is_uppercase) || is_caseless())
        && words.chars().count() <= MAX_TITLE_CHARS
        && !words.contains('#')
        && !words.trim_end().ends_with(['.', ',', ';', ':', '!'])
}

/// Whether only markers of quotes, lists, cells, definitions and comments precede the `#` of a line.
fn has_only_markers(before: &str) -> bool {
    let mut rest = before;
    loop {
        rest = rest.trim_start_matches(|c| matches!(c, '>' | '-' | '*' | '+' | '|' | ':') || is_blank(c));
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let comment = || rest.strip_prefix("<!--")?.split_once("-->").map(|(_, rest)| rest);
        let footnote = || rest.strip_prefix("[^")?.split_once("]:").map(|(_, rest)| rest);
        let item = || number.strip_prefix(['.', ')']).filter(|_| number.len() < rest.len());
        rest = match item().or_else(comment).or_else(footnote) {
            Some(rest) => rest,
            None => return rest.is_empty(),
        };
    }
}

/// Whether a title may begin with a character: a letter, a quotation mark, emphasis, a tag or a symbol.
fn begins_title(c: char) -> bool {
    let is_symbol = || !c.is_ascii() && !is_blank(c) && !"…’”»›–—·×÷".contains(c);
    c.is_alphanumeric() || "*_`[\"('~<{&".contains(c) || is_symbol()
}

/// Whether a character is white space that Markdown does not recognize after the `#` of a heading, or is invisible.
fn is_odd_space(c: char) -> bool {
    is_blank(c) && !matches!(c, ' ' | '\t' | '\n' | '\r')
}
