//! Lists of documents.

use serde::Serialize;

use super::common::{DocumentLink, DocumentParties, Html, Pagination, PartyFilters, Person, RowFiles, Shared};
use super::document::HistoryEntry;
use super::frame::Frame;
use super::{ListItem, Part, page};
use crate::assess::State;
use crate::date::Date;

/// The document register, or one part of it.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The column headings.
    pub columns: Vec<String>,
    /// The number of columns, from the left, that are shown until the reader asks for more.
    pub at_once: usize,
    /// The services and locations that the filter offers.
    pub filters: PartyFilters,
    /// All states, with links to their lists.
    pub states: Vec<StateLink>,
    /// The number of documents, over all parts.
    pub total: usize,
    /// The files with the rows of all parts, for the filter; `None` if there is only one part.
    pub files: Option<RowFiles>,
    /// The rows, by ID.
    pub rows: Vec<RegisterRow>,
    /// The number of documents by state, over all parts.
    pub tally: Tally,
    /// Links to the parts, if there are several.
    pub pagination: Option<Pagination>,
    /// The address of the register as a CSV file.
    pub csv: String,
    /// The address of the register as a workbook, if the build writes one.
    pub workbook: Option<String>,
}

page!(RegisterPage, "register.html", |_page| "the document register".to_owned());

/// A document in the register.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterRow {
    /// A link to the document, with its type and state.
    pub document: Shared<DocumentLink>,
    /// What the document is about.
    pub about: DocumentParties,
    /// One cell per column.
    pub cells: Vec<RegisterCell>,
}

/// A cell of the register.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RegisterCell {
    /// The document's ID.
    Id,
    /// The document's title, as a link to its page.
    Title,
    /// The document's type.
    Type,
    /// The document's status.
    Status,
    /// The document's state, and whether it is suspect.
    State,
    /// A person or role, with a link to their documents.
    Person {
        /// `None` if the document names nobody.
        person: Option<Shared<Person>>,
    },
    /// A date.
    Day {
        /// `None` if the document has no such date.
        day: Option<Date>,
    },
    /// Text.
    Text {
        /// The text; empty if there is none.
        text: String,
    },
}

/// The number of documents of a list in each state.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tally {
    /// The name of the list in the data for later days, such as `owners/incident-manager.html`.
    pub of: String,
    /// The states that occur, those in force first.
    pub states: Vec<StateTally>,
    /// The number of documents in every state, in the order of [`State::ALL`], separated by commas.
    pub counts: String,
}

/// A link to the documents in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateLink {
    /// The state.
    pub state: State,
    /// The number of documents.
    pub count: usize,
    /// The label of the state.
    pub text: String,
    /// The page that lists them.
    pub url: String,
}

/// The number of documents in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateTally {
    /// The state.
    pub state: State,
    /// The number of documents.
    pub count: usize,
}

/// The kinds of indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexKind {
    /// Owners of documents.
    Owner,
    /// Types of documents.
    Type,
    /// Roles in audiences.
    Role,
    /// Groups of clauses.
    Group,
    /// Tags.
    Tag,
    /// States on the build's day.
    State,
}

impl IndexKind {
    /// The key used in labels.
    pub fn as_str(self) -> &'static str {
        match self {
            IndexKind::Owner => "owner",
            IndexKind::Type => "type",
            IndexKind::Role => "role",
            IndexKind::Group => "group",
            IndexKind::Tag => "tag",
            IndexKind::State => "state",
        }
    }
}

/// An index of owners, types, roles or tags, with the states of their documents.
#[derive(Clone, Debug, Serialize)]
pub struct IndexPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The kind of index.
    pub kind: IndexKind,
    /// The entries.
    pub entries: Vec<IndexEntry>,
}

page!(IndexPage, "index-of.html", |page| format!("the index by {}", page.kind.as_str()));

/// An entry of an index.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IndexEntry {
    /// The name.
    pub name: String,
    /// The page that lists its documents.
    pub url: String,
    /// The number of documents.
    pub count: usize,
    /// The number of documents in each state that occurs.
    pub tally: Tally,
}

/// The documents of one owner, type, role, tag, state or group, or one part of a long list.
#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The kind of list; a role's list is a reading list.
    pub kind: IndexKind,
    /// The number of documents in each state that occurs, over all parts.
    pub tally: Tally,
    /// On a reading list, recently changed documents, latest first; for custom templates.
    pub recent: Vec<Shared<ListRow>>,
    /// The documents, without those in `recent`. The built-in templates only use them for lists by state.
    pub rows: Vec<Shared<ListRow>>,
    /// The rows in `recent`, rendered with `listed.html`.
    pub recent_laid_out: Html,
    /// The rows in `rows`, rendered with `listed.html`; lists by state have a separate template.
    pub rows_laid_out: Html,
    /// On a reading list, the total reading time of the documents that were approved and are not retired, over all
    /// parts.
    pub reading: Option<String>,
    /// Links to the parts, if there are several.
    pub pagination: Option<Pagination>,
    /// On an owner's list, the address of an iCalendar file with the owner's deadlines.
    pub ics: Option<String>,
}

page!(ListPage, "list.html", |page| format!("the list {}", page.frame.path));

/// A row rendered with `listed.html`, once for all lists that contain it.
#[derive(Clone, Debug, Serialize)]
pub struct ListedDocument {
    /// The row.
    pub row: Shared<ListRow>,
    /// Whether the owner is shown.
    pub shows_owner: bool,
}

impl Part for ListedDocument {
    const TEMPLATE: &'static str = "listed.html";

    fn subject(&self) -> String {
        format!("{} in a list", self.row.document.title)
    }

    fn list_item(&self) -> Option<ListItem<'_>> {
        Some(ListItem::Listed(self))
    }
}

/// A row of a list of documents.
#[derive(Clone, Debug, Serialize)]
pub struct ListRow {
    /// A link to the document, with its type and state.
    pub document: Shared<DocumentLink>,
    /// The version.
    pub version: Option<String>,
    /// The owner.
    pub owner: Option<Shared<Person>>,
    /// The date of the next review.
    pub next_review: Option<Date>,
    /// The date of the last change.
    pub changed_on: Option<Date>,
    /// The summary of the last change.
    pub change: Option<String>,
    /// On a reading list, the reading time.
    pub reading: Option<String>,
    /// On a reading list, recent changes, newest first.
    pub changes: Vec<HistoryEntry>,
    /// On a reading list, the date of a recent approval, if the document has no dated revision history.
    pub approved: Option<Date>,
}
