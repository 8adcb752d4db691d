//! The Atom feed of changes (RFC 4287), from the revision histories of documents.

use std::collections::HashMap;
use std::fmt::Write;

use crate::report::xml::escape;
use crate::site::changes::{DatedChange, newest};
use crate::site::identity::uuid;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::portal::Portal;

/// The maximum number of entries in the feed.
const MAX_ENTRIES: usize = 100;

/// The feed.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::file(layout::own_path(layout::FEED), |portal| feed(portal).into_bytes())]
}

/// Times are midnight UTC of the dates in documents. Without a base URL, links are relative to the feed as defined by
/// `xml:base` and RFC 3986; IDs do not depend on the base URL.
fn feed(portal: &Portal<'_>) -> String {
    let changes = newest(portal);
    let newest_changes = &changes[..changes.len().min(MAX_ENTRIES)];
    let updated = newest_changes.first().map_or(portal.assessment.clock.as_of, |newest| newest.date);
    let settings = &portal.reading.settings;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escape(&settings.lang)
    );
    write_element(&mut out, "title", &format!("{}: {}", settings.title, portal.labels.text("pages.changes")));
    write_element(&mut out, "id", &format!("urn:uuid:{}", uuid(portal, &["feed"])));
    write_element(&mut out, "updated", &format!("{updated}T00:00:00Z"));
    let author = settings.organization.as_deref().unwrap_or(&settings.title);
    let _ = writeln!(out, "<author><name>{}</name></author>", escape(author));
    write_link(&mut out, "alternate\" type=\"text/html", &absolute_url(portal, "index.html"));
    if settings.base_url.is_some() {
        write_link(&mut out, "self\" type=\"application/atom+xml", &absolute_url(portal, layout::FEED));
    }
    write_element(&mut out, "generator", "Clausebook");
    let mut key_counts = HashMap::new();
    newest_changes.iter().for_each(|change| write_entry(&mut out, portal, change, &mut key_counts));
    out.push_str("</feed>\n");
    out
}

/// Writes an entry. `key_counts` counts entries that differ only in their position in the document.
fn write_entry(
    out: &mut String,
    portal: &Portal<'_>,
    dated: &DatedChange<'_>,
    key_counts: &mut HashMap<String, usize>,
) {
    let document = portal.document(dated.document);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    let text = |value: &Option<crate::place::Located<String>>| value.as_ref().map(|text| text.value.clone());
    let version = text(&dated.change.version);
    let day = dated.date.to_string();
    let key = uuid(portal, &["change", &id, version.as_deref().unwrap_or_default(), &day]);
    let count = key_counts.entry(key.clone()).or_default();
    *count += 1;
    let key = if *count > 1 { uuid(portal, &[&key, &count.to_string()]) } else { key };
    let lang = document.front().and_then(|front| front.lang.as_ref());
    let lang = lang.map_or_else(String::new, |lang| format!(" xml:lang=\"{}\"", escape(&lang.value)));
    let _ = writeln!(out, "<entry{lang}>");
    let parts = [Some(id), Some(document.title.to_string()), version];
    write_element(out, "title", &parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    write_element(out, "id", &format!("urn:uuid:{key}"));
    write_element(out, "updated", &format!("{day}T00:00:00Z"));
    write_link(out, "alternate\" type=\"text/html", &absolute_url(portal, &url(&document.url)));
    if let Some(by) = text(&dated.change.author) {
        let _ = writeln!(out, "<author><name>{}</name></author>", escape(&by));
    }
    let kind = portal.kind(&document.doc_type);
    let _ = writeln!(out, "<category term=\"{}\" label=\"{}\"/>", escape(&kind.key), escape(&kind.name));
    write_element(out, "summary", &text(&dated.change.summary).unwrap_or_default());
    out.push_str("</entry>\n");
}

fn write_element(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escape(text));
}

fn write_link(out: &mut String, relation: &str, address: &str) {
    let _ = writeln!(out, "<link rel=\"{relation}\" href=\"{}\"/>", escape(address));
}

/// An address below the base URL or, if there is none, relative to the site's root.
pub(super) fn absolute_url(portal: &Portal<'_>, path: &str) -> String {
    match &portal.reading.settings.base_url {
        Some(base) => format!("{}/{path}", base.trim_end_matches('/')),
        None => path.to_owned(),
    }
}
