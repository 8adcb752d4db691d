//! Runs of words, which are searched for URLs and mentions of clauses, and then written.

use std::ops::Range;

use super::bare_url::find_urls;
use super::body::{Belonging, Fill, Link, LinkForm, Mention, Size};
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
        self.leave_raw_parts();
        let run = self.running.take_run();
        let text = &self.running.text[run.clone()];
        if !self.headings.is_open() && text.contains(|letter: char| !letter.is_whitespace()) {
            self.substance += 1;
        }
        if self.links.last().is_some_and(OpenLink::is_bare) {
            return;
        }
        let found = if self.links.is_empty() { find(&self.running.text, &run) } else { Vec::new() };
        let mut done = run.start;
        for (range, found) in found {
            self.write_words(done..range.start);
            done = range.end;
            match found {
                TextMatch::Address => self.write_address(range),
                TextMatch::Clause(clause) => self.write_mention(range, clause),
            }
        }
        self.write_words(done..run.end);
    }

    fn write_words(&mut self, range: Range<usize>) {
        let text = &self.running.text[range];
        // A block was removed before these words.
        if std::mem::take(&mut self.is_apart) && !text.starts_with(char::is_whitespace) {
            self.out.raw(" ");
        }
        self.out.text(text);
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
            said: self.running.silence == 0,
        });
    }

    fn write_mention(&mut self, range: Range<usize>, clause: ClauseRef) {
        let number = Span::from(0..self.body.mentions.len()).end;
        let span = source_span(&self.running.pieces, range.clone().into());
        let at = Span::from(range.clone()).start;
        self.body.mentions.push(Mention { clause, span, at, belonging: Belonging::Main });
        self.out.gap(Fill::MentionOpen(number));
        self.write_words(range);
        self.out.gap(Fill::MentionClose(number));
    }
}

/// Characters in a text: every URL contains a colon and every mention a digit, while most texts contain neither.
struct MatchHints {
    colon: bool,
    digit: bool,
}

impl MatchHints {
    /// Examines every byte, because a loop without an early exit is faster.
    fn of(text: &str) -> MatchHints {
        text.bytes().fold(MatchHints { colon: false, digit: false }, |signs, byte| MatchHints {
            colon: signs.colon | (byte == b':'),
            digit: signs.digit | byte.is_ascii_digit(),
        })
    }
}

/// Maximum distance in bytes of the word `clause` before a run, as in `clause **8.6.1**`.
const LOOK_BACK: usize = 24;

/// URLs and mentions of a run in order, as ranges of the whole text; a URL hides any mention in it.
fn find(text: &str, run: &Range<usize>) -> Vec<(Range<usize>, TextMatch)> {
    let signs = MatchHints::of(&text[run.clone()]);
    let mut found: Vec<(Range<usize>, TextMatch)> = Vec::new();
    let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    if signs.colon {
        let addresses = find_urls(&text[run.clone()]).into_iter();
        found.extend(addresses.map(|range| (moved(range, run.start), TextMatch::Address)));
    }
    if !signs.digit {
        return found;
    }
    let addresses = found.len();
    let back = text.floor_char_boundary(run.start.saturating_sub(LOOK_BACK));
    let from = text[back..run.start].rfind('\n').map_or(back, |line| back + line + 1);
    for (range, clause) in find_mentions(&text[from..run.end]) {
        let range = moved(range, from);
        let next = found[..addresses].partition_point(|(address, _)| address.end <= range.start);
        let hidden = found[..addresses].get(next).is_some_and(|(address, _)| address.start < range.end);
        if range.start >= run.start && !hidden {
            found.push((range, TextMatch::Clause(clause)));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}
