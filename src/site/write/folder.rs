//! Checking which folders can be used for output.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::site::write::error::IoContext;
use crate::site::write::inventory::Inventory;
use crate::site::write::lock::OutputLock;
use crate::site::write::{SiteWriter, WriteError, leftover, manifest};

/// The number of attempts if other builds replace the folder at the same time.
const MAX_ATTEMPTS: usize = 8;

/// The folders that an output must not overlap.
#[derive(Clone, Copy, Debug)]
pub struct SourceFolders<'a> {
    /// The handbook's folder. The output may be inside it, but must not be or contain it.
    pub handbook: &'a Path,
    /// Folders that are read: content, standards and themes. The output must neither contain nor be inside them.
    pub folders: &'a [PathBuf],
}

/// A folder that a site may be written to.
#[derive(Clone, Debug)]
pub struct OutputFolder {
    path: PathBuf,
}

impl OutputFolder {
    /// Checks that a folder can be used for output: it is missing, empty or contains an earlier site. Makes no changes.
    ///
    /// # Errors
    /// If it cannot, with a message to the person who named it. Symbolic links are not followed, neither at the end of
    /// the path nor between the handbook's folder and an output inside it.
    pub fn claim(requested: &Path, sources: &SourceFolders<'_>) -> Result<OutputFolder, WriteError> {
        let path = resolve(requested)?;
        if path.file_name().is_none() {
            return Err(WriteError::InvalidName(requested.to_owned()));
        }
        refuse_sources(requested, &path, sources)?;
        refuse_links(requested, sources.handbook)?;
        refuse_foreign(requested, &path)?;
        Ok(OutputFolder { path })
    }

    /// The folder, with links in its parents resolved.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Starts a new site: locks the folder, cleans up after an interrupted build, and lists the existing files.
    ///
    /// # Errors
    /// If another build is writing to the folder, if it no longer belongs to Clausebook, or if it cannot be read.
    pub fn begin(&self) -> Result<SiteWriter, WriteError> {
        for _ in 0..MAX_ATTEMPTS {
            let Some(hold) = OutputLock::acquire(&self.path)? else { continue };
            leftover::clean_up(&self.path)?;
            if hold.is_current() {
                let old = Inventory::read(&self.path)?;
                old.refuse_foreign(&self.path)?;
                return Ok(SiteWriter::new(&self.path, old, hold));
            }
        }
        Err(WriteError::Busy(self.path.clone()))
    }
}

/// Rejects an output that is inside the handbook only by name, since a link in the handbook may lead anywhere.
fn refuse_links(output: &Path, handbook: &Path) -> Result<(), WriteError> {
    let (Ok(named_path), Ok(root)) = (std::path::absolute(output), std::path::absolute(handbook)) else {
        return Ok(());
    };
    let canonical = || Some(named_path.strip_prefix(fs::canonicalize(&root).ok()?).ok()?.to_owned());
    let Some(below) = named_path.strip_prefix(&root).map(Path::to_owned).ok().or_else(canonical) else { return Ok(()) };
    let mut folder = root;
    for part in below.components() {
        let Component::Normal(name) = part else { return Ok(()) };
        folder.push(name);
        if fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(WriteError::Linked { output: output.to_owned(), link: folder });
        }
    }
    Ok(())
}

/// The folder's absolute path, with all links resolved. A link at the end of the path is an error.
fn resolve(output: &Path) -> Result<PathBuf, WriteError> {
    let plain: PathBuf = output.components().collect();
    match fs::symlink_metadata(&plain) {
        Ok(metadata) if metadata.is_symlink() => Err(WriteError::SymbolicLink(output.to_owned())),
        Ok(metadata) if !metadata.is_dir() => Err(WriteError::NotAFolder(output.to_owned())),
        Ok(_) => fs::canonicalize(&plain).context("find", output),
        Err(error) if error.kind() == io::ErrorKind::NotFound => resolve_missing(output, &plain),
        Err(error) => Err(error).context("look at", output),
    }
}

/// The absolute path of a missing folder, resolved from its nearest existing parent.
fn resolve_missing(output: &Path, plain: &Path) -> Result<PathBuf, WriteError> {
    let mut missing = Vec::new();
    let mut above = plain;
    loop {
        let (Some(parent), Some(name)) = (above.parent(), above.file_name()) else {
            return Err(WriteError::InvalidName(output.to_owned()));
        };
        missing.push(name);
        above = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        match fs::canonicalize(above) {
            Ok(existing) => return Ok(missing.iter().rev().fold(existing, |path, name| path.join(name))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).context("find", above),
        }
    }
}

fn refuse_sources(output: &Path, path: &Path, sources: &SourceFolders<'_>) -> Result<(), WriteError> {
    let all_sources = sources.folders.iter().map(PathBuf::as_path).chain([sources.handbook]);
    for source in all_sources {
        if absolute(source).starts_with(path) {
            return Err(WriteError::ContainsSource { output: output.to_owned(), source_folder: source.to_owned() });
        }
    }
    for source in sources.folders {
        if path.starts_with(absolute(source)) {
            return Err(WriteError::InsideSource { output: output.to_owned(), source_folder: source.clone() });
        }
    }
    Ok(())
}

/// The absolute path of a folder; if it does not exist, links may be unresolved.
fn absolute(folder: &Path) -> PathBuf {
    fs::canonicalize(folder)
        .or_else(|_| resolve(folder))
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}

/// A first check without a lock, so that a build fails before it reads the handbook.
fn refuse_foreign(output: &Path, path: &Path) -> Result<(), WriteError> {
    let items = match fs::read_dir(path) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).context("read", output),
    };
    if manifest::find(path)?.is_some() {
        return Ok(());
    }
    match items.filter_map(|item| Some(item.ok()?.file_name())).min() {
        Some(example) => Err(WriteError::Foreign { output: output.to_owned(), example: example.into() }),
        None => Ok(()),
    }
}
