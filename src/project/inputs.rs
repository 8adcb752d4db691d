//! The metadata of the files that a handbook is read from, to detect changes without reading them.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::{NODE_MODULES, Project, STANDARDS_FOLDER, THEMES_FOLDER, theme::DEFAULT_THEME};
use crate::config::{SETTINGS_FILE, Settings};
use crate::source::{self, FileStamp, FileTree, HandbookFile};

/// The state of everything that a handbook is read from, at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inputs {
    /// A hash of the paths of all files, of hidden files and of problems.
    names: blake3::Hash,
    /// Sizes, times and inodes of files, in the order of their paths.
    stamps: Vec<FileStamp>,
}

impl Inputs {
    /// A digest of that state; `None` if a file is so recent that a further change might not show in its metadata.
    pub(crate) fn digest(&self) -> Option<blake3::Hash> {
        let now = SystemTime::now();
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.names.as_bytes());
        for stamp in &self.stamps {
            hasher.update(&stamp.hash());
        }
        self.stamps.iter().all(|stamp| stamp.shows_changes_after(now)).then(|| hasher.finalize())
    }
}

impl Project {
    /// The paths of the folders from which documents may include files.
    pub(crate) fn include_folders(&self, settings: &Settings) -> Vec<PathBuf> {
        settings.documents.includes.folders().iter().map(|folder| self.root.join(folder)).collect()
    }

    /// The paths to skip in the folders from which documents may include files.
    fn skipped_in_includes(&self, settings: &Settings, skipped: &[PathBuf]) -> Vec<PathBuf> {
        let others = [settings.output.as_str(), NODE_MODULES].map(|folder| self.root.join(folder));
        skipped.iter().cloned().chain(others).collect()
    }

    /// Records the state of everything that a reading of the handbook and a build with this theme read: settings,
    /// catalogues, texts, attachments and the theme. `None` if anything cannot be accessed.
    pub(crate) fn inputs(&self, settings: &Settings, theme: &str, skipped: &[PathBuf]) -> Option<Inputs> {
        let root = self.root();
        let mut trees = vec![source::discover(root, &settings.content, &self.skipped(settings, skipped))];
        for folder in [STANDARDS_FOLDER.to_owned(), format!("{THEMES_FOLDER}/{theme}")] {
            let is_read = folder == STANDARDS_FOLDER || theme != DEFAULT_THEME;
            if is_read && root.join(&folder).symlink_metadata().is_ok() {
                trees.push(source::discover(root, &folder, &[]));
            }
        }
        let skipped = self.skipped(settings, skipped);
        trees.extend(settings.asset_folders().map(|folder| source::discover(root, folder, &skipped)));
        let skipped_folders = self.skipped_in_includes(settings, &skipped);
        trees.extend(
            settings.documents.includes.folders().iter().map(|folder| source::discover(root, folder, &skipped_folders)),
        );
        let mut hasher = blake3::Hasher::new();
        hasher.update(root.as_os_str().as_encoded_bytes());
        trees.iter().for_each(|tree| add_names(&mut hasher, tree));
        let files: Vec<&Path> =
            trees.iter().flat_map(|tree| tree.texts.iter().chain(&tree.assets)).map(absolute).collect();
        let settings = root.join(SETTINGS_FILE);
        let all: Vec<&Path> = std::iter::once(settings.as_path()).chain(files).collect();
        let stamps = all.par_iter().map(|path| FileStamp::read(path)).collect::<Option<Vec<FileStamp>>>()?;
        Some(Inputs { names: hasher.finalize(), stamps })
    }
}

fn absolute(entry: &HandbookFile) -> &Path {
    &entry.absolute
}

/// Adds every path in a tree, and its problems.
fn add_names(hasher: &mut blake3::Hasher, tree: &FileTree) {
    for list in [&tree.texts, &tree.assets] {
        hasher.update(&(list.len() as u64).to_le_bytes());
        for entry in list {
            hasher.update(entry.path.as_bytes()).update(b"\0");
        }
    }
    hasher.update(format!("{:?} {:?}", tree.hidden, tree.problems).as_bytes());
}
