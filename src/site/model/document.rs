//! Pages made from the handbook's own files.

use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::common::{Badge, ClauseLink, DocumentLink, Html, ItemRow, Link, Named, Pager, Person, Shared};
use super::entries::NamingEntries;
use super::frame::Frame;
use super::gaps::FindingRow;
use super::grid::Grid;
use super::laid_out::LaidOut;
use super::map::NeighbourDiagram;
use super::{ListItem, Page, Part, page};
use crate::date::Date;
use crate::source::front_matter::Extent;

/// A controlled document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// Id.
    pub id: String,
    /// Type.
    pub kind: Named,
    /// The page that lists documents of this type.
    pub kind_url: String,
    /// State.
    pub badge: Badge,
    /// What makes it a controlled document.
    #[serde(serialize_with = "control")]
    pub control: Control,
    /// Clauses that the whole document claims; at most four.
    pub chips: Vec<ClaimChip>,
    /// How many more it claims.
    pub chips_more: usize,
    /// What a reader may do with it.
    pub actions: PageActions,
    /// Documents that it depends on and that have changed since it was last approved or reviewed.
    pub suspicions: Vec<SuspicionNote>,
    /// What else a reader must know before relying on it.
    pub caveats: Vec<CaveatNote>,
    /// That an earlier version was in force on the day of the build, when the current one was not yet.
    pub superseded_text: Option<String>,
    /// The text.
    pub body: Html,
    /// Headings of the second and third level.
    pub toc: LaidOut<TocEntry>,
    /// Clauses that it addresses.
    pub clauses: Vec<AddressedClause>,
    /// Documented information that it is.
    pub provides: Vec<ItemRow>,
    /// Documents that a reader may want too; this and the next two for templates of the handbook's own.
    pub related: Vec<Shared<DocumentLink>>,
    /// Documents whose change asks for a new look at this one.
    pub depends_on: Vec<Shared<DocumentLink>>,
    /// Documents that it replaces.
    pub supersedes: Vec<Shared<DocumentLink>>,
    /// Documents that replace it.
    pub superseded_by: Vec<Shared<DocumentLink>>,
    /// Documents and pages that link here, at most 100; for templates of the handbook's own.
    pub referenced_by: Vec<Shared<DocumentLink>>,
    /// How many more link here.
    pub referenced_by_more: usize,
    /// The lists of the documents above that the author names or that replace it, laid out.
    pub relations: Vec<Relations>,
    /// Rows of the documents and pages that link here, laid out.
    pub referenced_rows: Html,
    /// The document among its neighbours, when it has more than one.
    pub vicinity: Option<NeighbourDiagram>,
    /// Revision history, newest first.
    pub history: LaidOut<HistoryEntry>,
    /// The page of its versions, when the portal shows them.
    pub versions: Option<String>,
    /// Reviews that took place, newest first.
    pub reviews: Vec<ReviewRecord>,
    /// What is wrong in it, when the build shows findings.
    pub findings: Vec<FindingRow>,
    /// How many more there are, on the page of findings.
    pub more_findings: usize,
    /// Findings, audits and actions that name it.
    pub entries: Option<NamingEntries>,
    /// Neighbours in clause order.
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

    fn grids(&self) -> Vec<&Grid> {
        self.entries.iter().map(|naming| &naming.entries).collect()
    }

    fn controlled(&self) -> Option<&DocumentPage> {
        Some(self)
    }
}

/// A list of related documents, laid out.
#[derive(Clone, Debug, Serialize)]
pub struct Relations {
    /// What they are to the document, as a key of `t.document`.
    pub kind: &'static str,
    /// A row for each document, as `related.html` lays it out.
    pub rows: Html,
}

/// A document in such a list.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedDocument {
    /// The document.
    pub document: Shared<DocumentLink>,
    /// Whether its state is shown beside it.
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

/// A clause that a document or a section claims, as a mark beside its title.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimChip {
    /// The clause's number.
    pub number: String,
    /// The clause's page.
    pub url: String,
    /// In full or in part.
    pub extent: Extent,
    /// The same in words, with the clause's title.
    pub hint: String,
}

/// What a reader may do with a page, where the settings give the addresses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageActions {
    /// Where it is as a PDF.
    pub pdf: Option<String>,
    /// Where its source can be seen.
    pub source: Option<String>,
    /// Where a problem with it is reported.
    pub problem: Option<String>,
    /// The same with `{heading}` where the address names the section that is being read.
    pub problem_at: Option<String>,
}

