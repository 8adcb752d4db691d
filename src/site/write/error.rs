//! Why a site could not be written, for the person who runs the build.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform::is_full;
use crate::site::write::MANIFEST_NAME;
use crate::url::SitePath;

/// Why a site could not be written; the old one is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output is a file.
    #[error("the output `{}` is not a folder; choose a folder that is new, empty or an earlier portal", .0.display())]
    NotAFolder(PathBuf),
    /// The output is a symbolic link.
    #[error("the output `{}` is a symbolic link; use the folder it points to", .0.display())]
    SymbolicLink(PathBuf),
    /// The output is the root of a file system, or lies above a folder that does not exist.
    #[error("the output `{}` cannot be replaced as a whole; choose a folder below it", .0.display())]
    Unnameable(PathBuf),
    /// The output is the handbook, or holds a part of it.
    #[error("the output `{}` contains the handbook's own `{}`; choose another folder, for example `site`", .output.display(), .source_folder.display())]
    HoldsSource {
        /// The output as it was named.
        output: PathBuf,
        /// What of the handbook is in it.
        source_folder: PathBuf,
    },
    /// The output is in a folder that the handbook is read from.
    #[error("the output `{}` is inside the handbook's own `{}`; choose another folder, for example `site`", .output.display(), .source_folder.display())]
    InsideSource {
        /// The output as it was named.
        output: PathBuf,
        /// The folder that is read.
        source_folder: PathBuf,
    },
    /// The output holds files, and no manifest says that they are a portal.
    #[error("output folder `{}` contains files that Clausebook did not create, such as `{}`; choose a new or empty folder", .output.display(), .example.display())]
    Foreign {
        /// The output.
        output: PathBuf,
        /// A file in it, relative to it.
        example: PathBuf,
    },
    /// The manifest in the output cannot be used.
    #[error("the manifest `{}` cannot be used: {reason}; delete that portal, or choose another folder", .manifest.display())]
    Manifest {
        /// The manifest.
        manifest: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No site was ever written to the folder.
    #[error("`{}` is not a built portal; choose a folder created by `clausebook build`", .0.display())]
    NoSite(PathBuf),
    /// Another build writes to the same output.
    #[error("another build is writing to `{}`; wait for it to finish", .0.display())]
    Busy(PathBuf),
    /// Something that is not ours stands where the new site would be built.
    #[error("`{}` is needed to build the portal but contains something else; move it elsewhere", .0.display())]
    StagingTaken(PathBuf),
    /// A staging folder is there, and the file system cannot lock: it may be in use.
    #[error("`{}` was left behind by an interrupted build, or is in use by a running one; delete it if no build is running", .0.display())]
    StagingLeft(PathBuf),
    /// Two files of the new site have one name, letter case aside, or one has the name of a folder.
    #[error("`{first}` and `{second}` cannot both be in the portal: some file systems treat them as the same name")]
    Clash {
        /// The name that sorts first.
        first: String,
        /// The other.
        second: String,
    },
    /// A file of the new site has the manifest's name.
    #[error("`{MANIFEST_NAME}` cannot be a file of the portal: Clausebook keeps its own list of files there")]
    Reserved,
    /// A file that is not ours stands where the new site has one.
    #[error("`{}` was not written by Clausebook, and the portal has a page or folder of that name; move it away", .0.display())]
    Occupied(PathBuf),
    /// Files that the manifest lists are not what it says: somebody changed them, or wrote them in the first place.
    #[error("{}", edited(.output, .files))]
    Edited {
        /// The output.
        output: PathBuf,
        /// The files, sorted.
        files: Vec<SitePath>,
    },
    /// A folder that a file has to be carried over to is none, or is a link.
    #[error("`{}` is in the way of files that an interrupted build left behind; move it away", .0.display())]
    InTheWay(PathBuf),
    /// The output is inside the handbook by its name, and a link on the way leads elsewhere.
    #[error("the output `{}` is reached through the symbolic link `{}`; use the folder it points to, or remove the link", .output.display(), .link.display())]
    Linked {
        /// The output as it was named.
        output: PathBuf,
        /// The link.
        link: PathBuf,
    },
    /// A file that is to be copied into the site cannot be read.
    #[error("cannot read `{}` to copy it to `{target}`: {source}", .file.display())]
    Asset {
        /// The file that is copied.
        file: PathBuf,
        /// Where it goes.
        target: SitePath,
        /// Why not.
        source: io::Error,
    },
    /// A file could not be put, and the site was to be finished without it.
    #[error("the portal is not replaced: its `{0}` could not be written")]
    Incomplete(SitePath),
    /// The build was told to end.
    #[error("interrupted; the portal is as it was")]
    Interrupted,
    /// There is no room for the new site.
    #[error("portal not written: no space on the disk of `{}` ({source}); free some, and build again", .path.display())]
    Full {
        /// The file or folder that there is no room for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused a step.
    #[error("cannot {action} `{}`: {source}", .path.display())]
    System {
        /// What was to be done, as in "cannot create".
        action: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// Names the files that were changed, not all of them when there are many.
fn edited(output: &Path, files: &[SitePath]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = files.iter().take(SHOWN).map(|file| format!("`{file}`")).collect();
    let (were, them) = if files.len() == 1 { ("was", "it") } else { ("were", "them") };
    let more = match files.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (output, shown) = (output.display(), shown.join(", "));
    format!(
        "in `{output}`, {shown}{more} {were} changed after Clausebook wrote {them}; delete {them}, or move {them} away"
    )
}

/// Says what was done when the system refused it.
pub(super) trait Context<T> {
    /// Names the step and the file.
    fn context(self, action: &'static str, path: &Path) -> Result<T, WriteError>;
}

impl<T, E: Into<io::Error>> Context<T> for Result<T, E> {
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
