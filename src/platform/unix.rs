//! Linux, macOS and other systems with modes, owners, and locks on folders.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command};

use rustix::process::{Pid, Signal};

const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;
const PRIVATE_MODE: u32 = 0o700;
/// The mode of shared files, to which the umask applies as for any new file.
const SHARED_MODE: u32 = 0o666;

/// Places where browsers are installed, other than the search path.
pub(crate) fn browser_places() -> Vec<PathBuf> {
    let applications = [
        "Chromium.app/Contents/MacOS/Chromium",
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join("Applications"));
    let folders = std::iter::once(PathBuf::from("/Applications")).chain(home);
    folders.flat_map(|folder| applications.map(|application| folder.join(application))).collect()
}

/// Programs that open a URL, each with its first arguments.
pub(crate) const OPENERS: &[&[&str]] =
    if cfg!(target_os = "macos") { &[&["open"]] } else { &[&["xdg-open"], &["gio", "open"], &["wslview"]] };

/// Whether a browser answers `--version` without opening a window.
pub(crate) const BROWSER_PRINTS_VERSION: bool = true;

/// Creates a file that does not exist yet, for writing.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)
}

/// Creates a folder that does not exist yet.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(FOLDER_MODE).create(path)
}

/// Creates a folder that nobody else can read.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(PRIVATE_MODE).create(path)
}

/// Creates a folder and its missing parents.
pub(crate) fn create_folders(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(path)
}

/// Gives new temporary files the mode of ordinary new files.
pub(crate) fn share(builder: &mut tempfile::Builder<'_, '_>) {
    builder.permissions(Permissions::from_mode(SHARED_MODE));
}

/// Gives a new folder the mode of an old one and, if permitted, its group.
pub(crate) fn copy_folder_access(folder: &Path, old: &Metadata) -> io::Result<()> {
    let new = fs::symlink_metadata(folder)?;
    if new.gid() != old.gid() {
        // Not every user may change the group of a folder.
        let _ = std::os::unix::fs::chown(folder, None, Some(old.gid()));
    }
    if new.mode() == old.mode() { Ok(()) } else { fs::set_permissions(folder, old.permissions()) }
}

/// Gives a new file the owner and group of an old one. Returns `false` if the system does not permit it.
pub(crate) fn copy_owner(new: &File, old: &Metadata) -> io::Result<bool> {
    let metadata = new.metadata()?;
    Ok((old.uid(), old.gid()) == (metadata.uid(), metadata.gid())
        || std::os::unix::fs::fchown(new, Some(old.uid()), Some(old.gid())).is_ok())
}

/// Copies extended attributes, including access control lists, as far as the file system supports and permits it.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn copy_attributes(from: &Path, to: &Path) {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    /// The maximum length of a list of names and of a value on Linux.
    const MAX_LIST_BYTES: usize = 64 * 1024;
    let mut names = vec![0; MAX_LIST_BYTES];
    let Ok(length) = listxattr(from, &mut names) else { return };
    let mut value = vec![0; MAX_LIST_BYTES];
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        if let Ok(length) = getxattr(from, name, &mut value) {
            let _ = setxattr(to, name, &value[..length], XattrFlags::empty());
        }
    }
}

/// Does nothing, because this system has no known extended attributes.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn copy_attributes(_from: &Path, _to: &Path) {}

/// Whether both are the same file or folder.
pub(crate) fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Identifies a version of a file in addition to its length and modification time: by inode number and status change
/// time, so that a copy with the same timestamp differs.
pub(crate) fn file_version(metadata: &Metadata) -> (u64, i64, i64) {
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

/// Creates a symbolic link at `link` to `target`.
pub(crate) fn symbolic_link(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

/// Whether symbolic links can be created without special rights.
pub(crate) const HAS_SYMBOLIC_LINKS: bool = true;

/// Opens a file for reading without waiting for the other end of a pipe.
pub(crate) fn open_without_waiting(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32).open(path)
}

/// Opens the file to lock in order to reserve a folder: the folder itself.
///
/// # Errors
/// `NotFound` if the folder does not exist.
pub(crate) fn open_lock(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Whether a folder is still the one that `lock` was opened for.
pub(crate) fn is_lock_of(lock: &File, folder: &Path) -> bool {
    matches!((fs::symlink_metadata(folder), lock.metadata()), (Ok(named), Ok(held)) if is_same(&named, &held))
}

/// Exchanges two files or two folders atomically.
///
/// # Errors
/// If the system or the file system does not support it; nothing has changed then.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Always fails, because this system cannot exchange files.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Renames a file or a folder.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Reserves disk space for a file of `length` bytes, so that writing cannot fail for lack of it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn reserve_space(file: &File, length: usize) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, length.max(1) as u64) {
        // Some file systems do not support this, and there is no alternative.
        Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOSYS) => Ok(()),
        reserved => Ok(reserved?),
    }
}

/// Does nothing, because this system cannot reserve space.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn reserve_space(_file: &File, _length: usize) -> io::Result<()> {
    Ok(())
}

/// The program at this path, if it is executable.
pub(crate) fn program_at(file: &Path) -> Option<PathBuf> {
    let facts = file.metadata().ok()?;
    (facts.is_file() && facts.permissions().mode() & 0o111 != 0).then(|| file.to_path_buf())
}

/// Starts the command in its own process group, so that a Ctrl-C for this program does not reach it.
pub(crate) fn start_own_group(command: &mut Command) {
    command.process_group(0);
}

/// Kills a process that [`start_own_group`] started, with all its descendants.
pub(crate) fn kill_group(child: &mut Child) {
    let _ = rustix::process::kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.kill();
}

/// Enlarges the pipe from a process to this many bytes. Returns `false` if the system does not permit it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn enlarge_pipe(pipe: &ChildStdout, bytes: usize) -> bool {
    rustix::pipe::fcntl_setpipe_size(pipe, bytes).is_ok_and(|width| width >= bytes)
}

/// Does nothing, because this system does not let programs choose the size of pipes.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn enlarge_pipe(_pipe: &ChildStdout, _bytes: usize) -> bool {
    false
}

/// Returns a function that kills a process from another thread.
pub(crate) fn killer(child: &Child) -> impl FnOnce() + Send + 'static {
    let process = Pid::from_child(child);
    move || {
        let _ = rustix::process::kill_process(process, Signal::KILL);
    }
}

/// Whether this process runs as root, for which Chromium has no sandbox.
pub(crate) fn is_superuser() -> bool {
    rustix::process::geteuid().is_root()
}
