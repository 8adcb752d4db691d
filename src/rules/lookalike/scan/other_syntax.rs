//! What a single pair of square brackets may have been intended as: a footnote, a definition, or a link of another
//! tool.

use std::collections::HashSet;

use super::super::target::ParsedTarget;
use super::super::{Lookalike, LookalikeKind};
use super::{LineScan, MAX_ID_BYTES, MAX_LABEL_BYTES, Pair, is_character_class};

impl LineScan<'_> {
    /// `[label]: my file.md`, which Markdown would read as a definition if there were no space in the path.
    pub(super) fn definition(&self, pair: Pair) -> Option<Lookalike> {
        let begins = self.text[..pair.open.at].ends_with('\n') || pair.open.at == 0;
        let rest = self.text[pair.close.end()..].strip_prefix(": ").filter(|_| begins)?;
        // Another definition may follow in the same paragraph.
        let rest = rest.split(" [").next().unwrap_or_default();
        let start = pair.close.end() + 2;
        let end = start + rest.trim_end().len();
        let parsed = ParsedTarget::read(&self.text[start..end]);
        let is_meant = parsed.is_plain() && parsed.target.contains(' ') && rest.len() <= MAX_ID_BYTES;
        is_meant.then(|| {
            self.new_lookalike(LookalikeKind::SpaceInDefinition, pair.open.at..end, pair.inside(), start..end, true)
        })
    }

    /// `[https://example.org words]`, as wikis write links.
    pub(super) fn wiki_link(&self, pair: Pair) -> Option<Lookalike> {
        let parts = self.text[pair.inside()].split_once(' ').filter(|_| pair.open.character == '[');
        let (target, words) = parts.filter(|(target, _)| ParsedTarget::read(target).is_address())?;
        let is_sentence = target.ends_with([',', ';', ':', '.']) || words.contains("://");
        let start = pair.open.end();
        let (target, label) = (start..start + target.len(), start + target.len() + 1..pair.close.at);
        let is_meant = !is_sentence && self.has_letter(label.clone()) && label.len() <= MAX_LABEL_BYTES;
        is_meant.then(|| {
            self.new_lookalike(LookalikeKind::OtherSyntax, pair.open.at..pair.close.end(), label, target, false)
        })
    }

    /// `[text|b.md]`, as other tools write links.
    pub(super) fn piped_link(&self, pair: Pair) -> Option<Lookalike> {
        let bar = pair.open.end() + self.text[pair.inside()].find('|')?;
        let (label, target) = (pair.open.end()..bar, bar + 1..pair.close.at);
        let is_meant = self.has_letter(label.clone()) && ParsedTarget::read(&self.text[target.clone()]).is_file();
        let range = pair.open.at..pair.close.end();
        is_meant.then(|| self.new_lookalike(LookalikeKind::OtherSyntax, range, label, target, false))
    }

    /// `[text]](b.md)`.
    pub(super) fn doubled_close(&self, pair: Pair) -> Option<Lookalike> {
        let stray_close = Some(pair.close.end()).filter(|at| self.brackets.is_stray(*at))?;
        let (target, end) = self.file_after(stray_close + 1)?;
        self.has_letter(pair.inside())
            .then(|| self.new_lookalike(LookalikeKind::OtherSyntax, pair.open.at..end, pair.inside(), target, true))
    }

    /// `[^1]`.
    pub(super) fn footnote(&self, pair: Pair) -> Option<Lookalike> {
        let label = self.text[pair.inside()].strip_prefix('^')?;
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        // Words that are defined as a footnote are not a character class.
        let are_words = label.trim().contains(' ')
            && !self.text[pair.close.end()..].starts_with(':')
            && label.chars().all(|c| is_word(c) || c == ' ')
            && self.context.spaced_labels.contains(label);
        let is_number = label.trim().bytes().all(|byte| byte.is_ascii_digit());
        let is_class = self.text[pair.close.end()..].starts_with(['+', '*', '?', '{', '/', '$', '\\', '|']);
        // Directly after a word, a label of words is not a character class.
        let follows_word = self.text[..pair.open.at].ends_with(|c: char| c.is_alphanumeric() || ".,;:!?)".contains(c));
        let is_label_char = |c: char| is_word(c) || (follows_word && (c == ' ' || "§*†'’/&+".contains(c)));
        let is_label = !label.trim().is_empty()
            && label.len() <= MAX_LABEL_BYTES
            && (are_words || is_number || label.chars().all(is_label_char));
        let is_meant = is_label && !is_class && !is_character_class(label) && pair.open.character == '[';
        let start = pair.open.end();
        is_meant.then(|| {
            self.new_lookalike(
                LookalikeKind::UndefinedFootnote,
                pair.open.at..pair.close.end(),
                start..pair.close.at,
                start..start,
                true,
            )
        })
    }
}

/// The labels in a text that contain spaces, from `[^` to `]: `.
pub(super) fn spaced_labels(text: &str) -> HashSet<&str> {
    let label = |at: usize| {
        let window = &text[at..text.floor_char_boundary(at + MAX_LABEL_BYTES)];
        let label = window.split(']').next().filter(|label| label.trim().contains(' '))?;
        text[at + label.len()..].starts_with("]: ").then_some(label)
    };
    memchr::memmem::find_iter(text.as_bytes(), "[^").filter_map(|at| label(at + 2)).collect()
}
