//! Finds the targets of symbolic links in a handbook.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::discover::walk;

/// Maximum number of links followed to reach one file; a longer chain, or a cycle, is not followed further.
const MAX_LINKS: usize = 40;

/// The folders that determine the targets of symbolic links at or below `paths`: every folder on the way to a target,
/// as long as it is inside the folder `root`.
///
/// If a target or a link on the way changes, or a missing file appears, the content of one of these folders changes.
pub(crate) fn linked_folders(root: &Path, paths: &[PathBuf], skipped: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    let Ok(root) = root.canonicalize() else { return folders };
    for path in paths {
        let entries = walk(path, skipped).flatten().filter(walkdir::DirEntry::path_is_symlink);
        entries.for_each(|entry| folders.extend(folders_on_path(entry.path())));
    }
    folders.retain(|folder| folder.starts_with(&root));
    folders
}

/// The folders passed on the way to a link's target, the link's own first.
fn folders_on_path(link: &Path) -> Vec<PathBuf> {
    let folder = link.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(mut current), Some(name)) = (folder.canonicalize(), link.file_name()) else { return Vec::new() };
    let mut pending = vec![PathStep::Name(name.to_owned())];
    let (mut passed, mut links) = (Vec::new(), 0);
    while let Some(step) = pending.pop() {
        match step {
            PathStep::Root(root) => current.push(root),
            PathStep::Up => drop(current.pop()),
            PathStep::Name(name) => {
                passed.push(current.clone());
                current.push(name);
                if let Ok(target) = current.read_link() {
                    links += 1;
                    if links > MAX_LINKS {
                        return passed;
                    }
                    current.pop();
                    pending.extend(steps(&target).into_iter().rev());
                }
            }
        }
    }
    passed
}

/// A step along a path.
enum PathStep {
    Root(OsString),
    Up,
    Name(OsString),
}

fn steps(path: &Path) -> Vec<PathStep> {
    let step = |part: Component<'_>| match part {
        Component::CurDir => None,
        Component::ParentDir => Some(PathStep::Up),
        Component::Normal(name) => Some(PathStep::Name(name.to_owned())),
        Component::RootDir | Component::Prefix(_) => Some(PathStep::Root(part.as_os_str().to_owned())),
    };
    path.components().filter_map(step).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    fn found(root: &Path) -> Vec<String> {
        let below = |folder: &PathBuf| folder.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        linked_folders(root, &[root.join("content")], &[]).iter().map(below).collect()
    }

    #[test]
    fn every_folder_on_the_way_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for path in ["content/a", "shared/texts", "versions/2"] {
            fs::create_dir_all(root.join(path)).unwrap();
        }
        assert_eq!(found(&root), Vec::<String>::new());
        symlink("../../shared/texts/one.md", root.join("content/a/one.md")).unwrap();
        assert_eq!(found(&root), ["", "content/a", "shared", "shared/texts"], "the file need not be there yet");
        symlink("../../newest/one.md", root.join("shared/texts/one.md")).unwrap();
        symlink(root.join("versions/2"), root.join("newest")).unwrap();
        assert_eq!(found(&root), ["", "content/a", "shared", "shared/texts", "versions", "versions/2"]);
    }

    #[test]
    fn links_in_a_circle_and_out_of_the_handbook_end() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("content")).unwrap();
        symlink("b.md", root.join("content/a.md")).unwrap();
        symlink("a.md", root.join("content/b.md")).unwrap();
        symlink("/nowhere/at/all.md", root.join("content/c.md")).unwrap();
        symlink("../../../../../../../../../../..", root.join("content/d.md")).unwrap();
        assert_eq!(found(&root), ["content"]);
    }
}
