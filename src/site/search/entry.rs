//! Searchable pages, and their words besides the content.

use std::borrow::Cow;
use std::ops::Range;

use super::fold;
use super::terms::PageTerms;
use super::text::{self, Section};
use super::words::{PageIdentity, PageWords};
use crate::handbook::{Destination, Document, DocumentIndex, EntryIndex};
use crate::id::ClauseKey;
use crate::markdown::LinkForm;
use crate::register::Kind;
use crate::site::links::url;
use crate::site::portal::Portal;

/// The maximum number of single-section entries that are read together, because they share most of their terms.
const MAX_BATCH_ENTRIES: usize = 256;

/// The size of the text of a typical entry of a register.
const TYPICAL_BYTES: usize = 256;

/// A searchable page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SearchEntry {
    /// The page of a clause.
    Clause(ClauseKey),
    /// An own page, as an index into the pages of the navigation.
    OwnPage(usize),
    /// An entry of a register.
    Register(EntryIndex),
    /// A document or page of the handbook.
    Document(DocumentIndex),
}

/// The identification of a page in results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EntryName<'p> {
    /// The ID of a document or the number of a clause; empty for other pages.
    pub(crate) id: Cow<'p, str>,
    /// The title.
    pub(crate) title: Cow<'p, str>,
    /// The address, relative to the site's root.
    pub(crate) url: String,
}

/// All searchable pages, starting with the clauses of the main standard; equal results are shown in this order.
///
/// Documents come last, so that their sections keep their numbers unless a heading is added or removed.
pub(super) fn all(portal: &Portal<'_>) -> Vec<SearchEntry> {
    let standards = &portal.reading.standards;
    let clauses = standards.indexes().flat_map(|standard| standards.clauses(standard)).map(SearchEntry::Clause);
    // A search starts on the home page, so it is not a result.
    let own_pages = (0..portal.navigation_pages.len())
        .filter(|at| portal.navigation_pages[*at].key != "home")
        .map(SearchEntry::OwnPage);
    let documents = portal.reading.handbook.indexed().map(|(index, _)| SearchEntry::Document(index));
    let is_known = |index: &EntryIndex| portal.assessment.entry(*index).is_some();
    let entries =
        portal.reading.handbook.registers.indexed().map(|(index, _)| index).filter(is_known).map(SearchEntry::Register);
    clauses.chain(own_pages).chain(entries).chain(documents).collect()
}

impl SearchEntry {
    /// The number of its sections.
    pub(super) fn section_count(self, portal: &Portal<'_>) -> u32 {
        match self {
            SearchEntry::Document(index) => text::count(&portal.document(index).file.body),
            _ => 1,
        }
    }

