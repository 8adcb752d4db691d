//! Finds owners named after clause numbers: `of ISO/IEC 27001`, `(ISO 9001)`, `of the contract`.

use super::designation::designation;
use super::fold::words;
use super::label::described_standard;
use super::owner::{is_document, is_noun, is_noun_of_any_kind};
use crate::markdown::body::ClauseOwner;
use crate::markdown::mention::lists;

/// Prepositions that link a number to its owner.
const OWNER_PREPOSITIONS: [&str; 8] = ["of", "in", "from", "under", "to", "within", "per", "by"];

/// Words that may precede those prepositions: `as agreed in`, `required by`, `according to`.
const PREPOSITION_LEADS: [&str; 22] = [
    "as",
    "contained",
    "agreed",
    "required",
    "set",
    "out",
    "laid",
    "down",
    "stated",
    "defined",
    "described",
    "given",
    "found",
    "specified",
    "according",
    "pursuant",
    "prescribed",
    "mentioned",
    "listed",
    "stipulated",
    "taken",
    "both",
];

/// Words without significance that may come in between.
const FILLERS: [&str; 14] = [
    "the",
    "this",
    "that",
    "our",
    "its",
    "their",
    "your",
    "standard",
    "international",
    "main",
    "same",
    "current",
    "both",
    "standards",
];

/// The owner named by the text after the numbers.
pub(super) fn find_owner_after(text: &str) -> Option<ClauseOwner> {
    let rest = skip_clauses(skip_parts(text));
    owner_directly_after(rest).or_else(|| {
        let after_title = skip_title(rest)?.trim_start_matches([',', ' ']);
        designation(after_title).map(|(_, name)| ClauseOwner::Named(name)).or_else(|| owner_in_of_phrase(after_title))
    })
}

/// The owner named without a clause title in between.
fn owner_directly_after(rest: &str) -> Option<ClauseOwner> {
    if let Some(content) = rest.strip_prefix(['(', '[', '—', '–']).or_else(|| rest.strip_prefix("- ")) {
        return owner_in_brackets(skip_fillers(content));
    }
    if let Some(content) = rest.strip_prefix([':', '/', '=', '«', '“', '"']) {
        return standard_unless_next(skip_fillers(content));
    }
    if let Some(content) = rest.strip_prefix(',') {
        let candidate = skip_fillers(content);
        if designation(candidate).is_some() {
            return standard_unless_next(candidate);
        }
        let content = content.trim_start();
        let leads =
            content.starts_with("of ") || PREPOSITION_LEADS.contains(&first_word(content).to_lowercase().as_str());
        let owner = owner_in_of_phrase(content).filter(|_| leads);
        return owner.or_else(|| is_contract_name(content).then_some(ClauseOwner::Foreign));
    }
    if let Some((_, name)) = designation(rest) {
        return Some(ClauseOwner::Named(name));
    }
    if is_law(first_word(rest)) || refers_back(first_word(rest)) {
        return Some(ClauseOwner::Foreign);
    }
    owner_in_of_phrase(rest)
}

/// Whether a word refers to the document itself or to something named earlier: `hereof`, `therein`, or `there` at the
/// end of a phrase.
fn refers_back(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',', ';', ')']).to_lowercase();
    matches!(bare.as_str(), "thereof" | "therein" | "thereunder" | "hereof" | "herein" | "hereto" | "hereunder")
        || bare == "there" && bare.len() < word.len()
}

/// Whether a text begins with the name of a contract that ends a phrase: `Master Agreement.`
fn is_contract_name(text: &str) -> bool {
    let phrase = text.split(['.', ',', ';', ')', ':']).next().unwrap_or_default();
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    (2..=4).contains(&words.len()) && words.iter().all(capital) && words.last().is_some_and(|last| is_noun(last))
}

/// The owner named in brackets or after a dash.
fn owner_in_brackets(content: &str) -> Option<ClauseOwner> {
    if let Some((_, name)) = designation(skip_reference(content)) {
        return Some(ClauseOwner::Named(name));
    }
    let phrase = content.split([')', ']', '.', ',', ';', '–', '—']).next().unwrap_or_default();
    owner_in_of_phrase(content).or_else(|| is_document(phrase).then_some(ClauseOwner::Foreign))
}

