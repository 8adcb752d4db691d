//! Notes beside claims that limit what is claimed, deny it or put it off.

use crate::name::fold_case;
use crate::placeholder::{is_to_be_filled, normalize_words, says_nothing_exists, says_open};
use crate::source::limit_words::{denies_limit, says_partial};
use crate::source::state_words::is_state;

/// Groups of words that limit a claim wherever they stand in a note.
const LIMITING_PHRASES: &[&str] = &[
    "not covered",
    "not included",
    "not implemented",
    "not applicable",
    "not addressed",
    "not in place",
    "not done",
    "not complete",
    "not yet",
    "to be extended",
    "to be added",
    "to be completed",
    "still missing",
    "is missing",
    "are missing",
    "nicht abgedeckt",
    "nicht enthalten",
    "nicht umgesetzt",
    "noch nicht",
    "fehlt noch",
    "fehlen noch",
    "non couvert",
    "non couverts",
    "pas encore",
    "pas couvert",
    "no cubierto",
    "todavía no",
    "aún no",
    "non coperto",
    "non ancora",
    "niet gedekt",
    "nog niet",
    "jeszcze nie",
];

/// First words of notes that say to what a claim does not extend.
const LIMITING_STARTS: &[&str] = &[
    "not",
    "no longer",
    "without",
    "outside",
    "nicht",
    "ohne",
    "kein",
    "keine",
    "pas",
    "sans",
    "sin",
    "sem",
    "senza",
    "zonder",
    "niet",
    "bez",
    "nie",
];
/// Whole notes that say that a claim is one for a time, or for a part of the time.
const LIMITING_NOTES: &[&str] = &[
    "interim",
    "temporary",
    "temporarily",
    "trial",
    "pilot",
    "proof of concept",
    "poc",
    "on paper",
    "in theory",
    "weekdays",
    "office hours",
    "business hours",
    "working hours",
    "daytime",
    "werktags",
    "tagsüber",
    "vorerst",
    "provisoirement",
];
/// First words of notes about some of several things.
const SOME: &[&str] =
    &["some", "most", "many", "einige", "manche", "certains", "certaines", "algunos", "algunas", "alcuni", "sommige"];
/// Maximum number of words of such a note. A longer one is a sentence about its subject.
const MAX_SOME_WORDS: usize = 3;

/// First words of such notes that stand before a day, or behind which a colon stands.
const UNTIL: &[&str] = &["until", "till", "bis", "jusqu", "hasta", "fino", "tot", "do"];
/// First words of a note with the first day of a claim.
const FROM: &[&str] = &[
    "from",
    "as of",
    "starting",
    "starting in",
    "starting from",
    "beginning",
    "effective",
    "effective from",
    "ab",
    "dès",
    "à partir de",
    "à partir du",
    "desde",
    "a partir de",
    "dal",
    "vanaf",
    "per",
    "od",
];
const LABELS: &[&str] =
    &["gap", "gaps", "missing", "open", "lücke", "lücken", "offen", "fehlt", "lacune", "lacunes", "brecha", "luka"];
/// Words behind which a gap is stated: `gaps at night`, `gap NC-12`.
const BEFORE_GAP: &[&str] = &["see", "known", "siehe", "bekannte", "voir"];
const AFTER_GAP: &[&str] = &["at", "in", "for", "on", "with", "bei", "im", "am", "für", "à", "pour", "en", "nc"];
/// Words that close a gap.
const CLOSED: &[&str] = &["closed", "fixed", "resolved", "geschlossen", "behoben", "analysis", "analyse", "fermée"];

/// Signs that say that something is not done.
const SIGNS: [char; 9] = ['🚧', '🔴', '🟡', '❌', '✗', '✘', '☐', '⏳', '½'];

/// Whether a note beside a claim may limit it: `only mail`, `80 %`, `Nights are not covered.`, `until 2027-01-01`. One
/// that says what the document does, or where, does not: `See section 3.`
pub(super) fn limits_claim(note: &str) -> bool {
    if note.contains(SIGNS) {
        return true;
    }
    let words = normalize_words(note);
    if words.is_empty() || says_nothing_exists(note) || denies_limit(&words) {
        return false;
    }
    let padded = format!(" {words} ");
    is_to_be_filled(note)
        || is_state(note)
        || says_open(note, "")
        || says_partial(note)
        || LIMITING_PHRASES.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
        || states_gap(&words)
        || begins_with_limit(note, &words)
}

