//! Relations that say in words which documents this one replaces.

use crate::id::DocumentId;
use crate::placeholder::normalize_words;

/// Whether the words behind `replaces` name whole documents: `a part of PRO-INC-001` and `nicht PRO-INC-001` do not.
pub(super) fn names_whole(name: &str) -> bool {
    const NOT: [&str; 8] = ["not", "nicht", "pas", "no", "non", "não", "niet", "nie"];
    const PARTS: [&str; 17] = [
        "part",
        "parts",
        "partly",
        "section",
        "sections",
        "chapter",
        "annex",
        "teil",
        "teile",
        "teilweise",
        "abschnitt",
        "kapitel",
        "partie",
        "parte",
        "sección",
        "deel",
        "część",
    ];
    let words = normalize_words(name);
    let mut words = words.split(' ').peekable();
    words.peek().is_none_or(|first| !NOT.contains(first)) && !words.any(|word| PARTS.contains(&word))
}

/// The document that a relation says is replaced by this one, behind its ID: `PRO-INC-001 (superseded)`.
pub(super) fn replaced_in_remark(text: &str) -> Option<&str> {
    const REPLACED: [&str; 11] = [
        "superseded",
        "replaced",
        "ersetzt",
        "abgelöst",
        "remplacé",
        "remplacée",
        "sustituido",
        "sostituito",
        "substituído",
        "vervangen",
        "zastąpiony",
    ];
    const BY_THIS: [&str; 6] = ["by this", "hierdurch", "durch dies", "par ce", "por este", "door dit"];
    let (id, remark) = text.strip_suffix(')')?.split_once('(')?;
    let words = normalize_words(remark);
    let (first, rest) = words.split_once(' ').unwrap_or((&words, ""));
    let is_by_this = rest.is_empty() || BY_THIS.iter().any(|by| rest.starts_with(by));
    (REPLACED.contains(&first) && is_by_this && id.trim().parse::<DocumentId>().is_ok()).then_some(id.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_in_words_name_what_they_replace() {
        for name in ["PRO-OLD-001", "PRO-OLD-001, PRO-OLD-002", "[[PRO-OLD-001]]"] {
            assert!(names_whole(name), "{name}");
        }
        for name in ["nicht PRO-OLD-001", "a part of PRO-OLD-001", "section 3 of PRO-OLD-001", "Teile von PRO-OLD-001"]
        {
            assert!(!names_whole(name), "{name}");
        }
        for text in ["PRO-OLD-001 (superseded)", "PRO-OLD-001 (replaced by this document)", "PRO-OLD-001 (ersetzt)"] {
            assert_eq!(replaced_in_remark(text), Some("PRO-OLD-001"), "{text}");
        }
        for text in
            ["PRO-OLD-001", "PRO-OLD-001 (superseded by PRO-B-001)", "PRO-OLD-001 (draft)", "the old one (replaced)"]
        {
            assert_eq!(replaced_in_remark(text), None, "{text}");
        }
    }
}
