//! Inspects a site while it is written, checking that the targets of all references exist.
//!
//! Links in documents are checked in the sources. References from templates can only be checked in the finished site: a
//! custom theme may link to a page that does not exist, load an image that it does not contain, or omit an element that
//! other pages link to. Each page and style sheet is read once as it is made, from any thread. References are grouped
//! by target, so that a link in the frame of ten thousand pages is reported once.

mod address;
mod folder;
mod link_graph;
mod policy;
mod problems;
mod reported;
mod scan;
mod style;
mod suggestion;
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
pub use folder::inspect_folder;
pub(crate) use problems::{CustomTheme, problems};
pub(crate) use reported::remove_reported;
pub(crate) use words::theme_problems;

/// A file of the site, and the template that rendered it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    /// The path from the site's root, with `/`.
    pub(crate) path: &'a str,
    /// The contents; only pages and style sheets are read.
    pub(crate) bytes: &'a [u8],
    /// The template that rendered it, such as `document.html`, if known.
    pub(crate) template: Option<&'static str>,
}

/// Collects the references in the files of a site.
#[derive(Debug, Default)]
pub(crate) struct Inspection {
    /// An address that the server handles in addition to the site's files.
    served: Option<String>,
    /// The path at which the site is published, with a trailing slash, if known.
    root: Option<String>,
    graph: Mutex<LinkGraph>,
}

/// A broken reference, combined from all files that contain it.
#[derive(Clone, Debug)]
pub struct BrokenReference {
    reason: BrokenReason,
    /// The address in a form that does not depend on the page.
    display: String,
    /// The file that the author may have meant.
    suggestion: Option<String>,
    /// The template of the page without the element.
    target: Option<&'static str>,
    usage: AddressUse,
}

/// Why a reference is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum BrokenReason {
    /// The file does not exist.
    NoFile,
    /// The target is a folder; not every web server shows a page for a folder.
    Folder,
    /// The file has no element with this ID.
    NoElement,
    /// The reference starts at the root of the web server, which may not be the portal's root.
    FromRoot,
    /// The reference leads out of the portal.
    OutsidePortal,
}

/// The maximum number of references of one kind that are listed.
const MAX_REPORTED: usize = 20;

impl Inspection {
    /// Creates the inspection of a site that is published at `base_url`, also contains the files `other_paths`, and
    /// whose server handles the address `served`.
    pub(crate) fn new(other_paths: Vec<String>, served: Option<&str>, base_url: Option<&str>) -> Inspection {
        let (served, root) = (served.map(str::to_owned), base_url.map(root_of));
        let inspection = Inspection { served, root, graph: Mutex::default() };
        other_paths.iter().for_each(|path| inspection.exists(path));
        inspection
    }

    /// Reads a file of the site.
    pub(crate) fn inspect(&self, file: File<'_>) {
        let text = || String::from_utf8_lossy(file.bytes);
        if file.path.ends_with(".html") {
            self.inspect_page(file, &text());
        } else if file.path.ends_with(".css") {
            let text = text();
            let references = style::references(&text).into_iter().map(|text| (ReferenceKind::Load, text));
            self.lock_graph().add(file, None, file.path, references);
        } else {
            self.exists(file.path);
        }
    }

    /// Records a file without reading it.
    pub(crate) fn exists(&self, path: &str) {
        self.lock_graph().add(File { path, bytes: &[], template: None }, None, path, std::iter::empty());
    }

    fn inspect_page(&self, file: File<'_>, html: &str) {
        let scan = scan::scan_page(html);
        let page = Page::new(&scan, file.template);
        // If the base is unknown, so are the targets of relative references.
        let base = scan.base.as_deref().map_or(Some(file.path.into()), |base| address::base(file.path, base));
        let references = scan.references.iter().filter(|_| base.is_some());
        let root = self.root.as_deref().filter(|_| file.path == NOT_FOUND);
        let within = |text| root.and_then(|root| str::strip_prefix(text, root)).unwrap_or(text);
        let references = references.map(|reference| (reference.kind, within(&reference.text))).filter(|(_, text)| {
            let is_own_page = scan.base.is_none() && text.trim_start().starts_with(['#', '?']);
            self.served.as_deref() != Some(*text) && !(is_own_page && page.has_target(text))
        });
        let references: Vec<_> = references.collect();
        self.lock_graph().add(file, Some(page), base.as_deref().unwrap_or_default(), references.into_iter());
    }

