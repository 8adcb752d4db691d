//! Lines that were meant as headings.

use super::lookalike::{is_inserted, is_typed, read_in, written_at};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::FileView;
use crate::place::Span;

pub(super) const RULE: Rule = Rule {
    id: RuleId("malformed-heading"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A line begins with `#` signs but is not a heading, because there is no space after them, there \
              are more than six, or the line is inside a block of HTML.",
    why: "The page shows the signs, the section is missing from the contents, and its text appears to belong to the \
          section above.",
    fix: "Put a space after the signs, or a backslash before them if they are intended.",
    example: "##Scope",
    check: Check::File(check),
};

/// The most signs that a heading has.
const MAX_LEVEL: usize = 6;
/// What to do about a heading that stands within another block.
const BLOCK: &str = "put an empty line before it, and begin it at the start of the line";
/// A longer line is a sentence that begins with a hashtag.
const MAX_TITLE: usize = 80;

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let text = file.words.text.as_str();
    for (at, _) in text.match_indices('#').filter(|(at, _)| !text[..*at].ends_with('#')) {
        let Some(line) = Line::at(file, at).filter(Line::is_heading) else { continue };
        let place = read_in(file).0.place(line.span());
        let message = format!("`{}` is not a heading", crate::text::clip(line.text.trim_end()));
        let problem = Problem::new(RULE.id, place, message);
        problems.push(match line.level() {
            Some(_) if line.is_spaced() => problem.help(BLOCK),
            Some(level) => {
                let problem = problem.help(format!("put a space after `{}`", "#".repeat(level)));
                if is_inserted(file, at) { problem } else { problem.fix(line.spaced(level)) }
            }
            None => problem.help("write up to six `#` signs and a space after them"),
        });
    }
}

/// A line of the source that begins with `#`.
struct Line<'f> {
    file: &'f FileView<'f>,
    /// Where its first sign is in the file.
    start: usize,
    /// From there to its end.
    text: &'f str,
}

impl<'f> Line<'f> {
    /// The line of the file in which a sign of the running text is the first thing.
    fn at(file: &'f FileView<'f>, at: usize) -> Option<Line<'f>> {
        let start = written_at(file, at).filter(|_| is_typed(file, at))?;
        let source = read_in(file).0.as_str();
        let before = &source[source[..start].rfind('\n').map_or(0, |end| end + 1)..start];
        let is_first = before.chars().all(|letter| matches!(letter, ' ' | '\t' | '>' | '-' | '*' | '+'));
        let text = source[start..].split('\n').next().unwrap_or_default();
        is_first.then_some(Line { file, start, text })
    }

    fn signs(&self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b'#').count()
    }

    /// The level that was meant, when a space is all that is missing.
    fn level(&self) -> Option<usize> {
        Some(self.signs()).filter(|signs| *signs <= MAX_LEVEL)
    }

    /// Whether a heading was meant: a hashtag and the number of a ticket are none.
    fn is_heading(&self) -> bool {
        let title = &self.text[self.signs()..];
        match self.signs() {
            1 => is_title(title) && self.is_alone(),
            2..=MAX_LEVEL if self.is_spaced() => title.trim_start().starts_with(begins_title),
            2..=MAX_LEVEL => title.starts_with(|letter: char| begins_title(letter) || is_odd_space(letter)),
            _ => title.trim_start().starts_with(begins_title),
        }
    }

    /// Whether its signs are those of a heading, and something else keeps it from being one, such as the block of HTML that it
    /// stands in.
    fn is_spaced(&self) -> bool {
        self.text[self.signs()..].starts_with([' ', '\t'])
    }

    /// Whether nothing but this line is in its paragraph.
    fn is_alone(&self) -> bool {
        let source = read_in(self.file).0.as_str();
        let line_start = source[..self.start].rfind('\n').map_or(0, |end| end + 1);
        let above = source[..line_start].trim_end_matches('\n');
        let is_first = above.len() + 1 < line_start || above.is_empty() || above.ends_with("---");
        let below = source[self.start + self.text.len()..].strip_prefix('\n').unwrap_or_default();
        is_first && below.split('\n').next().unwrap_or_default().trim().is_empty()
    }

    fn span(&self) -> Span {
        (self.start..self.start + self.text.trim_end().len()).into()
    }

    /// Puts one space behind the signs, in place of one that is none to Markdown.
    fn spaced(&self, level: usize) -> Fix {
        let title = &self.text[level..];
        let odd = title.len() - title.trim_start_matches(is_odd_space).len();
        let start = self.start + level;
        let span = Span::from(start..start + odd);
        let span = read_in(self.file).0.origin().map_or(span, |origin| origin.span(span));
        Fix::replace(format!("put a space after `{}`", "#".repeat(level)), span, " ")
    }
}

/// Whether what follows a single sign is the title of a section rather than a hashtag in a sentence.
fn is_title(text: &str) -> bool {
    let words = text.trim_start_matches(is_odd_space);
    words.starts_with(char::is_uppercase)
        && words.chars().count() <= MAX_TITLE
        && !words.contains('#')
        && !words.trim_end().ends_with(['.', ',', ';', ':', '!'])
}

fn begins_title(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '*' | '_' | '`' | '[' | '"' | '(' | '\'')
}

/// White space that Markdown does not count as such behind the signs of a heading.
fn is_odd_space(letter: char) -> bool {
    matches!(
        letter,
        '\u{a0}' | '\u{2000}'..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}
