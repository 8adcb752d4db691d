//! Word-by-word differences between texts: the first few in context, or all of them as a redline.

mod blocks;
mod redline;
mod sequence;

pub(crate) use blocks::{Block, BlockKind};
pub(crate) use redline::{Redline, RedlinePart, Segment};

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The maximum number of changed words shown.
const MAX_CHANGED_WORDS: usize = 12;
/// The number of unchanged words shown on either side of a change.
const CONTEXT_WORDS: usize = 4;
/// The number of words compared at a time, because the time to compare grows with the square of their number.
const WINDOW_WORDS: usize = 2_000;

/// A range of words that was replaced by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordChange {
    /// The deleted words, in context.
    pub(crate) before: String,
    /// The inserted words, in context.
    pub(crate) after: String,
}

/// The first changes from one text to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordChanges {
    /// The changes, in the order of the text.
    pub(crate) shown: Vec<WordChange>,
    /// Whether there are more.
    pub(crate) has_more: bool,
}

/// The ranges of differing words in the old and in the new text.
type ChangedRange = (std::ops::Range<usize>, std::ops::Range<usize>);

/// Returns the first changes of words, ignoring how the texts are wrapped.
pub(crate) fn find_changes(before: &str, after: &str) -> WordChanges {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split_whitespace().collect(), after.split_whitespace().collect());
    let (stretches, has_more) = first_changed_ranges(&old, &new);
    let shown = stretches
        .into_iter()
        .map(|(deleted, inserted)| WordChange { before: quote(&old, deleted), after: quote(&new, inserted) });
    WordChanges { shown: shown.collect(), has_more }
}

/// Returns ranges with up to [`MAX_CHANGED_WORDS`] changed words, and whether there are more.
fn first_changed_ranges(old: &[&str], new: &[&str]) -> (Vec<ChangedRange>, bool) {
    let mut found: Vec<ChangedRange> = Vec::new();
    let mut left = MAX_CHANGED_WORDS;
    let (mut at_old, mut at_new) = (0, 0);
    loop {
        let same = old[at_old..].iter().zip(&new[at_new..]).take_while(|(old, new)| old == new).count();
        (at_old, at_new) = (at_old + same, at_new + same);
        if at_old == old.len() && at_new == new.len() {
            return (found, false);
        }
        if left == 0 {
            return (found, true);
        }
        let (deleted, inserted) = next_change(old, at_old, new, at_new);
        let shown_words = deleted.min(left).max(inserted.min(left));
        push_or_merge(&mut found, (at_old..at_old + deleted.min(left), at_new..at_new + inserted.min(left)));
        if deleted.max(inserted) > left {
            return (found, true);
        }
        left -= shown_words;
        (at_old, at_new) = (at_old + deleted, at_new + inserted);
    }
}

/// Returns the number of old words that were replaced and of new words that replace them, at the first difference.
fn next_change(old: &[&str], at_old: usize, new: &[&str], at_new: usize) -> (usize, usize) {
    let window = |words: &[&str], at: usize| at..words.len().min(at + WINDOW_WORDS);
    let (old, new) = (&old[window(old, at_old)], &new[window(new, at_new)]);
    let mut change = (0, 0);
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        match op {
            DiffOp::Equal { .. } => break,
            DiffOp::Delete { old_len, .. } => change.0 += old_len,
            DiffOp::Insert { new_len, .. } => change.1 += new_len,
            DiffOp::Replace { old_len, new_len, .. } => change = (change.0 + old_len, change.1 + new_len),
        }
    }
    change
}

/// Adds a range, merging it into the last one if their contexts touch.
fn push_or_merge(ranges: &mut Vec<ChangedRange>, (deleted, inserted): ChangedRange) {
    match ranges.last_mut() {
        Some((last_gone, last_come)) if deleted.start - last_gone.end <= 2 * CONTEXT_WORDS => {
            last_gone.end = deleted.end;
            last_come.end = inserted.end;
        }
        _ => ranges.push((deleted, inserted)),
    }
}

/// Quotes words in context.
fn quote(words: &[&str], range: std::ops::Range<usize>) -> String {
    let (start, end) = (range.start.saturating_sub(CONTEXT_WORDS), words.len().min(range.end + CONTEXT_WORDS));
    let lead = if start > 0 { "… " } else { "" };
    let tail = if end < words.len() { " …" } else { "" };
    format!("{lead}{}{tail}", words[start..end].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<String> {
        let changes = find_changes(before, after);
        let lines =
            changes.shown.iter().flat_map(|change| [format!("- {}", change.before), format!("+ {}", change.after)]);
        lines.chain(changes.has_more.then(|| "more".to_owned())).collect()
    }

    #[test]
    fn changed_words_stand_among_their_neighbours() {
        assert_eq!(
            shown(
                "Every change is approved within 5 working\ndays by the owner.",
                "Every change is approved within 3 working days by the owner."
            ),
            [
                "- … change is approved within 5 working days by the …",
                "+ … change is approved within 3 working days by the …"
            ]
        );
        assert_eq!(shown("a b", "a x b"), ["- a b", "+ a x b"]);
        assert_eq!(shown("a b c", "a c"), ["- a b c", "+ a c"]);
        assert_eq!(shown("", "a"), ["- ", "+ a"]);
        assert_eq!(shown("a  b", " a\nb "), Vec::<String>::new());
    }

    #[test]
    fn changes_close_together_are_one_and_changes_apart_are_two() {
        let words = |at: &[usize]| -> String {
            (0..40).map(|word| if at.contains(&word) { "x ".to_owned() } else { format!("w{word} ") }).collect()
        };
        assert_eq!(shown(&words(&[]), &words(&[3, 9])).len(), 2);
        assert_eq!(shown(&words(&[]), &words(&[3, 30])).len(), 4);
    }

    #[test]
    fn no_more_words_are_shown_than_can_be_read_and_that_there_are_more_is_said() {
        let long = |word: &str| format!("{word} ").repeat(50);
        let all = shown(&long("a"), &long("b"));
        assert_eq!(all.len(), 3);
        assert_eq!(all[0].matches('a').count(), MAX_CHANGED_WORDS + CONTEXT_WORDS);
        assert_eq!(all[2], "more");
        assert_eq!(
            shown("a b c d e f g h i j k l", "m n o p q r s t u v w x").len(),
            2,
            "exactly as many as can be shown"
        );
    }

    #[test]
    fn changes_beyond_the_comparison_window_are_found() {
        let same: String = (0..3 * WINDOW_WORDS).map(|word| format!("w{word} ")).collect();
        assert_eq!(shown(&format!("{same} old"), &format!("new {same} old")).len(), 2);
        assert_eq!(shown(&format!("{same} old"), &format!("new {same} young")).len(), 4);
    }
}
