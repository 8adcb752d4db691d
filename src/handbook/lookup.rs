//! Finds documents and assets by ID and path, and resolves links.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use ahash::{AHashMap, AHashSet};

use super::document::DocumentIndex;
use super::former_site::{FormerSite, without_numbers};
use super::link::{AssetIndex, PAGE_EXTENSIONS, file_name};
use super::named_files::NamedFiles;
use super::registers::{EntryIndex, HiddenEntries, Registers};
use crate::id::DocumentId;
use crate::source::is_in_program_folder;
use crate::spelling::Dictionary;
use crate::text::as_seen;

/// The index that links are looked up in.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    documents: AHashMap<Arc<str>, DocumentIndex>,
    ids: AHashMap<DocumentId, DocumentIndex>,
    assets: AHashMap<Arc<str>, AssetIndex>,
    /// Documents that exist but are not shown.
    withheld: Vec<WithheldDocument>,
    withheld_paths: BTreeMap<Arc<str>, u32>,
    withheld_ids: BTreeMap<DocumentId, u32>,
    /// Entries of registers and the decisions in them, by ID.
    entries: AHashMap<DocumentId, EntryIndex>,
    /// Registers by path, each with the document that owns it.
    registers: AHashMap<Arc<str>, LookupTarget>,
    /// IDs of entries that exist but are not shown.
    withheld_entries: Vec<DocumentId>,
    /// The page that introduces each folder, with its rank: `index.md` before `README.md`.
    introductions: AHashMap<Box<str>, (u8, LookupTarget)>,
    /// Files that are skipped because they are hidden.
    hidden: BTreeSet<Arc<str>>,
    /// The addresses that pages had on their former site.
    pub(super) former_site: FormerSite,
    /// Files whose documents get their IDs from the file name.
    pub(super) named_files: NamedFiles,
    /// Alternative spellings of paths; built when a link is not written like any file.
    spellings: OnceLock<PathSpellings>,
    /// File names, and IDs, in sorted order; built when one is misspelled.
    names: OnceLock<FileNames>,
    known_ids: OnceLock<Dictionary>,
    /// Folders that contain files at any depth; built when the target of a link is not found.
    folders: OnceLock<AHashSet<Box<str>>>,
}

/// A document that exists but is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WithheldDocument {
    pub(super) path: Arc<str>,
    pub(super) id: Option<DocumentId>,
}

/// Paths by the names of their files.
#[derive(Debug)]
struct FileNames {
    paths: BTreeMap<Box<str>, Vec<Arc<str>>>,
    /// Folders that have an introduction, by name.
    folders: BTreeMap<Box<str>, Vec<Box<str>>>,
    dictionary: Dictionary,
}

/// The target of a path; if two paths differ only in letter case, the lesser target wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LookupTarget {
    Document(DocumentIndex),
    Asset(AssetIndex),
    Withheld(u32),
}

/// Paths in the form that people see, and in lower case; for pages also without their extensions, for folders through
/// their introductions.
#[derive(Debug, Default)]
struct PathSpellings {
    /// Paths that look different from how they are written, and pages without their extensions.
    by_visible_form: AHashMap<String, LookupTarget>,
    by_lower_case: AHashMap<String, LookupTarget>,
    /// Paths without the numbers that set the order of their names.
    without_numbers: AHashMap<String, LookupTarget>,
}

impl Lookup {
    /// The logo from the settings, if it is a file in the content folder.
    pub(super) fn logo(&self, settings: &crate::config::Settings) -> Option<AssetIndex> {
        self.assets.get(settings.brand.logo.as_ref()?.value.as_str()).copied()
    }

    /// Indexes documents and pages by path, assets by path, and documents by ID; the first document with an ID keeps
    /// it. Indices are positions in these lists.
    pub(crate) fn new<'a>(
        documents: impl ExactSizeIterator<Item = &'a Arc<str>> + Send,
        ids: impl Iterator<Item = (&'a DocumentId, DocumentIndex)> + Send,
        assets: impl ExactSizeIterator<Item = &'a Arc<str>>,
    ) -> Lookup {
        let count = documents.len();
        let by_id = || {
            let mut indexes = AHashMap::with_capacity(count);
            for (id, index) in ids {
                indexes.entry(id.clone()).or_insert(index);
            }
            indexes
        };
        let by_path = || documents.cloned().zip((0..).map(DocumentIndex)).collect();
        let (documents, ids) = rayon::join(by_path, by_id);
        let assets = assets.cloned().zip((0..).map(AssetIndex)).collect();
        let mut lookup = Lookup { documents, ids, assets, ..Lookup::default() };
        let documents: Vec<(Arc<str>, DocumentIndex)> = lookup
            .documents
            .iter()
            .filter(|(path, _)| introduced_folder(path).is_some())
            .map(|(path, at)| (path.clone(), *at))
            .collect();
        documents.iter().for_each(|(path, index)| lookup.set_introduction(path, LookupTarget::Document(*index)));
        lookup
    }

