//! Looking at a site as it is written: whether what its pages refer to is there, both ends.
//!
//! Links of documents are looked at where they are written, in the sources. What templates write can only be seen in
//! the site: a theme of the handbook's own may link to a page that there is none of, load a picture that it forgot, or
//! leave out the element that other pages lead to. Every page and style sheet is read once, as it is made, from any
//! thread; what they refer to is counted by where it leads, so that a link in the frame of ten thousand pages is one.

mod address;
mod authors;
mod folder;
mod link_graph;
mod near;
mod policy;
mod problems;
mod scan;
mod style;
mod unknown;
mod words;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

use address::{Address, AddressForm};
use link_graph::{AddressUse, Files, LinkGraph, Page};
use scan::ReferenceKind;

use super::layout::NOT_FOUND;
use crate::url::root_of;

pub(super) use address::is_elsewhere;
pub(crate) use authors::without_authors;
pub use folder::inspect_folder;
pub(crate) use problems::{OwnTheme, problems};
pub(crate) use words::of_theme;

/// A file of the site, with which template made it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    /// Its path from the site's root, with `/`.
    pub(crate) path: &'a str,
    /// What it holds; only pages and style sheets are read.
    pub(crate) bytes: &'a [u8],
    /// The template that lays it out, such as `document.html`, when one does and it is known.
    pub(crate) template: Option<&'static str>,
}

/// Gathers what the files of a site refer to.
#[derive(Debug, Default)]
pub(crate) struct Inspection {
    /// An address that a server answers beside the site's files.
    served: Option<String>,
    /// The path at which the site is published, with a slash at its end, where that is known.
    root: Option<String>,
    graph: Mutex<LinkGraph>,
}

/// A reference that leads nowhere; the same in all files that hold it.
#[derive(Clone, Debug)]
pub struct Broken {
    why: BrokenReason,
    /// The address, the same wherever it is written.
    shown: String,
    /// The file that was perhaps meant.
    near: Option<String>,
    /// The template that made the page which lacks the element.
    target: Option<&'static str>,
    used: AddressUse,
}

/// Why a reference leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum BrokenReason {
    /// There is no such file.
    NoFile,
    /// It is a folder, which only some web servers show a page for.
    Folder,
    /// The file has no such element.
    NoElement,
    /// It begins at the root of the web server, where the portal need not be.
    FromRoot,
    /// It leads out of the portal.
    Above,
}

/// Most references of one kind that are told one by one.
const MAX_REPORTED: usize = 20;

impl Inspection {
    /// An inspection of a site that is published at `base_url`, also holds `kept`, and whose server answers the address
    /// `served`.
    pub(crate) fn with(kept: Vec<String>, served: Option<&str>, base_url: Option<&str>) -> Inspection {
        let (served, root) = (served.map(str::to_owned), base_url.map(root_of));
        let inspection = Inspection { served, root, graph: Mutex::default() };
        kept.iter().for_each(|path| inspection.exists(path));
        inspection
    }

    /// Reads a file of the site.
    pub(crate) fn inspect(&self, file: File<'_>) {
        let text = || String::from_utf8_lossy(file.bytes);
        if file.path.ends_with(".html") {
            self.look_at_page(file, &text());
        } else if file.path.ends_with(".css") {
            let text = text();
            let references = style::references(&text).into_iter().map(|text| (ReferenceKind::Load, text));
            self.graph().add(file, None, file.path, references);
        } else {
            self.exists(file.path);
        }
    }

    /// Takes note of a file that is not to be read.
    pub(crate) fn exists(&self, path: &str) {
        self.graph().add(File { path, bytes: &[], template: None }, None, path, std::iter::empty());
    }

    fn look_at_page(&self, file: File<'_>, html: &str) {
        let scan = scan::page(html);
        let page = Page::new(&scan, file.template);
        // Where nothing is known of a base, nothing is known of what is relative to it.
        let base = scan.base.as_deref().map_or(Some(file.path.into()), |base| address::base(file.path, base));
        let references = scan.references.iter().filter(|_| base.is_some());
        let root = self.root.as_deref().filter(|_| file.path == NOT_FOUND);
        let within = |text| root.and_then(|root| str::strip_prefix(text, root)).unwrap_or(text);
        let references = references.map(|reference| (reference.how, within(&reference.text))).filter(|(_, text)| {
            let is_here = scan.base.is_none() && text.trim_start().starts_with(['#', '?']);
            self.served.as_deref() != Some(*text) && !(is_here && page.answers(text))
        });
        let references: Vec<_> = references.collect();
        self.graph().add(file, Some(page), base.as_deref().unwrap_or_default(), references.into_iter());
    }

