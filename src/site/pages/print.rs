//! Print pages with many documents.

use std::sync::{Arc, Mutex, PoisonError};

use super::document::{addressed_clauses, control, history};
use super::home::certificate;
use crate::handbook::DocumentIndex;
use crate::site::body;
use crate::site::groups::Group;
use crate::site::job::Job;
use crate::site::links::url;
use crate::site::model::{
    ClauseLink, Cover, Frame, Html, PrintEntry, PrintGroup, PrintPage, PrintedDocument, Shared, StepLink,
};
use crate::site::own_pages::has_print_pages;
use crate::site::portal::Portal;
use crate::site::print::SheetDocument;
use crate::site::print_pages::{Sheet, SheetPart, sheets, whole_path};
use crate::site::theme::{Theme, ThemeError};
use crate::url::SitePath;

/// The whole handbook, if it is not too long, and each group of clauses.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    sheet_jobs(portal, sheets_of_site(portal))
}

/// Print pages for a handbook of any length.
pub(super) fn all_jobs(portal: &Portal<'_>) -> Vec<Job> {
    sheet_jobs(portal, sheets(&portal.groups, portal.labels))
}

fn sheet_jobs(portal: &Portal<'_>, sheets: Vec<Sheet>) -> Vec<Job> {
    let step = |sheet: &Sheet| StepLink { text: sheet.title.clone(), url: url(&sheet.path), lang: lang(portal, sheet) };
    let all: Arc<[StepLink]> = sheets.iter().map(step).collect();
    // If one page contains the whole handbook, every document is on two pages.
    let twice = sheets.iter().any(|sheet| sheet.path == whole_path());
    let entries =
        EntryCache(twice.then(|| portal.reading.handbook.documents.iter().map(|_| Mutex::default()).collect()));
    let job = |sheet: Sheet| {
        let (all, entries) = (all.clone(), entries.clone());
        Job::from_parts(sheet.path.clone(), move |portal, theme| print(portal, theme, &sheet, &all, &entries))
    };
    sheets.into_iter().map(job).collect()
}

/// Documents that are on two print pages, each rendered when a page first needs it; `None` if each is on only one.
#[derive(Clone)]
struct EntryCache(Option<Arc<[Mutex<Option<Entry>>]>>);

type Entry = Shared<PrintEntry>;

impl EntryCache {
    fn get(&self, index: DocumentIndex, make: impl Fn() -> Result<Entry, ThemeError>) -> Result<Entry, ThemeError> {
        let Some(kept) = self.0.as_ref().and_then(|kept| kept.get(index.at())) else { return make() };
        // Usable after a panic in another thread, because it is set only once.
        let mut cached = kept.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cached {
            Some(entry) => Ok(entry.clone()),
            None => make().inspect(|entry| *cached = Some(entry.clone())),
        }
    }
}

/// The print pages of a site.
fn sheets_of_site(portal: &Portal<'_>) -> Vec<Sheet> {
    if has_print_pages(&portal.reading.handbook) { sheets(&portal.groups, portal.labels) } else { Vec::new() }
}

/// The language of a print page's title if it is not the portal's; for a group, the language of its clause.
fn lang(portal: &Portal<'_>, sheet: &Sheet) -> Option<String> {
    let part = sheet.parts.first().filter(|_| sheet.path != whole_path())?;
    portal.group_lang(portal.groups.get(part.group)?).map(str::to_owned)
}

