//! Names of roles, people, services and locations, compared as people read them.

use std::borrow::Cow;
use std::sync::Arc;

use ahash::AHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::text::{is_dash, is_invisible};

mod core;
mod offices;
mod parts;
mod personal;
mod signer;
mod signers;

pub(crate) use offices::is_office_word;
pub(crate) use signers::{Signers, share_person};

/// Characters that only show as blank space.
const BLANK_LETTERS: [char; 3] = ['\u{2800}', '\u{3164}', '\u{ffa0}'];

/// The form in which all spellings of one name are equal.
///
/// Letter case, Unicode form, the form of apostrophes and invisible characters do not matter, and a run of white space,
/// hyphens and dashes is one space.
pub(crate) fn name_key(name: &str) -> String {
    if name.is_ascii() {
        return ascii_key(name);
    }
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    for c in replace_lookalikes(&fold_case(&name.replace(BLANK_LETTERS, " "))).chars() {
        if is_gap(c) {
            gap = !key.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            key.push(' ');
        }
        key.push(if APOSTROPHES.contains(&c) { '\'' } else { c });
    }
    key
}

/// Apostrophes that word processors write for `'`, and letters used in their place.
const APOSTROPHES: [char; 6] = ['\u{2018}', '\u{2019}', '\u{201b}', '\u{2bc}', '\u{2032}', '\u{2b9}'];

/// Lower-case letters of other alphabets that look like Latin ones, some only in upper case.
const LOOKALIKES: [(char, char); 30] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('е', 'e'),
    ('н', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('т', 't'),
    ('х', 'x'),
    ('у', 'y'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'h'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ν', 'n'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('χ', 'x'),
    ('υ', 'y'),
    ('ζ', 'z'),
    ('ѵ', 'v'),
];

/// A folded name in which letters of other alphabets inside Latin words are replaced by the Latin ones they look like.
fn replace_lookalikes(name: &str) -> Cow<'_, str> {
    let twin = |c: char| LOOKALIKES.iter().find(|(other, _)| *other == c).map(|(_, latin)| *latin);
    let is_mixed = |word: &str| {
        word.contains(|letter: char| letter.is_ascii_lowercase()) && word.contains(|letter| twin(letter).is_some())
    };
    if !name.split_whitespace().any(is_mixed) {
        return Cow::Borrowed(name);
    }
    let latin = |word: &str| word.chars().map(|c| twin(c).unwrap_or(c)).collect::<String>();
    let words = name.split_whitespace().map(|word| if is_mixed(word) { latin(word) } else { word.to_owned() });
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// The key of a name that may consist only of punctuation, such as `-`, which is then its own key.
pub(crate) fn party_key(name: &str) -> Box<str> {
    let key = name_key(name);
    if key.is_empty() { name.trim().into() } else { key.into() }
}

fn ascii_key(name: &str) -> String {
    let is_gap = |c: char| matches!(c, ' ' | '\t'..='\r' | '-');
    let mut key = join_words(name.split(is_gap).filter(|part| !part.is_empty()), name.len());
    key.make_ascii_lowercase();
    key
}

/// Joins words with single spaces. `capacity` is the maximum length of the result in bytes.
fn join_words<'w>(words: impl Iterator<Item = &'w str>, capacity: usize) -> String {
    let mut text = String::with_capacity(capacity);
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_dash(c)
}

/// A text in NFKC, case-folded and without invisible characters.
pub(crate) fn fold_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let visible = text.nfkc().filter(|c| !is_invisible(*c)).collect::<String>();
    // Upper case first: only this way do `ß` and `SS`, and `ς` and `σ`, become equal.
    visible.to_uppercase().to_lowercase().nfkc().collect()
}

/// A name for display: trimmed, with single spaces.
pub(crate) fn tidy_name(name: &str) -> String {
    join_words(name.split_whitespace(), name.len())
}

/// All roles or people in a name, as written.
pub(crate) fn split_names(name: &str) -> impl Iterator<Item = &str> {
    name.split(SEPARATORS).flat_map(split_roles).filter(|part| !part.trim().is_empty())
}

