//! Pages with little of their own.

use serde::Serialize;

use super::frame::Frame;
use super::page;

/// What a server shows for an address that leads nowhere.
///
/// It is shown at any depth, so its [`Frame::root`] should be the path of the base URL where one is set.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
}

page!(NotFoundPage, "404.html", |_page| "the page for unknown addresses".to_owned());

/// The search page; a script fills it.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
}

page!(SearchPage, "search.html", |_page| "the search page".to_owned());

/// A page at a document's earlier address, which leads to the new one.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectPage {
    /// What every page has; the title is the document's.
    #[serde(skip)]
    pub frame: Frame,
    /// The new address.
    pub target: String,
}

page!(RedirectPage, "redirect.html", |page| format!("the alias {}", page.frame.path));
