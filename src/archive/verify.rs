//! Verification of packs: reports exactly what differs, and never writes to disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{Cursor, Read};

use serde::Deserialize;
use zip::ZipArchive;

use super::directory::Directory;
use super::{DOCUMENTS, MANIFEST, SUMS_FILE, is_below, sha256};

/// The maximum unpacked size of a pack. No pack is larger, and an archive that claims to be may be intended to fill
/// memory.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 2 << 30;

/// A problem of a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum VerifyError {
    /// It is not an archive, or it is damaged.
    Unreadable(String),
    /// It unpacks to more than the maximum size.
    TooLarge,
    /// A name is not allowed: it points outside the target folder, or differs from another only in letter case.
    InvalidName(String),
    /// The header before a file differs from the directory, or there are extra bytes.
    HeaderMismatch(String),
    /// An entry would be unpacked as a link or something else that is not a file.
    Irregular(String),
    /// The content of a file has changed.
    Changed(String),
    /// A file is missing.
    Missing(String),
    /// A file was added.
    Added(String),
    /// The manifest or the checksums cannot be read.
    NoManifest(String),
    /// The checksums are not in the form that a pack has, so that a program might read others.
    UnusualSums,
    /// A document's page does not show the digest that the manifest has for its text.
    DigestMismatch(String),
    /// The manifest does not list a document's page exactly once, so its digest is not certain.
    Unlisted(String),
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VerifyError::Unreadable(why) => write!(f, "this is not a pack that can be read: {why}"),
            VerifyError::TooLarge => {
                write!(f, "this archive unpacks to more than {} GB: it is not a pack", MAX_UNPACKED_BYTES >> 30)
            }
            VerifyError::InvalidName(name) => write!(f, "`{name}` is a name that no pack has"),
            VerifyError::HeaderMismatch(name) => {
                write!(f, "the header of `{name}` differs from the list of files: programs may unpack something else")
            }
            VerifyError::Irregular(name) => write!(f, "`{name}` is not a regular file"),
            VerifyError::Changed(name) => write!(f, "`{name}` was changed"),
            VerifyError::Missing(name) => write!(f, "`{name}` was removed"),
            VerifyError::Added(name) => write!(f, "`{name}` was added"),
            VerifyError::NoManifest(name) => write!(f, "`{name}` is missing or cannot be read"),
            VerifyError::UnusualSums => {
                write!(f, "`{SUMS_FILE}` is not written as that of a pack is: one line a file, sorted by name")
            }
            VerifyError::DigestMismatch(id) => write!(f, "the page of {id} does not show the digest in the manifest"),
            VerifyError::Unlisted(name) => {
                write!(f, "`{name}` is not the page of exactly one document in the manifest")
            }
        }
    }
}

#[derive(Deserialize)]
struct Manifest {
    documents: Vec<ListedDocument>,
    files: Vec<FileSum>,
}

#[derive(Deserialize)]
struct FileSum {
    path: String,
    sha256: String,
}

#[derive(Deserialize)]
struct ListedDocument {
    id: String,
    path: String,
    digest: String,
}

/// Returns all problems of a pack, in order.
pub(crate) fn verify(bytes: &[u8]) -> Vec<VerifyError> {
    let mut problems = Vec::new();
    let mut files = match read(bytes, &mut problems) {
        Ok(files) => files,
        Err(error) => {
            problems.push(error);
            return problems;
        }
    };
    let Some(expected) = files.get(SUMS_FILE).and_then(|sums| parse_sums(sums)) else {
        problems.push(VerifyError::NoManifest(SUMS_FILE.to_owned()));
        return problems;
    };
    let is_ours = files.remove(SUMS_FILE).is_some_and(|sums| sums == render_sums(&expected).as_bytes());
    problems.extend((!is_ours).then_some(VerifyError::UnusualSums));
    problems.extend(compare_files(&files, &expected));
    let is_sound = !problems.contains(&VerifyError::Changed(MANIFEST.to_owned()));
    problems.extend(compare_with_manifest(&files, is_sound));
    problems.sort();
    problems.dedup();
    problems
}

/// The files of a pack by path, or `None` if it is not intact.
pub(crate) fn read_intact_pack(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut problems = Vec::new();
    read(bytes, &mut problems).ok().filter(|_| problems.is_empty())
}