/// A standard at the start of a text, unless it belongs to what follows: `clause 9.2, ISO 9001 clause 9.3`.
fn standard_unless_next(text: &str) -> Option<ClauseOwner> {
    let (end, name) = designation(text)?;
    (!names_clause(&text[end..])).then_some(ClauseOwner::Named(name))
}

/// The owner in a phrase such as `of ISO/IEC 27001` or `as agreed in the contract`.
fn owner_in_of_phrase(rest: &str) -> Option<ClauseOwner> {
    let mut rest = rest;
    while PREPOSITION_LEADS.contains(&first_word(rest).to_lowercase().as_str()) {
        rest = rest.trim_start()[first_word(rest).len()..].trim_start();
    }
    let word = Some(first_word(rest)).filter(|word| OWNER_PREPOSITIONS.contains(&word.to_lowercase().as_str()))?;
    let rest = rest.trim_start()[word.len()..].trim_start();
    if first_word(rest).trim_end_matches([',', '.']) == "course" {
        return None;
    }
    match find_designation(rest) {
        Some(name) => Some(ClauseOwner::Named(name)),
        None => owner_in_phrase(word, rest),
    }
}

/// Maximum number of words that describe a designation, as in `the security standard ISO/IEC 27001`.
const MAX_DESCRIPTION_WORDS: usize = 5;

/// The designation among the first words of a phrase, unless a contract is named before it.
fn find_designation(phrase: &str) -> Option<String> {
    let mut rest = phrase;
    for _ in 0..MAX_DESCRIPTION_WORDS {
        if let Some((_, name)) = designation(rest) {
            return Some(name);
        }
        let word = first_word(rest);
        if word.is_empty() || word.ends_with([',', '.', ';', ')', ':']) || is_noun(word) {
            return None;
        }
        rest = rest.trim_start()[word.len()..].trim_start();
    }
    None
}

/// The owner in a phrase without a designation: `of our standard` means the main standard, `of the contract` none.
fn owner_in_phrase(word: &str, rest: &str) -> Option<ClauseOwner> {
    let sentence = rest.split(['.', ',', ';', '(', ')', ':']).next().unwrap_or_default();
    let near: Vec<String> = words(sentence).take(6).collect();
    let is_adjective = |at: usize| near.get(at + 1).is_some_and(|next| is_noun(next) || next == "contractual");
    if let Some(at) = near.iter().position(|word| word.starts_with("standard")).filter(|at| !is_adjective(*at)) {
        return described_standard(&near[..at]);
    }
    let is_of = word.eq_ignore_ascii_case("of");
    let owns = |word: &&str| if is_of { is_noun_of_any_kind(word) } else { is_noun(word) };
    let is_every =
        near.first().is_some_and(|first| matches!(first.as_str(), "every" | "each" | "all" | "any")) && !is_of;
    let all: Vec<&str> = sentence.split_whitespace().take(5).collect();
    if !is_every && (all.iter().any(owns) || is_work_contract(&near)) {
        return Some(ClauseOwner::Foreign);
    }
    let is_this = near.iter().take(3).any(|word| matches!(word.as_str(), "this" | "main"));
    (is_of && !is_this).then_some(ClauseOwner::Foreign)
}

/// Whether words contain `statement of work` or `purchase order`.
fn is_work_contract(words: &[String]) -> bool {
    words.windows(2).any(|pair| pair[0] == "purchase" && pair[1] == "order")
        || words.windows(3).any(|three| three[0] == "statement" && three[2] == "work")
}

/// Whether a word is a law or contract whose short name may follow a clause without `of`: `clause 9.2 GDPR`.
fn is_law(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ':', ')']);
    let is_short = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_short && is_noun(word)
}

/// Skips `see`, as in `(see ISO 9001)`.
fn skip_reference(text: &str) -> &str {
    let word = first_word(text);
    let is_reference = matches!(
        word.trim_end_matches('.').to_lowercase().as_str(),
        "see" | "cf" | "compare" | "siehe" | "vgl" | "voir"
    );
    if is_reference { skip_fillers(&text.trim_start()[word.len()..]) } else { text }
}

