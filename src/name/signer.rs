//! A person or role, with every name that a text gives it.

use super::core::{is_absence, words};
use super::name_key;
use super::offices::is_office_word;
use super::parts::split_at_dash;
use super::personal::PersonalName;
use crate::text::is_unspaced;

/// A person or role: `Service Director (Ann Lee)`, `Ann Lee, CIO`.
#[derive(Debug)]
pub(super) struct Signer<'a> {
    /// Its first name, as written.
    pub(super) name: &'a str,
    /// The key of the first name.
    key: String,
    /// Whether the first name is that of an office or a department.
    is_office: bool,
    /// The keys of its offices, and of all names that may be one.
    titles: Vec<String>,
    /// The names of the person, if they can be told from those of an office.
    people: Vec<PersonalName>,
    /// The place, company or area of an office: `Service Director (Leeds)`.
    area: Option<String>,
    /// Whether a remark says that the person was not there.
    pub(super) is_absent: bool,
}

impl<'a> Signer<'a> {
    /// A person or role of this name, which has no remarks beside it but one behind a dash.
    pub(super) fn new(name: &'a str) -> Signer<'a> {
        let (main, behind) = split_at_dash(name).map_or((name, None), |(main, behind)| (main, Some(behind)));
        let (main, key) = (main.trim(), key_of(name));
        let mut signer = Signer {
            name,
            is_office: is_office(main),
            titles: vec![key.clone()],
            people: Vec::new(),
            area: None,
            is_absent: false,
            key,
        };
        signer.add_main_name(main);
        if let Some(behind) = behind {
            signer.titles.push(key_of(main));
            signer.is_absent = is_absence(behind);
            signer.add_aside(behind.trim());
        }
        signer
    }

    fn add_main_name(&mut self, main: &str) {
        if let Some((office, person)) = split_office_and_person(main) {
            self.is_office = true;
            self.titles.push(key_of(office));
            self.people.push(personal_name(person));
        } else if is_person(main) {
            self.people.push(personal_name(main));
        }
    }

    /// Adds a remark in brackets or behind a dash: an office of a person, the person who holds an office, or where it
    /// is.
    pub(super) fn add_aside(&mut self, aside: &str) {
        match (self.is_office, is_office(aside)) {
            (false, true) => self.titles.push(key_of(aside)),
            _ if is_remark(aside) => {}
            // `Procurement (Ann Lee)`, `Ann Lee <ann.lee@example.org>`
            (true, false) if is_person(aside) => self.people.push(personal_name(aside)),
            (false, false) if is_person(aside) && (self.people.is_empty() || aside.contains('@')) => {
                self.people.push(personal_name(aside));
            }
            (true, _) if self.area.is_none() => self.area = Some(key_of(aside)),
            _ => {}
        }
    }

    /// Adds what stands behind a comma, unless it is another person or role. `is_pair` is whether the text has only
    /// these two words, as in `Lee, Ann`.
    pub(super) fn add_after_comma(&mut self, part: &'a str, is_pair: bool) -> bool {
        let (is_office, is_word) = (is_office(part), !part.contains(char::is_whitespace));
        let is_person = !self.is_office && !self.people.is_empty();
        let reversed = || PersonalName::new(&format!("{} {}", key_of(part), self.key));
        match () {
            () if is_remark(part) && !is_office => {}
            () if is_person && is_office => self.titles.push(key_of(part)),
            () if is_person && is_word => self.people.push(reversed()),
            () if self.is_office && self.people.is_empty() && self::is_person(part) => {
                self.people.push(personal_name(part));
            }
            () if self.is_office && is_word && !is_office && self.area.is_none() => {
                // `LEE, Ann` may be a person as well as `CIO, Leeds` an office.
                let person = (is_abbreviation(self.name) && is_pair).then(reversed);
                self.people.extend(person);
                self.area = Some(key_of(part));
            }
            () if is_word && is_pair && !self.is_office && !is_office => {
                let person = reversed();
                self.key = format!("{} {}", key_of(part), self.key);
                self.titles = vec![self.key.clone()];
                self.people.push(person);
            }
            () => return false,
        }
        true
    }

    /// Gives an office of two words, separated by a comma, its whole name as well: `Lead, Desk`.
    pub(super) fn join_office(&mut self, other: &mut Signer<'a>) {
        let is_word = |one: &Signer<'_>| one.is_office && !one.name.contains(char::is_whitespace);
        if is_word(self) && is_word(other) {
            let joined = format!("{} {}", other.key, self.key);
            self.titles.push(joined.clone());
            other.titles.push(joined);
        }
    }

    /// Whether both may be the same. Two people who share only an office are not.
    pub(super) fn is_same(&self, other: &Signer<'_>) -> bool {
        let (mine, theirs) = (self.personal_names(), other.personal_names());
        if !mine.is_empty() && !theirs.is_empty() {
            let has_only_name = self.people.is_empty() || other.people.is_empty();
            return has_only_name && self.key == other.key
                || mine.iter().any(|one| theirs.iter().any(|other| one.is_same(other)));
        }
        self.has_title_of(other)
    }

    /// Whether one of them is only an office, which the other has as well, and not elsewhere.
    pub(super) fn has_title_of(&self, other: &Signer<'_>) -> bool {
        let is_office_alone = self.personal_names().is_empty() || other.personal_names().is_empty();
        let is_elsewhere = self.area.is_some() && other.area.is_some() && self.area != other.area;
        is_office_alone && !is_elsewhere && self.titles.iter().any(|title| other.titles.contains(title))
    }

    /// The people of a body.
    pub(super) fn members(&self) -> &[PersonalName] {
        if self.is_office { &self.people } else { &[] }
    }

    /// Whether it is the person of this name.
    pub(super) fn has_name(&self, name: &PersonalName) -> bool {
        self.personal_names().iter().any(|own| own.is_same(name))
    }

    /// The names of the person: the first name, unless it is an office or there is a better one.
    fn personal_names(&self) -> Vec<PersonalName> {
        match self.people.is_empty() && !self.is_office {
            true => vec![PersonalName::new(&self.key)],
            false => self.people.clone(),
        }
    }
}

/// The key of a name, an account or an address.
fn key_of(name: &str) -> String {
    match name.trim().trim_start_matches('@') {
        // `ann.lee@example.org`
        address if address.contains('@') && !address.contains(char::is_whitespace) => {
            let account = address.split('@').next().unwrap_or_default();
            name_key(&account.replace(['.', '_'], " "))
        }
        account => name_key(account),
    }
}

/// Whether a name is that of an office or a department.
fn is_office(name: &str) -> bool {
    is_abbreviation(name) || words(name).any(|word| is_office_word(&word))
}

/// Whether a name is an abbreviation, as those of offices are: `CIO`.
fn is_abbreviation(name: &str) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=5;
    LENGTHS.contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '&' | '-'))
}

