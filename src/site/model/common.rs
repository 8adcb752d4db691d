//! Models shared by several pages.

use serde::Serialize;

use crate::assess::{ItemVerdict, State, Verdict};
use crate::source::front_matter::Status;
use crate::standard::{Basis, Retention};

pub use crate::site::theme::{Html, Shared};

/// A link with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The text.
    pub text: String,
    /// The address.
    pub url: String,
}

/// A link to the previous or next page, or a breadcrumb.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StepLink {
    /// The text.
    pub text: String,
    /// The address.
    pub url: String,
    /// The language of the text if it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
}

impl From<Link> for StepLink {
    fn from(Link { text, url }: Link) -> StepLink {
        StepLink { text, url, lang: None }
    }
}

/// Something with a key for filters and a name for readers, such as a document type.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct KeyedName {
    /// The key, such as `work-instruction`.
    pub key: String,
    /// The name, such as `Work instruction`.
    pub name: String,
}

/// A person or role, or several of them, with a link to the page that lists their documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name as written in front matter.
    pub name: String,
    /// The page that lists the documents.
    pub url: Option<String>,
    /// The individual persons or roles if there are several, all of which are in `name`; otherwise empty.
    pub each: Vec<Person>,
}

/// A document's state on the build's day, with its later states.
#[derive(Clone, Debug, Serialize)]
pub struct Badge {
    /// The state on the build's day; `None` in an edition without figures.
    pub state: Option<State>,
    /// The status that its author set; a draft stays a draft on later days.
    pub status: Status,
    /// The later states, assuming that nobody edits a file, each after its date:
    /// `2027-01-05 due-soon 2027-02-05 overdue`. Empty if the portal shows only one day.
    pub later: String,
    /// Whether a document that it depends on has changed since it was last approved or reviewed.
    pub suspect: bool,
}

/// A link to a document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentLink {
    /// The document's ID.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// The address of the document or of one of its sections.
    pub url: String,
    /// The document's type.
    pub kind: Shared<KeyedName>,
    /// The document's state; `None` for a page, which is not controlled.
    pub badge: Option<Badge>,
    /// The language of the title if it is not the portal's, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A link to a clause.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClauseLink {
    /// The clause's number, after the standard's name if it is not the main one.
    pub number: String,
    /// The clause's title; empty if it has none.
    pub title: String,
    /// The address of the clause's page.
    pub url: String,
    /// The clause's verdict; `None` for a clause without requirements, and in an edition without figures.
    pub verdict: Option<Verdict>,
    /// The language of the title if it is not the portal's, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<&'static str>,
}

/// An item of documented information.
#[derive(Clone, Debug, Serialize)]
pub struct ItemRow {
    /// The name in `provides`, such as `change-management-policy`.
    pub id: String,
    /// The name.
    pub name: String,
    /// The clause that requires it.
    pub clause: ClauseLink,
    /// Whether it is a document to maintain or a record to retain.
    pub keep: Retention,
    /// Whether it is required by the standard or commonly expected.
    pub basis: Basis,
    /// Whether it is only needed once a situation arises.
    pub conditional: bool,
    /// Whether only one source mentions it.
    pub unverified: bool,
    /// The verdict; `None` in an edition without figures.
    pub verdict: Option<ItemVerdict>,
    /// Why it is not needed or incomplete, why a document that claims to provide it does not count, or that this
    /// edition does not show the documents that provide it; one sentence.
    pub reason: Option<String>,
    /// The services and suppliers that lack it.
    pub without: Vec<Link>,
    /// The documents that provide it.
    pub documents: Vec<Shared<DocumentLink>>,
}

/// The services and locations that a filter offers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartyFilters {
    /// The names of services.
    pub services: Vec<String>,
    /// The names of locations.
    pub locations: Vec<String>,
}

/// The services and locations that a document is about, as indexes into [`PartyFilters`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentParties {
    /// Services.
    pub services: Vec<usize>,
    /// Locations.
    pub locations: Vec<usize>,
}

/// Links to the previous and next page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    /// The previous page.
    pub previous: Option<StepLink>,
    /// The next page.
    pub next: Option<StepLink>,
}

/// The files that contain the rows of a list with several parts, one file per part.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RowFiles {
    /// The addresses up to the number, which is followed by `.js`.
    pub before: String,
    /// The number of files, which are numbered from 1.
    pub count: usize,
}

/// One part of a long list, with links to the other parts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pagination {
    /// The number of this part, from 1.
    pub number: usize,
    /// The number of parts.
    pub of: usize,
    /// The position of the first item of this part, counted from 1 across all parts.
    pub first: usize,
    /// The position of the last item of this part.
    pub last: usize,
    /// The total number of items.
    pub total: usize,
    /// The position of this part among the linked parts, counted from 1.
    pub current: usize,
    /// The linked parts, with labels that distinguish them (`1` or `4–6`): all parts if there are few, otherwise a
    /// selection through which all others can be reached.
    pub parts: Vec<Link>,
}
