//! Finds anchors of a page that are written the way other systems write them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::link::Anchor;
use crate::markdown::{Body, slug};
use crate::text::{composed, decomposed, is_invisible};

/// Indexes the anchors of a page under alternative spellings.
#[derive(Clone, Debug)]
pub(super) struct AnchorSpellings {
    /// Indices of non-ASCII anchors by their composed form without invisible characters; the first of several.
    by_composed_form: HashMap<String, usize>,
    /// Non-ASCII anchors as MkDocs writes them, `ubersicht` for `übersicht`; `None` if several are written so.
    by_base_letters: HashMap<String, Option<usize>>,
    /// Anchors that begin with a number, as kramdown writes them without it; `None` if several are written so.
    by_rest: HashMap<String, Option<usize>>,
    /// Anchors by their words, joined by single `-`; `None` if several anchors share them.
    by_words: HashMap<String, Option<usize>>,
    /// Indices of headings by their text in lower case; the first of several.
    headings: HashMap<String, usize>,
    /// Indices of headings with emoji, by the anchor in which each emoji is a shortcode; the first of several.
    by_shortcode: HashMap<String, usize>,
}

impl AnchorSpellings {
    /// Indexes these anchors and these texts of headings.
    pub(super) fn new<'a>(
        anchors: impl Iterator<Item = &'a str>,
        headings: impl Iterator<Item = &'a str>,
    ) -> AnchorSpellings {
        let mut spellings = AnchorSpellings {
            by_composed_form: HashMap::new(),
            by_base_letters: HashMap::new(),
            by_rest: HashMap::new(),
            by_words: HashMap::new(),
            headings: HashMap::new(),
            by_shortcode: HashMap::new(),
        };
        for (number, words) in headings.enumerate() {
            if let Some(anchor) = shortcode_anchor(words) {
                spellings.by_shortcode.entry(anchor).or_insert(number);
            }
            spellings.headings.entry(words.trim().to_lowercase()).or_insert(number);
        }
        for (at, anchor) in anchors.enumerate() {
            if !anchor.is_ascii() {
                spellings.by_composed_form.entry(visible_form(anchor)).or_insert(at);
                insert_unique(&mut spellings.by_base_letters, words(&base_letters(anchor)), at);
            }
            if anchor.starts_with(|first: char| first.is_ascii_digit()) {
                let rest = anchor.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
                insert_unique(&mut spellings.by_rest, words(rest), at);
            }
            insert_unique(&mut spellings.by_words, words(anchor), at);
        }
        spellings
    }

    /// Indexes the anchors and headings of a body.
    pub(super) fn from_body(body: &Body) -> AnchorSpellings {
        AnchorSpellings::new(body.anchors(), body.headings.iter().map(|heading| &*heading.text))
    }

    /// The index of the heading with this text, in any letter case.
    pub(super) fn heading(&self, words: &str) -> Option<usize> {
        let words = words.trim();
        if words.is_empty() { None } else { self.headings.get(&words.to_lowercase()).copied() }
    }

    /// The index of the heading to which GitHub gives this anchor if its emoji are written as shortcodes.
    pub(super) fn find_shortcode(&self, id: &str) -> Option<usize> {
        self.by_shortcode.get(id).copied()
    }

    /// The index of the intended anchor: one that differs only in its encoding, or the only one with the same words, as
    /// MkDocs writes it (a single `-` where we have several, `_1` for a second heading), as kramdown does (without the
    /// number at its start), or with emoji kept in the anchor.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        // GitHub puts this prefix before each anchor.
        let id = id.strip_prefix("user-content-").unwrap_or(id);
        let by_form =
            if self.by_composed_form.is_empty() { None } else { self.by_composed_form.get(&visible_form(id)).copied() };
        by_form.or_else(|| {
            let is_number = |end: &str| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
            let numbered = id.rsplit_once('_').filter(|(_, end)| is_number(end)).map(|(id, end)| format!("{id}-{end}"));
            let name = numbered.as_deref().unwrap_or(id);
            let indexes = [&self.by_words, &self.by_base_letters, &self.by_rest];
            let by_words = indexes.iter().find_map(|index| index.get(name)).copied().flatten();
            let has_pictures = || !id.is_ascii() || id.starts_with('-') && !id.starts_with("--");
            by_words.or_else(|| has_pictures().then(|| self.by_words.get(&words(id)).copied().flatten())?)
        })
    }
}