/// The first day of a claim that its note gives, in lower case: `2027-01-01` of `From 2027-01-01`.
pub(super) fn first_day_in(note: &str) -> Option<String> {
    let folded = fold_case(note.trim());
    let day = FROM.iter().filter_map(|from| folded.strip_prefix(from)?.strip_prefix(' ')).min_by_key(|day| day.len());
    let day = day.or_else(|| folded.split_once("から").or_else(|| folded.split_once("起")).map(|(day, _)| day));
    day.filter(|day| day.contains(|c: char| c.is_ascii_digit())).map(str::to_owned)
}

/// Whether a note begins by saying to what the claim does not extend, until when it holds, or how much is done.
fn begins_with_limit(note: &str, words: &str) -> bool {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let is_label = |text: &str| LABELS.contains(&normalize_words(text).as_str());
    let begins = |start: &&str| words.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    LIMITING_STARTS.iter().any(begins)
        || LIMITING_NOTES.contains(&words)
        || SOME.contains(&first) && !rest.is_empty() && words.split(' ').count() <= MAX_SOME_WORDS
        || UNTIL.contains(&first) && rest.starts_with(|c: char| c.is_ascii_digit())
        || is_label(note)
        || note.split_once(':').is_some_and(|(label, _)| is_label(label))
        || is_share(note)
}

/// Whether a note states a gap: `gaps at night`, `see gap NC-12`. A `gap analysis` and a closed gap are none.
fn states_gap(words: &str) -> bool {
    let mut rest = words.split(' ').skip_while(|word| BEFORE_GAP.contains(word));
    let is_gap =
        rest.next().is_some_and(|word| ["gap", "gaps", "lücke", "lücken", "lacune", "lacunes"].contains(&word));
    is_gap && rest.next().is_some_and(|word| AFTER_GAP.contains(&word)) && !rest.any(|word| CLOSED.contains(&word))
}

/// Whether a note begins with a share of less than everything: `80 %`. Behind more words it may be a target.
fn is_share(note: &str) -> bool {
    const MAX_WORDS: usize = 3;
    let Some((number, rest)) = note.split_once(['%', '％']) else { return false };
    let number = number.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
    number.replace(',', ".").parse::<f64>().is_ok_and(|share| share < 100.0)
        && rest.split_whitespace().count() < MAX_WORDS
}

#[cfg(test)]
mod tests {
    use super::limits_claim;

    #[test]
    fn notes_that_limit_a_claim_are_distinguished_from_those_that_explain_it() {
        for note in [
            "partial",
            "Partly.",
            "only mail",
            "For mail only",
            "Nights are not covered.",
            "Except nights",
            "incomplete",
            "80 %",
            "about 50 % done",
            "gap: nights",
            "not yet implemented",
            "planned",
            "Draft",
            "to be extended",
            "obsolete",
            "until 2027-01-01",
            "gaps at night",
            "some services",
            "no longer",
            "still open",
            "proof of concept",
            "❌",
            "TBD",
            "teilweise",
            "nur Mail",
            "partiellement",
            "Nicht für Nächte",
            "Lücke bei Nächten",
            "wird noch ergänzt",
            "未実施",
            "一部のみ",
        ] {
            assert!(limits_claim(note), "{note}");
        }
        for note in [
            "",
            "-",
            "none",
            "See section 3.",
            "with the change policy",
            "The plan itself.",
            "Review",
            "Gap analysis in section 4.",
            "No exceptions.",
            "Without exception",
            "ohne Ausnahme",
            "Availability of 99.5 % in support hours",
            "Open and closed incidents",
            "Includes major incidents; from report to closure.",
            "Monitoring and review of suppliers.",
            "Policy part; the process is PRC-CHG-001.",
            "Siehe Abschnitt 3",
            "nothing missing",
            "sans réserve",
            "Abschnitt 3, nicht nur Mail",
            "Gap NC-12 closed",
            "Some services have their own procedure.",
        ] {
            assert!(!limits_claim(note), "{note}");
        }
    }
}
