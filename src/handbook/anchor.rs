//! Finds anchors of a page that are written the way other systems write them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::link::Anchor;
use crate::markdown::Body;
use crate::text::composed;

/// Indexes the anchors of a page under alternative spellings.
#[derive(Clone, Debug)]
pub(super) struct Spellings {
    /// Of those that are not ASCII, by their composed form without signs that nobody sees; of several the first.
    composed: HashMap<String, usize>,
    /// Anchors by their words, joined by single `-`; `None` if several anchors share them.
    dashed: HashMap<String, Option<usize>>,
    /// Indices of headings by their text in lower case; the first of several.
    headings: HashMap<String, usize>,
}

impl Spellings {
    /// Indexes these anchors and these texts of headings.
    pub(super) fn of<'a>(anchors: impl Iterator<Item = &'a str>, headings: impl Iterator<Item = &'a str>) -> Spellings {
        let mut spellings = Spellings { composed: HashMap::new(), dashed: HashMap::new(), headings: HashMap::new() };
        for (number, words) in headings.enumerate() {
            spellings.headings.entry(words.trim().to_lowercase()).or_insert(number);
        }
        for (at, anchor) in anchors.enumerate() {
            if !anchor.is_ascii() {
                spellings.composed.entry(as_written(anchor)).or_insert(at);
            }
            let words: Vec<&str> = anchor.split('-').filter(|word| !word.is_empty()).collect();
            if words.is_empty() {
                continue;
            }
            match spellings.dashed.entry(words.join("-")) {
                Entry::Occupied(mut known) => drop(known.insert(None)),
                Entry::Vacant(new) => drop(new.insert(Some(at))),
            }
        }
        spellings
    }

    /// Indexes the anchors and headings of a body.
    pub(super) fn of_body(body: &Body) -> Spellings {
        Spellings::of(body.anchors(), body.headings.iter().map(|heading| &*heading.text))
    }

    /// The index of the heading with this text, in any letter case.
    pub(super) fn heading(&self, words: &str) -> Option<usize> {
        let words = words.trim();
        if words.is_empty() { None } else { self.headings.get(&words.to_lowercase()).copied() }
    }

    /// The anchor that is meant: the one with the same composed form, or the only one that MkDocs would write like
    /// this, with one `-` where we have several, and `_1` for a second heading.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        let alike = if self.composed.is_empty() { None } else { self.composed.get(&as_written(id)).copied() };
        alike.or_else(|| {
            let is_number = |end: &str| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
            let numbered = id.rsplit_once('_').filter(|(_, end)| is_number(end)).map(|(id, end)| format!("{id}-{end}"));
            self.dashed.get(numbered.as_deref().unwrap_or(id)).copied().flatten()
        })
    }
}

/// An anchor as people write it. The sign that makes `⚙` a picture stays in anchors of GitHub, where nobody sees it.
fn as_written(anchor: &str) -> String {
    composed(anchor).replace('\u{fe0f}', "")
}

/// The anchor of a text that an id means: the same one, or one that is only spelt otherwise.
pub(super) fn anchor_of<'b, 's>(body: &'b Body, id: &str, spellings: impl Fn() -> &'s Spellings) -> Option<&'b str> {
    body.find_anchor(id).or_else(|| spellings().find(id)).and_then(|at| body.anchor_at(at))
}

/// The anchor of a body that a link means; the link may name a section by the text of its heading.
pub(super) fn landing<'b, 's>(
    body: &'b Body,
    anchor: &Anchor,
    spellings: impl Fn() -> &'s Spellings,
) -> Option<&'b str> {
    let written = || body.find_anchor(&anchor.heading).and_then(|at| body.anchor_at(at));
    let by_heading = || body.headings.get(spellings().heading(&anchor.heading)?).map(|heading| &*heading.id);
    written().or_else(|| anchor_of(body, &anchor.id, &spellings)).or_else(by_heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_found_as_other_systems_write_it() {
        let anchors = ["-", "a--b", "a-b-1", "c", "c--d", "c-d", "prüfung", "pru\u{308}fung", "x-", "\u{fe0f}-set-up"];
        let spellings = Spellings::of(anchors.into_iter(), ["Support hours"].into_iter());
        assert_eq!((spellings.heading("support Hours "), spellings.heading("")), (Some(0), None));
        let found = |id: &str| spellings.find(id).map(|at| anchors[at]);
        for (id, expected) in [
            ("a-b", Some("a--b")),
            ("a-b_1", Some("a-b-1")),
            ("a--b", None),
            ("c-d", None),
            ("pru\u{308}fung", Some("prüfung")),
            ("x", Some("x-")),
            ("-set-up", Some("\u{fe0f}-set-up")),
            ("", None),
            ("-", None),
            ("_1", None),
            ("y", None),
        ] {
            assert_eq!(found(id), expected, "{id:?}");
        }
    }
}
