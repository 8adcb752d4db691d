//! Pictures of references between documents.

use serde::Serialize;

use super::common::{DocumentLink, Html, Shared};
use super::frame::Frame;
use super::page;

/// A diagram of a document and its neighbours: those that refer to it on the left, those that it refers to on the
/// right.
///
/// All lengths are in units of a picture with a width of 720. Names are 22 units apart; the first name of a
/// side is 22 units below its `top_before` or `top_after`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NeighbourDiagram {
    /// The height of the picture, in units of the view box.
    pub height: u32,
    /// The vertical middle of the document's box, in units of the view box.
    pub middle: u32,
    /// The names of documents that refer to it and that it does not refer to, as one piece of markup, because every
    /// page has many.
    pub before: Html,
    /// The lines from these documents, as the data of a single path.
    pub lines_before: String,
    /// The position of the first name on the left, minus the distance between names, in units of the view box.
    pub top_before: u32,
    /// The number of further documents that refer to it.
    pub before_more: usize,
    /// The names of the documents that it refers to, as markup.
    pub after: Html,
    /// The lines to these documents, as the data of a single path.
    pub lines_after: String,
    /// The position of the first name on the right, minus the distance between names, in units of the view box.
    pub top_after: u32,
    /// The number of further documents that it refers to.
    pub after_more: usize,
}

/// The map of references between groups of clauses.
#[derive(Clone, Debug, Serialize)]
pub struct MapPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The groups with documents, in order around the circle.
    pub groups: Vec<MapGroup>,
    /// Lines between groups with references, thinnest first.
    pub lines: Vec<MapLine>,
    /// The number of references; several links from one document to another count as one.
    pub references: usize,
    /// The number of references within a group.
    pub within: usize,
    /// The documents with the most references to them, and the number of these.
    pub most_referenced: Vec<(Shared<DocumentLink>, usize)>,
}

page!(MapPage, "map.html", |_page| "the map of the handbook".to_owned());

/// A group of clauses on the map.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MapGroup {
    /// The number of the clause; empty for the group of documents without clauses.
    pub number: String,
    /// The title.
    pub title: String,
    /// The language of the title if it is not the portal's.
    pub lang: Option<&'static str>,
    /// The number and title, truncated.
    pub name: String,
    /// The page that lists its documents.
    pub url: String,
    /// The number of documents and pages.
    pub documents: usize,
    /// The horizontal centre of its circle.
    pub x: f64,
    /// The vertical centre of its circle.
    pub y: f64,
    /// The radius of its circle.
    pub radius: f64,
    /// The horizontal position of its name, in units of the view box.
    pub name_x: f64,
    /// The vertical position of its name, in units of the view box.
    pub name_y: f64,
    /// Whether the name ends at its position (`before`), starts there (`after`) or is centred (`center`).
    pub side: &'static str,
    /// References from its documents to each group, in the order of groups.
    pub to: Vec<MapCell>,
    /// The number of references from its documents.
    pub total: usize,
}

/// The references from one group to another.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct MapCell {
    /// The number of references.
    pub count: usize,
    /// The number relative to other cells: 0 for none, then 1 to 5.
    pub level: usize,
    /// Whether both groups are the same.
    pub own: bool,
}

/// A line between two groups.
#[derive(Clone, Debug, Serialize)]
pub struct MapLine {
    /// The data of its path.
    pub path: String,
    /// The thickness, from 1 to 5.
    pub level: usize,
    /// The number or title of one group.
    pub from: String,
    /// The number or title of the other group.
    pub to: String,
    /// The number of references in both directions.
    pub count: usize,
}
