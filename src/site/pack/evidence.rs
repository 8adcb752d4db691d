//! Sections of a pack with evidence: audits, reviews, changes and open items.

use std::collections::BTreeSet;

use super::context::Pack;
use super::documents::version;
use super::lists::{column, document_line};
use super::page::{CellLine, PackPage, PageCell, PageRow};
use super::redlines::RedlineOutcome;
use super::registers::{EntryTable, reference};
use crate::assess::DeadlineState;
use crate::date::Date;
use crate::finding::{Finding, WaivedFinding};
use crate::handbook::EntryIndex;
use crate::place::Located;
use crate::register::{Action, Audit, AuditKind, Effect, EffectResult, Kind, Nonconformity, Period, Reference};
use crate::site::changes::{DatedChange, newest};
use crate::site::deadlines::NO_DAY;
use crate::site::entries::join_names;

fn format_period(pack: &Pack<'_, '_>, period: Option<Period>) -> String {
    match period {
        Some(Period { from, to }) if from == to => from.to_string(),
        Some(Period { from, to }) => {
            pack.portal.labels.fill("pack.period", &[("from", &from.to_string()), ("to", &to.to_string())])
        }
        None => String::new(),
    }
}

pub(super) fn state(pack: &Pack<'_, '_>, index: EntryIndex) -> String {
    pack.portal.entry_mark(index).word
}

/// Writes the audit programme and the findings of audits.
pub(super) fn write_audits(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let portal = pack.portal;
    let as_of = portal.assessment.clock.as_of;
    write_unread(pack, page, &[Kind::Audits, Kind::Nonconformities]);
    page.heading(2, "audits", portal.labels.text("entries.kind.audits"));
    let row = |index: EntryIndex| {
        let entry = &portal.entry(index).entry;
        let audit = Audit::from_entry(entry)?;
        let clauses: Vec<String> = entry.clauses().iter().map(|clause| clause.value.to_string()).collect();
        let auditors: Vec<&str> = audit.auditors().map(|(auditor, _)| auditor.value.as_str()).collect();
        let id = portal.entry(index).id();
        let row = PageRow::with_anchor(
            id,
            vec![
                PageCell::text(format!("{id} {}", entry.title())),
                PageCell::text(audit.kind().map_or_else(String::new, |kind| audit_kind(pack, kind))),
                PageCell::text(format_period(pack, audit.planned())),
                PageCell::text(format_period(pack, audit.held(as_of))),
                PageCell::text(clauses.join(", ")),
                PageCell::text(auditors.join(", ")),
                PageCell(references(pack, entry.record.references("report"))),
                PageCell(audit_findings(pack, index)),
                PageCell::text(state(pack, index)),
            ],
        );
        Some((index, row))
    };
    let rows = portal.known_entries(Kind::Audits).into_iter().filter_map(row).collect();
    let columns = ["audit", "kind", "planned", "held", "clauses", "auditors", "report", "findings", "state"];
    let heads = entry_heads(pack, &columns);
    EntryTable { heads, rows, columns: &columns, empty_text: &empty_text(pack, Kind::Audits) }.write(pack, page);
    page.heading(2, "findings", &pack.label("column.findings"));
    let row = |index| nonconformity_row(pack, index);
    let rows = portal.known_entries(Kind::Nonconformities).into_iter().filter_map(row).collect();
    let columns =
        ["finding", "grade", "source", "clauses", "owner", "cause", "actions", "due", "closed", "effected", "state"];
    let heads = entry_heads(pack, &columns);
    EntryTable { heads, rows, columns: &columns, empty_text: &empty_text(pack, Kind::Nonconformities) }
        .write(pack, page);
}

/// Writes a warning for each register of which some entries of these kinds cannot be read.
pub(super) fn write_unread(pack: &Pack<'_, '_>, page: &mut PackPage, kinds: &[Kind]) {
    pack.portal.unread_notices(kinds).iter().for_each(|notice| page.warn(notice));
}

