//! Files that git keeps as pointers to a large-file store. The content behind a pointer is read from this machine if a
//! file with the pointer's checksum is there; nothing is downloaded.

use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::sha256;

/// Pointers are shorter than this.
const MAX_POINTER_BYTES: usize = 1024;
/// The prefix of a pointer.
const POINTER_PREFIX: &str = "version https://git-lfs.github.com/spec/";
/// Hexadecimal digits of a SHA-256 checksum.
const CHECKSUM_DIGITS: usize = 64;

/// Where the content behind pointers may be found.
#[derive(Clone, Debug, Default)]
pub(super) struct LargeFiles {
    /// The repository's store, where files are named by checksum.
    pub(super) store: PathBuf,
    /// The handbook's folder in the work tree.
    pub(super) folder: PathBuf,
}

impl LargeFiles {
    /// The content behind a blob; `None` if the blob is not a pointer, or if the file is not on this machine.
    pub(super) fn content(&self, path: &Path, blob: &[u8]) -> Option<Vec<u8>> {
        let (sum, size) = parse_pointer(blob)?;
        let stored = self.store.join(&sum[..2]).join(&sum[2..4]).join(&sum);
        [stored, self.folder.join(path)].iter().find_map(|file| {
            let is_like_it =
                fs::symlink_metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.len() == size);
            let bytes = is_like_it.then(|| fs::read(file).ok()).flatten()?;
            (sha256(&bytes) == sum).then_some(bytes)
        })
    }
}

/// The checksum and the size in a pointer.
fn parse_pointer(blob: &[u8]) -> Option<(String, u64)> {
    let text = std::str::from_utf8(blob)
        .ok()
        .filter(|text| text.len() < MAX_POINTER_BYTES && text.starts_with(POINTER_PREFIX))?;
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let sum = value("oid sha256:")?.to_lowercase();
    let is_sum = sum.len() == CHECKSUM_DIGITS && sum.bytes().all(|digit| digit.is_ascii_hexdigit());
    Some((sum, value("size ")?.parse().ok()?)).filter(|_| is_sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_followed_only_to_the_file_that_it_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let sum = sha256(b"a picture");
        let blob = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{sum}\nsize 9\n");
        let files = LargeFiles { store: folder.path().join("objects"), folder: folder.path().to_path_buf() };
        let content = |blob: &str| files.content(Path::new("flow.png"), blob.as_bytes());
        assert_eq!(content(&blob), None);
        fs::write(folder.path().join("flow.png"), b"a pictur3").expect("a file");
        assert_eq!(content(&blob), None, "another file of the same size");
        fs::write(folder.path().join("flow.png"), b"a picture").expect("a file");
        assert_eq!(content(&blob).as_deref(), Some(&b"a picture"[..]));
        fs::remove_file(folder.path().join("flow.png")).expect("the file");
        let stored = files.store.join(&sum[..2]).join(&sum[2..4]);
        fs::create_dir_all(&stored).expect("a folder");
        fs::write(stored.join(&sum), b"a picture").expect("a file");
        assert_eq!(content(&blob).as_deref(), Some(&b"a picture"[..]));
        for other in ["a picture", &blob.replace(&sum, "../../secret"), &blob.replace("size 9", "size nine")] {
            assert_eq!(content(other), None, "{other}");
        }
    }
}
