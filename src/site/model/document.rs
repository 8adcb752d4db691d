//! Pages for the handbook's own files.

use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::common::{Badge, ClauseLink, DocumentLink, Html, ItemRow, KeyedName, Link, Pager, Person, Shared};
use super::entries::NamingEntries;
use super::frame::Frame;
use super::gaps::FindingRow;
use super::map::NeighbourDiagram;
use super::rendered::Rendered;
use super::{ListItem, Page, Part, page};
use crate::date::Date;
use crate::source::front_matter::Extent;

/// The page of a controlled document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The document's ID.
    pub id: String,
    /// The document's type.
    pub kind: KeyedName,
    /// The page that lists documents of this type.
    pub kind_url: String,
    /// The document's state.
    pub badge: Badge,
    /// The control block.
    #[serde(serialize_with = "control")]
    pub control: Control,
    /// Clauses that the whole document claims; up to four.
    pub chips: Vec<ClaimChip>,
    /// The number of further clauses that it claims.
    pub chips_more: usize,
    /// The actions that the page offers.
    pub actions: PageActions,
    /// Documents that it depends on and that have changed since it was last approved or reviewed.
    pub suspicions: Vec<SuspicionNote>,
    /// What else a reader must know before relying on the document.
    pub caveats: Vec<CaveatNote>,
    /// A notice that an earlier version is still in force on the build's day, if the current one is not yet.
    pub superseded_text: Option<String>,
    /// The content.
    pub body: Html,
    /// Headings of levels 2 and 3.
    pub toc: Rendered<Vec<TocEntry>>,
    /// Clauses that it addresses.
    pub clauses: Vec<AddressedClause>,
    /// Documented information that it provides.
    pub provides: Vec<ItemRow>,
    /// Related documents. This list and the next two are for custom templates.
    pub related: Vec<Shared<DocumentLink>>,
    /// Documents that it depends on: if one of them changes, this document must be reviewed.
    pub depends_on: Vec<Shared<DocumentLink>>,
    /// Documents that it replaces.
    pub supersedes: Vec<Shared<DocumentLink>>,
    /// Documents that replace it.
    pub superseded_by: Vec<Shared<DocumentLink>>,
    /// Documents and pages that link here, up to 100; for custom templates.
    pub referenced_by: Vec<Shared<DocumentLink>>,
    /// The number of further documents and pages that link here.
    pub referenced_by_more: usize,
    /// The rendered lists of documents that the author names or that replace it.
    pub relations: Vec<Relations>,
    /// The rendered rows of documents and pages that link here.
    pub referenced_rows: Html,
    /// A diagram of the document and its neighbours, if it has more than one.
    pub vicinity: Option<NeighbourDiagram>,
    /// Revision history, newest first.
    pub history: Rendered<Vec<HistoryEntry>>,
    /// The page of its versions, if the portal shows them.
    pub versions: Option<String>,
    /// Past reviews, newest first.
    pub reviews: Vec<ReviewRecord>,
    /// The findings in it, if the build shows findings.
    pub findings: Vec<FindingRow>,
    /// The number of further findings, which are on the page of findings.
    pub more_findings: usize,
    /// The entries of registers that name it.
    pub entries: Rendered<Option<NamingEntries>>,
    /// The previous and next document in clause order.
    pub pager: Pager,
}

impl Page for DocumentPage {
    const TEMPLATE: &'static str = "document.html";

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn subject(&self) -> String {
        format!("document {}", self.id)
    }

    fn as_document(&self) -> Option<&DocumentPage> {
        Some(self)
    }
}

/// A rendered list of related documents.
#[derive(Clone, Debug, Serialize)]
pub struct Relations {
    /// The relation to the document, as a key of `t.document`.
    pub kind: &'static str,
    /// A row per document, rendered with `related.html`.
    pub rows: Html,
}

/// A document in a list of related documents.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedDocument {
    /// The document.
    pub document: Shared<DocumentLink>,
    /// Whether its state is shown.
    pub has_state: bool,
}

impl Part for RelatedDocument {
    const TEMPLATE: &'static str = "related.html";

    fn subject(&self) -> String {
        format!("{} in a list of related documents", self.document.title)
    }

    fn list_item(&self) -> Option<ListItem<'_>> {
        Some(ListItem::Related(self))
    }
}

/// A claim of a document or section, as a chip beside its title.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimChip {
    /// The clause's number.
    pub number: String,
    /// The clause's page.
    pub url: String,
    /// Whether the clause is claimed in full or in part.
    pub extent: Extent,
    /// The extent in words, with the clause's title.
    pub hint: String,
}

/// The actions that a page offers, if the settings contain their addresses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageActions {
    /// The address of the PDF.
    pub pdf: Option<String>,
    /// The address of the source.
    pub source: Option<String>,
    /// The address for reporting a problem with the document.
    pub problem: Option<String>,
    /// The address for reporting a problem, with `{heading}` for the section being read.
    pub problem_at: Option<String>,
}

/// A change that makes a document suspect.
#[derive(Clone, Debug, Serialize)]
pub struct SuspicionNote {
    /// The document that changed; `None` if this edition does not show it.
    pub document: Option<Shared<DocumentLink>>,
    /// The current version.
    pub version: Option<String>,
    /// Whether it was replaced by another document.
    pub replaced: bool,
    /// The document that replaced it, if this edition shows it.
    pub successor: Option<Shared<DocumentLink>>,
    /// The date of the change.
    pub changed: Date,
    /// The date on which the dependent document was last approved or reviewed.
    pub seen: Date,
    /// The summary of the change in the revision history.
    pub summary: Option<String>,
}

