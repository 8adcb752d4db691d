//! Where a text states the status of its own document: before its first section, or in a section on document control.

use std::ops::Range;

use super::control_row::denies_force;
use super::status_table::{Labels, find_status, pair_of};
use crate::handbook::FileView;
use crate::name::fold_case;
use crate::source::front_matter::FrontMatter;
use crate::source::version::is_same_version;
use crate::source::{affirms_approval, denies_approval, is_not_in_force, is_pending, is_unapproved, says_no};

/// Labels of a status.
const STATUS_LABELS: [&str; 26] = [
    "stand",
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
    "bearbeitungsstand",
    "bearbeitungsstatus",
    "état",
    "stan dokumentu",
    "status dokumentu",
    "状態",
    "ステータス",
    "文書状態",
    "状态",
];
/// Labels of an approval, with a value that says whether there is one.
const APPROVAL_LABELS: [&str; 17] = [
    "approved",
    "approval",
    "freigegeben",
    "freigabe",
    "genehmigt",
    "genehmigung",
    "approuvé",
    "approbation",
    "aprobado",
    "aprobación",
    "aprovado",
    "aprovação",
    "approvato",
    "approvazione",
    "goedgekeurd",
    "goedkeuring",
    "承認",
];
/// Letters that one of these labels contains.
const LABEL_PARTS: [&str; 19] = [
    "sta", "Sta", "STA", "tan ", "tat", "状", "ステ", "pprov", "PPROV", "pprob", "pprou", "prob", "prova", "reig",
    "REIG", "enehm", "oedge", "oedke", "承認",
];

/// Labels beside which a status is that of the document.
const CONTROL_LABELS: [&str; 30] = [
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
    "owner",
    "document owner",
    "eigentümer",
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

/// Words in the head of a table about releases of something other than a document.
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

pub(super) fn is_control_heading(heading: &str) -> bool {
    let folded = fold_case(heading);
    CONTROL_HEADINGS.iter().any(|phrase| folded.contains(phrase))
        || matches!(folded.trim(), "status" | "versions" | "版")
}

/// Finds the part of a line that says that the document is not in force: `Status: draft`, alone or beside its version.
pub(in crate::rules) fn status_statement<'a>(
    file: &'a FileView<'_>,
    front: &FrontMatter,
    line: &'a str,
    range: &Range<usize>,
) -> Option<&'a str> {
    if line.len() > MAX_STATUS_BYTES {
        return None;
    }
    if let Some(statement) = denied_row(file, front, line, range) {
        return Some(statement);
    }
    if !LABEL_PARTS.iter().any(|part| line.contains(part)) {
        return None;
    }
    let (block, area) = (Block::around(file, range), Area::at(file, range.start));
    if block.is_legend() || area == Area::Opening && block.is_introduced(file, range) {
        return None;
    }
    let in_line = || block.parts().find(|part| is_status(part, false));
    let in_table = || block.status_in_table(front).filter(|_| area != Area::Section);
    let Some(statement) = Some(line).filter(|line| is_status(line, true)).or_else(in_line) else {
        return in_table();
    };
    let is_own = match area {
        Area::Control => true,
        Area::Opening => block.is_plain() || block.is_alone() || names_kind(statement) || block.is_control(front),
        Area::Section => !is_approval(statement) && block.names_document(front),
    };
    is_own.then_some(statement).or_else(in_table)
}

/// The line of a row of the control block that says that the document is not in force.
fn denied_row<'a>(file: &FileView<'_>, front: &FrontMatter, line: &'a str, range: &Range<usize>) -> Option<&'a str> {
    let source = file.source.line(file.source.place(file.words.source_span(range.clone())).line())?;
    let (label, value) = pair_of(source)?;
    let approved = front.approved.as_ref().map(|day| day.value);
    let is_denied = denies_force(label, value, approved) && Area::at(file, range.start) != Area::Section;
    (is_denied && Block::around(file, range).is_control_block(front)).then_some(line)
}

/// Whether a statement is about the approval: `Approved: no`.
fn is_approval(statement: &str) -> bool {
    let folded = fold_case(statement);
    APPROVAL_LABELS.iter().any(|label| folded.starts_with(label))
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
    STATUS_LABELS.iter().chain(&APPROVAL_LABELS).filter_map(|label| Some((*label, folded.strip_prefix(label)?))).any(
        |(label, rest)| {
            let value = rest.trim_start().trim_start_matches([':', '：']).trim();
            let is_labelled = may_be_cells || rest.trim_start().starts_with([':', '：']);
            is_labelled && denies(label, value)
        },
    )
}

/// Whether a value below a label of a status or an approval denies that the document is in force.
fn denies(label: &str, value: &str) -> bool {
    if value.is_empty() {
        return false;
    }
    if APPROVAL_LABELS.contains(&label) {
        return says_no(value) || is_pending(value);
    }
    let is_of_document = || label.len() > "document".len() && denies_approval(value);
    is_not_in_force(value) || value == "pending" || is_unapproved(value) || is_of_document()
}

/// Whether a text is a label beside which a status is that of the document.
fn is_control_label(label: &str) -> bool {
    CONTROL_LABELS.contains(&fold_case(label.trim_matches(|c: char| !c.is_alphanumeric())).as_str())
}