/// The text of a table without rows.
fn empty_text(pack: &Pack<'_, '_>, kind: Kind) -> String {
    let is_unread = pack.portal.reading.handbook.registers.may_lack(kind);
    pack.label(if is_unread { "nothing_readable" } else { "no_register" })
}

/// The findings of an audit, each with its state; if some cannot be read, it does not say that there are none.
fn audit_findings(pack: &Pack<'_, '_>, audit: EntryIndex) -> Vec<CellLine> {
    let portal = pack.portal;
    let nonconformities = portal.reading.handbook.audit_nonconformities(audit);
    let is_known = |index: &EntryIndex| portal.assessment.entry(*index).is_some();
    let piece = |index: EntryIndex| {
        let text = format!("{} ({})", portal.entry(index).id(), state(pack, index));
        CellLine { text, target: Some(pack.entry_address(index)) }
    };
    let lines: Vec<CellLine> = nonconformities.into_iter().filter(is_known).map(piece).collect();
    if lines.is_empty() && portal.reading.handbook.registers.may_lack_findings() {
        return vec![CellLine::plain(portal.labels.text("audits.findings_unread").to_owned())];
    }
    lines
}

fn audit_kind(pack: &Pack<'_, '_>, kind: AuditKind) -> String {
    pack.portal.labels.text(&format!("audit_kind.{}", kind.as_str())).to_owned()
}

/// The column headings of a table of entries.
fn entry_heads(pack: &Pack<'_, '_>, keys: &[&str]) -> Vec<String> {
    let head = |key: &&str| match *key {
        "audit" => "registers.audit".to_owned(),
        "review" => "registers.review".to_owned(),
        "finding" => "pack.column.found".to_owned(),
        "effected" => "entries.column.effect".to_owned(),
        "findings" => "pack.column.findings".to_owned(),
        key => format!("entries.column.{key}"),
    };
    keys.iter().map(|key| pack.portal.labels.text(&head(key)).to_owned()).collect()
}

/// The references of an entry, without those that this edition withholds.
fn references(pack: &Pack<'_, '_>, references: &[Located<Reference>]) -> Vec<CellLine> {
    let lookup = &pack.portal.reading.handbook.lookup;
    let is_shown = |located: &&Located<Reference>| located.value.id().is_none_or(|id| !lookup.is_withheld(id));
    references.iter().filter(is_shown).map(|located| reference(pack, &located.value)).collect()
}

fn nonconformity_row(pack: &Pack<'_, '_>, index: EntryIndex) -> Option<(EntryIndex, PageRow)> {
    let placed_entry = pack.portal.entry(index);
    let nonconformity = Nonconformity::from_entry(&placed_entry.entry)?;
    let life = pack.portal.assessment.entry(index)?;
    let as_of = pack.portal.assessment.clock.as_of;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let clauses: Vec<String> = placed_entry.entry.clauses().iter().map(|clause| clause.value.to_string()).collect();
    let row = PageRow::with_anchor(
        placed_entry.id(),
        vec![
            PageCell::text(format!("{} {}", placed_entry.id(), placed_entry.entry.title())),
            PageCell::text(nonconformity.grade_name().unwrap_or_default()),
            PageCell(references(pack, placed_entry.entry.record.references("source"))),
            PageCell::text(clauses.join(", ")),
            PageCell::text(join_names(placed_entry.entry.owners())),
            PageCell::text(nonconformity.cause().unwrap_or_default()),
            PageCell(placed_entry.entry.actions().map(|action| action_line(pack, action)).collect()),
            PageCell::text(day(life.due)),
            PageCell::text(day(life.closed)),
            PageCell::text(effect(pack, nonconformity.effect(), life.effect_due, as_of)),
            PageCell::text(state(pack, index)),
        ],
    );
    Some((index, row))
}

/// The result of an effect check, or the day by which it is due: as assessed or, failing that, as written.
fn effect(pack: &Pack<'_, '_>, effect: Effect<'_>, default_due: Option<Date>, as_of: Date) -> String {
    let label_and_day = match (effect.checked(as_of), default_due.or(effect.due())) {
        (Some((day, EffectResult::Effective)), _) => ("pack.effective", day),
        (Some((day, _)), _) => ("pack.not_effective", day),
        (None, Some(due)) => ("pack.to_check", due),
        (None, None) => return String::new(),
    };
    pack.portal.labels.fill(label_and_day.0, &[("day", &label_and_day.1.to_string())])
}

