//! Which standard a clause mentioned in running text belongs to.
//!
//! All management-system standards share their clause numbers. A standard that is named beside the number decides; a clause
//! of a contract, a law or another document belongs to no standard.

use std::ops::Range;

use super::body::{Belonging, Mention};
use super::mention::{List, lists};

/// Words before designations that say who adopted a standard.
const ADOPTERS: [&str; 12] = ["DIN", "BS", "EN", "NEN", "NF", "UNI", "SN", "ÖNORM", "UNE", "SS", "DS", "PN"];

/// What a clause can belong to that is not a standard.
const FOREIGN_SOURCES: [&str; 47] = [
    "contract",
    "contracts",
    "agreement",
    "agreements",
    "msa",
    "sla",
    "ola",
    "nda",
    "dpa",
    "sow",
    "order",
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
    "regulations",
    "directive",
    "decree",
    "ordinance",
    "gdpr",
    "constitution",
    "bylaws",
    "treaty",
    "code",
    "terms",
    "conditions",
    "policy",
    "tender",
    "specification",
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
];

/// What belongs to a mention after its number by one of these words.
const OF: [&str; 8] = ["of", "in", "from", "under", "to", "within", "per", "by"];

/// Words that may stand between and say nothing.
const FILLERS: [&str; 12] =
    ["the", "this", "that", "our", "its", "their", "your", "standard", "international", "main", "same", "current"];

/// So many bytes before and behind a mention are looked at: a sentence, and no more.
const MAX_DISTANCE: usize = 300;

/// Finds out what each mention without a prefix belongs to, from the words on both sides of it in its line of `text`.
pub(super) fn resolve_mentions(text: &str, mentions: &mut [Mention]) {
    let mut rest = mentions.iter_mut().filter(|mention| mention.clause.standard.is_none()).peekable();
    while let Some(first) = rest.next() {
        let line = line_around(text, first.at as usize);
        let written = &text[line.clone()];
        let lists = lists(written);
        first.belonging = in_lists(written, &lists, (first.at as usize).saturating_sub(line.start));
        while let Some(mention) = rest.next_if(|mention| line.contains(&(mention.at as usize))) {
            mention.belonging = in_lists(written, &lists, mention.at as usize - line.start);
        }
    }
}

/// The line of a text that holds a place, with its end.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let (before, after) = text.as_bytes().split_at(at.min(text.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    start..memchr::memchr(b'\n', after).map_or(text.len(), |end| before.len() + end + 1)
}

/// What the number at a place of a line belongs to.
fn in_lists(line: &str, lists: &[List], at: usize) -> Belonging {
    let next = lists.partition_point(|list| list.keyword <= at);
    let Some(List { keyword, numbers }) = next.checked_sub(1).and_then(|before| lists.get(before)) else {
        return Belonging::Main;
    };
    let all = numbers.first().map_or(at, |first| first.start)..numbers.last().map_or(at, |last| last.end);
    belonging(line, *keyword, all)
}

/// What the numbers belong to that stand in `numbers`, a range of one line of running text. `numbers` reaches from the
/// first to the last number of a list; `keyword` is where its word `clause` begins.
fn belonging(line: &str, keyword: usize, numbers: Range<usize>) -> Belonging {
    let start = line.ceil_char_boundary(keyword.saturating_sub(MAX_DISTANCE));
    let end = line.floor_char_boundary(numbers.end.saturating_add(MAX_DISTANCE));
    standard_after(&line[numbers.end..end]).or_else(|| before(&line[start..keyword])).unwrap_or(Belonging::Main)
}

