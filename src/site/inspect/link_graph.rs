//! The link graph of a site: its files and the references between them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::File;
use super::address::{self, Address};
use super::scan::{PageScan, ReferenceKind};

/// All files of a site, with the elements of those that are pages.
pub(super) type Files = HashMap<String, Option<Page>>;

/// The files and references read so far.
#[derive(Debug, Default)]
pub(super) struct LinkGraph {
    files: Files,
    /// Each address once, with its uses.
    uses: Vec<(Address, AddressUse)>,
    by_address: HashMap<Address, usize>,
    /// The same by folder and written reference. Pages in one folder share most references, so that few need resolving.
    by_text: HashMap<String, HashMap<String, Option<usize>>>,
}

/// The possible targets on a page.
#[derive(Debug)]
pub(super) struct Page {
    /// Sorted hashes of the IDs of its elements.
    ids: Vec<u64>,
    /// The template that rendered it.
    pub(super) template: Option<&'static str>,
}

/// The uses of an address.
#[derive(Clone, Debug)]
pub(super) struct AddressUse {
    pub(super) kind: ReferenceKind,
    /// The number of files that refer to it.
    pub(super) files: usize,
    /// The first of these files by path.
    pub(super) first: String,
    /// The reference as written in the first file.
    pub(super) written: String,
    /// The template that rendered the first file.
    pub(super) template: Option<&'static str>,
    /// The number of the last counted file.
    last: usize,
}

impl Page {
    pub(super) fn new(scan: &PageScan<'_>, template: Option<&'static str>) -> Page {
        let mut ids: Vec<u64> = scan.ids.iter().map(|id| hash(id)).collect();
        ids.sort_unstable();
        Page { ids, template }
    }

    /// Whether the page has an element with this ID.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.binary_search(&hash(id)).is_ok()
    }

    /// Whether the target of a reference within the page exists.
    pub(super) fn has_target(&self, reference: &str) -> bool {
        address::resolve("", reference).is_none_or(|address| address.fragment.is_none_or(|id| self.has_id(&id)))
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl LinkGraph {
    /// Adds a file and its references, which are relative to `base`.
    pub(super) fn add<'r>(
        &mut self,
        file: File<'_>,
        page: Option<Page>,
        base: &str,
        references: impl Iterator<Item = (ReferenceKind, &'r str)>,
    ) {
        self.files.insert(file.path.to_owned(), page);
        let number = self.files.len();
        let folder = base.rfind('/').map_or("", |end| &base[..end]);
        let mut numbers = self.by_text.remove(folder).unwrap_or_default();
        for (how, text) in references {
            let at = match numbers.get(text) {
                Some(at) => *at,
                None => {
                    let at = address::resolve(base, text).map(|address| self.insert_address(address));
                    numbers.insert(text.to_owned(), at);
                    at
                }
            };
            if let Some(at) = at {
                self.uses[at].1.count(file, number, how, text);
            }
        }
        self.by_text.insert(folder.to_owned(), numbers);
    }

    /// The position of an address in `uses`.
    fn insert_address(&mut self, address: Address) -> usize {
        let next = self.uses.len();
        let at = *self.by_address.entry(address.clone()).or_insert(next);
        if at == next {
            self.uses.push((address, AddressUse::default()));
        }
        at
    }

    /// The number of addresses read; an address is counted once for each file that contains it.
    pub(super) fn references(&self) -> usize {
        self.uses.iter().map(|(_, used)| used.files).sum()
    }

    /// All files, and all addresses with their uses.
    pub(super) fn finish(self) -> (Files, Vec<(Address, AddressUse)>) {
        (self.files, self.uses)
    }
}

impl Default for AddressUse {
    /// An address without uses.
    fn default() -> AddressUse {
        AddressUse {
            kind: ReferenceKind::Link,
            files: 0,
            first: String::new(),
            written: String::new(),
            template: None,
            last: 0,
        }
    }
}

impl AddressUse {
    /// Counts a file, once however often it refers to the address.
    fn count(&mut self, file: File<'_>, number: usize, how: ReferenceKind, text: &str) {
        if self.last == number {
            return;
        }
        self.last = number;
        self.files += 1;
        if self.files == 1 || *file.path < *self.first {
            let (first, spelling) = (file.path.to_owned(), text.to_owned());
            *self = AddressUse { kind: how, first, written: spelling, template: file.template, ..*self };
        }
    }

    /// Adds another address's uses. Returns whether the other's first file becomes the first.
    pub(super) fn merge(&mut self, other: AddressUse) -> bool {
        let files = self.files + other.files;
        let is_first = other.first < self.first;
        if is_first {
            *self = other;
        }
        self.files = files;
        is_first
    }
}
