//! The assessment as data, versioned as `clausebook/assessment/1`.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::comparison::{ComparisonEntry, comparison_entry};
use super::registers::{self, AuditEntry, DeadlineEntry, RegisterEntry, UnreadRegisterEntry};
use super::stream::{json_bytes, write_json};
use super::summary::FileBasis;
use crate::assess::{
    Assessed, Assessment, Forecast, ForecastDay, ItemVerdict, Share, State, Verdict, compute_timeline,
};
use crate::date::Date;
use crate::finding::{Finding, Severity, WaivedFinding};
use crate::handbook::DocumentIndex;
use crate::id::StandardIndex;
use crate::judge::Gate;
use crate::source::front_matter::{Extent, Status};
use crate::standard::{Basis, Retention};

/// The JSON Schema of [`json`]'s output.
pub(crate) const SCHEMA: &str = include_str!("../../docs/assessment.schema.json");

/// Writes the assessment with the results of a check: gates, matches of a baseline, and changes.
///
/// # Errors
/// If writing to `out` fails.
pub(crate) fn write_check(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Assessed { reading, assessment } = report.assessed;
    let forecast = Forecast::new(reading, assessment, &compute_timeline(reading, assessment));
    let mut document = build_data(report.assessed, &forecast);
    document.check = Some(CheckEntry { passed: report.has_passed(), fail_on: report.fail_on, gates: report.gates });
    if let Some(matched) = report.baseline {
        let findings = document.findings.iter_mut().zip(&matched.is_known);
        findings.for_each(|(finding, is_known)| finding.known = Some(*is_known));
    }
    document.findings.retain(|finding| report.files.is_none_or(|files| files.contains(finding.file)));
    document.comparison = report.comparison.map(comparison_entry);
    write_json(out, &document)
}

/// More than enough for most documents, with their claims and deadlines, and for most findings.
const ENTRY_BYTES: usize = 3 * 1024;
/// More than enough for the clauses of one or two standards.
const BASE_BYTES: usize = 256 * 1024;

/// The assessment as JSON with a final line break and its fields in a fixed order.
pub(crate) fn json(source: Assessed<'_>, forecast: &Forecast) -> Vec<u8> {
    let document = build_data(source, forecast);
    let capacity = ENTRY_BYTES * (document.documents.len() + document.findings.len()) + BASE_BYTES;
    json_bytes(&document, capacity)
}

#[derive(Serialize)]
struct AssessmentData<'a> {
    schema: &'static str,
    title: &'a str,
    as_of: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<FileBasis>,
    totals: Totals,
    #[serde(skip_serializing_if = "Option::is_none")]
    forecast: Option<ForecastEntry<'a>>,
    standards: Vec<StandardEntry<'a>>,
    documents: Vec<DocumentEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    registers: Vec<RegisterEntry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread_registers: Vec<UnreadRegisterEntry<'a>>,
    deadlines: Vec<DeadlineEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
    waived: Vec<WaivedEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<ComparisonEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<CheckEntry<'a>>,
}

#[derive(Serialize)]
struct CheckEntry<'a> {
    passed: bool,
    fail_on: Severity,
    gates: &'a [Gate],
}

#[derive(Serialize)]
struct WaivedEntry<'a> {
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    document: Option<&'a str>,
    reason: &'a str,
    who: &'a str,
    until: Date,
}

#[derive(Serialize)]
struct Totals {
    documents: u32,
    pages: u32,
    units: u32,
    units_covered: u32,
    required_items: u32,
    required_items_provided: u32,
    required_items_not_needed: u32,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct ForecastEntry<'a> {
    until: Date,
    days: Vec<ForecastDayEntry<'a>>,
}

#[derive(Serialize)]
struct ForecastDayEntry<'a> {
    day: Date,
    units_covered: u32,
    units: u32,
    required_items_provided: u32,
    required_items: u32,
    lapses: Vec<&'a str>,
}

#[derive(Serialize)]
struct StandardEntry<'a> {
    id: &'a str,
    title: &'a str,
    clauses: Vec<ClauseEntry<'a>>,
    documented_information: Vec<ItemEntry<'a>>,
}

