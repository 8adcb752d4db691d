//! How long ago documents were looked at.

use serde::Serialize;

use super::common::{DocumentLink, Person, Shared};
use super::frame::Frame;
use super::page;
use crate::assess::State;
use crate::date::Date;

/// How long ago each document was last approved or reviewed, by quarters of a year; retired documents are left out.
#[derive(Clone, Debug, Serialize)]
pub struct AgesPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// States that occur, those in force first.
    pub states: Vec<State>,
    /// The quarters that have passed, the latest first, then what is older, then what has no date.
    pub columns: Vec<AgeColumn>,
    /// How many documents have a date.
    pub dated: usize,
    /// How many have none.
    pub undated: usize,
    /// The document that was looked at longest ago.
    pub oldest: Option<AgeEntry>,
}

page!(AgesPage, "ages.html", |_page| "the ages of documents".to_owned());

/// Documents of one age.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AgeColumn {
    /// Its anchor, such as `age-3`.
    pub id: String,
    /// Full months that have passed at least; nothing for documents without a date.
    pub from: Option<usize>,
    /// Months that have not passed yet; nothing for the last column.
    pub to: Option<usize>,
    /// Where its bar begins, from the left of a picture that is 100 wide for each column.
    pub x: usize,
    /// Where its bar ends, from the top of a picture whose bars are at most 100 high.
    pub top: f64,
    /// The parts of its bar, from the bottom.
    pub segments: Vec<AgeSegment>,
    /// How many documents are in each state, in the order of the page's states.
    pub counts: Vec<usize>,
    /// How many there are in all.
    pub total: usize,
    /// The documents, the oldest first; not more than a page can show.
    pub entries: Vec<AgeEntry>,
    /// How many more there are.
    pub more: usize,
}

/// A part of a bar.
#[derive(Clone, Debug, Serialize)]
pub struct AgeSegment {
    /// The state of its documents.
    pub state: State,
    /// How many there are.
    pub count: usize,
    /// Its upper side.
    pub y: f64,
    /// Its height.
    pub height: f64,
}

/// A document and when it was last looked at.
#[derive(Clone, Debug, Serialize)]
pub struct AgeEntry {
    /// The last of its approval and its reviews, or a record's date.
    pub on: Option<Date>,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// Who answers for it.
    pub owner: Option<Shared<Person>>,
}
