//! A site in memory, for comparison with a preview.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::site::write::names::NameRegistry;
use crate::site::write::{Contents, Target, WriteError, comparison};
use crate::url::SitePath;

/// The files of a site. Looking up a path as a string only finds files of the site.
pub type MemorySite = BTreeMap<SitePath, Vec<u8>>;

/// Collects a site in memory.
#[derive(Debug, Default)]
pub struct MemoryTarget {
    names: NameRegistry,
    files: Mutex<MemorySite>,
}

impl MemoryTarget {
    /// Creates an empty site.
    pub fn new() -> MemoryTarget {
        MemoryTarget::default()
    }

    /// Returns the collected site.
    pub fn finish(self) -> MemorySite {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Target for MemoryTarget {
    fn add(&self, path: &SitePath, contents: Contents<'_>) -> Result<(), WriteError> {
        self.names.reserve(path)?;
        let bytes = match contents {
            Contents::Bytes(bytes) => bytes.to_vec(),
            Contents::File(file) => comparison::read_asset(file, path)?,
        };
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes);
        Ok(())
    }
}