pub(super) fn action_line(pack: &Pack<'_, '_>, action: Action<'_>) -> CellLine {
    let when = action_day(pack, action);
    CellLine::plain(format!("{} ({}, {when})", action.what(), join_names(action.who())))
}

/// When an action was done or is due, in words.
pub(super) fn action_day(pack: &Pack<'_, '_>, action: Action<'_>) -> String {
    let as_of = pack.portal.assessment.clock.as_of;
    let on = |key: &str, day: Date| pack.portal.labels.fill(key, &[("day", &day.to_string())]);
    match (action.done().filter(|done| *done <= as_of), action.due()) {
        (Some(done), _) => on("pack.done_on", done),
        (None, Some(due)) if due < as_of => on("pack.overdue_since", due),
        (None, Some(due)) => on("pack.due_on", due),
        (None, None) => pack.label("no_date"),
    }
}

/// Writes the management reviews and their decisions.
pub(super) fn write_reviews(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let portal = pack.portal;
    let as_of = portal.assessment.clock.as_of;
    let row = |index: EntryIndex| {
        let entry = &portal.entry(index).entry;
        let review = crate::register::ManagementReview::from_entry(entry)?;
        let minutes = references(pack, entry.record.references("minutes"));
        let row = PageRow::with_anchor(
            portal.entry(index).id(),
            vec![
                PageCell::text(format!("{} {}", portal.entry(index).id(), entry.title())),
                PageCell::text(format_period(pack, review.planned())),
                PageCell::text(format_period(pack, review.held(as_of))),
                PageCell::text(join_names(review.attendees())),
                PageCell(minutes),
                PageCell(entry.actions().map(|action| action_line(pack, action)).collect()),
                PageCell::text(state(pack, index)),
            ],
        );
        Some((index, row))
    };
    write_unread(pack, page, &[Kind::ManagementReviews]);
    let rows = portal.known_entries(Kind::ManagementReviews).into_iter().filter_map(row).collect();
    let columns = ["review", "planned", "held", "present", "minutes", "decisions", "state"];
    let shown_keys = [&columns[..], &["actions"]].concat();
    let heads = entry_heads(pack, &columns);
    EntryTable { heads, rows, columns: &shown_keys, empty_text: &empty_text(pack, Kind::ManagementReviews) }
        .write(pack, page);
}

/// Writes the entries of revision histories, newest first, with links to comparisons of texts.
pub(super) fn write_changes(pack: &Pack<'_, '_>, page: &mut PackPage) {
    if let Some(since) = pack.options.since {
        page.paragraph(&pack.portal.labels.fill("pack.changes_since", &[("day", &since.to_string())]));
    }
    if pack.portal.past.is_none() {
        let is_shown = pack.portal.reading.settings.edition.as_ref().is_none_or(|edition| !edition.is_limited);
        page.paragraph(pack.portal.labels.text(if is_shown { "say.unproved_git" } else { "pack.no_history" }));
    }
    let all = newest(pack.portal);
    let in_period = all.iter().filter(|change| pack.options.since.is_none_or(|since| change.date >= since));
    let mut seen_documents = BTreeSet::new();
    let rows: Vec<PageRow> =
        in_period.map(|change| change_row(pack, change, seen_documents.insert(change.document))).collect();
    let mut headings =
        pack.heads(&["pack.column.day", "pack.column.document", "control.version", "pack.column.change"]);
    headings.extend(pack.heads(&["pack.fact.approved_by", "pack.column.redline"]));
    page.table(&headings, &rows, &pack.label("no_change"));
    // Documents without a version are only counted.
    let current =
        pack.portal.reading.handbook.controlled().filter(|(_, document)| version(document).is_empty()).count();
    if current > 0 {
        page.paragraph(&pack.portal.labels.count("pack.without_version", current));
    }
    let controlled = pack.portal.reading.handbook.controlled();
    let edited = controlled.filter(|(index, _)| pack.has_edited_text(*index)).count();
    if edited > 0 {
        page.paragraph(&pack.portal.labels.count("pack.edited", edited));
    }
}