/// Names for parts of a clause.
const PARTS: [&str; 9] = ["paragraph", "para", "sentence", "item", "point", "bullet", "note", "list", "letter"];

/// Skips the parts of a clause after its number: `(b)`, ` a)`, `, paragraph 2,`.
fn skip_parts(text: &str) -> &str {
    let mut rest = skip_item_letters(text.trim_start()).trim_start();
    loop {
        let trimmed = rest.trim_start_matches([',', '(']).trim_start();
        let mut words = trimmed.split_whitespace();
        let part = words.next().unwrap_or_default();
        if !PARTS.contains(&part.trim_end_matches('.').to_lowercase().as_str()) {
            return rest;
        }
        let number = words.next().unwrap_or_default();
        let is_number = number.trim_end_matches([',', ')', '.']).len() <= 3;
        let after = trimmed[part.len()..].trim_start();
        let Some(after) = after.get(number.len()..).filter(|_| is_number && !number.is_empty()) else { return rest };
        rest = after.trim_start();
    }
}

/// Skips `(b)` or `a)` after a number, which is a part of the clause.
fn skip_item_letters(text: &str) -> &str {
    let rest = text.strip_prefix('(').unwrap_or(text);
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        (Some(c), Some(')')) if c.is_ascii_lowercase() => letters.as_str(),
        _ => text,
    }
}

/// Maximum length of a list of clauses that is skipped, in bytes.
const MAX_LIST_BYTES: usize = 80;

/// Skips further clauses joined to the first: ` and clause 9.3 of ISO 9001`.
fn skip_clauses(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches([',', ' ']);
        let Some(after) = ["and ", "or ", "& "].iter().find_map(|word| trimmed.strip_prefix(word)) else { return rest };
        let next = after.trim_start_matches("of ").trim_start_matches("to ");
        if !names_clause(next) {
            return rest;
        }
        let excerpt = &next[..next.floor_char_boundary(MAX_LIST_BYTES)];
        let Some(list) = lists(excerpt).into_iter().next().filter(|list| list.keyword == 0) else { return rest };
        let Some(last) = list.numbers.last() else { return rest };
        rest = skip_parts(&next[last.end..]);
    }
}

/// Maximum number of words in the title of a clause.
const MAX_TITLE_WORDS: usize = 7;

/// Skips the title of the clause: `(Internal audit) of`, `“Internal audit” of`, `, Internal audit, of`.
fn skip_title(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let pairs = [("(", ")"), ("[", "]"), ("“", "”"), ("„", "“"), ("«", "»"), ("\"", "\""), ("‘", "’"), ("'", "'")];
    let dashes = [(", ", ","), ("– ", "–"), ("— ", "—"), ("- ", " -")];
    let inside = pairs.iter().chain(&dashes).find_map(|(open, close)| text.strip_prefix(open)?.split_once(close));
    if let Some((title, after)) = inside {
        let is_title = title.starts_with(char::is_uppercase) && title.split_whitespace().count() <= MAX_TITLE_WORDS;
        // `Clause 9.2, ISO 27001 clause 9.2, …` goes on with another clause.
        let mentions_clause = || lists(title).iter().any(|list| !list.numbers.is_empty());
        return (is_title && !mentions_clause()).then_some(after);
    }
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let mut rest = text;
    for _ in 0..MAX_TITLE_WORDS {
        let word = first_word(rest);
        if word.is_empty() || word.ends_with(['.', ',', ';', ':', '!', '?']) {
            return None;
        }
        rest = rest.trim_start()[word.len()..].trim_start();
        if OWNER_PREPOSITIONS.contains(&first_word(rest)) {
            return Some(rest);
        }
    }
    None
}

fn names_clause(text: &str) -> bool {
    let word = text.trim_start_matches([' ', ',']);
    word.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("clause"))
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn skip_fillers(text: &str) -> &str {
    let mut rest = text.trim_start();
    while FILLERS.contains(&first_word(rest).to_lowercase().as_str()) {
        rest = rest[first_word(rest).len()..].trim_start();
    }
    rest
}
