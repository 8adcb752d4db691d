//! The handbook's glossary: terms defined in definition lists, and links to them from other pages.
//!
//! A glossary is a page (`type: page`) with a definition list. On every other page, the first use of each term in
//! running text becomes a link to its definition.

mod alternatives;
mod forms;
mod term_linker;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Settings;
use crate::handbook::{Document, DocumentIndex, Handbook, PAGE};
use crate::markdown::{Term, leading_sentences};
use crate::url::SitePath;

use forms::Forms;

/// The maximum length of a term in characters; running text would not use a longer one.
const MAX_TERM_CHARS: usize = 60;
/// The maximum length of the definition shown with a term, in characters. As many whole sentences as fit are shown, but
/// at least the first.
const MAX_DEFINITION_CHARS: usize = 240;

/// The terms of the handbook's glossaries.
#[derive(Debug, Default)]
pub(crate) struct Glossary {
    terms: Vec<GlossaryEntry>,
    /// The forms of terms in running text, by language.
    forms: BTreeMap<String, Forms>,
    /// Glossary pages, and the anchors of their terms.
    pages: BTreeMap<DocumentIndex, BTreeSet<String>>,
}

/// A term and its address.
#[derive(Debug)]
pub(crate) struct GlossaryEntry {
    /// The term.
    pub(crate) term: String,
    /// The first sentences of its definition.
    pub(crate) text: String,
    /// Alternative names from its definition.
    pub(crate) alternatives: Vec<String>,
    /// The language of the page if its front matter sets one.
    pub(crate) lang: Option<Arc<str>>,
    url: SitePath,
    anchor: String,
}

impl GlossaryEntry {
    fn entry(&self) -> (String, &GlossaryEntry) {
        (self.url.with_fragment(&self.anchor), self)
    }
}

impl Glossary {
    /// Collects all terms. If two are spelled the same, the one on the first page is linked.
    pub(crate) fn new(settings: &Settings, handbook: &Handbook) -> Glossary {
        let mut glossary = Glossary::default();
        for (index, page) in handbook.indexed().filter(|(_, document)| is_glossary(document)) {
            let terms = page.file.body.terms.iter().filter(|term| is_usable(term));
            for term in terms {
                glossary.add(settings, page, term);
                glossary.pages.entry(index).or_default().insert(term.id.clone());
            }
        }
        glossary.forms.values_mut().for_each(Forms::sort_forms);
        glossary
    }

    fn add(&mut self, settings: &Settings, page: &Document, term: &Term) {
        let language = language(settings, page);
        let own_lang = page.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.as_str().into());
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.forms.entry(language.clone()).or_default().add(&term.term, &language, number);
        self.terms.push(GlossaryEntry {
            term: term.term.clone(),
            text: leading_sentences(&term.definition, MAX_DEFINITION_CHARS),
            alternatives: alternatives::names(&term.term, &term.definition),
            lang: own_lang,
            url: page.url.clone(),
            anchor: term.id.clone(),
        });
    }

    /// All terms with their addresses, relative to the site's root.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (String, &GlossaryEntry)> {
        self.terms.iter().map(GlossaryEntry::entry)
    }

    /// A term by its index, with its address.
    pub(crate) fn entry(&self, rank: usize) -> Option<(String, &GlossaryEntry)> {
        self.terms.get(rank).map(GlossaryEntry::entry)
    }

    /// Whether an anchor of a page belongs to a term.
    pub(crate) fn explains(&self, page: DocumentIndex, anchor: &str) -> bool {
        self.pages.get(&page).is_some_and(|anchors| anchors.contains(anchor))
    }

    /// Returns a document's HTML with a link at the first use of each term.
    pub(crate) fn explain(&self, settings: &Settings, html: String, document: &Document, page: &SitePath) -> String {
        if is_glossary(document) {
            return html;
        }
        let Some(forms) = self.forms.get(&language(settings, document)) else { return html };
        let link = |term: u32| -> Cow<'_, str> {
            let Some(term) = self.terms.get(term as usize) else { return Cow::Borrowed("") };
            term.url.fragment_relative_to(page, &term.anchor).into()
        };
        term_linker::link_terms(&html, forms, &link)
    }
}

/// Whether a page defines terms.
fn is_glossary(document: &Document) -> bool {
    &*document.doc_type == PAGE && !document.is_controlled() && document.file.body.terms.iter().any(is_usable)
}

fn is_usable(term: &Term) -> bool {
    let length = term.term.chars().take(MAX_TERM_CHARS + 1).count();
    (2..=MAX_TERM_CHARS).contains(&length) && !term.definition.is_empty()
}

/// The language of a document without its region. Terms are only linked in documents of the same language.
fn language(settings: &Settings, document: &Document) -> String {
    let own_lang = document.front().and_then(|front| front.lang.as_ref()).map(|lang| lang.value.as_str());
    let tag = own_lang.unwrap_or(&settings.lang);
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}