fn print(
    portal: &Portal<'_>,
    theme: &Theme,
    sheet: &Sheet,
    all: &[StepLink],
    entries: &EntryCache,
) -> Result<PrintPage, ThemeError> {
    let Sheet { path, title, parts } = sheet;
    let main = portal.reading.standards.main();
    let own_url = url(path);
    let group = |part: &SheetPart| {
        let group = portal.groups.get(part.group)?;
        let entry = |index| entries.get(index, || render_entry(portal, theme, path, index));
        let documents = part.documents.iter().map(|index| entry(*index)).collect::<Result<_, _>>();
        Some(documents.map(|documents| PrintGroup { clause: heading(portal, group), documents }))
    };
    let detail = Some(portal.labels.text("pages.print").to_owned());
    Ok(PrintPage {
        frame: Frame { pictures: true, lang: lang(portal, sheet), detail, ..portal.frame(path, title, "print") },
        standard: main.map(|main| portal.reading.standards.catalogue(main).title.clone()).unwrap_or_default(),
        cover: cover(portal, sheet),
        others: all.iter().filter(|other| other.url != own_url).cloned().collect(),
        groups: parts.iter().filter_map(group).collect::<Result<_, _>>()?,
    })
}

fn cover(portal: &Portal<'_>, sheet: &Sheet) -> Cover {
    let settings = &portal.reading.settings;
    let documents: Vec<DocumentIndex> = controlled(portal, sheet).collect();
    let classes = documents.iter().filter_map(|index| portal.document(*index).classification.as_deref());
    Cover {
        figures: portal.reading.standards.main().filter(|_| portal.shows_figures()).map(|main| portal.figures(main)),
        certificate: certificate(portal),
        documents: documents.len(),
        classification: classes.max_by_key(|name| settings.classification_rank(name)).map(str::to_owned),
    }
}

fn controlled(portal: &Portal<'_>, sheet: &Sheet) -> impl Iterator<Item = DocumentIndex> {
    sheet.documents().filter(|index| portal.document(*index).is_controlled())
}

/// The documents and pages of a print page.
pub(in crate::site) fn documents_of(portal: &Portal<'_>, sheet: &Sheet) -> Vec<SheetDocument> {
    let document = |index: DocumentIndex| SheetDocument {
        anchor: anchor(index),
        url: url(&portal.document(index).url),
        footer: footer_text(portal, index),
    };
    sheet.documents().map(document).collect()
}

/// The ID, version and classification; pages have a title instead of an ID.
fn footer_text(portal: &Portal<'_>, index: DocumentIndex) -> String {
    let document = portal.document(index);
    let version =
        control(portal, index).version.map(|version| format!("{} {version}", portal.labels.text("control.version")));
    let classification = document.classification.as_deref().map(str::to_owned);
    let id = document.id().map_or_else(|| document.title.to_string(), ToString::to_string);
    std::iter::once(id).chain(version).chain(classification).collect::<Vec<_>>().join(" · ")
}

fn anchor(index: DocumentIndex) -> String {
    format!("d{}", index.0)
}

fn heading(portal: &Portal<'_>, group: &Group) -> ClauseLink {
    let plain = || ClauseLink {
        number: group.number.clone(),
        title: group.title.clone(),
        url: url(&group.path),
        ..ClauseLink::default()
    };
    group.clause.map_or_else(plain, |key| portal.bare_clause_link(key))
}

/// A rendered document for the print page at `path`, which is the same on all pages in that folder.
fn render_entry(
    portal: &Portal<'_>,
    theme: &Theme,
    path: &SitePath,
    index: DocumentIndex,
) -> Result<Entry, ThemeError> {
    let document = portal.document(index);
    let anchor = anchor(index);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    let body = body::render_prefixed(portal, index, path, &format!("{anchor}-"), &id);
    let printed = PrintedDocument {
        id,
        title: document.title.to_string(),
        lang: document.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.clone()),
        anchor,
        kind: portal.kind(&document.doc_type),
        badge: portal.badge(index),
        control: control(portal, index),
        body: Html::new(&body),
        clauses: addressed_clauses(portal, document),
        history: history(document),
    };
    let article = theme.render_part(&printed, &path.to_top())?;
    let PrintedDocument { id, title, anchor, .. } = printed;
    Ok(Shared::new(PrintEntry { id, title, anchor, article }))
}
