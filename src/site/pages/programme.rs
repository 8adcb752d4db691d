//! The audit programme: when each clause was audited, and all audits.

use std::collections::{BTreeMap, BTreeSet};

use super::audit::audit_period;
use crate::assess::{AuditState, Verdict, find_units};
use crate::config::AuditCycle;
use crate::handbook::EntryIndex;
use crate::id::ClauseKey;
use crate::register::{Audit, Kind};
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url_at;
use crate::site::model::{
    AuditTile, Count, Frame, Grid, GridCell, GridRow, Mark, ProgrammeGroup, ProgrammePage, ProgrammeRow, Tone,
};
use crate::site::portal::Portal;
use crate::site::rows::{group_clauses, top_clauses};
use crate::url::SitePath;

/// The maximum number of audits per part of the list.
const MAX_AUDITS: usize = 200;
/// The maximum number of years shown.
const MAX_YEARS: i16 = 6;

/// The audits of each clause.
type AuditsByClause = BTreeMap<ClauseKey, Vec<EntryIndex>>;

/// The programme, in several parts if there are many audits; empty if there is no register of audits.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let registers = &portal.reading.handbook.registers;
    if !registers.has(Kind::Audits) {
        return Vec::new();
    }
    let parts = ListSlice::split(registers.of_kind(Kind::Audits).count(), MAX_AUDITS);
    parts.into_iter().map(|part| Job::page(part.path(&path()), move |portal| programme(portal, &part))).collect()
}

/// The address of the programme.
pub(super) fn path() -> SitePath {
    layout::own_path("audits/index.html")
}

fn programme(portal: &Portal<'_>, part: &ListSlice) -> ProgrammePage {
    let audits = by_day(portal);
    let by_clause = by_clause(portal, &audits);
    let years = years(portal, &audits);
    let units = units(portal);
    let frame = portal.part_frame(part, &path(), portal.labels.text("pages.audits"), "audits");
    ProgrammePage {
        frame: Frame { registers: true, ..frame },
        lead: lead(portal, units.len()),
        owners: portal.register_owners(&[Kind::Audits]),
        counts: counts(portal, &units),
        other_years: part.number == 1 && has_other_years(portal, &by_clause, &years),
        groups: if part.number == 1 { groups(portal, &by_clause, &years) } else { Vec::new() },
        legend: legend(portal),
        audits: list(portal, &audits[part.range.clone()]),
        pagination: part.pagination(&path()),
        years,
    }
}

fn legend(portal: &Portal<'_>) -> Vec<Mark> {
    let overdue_mark = portal.shows_figures().then_some((Tone::Overdue, "entry_state.overdue"));
    let marks =
        [(Tone::Current, "entry_state.held"), (Tone::Future, "entry_state.planned")].into_iter().chain(overdue_mark);
    marks.map(|(tone, key)| portal.tone(tone, key)).collect()
}

/// All audits, latest first.
fn by_day(portal: &Portal<'_>) -> Vec<EntryIndex> {
    let audit_entries = portal.reading.handbook.registers.of_kind(Kind::Audits);
    let mut audits: Vec<EntryIndex> = audit_entries.map(|(index, _)| index).collect();
    audits.sort_by_key(|index| std::cmp::Reverse((audit_period(portal, *index).map(|days| days.from), *index)));
    audits
}

/// The internal audits of each clause, earliest first.
fn by_clause(portal: &Portal<'_>, audits: &[EntryIndex]) -> AuditsByClause {
    let mut list = AuditsByClause::new();
    for index in audits.iter().rev() {
        let Some(audit) = Audit::from_entry(&portal.entry(*index).entry).filter(|audit| audit.is_internal()) else {
            continue;
        };
        for key in find_units(&portal.reading.standards, audit.entry().clauses()) {
            list.entry(key).or_default().push(*index);
        }
    }
    list
}