    /// Records files that exist but are hidden.
    pub(super) fn add_hidden(&mut self, hidden: impl IntoIterator<Item = Arc<str>>) {
        self.hidden.extend(hidden);
    }

    /// Whether exactly these files exist but are hidden.
    pub(super) fn hides_exactly(&self, hidden: &[Arc<str>]) -> bool {
        self.hidden.iter().eq(hidden)
    }

    /// Registers a page as the introduction of its folder, if it is one and no better one is known.
    fn set_introduction(&mut self, path: &str, target: LookupTarget) {
        let Some((folder, rank)) = introduced_folder(path) else { return };
        let best = self.introductions.entry(folder.into()).or_insert((rank, target));
        *best = (*best).min((rank, target));
    }

    /// Records a document that exists but is not shown, so that links to it are not reported and reveal nothing.
    pub(crate) fn add_withheld(&mut self, path: &Arc<str>, id: Option<&DocumentId>) {
        let rank = u32::try_from(self.withheld.len()).unwrap_or(u32::MAX);
        self.withheld.push(WithheldDocument { path: path.clone(), id: id.cloned() });
        self.withheld_paths.insert(path.clone(), rank);
        self.set_introduction(path, LookupTarget::Withheld(rank));
        if let Some(id) = id {
            self.withheld_ids.entry(id.clone()).or_insert(rank);
        }
    }

    /// Records entries of registers, and registers by path. If an ID is used twice, the first use wins.
    pub(super) fn add_registers(&mut self, registers: &Registers, hidden: HiddenEntries) {
        for (id, entry) in registers.ids() {
            self.entries.entry(id).or_insert(entry);
        }
        let owners =
            registers.files.iter().map(|(file, owner)| (file.source.path().clone(), LookupTarget::Document(*owner)));
        self.registers.extend(owners);
        for (register, owner) in hidden.files {
            let rank = self.withheld_paths.get(&owner).copied();
            self.registers.extend(rank.map(|rank| (register, LookupTarget::Withheld(rank))));
        }
        for id in hidden.ids {
            let rank = u32::try_from(self.withheld.len()).unwrap_or(u32::MAX);
            self.withheld.push(WithheldDocument { path: "".into(), id: Some(id.clone()) });
            self.withheld_ids.entry(id.clone()).or_insert(rank);
            self.withheld_entries.push(id);
        }
    }

    /// The entry with an ID, or with a decision that has this ID.
    pub(crate) fn entry(&self, id: &DocumentId) -> Option<EntryIndex> {
        self.entries.get(id).copied()
    }

