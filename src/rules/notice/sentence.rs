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
pub(super) const COPIES: &[&str] = &["copy", "edition", "issue", "kopie", "exemplaire", "copia", "cópia"];

/// Words before them.
const ARTICLES: &[&str] = &[
    "this", "the", "dieses", "diese", "dieser", "das", "die", "ce", "cette", "cet", "le", "la", "este", "esta", "el",
    "o", "a", "questo", "questa", "il", "dit", "deze", "het", "de", "ten", "ta", "dies", "ceci", "esto", "isto", "to",
];

/// Articles that mean the document at hand.
pub(super) const DEMONSTRATIVES: &[&str] = &[
    "this", "dieses", "diese", "dieser", "ce", "cette", "cet", "este", "esta", "questo", "questa", "dit", "deze",
    "ten", "ta",
];

/// Words before a state that is a noun or describes one: `this is an archived version`.
pub(super) const INDEFINITE: &[&str] = &["a", "an", "ein", "eine", "un", "une", "una", "um", "uma", "een"];

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

/// States that are also done to documents in force, so that they count only as `has been replaced` or `is
/// replaced by`.
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
const SINCE: &[&str] = &[
    "since", "on", "as", "seit", "am", "depuis", "le", "desde", "el", "dal", "il", "du", "vom", "del", "van", "sinds",
    "op", "od",
];

/// Words before who did something, or before a successor.
const AGENTS: &[&str] = &["by", "durch", "door"];

/// Words before the successor in `wurde durch PRO-X-009 ersetzt`, and the states at the end of such a sentence.
const BY: &[&str] = &["durch", "von", "door"];
const ENDS_REPLACED: &[&str] = &["ersetzt", "abgelöst", "vervangen"];

/// Words after a denied state that leave it unlimited: `not valid yet`. Others limit it: `not valid without a
/// signature`.
const UNLIMITED: &[&str] = &[
    "yet",
    "any",
    "anymore",
    "and",
    "or",
    "nor",
    "now",
    "currently",
    "because",
    "by",
    "mehr",
    "und",
    "oder",
    "weil",
    "von",
    "durch",
    "et",
    "par",
    "car",
    "y",
    "por",
    "e",
    "da",
    "en",
    "door",
];

/// Words after a past state that end it: `was archived until 2025`, `was replaced and approved again`.
const REVIVALS: &[&str] =
    &["again", "until", "reissued", "reinstated", "erneut", "wieder", "bis", "nouveau", "nuevo", "nuovo"];

/// Words for a new document, as successors.
const NEW: &[&str] = &["new", "newer", "following", "neue", "neues", "neuen", "nieuwe"];

/// States that a sentence about a document gives it, with nothing after them.
const SENTENCE_STATES: &[&str] = &[
    "discontinued",
    "subject to approval",
    "under construction",
    "being reviewed",
    "void",
    "suspended",
    "on hold",
    "being revised",
    "being rewritten",
    "being reworked",
    "under revision",
    "wird überarbeitet",
    "wird gerade überarbeitet",
    "wird derzeit überarbeitet",
    "wird neu geschrieben",
    "ungültig",
    "suspendu",
    "suspendue",
    "en cours de révision",
    "suspendido",
    "sospeso",
    "sospesa",
    "opgeschort",
];

/// Whether words begin with a day in the past: `since 2026-11-01`, `as of May 2026`.
pub(super) fn is_since(words: &[&str]) -> bool {
    let has_day = || words.iter().skip(1).take(3).any(|word| word.contains(|c: char| c.is_ascii_digit()));
    words.first().is_some_and(|word| SINCE.contains(word)) && has_day() || is_day(words)
}

/// Whether words are a day and nothing else: `2026-10-31`, `31 october 2026`.
fn is_day(words: &[&str]) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.starts_with("20") && word.chars().all(|c| c.is_ascii_digit());
    let ends_in_year = words.last().and_then(|last| last.split(['-', '.', '/']).find(|part| is_year(part))).is_some();
    let begins_with_number = words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    words.len() <= 3 && begins_with_number && ends_in_year
}

