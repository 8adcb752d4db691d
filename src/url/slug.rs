//! Derives names for the portal from any name of a source file.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

use super::NAME_LIMIT;

/// Punctuation that becomes `-` without making names ambiguous in practice, as white space does.
const HYPHENATED_PUNCTUATION: &str = "'’,()&";

/// Ranges of scripts that transliterate nearly one to one: accented Latin, Greek, Cyrillic.
const ALPHABETS: &[(char, char)] = &[
    ('\u{c0}', '\u{d6}'),
    ('\u{d8}', '\u{f6}'),
    ('\u{f8}', '\u{24f}'),
    ('\u{300}', '\u{36f}'),
    ('\u{370}', '\u{52f}'),
    ('\u{1e00}', '\u{1eff}'),
];

/// Windows device names, which are reserved with any extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Windows device names that are followed by a digit.
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

const HASH_LENGTH: usize = 8;

/// The name of a file from its stem; the extension, including its dot, is used as is.
pub(super) fn name(stem: &str, extension: &str) -> String {
    let slug = Slug::new(stem);
    let mut name = slug.text;
    if name.is_empty() {
        name.push_str("unnamed");
    }
    if is_device(&name) {
        let end = name.find('.').unwrap_or(name.len());
        name.insert(end, '_');
    }
    if slug.ambiguous || name.len() + extension.len() > NAME_LIMIT {
        return truncate(&name, stem, extension);
    }
    name + extension
}

/// The name of a folder; it can never be the name of a page.
pub(super) fn folder(source: &str) -> String {
    let mut name = name(source, "");
    if name.ends_with(".html") {
        name.replace_range(name.len() - ".html".len().., "-html");
    }
    name
}

/// The name, truncated to fit, followed by a hash of its source and the extension.
pub(super) fn truncate(name: &str, source: &str, extension: &str) -> String {
    let max_length = NAME_LIMIT - HASH_LENGTH - 1 - extension.len();
    let prefix = name[..name.len().min(max_length)].trim_end_matches(['-', '.']);
    format!("{prefix}-{}{extension}", hash(source))
}

/// Whether a name denotes a device on Windows.
pub(crate) fn is_device(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or(name);
    let among = |devices: &[&str], name: &str| devices.iter().any(|device| device.eq_ignore_ascii_case(name));
    let numbered = base.strip_suffix(|last: char| last.is_ascii_digit());
    among(DEVICES, base) || numbered.is_some_and(|name| among(NUMBERED_DEVICES, name))
}

/// A hash that is independent of letter case and of how a file system composes characters.
fn hash(source: &str) -> String {
    let folded: String = source.nfc().collect::<String>().to_lowercase().nfc().collect();
    blake3::hash(folded.as_bytes()).to_hex()[..HASH_LENGTH].to_owned()
}

/// A name under construction: it never starts with `-` or `.`, and never contains two of them in a row.
struct Slug {
    text: String,
    /// Whether characters were omitted or transliterated that may distinguish the source from another name.
    ambiguous: bool,
}

impl Slug {
    fn new(source: &str) -> Slug {
        let mut slug = Slug { text: String::with_capacity(source.len()), ambiguous: false };
        // ASCII needs no normalization.
        if source.is_ascii() {
            source.chars().for_each(|character| slug.push(character));
        } else {
            source.nfc().for_each(|character| slug.push(character));
        }
        slug.text.truncate(slug.text.trim_end_matches(['-', '.']).len());
        slug.ambiguous |= slug.text.is_empty();
        slug
    }

    fn push(&mut self, character: char) {
        if character.is_ascii_alphanumeric() || character == '_' {
            self.text.push(character.to_ascii_lowercase());
        } else if character == '.' {
            self.separate('.');
        } else if character == '-' || character.is_whitespace() || HYPHENATED_PUNCTUATION.contains(character) {
            self.separate('-');
        } else {
            self.ambiguous |= !is_alphabetic(character);
            self.transliterate(character);
        }
    }

    fn transliterate(&mut self, character: char) {
        for latin in deunicode_char(character).unwrap_or(" ").chars() {
            match latin {
                letter if letter.is_ascii_alphanumeric() => self.text.push(letter.to_ascii_lowercase()),
                '\'' | '`' | '"' => {}
                _ => self.separate('-'),
            }
        }
    }

    fn separate(&mut self, separator: char) {
        match self.text.chars().next_back() {
            None => {}
            Some('-') if separator == '.' => {
                self.text.pop();
                self.separate('.');
            }
            Some('-' | '.') => {}
            Some(_) => self.text.push(separator),
        }
    }
}

fn is_alphabetic(character: char) -> bool {
    ALPHABETS.iter().any(|(first, last)| (*first..=*last).contains(&character))
}
