//! What every page has around its own content.

use std::sync::Arc;

use serde::Serialize;

use super::common::{Badge, Step};

/// What every page has: where it stands, what it is called, and the way back.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The page's own URL, relative to the site's root.
    pub path: String,
    /// The way from the page to the site's root: empty, or `../` once for each folder.
    pub root: String,
    /// The page's title, for the window and for its only first-level heading.
    pub title: String,
    /// One sentence for previews and search engines.
    pub description: Option<String>,
    /// The language of title and text when it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The way from the home page to here, without either end.
    pub crumbs: Vec<Step>,
    /// The place in the navigation that is open or current.
    pub area: Option<Area>,
    /// Neighbours to show in the open place of the navigation, which alone is given them: on every page they would be most
    /// of what the template engine is handed.
    #[serde(skip)]
    pub neighbourhood: Option<Neighbourhood>,
    /// Whether it shows pictures that have a style sheet of their own.
    pub pictures: bool,
    /// Whether it shows entries of registers, which have a style sheet of their own too.
    pub registers: bool,
}

/// A place in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// One of [`super::Site::pages`], by its index.
    Page(usize),
    /// One of [`super::Site::groups`], by its index.
    Group(usize),
}

/// Documents of the open group of the navigation: all of a small one, one block of a large one.
///
/// A group's documents are cut into blocks of at most 40, so that no page grows with the handbook, and so that the
/// sidebar of a block is rendered once for all pages of the block.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbourhood {
    /// Number of the block in its group, from 0.
    pub block: usize,
    /// The block's documents, in the group's order.
    pub documents: Arc<[NavigationDocument]>,
    /// Which of them is the page being shown; nothing on the page of the group.
    pub current: Option<usize>,
    /// How many more the group has; the group's own page lists them.
    pub more: usize,
}

/// A document in the navigation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NavigationDocument {
    /// Title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Its state with the later ones, where that is not current.
    pub badge: Option<Badge>,
}