/// A case-folded line without a subject that means the document at hand: `this policy applies from 2027-01-01`.
pub(super) fn without_subject(folded: &str) -> &str {
    let is_subject = |(article, rest): &(&str, &str)| {
        DEMONSTRATIVES.contains(article) && rest.split(' ').next().is_some_and(|noun| NOUNS.contains(&noun))
    };
    let rest = folded.split_once(' ').filter(is_subject).and_then(|(_, rest)| rest.split_once(' '));
    rest.map_or(folded, |(_, rest)| rest)
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
        if (!copulas.is_empty() || rest.first() == Some(&"wird")) && SENTENCE_STATES.contains(&rest.join(" ").as_str())
        {
            return is_own;
        }
        if let Some(length) = state_length(rest) {
            let (state, after) = rest.split_at(length);
            return is_statement_about_document(&copulas, state, after, is_article, is_own);
        }
        let is_articled = copulas.last().is_some_and(|word| INDEFINITE.contains(word));
        if is_articled && rest.len() == 1 && ARTICLED_STATES.contains(&rest[0]) {
            return true;
        }
        if !copulas.is_empty() && rest.first().is_some_and(|word| BY.contains(word)) {
            return rest.last().is_some_and(|last| ENDS_REPLACED.contains(last));
        }
        if rest.first().is_some_and(|word| NEGATIONS.contains(word)) {
            return is_denied_state(rest);
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

/// Whether words deny a state: `has not been approved`, `is not yet approved`, `no está aprobado`.
fn is_denied_state(words: &[&str]) -> bool {
    let is_between = |word: &&str| COPULAS.contains(word) || YET.contains(word);
    let denied: Vec<&str> = words.iter().copied().filter(|word| !is_between(word)).collect();
    state_length(&denied).is_some_and(|length| is_unlimited(&denied[length..]))
}

/// Whether a state after a document and these copulas is a statement about it, and not a rule.
fn is_statement_about_document(
    copulas: &[&str],
    state: &[&str],
    after: &[&str],
    is_article: bool,
    is_own: bool,
) -> bool {
    let is_noun = |word: &&str| NOUNS.contains(word) || COPIES.contains(word);
    let is_kind = copulas.last().is_some_and(|word| INDEFINITE.contains(word)) && after.first().is_some_and(is_noun);
    let is_past = copulas.iter().any(|word| matches!(*word, "been" | "was" | "wurde")) || is_since(after);
    let is_done = is_past || after.first().is_some_and(|next| AGENTS.contains(next));
    let is_denied = NEGATIONS.contains(&state[0]) || matches!(state[0], "nicht" | "pas");
    if is_denied && !is_unlimited(after) || after.iter().any(|word| REVIVALS.contains(word)) && !is_until_notice(after)
    {
        return false;
    }
    // `Is withdrawn by the owner` says who does it, `is superseded by PRO-X-001` by what.
    if !is_past && after.first().is_some_and(|next| AGENTS.contains(next)) && !names_document(&after[1..]) {
        return false;
    }
    let is_rule = after.first().is_some_and(|next| CONDITIONS.contains(next))
        || !is_past && after.iter().any(|word| CONDITIONS_ANYWHERE.contains(word));
    let is_bare = copulas.is_empty() && !is_since(after) && (is_article || !after.is_empty());
    let is_whole = is_own && after.is_empty() && !copulas.is_empty();
    !is_rule && !is_bare && (!ACTIONS.contains(&state[0]) || is_done || is_whole || is_kind)
}

/// Whether words after a denied state leave it unlimited.
fn is_unlimited(after: &[&str]) -> bool {
    let is_now =
        || matches!(after, ["at", "present" | "the" | "this", ..] | ["for", "now", ..] | ["for", "the", "time", ..]);
    let is_contrast = after.iter().any(|word| ["but", "sondern", "mais", "sino", "ma", "maar"].contains(word));
    match after.first() {
        None => true,
        Some(next) => {
            !is_contrast && (UNLIMITED.contains(next) || is_since(after) || is_now() || is_until_notice(after))
        }
    }
}

fn is_until_notice(after: &[&str]) -> bool {
    matches!(after, ["until", "further", ..] | ["bis", "auf", ..])
}

/// Whether words name a document as a successor: by its ID, or as a document or something new at their end.
fn names_document(words: &[&str]) -> bool {
    let is_id = |word: &&str| word.contains(|c: char| c.is_ascii_digit()) && word.contains(|c: char| c.is_alphabetic());
    words.iter().any(|word| is_id(word) || NEW.contains(word)) || words.last().is_some_and(|word| NOUNS.contains(word))
}

/// Number of words in the longest state at the start of some words.
pub(super) fn state_length(words: &[&str]) -> Option<usize> {
    (1..=words.len().min(MAX_STATE_WORDS)).rev().find(|length| is_not_in_force(&words[..*length].join(" ")))
}
