//! Recognizes texts that name who signed something: people and roles, with marks of signature, titles and days beside
//! them.

use super::nobody::{ACCOUNTS, NON_PERSONS, SIGNATURE_MARKS};
use super::person::{is_name, is_name_field, names_person_or_role, normalize_words};
use super::{first_word, has_content, is_bracketed, is_to_be_filled};
use crate::name::{is_office_word, split_names};

/// What a part of a text says about who signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It names a person or a role.
    Name,
    /// It says nothing by itself, but does not harm a name either: `gez.`, `2026-10-05`, `Approver`, `via workflow`.
    Mark,
    /// It is too short to be judged alone: `R` of `R&D Manager`.
    Short,
    /// It says that nobody signed, or that this is still open.
    Nobody,
}

/// Words that separate the parts of a text: alternatives, remarks and labels.
const SEPARATORS: [&str; 8] = [" – ", " — ", " - ", " or ", " oder ", " ou ", " o ", ": "];
const BRACKETS: [char; 10] = ['(', ')', '[', ']', '<', '>', '{', '}', '（', '）'];

/// Boxes that are ticked.
const TICKS: [&str; 6] = ["[x]", "[X]", "[✓]", "[✔]", "☑", "✅"];
/// Boxes that are not, and signs that somebody refused, has not signed yet or is dead.
const OPEN_SIGNS: [&str; 20] =
    ["[ ]", "[]", "☐", "□", "◻", "❌", "❎", "✗", "✘", "✖", "⏳", "⌛", "🚫", "⛔", "🔴", "🟡", "👎", "†", "✝", "❓"];

/// Whether a text names a person or a role, and no part of it leaves open who that is: `Service Director, TBD` does.
pub(crate) fn names_only_persons_or_roles(text: &str) -> bool {
    let text = text.trim();
    // `@annlee` is an account.
    let text = text.strip_prefix('@').unwrap_or(text);
    // `[x] Ann Lee` in a list of tasks
    let text = TICKS.iter().find_map(|tick| text.strip_prefix(tick)).map_or(text, str::trim_start);
    if is_left_open(text) || says_nobody(text) || points_elsewhere(text) {
        return false;
    }
    let parts: Vec<Part> = parts_of(text).into_iter().map(classify).collect();
    let has = |wanted| parts.contains(&wanted);
    let is_named = has(Part::Name) || !has(Part::Mark) && has(Part::Short) && names_person_or_role(text);
    is_named && !has(Part::Nobody) || is_directory_entry(text)
}

/// The parts of a text in brackets and between separators.
fn parts_of(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text.split(BRACKETS).collect();
    for separator in SEPARATORS.iter().filter(|separator| text.contains(**separator)) {
        parts = parts.into_iter().flat_map(|part| part.split(*separator)).collect();
    }
    parts.into_iter().flat_map(split_names).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn classify(part: &str) -> Part {
    let words = normalize_words(part);
    let is_line_to_sign = part.contains("__") || part.contains('…') || part.contains("..");
    if !part.contains(char::is_alphabetic) || is_day(part) {
        return if is_line_to_sign { Part::Nobody } else { Part::Mark };
    }
    if words.chars().filter(|c| c.is_alphanumeric()).count() < 2 && words.is_ascii() {
        return Part::Short;
    }
    let is_mark = SIGNATURE_MARKS.contains(&words.as_str())
        || is_name_field(&words)
        || is_machine(&words)
        || is_identifier(part, &words);
    // `Service Director (see minutes)`, `CIO or a deputy`
    if is_mark || points_elsewhere(part) && !denies_signature(&words) {
        return Part::Mark;
    }
    let is_nobody = says_nobody(part) || is_to_be_filled(part) || !has_content(part) || !is_name(part);
    if is_nobody { Part::Nobody } else { Part::Name }
}

/// Whether a text is a day in words: `5 October 2026`.
fn is_day(text: &str) -> bool {
    const MAX_WORDS: usize = 4;
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || ".-/,".contains(c));
    let mut words = text.split_whitespace();
    words.next().is_some_and(is_number) && words.next_back().is_some_and(is_number) && words.count() < MAX_WORDS
}

/// Whether a text shows that nobody has signed: a box that is not ticked, a name that is struck out, a picture, a field
/// for a name, a role that is denied, or a question.
fn is_left_open(text: &str) -> bool {
    const NAMES: &str = "name names nom nombre nome naam vorname nachname imię 氏名 名前 姓名";
    let is_field = |inside: &str| {
        let words = normalize_words(inside);
        let asks_for_name = || words.split(' ').any(|word| NAMES.split(' ').any(|name| name == word));
        is_name_field(&words) && asks_for_name() || !inside.trim().is_empty() && !has_content(inside)
    };
    let has_field = |(open, close): &(char, char)| {
        text.split(*open).skip(1).filter_map(|rest| rest.split(*close).next()).any(is_field)
    };
    // `Service Director / Role`
    let has_open_role = || text.split('/').skip(1).any(|part| is_name_field(&normalize_words(part)));
    OPEN_SIGNS.iter().any(|sign| text.contains(sign))
        || text.contains("://")
        || text.starts_with("![")
        || text.starts_with("~~") && text.ends_with("~~")
        || text.starts_with('&') && text.ends_with(';')
        || text.ends_with(['?', '？'])
        || is_bracketed(text) && !text.starts_with("[[")
        || [('[', ']'), ('<', '>'), ('{', '}')].iter().any(has_field)
        || has_open_role()
        || is_denied(text)
}