fn years(portal: &Portal<'_>, audits: &[EntryIndex]) -> Vec<i16> {
    let is_internal =
        |index: &&EntryIndex| Audit::from_entry(&portal.entry(**index).entry).is_some_and(Audit::is_internal);
    let internal = audits.iter().filter(is_internal);
    let years: BTreeSet<i16> =
        internal.filter_map(|index| Some(audit_period(portal, *index)?.to.year_month_day().0)).collect();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
    // Consecutive years with the present one, so that a year without an audit shows as one.
    let now = portal.assessment.clock.as_of.year_month_day().0;
    let last = (*last).max(now).min(now + MAX_YEARS - 2);
    ((*first).min(now).max(last - MAX_YEARS + 1)..=last).collect()
}

/// Whether internal audits took place in years that are not shown, or are planned for such.
fn has_other_years(portal: &Portal<'_>, by_clause: &AuditsByClause, years: &[i16]) -> bool {
    let year = |index: &EntryIndex| Some(audit_period(portal, *index)?.to.year_month_day().0);
    by_clause.values().flatten().filter_map(year).any(|year| !years.contains(&year))
}

fn units(portal: &Portal<'_>) -> Vec<ClauseKey> {
    let standards = &portal.reading.standards;
    let main = standards.main().into_iter();
    main.flat_map(|main| standards.clauses(main)).filter(|key| requires_audit(portal, *key)).collect()
}

/// Whether a clause counts towards coverage and applies.
fn requires_audit(portal: &Portal<'_>, key: ClauseKey) -> bool {
    portal.reading.standards.is_unit(key) && portal.assessment.clause(key).verdict != Some(Verdict::NotApplicable)
}

fn lead(portal: &Portal<'_>, units: usize) -> String {
    let labels = portal.labels;
    let every = match portal.reading.settings.registers.audits.every {
        AuditCycle::CalendarYear => labels.text("audits.every_year").to_owned(),
        AuditCycle::Every(interval) => portal.interval_text(interval),
    };
    labels.fill("audits.lead", &[("n", &units.to_string()), ("every", &every)])
}

fn counts(portal: &Portal<'_>, units: &[ClauseKey]) -> Vec<Count> {
    let mut numbers: BTreeMap<AuditState, usize> = BTreeMap::new();
    let states = units.iter().filter_map(|key| portal.unit_audit(*key));
    states.for_each(|audit| *numbers.entry(audit.state).or_default() += 1);
    numbers
        .into_iter()
        .map(|(state, number)| Count { number, mark: audit_state(portal, state), ..Count::default() })
        .collect()
}

/// A state of the audit programme as a mark.
pub(super) fn audit_state(portal: &Portal<'_>, state: AuditState) -> Mark {
    let tone = match state {
        AuditState::Audited => Tone::Current,
        AuditState::Due => Tone::DueSoon,
        AuditState::Overdue => Tone::Overdue,
        AuditState::Never => Tone::Retired,
    };
    portal.tone(tone, &format!("audit_state.{}", state.as_str()))
}

fn groups(portal: &Portal<'_>, by_clause: &AuditsByClause, years: &[i16]) -> Vec<ProgrammeGroup> {
    let main = portal.reading.standards.main();
    let tops = main.map_or_else(Vec::new, |main| top_clauses(portal, main));
    let group = |top: &ClauseKey| ProgrammeGroup {
        clause: portal.bare_clause_link(*top),
        rows: group_clauses(portal, *top)
            .into_iter()
            .filter(|key| requires_audit(portal, *key))
            .map(|key| row(portal, key, by_clause.get(&key).map_or(&[], Vec::as_slice), years))
            .collect(),
    };
    tops.iter().map(group).filter(|group| !group.rows.is_empty()).collect()
}

fn row(portal: &Portal<'_>, key: ClauseKey, audits: &[EntryIndex], years: &[i16]) -> ProgrammeRow {
    let in_year = |year: &i16| {
        let of_year =
            |index: &&EntryIndex| audit_period(portal, **index).is_some_and(|days| days.to.year_month_day().0 == *year);
        audits.iter().filter(of_year).filter_map(|index| tile(portal, key, *index)).collect()
    };
    let audited = portal.unit_audit(key);
    ProgrammeRow {
        clause: portal.bare_clause_link(key),
        years: years.iter().map(in_year).collect(),
        since: since_last_audit(portal, key),
        open: audited
            .map(|audit| audit.open.iter().map(|index| portal.entry_link(*index)).collect())
            .unwrap_or_default(),
    }
}