    /// The number of addresses read; an address is counted once for each file that contains it.
    pub(crate) fn references(&self) -> usize {
        self.lock_graph().references()
    }

    fn lock_graph(&self) -> MutexGuard<'_, LinkGraph> {
        self.graph.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The broken references, sorted by reason and address.
    pub(crate) fn finish(self) -> Vec<BrokenReference> {
        let (files, uses) = self.graph.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
        let broken = merge_uses(&files, uses);
        if broken.is_empty() {
            return Vec::new();
        }
        let names = suggestion::NamesByFolder::new(files.keys());
        let mut listed_count = 0;
        let finished = broken.into_iter().map(|((reason, display), (address, used))| {
            listed_count += usize::from(reason == BrokenReason::NoFile);
            let gets_suggestion = reason == BrokenReason::NoFile && listed_count <= MAX_REPORTED;
            let suggested = gets_suggestion.then(|| names.suggest(&display, &address.path)).flatten();
            let target = files.get(&address.path).and_then(|page| page.as_ref()?.template);
            BrokenReference { reason, display, suggestion: suggested, target, usage: used }
        });
        finished.collect()
    }
}

/// The broken references, each once even if pages in different folders write it differently.
fn merge_uses(
    files: &Files,
    uses: Vec<(Address, AddressUse)>,
) -> BTreeMap<(BrokenReason, String), (Address, AddressUse)> {
    let judged = uses.into_iter().filter_map(|(address, used)| Some((broken_reason(files, &address)?, address, used)));
    let mut all: Vec<(BrokenReason, Address, AddressUse)> = judged.collect();
    // Threads add addresses in any order.
    all.sort_unstable_by(|(_, a, _), (_, b, _)| a.cmp(b));
    let mut broken: BTreeMap<(BrokenReason, String), (Address, AddressUse)> = BTreeMap::new();
    for (reason, address, used) in all {
        match broken.entry((reason, display_address(reason, &address, &used))) {
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

/// The address in a form that is the same for pages in different folders.
fn display_address(reason: BrokenReason, address: &Address, used: &AddressUse) -> String {
    let Address { path, fragment, .. } = address;
    match (reason, fragment) {
        (BrokenReason::NoElement, Some(fragment)) => format!("{path}#{fragment}"),
        (BrokenReason::Folder, _) => format!("./{path}"),
        (BrokenReason::NoFile, _) => {
            without_parent_steps(used.written.split(['?', '#']).next().unwrap_or_default()).to_owned()
        }
        (BrokenReason::OutsidePortal, _) => format!("../{}", without_parent_steps(&used.written)),
        _ => used.written.trim().to_owned(),
    }
}

/// An address without leading `./` and `../`.
fn without_parent_steps(address: &str) -> &str {
    address.trim().trim_start_matches("./").trim_start_matches("../")
}

fn broken_reason(files: &Files, address: &Address) -> Option<BrokenReason> {
    match address.form {
        AddressForm::FromRoot => return Some(BrokenReason::FromRoot),
        AddressForm::AboveRoot => return Some(BrokenReason::OutsidePortal),
        // References within the page were collected only if the element is missing.
        AddressForm::SamePage => return address.fragment.as_ref().map(|_| BrokenReason::NoElement),
        AddressForm::Relative => {}
    }
    if address.path.is_empty() || address.path.ends_with('/') {
        return Some(BrokenReason::Folder);
    }
    match (files.get(&address.path), &address.fragment) {
        (None, _) => Some(BrokenReason::NoFile),
        (Some(Some(page)), Some(id)) => (!page.has_id(id)).then_some(BrokenReason::NoElement),
        (Some(_), _) => None,
    }
}
