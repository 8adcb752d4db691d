//! Pages with little content.

use serde::Serialize;

use super::frame::Frame;
use super::page;

/// The page that servers show for unknown addresses.
///
/// It may be shown at any depth, so its [`Frame::root`] should be the path of the base URL, if there is one.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
}

page!(NotFoundPage, "404.html", |_page| "the page for unknown addresses".to_owned());

/// The search page, which a script fills.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
}

page!(SearchPage, "search.html", |_page| "the search page".to_owned());

/// A page at a former address of a document that redirects to the current one.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectPage {
    /// The page's frame, with the document's title.
    #[serde(skip)]
    pub frame: Frame,
    /// The current address.
    pub target: String,
}

page!(RedirectPage, "redirect.html", |page| format!("the alias {}", page.frame.path));