/// What is named behind the numbers: `of ISO/IEC 27001`, `(ISO 9001)`, `of the contract`.
fn standard_after(text: &str) -> Option<Belonging> {
    let rest = after_parts(text);
    if let Some(inside) = rest.strip_prefix(['(', '[', '—', '–']).or_else(|| rest.strip_prefix("- ")) {
        let inside = without_fillers(inside);
        return match designation(after_reference(inside)) {
            Some((_, name)) => Some(Belonging::Named(name)),
            None => of_something(inside),
        };
    }
    if let Some(inside) = rest.strip_prefix(',') {
        let Some((end, name)) = designation(without_fillers(inside)) else {
            return of_something(inside.trim_start()).filter(|_| {
                let rest = inside.trim_start();
                rest.starts_with("of ") && !rest.starts_with("of course")
            });
        };
        let after = without_fillers(inside).get(end..).unwrap_or_default();
        // `clause 9.2, ISO 9001 clause 9.3`: the standard belongs to what follows.
        return (!names_clause(after)).then_some(Belonging::Named(name));
    }
    if let Some((_, name)) = designation(rest) {
        return Some(Belonging::Named(name));
    }
    if rest.split_whitespace().next().is_some_and(is_law) {
        return Some(Belonging::Foreign);
    }
    of_something(rest)
}

/// `of ISO/IEC 27001`, `of the contract`.
fn of_something(rest: &str) -> Option<Belonging> {
    let word = rest.split_whitespace().next().filter(|word| OF.contains(&word.to_lowercase().as_str()))?;
    let rest = &rest[word.len()..];
    let named = without_fillers(rest);
    if let Some((_, name)) = designation(named) {
        return Some(Belonging::Named(name));
    }
    parse_of_phrase(word, rest, named)
}

/// What `of` something that is no standard means: `of the standard` is the main one, `of the contract` is not.
fn parse_of_phrase(word: &str, rest: &str, named: &str) -> Option<Belonging> {
    let standard = ["standard", "this", "main"];
    let is_foreign = first_words(named, 5).iter().any(|word| FOREIGN_SOURCES.contains(&word.as_str()));
    let says_standard = first_words(rest, 3).iter().any(|word| standard.contains(&word.as_str()));
    match word.eq_ignore_ascii_case("of") {
        _ if is_foreign => Some(Belonging::Foreign),
        true if !says_standard => Some(Belonging::Foreign),
        _ => None,
    }
}

/// Laws and contracts whose short names stand behind a clause without `of`: `clause 9.2 GDPR`.
fn is_law(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ':', ')']);
    let is_short = word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_uppercase());
    is_short && FOREIGN_SOURCES.contains(&word.to_lowercase().as_str())
}

/// Without `see`, as in `(see ISO 9001)`.
fn after_reference(text: &str) -> &str {
    let word = text.split_whitespace().next().unwrap_or_default();
    let is_reference = matches!(
        word.trim_end_matches('.').to_lowercase().as_str(),
        "see" | "cf" | "compare" | "siehe" | "vgl" | "voir"
    );
    if is_reference { without_fillers(&text[word.len()..]) } else { text }
}

/// Words for parts of a clause.
const PARTS: [&str; 9] = ["paragraph", "para", "sentence", "item", "point", "bullet", "note", "list", "letter"];

/// What stands behind the number and its parts: `(b)`, ` a)`, `, paragraph 2,`.
fn after_parts(text: &str) -> &str {
    let mut rest = after_letters_of_items(text.trim_start()).trim_start();
    loop {
        let inside = rest.trim_start_matches([',', '(']).trim_start();
        let mut words = inside.split_whitespace();
        let part = words.next().unwrap_or_default();
        if !PARTS.contains(&part.trim_end_matches('.').to_lowercase().as_str()) {
            return rest;
        }
        let number = words.next().unwrap_or_default();
        let is_number = number.trim_end_matches([',', ')', '.']).len() <= 3;
        let behind = inside[part.len()..].trim_start();
        let Some(behind) = behind.get(number.len()..).filter(|_| is_number && !number.is_empty()) else { return rest };
        rest = behind.trim_start();
    }
}

/// `(b)` or `a)` behind a number names a part of the clause.
fn after_letters_of_items(text: &str) -> &str {
    let rest = text.strip_prefix('(').unwrap_or(text);
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), Some(')')) if letter.is_ascii_lowercase() => letters.as_str(),
        _ => text,
    }
}

/// What is named before the word `clause`: in the same sentence a standard, right before it a document of another kind.
fn before(text: &str) -> Option<Belonging> {
    let sentence = &text[sentence_start(text)..];
    let last = designations(sentence).pop();
    let tail = last.as_ref().map_or(sentence, |(end, _)| &sentence[*end..]);
    if owns_clause(tail) {
        return Some(Belonging::Foreign);
    }
    last.map(|(_, name)| Belonging::Named(name))
}

