//! Parts that several pages share.

use serde::Serialize;

use crate::assess::{ItemVerdict, State, Verdict};
use crate::source::front_matter::Status;
use crate::standard::{Basis, Retention};

pub use crate::site::theme::{Html, Shared};

/// A link with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub url: String,
}

/// A link to the next page, the one before, or one on the way from the home page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Step {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub url: String,
    /// The language of the words when it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
}

impl From<Link> for Step {
    fn from(Link { text, url }: Link) -> Step {
        Step { text, url, lang: None }
    }
}

/// A thing with a key for filters and a name for people, such as a document type.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// The key, such as `work-instruction`.
    pub key: String,
    /// The name, such as `Work instruction`.
    pub name: String,
}

/// A role or a person, or several of them, with the page that lists what is theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name as front matter writes it.
    pub name: String,
    /// The page of their documents.
    pub url: Option<String>,
    /// Each of several, of whom `name` names all; empty for one.
    pub each: Vec<Person>,
}

/// A document's state on the build's day, and its later ones.
#[derive(Clone, Debug, Serialize)]
pub struct Badge {
    /// The state on the build's day.
    pub state: Option<State>,
    /// The status that its author set; a draft stays a draft on every day.
    pub status: Status,
    /// Its later states if nobody touches a file, each after its day: `2027-01-05 due-soon 2027-02-05 overdue`. Empty
    /// where the portal shows one day only.
    pub later: String,
    /// Whether what it depends on has changed since it was last approved or reviewed.
    pub suspect: bool,
}

/// A document as other pages name it.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentLink {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its page, or a section of it.
    pub url: String,
    /// Its type.
    pub kind: Shared<Named>,
    /// Its state; nothing for a page, which is not under document control.
    pub badge: Option<Badge>,
    /// The language of its title when it is not the portal's, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A clause as other pages name it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClauseLink {
    /// Number, with its standard's name before it when that is not the main one.
    pub number: String,
    /// Title; empty for a clause that has none.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Its verdict; nothing for a clause that carries no duty.
    pub verdict: Option<Verdict>,
    /// The language of its title when it is not the portal's, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<&'static str>,
}

/// An item of documented information.
#[derive(Clone, Debug, Serialize)]
pub struct ItemRow {
    /// Its name in `provides`, such as `change-management-policy`.
    pub id: String,
    /// What it is.
    pub name: String,
    /// The clause that wants it.
    pub clause: ClauseLink,
    /// A document to maintain or a record to retain.
    pub keep: Retention,
    /// Required by the standard, or commonly expected.
    pub basis: Basis,
    /// Whether it is needed only once the situation arises.
    pub conditional: bool,
    /// Whether it is known from one source only.
    pub unverified: bool,
    /// Its verdict.
    pub verdict: Option<ItemVerdict>,
    /// Why it is not needed, or why it is stale; one sentence.
    pub reason: Option<String>,
    /// Services and suppliers that should have it and do not.
    pub without: Vec<Link>,
    /// The documents that say they are this item.
    pub documents: Vec<Shared<DocumentLink>>,
}

/// Services and locations that a filter offers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartyFilters {
    /// Names of services.
    pub services: Vec<String>,
    /// Names of locations.
    pub locations: Vec<String>,
}

/// Which services and locations a document is about, as indexes in [`PartyFilters`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// Services.
    pub services: Vec<usize>,
    /// Locations.
    pub locations: Vec<usize>,
}

/// The way to the pages before and after this one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    /// The page before.
    pub previous: Option<Step>,
    /// The page after.
    pub next: Option<Step>,
}

/// The files that have the rows of a list in several parts, one each.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RowFiles {
    /// Their paths up to the number, which `.js` follows.
    pub before: String,
    /// How many there are, counted from 1.
    pub count: usize,
}

/// One part of a long list, and the way to the others.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pagination {
    /// Number of this part, from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
    /// The first thing on this part, counted from 1 over all parts.
    pub first: usize,
    /// The last thing on this part.
    pub last: usize,
    /// How many things there are in all.
    pub total: usize,
    /// Which of the linked parts is this one, counted from 1.
    pub current: usize,
    /// Parts to go to, in words that tell them apart (`1`, or `4–6`): all of a few, of many those that lead to the rest.
    pub parts: Vec<Link>,
}