/// Whether a text denies or puts off that the role after its first words acted: `pending Service Director`. A
/// `Pending Change Board` and a `Not-for-profit Director` act themselves.
fn is_denied(text: &str) -> bool {
    const BODIES: [&str; 10] =
        ["board", "committee", "council", "desk", "group", "office", "panel", "team", "gremium", "ausschuss"];
    let mut words = text.split_whitespace().map(str::to_lowercase);
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let mut is_body = || BODIES.contains(&words.next_back().unwrap_or_default().as_str());
    match first.as_str() {
        "not" | "nicht" | "awaiting" | "wartet" => true,
        "waiting" => ["for", "on"].contains(&second.as_str()),
        "pending" | "former" | "ehemaliger" | "ehemalige" => !is_body(),
        _ => false,
    }
}

/// First words of phrases for anybody, and for somebody who is still to come.
const ANYBODY: &str = "someone somebody whoever anyone anybody everyone jemand irgendjemand wird nobody none niemand \
                       keiner who wer all both either beide";
/// First words of phrases that refer to another place.
const POINTERS: &str = "siehe laut cf. vgl.";
/// First words of such phrases that may begin a name as well, which has no lower-case words: `See Tan`.
const DOUBTFUL: &str = "no kein keine pas sin geen brak any some every a an ein eine see ver per voir vedi zie via as \
                        without ohne sans senza zonder bez";
/// Last words of phrases for an office without a holder, or for a signature that is still to come.
const VACANCIES: &str = "vacant vacancy vakant vacante wakat unbesetzt nachbesetzt pending missing fehlt ausstehend folgt follow \
                         follows open offen unfilled unstaffed pourvoir vago vaga";
/// First words of remarks that somebody refused, has not signed, or is no longer there: `Ann Lee (rejected)`.
const REFUSALS: &str = "rejected refused declined denied vetoed unsigned withdrawn revoked disapproved left deceased died \
                        abgelehnt verweigert ungezeichnet unsigniert zurückgezogen widerrufen verstorben ausgeschieden \
                        refusé refusée rejeté rejetée décédé décédée rechazado rechazada denegado fallecido rifiutato \
                        rifiutata respinto deceduto recusado recusada rejeitado falecido geweigerd afgewezen overleden \
                        odrzucono odrzucony odmówił odmówiła 却下 否決 差戻し 拒否 拒绝 驳回 退職";
/// Words of which one in a phrase says that a machine or a procedure signed, unless the phrase names an office.
const MACHINES: &str = "workflow workflows sharepoint stillschweigend silence tacit implied deemed auto automatisch pipeline \
                        cron script llm chatgpt gpt dms jenkins";
/// Kinds of accounts, and words that make a user one of them.
const ACCOUNT_WORDS: &str = "user account konto benutzer";
const ACCOUNT_KINDS: &str = "service technical system test guest shared functional generic";

fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// Whether a phrase says that there is nobody, or names anybody: `approver to be named`, `someone from IT`.
fn says_nobody(text: &str) -> bool {
    const WITHIN: [&str; 10] = [
        " to be ",
        " will be ",
        " not yet ",
        " not filled ",
        " one of the ",
        " noch nicht ",
        " noch zu ",
        " steht aus ",
        " por nombrar ",
        " nog niet ",
    ];
    let words = normalize_words(text);
    let (first, _) = words.split_once(' ').unwrap_or((&words, ""));
    let padded = format!(" {words} ");
    let has_name_after = || text.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
    NON_PERSONS.contains(&words.as_str())
        || ACCOUNTS.contains(&words.as_str())
        || (is_in(ANYBODY, first) || is_in(REFUSALS, first)) && !has_name_after()
        || is_vacancy(text, &words)
        || words.ends_with("mustermann")
        || words.ends_with("musterfrau")
        || denies_signature(&words)
        || WITHIN.iter().any(|phrase| padded.contains(phrase))
        || is_unknown_person(&words)
        || is_open_in_east_asia(&words)
}