/// The time since the last audit of a clause.
pub(super) fn since_last_audit(portal: &Portal<'_>, key: ClauseKey) -> Mark {
    let Some(audit) = portal.unit_audit(key) else { return Mark::default() };
    let as_of = portal.assessment.clock.as_of;
    let tone = audit_state(portal, audit.state).tone;
    let word = match audit.last {
        Some((last, _)) => portal.labels.count("script.ago", usize::try_from(last.days_until(as_of)).unwrap_or(0)),
        None if audit.hidden.last => return audit_state(portal, audit.state),
        None => portal.labels.text("audits.never").to_owned(),
    };
    Mark { tone, word }
}

fn tile(portal: &Portal<'_>, unit: ClauseKey, index: EntryIndex) -> Option<AuditTile> {
    let placed_entry = portal.entry(index);
    let days = audit_period(portal, index)?;
    let title = format!("{}, {}", placed_entry.id(), portal.days_text(days));
    let mark = portal.entry_mark(index);
    let parts = named_parts(portal, unit, index);
    let (title, mark) = if parts.is_empty() {
        (title, mark)
    } else {
        let word = portal.labels.fill("audits.in_part", &[("state", &mark.word)]);
        // An audit of part of a clause does not complete the clause.
        let tone = if mark.tone == Tone::Current { Tone::Open } else { mark.tone };
        (format!("{title}: {}", parts.join(", ")), Mark { tone, word })
    };
    Some(AuditTile {
        url: url_at(&placed_entry.page, &placed_entry.anchor),
        title,
        month: days.to.year_month_day().1,
        mark,
    })
}

/// The numbers of the parts of a clause that an audit names; empty if it names the whole clause or every part.
fn named_parts(portal: &Portal<'_>, unit: ClauseKey, index: EntryIndex) -> Vec<String> {
    let standards = &portal.reading.standards;
    let clauses = portal.entry(index).entry.clauses().iter();
    let named: BTreeSet<ClauseKey> = clauses.filter_map(|clause| standards.find_reference(&clause.value)).collect();
    let is_named =
        |key: ClauseKey| std::iter::once(key).chain(standards.ancestors(key)).any(|key| named.contains(&key));
    let below = standards.descendants(unit);
    let is_smallest = |key: &ClauseKey| standards.children(*key).is_empty() && !standards.clause(*key).informative;
    let smallest: Vec<ClauseKey> = below.iter().copied().filter(is_smallest).collect();
    if is_named(unit) || smallest.iter().all(|key| is_named(*key)) {
        return Vec::new();
    }
    below.iter().filter(|key| named.contains(key)).map(|key| portal.clause_link(*key).number).collect()
}

/// A table of audits.
fn list(portal: &Portal<'_>, audits: &[EntryIndex]) -> Grid {
    let row = |index: &EntryIndex| {
        let entry = &portal.entry(*index).entry;
        let audit = Audit::from_entry(entry);
        let kind = audit.and_then(Audit::kind).map(|kind| format!("audit_kind.{}", kind.as_str()));
        let report = portal.reference_links(entry.record.references("report"));
        GridRow {
            id: String::new(),
            cells: vec![
                portal.entry_cell(*index),
                GridCell::text(entry.title()),
                GridCell::text(kind.as_deref().map_or("", |kind| portal.labels.text(kind))),
                GridCell::days(audit_period(portal, *index)),
                GridCell::links(portal.clause_refs(entry.clauses())),
                GridCell::mark(portal.entry_mark(*index)),
                GridCell::links(report),
            ],
        }
    };
    Grid {
        label: portal.labels.text("audits.all").to_owned(),
        columns: portal.column_headings(&["id", "audit", "kind", "days", "clauses", "state", "report"]),
        rows: audits.iter().map(row).collect(),
        ..Grid::default()
    }
}
