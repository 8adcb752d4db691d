//! The content and order of the sidebar.

use super::read::{items, text};
use super::settings::Settings;
use crate::id::DocumentId;
use crate::place::{Located, Span};
use crate::spelling::suggest_help;
use crate::yaml::{Field, Reader, Slot};

/// The section with the groups of clauses.
pub(crate) const CHAPTERS: &str = "chapters";

/// The sections of the sidebar, in their default order.
pub(crate) const SECTIONS: &[&str] = &[CHAPTERS, "coverage", "reviews", "records", "lists"];

/// The portal's own pages that sections list.
pub(crate) const LISTED_PAGES: &[&str] = &[
    "matrix",
    "gaps",
    "information",
    "practices",
    "history",
    "findings",
    "calendar",
    "changes",
    "ages",
    "audits",
    "nonconformities",
    "actions",
    "improvements",
    "risks",
    "objectives",
    "indicators",
    "management_reviews",
    "requirements",
    "issues",
    "competences",
    "acknowledgements",
    "certificate",
    "services",
    "suppliers",
    "locations",
    "register",
    "owners",
    "types",
    "roles",
    "tags",
    "map",
    "print",
];

/// The sidebar.
#[derive(Clone, Debug, Default)]
pub(crate) struct Navigation {
    /// Sections and pages that come first, in this order.
    pub(crate) order: Vec<Located<String>>,
    /// Sections and pages that are not shown.
    pub(crate) hide: Vec<Located<String>>,
    /// Further links.
    pub(crate) links: Vec<AddedLink>,
}

/// A link that the settings add to the sidebar.
#[derive(Clone, Debug)]
pub(crate) struct AddedLink {
    /// Its text; `None` for a document's title.
    pub(crate) title: Option<String>,
    /// Its destination.
    pub(crate) target: LinkTarget,
    /// The section that contains it.
    pub(crate) section: String,
}

/// The destination of an added link.
#[derive(Clone, Debug)]
pub(crate) enum LinkTarget {
    /// A complete address.
    Address(String),
    /// A document of the handbook.
    Document(Located<DocumentId>),
}

impl Navigation {
    /// Documents that added links lead to.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &Located<DocumentId>> {
        self.links.iter().filter_map(|link| match &link.target {
            LinkTarget::Document(id) => Some(id),
            LinkTarget::Address(_) => None,
        })
    }

    /// The keys that are shown: those in the settings first, then the others in the given order.
    pub(crate) fn in_display_order<'k>(&self, keys: &[&'k str]) -> impl Iterator<Item = &'k str> + use<'k> {
        let place = |key: &str| self.order.iter().position(|first| first.value == key).unwrap_or(usize::MAX);
        let mut shown: Vec<&str> =
            keys.iter().copied().filter(|key| !self.hide.iter().any(|hidden| hidden.value == *key)).collect();
        shown.sort_by_key(|key| place(key));
        shown.into_iter()
    }
}

/// Reads the `navigation` key.
pub(super) fn read(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    const FIELDS: &[Field<Navigation>] = &[
        Field::optional("order", |navigation, slot, reader| navigation.order = keys(slot, reader)),
        Field::optional("hide", |navigation, slot, reader| navigation.hide = keys(slot, reader)),
        Field::optional("links", |navigation, slot, reader| {
            items(slot, reader, |slot, reader| navigation.links.extend(link(slot, reader)));
        }),
    ];
    reader.read_mapping(&mut settings.portal.navigation, slot, FIELDS, slot.key.span);
}

/// Reads names of sections and pages.
fn keys(slot: Slot<'_>, reader: &mut Reader<'_>) -> Vec<Located<String>> {
    let known_keys = || SECTIONS.iter().chain(LISTED_PAGES).copied();
    let keys = reader.texts(slot);
    for key in keys.iter().filter(|key| known_keys().all(|known_key| known_key != key.value)) {
        let known: Vec<&str> = known_keys().collect();
        let help = suggest_help(&key.value, known.iter().copied());
        reader.report_with_help(key.span, format!("the navigation has no `{}`", key.value), help);
    }
    super::read::report_duplicates(&keys, "is named twice", reader);
    keys
}

/// An added link as written.
#[derive(Default)]
struct RawLink {
    title: Option<String>,
    url: Option<Located<String>>,
    document: Option<Located<DocumentId>>,
    section: Option<&'static str>,
}

fn link(slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<AddedLink> {
    const FIELDS: &[Field<RawLink>] = &[
        Field::optional("title", |link, slot, reader| link.title = text(slot, reader)),
        Field::optional("url", |link, slot, reader| link.url = reader.text(slot)),
        Field::optional("document", |link, slot, reader| link.document = reader.parse_value(slot)),
        Field::optional("section", |link, slot, reader| {
            let sections: Vec<(&str, &'static str)> = SECTIONS.iter().skip(1).map(|key| (*key, *key)).collect();
            link.section = reader.one_of(slot, &sections).map(|section| section.value);
        }),
    ];
    let mut raw = RawLink::default();
    let before = reader.problem_count();
    reader.read_mapping(&mut raw, slot, FIELDS, slot.node.span);
    if reader.problem_count() > before {
        return None;
    }
    let section = raw.section.unwrap_or("lists").to_owned();
    let target = target(&raw, slot.node.span, reader)?;
    Some(AddedLink { title: raw.title, target, section })
}

fn target(raw: &RawLink, span: Span, reader: &mut Reader<'_>) -> Option<LinkTarget> {
    match (&raw.url, &raw.document) {
        (Some(url), None) => address(url, raw.title.is_some(), reader),
        (None, Some(document)) => Some(LinkTarget::Document(document.clone())),
        _ => {
            let help = "write either `url` with a complete address or `document` with an ID".to_owned();
            reader.report_with_help(span, "this link does not say where it leads", Some(help));
            None
        }
    }
}

fn address(url: &Located<String>, has_title: bool, reader: &mut Reader<'_>) -> Option<LinkTarget> {
    let is_complete = ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| url.value.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if !is_complete || url.value.contains(|c: char| c.is_whitespace() || c.is_control()) {
        let help =
            "write a complete address, such as https://desk.example.org; to link to a document, write `document: ID`";
        reader.report_with_help(url.span, "this is not a complete address", Some(help.to_owned()));
        return None;
    }
    if !has_title {
        reader.report_with_help(url.span, "this link has no title", Some("add `title: TEXT`".to_owned()));
        return None;
    }
    Some(LinkTarget::Address(url.value.clone()))
}
