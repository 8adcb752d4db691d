//! The characters that a text must contain so that an expression can match.
//!
//! An expression has several alternatives, for example one per keyword, and each alternative requires certain pairs of
//! adjacent characters. All of this applies to ASCII texts only.

/// A set of ASCII bytes.
pub(super) type ByteMask = u128;

/// All bytes, for unsupported parts of an expression.
pub(super) const ANY: ByteMask = ByteMask::MAX;
/// Maximum number of sets that are kept, those with the fewest bytes.
const MAX_SETS: usize = 3;
/// Maximum number of alternatives; an expression with more is not analysed.
const MAX_ALTERNATIVES: usize = 200;
/// Maximum number of pairs per alternative.
const MAX_PAIRS: usize = 12;
/// Maximum size of the set in an alternative without pairs; a larger set is nearly always satisfied.
const MAX_SINGLE_SET: u32 = 8;

/// The requirements for a match.
#[derive(Clone, Debug, Default)]
pub(super) struct Requirement {
    /// Sets of bytes; a match contains a byte of each.
    sets: Vec<ByteMask>,
    /// The alternatives, one of which must be possible; empty if nothing is certain.
    alternatives: Vec<Alternative>,
}

/// An alternative: a byte of a set, and pairs of adjacent characters.
#[derive(Clone, Debug)]
struct Alternative {
    set: ByteMask,
    pairs: Vec<u16>,
}

/// The pairs of adjacent characters in a text. Some pairs are not distinguished, in particular the two cases of a
/// letter.
#[derive(Debug)]
pub(super) struct Pairs([u64; 16]);

impl Pairs {
    /// Collects the pairs of a text.
    pub(super) fn from_text(text: &str) -> Pairs {
        let mut pairs = [0; 16];
        for two in text.as_bytes().windows(2) {
            let pair = pair(two[0], two[1]);
            pairs[usize::from(pair >> 6)] |= 1 << (pair & 63);
        }
        Pairs(pairs)
    }

    fn has(&self, pair: u16) -> bool {
        self.0[usize::from(pair >> 6)] & 1 << (pair & 63) != 0
    }
}

/// Maps two adjacent bytes to one of 1,024 numbers.
fn pair(first: u8, second: u8) -> u16 {
    u16::from(first & 31) << 5 | u16::from(second & 31)
}

/// The set of bytes of a text; `None` if the text is not ASCII.
pub(super) fn bytes_of(text: &str) -> Option<ByteMask> {
    let mut halves = [0_u64; 2];
    for byte in text.bytes() {
        *halves.get_mut(usize::from(byte >> 6))? |= 1 << (byte & 63);
    }
    Some(ByteMask::from(halves[0]) | ByteMask::from(halves[1]) << 64)
}

/// The set with the fewest bytes.
fn narrowest(sets: &[ByteMask]) -> Option<ByteMask> {
    sets.iter().copied().min_by_key(|set| set.count_ones())
}

/// The requirements of a sequence, all of which must be met.
#[derive(Default)]
pub(super) struct SequenceRequirement {
    requirement: Requirement,
    pairs: Vec<u16>,
    last: Option<u8>,
}

impl SequenceRequirement {
    /// Adds a required part; `sign` is given if the part is exactly this character.
    pub(super) fn push(&mut self, requirement: Requirement, sign: Option<u8>) {
        if let Some((first, second)) = self.last.zip(sign)
            && self.pairs.len() < MAX_PAIRS
        {
            self.pairs.push(pair(first, second));
        }
        self.last = sign;
        self.requirement.sets.extend(requirement.sets);
        self.requirement.alternatives =
            combine_alternatives(std::mem::take(&mut self.requirement.alternatives), requirement.alternatives);
    }

    /// Skips an optional part.
    pub(super) fn skip_optional(&mut self) {
        self.last = None;
    }