    /// How many addresses of the site were read; one that stands on several pages counts on each.
    pub(crate) fn references(&self) -> usize {
        self.graph().references()
    }

    fn graph(&self) -> MutexGuard<'_, LinkGraph> {
        self.graph.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What leads nowhere, by reason and address.
    pub(crate) fn finish(self) -> Vec<Broken> {
        let (files, uses) = self.graph.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
        let broken = merged(&files, uses);
        if broken.is_empty() {
            return Vec::new();
        }
        let names = near::Names::of(files.keys());
        let mut told = 0;
        let finished = broken.into_iter().map(|((why, shown), (address, used))| {
            told += usize::from(why == BrokenReason::NoFile);
            let wanted = why == BrokenReason::NoFile && told <= MAX_REPORTED;
            let near = wanted.then(|| names.near(&shown, &address.path)).flatten();
            let target = files.get(&address.path).and_then(|page| page.as_ref()?.template);
            Broken { why, shown, near, target, used }
        });
        finished.collect()
    }
}

/// What leads nowhere, each address once however the pages of different folders write it.
fn merged(files: &Files, uses: Vec<(Address, AddressUse)>) -> BTreeMap<(BrokenReason, String), (Address, AddressUse)> {
    let judged = uses.into_iter().filter_map(|(address, used)| Some((judge(files, &address)?, address, used)));
    let mut all: Vec<(BrokenReason, Address, AddressUse)> = judged.collect();
    // Threads gathered them in any order.
    all.sort_unstable_by(|(_, a, _), (_, b, _)| a.cmp(b));
    let mut broken: BTreeMap<(BrokenReason, String), (Address, AddressUse)> = BTreeMap::new();
    for (why, address, used) in all {
        match broken.entry((why, shown(why, &address, &used))) {
            Entry::Vacant(place) => drop(place.insert((address, used))),
            Entry::Occupied(mut known) => {
                let (first, merged) = known.get_mut();
                if merged.merge(used) {
                    *first = address;
                }
            }
        }
    }
    broken
}

/// The address in a form that is the same on pages in different folders.
fn shown(why: BrokenReason, address: &Address, used: &AddressUse) -> String {
    let Address { path, fragment, .. } = address;
    match (why, fragment) {
        (BrokenReason::NoElement, Some(fragment)) => format!("{path}#{fragment}"),
        (BrokenReason::Folder, _) => format!("./{path}"),
        (BrokenReason::NoFile, _) => {
            without_parent_steps(used.written.split(['?', '#']).next().unwrap_or_default()).to_owned()
        }
        (BrokenReason::Above, _) => format!("../{}", without_parent_steps(&used.written)),
        _ => used.written.trim().to_owned(),
    }
}

/// An address without the steps up that it begins with.
fn without_parent_steps(written: &str) -> &str {
    written.trim().trim_start_matches("./").trim_start_matches("../")
}

fn judge(files: &Files, address: &Address) -> Option<BrokenReason> {
    match address.way {
        AddressForm::FromRoot => return Some(BrokenReason::FromRoot),
        AddressForm::Above => return Some(BrokenReason::Above),
        // Only those are gathered that the page itself does not have.
        AddressForm::Here => return address.fragment.as_ref().map(|_| BrokenReason::NoElement),
        AddressForm::Relative => {}
    }
    if address.path.is_empty() || address.path.ends_with('/') {
        return Some(BrokenReason::Folder);
    }
    match (files.get(&address.path), &address.fragment) {
        (None, _) => Some(BrokenReason::NoFile),
        (Some(Some(page)), Some(id)) => (!page.has(id)).then_some(BrokenReason::NoElement),
        (Some(_), _) => None,
    }
}
