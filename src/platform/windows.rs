//! Windows: no modes or owners of files, no locks on folders, no exchange of folders, and files that other programs
//! hold open.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::os::windows::fs::MetadataExt;
use std::os::windows::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A process with this flag receives no Ctrl-C of the console (`CREATE_NEW_PROCESS_GROUP`).
const NEW_PROCESS_GROUP: u32 = 0x0000_0200;
/// The number of attempts to rename a file while another program, such as a virus scanner, holds it open.
const RENAME_TRIES: u32 = 10;
const RENAME_PAUSE: Duration = Duration::from_millis(50);
/// The suffix of the file that is locked to reserve a folder.
const LOCK_SUFFIX: &str = ".clausebook-lock";

/// Places where browsers are installed, other than the search path.
pub(crate) fn browser_places() -> Vec<PathBuf> {
    let programs = [
        "Chromium\\Application\\chrome.exe",
        "Google\\Chrome\\Application\\chrome.exe",
        "Microsoft\\Edge\\Application\\msedge.exe",
    ];
    let folders = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].into_iter().filter_map(std::env::var_os);
    folders.flat_map(|folder| programs.map(|program| Path::new(&folder).join(program))).collect()
}

/// Programs that open a URL, each with its first arguments.
pub(crate) const OPENERS: &[&[&str]] = &[&["rundll32", "url.dll,FileProtocolHandler"]];

/// Whether a browser answers `--version` without opening a window.
pub(crate) const BROWSER_PRINTS_VERSION: bool = false;

/// Creates a file that does not exist yet, for writing.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Creates a folder that does not exist yet.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// Creates a folder that nobody else can read, as far as its parent's access control list ensures it.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// Creates a folder and its missing parents.
pub(crate) fn create_folders(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Does nothing, because temporary files already have the access control list of their folder.
pub(crate) fn share(_builder: &mut tempfile::Builder<'_, '_>) {}

/// Does nothing, because folders inherit the access control list of their parent, as the old one did.
pub(crate) fn copy_folder_access(_folder: &Path, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Does nothing, because new files belong to the user who writes them, which is enough on Windows.
pub(crate) fn copy_owner(_new: &File, _old: &Metadata) -> io::Result<bool> {
    Ok(true)
}

/// Does nothing, because Windows has no known extended attributes.
pub(crate) fn copy_attributes(_from: &Path, _to: &Path) {}

/// Whether both are the same file or folder, as far as creation time and attributes show it.
#[cfg(test)]
pub(crate) fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.creation_time(), a.file_attributes()) == (b.creation_time(), b.file_attributes())
}

/// Identifies a version of a file in addition to its length and modification time.
pub(crate) fn file_version(metadata: &Metadata) -> (u64, i64, i64) {
    (metadata.creation_time(), metadata.last_write_time() as i64, 0)
}

/// Always fails, because symbolic links need special rights; callers copy instead.
pub(crate) fn symbolic_link(_target: &Path, _link: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether symbolic links can be created without special rights.
pub(crate) const HAS_SYMBOLIC_LINKS: bool = false;

/// Opens a file for reading. Folders do not contain pipes on Windows.
pub(crate) fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Opens the file to lock in order to reserve a folder: a file beside it, because folders cannot be locked.
///
/// # Errors
/// `NotFound` if the folder does not exist.
pub(crate) fn open_lock(folder: &Path) -> io::Result<File> {
    if !folder.is_dir() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(LOCK_SUFFIX);
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.with_file_name(name))
}

/// Whether a folder is still the one that `lock` was opened for. It is if it exists, because the lock is a file beside
/// it.
pub(crate) fn is_lock_of(_lock: &File, folder: &Path) -> bool {
    folder.is_dir()
}

/// Always fails, because Windows cannot exchange files.
pub(crate) fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Renames a file or a folder, retrying while another program holds it open.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    for _ in 1..RENAME_TRIES {
        match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => std::thread::sleep(RENAME_PAUSE),
            done => return done,
        }
    }
    fs::rename(from, to)
}

/// Does nothing, because names in a folder become durable automatically.
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Does nothing, because Windows reserves space when a file grows.
pub(crate) fn reserve_space(_file: &File, _length: usize) -> io::Result<()> {
    Ok(())
}

/// The program at this path, with `.exe` added if necessary.
pub(crate) fn program_at(file: &Path) -> Option<PathBuf> {
    [file.to_path_buf(), file.with_extension("exe")].into_iter().find(|file| file.is_file())
}

/// Starts the command so that a Ctrl-C for this program does not reach it.
pub(crate) fn start_own_group(command: &mut Command) {
    command.creation_flags(NEW_PROCESS_GROUP);
}

/// Kills a process with all its descendants.
pub(crate) fn kill_group(child: &mut Child) {
    kill_tree(child.id());
    let _ = child.kill();
}

/// Does nothing, because Windows sets the size of a pipe when it is created.
pub(crate) fn enlarge_pipe(_pipe: &ChildStdout, _bytes: usize) -> bool {
    false
}

/// Returns a function that kills a process from another thread.
pub(crate) fn killer(child: &Child) -> impl FnOnce() + Send + 'static {
    let process = child.id();
    move || kill_tree(process)
}

/// `taskkill` is part of Windows and kills a process with its descendants.
fn kill_tree(process: u32) {
    let mut command = Command::new("taskkill");
    command.args(["/F", "/T", "/PID", &process.to_string()]);
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

/// Always `false`, because Chromium's sandbox works for every user on Windows.
pub(crate) fn is_superuser() -> bool {
    false
}
