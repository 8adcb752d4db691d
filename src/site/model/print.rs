//! Many documents on one page, to be printed.

use serde::Serialize;

use super::common::{Badge, ClauseLink, Html, Named, Step};
use super::coverage::Figures;
use super::document::{AddressedClause, Control, HistoryEntry};
use super::frame::Frame;
use super::home::Certificate;
use super::{Page, Part, Shared};

/// The whole handbook, or one clause group, in clause order.
#[derive(Clone, Debug, Serialize)]
pub struct PrintPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard's designation.
    pub standard: String,
    /// What stands on the cover.
    pub cover: Cover,
    /// The other pages of this kind: the whole handbook, and each group.
    pub others: Vec<Step>,
    /// The documents by group.
    pub groups: Vec<PrintGroup>,
}

impl Page for PrintPage {
    const TEMPLATE: &'static str = "print.html";

    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn subject(&self) -> String {
        format!("the print page {}", self.frame.path)
    }

    fn large(&self) -> usize {
        self.groups.iter().flat_map(|group| &group.documents).map(|entry| entry.article.as_str().len()).sum()
    }
}

impl Part for PrintedDocument {
    const TEMPLATE: &'static str = "printed.html";

    fn subject(&self) -> String {
        format!("document {} to be printed", self.id)
    }
}

/// The cover of a print page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cover {
    /// The main standard's figures, when there is one.
    pub figures: Option<Figures>,
    /// The certificate, when the settings give one; what it covers is the scope.
    pub certificate: Option<Certificate>,
    /// How many documents follow.
    pub documents: usize,
    /// The highest classification among them.
    pub classification: Option<String>,
}

/// A clause group of a print page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrintGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// Its documents.
    pub documents: Vec<Shared<PrintEntry>>,
}

/// A document on a print page, laid out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrintEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// The document as `printed.html` lays it out, the same on every page of print.
    pub article: Html,
}

/// A document or page on print pages, as `printed.html` lays it out.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedDocument {
    /// Id; empty for a page, which has no control block.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its language when it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// Its anchor on the page. Anchors and links inside the body begin with it, so that they stay unique.
    pub anchor: String,
    /// Type.
    pub kind: Named,
    /// State.
    pub badge: Badge,
    /// What makes it a controlled document.
    pub control: Control,
    /// The text, its anchors prefixed.
    pub body: Html,
    /// Clauses that it addresses.
    pub clauses: Vec<AddressedClause>,
    /// Revision history, newest first.
    pub history: Vec<HistoryEntry>,
}
