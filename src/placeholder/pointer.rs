//! Texts that only point to something else, or are the label of something that is not there.

use super::unwritten::is_number;
use super::words_of;
use crate::name::fold_case;

/// The longest text to look at, in bytes.
const MAX_BYTES: usize = 60;
/// The maximum number of words that designate what a text points to: `Annex A 2`.
const MAX_DESIGNATION_WORDS: usize = 2;
/// The longest name of what a text points to, in letters: `document XY`.
const MAX_NAME_CHARS: usize = 3;

/// Words that point to something.
const POINTING: [&str; 24] = [
    "see", "refer", "per", "cf", "siehe", "s", "vgl", "lt", "laut", "gem", "gemäß", "voir", "selon", "véase", "vease",
    "ver", "según", "vedi", "zie", "volgens", "patrz", "zob", "veja", "consulte",
];
/// Words that may be around them.
const FILLERS: [&str; 22] = [
    "also", "as", "to", "the", "please", "auch", "bitte", "den", "die", "das", "der", "im", "l", "la", "le", "el",
    "il", "o", "a", "de", "het", "in",
];
/// Parts that stand outside a text.
const ANNEXES: [&str; 19] = [
    "annex",
    "appendix",
    "attachment",
    "enclosure",
    "anhang",
    "anlage",
    "anlagen",
    "beilage",
    "annexe",
    "annexes",
    "anexo",
    "anexos",
    "adjunto",
    "allegato",
    "allegati",
    "bijlage",
    "załącznik",
    "bilaga",
    "bilag",
];
/// Other parts of texts.
const PARTS: [&str; 30] = [
    "chapter",
    "clause",
    "document",
    "figure",
    "fig",
    "image",
    "section",
    "table",
    "version",
    "abb",
    "abbildung",
    "abschnitt",
    "bild",
    "dokument",
    "kapitel",
    "tabelle",
    "ziffer",
    "chapitre",
    "tableau",
    "capítulo",
    "documento",
    "figura",
    "tabla",
    "capitolo",
    "tabella",
    "afbeelding",
    "hoofdstuk",
    "tabel",
    "rozdział",
    "rysunek",
];
/// Annexes, and words that point to them, in scripts without spaces.
const DENSE_ANNEXES: [&str; 9] = ["別紙", "別添", "別表", "付録", "附件", "附录", "附錄", "별첨", "첨부"];
const DENSE_POINTING: [&str; 7] = ["参照", "参考", "参见", "參閱", "见", "見", "참조"];
const MAX_DENSE_CHARS: usize = 10;

/// Whether a text only points to an annex, a document or a chapter, or is nothing but its label: `siehe Anlage 1`,
/// `Annex`, `§ 5`. Without a link, a reader finds nothing.
pub(crate) fn points_elsewhere(text: &str) -> bool {
    if text.len() > MAX_BYTES {
        return false;
    }
    let folded = fold_case(text);
    if let Some(number) = folded.trim_start().strip_prefix('§') {
        return words_of(number).all(is_number);
    }
    let words: Vec<&str> = words_of(&folded).collect();
    let start =
        words.iter().position(|word| !POINTING.contains(word) && !FILLERS.contains(word)).unwrap_or(words.len());
    let is_pointing = words[..start].iter().any(|word| POINTING.contains(word));
    let Some((noun, designation)) = words[start..].split_first() else { return false };
    let is_annex = ANNEXES.contains(noun);
    let is_designation = |word: &&str| {
        let length = word.chars().count();
        is_number(word) || length == 1 || is_pointing && length <= MAX_NAME_CHARS
    };
    let is_alone = designation.is_empty() && !is_annex && !is_pointing;
    let is_part = is_annex || PARTS.contains(noun);
    let is_label = is_part && !is_alone && designation.len() <= MAX_DESIGNATION_WORDS;
    is_label && designation.iter().all(is_designation) && (start == 0 || is_pointing) || is_dense_pointer(&folded)
}

/// Whether a short text in Chinese, Japanese or Korean points to an annex: `別紙参照`.
fn is_dense_pointer(text: &str) -> bool {
    let has = |list: &[&str]| list.iter().any(|word| text.contains(word));
    text.chars().count() <= MAX_DENSE_CHARS && has(&DENSE_ANNEXES) && has(&DENSE_POINTING)
}

#[cfg(test)]
mod tests {
    use super::points_elsewhere;

    #[test]
    fn pointers_are_told_from_sentences() {
        for text in [
            "siehe Anhang",
            "Siehe Anlage 1",
            "siehe Dokument XY",
            "s. Anlage",
            "lt. Anlage",
            "see Annex",
            "See appendix A.",
            "See the annex.",
            "Refer to chapter 3",
            "as per annex 2",
            "Voir annexe",
            "véase anexo",
            "ver anexo",
            "vedi allegato",
            "zie bijlage",
            "patrz załącznik",
            "別紙参照",
            "参见附件",
            "Anhang A",
            "Annex",
            "§ 5",
            "Kapitel 3",
            "Version 1.0",
            "Tabelle 1",
            "Fig. 1",
        ] {
            assert!(points_elsewhere(text), "{text}");
        }
        for text in [
            "siehe Anhang für die Zeiten",
            "The annex names the limits.",
            "See the desk first.",
            "Version 1.0 is used by all.",
            "Kapitel 3 regelt die Zeiten.",
            "Document it.",
            "Document",
            "Table",
            "See PRO-INC-001",
            "4 hours",
            "99.9 %",
            "",
            "a",
            "別紙の手順で四時間以内に復旧する",
        ] {
            assert!(!points_elsewhere(text), "{text}");
        }
    }
}
