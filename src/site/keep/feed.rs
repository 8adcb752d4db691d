//! Taking hashes of values.

use std::hash::{Hash, Hasher};

use super::Print;

/// Takes what a value feeds a hasher, and makes a hash of it that is long enough to trust.
///
/// The hash is compared with hashes of the same program on the same machine only.
#[derive(Default)]
pub(super) struct Feed(blake3::Hasher);

impl Hasher for Feed {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let mut first = [0; 8];
        self.0.finalize_xof().fill(&mut first);
        u64::from_le_bytes(first)
    }
}

impl Feed {
    /// Adds a value.
    pub(super) fn add(&mut self, value: impl Hash) -> &mut Feed {
        value.hash(self);
        self
    }

    /// Adds a list with its length.
    pub(super) fn all<T: Hash>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Feed {
        let mut count = 0_usize;
        for value in values {
            value.hash(self);
            count += 1;
        }
        self.add(count)
    }

    /// The hash of everything that was added.
    pub(super) fn print(&self) -> Print {
        *self.0.finalize().as_bytes()
    }
}
