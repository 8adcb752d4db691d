//! The past of a handbook as the portal shows it: versions of documents, and past coverage.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use super::digests::DigestCalculator;
use super::periods::PeriodLength;
use super::reader::PastSource;
use super::settings::{edition_reading, edition_reading_of, front_reading, front_reading_of};
use super::text_access::TextAccess;
use super::trend::{Trend, TrendSpan, forecast, read_trend};
use crate::assess::Assessed;
use crate::date::{Date, Interval};
use crate::git::ObjectName;
use crate::handbook::{Document, ParsedFile, Reading};
use crate::history::{FrontReading, ProofFailure, VersionKey, VersionQuery, VersionText, version_texts};
use crate::id::DocumentId;
use crate::source::front_matter::FrontMatter;
use crate::source::version::{is_same_version, version_key};

/// How far the forecast looks ahead.
const FORECAST_SPAN: Interval = Interval::Months(12);

/// A handbook's past.
#[derive(Debug, Default)]
pub(crate) struct HandbookPast {
    /// The versions of each document, the current one first.
    pub(crate) versions: BTreeMap<DocumentId, Vec<DocumentVersion>>,
    /// Coverage month by month, with a forecast.
    pub(crate) trend: Trend,
    /// Why past coverage is not known, as a sentence fragment.
    pub(crate) trend_error: Option<String>,
}

/// A version of a document.
pub(crate) struct DocumentVersion {
    /// The version.
    pub(crate) version: String,
    /// The day of its approval, or otherwise of its entry in the revision history.
    pub(crate) day: Option<Date>,
    /// Who approved it.
    pub(crate) approver: Option<String>,
    /// What changed, and why.
    pub(crate) summary: Option<String>,
    /// The text with its proof, or why it is not proved.
    pub(crate) text: VersionText,
    /// The text as parsed today, or `None` if it is not proved or this edition may not show it.
    pub(crate) file: Option<Arc<ParsedFile>>,
}

/// Prints only what distinguishes versions: a text is identified by its commit and path.
impl fmt::Debug for DocumentVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DocumentVersion { version, day: on, approver, summary, text, file } = self;
        write!(f, "{version:?} {on:?} {approver:?} {summary:?} {}", file.is_some())?;
        match text {
            VersionText::Proved(proved) => write!(f, " {:?} {} {}", proved.proof, proved.commit, proved.file),
            VersionText::Unproved(why, _) => write!(f, " {why:?}"),
        }
    }
}

impl HandbookPast {
    /// Gathers the past of a handbook along the commits that lead to `tip`.
    pub(crate) fn collect(source: PastSource<'_>, tip: Option<&ObjectName>, assessed: Assessed<'_>) -> HandbookPast {
        let as_of = assessed.assessment.clock.as_of;
        let span = TrendSpan { since: None, until: as_of, every: PeriodLength::Month };
        let reader = source.open("`history`").map_err(|error| error.to_string());
        let trend_result = reader.and_then(|mut reader| read_trend(source.line(tip), &mut reader, span));
        let (trend, trend_error) = match trend_result {
            Ok(trend) => (trend, None),
            Err(error) => (Trend::default(), Some(error)),
        };
        let trend_forecast = forecast(assessed, as_of.plus(FORECAST_SPAN), PeriodLength::Month);
        let versions = versions(source, tip, assessed.reading);
        HandbookPast { versions, trend: Trend { forecast: trend_forecast, ..trend }, trend_error }
    }

    /// Gathers only the versions of documents.
    pub(crate) fn collect_versions(
        source: PastSource<'_>,
        tip: Option<&ObjectName>,
        reading: &Reading,
    ) -> HandbookPast {
        HandbookPast { versions: versions(source, tip, reading), ..HandbookPast::default() }
    }

    /// The versions of a document, the current one first; empty if it does not name any.
    pub(crate) fn versions_of(&self, document: &Document) -> &[DocumentVersion] {
        document.id().and_then(|id| self.versions.get(id)).map_or(&[], Vec::as_slice)
    }
}

