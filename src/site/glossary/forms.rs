//! Spellings of terms in running text: as defined, capitalized at the start of a sentence, or in the plural.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::iter::from_fn;

use crate::html::escape_text;
use crate::text::{composed, decomposed, is_one_word};

/// The number of distinct marks.
const MARK_COUNT: usize = 8192;
/// The maximum length of a word of a term, which has up to 60 characters and an ending.
const MAX_WORD_BYTES: usize = 64;

/// The forms of all terms, by first word in lower case.
#[derive(Debug)]
pub(super) struct Forms {
    by_word: HashMap<String, Vec<Form>>,
    /// One bit for the mark of each first word in ASCII letters. Most words of a document have none of these marks and
    /// are skipped without a lookup.
    marks: [u64; MARK_COUNT / 64],
}

/// One spelling of a term.
#[derive(Debug)]
struct Form {
    /// The form, escaped for HTML.
    text: String,
    /// The form with words starting in lower case.
    key: String,
    term: u32,
    /// The longest shorter form of the same first word with a key that is a prefix of this key.
    shorter: Option<usize>,
}

impl Default for Forms {
    fn default() -> Forms {
        Forms { by_word: HashMap::new(), marks: [0; MARK_COUNT / 64] }
    }
}

impl Forms {
    /// Adds a term in all its regular forms in a language.
    pub(super) fn add(&mut self, term: &str, language: &str, number: u32) {
        let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
        // Documents may use another Unicode normalization form than the glossary.
        let spellings = [term.clone(), composed(&term).into_owned(), decomposed(&term)];
        let spellings = spellings.iter().take(if term.is_ascii() { 1 } else { 3 });
        let plurals = spellings.clone().flat_map(|term| plurals(term, language));
        for form in spellings.cloned().chain(plurals).collect::<BTreeSet<_>>() {
            let mut text = String::new();
            escape_text(&mut text, &form);
            let first = first_word(&text).to_lowercase();
            if first.is_empty() {
                continue;
            }
            let mark = mark(first.as_bytes());
            self.marks[mark / 64] |= 1 << (mark % 64);
            self.by_word.entry(first).or_default().push(Form::new(text, number));
        }
    }

    /// Sorts the forms for lookup and removes duplicates; of equal forms, the first added is kept.
    pub(super) fn sort_forms(&mut self) {
        self.by_word.values_mut().for_each(link_shorter_forms);
    }

    /// The longest term at the start of `text`: its length there and its number. `word` is the first word of `text`.
    pub(super) fn longest_match(&self, text: &str, word: &str) -> Option<(usize, u32)> {
        let forms = self.starting_with(word)?;
        // Every form at the start of the text is the last form not sorted after the text, or a prefix of that form.
        let last = forms.partition_point(|form| form.is_prefix_or_before(text)).checked_sub(1)?;
        let mut chain = std::iter::successors(forms.get(last), |form| forms.get(form.shorter?));
        chain.find_map(|form| Some((match_length(&form.text, text)?, form.term)))
    }

    fn starting_with(&self, word: &str) -> Option<&Vec<Form>> {
        if !word.is_ascii() {
            return self.by_word.get(&word.to_lowercase());
        }
        let mark = mark(word.as_bytes());
        if self.marks[mark / 64] >> (mark % 64) & 1 == 0 {
            return None;
        }
        let mut lower = [0; MAX_WORD_BYTES];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        self.by_word.get(std::str::from_utf8(lower).ok()?)
    }
}

impl Form {
    fn new(text: String, term: u32) -> Form {
        Form { key: letters(&text).collect(), text, term, shorter: None }
    }

    /// Whether the form is a prefix of the text or sorts before it.
    fn is_prefix_or_before(&self, text: &str) -> bool {
        let mut letters = letters(text);
        let other = self.key.chars().find_map(|own_char| match letters.next() {
            Some(c) if c == own_char => None,
            letter => Some(letter.is_some_and(|letter| own_char < letter)),
        });
        other.unwrap_or(true)
    }
}

