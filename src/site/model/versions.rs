//! The history of documents and of the handbook.

use serde::Serialize;

use super::common::{DocumentLink, Html, Shared};
use super::frame::Frame;
use super::page;
use crate::date::Date;

/// The versions of a document.
#[derive(Clone, Debug, Serialize)]
pub struct VersionsPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The versions, starting with the current one.
    pub rows: Vec<VersionRow>,
    /// The page with the changes from the previous version.
    pub redline: Option<String>,
    /// The page of the previous version.
    pub before: Option<String>,
}

page!(VersionsPage, "versions.html", |page| format!("the versions of {}", page.document.id));

/// A version of a document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct VersionRow {
    /// The version.
    pub version: String,
    /// Whether it is the current one.
    pub current: bool,
    /// The date of approval.
    pub on: Option<Date>,
    /// The approver.
    pub approver: Option<String>,
    /// The summary of the change.
    pub summary: Option<String>,
    /// The proof of its text: `digest`, `git` or `none`.
    pub proof: &'static str,
    /// The reason if there is no proof.
    pub reason: Option<String>,
    /// The commit that introduced it, abbreviated.
    pub commit: Option<String>,
    /// The date of that commit.
    pub committed: Option<Date>,
    /// The author of that commit.
    pub author: Option<String>,
    /// Whether that commit is signed; the signature is not verified.
    pub signed: bool,
}

/// The changes from the previous version to the current one or, if the current version's text cannot be proved, to
/// today's text.
#[derive(Clone, Debug, Serialize)]
pub struct RedlinePage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The previous version.
    pub old: String,
    /// The current version.
    pub new: String,
    /// The language of the content if it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// Whether the text of the current version is proved and used for the comparison.
    pub proved: bool,
    /// The keys of front matter that changed.
    pub keys: Vec<KeyChange>,
    /// The content, with removed words in `del` and added words in `ins`.
    pub text: Html,
    /// The page of all versions.
    pub versions: String,
}

page!(RedlinePage, "redline.html", |page| format!("the changes of {}", page.document.id));

/// A key of front matter that changed.
#[derive(Clone, Debug, Serialize)]
pub struct KeyChange {
    /// The key.
    pub key: String,
    /// The value, with removed words in `del` and added words in `ins`.
    pub value: Html,
}

/// The page of the previous version.
#[derive(Clone, Debug, Serialize)]
pub struct PastVersionPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The version.
    pub version: String,
    /// The language of the content if it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The version that replaced it.
    pub replaced_by: String,
    /// The date of the replacement.
    pub replaced: Option<Date>,
    /// The content.
    pub body: Html,
    /// The page of all versions.
    pub versions: String,
}

page!(PastVersionPage, "past-version.html", |page| format!("version {} of {}", page.version, page.document.id));

/// The past and forecast coverage.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The chart; `None` if there are fewer than two periods.
    pub picture: Option<HistoryPicture>,
    /// Past periods and the current one, oldest first.
    pub past: Vec<PeriodRow>,
    /// Future periods.
    pub ahead: Vec<PeriodRow>,
    /// The date of the first known commit.
    pub begins: Option<Date>,
    /// Whether the repository has older commits that a shallow clone does not contain.
    pub shallow: bool,
    /// Why the history is not known.
    pub unknown: Option<String>,
}

page!(HistoryPage, "history.html", |_page| "the history of coverage".to_owned());

/// A chart with lines between 34 and 714 from the left, and between 12 and 112 from the top.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HistoryPicture {
    /// The number of covered clauses, in the past and in the forecast.
    pub units: [String; 2],
    /// The number of required items provided, in the past and in the forecast.
    pub items: [String; 2],
    /// The horizontal position of the build's day, in units of the view box.
    pub today: f64,
    /// The dates below the chart, with their positions from the left.
    pub ticks: Vec<(f64, Date)>,
}

/// A period and its figures, or the reason why there are none.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodRow {
    /// The last day.
    pub on: Date,
    /// The commit, abbreviated.
    pub commit: Option<String>,
    /// The figures: documents, units covered, units, items provided, items, out of date, drafts, missing, errors,
    /// overdue documents.
    pub figures: Option<[u32; 10]>,
    /// Whether there was no commit.
    pub no_commit: bool,
    /// Why the handbook of that time cannot be read.
    pub unreadable: Option<String>,
}
