//! Reads one file into a text with locations.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::discover::HandbookFile;
use super::stand_in::{StandIn, detect_stand_in};
use crate::finding::{Problem, reading};
use crate::place::{Place, SourceText};
use crate::platform;

/// Maximum size of a text in bytes, far larger than any document that a person would read.
pub(crate) const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Reads a text; invalid UTF-8, a file that is too large or cannot be read, and a stand-in for another file are
/// reported as problems.
pub(crate) fn read_text(entry: &HandbookFile) -> Result<SourceText, Problem> {
    let bytes = read_bytes(&entry.absolute).map_err(|error| refuse(&entry.path, &error))?;
    if let Some(other) = detect_stand_in(&bytes) {
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

/// Opens a regular file; never blocks on a pipe or device, even behind a symbolic link.
///
/// # Errors
/// If it is not a regular file, or cannot be read.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let file = platform::open_without_waiting(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a regular file")) }
}

/// Reads a regular file of any size.
///
/// # Errors
/// If it is not a regular file, or cannot be read.
pub(crate) fn read_whole(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a regular file of at most `max` bytes.
///
/// # Errors
/// If it is larger, is not a regular file, or cannot be read.
pub(crate) fn read_limited(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let size = file.metadata()?.len().min(max);
    // One more byte of capacity allows detecting the end without reallocating.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max {
        return Err(io::Error::other(format!("it is larger than {} MiB", max / 1024 / 1024)));
    }
    Ok(bytes)
}

/// Reads a file named by the user on the command line; it may be a pipe.
///
/// # Errors
/// If it is not UTF-8, or cannot be read.
pub(crate) fn named_text(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
}

/// BLAKE3 hash of a regular file of any size.
///
/// # Errors
/// If it is not a regular file, or cannot be read.
pub(crate) fn content_hash(path: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut open(path)?, &mut hasher)?;
    Ok(*hasher.finalize().as_bytes())
}

fn refuse(path: &Arc<str>, error: &io::Error) -> Problem {
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(path.clone()), format!("this file cannot be read: {error}"))
        .help("make it readable, or remove it")
}

fn not_the_file(path: &Arc<str>, stand_in: StandIn) -> Problem {
    let message = format!("this file {}", stand_in.message());
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(path.clone()), message).help(stand_in.help())
}

/// Extensions of workbooks, which may be named as registers by mistake.
const WORKBOOK_ENDINGS: [&str; 4] = ["xlsx", "xlsm", "xls", "ods"];

fn not_unicode(path: &Arc<str>, bytes: &[u8], valid_up_to: usize) -> Problem {
    let valid = String::from_utf8_lossy(&bytes[..valid_up_to]);
    let before = SourceText::new(path.clone(), &valid);
    let place = Place { position: Some(before.position(u32::MAX)), ..Place::file(path.clone()) };
    let problem = Problem::new(reading::UNREADABLE_SOURCE, place, "this file is not UTF-8 text from here on");
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    if WORKBOOK_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
        let name = path.rsplit('/').next().unwrap_or_default();
        return problem.help(format!(
            "a workbook cannot be a register: save it as CSV, or run `clausebook import register {name}`"
        ));
    }
    problem.help("save the file as UTF-8; until then it is left out of the handbook")
}
