//! Where a link can lead, and how its target is read.

use std::borrow::Cow;

use super::document::DocumentIndex;

/// The number of an asset in its handbook: its rank by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AssetIndex(pub u32);

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// A document or page of the handbook.
    Document {
        /// Which.
        document: DocumentIndex,
        /// The anchor named after `#`, decoded; whether it exists is another question.
        anchor: Option<Box<str>>,
        /// Set when the path was written with other letter case than the file has.
        miscased: bool,
    },
    /// An anchor on the same page.
    Here {
        /// The anchor, decoded.
        anchor: Box<str>,
    },
    /// An image or attachment.
    Asset {
        /// Which.
        asset: AssetIndex,
        /// Set when the path was written with other letter case than the file has.
        miscased: bool,
    },
    /// Somewhere else: a web address, mail or telephone.
    Outside,
    /// A document that this edition of the handbook does not show.
    Withheld,
    /// Nowhere.
    Broken(Breakage),
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breakage {
    /// No such Markdown file.
    NoDocument,
    /// No such file of another kind.
    NoAsset,
    /// No document has that id.
    NoId,
    /// It begins with `/`, which means another place on every server and none in a folder.
    Absolute,
    /// It leads out of the content folder.
    Outside,
    /// A scheme that a handbook does not link to, such as `javascript:`.
    Scheme,
    /// Nothing between the brackets.
    Empty,
}

/// The last name of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a target is an address, not a path.
pub(super) fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        let begins = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic());
        begins && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// A target without its anchor, and the anchor, decoded.
pub(super) fn split_anchor(target: &str) -> (&str, Option<Box<str>>) {
    match target.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decode(anchor).into())),
        None => (target, None),
    }
}

/// Whether a path lies in a folder.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || folder == "."
        || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
}

/// A path as seen from the folder of the file at `from`; `None` when it leads above the handbook's folder.
pub(super) fn join(from: &str, path: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    // Room for a name that may be tried behind it.
    let mut joined = String::with_capacity(from.len() + path.len() + "/README.md".len());
    folder.split('/').filter(|name| !name.is_empty()).for_each(|name| push_name(&mut joined, name));
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            _ => push_name(&mut joined, name),
        }
    }
    Some(joined)
}

fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(name);
}

/// Decodes `%20` and its like; what does not decode to UTF-8 stays as it is.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(hex_byte);
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_as_a_browser_would_and_never_leave_the_handbook() {
        assert_eq!(join("content/a/b.md", "../c/d.md").as_deref(), Some("content/c/d.md"));
        assert_eq!(join("content/a/b.md", "./d.md").as_deref(), Some("content/a/d.md"));
        assert_eq!(join("content/b.md", "../../etc/passwd"), None);
        assert!(!is_within("contents/x.md", "content"));
    }

    #[test]
    fn per_cent_signs_are_decoded_only_where_they_mean_something() {
        assert_eq!(percent_decode("a%20b"), "a b");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%+1"), "%+1");
        assert_eq!(percent_decode("%ff"), "%ff");
        assert_eq!(percent_decode("caf%C3%A9.md"), "café.md");
    }

    #[test]
    fn a_path_is_no_address() {
        assert!(has_scheme("mailto:x"));
        assert!(!has_scheme("../a:b.md"));
    }
}
