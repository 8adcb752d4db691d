//! What keys of other programs and people say by their values.

use super::foreign_keys::WEAK_START_KEYS;
use super::meaning::{key_forms, normalize_key};
use crate::date::Date;
use crate::name::fold_case;
use crate::source::state_words::{
    affirms_approval, denies_approval, is_not_in_force, names_template, says_no, says_yes,
};
use crate::yaml::{Node, Value};

/// Keys that say that a document is in force unless their value denies it.
const SWITCHES: [&str; 18] = [
    "active",
    "enabled",
    "current",
    "released",
    "signed-off",
    "live",
    "final",
    "ready",
    "signed",
    "valid",
    "aktiv",
    "aktuell",
    "actif",
    "activo",
    "ativo",
    "attivo",
    "actief",
    "aktywny",
];

/// Keys that say that a document is not in force if their value is affirmative, a day or such a state.
const FLAGS: [&str; 5] = ["concept", "pending", "stale", "eol", "ersetzt"];

/// Keys for a stage.
const STAGES: [&str; 11] =
    ["phase", "step", "fase", "etapa", "étape", "etap", "toestand", "estado", "statut", "stato", "stan"];

/// Keys that say how far the document is on its way to be in force.
const PROGRESS_KEYS: [&str; 6] = ["lifecycle", "life-cycle", "workflow", "workflow-state", "stage", "sign-off"];

/// Words in keys that say that a document is in force.
const AFFIRMATIVE_WORDS: [&str; 3] = ["published", "publish", "publication"];

/// Keys that say whether everybody may read a document.
const OPEN_KEYS: [&str; 14] = [
    "public",
    "publish",
    "published",
    "share",
    "shared",
    "external",
    "customer-visible",
    "visible",
    "öffentlich",
    "extern",
    "público",
    "publico",
    "pubblico",
    "openbaar",
];

/// Keys that say whether only some may read it.
const CLOSED_KEYS: [&str; 9] =
    ["internal-only", "nur-intern", "intern", "interne", "interno", "interna", "nda", "under-nda", "staff-only"];

/// Keys for the kind of a document, beside those that mean `type` whatever their value.
const KIND_KEYS: [&str; 19] = [
    "dokumenttyp",
    "dokumententyp",
    "dokumentart",
    "typ",
    "art",
    "type-de-document",
    "tipo",
    "tipo-documento",
    "tipo-de-documento",
    "tipo-di-documento",
    "soort",
    "documenttype",
    "documentsoort",
    "typ-dokumentu",
    "rodzaj",
    "content-type",
    "文書種別",
    "種別",
    "文档类型",
];

/// Keys that say whether a document is a template; a text is the name of a layout.
const TEMPLATE_KEYS: [&str; 8] =
    ["template", "vorlage", "muster", "plantilla", "modèle", "modello", "sjabloon", "szablon"];

/// Keys of ours that an unknown key with this value casts doubt on, whatever the key alone means.
pub(super) fn doubted_keys(key: &str, value: &str) -> impl Iterator<Item = &'static str> {
    let name = normalize_key(key);
    let is_one_of = |known: &[&str]| key_forms(&name).any(|form| known.contains(&form));
    let is_closed = is_one_of(&OPEN_KEYS) && says_no(value) || is_one_of(&CLOSED_KEYS) && says_yes(value);
    let is_template = is_one_of(&KIND_KEYS) && names_template(value) || is_one_of(&TEMPLATE_KEYS) && says_yes(value);
    let doubts = [
        (is_not_in_force(value) || is_switched_off(key, value), "status"),
        (is_template, "type"),
        (is_closed, "classification"),
    ];
    doubts.into_iter().filter(|(is_doubted, _)| *is_doubted).map(|(_, ours)| ours)
}

/// Whether a key with this value says that a document is not in force: `active: false`, `phase: review`.
fn is_switched_off(key: &str, value: &str) -> bool {
    const NOT_YET: [&str; 5] = ["never", "not yet", "noch nicht", "pending", "offen"];
    let key = normalize_key(key);
    let is_one_of = |known: &[&str]| key_forms(&key).any(|form| known.contains(&form));
    let is_denied = || says_no(value) || NOT_YET.contains(&fold_case(value.trim()).as_str());
    let is_flagged = || says_yes(value) || value.trim().parse::<Date>().is_ok() || is_not_in_force(value);
    is_one_of(&SWITCHES) && is_denied()
        || is_one_of(&FLAGS) && is_flagged()
        || is_one_of(&STAGES) && denies_approval(value)
}