    /// Whether exactly these documents are withheld.
    pub(crate) fn withholds_exactly<'a>(
        &self,
        files: impl Iterator<Item = (&'a Arc<str>, Option<&'a DocumentId>)>,
    ) -> bool {
        let to_withheld =
            |(path, id): (&Arc<str>, Option<&DocumentId>)| WithheldDocument { path: path.clone(), id: id.cloned() };
        let documents = self.withheld.len() - self.withheld_entries.len();
        files.map(to_withheld).eq(self.withheld[..documents].iter().cloned())
    }

    /// The document with an ID.
    pub(crate) fn by_id(&self, id: &DocumentId) -> Option<DocumentIndex> {
        self.ids.get(id).copied()
    }

    /// Whether a document or an entry has this ID, even one that this edition does not show.
    pub(crate) fn contains_id(&self, id: &DocumentId) -> bool {
        self.by_id(id).is_some() || self.entry(id).is_some() || self.is_withheld(id)
    }

    /// The document at a path relative to the handbook's folder.
    pub(crate) fn by_path(&self, path: &str) -> Option<DocumentIndex> {
        self.documents.get(path).copied()
    }

    /// Paths and IDs of documents that exist but are not shown, in order.
    pub(crate) fn withheld(&self) -> impl Iterator<Item = &str> {
        let paths = self.withheld_paths.keys().map(|path| &**path);
        paths.chain(self.withheld_ids.keys().map(DocumentId::as_str))
    }

    /// Whether a document with this ID exists but is not shown.
    pub(crate) fn is_withheld(&self, id: &DocumentId) -> bool {
        self.withheld_ids.contains_key(id)
    }

    /// The rank of the withheld document with this ID.
    pub(super) fn withheld_by_id(&self, id: &DocumentId) -> Option<u32> {
        self.withheld_ids.get(id).copied()
    }

    /// A withheld document by its rank.
    pub(super) fn withheld_at(&self, rank: u32) -> Option<&WithheldDocument> {
        self.withheld.get(rank as usize)
    }

    /// The ID nearest to a misspelled one, if any is close enough; never `except`.
    pub(crate) fn nearest_id(&self, word: &str, except: Option<&DocumentId>) -> Option<&str> {
        self.known_ids().nearest(word, except.map(DocumentId::as_str))
    }

    /// Whether a misspelled ID can only mean `near`, the nearest one.
    pub(crate) fn is_unmistakable_id(&self, word: &str, near: &str) -> bool {
        self.known_ids().is_unambiguous(word, near)
    }

    fn known_ids(&self) -> &Dictionary {
        let sorted = || self.ids.keys().chain(self.entries.keys()).collect::<BTreeSet<_>>();
        self.known_ids.get_or_init(|| Dictionary::new(sorted().into_iter().map(DocumentId::as_str)))
    }

    /// The path of the document or asset whose file name is nearest to that of a misspelled path, if any is close
    /// enough; of several with that name, the one with the most similar folders. Also returns whether the match is
    /// unambiguous.
    pub(crate) fn nearest_path(&self, target: &str) -> Option<(&Arc<str>, bool)> {
        let names = self.names.get_or_init(|| self.file_names());
        let is_folder = target.ends_with('/');
        let target = target.trim_end_matches('/');
        let name = file_name(target);
        let stem = PAGE_EXTENSIONS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
        let page_name = if stem.len() < name.len() || !name.contains('.') { &format!("{stem}.md") } else { name };
        // A path written as a folder is either a page's address or a mistake that no other name explains.
        let near = names.dictionary.nearest(page_name, None).filter(|near| !is_folder || *near == page_name)?;
        let paths = names.paths.get(near)?;
        let path = paths.iter().max_by_key(|path| (common_names(path, target), std::cmp::Reverse(*path)))?;
        Some((path, paths.len() == 1 && names.dictionary.is_unambiguous(page_name, near)))
    }

    /// The target of the name of a file, or of a folder with an introduction: the only one with this name, else the
    /// only one that `is_near`.
    pub(super) fn find_unique(&self, name: &str, is_near: impl Fn(&str) -> bool) -> Option<LookupTarget> {
        let names = self.names.get_or_init(|| self.file_names());
        let files = names.paths.get(name).into_iter().flatten().map(|path| &**path);
        let all: Vec<&str> = files.chain(names.folders.get(name).into_iter().flatten().map(|path| &**path)).collect();
        let near: Vec<&str> = all.iter().copied().filter(|path| is_near(path)).collect();
        let [path] = (if all.len() == 1 { all } else { near })[..] else { return None };
        self.target_at(path).or_else(|| self.introduction(path))
    }

    /// Whether a file of the handbook has this name.
    pub(super) fn is_file_name(&self, name: &str) -> bool {
        self.names.get_or_init(|| self.file_names()).paths.contains_key(name)
    }

    fn file_names(&self) -> FileNames {
        let paths: BTreeSet<&Arc<str>> = self.documents.keys().chain(self.assets.keys()).collect();
        let mut names: BTreeMap<Box<str>, Vec<Arc<str>>> = BTreeMap::new();
        for path in paths {
            names.entry(file_name(path).into()).or_default().push(path.clone());
        }
        let mut folders: BTreeMap<Box<str>, Vec<Box<str>>> = BTreeMap::new();
        for folder in self.introductions.keys().filter(|folder| !folder.is_empty()) {
            folders.entry(file_name(folder).into()).or_default().push(folder.clone());
        }
        FileNames { dictionary: Dictionary::new(names.keys().map(|name| &**name)), paths: names, folders }
    }

    /// Whether an existing file is skipped because it is hidden: at this path, with a page's extension, or in a folder
    /// at this path. Files of other programs are not recorded; it is only known that they would be skipped.
    pub(super) fn is_hidden(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let begins = |c: char| {
            let beginning = format!("{path}{c}");
            let mut hidden_paths = self.hidden.range::<str, _>((Bound::Included(&*beginning), Bound::Unbounded));
            hidden_paths.next().is_some_and(|known| known.starts_with(&beginning))
        };
        let has_hidden_name = path.split('/').any(|name| name.starts_with('.'));
        has_hidden_name && (self.hidden.contains(path) || begins('.') || begins('/') || is_in_program_folder(path))
    }

    /// Whether a path is that of a folder that contains files at any depth.
    pub(crate) fn is_folder(&self, path: &str) -> bool {
        let above = |path: &'_ Arc<str>| path.match_indices('/').map(|(at, _)| path[..at].into()).collect::<Vec<_>>();
        let folders = || self.documents.keys().chain(self.assets.keys()).flat_map(above).collect();
        self.folders.get_or_init(folders).contains(path)
    }

    /// The target at exactly this path.
    pub(super) fn target_at(&self, path: &str) -> Option<LookupTarget> {
        if let Some(&document) = self.documents.get(path) {
            return Some(LookupTarget::Document(document));
        }
        if let Some(&rank) = self.withheld_paths.get(path) {
            return Some(LookupTarget::Withheld(rank));
        }
        self.registers.get(path).copied().or_else(|| self.assets.get(path).copied().map(LookupTarget::Asset))
    }

    /// The page that introduces a folder.
    pub(super) fn introduction(&self, folder: &str) -> Option<LookupTarget> {
        self.introductions.get(folder).map(|(_, target)| *target)
    }

    /// The target at a path as people see it, in any letter case, and whether the letter case differs.
    pub(super) fn find_folded(&self, path: &str) -> Option<(LookupTarget, bool)> {
        let spellings = self.spellings.get_or_init(|| self.build_spellings());
        let visible = as_seen(path);
        if let Some(target) = spellings.by_visible_form.get(&*visible) {
            return Some((*target, false));
        }
        let folded = visible.to_lowercase();
        let found = spellings.by_lower_case.get(&folded).map(|found| (*found, true));
        found.or_else(|| spellings.without_numbers.get(&folded).map(|found| (*found, false)))
    }

    fn build_spellings(&self) -> PathSpellings {
        let mut spellings = PathSpellings::default();
        let withheld = self.withheld_paths.iter().map(|(path, rank)| (path, LookupTarget::Withheld(*rank)));
        let documents = self.documents.iter().map(|(path, index)| (path, LookupTarget::Document(*index)));
        let all: Vec<(&Arc<str>, LookupTarget)> = documents.chain(withheld).collect();
        for &(path, target) in &all {
            spellings.add(path, target);
            let stem = path.rsplit_once('.').map_or(&**path, |(stem, _)| stem);
            spellings.add(stem, target);
            spellings.by_visible_form.entry(as_seen(stem).into_owned()).or_insert(target);
        }
        self.assets.iter().for_each(|(path, index)| spellings.add(path, LookupTarget::Asset(*index)));
        for (folder, (_, target)) in &self.introductions {
            spellings.add(folder, *target);
            spellings.by_visible_form.entry(as_seen(folder).into_owned()).or_insert(*target);
        }
        if self.former_site.is_configured() {
            let pages =
                all.iter().map(|(path, target)| (path.rsplit_once('.').map_or(&***path, |(stem, _)| stem), *target));
            let folders = self.introductions.iter().map(|(folder, (_, target))| (&**folder, *target));
            pages.chain(folders).for_each(|(path, target)| spellings.add_numbered(path, target));
        }
        spellings
    }
}

