//! Notes beside claims that limit what is claimed, deny it or put it off.

use crate::placeholder::{is_to_be_filled, normalize_words, says_nothing_exists};
use crate::source::state_words::is_state;

/// Words that limit a claim wherever they are in a note.
const LIMITING_WORDS: &[&str] = &[
    // English
    "only",
    "partial",
    "partially",
    "partly",
    "except",
    "excepting",
    "excluding",
    "excl",
    "incomplete",
    "unfinished",
    // German
    "nur",
    "teilweise",
    "teils",
    "außer",
    "ausser",
    "ausgenommen",
    "unvollständig",
    "lückenhaft",
    // French, Spanish, Portuguese and Italian
    "seulement",
    "uniquement",
    "partiel",
    "partielle",
    "partiellement",
    "sauf",
    "excepté",
    "solo",
    "sólo",
    "solamente",
    "parcial",
    "parcialmente",
    "excepto",
    "salvo",
    "apenas",
    "exceto",
    "soltanto",
    "parziale",
    "parzialmente",
    "eccetto",
    "tranne",
    "incompleto",
    "incompleta",
    // Dutch and Polish
    "alleen",
    "gedeeltelijk",
    "deels",
    "behalve",
    "onvolledig",
    "tylko",
    "częściowo",
    "oprócz",
];

/// Groups of words that do so.
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

/// First words of notes that say to what a claim does not extend, or that it is not true yet.
const LIMITING_STARTS: &[&str] = &[
    "not", "without", "planned", "draft", "pending", "outside", "nicht", "ohne", "kein", "keine", "geplant", "entwurf",
    "pas", "sans", "prévu", "sin", "previsto", "sem", "senza", "zonder", "niet", "gepland", "bez", "nie",
];

/// First words of such notes that come before a day or a colon.
const DATED_STARTS: &[&str] = &[
    "from", "until", "till", "since", "ab", "bis", "dès", "jusqu", "desde", "hasta", "dal", "fino", "vanaf", "tot",
    "od", "do",
];
const LABELS: &[&str] =
    &["gap", "gaps", "missing", "open", "lücke", "lücken", "offen", "fehlt", "lacune", "brecha", "luka"];

/// Parts of words of languages without spaces.
const UNSPACED: &[&str] = &["のみ", "一部", "除く", "未対応", "仅", "部分"];

/// Beginnings of words for limits. A note that denies them limits nothing: `No exceptions.`
const LIMITS: &[&str] =
    &["exce", "exclu", "restri", "limit", "gap", "einschr", "ausnahm", "lück", "eccez", "beperk", "uitz", "wyj"];

/// Whether a note beside a claim may limit it: `only mail`, `80 %`, `Nights are not covered.`, `from 2027-01-01`. One
/// that says what the document does, or where, does not: `See section 3.`
pub(super) fn limits_claim(note: &str) -> bool {
    let words = normalize_words(note);
    if words.is_empty() || says_nothing_exists(note) || denies_limit(&words) {
        return false;
    }
    let padded = format!(" {words} ");
    is_to_be_filled(note)
        || is_state(note)
        || words.split(' ').any(|word| LIMITING_WORDS.contains(&word))
        || LIMITING_PHRASES.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
        || UNSPACED.iter().any(|part| words.contains(part))
        || begins_with_limit(note, &words)
}

/// Whether a note begins by saying to what the claim does not extend, from when it holds, or how much is done.
fn begins_with_limit(note: &str, words: &str) -> bool {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let is_label = |text: &str| LABELS.contains(&normalize_words(text).as_str());
    LIMITING_STARTS.contains(&first)
        || DATED_STARTS.contains(&first) && rest.starts_with(|c: char| c.is_ascii_digit())
        || is_label(note)
        || note.split_once(':').is_some_and(|(label, _)| is_label(label))
        || is_share(note)
}

/// Whether a note begins with a share of less than everything: `80 %`. Behind more words it may be a target.
fn is_share(note: &str) -> bool {
    const MAX_WORDS: usize = 3;
    let Some((number, rest)) = note.split_once(['%', '％']) else { return false };
    let number = number.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
    number.replace(',', ".").parse::<f64>().is_ok_and(|share| share < 100.0)
        && rest.split_whitespace().count() < MAX_WORDS
}

fn denies_limit(words: &str) -> bool {
    const DENIALS: [&str; 12] =
        ["no", "without", "none", "not", "kein", "keine", "ohne", "sans", "sin", "senza", "zonder", "bez"];
    let mut words = words.split(' ');
    words.next().is_some_and(|first| DENIALS.contains(&first))
        && words.next().is_some_and(|second| LIMITS.iter().any(|limit| second.starts_with(limit)))
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
            "from 2027-01-01",
            "TBD",
            "teilweise",
            "nur Mail",
            "partiellement",
            "Nicht für Nächte",
            "ab 01.01.2027",
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
        ] {
            assert!(!limits_claim(note), "{note}");
        }
    }
}
