//! Front matter in which every line means what it seems to, told without reading it as YAML.
//!
//! Texts of the past are many, and most of them are asked little: which version they are, and whether the keys that belong to
//! the approved text are those of today. What is written in any unusual way is not plain, and is read as YAML.

use super::block::{Block, Notation};
use crate::yaml::Limits;

/// Characters that end a line for some reader of YAML, or that stand at the beginning of a file.
const ODD: [char; 4] = ['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'];

/// The keys of plain front matter, each once and with all that is written below it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PlainFront<'t>(Vec<Part<'t>>);

#[derive(Debug, PartialEq, Eq)]
struct Part<'t> {
    key: &'t str,
    value: &'t str,
    below: Vec<&'t str>,
}

impl<'t> PlainFront<'t> {
    /// The front matter that a text begins with, when it is plain.
    pub(crate) fn of(text: &'t str) -> Option<PlainFront<'t>> {
        let block = Block::find(text).filter(|block| block.closed && block.notation == Notation::Yaml)?;
        let inside = text.get(block.inside).filter(|inside| inside.len() <= Limits::FRONT_MATTER.bytes)?;
        let mut parts: Vec<Part<'t>> = Vec::new();
        for line in inside.lines().filter(|line| !line.starts_with('#')) {
            if line.contains(|letter: char| letter.is_control() || ODD.contains(&letter)) {
                return None;
            }
            if line.starts_with(' ') || line.starts_with("- ") {
                parts.last_mut().filter(|part| part.value.is_empty())?.below.push(line);
            } else if !line.is_empty() {
                let (key, value) = pair(line)?;
                parts.push(Part { key, value, below: Vec::new() });
            }
        }
        let mut keys: Vec<&str> = parts.iter().map(|part| part.key).collect();
        keys.sort_unstable();
        let is_plain = parts.iter().all(|part| is_value(part.value) && is_block(&part.below));
        (is_plain && keys.windows(2).all(|two| two[0] != two[1])).then_some(PlainFront(parts))
    }

    /// Whether it has a key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.part(key).is_some()
    }

    /// What stands behind a key, when it is one word, and not the one for nothing.
    pub(crate) fn word(&self, key: &str) -> Option<&'t str> {
        let part = self.part(key).filter(|part| part.below.is_empty())?;
        let quoted = ['"', '\''].iter().find_map(|quote| part.value.strip_prefix(*quote)?.strip_suffix(*quote));
        let word = quoted.unwrap_or(part.value);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let is_nothing = word.is_empty() || word.eq_ignore_ascii_case("null");
        (!is_nothing && word.bytes().all(is_plain)).then_some(word)
    }

    /// Whether another front matter says the same under a key, as it is written.
    pub(crate) fn agrees(&self, other: &PlainFront<'_>, key: &str) -> bool {
        match (self.part(key), other.part(key)) {
            (Some(one), Some(other)) => one == other,
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    fn part(&self, key: &str) -> Option<&Part<'t>> {
        self.0.iter().find(|part| part.key == key)
    }
}

/// Splits `key: value` or `key:`.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '))?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let is_key = key.starts_with(|letter: char| letter.is_ascii_alphabetic()) && key.bytes().all(is_plain);
    is_key.then_some((key, value.trim_matches(' ')))
}

