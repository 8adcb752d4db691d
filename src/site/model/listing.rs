//! Lists of documents.

use serde::Serialize;

use super::common::{About, DocumentLink, Html, Pagination, PartyFilters, Person, RowFiles, Shared};
use super::document::HistoryEntry;
use super::frame::Frame;
use super::{ListItem, Part, page};
use crate::assess::State;
use crate::date::Date;

/// The master list of documents, or one part of it.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// How many of them, from the first on, are shown before a reader asks for more.
    pub at_once: usize,
    /// Services and locations to choose from.
    pub filters: PartyFilters,
    /// Every state with its list.
    pub states: Vec<StateLink>,
    /// How many documents there are, over all parts.
    pub total: usize,
    /// Files with the rows of all parts, for the filter; nothing where there is one part.
    pub files: Option<RowFiles>,
    /// The rows, by id.
    pub rows: Vec<RegisterRow>,
    /// How many documents there are by state, over all parts.
    pub tally: Tally,
    /// The parts, when the list is long.
    pub pagination: Option<Pagination>,
    /// The same as a CSV file.
    pub csv: String,
    /// The same as a workbook, when the build writes one.
    pub workbook: Option<String>,
}

page!(RegisterPage, "register.html", |_page| "the document register".to_owned());

/// A document in the register.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterRow {
    /// The document with type and state.
    pub document: Shared<DocumentLink>,
    /// What the document is about.
    pub about: About,
    /// What stands in each column.
    pub cells: Vec<RegisterCell>,
}

/// What stands in a cell of the register.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RegisterCell {
    /// The document's id.
    Id,
    /// Its title, which leads to its page.
    Title,
    /// Its type.
    Type,
    /// Its status.
    Status,
    /// Its state, and whether it is suspect.
    State,
    /// A role or a person with the page of their documents.
    Person {
        /// Nobody where the document names none.
        person: Option<Shared<Person>>,
    },
    /// A day.
    Day {
        /// None where the document has none.
        day: Option<Date>,
    },
    /// Words; empty where there are none.
    Text {
        /// The words.
        text: String,
    },
}

/// How many documents of a list are in each state.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tally {
    /// Which list it is, as later counts are told apart, such as `owners/incident-manager.html`.
    pub of: String,
    /// The states that occur, those in force first.
    pub states: Vec<StateTally>,
    /// How many there are in every state, in the order of [`State::ALL`], with commas between.
    pub counts: String,
}

/// The list of the documents in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateLink {
    /// The state.
    pub state: State,
    /// How many there are.
    pub count: usize,
    /// The state in words.
    pub text: String,
    /// The page that lists them.
    pub url: String,
}

/// How many documents are in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateTally {
    /// The state.
    pub state: State,
    /// How many.
    pub count: usize,
}

/// What an index tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexKind {
    /// Who answers for documents.
    Owner,
    /// Types of documents.
    Type,
    /// Roles that must know documents.
    Role,
    /// Clause groups, or other groups of the handbook.
    Group,
    /// Tags.
    Tag,
    /// States on the build's day.
    State,
}

impl IndexKind {
    /// The word used in labels.
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

/// All owners, types or roles, each with how its documents stand.
#[derive(Clone, Debug, Serialize)]
pub struct IndexPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// What it tells apart.
    pub kind: IndexKind,
    /// The entries.
    pub entries: Vec<IndexEntry>,
}

page!(IndexPage, "index-of.html", |page| format!("the index by {}", page.kind.as_str()));

/// An owner, a type or a role.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IndexEntry {
    /// Its name.
    pub name: String,
    /// The page of its documents.
    pub url: String,
    /// How many documents it has.
    pub count: usize,
    /// How many in each state that occurs.
    pub tally: Tally,
}

/// The documents of one owner, type, role or group, or one part of them.
#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// What the list is of; a role's list is a reading list.
    pub kind: IndexKind,
    /// How many documents are in each state that occurs, over all parts.
    pub tally: Tally,
    /// On a reading list, documents that changed lately, the last one first; for templates of the handbook's own.
    pub recent: Vec<Shared<ListRow>>,
    /// The documents, or the other documents of a reading list; in our templates only of a list by state.
    pub rows: Vec<Shared<ListRow>>,
    /// Both as `listed.html` lays them out; a list by state has a layout of its own.
    pub recent_laid_out: Html,
    /// The other rows.
    pub rows_laid_out: Html,
    /// On a reading list, how long all documents take that apply, over all parts.
    pub reading: Option<String>,
    /// The parts, when the list is long.
    pub pagination: Option<Pagination>,
    /// Next reviews as an iCalendar file, on an owner's list.
    pub ics: Option<String>,
}

page!(ListPage, "list.html", |page| format!("the list {}", page.frame.path));

/// A row that `listed.html` lays out for all lists that have it.
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

/// A document in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ListRow {
    /// The document with type and state.
    pub document: Shared<DocumentLink>,
    /// Version.
    pub version: Option<String>,
    /// Who answers for it.
    pub owner: Option<Shared<Person>>,
    /// The next review.
    pub next_review: Option<Date>,
    /// The day of the last change.
    pub changed_on: Option<Date>,
    /// What changed last.
    pub change: Option<String>,
    /// On a reading list, how long it takes to read.
    pub reading: Option<String>,
    /// On a reading list, what changed lately, the last change first.
    pub changes: Vec<HistoryEntry>,
    /// The day of approval of a document that changed lately and has no history.
    pub approved: Option<Date>,
}
