//! What was read of a site so far: its files, and where they lead.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::File;
use super::address::{self, Address};
use super::scan::{ReferenceKind, Scan};

/// Every file of a site, with what is on it when it is a page.
pub(super) type Files = HashMap<String, Option<Page>>;

/// What was read of a site so far.
#[derive(Debug, Default)]
pub(super) struct LinkGraph {
    files: Files,
    /// Where references lead, each address once, with its uses.
    uses: Vec<(Address, AddressUse)>,
    by_address: HashMap<Address, usize>,
    /// The same by folder and text: pages of one folder share most of what they refer to, and few have anything new.
    by_text: HashMap<String, HashMap<String, Option<usize>>>,
}

/// What can be referred to on a page.
#[derive(Debug)]
pub(super) struct Page {
    /// Hashes of the ids of its elements, sorted.
    ids: Vec<u64>,
    /// The template that made it.
    pub(super) template: Option<&'static str>,
}

/// What refers to one address.
#[derive(Clone, Debug)]
pub(super) struct AddressUse {
    pub(super) how: ReferenceKind,
    /// How many files do.
    pub(super) files: usize,
    /// The first of them by path.
    pub(super) first: String,
    /// As it stands there.
    pub(super) written: String,
    /// The template that made that file.
    pub(super) template: Option<&'static str>,
    /// The number of the last file that was counted.
    last: usize,
}

impl Page {
    pub(super) fn new(scan: &Scan<'_>, template: Option<&'static str>) -> Page {
        let mut ids: Vec<u64> = scan.ids.iter().map(|id| hash(id)).collect();
        ids.sort_unstable();
        Page { ids, template }
    }

    /// Whether an element of the page has this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.binary_search(&hash(id)).is_ok()
    }

    /// Whether a reference to an element of the page itself finds it.
    pub(super) fn answers(&self, reference: &str) -> bool {
        address::read("", reference).is_none_or(|address| address.fragment.is_none_or(|id| self.has(&id)))
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl LinkGraph {
    /// Adds a file; what it refers to is relative to `base`.
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
        let mut known = self.by_text.remove(folder).unwrap_or_default();
        for (how, text) in references {
            let at = match known.get(text) {
                Some(at) => *at,
                None => {
                    let at = address::read(base, text).map(|address| self.place(address));
                    known.insert(text.to_owned(), at);
                    at
                }
            };
            if let Some(at) = at {
                self.uses[at].1.count(file, number, (how, text));
            }
        }
        self.by_text.insert(folder.to_owned(), known);
    }

    /// Where the uses of an address are counted.
    fn place(&mut self, address: Address) -> usize {
        let next = self.uses.len();
        let at = *self.by_address.entry(address.clone()).or_insert(next);
        if at == next {
            self.uses.push((address, AddressUse::default()));
        }
        at
    }

    /// How many addresses were read; one that stands on several files counts on each.
    pub(super) fn references(&self) -> usize {
        self.uses.iter().map(|(_, used)| used.files).sum()
    }

    /// Every file, and every address with its uses.
    pub(super) fn finish(self) -> (Files, Vec<(Address, AddressUse)>) {
        (self.files, self.uses)
    }
}

impl Default for AddressUse {
    /// No use yet.
    fn default() -> AddressUse {
        AddressUse {
            how: ReferenceKind::Link,
            files: 0,
            first: String::new(),
            written: String::new(),
            template: None,
            last: 0,
        }
    }
}

impl AddressUse {
    /// Counts a file once, however often it refers to the address.
    fn count(&mut self, file: File<'_>, number: usize, (how, text): (ReferenceKind, &str)) {
        if self.last == number {
            return;
        }
        self.last = number;
        self.files += 1;
        if self.files == 1 || *file.path < *self.first {
            let (first, written) = (file.path.to_owned(), text.to_owned());
            *self = AddressUse { how, first, written, template: file.template, ..*self };
        }
    }

    /// Adds the files of another; gives whether its first file is the first of both.
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
