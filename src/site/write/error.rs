//! Errors while writing a site, as messages to the person running the build.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform::is_full;
use crate::site::write::MANIFEST_NAME;
use crate::url::SitePath;

/// An error while writing a site; the old site is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output is a file.
    #[error("the output `{}` is not a folder; choose a folder that is new, empty or an earlier portal", .0.display())]
    NotAFolder(PathBuf),
    /// The output is a symbolic link.
    #[error("the output `{}` is a symbolic link; use the folder it points to", .0.display())]
    SymbolicLink(PathBuf),
    /// The output is the root of a file system, or the parent of a folder that does not exist.
    #[error("the output `{}` cannot be replaced as a whole; choose a folder below it", .0.display())]
    InvalidName(PathBuf),
    /// The output is the handbook or contains a part of it.
    #[error("the output `{}` contains the handbook's own `{}`; choose another folder, for example `site`", .output.display(), .source_folder.display())]
    ContainsSource {
        /// The output as given.
        output: PathBuf,
        /// The part of the handbook in it.
        source_folder: PathBuf,
    },
    /// The output is inside a folder from which the handbook is read.
    #[error("the output `{}` is inside the handbook's own `{}`; choose another folder, for example `site`", .output.display(), .source_folder.display())]
    InsideSource {
        /// The output as given.
        output: PathBuf,
        /// The folder of the handbook.
        source_folder: PathBuf,
    },
    /// The output contains files but no manifest.
    #[error("output folder `{}` contains files that Clausebook did not create, such as `{}`; choose a new or empty folder", .output.display(), .example.display())]
    Foreign {
        /// The output.
        output: PathBuf,
        /// A file in the output, relative to it.
        example: PathBuf,
    },
    /// The manifest in the output is invalid.
    #[error("the manifest `{}` cannot be used: {reason}; delete that portal, or choose another folder", .manifest.display())]
    Manifest {
        /// The manifest.
        manifest: PathBuf,
        /// The problem.
        reason: String,
    },
    /// The folder does not contain a site.
    #[error("`{}` is not a built portal; choose a folder created by `clausebook build`", .0.display())]
    NoSite(PathBuf),
    /// Another build writes to the same output.
    #[error("another build is writing to `{}`; wait for it to finish", .0.display())]
    Busy(PathBuf),
    /// The path of the staging folder is used for something else.
    #[error("`{}` is needed to build the portal but contains something else; move it elsewhere", .0.display())]
    StagingTaken(PathBuf),
    /// A staging folder exists, and since the file system has no locks, it may be in use.
    #[error("`{}` was left behind by an interrupted build, or is in use by a running one; delete it if no build is running", .0.display())]
    StagingLeft(PathBuf),
    /// Two files of the new site have names that differ only in case, or a file and a folder have the same name.
    #[error("`{first}` and `{second}` cannot both be in the portal: some file systems treat them as the same name")]
    NameClash {
        /// The name that sorts first.
        first: String,
        /// The other name.
        second: String,
    },
    /// A file of the new site has the name of the manifest.
    #[error("`{MANIFEST_NAME}` cannot be a file of the portal: Clausebook keeps its own list of files there")]
    Reserved,
    /// A file or folder that Clausebook did not write is in the place of a file or folder of the new site.
    #[error("`{}` was not written by Clausebook, and the portal has a page or folder of that name; move it away", .0.display())]
    Occupied(PathBuf),
    /// Files in the manifest have been changed since they were written, or were not written by Clausebook.
    #[error("{}", edited(.output, .files))]
    Edited {
        /// The output.
        output: PathBuf,
        /// The files, sorted.
        files: Vec<SitePath>,
    },
    /// Files need to be moved to a folder, but its path is a link or something other than a folder.
    #[error("`{}` is in the way of files that an interrupted build left behind; move it away", .0.display())]
    InTheWay(PathBuf),
    /// The output is a path inside the handbook, but a symbolic link on this path leads elsewhere.
    #[error("the output `{}` is reached through the symbolic link `{}`; use the folder it points to, or remove the link", .output.display(), .link.display())]
    Linked {
        /// The output as given.
        output: PathBuf,
        /// The link.
        link: PathBuf,
    },
    /// A file to be copied to the site cannot be read.
    #[error("cannot read `{}` to copy it to `{target}`: {source}", .file.display())]
    Asset {
        /// The file.
        file: PathBuf,
        /// The path in the site.
        target: SitePath,
        /// The operating system's error.
        source: io::Error,
    },
    /// A file could not be written, but `finish` was called nevertheless.
    #[error("the portal is not replaced: its `{0}` could not be written")]
    Incomplete(SitePath),
    /// The build was interrupted.
    #[error("interrupted; the portal is as it was")]
    Interrupted,
    /// The disk is full.
    #[error("portal not written: no space on the disk of `{}` ({source}); free some, and build again", .path.display())]
    Full {
        /// The file or folder that could not be written.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// An operation failed.
    #[error("cannot {action} `{}`: {source}", .path.display())]
    System {
        /// The operation, as in "cannot create".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
}

/// Lists the changed files, or only some of them if there are many.
fn edited(output: &Path, files: &[SitePath]) -> String {
    const MAX_LISTED_FILES: usize = 5;
    let shown: Vec<String> = files.iter().take(MAX_LISTED_FILES).map(|file| format!("`{file}`")).collect();
    let (were, them) = if files.len() == 1 { ("was", "it") } else { ("were", "them") };
    let more_text = match files.len().saturating_sub(MAX_LISTED_FILES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (output, shown) = (output.display(), shown.join(", "));
    format!(
        "in `{output}`, {shown}{more_text} {were} changed after Clausebook wrote {them}; delete {them}, or move {them} away"
    )
}

/// Adds the operation and path to an error.
pub(super) trait IoContext<T> {
    /// Names the operation and the file or folder.
    fn context(self, action: &'static str, path: &Path) -> Result<T, WriteError>;
}

impl<T, E: Into<io::Error>> IoContext<T> for Result<T, E> {
    fn context(self, action: &'static str, path: &Path) -> Result<T, WriteError> {
        self.map_err(|error| {
            let (path, source) = (path.to_owned(), error.into());
            match is_full(&source) {
                true => WriteError::Full { path, source },
                false => WriteError::System { action, path, source },
            }
        })
    }
}
