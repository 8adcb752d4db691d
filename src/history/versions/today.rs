//! Whether a text of the past has the front matter of today: then it says what that says, and need not be read.
//!
//! After an approval, mostly nothing but reviews is added. So entries of `reviews` may be missing, as long as nobody could take
//! any part of them for something else: the parser found the key where it is, and each line closes what it opens. Whatever
//! is not certain is read.

use std::ops::Range;

use crate::handbook::ParsedFile;
use crate::source::body_of;
use crate::source::front_matter::FrontMatter;

const KEY: &str = "reviews";
const FENCE: &str = "---\n";
/// What the settings may say for a document that is silent, by its path.
const GIVEN: [&str; 3] = ["id", "version", "status"];

/// Whether the front matter of a text says the same as that of a file of today about everything but its reviews.
pub(super) fn has_front_of(text: &str, today: &ParsedFile) -> bool {
    let source = today.source.as_str();
    let front = today.front.as_ref().filter(|front| !front.torn && GIVEN.iter().all(|key| front.has_key(key)));
    let head = source.strip_suffix(body_of(source)).unwrap_or_default();
    let inside = head.strip_suffix(FENCE).filter(|inside| inside.starts_with(FENCE));
    let (Some(front), Some(inside)) = (front, inside) else { return false };
    let same = text.bytes().zip(head.bytes()).take_while(|(one, other)| one == other).count();
    if same == head.len() {
        return true;
    }
    // The first line that differs.
    let at = head.as_bytes()[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let lacks = |entries: Range<usize>| text.as_bytes()[at..].starts_with(&head.as_bytes()[entries.end..]);
    reviews(inside, front).is_some_and(|reviews| reviews.from(at).any(lacks))
}

/// Where reviews are in front matter.
struct Reviews {
    /// The line of their key, with all that belongs to it.
    all: Range<usize>,
    /// Where each begins.
    starts: Vec<usize>,
}

impl Reviews {
    /// The ranges from here on that could have been added: all with the key, or some of several.
    fn from(&self, at: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let ends = self.starts.iter().copied().filter(move |start| *start > at).chain([self.all.end]);
        let is_first = self.starts.first() == Some(&at);
        ends.map(move |end| at..end).filter(move |added| match at == self.all.start {
            true => added.end == self.all.end,
            false => self.starts.contains(&at) && !(is_first && added.end == self.all.end),
        })
    }
}

/// Finds the reviews of front matter that could be read as a whole; nothing where it is not certain what belongs to them.
fn reviews(inside: &str, front: &FrontMatter) -> Option<Reviews> {
    let start = front.written_keys().find(|(name, _)| *name == KEY)?.1.start as usize;
    let rest = inside.get(start..)?.strip_prefix(KEY)?.strip_prefix(":\n")?;
    if !inside.get(..start)?.ends_with('\n') {
        return None;
    }
    let mut at = inside.len() - rest.len();
    let indent = rest.len() - rest.trim_start_matches(' ').len();
    let mut starts = Vec::new();
    for line in rest.split_inclusive('\n') {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            break;
        }
        let line_indent = line.len() - line.trim_start_matches(' ').len();
        match line[line_indent..].starts_with("- ") {
            true if line_indent == indent => starts.push(at),
            _ if line_indent <= indent || starts.is_empty() => return None,
            _ => {}
        }
        if !is_closed(line.trim_end_matches('\n')) {
            return None;
        }
        at += line.len();
    }
    (!starts.is_empty()).then_some(Reviews { all: start..at, starts })
}

/// Whether nothing that a line of a review opens can go on in the next one, but for words that do.
fn is_closed(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    let line = line.strip_prefix("- ").unwrap_or(line);
    let is_sign = |letter: char| letter.is_alphanumeric() || " ,:.-/()".contains(letter);
    let is_plain = |text: &str| text.chars().all(is_sign);
    let braced = line.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let quoted = line.split_once(": \"").and_then(|(key, rest)| Some((key, rest.strip_suffix('"')?)));
    match (braced, quoted) {
        (Some(inside), _) => is_plain(inside),
        (None, Some((key, value))) => is_plain(key) && is_plain(value),
        (None, None) => is_plain(line),
    }
}

#[cfg(test)]
mod tests;
