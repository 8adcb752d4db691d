//! Labels of forms, such as `Owner:`, and the text after them.

use super::unwritten::is_number;
use crate::name::fold_case;

/// The maximum number of words in a label before its colon.
const MAX_LABEL_WORDS: usize = 4;

/// The maximum number of words in a caption; a longer one is a sentence.
const MAX_CAPTION_WORDS: usize = 10;

/// The characters of a blank to write on: `____`, `....`, `…`.
const BLANK_CHARS: [char; 4] = ['_', '＿', '.', '…'];

/// The maximum number of words in a label without a colon, and in a box to tick.
const MAX_BARE_LABEL_WORDS: usize = 3;
const MAX_BOX_WORDS: usize = 2;

/// The text after the label of a line, without surrounding punctuation: empty for `Owner:`, `TBD` for `**Owner**: TBD`.
pub(crate) fn label(line: &str) -> Option<&str> {
    let (label, after) = line.split_once([':', '：'])?;
    is_short(label).then(|| after.trim_matches(|c: char| !c.is_alphanumeric() && !"[]<>{}".contains(c)))
}

fn is_short(label: &str) -> bool {
    (1..=MAX_LABEL_WORDS).contains(&label.split_whitespace().count())
}

/// Whether the label of a line says that the line is only for the author.
pub(super) fn is_for_author(line: &str) -> bool {
    const LABELS: [&str; 9] = [
        "author",
        "guidance",
        "guidance for author",
        "note to author",
        "note to the author",
        "note to self",
        "reading time",
        "lesezeit",
        "template note",
    ];
    LABELS.contains(&folded_label(line).as_str())
}

/// Whether the label of a line is that of a figure or a table, which says nothing without it: `Figure 1: The process`.
pub(super) fn is_caption(line: &str) -> bool {
    const NOUNS: [&str; 18] = [
        "figure",
        "fig",
        "table",
        "image",
        "diagram",
        "abbildung",
        "abb",
        "bild",
        "tabelle",
        "tableau",
        "figura",
        "tabla",
        "tabella",
        "tabela",
        "afbeelding",
        "figuur",
        "tabel",
        "rysunek",
    ];
    let label = folded_label(line);
    let mut words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    line.split_whitespace().count() <= MAX_CAPTION_WORDS
        && words.next().is_some_and(|noun| NOUNS.contains(&noun))
        && words.next().is_some_and(is_number)
        && words.all(is_number)
}

fn folded_label(line: &str) -> String {
    let label = line.split([':', '：']).next().unwrap_or_default();
    fold_case(label.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a line consists of labels with blanks to write on, with nothing after them, or with boxes of which none is
/// ticked: `Name: ____ Date: ____`, `Name ____`, `☐ Yes ☐ No`.
pub(super) fn is_blank_form(line: &str) -> bool {
    if has_only_open_boxes(line) {
        return true;
    }
    let fields = blank_fields(line);
    let is_empty = |field: &&str| !field.contains(char::is_alphanumeric);
    let is_aside = |field: &&str| field.starts_with('(') && field.ends_with(')');
    let is_label =
        |field: &str| field.strip_suffix([':', '：']).is_some_and(|labels| labels.split([':', '：']).all(is_short));
    let has_labels = fields.iter().any(|field| is_label(field))
        && fields.iter().filter(|field| !is_empty(field) && !is_aside(field)).all(|field| is_label(field));
    has_labels || has_bare_labels(line, &fields)
}

/// Whether each part of a line between its blanks is a label without a colon: `Name ________ Date ________`.
fn has_bare_labels(line: &str, fields: &[&str]) -> bool {
    // Three dots may also leave a sentence open.
    let is_for_writing = || line.contains("___") || line.contains("＿＿") || line.contains("………");
    let is_bare_label = |field: &&str| {
        (1..=MAX_BARE_LABEL_WORDS).contains(&field.split_whitespace().count())
            && field.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '-' | '(' | ')'))
    };
    let Some((last, labels)) = fields.split_last() else { return false };
    last.is_empty() && !labels.is_empty() && labels.iter().all(is_bare_label) && is_for_writing()
}