/// Whether the words right before the word `clause` name a document that is no standard: `contract clause`, `the
/// agreement's clause`, `in the contract, clause`, `GDPR clause`.
fn owns_clause(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches([',', '(', ':', '[', '–', '—', '-']).trim_end();
    let Some(last) = text.split_whitespace().next_back() else { return false };
    let bare = last.trim_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’'));
    let owner = bare.strip_suffix("'s").or(bare.strip_suffix("’s")).or(bare.strip_suffix(['\'', '’']));
    let word = owner.unwrap_or(bare);
    let acronym = word.len() > 1
        && word.bytes().all(|letter| letter.is_ascii_uppercase())
        && !matches!(word, "SMS" | "ISO" | "IEC");
    let letter_of_annex = word.len() == 1
        && preceding_words(text, 2)
            .iter()
            .any(|word| matches!(word.as_str(), "annex" | "appendix" | "schedule" | "exhibit"));
    let owned = owner.is_some_and(|owner| !matches!(owner.to_lowercase().as_str(), "standard"));
    owned || acronym || letter_of_annex || FOREIGN_SOURCES.contains(&word.to_lowercase().as_str())
}

/// Where the last sentence of a text begins. A full stop between two digits, or after `No`, ends none.
fn sentence_start(text: &str) -> usize {
    let ends = |(at, sign): (usize, &str)| {
        let rest = text[at + sign.len()..].trim_start_matches(['"', ')', '’', '”']);
        let next = rest.trim_start().chars().next();
        let is_end =
            sign != "." || (rest.starts_with(' ') && next.is_some_and(|next| next.is_uppercase() || next.is_numeric()));
        (is_end && !text[..at].ends_with("No")).then_some(at + sign.len())
    };
    text.match_indices(['.', '!', '?', ';']).filter_map(ends).next_back().unwrap_or(0)
}

/// Every designation of a standard in a text, each with where it ends.
fn designations(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_uppercase()).map(|start| at + start) {
        let begins = !text[..start].ends_with(|letter: char| letter.is_alphanumeric());
        match designation(&text[start..]).filter(|_| begins) {
            Some((length, name)) => {
                at = start + length;
                found.push((at, name));
            }
            None => at = start + 1,
        }
    }
    found
}

/// The designation that a text begins with, such as `ISO/IEC 27001:2022`: its length, and the designation as one text.
fn designation(text: &str) -> Option<(usize, String)> {
    let adopted = text.split(' ').take_while(|word| ADOPTERS.contains(word)).map(|word| word.len() + 1).sum::<usize>();
    let body = text.get(adopted..)?;
    let letters = body.bytes().take_while(|letter| letter.is_ascii_alphabetic() || *letter == b'/').count();
    let publisher = &body[..letters];
    let is_known = publisher
        .split('/')
        .all(|name| matches!(name.to_ascii_uppercase().as_str(), "ISO" | "IEC" | "IEEE" | "CEN" | "TS" | "TR" | "IWA"));
    let rest = body[letters..].trim_start_matches([' ', '\u{a0}', '-']);
    let rest = ["TS ", "TR ", "TS\u{a0}", "TR\u{a0}"].iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest);
    let number = rest.bytes().take_while(|digit| digit.is_ascii_digit() || matches!(digit, b'-' | b':')).count();
    let number = rest[..number].trim_end_matches(['-', ':']);
    let long_enough = number.bytes().take_while(u8::is_ascii_digit).count() >= 3;
    (is_known && !publisher.is_empty() && long_enough)
        .then(|| (text.len() - rest.len() + number.len(), format!("{} {number}", publisher.to_ascii_uppercase())))
}

fn names_clause(text: &str) -> bool {
    let word = text.trim_start().trim_start_matches(',').trim_start();
    word.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("clause"))
}

fn without_fillers(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(word) = rest.split_whitespace().next().filter(|word| FILLERS.contains(&word.to_lowercase().as_str()))
    {
        rest = rest[word.len()..].trim_start();
    }
    rest
}

