//! Differences between sequences in linear time.

use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The number of elements compared at a time, because the time to compare grows with the square of their number.
const WINDOW_ELEMENTS: usize = 1_500;

/// A range in both sequences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SequenceSpan {
    /// The range in the old sequence.
    pub(super) old: Range<usize>,
    /// The range in the new sequence.
    pub(super) new: Range<usize>,
    /// Whether both ranges are equal.
    pub(super) is_equal: bool,
}

/// Returns the equal and the differing ranges in order, covering both sequences.
pub(super) fn diff_spans<T: Hash + Eq + Ord>(old: &[T], new: &[T]) -> Vec<SequenceSpan> {
    let mut found: Vec<SequenceSpan> = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    while at_old < old.len() || at_new < new.len() {
        let end = |list: &[T], at: usize| list.len().min(at + WINDOW_ELEMENTS);
        let (end_old, end_new) = (end(old, at_old), end(new, at_new));
        let is_last = end_old == old.len() && end_new == new.len();
        let mut window = capture_diff_slices(Algorithm::Myers, &old[at_old..end_old], &new[at_new..end_new]);
        // Elements after the last equal one may have their counterparts in the next window.
        while !is_last && window.len() > 1 && !matches!(window.last(), Some(DiffOp::Equal { .. })) {
            window.pop();
        }
        let (mut next_old, mut next_new) = (at_old, at_new);
        for operation in window {
            let (of_old, of_new) = (operation.old_range(), operation.new_range());
            let same = matches!(operation, DiffOp::Equal { .. });
            let old = at_old + of_old.start..at_old + of_old.end;
            let new = at_new + of_new.start..at_new + of_new.end;
            (next_old, next_new) = (old.end, new.end);
            push_or_merge(&mut found, SequenceSpan { old, new, is_equal: same });
        }
        (at_old, at_new) = (next_old, next_new);
    }
    found
}

/// Adds a range, merging it into the last one if it is of the same kind.
fn push_or_merge(spans: &mut Vec<SequenceSpan>, next: SequenceSpan) {
    match spans.last_mut() {
        Some(last) if last.is_equal == next.is_equal => {
            last.old.end = next.old.end;
            last.new.end = next.new.end;
        }
        _ => spans.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(old: &[u32], new: &[u32]) -> Vec<SequenceSpan> {
        let stretches = diff_spans(old, new);
        let (mut at_old, mut at_new) = (0, 0);
        for one in &stretches {
            assert_eq!((one.old.start, one.new.start), (at_old, at_new));
            assert!(!one.is_equal || old[one.old.clone()] == new[one.new.clone()]);
            (at_old, at_new) = (one.old.end, one.new.end);
        }
        assert_eq!((at_old, at_new), (old.len(), new.len()));
        stretches
    }

    #[test]
    fn long_sequences_are_compared_in_windows_and_nothing_is_lost() {
        let all: Vec<u32> = (0..10 * WINDOW_ELEMENTS as u32).collect();
        let other: Vec<u32> = all.iter().map(|one| one + 1_000_000).collect();
        assert_eq!(whole(&all, &all).len(), 1);
        assert_eq!(whole(&all, &other).iter().filter(|one| one.is_equal).count(), 0);
        assert!(whole(&[], &all).len() == 1 && whole(&all, &[]).len() == 1 && whole(&[], &[]).is_empty());
        let without: Vec<u32> = all.iter().copied().filter(|one| one % 1_000 != 7).collect();
        assert_eq!(whole(&all, &without).iter().filter(|one| !one.is_equal).count(), 15);
        // Far more elements were inserted than fit into a window.
        let mut more = other[..3 * WINDOW_ELEMENTS].to_vec();
        more.extend(&all[..20]);
        let found = whole(&all[..20], &more);
        assert!(found.iter().any(|one| !one.is_equal));
    }
}