/// The parts of a text between all signs and words that may join names. Whether they are names is for others to say.
pub(crate) fn split_joined(text: &str) -> Vec<&str> {
    const JOINING_SIGNS: [char; 4] = ['\u{30fb}', '\u{2022}', '\u{b7}', '\n'];
    const JOINING_WORDS: [&str; 10] = ["or", "oder", "ou", "o", "u.", "en", "i", "oraz", "of", "lub"];
    let is_sign = |c: char| SEPARATORS.contains(&c) || JOINING_SIGNS.contains(&c);
    let mut parts = Vec::new();
    for piece in text.split(is_sign).flat_map(|piece| piece.split(" as well as ")) {
        let mut start = 0;
        for word in piece.split_whitespace().filter(|word| is_and(word) || JOINING_WORDS.contains(word)) {
            let at = word.as_ptr() as usize - piece.as_ptr() as usize;
            parts.push(&piece[start..at]);
            start = at + word.len();
        }
        parts.push(&piece[start..]);
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Separators between names, in all scripts.
const SEPARATORS: [char; 15] = [
    ',', ';', '/', '&', '+', '|', '\u{3001}', '\u{ff0c}', '\u{60c}', '\u{61b}', '\u{ff1b}', '\u{ff0f}', '\u{ff06}',
    '\u{ff0b}', '\u{ff5c}',
];

/// Words for *and*.
const AND_WORDS: [&str; 8] = [" and ", " und ", " et ", " sowie ", " och ", " og ", " y ", " e "];

/// Whether a word means *and*.
fn is_and(word: &str) -> bool {
    AND_WORDS.iter().any(|and| and[1..and.len() - 1] == *word)
}

/// Splits names at each word for *and*, if the words before it are a role in themselves.
fn split_roles(names: &str) -> Vec<&str> {
    // Comparing each word is much faster than searching for all words for *and*.
    let has_and = names.split(' ').any(is_and);
    let parts = if has_and { AND_WORDS.iter().find_map(|and| names.split_once(and)) } else { None };
    let Some((before, after)) = parts else { return vec![names] };
    if !is_role(before.trim(), after.trim()) {
        return vec![names];
    }
    let mut roles = vec![before];
    roles.extend(split_roles(after));
    roles
}

/// Whether the words before `and` are a role in themselves: several words, an abbreviation, or a word for a person or
/// group. Any word is one if only a single word follows.
fn is_role(before: &str, after: &str) -> bool {
    let acts = ["er", "or", "ead", "esk", "eam", "oard", "ief", "ist"];
    let is_abbreviation = before.len() > 1 && before.chars().all(char::is_uppercase);
    before.contains(char::is_whitespace)
        || !after.contains(char::is_whitespace)
        || is_abbreviation
        || acts.iter().any(|end| before.ends_with(end))
}

/// Counts of the spellings of each name, and the spelling to show.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spellings {
    /// The spellings of each name, in the order in which they first occurred.
    names: Vec<Vec<Spelling>>,
    /// The indexes of names, by key.
    by_key: AHashMap<String, usize>,
    /// The indexes of names and of spellings within them, by spelling: computing a key takes longer than this lookup.
    by_spelling: AHashMap<Arc<str>, (usize, usize)>,
}

#[derive(Clone, Debug)]
struct Spelling {
    text: Arc<str>,
    /// The spelling for display.
    tidy: Arc<str>,
    count: usize,
}

impl Spellings {
    /// Counts an occurrence of a name.
    pub(crate) fn add(&mut self, spelling: &str) {
        if let Some((name, place)) = self.by_spelling.get(spelling) {
            self.names[*name][*place].count += 1;
            return;
        }
        let name = *self.by_key.entry(name_key(spelling)).or_insert_with(|| {
            self.names.push(Vec::new());
            self.names.len() - 1
        });
        let written: Arc<str> = spelling.into();
        let tidy = tidy_name(&written);
        let tidy = if *tidy == *written { written.clone() } else { tidy.into() };
        self.by_spelling.insert(written.clone(), (name, self.names[name].len()));
        self.names[name].push(Spelling { text: written, tidy, count: 1 });
    }

    /// The most frequent spelling of a name as written; in a tie, the first one.
    pub(crate) fn most_frequent(&self, name: &str) -> Option<&str> {
        self.find(name).map(|spelling| &*spelling.text)
    }

    /// The most frequent spelling of a name for display.
    pub(crate) fn display_name(&self, name: &str) -> Option<&Arc<str>> {
        self.find(name).map(|spelling| &spelling.tidy)
    }

    fn find(&self, name: &str) -> Option<&Spelling> {
        let by_spelling = self.by_spelling.get(name).map(|(name, _)| *name);
        let name = by_spelling.or_else(|| self.by_key.get(&name_key(name)).copied())?;
        // `max_by_key` returns the last of equal elements.
        self.names[name].iter().rev().max_by_key(|spelling| spelling.count)
    }

    /// Whether any name occurs in more than one spelling.
    pub(crate) fn has_variants(&self) -> bool {
        self.names.iter().any(|spellings| spellings.len() > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_people_read_as_one_name_have_one_key() {
        for (one, other) in [
            ("Change Manager", "change manager"),
            ("Change Manager", " Change \t Manager "),
            ("Change Manager", "Change\u{a0}Manager"),
            ("Change Manager", "Change\u{2003}Manager"),
            ("Change Manager", "Change\u{2800}Manager"),
            ("Change Manager", "Change\u{3164}Manager"),
            ("Change Manager", "Change-Manager"),
            ("Change Manager", "Change\u{2011}Manager"),
            ("Change Manager", "Change - Manager"),
            ("Change Manager", "Change\u{2013}Manager"),
            ("Change Manager", "Change \u{2014} Manager"),
            ("O'Brien", "O\u{2019}Brien"),
            ("O'Brien", "O\u{2bc}Brien"),
            ("Change Manager", "Ｃｈａｎｇｅ　Ｍａｎａｇｅｒ"),
            ("Change Manager", "Change\u{200b} Manager"),
            ("Change Manager", "Cha\u{ad}nge Manager"),
            ("Jürgen Groß", "JU\u{308}RGEN GROSS"),
            ("Νίκος", "ΝΊΚΟΣ"),
            ("ofﬁce", "OFFICE"),
            ("Change Manager", "\u{421}hange M\u{430}nager"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} and {other}");
        }
        for (one, other) in [("Change Manager", "ChangeManager"), ("Change Manager", "Release Manager"), ("A", "Á")] {
            assert_ne!(name_key(one), name_key(other), "{one} and {other}");
        }
        assert_eq!(name_key(" - "), "");
    }

    #[test]
    fn the_commonest_spelling_is_shown_and_of_several_the_first() {
        let mut spellings = Spellings::default();
        for name in ["change manager", "Change Manager", "Change Manager", "CAB", "cab"] {
            spellings.add(name);
        }
        let shown = |name| spellings.display_name(name).map(|shown| &**shown);
        assert_eq!(shown("CHANGE  MANAGER"), Some("Change Manager"));
        assert_eq!(shown("change manager"), Some("Change Manager"));
        assert_eq!(shown("Cab"), Some("CAB"));
        assert_eq!(shown("nobody"), None);
        assert!(spellings.has_variants());
    }
}
