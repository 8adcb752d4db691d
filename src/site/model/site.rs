//! What all pages share; it is made once and given to the theme when that is loaded.

use serde::Serialize;

use super::common::{Html, Link};
use crate::date::Date;

/// What all pages share.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// The handbook's title.
    pub title: String,
    /// The organization whose handbook it is.
    pub organization: Option<String>,
    /// The portal's language, as a BCP 47 tag; also the name of the file of labels.
    pub lang: String,
    /// Whether English text of Clausebook, such as messages of findings, needs its language: the portal is in another.
    pub names_english: bool,
    /// The day for which states and verdicts hold.
    pub as_of: Date,
    /// That day in a sentence, as every page has it at its foot.
    pub standing: Html,
    /// Which parts show the build's day where the rest shows a later one, in a sentence.
    pub built: Html,
    /// The version of the data by which pages show later days; nothing where they show this day only. Only pages that
    /// change with the whole handbook may hold it.
    pub days: Option<String>,
    /// How many days before its next review a document is due soon.
    pub warning_days: u16,
    /// Whether search engines may list the portal.
    pub indexed: bool,
    /// The portal's own pages in the navigation: home, matrix, gaps, register and so on.
    pub pages: Vec<NavigationPage>,
    /// Whether pages show states, verdicts and figures.
    pub figures: bool,
    /// Whether this is an edition, which may not show everything.
    pub edition: bool,
    /// Clause groups in the navigation.
    pub groups: Vec<NavigationGroup>,
    /// The sections of the navigation in their order; the one called `chapters` holds the groups.
    pub sections: Vec<NavigationSection>,
    /// Standards that the handbook uses, the main one first.
    pub standards: Vec<StandardLink>,
    /// Whether the build made a search index.
    pub searchable: bool,
    /// The script that has what every page shows of the whole handbook.
    pub whole: String,
    /// How many files the link previews and glossary entries are split into; 0 when there are none.
    pub previews: usize,
    /// The feed of changes.
    pub feed: String,
    /// Colours and logo.
    pub brand: Brand,
    /// The script of the live preview; nothing in a build.
    pub preview: Option<String>,
    /// The organization's own line at the foot of every page.
    pub note: Option<String>,
    /// Links at the foot of every page: the assessment, the feed, the calendar file.
    pub footer: Vec<Link>,
}

/// An own page of the portal in the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationPage {
    /// Key of its label in `pages.*` of the labels.
    pub key: String,
    /// Its URL.
    pub url: String,
    /// Whether a figure stands beside it, such as the number of gaps. Pages load it, so that they stay as they are when it
    /// changes.
    pub counted: bool,
}

/// A section of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationSection {
    /// Key of its label in `sections.*`.
    pub key: String,
    /// What it leads to.
    pub links: Vec<NavigationLink>,
    /// Indexes in [`Site::pages`] of the own pages among them.
    pub pages: Vec<usize>,
}

/// A link of a section.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationLink {
    /// Its words.
    pub text: String,
    /// Where it leads, from the site's root.
    pub url: String,
    /// Whether it leads out of the portal, so that the address is complete.
    pub outside: bool,
    /// The key of the figure beside it, which pages load.
    pub counted: Option<String>,
    /// The own page that it leads to, by its index in [`Site::pages`].
    pub page: Option<usize>,
}

/// A clause group in the navigation, or another group of documents.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationGroup {
    /// Number of the clause, such as `8.6`; empty for a group that is none.
    pub number: String,
    /// Title.
    pub title: String,
    /// The language of the title when it is not the portal's.
    pub lang: Option<&'static str>,
    /// The page of the group.
    pub url: String,
}

/// A standard that the handbook uses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StandardLink {
    /// Its name in references, such as `iso20000-1`.
    pub id: String,
    /// Its designation, such as `ISO/IEC 20000-1:2018`.
    pub title: String,
    /// The list of its clauses.
    pub url: String,
    /// Whether it only guides, so that nothing of it is counted.
    pub guide: bool,
    /// Its statement of applicability, when it lets clauses be excluded.
    pub applicability: Option<String>,
}

/// An organization's colours and logo.
///
/// A colour is `#rgb` or `#rrggbb`; [`crate::site::theme::brand_css`] refuses anything else.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Brand {
    /// The accent on a light ground.
    pub accent: Option<String>,
    /// The accent on a dark ground.
    pub accent_dark: Option<String>,
    /// The logo's URL, an image of the handbook's own.
    pub logo: Option<String>,
    /// The logo's URL on a dark ground.
    pub logo_dark: Option<String>,
}
