//! The states, verdicts and findings of a handbook on a date, computed only from the handbook, its standards and the
//! date.

mod acknowledgements;
mod applicability;
mod audits;
mod basis;
mod certificate;
mod clauses;
mod contracts;
mod coverage;
mod deadlines;
mod disposal;
mod edition;
mod entries;
mod entry_lists;
mod entry_review;
mod entry_state;
mod external;
mod figures;
mod forecast;
mod independence;
mod inputs;
mod items;
mod measurement;
mod readiness;
mod replacement;
mod reports;
mod shares;
mod state;
mod timeline;
mod verdict;

pub(crate) use acknowledgements::{AcknowledgementCount, count_acknowledgements, names_unknown_version};
pub(crate) use audits::{AuditState, Audits, UnitAudit, find_units};
pub(crate) use basis::{newest_later_day, version_before};
pub(crate) use certificate::{announced_visit, collect_visits, due_visits, next_visit};
pub(crate) use contracts::{MissingContract, items_for};
pub(crate) use coverage::Coverage;
pub(crate) use deadlines::{Deadline, DeadlineKind, DeadlineState, DeadlineSubject};
pub(crate) use edition::WholeAssessment;
pub(crate) use entries::{find_indicator, is_untreated};
pub(crate) use entry_lists::{EntryPage, EntryRank};
pub(crate) use entry_review::next_entry_review;
pub(crate) use entry_state::{EntryLife, EntryState};
pub(crate) use external::{EditionCheck, edition_check};
pub(crate) use figures::Figures;
pub(crate) use forecast::{Forecast, ForecastDay};
pub(crate) use independence::{AuditedScope, IndependenceCache, OwnWork};
pub(crate) use inputs::{CollectedInput, InputSource, ReviewInputs, has_entries};
pub(crate) use items::is_suitable_type;
pub(crate) use measurement::Measurement;
pub(crate) use readiness::{CheckOutcome, ChecklistLine, PlannedVisit, Readiness, ReadinessCheck};
pub(crate) use replacement::can_replace;
pub(crate) use reports::{ReportProblem, evidence_problem, has_report, minutes_problem, report_problem};
pub(crate) use shares::Share;
pub(crate) use state::Life;
pub use state::{Clock, State};
pub(crate) use state::{is_changed, last_attestation, lives, unversioned_approval};
pub(crate) use timeline::{Series, Timeline, compute_timeline};
pub(crate) use verdict::{ClaimRef, ClauseAssessment, ItemAssessment, Provider};
pub use verdict::{ItemVerdict, Verdict};

use std::sync::OnceLock;

use applicability::Applicability;
use entry_lists::EntryLists;

use crate::finding::{Finding, Severity, WaivedFinding};
use crate::handbook::{DocumentIndex, Reading};
use crate::id::{ClauseKey, ItemKey};
use crate::name::Spellings;

/// All states, verdicts and findings of a handbook on a date.
#[derive(Debug)]
pub struct Assessment {
    /// The date, and the warning period.
    pub(crate) clock: Clock,
    /// The life of each document, in the handbook's order.
    pub(crate) lives: Vec<Life>,
    /// Clauses by standard, in the standards' order.
    pub(crate) clauses: Vec<Vec<ClauseAssessment>>,
    /// Items of documented information by standard, in the standards' order.
    pub(crate) items: Vec<Vec<ItemAssessment>>,
    /// The life of each register entry, in the handbook's order; `None` for an entry that did not exist yet.
    pub(crate) entries: Vec<Option<EntryLife>>,
    /// The lists of entries that share pages, sorted on first use.
    pub(crate) entry_lists: OnceLock<EntryLists>,
    /// The audits of each coverage unit, or `None` without a register of audits.
    pub(crate) audits: Option<Audits>,
    /// All deadlines, by day, then by ID.
    pub(crate) deadlines: Vec<Deadline>,
    /// The findings that are not waived, by place.
    pub findings: Vec<Finding>,
    /// The waived findings, by place.
    pub(crate) waived: Vec<WaivedFinding>,
    /// The figures at the top of every report.
    pub(crate) figures: Figures,
    /// The assessment of the whole handbook, if this is an edition of it.
    pub(crate) whole: Option<Box<WholeAssessment>>,
}

/// A handbook as read, with its assessment: the input of rules, reports and pages.
#[derive(Clone, Copy, Debug)]
pub struct Assessed<'a> {
    /// The handbook as read.
    pub reading: &'a Reading,
    /// States, verdicts, figures and, once judged, findings.
    pub assessment: &'a Assessment,
}

/// Computes the states, verdicts and figures of a handbook on a date. There are no findings until it is judged
/// (`judge::judge`).
///
/// If an edition leaves something out, the states, verdicts, deadlines and figures are still those of the whole
/// handbook: a clause addressed by a withheld document is not missing.
pub fn assess(reading: &Reading, clock: Clock) -> Assessment {
    let names = &reading.handbook.names;
    match &reading.full_handbook {
        Some(full_reading) => {
            let assessment = assess_all(full_reading, clock, names);
            WholeAssessment::new(&reading.handbook, &full_reading.handbook, assessment).into_edition(reading)
        }
        None => assess_all(reading, clock, names),
    }
}

/// Assesses a whole handbook. `names` gives the spelling of people and roles.
fn assess_all(reading: &Reading, clock: Clock, names: &Spellings) -> Assessment {
    let Reading { settings, standards, handbook, .. } = reading;
    let lives = lives(handbook, clock);
    let applicability = Applicability::from_settings(settings, standards);
    let clauses = clauses::assess_clauses(reading, &lives, &applicability);
    let items = items::assess_items(reading, &lives, clock.as_of, &applicability);
    let figures = figures::count_figures(handbook, standards, &clauses, &items);
    let state = |document: DocumentIndex| lives[document.at()].state;
    let entries = entries::assess_entries(reading, clock, &state);
    let audits = audits::gather_audits(reading, &entries, clock, &applicability);
    let (findings, waived, deadlines, whole, entry_lists) = Default::default();
    let assessment = Assessment {
        clock,
        lives,
        clauses,
        items,
        entries,
        entry_lists,
        audits,
        deadlines,
        findings,
        waived,
        figures,
        whole,
    };
    Assessment { deadlines: deadlines::gather_deadlines(reading, &assessment, names), ..assessment }
}

impl Assessment {
    /// The life of a document.
    pub(crate) fn life(&self, document: DocumentIndex) -> &Life {
        &self.lives[document.at()]
    }

    /// The state of a document.
    pub(crate) fn state(&self, document: DocumentIndex) -> State {
        self.life(document).state
    }

    /// The assessment of a clause.
    pub(crate) fn clause(&self, key: ClauseKey) -> &ClauseAssessment {
        &self.clauses[key.standard.at()][key.clause.at()]
    }

    /// The assessment of an item.
    pub(crate) fn item(&self, key: ItemKey) -> &ItemAssessment {
        &self.items[key.standard.at()][key.item.at()]
    }

    /// The number of findings of this severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
