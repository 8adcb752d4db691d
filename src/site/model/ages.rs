//! The time since documents were last approved or reviewed.

use serde::Serialize;

use super::common::{DocumentLink, Person, Shared};
use super::frame::Frame;
use super::page;
use crate::assess::State;
use crate::date::Date;

/// The time since the last approval or review of each document, by quarters of a year. Retired documents are left out.
#[derive(Clone, Debug, Serialize)]
pub struct AgesPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The states that occur, those in force first.
    pub states: Vec<State>,
    /// One column per quarter, most recent first, then one for older documents and one for documents without a date.
    pub columns: Vec<AgeColumn>,
    /// The number of documents with a date.
    pub dated: usize,
    /// The number of documents without a date.
    pub undated: usize,
    /// The document with the oldest approval or review.
    pub oldest: Option<AgeEntry>,
}

page!(AgesPage, "ages.html", |_page| "the ages of documents".to_owned());

/// Documents of the same age.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AgeColumn {
    /// The column's anchor, such as `age-3`.
    pub id: String,
    /// The minimum age in full months; `None` for documents without a date.
    pub from: Option<usize>,
    /// The age in full months that is not reached; `None` for older documents and for documents without a date.
    pub to: Option<usize>,
    /// The left edge of its bar, in a picture with a width of 100 per column.
    pub x: usize,
    /// The top edge of its bar, in a picture whose bars are up to 100 high.
    pub top: f64,
    /// The segments of its bar, from the bottom.
    pub segments: Vec<AgeSegment>,
    /// The number of documents in each state, in the order of the page's states.
    pub counts: Vec<usize>,
    /// The total number of documents.
    pub total: usize,
    /// The documents, oldest first, up to the maximum for a page.
    pub entries: Vec<AgeEntry>,
    /// The number of further documents.
    pub more: usize,
}

/// A segment of a bar.
#[derive(Clone, Debug, Serialize)]
pub struct AgeSegment {
    /// The state of its documents.
    pub state: State,
    /// The number of documents.
    pub count: usize,
    /// The top edge.
    pub y: f64,
    /// The height, in units of the view box.
    pub height: f64,
}

/// A document and the date of its last approval or review.
#[derive(Clone, Debug, Serialize)]
pub struct AgeEntry {
    /// The date of the last approval or review, or the date of a record.
    pub on: Option<Date>,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The document's owner.
    pub owner: Option<Shared<Person>>,
}
