//! Links with a space before their label, which is read as a link of its own.

use super::pair::Pair;
use super::{LineScan, Lookalike, LookalikeKind, MAX_LABEL_BYTES};
use crate::rules::lookalike::brackets::{is_typed, source_of_words, source_offset};

/// Words in brackets that are no text of a link: remarks of an editor, states of a document and keys.
const REMARKS: [&str; 36] = [
    "sic",
    "ibid",
    "emphasis added",
    "optional",
    "required",
    "internal",
    "external",
    "archived",
    "draft",
    "obsolete",
    "deprecated",
    "retired",
    "withdrawn",
    "superseded",
    "updated",
    "new",
    "old",
    "entwurf",
    "archiviert",
    "veraltet",
    "neu",
    "ctrl",
    "alt",
    "altgr",
    "shift",
    "cmd",
    "esc",
    "enter",
    "tab",
    "win",
    "fn",
    "del",
    "strg",
    "umschalt",
    "entf",
    "maj",
];

/// Whether words in brackets are a remark, a key or a level of a log, such as `WARN`.
fn is_remark(words: &str) -> bool {
    let is_level = words.len() > 3 && words.bytes().all(|byte| byte.is_ascii_uppercase());
    is_level || REMARKS.contains(&words.to_lowercase().as_str())
}

impl LineScan<'_> {
    /// `[text] [label]`, whose label is read as a link of its own.
    pub(super) fn space_before_label(&self, pair: Pair) -> Option<Lookalike> {
        let is_text = |text: &str| !text.starts_with('^') && text.chars().count() > 1 && !is_remark(text);
        let (source, _) = source_of_words(self.file);
        let close = source_offset(self.file, pair.close.at).filter(|_| {
            self.has_letter(pair.inside()) && is_text(&self.text[pair.inside()]) && is_typed(self.file, pair.close.at)
        })?;
        let rest = source.as_str().get(close + 1..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let is_near = gap > 0 && rest[..gap].matches('\n').count() < 2;
        let label = rest[gap..].strip_prefix('[').filter(|_| is_near)?;
        let label = &label[..label.floor_char_boundary(MAX_LABEL_BYTES)];
        let end = label.find(']').filter(|end| !label[end + 1..].starts_with(['(', '[']))?;
        let start = u32::try_from(close + 1 + gap).ok()?;
        let is_link = self.context.links.binary_search(&start).is_ok() && end > 0;
        is_link.then(|| {
            let range = pair.open.at..pair.close.end();
            self.new_lookalike(LookalikeKind::SpaceBeforeLabel, range.clone(), pair.inside(), range, false)
        })
    }
}
