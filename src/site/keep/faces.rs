//! What stands around documents' texts, as hashes.

use std::hash::Hash;

use rayon::prelude::*;

use super::content::Contents;
use super::feed::Feed;
use super::{Print, Shows};
use crate::assess::Life;
use crate::finding::Finding;
use crate::handbook::{Destination, Document, DocumentIndex};
use crate::site::build::Plan;
use crate::site::model::Site;
use crate::site::navigation;
use crate::site::portal::Portal;
use crate::site::relations::Vicinity;

/// How many documents that refer to one its page can name.
const MOST_REFERENCES: usize = 100;
/// How far around a document in its group its page can name others.
const NEIGHBOURS: usize = 40;

/// Hashes of everything of a handbook but running texts.
pub(super) struct Faces {
    /// Of settings, standards, theme, words, and what is on every page.
    pub(super) surroundings: Print,
    /// The same without figures in the sidebar, unless the handbook's own templates could show them elsewhere.
    quiet: Print,
    /// Of each document, all but its running text.
    faces: Vec<Print>,
    /// Of all of them, and all findings.
    outline: Print,
    /// Of the findings of each document.
    findings: Vec<Print>,
    /// Of what each document's neighbours in its group can be seen by.
    labels: Vec<Print>,
}

impl Faces {
    pub(super) fn of(portal: &Portal<'_>, plan: Plan<'_>, contents: &Contents) -> Faces {
        let documents = &portal.handbook.documents;
        let faces: Vec<Print> = documents
            .par_iter()
            .enumerate()
            .map(|(at, document)| face(portal, DocumentIndex(at as u32), document, contents))
            .collect();
        let site = navigation::site(portal, plan.extras);
        let around = surroundings(portal, plan, &site);
        let quiet = if plan.theme.is_empty() { surroundings(portal, plan, &without_figures(site)) } else { around };
        let findings = portal.findings_of.par_iter().map(|list| findings(portal, list)).collect();
        let labels =
            documents.par_iter().map(|document| Feed::default().add(&document.title).add(&document.url).print());
        Faces {
            outline: outline(portal, &faces, &around),
            labels: labels.collect(),
            surroundings: around,
            quiet,
            faces,
            findings,
        }
    }

    /// The hash of what a page shows; `None` for one that is always made.
    pub(super) fn print(&self, portal: &Portal<'_>, contents: &Contents, shows: &Shows) -> Option<Print> {
        match shows {
            Shows::Anything => None,
            Shows::Surroundings => Some(self.surroundings),
            Shows::Outline => Some(self.outline),
            Shows::Document(index) => self.document(portal, contents, *index),
            Shows::OutlineAndWords(documents) => {
                let words = |index: &DocumentIndex| contents.of(portal.document(*index)).map(|content| content.whole);
                let mut feed = Feed::default();
                feed.add(self.outline).all(documents.iter().map(words));
                Some(feed.print())
            }
            Shows::OutlineAnd(documents) => {
                let mut feed = Feed::default();
                feed.add(self.outline);
                feed.all(documents.iter().map(|index| self.document(portal, contents, *index)));
                Some(feed.print())
            }
        }
    }

    fn document(&self, portal: &Portal<'_>, contents: &Contents, index: DocumentIndex) -> Option<Print> {
        let document = portal.document(index);
        let mut feed = Feed::default();
        feed.add(self.quiet).add(contents.of(document)?.whole).add(self.faces[index.at()]);
        feed.add(self.findings[index.at()]);
        self.relations(&mut feed, document);
        self.links(&mut feed, portal, document);
        self.around(&mut feed, portal, index);
        self.vicinity(&mut feed, index, document);
        verdicts(&mut feed, portal, document, &self.faces);
        people(&mut feed, portal, document);
        Some(feed.print())
    }

    fn relations(&self, feed: &mut Feed, document: &Document) {
        let shown = document.referenced_by.len().min(MOST_REFERENCES);
        feed.add(document.referenced_by.len());
        for list in [&document.related, &document.depends_on, &document.supersedes, &document.superseded_by] {
            feed.all(list.iter().map(|other| self.faces[other.at()]));
        }
        feed.all(document.referenced_by[..shown].iter().map(|other| self.faces[other.at()]));
    }

    /// Neighbours in the picture of what refers to what.
    fn vicinity(&self, feed: &mut Feed, index: DocumentIndex, document: &Document) {
        let vicinity = Vicinity::of(index, document);
        feed.add((vicinity.outgoing_more, vicinity.incoming_more));
        feed.all(vicinity.outgoing.iter().map(|(other, is_mutual)| (self.labels[other.at()], is_mutual)));
        feed.all(vicinity.incoming.iter().map(|other| self.labels[other.at()]));
    }

