//! Pictures of how documents refer to each other.

use serde::Serialize;

use super::common::{DocumentLink, Html, Shared};
use super::frame::Frame;
use super::page;

/// A document among its neighbours: those that refer to it to the left, those that it refers to on the right.
///
/// All lengths are in the units of a picture that is 720 wide; a name stands every 22 units, from `top` on.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NeighbourDiagram {
    /// Height of the picture.
    pub height: u32,
    /// Where the document's own box is: its middle.
    pub middle: u32,
    /// Names of the documents that refer to it and that it does not refer to, below each other: markup, because every
    /// page has so many.
    pub before: Html,
    /// Lines from them to the document, as the data of one path.
    pub lines_before: String,
    /// Where the first name on the left stands, less the distance of two names.
    pub top_before: u32,
    /// How many more refer to it.
    pub before_more: usize,
    /// The same of the documents that it refers to.
    pub after: Html,
    /// Lines to them.
    pub lines_after: String,
    /// Where the first name on the right stands, less the distance of two names.
    pub top_after: u32,
    /// How many more it refers to.
    pub after_more: usize,
}

/// How clause groups refer to each other.
#[derive(Clone, Debug, Serialize)]
pub struct MapPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// Groups that have documents, in order, around the circle.
    pub groups: Vec<MapGroup>,
    /// Lines between groups of which one refers to the other, the thinnest first.
    pub lines: Vec<MapLine>,
    /// How many references there are, each document counted once for each that refers to it.
    pub references: usize,
    /// How many of them stay within a group.
    pub within: usize,
    /// The documents that most others refer to.
    pub most: Vec<(Shared<DocumentLink>, usize)>,
}

page!(MapPage, "map.html", |_page| "the map of the handbook".to_owned());

/// A clause group on the map.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MapGroup {
    /// Its number; empty for what belongs to no clause.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The language of the title when it is not the portal's.
    pub lang: Option<&'static str>,
    /// Number and title, cut short.
    pub name: String,
    /// The page that lists its documents.
    pub url: String,
    /// How many documents and pages it has.
    pub documents: usize,
    /// The middle of its circle.
    pub x: f64,
    /// The same, from the top.
    pub y: f64,
    /// The radius of its circle.
    pub radius: f64,
    /// Where its name stands.
    pub name_x: f64,
    /// The same, from the top.
    pub name_y: f64,
    /// Whether the name ends there (`before`), begins there (`after`), or has its middle there (`center`).
    pub side: &'static str,
    /// References from its documents to those of each group, in the order of the groups.
    pub to: Vec<MapCell>,
    /// References from its documents in all.
    pub total: usize,
}

/// References from one group to another.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct MapCell {
    /// How many there are.
    pub count: usize,
    /// How many that is beside the others: 0 for none, then 1 to 5.
    pub level: usize,
    /// Whether it is the group itself.
    pub own: bool,
}

/// A line between two groups.
#[derive(Clone, Debug, Serialize)]
pub struct MapLine {
    /// The data of its path.
    pub path: String,
    /// How strong it is, 1 to 5.
    pub level: usize,
    /// Number or title of the one group.
    pub from: String,
    /// Number or title of the other.
    pub to: String,
    /// References in both directions.
    pub count: usize,
}