/// A row of the list of changes. A document's newest change links to the comparison of texts.
fn change_row(pack: &Pack<'_, '_>, dated: &DatedChange<'_>, is_newest: bool) -> PageRow {
    let text = |value: &Option<Located<String>>| value.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let redline = pack.redlines.get(&dated.document).filter(|_| is_newest).map(|outcome| match outcome {
        RedlineOutcome::Page { path, old } => {
            CellLine { text: pack.portal.labels.fill("pack.redline", &[("old", old)]), target: Some(path.clone()) }
        }
        RedlineOutcome::Unavailable(why) => CellLine::plain(why.clone()),
    });
    PageRow::new(vec![
        PageCell::text(dated.date.to_string()),
        PageCell(vec![document_line(pack, dated.document)]),
        PageCell::text(text(&dated.change.version)),
        PageCell::text(text(&dated.change.summary)),
        PageCell::text(join_names(&dated.change.approver)),
        PageCell(redline.into_iter().collect()),
    ])
}

fn finding_row(pack: &Pack<'_, '_>, finding: &Finding) -> PageRow {
    let document_lines = finding.document.as_ref().map(|id| match pack.portal.reading.handbook.lookup.by_id(id) {
        Some(index) => document_line(pack, index),
        None => CellLine { text: id.to_string(), target: None },
    });
    PageRow::new(vec![
        PageCell::text(pack.portal.labels.text(&format!("severity.{}", finding.severity.as_str()))),
        PageCell::text(finding.problem.rule.0),
        PageCell(document_lines.into_iter().collect()),
        PageCell::message(&finding.problem.message),
    ])
}

/// Writes the findings, waivers and overdue items. Every pack includes them.
pub(super) fn write_open_items(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let assessment = pack.portal.assessment;
    page.heading(2, "findings", &pack.label("findings_of_check"));
    let rows: Vec<PageRow> = assessment.findings.iter().map(|finding| finding_row(pack, finding)).collect();
    let empty_text = pack.label("nothing");
    page.table(&["severity", "rule", "document", "wrong"].map(|key| column(pack, key)), &rows, &empty_text);
    page.heading(2, "waivers", &pack.label("waived"));
    let row = |waived: &WaivedFinding| {
        PageRow::new(vec![
            PageCell::text(waived.finding.problem.rule.0),
            PageCell::message(&waived.finding.problem.message),
            PageCell::text(waived.reason.clone()),
            PageCell::text(waived.accepted_by.clone()),
            PageCell::text(waived.until.to_string()),
        ])
    };
    let rows: Vec<PageRow> = assessment.waived.iter().map(row).collect();
    page.table(&["rule", "wrong", "reason", "accountable", "until"].map(|key| column(pack, key)), &rows, &empty_text);
    page.heading(2, "overdue", &pack.label("overdue"));
    pack.portal.all_unread_notices().iter().for_each(|notice| page.warn(notice));
    let overdue = pack.portal.deadlines().filter(|deadline| deadline.state == DeadlineState::Overdue);
    let row = |deadline: &crate::assess::Deadline| {
        let who: Vec<&str> = deadline.assignees.iter().map(|who| &**who).collect();
        let kind = pack.portal.labels.text(&format!("deadline.{}", deadline.kind.as_str())).to_owned();
        PageRow::new(vec![
            PageCell::text(
                deadline.day.map_or_else(|| pack.portal.labels.text(NO_DAY).to_owned(), |day| day.to_string()),
            ),
            PageCell::text(kind),
            PageCell::text(pack.portal.deadline_text(deadline)),
            PageCell::text(who.join(", ")),
        ])
    };
    let rows: Vec<PageRow> = overdue.map(row).collect();
    page.table(&["day", "kind", "what", "who"].map(|key| column(pack, key)), &rows, &empty_text);
}