/// Whether a line offers several short answers, and none is ticked: `Priority: ☐ P1 ☐ P2`.
fn has_only_open_boxes(line: &str) -> bool {
    const BOXES: [char; 4] = ['☐', '□', '◻', '⬜'];
    const TICKS: [char; 8] = ['☑', '☒', '✓', '✔', '✅', '✗', '✘', '■'];
    let mut parts = line.split(BOXES).map(str::trim);
    let before = parts.next().unwrap_or_default();
    let is_label = before.is_empty() || before.strip_suffix([':', '：']).is_some_and(is_short);
    let is_box = |part: &str| (1..=MAX_BOX_WORDS).contains(&part.split_whitespace().count());
    is_label && parts.clone().count() > 1 && parts.all(is_box) && !line.contains(TICKS)
}

/// Whether a text is one of the answers to a question, as beside a box to tick: `Yes`.
pub(crate) fn is_choice(text: &str) -> bool {
    const CHOICES: [&str; 18] = [
        "yes",
        "no",
        "n/a",
        "ja",
        "nein",
        "oui",
        "non",
        "sí",
        "si",
        "sim",
        "não",
        "sì",
        "nee",
        "tak",
        "nie",
        "はい",
        "いいえ",
        "是",
    ];
    CHOICES.contains(&fold_case(text.trim().trim_end_matches('.')).as_str())
}

/// The parts of a line between its blanks.
fn blank_fields(line: &str) -> Vec<&str> {
    const MIN_BLANK_CHARS: usize = 3;
    let is_blank = |run: &str| run.contains('…') || run.chars().count() >= MIN_BLANK_CHARS || run == "__";
    let mut fields = Vec::new();
    let (mut start, mut rest) = (0, 0);
    while let Some(at) = line[rest..].find(BLANK_CHARS).map(|at| rest + at) {
        let end = line[at..].find(|c| !BLANK_CHARS.contains(&c)).map_or(line.len(), |len| at + len);
        if is_blank(&line[at..end]) {
            fields.push(line[start..at].trim());
            start = end;
        }
        rest = end;
    }
    fields.push(line[start..].trim());
    fields
}

/// Whether the text after a label is a negative answer: `Exceptions: none`.
pub(super) fn is_negative_answer(answer: &str) -> bool {
    const NEGATIVE_WORDS: [&str; 16] = [
        "none",
        "nil",
        "no",
        "nothing",
        "not",
        "kein",
        "keine",
        "nicht",
        "entfällt",
        "aucun",
        "aucune",
        "ninguno",
        "ninguna",
        "geen",
        "nessuno",
        "nessuna",
    ];
    let first = answer.split_whitespace().next().unwrap_or_default();
    NEGATIVE_WORDS.contains(&fold_case(first.trim_end_matches(|c: char| !c.is_alphanumeric())).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_without_answers_are_distinguished_from_sentences() {
        for line in [
            "Owner: Date:",
            "Name: ____________ Date: ________",
            "Prepared by: ____ Approved by: ____",
            "Name: .......... (in capitals)",
            "Contact: ___ (phone)",
            "Signature: …",
            "Name ________ Date ________",
            "Name …………… Date ……………",
            "氏名：＿＿＿＿　日付：＿＿＿＿",
            "☐ Yes ☐ No",
            "Priority: ☐ P1 ☐ P2 ☐ P3",
        ] {
            assert!(is_blank_form(line), "{line}");
        }
        for line in [
            "Owner: the desk",
            "Call the desk...",
            "P1: 4 hours ____",
            "____",
            "Wait ... and call",
            "Call the desk…",
            "Restored within ____ hours",
            "☐ Stop the queue",
            "☐ Stop the queue ☐ Start the queue",
            "☑ P1 ☐ P2",
        ] {
            assert!(!is_blank_form(line), "{line}");
        }
        assert!(is_caption("Figure 1: The process") && is_caption("Abbildung 2.1: Ablauf"));
        assert!(!is_caption("Figure 1 shows the process: a call") && !is_caption("Table: mail"));
    }
}
