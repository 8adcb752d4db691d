//! Normalizes a line for matching: plain spaces and hyphens, and no invisible characters; and splits it into words.

use std::borrow::Cow;

use crate::text::is_invisible;

/// Returns a line normalized for matching, and adjusts the positions in `places`, which must be in ascending order.
pub(super) fn fold<'t>(line: &'t str, places: &mut [usize]) -> Cow<'t, str> {
    if line.is_ascii() {
        return Cow::Borrowed(line);
    }
    let mut folded = String::with_capacity(line.len());
    let mut places = places.iter_mut().peekable();
    for (at, c) in line.char_indices() {
        while let Some(place) = places.next_if(|place| **place <= at) {
            *place = folded.len();
        }
        let is_between = |separator: char| {
            let after = line[at + separator.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
            after && folded.ends_with(|last: char| last.is_ascii_digit())
        };
        match c {
            _ if is_invisible(c) => {}
            '®' | '™' => {}
            _ if c.is_whitespace() => folded.push(' '),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            '\u{2013}' if is_between(c) => folded.push('-'),
            '\u{ff01}'..='\u{ff5e}' => folded.push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)),
            _ => folded.push(c),
        }
    }
    places.for_each(|place| *place = folded.len());
    Cow::Owned(folded)
}

/// The words of a text in lower case, without punctuation.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