/// Adds the place of an anchor, unless another one is written in the same way.
fn insert_unique(anchors: &mut HashMap<String, Option<usize>>, words: String, at: usize) {
    if words.is_empty() {
        return;
    }
    match anchors.entry(words) {
        Entry::Occupied(mut known) => drop(known.insert(None)),
        Entry::Vacant(new) => drop(new.insert(Some(at))),
    }
}

/// An anchor without accents and without letters that are not ASCII.
fn base_letters(anchor: &str) -> String {
    decomposed(anchor).chars().filter(char::is_ascii).collect()
}

/// An anchor as readers see it. GitHub keeps the invisible character that makes `⚙` an emoji.
fn visible_form(anchor: &str) -> String {
    composed(anchor).replace('\u{fe0f}', "")
}

/// The anchor of a heading with its emoji as shortcodes, `rocket-launch` for `🚀 Launch`; `None` if it has no emoji.
fn shortcode_anchor(heading: &str) -> Option<String> {
    if !heading.contains(is_pictogram) {
        return None;
    }
    let code = |c: char| emojis::get(c.encode_utf8(&mut [0; 4])).and_then(emojis::Emoji::shortcode);
    let mut words = String::new();
    for letter in heading.chars().filter(|letter| !matches!(letter, '\u{fe0e}' | '\u{fe0f}')) {
        match code(letter).filter(|_| is_pictogram(letter)) {
            Some(code) => words.push_str(code),
            None => words.push(letter),
        }
    }
    Some(slug(&words))
}

/// The words of an anchor, joined by single `-`, without emoji and invisible characters.
fn words(anchor: &str) -> String {
    if anchor.is_ascii() {
        let words: Vec<&str> = anchor.split('-').filter(|word| !word.is_empty()).collect();
        return words.join("-");
    }
    let is_kept = |c: &char| !is_pictogram(*c) && !is_invisible(*c);
    let words = anchor.split('-').map(|word| word.chars().filter(is_kept).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// Whether a character is an emoji or another pictogram, or changes how one looks.
fn is_pictogram(c: char) -> bool {
    matches!(c, '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}')
        || matches!(c, '\u{1f000}'..='\u{1faff}')
}

/// The anchor of a body that an ID means: an exact match, or one that is only spelled differently.
pub(super) fn anchor_of<'b, 's>(
    body: &'b Body,
    id: &str,
    spellings: impl Fn() -> &'s AnchorSpellings,
) -> Option<&'b str> {
    body.find_anchor(id).or_else(|| spellings().find(id)).and_then(|at| body.anchor_at(at))
}

/// The anchor of a body that a link means; the link may name a section by the text of its heading.
pub(super) fn target_anchor<'b, 's>(
    body: &'b Body,
    anchor: &Anchor,
    spellings: impl Fn() -> &'s AnchorSpellings,
) -> Option<&'b str> {
    let by_anchor = || body.find_anchor(&anchor.heading).and_then(|at| body.anchor_at(at));
    let by_heading = || body.headings.get(spellings().heading(&anchor.heading)?).map(|heading| &*heading.id);
    let by_code = || body.headings.get(spellings().find_shortcode(&anchor.id)?).map(|heading| &*heading.id);
    by_anchor().or_else(|| anchor_of(body, &anchor.id, &spellings)).or_else(by_heading).or_else(by_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_found_as_other_systems_write_it() {
        let anchors = [
            "-",
            "a--b",
            "a-b-1",
            "c",
            "c--d",
            "c-d",
            "prüfung",
            "pru\u{308}fung",
            "x-",
            "y",
            "\u{fe0f}-warning",
            "1-purpose",
        ];
        let spellings = AnchorSpellings::new(anchors.into_iter(), ["Support hours"].into_iter());
        assert_eq!((spellings.heading("support Hours "), spellings.heading("")), (Some(0), None));
        let found = |id: &str| spellings.find(id).map(|at| anchors[at]);
        for (id, expected) in [
            ("a-b", Some("a--b")),
            ("a-b_1", Some("a-b-1")),
            ("a--b", None),
            ("c-d", None),
            ("pru\u{308}fung", Some("prüfung")),
            ("x", Some("x-")),
            ("🚀-y", Some("y")),
            ("-y", Some("y")),
            ("user-content-y", Some("y")),
            ("warning", Some("\u{fe0f}-warning")),
            ("-warning", Some("\u{fe0f}-warning")),
            ("purpose", Some("1-purpose")),
            ("", None),
            ("-", None),
            ("_1", None),
            ("w", None),
        ] {
            assert_eq!(found(id), expected, "{id:?}");
        }
    }
}
