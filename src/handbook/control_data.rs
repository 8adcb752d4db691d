//! Lines that consist of a document's control data in free form: `Version 1.0, approved on 5 October 2026`,
//! `Scope 3 Roles 4`.

use std::sync::LazyLock;

use ahash::AHashSet;

use super::leftovers::Leftovers;
use crate::placeholder::normalize_words;

/// Words between the values of front matter, or around titles.
const CONTROL_WORDS: &str = "version ver rev revision status owner approver author approved by on of the date day no number id \
    document title type from updated modified created changed last next review prepared reviewed issued effective valid page and for \
    stand datum freigegeben freigabe freigabedatum genehmigt am von der des und erstellt geprüft geändert zuletzt seite eigentümer \
    verantwortlich dokument gültig ab nr nächste prüfung überprüfung approuvé par le date du statut propriétaire et page aprobado por fecha estado responsable \
    página versión approvato da data stato pagina goedgekeurd door datum eigenaar pagina";
/// Words with which a section only announces itself.
const ANNOUNCING_WORDS: &str = "this section chapter clause describes defines explains contains covers the of and following sections \
    dieser dieses abschnitt kapitel beschreibt enthält den die das der und cette ce section chapitre décrit le la les \
    esta sección este capítulo describe el la los";

static CONTROL_WORD_SET: LazyLock<AHashSet<&'static str>> =
    LazyLock::new(|| CONTROL_WORDS.split_whitespace().collect());
static ANNOUNCING_WORD_SET: LazyLock<AHashSet<&'static str>> =
    LazyLock::new(|| ANNOUNCING_WORDS.split_whitespace().collect());

impl Leftovers<'_> {
    /// The length of the longest title or value at the start of a text, at the end of a word.
    fn longest_value(&self, text: &str) -> Option<usize> {
        let is_whole = |value: &&String| {
            text.strip_prefix(value.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let names = self.names.iter().filter(|_| self.is_document);
        let values = self.values.iter().filter(|_| self.is_document).chain(&self.titles).chain(names);
        values.filter(is_whole).map(String::len).filter(|len| *len > 0).max()
    }
}

/// Whether words in lower case, separated by single spaces, are nothing but control data of a document, or titles.
pub(super) fn is_control_data(words: &str, leftovers: &Leftovers<'_>) -> bool {
    let is_connecting_word =
        |word: &str| leftovers.is_document && CONTROL_WORD_SET.contains(word) || ANNOUNCING_WORD_SET.contains(word);
    let value_len = |rest: &str| {
        let date_len = || date_len(rest).filter(|_| leftovers.is_document);
        leftovers.longest_value(rest).or_else(date_len)
    };
    let (mut rest, mut has_data, mut may_number) = (words, false, false);
    while !rest.is_empty() {
        let word = rest.split(' ').next().unwrap_or_default();
        let is_numbered = || leftovers.longest_value(rest.trim_start_matches(is_digit_or_space)).is_some();
        let len = match value_len(rest) {
            Some(len) => {
                (has_data, may_number) = (true, true);
                len
            }
            // The number of a page or of a title.
            None if is_number(word) && (may_number || is_numbered()) => word.len(),
            None if is_connecting_word(word) => {
                may_number = matches!(word, "page" | "seite") || may_number && word == "of";
                word.len()
            }
            None => return false,
        };
        rest = rest[len..].trim_start();
    }
    has_data
}

fn is_digit_or_space(c: char) -> bool {
    c.is_ascii_digit() || c == ' '
}

/// Whether a label names control data: `Approval date`, `Freigabedatum`.
pub(super) fn is_control_label(label: &str) -> bool {
    !label.is_empty()
        && label.split(' ').all(|word| CONTROL_WORD_SET.contains(word) || matches!(word, "approval" | "release"))
}

/// Whether all columns of a table with these headers are for names and signatures: `Prepared`, `Reviewed`, `Approved`.
pub(super) fn is_sign_off<'h>(heads: impl Iterator<Item = &'h str>) -> bool {
    const SIGNING_WORDS: &str = "prepared drafted written reviewed checked approved released \
        erstellt geprüft freigegeben genehmigt rédigé vérifié approuvé elaborado revisado aprobado \
        redatto verificato approvato opgesteld gecontroleerd goedgekeurd opracował sprawdził zatwierdził";
    const CONNECTING_WORDS: &str = "by and date von und am datum par et le por y el da e il door en op";
    let is_word = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    let is_known = |word: &str| word.is_empty() || is_word(SIGNING_WORDS, word) || is_word(CONNECTING_WORDS, word);
    let mut heads = heads.map(normalize_words).peekable();
    // A table of reviews begins with the date.
    let signs =
        heads.peek().is_some_and(|head| head.split(' ').next().is_some_and(|word| is_word(SIGNING_WORDS, word)));
    signs && heads.all(|head| head.split(' ').all(is_known))
}

/// The length of a date of three words at the start of a text: `5 october 2026`, `2026 10 05`.
fn date_len(text: &str) -> Option<usize> {
    let end = text.match_indices(' ').map(|(at, _)| at).nth(2).unwrap_or(text.len());
    let words: Vec<&str> = text[..end].split(' ').collect();
    let [first, month, last] = words[..] else { return None };
    let is_year = |word: &str| word.len() == 4 && is_number(word);
    let is_short = |word: &str| word.len() <= 2 && is_number(word);
    let is_month = |word: &str| is_short(word) || word.len() >= 3 && word.chars().all(char::is_alphabetic);
    // `October 5, 2026`
    let is_date = is_year(first) && is_month(month) && is_short(last)
        || is_year(last) && (is_short(first) && is_month(month) || is_month(first) && is_short(month));
    is_date.then_some(end)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
