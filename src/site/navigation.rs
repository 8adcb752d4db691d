//! Clausebook's own pages in the navigation, and what all pages share.

use super::layout;
use super::links::url;
use super::model::{Brand, Link, NavigationGroup, NavigationPage, Site, StandardLink};
use super::own::Listed;
use super::portal::Portal;
use crate::chronicle::Past;
use crate::handbook::Reading;
use crate::standard::Standards;

/// What the build adds to the site beside its pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// The script of the live preview, as an address.
    pub preview: Option<&'a str>,
    /// What the portal shows of the handbook's past.
    pub(crate) past: Option<&'a Past>,
}

impl<'a> Extras<'a> {
    /// Those of the live preview, whose script is at an address.
    pub fn of_preview(script: &'a str) -> Extras<'a> {
        Extras { preview: Some(script), past: None }
    }
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
        built: portal.labels.built(assessment.clock.as_of),
        days: portal.days.version.clone(),
        warning_days: assessment.clock.warning_days,
        indexed: settings.search_engines,
        pages: portal.listed.iter().map(|page| own_page(page, portal)).collect(),
        groups: groups
            .iter()
            .filter(|group| group.clause.is_some() || !group.documents.is_empty())
            .map(group)
            .collect(),
        standards: standards.indexes().map(|standard| standard_link(standards, standard)).collect(),
        searchable: settings.portal.search,
        previews: portal.previews().count(),
        feed: layout::FEED.to_owned(),
        brand: brand(portal),
        preview: extras.preview.map(str::to_owned),
        note: settings.footer.clone(),
        footer: footer(portal),
    }
}

fn own_page(page: &Listed, portal: &Portal<'_>) -> NavigationPage {
    let count = (page.count)(portal.assessed()).filter(|count| *count > 0);
    NavigationPage { key: page.key.to_owned(), url: page.path.clone(), count }
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
        guide: standards.is_guide(standard),
        applicability: (!standards.is_guide(standard) && standards.has_excludable(standard))
            .then(|| url(&layout::applicability(standards, standard))),
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