    /// Calls `visit` with some of its sections, given by number, in order. Texts that are not in the handbook as a
    /// whole are written into `buffer`.
    pub(super) fn visit_sections(
        self,
        portal: &Portal<'_>,
        numbers: Range<u32>,
        buffer: &mut String,
        mut visit: impl FnMut(Section<'_>),
    ) {
        match self {
            SearchEntry::Document(index) => {
                let file = &portal.document(index).file;
                let words = file.words();
                numbers.for_each(|number| visit(text::section(&file.body, &words.text, number)));
            }
            _ => {
                buffer.clear();
                self.write_only_text(portal, buffer);
                visit(Section::from_text(buffer));
            }
        }
    }

    /// The identification in results.
    pub(super) fn name<'p>(self, portal: &'p Portal<'_>) -> EntryName<'p> {
        match self {
            SearchEntry::Clause(key) => {
                let link = portal.clause_link(key);
                EntryName { id: link.number.into(), title: link.title.into(), url: link.url }
            }
            SearchEntry::OwnPage(at) => EntryName {
                title: portal.labels.text(&format!("pages.{}", portal.navigation_pages[at].key)).to_owned().into(),
                url: portal.navigation_pages[at].path.clone(),
                ..EntryName::default()
            },
            SearchEntry::Register(index) => {
                let placed_entry = portal.entry(index);
                let (id, title) = (placed_entry.id().into(), placed_entry.entry.title().into());
                EntryName { id, title, url: portal.entry_address(index) }
            }
            SearchEntry::Document(index) => {
                let document = portal.document(index);
                EntryName {
                    id: document.id().map_or("", |id| id.as_str()).into(),
                    title: (&*document.title).into(),
                    url: url(&document.url),
                }
            }
        }
    }

    /// The identity: ID, title and words that are not in its content.
    fn identity<'p>(self, portal: &'p Portal<'_>) -> PageIdentity<'p> {
        match self {
            SearchEntry::Clause(key) => {
                let catalogue = portal.reading.standards.catalogue(key.standard);
                let id = portal.reading.standards.clause(key).id.to_string();
                let associated_words = vec![(0, format!("{} {}", catalogue.id, catalogue.title).into())];
                PageIdentity { id: id.into(), title: self.name(portal).title, associated_words, ..Default::default() }
            }
            SearchEntry::Register(index) => {
                let placed_entry = portal.entry(index);
                let (id, title) = (placed_entry.id().into(), placed_entry.entry.title().into());
                let other_ids = placed_entry.entry.actions().filter_map(|action| Some(action.id()?.as_str())).collect();
                match placed_entry.anchor.is_empty() {
                    true => PageIdentity { id, title, other_ids, ..PageIdentity::default() },
                    // A line of a list gives its title less weight than a page.
                    false => {
                        let associated_words = vec![(0, title)];
                        PageIdentity { id, other_ids, associated_words, ..PageIdentity::default() }
                    }
                }
            }
            SearchEntry::OwnPage(_) => PageIdentity { title: self.name(portal).title, ..PageIdentity::default() },
            SearchEntry::Document(index) => {
                let document = portal.document(index);
                let EntryName { id, title, .. } = self.name(portal);
                PageIdentity {
                    id,
                    title,
                    other_ids: Vec::new(),
                    associated_words: associated_words(portal, document),
                    surrounding_text: surrounding_text(document),
                }
            }
        }
    }

    /// Appends the text of its only section; nothing for documents, which have several.
    fn write_only_text(self, portal: &Portal<'_>, out: &mut String) {
        match self {
            SearchEntry::Document(_) => {}
            SearchEntry::Clause(key) => out.push_str(&clause_text(portal, key)),
            SearchEntry::Register(index) => write_entry_text(out, portal, index),
            SearchEntry::OwnPage(at) => out.push_str(&own_text(portal, at)),
        }
    }
}

/// Groups entries to be read together: each document alone, since it has enough terms, and others in batches.
pub(super) fn batch_entries(entries: &[SearchEntry]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let is_document = |at: usize| matches!(entries[at], SearchEntry::Document(_));
        match runs.last_mut().filter(|run| run.len() < MAX_BATCH_ENTRIES && !is_document(run.start)) {
            Some(run) if !matches!(entry, SearchEntry::Document(_)) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The terms of entries that are read together.
pub(super) fn read_terms(portal: &Portal<'_>, entries: &[SearchEntry]) -> PageTerms {
    let identities: Vec<PageIdentity<'_>> = entries.iter().map(|entry| entry.identity(portal)).collect();
    let mut words = PageWords::new(fold::has_compounds(&portal.reading.settings.lang));
    if let ([SearchEntry::Document(index)], [identity]) = (entries, &identities[..]) {
        let file = &portal.document(*index).file;
        let (body, text) = (&file.body, file.words());
        words.add_page(identity, (0..text::count(body)).map(|number| text::section(body, &text.text, number)));
        return PageTerms::new(&words);
    }
    let mut text = String::with_capacity(TYPICAL_BYTES * entries.len());
    let mut write = |entry: &SearchEntry| {
        let start = text.len();
        entry.write_only_text(portal, &mut text);
        start..text.len()
    };
    let ranges: Vec<Range<usize>> = entries.iter().map(&mut write).collect();
    for (identity, range) in identities.iter().zip(ranges) {
        words.add_page(identity, std::iter::once(Section::from_text(&text[range])));
    }
    PageTerms::new(&words)
}

/// Searchable words on an own page: the names of practices.
fn own_text(portal: &Portal<'_>, at: usize) -> String {
    match portal.navigation_pages[at].key {
        "practices" => portal.reading.standards.practices().into_keys().collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

/// The description of a clause in its catalogue, and the documented information that it requires.
fn clause_text(portal: &Portal<'_>, key: ClauseKey) -> String {
    let clause = portal.reading.standards.clause(key);
    let sentences = clause.summary.iter().chain(&clause.planned_interval).chain(&clause.triggers);
    let items = clause.documented_information.iter().map(|item| &item.name);
    sentences.chain(items).map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// Appends the text of an entry without its title, including actions and decisions.
fn write_entry_text(out: &mut String, portal: &Portal<'_>, index: EntryIndex) {
    let placed_entry = portal.entry(index);
    // A search for a document should not list every count of its readers.
    if placed_entry.entry.kind == Kind::Acknowledgements {
        return;
    }
    let start = out.len();
    let mut add_line = |text: &str| {
        if !text.is_empty() {
            out.extend([if out.len() > start { "\n" } else { "" }, text]);
        }
    };
    portal.visit_searchable_texts(index, &mut add_line);
    let is_withheld = |leads: &Destination| matches!(leads, Destination::Withheld { .. });
    if let Some(note) = &placed_entry.note {
        add_line(note.text.trim());
        // A link by ID has no text of its own; one to withheld content is not a link.
        let ids = note.targets().filter(|(link, leads)| link.form == LinkForm::Wiki && !is_withheld(leads));
        ids.for_each(|(link, _)| add_line(&link.target));
    }
}

/// The text on a document's page outside its content: description, people, retention and location, notes on its claims,
/// and revision history.
fn surrounding_text(document: &Document) -> String {
    let Some(front) = document.front() else { return String::new() };
    let description = front.description.iter().map(|text| text.value.as_str());
    if !document.is_controlled() {
        return description.collect::<Vec<_>>().join("\n");
    }
    let people = document.authors.iter().chain(document.approvers.iter()).chain(&document.audience).map(|name| &**name);
    let reviewers = front.reviewers.iter().map(|name| name.value.as_str());
    let storage = [&front.retention, &front.location].into_iter().flatten().map(|text| text.value.as_str());
    let notes = document.claims.iter().filter_map(|claim| claim.note.as_deref());
    let changes = front.changes.iter().flat_map(|change| [&change.summary, &change.author]);
    let changes = changes.flatten().map(|text| text.value.as_str());
    let all = description.chain(people).chain(reviewers).chain(storage).chain(notes).chain(changes);
    all.collect::<Vec<_>>().join("\n")
}

/// Words by which a document or section is found even if it does not contain them: its type, owner, tags, issuer and
/// edition, the documented information that it provides, the clauses that it and its sections claim, and "definition"
/// for terms.
fn associated_words<'p>(portal: &'p Portal<'_>, document: &Document) -> Vec<(u32, Cow<'p, str>)> {
    let tags = portal.tags_of(document).map(|tag| tag.to_string());
    let items = document.provides.iter().map(|(item, _)| portal.reading.standards.item_at(*item).name.clone());
    let owner = document.owners.iter().map(ToString::to_string);
    let origin = document.front().into_iter().flat_map(|front| [&front.issuer, &front.edition]);
    let origin = origin.flatten().map(|text| text.value.clone());
    let kind = document.is_controlled().then(|| portal.kind(&document.doc_type).name);
    let words: Vec<String> = kind.into_iter().chain(owner).chain(tags).chain(items).chain(origin).collect();
    let claims = document.claims.iter().map(|claim| {
        let section = claim.heading.map_or(0, |heading| heading.saturating_add(1));
        (section, Cow::Owned(portal.reading.standards.clause(claim.clause).id.to_string()))
    });
    let definition = portal.labels.text("say.definition");
    let terms = text::terms(&document.file.body).map(|section| (section, Cow::Borrowed(definition)));
    let words = std::iter::once((0, Cow::Owned(words.join("\n"))));
    let mut named: Vec<(u32, Cow<'_, str>)> = words.chain(claims).chain(terms).collect();
    named.sort_by_key(|(section, _)| *section);
    named
}
