//! Links to documents, clauses, people and items.

use std::sync::Arc;

use super::directory::Directory;
use super::groups::Group;
use super::model::{Badge, ClauseLink, DocumentLink, ItemRow, KeyedName, Link, Person, Shared};
use super::portal::Portal;
use crate::assess::{self, ClaimRef, ItemAssessment, ItemVerdict, Provider};
use crate::handbook::{Document, DocumentIndex, EntryIndex, Names, PAGE};
use crate::id::ClauseKey;
use crate::source::front_matter::Status;
use crate::standard::built_in;
use crate::url::SitePath;

/// A URL relative to the site's root.
pub(super) fn url(path: &SitePath) -> String {
    path.as_str().to_owned()
}

/// The URL of a section, relative to the site's root.
pub(super) fn url_at(path: &SitePath, anchor: &str) -> String {
    if anchor.is_empty() { url(path) } else { path.with_fragment(anchor) }
}

impl Portal<'_> {
    /// The address of an entry, relative to a page.
    pub(crate) fn entry_url(&self, entry: EntryIndex, from: &SitePath) -> String {
        let placed_entry = self.reading.handbook.registers.entry(entry);
        let page = self.assessed().entry_page(entry);
        match placed_entry.anchor.as_str() {
            "" => page.relative_to(from),
            anchor => page.fragment_relative_to(from, anchor),
        }
    }

    /// A document's state on the build's day, with its later states.
    pub(crate) fn badge(&self, index: DocumentIndex) -> Badge {
        let document = self.document(index);
        let life = self.assessment.life(index);
        // An approval without a date or an approver never counts.
        let status = match (document.status(), life.state) {
            (Some(Status::Approved), assess::State::Draft) | (None, _) => Status::Draft,
            (Some(status), _) => status,
        };
        if !self.shows_figures() {
            let status = without_state(status, life.state);
            return Badge { state: None, status, later: String::new(), suspect: false };
        }
        Badge { state: Some(life.state), status, later: self.later_states(index), suspect: self.is_suspect(index) }
    }

    fn is_suspect(&self, index: DocumentIndex) -> bool {
        let documents = self.reading.handbook.indexed();
        self.link_cache
            .is_suspect(index, || documents.map(|(document, _)| !self.suspect_links(document).is_empty()).collect())
    }

    /// A link to a document.
    pub(crate) fn document_link(&self, index: DocumentIndex) -> Shared<DocumentLink> {
        let link = || self.make_document_link(index, url(&self.document(index).url));
        self.link_cache.document(index, link)
    }

    /// A link to a document, with the address of one of its sections.
    pub(crate) fn document_link_to(&self, index: DocumentIndex, url: String) -> Shared<DocumentLink> {
        if url == self.document(index).url.as_str() {
            self.document_link(index)
        } else {
            self.make_document_link(index, url)
        }
    }

    fn make_document_link(&self, index: DocumentIndex, url: String) -> Shared<DocumentLink> {
        let document = self.document(index);
        Shared::new(DocumentLink {
            id: document.id().map(ToString::to_string).unwrap_or_default(),
            title: document.title.to_string(),
            url,
            kind: self.shared_kind(&document.doc_type),
            badge: document.id().map(|_| self.badge(index)),
            lang: self.other_lang(index).map(str::to_owned),
        })
    }

    /// The language of a document, if it differs from the portal's.
    pub(super) fn other_lang(&self, index: DocumentIndex) -> Option<&str> {
        let lang = self.document(index).front()?.lang.as_ref()?.value.as_str();
        (lang != self.reading.settings.lang).then_some(lang)
    }

    /// Links to several documents.
    pub(crate) fn document_links(&self, documents: &[DocumentIndex]) -> Vec<Shared<DocumentLink>> {
        documents.iter().map(|index| self.document_link(*index)).collect()
    }

    /// A document type with its label.
    pub(crate) fn kind(&self, key: &str) -> KeyedName {
        let name = match self.reading.settings.find_type(key) {
            Some(kind) if kind.custom_names.title => kind.title.clone(),
            Some(kind) => self.labels.get(&format!("type.one.{key}")).unwrap_or(&kind.title).to_owned(),
            None if key == PAGE => self.labels.text("say.page").to_owned(),
            None => self.labels.text("say.no_type").to_owned(),
        };
        KeyedName { key: key.to_owned(), name }
    }

    /// A document type with its label, from the cache.
    fn shared_kind(&self, key: &str) -> Shared<KeyedName> {
        let kind_name = |key: Arc<str>| (key.clone(), Shared::new(self.kind(&key)));
        let all = || self.types.iter().map(|(key, _)| key.clone()).chain([PAGE.into()]).map(kind_name).collect();
        self.link_cache.kind(key, all).unwrap_or_else(|| Shared::new(self.kind(key)))
    }

    /// A link to a clause.
    pub(crate) fn clause_link(&self, key: ClauseKey) -> ClauseLink {
        let clause = self.reading.standards.clause(key);
        let number = if self.is_main(key.standard) {
            clause.id.to_string()
        } else {
            format!("{}:{}", self.reading.standards.catalogue(key.standard).id, clause.id)
        };
        ClauseLink {
            number,
            title: clause.title.clone().unwrap_or_default(),
            url: url(&self.clause_path(key)),
            verdict: self.assessment.clause(key).verdict.filter(|_| self.shows_figures()),
            lang: self.clause_lang(key),
        }
    }

    /// The language of a clause's title if it differs from the portal's. The standards that come with Clausebook are in
    /// English.
    pub(crate) fn clause_lang(&self, key: ClauseKey) -> Option<&'static str> {
        let is_ours = || built_in(&self.reading.standards.catalogue(key.standard).id).is_some();
        (!self.is_english() && is_ours()).then_some("en")
    }

    /// The language of a group's title if it differs from the portal's.
    pub(crate) fn group_lang(&self, group: &Group) -> Option<&'static str> {
        group.clause.and_then(|key| self.clause_lang(key))
    }

    /// Whether the portal is in English, the language of Clausebook's messages.
    pub(crate) fn is_english(&self) -> bool {
        self.reading.settings.lang.split('-').next() == Some("en")
    }

    /// The language of the labels if it differs from the portal's, because there are none in its own.
    pub(crate) fn labels_lang(&self) -> Option<&'static str> {
        (!self.is_english() && self.labels.are_english()).then_some("en")
    }

    /// A link to a clause by its number alone, for pages about a single standard.
    pub(crate) fn bare_clause_link(&self, key: ClauseKey) -> ClauseLink {
        ClauseLink { number: self.reading.standards.clause(key).id.to_string(), ..self.clause_link(key) }
    }

    /// A clause's number and title as a plain link.
    pub(crate) fn clause_as_link(&self, key: ClauseKey) -> Link {
        let link = self.bare_clause_link(key);
        Link { text: format!("{} {}", link.number, link.title).trim().to_owned(), url: link.url }
    }

    /// The owner of documents, with a link to the page that lists them.
    pub(crate) fn owner(&self, name: &str) -> Shared<Person> {
        person(&self.owners, name)
    }

    /// Several owners as one, each with a link; `None` if there are no names.
    pub(crate) fn people(&self, names: &Names) -> Option<Shared<Person>> {
        if names.iter().len() < 2 {
            return names.first().map(|name| self.owner(name));
        }
        let each = names.iter().map(|name| (*self.owner(name)).clone()).collect();
        Some(Shared::new(Person { name: names.joined()?.into_owned(), url: None, each }))
    }

    /// A role in an audience, with a link to its reading list.
    pub(crate) fn role(&self, name: &str) -> Shared<Person> {
        person(&self.roles, name)
    }

    /// The address of the section or document that makes a claim.
    pub(crate) fn claim_url(&self, claim: &ClaimRef) -> String {
        let document = self.document(claim.document);
        url_at(&document.url, section_of(document, claim.claim).map_or("", |(id, _)| id))
    }

    /// The heading that makes a claim; `None` if the whole document makes it.
    pub(crate) fn claim_section(&self, claim: &ClaimRef) -> Option<String> {
        section_of(self.document(claim.document), claim.claim).map(|(_, text)| text.to_owned())
    }

    /// A row for an item of documented information.
    pub(crate) fn item_row(&self, assessed: &ItemAssessment) -> ItemRow {
        let item = self.reading.standards.item_at(assessed.item);
        ItemRow {
            id: item.id.to_string(),
            name: item.name.clone(),
            clause: self.clause_link(assessed.clause),
            keep: item.keep,
            basis: item.basis,
            conditional: item.conditional,
            unverified: item.unverified,
            verdict: self.shows_figures().then_some(assessed.verdict),
            reason: self.item_reason(assessed).filter(|_| self.shows_figures()),
            without: Vec::new(),
            documents: self.providers(assessed),
        }
    }

    /// The documents that provide an item, in an order that is the same every day.
    fn providers(&self, assessed: &ItemAssessment) -> Vec<Shared<DocumentLink>> {
        let mut documents: Vec<DocumentIndex> = assessed.providers.iter().map(|provider| provider.document).collect();
        documents.sort_unstable();
        self.document_links(&documents)
    }

    /// Why an item is not needed or incomplete, or why a document that claims to provide it does not count; also
    /// whether this edition does not show the documents that provide it.
    pub(crate) fn item_reason(&self, assessed: &ItemAssessment) -> Option<String> {
        if let Some(reason) = &assessed.reason {
            return Some(reason.clone());
        }
        if assessed.verdict == ItemVerdict::Incomplete {
            let (provided, required) = assessed.share?.figures()?;
            return Some(
                self.labels.fill("say.share", &[("have", &provided.to_string()), ("want", &required.to_string())]),
            );
        }
        let best = assessed.providers.iter().map(Provider::verdict).max().unwrap_or(ItemVerdict::Missing);
        if self.reading.full_handbook.is_some() && assessed.verdict != ItemVerdict::NotNeeded && assessed.verdict > best
        {
            return Some(self.labels.text("say.item_unseen").to_owned());
        }
        let unsuitable = assessed.providers.iter().find(|provider| !provider.fits)?;
        let id = self.document(unsuitable.document).id().map(ToString::to_string).unwrap_or_default();
        Some(self.labels.fill("say.wrong_kind", &[("id", &id)]))
    }
}

/// The status to show where the state is not shown. A document that was retired or has changed is not called approved.
fn without_state(status: Status, state: assess::State) -> Status {
    match state {
        assess::State::Retired => Status::Retired,
        assess::State::Changed => Status::Draft,
        _ => status,
    }
}

fn person(directory: &Directory, name: &str) -> Shared<Person> {
    let unknown = || Shared::new(Person { name: name.to_owned(), ..Person::default() });
    directory.get(name).map_or_else(unknown, |entry| entry.person.clone())
}

/// The anchor and text of the heading that makes a claim.
fn section_of(document: &Document, claim: u32) -> Option<(&str, &str)> {
    let heading = document.claims.get(claim as usize)?.heading?;
    let heading = document.file.body.headings.get(heading as usize)?;
    Some((&heading.id, &heading.text))
}
