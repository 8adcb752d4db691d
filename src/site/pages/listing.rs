//! Lists of documents by owner, type, role, tag, state and group of clauses.

use super::document::history_entry;
use super::reviews;
use crate::assess::State;
use crate::handbook::DocumentIndex;
use crate::site::directory::Directory;
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::links::url;
use crate::site::model::{Frame, IndexEntry, IndexKind, IndexPage, Link, ListPage, ListRow, ListedDocument, Shared};
use crate::site::portal::Portal;
use crate::site::reading;
use crate::site::register::{state_path, tally_states};
use crate::site::row_cache::RowForm;
use crate::site::theme::{Theme, ThemeError};
use crate::url::SitePath;

/// The maximum number of documents per part of a list.
pub(super) const MAX_ROWS: usize = 300;

/// The maximum number of recent changes of a document in a reading list.
const MAX_CHANGES: usize = 5;

/// A kind of list, with an index.
#[derive(Clone, Copy)]
struct NamedLists {
    kind: IndexKind,
    /// The key of the index in the navigation.
    key: &'static str,
    /// The names and their documents.
    directory: for<'p, 'a> fn(&'p Portal<'a>) -> &'p Directory,
}

/// An index of owners, and a list for each.
pub(super) fn owners(portal: &Portal<'_>) -> Vec<Job> {
    jobs(portal, NamedLists { kind: IndexKind::Owner, key: "owners", directory: |portal| &portal.owners })
}

/// An index of types, and a list for each.
pub(super) fn types(portal: &Portal<'_>) -> Vec<Job> {
    jobs(portal, NamedLists { kind: IndexKind::Type, key: "types", directory: |portal| &portal.types })
}

/// An index of roles, and a list for each.
pub(super) fn roles(portal: &Portal<'_>) -> Vec<Job> {
    jobs(portal, NamedLists { kind: IndexKind::Role, key: "roles", directory: |portal| &portal.roles })
}

/// An index of tags, and a list for each.
pub(super) fn tags(portal: &Portal<'_>) -> Vec<Job> {
    jobs(portal, NamedLists { kind: IndexKind::Tag, key: "tags", directory: |portal| &portal.tags })
}

/// A list for each state that a document is in on the build's day.
pub(super) fn states(portal: &Portal<'_>) -> Vec<Job> {
    let lists = portal.register().tally.states.iter().flat_map(|entry| {
        let parts = ListSlice::split(entry.count, MAX_ROWS).into_iter();
        parts.map(move |part| (entry.state, part))
    });
    let job = |(state, part): (State, ListSlice)| {
        Job::from_parts(part.path(&state_path(state)), move |portal, theme| state_list(portal, theme, state, &part))
    };
    lists.map(job).collect()
}

fn state_list(portal: &Portal<'_>, theme: &Theme, state: State, part: &ListSlice) -> Result<ListPage, ThemeError> {
    let all = portal.register().documents.iter().copied();
    let documents: Vec<DocumentIndex> = all.filter(|index| portal.assessment.state(*index) == state).collect();
    let first = state_path(state);
    let title = portal.labels.text(&format!("state.{}", state.as_str())).to_owned();
    let crumb = Link { text: portal.labels.text("pages.register").to_owned(), url: "register.html".to_owned() };
    let frame = Frame { crumbs: vec![crumb.into()], ..portal.part_frame(part, &first, title, "register") };
    list(portal, theme, frame, ListPart { kind: IndexKind::State, documents: &documents, first: &first, part })
}

/// An index of names and a list for each; empty if no document has any.
fn jobs(portal: &Portal<'_>, lists: NamedLists) -> Vec<Job> {
    let directory = (lists.directory)(portal);
    if directory.iter().next().is_none() {
        return Vec::new();
    }
    let mut jobs = vec![Job::page(directory.index.clone(), move |portal| index(portal, lists))];
    for (name, entry) in directory.iter() {
        for part in ListSlice::split(entry.documents.len(), MAX_ROWS) {
            let name = name.clone();
            let path = part.path(&entry.path);
            jobs.push(Job::from_parts(path, move |portal, theme| named_list(portal, theme, lists, &name, &part)));
        }
    }
    jobs
}

