//! The context shared by all pages, created once and passed to the theme when it is loaded.

use serde::Serialize;

use super::common::{Html, Link};
use crate::date::Date;

/// The context shared by all pages.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// The handbook's title.
    pub title: String,
    /// The organization that owns the handbook.
    pub organization: Option<String>,
    /// The portal's language, as a BCP 47 tag; also the name of the file with its labels.
    pub lang: String,
    /// Whether to mark English text of Clausebook, such as messages of findings, because the portal is in another
    /// language.
    pub names_english: bool,
    /// The language of labels if it is not the portal's: English, for a language without labels.
    pub labels_lang: Option<String>,
    /// The day to which states and verdicts apply.
    pub as_of: Date,
    /// A sentence with that day for the footer of every page.
    pub standing: Html,
    /// A sentence for parts that still show the build's day when the page shows a later one.
    pub built: Html,
    /// The version of the data for later days; `None` if pages only show the build's day. Only pages that change with
    /// the whole handbook may contain it.
    pub days: Option<String>,
    /// The number of days before its next review from which a document is due soon.
    pub warning_days: u16,
    /// Whether search engines may list the portal.
    pub indexed: bool,
    /// The portal's own pages in the navigation: home, matrix, gaps, register and so on.
    pub pages: Vec<NavigationPage>,
    /// Whether pages show states, verdicts and figures.
    pub figures: bool,
    /// Whether this is an edition, which may leave out parts of the handbook.
    pub edition: bool,
    /// The groups of clauses in the navigation.
    pub groups: Vec<NavigationGroup>,
    /// The sections of the navigation in order; the section `chapters` contains the groups.
    pub sections: Vec<NavigationSection>,
    /// Standards that the handbook uses, the main one first.
    pub standards: Vec<StandardLink>,
    /// Whether the build includes a search index.
    pub searchable: bool,
    /// The address of the script with the handbook-wide data of every page.
    pub whole: String,
    /// The number of files that contain link previews and glossary entries; 0 if there are none.
    pub previews: usize,
    /// The address of the feed of changes.
    pub feed: String,
    /// Colours and logo.
    pub brand: Brand,
    /// The address of the live preview's script; `None` in a build.
    pub preview: Option<String>,
    /// The organization's line in the footer of every page.
    pub note: Option<String>,
    /// Links in the footer of every page: the feed and the assessment.
    pub footer: Vec<Link>,
}

/// An own page in the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationPage {
    /// The key of its label in `pages.*`.
    pub key: String,
    /// The URL.
    pub url: String,
    /// Whether a count is shown beside it, such as the number of gaps. Pages load the count separately, so that they
    /// stay unchanged when it changes.
    pub counted: bool,
}

/// A section of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationSection {
    /// The key of its label in `sections.*`.
    pub key: String,
    /// The links.
    pub links: Vec<NavigationLink>,
    /// The own pages among the links, as indexes into [`Site::pages`].
    pub pages: Vec<usize>,
}

/// A link in a section.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationLink {
    /// The text.
    pub text: String,
    /// The address, relative to the site's root.
    pub url: String,
    /// Whether it leads out of the portal, so that the address is absolute.
    pub outside: bool,
    /// The key of the count beside it, which pages load.
    pub counted: Option<String>,
    /// The own page that it leads to, as an index into [`Site::pages`].
    pub page: Option<usize>,
}

/// A group of clauses in the navigation, or the group of other documents.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationGroup {
    /// The number of the clause, such as `8.6`; empty for other documents.
    pub number: String,
    /// The title.
    pub title: String,
    /// The language of the title if it is not the portal's.
    pub lang: Option<&'static str>,
    /// The page of the group.
    pub url: String,
}

/// A standard that the handbook uses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StandardLink {
    /// The ID in references, such as `iso20000-1`.
    pub id: String,
    /// The name, such as `ISO/IEC 20000-1:2018`.
    pub title: String,
    /// The page that lists its clauses.
    pub url: String,
    /// Whether it is only guidance, so that it does not count towards coverage.
    pub guide: bool,
    /// The address of its statement of applicability, if it allows clauses to be excluded.
    pub applicability: Option<String>,
}

/// An organization's colours and logo.
///
/// A colour is `#rgb` or `#rrggbb`; [`crate::site::theme::brand_css`] refuses anything else.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Brand {
    /// The accent colour on a light background.
    pub accent: Option<String>,
    /// The accent colour on a dark background.
    pub accent_dark: Option<String>,
    /// The address of the logo, an image in the handbook.
    pub logo: Option<String>,
    /// The address of the logo for dark backgrounds.
    pub logo_dark: Option<String>,
}