#[derive(Serialize)]
struct ClauseEntry<'a> {
    id: String,
    title: Option<&'a str>,
    unit: bool,
    verdict: Option<Verdict>,
    rolled_up: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<AuditEntry<'a>>,
    claims: Vec<ClaimEntry<'a>>,
}

#[derive(Serialize)]
struct ClaimEntry<'a> {
    document: Option<&'a str>,
    anchor: Option<&'a str>,
    extent: Extent,
    state: State,
    counts: bool,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    id: &'a str,
    name: &'a str,
    clause: String,
    keep: Retention,
    basis: Basis,
    verdict: ItemVerdict,
    /// How many recipients have the item, and how many should have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    have: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    want: Option<usize>,
    documents: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct DocumentEntry<'a> {
    id: Option<&'a str>,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    version: Option<&'a str>,
    status: Option<Status>,
    state: State,
    owner: Option<Cow<'a, str>>,
    owners: Vec<&'a str>,
    approver: Option<Cow<'a, str>>,
    approvers: Vec<&'a str>,
    classification: Option<&'a str>,
    approved: Option<Date>,
    last_review: Option<Date>,
    next_review: Option<Date>,
    digest: String,
    path: &'a str,
    url: &'a str,
}

/// A finding as data.
#[derive(Serialize)]
pub(crate) struct FindingEntry<'a> {
    rule: &'static str,
    severity: Severity,
    message: &'a str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    document: Option<&'a str>,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<bool>,
}

fn build_data<'a>(source: Assessed<'a>, forecast: &Forecast) -> AssessmentData<'a> {
    AssessmentData {
        schema: "clausebook/assessment/1",
        title: &source.reading.settings.title,
        as_of: source.assessment.clock.as_of,
        basis: FileBasis::from_assessed(source),
        totals: totals(source.assessment),
        forecast: forecast_entry(source, forecast),
        standards: source.reading.standards.indexes().map(|standard| standard_entry(source, standard)).collect(),
        documents: document_entries(source),
        registers: registers::entries(source),
        unread_registers: registers::unread(source),
        deadlines: registers::deadlines(source),
        findings: source.assessment.findings.iter().map(finding_entry).collect(),
        waived: source.assessment.waived.iter().map(waived_entry).collect(),
        comparison: None,
        check: None,
    }
}

fn totals(assessment: &Assessment) -> Totals {
    let figures = assessment.figures;
    Totals {
        documents: figures.documents,
        pages: figures.pages,
        units: figures.units,
        units_covered: figures.units_covered,
        required_items: figures.required_items,
        required_items_provided: figures.required_items_provided,
        required_items_not_needed: figures.required_items_not_needed,
        errors: assessment.count(Severity::Error),
        warnings: assessment.count(Severity::Warning),
        notes: assessment.count(Severity::Note),
    }
}

fn forecast_entry<'a>(source: Assessed<'a>, forecast: &Forecast) -> Option<ForecastEntry<'a>> {
    let id = |index: &DocumentIndex| source.reading.handbook.document(*index).id().map(|id| id.as_str());
    let day = |day: &ForecastDay| ForecastDayEntry {
        day: day.day,
        units_covered: day.coverage.covered(),
        units: day.coverage.units(),
        required_items_provided: day.coverage.provided,
        required_items: day.coverage.needed,
        lapses: day.lapses.iter().filter_map(id).collect(),
    };
    let until = forecast.until?;
    Some(ForecastEntry { until, days: forecast.days.iter().map(day).collect() })
}

