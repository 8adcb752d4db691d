//! Clausebook's own pages in the navigation, and the context that all templates share.

use super::layout;
use super::links::url;
use super::model::{
    Brand, Link, NavigationGroup, NavigationLink, NavigationPage, NavigationSection, Site, StandardLink,
};
use super::own_pages::ListedPage;
use super::portal::Portal;
use crate::chronicle::HandbookPast;
use crate::config::{AddedLink, CHAPTERS, LinkTarget, SECTIONS};
use crate::handbook::Reading;
use crate::place::Located;
use crate::standard::Standards;

/// Additions to a site besides its pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// The address of the live preview's script.
    pub preview: Option<&'a str>,
    /// The part of the handbook's history that the portal shows.
    pub(crate) past: Option<&'a HandbookPast>,
}

impl<'a> Extras<'a> {
    /// The additions of the live preview, whose script is at an address.
    pub fn for_preview(script: &'a str) -> Extras<'a> {
        Extras { preview: Some(script), past: None }
    }
}

/// The context that all templates share.
pub(crate) fn site(portal: &Portal<'_>, extras: Extras<'_>) -> Site {
    let Portal { reading, assessment, ref groups, .. } = *portal;
    let Reading { settings, standards, .. } = reading;
    Site {
        title: settings.title.clone(),
        organization: settings.organization.clone(),
        lang: settings.lang.clone(),
        names_english: !portal.is_english(),
        labels_lang: portal.labels_lang().map(str::to_owned),
        as_of: assessment.clock.as_of,
        standing: portal.labels.as_of_sentence(assessment.clock.as_of),
        built: portal.labels.as_built_sentence(assessment.clock.as_of),
        days: portal.days.version.clone(),
        warning_days: assessment.clock.warning_days,
        indexed: settings.search_engines,
        pages: portal.navigation_pages.iter().map(|page| own_page(page, portal)).collect(),
        groups: groups
            .iter()
            .filter(|group| group.clause.is_some() || !group.documents.is_empty())
            .map(|group| navigation_group(portal, group))
            .collect(),
        figures: portal.shows_figures(),
        edition: settings.is_limited(),
        sections: sections(portal),
        standards: standards.indexes().map(|standard| portal.standard_link(standard)).collect(),
        searchable: settings.portal.search,
        whole: layout::SITE_DATA.to_owned(),
        previews: portal.previews().count(),
        feed: layout::FEED.to_owned(),
        brand: brand(portal),
        preview: extras.preview.map(str::to_owned),
        note: settings.footer.clone(),
        footer: footer(portal),
    }
}

fn own_page(page: &ListedPage, portal: &Portal<'_>) -> NavigationPage {
    let counted = (page.count)(portal.assessed()).is_some();
    NavigationPage { key: page.key.to_owned(), url: page.path.clone(), counted }
}

fn navigation_group(portal: &Portal<'_>, group: &super::groups::Group) -> NavigationGroup {
    NavigationGroup {
        number: group.number.clone(),
        title: group.title.clone(),
        lang: portal.group_lang(group),
        url: url(&group.path),
    }
}

/// The sidebar's sections in the order of the settings, without hidden ones and with added links.
fn sections(portal: &Portal<'_>) -> Vec<NavigationSection> {
    let settings = &portal.reading.settings.portal.navigation;
    let mut sections: Vec<NavigationSection> =
        settings.in_display_order(SECTIONS).map(|key| section(portal, key)).collect();
    sections.retain(|section| section.key == CHAPTERS || !section.links.is_empty());
    sections
}

fn section(portal: &Portal<'_>, key: &str) -> NavigationSection {
    let settings = &portal.reading.settings.portal.navigation;
    let keys = portal
        .navigation_pages
        .iter()
        .filter(|page| page.section == key && !page.section.is_empty())
        .map(|page| page.key);
    let keys: Vec<&str> = keys.collect();
    let pages: Vec<usize> = settings
        .in_display_order(&keys)
        .filter_map(|key| portal.navigation_pages.iter().position(|page| page.key == key))
        .collect();
    let own_links = pages.iter().map(|at| own_link(portal, *at));
    let added = settings.links.iter().filter(|link| link.section == key).filter_map(|link| added_link(portal, link));
    NavigationSection { key: key.to_owned(), links: own_links.chain(added).collect(), pages }
}

fn own_link(portal: &Portal<'_>, at: usize) -> NavigationLink {
    let page = &portal.navigation_pages[at];
    let NavigationPage { key, url, counted } = own_page(page, portal);
    let text = portal.labels.text(&format!("pages.{key}")).to_owned();
    NavigationLink { text, url, outside: false, counted: counted.then_some(key), page: Some(at) }
}

/// A link from the settings; `None` for a document that this edition does not show.
fn added_link(portal: &Portal<'_>, link: &AddedLink) -> Option<NavigationLink> {
    let (url, title, outside) = match &link.target {
        LinkTarget::Address(address) => (address.clone(), address.clone(), true),
        LinkTarget::Document(id) => {
            let document = portal.document(portal.reading.handbook.lookup.by_id(&id.value)?);
            (url(&document.url), document.title.to_string(), false)
        }
    };
    Some(NavigationLink { text: link.title.clone().unwrap_or(title), url, outside, counted: None, page: None })
}

/// A link to a standard.
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

impl Portal<'_> {
    /// A link to a standard. The statement of applicability shows states, so it is left out in editions without
    /// figures.
    pub(crate) fn standard_link(&self, standard: crate::id::StandardIndex) -> StandardLink {
        let link = standard_link(&self.reading.standards, standard);
        StandardLink { applicability: link.applicability.filter(|_| self.shows_figures()), ..link }
    }
}

fn brand(portal: &Portal<'_>) -> Brand {
    let brand = &portal.reading.settings.brand;
    let logo = brand.logo.as_ref().and_then(|path| {
        let asset = portal.reading.handbook.assets.iter().find(|asset| *asset.path == *path.value)?;
        Some(url(&asset.url))
    });
    let colour = |colour: &Option<Located<String>>| colour.as_ref().map(|colour| colour.value.clone());
    Brand { accent: colour(&brand.accent), accent_dark: colour(&brand.accent_dark), logo, logo_dark: None }
}

fn footer(portal: &Portal<'_>) -> Vec<Link> {
    let file_link = |(key, file): (&str, &str)| Link { text: portal.labels.text(key).to_owned(), url: file.to_owned() };
    let data = if portal.shows_figures() { "say.assessment" } else { "say.documents_data" };
    [("say.feed", layout::FEED), (data, "assessment.json")].map(file_link).into()
}
