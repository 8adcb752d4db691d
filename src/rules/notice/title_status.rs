//! Words in titles and headings that say that a document, or a section, is not in force.

use super::label::is_draft_label;
use super::things::names_things;
use super::{NOUNS, is_loud};
use crate::name::fold_case;
use crate::source::is_not_in_force;

/// Signs around or before a status in a title.
pub(super) const SEPARATORS: [char; 16] =
    ['(', ')', '[', ']', ':', '–', '—', '|', '（', '）', '【', '】', '［', '］', '：', '〔'];

/// States that things other than documents are in, so that `Contracts (expired)` is a list of such contracts.
const THING_STATES: [&str; 23] = [
    "archived",
    "deprecated",
    "expired",
    "obsolete",
    "outdated",
    "replaced",
    "retired",
    "revoked",
    "superseded",
    "withdrawn",
    "abgelaufen",
    "archiviert",
    "ersetzt",
    "ungültig",
    "veraltet",
    "widerrufen",
    "obsolète",
    "retiré",
    "retirés",
    "caducado",
    "obsoleto",
    "scaduto",
    "vervallen",
];

/// Things that are in such states; documents are about them.
const THINGS: [&str; 63] = [
    "accounts",
    "agreements",
    "applications",
    "assets",
    "backup",
    "backups",
    "certificates",
    "contracts",
    "customers",
    "data",
    "devices",
    "documents",
    "domains",
    "employees",
    "equipment",
    "hardware",
    "items",
    "keys",
    "laptops",
    "licences",
    "licenses",
    "locations",
    "media",
    "phones",
    "projects",
    "records",
    "releases",
    "servers",
    "services",
    "sites",
    "software",
    "subscriptions",
    "suppliers",
    "systems",
    "tapes",
    "users",
    "versions",
    "warranties",
    "anlagen",
    "anwendungen",
    "benutzer",
    "daten",
    "dienste",
    "dokumente",
    "geräte",
    "konten",
    "kunden",
    "lieferanten",
    "lizenzen",
    "schlüssel",
    "systeme",
    "verträge",
    "zertifikate",
    "actifs",
    "certificats",
    "contrats",
    "équipements",
    "activos",
    "certificados",
    "contratos",
    "equipos",
    "licencias",
    "servicios",
];

/// States in brackets that mean something else unless the title begins with a word for a document: a project.
const STATES_OF_NAMED_DOCUMENT: [&str; 5] = ["projet", "provisoire", "provisional", "provisorio", "voorlopig"];
/// Words for documents in languages in which `projekt` is a draft.
const NOUNS_BEFORE_PROJEKT: [&str; 4] = ["procedura", "polityka", "instrukcja", "regulamin"];

/// The status in a title: in brackets, before a colon, next to a dash, in capitals at either end, or after a noun that
/// alone names a document, as in `Procédure obsolète`. A title that is struck out is its own status.
pub(in crate::rules) fn title_status(title: &str) -> Option<&str> {
    find_status(title, |state| is_of_things(title, state)).or_else(|| remark_in_brackets(title))
}

/// The status in a title, without states that belong to the things it names.
pub(super) fn find_status(title: &str, is_of_things: impl Fn(&str) -> bool) -> Option<&str> {
    let title = title.trim();
    if title.len() > 4 && title.starts_with("~~") && title.ends_with("~~") {
        return Some(title);
    }
    let in_brackets = title.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    let in_brackets = in_brackets.flat_map(|inside| inside.split([',', ';', '/']));
    let parts = title.split(SEPARATORS).flat_map(|part| part.split(" - "));
    let ends = [title.split_whitespace().next(), title.split_whitespace().last()];
    let loud = ends.into_iter().flatten().filter(|word| is_loud(word));
    let of_noun = title.split_once(' ').filter(|(noun, _)| NOUNS.contains(&fold_case(noun).as_str()));
    let of_noun = of_noun.map(|(_, state)| state).filter(|state| !state.is_ascii() || !is_english(state));
    // `Draft v2`, `final draft`, `superseded by PRO-X-001`
    let is_remark = |part: &str| part != title && (is_dated_state(part) || is_draft_label(&fold_case(part)));
    let is_status =
        |part: &&str| (is_not_in_force(part) || is_remark(part)) && !is_of_things(part) && !is_question(title, part);
    // `Handling of incidents DRAFT v2`
    let mut last = title.rsplit(' ');
    let before_number =
        last.next().filter(|word| is_version_number(word)).and(last.next()).filter(|word| is_loud(word));
    let of_file = title.rsplit_once('_').map(|(_, state)| state).filter(|state| !state.is_empty());
    let in_brackets = in_brackets.chain(of_file).chain(before_number);
    let found = parts.clone().chain(in_brackets).map(str::trim).chain(loud).chain(of_noun).find(is_status);
    let is_old = |word: &&str| word.trim_matches(['[', ']', '_', '-']) == "OLD" && *word != title;
    let last = title.rsplit(['_', ' ']).next();
    let old = || ends.into_iter().chain([last]).flatten().find(is_old);
    let remark = parts.skip(1).map(str::trim).find(|part| is_draft_of_named_document(title, part));
    found.or(remark).or_else(old)
}

