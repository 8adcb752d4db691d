//! Hashes of attachments, which approvals are bound to.

use std::io::{self, Read};
use std::path::Path;

use memchr::memchr;

use super::read::open;
use super::stand_in::detect_stand_in;

/// Number of bytes at the start of a file that must not contain a zero byte if it is text. Git uses the same test.
const SCANNED_BYTES: u64 = 8_000;
/// Number of bytes read at a time.
const CHUNK: usize = 64 * 1024;

/// BLAKE3 hash of a regular file of any size. In text, `\r\n` counts as `\n`: Git writes either, depending on its
/// settings and on the machine.
///
/// # Errors
/// If it is not a regular file, or cannot be read.
pub(crate) fn attachment_hash(path: &Path) -> io::Result<[u8; 32]> {
    hash(open(path)?)
}

/// Whether a file is a stand-in that Git keeps for another file, whose content is unknown.
pub(crate) fn is_placeholder_file(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = open(path).and_then(|file| file.take(64).read_to_end(&mut start));
    read.is_ok() && detect_stand_in(&start).is_some()
}

/// The hash of an attachment that is already in memory.
pub(crate) fn hash_of_attachment(bytes: &[u8]) -> [u8; 32] {
    // Reading from memory cannot fail.
    hash(bytes).unwrap_or_default()
}

fn hash(mut file: impl Read) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    let mut start = Vec::new();
    file.by_ref().take(SCANNED_BYTES).read_to_end(&mut start)?;
    if memchr(0, &start).is_some() {
        hasher.update(&start);
        io::copy(&mut file, &mut hasher)?;
        return Ok(*hasher.finalize().as_bytes());
    }
    let mut lines = LineHasher { hasher, is_after_return: false };
    lines.add(&start);
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(lines.finish()),
            Ok(length) => lines.add(&chunk[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Hashes text, treating each `\r\n` as `\n`.
struct LineHasher {
    hasher: blake3::Hasher,
    /// Whether the last byte was a `\r` that is not hashed yet.
    is_after_return: bool,
}

impl LineHasher {
    fn add(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if std::mem::take(&mut self.is_after_return) && bytes[0] != b'\n' {
                self.hasher.update(b"\r");
            }
            let Some(end) = memchr(b'\r', bytes) else {
                self.hasher.update(bytes);
                return;
            };
            self.hasher.update(&bytes[..end]);
            self.is_after_return = true;
            bytes = &bytes[end + 1..];
        }
    }

    fn finish(mut self) -> [u8; 32] {
        if self.is_after_return {
            self.hasher.update(b"\r");
        }
        *self.hasher.finalize().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that returns one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(buffer.len()).min(1);
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    #[test]
    fn line_ends_of_text_do_not_matter_and_every_other_byte_does() {
        let plain = |bytes: &[u8]| *blake3::hash(bytes).as_bytes();
        let long = "a line of a long table\n".repeat(20_000);
        let with_returns = long.replace('\n', "\r\n");
        for (written, same) in [
            ("", ""),
            ("a\r\nb\r\n", "a\nb\n"),
            ("a\rb\r\r\n\r", "a\rb\r\n\r"),
            ("\r", "\r"),
            (with_returns.as_str(), long.as_str()),
        ] {
            assert_eq!(hash_of_attachment(written.as_bytes()), plain(same.as_bytes()));
            assert_eq!(hash(Slow(written.as_bytes())).expect("bytes"), plain(same.as_bytes()));
        }
        for bytes in [&b"a\r\n\0"[..], &[&b"\0"[..], with_returns.as_bytes()].concat()] {
            assert_eq!(hash_of_attachment(bytes), plain(bytes), "no text");
        }
    }
}
