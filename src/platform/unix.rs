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
/// As for any new file, the umask takes away from this what it takes away.
const SHARED_MODE: u32 = 0o666;

/// Where a browser installs itself, beside the search path.
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

/// Programs that open an address, each with its first arguments.
pub(crate) const OPENERS: &[&[&str]] =
    if cfg!(target_os = "macos") { &[&["open"]] } else { &[&["xdg-open"], &["gio", "open"], &["wslview"]] };

/// Whether a browser answers `--version` without opening a window.
pub(crate) const BROWSER_TELLS_VERSION: bool = true;

/// Creates a file that does not exist yet, for writing.
pub(crate) fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)
}

/// Creates a folder that does not exist yet.
pub(crate) fn new_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(FOLDER_MODE).create(path)
}

/// Creates a folder that nobody else can read.
pub(crate) fn new_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(PRIVATE_MODE).create(path)
}

/// Creates a folder and its missing parents.
pub(crate) fn new_folders(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(path)
}

/// Gives new temporary files the mode of ordinary new files.
pub(crate) fn share(builder: &mut tempfile::Builder<'_, '_>) {
    builder.permissions(Permissions::from_mode(SHARED_MODE));
}

/// Gives a new folder the mode of an old one and, where that is allowed, its group.
pub(crate) fn copy_folder_access(folder: &Path, old: &Metadata) -> io::Result<()> {
    let new = fs::symlink_metadata(folder)?;
    if new.gid() != old.gid() {
        // Not everybody may give a folder to a group.
        let _ = std::os::unix::fs::chown(folder, None, Some(old.gid()));
    }
    if new.mode() == old.mode() { Ok(()) } else { fs::set_permissions(folder, old.permissions()) }
}

/// Gives a new file the owner and group of an old one; false when the system does not allow it.
pub(crate) fn copy_owner(new: &File, old: &Metadata) -> io::Result<bool> {
    let found = new.metadata()?;
    Ok((old.uid(), old.gid()) == (found.uid(), found.gid())
        || std::os::unix::fs::fchown(new, Some(old.uid()), Some(old.gid())).is_ok())
}

/// Copies extended attributes, access lists among them, as far as the file system has any and allows it.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn copy_attributes(from: &Path, to: &Path) {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    /// The longest list of names, and the longest value, that Linux allows.
    const LONGEST: usize = 64 * 1024;
    let mut names = vec![0; LONGEST];
    let Ok(length) = listxattr(from, &mut names) else { return };
    let mut value = vec![0; LONGEST];
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        if let Ok(length) = getxattr(from, name, &mut value) {
            let _ = setxattr(to, name, &value[..length], XattrFlags::empty());
        }
    }
}

/// This system has no extended attributes that we know of.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn copy_attributes(_from: &Path, _to: &Path) {}

/// Whether both are the same file or folder.
pub(crate) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// What identifies a version of a file beside its length and time: its number, and when its facts last changed, so that
/// a copy that keeps its time stamp differs.
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

/// Opens what is locked to reserve a folder: the folder itself.
///
/// # Errors
/// `NotFound` when the folder does not exist.
pub(crate) fn open_lock(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Whether a folder is still the one that `lock` was opened for.
pub(crate) fn is_lock_of(lock: &File, folder: &Path) -> bool {
    matches!((fs::symlink_metadata(folder), lock.metadata()), (Ok(named), Ok(held)) if is_same(&named, &held))
}

/// Exchanges two files or two folders in one step.
///
/// # Errors
/// When the system or the file system cannot; nothing has changed then.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// This system cannot exchange files.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
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
pub(crate) fn reserve(file: &File, length: usize) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, length.max(1) as u64) {
        // Some file systems cannot; there is nothing else to ask.
        Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOSYS) => Ok(()),
        reserved => Ok(reserved?),
    }
}

/// This system has no way to reserve space.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn reserve(_file: &File, _length: usize) -> io::Result<()> {
    Ok(())
}

/// The file of a program at this path, if it can be run.
pub(crate) fn program_at(file: &Path) -> Option<PathBuf> {
    let facts = file.metadata().ok()?;
    (facts.is_file() && facts.permissions().mode() & 0o111 != 0).then(|| file.to_path_buf())
}

/// Starts the command in a process group of its own, so that a Ctrl-C for this program does not reach it.
pub(crate) fn own_group(command: &mut Command) {
    command.process_group(0);
}

/// Ends a process that [`own_group`] started, with everything that it started.
pub(crate) fn kill_group(child: &mut Child) {
    let _ = rustix::process::kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.kill();
}

/// Makes the pipe from a process wide, in bytes; false when the system does not allow it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn widen(pipe: &ChildStdout, bytes: usize) -> bool {
    rustix::pipe::fcntl_setpipe_size(pipe, bytes).is_ok_and(|width| width >= bytes)
}

/// This system gives its pipes their width.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn widen(_pipe: &ChildStdout, _bytes: usize) -> bool {
    false
}

/// What ends a process from another thread.
pub(crate) fn killer(child: &Child) -> impl FnOnce() + Send + 'static {
    let process = Pid::from_child(child);
    move || {
        let _ = rustix::process::kill_process(process, Signal::KILL);
    }
}

/// Whether this process has all rights, for which Chromium has no sandbox.
pub(crate) fn is_superuser() -> bool {
    rustix::process::geteuid().is_root()
}