    fn links(&self, feed: &mut Feed, portal: &Portal<'_>, document: &Document) {
        for link in &document.links {
            match link {
                Destination::Document { document, anchor, miscased } => {
                    feed.add((0_u8, self.faces[document.at()], anchor, miscased));
                }
                Destination::Here { anchor } => drop(feed.add((1_u8, anchor))),
                Destination::Asset { asset, miscased } => {
                    feed.add((2_u8, &portal.handbook.assets[asset.0 as usize].url, miscased));
                }
                Destination::Outside => drop(feed.add(3_u8)),
                Destination::Withheld => drop(feed.add(4_u8)),
                Destination::Broken(why) => drop(feed.add((5_u8, *why as u8))),
            }
        }
    }

    /// Neighbours in the navigation and the pager.
    fn around(&self, feed: &mut Feed, portal: &Portal<'_>, index: DocumentIndex) {
        let (group, rank) = portal.groups.place(index);
        feed.add((group, rank));
        if let Some(group) = portal.groups.get(group) {
            let documents = &group.documents;
            let shown = rank.saturating_sub(NEIGHBOURS)..documents.len().min(rank + NEIGHBOURS + 1);
            feed.add(documents.len()).all(documents[shown].iter().map(|other| self.labels[other.at()]));
        }
        let (previous, next) = portal.groups.neighbours(index);
        feed.all([previous, next].into_iter().flatten().map(|other| self.labels[other.at()]));
    }
}

fn face(portal: &Portal<'_>, index: DocumentIndex, document: &Document, contents: &Contents) -> Print {
    let Life { state, approved, last_review, next_review } = portal.assessment.life(index);
    let mut feed = Feed::default();
    let successors = document.superseded_by.iter().map(|index| portal.assessment.life(*index));
    feed.all(successors.map(|life| (life.state, life.approved)));
    feed.add((document.path(), &document.url, &document.title, &document.kind, document.control));
    feed.add((&document.owner, &document.approver, &document.classification, &document.audience));
    feed.add((state, approved, last_review, next_review)).add(format!("{:?}", document.review));
    feed.all(document.claims.iter().map(|claim| (claim.clause, claim.extent.as_str(), claim.heading, &claim.note)));
    feed.all(document.provides.iter().map(|(item, _)| *item));
    feed.add(contents.of(document).map(|content| content.outline));
    feed.print()
}

fn without_figures(mut site: Site) -> Site {
    site.pages.iter_mut().for_each(|page| page.count = None);
    site
}

fn surroundings(portal: &Portal<'_>, plan: Plan<'_>, site: &Site) -> Print {
    let mut feed = Feed::default();
    feed.add(serde_json::to_string(site).unwrap_or_default());
    feed.all(plan.theme.iter().map(|file| (&file.path, &file.bytes)));
    feed.all(plan.reading.sources.iter().map(|text| (text.path(), text.as_str())));
    // Any text may speak of any term.
    feed.all(portal.glossary.words());
    let clock = portal.assessment.clock;
    feed.add((clock.as_of, clock.warning_days));
    feed.print()
}

fn outline(portal: &Portal<'_>, faces: &[Print], surroundings: &Print) -> Print {
    let mut feed = Feed::default();
    feed.add(surroundings).all(faces);
    for document in &portal.handbook.documents {
        feed.add((document.superseded_by.len(), document.referenced_by.len()));
    }
    portal.assessment.findings.iter().for_each(|finding| add_finding(&mut feed, finding));
    feed.print()
}

fn findings(portal: &Portal<'_>, list: &[u32]) -> Print {
    let mut feed = Feed::default();
    list.iter().for_each(|at| add_finding(&mut feed, &portal.assessment.findings[*at as usize]));
    feed.print()
}

fn add_finding(feed: &mut Feed, finding: &Finding) {
    let fault = &finding.fault;
    feed.add((finding.severity, fault.rule, &fault.message, &fault.place, &fault.help));
    feed.all(&fault.related);
}

/// Verdicts on what a document claims and provides.
fn verdicts(feed: &mut Feed, portal: &Portal<'_>, document: &Document, faces: &[Print]) {
    feed.all(document.claims.iter().map(|claim| portal.assessment.clause(claim.clause).verdict));
    for (item, _) in &document.provides {
        let assessed = portal.assessment.item(*item);
        feed.add((assessed.verdict, &assessed.reason, portal.assessment.clause(assessed.clause).verdict));
        feed.all(assessed.providers.iter().map(|provider| (provider.fits, faces[provider.document.at()])));
    }
}

/// Pages of the people that a document names.
fn people(feed: &mut Feed, portal: &Portal<'_>, document: &Document) {
    let mut person = |name: &str| {
        let page = portal.owners.get(name).map(|entry| &entry.path);
        add_path(feed, page);
    };
    document.owner.as_deref().map(&mut person);
    document.approver.as_deref().map(&mut person);
    if let Some(front) = document.front() {
        front.author.iter().chain(&front.reviewers).for_each(|name| person(&name.value));
    }
    for role in &document.audience {
        add_path(feed, portal.roles.get(role).map(|entry| &entry.path));
    }
    add_path(feed, portal.kinds.get(&document.kind).map(|entry| &entry.path));
}

fn add_path(feed: &mut Feed, path: Option<&impl Hash>) {
    feed.add(path);
}
