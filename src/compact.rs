//! Texts in few bytes, as stretches of a text that is at hand anyway and of themselves.
//!
//! HTML that was made of a source says much of it again, in the same order and between the same tags. Both ways cost a
//! small part of what making the HTML does, so that it can be held for every document until its page is made.

/// A text in few bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compact {
    bytes: Box<[u8]>,
    length: usize,
}

/// A shorter stretch is not worth its place.
const SHORTEST: usize = 5;
/// Lengths below are in the first byte of a step: those of what is new in the upper half, those of a stretch in the lower.
const LONG: usize = 15;
/// Places of a base are noted in steps so wide: a stretch is found from any place in it.
const STRIDE: usize = 3;
/// Bits of a hash of the next letters.
const BITS: u32 = 12;

impl Compact {
    /// Makes a text small beside a base.
    pub(crate) fn new(text: &str, base: &str) -> Compact {
        let (text, base) = (text.as_bytes(), base.as_bytes());
        let mut finder = Finder::new(text, base);
        let mut bytes = Vec::with_capacity(text.len() / 4 + 16);
        let (mut done, mut at) = (0, 0);
        while let Some(word) = word(text, at) {
            let Some(found) = finder.find(word, done, at) else {
                // What is like nothing before it is passed over faster the longer it is.
                at += 1 + ((at - done) >> 5);
                continue;
            };
            write(&mut bytes, &text[done..found.at], Some(&found));
            done = found.at + found.length;
            at = done;
        }
        write(&mut bytes, &text[done..], None);
        Compact { bytes: bytes.as_slice().into(), length: text.len() }
    }

    /// How many bytes the text has.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// The text again, from the same base.
    pub(crate) fn text(&self, base: &str) -> String {
        let base = base.as_bytes();
        let mut text: Vec<u8> = Vec::with_capacity(self.length);
        let mut steps = Steps(&self.bytes);
        while let Some(first) = steps.byte() {
            let fresh = steps.length(usize::from(first >> 4));
            text.extend_from_slice(steps.take(fresh));
            if steps.0.is_empty() {
                break;
            }
            let length = SHORTEST + steps.length(usize::from(first & 15));
            let back = steps.number();
            match (base.len() + text.len()).saturating_sub(back) {
                from if from < base.len() => text.extend_from_slice(base.get(from..from + length).unwrap_or_default()),
                from => repeat(&mut text, from - base.len(), length),
            }
        }
        String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

/// Adds a stretch of a text to its end; it may reach into what it adds.
fn repeat(text: &mut Vec<u8>, mut from: usize, mut length: usize) {
    while length > 0 && from < text.len() {
        let part = from..(from + length).min(text.len());
        (from, length) = (part.end, length - part.len());
        text.extend_from_within(part);
    }
}

/// A stretch that was there before.
struct Found {
    /// Where it begins in the text.
    at: usize,
    /// How far back it was, counted as if the text stood behind the base.
    back: usize,
    length: usize,
}

/// Finds what was there before.
struct Finder<'a> {
    text: &'a [u8],
    base: &'a [u8],
    /// The last place of each hash, counted from 1, as if the text stood behind the base.
    places: [u32; 1 << BITS],
}

impl<'a> Finder<'a> {
    fn new(text: &'a [u8], base: &'a [u8]) -> Finder<'a> {
        let mut finder = Finder { text, base, places: [0; 1 << BITS] };
        for at in (0..base.len()).step_by(STRIDE) {
            let Some(word) = word(base, at) else { break };
            finder.note(word, at);
        }
        finder
    }

    /// Notes a place; returns the one that was noted before, from 1.
    fn note(&mut self, word: u64, place: usize) -> usize {
        let place = u32::try_from(place + 1).unwrap_or_default();
        // Of the next letters as many as the shortest stretch has.
        let hash = (word << (64 - 8 * SHORTEST)).wrapping_mul(0x9E37_79B1_85EB_CA87) >> (64 - BITS);
        let slot = &mut self.places[usize::try_from(hash).unwrap_or_default() & ((1 << BITS) - 1)];
        std::mem::replace(slot, place) as usize
    }

