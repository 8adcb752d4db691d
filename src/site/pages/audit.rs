//! The pages of audits: scope, findings and later changes.

use std::collections::BTreeSet;

use super::entry_grids::{actions, findings_of_audit};
use crate::assess::{AuditedScope, IndependenceCache, OwnWork, find_units};
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex};
use crate::id::{ClauseKey, ClauseRef};
use crate::place::Located;
use crate::placeholder::names_only_persons_or_roles;
use crate::register::{Audit, Kind, Period};
use crate::site::entries::join_names;
use crate::site::job::Job;
use crate::site::model::{AuditFact, AuditPage, Frame, Grid, GridCell, GridRow, Link, Tone};
use crate::site::portal::Portal;

/// The maximum number of rows per list.
pub(super) const MAX_ROWS: usize = 200;
/// The maximum number of later changes listed for an internal audit once each of its clauses has been audited again.
/// The later audit's page lists what matters; with full lists on both, the total size would grow with documents times
/// audits.
const MAX_CHANGES_AFTER_REAUDIT: usize = 25;

/// A page for each audit.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let audits = portal.reading.handbook.registers.of_kind(Kind::Audits);
    audits
        .map(|(index, placed_entry)| Job::page(placed_entry.page.clone(), move |portal| page(portal, index)))
        .collect()
}

/// The dates on which an audit was held or, if it has not been, on which it is planned.
pub(super) fn audit_period(portal: &Portal<'_>, index: EntryIndex) -> Option<Period> {
    let audit = Audit::from_entry(&portal.entry(index).entry)?;
    audit.held(portal.assessment.clock.as_of).or_else(|| audit.planned())
}

fn page(portal: &Portal<'_>, index: EntryIndex) -> AuditPage {
    let placed_entry = portal.entry(index);
    let title = format!("{} {}", placed_entry.id(), placed_entry.entry.title());
    let is_known = |entry: &EntryIndex| portal.assessment.entry(*entry).is_some();
    let finding_indexes: Vec<EntryIndex> =
        portal.reading.handbook.audit_nonconformities(index).into_iter().filter(is_known).collect();
    let programme = Link { text: portal.labels.text("pages.audits").to_owned(), url: "audits/index.html".to_owned() };
    let frame = portal.frame(&placed_entry.page, title, "audits");
    AuditPage {
        frame: Frame { registers: true, crumbs: vec![programme.into()], ..frame },
        id: placed_entry.id().to_owned(),
        mark: portal.entry_mark(index),
        facts: facts(portal, index).into(),
        note: portal.entry_note(index, &placed_entry.page),
        results: results(portal, index),
        findings: findings_of_audit(portal, portal.labels.text("registers.findings"), &finding_indexes)
            .at_most(MAX_ROWS),
        no_findings: portal.labels.text(no_findings(portal)).to_owned(),
        changed: changes_since_audit(portal, index),
        actions: actions(portal, portal.labels.text("registers.actions"), &[index]).at_most(MAX_ROWS),
    }
}

