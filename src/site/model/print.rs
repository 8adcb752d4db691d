//! Pages that contain many documents, for printing.

use serde::Serialize;

use super::common::{Badge, ClauseLink, Html, KeyedName, StepLink};
use super::coverage::Figures;
use super::document::{AddressedClause, Control, HistoryEntry};
use super::frame::Frame;
use super::home::Certificate;
use super::{Page, Part, Shared};

/// The whole handbook or one group of clauses, in clause order.
#[derive(Clone, Debug, Serialize)]
pub struct PrintPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The name of the standard.
    pub standard: String,
    /// The cover.
    pub cover: Cover,
    /// The other print pages: the whole handbook and each group.
    pub others: Vec<StepLink>,
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

    fn extra_bytes(&self) -> usize {
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
    /// The figures of the main standard, if there is one.
    pub figures: Option<Figures>,
    /// The certificate, if the settings describe one; it also contains the scope.
    pub certificate: Option<Certificate>,
    /// The number of documents on the page.
    pub documents: usize,
    /// The highest classification of these documents.
    pub classification: Option<String>,
}

/// A group of clauses on a print page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrintGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The documents.
    pub documents: Vec<Shared<PrintEntry>>,
}

/// A rendered document on a print page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrintEntry {
    /// The ID.
    pub id: String,
    /// The title.
    pub title: String,
    /// The anchor on the page.
    pub anchor: String,
    /// The document as rendered with `printed.html`, the same on all print pages.
    pub article: Html,
}

/// A document or page for print pages, rendered with `printed.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedDocument {
    /// The ID; empty for a page, which has no control block.
    pub id: String,
    /// The title.
    pub title: String,
    /// The language if it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The anchor on the page. Anchors and links in the body start with it, which keeps them unique.
    pub anchor: String,
    /// The type.
    pub kind: KeyedName,
    /// The state.
    pub badge: Badge,
    /// The control block.
    pub control: Control,
    /// The content, with prefixed anchors.
    pub body: Html,
    /// Clauses that it addresses.
    pub clauses: Vec<AddressedClause>,
    /// Revision history, newest first.
    pub history: Vec<HistoryEntry>,
}
