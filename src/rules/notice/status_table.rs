//! Tables that state the status of their document: below a heading of a column, or in pairs of labels and values.

use crate::name::fold_case;

/// What a table needs to know about the document and about words.
pub(super) struct Labels<'a> {
    /// Whether a label and a value say that a document is not in force.
    pub(super) is_status: &'a dyn Fn(&str, &str) -> bool,
    /// Whether a label is one that only the control block of a document has.
    pub(super) is_control: &'a dyn Fn(&str) -> bool,
    /// Whether a text is the label of a status.
    pub(super) is_status_label: &'a dyn Fn(&str) -> bool,
    /// Whether a text is the ID, the title, the version or a role of the document.
    pub(super) is_of_document: &'a dyn Fn(&str) -> bool,
    /// Whether a text is the ID or the title of the document.
    pub(super) is_name: &'a dyn Fn(&str) -> bool,
}

/// Labels of columns that name a document, so that their values are its ID or its title.
const NAME_LABELS: [&str; 15] = [
    "document",
    "document id",
    "document no",
    "document title",
    "id",
    "title",
    "name",
    "dokument",
    "dokument-nr",
    "titel",
    "titre",
    "título",
    "titolo",
    "documento",
    "文書番号",
];

/// Finds the status in a table that says with its labels or its values that it is about the document.
pub(super) fn find_status<'a>(lines: &[&'a str], labels: &Labels<'_>) -> Option<&'a str> {
    let rows: Vec<Vec<&str>> = lines.iter().flat_map(|line| cells_of(line)).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).filter(|row| !is_rule(row)).collect();
    in_column(&rows, labels).or_else(|| in_pairs(&rows, labels))
}

/// The status in a table with a single row below its head, which names the document.
fn in_column<'a>(rows: &[&[&'a str]], labels: &Labels<'_>) -> Option<&'a str> {
    let [head, row] = rows else { return None };
    let is_name_label = |label: &str| NAME_LABELS.contains(&fold_case(label).as_str());
    let mut names = head.iter().zip(row.iter()).filter(|(label, _)| is_name_label(label)).peekable();
    let is_known = |label: &str| (labels.is_control)(label) || (labels.is_status_label)(label);
    let is_of_other_version = || {
        head.iter()
            .zip(row.iter())
            .any(|(label, value)| fold_case(label) == "version" && !(labels.is_of_document)(value))
    };
    let is_of_document = match names.peek() {
        Some(_) => names.any(|(_, name)| (labels.is_name)(name)) && !is_of_other_version(),
        // A row that begins with something else is about that, whoever owns it.
        None => {
            let first = head.first().zip(row.first());
            let begins_with_own = first.is_some_and(|(label, cell)| {
                (labels.is_of_document)(cell) && ((labels.is_control)(label) || names_version(label))
            });
            let has_own = || {
                head.iter()
                    .zip(row.iter())
                    .any(|(label, cell)| (labels.is_control)(label) && (labels.is_of_document)(cell))
            };
            row.len() > 1 && (begins_with_own || head.first().is_some_and(|label| is_known(label)) && has_own())
        }
    };
    let mut columns = head.iter().zip(row.iter());
    columns.find(|(label, value)| is_of_document && (labels.is_status)(label, value)).map(|(_, value)| *value)
}

/// Whether a label is one of a version: `Fassung`.
fn names_version(label: &str) -> bool {
    let folded = fold_case(label);
    ["ver", "rev", "fassung", "ausgabe", "issue", "edition", "édition", "wersja", "版"]
        .iter()
        .any(|stem| folded.starts_with(stem))
}

/// The status in a table of labels and values, with one or more pairs in a row.
fn in_pairs<'a>(rows: &[&[&'a str]], labels: &Labels<'_>) -> Option<&'a str> {
    let pairs = || rows.iter().filter(|row| row.len() % 2 == 0).flat_map(|row| row.chunks_exact(2));
    let is_own = pairs().any(|pair| (labels.is_control)(pair[0]) || (labels.is_of_document)(pair[1]));
    pairs().find(|pair| is_own && (labels.is_status)(pair[0], pair[1])).map(|pair| pair[1])
}

/// The label and the value in a row of two cells.
pub(super) fn pair_of(line: &str) -> Option<(&str, &str)> {
    let row = line.trim().strip_prefix('|')?.trim_end_matches('|');
    let (label, value) = row.split_once('|').filter(|(_, value)| !value.contains('|'))?;
    let marks = |c: char| c.is_whitespace() || "*_`".contains(c);
    Some((label.trim_matches(marks), value.trim_matches(marks)))
}

/// The cells of the rows in a line: one in Markdown, any number in HTML.
fn cells_of(line: &str) -> Vec<Vec<&str>> {
    let marks = |c: char| c.is_whitespace() || "*_`".contains(c);
    if !line.starts_with('<') {
        return vec![line.trim().trim_matches('|').split('|').map(|cell| cell.trim_matches(marks)).collect()];
    }
    let is_cell = |piece: &&str| ["td", "th"].iter().any(|tag| piece.starts_with(tag)) && !piece.starts_with("thead");
    let text = |piece| str::split_once(piece, '>').map(|(_, rest)| rest.trim_matches(marks));
    line.split("<tr")
        .map(|row| row.split('<').filter(is_cell).filter_map(text).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect()
}

/// Whether a row separates the head of a table from its body.
fn is_rule(row: &[&str]) -> bool {
    row.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}
