//! Pages about a document's versions: the list of versions, the latest changes, and the previous version.

use crate::chronicle::{DocumentVersion, HandbookPast};
use crate::difference::Redline;
use crate::handbook::DocumentIndex;
use crate::history::{Proof, VersionText};
use crate::site::job::Job;
use crate::site::links::url;
use crate::site::model::{Frame, Html, PastVersionPage, RedlinePage, VersionRow, VersionsPage};
use crate::site::portal::Portal;
use crate::site::versions::{changed_keys, path, proof_failure_text, redline, sibling_path, text};
use crate::url::SitePath;

/// The number of digits of abbreviated commit hashes.
const COMMIT_DIGITS: usize = 12;

/// The pages of each document with known versions; only the list if there is no earlier text to show.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let Some(past) = portal.past else { return Vec::new() };
    let controlled = portal.reading.handbook.controlled().map(|(index, _)| index);
    let of = |index| {
        let Some(all) = path(portal, index) else { return Vec::new() };
        let place = all.clone();
        let mut jobs = vec![Job::page(all.clone(), move |portal| versions(portal, index, &place))];
        if previous_version(past, portal, index).is_some() {
            let (redlined, earlier) = (sibling_path(&all, "changes.html"), sibling_path(&all, "before.html"));
            let (place, versions) = (redlined.clone(), all.clone());
            jobs.push(Job::from_parts(earlier.clone(), move |portal, _| {
                Ok(past_version(portal, index, &earlier, &all))
            }));
            if shows_redlines(portal) {
                jobs.push(Job::from_parts(redlined, move |portal, _| {
                    Ok(redline_page(portal, index, &place, &versions))
                }));
            }
        }
        jobs
    };
    controlled.flat_map(of).collect()
}

/// Whether texts may be shown as written; they name documents that a limited edition must not show.
fn shows_redlines(portal: &Portal<'_>) -> bool {
    portal.reading.settings.edition.as_ref().is_none_or(|edition| !edition.is_limited)
}

/// The current and the previous version, if the text of the previous version is proved and may be shown.
fn previous_version<'a>(
    past: &'a HandbookPast,
    portal: &Portal<'_>,
    index: DocumentIndex,
) -> Option<(&'a DocumentVersion, &'a DocumentVersion)> {
    match past.versions_of(portal.document(index)) {
        [current, before, ..] if before.file.is_some() => Some((current, before)),
        _ => None,
    }
}

fn frame(portal: &Portal<'_>, index: DocumentIndex, path: &SitePath, title: String) -> Frame {
    let document = portal.document_frame(index);
    Frame { path: url(path), root: path.to_top(), title, description: None, pictures: false, lang: None, ..document }
}

fn title(portal: &Portal<'_>, index: DocumentIndex, label: &str, version: &str) -> String {
    let id = portal.document(index).id().map(ToString::to_string).unwrap_or_default();
    portal.labels.fill(label, &[("document", &id), ("version", version)])
}

fn versions(portal: &Portal<'_>, index: DocumentIndex, path: &SitePath) -> VersionsPage {
    let list = portal.past.map_or(&[][..], |past| past.versions_of(portal.document(index)));
    let has_before = portal.past.and_then(|past| previous_version(past, portal, index)).is_some();
    VersionsPage {
        frame: frame(portal, index, path, title(portal, index, "say.versions_of", "")),
        document: portal.document_link(index),
        rows: list.iter().enumerate().map(|(at, version)| row(portal, version, at == 0)).collect(),
        redline: (has_before && shows_redlines(portal)).then(|| url(&sibling_path(path, "changes.html"))),
        before: has_before.then(|| url(&sibling_path(path, "before.html"))),
    }
}

fn row(portal: &Portal<'_>, version: &DocumentVersion, current: bool) -> VersionRow {
    let row = VersionRow {
        version: version.version.clone(),
        current,
        on: version.day,
        approver: version.approver.clone(),
        summary: version.summary.clone(),
        proof: "none",
        ..VersionRow::default()
    };
    match &version.text {
        VersionText::Unproved(why, _) => VersionRow { reason: Some(proof_failure_text(portal, why)), ..row },
        VersionText::Proved(proved) => VersionRow {
            proof: if proved.proof == Proof::Digest { "digest" } else { "git" },
            commit: Some(proved.commit.as_str()[..COMMIT_DIGITS].to_owned()),
            committed: Some(proved.day),
            author: Some(proved.facts.author.clone()).filter(|author| !author.is_empty()),
            signed: proved.facts.is_signed,
            ..row
        },
    }
}

fn redline_page(portal: &Portal<'_>, index: DocumentIndex, path: &SitePath, versions: &SitePath) -> RedlinePage {
    let pair = portal.past.and_then(|past| previous_version(past, portal, index));
    let file = pair.and_then(|(_, before)| before.file.as_ref());
    let old = file.map_or("", |file| file.source.as_str());
    let approved = pair.and_then(|(current, _)| current.file.as_ref());
    let compared = Redline::new(old, approved.unwrap_or(&portal.document(index).file).source.as_str());
    let new = pair.map_or_else(String::new, |(current, _)| current.version.clone());
    let before = pair.map_or_else(String::new, |(_, before)| before.version.clone());
    let title = match approved {
        Some(_) => title(portal, index, "say.changes_of", &new),
        None => title(portal, index, "say.changes_since_version", &before),
    };
    RedlinePage {
        frame: Frame { pictures: true, ..frame(portal, index, path, title) },
        document: portal.document_link(index),
        old: before,
        new,
        lang: portal.document_frame(index).lang,
        proved: approved.is_some(),
        keys: changed_keys(&compared),
        text: Html::new(&redline(&compared)),
        versions: url(versions),
    }
}

fn past_version(portal: &Portal<'_>, index: DocumentIndex, path: &SitePath, versions: &SitePath) -> PastVersionPage {
    let pair = portal.past.and_then(|past| previous_version(past, portal, index));
    let file = pair.and_then(|(_, before)| before.file.as_ref());
    let version = pair.map_or_else(String::new, |(_, before)| before.version.clone());
    let frame = frame(portal, index, path, title(portal, index, "say.version_of", &version));
    PastVersionPage {
        frame: Frame { pictures: file.is_some_and(|file| file.body.has_diagrams()), ..frame },
        document: portal.document_link(index),
        lang: portal.document_frame(index).lang,
        version,
        replaced_by: pair.map_or_else(String::new, |(current, _)| current.version.clone()),
        replaced: pair.and_then(|(current, _)| current.day),
        body: Html::new(&file.map_or_else(String::new, |file| text(portal, file, path))),
        versions: url(versions),
    }
}
