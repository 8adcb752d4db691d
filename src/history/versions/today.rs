//! Detection of past texts with the same front matter as today, which do not need to be parsed.
//!
//! After an approval, usually only reviews are added. Entries of `reviews` may therefore be missing, provided no part
//! of them can be mistaken for something else: the parser found the key where it is, and each line closes whatever it
//! opens. Anything uncertain is parsed.

use std::ops::Range;

use crate::handbook::ParsedFile;
use crate::source::body_of;
use crate::source::front_matter::FrontMatter;

const REVIEWS_KEY: &str = "reviews";
const FENCE: &str = "---\n";
/// The keys that settings may supply by path if a document omits them.
const DEFAULTABLE_KEYS: [&str; 3] = ["id", "version", "status"];

/// Whether the front matter of a text equals that of today's file in everything except its reviews.
pub(super) fn has_same_front(text: &str, today: &ParsedFile) -> bool {
    let source = today.source.as_str();
    let front = today
        .front
        .as_ref()
        .filter(|front| !front.has_unread_rest && DEFAULTABLE_KEYS.iter().all(|key| front.has_key(key)));
    let head = source.strip_suffix(body_of(source)).unwrap_or_default();
    let inside = head.strip_suffix(FENCE).filter(|inside| inside.starts_with(FENCE));
    let (Some(front), Some(content)) = (front, inside) else { return false };
    let same = text.bytes().zip(head.bytes()).take_while(|(a, b)| a == b).count();
    if same == head.len() {
        return true;
    }
    // The start of the first line that differs.
    let at = head.as_bytes()[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let matches_without = |entries: Range<usize>| text.as_bytes()[at..].starts_with(&head.as_bytes()[entries.end..]);
    reviews(content, front).is_some_and(|reviews| reviews.removable_ranges(at).any(matches_without))
}

/// The position of reviews in front matter.
struct Reviews {
    /// The line of the key, with everything that belongs to it.
    all: Range<usize>,
    /// The start of each review.
    starts: Vec<usize>,
}

impl Reviews {
    /// The ranges from `at` that could have been added: all reviews with the key, or some of several.
    fn removable_ranges(&self, at: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let ends = self.starts.iter().copied().filter(move |start| *start > at).chain([self.all.end]);
        let is_first = self.starts.first() == Some(&at);
        ends.map(move |end| at..end).filter(move |added| match at == self.all.start {
            true => added.end == self.all.end,
            false => self.starts.contains(&at) && !(is_first && added.end == self.all.end),
        })
    }
}

/// Finds the reviews in valid front matter, or returns `None` if their extent is not certain.
fn reviews(content: &str, front: &FrontMatter) -> Option<Reviews> {
    let start = front.written_keys().find(|(name, _)| *name == REVIEWS_KEY)?.1.start as usize;
    let rest = content.get(start..)?.strip_prefix(REVIEWS_KEY)?.strip_prefix(":\n")?;
    if !content.get(..start)?.ends_with('\n') {
        return None;
    }
    let mut at = content.len() - rest.len();
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

/// Whether a line of a review is complete, so that only plain words can continue on the next one.
fn is_closed(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    let line = line.strip_prefix("- ").unwrap_or(line);
    let is_plain_char = |c: char| c.is_alphanumeric() || " ,:.-/()".contains(c);
    let is_plain = |text: &str| text.chars().all(is_plain_char);
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
