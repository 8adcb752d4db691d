//! Which repository git would take a folder to be in, as far as that decides whether it may be asked.

use std::path::Path;

/// Refuses a folder that git would take for a bare repository before it comes to a `.git`: whoever wrote the handbook could
/// have put one there, with a configuration of their own.
///
/// # Errors
/// Why not, as half a sentence.
pub(super) fn reject_bare_repository(folder: &Path) -> Result<(), String> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    for above in folder.ancestors() {
        if has(above, ".git") {
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
pub(super) fn is_near(folder: &Path) -> bool {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    folder.ancestors().any(|above| has(above, ".git") || is_bare(above))
}

/// Whether git may take a folder for a repository: by its own things, or by a file that says where they are.
fn is_bare(folder: &Path) -> bool {
    has(folder, "HEAD") && (has(folder, "commondir") || (has(folder, "objects") && has(folder, "refs")))
}

fn has(folder: &Path, name: &str) -> bool {
    folder.join(name).symlink_metadata().is_ok()
}
