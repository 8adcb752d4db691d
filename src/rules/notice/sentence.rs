//! Sentences that say of a document that it is not in force.

use crate::source::is_not_in_force;

/// Maximum number of words in a state.
pub(super) const MAX_STATE_WORDS: usize = 5;

/// Words for documents, as subjects of a notice.
pub(super) const NOUNS: &[&str] = &[
    "document",
    "procedure",
    "policy",
    "process",
    "version",
    "page",
    "instruction",
    "guideline",
    "plan",
    "text",
    "dokument",
    "verfahren",
    "richtlinie",
    "prozess",
    "fassung",
    "seite",
    "anweisung",
    "procédure",
    "politique",
    "processus",
    "documento",
    "procedimiento",
    "política",
    "procedimento",
    "procedura",
    "documento",
    "versión",
    "versão",
    "versione",
    "beleid",
    "versie",
    "procedura",
];

/// Other things that a document may call itself: `this is an outdated copy`.
const COPIES: &[&str] = &["copy", "edition", "issue", "kopie", "exemplaire", "copia", "cópia"];

/// Words before them.
const ARTICLES: &[&str] = &[
    "this", "the", "dieses", "diese", "dieser", "das", "die", "ce", "cette", "cet", "le", "la", "este", "esta", "el",
    "o", "a", "questo", "questa", "il", "dit", "deze", "het", "de", "ten", "ta", "dies", "ceci", "esto", "isto", "to",
];

/// Articles that mean the document at hand.
const DEMONSTRATIVES: &[&str] = &[
    "this", "dieses", "diese", "dieser", "ce", "cette", "cet", "este", "esta", "questo", "questa", "dit", "deze",
    "ten", "ta",
];

/// Words before a state that is a noun or describes one: `this is an archived version`.
const INDEFINITE: &[&str] = &["a", "an", "ein", "eine", "un", "une", "una", "um", "uma", "een"];

/// Words that deny what follows them.
const NEGATIONS: &[&str] = &["not", "no", "não", "non", "niet", "nie"];
/// Words between a negation and what it denies.
const YET: &[&str] = &["yet", "still", "aún", "todavía", "ainda", "ancora", "nog", "jeszcze"];

/// States that are other words elsewhere, after an indefinite article.
const ARTICLED_STATES: &[&str] = &["concept", "konzept", "projet", "proyecto", "progetto"];

/// Words between such a subject and its state.
const COPULAS: &[&str] = &[
    "is",
    "was",
    "has",
    "been",
    "still",
    "now",
    "currently",
    "a",
    "an",
    "only",
    "and",
    "therefore",
    "ist",
    "wurde",
    "nun",
    "noch",
    "ein",
    "eine",
    "est",
    "été",
    "a",
    "un",
    "une",
    "es",
    "ha",
    "sido",
    "está",
    "foi",
    "é",
    "è",
    "stato",
    "stata",
    "in",
    "befindet",
    "sich",
    "werd",
    "een",
    "jest",
    "został",
    "una",
    "um",
    "uma",
];

/// States that are also done to documents in force, so that they count only as `has been replaced` or `is replaced by`.
const ACTIONS: &[&str] = &["replaced", "superseded", "archived", "revoked", "ersetzt", "archiviert", "vervangen"];

/// Words after a state that make it a rule for the future: `is withdrawn when the service ends`.
const CONDITIONS: &[&str] = &[
    "when", "if", "once", "after", "unless", "until", "every", "each", "within", "for", "wenn", "sobald", "nach",
    "falls", "quand", "si", "cuando", "quando", "se", "als", "wanneer", "from", "für", "pour", "para", "per", "voor",
    "dla",
];

/// Words that make a sentence in the present a rule, wherever they are in it: `is withdrawn from all boards when …`.
const CONDITIONS_ANYWHERE: &[&str] = &[
    "when", "whenever", "if", "once", "unless", "only", "wenn", "sobald", "falls", "nur", "quand", "lorsque", "si",
    "cuando", "quando", "wanneer", "gdy",
];

/// Words between a state and the day on which it began: `obsolete since 2026-11-01`.
const SINCE: &[&str] =
    &["since", "on", "as", "seit", "am", "depuis", "le", "desde", "el", "dal", "il", "sinds", "op", "od"];

