//! Printing and saving: the only module that writes to the terminal and to single files.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use crate::edit::without_file_name;
use crate::platform;
use crate::report::{LineFilter, printable};

/// Style of the word `error`.
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Prints to standard output; a reader that has gone away is not an error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let text = printable(text);
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Streams the output of `write` to standard output; a reader that has gone away is not an error.
pub(crate) fn print_from(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut lines = LineFilter::printable(anstream::stdout().lock());
    match write(&mut lines).and_then(|()| lines.finish()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes raw bytes to standard output; on a terminal, without control sequences.
pub(crate) fn print_raw(bytes: &[u8]) -> io::Result<()> {
    if io::stdout().is_terminal() {
        return print(&String::from_utf8_lossy(bytes));
    }
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Prints to standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", printable(text));
}

/// Prints an error message to standard error.
pub(crate) fn error(sentence: &str) {
    let _ = writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {}", printable(sentence));
}

/// Replaces a file atomically, so that the old one is kept if anything fails; preserves its permissions.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    save_with(path, |file| file.write_all(bytes))
}

/// Explains to the user why a file cannot be written.
pub(crate) fn write_error_text(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
        _ => error.to_string(),
    }
}

/// Like [`save`], but copies from a reader; returns the number of bytes.
pub(crate) fn save_from(path: &Path, mut from: impl Read) -> io::Result<u64> {
    save_with(path, |mut file| io::copy(&mut from, &mut file))
}

/// Like [`save`], with the output of `write`.
pub(crate) fn save_with<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    // Write to the target of a symbolic link rather than replacing the link.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A device or a pipe, such as /dev/stdout, is written to, not replaced.
        return write(&mut fs::OpenOptions::new().write(true).open(&path)?);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = new_file(folder)?;
    let result = write(new.as_file_mut())?;
    if let Some(old) = old {
        new.as_file().set_permissions(old.permissions())?;
    }
    new.persist(&path)?;
    Ok(result)
}

/// A temporary file in a folder, with the mode of an ordinary new file.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    platform::share(builder.prefix(".clausebook-"));
    builder.tempfile_in(folder).map_err(without_file_name)
}