/// Sorts the forms of one word and links each to its next shorter form.
fn link_shorter_forms(forms: &mut Vec<Form>) {
    let mut seen_texts = HashSet::new();
    forms.retain(|form| seen_texts.insert(form.text.clone()));
    // A lookup goes from last to first.
    forms.reverse();
    forms.sort_by(|a, b| a.key.cmp(&b.key));
    let mut open: Vec<usize> = Vec::new();
    for at in 0..forms.len() {
        while open.pop_if(|last| !forms[at].key.starts_with(&forms[*last].key)).is_some() {}
        forms[at].shorter = open.last().copied();
        open.push(at);
    }
}

/// The characters of a text, with words starting in lower case and white space collapsed to single spaces.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let mut letters = text.chars().peekable();
    let mut starts_word = true;
    from_fn(move || {
        let c = letters.next()?;
        if c.is_whitespace() {
            while letters.next_if(|next| next.is_whitespace()).is_some() {}
            starts_word = true;
            return Some(' ');
        }
        Some(if std::mem::take(&mut starts_word) { lowercase(c) } else { c })
    })
}

/// The lower case of a character if that is a single character, otherwise the character itself.
fn lowercase(c: char) -> char {
    let mut small = c.to_lowercase();
    small.next().filter(|_| small.next().is_none()).unwrap_or(c)
}

/// A number derived from a word's first three bytes, ignoring ASCII case, and its length.
fn mark(word: &[u8]) -> usize {
    let lowercase_at = |at: usize| usize::from(word.get(at).map_or(0, |byte| byte | 0x20));
    ((lowercase_at(0) * 37 + lowercase_at(1)) * 37 + lowercase_at(2) * 61 + word.len()) % MARK_COUNT
}

/// The word at the start of a text; empty if it does not start with a letter or digit.
pub(super) fn first_word(text: &str) -> &str {
    let ascii = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return &text[..ascii];
    }
    let mut last = None;
    for (at, c) in text.char_indices() {
        let goes_on = c != '_' && last.map_or(c.is_alphanumeric(), |last| is_one_word(last, c));
        if !goes_on {
            return &text[..at];
        }
        last = Some(c);
    }
    text
}

/// The regular plurals and other regular forms of a noun.
fn plurals(term: &str, language: &str) -> Vec<String> {
    match language {
        "en" => vec![english_plural(term)],
        "de" => ["e", "en", "n", "s", "es", "er", "ern"].map(|ending| format!("{term}{ending}")).to_vec(),
        _ => Vec::new(),
    }
}

fn english_plural(term: &str) -> String {
    let before = |c: char| !"aeiou".contains(c);
    match term.strip_suffix('y') {
        Some(stem) if stem.ends_with(before) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| term.ends_with(end)) => format!("{term}es"),
        _ => format!("{term}s"),
    }
}

/// The length of the text that a form matches, if the text starts with it as whole words.
///
/// Upper case in the form must match exactly; lower case at the start of a word matches either case. A space matches
/// any white space.
fn match_length(form: &str, text: &str) -> Option<usize> {
    if let Some(after) = text.strip_prefix(form) {
        // Most occurrences are spelled exactly like the form.
        return ends_word(form, after).then_some(form.len());
    }
    let mut letters = text.char_indices().peekable();
    let mut starts_word = true;
    for expected in form.chars() {
        let (_, c) = letters.next()?;
        let same = if expected == ' ' {
            while letters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
            c.is_whitespace()
        } else {
            c == expected || (starts_word && c.to_lowercase().eq(std::iter::once(expected)))
        };
        if !same {
            return None;
        }
        starts_word = expected == ' ';
    }
    let end = letters.peek().map_or(text.len(), |(at, _)| *at);
    ends_word(form, &text[end..]).then_some(end)
}

