//! Clausebook's own pages in the navigation, and what all pages share.

use super::layout;
use super::links::url;
use super::model::{Brand, Link, NavigationGroup, NavigationPage, Site, StandardLink};
use super::portal::Portal;
use crate::assess::{Assessment, ItemVerdict, Verdict};
use crate::finding::Severity;
use crate::handbook::Reading;
use crate::standard::{Basis, Standards};

/// An own page in the navigation.
#[derive(Debug)]
pub(crate) struct OwnPage {
    /// Key of its label.
    pub(crate) key: &'static str,
    /// Its path.
    pub(crate) path: &'static str,
    /// A figure beside it.
    count: fn(&Standards, &Assessment) -> Option<usize>,
}

/// Own pages in the order of the navigation.
pub(crate) static PAGES: &[OwnPage] = &[
    OwnPage { key: "home", path: "index.html", count: |_, _| None },
    OwnPage { key: "matrix", path: "matrix.html", count: |_, _| None },
    OwnPage { key: "gaps", path: "gaps.html", count: |standards, assessment| Some(gaps(standards, assessment)) },
    OwnPage { key: "register", path: "register.html", count: |_, _| None },
    OwnPage { key: "calendar", path: "calendar.html", count: |_, _| None },
    OwnPage { key: "ages", path: "ages.html", count: |_, _| None },
    OwnPage { key: "findings", path: "findings.html", count: |_, assessment| Some(alarms(assessment)) },
    OwnPage { key: "map", path: "map.html", count: |_, _| None },
    OwnPage { key: "owners", path: "owners/index.html", count: |_, _| None },
    OwnPage { key: "types", path: "types/index.html", count: |_, _| None },
    OwnPage { key: "roles", path: "roles/index.html", count: |_, _| None },
];

/// Open clauses and required items of the main standard.
fn gaps(standards: &Standards, assessment: &Assessment) -> usize {
    let clauses = assessment.clauses.first().into_iter().flatten();
    let open = clauses.filter(|one| standards.is_unit(one.clause) && one.verdict.is_some_and(Verdict::is_gap));
    let items = assessment.items.first().into_iter().flatten();
    let wanted = items.filter(|item| {
        item.basis == Basis::Required && !matches!(item.verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded)
    });
    open.count() + wanted.count()
}

fn alarms(assessment: &Assessment) -> usize {
    assessment.count(Severity::Error) + assessment.count(Severity::Warning)
}

/// What the build adds to the site beside its pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// The script of the live preview, as an address.
    pub preview: Option<&'a str>,
}

/// What all pages share.
pub(crate) fn site(portal: &Portal<'_>, extras: Extras<'_>) -> Site {
    let Portal { reading, assessment, ref groups, .. } = *portal;
    let Reading { settings, standards, .. } = reading;
    Site {
        title: settings.title.clone(),
        organization: settings.organization.clone(),
        lang: settings.lang.clone(),
        as_of: assessment.clock.as_of,
        standing: portal.labels.standing(assessment.clock.as_of),
        warning_days: assessment.clock.warning_days,
        indexed: settings.search_engines,
        pages: PAGES.iter().map(|page| own_page(page, portal)).collect(),
        groups: groups
            .iter()
            .filter(|group| group.clause.is_some() || !group.documents.is_empty())
            .map(group)
            .collect(),
        standards: standards.indexes().map(|standard| standard_link(standards, standard)).collect(),
        searchable: settings.search,
        previews: portal.previews.count(),
        feed: layout::FEED.to_owned(),
        brand: brand(portal),
        preview: extras.preview.map(str::to_owned),
        note: settings.footer.clone(),
        footer: footer(portal),
    }
}

fn own_page(page: &OwnPage, portal: &Portal<'_>) -> NavigationPage {
    let count = (page.count)(&portal.reading.standards, portal.assessment).filter(|count| *count > 0);
    NavigationPage { key: page.key.to_owned(), url: page.path.to_owned(), count }
}

fn group(group: &super::groups::Group) -> NavigationGroup {
    NavigationGroup { number: group.number.clone(), title: group.title.clone(), url: url(&group.path) }
}

/// A standard as pages name it.
pub(crate) fn standard_link(standards: &Standards, standard: crate::id::StandardIndex) -> StandardLink {
    let catalogue = standards.catalogue(standard);
    StandardLink {
        id: catalogue.id.to_string(),
        title: catalogue.title.clone(),
        url: url(&layout::clauses(standards, standard)),
    }
}

fn brand(portal: &Portal<'_>) -> Brand {
    let brand = &portal.reading.settings.brand;
    let logo = brand.logo.as_ref().and_then(|path| {
        let asset = portal.reading.handbook.assets.iter().find(|asset| *asset.path == *path.value)?;
        Some(url(&asset.url))
    });
    Brand { accent: brand.accent.clone(), accent_dark: brand.accent_dark.clone(), logo, logo_dark: None }
}

fn footer(portal: &Portal<'_>) -> Vec<Link> {
    let named = |(key, file): (&str, &str)| Link { text: portal.labels.text(key).to_owned(), url: file.to_owned() };
    [("say.feed", layout::FEED), ("say.assessment", "assessment.json")].map(named).into()
}
