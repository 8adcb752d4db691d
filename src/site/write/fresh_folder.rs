//! Writes a site file by file to a new folder, for printing in a browser.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::platform;
use crate::site::write::comparison::{AssetFile, ReadControl};
use crate::site::write::error::IoContext;
use crate::site::write::names::NameRegistry;
use crate::site::write::{Contents, Target, WriteError};
use crate::url::SitePath;

/// Writes each file immediately and keeps none in memory.
#[derive(Debug)]
pub(crate) struct FreshFolder<'a> {
    root: &'a Path,
    names: NameRegistry,
    stop: &'a AtomicBool,
}

impl FreshFolder<'_> {
    /// Creates a site in an empty folder. Nothing more is written once `stop` is set.
    pub(crate) fn new<'a>(root: &'a Path, stop: &'a AtomicBool) -> FreshFolder<'a> {
        FreshFolder { root, names: NameRegistry::default(), stop }
    }

    fn check_stopped(&self) -> Result<(), WriteError> {
        if self.stop.load(Ordering::Relaxed) { Err(WriteError::Interrupted) } else { Ok(()) }
    }
}

impl Target for FreshFolder<'_> {
    fn add(&self, path: &SitePath, contents: Contents<'_>) -> Result<(), WriteError> {
        self.check_stopped()?;
        self.names.reserve(path)?;
        let place = self.root.join(path.as_path());
        if let Some(folder) = place.parent() {
            platform::create_folders(folder).context("create", folder)?;
        }
        let mut file = platform::create_file(&place).context("create", &place)?;
        match contents {
            Contents::Bytes(bytes) => file.write_all(bytes).context("write", &place),
            Contents::File(from) => {
                let write = |chunk: &[u8]| {
                    self.check_stopped()?;
                    file.write_all(chunk).context("write", &place).map(|()| ReadControl::Continue)
                };
                AssetFile::open(from, path)?.read(write).map(drop)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_are_written_as_they_are_put_until_it_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let (image, stop) = (folder.path().join("image"), AtomicBool::new(false));
        fs::write(&image, vec![7; 600_000]).unwrap();
        let root = folder.path().join("site");
        fs::create_dir(&root).unwrap();
        let site = FreshFolder::new(&root, &stop);
        site.add(&SitePath::page("a/b"), Contents::Bytes(b"page")).unwrap();
        site.add(&SitePath::asset("a/i.png"), Contents::File(&image)).unwrap();
        assert_eq!(fs::read(root.join("a/b.html")).unwrap(), b"page");
        assert_eq!(fs::read(root.join("a/i.png")).unwrap(), vec![7; 600_000]);
        let clash = site.add(&SitePath::page("A/b"), Contents::Bytes(b"")).unwrap_err();
        assert!(matches!(clash, WriteError::NameClash { .. }), "{clash}");
        stop.store(true, Ordering::Relaxed);
        for contents in [Contents::Bytes(b"page"), Contents::File(&image)] {
            let refused = site.add(&SitePath::page("c"), contents).unwrap_err();
            assert!(matches!(refused, WriteError::Interrupted), "{refused}");
        }
        assert!(!root.join("c.html").exists());
    }
}
