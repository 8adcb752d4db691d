//! Reads one file into a text with places.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::discover::Entry;
use super::stand_in::{StandIn, stand_in};
use crate::finding::{Problem, reading};
use crate::place::{Place, SourceText};
use crate::platform;

/// Largest text that is read, in bytes: far more than a document a person would read.
pub(crate) const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Reads a text; bytes that are no UTF-8, a file that is too large or cannot be read, or one that stands in place of another
/// are a problem.
pub(crate) fn read_text(entry: &Entry) -> Result<SourceText, Problem> {
    let bytes = read_bytes(&entry.absolute).map_err(|error| refuse(&entry.path, &error))?;
    if let Some(other) = stand_in(&bytes) {
        return Err(not_the_file(&entry.path, other));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceText::new(entry.path.clone(), &text)),
        Err(error) => Err(not_unicode(&entry.path, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    read_limited(path, MAX_BYTES)
}

/// Opens a regular file; a pipe or device that stands there, or a link leads to, is never waited for.
///
/// # Errors
/// When it is none, or the system refuses.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let file = platform::open_without_waiting(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a regular file")) }
}

/// All bytes of a regular file, however many.
///
/// # Errors
/// When it is none, or the system refuses.
pub(crate) fn read_whole(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All bytes of a regular file that has no more than `max`.
///
/// # Errors
/// When it has more, is no regular file, or the system refuses.
pub(crate) fn read_limited(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let size = file.metadata()?.len().min(max);
    // One byte more tells the end without asking for more room.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max {
        return Err(io::Error::other(format!("it is larger than {} MiB", max / 1024 / 1024)));
    }
    Ok(bytes)
}

/// The text of a file that a user names on the command line; it may be a pipe.
///
/// # Errors
/// When it is no UTF-8, or the system refuses.
pub(crate) fn named_text(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
}

/// BLAKE3 of all bytes of a regular file, however many.
///
/// # Errors
/// When it is none, or the system refuses.
pub(crate) fn content_hash(path: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut open(path)?, &mut hasher)?;
    Ok(*hasher.finalize().as_bytes())
}

fn refuse(path: &Arc<str>, error: &io::Error) -> Problem {
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(path.clone()), format!("this file cannot be read: {error}"))
        .help("make it readable, or remove it")
}

fn not_the_file(path: &Arc<str>, found: StandIn) -> Problem {
    let message = format!("this file {}", found.message());
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(path.clone()), message).help(found.help())
}

fn not_unicode(path: &Arc<str>, bytes: &[u8], valid_up_to: usize) -> Problem {
    let valid = String::from_utf8_lossy(&bytes[..valid_up_to]);
    let before = SourceText::new(path.clone(), &valid);
    let place = Place { position: Some(before.position(u32::MAX)), ..Place::file(path.clone()) };
    Problem::new(reading::UNREADABLE_SOURCE, place, "this file is not UTF-8 text from here on")
        .help("save the file as UTF-8; until then it is left out of the handbook")
}
