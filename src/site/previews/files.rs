//! The distribution of previews over files.

use crate::handbook::DocumentIndex;
use crate::id::ClauseKey;

/// The target size of a file in bytes. The number of files is a power of two, so that it seldom changes.
const TARGET_BYTES: usize = 6 * 1024;
/// The maximum size of a file in bytes, as far as more files can achieve it.
const MAX_BYTES: usize = 24 * 1024;
/// The maximum number of files.
const MAX_FILES: usize = 1 << 16;
/// The entries of each file; their content is written when the file is made.
#[derive(Debug, Default)]
pub(crate) struct PreviewFiles {
    files: Vec<Vec<PreviewKey>>,
}

/// The subject of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum PreviewKey {
    Document(DocumentIndex),
    Clause(ClauseKey),
    /// A term, as its index in the glossary.
    Term(usize),
}

/// An entry: the hash of its address, its approximate length in bytes and its subject.
pub(super) type HashedKey = (u32, usize, PreviewKey);

impl PreviewFiles {
    /// Distributes entries over files.
    pub(super) fn distribute(entries: &[HashedKey]) -> PreviewFiles {
        let count = file_count(entries);
        let mut files = vec![Vec::new(); count];
        for (sum, _, key) in entries {
            files[*sum as usize % count].push(*key);
        }
        PreviewFiles { files }
    }

    /// The number of files.
    pub(crate) fn count(&self) -> usize {
        self.files.len()
    }

    /// The entries of a file.
    pub(super) fn entries(&self, number: usize) -> &[PreviewKey] {
        self.files.get(number).map_or(&[][..], Vec::as_slice)
    }
}

/// The number of files over which to distribute entries.
fn file_count(entries: &[HashedKey]) -> usize {
    let total: usize = entries.iter().map(|(_, length, _)| length).sum();
    let mut count = total.div_ceil(TARGET_BYTES).next_power_of_two().min(MAX_FILES);
    while count < MAX_FILES && largest_file(entries, count) > MAX_BYTES {
        count *= 2;
    }
    count
}

fn largest_file(entries: &[HashedKey], count: usize) -> usize {
    let mut lengths = vec![0; count];
    entries.iter().for_each(|(sum, length, _)| lengths[*sum as usize % count] += length);
    lengths.into_iter().max().unwrap_or(0)
}

/// FNV-1a hash of the key in UTF-8; `portal.js` computes the same hash.
pub(super) fn fnv1a(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_one_that_browsers_take() {
        // Published test values of FNV-1a.
        assert_eq!(fnv1a(""), 0x811c_9dc5);
        assert_eq!(fnv1a("a"), 0xe40c_292c);
        assert_eq!(fnv1a("foobar"), 0xbf9c_f968);
    }

    #[test]
    fn files_stay_small_however_many_entries_there_are() {
        for (count, length) in [(0, 0), (10, 400), (1_000, 300), (30_000, 500), (2_000, 3_000)] {
            let entries: Vec<HashedKey> = (0..count)
                .map(|at| (fnv1a(&format!("area-{}/document-{at}.html", at % 90)), length, PreviewKey::Term(at)))
                .collect();
            let previews = PreviewFiles::distribute(&entries);
            let most = previews.files.iter().map(|keys| keys.len() * length).max().unwrap_or(0);
            assert!(previews.count() >= 1 && most < 30 * 1024, "{count} of {length}: {most}");
            assert!(previews.count() <= 1.max(count * (length + 60) / 1024), "{count} of {length}: too many files");
        }
    }
}