/// Reads files by path. Names that are not allowed are reported and left out.
fn read(bytes: &[u8], problems: &mut Vec<VerifyError>) -> Result<BTreeMap<String, Vec<u8>>, VerifyError> {
    let unreadable = |error: &dyn fmt::Display| VerifyError::Unreadable(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let directory = Directory::read(bytes).filter(|directory| directory.is_complete());
    let Some(directory) = directory else {
        return Err(VerifyError::Unreadable("its list of files is not what its end says".to_owned()));
    };
    if directory.len() != archive.len() {
        return Err(VerifyError::Unreadable("two of its files have one name".to_owned()));
    }
    problems.extend(directory.misplaced_files().into_iter().map(VerifyError::HeaderMismatch));
    problems.extend(directory.irregular_files().into_iter().map(VerifyError::Irregular));
    let mut remaining_bytes = MAX_UNPACKED_BYTES;
    let (mut files, mut folded) = (BTreeMap::new(), BTreeSet::new());
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| unreadable(&error))?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let mut content = Vec::new();
        // The size in the archive is not trusted.
        let read = file.take(remaining_bytes + 1).read_to_end(&mut content);
        remaining_bytes = remaining_bytes.checked_sub(content.len() as u64).ok_or(VerifyError::TooLarge)?;
        let is_sound = read.is_ok();
        if !is_allowed_name(&name) || !folded.insert(name.to_lowercase()) {
            problems.push(VerifyError::InvalidName(name.escape_default().to_string()));
        } else if !is_sound {
            problems.push(VerifyError::Changed(name.clone()));
            files.insert(name, content);
        } else {
            files.insert(name, content);
        }
    }
    // Only now is it known that the streams do not exceed the maximum size.
    problems.extend(directory.truncated_files().into_iter().map(VerifyError::HeaderMismatch));
    Ok(files)
}

/// Whether a name is allowed in a pack: relative, in ASCII, without `.` or `..`.
fn is_allowed_name(name: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    name.bytes().all(letters) && name.split('/').all(is_plain)
}

/// Parses checksums by path.
fn parse_sums(sums: &[u8]) -> Option<BTreeMap<String, String>> {
    let text = std::str::from_utf8(sums).ok()?;
    let line = |line: &str| {
        let (sum, path) = line.split_once("  ")?;
        (sum.len() == 64).then(|| (path.to_owned(), sum.to_owned()))
    };
    let lines: Option<BTreeMap<String, String>> = text.lines().map(line).collect();
    lines.filter(|lines| lines.contains_key(MANIFEST))
}

/// The checksums in the form that a pack has.
fn render_sums(sums: &BTreeMap<String, String>) -> String {
    sums.iter().map(|(path, sum)| format!("{sum}  {path}\n")).collect()
}

/// Compares files with the manifest: files with other checksums, if the manifest is intact, and documents whose page
/// does not show their digest.
fn compare_with_manifest(files: &BTreeMap<String, Vec<u8>>, is_sound: bool) -> Vec<VerifyError> {
    let Some(manifest) = files.get(MANIFEST).and_then(|text| serde_json::from_slice::<Manifest>(text).ok()) else {
        return vec![VerifyError::NoManifest(MANIFEST.to_owned())];
    };
    let shows = |document: &ListedDocument| {
        let page = files.get(&document.path).map(|bytes| String::from_utf8_lossy(bytes));
        page.is_none_or(|page| page.contains(&format!("data-digest=\"{}\"", document.digest)))
    };
    let texts = manifest
        .documents
        .iter()
        .filter(|document| !shows(document))
        .map(|document| VerifyError::DigestMismatch(document.id.clone()));
    let texts = texts.chain(find_unlisted(files, &manifest.documents));
    let sums = manifest.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect();
    let file_errors = if is_sound { compare_files(files, &sums) } else { Vec::new() };
    texts.chain(file_errors).filter(|error| *error != VerifyError::Added(MANIFEST.to_owned())).collect()
}

/// Pages of documents that are missing from the pack or not listed exactly once in the manifest.
fn find_unlisted(files: &BTreeMap<String, Vec<u8>>, documents: &[ListedDocument]) -> Vec<VerifyError> {
    let mut seen = BTreeSet::new();
    let listed: Vec<(&String, bool)> =
        documents.iter().map(|document| (&document.path, seen.insert(&document.path))).collect();
    let twice = listed.iter().filter(|(_, is_first)| !is_first).map(|(path, _)| VerifyError::Unlisted((*path).clone()));
    let missing =
        seen.iter().filter(|path| !files.contains_key(**path)).map(|path| VerifyError::Missing((*path).clone()));
    let pages = files.keys().filter(|path| is_below(DOCUMENTS, path));
    let unlisted = pages.filter(|path| !seen.contains(path)).map(|path| VerifyError::Unlisted(path.clone()));
    twice.chain(missing).chain(unlisted).collect()
}

/// Files that are missing, have another checksum, or should not be there.
fn compare_files(files: &BTreeMap<String, Vec<u8>>, sums: &BTreeMap<String, String>) -> Vec<VerifyError> {
    let check_file = |(path, sum): (&String, &String)| match files.get(path) {
        None => Some(VerifyError::Missing(path.clone())),
        Some(bytes) if sha256(bytes) != *sum => Some(VerifyError::Changed(path.clone())),
        Some(_) => None,
    };
    let added = files.keys().filter(|path| !sums.contains_key(*path)).map(|path| VerifyError::Added(path.clone()));
    sums.iter().filter_map(check_file).chain(added).collect()
}
