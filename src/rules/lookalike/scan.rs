//! Searches a line for text that looks like a link but is not one.

mod other_syntax;
mod pair;
mod spaced_label;

use std::collections::HashSet;
use std::ops::Range;

use super::brackets::{Bracket, Brackets, Shape};
use super::target::ParsedTarget;
use super::{Lookalike, LookalikeKind};
use crate::handbook::FileView;
use crate::text::is_blank;
use pair::{Pair, between};

/// The maximum length of a label in bytes; a longer one is a sentence in brackets.
const MAX_LABEL_BYTES: usize = 60;
/// The maximum length of a label or target in bytes. Without it, nested brackets would be read once per level.
const MAX_PART_BYTES: usize = 2000;
/// The maximum length of `ID#anchor|text`, in bytes.
const MAX_ID_BYTES: usize = 300;

/// What is known about a file before its lines are scanned.
pub(super) struct FileContext<'f> {
    /// The start positions of its links, in order.
    pub(super) links: Vec<u32>,
    /// Labels with spaces that are defined as footnotes are.
    pub(super) spaced_labels: HashSet<&'f str>,
}

impl<'f> FileContext<'f> {
    pub(super) fn new(file: &'f FileView<'_>) -> FileContext<'f> {
        let mut links: Vec<u32> = file.body.links.iter().map(|link| link.span.start).collect();
        links.sort_unstable();
        FileContext { links, spaced_labels: other_syntax::spaced_labels(&file.words.text) }
    }
}

/// Adds the lookalikes in a line of a file's running text.
pub(super) fn scan_line(
    file: &FileView<'_>,
    line: Range<usize>,
    context: &FileContext<'_>,
    lookalikes: &mut Vec<Lookalike>,
) {
    let scan =
        LineScan { file, text: &file.words.text[..line.end], brackets: Brackets::find(file, line.clone()), context };
    let mut all: Vec<Lookalike> = Vec::new();
    all.extend(scan.brackets.opening(Shape::Square).filter_map(|(_, bracket)| scan.square(bracket)));
    all.extend(scan.brackets.opening(Shape::Round).filter_map(|(_, bracket)| scan.swapped_brackets(bracket)));
    all.extend(scan.brackets.opening(Shape::Angle).filter_map(|(_, bracket)| scan.angle(bracket)));
    let others = [Shape::Round, Shape::Curly, Shape::Angle].map(|shape| scan.brackets.opening(shape));
    all.extend(others.into_iter().flatten().filter_map(|(_, bracket)| scan.other_opening(bracket)));
    all.extend(scan.brackets.strays().filter_map(|bracket| scan.stray(bracket)));
    all.sort_by_key(|lookalike| (lookalike.range.start, std::cmp::Reverse(lookalike.range.end)));
    for lookalike in all {
        if lookalikes.last().is_none_or(|last| last.range.end <= lookalike.range.start) {
            lookalikes.push(lookalike);
        }
    }
}

struct LineScan<'f> {
    file: &'f FileView<'f>,
    /// The running text up to the end of the line.
    text: &'f str,
    brackets: Brackets,
    context: &'f FileContext<'f>,
}

impl<'f> LineScan<'f> {
    /// The lookalike that a square bracket begins, if any.
    fn square(&self, open: Bracket) -> Option<Lookalike> {
        if let Some(inner) = self.brackets.opening_at(open.end()).filter(|inner| inner.character == open.character) {
            match open.character {
                '[' => return self.by_id(open, inner),
                '\u{ff3b}' => return self.unusual_id(open, inner, LookalikeKind::WideId),
                _ => {}
            }
        }
        if let Some(id) = self.spaced_id(open) {
            return Some(id);
        }
        let Some(close) = self.brackets.partner(open) else { return self.unclosed(open) };
        between(open, close)?;
        let pair = Pair { open, close };
        if let Some(id) = self.unopened(pair) {
            return Some(id);
        }
        match self.brackets.opening_at(close.end()) {
            Some(next) if next.shape == Shape::Round => self.inline(pair, next),
            Some(next) if next.shape == Shape::Square => self.reference(pair, next),
            Some(next) => self.other_brackets(pair, next),
            None => self
                .space_between(pair)
                .or_else(|| self.space_before_label(pair))
                .or_else(|| self.footnote(pair))
                .or_else(|| self.doubled_close(pair))
                .or_else(|| self.piped_link(pair))
                .or_else(|| self.definition(pair))
                .or_else(|| self.wiki_link(pair)),
        }
    }

