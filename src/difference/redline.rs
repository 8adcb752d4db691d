//! All changes from one Markdown text to another, by block and by word.

use super::blocks::{Block, BlockKind, blocks};
use super::sequence::{SequenceSpan, diff_spans};

/// The minimum percentage of common words for two blocks to count as one changed block.
const MIN_SIMILARITY: usize = 35;
/// The maximum number of pairs of blocks to compare. If there are more, each block is compared only with the one at the
/// same position.
const MAX_PAIRS: usize = 10_000;

/// The changes between two texts. The old blocks of all parts make up the old text, the new blocks the new text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Redline<'t> {
    /// The parts in the order of the texts.
    pub(crate) parts: Vec<RedlinePart<'t>>,
}

/// A block and its change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RedlinePart<'t> {
    /// The block is unchanged, except perhaps for wrapping.
    Same(Block<'t>, Block<'t>),
    /// The block was deleted.
    Deleted(Block<'t>),
    /// The block was inserted.
    Inserted(Block<'t>),
    /// The block was changed, with its words.
    Changed(Block<'t>, Block<'t>, Vec<Segment<'t>>),
}

/// Words of a changed block, with the white space after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Segment<'t> {
    /// Unchanged words, as in the old and in the new text.
    Same(&'t str, &'t str),
    /// Deleted words.
    Deleted(&'t str),
    /// Inserted words.
    Inserted(&'t str),
}

impl<'t> Redline<'t> {
    /// Compares two texts.
    pub(crate) fn new(old: &'t str, new: &'t str) -> Redline<'t> {
        let (old, new) = (blocks(old), blocks(new));
        let keys = |blocks: &[Block<'_>]| blocks.iter().map(Block::comparison_key).collect::<Vec<_>>();
        let mut parts = Vec::new();
        for SequenceSpan { old: of_old, new: of_new, is_equal: same } in diff_spans(&keys(&old), &keys(&new)) {
            let (old, new) = (&old[of_old], &new[of_new]);
            match same {
                true => parts.extend(old.iter().zip(new).map(|(old, new)| RedlinePart::Same(*old, *new))),
                false => pair_blocks(old, new, &mut parts),
            }
        }
        Redline { parts }
    }

    /// Whether both texts say the same, except perhaps for wrapping.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, RedlinePart::Same(..)))
    }
}

/// Matches old blocks with the new blocks that replace them.
fn pair_blocks<'t>(old: &[Block<'t>], new: &[Block<'t>], parts: &mut Vec<RedlinePart<'t>>) {
    let (mut at_old, mut at_new) = (0, 0);
    for (next_old, next_new) in similar_pairs(old, new) {
        parts.extend(old[at_old..next_old].iter().map(|block| RedlinePart::Deleted(*block)));
        parts.extend(new[at_new..next_new].iter().map(|block| RedlinePart::Inserted(*block)));
        let (before, after) = (old[next_old], new[next_new]);
        parts.push(RedlinePart::Changed(before, after, compare_words(before.text, after.text)));
        (at_old, at_new) = (next_old + 1, next_new + 1);
    }
    parts.extend(old[at_old..].iter().map(|block| RedlinePart::Deleted(*block)));
    parts.extend(new[at_new..].iter().map(|block| RedlinePart::Inserted(*block)));
}

/// The most similar pairs of blocks, in the order of both texts.
fn similar_pairs(old: &[Block<'_>], new: &[Block<'_>]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MAX_PAIRS {
        let in_place = 0..old.len().min(new.len());
        return in_place.map(|at| (at, at)).filter(|(at, _)| similarity(&old[*at], &new[*at]) > 0).collect();
    }
    // The maximum total likeness of pairs among the blocks from here on.
    let width = new.len() + 1;
    let mut best = vec![0_usize; (old.len() + 1) * width];
    let mut similarities = vec![0_usize; old.len() * new.len()];
    for at_old in (0..old.len()).rev() {
        for at_new in (0..new.len()).rev() {
            let likeness = similarity(&old[at_old], &new[at_new]);
            similarities[at_old * new.len() + at_new] = likeness;
            let paired = if likeness > 0 { likeness + best[(at_old + 1) * width + at_new + 1] } else { 0 };
            let skipped = best[(at_old + 1) * width + at_new].max(best[at_old * width + at_new + 1]);
            best[at_old * width + at_new] = paired.max(skipped);
        }
    }
    let (mut pairs, mut at_old, mut at_new) = (Vec::new(), 0, 0);
    while at_old < old.len() && at_new < new.len() {
        let (score, likeness) = (best[at_old * width + at_new], similarities[at_old * new.len() + at_new]);
        if likeness > 0 && score == likeness + best[(at_old + 1) * width + at_new + 1] {
            pairs.push((at_old, at_new));
            (at_old, at_new) = (at_old + 1, at_new + 1);
        } else if score == best[(at_old + 1) * width + at_new] {
            at_old += 1;
        } else {
            at_new += 1;
        }
    }
    pairs
}

/// How likely two blocks are one changed block: 0, or the percentage of words that they share plus one. For keys of
/// front matter, only their names count.
fn similarity(old: &Block<'_>, new: &Block<'_>) -> usize {
    if std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind)
        || old.is_delimiter() != new.is_delimiter()
    {
        return 0;
    }
    if old.kind == BlockKind::Key {
        return if key_name(old) == key_name(new) { 101 } else { 0 };
    }
    let words = |block: &Block<'_>| {
        let mut words: Vec<String> = block.content().split_whitespace().map(str::to_lowercase).collect();
        words.sort_unstable();
        words
    };
    let (old, new) = (words(old), words(new));
    let (mut shared, mut at_old, mut at_new) = (0, 0, 0);
    while at_old < old.len() && at_new < new.len() {
        match old[at_old].cmp(&new[at_new]) {
            std::cmp::Ordering::Equal => (shared, at_old, at_new) = (shared + 1, at_old + 1, at_new + 1),
            std::cmp::Ordering::Less => at_old += 1,
            std::cmp::Ordering::Greater => at_new += 1,
        }
    }
    let percent = 200 * shared / (old.len() + new.len()).max(1);
    if percent >= MIN_SIMILARITY { percent + 1 } else { 0 }
}

