//! The past of a document and of the handbook.

use serde::Serialize;

use super::common::{DocumentLink, Html, Shared};
use super::frame::Frame;
use super::page;
use crate::date::Date;

/// The versions of a document.
#[derive(Clone, Debug, Serialize)]
pub struct VersionsPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// Its versions, the current one first.
    pub rows: Vec<VersionRow>,
    /// The page of what changed from the version before to the text of today.
    pub redline: Option<String>,
    /// The page of the version before.
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
    /// The day of its approval.
    pub on: Option<Date>,
    /// Who approved it.
    pub approver: Option<String>,
    /// What changed, and why.
    pub summary: Option<String>,
    /// What proves its text: `digest`, `git` or `none`.
    pub proof: &'static str,
    /// Why nothing does.
    pub reason: Option<String>,
    /// The commit that brought it, shortened.
    pub commit: Option<String>,
    /// The day of that commit.
    pub committed: Option<Date>,
    /// Who wrote that commit.
    pub author: Option<String>,
    /// Whether it carries a signature, which nobody has verified.
    pub signed: bool,
}

/// What changed from the version before to the current one, or where nothing proves the text of that, to the text of today.
#[derive(Clone, Debug, Serialize)]
pub struct RedlinePage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The version before.
    pub old: String,
    /// The current version.
    pub new: String,
    /// The language of the text when it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// Whether its text is proved, and that is the one which is compared.
    pub proved: bool,
    /// Keys of front matter that changed.
    pub keys: Vec<KeyChange>,
    /// The text, with what is gone in `del` and what came in `ins`.
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
    /// Its value, with what is gone in `del` and what came in `ins`.
    pub value: Html,
}

/// The version before the current one.
#[derive(Clone, Debug, Serialize)]
pub struct PastVersionPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The version.
    pub version: String,
    /// The language of the text when it is not the portal's, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The version that replaced it.
    pub replaced_by: String,
    /// When that was.
    pub replaced: Option<Date>,
    /// Its text.
    pub body: Html,
    /// The page of all versions.
    pub versions: String,
}

page!(PastVersionPage, "past-version.html", |page| format!("version {} of {}", page.version, page.document.id));

/// Past and forecast coverage.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The picture; nothing without two periods.
    pub picture: Option<HistoryPicture>,
    /// Periods that are over, and the one that is not, the oldest first.
    pub past: Vec<PeriodRow>,
    /// Periods to come.
    pub ahead: Vec<PeriodRow>,
    /// The day of the first commit that is known.
    pub begins: Option<Date>,
    /// Whether the repository has older ones that this clone lacks.
    pub shallow: bool,
    /// Why nothing is known of the past.
    pub unknown: Option<String>,
}

page!(HistoryPage, "history.html", |_page| "the history of coverage".to_owned());

/// Lines between 34 and 714 from the left, and between 12 and 112 from the top.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HistoryPicture {
    /// Clauses covered, as they were and as they will be.
    pub units: [String; 2],
    /// Required items provided, likewise.
    pub items: [String; 2],
    /// Where the day of the build is, from the left.
    pub today: f64,
    /// Days below the picture, with their places from the left.
    pub ticks: Vec<(f64, Date)>,
}

/// A period with its figures, or why it has none.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodRow {
    /// Its last day.
    pub on: Date,
    /// The commit, shortened.
    pub commit: Option<String>,
    /// Its figures: documents, units covered, units, items provided, items, stale, drafts, missing, errors, overdue documents.
    pub figures: Option<[u32; 10]>,
    /// Whether nobody committed anything.
    pub no_commit: bool,
    /// Why its handbook cannot be read.
    pub unreadable: Option<String>,
}