fn index(portal: &Portal<'_>, NamedLists { kind, key, directory }: NamedLists) -> IndexPage {
    let directory = directory(portal);
    let entry = |(name, entry): (&std::sync::Arc<str>, &crate::site::directory::DirectoryEntry)| IndexEntry {
        name: display_name(portal, kind, name),
        url: url(&entry.path),
        count: entry.documents.len(),
        tally: tally_states(portal.assessed(), entry.path.as_str(), entry.documents.iter().copied()),
    };
    IndexPage {
        frame: portal.frame(&directory.index, portal.labels.text(&format!("pages.{key}")), key),
        kind,
        entries: directory.iter().map(entry).collect(),
    }
}

fn display_name(portal: &Portal<'_>, kind: IndexKind, name: &str) -> String {
    match kind {
        IndexKind::Type => match portal.reading.settings.find_type(name) {
            Some(kind) if kind.custom_names.plural => kind.plural.clone(),
            Some(kind) => portal.labels.get(&format!("type.many.{name}")).unwrap_or(&kind.plural).to_owned(),
            None => name.to_owned(),
        },
        _ => name.to_owned(),
    }
}

fn named_list(
    portal: &Portal<'_>,
    theme: &Theme,
    NamedLists { kind, key, directory }: NamedLists,
    name: &str,
    part: &ListSlice,
) -> Result<ListPage, ThemeError> {
    let directory = directory(portal);
    let (documents, first) = match directory.get(name) {
        Some(entry) => (entry.documents.as_slice(), &entry.path),
        None => (&[][..], &directory.index),
    };
    let crumb = Link { text: portal.labels.text(&format!("pages.{key}")).to_owned(), url: url(&directory.index) };
    let base = portal.part_frame(part, first, display_name(portal, kind, name), key);
    // A role has a page as an owner and one as a reader.
    let detail = std::iter::once(crumb.text.clone()).chain(base.detail).collect::<Vec<_>>().join(", ");
    let frame = Frame { crumbs: vec![crumb.into()], detail: Some(detail), ..base };
    let page = list(portal, theme, frame, ListPart { kind, documents, first, part })?;
    let ics = (kind == IndexKind::Owner).then(|| reviews::owner_calendar_url(portal, name)).flatten();
    Ok(ListPage { ics, ..page })
}

/// The contents of a list.
pub(super) struct ListPart<'a> {
    pub(super) kind: IndexKind,
    pub(super) documents: &'a [DocumentIndex],
    pub(super) first: &'a SitePath,
    pub(super) part: &'a ListSlice,
}

/// A list of documents, or one part of it.
fn list(portal: &Portal<'_>, theme: &Theme, frame: Frame, list_part: ListPart<'_>) -> Result<ListPage, ThemeError> {
    let ListPart { kind, documents, first, part } = list_part;
    let is_recent = |index: &DocumentIndex| {
        kind == IndexKind::Role && reading::changed_recently(portal.assessed(), *index).is_some()
    };
    let (recent, others): (Vec<DocumentIndex>, Vec<_>) =
        documents[part.range.clone()].iter().partition(|at| is_recent(at));
    let form = match kind {
        IndexKind::Role => RowForm::ReadingList,
        IndexKind::Owner => RowForm::OwnerList,
        _ => RowForm::Listed,
    };
    let renderer = portal.row_renderer(&frame.root, theme);
    let is_own = theme.has_own_templates();
    let laid_out = |documents: &[DocumentIndex], form| {
        let part =
            |index| ListedDocument { row: row_in(portal, index, form, is_own), shows_owner: kind != IndexKind::Owner };
        renderer.render(documents.iter().copied().filter(|_| kind != IndexKind::State), form, part)
    };
    // The built-in templates use only the rendered rows.
    let rows = |documents: &[DocumentIndex], form| {
        let shown_documents = documents.iter().filter(|_| is_own || kind == IndexKind::State);
        shown_documents.map(|at| row_in(portal, *at, form, is_own)).collect()
    };
    Ok(ListPage {
        recent: rows(&recent, RowForm::Recent),
        rows: rows(&others, form),
        recent_laid_out: laid_out(&recent, RowForm::Recent)?,
        rows_laid_out: laid_out(&others, form)?,
        frame,
        kind,
        tally: tally_states(portal.assessed(), first.as_str(), documents.iter().copied()),
        reading: (kind == IndexKind::Role).then(|| reading::in_words(portal.labels, total(portal, documents))),
        pagination: part.pagination(first),
        ics: None,
    })
}