    /// `text](b.md)`, starting at the closing bracket without an opening one.
    fn stray(&self, close: Bracket) -> Option<Lookalike> {
        let (target, end) = self.file_after(close.end())?;
        let is_link = self.text[..close.at].ends_with(char::is_alphanumeric);
        is_link.then(|| self.new_lookalike(LookalikeKind::Unopened, close.at..end, close.at..close.at, target, true))
    }

    /// `(text)(b.md)`, `{text}(b.md)`, `<text>(b.md)`.
    fn other_opening(&self, open: Bracket) -> Option<Lookalike> {
        let close = self.brackets.partner(open)?;
        let label = between(open, close)?;
        let (target, end) = self.file_after(close.end())?;
        let is_link = self.has_letter(label.clone()) && !self.continues_a_word(open) && label.len() <= MAX_LABEL_BYTES;
        is_link.then(|| self.new_lookalike(LookalikeKind::NotSquare, open.at..end, label, target, true))
    }

    /// The file named in round brackets that open at an offset, and their end.
    fn file_after(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let open = self.brackets.opening_at(at).filter(|open| open.shape == Shape::Round)?;
        let close = self.brackets.partner(open)?;
        let target = between(open, close)?;
        ParsedTarget::read(&self.text[target.clone()]).is_file().then_some((target, close.end()))
    }

    /// `［［ID］］`; the caller decides whether it is an ID.
    fn unusual_id(&self, open: Bracket, inner: Bracket, kind: LookalikeKind) -> Option<Lookalike> {
        let (close, outer) = (self.brackets.partner(inner)?, self.brackets.partner(open)?);
        let id = between(inner, close).filter(|id| !id.is_empty() && id.len() <= MAX_ID_BYTES)?;
        let is_closed = self.text.get(close.end()..outer.at)?.chars().all(is_blank);
        (is_closed && self.has_letter(id.clone()))
            .then(|| self.new_lookalike(kind, open.at..outer.end(), id.clone(), id, true))
    }

    /// `[ [ID] ]`.
    fn spaced_id(&self, open: Bracket) -> Option<Lookalike> {
        let gap: usize = self.text[open.end()..].chars().take_while(|c| is_blank(*c)).take(3).map(char::len_utf8).sum();
        let inner = self.brackets.opening_at(open.end() + gap).filter(|inner| gap > 0 && inner.character == '[')?;
        if open.character == '[' { self.unusual_id(open, inner, LookalikeKind::SpacedId) } else { None }
    }

    /// `[text](`, which Markdown would have read if it were a valid link.
    fn inline(&self, pair: Pair, open: Bracket) -> Option<Lookalike> {
        let close = self.brackets.partner(open);
        let end = close.map_or_else(|| self.first_word(open.end(), MAX_PART_BYTES), |close| Some(close.at))?;
        (end - open.end() <= MAX_PART_BYTES).then_some(())?;
        let parsed = ParsedTarget::read(&self.text[open.end()..end]);
        let certain = parsed.is_plain() || parsed.is_address();
        if parsed.is_template() {
            return None;
        }
        // Such pairs are common in East Asian texts: `［重要］（下記参照）`.
        let is_wide = self.is_wide(&[pair.open, pair.close, open]);
        if !certain && (is_wide || self.continues_a_word(pair.open) || !self.has_letter(pair.inside())) {
            return None;
        }
        let kind = match close {
            _ if is_wide => LookalikeKind::Wide,
            None => LookalikeKind::Unclosed,
            Some(close) if close.is_wide() => LookalikeKind::Wide,
            Some(_) if self.contains_link(pair.inside()) => LookalikeKind::Nested,
            Some(_) if parsed.target.contains(char::is_whitespace) => LookalikeKind::SpaceInTarget,
            Some(_) => LookalikeKind::OtherSyntax,
        };
        let range = pair.open.at..close.map_or(end, |close| close.end());
        Some(self.new_lookalike(kind, range, pair.inside(), open.end()..end, certain))
    }