/// Whether a phrase is an office without a holder, or a signature that is missing: `Director Vacant`, `Stelle offen`.
/// `Peter Fehlt` is a name.
fn is_vacancy(text: &str, words: &str) -> bool {
    let (rest, last) = words.rsplit_once(' ').unwrap_or(("", words));
    let (first, behind) = words.split_once(' ').unwrap_or((words, ""));
    let names_person = || {
        let is_capital = |word: &str| word.starts_with(char::is_uppercase);
        let is_office = rest.split(' ').any(|word| is_office_word(word) || SIGNATURE_MARKS.contains(&word));
        !rest.is_empty() && text.split_whitespace().all(is_capital) && !is_office
    };
    let is_open_office = |office: &str| ["role", "position", "post", "job", "stelle", "rolle"].contains(&office);
    is_in(VACANCIES, last) && !names_person() || is_in(VACANCIES, first) && is_open_office(behind)
}

/// Whether words name a machine, an account or a procedure: `CI pipeline`, `technical user`, `via workflow`.
fn is_machine(words: &str) -> bool {
    let (kind, account) = words.rsplit_once(' ').unwrap_or(("", words));
    is_in(ACCOUNT_WORDS, account) && is_in(ACCOUNT_KINDS, kind)
        || words.split(' ').any(|word| is_in(MACHINES, word)) && !words.split(' ').any(is_office_word)
}

/// Whether a text is a version or the ID of a document: `Version 1.0`, `PRO-A-001`.
fn is_identifier(text: &str, words: &str) -> bool {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let mut numbers = words.split(' ');
    let label = numbers.next().unwrap_or_default();
    let is_version = ["v", "version", "rev", "revision", "ausgabe", "fassung"].contains(&label)
        || label.strip_prefix('v').is_some_and(|number| !number.is_empty() && is_number(number));
    let is_id = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    is_version && words.contains(|c: char| c.is_ascii_digit()) && numbers.all(is_number)
        || text.contains('-') && text.ends_with(|c: char| c.is_ascii_digit()) && text.chars().all(is_id)
}

/// Whether words begin by saying that nobody approved: `no approval yet`.
fn denies_signature(words: &str) -> bool {
    const APPROVALS: [&str; 6] = ["approv", "approb", "aprob", "aprov", "freigabe", "genehmig"];
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    is_in("no kein keine pas sin geen brak ohne without sans senza zonder bez", first)
        && APPROVALS.iter().any(|stem| rest.starts_with(stem))
}

/// Whether a phrase is used in place of a name but is not one: `see register`, `a manager`.
fn points_elsewhere(text: &str) -> bool {
    let mut tokens = text.split_whitespace();
    let first = tokens.next().unwrap_or_default();
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    let is_shouted = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
    // `See DMS` is not a name; `SEE TAN` may be.
    let is_name = |word: &str| !is_small(word) && (!is_shouted(word) || is_shouted(first));
    let word = first.to_lowercase();
    is_in(POINTERS, &word)
        || is_in(DOUBTFUL, &word) && tokens.next().is_some_and(|second| is_small(first) || !is_name(second))
}

/// Whether words are a form of address and nobody's name: `Monsieur X`.
fn is_unknown_person(words: &str) -> bool {
    const ADDRESSES: [&str; 11] =
        ["mr", "mrs", "ms", "herr", "frau", "monsieur", "madame", "mme", "m", "señor", "signor"];
    words.split_once(' ').is_some_and(|(address, name)| {
        ADDRESSES.contains(&address) && ["x", "y", "untel", "unetelle", "mustermann", "musterfrau"].contains(&name)
    })
}

fn is_open_in_east_asia(words: &str) -> bool {
    const MAX_CHARS: usize = 4;
    words.contains("待ち")
        || words.ends_with("参照")
        || words.starts_with('未') && words.chars().count() <= MAX_CHARS
        || words.ends_with('中') && words.starts_with("承認")
}

/// Whether a text is a name as directories export it, `Surname, Given name`, in which one part alone would be a phrase
/// for nobody: `Self, William`, `Li, Na`.
fn is_directory_entry(text: &str) -> bool {
    let Some((surname, given)) = text.split_once(", ") else { return false };
    let is_word = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.chars().count() > 1
            && letters.all(|c| c.is_lowercase() || c == '-')
    };
    // `Director, Vacant`
    let is_open = |word: &str| {
        let words = normalize_words(word);
        is_to_be_filled(word) || is_office_word(&words) || is_vacant(&words)
    };
    let is_person = |word: &str| classify(word) == Part::Name;
    [surname, given].iter().all(|word| is_word(word) && !is_open(word)) && (is_person(surname) != is_person(given))
}

fn is_vacant(words: &str) -> bool {
    const VACANT: [&str; 11] = [
        "vacant",
        "vakant",
        "vacante",
        "unbesetzt",
        "unassigned",
        "pending",
        "missing",
        "unknown",
        "various",
        "approved",
        "signed",
    ];
    VACANT.contains(&first_word(words))
}

#[cfg(test)]
mod tests;
