//! The possible destinations of a link, and how its target is parsed.

use std::borrow::Cow;

use super::document::DocumentIndex;
use super::registers::EntryIndex;
use crate::id::DocumentId;
use crate::text::is_blank;

/// The index of an asset in its handbook: its rank by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AssetIndex(pub u32);

/// The destination of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// A document or page of the handbook.
    Document {
        /// The document's index.
        document: DocumentIndex,
        /// The part after `#`; it may not exist on the page.
        anchor: Anchor,
        /// Whether the path was written in different letter case than the file's.
        miscased: bool,
    },
    /// An entry of a register.
    Entry {
        /// The entry's index.
        entry: EntryIndex,
        /// The ID in the link: the entry's own, or that of a decision in it.
        id: DocumentId,
    },
    /// An anchor on the same page.
    SamePage {
        /// The part after `#`.
        anchor: Anchor,
    },
    /// An image or attachment.
    Asset {
        /// The asset's index.
        asset: AssetIndex,
        /// The part after `#`, as written: a page of a PDF, a view of a drawing; empty if there is none.
        fragment: Box<str>,
        /// Whether the path was written in different letter case than the file's.
        miscased: bool,
    },
    /// The home page of the portal.
    Home,
    /// Outside the handbook: a web address, an email address or a telephone number.
    External,
    /// A part of the documents' former site that is not in the handbook.
    FormerSite {
        /// Its address on the web.
        address: Box<str>,
    },
    /// A document that this edition of the handbook does not show; only digests take account of which one.
    Withheld {
        /// The document's rank among the withheld ones.
        document: u32,
        /// The part after `#`.
        anchor: Anchor,
    },
    /// A broken link.
    Broken(Breakage),
}

impl Destination {
    /// The image or attachment that the link leads to, if any.
    pub(crate) fn asset(&self) -> Option<AssetIndex> {
        if let Destination::Asset { asset, .. } = self { Some(*asset) } else { None }
    }
}

/// Why a link is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breakage {
    /// The Markdown file does not exist.
    NoDocument,
    /// The file, of another kind, does not exist.
    NoAsset,
    /// No document has this ID.
    NoId,
    /// The content of `[[…]]` is not the name of a document but code, a number or another tool's syntax. It is shown as
    /// written.
    NotAnId,
    /// The target starts with `/` and does not exist in the content folder, or contains backslashes.
    Absolute,
    /// The file exists but is hidden: its name or that of a folder above it starts with a dot.
    Hidden,
    /// The target starts with `//`, which inherits the scheme of the page: opened from a folder, it addresses a file.
    NoScheme,
    /// A scheme without a destination: `https://`, `mailto:`.
    Incomplete,
    /// The path leaves the content folder.
    Outside,
    /// A scheme that a handbook must not link to, such as `javascript:`.
    Scheme,
    /// The target is empty.
    Empty,
}

/// Extensions that sites give to pages built from Markdown.
pub(super) const PAGE_EXTENSIONS: [&str; 2] = [".html", ".htm"];

/// The last component of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a target is an address rather than a path.
pub(super) fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
        begins && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The part after `#` in a link to a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// The ID of an element, decoded; empty if there is none.
    pub(crate) id: Box<str>,
    /// The same as written, in a link that may name a section by its heading; otherwise empty.
    pub(crate) heading: Box<str>,
    /// The text fragment that tells the browser what to highlight, `:~:text=…`, as written; empty if there is none.
    pub(crate) directive: Box<str>,
}

/// Splits a target into the part before its anchor, and the anchor.
pub(super) fn split_anchor(target: &str) -> (&str, Anchor) {
    let Some((path, anchor)) = target.split_once('#') else { return (target, Anchor::default()) };
    let (id, directive) = anchor.split_at(anchor.find(":~:").unwrap_or(anchor.len()));
    (path, Anchor { id: percent_decode(id).into(), heading: Box::default(), directive: directive.into() })
}

/// Whether an address with a safe scheme has a destination.
pub(super) fn is_complete(target: &str) -> bool {
    let (scheme, rest) = target.split_once(':').unwrap_or((target, ""));
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            is_host(host.rsplit('@').next().unwrap_or_default())
        }),
        "mailto" => {
            let (to, query) = rest.split_once('?').unwrap_or((rest, ""));
            let all = |list: &str| percent_decode(list).split(',').all(is_mailbox);
            let mut parts = query.split('&').filter_map(|part| part.strip_prefix("to="));
            if to.is_empty() { parts.any(all) } else { all(to) }
        }
        "tel" => {
            let number = rest.split(';').next().unwrap_or_default().trim_end();
            number.contains(|c: char| c.is_ascii_digit()) && !number.ends_with(|c: char| c.is_ascii_alphabetic())
        }
        _ => true,
    }
}

