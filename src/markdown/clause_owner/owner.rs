//! Words that attribute a clause to a contract, a law or another document.

use super::designation::designation;

/// Nouns for documents with clauses, anywhere near a mention.
const NOUNS: [&str; 41] = [
    "contract",
    "agreement",
    "msa",
    "sla",
    "ola",
    "nda",
    "dpa",
    "sow",
    "lease",
    "licence",
    "license",
    "deed",
    "annex",
    "appendix",
    "schedule",
    "exhibit",
    "act",
    "law",
    "statute",
    "regulation",
    "directive",
    "decree",
    "ordinance",
    "gdpr",
    "constitution",
    "bylaws",
    "treaty",
    "code",
    "terms",
    "addendum",
    "amendment",
    "warranty",
    "specification",
    "tender",
    "dora",
    "nis2",
    "offer",
    "charter",
    "covenant",
    "t&cs",
    "t&c",
];

/// Nouns that own a clause only if they directly precede the word `clause`, or follow `of`.
const WEAK_NOUNS: [&str; 26] = [
    "contracts",
    "agreements",
    "laws",
    "regulations",
    "conditions",
    "order",
    "policy",
    "supplier",
    "customer",
    "insurer",
    "document",
    "procedure",
    "process",
    "handbook",
    "manual",
    "itil",
    "isms",
    "contractual",
    "contract-specific",
    "legal",
    "slas",
    "olas",
    "guideline",
    "plan",
    "gtc",
    "agb",
];

/// Nouns for a type of contract, which only name a topic when used as a label.
const LABELS: [&str; 4] = ["sla", "ola", "contract", "agreement"];

/// Words after a noun that specify the contract.
const QUALIFIERS: [&str; 16] = [
    "with",
    "conditions",
    "of",
    "for",
    "between",
    "and",
    "the",
    "dated",
    "no",
    "no.",
    "nr.",
    "number",
    "from",
    "on",
    "our",
    "work",
];

/// Words before a noun that do not refer to a particular document.
const INDEFINITE_WORDS: [&str; 10] = ["every", "each", "all", "any", "no", "a", "an", "new", "both", "some"];

/// Words before `clause` that show that it belongs to somebody else.
const POSSESSIVES: [&str; 4] = ["their", "his", "her", "your"];

/// Prepositions before `clause` that express a location.
const PLACES: [&str; 9] = ["in", "under", "by", "per", "see", "to", "with", "from", "at"];

/// A word in lower case without the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// Whether a word is a noun for a document with clauses.
pub(super) fn is_noun(word: &str) -> bool {
    NOUNS.contains(&bare(word).as_str())
}

/// Whether a word may be a noun for a document with clauses.
pub(super) fn is_noun_of_any_kind(word: &str) -> bool {
    is_noun(word) || WEAK_NOUNS.contains(&bare(word).as_str())
}

/// Whether a word is the ID of a document, such as `PRO-INC-001`.
pub(super) fn is_id(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let begins = word.bytes().take_while(u8::is_ascii_uppercase).count() > 1;
    begins && word.contains('-') && word.split('-').all(is_part) && word.ends_with(|last: char| last.is_ascii_digit())
}

/// Whether words end with a document and its specification: `the contract with Northwind`, `Regulation (EU) 2016/679`.
fn is_named(words: &[&str]) -> bool {
    let Some(at) = words.iter().rposition(|word| is_noun(word) || is_id(word)) else { return false };
    let is_qualifier = |word: &&str| {
        QUALIFIERS.contains(&word.to_lowercase().as_str())
            || word.contains(|letter: char| letter.is_ascii_digit())
            || word.trim_start_matches(|letter: char| !letter.is_alphanumeric()).starts_with(char::is_uppercase)
    };
    let before = at.saturating_sub(2);
    let is_general = words[before..at].iter().any(|word| INDEFINITE_WORDS.contains(&bare(word).as_str()));
    !is_general && words[at + 1..].iter().all(is_qualifier)
}

/// Maximum number of words examined, from the end of a sentence.
const MAX_WORDS: usize = 12;

/// Whether the words directly before `clause` name a document that is not a standard: `contract clause`, `the
/// agreement's clause`, `in the contract with Northwind, clause`, `GDPR clause`.
pub(super) fn owns_clause(text: &str) -> bool {
    let written = text.trim_end();
    let sentence = written.trim_end_matches([',', '(', ':', '[', '–', '—', '-', ' ']);
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let near = &words[words.len().saturating_sub(MAX_WORDS)..];
    let Some((last, before)) = near.split_last() else {
        // The words of a link by ID are not part of this text.
        return written.starts_with(',');
    };
    let possessive = ["'s", "’s", "s'", "s’"].iter().any(|end| last.ends_with(end));
    if possessive {
        return !bare(last).starts_with("standard");
    }
    if sentence.len() == written.len() {
        return is_adjacent(last)
            || POSSESSIVES.contains(&bare(last).as_str())
            || is_named(near)
            || PLACES.contains(&bare(last).as_str()) && is_subject(&words, before);
    }
    let is_label = written.ends_with(':') && before.len() < 2 && LABELS.contains(&bare(last).as_str());
    !is_label && is_named(near)
}

/// Whether a word owns the clause after it: `policy clause`, `GDPR clause`.
fn is_adjacent(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_acronym = word.len() > 1
        && word.bytes().all(|letter| letter.is_ascii_uppercase())
        && !matches!(word, "SMS" | "ISO" | "IEC" | "ITSM");
    is_acronym || is_noun_of_any_kind(word)
}

/// Whether a sentence is about a contract, or its words end with one: `The contract names the credits in`, `may end the
/// contract under`.
fn is_subject(words: &[&str], before: &[&str]) -> bool {
    const SUBJECT_STARTS: [&str; 8] = ["the", "this", "our", "that", "their", "your", "contract", "agreement"];
    let begins = words.first().is_some_and(|word| SUBJECT_STARTS.contains(&bare(word).as_str()));
    let subject = words.iter().take(4).position(|word| is_noun(word));
    before.last().is_some_and(|word| is_noun(word)) && is_named(before) || begins && subject.is_some()
}

/// Whether a cell, or a text in brackets after a number, is just the name of such a document.
pub(super) fn is_document(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_short = (1..=6).contains(&words.len());
    let first = words.iter().take(3).any(|word| is_noun(word) || is_id(word));
    is_short && first && is_named(&words) && designation(text).is_none()
}
