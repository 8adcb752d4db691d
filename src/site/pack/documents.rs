//! The documents of a pack: each once, as approved, in the folder of its group of clauses.

use std::collections::HashMap;

use super::context::{Attachment, Pack};
use super::page::{PackPage, PageHead};
use crate::archive::{DOCUMENTS, PackFile};
use crate::assess::State;
use crate::handbook::{Document, DocumentIndex};
use crate::html::{escape, pieces};
use crate::site::body;
use crate::site::portal::Portal;
use crate::site::print::{leads_to_other_page, root_relative};
use crate::site::theme::drawing_style;
use crate::url::SitePath;

/// Converts text to an ASCII path that all file systems accept.
pub(super) fn to_ascii_path(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_./".contains(c) { c } else { '-' };
    let name: String = text.chars().map(plain).collect();
    name.split('/')
        .map(|part| part.trim_start_matches('.'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/")
}

/// Returns a path that no other file has, ignoring case, and adds it to `used_paths`.
pub(super) fn claim_path(preferred: &str, used_paths: &mut Vec<String>) -> String {
    let (stem, ending) = preferred.rsplit_once('.').unwrap_or((preferred, ""));
    let numbered = |number: usize| match number {
        1 => preferred.to_owned(),
        _ if ending.is_empty() => format!("{stem}-{number}"),
        _ => format!("{stem}-{number}.{ending}"),
    };
    let path = (1..).map(numbered).find(|path| !used_paths.contains(&path.to_lowercase())).unwrap_or_default();
    used_paths.push(path.to_lowercase());
    path
}

/// The path of each document in the pack.
pub(super) fn document_paths(portal: &Portal<'_>) -> HashMap<DocumentIndex, String> {
    let mut used_paths = Vec::new();
    let place = |(index, document): (DocumentIndex, &Document)| {
        let group = portal.groups.get(portal.groups.position(index).0);
        let group = group.map(|group| group.number.as_str()).filter(|number| !number.is_empty()).unwrap_or("other");
        let id = document.id().map(ToString::to_string).unwrap_or_default();
        let version = version(document);
        let name = if version.is_empty() { id } else { format!("{id}-{version}") };
        (
            index,
            claim_path(
                &format!("{DOCUMENTS}{}/{}.html", to_ascii_path(group), to_ascii_path(&name).replace('/', "-")),
                &mut used_paths,
            ),
        )
    };
    portal.reading.handbook.controlled().map(place).collect()
}

/// A document's version; empty if it has none.
pub(super) fn version(document: &Document) -> String {
    let version = document.front().and_then(|front| front.version.as_ref());
    version.map(|version| version.value.clone()).unwrap_or_default()
}

/// The pages of all documents.
pub(super) fn files(pack: &Pack<'_, '_>, attached: &[(Attachment, Vec<u8>)]) -> Vec<PackFile> {
    let documents: Vec<DocumentIndex> = pack.portal.reading.handbook.controlled().map(|(index, _)| index).collect();
    let documents = documents.into_iter();
    let mut targets: HashMap<String, String> = documents
        .clone()
        .filter_map(|index| {
            Some((pack.portal.document(index).url.as_str().to_owned(), pack.document_address(index, None)?))
        })
        .collect();
    targets.extend(attached.iter().map(|(attachment, _)| (attachment.url.clone(), attachment.path.clone())));
    documents.filter_map(|index| document(pack, index, &targets)).collect()
}

fn document(pack: &Pack<'_, '_>, index: DocumentIndex, targets: &HashMap<String, String>) -> Option<PackFile> {
    let (portal, path) = (pack.portal, pack.document_address(index, None)?);
    let document = portal.document(index);
    let front = document.front();
    let lang = front.and_then(|front| front.lang.as_ref()).map_or(&*portal.reading.settings.lang, |lang| &*lang.value);
    let text = body::render_prefixed(portal, index, &document.url, "", &document.title);
    let style = if text.contains("class=\"drawing\"") { drawing_style() } else { String::new() };
    let mut page = PackPage::begin(PageHead {
        path: &path,
        title: &document.title,
        lang,
        style: &style,
        is_wide: false,
        contents: portal.labels.text("pack.contents_of"),
    });
    warn(pack, index, &mut page);
    let day = |day: Option<crate::date::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let life = portal.assessment.life(index);
    let facts = [
        ("control.id", document.id().map(ToString::to_string).unwrap_or_default()),
        ("control.version", version(document)),
        ("control.state", pack.state_words(index)),
        ("pack.fact.approved_by", document.approvers.joined().unwrap_or_default().into_owned()),
        ("pack.fact.approved_on", day(front.and_then(|front| front.approved.as_ref()).map(|day| day.value))),
        ("pack.fact.proof", pack.label(proof_key(document))),
        ("control.owner", document.owners.joined().unwrap_or_default().into_owned()),
        ("control.classification", document.classification.as_deref().unwrap_or_default().to_owned()),
        ("control.last_review", day(life.last_review)),
        ("control.next_review", day(life.next_review)),
    ];
    page.facts(&facts.map(|(key, value)| (portal.labels.text(key).to_owned(), value)));
    let digest = digest(document);
    page.raw("<p class=\"fine\" data-digest=\"");
    page.text(&digest);
    page.raw("\">");
    page.text(&pack.label("digest"));
    page.raw(" <code>");
    page.text(&digest);
    page.raw("</code></p>\n<hr>\n");
    page.raw(&rewrite_links(&text, &document.url, &path, targets));
    Some(PackFile { path, bytes: page.finish() })
}

/// Adds the warnings that a reader must see first.
fn warn(pack: &Pack<'_, '_>, index: DocumentIndex, page: &mut PackPage) {
    let portal = pack.portal;
    if let Some(warning) = warning_key(portal.assessment.state(index)) {
        page.warn(&pack.label(&format!("warning.{warning}")));
    }
    if pack.has_edited_text(index) && portal.assessment.state(index) != State::Changed {
        page.warn(&pack.label("warning.edited"));
    }
    for caveat in portal.caveat_notes(index) {
        let document_name =
            caveat.document.map_or_else(String::new, |document| format!("{} {} ", document.id, document.title));
        page.warn(&format!("{document_name}{}", caveat.text));
    }
}

/// The label key for the proof that the text is the approved one.
pub(super) fn proof_key(document: &Document) -> &'static str {
    let bound = document.front().and_then(|front| front.approved_digest());
    match bound {
        Some(digest) if document.has_digest(digest) => "proof.digest",
        Some(_) => "proof.other",
        None => "proof.none",
    }
}

/// The digest of a document's text: the approved digest if the text matches it.
pub(super) fn digest(document: &Document) -> String {
    let bound = document.front().and_then(|front| front.approved_digest());
    let bound = bound.filter(|digest| document.has_digest(*digest));
    bound.map_or_else(|| document.shown_digest().to_string(), |digest| digest.to_string())
}

/// The label key of the warning at the top of a document that is not in force.
fn warning_key(state: State) -> Option<&'static str> {
    (!state.is_in_force()).then(|| state.as_str())
}

/// Rewrites links in a document's HTML to files in the pack; links to other pages of the portal lose their address.
fn rewrite_links(html: &str, page: &SitePath, path: &str, targets: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(html.len());
    let root = "../".repeat(path.matches('/').count());
    for (text, tag) in pieces(html) {
        out.push_str(text);
        let name = if tag.starts_with("<a ") { " href=\"" } else { " src=\"" };
        let is_link = tag.starts_with("<a ") || tag.starts_with("<img ");
        let parts = tag.split_once(name).and_then(|(before, rest)| Some((before, rest.split_once('"')?)));
        let Some((before, (target, after))) = parts.filter(|(_, (to, _))| is_link && leads_to_other_page(to)) else {
            out.push_str(tag);
            continue;
        };
        out.push_str(before);
        let target = root_relative(page, target);
        let (address, fragment) = target
            .split_once('#')
            .map_or((&*target, String::new()), |(address, fragment)| (address, format!("#{fragment}")));
        if let Some(to) = targets.get(address) {
            out.push_str(name);
            escape(&mut out, &format!("{root}{to}"));
            out.push_str(&fragment);
            out.push('"');
        }
        out.push_str(after);
    }
    out
}
