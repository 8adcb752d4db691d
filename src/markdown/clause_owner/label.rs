//! Labels: short texts that say which standard or contract the clauses beside or below them belong to.

use super::designation::designations;
use super::fold::words;
use super::owner::{is_adjacent, is_document, is_noun, is_qualified_document};
use crate::markdown::body::ClauseOwner;

/// A label, with the owner that it names.
pub(super) struct Label {
    pub(super) owner: ClauseOwner,
    /// Whether it says nothing else.
    pub(super) is_bare: bool,
}

/// Words that may accompany a standard in a label without changing its meaning.
const LABEL_WORDS: [&str; 38] = [
    "a",
    "and",
    "annex",
    "as",
    "chapter",
    "clause",
    "clauses",
    "control",
    "controls",
    "corresponding",
    "edition",
    "for",
    "from",
    "in",
    "no",
    "number",
    "numbers",
    "of",
    "our",
    "per",
    "ref",
    "reference",
    "references",
    "requirement",
    "requirements",
    "section",
    "standard",
    "subclause",
    "the",
    "this",
    "title",
    "to",
    "under",
    "with",
    "according",
    "mapping",
    "nr",
    "norm",
];

/// Maximum number of words of a label that says more than the name of a standard.
const MAX_LABEL_WORDS: usize = 6;

/// The standard that a short text names; several different ones leave it uncertain which is meant. A text that names a
/// clause too is not a label.
pub(super) fn standard_label(text: &str) -> Option<Label> {
    let named = designations(text);
    let ((_, _, first), more) = named.split_first()?;
    let mut rest = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end, _) in &named {
        rest.push_str(&text[done..*start]);
        rest.push(' ');
        done = *end;
    }
    rest.push_str(&text[done..]);
    let others: Vec<String> = words(&rest).collect();
    let names_clause = others.windows(2).any(|pair| pair[0].starts_with("clause") && starts_with_digit(&pair[1]));
    let is_bare = others.iter().all(|word| LABEL_WORDS.contains(&word.as_str()));
    if names_clause || !is_bare && others.len() > MAX_LABEL_WORDS {
        return None;
    }
    let is_one = more.iter().all(|(_, _, name)| name == first);
    let owner = if is_one { ClauseOwner::Named(first.clone()) } else { ClauseOwner::Foreign };
    Some(Label { owner, is_bare })
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Words between `the` and `standard` that describe the handbook's main standard.
const MAIN_STANDARD_WORDS: [&str; 8] = ["our", "this", "main", "service", "services", "sms", "itsm", "itil"];

/// Words that describe another standard.
const OTHER_STANDARD_WORDS: [&str; 22] = [
    "security",
    "quality",
    "information",
    "environment",
    "environmental",
    "continuity",
    "energy",
    "safety",
    "health",
    "privacy",
    "isms",
    "risk",
    "cloud",
    "asset",
    "audit",
    "auditing",
    "governance",
    "qms",
    "bcms",
    "ems",
    "protection",
    "old",
];

/// The standard described by the words before `standard`; `None` if they do not say.
pub(super) fn described_standard(words: &[String]) -> Option<ClauseOwner> {
    let contains_any = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    if contains_any(&OTHER_STANDARD_WORDS) {
        return Some(ClauseOwner::Foreign);
    }
    contains_any(&MAIN_STANDARD_WORDS).then_some(ClauseOwner::Main)
}

/// Nouns that show, at the head of a column, that the clauses below are not those of a standard.
const CONTRACTS: [&str; 27] = [
    "contract",
    "contracts",
    "agreement",
    "agreements",
    "msa",
    "sla",
    "ola",
    "nda",
    "dpa",
    "lease",
    "law",
    "regulation",
    "directive",
    "gdpr",
    "vertrag",
    "verträge",
    "vertragsklausel",
    "vertragsziffer",
    "vertragspunkt",
    "vereinbarung",
    "gesetz",
    "verordnung",
    "contrat",
    "contrats",
    "contrato",
    "contratto",
    "overeenkomst",
];

/// Words at the head of a column for the standard, or for its clauses.
const STANDARDS: [&str; 9] = [
    "standard",
    "norm",
    "norme",
    "norma",
    "normkapitel",
    "normabschnitt",
    "normklausel",
    "normpunkt",
    "normanforderung",
];

/// Beginnings of words for clauses at the head of a column.
const CLAUSES: [&str; 6] = ["clause", "klausel", "kapitel", "abschnitt", "norm", "cláusula"];

/// Numbers by which standards are known without their publisher.
const BARE_NUMBERS: [&str; 19] = [
    "9000", "9001", "9004", "14001", "13485", "19011", "20000", "20000-1", "22301", "27001", "27002", "27005", "27017",
    "27018", "27701", "31000", "42001", "45001", "50001",
];

