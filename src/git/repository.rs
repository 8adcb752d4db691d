//! Checks which repository git would use for a folder, to decide whether git may be run there.

use std::path::Path;

/// Rejects a folder that git would treat as a bare repository before it reaches a `.git`: the author of the handbook
/// could have put one there with its own configuration.
///
/// # Errors
/// If there is such a folder. The error is a sentence fragment.
pub(super) fn reject_bare_repository(folder: &Path) -> Result<(), String> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    for above in folder.ancestors() {
        if has_entry(above, ".git") {
            return Ok(());
        }
        if is_bare(above) {
            let name = above.file_name().unwrap_or(above.as_os_str()).to_string_lossy();
            return Err(format!("`{name}` is a bare Git repository; Clausebook does not trust its configuration"));
        }
    }
    Ok(())
}

/// Whether a folder is in a repository of any kind.
pub(super) fn is_in_repository(folder: &Path) -> bool {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    folder.ancestors().any(|above| has_entry(above, ".git") || is_bare(above))
}

/// Whether git may treat a folder as a repository, by its own content or by a file that names another folder.
fn is_bare(folder: &Path) -> bool {
    has_entry(folder, "HEAD")
        && (has_entry(folder, "commondir") || (has_entry(folder, "objects") && has_entry(folder, "refs")))
}

fn has_entry(folder: &Path, name: &str) -> bool {
    folder.join(name).symlink_metadata().is_ok()
}
