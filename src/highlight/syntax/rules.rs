//! The rules of a context, indexed by the first characters of their matches.

use std::sync::Arc;

use super::grammar::Rule;
use super::match_start::{GROUPS, MatchStart, TextPosition};

/// Rules, in the order in which they are tried.
#[derive(Debug)]
pub(super) struct Rules {
    list: Vec<CandidateRule>,
    /// Length of each bit set in `by_group`, in elements (`u64`).
    width: usize,
    /// For each group of characters, a bit set of the rules whose matches can start with it.
    by_group: Box<[u64]>,
    /// The indexes of the rules that require a search.
    searched: Box<[usize]>,
}

/// A rule, with the positions at which it is tried.
#[derive(Debug)]
pub(super) struct CandidateRule {
    pub(super) rule: Arc<Rule>,
    begin: MatchStart,
    /// Whether matches depend on where the search starts, or on text from another match.
    pub(super) is_searched: bool,
}

impl Rules {
    pub(super) fn new(rules: Vec<Arc<Rule>>) -> Rules {
        let candidate = |rule: Arc<Rule>| CandidateRule {
            begin: rule.pattern.match_start(),
            is_searched: rule.is_searched(),
            rule,
        };
        let list: Vec<CandidateRule> = rules.into_iter().map(candidate).collect();
        let width = list.len().div_ceil(64);
        let mut by_group = vec![0_u64; GROUPS * width].into_boxed_slice();
        for (at, candidate) in list.iter().enumerate() {
            let groups = (0..GROUPS).filter(|group| candidate.is_searched || candidate.begin.first_chars.has(*group));
            groups.for_each(|group| by_group[group * width + at / 64] |= 1 << (at % 64));
        }
        let searched = (0..list.len()).filter(|number| list[*number].is_searched).collect();
        Rules { list, width, by_group, searched }
    }

    /// The rules that require a search, with their indexes.
    pub(super) fn searched(&self) -> impl Iterator<Item = (usize, &Arc<Rule>)> {
        self.searched.iter().map(|number| (*number, &self.list[*number].rule))
    }

    /// The rules that can match at a position, in order and with their indexes. Rules that require a search are always
    /// included.
    pub(super) fn candidates_at(&self, place: TextPosition) -> impl Iterator<Item = (usize, &CandidateRule)> {
        let bits = &self.by_group[place.group * self.width..(place.group + 1) * self.width];
        let numbers =
            bits.iter().enumerate().flat_map(|(word, bits)| bit_indexes(*bits).map(move |bit| word * 64 + bit));
        let candidates = numbers.map(|number| (number, &self.list[number]));
        candidates.filter(move |(_, tried)| tried.is_searched || tried.begin.can_start_at(place))
    }
}

/// The indexes of the bits that are set.
fn bit_indexes(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let number = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (number < 64).then_some(number)
    })
}
