//! The places that an edition shows, and the names of the things it withholds.

use std::collections::{BTreeMap, BTreeSet};

use crate::handbook::{Destination, Handbook, Reading};
use crate::place::{Place, Position};
use crate::project::{STANDARDS_FOLDER, THEMES_FOLDER};

/// The places that an edition shows: in its documents, and in the register entries that it shows.
pub(super) struct Places<'a> {
    reading: &'a Reading,
    entries: Ranges<'a>,
    /// Entries of the whole handbook.
    all_entries: Ranges<'a>,
    assets: BTreeSet<&'a str>,
}

/// The ranges of entries in each register file.
type Ranges<'a> = BTreeMap<&'a str, Vec<(Position, Position)>>;

impl<'a> Places<'a> {
    pub(super) fn new(reading: &'a Reading) -> Places<'a> {
        let full_reading = reading.full_handbook.as_deref().unwrap_or(reading);
        Places {
            reading,
            entries: ranges(&reading.handbook),
            all_entries: ranges(&full_reading.handbook),
            assets: linked_assets(&reading.handbook).collect(),
        }
    }

    /// Whether a place may be named. Places outside content files cannot be withheld. In a register that is shown, any
    /// place outside withheld entries may be named.
    pub(super) fn may_be_named(&self, place: &Place) -> bool {
        let file = &*place.file;
        let is_in = |ranges: &Ranges<'_>| {
            let of_file = ranges.get(file).map_or(&[][..], Vec::as_slice);
            place.position.is_some_and(|at| of_file.iter().any(|(from, to)| (*from..*to).contains(&at)))
        };
        let is_register = self.reading.handbook.registers.file(file).is_some();
        if is_register || self.all_entries.contains_key(file) {
            return is_in(&self.entries) || (is_register && !is_in(&self.all_entries));
        }
        self.reading.handbook.lookup.by_path(file).is_some() || self.assets.contains(file) || self.is_outside(file)
    }

    /// Whether a file has no document content: settings, catalogues and themes.
    fn is_outside(&self, file: &str) -> bool {
        let settings = &self.reading.settings;
        let is_below = |folder: &str| {
            folder == "." || file.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_source = self.reading.sources.iter().any(|source| **source.path() == *file);
        let is_own = is_source || file.is_empty() || is_below(STANDARDS_FOLDER) || is_below(THEMES_FOLDER);
        let included = settings.documents.includes.folders().iter().map(String::as_str);
        let mut content = [settings.content.as_str()].into_iter().chain(settings.asset_folders()).chain(included);
        // The content folder as a whole may be named, for example if it has no documents.
        is_own || file == settings.content || !content.any(is_below)
    }
}

fn ranges(handbook: &Handbook) -> Ranges<'_> {
    let mut entries = Ranges::new();
    for placed_entry in &handbook.registers.entries {
        let Place { position, end, .. } = placed_entry.place(placed_entry.entry.record.span);
        let list = entries.entry(placed_entry.file.source.path()).or_default();
        list.extend(position.zip(end));
    }
    entries
}

/// Paths of the attachments that documents link to.
fn linked_assets(handbook: &Handbook) -> impl Iterator<Item = &str> {
    let links = handbook.documents.iter().flat_map(|document| document.links.iter());
    links.filter_map(|link| match link {
        Destination::Asset { asset, .. } => Some(&*handbook.assets.get(asset.0 as usize)?.path),
        _ => None,
    })
}

/// Names of withheld things that are not also names of something shown, in lower case.
pub(super) struct WithheldNames(BTreeSet<String>);

impl WithheldNames {
    pub(super) fn new(reading: &Reading) -> WithheldNames {
        let Some(full_reading) = &reading.full_handbook else { return WithheldNames(BTreeSet::new()) };
        let shown_names = names(&reading.handbook, linked_assets(&reading.handbook));
        let all = names(&full_reading.handbook, full_reading.handbook.assets.iter().map(|asset| &*asset.path));
        let unread = full_reading.problems.iter().flat_map(|problem| path_names(&problem.place.file));
        let is_named_by_settings = |name: &String| reading.settings.content.eq_ignore_ascii_case(name);
        let withheld =
            all.into_iter().chain(unread).filter(|name| !shown_names.contains(name) && !is_named_by_settings(name));
        let places = Places::new(reading);
        WithheldNames(withheld.filter(|name| !name.is_empty() && !places.is_known_source(name)).collect())
    }

    /// Whether the text of a problem names anything withheld.
    pub(super) fn appear_in(&self, text: &str) -> bool {
        let quoted = text.split('`').skip(1).step_by(2);
        quoted.flat_map(|name| path_names(name.trim_end_matches('/'))).any(|name| self.0.contains(&name))
    }
}

impl Places<'_> {
    fn is_known_source(&self, name: &str) -> bool {
        self.reading.sources.iter().any(|source| {
            let path = source.path().to_lowercase();
            path == name || path.rsplit('/').next() == Some(name)
        })
    }
}

/// IDs, titles and paths of documents and entries, and paths of the given attachments, in lower case.
fn names<'a>(handbook: &'a Handbook, assets: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let documents = handbook.documents.iter();
    let paths = documents.clone().map(|document| &**document.path()).chain(assets);
    let registers = handbook.registers.files.iter().map(|(file, _)| &**file.source.path());
    let titles = documents.clone().map(|document| document.title.to_lowercase());
    let ids = documents.filter_map(|document| Some(document.id()?.as_str().to_lowercase()));
    let entries = handbook.registers.entries.iter();
    let of_entries =
        entries.flat_map(|placed_entry| [placed_entry.id().to_string(), placed_entry.entry.title().to_string()]);
    let of_files = paths.chain(registers).flat_map(path_names);
    of_files.chain(titles).chain(ids).chain(of_entries.map(|name| name.to_lowercase())).collect()
}

/// A path and its parent folders, each also without its leading components.
fn path_names(path: &str) -> Vec<String> {
    let path = path.to_lowercase();
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    let parts = |end: usize| {
        let starts = path[..end].match_indices('/').map(|(at, _)| at + 1);
        [0].into_iter().chain(starts).map(move |start| (start, end)).collect::<Vec<_>>()
    };
    ends.flat_map(parts).map(|(start, end)| path[start..end].to_owned()).collect()
}
