//! Determines which reservable addresses a portal actually uses for its own pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::contents::HandbookContents;
use super::document::Document;
use super::registers::Registers;
use crate::config::Settings;
use crate::register::{KINDS, Kind, PagePlace};
use crate::standard::Standards;
use crate::url::{OwnPlace, ReservedPlaces, SitePath};

/// The addresses reserved for the portal's own pages: those in use, and those that another day or option would use.
pub(super) fn own_places<'a>(
    table: &'a [OwnPlace],
    theme: &[String],
    settings: &Settings,
    standards: &Standards,
    contents: HandbookContents<'_>,
) -> ReservedPlaces<'a> {
    let HandbookContents { documents, registers } = contents;
    let catalogues = || standards.indexes().map(|standard| standards.catalogue(standard));
    let ids = catalogues().map(|catalogue| catalogue.id.as_str());
    let mut reserved = ReservedPlaces::new(table, ids, theme.iter().map(String::as_str));
    for catalogue in catalogues() {
        let folder = format!("clauses/{}", catalogue.id);
        let pages = catalogue.clauses.iter().map(|clause| SitePath::parse(&format!("{folder}/{}.html", clause.id)));
        pages.flatten().for_each(|page| reserved.reserve_page(&folder, &page));
    }
    let clauses = catalogues().take(1).flat_map(|catalogue| &catalogue.clauses);
    clauses.flat_map(|clause| clause.crosswalk.keys()).for_each(|name| reserved.reserve_unlisted("crosswalk", name));
    reserve_name_pages(&mut reserved, documents);
    reserve_entry_pages(&mut reserved, registers);
    documents.iter().filter_map(|document| document.id()).for_each(|id| reserved.reserve_versions(id.as_str()));
    release_unused(&mut reserved, settings, standards, contents);
    reserved
}

/// Reserves the pages of types, owners, audiences and tags.
fn reserve_name_pages(reserved: &mut ReservedPlaces<'_>, documents: &[Arc<Document>]) {
    let mut names: BTreeSet<(&str, &str)> = BTreeSet::new();
    for document in documents.iter().filter(|document| document.is_controlled()) {
        names.insert(("types", &document.doc_type));
        names.extend(document.owners.iter().map(|owner| ("owners", &**owner)));
        names.extend(document.audience.iter().map(|role| ("roles", &**role)));
        let tags = document.front().into_iter().flat_map(|front| &front.tags);
        names.extend(tags.map(|tag| ("tags", tag.value.trim())));
    }
    names.into_iter().for_each(|(folder, name)| reserved.reserve(folder, name));
}

/// Reserves the pages of entries that have their own, and the lists of these entries.
fn reserve_entry_pages(reserved: &mut ReservedPlaces<'_>, registers: &Registers) {
    for kind in KINDS.iter().map(|row| row.kind).filter(|kind| registers.has(*kind)) {
        if let PagePlace::Each(folder) = kind.row().page {
            reserved.reserve(folder, "index");
            registers.of_kind(kind).for_each(|(_, placed_entry)| reserved.reserve_page(folder, &placed_entry.page));
        }
    }
}

/// Releases the addresses of registers that do not exist, and of files that the settings switch off.
fn release_unused(
    reserved: &mut ReservedPlaces<'_>,
    settings: &Settings,
    standards: &Standards,
    HandbookContents { documents, registers }: HandbookContents<'_>,
) {
    for row in KINDS.iter().filter(|row| !registers.has(row.kind)) {
        let (PagePlace::Each(name) | PagePlace::List(name)) = row.page;
        reserved.release(name);
    }
    let requires_acknowledgement =
        |document: &Arc<Document>| document.front().is_some_and(|front| front.acknowledge.is_some());
    let is_acknowledged = registers.has(Kind::Acknowledgements) || documents.iter().any(requires_acknowledgement);
    let is_certified = registers.has(Kind::Audits) || settings.shown_certificate().is_some();
    let unused = [
        ("actions", registers.has_any()),
        ("acknowledgements", is_acknowledged),
        ("certificate", is_certified),
        ("search", settings.portal.search),
        ("find", settings.portal.search),
        ("applicability", standards.to_cover().any(|standard| standards.has_excludable(standard))),
        ("sitemap.xml", settings.base_url.is_some() && settings.search_engines),
    ];
    unused.into_iter().filter(|(_, is_used)| !is_used).for_each(|(name, _)| reserved.release(name));
}