/// A change that makes a document suspect.
#[derive(Clone, Debug, Serialize)]
pub struct SuspicionNote {
    /// The document that changed; nothing when this edition does not show it.
    pub document: Option<Shared<DocumentLink>>,
    /// Its version now.
    pub version: Option<String>,
    /// Whether another document took its place.
    pub replaced: bool,
    /// The document that did, if this edition shows it.
    pub successor: Option<Shared<DocumentLink>>,
    /// When it changed.
    pub changed: Date,
    /// When the document that rests on it was last approved or reviewed.
    pub seen: Date,
    /// What changed, in the words of its history.
    pub summary: Option<String>,
}

/// Something that a reader must know before relying on a document.
#[derive(Clone, Debug, Serialize)]
pub struct CaveatNote {
    /// The document that the words are about, if this edition shows it.
    pub document: Option<Shared<DocumentLink>>,
    /// What to know.
    pub text: String,
}

impl CaveatNote {
    pub(crate) fn words(text: String) -> CaveatNote {
        CaveatNote { document: None, text }
    }
}

/// The control block: what makes a document a controlled one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Control {
    /// Version.
    pub version: Option<String>,
    /// Who answers for it.
    pub owner: Option<Shared<Person>>,
    /// Who wrote it.
    pub author: Option<Shared<Person>>,
    /// Who approved it.
    pub approver: Option<Shared<Person>>,
    /// Who reviewed it.
    pub reviewers: Vec<Shared<Person>>,
    /// Day of approval.
    pub approved: Option<Date>,
    /// Day from which it applies.
    pub effective: Option<Date>,
    /// A record's date.
    pub date: Option<Date>,
    /// The last of its approval and its reviews.
    pub last_review: Option<Date>,
    /// The next review.
    pub next_review: Option<Date>,
    /// How often it is reviewed, in words.
    pub interval: Option<String>,
    /// Classification.
    pub classification: Option<String>,
    /// Roles that must know it.
    pub audience: Vec<Shared<Person>>,
    /// Services it applies to.
    pub services: Vec<Link>,
    /// Locations it applies to.
    pub locations: Vec<Link>,
    /// How long a record is kept, and what then.
    pub retention: Option<String>,
    /// Where it is kept when that is not here.
    pub location: Option<String>,
    /// Who issued it, when that is somebody else.
    pub issuer: Option<String>,
    /// Edition of a document of external origin.
    pub edition: Option<String>,
    /// How many readers have acknowledged it, in words.
    pub acknowledged: Option<String>,
    /// The day on which that was last known to be the latest edition.
    pub checked: Option<Date>,
    /// The day on which that is to be checked again.
    pub check_due: Option<Date>,
    /// Free tags.
    pub tags: Vec<String>,
    /// The source file, relative to the handbook.
    pub source: String,
    /// The first characters of the text's digest.
    pub digest: String,
    /// The block as our theme lays it out: `document.html` prints this instead, once it is there.
    #[serde(serialize_with = "laid_out")]
    pub laid_out: OnceLock<Html>,
}

/// What `document.html` shows of the control block elsewhere.
#[derive(Serialize)]
struct ControlSummary<'c> {
    version: &'c Option<String>,
    owner: &'c Option<Shared<Person>>,
    next_review: Option<Date>,
    classification: &'c Option<String>,
    laid_out: &'c Html,
}

/// Hands a template the block, or no more than its summary when it is laid out.
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

/// A heading in a table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TocEntry {
    /// The heading's anchor.
    pub id: String,
    /// The heading's text.
    pub text: String,
    /// The headings below it.
    pub children: Vec<TocEntry>,
}

impl TocEntry {
    /// Nests headings of levels 2 and 3, given in order as (level, anchor, text); other levels are left out.
    ///
    /// A third-level heading before any second-level one stands on its own.
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
    /// In full or in part.
    pub extent: Extent,
    /// The author's remark.
    pub note: Option<String>,
    /// Sections that make the claim; empty when the whole document does.
    pub sections: Vec<Link>,
}

/// A line of the revision history.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HistoryEntry {
    /// The version that came of it.
    pub version: Option<String>,
    /// The day.
    pub on: Option<Date>,
    /// Who changed it.
    pub by: Option<String>,
    /// What changed, and why.
    pub summary: Option<String>,
}

/// A review that took place.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRecord {
    /// The day.
    pub on: Date,
    /// Who reviewed.
    pub by: Option<String>,
    /// The version that was reviewed.
    pub version: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Whether it attests to the text as it is now; nothing when it names no digest.
    pub matches: Option<bool>,
}

/// A page that is no controlled document: an introduction, a glossary.
#[derive(Clone, Debug, Serialize)]
pub struct ProsePage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The text.
    pub body: Html,
    /// Headings of the second and third level.
    pub toc: Vec<TocEntry>,
    /// What a reader may do with it.
    pub actions: PageActions,
    /// Neighbours in clause order.
    pub pager: Pager,
}

page!(ProsePage, "page.html", |page| format!("page {}", page.frame.path));
