//! Documents that a user names.

use std::path::Path;

use crate::handbook::{DocumentIndex, Reading};
use crate::project::Project;
use crate::report::plain;

/// A document by its id, or by its path from here or from the handbook's folder; else a sentence that names the nearest.
pub(crate) fn document(project: &Project, reading: &Reading, name: &str) -> Result<DocumentIndex, String> {
    let lookup = &reading.handbook.lookup;
    let by_id = name.parse().ok().and_then(|id| lookup.by_id(&id));
    let by_path = || {
        let root = project.root().canonicalize().ok()?;
        let file = Path::new(name).canonicalize().ok()?;
        lookup.by_path(&crate::source::relative(&root, &file)?)
    };
    let found = by_id.or_else(|| lookup.by_path(name.trim_start_matches("./"))).or_else(by_path);
    found.ok_or_else(|| {
        let near = lookup.nearest_id(name, None).map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
        format!("no document has the ID `{}`{near}", plain(name))
    })
}

/// The path in the handbook's folder of a file that is named by its path from here or from that folder.
pub(crate) fn path(project: &Project, name: &str) -> Option<String> {
    let root = project.root().canonicalize().ok()?;
    let from_here = Path::new(name).canonicalize().ok();
    let file = from_here.filter(|file| file.starts_with(&root)).or_else(|| root.join(name).canonicalize().ok())?;
    crate::source::relative(&root, &file).map(|path| path.to_string())
}
