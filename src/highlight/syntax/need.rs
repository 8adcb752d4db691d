//! What a text must have so that an expression can match in it.
//!
//! An expression matches in one of several ways, such as by one of its keywords, and each way needs certain neighbours
//! beside each other. All of it is about texts of ASCII.

/// A set of ASCII bytes.
pub(super) type Bytes = u128;

/// Anything, also what is not read.
pub(super) const ANY: Bytes = Bytes::MAX;
/// So many sets are kept, those of the fewest bytes.
const MAX_SETS: usize = 3;
/// Of more ways nothing is told.
const MAX_WAYS: usize = 200;
/// So many pairs of a way are looked for.
const MAX_PAIRS: usize = 12;
/// A way that needs no more than one byte of so many is nearly always open.
const WIDE: u32 = 8;

/// What a match needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Requirement {
    /// Sets of bytes of which a match has one each.
    sets: Vec<Bytes>,
    /// The ways to match, of which one must be open; none when nothing is certain.
    ways: Vec<Alternative>,
}

/// A way to match: a byte of a set, and pairs of neighbours.
#[derive(Clone, Debug)]
struct Alternative {
    set: Bytes,
    pairs: Vec<u16>,
}

/// The pairs of neighbours in a text. Some pairs count as one, the two cases of a letter among them.
#[derive(Debug)]
pub(super) struct Pairs([u64; 16]);

impl Pairs {
    /// The pairs of a text.
    pub(super) fn of(text: &str) -> Pairs {
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

/// Two neighbours as one of 1,024 numbers.
fn pair(first: u8, second: u8) -> u16 {
    u16::from(first & 31) << 5 | u16::from(second & 31)
}

/// The bytes of a text; nothing when it is not of ASCII alone.
pub(super) fn bytes_of(text: &str) -> Option<Bytes> {
    let mut halves = [0_u64; 2];
    for byte in text.bytes() {
        *halves.get_mut(usize::from(byte >> 6))? |= 1 << (byte & 63);
    }
    Some(Bytes::from(halves[0]) | Bytes::from(halves[1]) << 64)
}

/// The set of the fewest bytes.
fn narrowest(sets: &[Bytes]) -> Option<Bytes> {
    sets.iter().copied().min_by_key(|set| set.count_ones())
}

/// What stands in a row is needed all together.
#[derive(Default)]
pub(super) struct Row {
    need: Requirement,
    pairs: Vec<u16>,
    last: Option<u8>,
}

impl Row {
    /// Adds what must be there, which is this sign and nothing else if one is given.
    pub(super) fn push(&mut self, found: Requirement, sign: Option<u8>) {
        if let Some((first, second)) = self.last.zip(sign)
            && self.pairs.len() < MAX_PAIRS
        {
            self.pairs.push(pair(first, second));
        }
        self.last = sign;
        self.need.sets.extend(found.sets);
        self.need.ways = both(std::mem::take(&mut self.need.ways), found.ways);
    }

    /// Passes something that may be absent.
    pub(super) fn pass(&mut self) {
        self.last = None;
    }

    /// What the whole needs.
    pub(super) fn end(self) -> Requirement {
        let Row { mut need, pairs, .. } = self;
        let set = narrowest(&need.sets).unwrap_or(ANY);
        if need.ways.is_empty() {
            need.ways = if pairs.is_empty() && set == ANY { Vec::new() } else { vec![Alternative { set, pairs }] };
        } else {
            need.ways.iter_mut().for_each(|way| way.narrow(set, &pairs));
        }
        need
    }
}

impl Alternative {
    fn narrow(&mut self, set: Bytes, pairs: &[u16]) {
        if set.count_ones() < self.set.count_ones() {
            self.set = set;
        }
        self.pairs.extend(pairs.iter().take(MAX_PAIRS.saturating_sub(self.pairs.len())));
    }

    fn is_open(&self, bytes: Bytes, pairs: &Pairs) -> bool {
        self.set & bytes != 0 && self.pairs.iter().all(|pair| pairs.has(*pair))
    }
}

/// The ways to match one thing and another: those of one of them where there would be too many.
fn both(first: Vec<Alternative>, second: Vec<Alternative>) -> Vec<Alternative> {
    if first.is_empty() || second.is_empty() {
        return if first.is_empty() { second } else { first };
    }
    if first.len() * second.len() > MAX_WAYS {
        let fewest = |ways: &[Alternative]| ways.iter().map(|way| way.pairs.len()).min();
        return if fewest(&first) < fewest(&second) { second } else { first };
    }
    let joined = |way: &Alternative, other: &Alternative| {
        let mut way = way.clone();
        way.narrow(other.set, &other.pairs);
        way
    };
    first.iter().flat_map(|way| second.iter().map(|other| joined(way, other))).collect()
}

impl Requirement {
    /// A byte of a set.
    pub(super) fn of(set: Bytes) -> Requirement {
        Requirement { sets: if set == ANY { Vec::new() } else { vec![set] }, ways: Vec::new() }
    }

    /// What is needed for one or the other: a byte that one of them needs, and one of the ways of both.
    pub(super) fn or(self, other: Requirement) -> Requirement {
        let set = narrowest(&self.sets).zip(narrowest(&other.sets)).map(|(one, other)| one | other);
        let is_certain = !self.ways.is_empty() && !other.ways.is_empty();
        let ways = if is_certain { self.ways.into_iter().chain(other.ways).collect() } else { Vec::new() };
        Requirement { sets: set.into_iter().filter(|set| *set != ANY).collect(), ways }
    }

    /// The same without what is rarely absent.
    pub(super) fn without_common(mut self) -> Requirement {
        self.sets.sort_unstable_by_key(|set| (set.count_ones(), *set));
        self.sets.dedup();
        self.sets.truncate(MAX_SETS);
        let is_wide = |way: &Alternative| way.pairs.is_empty() && way.set.count_ones() > WIDE;
        if self.ways.len() > MAX_WAYS || self.ways.iter().any(is_wide) {
            self.ways.clear();
        }
        self
    }

    /// Whether a text with these bytes lacks one that a match has.
    pub(super) fn lacks_byte(&self, bytes: Bytes) -> bool {
        self.sets.iter().any(|set| set & bytes == 0)
    }

    /// Whether it depends on pairs that [`Requirement::lacks_pair`] looks for.
    pub(super) fn has_ways(&self) -> bool {
        !self.ways.is_empty()
    }

    /// Whether no way to match is open in a text with these bytes and pairs.
    pub(super) fn lacks_pair(&self, bytes: Bytes, pairs: &Pairs) -> bool {
        !self.ways.is_empty() && !self.ways.iter().any(|way| way.is_open(bytes, pairs))
    }
}
