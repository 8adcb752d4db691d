//! Packs as ZIP files: written reproducibly, and verified without being trusted.

mod directory;
mod verify;

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub(crate) use verify::{MAX_UNPACKED_BYTES, read_intact_pack, verify};

/// The file that lists the content of a pack.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The checksums of all files, in the format of `sha256sum -c`.
pub(crate) const SUMS_FILE: &str = "manifest.sha256";
/// The folder of the pages of documents.
pub(crate) const DOCUMENTS: &str = "documents/";
/// The folder of source texts.
pub(crate) const SOURCES: &str = "source/";
/// The compression level, which is fixed so that the output is reproducible.
const COMPRESSION_LEVEL: i64 = 6;

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PackFile {
    /// The path in the pack, in ASCII.
    pub(crate) path: String,
    /// The content.
    pub(crate) bytes: Vec<u8>,
}

/// Whether a path is in a folder of a pack, ignoring letter case as some systems do.
pub(crate) fn is_below(folder: &str, path: &str) -> bool {
    path.get(..folder.len()).is_some_and(|start| start.eq_ignore_ascii_case(folder))
}

/// The SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The checksum file for these files.
pub(crate) fn checksum_file(files: &[PackFile]) -> PackFile {
    let mut lines: Vec<String> = files.iter().map(|file| format!("{}  {}\n", sha256(&file.bytes), file.path)).collect();
    lines.sort_by(|a, b| a.get(66..).cmp(&b.get(66..)));
    PackFile { path: SUMS_FILE.to_owned(), bytes: lines.concat().into_bytes() }
}

/// Creates an archive of these files: sorted by path, without times, owners or extra fields.
///
/// # Errors
/// If the archive would be larger than the format permits.
pub(crate) fn archive(mut files: Vec<PackFile>) -> Result<Vec<u8>, zip::result::ZipError> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(COMPRESSION_LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in &files {
        writer.start_file(file.path.as_str(), options)?;
        writer.write_all(&file.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<PackFile> {
        let file = |path: &str, text: &str| PackFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        let mut files = vec![file("b.html", "b"), file("a/a.html", "a"), file("c.html", "c")];
        let listed =
            |file: &PackFile| format!("{{\"path\": \"{}\", \"sha256\": \"{}\"}}", file.path, sha256(&file.bytes));
        let listed: Vec<String> = files.iter().map(listed).collect();
        files.push(file(MANIFEST, &format!("{{\"documents\": [], \"files\": [{}]}}", listed.join(", "))));
        files.push(checksum_file(&files));
        files
    }

    #[test]
    fn the_order_of_files_does_not_matter_and_what_is_written_is_verified() {
        let mut other = files();
        other.reverse();
        let one = archive(files()).expect("an archive");
        assert!(one == archive(other).expect("an archive"));
        assert_eq!(verify(&one), Vec::new());
    }

    #[test]
    fn a_pack_of_more_files_than_sixteen_bits_count_is_verified_too() {
        let file = |at: u32| PackFile { path: format!("f/{at}.html"), bytes: at.to_string().into_bytes() };
        let mut many: Vec<PackFile> = (0..=u32::from(u16::MAX)).map(file).collect();
        let manifest = b"{\"documents\": [], \"files\": [".to_vec();
        let mut listed =
            many.iter().map(|file| format!("{{\"path\": \"{}\", \"sha256\": \"{}\"}}", file.path, sha256(&file.bytes)));
        let listed = [manifest, listed.by_ref().collect::<Vec<_>>().join(",").into_bytes(), b"]}".to_vec()].concat();
        many.push(PackFile { path: MANIFEST.to_owned(), bytes: listed });
        many.push(checksum_file(&many));
        let bytes = archive(many).expect("an archive");
        assert_eq!(verify(&bytes), Vec::new());
        // The larger end record has the number of files and the offset of the directory.
        let large = bytes.len() - 22 - 20 - 56;
        for at in [large, large + 4, large + 32, large + 48, bytes.len() - 22 - 20 + 8, bytes.len() - 22] {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(matches!(verify(&other)[..], [verify::VerifyError::Unreadable(_)]), "{}", at - large);
        }
    }

    #[test]
    fn sums_are_those_of_the_standard() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
