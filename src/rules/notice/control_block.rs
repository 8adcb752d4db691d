//! Where a text states the status of its own document: before its first section, or in a section on document control.

use std::ops::Range;

use crate::handbook::FileView;
use crate::name::fold_case;
use crate::source::front_matter::FrontMatter;
use crate::source::{denies_approval, is_not_in_force};

/// Labels of a status.
const STATUS_LABELS: [&str; 20] = [
    "status",
    "state",
    "document status",
    "document state",
    "approval status",
    "review status",
    "dokumentstatus",
    "dokumentenstatus",
    "freigabestatus",
    "estado del documento",
    "estado",
    "statut du document",
    "statut",
    "stato del documento",
    "stato",
    "documentstatus",
    "状態",
    "ステータス",
    "文書状態",
    "状态",
];
/// Letters that one of them contains.
const STATUS_PARTS: [&str; 6] = ["sta", "Sta", "STA", "状", "ステ", "状态"];

/// Labels beside which a status is that of the document.
const CONTROL_LABELS: [&str; 27] = [
    "version",
    "document",
    "document id",
    "document no",
    "approved",
    "approved by",
    "approver",
    "approval date",
    "author",
    "classification",
    "effective date",
    "next review",
    "dokument",
    "dokument-nr",
    "freigegeben",
    "freigegeben von",
    "freigabe",
    "verfasser",
    "geprüft",
    "approuvé par",
    "approbateur",
    "auteur",
    "versión",
    "aprobado por",
    "versione",
    "文書番号",
    "版",
];

/// Phrases in the headings of sections on document control.
const CONTROL_HEADINGS: [&str; 24] = [
    "document control",
    "document info",
    "document detail",
    "document status",
    "document properties",
    "document data",
    "document history",
    "version history",
    "version control",
    "revision history",
    "change history",
    "change log",
    "dokumentenlenkung",
    "dokumenteninformation",
    "dokumentinformation",
    "dokumentdaten",
    "änderungshistorie",
    "änderungsverzeichnis",
    "versionshistorie",
    "contrôle du document",
    "historique",
    "control del documento",
    "historial",
    "文書管理",
];

/// Words in the head of a table about releases of something that is no document.
const RELEASE_WORDS: [&str; 7] = ["release", "support", "software", "product", "produkt", "build", "service"];

/// Maximum number of lines of a block above and below a line.
const MAX_BLOCK_LINES: u32 = 12;
/// Maximum length of a line with a status, in bytes.
const MAX_STATUS_BYTES: usize = 160;

/// Where a line of a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Area {
    /// Before the first section.
    Opening,
    /// In a section on document control.
    Control,
    /// In any other section.
    Section,
}

impl Area {
    /// The area of a position in a file's running text.
    pub(in crate::rules) fn at(file: &FileView<'_>, position: usize) -> Area {
        let sections = file.body.headings.iter().enumerate().filter(|(_, heading)| !heading.is_nested);
        match sections.take_while(|(_, heading)| heading.text_start as usize <= position).last() {
            None => Area::Opening,
            Some((0, heading)) if heading.level == 1 => Area::Opening,
            Some((_, heading)) if is_control_heading(&heading.text) => Area::Control,
            Some(_) => Area::Section,
        }
    }
}

fn is_control_heading(heading: &str) -> bool {
    let folded = fold_case(heading);
    CONTROL_HEADINGS.iter().any(|phrase| folded.contains(phrase))
        || matches!(folded.trim(), "status" | "versions" | "版")
}

/// Finds the part of a line that says that the document is not in force: `Status: draft`, alone or beside its version.
pub(in crate::rules) fn status_statement<'a>(
    file: &'a FileView<'_>,
    front: &FrontMatter,
    (line, range): (&'a str, &Range<usize>),
) -> Option<&'a str> {
    if line.len() > MAX_STATUS_BYTES || !STATUS_PARTS.iter().any(|part| line.contains(part)) {
        return None;
    }
    let block = Block::around(file, range);
    let statement = match is_status(line, true) {
        true => line,
        false => block.parts().find(|part| is_status(part, false))?,
    };
    let is_own = match Area::at(file, range.start) {
        Area::Control => true,
        Area::Opening => block.is_plain() || names_kind(statement) || block.is_control(front),
        Area::Section => block.names_document(front),
    };
    is_own.then_some(statement)
}