/// The name of a key of front matter.
fn key_name<'t>(block: &Block<'t>) -> &'t str {
    block.content().split(':').next().unwrap_or_default()
}

/// Compares two texts word by word.
fn compare_words<'t>(old: &'t str, new: &'t str) -> Vec<Segment<'t>> {
    let (old_words, new_words) = (words(old), words(new));
    let trimmed = |words: &[(usize, usize)], text: &'t str| -> Vec<&'t str> {
        words.iter().map(|(start, end)| text[*start..*end].trim()).collect()
    };
    let of = |words: &[(usize, usize)], range: &std::ops::Range<usize>, text: &'t str| -> &'t str {
        match (words.get(range.start), range.end.checked_sub(1).and_then(|last| words.get(last))) {
            (Some((start, _)), Some((_, end))) if start < end => &text[*start..*end],
            _ => "",
        }
    };
    let spans = diff_spans(&trimmed(&old_words, old), &trimmed(&new_words, new));
    let mut segments = Vec::with_capacity(2 * spans.len());
    for SequenceSpan { old: of_old, new: of_new, is_equal: same } in spans {
        let (old_part, new_part) = (of(&old_words, &of_old, old), of(&new_words, &of_new, new));
        match same {
            true => segments.push(Segment::Same(old_part, new_part)),
            false => {
                segments.extend((!old_part.is_empty()).then_some(Segment::Deleted(old_part)));
                segments.extend((!new_part.is_empty()).then_some(Segment::Inserted(new_part)));
            }
        }
    }
    segments
}

