//! Edits a text and maps positions in the result back to the original.

use std::borrow::Cow;
use std::ops::Range;

/// Edits to one text, in any order.
#[derive(Default)]
pub(super) struct Edits {
    list: Vec<(Range<usize>, Cow<'static, str>)>,
}

impl Edits {
    /// Replaces a byte range.
    pub(crate) fn replace(&mut self, range: Range<usize>, text: impl Into<Cow<'static, str>>) {
        self.list.push((range, text.into()));
    }

    /// Inserts text at a byte offset, after anything already inserted there.
    pub(crate) fn insert(&mut self, at: usize, text: impl Into<Cow<'static, str>>) {
        self.replace(at..at, text);
    }

    /// Removes a byte range.
    pub(crate) fn delete(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Whether there are no edits.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Applies the edits. If two overlap, the one that starts first wins.
    pub(crate) fn apply(mut self, text: &str) -> (String, Shifts) {
        self.list.sort_by_key(|(range, _)| range.start);
        let mut edited = String::with_capacity(text.len() + 4 * self.list.len());
        let mut shifts = Vec::with_capacity(self.list.len());
        let mut last_end = 0;
        for (old, replacement) in self.list {
            let Some(unchanged) = text.get(last_end..old.start) else { continue };
            edited.push_str(unchanged);
            let start = edited.len();
            edited.push_str(&replacement);
            last_end = old.end;
            shifts.push(Shift { new: start..edited.len(), old });
        }
        edited.push_str(&text[last_end..]);
        (edited, Shifts(shifts))
    }
}

/// Maps positions in an edited text to the original, in ascending order.
pub(super) struct Shifts(Vec<Shift>);

struct Shift {
    new: Range<usize>,
    old: Range<usize>,
}

impl Shifts {
    /// Original start of something that starts at a byte of the edited text.
    pub(crate) fn original_start(&self, at: usize) -> usize {
        self.before(self.0.partition_point(|shift| shift.new.start <= at), at)
    }

    /// Original end of something that ends at a byte of the edited text.
    pub(crate) fn original_end(&self, at: usize) -> usize {
        self.before(self.0.partition_point(|shift| shift.new.start < at), at)
    }

    /// The ranges that the edits removed or replaced, in order.
    pub(crate) fn removed(&self) -> impl Iterator<Item = &Range<usize>> {
        self.0.iter().map(|shift| &shift.old).filter(|old| !old.is_empty())
    }

    fn before(&self, shifts: usize, at: usize) -> usize {
        match shifts.checked_sub(1).and_then(|last| self.0.get(last)) {
            None => at,
            Some(Shift { new, old }) if at < new.end => old.end.min(old.start + (at - new.start)),
            Some(Shift { new, old }) => old.end + (at - new.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again_after_edits() {
        let mut edits = Edits::default();
        edits.delete(6..9);
        edits.insert(0, "> ");
        edits.replace(3..4, "wide");
        edits.insert(4, "!");
        let (text, shifts) = edits.apply("one two three");
        assert_eq!(text, "> onewide!twhree");
        assert_eq!((shifts.original_start(0), shifts.original_end(2), shifts.original_start(2)), (0, 0, 0));
        assert_eq!((shifts.original_start(5), shifts.original_end(9), shifts.original_start(10)), (3, 4, 4));
        assert_eq!((shifts.original_end(12), shifts.original_start(12), shifts.original_end(text.len())), (6, 9, 13));
    }

    #[test]
    fn of_overlapping_edits_the_first_counts() {
        let mut edits = Edits::default();
        edits.delete(0..4);
        edits.replace(2..6, "x");
        assert_eq!(edits.apply("abcdefgh").0, "efgh");
    }
}