    /// A stretch around a place that was there before; it begins after `done`.
    fn find(&mut self, word: u64, done: usize, at: usize) -> Option<Found> {
        let here = self.base.len() + at;
        let place = self.note(word, here).checked_sub(1)?;
        let (old, from) = match place.checked_sub(self.base.len()) {
            None => (self.base, place),
            Some(from) => (&self.text[..at], from),
        };
        let length = alike(&old[from..], &self.text[at..]);
        if length < SHORTEST {
            return None;
        }
        let most = from.min(at - done);
        let before = (1..=most).take_while(|by| old[from - by] == self.text[at - by]).count();
        Some(Found { at: at - before, back: here - place, length: before + length })
    }
}

/// The next eight letters.
fn word(text: &[u8], at: usize) -> Option<u64> {
    text.get(at..).and_then(<[u8]>::first_chunk).map(|word| u64::from_le_bytes(*word))
}

/// With how many bytes two texts begin alike.
fn alike(one: &[u8], other: &[u8]) -> usize {
    let mut length = 0;
    while let (Some(a), Some(b)) = (word(one, length), word(other, length)) {
        if a != b {
            return length + (a ^ b).trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + one[length..].iter().zip(&other[length..]).take_while(|(a, b)| a == b).count()
}

/// Writes a step: what is new, and the stretch behind it.
fn write(bytes: &mut Vec<u8>, fresh: &[u8], found: Option<&Found>) {
    let more = found.map_or(0, |found| found.length - SHORTEST);
    let short = |length: usize| u8::try_from(length.min(LONG)).unwrap_or_default();
    bytes.push(short(fresh.len()) << 4 | short(more));
    if fresh.len() >= LONG {
        write_number(bytes, fresh.len() - LONG);
    }
    bytes.extend_from_slice(fresh);
    if let Some(found) = found {
        if more >= LONG {
            write_number(bytes, more - LONG);
        }
        write_number(bytes, found.back);
    }
}

/// Writes a number seven bits a byte; another byte follows one of 128 and more.
fn write_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        bytes.push(number.to_le_bytes()[0] | 128);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// Reads what was written.
struct Steps<'a>(&'a [u8]);

impl<'a> Steps<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        while let Some(byte) = self.byte() {
            number |= usize::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 28 {
                break;
            }
        }
        number
    }

    fn length(&mut self, short: usize) -> usize {
        if short < LONG { short } else { LONG + self.number() }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    #[test]
    fn html_of_a_text_takes_a_part_of_its_room() {
        let source =
            "A sentence of the source that says something, and more of it.\n\n".repeat(3) + "| a | b |\n| c | d |\n";
        let html = "<p>A sentence of the source that says something, and more of it.</p>\n".repeat(3)
            + "<tr><td>a</td><td>b</td></tr>\n<tr><td>c</td><td>d</td></tr>\n";
        let compact = Compact::new(&html, &source);
        assert_eq!((compact.text(&source), compact.len()), (html.clone(), html.len()));
        assert!(compact.bytes.len() < html.len() / 3, "{} of {}", compact.bytes.len(), html.len());
    }

    #[test]
    fn nothing_and_torn_bytes_are_read() {
        assert_eq!(Compact::new("", "").text(""), "");
        let compact = Compact::new(&"<td>abc</td>é".repeat(40), "abc");
        for length in 0..compact.bytes.len() {
            Compact { bytes: compact.bytes[..length].into(), length: 0 }.text("ab");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_given_back(
            parts in prop::collection::vec(select(&["word ", "é", "<td>", "</td>\n", "a longer stretch of words", "xxxxxxxx"][..]), 0..200),
            base in prop::collection::vec(select(&["word ", "é", "a longer stretch ", "of words", "x"][..]), 0..50),
            rest in any::<String>(),
        ) {
            let (text, base) = (format!("{}{rest}", parts.concat()), format!("{}{rest}", base.concat()));
            prop_assert_eq!(Compact::new(&text, &base).text(&base), text);
        }
    }
}