/// Maximum number of words at the head of a column of such clauses.
const MAX_HEADER_WORDS: usize = 5;

/// The owner that the header of a column names: a standard, a contract, or the handbook's standard as such.
pub(super) fn column_owner(text: &str) -> Option<ClauseOwner> {
    let standard = standard_label(text).map(|label| label.owner).or_else(|| bare_number(text));
    let standard = standard.or_else(|| names_other_system(text).then_some(ClauseOwner::Foreign));
    standard.or_else(|| contract_owner(text)).or_else(|| {
        let all: Vec<String> = words(text).take(MAX_HEADER_WORDS + 1).collect();
        let at = all.iter().position(|word| STANDARDS.contains(&word.as_str()))?;
        let is_label = all.len() <= MAX_HEADER_WORDS;
        is_label.then(|| described_standard(&all[..at]).unwrap_or(ClauseOwner::Main))
    })
}

/// Whether a header is the abbreviation of another management system, beside `SMS` for that of services.
fn names_other_system(text: &str) -> bool {
    const OTHER_SYSTEMS: [&str; 6] = ["isms", "qms", "bcms", "ems", "pims", "enms"];
    words(text).eq(words(text).filter(|word| OTHER_SYSTEMS.contains(&word.as_str()))) && words(text).next().is_some()
}

/// The standard that a cell below a header such as `Norm` names only by its number: `27001`.
pub(super) fn number_label(text: &str, header: &str) -> Option<Label> {
    let is_number = BARE_NUMBERS.contains(&text.split(':').next().unwrap_or_default());
    let is_standard = || words(header).any(|word| STANDARDS.contains(&word.as_str()));
    let owner = bare_number(text).filter(|_| is_number && is_standard())?;
    Some(Label { owner, is_bare: true })
}

/// The standard that a header names only by its number: `27001`, `ISMS (27001)`.
fn bare_number(text: &str) -> Option<ClauseOwner> {
    let mut numbers = text.split([' ', '(', ')', ',', '/', ':']).filter(|word| BARE_NUMBERS.contains(word));
    let number = numbers.next()?;
    let is_one = numbers.all(|other| other == number);
    Some(if is_one { ClauseOwner::Named(format!("ISO {number}")) } else { ClauseOwner::Foreign })
}

/// Whether the header of a column says that clauses are listed in it.
pub(super) fn is_clause_header(text: &str) -> bool {
    words(text).any(|word| CLAUSES.iter().any(|clause| word.starts_with(clause)))
}

/// The year by which a header names an edition: `Clause (2011)`, `2011 edition`.
pub(super) fn edition_year(text: &str) -> Option<u16> {
    let year = |word: &str| word.parse::<u16>().ok().filter(|year| word.len() == 4 && (1990..2100).contains(year));
    let all: Vec<String> = words(text).collect();
    let (years, others): (Vec<&String>, Vec<&String>) = all.iter().partition(|word| year(word).is_some());
    let is_label = !others.is_empty() && others.iter().all(|word| LABEL_WORDS.contains(&word.as_str()));
    years.first().filter(|_| is_label && years.len() == 1).and_then(|word| year(word))
}

/// The owner that the header of a column names, if it is a contract or a law: `Contract`, `Contract clause`, `Clause of
/// the agreement`, `QMS clause`.
pub(super) fn contract_owner(text: &str) -> Option<ClauseOwner> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let is_clause = |word: &&str| words(word).next().is_some_and(|word| word.starts_with("clause"));
    let own: Vec<&str> =
        all.iter().copied().filter(|word| !words(word).all(|word| LABEL_WORDS.contains(&word.as_str()))).collect();
    let last = own.last().filter(|_| own.len() <= MAX_HEADER_WORDS)?;
    let is_contract = words(last).last().is_some_and(|word| CONTRACTS.contains(&word.as_str()));
    let owns = all.iter().any(is_clause) && (is_adjacent(last) || own.iter().any(|word| is_noun(word)));
    (is_contract || owns).then_some(ClauseOwner::Foreign).or_else(|| document_owner(text))
}

/// Whether a text names a contract or a law, and not only a part of a document, such as a schedule or an annex.
pub(super) fn names_contract(text: &str) -> bool {
    words(text).any(|word| CONTRACTS.contains(&word.as_str()))
}

/// The owner that a cell beside a clause names, if it is a particular contract or a law: `Contract 4711`,
/// `Contract with Northwind`. A kind of contract is only the topic of the row.
pub(super) fn document_owner(text: &str) -> Option<ClauseOwner> {
    let is_one = text.split_whitespace().count() == 1;
    (!is_one && is_document(text) && is_qualified_document(text)).then_some(ClauseOwner::Foreign)
}
