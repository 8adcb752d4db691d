//! Words that attribute a clause to a contract, a law or another document.

use super::designation::designation;

/// Nouns for laws, and for kinds of contracts that are not a topic of service management.
const LAWS_AND_CONTRACTS: [&str; 14] = [
    "act",
    "law",
    "regulation",
    "directive",
    "statute",
    "ordinance",
    "decree",
    "constitution",
    "treaty",
    "gdpr",
    "msa",
    "nda",
    "dpa",
    "sow",
];

/// Other nouns for documents with clauses.
const OTHER_NOUNS: [&str; 31] = [
    "contract",
    "agreement",
    "sla",
    "ola",
    "lease",
    "licence",
    "license",
    "deed",
    "annex",
    "appendix",
    "schedule",
    "exhibit",
    "bylaws",
    "code",
    "terms",
    "addendum",
    "amendment",
    "warranty",
    "specification",
    "tender",
    "dora",
    "nis2",
    "grundschutz",
    "it-grundschutz",
    "offer",
    "charter",
    "covenant",
    "t&cs",
    "t&c",
    "scc",
    "sccs",
];

/// Nouns that own a clause only if they directly precede the word `clause`, or follow `of`.
const WEAK_NOUNS: [&str; 28] = [
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
    "model",
    "template",
];

/// Nouns for a type of contract, which only name a topic when used as a label.
const LABELS: [&str; 4] = ["sla", "ola", "contract", "agreement"];

/// Words after a noun that specify the contract.
const QUALIFIERS: [&str; 18] = [
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
    "conduct",
    "ethics",
];

/// Words before a noun that do not refer to a particular document.
const INDEFINITE_WORDS: [&str; 10] = ["every", "each", "all", "any", "no", "a", "an", "new", "both", "some"];

/// Words before `clause` that show that it belongs to somebody else.
const POSSESSIVES: [&str; 4] = ["their", "his", "her", "your"];

/// Prepositions before `clause` that express a location.
const PLACES: [&str; 9] = ["in", "under", "by", "per", "see", "to", "with", "from", "at"];

/// A word in lower case without the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a word is a noun for a document with clauses, anywhere near a mention.
pub(super) fn is_noun(word: &str) -> bool {
    let word = bare(word);
    LAWS_AND_CONTRACTS.iter().chain(&OTHER_NOUNS).any(|noun| *noun == word)
}

/// Whether a word may be a noun for a document with clauses.
pub(super) fn is_noun_of_any_kind(word: &str) -> bool {
    is_noun(word) || WEAK_NOUNS.contains(&bare(word).as_str())
}

/// Whether a word is the ID of a document, such as `PRO-INC-001`.
pub(super) fn is_id(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let begins = word.bytes().take_while(u8::is_ascii_uppercase).count() > 1;
    begins && word.contains('-') && word.split('-').all(is_part) && word.ends_with(|last: char| last.is_ascii_digit())
}

/// Whether words end with a document and its specification: `the contract with Northwind`, `Regulation (EU) 2016/679`.
fn is_named(words: &[&str]) -> bool {
    let is_document = |at: &usize| {
        is_noun(words[*at])
            || is_id(words[*at])
            || names_model_clauses(&words[..=*at])
            || names_insurance(&words[..=*at])
    };
    let Some(at) = (0..words.len()).rev().find(is_document) else { return false };
    let is_qualifier = |word: &&str| {
        QUALIFIERS.contains(&word.to_lowercase().as_str())
            || word.contains(|c: char| c.is_ascii_digit())
            || word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
    };
    let before = at.saturating_sub(2);
    let is_general = words[before..at].iter().any(|word| INDEFINITE_WORDS.contains(&bare(word).as_str()));
    !is_general && words[at + 1..].iter().all(is_qualifier)
}

/// Whether words end with `contractual clauses` or `model clauses`, which are a contract.
fn names_model_clauses(words: &[&str]) -> bool {
    let [.., before, last] = words else { return false };
    let word = last.trim_matches(|c: char| !c.is_alphanumeric());
    word.eq_ignore_ascii_case("clauses") && matches!(bare(before).as_str(), "contractual" | "contract" | "model")
}

/// Whether words end with `insurance policy`, which is a contract.
fn names_insurance(words: &[&str]) -> bool {
    matches!(words, [.., before, last] if bare(last) == "policy" && bare(before) == "insurance")
}