/// Whether a string, with an optional port, is plausible as the host of an address.
fn is_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => {
            if !port.bytes().all(|byte| byte.is_ascii_digit()) || port.parse::<u16>().is_err() {
                return false;
            }
            name
        }
        _ => host,
    };
    let name = percent_decode(name);
    // A scheme or a prefix in place of a host: `https://http//example.org`, `https://www.`.
    if name.contains("..") || ["http", "https", "www", "www."].contains(&&*name.to_ascii_lowercase()) {
        return false;
    }
    let is_unfit = |c: char| is_blank(c) || c.is_control() || "%<>^|\"`{}\\,;".contains(c);
    name.starts_with(|c: char| c.is_alphanumeric() || c == '[') && (name.starts_with('[') || !name.contains(is_unfit))
}

/// Whether a string is an email address: a single `@` between a name and a host.
fn is_mailbox(text: &str) -> bool {
    let text = text.trim();
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_quoted = name.len() > 1 && name.starts_with('"') && name.ends_with('"');
    let is_name = !name.is_empty() && !name.starts_with('/') && !name.contains(|c: char| c == '@' || c.is_whitespace());
    let is_host = !host.is_empty() && !host.contains("..") && !host.contains(is_blank);
    is_host && (is_quoted || is_name)
}

/// Whether a path is in a folder.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || folder == "."
        || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
}

/// Resolves a path in the folder of the file at `from`; `None` if it leads above the handbook's folder.
pub(crate) fn join(from: &str, path: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    // Leaves capacity for a file name that may be appended.
    let mut joined = String::with_capacity(from.len() + path.len() + "/README.md".len());
    folder.split('/').filter(|name| !matches!(*name, "" | ".")).for_each(|name| push_name(&mut joined, name));
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

/// Decodes percent-encoding such as `%20`; returns the text unchanged if the result is not valid UTF-8.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, str> {
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
        assert_eq!(join("./", "a/d.md").as_deref(), Some("a/d.md"));
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
    fn an_address_without_recipient_or_host_is_incomplete() {
        for target in [
            "https://example.org",
            "HTTP://localhost:8080/x",
            "https://[::1]/",
            "https://me@host/x",
            "mailto:a@b?subject=x",
            "mailto:?to=a@b",
            "mailto:a%40b",
            "tel:+44 20",
            "https://bücher.example",
            "https://b%C3%BCcher.example",
            "https://me:word@host:8443/x",
            "https://under_score.example",
            "mailto:a@b,c@d",
            "mailto:\"a@b\"@c",
        ] {
            assert!(is_complete(target), "{target}");
        }
        for target in [
            "https://",
            "https:",
            "http:/example.org",
            "https:///x",
            "https://?q",
            "https://#x",
            "https://.",
            "https://https://example.org/",
            "https://exa%20mple.org/",
            "https://exa mple.org/",
            "https://example.org:x/",
            "mailto:desk@@example.org",
            "mailto:@example.org",
            "mailto:desk@",
            "mailto:a@b,desk",
            "mailto:",
            "mailto:?subject=x",
            "mailto:desk",
            "https://www.",
            "https://http//example.org",
            "https://example..org/",
            "https://example.org:99999/",
            "https://exam\u{200b}ple.org/",
            "mailto:service%20desk@example.org",
            "mailto:desk@example..org",
            "mailto://desk@example.org",
            "tel:+44x",
            "tel:",
            "tel:desk",
        ] {
            assert!(!is_complete(target), "{target}");
        }
    }

    #[test]
    fn text_directives_are_not_ids() {
        let split = |target| {
            let (path, anchor) = split_anchor(target);
            (path, anchor.id.to_string(), anchor.directive.to_string())
        };
        assert_eq!(split("b.md#x%20y:~:text=a%20b"), ("b.md", "x y".to_owned(), ":~:text=a%20b".to_owned()));
        assert_eq!(split("b.md"), ("b.md", String::new(), String::new()));
    }

    #[test]
    fn paths_are_not_addresses() {
        assert!(has_scheme("mailto:x"));
        assert!(!has_scheme("../a:b.md"));
    }
}
