//! What keys of other programs and people say by their values.

use super::meaning::{key_forms, normalize_key};
use crate::date::Date;
use crate::name::fold_case;
use crate::source::state_words::{
    affirms_approval, denies_approval, has_ended, is_not_in_force, is_pending, is_state, names_template, says_no,
    says_yes,
};
use crate::yaml::{Node, Value};

/// Keys that say that a document is in force unless their value denies it.
const SWITCHES: [&str; 32] = [
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
    "validated",
    "verified",
    "in-use",
    "used",
    "applicable",
    "official",
    "binding",
    "implemented",
    "deployed",
    "applies",
    "validé",
    "validée",
    "有効",
    "承認済み",
];

/// Keys for a step towards being in force, which is not done if their value says that it is still to come.
const STEPS: [&str; 12] = [
    "signed-by",
    "signature",
    "signatures",
    "sign-off-by",
    "validation",
    "validated-by",
    "verified-by",
    "released-by",
    "release",
    "implementation",
    "unterschrift",
    "freigabevermerk",
];

/// Keys for a first day that matter only with a later day than that of the approval.
const STARTS: [&str; 21] = [
    "eff-date",
    "effdate",
    "begins",
    "date-from",
    "launch",
    "release",
    "released",
    "rollout",
    "roll-out",
    "gültigkeitsbeginn",
    "beginn",
    "start",
    "mise-en-application",
    "début",
    "debut",
    "inicio",
    "início",
    "inizio",
    "decorrenza",
    "begin",
    "適用日",
];

/// Keys for a last day that matter only with a day.
const ENDS: [&str; 19] = [
    "gültigkeitsende",
    "ende",
    "end",
    "last-day",
    "ends",
    "date-to",
    "caduca",
    "fin",
    "fin-de-validité",
    "vencimiento",
    "vencimento",
    "validez",
    "validade",
    "scadenza",
    "einde",
    "koniec",
    "ważne-do",
    "失効予定",
    "満了日",
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
const OPEN_KEYS: [&str; 18] = [
    "public",
    "publish",
    "published",
    "share",
    "shared",
    "external",
    "customer-visible",
    "for-customers",
    "shareable",
    "sharable",
    "visible",
    "searchable",
    "öffentlich",
    "extern",
    "público",
    "publico",
    "pubblico",
    "openbaar",
];

/// Keys that say whether only some may read it.
const CLOSED_KEYS: [&str; 25] = [
    "internal-only",
    "internal-use-only",
    "for-internal-use",
    "for-internal-use-only",
    "nur-intern",
    "intern",
    "interne",
    "interno",
    "interna",
    "uso-interno",
    "do-użytku-wewnętrznego",
    "diffusion-restreinte",
    "社外秘",
    "nda",
    "under-nda",
    "staff-only",
    "for-staff",
    "intranet-only",
    "not-public",
    "nicht-öffentlich",
    "export-control",
    "hidden",
    "unlisted",
    "exclude",
    "noindex",
];

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

/// Which end of the time in which a document is in force a key names by a day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Start,
    End,
}

/// The end of that time which a key names, although it means something else without a day: `beginn`, `released`.
pub(super) fn bound(key: &str) -> Option<Bound> {
    let key = normalize_key(key);
    let is_one_of = |known: &[&str]| key_forms(&key).any(|form| known.contains(&form));
    let start = is_one_of(&STARTS).then_some(Bound::Start);
    start.or_else(|| is_one_of(&ENDS).then_some(Bound::End))
}

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
    let is_day = || value.trim().parse::<Date>().is_ok();
    let is_flagged = || says_yes(value) || is_day() || is_not_in_force(value);
    // `pending_approval: true`, `decommissioned: 2026-10-31`
    let words = key.replace('-', " ");
    let is_state_key = is_state(&words) && says_yes(value) || has_ended(&words) && is_day();
    is_state_key
        || is_one_of(&STEPS) && (is_pending(value) || is_state(value))
        || is_one_of(&SWITCHES) && is_denied()
        || is_one_of(&FLAGS) && is_flagged()
        || is_one_of(&STAGES) && denies_approval(value)
}

/// Whether a key that may say that the document is not in force says with this value that it is, or nothing at all:
/// `draft: false`, `superseded_by:` without a value, `expires: never`, `stage: final`, `published_in: Confluence`.
/// `read_day` says whether a text is a day, and one that is not later than that of the approval.
pub(super) fn leaves_in_force(key: &str, value: &Node, read_day: impl Fn(&str) -> (bool, bool)) -> bool {
    const WHEN: [&str; 6] = ["on", "at", "date", "day", "of", "de"];
    let Some(text) = short_text(value) else { return false };
    let key = normalize_key(key);
    let (is_day, is_begun) = read_day(text);
    if key == "in-force" {
        return says_yes(text);
    }
    let is_affirmative = |word: &str| AFFIRMATIVE_WORDS.contains(&word);
    if key.split('-').any(is_affirmative) {
        let says_when = key.split('-').all(|word| is_affirmative(word) || WHEN.contains(&word));
        let is_other =
            || (!says_when || key == "publication") && !is_day && !text.is_empty() && !says_no(text) && !is_state(text);
        return says_yes(text) || is_begun || is_other();
    }
    if PROGRESS_KEYS.contains(&key.as_str()) {
        return affirms_approval(text);
    }
    text.is_empty() || says_no(text) || key.starts_with("archiv") && is_period(text)
}

/// Whether a text says how long something takes: `10 years`.
fn is_period(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.next().is_some_and(is_number)
        && words.next().is_some_and(|unit| unit.chars().all(char::is_alphabetic))
        && words.next().is_none()
}

/// Whether a key that may limit claims says with this value that it does not: `exceptions: none`, `Ausnahmen: keine`,
/// `completeness: 100 %`.
pub(super) fn limits_nothing(key: &str, value: &Node) -> bool {
    const FULL: [&str; 9] = ["full", "fully", "complete", "completely", "done", "100", "100%", "voll", "vollständig"];
    // Beginnings of keys for how much is addressed, of which a negative answer says that nothing is.
    const MEASURES: [&str; 22] = [
        "claim",
        "clause",
        "complete",
        "compliance",
        "conform",
        "cover",
        "extent",
        "fulfil",
        "percent",
        "progress",
        "scope",
        "abdeckung",
        "erfüll",
        "geltungs",
        "gültig",
        "umfang",
        "couverture",
        "portée",
        "cobertura",
        "alcance",
        "dekking",
        "zakres",
    ];
    let Some(text) = short_text(value) else { return false };
    let key = normalize_key(key);
    let is_measure = MEASURES.iter().any(|stem| key.starts_with(stem));
    let is_answered = if is_measure { says_yes(text) } else { says_no(text) };
    text.is_empty() || is_answered || FULL.contains(&fold_case(text).replace(' ', "").as_str())
}

/// The trimmed text of a scalar; nothing for an empty list or mapping.
pub(super) fn short_text(node: &Node) -> Option<&str> {
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
