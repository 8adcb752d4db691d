//! Names of roles, people, services and locations, compared as people read them.

use std::borrow::Cow;
use std::sync::Arc;

use ahash::AHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::text::is_invisible;

/// Letters that show nothing but room.
const WIDE: [char; 3] = ['\u{2800}', '\u{3164}', '\u{ffa0}'];

/// The form in which all spellings of one name are equal.
///
/// Letter case, Unicode form and invisible characters do not matter, and a run of white space and hyphens is one space.
pub(crate) fn name_key(name: &str) -> String {
    if name.is_ascii() {
        return ascii_key(name);
    }
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    for letter in in_one_alphabet(&case_folded(&name.replace(WIDE, " "))).chars() {
        if is_gap(letter) {
            gap = !key.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            key.push(' ');
        }
        key.push(letter);
    }
    key
}

/// Small letters of other alphabets that look like Latin ones, some of them only as capitals.
const TWINS: [(char, char); 30] = [
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

/// A folded name in which letters of other alphabets within Latin words are the Latin ones that they look like.
fn in_one_alphabet(name: &str) -> Cow<'_, str> {
    let twin = |letter: char| TWINS.iter().find(|(other, _)| *other == letter).map(|(_, latin)| *latin);
    let is_mixed = |word: &str| {
        word.contains(|letter: char| letter.is_ascii_lowercase()) && word.contains(|letter| twin(letter).is_some())
    };
    if !name.split_whitespace().any(is_mixed) {
        return Cow::Borrowed(name);
    }
    let latin = |word: &str| word.chars().map(|letter| twin(letter).unwrap_or(letter)).collect::<String>();
    let words = name.split_whitespace().map(|word| if is_mixed(word) { latin(word) } else { word.to_owned() });
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// The same for a name that may be signs alone, such as `-`: these are their own key.
pub(crate) fn party_key(name: &str) -> Box<str> {
    let key = name_key(name);
    if key.is_empty() { name.trim().into() } else { key.into() }
}

fn ascii_key(name: &str) -> String {
    let is_gap = |letter: char| matches!(letter, ' ' | '\t'..='\r' | '-');
    let mut key = spaced(name.split(is_gap).filter(|part| !part.is_empty()), name.len());
    key.make_ascii_lowercase();
    key
}

/// Words with one space between them, in a text of at most so many bytes.
fn spaced<'w>(words: impl Iterator<Item = &'w str>, most: usize) -> String {
    let mut text = String::with_capacity(most);
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '\u{2010}' | '\u{2011}')
}

/// A text in NFKC without letter case and without characters that are not shown.
pub(crate) fn case_folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let visible = text.nfkc().filter(|letter| !is_invisible(*letter)).collect::<String>();
    // Upper case first: `ß` and `SS`, `ς` and `σ` become one only this way.
    visible.to_uppercase().to_lowercase().nfkc().collect()
}

/// A name as it is shown: without white space around it, and with one space for each run of it.
pub(crate) fn tidy_name(name: &str) -> String {
    spaced(name.split_whitespace(), name.len())
}

/// The keys of everybody whom a name means: `Change Manager, Release Manager` and `Change Manager & Release Manager` are two
/// roles, `Change and Release Manager` is one.
pub(crate) fn each_key(name: &str) -> impl Iterator<Item = String> + '_ {
    each_name(name).map(name_key).filter(|key| !key.is_empty())
}

/// Everybody whom a name means, as written.
pub(crate) fn each_name(name: &str) -> impl Iterator<Item = &str> {
    name.split(SEPARATORS).flat_map(between_roles).filter(|one| !one.trim().is_empty())
}

/// Signs between names, of whatever script.
const SEPARATORS: [char; 15] = [
    ',', ';', '/', '&', '+', '|', '\u{3001}', '\u{ff0c}', '\u{60c}', '\u{61b}', '\u{ff1b}', '\u{ff0f}', '\u{ff06}',
    '\u{ff0b}', '\u{ff5c}',
];

/// Words for *and*.
const AND: [&str; 8] = [" and ", " und ", " et ", " sowie ", " och ", " og ", " y ", " e "];

/// What `and` and `und` stand between, where a role of its own is before them.
fn between_roles(names: &str) -> Vec<&str> {
    let Some((before, after)) = AND.iter().find_map(|and| names.split_once(and)) else {
        return vec![names];
    };
    if !is_role(before.trim(), after.trim()) {
        return vec![names];
    }
    let mut roles = vec![before];
    roles.extend(between_roles(after));
    roles
}

/// Whether the words before `and` are a role of their own: several words, an abbreviation, or somebody who does something.
fn is_role(before: &str, after: &str) -> bool {
    let acts = ["er", "or", "ead", "esk", "eam", "oard", "ief", "ist"];
    let is_abbreviation = before.len() > 1 && before.chars().all(char::is_uppercase);
    before.contains(char::is_whitespace)
        || !after.contains(char::is_whitespace)
        || is_abbreviation
        || acts.iter().any(|end| before.ends_with(end))
}

/// How often each spelling of each name occurs, and which of them is shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spellings {
    /// The spellings of each name, in the order in which they first occurred.
    names: Vec<Vec<Spelling>>,
    /// Numbers of names by their keys.
    by_key: AHashMap<String, usize>,
    /// Numbers of names by spellings, each with its place among them: to make a key takes longer than to find one of these.
    by_spelling: AHashMap<Arc<str>, (usize, usize)>,
}

#[derive(Clone, Debug)]
struct Spelling {
    written: Arc<str>,
    /// The same as it is shown.
    tidy: Arc<str>,
    count: usize,
}

impl Spellings {
    /// Counts an occurrence of a name.
    pub(crate) fn add(&mut self, written: &str) {
        if let Some((name, place)) = self.by_spelling.get(written) {
            self.names[*name][*place].count += 1;
            return;
        }
        let name = *self.by_key.entry(name_key(written)).or_insert_with(|| {
            self.names.push(Vec::new());
            self.names.len() - 1
        });
        let written: Arc<str> = written.into();
        let tidy = tidy_name(&written);
        let tidy = if *tidy == *written { written.clone() } else { tidy.into() };
        self.by_spelling.insert(written.clone(), (name, self.names[name].len()));
        self.names[name].push(Spelling { written, tidy, count: 1 });
    }

    /// The commonest spelling of a name, as it was written; of several the first that occurred.
    pub(crate) fn commonest(&self, name: &str) -> Option<&str> {
        self.of(name).map(|spelling| &*spelling.written)
    }

    /// The same as it is shown.
    pub(crate) fn shown(&self, name: &str) -> Option<&Arc<str>> {
        self.of(name).map(|spelling| &spelling.tidy)
    }

    fn of(&self, name: &str) -> Option<&Spelling> {
        let known = self.by_spelling.get(name).map(|(name, _)| *name);
        let name = known.or_else(|| self.by_key.get(&name_key(name)).copied())?;
        // `max_by_key` returns the last of equals.
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
        let shown = |name| spellings.shown(name).map(|shown| &**shown);
        assert_eq!(shown("CHANGE  MANAGER"), Some("Change Manager"));
        assert_eq!(shown("change manager"), Some("Change Manager"));
        assert_eq!(shown("Cab"), Some("CAB"));
        assert_eq!(shown("nobody"), None);
        assert!(spellings.has_variants());
    }
}
