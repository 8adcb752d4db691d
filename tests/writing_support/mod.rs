//! Helpers shared by the tests of writing: sites as tables, folders as maps.
#![cfg(unix)]
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use clausebook::testing::site::write::{
    Contents, OutputFolder, SiteWriter, SourceFolders, Target, WriteError, WriteSummary,
};
use clausebook::testing::url::SitePath;

/// A folder with a handbook, and the location of its portal.
pub struct Handbook {
    folder: tempfile::TempDir,
    sources: Vec<PathBuf>,
}

impl Handbook {
    pub fn new() -> Handbook {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        fs::create_dir(&content).unwrap();
        Handbook { sources: vec![content, folder.path().join("themes")], folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn site(&self, name: &str) -> PathBuf {
        self.path("site").join(name)
    }

    pub fn claim(&self, output: &Path) -> Result<OutputFolder, WriteError> {
        OutputFolder::claim(output, &SourceFolders { handbook: self.folder.path(), folders: &self.sources })
    }

    pub fn begin(&self) -> SiteWriter {
        self.claim(&self.path("site")).unwrap().begin().unwrap()
    }

    pub fn try_write(&self, files: &[(&str, &str)]) -> Result<WriteSummary, WriteError> {
        let writer = self.claim(&self.path("site"))?.begin()?;
        for (path, text) in files {
            put(&writer, path, text)?;
        }
        writer.finish()
    }

    pub fn write(&self, files: &[(&str, &str)]) -> WriteSummary {
        let summary = self.try_write(files).unwrap();
        assert!(summary.leftover.is_none(), "{summary:?}");
        assert_eq!(self.staging(), Vec::<PathBuf>::new());
        summary
    }

    /// Everything that a build left beside the portal.
    pub fn staging(&self) -> Vec<PathBuf> {
        let items = fs::read_dir(self.folder.path()).unwrap().map(|item| item.unwrap().path());
        items.filter(|path| path.file_name().unwrap().as_encoded_bytes().starts_with(b".site")).collect()
    }
}

pub fn put(target: &impl Target, path: &str, text: &str) -> Result<(), WriteError> {
    target.add(&SitePath::parse(path).unwrap(), Contents::Bytes(text.as_bytes()))
}

/// Every file below a folder with its content; an empty folder as `name/`, a link as its target.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut tree = BTreeMap::new();
    for item in walkdir::WalkDir::new(root).min_depth(1) {
        let item = item.unwrap();
        let name = item.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if item.file_type().is_dir() {
            if fs::read_dir(item.path()).unwrap().next().is_none() {
                tree.insert(name + "/", Vec::new());
            }
        } else if item.file_type().is_symlink() {
            tree.insert(name, fs::read_link(item.path()).unwrap().into_os_string().into_encoded_bytes());
        } else {
            tree.insert(name, fs::read(item.path()).unwrap());
        }
    }
    tree
}

/// The names of all files below a folder except the manifest.
pub fn names(root: &Path) -> Vec<String> {
    tree(root).into_keys().filter(|name| name != ".clausebook-manifest.json").collect()
}

/// The facts that change when a file or folder is written: inode, modification and change time, number of links.
pub fn stamp(path: &Path) -> (u64, i64, i64, i64, i64, u64) {
    let metadata = fs::symlink_metadata(path).unwrap();
    let times = (metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec());
    (metadata.ino(), times.0, times.1, times.2, times.3, metadata.nlink())
}

/// Inode and modification time, which an unchanged file keeps.
pub fn inode_and_mtime(path: &Path) -> (u64, i64, i64) {
    let metadata = fs::symlink_metadata(path).unwrap();
    (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
}