    /// The requirements of the whole sequence.
    pub(super) fn finish(self) -> Requirement {
        let SequenceRequirement { requirement: mut need, pairs, .. } = self;
        let set = narrowest(&need.sets).unwrap_or(ANY);
        if need.alternatives.is_empty() {
            need.alternatives =
                if pairs.is_empty() && set == ANY { Vec::new() } else { vec![Alternative { set, pairs }] };
        } else {
            need.alternatives.iter_mut().for_each(|alternative| alternative.narrow(set, &pairs));
        }
        need
    }
}

impl Alternative {
    fn narrow(&mut self, set: ByteMask, pairs: &[u16]) {
        if set.count_ones() < self.set.count_ones() {
            self.set = set;
        }
        self.pairs.extend(pairs.iter().take(MAX_PAIRS.saturating_sub(self.pairs.len())));
    }

    fn is_possible(&self, bytes: ByteMask, pairs: &Pairs) -> bool {
        self.set & bytes != 0 && self.pairs.iter().all(|pair| pairs.has(*pair))
    }
}

/// The alternatives to match both parts; only those of one part if there would be too many combinations.
fn combine_alternatives(first: Vec<Alternative>, second: Vec<Alternative>) -> Vec<Alternative> {
    if first.is_empty() || second.is_empty() {
        return if first.is_empty() { second } else { first };
    }
    if first.len() * second.len() > MAX_ALTERNATIVES {
        let fewest = |ways: &[Alternative]| ways.iter().map(|alternative| alternative.pairs.len()).min();
        return if fewest(&first) < fewest(&second) { second } else { first };
    }
    let combine = |alternative: &Alternative, other: &Alternative| {
        let mut combined = alternative.clone();
        combined.narrow(other.set, &other.pairs);
        combined
    };
    first.iter().flat_map(|alternative| second.iter().map(|other| combine(alternative, other))).collect()
}

impl Requirement {
    /// Requires a byte of a set.
    pub(super) fn from_set(set: ByteMask) -> Requirement {
        Requirement { sets: if set == ANY { Vec::new() } else { vec![set] }, alternatives: Vec::new() }
    }

    /// Requires either: a byte that one of the two requires, and an alternative of one of them.
    pub(super) fn or(self, other: Requirement) -> Requirement {
        let set = narrowest(&self.sets).zip(narrowest(&other.sets)).map(|(one, other)| one | other);
        let is_certain = !self.alternatives.is_empty() && !other.alternatives.is_empty();
        let ways =
            if is_certain { self.alternatives.into_iter().chain(other.alternatives).collect() } else { Vec::new() };
        Requirement { sets: set.into_iter().filter(|set| *set != ANY).collect(), alternatives: ways }
    }

    /// Drops requirements that are almost always met.
    pub(super) fn without_common(mut self) -> Requirement {
        self.sets.sort_unstable_by_key(|set| (set.count_ones(), *set));
        self.sets.dedup();
        self.sets.truncate(MAX_SETS);
        let is_wide =
            |alternative: &Alternative| alternative.pairs.is_empty() && alternative.set.count_ones() > MAX_SINGLE_SET;
        if self.alternatives.len() > MAX_ALTERNATIVES || self.alternatives.iter().any(is_wide) {
            self.alternatives.clear();
        }
        self
    }

    /// Whether a text with these bytes lacks a required byte.
    pub(super) fn lacks_byte(&self, bytes: ByteMask) -> bool {
        self.sets.iter().any(|set| set & bytes == 0)
    }

    /// Whether [`Requirement::lacks_pair`] can tell more.
    pub(super) fn has_alternatives(&self) -> bool {
        !self.alternatives.is_empty()
    }

    /// Whether no alternative is possible in a text with these bytes and pairs.
    pub(super) fn lacks_pair(&self, bytes: ByteMask, pairs: &Pairs) -> bool {
        !self.alternatives.is_empty()
            && !self.alternatives.iter().any(|alternative| alternative.is_possible(bytes, pairs))
    }
}