impl PathSpellings {
    /// Adds a path; if two paths look alike, the lesser target wins.
    fn add(&mut self, path: &str, target: LookupTarget) {
        let visible = as_seen(path);
        let keep = |map: &mut AHashMap<String, LookupTarget>, key| {
            map.entry(key).and_modify(|first| *first = target.min(*first)).or_insert(target);
        };
        if visible != path {
            keep(&mut self.by_visible_form, visible.clone().into_owned());
        }
        keep(&mut self.by_lower_case, visible.to_lowercase());
    }

    /// Adds a page whose name or folder starts with a number that its address omits, unless another page has that
    /// address.
    fn add_numbered(&mut self, path: &str, target: LookupTarget) {
        let plain = without_numbers(path);
        if plain != path {
            self.without_numbers.entry(as_seen(&plain).to_lowercase()).or_insert(target);
        }
    }
}

/// The folder that a page introduces, and the page's rank among possible introductions.
fn introduced_folder(path: &str) -> Option<(&str, u8)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, _) = name.rsplit_once('.')?;
    let stem = PAGE_EXTENSIONS.iter().find_map(|ending| stem.strip_suffix(ending)).unwrap_or(stem);
    const INTRODUCTION_STEMS: [&str; 3] = ["index", "readme", "_index"];
    let rank = (0..).zip(INTRODUCTION_STEMS).find(|(_, candidate)| stem.eq_ignore_ascii_case(candidate))?.0;
    Some((folder, rank))
}

/// The number of folders that two paths share, counted from their ends.
fn common_names(path: &str, target: &str) -> usize {
    let folders = |path: &'_ str| path.rsplit('/').skip(1).map(str::to_owned).collect::<Vec<_>>();
    folders(path).iter().zip(&folders(target)).take_while(|(a, b)| a == b).count()
}