    /// `[text][label]`, which Markdown would have read if the label were defined.
    fn reference(&self, pair: Pair, open: Bracket) -> Option<Lookalike> {
        let close = self.brackets.partner(open)?;
        let label = between(open, close)?;
        let text = self.text[label.clone()].trim();
        let is_label = text.len() <= MAX_LABEL_BYTES && (text.is_empty() || text.contains(char::is_alphanumeric));
        let is_link = is_label && self.has_letter(pair.inside()) && !self.continues_a_word(pair.open);
        if !is_link || text.starts_with('^') {
            return None;
        }
        if ParsedTarget::read(text).is_file() || (text.starts_with('#') && ParsedTarget::read(text).is_plain()) {
            return Some(self.new_lookalike(
                LookalikeKind::OtherSyntax,
                pair.open.at..close.end(),
                pair.inside(),
                label,
                true,
            ));
        }
        Some(self.new_lookalike(
            LookalikeKind::UndefinedReference,
            pair.open.at..close.end(),
            pair.inside(),
            label,
            false,
        ))
    }

    /// `[text]{b.md}` and `[text]<b.md>`.
    fn other_brackets(&self, pair: Pair, open: Bracket) -> Option<Lookalike> {
        let close = self.brackets.partner(open)?;
        let target = between(open, close)?;
        let is_target = ParsedTarget::read(&self.text[target.clone()]).is_file() && self.has_letter(pair.inside());
        is_target.then(|| {
            self.new_lookalike(LookalikeKind::OtherSyntax, pair.open.at..close.end(), pair.inside(), target, true)
        })
    }

    /// `[text] (b.md)`.
    fn space_between(&self, pair: Pair) -> Option<Lookalike> {
        let gap: usize = self.text[pair.close.end()..]
            .chars()
            .take_while(|c| is_blank(*c))
            .take(MAX_LABEL_BYTES)
            .map(char::len_utf8)
            .sum();
        let mark =
            self.text[pair.close.end() + gap..].chars().next().filter(|c| gap == 0 && matches!(c, '.' | ':' | '-'));
        let gap = gap + mark.map_or(0, char::len_utf8);
        let open =
            self.brackets.opening_at(pair.close.end() + gap).filter(|next| gap > 0 && next.shape == Shape::Round)?;
        let close = self.brackets.partner(open)?;
        let target = between(open, close)?;
        let parsed = ParsedTarget::read(&self.text[target.clone()]);
        let is_target = if mark.is_some() { parsed.is_file() } else { parsed.is_plain() };
        let is_link = is_target && self.has_letter(pair.inside()) && !self.text[pair.inside()].starts_with('^');
        is_link.then(|| {
            self.new_lookalike(LookalikeKind::SpaceBetween, pair.open.at..close.end(), pair.inside(), target, true)
        })
    }