/// Whether a label says itself that the status is that of a document or of its approval.
fn names_kind(statement: &str) -> bool {
    let folded = fold_case(statement);
    ["document", "dokument", "approval", "freigabe", "文書"].iter().any(|kind| folded.starts_with(kind))
}

/// Whether the row of a revision history may be about the document.
pub(in crate::rules) fn is_own_history(file: &FileView<'_>, range: &Range<usize>) -> bool {
    let is_of_releases = || {
        let block = Block::around(file, range);
        let head = block.lines.first().map(|line| fold_case(line)).unwrap_or_default();
        RELEASE_WORDS.iter().any(|word| head.contains(word))
    };
    Area::at(file, range.start) != Area::Section && !is_of_releases()
}

/// Whether a text is a label of a status with a value that denies that the document is in force. Without a colon, only
/// the cells of a row are.
fn is_status(text: &str, may_be_cells: bool) -> bool {
    let folded = fold_case(text.trim());
    STATUS_LABELS.iter().filter_map(|label| Some((*label, folded.strip_prefix(label)?))).any(|(label, rest)| {
        let value = rest.trim_start().trim_start_matches([':', '：']).trim();
        let is_labelled = may_be_cells || rest.trim_start().starts_with([':', '：']);
        let is_of_document = || label.len() > "document".len() && denies_approval(value);
        is_labelled && !value.is_empty() && (is_not_in_force(value) || value == "pending" || is_of_document())
    })
}

/// The lines of a source around a line of the running text, up to the next empty ones.
struct Block<'a> {
    lines: Vec<&'a str>,
    /// The line itself, or several of one paragraph.
    own: Vec<&'a str>,
}

impl<'a> Block<'a> {
    fn around(file: &'a FileView<'_>, range: &Range<usize>) -> Block<'a> {
        let span = file.words.source_span(range.clone());
        let first = file.source.place(span).line();
        let last = file.source.place(crate::place::Span { start: span.end, end: span.end }).line().max(first);
        let line = |number: &u32| file.source.line(*number).map(str::trim).filter(|line| !line.is_empty());
        let above = (first.saturating_sub(MAX_BLOCK_LINES).max(1)..first).rev().map_while(|number| line(&number));
        let mut lines: Vec<&str> = above.collect();
        lines.reverse();
        let own: Vec<&str> = (first..=last.min(first + MAX_BLOCK_LINES)).filter_map(|number| line(&number)).collect();
        lines.extend(&own);
        lines.extend((last + 1..=last + MAX_BLOCK_LINES).map_while(|number| line(&number)));
        Block { lines, own }
    }

    /// What is written in each cell, item or statement of the line itself.
    fn parts(&self) -> impl Iterator<Item = &'a str> {
        let marks = |c: char| c.is_whitespace() || "*_`>-+\\".contains(c);
        self.own
            .clone()
            .into_iter()
            .flat_map(|line| line.split(['|', ',', ';', '·']))
            .map(move |part| part.trim_matches(marks))
    }

    /// Whether the line is neither in a table nor in a list.
    fn is_plain(&self) -> bool {
        let is_marked = |line: &&str| {
            line.contains("<t") || line.starts_with('|') || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        };
        !self.own.iter().any(is_marked)
    }

    /// Whether a line says something that only the control block of a document says, or names the document.
    fn is_control(&self, front: &FrontMatter) -> bool {
        let marks = |c: char| !c.is_alphanumeric();
        let is_label = |label: &str| CONTROL_LABELS.contains(&fold_case(label.trim_matches(marks)).as_str());
        let labels = |line: &'a str| line.split(['|', ':', '：', '>', '<']).take(8);
        self.lines.iter().any(|line| labels(line).any(is_label)) || self.names_document(front)
    }

    /// Whether a line names the document by its ID, title or owner.
    fn names_document(&self, front: &FrontMatter) -> bool {
        let id = front.id.iter().map(|id| id.value.as_str());
        let names = front.title.iter().chain(&front.owner).map(|name| name.value.as_str());
        let mut names = id.chain(names).filter(|name| name.len() > 2);
        names.any(|name| self.lines.iter().any(|line| line.contains(name)))
    }
}