fn standard_entry(source: Assessed<'_>, standard: StandardIndex) -> StandardEntry<'_> {
    let catalogue = source.reading.standards.catalogue(standard);
    StandardEntry {
        id: catalogue.id.as_str(),
        title: &catalogue.title,
        clauses: source.reading.standards.clauses(standard).map(|key| clause_entry(source, key)).collect(),
        documented_information: source.reading.standards.items(standard).map(|key| item_entry(source, key)).collect(),
    }
}

fn clause_entry(source: Assessed<'_>, key: crate::id::ClauseKey) -> ClauseEntry<'_> {
    let clause = source.reading.standards.clause(key);
    let assessed = source.assessment.clause(key);
    let claim = |claim: &crate::assess::ClaimRef| {
        let document = source.reading.handbook.document(claim.document);
        let heading = document.claims.get(claim.claim as usize).and_then(|claim| claim.heading);
        ClaimEntry {
            document: document.id().map(|id| id.as_str()),
            anchor: heading
                .and_then(|at| document.file.body.headings.get(at as usize))
                .map(|heading| heading.id.as_str()),
            extent: claim.extent,
            state: claim.state,
            counts: claim.counts && claim.is_backed,
        }
    };
    ClauseEntry {
        id: clause.id.to_string(),
        title: clause.title.as_deref(),
        unit: source.reading.standards.is_unit(key),
        verdict: assessed.verdict,
        rolled_up: assessed.rolled_up,
        part_of: assessed.part_of.map(|unit| source.reading.standards.clause(unit).id.to_string()),
        reason: assessed.reason.as_deref(),
        audit: registers::audit(source, key),
        claims: assessed.claims.iter().map(claim).collect(),
    }
}

fn item_entry(source: Assessed<'_>, key: crate::id::ItemKey) -> ItemEntry<'_> {
    let item = source.reading.standards.item_at(key);
    let assessed = source.assessment.item(key);
    let providers = assessed.providers.iter().filter(|provider| provider.fits);
    let figures = assessed.share.and_then(Share::figures);
    ItemEntry {
        id: item.id.as_str(),
        name: &item.name,
        clause: source.reading.standards.clause(assessed.clause).id.to_string(),
        keep: item.keep,
        basis: item.basis,
        verdict: assessed.verdict,
        have: figures.map(|(have, _)| have),
        want: figures.map(|(_, want)| want),
        documents: providers
            .filter_map(|provider| source.reading.handbook.document(provider.document).id())
            .map(|id| id.as_str())
            .collect(),
        reason: assessed.reason.as_deref(),
    }
}

fn document_entries<'a>(source: Assessed<'a>) -> Vec<DocumentEntry<'a>> {
    let entry = |(index, document): (crate::handbook::DocumentIndex, &'a crate::handbook::Document)| {
        let life = *source.assessment.life(index);
        DocumentEntry {
            id: document.id().map(|id| id.as_str()),
            title: &document.title,
            kind: &document.doc_type,
            version: document.front().and_then(|front| front.version.as_ref()).map(|text| text.value.as_str()),
            status: document.status(),
            state: life.state,
            owner: document.owners.joined(),
            owners: document.owners.iter().map(|name| &**name).collect(),
            approver: document.approvers.joined(),
            approvers: document.approvers.iter().map(|name| &**name).collect(),
            classification: document.classification.as_deref(),
            approved: life.approved,
            last_review: life.last_review,
            next_review: life.next_review,
            digest: document.shown_digest().to_string(),
            path: document.path(),
            url: document.url.as_str(),
        }
    };
    source.reading.handbook.controlled().map(entry).collect()
}

/// A finding as data.
pub(crate) fn finding_entry(finding: &Finding) -> FindingEntry<'_> {
    let problem = &finding.problem;
    FindingEntry {
        rule: problem.rule.0,
        severity: finding.severity,
        message: &problem.message,
        file: &problem.place.file,
        line: problem.place.position.map(|position| position.line),
        column: problem.place.position.map(|position| position.column),
        document: finding.document.as_ref().map(|id| id.as_str()),
        help: problem.help.as_deref(),
        known: None,
    }
}

fn waived_entry(waived: &WaivedFinding) -> WaivedEntry<'_> {
    let FindingEntry { rule, severity, message, file, line, column, document, .. } = finding_entry(&waived.finding);
    let (reason, who, until) = (waived.reason.as_str(), waived.accepted_by.as_str(), waived.until);
    WaivedEntry { rule, severity, message, file, line, column, document, reason, who, until }
}