    /// `[[ID`: if it is closed, it is a link by ID or intentionally left alone.
    fn by_id(&self, open: Bracket, inner: Bracket) -> Option<Lookalike> {
        // Checked first, because most double brackets are something else.
        let begins = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ']' | '|');
        self.text[inner.end()..].starts_with(begins).then_some(())?;
        let inner_close = self.brackets.partner(inner);
        let outer_close = self.brackets.partner(open);
        if let (Some(inner_bracket), Some(outer_bracket)) = (inner_close, outer_close)
            && inner_bracket.end() == outer_bracket.at
        {
            return self.closed_id(open..outer_bracket, inner.end()..inner_bracket.at);
        }
        let end = inner_close.map_or_else(|| self.first_word(inner.end(), MAX_ID_BYTES), |close| Some(close.at))?;
        let id = inner.end()..end;
        (id.len() <= MAX_ID_BYTES).then_some(())?;
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '#' | '|');
        let text = &self.text[id.clone()];
        let is_meant = text.split('|').next().is_some_and(|id| id.chars().all(is_id)) && self.has_letter(id.clone());
        let range = open.at..inner_close.map_or(end, |close| close.end());
        is_meant.then(|| self.new_lookalike(LookalikeKind::UnclosedId, range, id.clone(), id, true))
    }

    /// `[[ID]]`, which Markdown would have read unless it is in an HTML block or empty.
    fn closed_id(&self, brackets: Range<Bracket>, id: Range<usize>) -> Option<Lookalike> {
        let range = brackets.start.at..brackets.end.end();
        let is_nothing = id.is_empty() || self.text[id.clone()].starts_with('|');
        let kind = if is_nothing { LookalikeKind::EmptyId } else { LookalikeKind::InHtml };
        (id.len() <= MAX_ID_BYTES)
            .then(|| self.new_lookalike(kind, range, id.clone(), id, kind == LookalikeKind::InHtml))
    }

    /// `[ID]]`.
    fn unopened(&self, pair: Pair) -> Option<Lookalike> {
        // `\[[ID]]` is escaped so that it is not a link.
        let is_escaped = self.text[..pair.open.at].ends_with('[');
        let is_stray = pair.open.character == '[' && !is_escaped && self.brackets.is_stray(pair.close.end());
        let id = Some(pair.inside()).filter(|id| is_stray && id.len() <= MAX_ID_BYTES)?;
        let id_text = self.text[id.clone()].split(['#', '|']).next().unwrap_or_default();
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_meant = id_text.chars().all(is_id) && id_text.contains('-') && self.has_letter(id.clone());
        is_meant.then(|| {
            self.new_lookalike(LookalikeKind::UnopenedId, pair.open.at..pair.close.end() + 1, id.clone(), id, true)
        })
    }

    /// `[text(b.md)`.
    fn unclosed(&self, open: Bracket) -> Option<Lookalike> {
        let within = self.brackets.following(open).take_while(|next| next.at <= open.end() + MAX_LABEL_BYTES);
        let mut rounds = within.filter(|next| next.shape == Shape::Round && next.opens);
        let round = rounds.find(|round| !self.text[..round.at].ends_with(is_blank))?;
        let close = self.brackets.partner(round)?;
        let (label, target) = (open.end()..round.at, between(round, close)?);
        let is_target = ParsedTarget::read(&self.text[target.clone()]).is_file();
        let is_meant = is_target && label.len() <= MAX_LABEL_BYTES && self.has_letter(label.clone());
        is_meant.then(|| self.new_lookalike(LookalikeKind::Unclosed, open.at..close.end(), label, target, true))
    }

    /// `(text)[b.md]`, and `(text) [b.md]`.
    fn swapped_brackets(&self, open: Bracket) -> Option<Lookalike> {
        let close = self.brackets.partner(open)?;
        let gap: usize =
            self.text[close.end()..].chars().take_while(|c| is_blank(*c)).take(3).map(char::len_utf8).sum();
        let next = self.brackets.opening_at(close.end() + gap).filter(|next| next.shape == Shape::Square)?;
        let end = self.brackets.partner(next)?;
        let target = between(next, end).filter(|_| close.at - open.at <= MAX_PART_BYTES)?;
        let label = open.end()..close.at;
        let parsed = ParsedTarget::read(&self.text[target.clone()]);
        let is_beside = gap == 0 && !self.continues_a_word(open) && self.has_letter(label.clone());
        let is_meant = match gap {
            0 if is_beside => parsed.is_plain() || is_id(parsed.target),
            0 => parsed.is_file() || (parsed.is_plain() && parsed.target.starts_with('#')),
            _ => parsed.is_file() && self.has_letter(label.clone()),
        };
        let is_image = self.text[..open.at].ends_with('!');
        let start = open.at - usize::from(is_image);
        is_meant.then(|| self.new_lookalike(LookalikeKind::SwappedBrackets, start..end.end(), label, target, gap == 0))
    }

    /// `<b.md>`.
    fn angle(&self, open: Bracket) -> Option<Lookalike> {
        let close = self.brackets.partner(open)?;
        let target = between(open, close)?;
        let text = &self.text[target.clone()];
        if let Some(bar) = text.find('|').filter(|bar| ParsedTarget::read(&text[..*bar]).is_file()) {
            // `<https://example.org|words>`, as chat tools write links.
            let (label, target) = (target.start + bar + 1..target.end, target.start..target.start + bar);
            let is_meant = self.has_letter(label.clone()) && label.len() <= MAX_LABEL_BYTES;
            return is_meant
                .then(|| self.new_lookalike(LookalikeKind::OtherSyntax, open.at..close.end(), label, target, true));
        }
        let is_target = ParsedTarget::read(text).is_file() || text.starts_with("www.");
        let is_alone = !text.contains(char::is_whitespace) && !self.text[..open.at].ends_with(']');
        (is_target && is_alone)
            .then(|| self.new_lookalike(LookalikeKind::OtherSyntax, open.at..close.end(), target.clone(), target, true))
    }

    fn new_lookalike(
        &self,
        kind: LookalikeKind,
        range: Range<usize>,
        label: Range<usize>,
        target: Range<usize>,
        certain: bool,
    ) -> Lookalike {
        let is_image = kind != LookalikeKind::SwappedBrackets && self.text[..range.start].ends_with('!');
        let start = range.start - usize::from(is_image && super::is_typed(self.file, range.start - 1));
        Lookalike { kind, range: start..range.end, label, target, is_certain: certain }
    }

    fn is_wide(&self, brackets: &[Bracket]) -> bool {
        brackets.iter().any(Bracket::is_wide)
    }

    /// Whether a bracket directly follows a word, as in an index expression.
    fn continues_a_word(&self, bracket: Bracket) -> bool {
        self.text[..bracket.at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ']' | ')'))
    }

    fn has_letter(&self, range: Range<usize>) -> bool {
        self.text[range].contains(char::is_alphabetic)
    }

    /// The end of the word that begins at an offset, including leading white space, if it is within `max_distance`
    /// bytes.
    fn first_word(&self, start: usize, max_distance: usize) -> Option<usize> {
        let is_near = |(at, _): &(usize, char)| *at <= max_distance;
        let mut letters = self.text[start..].char_indices().take_while(is_near).skip_while(|(_, c)| c.is_whitespace());
        let end = match letters.find(|(_, c)| c.is_whitespace()) {
            Some((end, _)) => end,
            None if self.text.len() - start <= max_distance => self.text.len() - start,
            None => return None,
        };
        Some(start + self.text[start..start + end].trim_end_matches([',', ';', ':', '!', '?', '.']).len())
    }

    /// Whether a link begins in a range of the running text.
    fn contains_link(&self, range: Range<usize>) -> bool {
        // Links in inserted text all have the position of the insertion.
        if super::is_inserted(self.file, range.start) {
            return false;
        }
        let span = self.file.words.source_span(range);
        let next = self.context.links.partition_point(|start| *start < span.start);
        self.context.links.get(next).is_some_and(|start| *start < span.end)
    }
}

/// Whether a string may be a document ID: `POL-CHG-001`.
fn is_id(text: &str) -> bool {
    let is_id_char = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    text.contains('-') && text.starts_with(|c: char| c.is_ascii_uppercase()) && text.chars().all(is_id_char)
}

/// Whether a label is a character class like `a-z` and `0-9`.
fn is_character_class(label: &str) -> bool {
    let letters: Vec<char> = label.chars().collect();
    let is_range = |part: &[char]| part[1] == '-' && part[0].is_alphanumeric() && part[2].is_alphanumeric();
    letters.len() >= 3 && letters.chunks(3).all(|part| part.len() == 3 && is_range(part))
}