/// Whether the lines below a key are a list of values, a list of mappings of values, or such a mapping: nothing deeper.
fn is_block(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return true };
    let column = indent(first);
    let is_list = first[column..].starts_with("- ");
    let mut keys_may_follow = !is_list;
    lines.iter().all(|line| {
        let text = &line[indent(line)..];
        if let Some(item) = text.strip_prefix("- ").filter(|_| is_list && indent(line) == column) {
            let pair = pair(item);
            keys_may_follow = pair.is_some();
            return is_value(pair.map_or(item, |(_, value)| value));
        }
        let here = if is_list { column + 2 } else { column };
        keys_may_follow && indent(line) == here && pair(text).is_some_and(|(_, value)| is_value(value))
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether what stands behind a key or a dash ends where its line does: words, a quoted text, or a list or mapping in
/// brackets.
fn is_value(value: &str) -> bool {
    let mut scan = Scan::default();
    let mut rest = value;
    while let Some(letter) = rest.chars().next() {
        let Some(length) = scan.step(letter, rest) else { return false };
        rest = &rest[length..];
    }
    scan.open.is_empty()
}

/// Reads a value from left to right.
#[derive(Default)]
struct Scan {
    /// The closing brackets of what is open.
    open: Vec<char>,
    /// Whether the entry of brackets that is being read has a key.
    has_key: bool,
    /// The last character that was no space.
    before: Option<char>,
}

impl Scan {
    /// Takes what begins with a character; how many bytes that were, or nothing where it is not plain.
    fn step(&mut self, letter: char, rest: &str) -> Option<usize> {
        let begins = self.before.is_none_or(|before| !self.open.is_empty() && matches!(before, '[' | '{' | ',' | ':'));
        let length = match letter {
            '"' | '\'' if begins => self.quoted(letter, rest)?,
            '\'' if self.before.is_some_and(char::is_alphanumeric) => 1,
            '[' | '{' | ']' | '}' => self.bracket(letter, rest, begins)?,
            ':' | ',' | '-' => self.mark(letter, rest, begins)?,
            '"' | '\'' | '#' | '\\' => return None,
            _ if begins && letter.is_ascii_punctuation() => return None,
            _ => letter.len_utf8(),
        };
        if letter != ' ' {
            self.before = Some(letter);
        }
        Some(length)
    }

    /// The length of a quoted text that ends on this line, with its quotes, and is followed by what may follow it.
    fn quoted(&self, quote: char, rest: &str) -> Option<usize> {
        let length = rest[1..].find(quote)? + 2;
        (self.may_follow(&rest[length..], true) && !rest[..length].contains('\\')).then_some(length)
    }

    fn bracket(&mut self, letter: char, rest: &str, begins: bool) -> Option<usize> {
        match letter {
            '[' | '{' if begins && self.open.len() < 8 => {
                self.open.push(if letter == '[' { ']' } else { '}' });
                self.has_key = false;
                Some(1)
            }
            ']' | '}' if self.open.pop() == Some(letter) => self.may_follow(&rest[1..], false).then_some(1),
            _ => None,
        }
    }

    /// Marks that stand for something only in some places.
    fn mark(&mut self, letter: char, rest: &str, begins: bool) -> Option<usize> {
        let follows = rest[1..].chars().next();
        let is_word = follows.is_some_and(|next| !matches!(next, ' ' | ',' | '[' | ']' | '{' | '}'));
        let is_plain = match letter {
            '-' => !begins || follows.is_some_and(|next| next.is_ascii_digit()),
            _ if begins => false,
            ':' if self.open.is_empty() => is_word,
            ':' => !is_word && follows == Some(' ') && !std::mem::replace(&mut self.has_key, true),
            _ => {
                self.has_key &= self.open.is_empty();
                true
            }
        };
        is_plain.then_some(1)
    }

    /// Whether what follows a quoted text or a closed bracket may.
    fn may_follow(&self, rest: &str, is_quoted: bool) -> bool {
        match rest.trim_start_matches(' ').chars().next() {
            None => self.open.is_empty(),
            Some(',' | ']' | '}') => !self.open.is_empty(),
            Some(':') => is_quoted && !self.open.is_empty(),
            Some(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::SourceText;
    use crate::source::{Vocabulary, decode};

    /// Lines of front matter, plain ones and others.
    const LINES: [&str; 44] = [
        "id: POL-1",
        "title: A policy, the 2nd: none",
        "title: A policy's title (new)",
        "title: \"A: [b\"",
        "title: 'It''s'",
        "title: \"A",
        "title: A\"",
        "title: [a",
        "b\"",
        "version: 1",
        "version: \"1.2\"",
        "version: '1'2",
        "version: null",
        "version: 1 # or 2",
        "version:",
        "  1",
        "status: approved",
        "status: Approved",
        "status: draft",
        "approved: 2026-03-09",
        "approved: \"2026-03-09\"",
        "approved: 09.03.2026",
        "clauses: [\"8.5\", 9.1]",
        "clauses:",
        "clauses:",
        "  - \"8.5.1\"",
        "  - {clause: \"8.10\", extent: partial, note: \"Only: for [its part.\"}",
        "  - clause: \"8.6\"",
        "    note: Only for its part",
        "   note: Only for its part",
        "  note: a",
        "- \"9.1\"",
        "provides: [sms-policy]",
        "tags: {a: b: c}",
        "tags: [a, [b, {c: d}], -1]",
        "tags: [a \"[\", b]",
        "changes: |",
        "  version: 9",
        "note: *a",
        "# version: 7",
        "",
        "\u{85}version: 2",
        "status: approved]",
        "? version",
    ];

    fn numbers(seed: u64) -> impl Iterator<Item = usize> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        std::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap_or_default()
        })
    }

    fn texts() -> impl Iterator<Item = String> {
        (1..60_000).map(|seed| {
            let mut numbers = numbers(seed);
            let count = numbers.next().unwrap_or_default() % 9;
            let lines: String = numbers.take(count).map(|at| format!("{}\n", LINES[at % LINES.len()])).collect();
            format!("---\n{lines}---\nversion: 8\n")
        })
    }

    #[test]
    fn what_plain_front_matter_says_is_what_it_says_as_yaml() {
        let vocabulary = Vocabulary::new(Vec::new(), Vec::new());
        let mut said = [0; 4];
        for text in texts() {
            let Some(plain) = PlainFront::of(&text) else { continue };
            let front = decode(&SourceText::new("", &text), &vocabulary).front.expect("a block");
            let version = front.version.as_ref().map(|version| version.value.as_str());
            let approved = front.approved.as_ref().map(|day| day.value.to_string());
            let id = front.id.as_ref().map(|id| id.value.to_string());
            for (at, (key, value)) in
                [("version", version), ("approved", approved.as_deref()), ("id", id.as_deref())].into_iter().enumerate()
            {
                if let Some(word) = plain.word(key).filter(|_| key != "approved" || value.is_some()) {
                    assert_eq!(Some(word), value, "{key} of\n{text}");
                    said[at] += 1;
                }
            }
            said[3] += usize::from(plain.word("status") == Some("approved"));
        }
        assert!(said.iter().all(|count| *count > 300), "{said:?}");
    }

    #[test]
    fn what_is_unusual_is_not_plain() {
        let is_plain = |lines: &str| PlainFront::of(&format!("---\n{lines}\n---\n")).is_some();
        for lines in [
            "id: A-1\nversion: \"1.2\"\ntags:\n- a\n- version: 3\n  date: 2026-01-01",
            "# version: 8\nversion: 1.2\nreview: {next: 2026-05-05}\n\nreviews:\n  - {date: 2026-01-01, by: Auditor's team}",
            "clauses: [\"8.5\", '9.1']\nurl: https://example.org/a-b",
        ] {
            assert!(is_plain(lines), "{lines}");
        }
        for lines in [
            "version: 1\nversion: 2",
            "version: \"1\\x32\"",
            "version: &a 1",
            "version: 1\n  2",
            "\"version\": 2",
            "{id: A-1, version: 2}",
            "title: [a,\nversion: 1]",
            "title: \"a\nversion: 1\nb: c\"",
            "<<: *other",
            "title: a\u{85}version: 2",
            "summary: >\n  version: 1",
            "a: b: c",
            "a: [b: c: d]",
            "a:\n  - b\n   - c",
            "a:\n  - b\n    c: d",
            "a:\n  b:\n    c: d",
            "a: 'b' c",
            "a: [b] c",
            "a: [b}",
        ] {
            assert!(!is_plain(lines), "{lines}");
        }
        assert!(PlainFront::of("---\nversion: 1\n").is_none() && PlainFront::of("version: 1").is_none());
    }
}