fn versions(
    source: PastSource<'_>,
    tip: Option<&ObjectName>,
    reading: &Reading,
) -> BTreeMap<DocumentId, Vec<DocumentVersion>> {
    let documents = || reading.handbook.controlled().filter_map(|(_, document)| Some((document.id()?, document)));
    let named: Vec<(&DocumentId, &Document, Vec<VersionKey>)> =
        documents().map(|(id, document)| (id, document, version_keys(id, document))).collect();
    let all: BTreeSet<VersionKey> = named.iter().flat_map(|(_, _, keys)| keys.iter().cloned()).collect();
    let files: HashMap<DocumentId, Arc<ParsedFile>> =
        documents().map(|(id, document)| (id.clone(), document.file.clone())).collect();
    let is_for_edition = reading.settings.edition.is_some();
    let (front, read_settings): (FrontReading, fn(&str) -> _) = match is_for_edition {
        true => (edition_reading(&reading.settings), edition_reading_of),
        false => (front_reading(&reading.settings), front_reading_of),
    };
    let query = VersionQuery {
        versions: &all,
        files: &files,
        reading: &front,
        read_settings,
        is_for_edition,
        line: source.line(tip),
        shows_commits: true,
    };
    let mut texts = version_texts(&query, &mut DigestCalculator::new(reading, source));
    let (mut versions, mut secrecy) = (BTreeMap::new(), TextAccess::new(source.folder, reading));
    for (id, document, keys) in named {
        let of_document = keys.into_iter().map(|wanted| {
            let text = texts.remove(&wanted).unwrap_or(VersionText::Unproved(ProofFailure::NotCommitted, None));
            version(&mut secrecy, document, wanted, text)
        });
        versions.insert(id.clone(), of_document.collect());
    }
    versions
}

/// The versions that a document names, the current one first, then newest first.
fn version_keys(id: &DocumentId, document: &Document) -> Vec<VersionKey> {
    let Some(front) = document.front() else { return Vec::new() };
    let current = front.version.as_ref().map(|version| version.value.trim());
    let is_current = |version: &str| current.is_some_and(|current| is_same_version(version, current));
    let mut names: Vec<&str> = front.versions().filter(|version| !version.is_empty()).collect();
    let day = |version: &str| entries(front, version).filter_map(|change| change.date()).max();
    names.sort_by_key(|version| std::cmp::Reverse((is_current(version), day(version))));
    let mut seen = BTreeSet::new();
    names.retain(|version| seen.insert(version_key(version)));
    let version_key = |version: &str| VersionKey {
        id: id.clone(),
        version: version.to_owned(),
        approved: front.approved.as_ref().filter(|_| is_current(version)).map(|day| day.value),
        digest: front.digest_of(version),
    };
    names.into_iter().map(version_key).collect()
}

/// The entries in the revision history that name a version.
fn entries<'a>(front: &'a FrontMatter, version: &str) -> impl Iterator<Item = &'a crate::source::front_matter::Change> {
    front
        .changes
        .iter()
        .filter(move |change| change.version.as_ref().is_some_and(|one| is_same_version(&one.value, version)))
}

fn version(
    secrecy: &mut TextAccess<'_>,
    document: &Document,
    wanted: VersionKey,
    text: VersionText,
) -> DocumentVersion {
    let front = document.front();
    let entry = front.and_then(|front| entries(front, &wanted.version).next());
    let approvers = entry.map_or(&[][..], |entry| &entry.approver);
    let names: Vec<&str> = approvers.iter().map(|name| name.value.as_str()).collect();
    let proved = match &text {
        VersionText::Proved(proved) => Some(proved),
        VersionText::Unproved(..) => None,
    };
    let approved = wanted.approved.or(proved.and_then(|proved| proved.approved));
    DocumentVersion {
        day: approved.or(entry.and_then(|entry| entry.date())),
        approver: (!names.is_empty()).then(|| names.join(", ")),
        summary: entry.and_then(|entry| entry.summary.as_ref()).map(|summary| summary.value.clone()),
        file: proved.and_then(|proved| secrecy.visible_text(proved)),
        version: wanted.version,
        text,
    }
}