/// Whether a text is a remark and names nobody: `acting`, `signed`, `x`.
fn is_remark(text: &str) -> bool {
    let is_account = text.contains('@') && !text.contains(char::is_whitespace);
    text.starts_with(char::is_lowercase) && !is_account || text.chars().count() < 2
}

/// The name of a person; a surname in capitals may stand first: `LEE Ann`.
fn personal_name(name: &str) -> PersonalName {
    // `Jean-Pierre Martin` is not `Jean Martin`.
    let key = |name: &str| key_of(&name.replace('-', ""));
    let is_shouted =
        |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(char::is_lowercase);
    match name.split_once(' ').filter(|(first, rest)| is_shouted(first) && !is_shouted(rest)) {
        Some((surname, given)) => PersonalName::new(&format!("{} {}", key(given), key(surname))),
        None => PersonalName::new(&key(name)),
    }
}

/// Whether a text is the name of a person: at least two words that begin with capitals, and none of an office.
fn is_person(name: &str) -> bool {
    const MAX_WORDS: usize = 6;
    const EASTERN_LENGTHS: std::ops::RangeInclusive<usize> = 2..=7;
    if name.contains('@') && !name.contains(char::is_whitespace) {
        let account = key_of(name);
        return account.contains(' ') && !is_office(&account);
    }
    if words(name).any(|word| is_office_word(&word)) {
        return false;
    }
    if name.chars().all(|c| is_unspaced(c) || c.is_whitespace()) {
        return EASTERN_LENGTHS.contains(&name.chars().count());
    }
    let all = || name.split_whitespace();
    let count = all().take(MAX_WORDS + 1).count();
    (2..=MAX_WORDS).contains(&count) && all().next().is_some_and(begins_name) && all().all(is_word_of_name)
}

fn begins_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a word may be part of a person's name: `Ann`, `O'Brien`, `van`.
fn is_word_of_name(word: &str) -> bool {
    const PARTICLES: &str = "de da di do dos du del della der den van von zu zur ter ten la le el al bin ben y e";
    let has_letters_only = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
    has_letters_only && (begins_name(word) || PARTICLES.split(' ').any(|particle| particle == word))
}

/// An office and the person behind it, without a sign between them: `CIO Ann Lee`, `情報システム部長 山田太郎`.
fn split_office_and_person(name: &str) -> Option<(&str, &str)> {
    let ends = name.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut end_of_office = ends.filter(|end| {
        let word = name[..*end].rsplit(char::is_whitespace).next().unwrap_or_default();
        is_abbreviation(word) && word.len() == *end || words(word).any(|word| is_office_word(&word))
    });
    let (office, person) = name.split_at(end_of_office.next_back()?);
    let person = person.trim_start();
    let is_name = person.starts_with(is_unspaced) || person.contains(char::is_whitespace);
    (is_name && is_person(person)).then_some((office, person))
}
