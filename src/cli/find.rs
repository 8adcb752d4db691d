//! Finds documents and files that a user names.

use std::path::{Path, PathBuf};

use crate::handbook::{DocumentIndex, Reading};
use crate::project::Project;
use crate::report::without_controls;
use crate::source::spelled;

/// Finds a document by its ID, or by its path from the current folder or the handbook's. The error suggests the nearest
/// ID.
pub(crate) fn document(project: &Project, reading: &Reading, name: &str) -> Result<DocumentIndex, String> {
    let lookup = &reading.handbook.lookup;
    let by_id = name.parse().ok().and_then(|id| lookup.by_id(&id));
    let by_path = || {
        let root = project.root().canonicalize().ok()?;
        let file = from_here(name)?;
        lookup.by_path(&crate::source::relative(&root, &file)?)
    };
    let index = by_id.or_else(|| lookup.by_path(&handbook_path(project, name)?)).or_else(by_path);
    index.ok_or_else(|| {
        let hint = lookup.nearest_id(name, None).map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
        format!("no document has the ID `{}`{hint}", without_controls(name))
    })
}

/// The path of a file relative to the handbook's folder, given its path from the current folder or the handbook's.
pub(crate) fn path(project: &Project, name: &str) -> Option<String> {
    let root = project.root().canonicalize().ok()?;
    let below = || root.join(handbook_path(project, name)?).canonicalize().ok();
    let file = from_here(name).filter(|file| file.starts_with(&root)).or_else(below)?;
    crate::source::relative(&root, &file).map(|path| path.to_string())
}

/// A path relative to the handbook's folder as the file system spells it.
fn handbook_path(project: &Project, name: &str) -> Option<String> {
    spelled(project.root(), name.trim_start_matches("./")).map(|(path, _)| path)
}

/// The file at a path from the current folder, however the file system spells its name.
fn from_here(name: &str) -> Option<PathBuf> {
    let respelled = || spelled(Path::new("."), name)?.1.canonicalize().ok();
    Path::new(name).canonicalize().ok().or_else(respelled)
}