/// Words before the successor in `wurde durch PRO-X-009 ersetzt`, and the states at the end of such a sentence.
const BY: &[&str] = &["durch", "von", "door"];
const ENDS_REPLACED: &[&str] = &["ersetzt", "abgelöst", "vervangen"];

/// Whether words begin with a day in the past: `since 2026-11-01`, `as of May 2026`.
pub(super) fn is_since(words: &[&str]) -> bool {
    let has_day = || words.iter().skip(1).take(3).any(|word| word.contains(|c: char| c.is_ascii_digit()));
    words.first().is_some_and(|word| SINCE.contains(word)) && has_day()
}

/// Whether a case-folded line begins with a sentence such as `this document has been withdrawn`.
pub(super) fn is_sentence_about_document(folded: &str) -> bool {
    let sentence = folded.split(['.', '!', ';', ':', ',']).next().unwrap_or_default();
    let words: Vec<&str> = sentence.split_whitespace().take(4 * MAX_STATE_WORDS).collect();
    let article = words.first().filter(|word| ARTICLES.contains(word));
    let is_article = article.is_some();
    let words = &words[usize::from(is_article)..];
    let Some((noun, mut rest)) = words.split_first() else { return false };
    let is_this = is_article && matches!(*noun, "is" | "ist" | "est" | "es" | "è" | "é" | "jest");
    if !NOUNS.contains(noun) && !is_this {
        return false;
    }
    let is_own = is_this || article.is_some_and(|word| DEMONSTRATIVES.contains(word));
    let mut copulas: Vec<&str> = if is_this { vec![noun] } else { Vec::new() };
    loop {
        if let Some(length) = state_length(rest) {
            return is_said_of_document(&copulas, rest.split_at(length), (is_article, is_own));
        }
        let is_articled = copulas.last().is_some_and(|word| INDEFINITE.contains(word));
        if is_articled && rest.len() == 1 && ARTICLED_STATES.contains(&rest[0]) {
            return true;
        }
        if !copulas.is_empty() && rest.first().is_some_and(|word| BY.contains(word)) {
            return rest.last().is_some_and(|last| ENDS_REPLACED.contains(last));
        }
        if rest.first().is_some_and(|word| NEGATIONS.contains(word)) {
            // `has not been approved`, `is not yet approved`, `no está aprobado`
            let is_between = |word: &&str| COPULAS.contains(word) || YET.contains(word);
            let denied: Vec<&str> = rest.iter().copied().filter(|word| !is_between(word)).collect();
            return state_length(&denied).is_some();
        }
        match rest.split_first() {
            Some((word, others)) if COPULAS.contains(word) => {
                copulas.push(word);
                rest = others;
            }
            _ => return false,
        }
    }
}

/// Whether a state after a document and these copulas is a statement about it, and not a rule.
fn is_said_of_document(
    copulas: &[&str],
    (state, after): (&[&str], &[&str]),
    (is_article, is_own): (bool, bool),
) -> bool {
    let is_noun = |word: &&str| NOUNS.contains(word) || COPIES.contains(word);
    let is_kind = copulas.last().is_some_and(|word| INDEFINITE.contains(word)) && after.first().is_some_and(is_noun);
    let is_past = copulas.iter().any(|word| matches!(*word, "been" | "was" | "wurde")) || is_since(after);
    let is_done = is_past || after.first().is_some_and(|next| ["by", "durch", "door"].contains(next));
    let is_rule = after.first().is_some_and(|next| CONDITIONS.contains(next))
        || !is_past && after.iter().any(|word| CONDITIONS_ANYWHERE.contains(word));
    let is_bare = copulas.is_empty() && !is_since(after) && (is_article || !after.is_empty());
    let is_whole = is_own && after.is_empty() && !copulas.is_empty();
    !is_rule && !is_bare && (!ACTIONS.contains(&state[0]) || is_done || is_whole || is_kind)
}

/// Number of words in the longest state at the start of some words.
pub(super) fn state_length(words: &[&str]) -> Option<usize> {
    (1..=words.len().min(MAX_STATE_WORDS)).rev().find(|length| is_not_in_force(&words[..*length].join(" ")))
}
