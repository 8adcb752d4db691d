//! Files that Git keeps in place of others: pointers to large-file stores, and encrypted files.

/// The kind of file that has taken another one's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StandIn {
    /// A pointer: the file was not fetched from its large-file store.
    Pointer,
    /// The file as encrypted by git-crypt.
    Encrypted,
}

/// Prefixes of pointers to large-file stores.
const POINTERS: [&[u8]; 3] =
    [b"version https://git-lfs.github.com/spec/", b"version https://hawser.github.com/spec/", b"/annex/objects/"];
/// Part of the line that git-annex writes where symbolic links are not available.
const ANNEX: &[u8] = b".git/annex/objects/";
/// Prefix of files encrypted by git-crypt.
const ENCRYPTED: &[u8] = b"\0GITCRYPT\0";

/// The kind of stand-in that a file with these first bytes is, if it is one.
pub(super) fn detect_stand_in(head: &[u8]) -> Option<StandIn> {
    if head.starts_with(ENCRYPTED) {
        return Some(StandIn::Encrypted);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_path = || line.starts_with(b"../") || line.starts_with(b".git/");
    let is_annex = || is_path() && memchr::memmem::find(line, ANNEX).is_some();
    let is_pointer = POINTERS.iter().any(|pointer| text.starts_with(pointer)) || is_annex();
    is_pointer.then_some(StandIn::Pointer)
}

impl StandIn {
    /// The problem, as a predicate that follows the name of the file.
    pub(crate) fn message(self) -> &'static str {
        match self {
            StandIn::Pointer => "is only a pointer to a large-file store, not the file itself",
            StandIn::Encrypted => "is encrypted, so nobody can read it",
        }
    }

    /// How to fix the problem.
    pub(crate) fn help(self) -> &'static str {
        match self {
            StandIn::Pointer => "fetch the file before you build, for example with `git lfs pull`",
            StandIn::Encrypted => "decrypt the repository before you build, for example with `git-crypt unlock`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_place_of_a_file_is_known_by_its_beginning() {
        for pointer in [
            &b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n"[..],
            b"\xef\xbb\xbfversion https://git-lfs.github.com/spec/v1\n",
            b"\n version https://hawser.github.com/spec/v1\n",
            b"/annex/objects/SHA256E-s1--0.pdf\n",
            b"../.git/annex/objects/0/1/SHA256E-s1--0.pdf",
        ] {
            assert_eq!(detect_stand_in(pointer), Some(StandIn::Pointer), "{}", String::from_utf8_lossy(pointer));
        }
        assert_eq!(detect_stand_in(b"\0GITCRYPT\0\x01\x02"), Some(StandIn::Encrypted));
        for other in [&b""[..], b"version 2 of the plan", b"See https://git-lfs.github.com/spec/v1", b"../plan.md"] {
            assert_eq!(detect_stand_in(other), None);
        }
    }
}
