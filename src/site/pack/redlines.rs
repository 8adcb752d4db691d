//! Pages with the changes in the texts of documents since an earlier day, such as that of the last visit.

use std::collections::HashMap;

use super::context::{Pack, PackOptions};
use super::documents::{claim_path, to_ascii_path};
use super::page::PackPage;
use crate::archive::PackFile;
use crate::chronicle::{DocumentVersion, HandbookPast};
use crate::difference::Redline;
use crate::handbook::DocumentIndex;
use crate::history::VersionText;
use crate::site::portal::Portal;
use crate::site::versions::{changed_keys, proof_failure_text, redline};

/// The result of comparing the texts of a document.
pub(super) enum RedlineOutcome {
    /// A page shows the changes.
    Page {
        /// The path of the page.
        path: String,
        /// The earlier version.
        old: String,
    },
    /// The reason why there is no such page.
    Unavailable(String),
}

/// The result for each document that changed since the requested day. Empty if the history is not known or not shown.
pub(super) fn compare_versions(portal: &Portal<'_>, order: PackOptions<'_>) -> HashMap<DocumentIndex, RedlineOutcome> {
    let Some(past) = portal.past else { return HashMap::new() };
    let mut used_paths = Vec::new();
    let of = |(index, document): (DocumentIndex, &crate::handbook::Document)| {
        let (old, _) = version_pair(past.versions_of(document), order)?;
        let Some(old) = old else {
            return Some((index, RedlineOutcome::Unavailable(portal.labels.text("pack.new_since").to_owned())));
        };
        Some((
            index,
            match (&old.file, &old.text) {
                (Some(_), _) => {
                    let id = document.id().map(ToString::to_string).unwrap_or_default();
                    let path = claim_path(
                        &format!("7-changes/{}.html", to_ascii_path(&id).replace('/', "-")),
                        &mut used_paths,
                    );
                    RedlineOutcome::Page { path, old: old.version.clone() }
                }
                (None, VersionText::Unproved(why, _)) => {
                    let words = [("version", old.version.as_str()), ("why", &proof_failure_text(portal, why))];
                    RedlineOutcome::Unavailable(portal.labels.fill("pack.no_comparison", &words))
                }
                (None, VersionText::Proved(_)) => {
                    RedlineOutcome::Unavailable(portal.labels.text("pack.no_history").to_owned())
                }
            },
        ))
    };
    portal.reading.handbook.controlled().filter_map(of).collect()
}

/// The version of a document before the requested day, if any, and its current version; `None` if it did not change
/// since. If no day was requested, the previous version is used.
fn version_pair<'v>(
    versions: &'v [DocumentVersion],
    order: PackOptions<'_>,
) -> Option<(Option<&'v DocumentVersion>, &'v DocumentVersion)> {
    let (current, earlier) = versions.split_first()?;
    match order.since {
        None => Some((Some(earlier.first()?), current)),
        Some(since) if current.day.is_some_and(|on| on < since) => None,
        Some(since) => {
            let before = earlier.iter().find(|version| version.day.is_none_or(|on| on < since));
            Some((before, current))
        }
    }
}

/// The page for each document whose earlier text may be shown.
pub(super) fn files(pack: &Pack<'_, '_>) -> Vec<PackFile> {
    let Some(past) = pack.portal.past else { return Vec::new() };
    let mut pages: Vec<(&DocumentIndex, &String)> = pack
        .redlines
        .iter()
        .filter_map(|(index, outcome)| match outcome {
            RedlineOutcome::Page { path, .. } => Some((index, path)),
            RedlineOutcome::Unavailable(_) => None,
        })
        .collect();
    pages.sort();
    pages.into_iter().filter_map(|(index, path)| file(pack, past, *index, path)).collect()
}

fn file(pack: &Pack<'_, '_>, past: &HandbookPast, index: DocumentIndex, path: &str) -> Option<PackFile> {
    let document = pack.portal.document(index);
    let (old, new) = version_pair(past.versions_of(document), pack.options)?;
    let old = old?;
    // If the approved text of the current version is proved, compare with it rather than with today's text.
    let approved = new.file.as_ref().unwrap_or(&document.file);
    let compared = Redline::new(old.file.as_ref()?.source.as_str(), approved.source.as_str());
    let labels = pack.portal.labels;
    let name = format!("{} {}", document.id().map(ToString::to_string).unwrap_or_default(), document.title);
    let title = if new.file.is_some() { "pack.redline_title" } else { "pack.redline_title_today" };
    let title = labels.fill(title, &[("document", &name), ("old", &old.version), ("new", &new.version)]);
    let mut page = PackPage::new(path, &title, pack.portal);
    if pack.has_edited_text(index) {
        page.warn(&pack.label("warning.edited"));
    }
    let day = old.day.map(|on| on.to_string());
    page.paragraph(&match &day {
        Some(day) => labels.fill("pack.redline_lead", &[("old", &old.version), ("day", day)]),
        None => labels.text("pack.redline_lead_open").to_owned(),
    });
    if let Some(to) = pack.document_address(index, None) {
        page.raw("<p>");
        page.link(&to, &name);
        page.raw("</p>\n");
    }
    let keys = changed_keys(&compared);
    if !keys.is_empty() {
        page.raw("<table><tbody>\n");
        for change in &keys {
            page.raw("<tr><th scope=\"row\">");
            page.text(&change.key);
            page.raw("</th><td>");
            page.raw(change.value.as_str());
            page.raw("</td></tr>\n");
        }
        page.raw("</tbody></table>\n");
    }
    page.raw(&redline(&compared));
    Some(PackFile { path: path.to_owned(), bytes: page.finish() })
}