/// Whether a word ends before `after`; it does not in `incident-related`, `incident.log` or `incident_id`.
fn ends_word(form: &str, after: &str) -> bool {
    let mut letters = after.chars();
    match letters.next() {
        Some('-' | '.' | '@' | '_' | '\u{2010}' | '\u{2011}') => !letters.next().is_some_and(char::is_alphanumeric),
        Some(c) => !form.chars().next_back().is_some_and(|last| is_one_word(last, c)),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(term: &str, language: &str, text: &str) -> Option<usize> {
        let mut forms = Forms::default();
        forms.add(term, language, 0);
        forms.sort_forms();
        forms.longest_match(text, first_word(text)).map(|(length, _)| length)
    }

    #[test]
    fn a_term_is_found_as_it_is_written_in_sentences() {
        for (term, text, length) in [
            ("incident", "incident is", Some(8)),
            ("incident", "Incidents are", Some(9)),
            ("incident", "incident's", Some(8)),
            ("incident", "INCIDENT", None),
            ("incident", "incidental", None),
            ("incident", "incident-related", None),
            ("incident", "incident - so", Some(8)),
            ("incident", "incident.", Some(8)),
            ("incident", "incident.log", None),
            ("priority", "priorities", Some(10)),
            ("delay", "delays", Some(6)),
            ("loss", "losses", Some(6)),
            ("major incident", "Major\n  Incidents:", Some(17)),
            ("back-out", "back-outs", Some(9)),
            ("CAB", "CAB's", Some(3)),
            ("CAB", "cab", None),
            ("CAB", "CABs", Some(4)),
            ("Board", "board", None),
            ("R&D", "R&amp;D is", Some(7)),
        ] {
            assert_eq!(found(term, "en", text), length, "{term} in {text}");
        }
        assert_eq!(found("Änderung", "de", "Änderungen der"), Some("Änderungen".len()));
        assert_eq!(found("变更", "zh", "变更必须批准"), Some("变更".len()));
        assert_eq!(found("เหตุการณ์", "th", "เหตุการณ์ทั้งหมด"), Some("เหตุการณ์".len()));
        assert_eq!(found("サーバ", "ja", "サーバー"), None);
        assert_eq!(found("SLA", "zh", "SLA规定"), Some(3));
        assert_eq!(found("änderung", "xx", "Änderungen"), None);
        assert_eq!(found("änderung", "xx", "Änderung"), Some("Änderung".len()));
    }

    #[test]
    fn the_longest_term_counts() {
        let mut forms = Forms::default();
        ["incident", "incident manager", "incident managers' rota"].into_iter().zip(0..).for_each(|(term, number)| {
            forms.add(term, "en", number);
        });
        forms.sort_forms();
        assert_eq!(forms.longest_match("incident managers meet", "incident"), Some((17, 1)));
        assert_eq!(forms.longest_match("incident man", "incident"), Some((8, 0)));
    }

    #[test]
    fn a_lookup_finds_what_a_look_at_every_form_finds() {
        use proptest::prelude::*;
        let term = "[aAbé](s|y|x)?( [aAbB]s?){0,2}(&|-[ab])?";
        proptest!(|(terms in prop::collection::vec(term, 1..12), text in "[aAbBé](s|ies|es|x)?(\\s{1,2}[aAbB]s?){0,4}[-. &a]?")| {
            let mut forms = Forms::default();
            for (term, number) in terms.iter().zip(0..) {
                forms.add(term, "en", number);
            }
            let word = first_word(&text);
            let mut all: Vec<(String, u32)> =
                forms.starting_with(word).into_iter().flatten().map(|form| (form.text.clone(), form.term)).collect();
            all.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
            let expected = all.iter().find_map(|(form, term)| Some((match_length(form, &text)?, *term)));
            forms.sort_forms();
            prop_assert_eq!(forms.longest_match(&text, word), expected);
        });
    }
}