/// The total reading time of those documents that were approved and are not retired, in minutes.
fn total(portal: &Portal<'_>, documents: &[DocumentIndex]) -> u32 {
    let applies = |index: &&DocumentIndex| reading::applies(portal.assessed(), **index);
    documents.iter().filter(applies).map(|index| minutes(portal, *index)).sum()
}

fn minutes(portal: &Portal<'_>, index: DocumentIndex) -> u32 {
    reading::minutes(&portal.document(index).file.body)
}

/// A row in the variant that a list shows. It is cached if custom templates use it, since other lists then need it too.
fn row_in(portal: &Portal<'_>, index: DocumentIndex, form: RowForm, is_kept: bool) -> Shared<ListRow> {
    let make = || match form {
        RowForm::ReadingList => reading_list_row(portal, index),
        RowForm::Recent => recent_row(portal, index),
        _ => row(portal, index),
    };
    if is_kept { portal.list_row(index, form, make) } else { Shared::new(make()) }
}

/// A row of a reading list.
fn reading_list_row(portal: &Portal<'_>, index: DocumentIndex) -> ListRow {
    ListRow { reading: Some(reading::in_words(portal.labels, minutes(portal, index))), ..row(portal, index) }
}

/// A row of a reading list, with recent changes.
fn recent_row(portal: &Portal<'_>, index: DocumentIndex) -> ListRow {
    let changes = reading::recent_changes(portal.assessed(), index).into_iter().take(MAX_CHANGES);
    ListRow {
        changes: changes.map(|(_, change)| history_entry(change)).collect(),
        approved: reading::recent_approval(portal.assessed(), index),
        ..reading_list_row(portal, index)
    }
}

fn row(portal: &Portal<'_>, index: DocumentIndex) -> ListRow {
    let document = portal.document(index);
    let front = document.front();
    let last = front.and_then(|front| {
        front
            .changes
            .iter()
            .filter(|change| change.date.is_some())
            .max_by_key(|change| change.date.as_ref().map(|on| on.value))
    });
    ListRow {
        document: portal.document_link(index),
        version: front.and_then(|front| front.version.as_ref()).map(|text| text.value.clone()),
        owner: portal.people(&document.owners),
        next_review: portal.assessment.life(index).next_review.filter(|_| portal.shows_figures()),
        changed_on: last.and_then(|change| change.date.as_ref()).map(|on| on.value),
        change: last.and_then(|change| change.summary.as_ref()).map(|text| text.value.clone()),
        reading: None,
        changes: Vec::new(),
        approved: None,
    }
}

pub(super) fn groups(portal: &Portal<'_>) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (at, group) in portal.groups.iter().enumerate() {
        if group.clause.is_none() && group.documents.is_empty() {
            continue;
        }
        for part in ListSlice::split(group.documents.len(), MAX_ROWS) {
            let path = part.path(&group.path);
            jobs.push(Job::from_parts(path, move |portal, theme| group_list(portal, theme, at, &part)));
        }
    }
    jobs
}

fn group_list(portal: &Portal<'_>, theme: &Theme, at: usize, part: &ListSlice) -> Result<ListPage, ThemeError> {
    let (path, title, documents) = match portal.groups.get(at) {
        Some(group) => (group.path.clone(), format!("{} {}", group.number, group.title), group.documents.as_slice()),
        None => (crate::site::layout::home(), String::new(), &[][..]),
    };
    let lang = portal.groups.get(at).and_then(|group| portal.group_lang(group)).map(str::to_owned);
    let detail = portal.part_detail(part.number);
    let frame = Frame { lang, detail, ..portal.group_frame(&part.path(&path), title.trim(), at) };
    list(portal, theme, frame, ListPart { kind: IndexKind::Group, documents, first: &path, part })
}