fn first_words(text: &str, count: usize) -> Vec<String> {
    let sentence = text.split(['.', ',', ';', '(', ')']).next().unwrap_or_default();
    words(sentence).take(count).collect()
}

fn preceding_words(text: &str, count: usize) -> Vec<String> {
    words(text).collect::<Vec<_>>().into_iter().rev().take(count).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::belonging;
    use crate::markdown::body::Belonging;

    fn of(line: &str) -> String {
        let keyword = line.to_lowercase().find("clause").expect("the word");
        let first = line[keyword..].find(|letter: char| letter.is_ascii_digit()).expect("a number") + keyword;
        let letters = line[first..]
            .find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
            .unwrap_or(line.len() - first);
        let number = line[first..first + letters].trim_end_matches('.');
        match belonging(line, keyword, first..first + number.len()) {
            Belonging::Main => "main".to_owned(),
            Belonging::Named(name) => name,
            Belonging::Foreign => "foreign".to_owned(),
        }
    }

    #[test]
    fn a_standard_beside_the_number_decides() {
        for (line, expected) in [
            ("See clause 9.2, and more.", "main"),
            ("See clause 9.2 in detail", "main"),
            ("Clause 9.2 of the standard asks for audits", "main"),
            ("Clause 9.2 of this International Standard", "main"),
            ("See ISO/IEC 20000-1 clause 9.2 for audits.", "ISO/IEC 20000-1"),
            ("See ISO/IEC 27001 clause 9.2 for audits.", "ISO/IEC 27001"),
            ("Clause 9.2 of ISO/IEC 27001 asks for audits.", "ISO/IEC 27001"),
            ("See ISO/IEC 27001:2022, clause 9.2, for audits.", "ISO/IEC 27001:2022"),
            ("See clause 9.2 (ISO/IEC 27001) for audits.", "ISO/IEC 27001"),
            ("See clause 9.2, ISO/IEC 27001, for audits.", "ISO/IEC 27001"),
            ("clause 9.2 in ISO 9001:2015", "ISO 9001:2015"),
            ("clause 9.2(b) of the ISO 9001 standard", "ISO 9001"),
            ("DIN EN ISO 9001, clause 9.2", "ISO 9001"),
            ("ISO/IEC\u{a0}27001 requires audits in clause 9.2", "ISO/IEC 27001"),
            ("We hold ISO 9001. See clause 9.2.", "main"),
            ("ISO 22301 (clause 8.4) for plans", "ISO 22301"),
            ("ISO 9001 and clause 9.2 of ISO/IEC 20000-1", "ISO/IEC 20000-1"),
            ("See clause 9.2 (of ISO 27001) here", "ISO 27001"),
            ("See clause 9.2 (see ISO 9001) here", "ISO 9001"),
            ("See clause 9.2 a) of ISO 9001 here", "ISO 9001"),
            ("See clause 9.2, paragraph 2, of ISO 9001 here", "ISO 9001"),
            ("See clause 9.2 ISO 9001 here", "ISO 9001"),
            ("See clause 9.2, item b), and more", "main"),
            ("See clause 9.2 (see below)", "main"),
            ("See clause 9.2, of course", "main"),
            ("Clause 9.2 SMS audits", "main"),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }

    #[test]
    fn a_clause_of_another_document_belongs_to_no_standard() {
        for line in [
            "Clause 9.2 of the contract names the credits.",
            "contract clause 9.2",
            "the contract's clause 9.2",
            "Under the agreement, clause 9.2 applies",
            "In the supplier’s contract (clause 9.2)",
            "clause 9.2 of the framework agreement",
            "clause 9.2 in the supplier's contract",
            "GDPR clause 9.2",
            "clause 9.2 of POL-CHG-001",
            "Annex A, clause 8.1",
            "clause 9.2 under the Act",
            "clause 9.2 GDPR",
            "clause 9.2 (of the contract)",
            "clause 9.2, paragraph 2, of the agreement",
        ] {
            assert_eq!(of(line), "foreign", "{line}");
        }
    }
}
