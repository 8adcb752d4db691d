//! Word files and OpenDocument texts as ZIP archives, checked before another program opens them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// An archive that is safe to unpack.
pub(super) struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
}

/// Why an archive is not opened; each variant is shown as a sentence fragment.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveError {
    /// It is not an archive, or it is damaged.
    #[error("it is not a Word file or OpenDocument text, or it is damaged ({0})")]
    Damaged(String),
    /// It is too large when unpacked.
    #[error("it is larger than {} MiB when unpacked", MAX_UNPACKED_BYTES / 1024 / 1024)]
    TooLarge,
    /// It contains a file that would be unpacked outside its folder.
    #[error("it contains a file that leads out of it: `{0}`")]
    PathOutside(String),
    /// It is protected by a password.
    #[error("it is protected by a password; save it without one")]
    Locked,
    /// It is a Word file in the older binary format.
    #[error("it is a Word file of the older format; save it as .docx")]
    OldWord,
    /// It is a workbook in the older binary format.
    #[error("it is an Excel workbook of the older format; save it as .xlsx")]
    OldExcel,
    /// It is either protected or in an older format.
    #[error(
        "it is protected by a password, or a file of the older format; save it as .docx or .xlsx without a password"
    )]
    LockedOrOld,
    /// It uses namespaces that pandoc does not support.
    #[error("it is a Strict Open XML document; save it as Word document (.docx)")]
    StrictOpenXml,
}

/// The maximum total size of the unpacked files, in bytes.
const MAX_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;
/// The maximum number of files in an archive.
const MAX_FILES: usize = 10_000;
/// The first bytes of password-protected files and of files in the older format.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

impl Archive {
    /// Opens an archive after a trial unpacking that discards the output.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Archive, ArchiveError> {
        if bytes.starts_with(COMPOUND) {
            return Err(compound_error(&bytes));
        }
        let damaged = |error: zip::result::ZipError| ArchiveError::Damaged(error.to_string());
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MAX_FILES {
            return Err(ArchiveError::TooLarge);
        }
        let mut left = MAX_UNPACKED_BYTES;
        for at in 0..zip.len() {
            let file = zip.by_index(at).map_err(damaged)?;
            if file.enclosed_name().is_none() {
                let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
                return Err(ArchiveError::PathOutside(name));
            }
            let unpacked = io::copy(&mut file.take(left + 1), &mut io::sink());
            let unpacked = unpacked.map_err(|error| ArchiveError::Damaged(error.to_string()))?;
            left = left.checked_sub(unpacked).ok_or(ArchiveError::TooLarge)?;
        }
        Ok(Archive { zip })
    }

    /// The sorted names of all files in the archive.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().flatten().map(Cow::into_owned).collect();
        names.sort();
        names
    }

    /// The text of a file in the archive without a byte order mark, or `None` if it does not exist or is not UTF-8.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let text = String::from_utf8(self.file(name)?).ok()?;
        Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// Returns the archive with new content for some of its files.
    pub(super) fn with_texts(&mut self, texts: &BTreeMap<String, String>) -> Result<Vec<u8>, ArchiveError> {
        let damaged = |error: zip::result::ZipError| ArchiveError::Damaged(error.to_string());
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..self.zip.len() {
            let file = self.zip.by_index_raw(at).map_err(damaged)?;
            let text = file.name().ok().and_then(|name| texts.get_key_value(&*name));
            match text {
                Some((name, text)) => {
                    out.start_file(name.as_str(), SimpleFileOptions::default()).map_err(damaged)?;
                    out.write_all(text.as_bytes()).map_err(|error| ArchiveError::Damaged(error.to_string()))?;
                }
                None => out.raw_copy_file(file).map_err(damaged)?,
            }
        }
        Ok(out.finish().map_err(damaged)?.into_inner())
    }

    /// The bytes of a file in the archive.
    pub(super) fn file(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.zip.by_name(name).ok()?.take(MAX_UNPACKED_BYTES).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// Identifies a file of the older kind by the names of its streams.
fn compound_error(bytes: &[u8]) -> ArchiveError {
    let contains = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if contains("EncryptedPackage") {
        ArchiveError::Locked
    } else if contains("WordDocument") {
        ArchiveError::OldWord
    } else if contains("Workbook") {
        ArchiveError::OldExcel
    } else {
        ArchiveError::LockedOrOld
    }
}
