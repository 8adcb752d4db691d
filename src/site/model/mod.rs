//! Page models: everything a page shows, as values ready for display.
//!
//! Templates only arrange values and compute none. Before a model is created, words are chosen, figures counted, and
//! lists sorted and truncated. Four conventions apply throughout:
//!
//! - A URL is relative to the site's root, percent-encoded, and names a file (`8.6-resolution/incident.html#scope`).
//!   Templates write `{{ root }}` before it; `root` is [`Frame::root`]. Links inside [`Html`] are already relative to
//!   their page.
//! - A date is a [`crate::date::Date`]; the filter `day` shows it in the portal's language.
//! - An enum is serialized in kebab-case, which is also a key of the labels (`t.state[badge.state]`).
//! - `Option` and empty lists mean that the part is omitted; a template never shows a heading without content.

mod ages;
mod audits;
mod changes;
mod clause;
mod common;
mod coverage;
mod document;
mod entries;
mod forecast;
mod frame;
mod gaps;
mod grid;
mod home;
mod information;
mod listing;
mod map;
mod practices;
mod print;
mod rendered;
mod schedule;
mod site;
mod utility_pages;
mod versions;

pub use crate::assess::{ItemVerdict, State, Verdict};
pub use ages::{AgeColumn, AgeEntry, AgeSegment, AgesPage};
pub use audits::{
    AuditFact, AuditPage, AuditTile, CertificatePage, CycleMark, CyclePicture, Facts, NextVisit, ProgrammeGroup,
    ProgrammePage, ProgrammeRow,
};
pub use changes::{ChangeRow, ChangesPage};
pub use clause::{
    ClauseClaim, ClauseIndexPage, ClausePage, ClauseSection, CrosswalkGroup, CrosswalkPage, CrosswalkRow, LaterReason,
};
pub use common::{
    Badge, ClauseLink, DocumentLink, DocumentParties, Html, ItemRow, KeyedName, Link, Pager, Pagination, PartyFilters,
    Person, RowFiles, Shared, StepLink,
};
pub use coverage::{
    BarSegment, FigureDrop, Figures, MatrixCell, MatrixChip, MatrixColumn, MatrixFilters, MatrixGroup, MatrixPage,
    MatrixRow,
};
pub(crate) use coverage::{hundredths, percentage};
pub use document::{
    AddressedClause, CaveatNote, ClaimChip, Control, DocumentPage, HistoryEntry, PageActions, ProsePage,
    RelatedDocument, Relations, ReviewRecord, SuspicionNote, TocEntry,
};
pub use entries::{
    ClauseAudits, EntriesPage, ManagementReviewPage, NamingEntries, OpenEntries, PartyPage, PlannedReview, ReviewInput,
};
pub use forecast::{ForecastMonth, ForecastPicture};
pub use frame::{Area, Frame, NavigationDocument, Neighbourhood};
pub use gaps::{ClauseGap, FindingRow, FindingsPage, GapsPage, ItemGap, RelatedPlace, SeverityCount};
pub use grid::{
    AgeMeter, CheckLine, Checklist, Count, Grid, GridCell, GridRow, LineValue, Mark, RiskCell, RiskGrid, RiskPicture,
    Tone, ValueLine,
};
pub use home::{
    Attention, AttentionKind, Certificate, GroupCoverage, HeatTile, HomePage, MapRow, RecentChange, StateCount,
};
pub use information::{ApplicabilityPage, ApplicabilityRow, InformationGroup, InformationPage};
pub use listing::{
    IndexEntry, IndexKind, IndexPage, ListPage, ListRow, ListedDocument, RegisterCell, RegisterPage, RegisterRow,
    StateLink, StateTally, Tally,
};
pub use map::{MapCell, MapGroup, MapLine, MapPage, NeighbourDiagram};
pub use practices::{Practice, PracticesPage};
pub use print::{Cover, PrintEntry, PrintGroup, PrintPage, PrintedDocument};
pub use rendered::Rendered;
pub use schedule::{CalendarMonth, CalendarPage, DeadlineGroup, DeadlineListPage, DeadlineRow, ReviewEntry};
pub use site::{Brand, NavigationGroup, NavigationLink, NavigationPage, NavigationSection, Site, StandardLink};
pub use utility_pages::{NotFoundPage, RedirectPage, SearchPage};
pub use versions::{
    HistoryPage, HistoryPicture, KeyChange, PastVersionPage, PeriodRow, RedlinePage, VersionRow, VersionsPage,
};

/// A page of the portal: a model and the template that renders it.
pub trait Page: serde::Serialize {
    /// The template's name, such as `document.html`.
    const TEMPLATE: &'static str;

    /// The page's frame.
    fn frame(&self) -> &Frame;

    /// The page as described in errors to the author of a template, such as `document PRC-INC-001`.
    fn subject(&self) -> String;

    /// The approximate number of bytes by which the page exceeds the usual size.
    fn extra_bytes(&self) -> usize {
        0
    }

    /// The page's tables of entries.
    fn grids(&self) -> Vec<&Grid> {
        Vec::new()
    }

    /// Other parts of the page that may be rendered before templates receive them.
    fn parts(&self) -> Vec<PagePart<'_>> {
        Vec::new()
    }

    /// The page as a document with a control block, if it is one.
    fn as_document(&self) -> Option<&DocumentPage> {
        None
    }
}

/// A part that several pages share: a model and the template that renders it.
pub trait Part: serde::Serialize {
    /// The template's name.
    const TEMPLATE: &'static str;

    /// The part as described in errors to the author of a template.
    fn subject(&self) -> String;

    /// The part as an item of a list of documents, if it is one.
    fn list_item(&self) -> Option<ListItem<'_>> {
        None
    }
}

/// A part of a page that may be rendered before templates receive it.
#[derive(Clone, Copy, Debug)]
pub enum PagePart<'p> {
    /// A list of deadlines.
    Deadlines(&'p Rendered<Vec<DeadlineRow>>),
    /// The facts about an entry.
    Facts(&'p Rendered<Facts>),
}

/// An item of a list of documents.
#[derive(Clone, Copy, Debug)]
pub enum ListItem<'p> {
    /// A document in a list.
    Listed(&'p ListedDocument),
    /// A related document.
    Related(&'p RelatedDocument),
}

/// Implements [`Page`] for a model with a field `frame` and, optionally, tables of entries and other parts.
macro_rules! page {
    (
        $model:ty, $template:literal, |$page:ident| $subject:expr
        $(, |$of:ident| $grids:expr)? $(; |$with:ident| $parts:expr)?
    ) => {
        impl crate::site::model::Page for $model {
            const TEMPLATE: &'static str = $template;

            fn frame(&self) -> &crate::site::model::Frame {
                &self.frame
            }

            fn subject(&self) -> String {
                let $page = self;
                $subject
            }

            $(fn grids(&self) -> Vec<&crate::site::model::Grid> {
                let $of = self;
                $grids
            })?

            $(fn parts(&self) -> Vec<crate::site::model::PagePart<'_>> {
                let $with = self;
                $parts
            })?
        }
    };
}
use page;