/// Whether a key that may say that the document is not in force says with this value that it is, or nothing at all:
/// `draft: false`, `superseded_by:` without a value, `expires: never`, `stage: final`.
pub(super) fn leaves_in_force(key: &str, value: &Node) -> bool {
    let Some(text) = short_text(value) else { return false };
    let key = normalize_key(key);
    let is_affirmative = key == "in-force" || key.split('-').any(|word| AFFIRMATIVE_WORDS.contains(&word));
    match is_affirmative {
        true => says_yes(text),
        false if PROGRESS_KEYS.contains(&key.as_str()) => affirms_approval(text),
        false => text.is_empty() || says_no(text),
    }
}

/// Whether a key that may limit claims says with this value that it does not: `exceptions: none`.
pub(super) fn limits_nothing(key: &str, value: &Node) -> bool {
    const FULL: [&str; 7] = ["full", "fully", "complete", "100", "100%", "voll", "vollständig"];
    const BOUNDS: [&str; 10] =
        ["exception", "exclu", "restriction", "limit", "boundar", "caveat", "note", "gaps", "missing", "remaining"];
    let Some(text) = short_text(value) else { return false };
    let key = normalize_key(key);
    let is_complete = || key.starts_with("complete") && says_yes(text);
    let is_bound = || key == "incomplete" || BOUNDS.iter().any(|stem| key.starts_with(stem));
    text.is_empty() || is_bound() && says_no(text) || FULL.contains(&fold_case(text).as_str()) || is_complete()
}

/// Whether a key that means one of ours only repeats with this value that the document is in force. `is_begun` says
/// whether a day is not later than the one from which the document is in force.
pub(super) fn adds_nothing(key: &str, ours: &str, value: &Node, is_begun: impl Fn(&str) -> bool) -> bool {
    let Some(text) = short_text(value) else { return false };
    match ours {
        "status" => affirms_approval(text),
        "effective" if WEAK_START_KEYS.contains(&normalize_key(key).as_str()) => text.is_empty() || is_begun(text),
        "effective" => says_yes(text),
        // Only a list is a history; a text may say where it is.
        "changes" => true,
        _ => false,
    }
}

/// The trimmed text of a scalar; nothing for an empty list or mapping.
fn short_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) if scalar.is_null() => Some(""),
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        Value::List(items) if items.is_empty() => Some(""),
        Value::Map(entries) if entries.is_empty() => Some(""),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cast_doubt_on_our_keys() {
        for (key, value, ours) in [
            ("public", "false", "classification"),
            ("is_public", "no", "classification"),
            ("published", "nein", "classification"),
            ("customer_visible", "false", "classification"),
            ("nur_intern", "ja", "classification"),
            ("nda", "true", "classification"),
            ("Dokumenttyp", "Vorlage", "type"),
            ("tipo_documento", "modello", "type"),
            ("文書種別", "テンプレート", "type"),
            ("template", "yes", "type"),
            ("maturity", "draft", "status"),
        ] {
            assert!(doubted_keys(key, value).any(|doubted| doubted == ours), "{key}: {value}");
        }
        for (key, value) in [
            ("public", "true"),
            ("intern", "nein"),
            ("Dokumenttyp", "Verfahren"),
            ("template", "page.html"),
            ("layout", "template"),
        ] {
            assert_eq!(doubted_keys(key, value).next(), None, "{key}: {value}");
        }
    }

    #[test]
    fn keys_that_switch_a_document_off_are_read_with_their_values() {
        for (key, value) in [
            ("active", "false"),
            ("is_active", "no"),
            ("released", "false"),
            ("phase", "review"),
            ("is_final", "false"),
            ("concept", "true"),
            ("eol", "2026-10-31"),
            ("toestand", "concept"),
            ("ersetzt", "ja"),
        ] {
            assert!(is_switched_off(key, value), "{key}: {value}");
        }
        for (key, value) in [
            ("active", "true"),
            ("enabled", "2026"),
            ("phase", "live"),
            ("colour", "false"),
            ("concept", "Availability"),
            ("eol", "lf"),
            ("ersetzt", "PRO-X-001"),
            ("estado", "aprobado"),
        ] {
            assert!(!is_switched_off(key, value), "{key}: {value}");
        }
    }
}