/// Whether a text is the ID or the title of the document.
pub(super) fn is_own_name(front: &FrontMatter, text: &str) -> bool {
    front.id.as_ref().is_some_and(|id| id.value.as_str() == text)
        || front.title.as_ref().is_some_and(|title| title.value == text)
}

/// Whether a text is the version, the owner or the approver of the document.
pub(super) fn is_own_value(front: &FrontMatter, text: &str) -> bool {
    front.version.as_ref().is_some_and(|version| is_same_version(&version.value, text))
        || front.owner.iter().chain(&front.approver).any(|role| role.value == text)
}

/// The lines of a source around a line of the running text, up to the next empty ones.
pub(super) struct Block<'a> {
    pub(super) lines: Vec<&'a str>,
    /// The line itself, or several of one paragraph.
    pub(super) own: Vec<&'a str>,
}

impl<'a> Block<'a> {
    pub(super) fn around(file: &'a FileView<'_>, range: &Range<usize>) -> Block<'a> {
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
    pub(super) fn is_plain(&self) -> bool {
        let is_marked = |line: &&str| {
            line.contains("<t") || line.starts_with('|') || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        };
        !self.own.iter().any(is_marked)
    }

    /// Whether the line is a list of one item.
    fn is_alone(&self) -> bool {
        self.lines.len() == 1 && ["- ", "* ", "+ "].iter().any(|mark| self.lines[0].starts_with(mark))
    }

    /// The status in a table of which the line is a part.
    fn status_in_table(&self, front: &FrontMatter) -> Option<&'a str> {
        let is_row = |line: &&str| line.starts_with('|') || line.contains("<t");
        if !self.own.iter().all(is_row) {
            return None;
        }
        let is_status = |label: &str, value: &str| {
            let label = fold_case(label.trim_end_matches([':', '：']).trim());
            STATUS_LABELS.contains(&label.as_str()) && denies(&label, &fold_case(value))
        };
        self.value_in_table(front, &is_status)
    }

    /// The value in the table of a document whose label and value fit.
    pub(super) fn value_in_table(
        &self,
        front: &FrontMatter,
        is_status: &dyn Fn(&str, &str) -> bool,
    ) -> Option<&'a str> {
        let is_name = |text: &str| is_own_name(front, text);
        let is_of_document = |text: &str| !text.is_empty() && (is_name(text) || is_own_value(front, text));
        let labels = Labels {
            is_status,
            is_control: &is_control_label,
            is_status_label: &|label| STATUS_LABELS.contains(&fold_case(label).as_str()),
            is_of_document: &is_of_document,
            is_name: &is_name,
        };
        find_status(&self.lines, &labels)
    }

    /// Whether the line lists several states and one that affirms: `Status: draft, in review, approved`.
    fn is_legend(&self) -> bool {
        let is_state = |part: &str| is_not_in_force(part.rsplit([':', '：']).next().unwrap_or_default());
        self.is_plain() && self.parts().any(affirms_approval) && self.parts().any(is_state)
    }

    /// Whether a line above the block introduces it as the record of something else: `A new change has these values:`.
    pub(super) fn is_introduced(&self, file: &FileView<'_>, range: &Range<usize>) -> bool {
        let first = file.source.place(file.words.source_span(range.clone())).line();
        let line = |number: u32| file.source.line(number).map(str::trim);
        let mut above = (first.saturating_sub(2 * MAX_BLOCK_LINES).max(1)..first).rev().filter_map(line);
        let before = above.find(|line| line.ends_with([':', '：']) || line.is_empty());
        let before = before.filter(|line| !line.is_empty()).or_else(|| above.find(|line| !line.is_empty()));
        let names_document =
            |line: &str| ["document", "dokument", "文書"].iter().any(|noun| fold_case(line).contains(noun));
        before.is_some_and(|line| line.ends_with([':', '：']) && line.contains(' ') && !names_document(line))
    }

    /// Whether the block is certainly the control block of the document: a table of labels and values, of
    /// which one is its ID or its title, or two are its version, owner or approver.
    fn is_control_block(&self, front: &FrontMatter) -> bool {
        let pairs = || {
            self.lines
                .iter()
                .filter(|line| !line.starts_with("|-") && !line.starts_with("| -"))
                .map(|line| pair_of(line))
        };
        let is_table = pairs().all(|pair| pair.is_some());
        is_table
            && (pairs().flatten().any(|(_, value)| is_own_name(front, value))
                || pairs().flatten().filter(|(_, value)| is_own_value(front, value)).count() > 1)
    }

    /// Whether a line says something that only the control block of a document says, or names the document.
    fn is_control(&self, front: &FrontMatter) -> bool {
        let labels = |line: &'a str| line.split(['|', ':', '：', '>', '<']).take(8);
        self.lines.iter().any(|line| labels(line).any(is_control_label)) || self.names_document(front)
    }

    /// Whether a line names the document by its ID, title or owner.
    fn names_document(&self, front: &FrontMatter) -> bool {
        let id = front.id.iter().map(|id| id.value.as_str());
        let names = front.title.iter().chain(&front.owner).map(|name| name.value.as_str());
        let mut names = id.chain(names).filter(|name| name.len() > 2);
        names.any(|name| self.lines.iter().any(|line| line.contains(name)))
    }
}
