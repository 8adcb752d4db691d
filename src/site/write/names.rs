//! The names used in a site: no two may be equal on a file system that ignores case.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::site::write::{MANIFEST_NAME, WriteError};
use crate::url::SitePath;

/// The kinds of items with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    File,
    Folder,
}

#[derive(Debug)]
struct Name {
    spelling: Box<str>,
    kind: NameKind,
}

/// The names of all files and folders of a site, by case-folded name.
#[derive(Debug, Default)]
pub(super) struct NameRegistry(Mutex<HashMap<String, Name>>);

impl NameRegistry {
    /// Reserves the name of a file and of its parent folders.
    pub(super) fn reserve(&self, path: &SitePath) -> Result<(), WriteError> {
        let folded = path.folded();
        let folded = folded.as_str();
        if folded == MANIFEST_NAME {
            return Err(WriteError::Reserved);
        }
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = names.get(folded) {
            return Err(clash(path.as_str(), &name.spelling));
        }
        for folder in path.folders() {
            match names.get(&folded[..folder.len()]) {
                Some(name) if *name.spelling != *folder || name.kind == NameKind::File => {
                    return Err(clash(path.as_str(), &name.spelling));
                }
                Some(_) => {}
                None => {
                    let name = Name { spelling: folder.into(), kind: NameKind::Folder };
                    names.insert(folded[..folder.len()].to_owned(), name);
                }
            }
        }
        names.insert(folded.to_owned(), Name { spelling: path.as_str().into(), kind: NameKind::File });
        Ok(())
    }

    /// The kind of item with exactly this name.
    pub(super) fn kind_of(&self, path: &str) -> Option<NameKind> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(&path.to_ascii_lowercase()).filter(|name| *name.spelling == *path).map(|name| name.kind)
    }
}

/// The error for two names, sorted so that the message does not depend on the order of files.
fn clash(a: &str, b: &str) -> WriteError {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    WriteError::NameClash { first: first.to_owned(), second: second.to_owned() }
}