/// Something that a reader must know before relying on a document.
#[derive(Clone, Debug, Serialize)]
pub struct CaveatNote {
    /// The document that the text is about, if this edition shows it.
    pub document: Option<Shared<DocumentLink>>,
    /// The text of the note.
    pub text: String,
}

impl CaveatNote {
    pub(crate) fn from_text(text: String) -> CaveatNote {
        CaveatNote { document: None, text }
    }
}

/// The control block of a document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Control {
    /// The version.
    pub version: Option<String>,
    /// The owner.
    pub owner: Option<Shared<Person>>,
    /// The author.
    pub author: Option<Shared<Person>>,
    /// The approver.
    pub approver: Option<Shared<Person>>,
    /// The reviewers.
    pub reviewers: Vec<Shared<Person>>,
    /// The date of approval.
    pub approved: Option<Date>,
    /// The date from which it is effective.
    pub effective: Option<Date>,
    /// A record's date.
    pub date: Option<Date>,
    /// The date of the last approval or review.
    pub last_review: Option<Date>,
    /// The date of the next review.
    pub next_review: Option<Date>,
    /// The review interval, in words.
    pub interval: Option<String>,
    /// The classification.
    pub classification: Option<String>,
    /// The roles that must read it.
    pub audience: Vec<Shared<Person>>,
    /// Services it applies to.
    pub services: Vec<Link>,
    /// Locations it applies to.
    pub locations: Vec<Link>,
    /// How long a record is kept, and its disposal.
    pub retention: Option<String>,
    /// Where it is kept, if not in the handbook.
    pub location: Option<String>,
    /// The issuer of a document of external origin.
    pub issuer: Option<String>,
    /// The edition of a document of external origin.
    pub edition: Option<String>,
    /// The number of readers who have acknowledged it, in words.
    pub acknowledged: Option<String>,
    /// The date of the last check that this is the latest edition.
    pub checked: Option<Date>,
    /// The date of the next check.
    pub check_due: Option<Date>,
    /// Free tags.
    pub tags: Vec<String>,
    /// The source file, relative to the handbook.
    pub source: String,
    /// The first characters of the digest of its text.
    pub digest: String,
    /// The block as rendered by the built-in theme; once set, `document.html` prints it.
    #[serde(serialize_with = "laid_out")]
    pub laid_out: OnceLock<Html>,
}

/// The parts of the control block that `document.html` uses elsewhere.
#[derive(Serialize)]
struct ControlSummary<'c> {
    version: &'c Option<String>,
    owner: &'c Option<Shared<Person>>,
    next_review: Option<Date>,
    classification: &'c Option<String>,
    laid_out: &'c Html,
}

/// Serializes the block for a template, or only its summary if the block has been rendered.
fn control<S: Serializer>(control: &Control, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(laid_out) = control.laid_out.get() else { return control.serialize(serializer) };
    let Control { version, owner, next_review, classification, .. } = control;
    ControlSummary { version, owner, next_review: *next_review, classification, laid_out }.serialize(serializer)
}

fn laid_out<S: Serializer>(laid_out: &OnceLock<Html>, serializer: S) -> Result<S::Ok, S::Error> {
    match laid_out.get() {
        Some(laid_out) => laid_out.serialize(serializer),
        None => serializer.serialize_str(""),
    }
}

/// A heading in the table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TocEntry {
    /// The heading's anchor.
    pub id: String,
    /// The heading's text.
    pub text: String,
    /// The subheadings.
    pub children: Vec<TocEntry>,
}

impl TocEntry {
    /// Nests headings of levels 2 and 3, given in order as (level, anchor, text). Other levels are left out.
    ///
    /// A heading of level 3 before any of level 2 becomes a top-level entry.
    pub fn nest<'a>(headings: impl IntoIterator<Item = (u8, &'a str, &'a str)>) -> Vec<TocEntry> {
        let mut toc: Vec<TocEntry> = Vec::new();
        let mut section = false;
        for (level, id, text) in headings {
            let entry = TocEntry { id: id.to_owned(), text: text.to_owned(), children: Vec::new() };
            match (level, toc.last_mut()) {
                (3, Some(last)) if section => last.children.push(entry),
                (2 | 3, _) => {
                    section = level == 2;
                    toc.push(entry);
                }
                _ => {}
            }
        }
        toc
    }
}

/// A clause that a document addresses.
#[derive(Clone, Debug, Serialize)]
pub struct AddressedClause {
    /// The clause.
    pub clause: ClauseLink,
    /// Whether it is addressed in full or in part.
    pub extent: Extent,
    /// The author's note.
    pub note: Option<String>,
    /// The sections that make the claim; empty if the whole document does.
    pub sections: Vec<Link>,
}

/// An entry of the revision history.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HistoryEntry {
    /// The resulting version.
    pub version: Option<String>,
    /// The date.
    pub on: Option<Date>,
    /// The author of the change.
    pub by: Option<String>,
    /// The summary of the change.
    pub summary: Option<String>,
}

/// A past review.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRecord {
    /// The date.
    pub on: Date,
    /// The reviewer.
    pub by: Option<String>,
    /// The version that was reviewed.
    pub version: Option<String>,
    /// The reviewer's note.
    pub note: Option<String>,
    /// Whether the review applies to the current text; `None` if it records no digest.
    pub matches: Option<bool>,
}

/// A page that is not a controlled document, such as an introduction or a glossary.
#[derive(Clone, Debug, Serialize)]
pub struct ProsePage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The content.
    pub body: Html,
    /// Headings of levels 2 and 3.
    pub toc: Vec<TocEntry>,
    /// The actions that the page offers.
    pub actions: PageActions,
    /// The previous and next document in clause order.
    pub pager: Pager,
}

page!(ProsePage, "page.html", |page| format!("page {}", page.frame.path));