/// The ranges of words in a text, each including the white space after it, and the first also the white space before
/// it. The separators between table cells are words.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut has_word, mut in_space) = (0, false, true);
    for (at, c) in text.char_indices() {
        let is_space = c.is_whitespace();
        let begins = !is_space && has_word && (in_space || c == '|' || text[start..at].trim() == "|");
        if begins {
            words.push((start, at));
            start = at;
        }
        has_word |= !is_space;
        in_space = is_space;
    }
    if start < text.len() {
        words.push((start, text.len()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The redline in short: `=` for an unchanged block, `-` for a deleted one, `+` for an inserted one, and words in
    /// brackets.
    fn shown(old: &str, new: &str) -> Vec<String> {
        let redline = Redline::new(old, new);
        let part = |part: &RedlinePart<'_>| match part {
            RedlinePart::Same(..) => "=".to_owned(),
            RedlinePart::Deleted(block) => format!("- {}", block.content()),
            RedlinePart::Inserted(block) => format!("+ {}", block.content()),
            RedlinePart::Changed(_, _, segments) => segments
                .iter()
                .map(|segment| match segment {
                    Segment::Same(_, text) => text.to_string(),
                    Segment::Deleted(text) => format!("[-{}-]", text.trim()),
                    Segment::Inserted(text) => format!("[+{}+]", text.trim()),
                })
                .collect::<String>()
                .trim()
                .to_owned(),
        };
        redline.parts.iter().map(part).collect()
    }

    /// The old and the new text of a redline.
    fn both(redline: &Redline<'_>) -> (String, String) {
        let (mut old, mut new) = (String::new(), String::new());
        for part in &redline.parts {
            match part {
                RedlinePart::Same(before, after) => (old.push_str(before.text), new.push_str(after.text)),
                RedlinePart::Deleted(before) => (old.push_str(before.text), ()),
                RedlinePart::Inserted(after) => (new.push_str(after.text), ()),
                RedlinePart::Changed(_, _, segments) => {
                    for segment in segments {
                        match segment {
                            Segment::Same(before, after) => {
                                assert!(before.split_whitespace().eq(after.split_whitespace()));
                                (old.push_str(before), new.push_str(after))
                            }
                            Segment::Deleted(before) => (old.push_str(before), ()),
                            Segment::Inserted(after) => (new.push_str(after), ()),
                        };
                    }
                    ((), ())
                }
            };
        }
        (old, new)
    }

    #[test]
    fn changed_words_are_found_and_wrapping_is_ignored() {
        let old = "# Approval\n\nEvery change is approved\nwithin five days.\n\n- one\n- two\n";
        let new = "# Approval\n\nEvery change is\napproved within three days.\n\n- two\n- three\n";
        assert_eq!(
            shown(old, new),
            ["=", "Every change is\napproved within [-five-][+three+]days.", "- - one", "=", "+ - three"]
        );
        assert!(Redline::new("a b\nc\n", "a\nb c\n\n").is_empty());
        assert!(!Redline::new("```\na  b\n```\n", "```\na b\n```\n").is_empty());
        assert!(!Redline::new("- a\n- b\n", "- a\n  - b\n").is_empty());
    }

    #[test]
    fn a_changed_row_is_one_row_with_old_and_new() {
        let table =
            |hours: &str, more: &str| format!("| Priority | Hours |\n|---|---|\n| P1 | {hours} |\n{more}| P2 | 8 |\n");
        assert_eq!(
            shown(&table("4", ""), &table("2", "| P1a | 3 |\n")),
            ["=", "=", "| P1 | [-4-][+2+]|", "+ | P1a | 3 |", "="]
        );
    }

    #[test]
    fn front_matter_keys_are_compared_by_name() {
        let old = "---\nid: X\nversion: '1'\nowner: A\n---\nText.\n";
        let new = "---\nid: X\nversion: '2'\nreview: 1 year\n---\nText.\n";
        assert_eq!(shown(old, new), ["=", "=", "version: [-'1'-][+'2'+]", "- owner: A", "+ review: 1 year", "=", "="]);
    }

    #[test]
    fn applying_a_redline_to_the_old_text_gives_the_new_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/markdown/specifications/examples.json");
        let examples: Vec<serde_json::Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let texts: Vec<&str> = examples.iter().filter_map(|example| example["markdown"].as_str()).collect();
        assert!(texts.len() > 600, "{}", texts.len());
        let long = texts.join("\n");
        let mut checked = 0;
        for step in [1, 7] {
            for (at, old) in texts.iter().enumerate() {
                let new = texts[(at + step) % texts.len()];
                let redline = Redline::new(old, new);
                assert_eq!(both(&redline), ((*old).to_owned(), new.to_owned()));
                assert!(Redline::new(old, old).is_empty());
                checked += 1;
            }
        }
        assert!(checked >= 1_000, "{checked}");
        let other = texts.iter().rev().copied().collect::<Vec<_>>().join("\n");
        assert_eq!(both(&Redline::new(&long, &other)), (long, other));
    }

    #[test]
    fn every_edit_of_one_word_of_a_long_text_is_one_change() {
        let text: String = (0..400).map(|at| format!("Sentence number {at} says what to do.\n\n")).collect();
        for at in [0, 57, 399] {
            let new = text.replace(&format!("number {at} says"), &format!("number {at} tells"));
            let redline = Redline::new(&text, &new);
            let changed = redline.parts.iter().filter(|part| !matches!(part, RedlinePart::Same(..)));
            assert!(changed.clone().all(|part| matches!(part, RedlinePart::Changed(..))));
            assert_eq!(changed.count(), 1);
        }
    }
}