/// The label shown in place of findings. If some cannot be read, it does not say that there are none.
fn no_findings(portal: &Portal<'_>) -> &'static str {
    if portal.reading.handbook.registers.may_lack_findings() { "audits.findings_unread" } else { "audits.no_findings" }
}

fn facts(portal: &Portal<'_>, index: EntryIndex) -> Vec<(String, AuditFact)> {
    let placed_entry = portal.entry(index);
    let entry = &placed_entry.entry;
    let Some(audit) = Audit::from_entry(entry) else { return Vec::new() };
    let as_of = portal.assessment.clock.as_of;
    let text = |text: String| AuditFact { text, ..AuditFact::default() };
    let days = |days: Option<Period>| AuditFact {
        day: days.map(|days| days.from),
        until: days.map(|days| days.to),
        ..AuditFact::default()
    };
    let links = |links: Vec<Link>| AuditFact { links, ..AuditFact::default() };
    let kind = audit.kind().map(|kind| portal.labels.text(&format!("audit_kind.{}", kind.as_str())).to_owned());
    let report = portal.reference_links(entry.record.references("report"));
    let owner = portal.document_link(placed_entry.owner);
    [
        ("registers.kind", text(kind.unwrap_or_default())),
        ("audits.held", days(audit.held(as_of))),
        ("audits.planned", days(audit.planned())),
        ("audits.scope", links(portal.clause_refs(entry.clauses()))),
        ("audits.locations", text(join_names(entry.record.names("locations")))),
        ("audits.auditors", text(auditors(portal, audit))),
        ("audits.independence", text(independence(portal, audit))),
        ("registers.report", links(report)),
        ("registers.document", links(portal.reference_links(entry.record.references("documents")))),
        ("entries.column.services", links(portal.party_links(Kind::Services, entry.record.names("services")))),
        ("registers.source", links(portal.reference_links(entry.record.references("source")))),
        ("registers.owner", text(join_names(entry.owners()))),
        (
            "entries.register_of",
            links(vec![Link { text: format!("{} {}", owner.id, owner.title), url: owner.url.clone() }]),
        ),
    ]
    .into_iter()
    .filter(|(_, fact)| !fact.text.is_empty() || fact.day.is_some() || !fact.links.is_empty())
    .map(|(key, fact)| (portal.labels.text(key).to_owned(), fact))
    .collect()
}

/// The auditors, each with their clauses; for an internal audit that was held without any, that nobody
/// is named.
fn auditors(portal: &Portal<'_>, audit: Audit<'_>) -> String {
    let name = |(auditor, clauses): (&Located<String>, &[Located<ClauseRef>])| {
        let clauses: Vec<String> = clauses.iter().map(|clause| clause.value.to_string()).collect();
        if clauses.is_empty() { auditor.value.clone() } else { format!("{} ({})", auditor.value, clauses.join(", ")) }
    };
    let names: Vec<String> = audit.auditors().map(name).collect();
    let is_held = audit.held(portal.assessment.clock.as_of).is_some();
    if names.is_empty() && audit.is_internal() && is_held {
        return portal.labels.text("audits.no_auditor").to_owned();
    }
    names.join("; ")
}

/// Whether the auditors of an internal audit own or wrote documents on the clauses they audited. Empty in editions that
/// do not show all documents.
fn independence(portal: &Portal<'_>, audit: Audit<'_>) -> String {
    if !audit.is_internal() || portal.reading.settings.is_limited() {
        return String::new();
    }
    let held = audit.held(portal.assessment.clock.as_of).map(|held| held.to);
    let assessed = portal.assessed();
    let mut independence = IndependenceCache::default();
    let mut sentences = Vec::new();
    // A placeholder is nobody whose work could be judged.
    for (auditor, clauses) in audit.assignments().filter(|(auditor, _)| names_only_persons_or_roles(&auditor.value)) {
        let own_work = independence.own_work(&assessed, &auditor.value, AuditedScope { clauses, held });
        if own_work.is_empty() {
            sentences.push(portal.labels.fill("audits.no_own_work", &[("who", &auditor.value)]));
        }
        for OwnWork { person, documents } in own_work {
            let documents: Vec<String> =
                documents.iter().map(|(own, _)| portal.document_link(*own).id.clone()).collect();
            let parts = [("who", person), ("documents", &*documents.join(", "))];
            sentences.push(portal.labels.fill("audits.own_work", &parts));
        }
    }
    sentences.join("; ")
}

fn results(portal: &Portal<'_>, index: EntryIndex) -> Grid {
    let audit = Audit::from_entry(&portal.entry(index).entry);
    let row = |(clause, result): (&Located<ClauseRef>, &Located<_>)| {
        let result_links = portal.reference_links(std::slice::from_ref(result));
        let conforms = result.value.conforms();
        GridRow {
            id: String::new(),
            cells: vec![
                GridCell::links(portal.clause_refs(std::slice::from_ref(clause))),
                if conforms {
                    GridCell::mark(portal.tone(Tone::Current, "registers.conforms"))
                } else {
                    GridCell::links(result_links)
                },
            ],
        }
    };
    Grid {
        label: portal.labels.text("audits.results").to_owned(),
        columns: portal.column_headings(&["clause", "result"]),
        rows: audit.into_iter().flat_map(Audit::results).map(row).collect(),
        ..Grid::default()
    }
    .at_most(MAX_ROWS)
}

/// Documents that claim clauses of the audit and were approved after it.
fn changes_since_audit(portal: &Portal<'_>, index: EntryIndex) -> Grid {
    let as_of = portal.assessment.clock.as_of;
    let audit = Audit::from_entry(&portal.entry(index).entry);
    let held = audit.and_then(|audit| Some((audit, audit.held(as_of)?.to)));
    let Some((audit, held_until)) = held else { return change_grid(portal, &[], MAX_ROWS) };
    let units = find_units(&portal.reading.standards, audit.entry().clauses());
    let max_rows = if is_reaudited(portal, index, audit, &units) { MAX_CHANGES_AFTER_REAUDIT } else { MAX_ROWS };
    change_grid(portal, &approved_since(portal, &units, held_until), max_rows)
}

/// Whether each clause of an internal audit has a later audit.
fn is_reaudited(portal: &Portal<'_>, index: EntryIndex, audit: Audit<'_>, units: &[ClauseKey]) -> bool {
    let is_other = |key: &ClauseKey| {
        portal.unit_audit(*key).is_some_and(|unit| unit.last.as_ref().is_some_and(|(_, last)| *last != index))
    };
    audit.is_internal() && units.iter().all(is_other)
}

/// A table of documents and their dates of approval, limited to `max_rows` rows.
pub(super) fn change_grid(portal: &Portal<'_>, changes: &[(Date, DocumentIndex)], max_rows: usize) -> Grid {
    let row = |(on, document): &(Date, DocumentIndex)| {
        let link = portal.document_link(*document);
        let front = portal.document(*document).front();
        let version = front.and_then(|front| front.version.as_ref()).map(|text| text.value.clone());
        let cells = vec![
            GridCell { url: link.url.clone(), ..GridCell::text(format!("{} {}", link.id, link.title)) },
            GridCell::text(version.unwrap_or_default()),
            GridCell::day(Some(*on)),
        ];
        GridRow { id: String::new(), cells }
    };
    Grid {
        label: portal.labels.text("audits.changed").to_owned(),
        columns: portal.column_headings(&["document", "version", "approved"]),
        rows: changes.iter().take(max_rows).map(row).collect(),
        hidden_count: changes.len().saturating_sub(max_rows),
        ..Grid::default()
    }
}

/// Documents that claim one of these clauses and were approved after a day, latest first.
pub(super) fn approved_since(portal: &Portal<'_>, clauses: &[ClauseKey], since: Date) -> Vec<(Date, DocumentIndex)> {
    let as_of = portal.assessment.clock.as_of;
    let claims = clauses.iter().flat_map(|key| &portal.assessment.clause(*key).claims);
    let documents: BTreeSet<DocumentIndex> = claims.map(|claim| claim.document).collect();
    let approved = |index: &DocumentIndex| {
        let front = portal.document(*index).front()?;
        Some(front.approved.as_ref()?.value).filter(|on| *on > since && *on <= as_of)
    };
    let mut list: Vec<(Date, DocumentIndex)> =
        documents.into_iter().filter_map(|index| Some((approved(&index)?, index))).collect();
    list.sort_by_key(|(on, index)| (std::cmp::Reverse(*on), *index));
    list
}