/// Whether the name of a document identifies one: by a number or a partner, or because it is a law or a particular
/// kind of contract.
pub(super) fn is_qualified_document(text: &str) -> bool {
    const QUALIFIED: [&str; 8] = ["with", "between", "dated", "master", "framework", "the", "this", "that"];
    let mut words = text.split_whitespace().map(bare);
    words.any(|word| {
        let is_number = word.contains(|c: char| c.is_ascii_digit()) && !is_id(&word.to_uppercase());
        is_number || LAWS_AND_CONTRACTS.contains(&word.as_str()) || QUALIFIED.contains(&word.as_str())
    })
}

/// Maximum number of words examined, from the end of a sentence.
const MAX_WORDS: usize = 12;

/// Whether the words directly before `clause` name a document that is not a standard: `contract clause`, `the
/// agreement's clause`, `in the contract with Northwind, clause`, `GDPR clause`.
pub(super) fn owns_clause(text: &str) -> bool {
    let trimmed = text.trim_end();
    let sentence = trimmed.trim_end_matches([',', '(', ':', '[', '–', '—', '-', ' ']);
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let nearby = &words[words.len().saturating_sub(MAX_WORDS)..];
    let Some((last, before)) = nearby.split_last() else {
        // The words of a link by ID are not part of this text.
        return trimmed.starts_with(',');
    };
    let possessive = ["'s", "’s", "s'", "s’"].iter().any(|end| last.ends_with(end));
    if possessive {
        return !bare(last).starts_with("standard");
    }
    if is_numbered(nearby) {
        return true;
    }
    if sentence.len() == trimmed.len() {
        return is_adjacent(last)
            || is_coded(last)
            || POSSESSIVES.contains(&bare(last).as_str())
            || bare(last) == "its" && before.iter().any(|word| is_noun(word))
            || is_named(nearby)
            || PLACES.contains(&bare(last).as_str()) && is_subject(&words, before);
    }
    let is_label = trimmed.ends_with(':') && before.len() < 2 && LABELS.contains(&bare(last).as_str());
    !is_label && is_named(nearby)
}

/// Whether a word owns the clause after it: `policy clause`, `GDPR clause`.
pub(super) fn is_adjacent(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_own = matches!(word, "SMS" | "ISO" | "IEC" | "ITSM");
    is_acronym(word.strip_suffix('s').unwrap_or(word)) && !is_own || is_mixed(word) || is_noun_of_any_kind(word)
}

fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a word has capitals within, as names have: `MaRisk`.
fn is_mixed(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
        && word.chars().any(char::is_lowercase)
        && letters.any(char::is_uppercase)
}

/// Whether a word is a short name of a standard with its number: `C5`, `DO-178C`.
fn is_coded(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_quarter = word.len() == 2 && word.starts_with('Q');
    !is_quarter
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
}

/// Whether words end with an abbreviation and a number, as standards and orders are called: `PAS 99`, `GOST R 57580`,
/// `PO 4711`. Years, amounts and short numbers say nothing: `ITSM 2026`, `EUR 500`, `P1 7`.
fn is_numbered(words: &[&str]) -> bool {
    let [before @ .., name, number] = words else { return false };
    let number = number.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = number.bytes().take_while(u8::is_ascii_digit).count() > 1
        || number.contains('-') && number.ends_with(|last: char| last.is_ascii_digit()) && is_coded(number);
    let is_series = name.len() == 1 && name.starts_with(|first: char| first.is_ascii_uppercase());
    let name = if is_series { before.last().unwrap_or(&"") } else { name };
    const OTHER_NAMES: [&str; 8] = ["SMS", "ITSM", "KPI", "CAB", "EUR", "USD", "GBP", "CHF"];
    let is_name = |word: &str| is_acronym(word) && !OTHER_NAMES.contains(&word) || is_mixed(word);
    is_number && !is_year(number) && name.split('/').next().is_some_and(is_name)
}

/// Whether a number may be a year.
fn is_year(number: &str) -> bool {
    number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit()) && matches!(&number[..2], "19" | "20")
}

/// Whether a sentence is about a contract, or its words end with one: `The contract names the credits in`, `may end the
/// contract under`.
fn is_subject(words: &[&str], before: &[&str]) -> bool {
    const SUBJECT_STARTS: [&str; 12] =
        ["the", "this", "our", "that", "their", "your", "as", "contract", "agreement", "gdpr", "dora", "nis2"];
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