/// A remark at the end of a title, in brackets, that says so of its document and not of things: `Handling of
/// calls (old)`.
fn remark_in_brackets(title: &str) -> Option<&str> {
    const REMARKS: [&str; 9] =
        ["old", "alt", "not used", "no longer used", "wird ersetzt", "to be replaced", "ancien", "antiguo", "oud"];
    let (_, remark) = title.strip_suffix(')')?.rsplit_once('(')?;
    let is_remark = REMARKS.contains(&fold_case(remark.trim()).as_str());
    let is_of_subject = names_things(title) || fold_case(title).starts_with("legacy");
    (is_remark && !is_of_subject).then_some(remark)
}

/// Whether a part of a title is a state with its number, its day or its successor: `draft v2`, `expired 2025`.
fn is_dated_state(part: &str) -> bool {
    const BY: [&str; 4] = [" by ", " durch ", " par ", " door "];
    let folded = fold_case(part);
    let numbered = folded.rsplit_once(' ').filter(|(_, number)| is_version_number(number)).map(|(state, _)| state);
    let replaced = BY.iter().find_map(|by| folded.split_once(by)).map(|(state, _)| state);
    numbered.into_iter().chain(replaced).any(is_not_in_force)
}

/// Whether a word is a number, a version or a day.
fn is_version_number(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || ".-/".contains(c))
}

/// Whether a title names a state as its subject, before a question about it: `In review: how audits work`.
fn is_question(title: &str, state: &str) -> bool {
    let rest = title.strip_prefix(state).and_then(|rest| rest.strip_prefix(':'));
    let first = rest.and_then(|rest| rest.split_whitespace().next()).map(fold_case);
    first.is_some_and(|word| {
        ["how", "what", "when", "why", "wie", "was", "wann", "comment", "cómo", "come"].contains(&word.as_str())
    })
}

/// Whether a state in a title is that of the things it names, as in `Contracts (expired)`.
fn is_of_things(title: &str, state: &str) -> bool {
    let state = fold_case(state.trim());
    THING_STATES.contains(&state.as_str()) && names_one_of(title, &THINGS)
}

/// Whether the words before the first sign of a title end with one of these.
fn names_one_of(title: &str, things: &[&str]) -> bool {
    let (head, _) = title.split_once(SEPARATORS).or_else(|| title.split_once(" - ")).unwrap_or((title, ""));
    let last = head.split_whitespace().last().map(fold_case);
    last.is_some_and(|last| things.contains(&last.as_str()))
}

/// Whether a part of a title such as `Procédure des incidents (projet)` calls the document a draft.
fn is_draft_of_named_document(title: &str, part: &str) -> bool {
    if part.is_empty() || part.len() > "provisional".len() {
        return false;
    }
    let (noun, part) = (title.split_whitespace().next().map(fold_case).unwrap_or_default(), fold_case(part));
    let noun = noun.as_str();
    NOUNS.contains(&noun) && STATES_OF_NAMED_DOCUMENT.contains(&part.as_str())
        || NOUNS_BEFORE_PROJEKT.contains(&noun) && part == "projekt"
}

/// Whether a state is an English one: `Version expired` may name an event.
fn is_english(state: &str) -> bool {
    state.ends_with("ed") || state.starts_with("in ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_name_a_status_are_distinguished_from_others() {
        for title in [
            "DRAFT: Incidents",
            "Incidents (draft)",
            "[OBSOLETE] Incidents",
            "Incidents - Entwurf",
            "Incidents DRAFT",
            "Incidents (archived)",
            "Incidents (v2, obsolete)",
            "Incidents (not in force)",
            "Known errors – nicht mehr gültig",
            "Procédure obsolète",
            "障害対応手順（案）",
            "障害対応手順書【旧版】",
            "Procédure des incidents (projet)",
            "Procédure des incidents - provisoire",
            "Procedura incydentów (projekt)",
            "~~Incident procedure~~",
            "Incident procedure v2 OLD",
            "Contracts (draft)",
            "Handling of incidents – draft v2",
            "Handling of incidents (final draft)",
            "Handling of incidents (Entwurf 2)",
            "Handling of incidents_draft",
            "Handling of incidents_OLD",
            "OLD Handling of incidents",
            "[OLD] Handling of incidents",
            "Handling of incidents (old)",
            "Handling of incidents (superseded by PRO-X-001)",
            "Handling of incidents (expired 2025)",
        ] {
            assert!(title_status(title).is_some(), "{title}");
        }
        for title in [
            "Incidents",
            "Draft agreements",
            "Handling of withdrawn documents",
            "Retired assets",
            "Incidents (desk)",
            "In review: how audits work",
            "Servers (old)",
            "Sold goods and old stock",
            "Plan 2025",
            "Work plan (first version)",
            "Documents, obsolete and new",
            "Contracts (expired)",
            "Backup (offline, archived)",
            "Configuration items (obsolete)",
            "Migration (projet)",
            "Änderungen (Projekt)",
        ] {
            assert_eq!(title_status(title), None, "{title}");
        }
    }
}
