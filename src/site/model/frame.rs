//! Page frames: everything around a page's own content.

use std::sync::Arc;

use serde::Serialize;

use super::common::{Badge, StepLink};

/// The frame of a page: its address, title and place in the navigation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// The page's own URL, relative to the site's root.
    pub path: String,
    /// The relative path from the page to the site's root: empty, or `../` for each folder.
    pub root: String,
    /// The page's title, for the window and the only first-level heading.
    pub title: String,
    /// What distinguishes the page from others with the same title, such as its part of a long list; for the window
    /// only.
    pub detail: Option<String>,
    /// One sentence for previews and search engines.
    pub description: Option<String>,
    /// The language of the title and content if it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The breadcrumbs between the home page and this page.
    pub crumbs: Vec<StepLink>,
    /// The open or current place in the navigation.
    pub area: Option<Area>,
    /// The documents to show in the open group of the navigation. Only the sidebar's template receives them, since they
    /// would be most of the data passed for each page.
    #[serde(skip)]
    pub neighbourhood: Option<Neighbourhood>,
    /// Whether the page shows pictures that need a separate style sheet.
    pub pictures: bool,
    /// Whether the page shows entries of registers, which need a separate style sheet.
    pub registers: bool,
    /// What the page lacks because files cannot be read.
    pub notices: Vec<String>,
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

/// Documents of the open group in the navigation: all of a small group, or one block of a large one.
///
/// A group's documents are split into blocks, so that pages do not grow with the handbook and the sidebar of a block is
/// rendered only once for all its pages.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbourhood {
    /// The number of the block in its group, from 0.
    pub block: usize,
    /// The block's documents, in the group's order.
    pub documents: Arc<[NavigationDocument]>,
    /// The position of the page being shown; `None` on the page of the group.
    pub current: Option<usize>,
    /// The number of the group's other documents, which are listed on the group's page.
    pub more: usize,
}

/// A document in the navigation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NavigationDocument {
    /// The title.
    pub title: String,
    /// The page.
    pub url: String,
    /// The state with later states, unless it is current.
    pub badge: Option<Badge>,
}
