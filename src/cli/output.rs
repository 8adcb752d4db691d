//! Printing and saving: the only place that writes to the terminal, and to single files.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};

use crate::edit::of_temporary;
use crate::platform;
use crate::report::{Lines, printable};

/// Style of the word `error`.
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Writes a text to standard output; a reader that went away is no error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let text = printable(text);
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes to standard output what `write` gives, a piece at a time; a reader that went away is no error.
pub(crate) fn print_from(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut lines = Lines::printable(anstream::stdout().lock());
    match write(&mut lines).and_then(|()| lines.finish()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes bytes to standard output as they are; on a terminal, without what would steer it.
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

/// Writes a text to standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", printable(text));
}

/// Says on standard error what is wrong, in a sentence.
pub(crate) fn error(sentence: &str) {
    let _ = writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {}", printable(sentence));
}

/// Puts a whole file in place of an old one, or leaves the old one; who may read it stays as it was.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    save_with(path, |file| file.write_all(bytes))
}

/// Why a file cannot be written, for its user.
pub(crate) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
        _ => error.to_string(),
    }
}

/// The same with what a reader gives; returns its length in bytes.
pub(crate) fn save_from(path: &Path, mut from: impl Read) -> io::Result<u64> {
    save_with(path, |mut file| io::copy(&mut from, &mut file))
}

/// The same with what `write` gives.
pub(crate) fn save_with<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    // What a symbolic link leads to is written, not the link.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A device or a pipe, such as /dev/stdout: it is written to, not replaced.
        return write(&mut fs::OpenOptions::new().write(true).open(&path)?);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = new_file(folder)?;
    let written = write(new.as_file_mut())?;
    if let Some(old) = old {
        new.as_file().set_permissions(old.permissions())?;
    }
    new.persist(&path)?;
    Ok(written)
}

/// A temporary file in a folder, with the mode of any new file.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    platform::share(builder.prefix(".clausebook-"));
    builder.tempfile_in(folder).map_err(of_temporary)
}
