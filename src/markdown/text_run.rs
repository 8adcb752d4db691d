//! Runs of words, which are searched for URLs and mentions of clauses, and then written.

use std::ops::Range;

use super::bare_url::find_urls;
use super::body::{ClauseOwner, Fill, Link, LinkForm, Mention, Size};
use super::mention::find_mentions;
use super::reader::{OpenLink, Reader};
use super::words::source_span;
use crate::id::ClauseRef;
use crate::place::Span;

/// A match within running text.
enum TextMatch {
    Address,
    Clause(ClauseRef),
}

impl Reader<'_> {
    /// Writes the pending words.
    pub(super) fn write_run(&mut self) {
        if !self.running.has_run() {
            return;
        }
        self.close_tags_before_text();
        let run = self.running.take_run();
        let text = &self.running.text[run.clone()];
        if !self.headings.is_open() && text.contains(|c: char| !c.is_whitespace()) {
            self.substance += 1;
        }
        if self.links.last().is_some_and(OpenLink::is_bare) {
            return;
        }
        let matches = if self.links.is_empty() { find_matches(&self.running.text, &run) } else { Vec::new() };
        let mut last_end = run.start;
        for (range, text_match) in matches {
            self.write_words(last_end..range.start);
            last_end = range.end;
            match text_match {
                TextMatch::Address => self.write_address(range),
                TextMatch::Clause(clause) => self.write_mention(range, clause),
            }
        }
        self.write_words(last_end..run.end);
    }

    fn write_words(&mut self, range: Range<usize>) {
        let text = &self.running.text[range];
        // A block was removed before these words.
        if std::mem::take(&mut self.needs_separator) && !text.starts_with(char::is_whitespace) {
            self.out.push_markup(" ");
        }
        self.out.push_text(text);
        self.out.content.words(text);
    }

    fn write_address(&mut self, range: Range<usize>) {
        let target = self.running.text[range.clone()].to_owned();
        let span = source_span(&self.running.pieces, range.clone().into());
        let number = self.body.links.len();
        self.open_link_gap(number, &target);
        self.write_words(range);
        self.close_link_gap(number);
        let text = target.clone();
        let form = LinkForm::Inline;
        self.body.links.push(Link {
            form,
            target: target.into(),
            text: text.into(),
            title: Box::default(),
            size: Size::default(),
            span,
            target_span: span,
            is_asserted: self.running.silent_containers == 0,
        });
    }

    fn write_mention(&mut self, range: Range<usize>, clause: ClauseRef) {
        let number = Span::from(0..self.body.mentions.len()).end;
        let span = source_span(&self.running.pieces, range.clone().into());
        let at = Span::from(range.clone()).start;
        self.body.mentions.push(Mention { clause, span, at, owner: ClauseOwner::Main });
        self.out.push_gap(Fill::MentionOpen(number));
        self.write_words(range);
        self.out.push_gap(Fill::MentionClose(number));
    }
}

/// Characters in a text: every URL contains a colon and every mention a digit, while most texts contain neither.
struct MatchHints {
    has_colon: bool,
    has_digit: bool,
}

impl MatchHints {
    /// Examines every byte, because a loop without an early exit is faster.
    fn from_text(text: &str) -> MatchHints {
        text.bytes().fold(MatchHints { has_colon: false, has_digit: false }, |hints, byte| MatchHints {
            has_colon: hints.has_colon | (byte == b':'),
            has_digit: hints.has_digit | byte.is_ascii_digit(),
        })
    }
}

/// Maximum distance in bytes of the word `clause` before a run, as in `clause **8.6.1**`.
const MAX_LOOK_BACK: usize = 24;

/// URLs and mentions of a run in order, as ranges of the whole text; a URL hides any mention in it.
fn find_matches(text: &str, run: &Range<usize>) -> Vec<(Range<usize>, TextMatch)> {
    let hints = MatchHints::from_text(&text[run.clone()]);
    let mut found: Vec<(Range<usize>, TextMatch)> = Vec::new();
    let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    if hints.has_colon {
        let addresses = find_urls(&text[run.clone()]).into_iter();
        found.extend(addresses.map(|range| (shift(range, run.start), TextMatch::Address)));
    }
    if !hints.has_digit {
        return found;
    }
    let addresses = found.len();
    let back = text.floor_char_boundary(run.start.saturating_sub(MAX_LOOK_BACK));
    let from = text[back..run.start].rfind('\n').map_or(back, |line| back + line + 1);
    for (range, clause) in find_mentions(&text[from..run.end]) {
        let range = shift(range, from);
        let next = found[..addresses].partition_point(|(address, _)| address.end <= range.start);
        let hidden = found[..addresses].get(next).is_some_and(|(address, _)| address.start < range.end);
        if range.start >= run.start && !hidden {
            found.push((range, TextMatch::Clause(clause)));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}
