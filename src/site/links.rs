//! Documents, clauses, people and items as pages name them.

use std::sync::Arc;

use super::directory::Directory;
use super::groups::Group;
use super::model::{Badge, ClauseLink, DocumentLink, ItemRow, Link, Named, Person, Shared};
use super::portal::Portal;
use crate::assess::{self, ClaimRef, ItemAssessment, ItemVerdict, Provider};
use crate::handbook::{Document, DocumentIndex, EntryIndex, Names, PAGE};
use crate::id::ClauseKey;
use crate::source::front_matter::Status;
use crate::standard::built_in;
use crate::url::SitePath;

/// A URL from the site's root.
pub(super) fn url(path: &SitePath) -> String {
    path.as_str().to_owned()
}

/// A URL from the site's root that leads to a section.
pub(super) fn url_at(path: &SitePath, anchor: &str) -> String {
    if anchor.is_empty() { url(path) } else { path.with_fragment(anchor) }
}

impl Portal<'_> {
    /// Where an entry is shown, as seen from a page.
    pub(crate) fn entry_url(&self, entry: EntryIndex, from: &SitePath) -> String {
        let placed = self.reading.handbook.registers.entry(entry);
        match placed.anchor.as_str() {
            "" => placed.page.relative_to(from),
            anchor => placed.page.fragment_relative_to(from, anchor),
        }
    }

    /// A document's state, with its later ones.
    pub(crate) fn badge(&self, index: DocumentIndex) -> Badge {
        let document = self.document(index);
        let life = self.assessment.life(index);
        // An approval that lacks its date or its approver is none on any day.
        let status = match (document.status(), life.state) {
            (Some(Status::Approved), assess::State::Draft) | (None, _) => Status::Draft,
            (Some(status), _) => status,
        };
        if !self.shows_figures() {
            let status = without_state(status, life.state);
            return Badge { state: None, status, later: String::new(), suspect: false };
        }
        let suspect = !self.suspect_links(index).is_empty();
        Badge { state: Some(life.state), status, later: self.later_states(index), suspect }
    }

    /// A document as other pages name it.
    pub(crate) fn document_link(&self, index: DocumentIndex) -> Shared<DocumentLink> {
        let link = || self.make_document_link(index, url(&self.document(index).url));
        self.kept_links.document(index, link)
    }

    /// A document as other pages name it, with the address of a section of it.
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
            kind: self.shared_kind(&document.kind),
            badge: document.id().map(|_| self.badge(index)),
            lang: self.other_lang(index).map(str::to_owned),
        })
    }

    /// The language of a document, where it is not the portal's.
    pub(super) fn other_lang(&self, index: DocumentIndex) -> Option<&str> {
        let lang = self.document(index).front()?.lang.as_ref()?.value.as_str();
        (lang != self.reading.settings.lang).then_some(lang)
    }

    /// Several documents as other pages name them.
    pub(crate) fn document_links(&self, documents: &[DocumentIndex]) -> Vec<Shared<DocumentLink>> {
        documents.iter().map(|index| self.document_link(*index)).collect()
    }

    /// A document type with its name.
    pub(crate) fn kind(&self, key: &str) -> Named {
        let name = match self.reading.settings.type_named(key) {
            Some(kind) if kind.named.title => kind.title.clone(),
            Some(kind) => self.labels.known(&format!("type.one.{key}")).unwrap_or(&kind.title).to_owned(),
            None if key == PAGE => self.labels.text("say.page").to_owned(),
            None => self.labels.text("say.no_type").to_owned(),
        };
        Named { key: key.to_owned(), name }
    }

    /// The same for many that name it.
    fn shared_kind(&self, key: &str) -> Shared<Named> {
        let named = |key: Arc<str>| (key.clone(), Shared::new(self.kind(&key)));
        let all = || self.kinds.iter().map(|(key, _)| key.clone()).chain([PAGE.into()]).map(named).collect();
        self.kept_links.kind(key, all).unwrap_or_else(|| Shared::new(self.kind(key)))
    }

    /// A clause as other pages name it.
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

    /// The language of what a catalogue says of a clause when it is not the portal's: those that come with Clausebook are in
    /// English.
    pub(crate) fn clause_lang(&self, key: ClauseKey) -> Option<&'static str> {
        let is_ours = || built_in(&self.reading.standards.catalogue(key.standard).id).is_some();
        (!self.is_english() && is_ours()).then_some("en")
    }

    /// The language of a group's title when it is not the portal's.
    pub(crate) fn group_lang(&self, group: &Group) -> Option<&'static str> {
        group.clause.and_then(|key| self.clause_lang(key))
    }

    /// Whether the portal is in English, as messages of Clausebook are.
    pub(crate) fn is_english(&self) -> bool {
        self.reading.settings.lang.split('-').next() == Some("en")
    }

    /// A clause with its number alone, for pages that speak of one standard.
    pub(crate) fn bare_clause_link(&self, key: ClauseKey) -> ClauseLink {
        ClauseLink { number: self.reading.standards.clause(key).id.to_string(), ..self.clause_link(key) }
    }

    /// A clause as a plain link.
    pub(crate) fn clause_as_link(&self, key: ClauseKey) -> Link {
        let link = self.bare_clause_link(key);
        Link { text: format!("{} {}", link.number, link.title).trim().to_owned(), url: link.url }
    }

    /// Who answers for documents, with the page that lists them.
    pub(crate) fn owner(&self, name: &str) -> Shared<Person> {
        person(&self.owners, name)
    }

    /// Several names as one, each with its page; nothing when there is none.
    pub(crate) fn people(&self, names: &Names) -> Option<Shared<Person>> {
        if names.iter().len() < 2 {
            return names.first().map(|name| self.owner(name));
        }
        let each = names.iter().map(|name| (*self.owner(name)).clone()).collect();
        Some(Shared::new(Person { name: names.joined()?.into_owned(), url: None, each }))
    }

    /// A role that must know documents, with its reading list.
    pub(crate) fn role(&self, name: &str) -> Shared<Person> {
        person(&self.roles, name)
    }

    /// The address of what makes a claim: the section, or the document.
    pub(crate) fn claim_url(&self, claim: &ClaimRef) -> String {
        let document = self.document(claim.document);
        url_at(&document.url, section_of(document, claim.claim).map_or("", |(id, _)| id))
    }

    /// The heading that makes a claim, unless the whole document does.
    pub(crate) fn claim_section(&self, claim: &ClaimRef) -> Option<String> {
        section_of(self.document(claim.document), claim.claim).map(|(_, text)| text.to_owned())
    }

    /// An item of documented information.
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

    /// The documents that say they are an item, in an order that is the same on every day.
    fn providers(&self, assessed: &ItemAssessment) -> Vec<Shared<DocumentLink>> {
        let mut documents: Vec<DocumentIndex> = assessed.providers.iter().map(|provider| provider.document).collect();
        documents.sort_unstable();
        self.document_links(&documents)
    }

    /// Why an item is not needed, or why what provides it does not count.
    pub(crate) fn item_reason(&self, assessed: &ItemAssessment) -> Option<String> {
        if let Some(reason) = &assessed.reason {
            return Some(reason.clone());
        }
        if assessed.verdict == ItemVerdict::Incomplete {
            let (have, want) = assessed.share?.figures()?;
            return Some(self.labels.fill("say.share", &[("have", &have.to_string()), ("want", &want.to_string())]));
        }
        let best = assessed.providers.iter().map(Provider::verdict).max().unwrap_or(ItemVerdict::Missing);
        if self.reading.whole.is_some() && assessed.verdict != ItemVerdict::NotNeeded && assessed.verdict > best {
            return Some(self.labels.text("say.item_unseen").to_owned());
        }
        let unfit = assessed.providers.iter().find(|provider| !provider.fits)?;
        let id = self.document(unfit.document).id().map(ToString::to_string).unwrap_or_default();
        Some(self.labels.fill("say.wrong_kind", &[("id", &id)]))
    }
}

/// What is said of a document where its state is not: nothing is called approved that was withdrawn, or changed since.
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

/// Anchor and text of the heading that makes a claim of a document.
fn section_of(document: &Document, claim: u32) -> Option<(&str, &str)> {
    let heading = document.claims.get(claim as usize)?.heading?;
    let heading = document.file.body.headings.get(heading as usize)?;
    Some((&heading.id, &heading.text))
}
