//! Addresses of the portal's pages: relative URLs that are safe as file names everywhere.

mod places;
mod slug;

pub use places::OwnPlace;
#[cfg(test)]
pub(crate) use places::THEME_FILES;
pub(crate) use places::{ReservedNames, ReservedPlaces};
pub(crate) use slug::is_device;

use std::borrow::Borrow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Maximum length of a file or folder name in a site, in bytes.
const NAME_LIMIT: usize = 120;

/// Maximum length of a path in a site, in bytes; leaves room for the output folder within any system's limit.
const PATH_LIMIT: usize = 1000;

/// Characters that are not percent-encoded in a fragment: all that RFC 3986 allows there and that HTML does not escape.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'?');

/// Encodes a fragment that is written as part of an address: existing escapes are kept, and missing ones are added.
pub(crate) fn escaped_fragment(written: &str) -> String {
    const KEPT: &AsciiSet = &FRAGMENT.remove(b'%').remove(b'&').remove(b'\'');
    utf8_percent_encode(written, KEPT).to_string()
}

/// The path of a file in a site, such as `8.6-resolution/incident-management.html`; it serves as its URL and as its
/// location on disk.
///
/// Names consist of ASCII letters, digits, `-`, `_` and `.`, at most 120 bytes each, separated by `/`. No name is
/// empty, starts with `-`, ends with `.`, contains `..` or is a Windows device name. Therefore a path never leaves the
/// folder that it is joined to, and is the same in a URL, without percent-encoding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SitePath(Arc<str>);

/// The error for text that is not a path of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a path of the portal; use names of ASCII letters, digits, `-`, `_` and `.`, at most 120 bytes each, \
     with `/` between them, none of them beginning with `-` or ending with `.`"
)]
pub struct SitePathError(String);

impl SitePath {
    /// The URL of a Markdown file, from its path below the content folder with `/` as the separator.
    ///
    /// `8.6 Resolution/Größe & mehr.md` becomes `8.6-resolution/grosse-mehr.html`; `README.md` and `index.md` become
    /// their folder's `index.html`. Letters are converted to lower case. If a character does not transliterate one to
    /// one, or a symbol is omitted, a short hash of the whole name is appended, so that two sources get the same URL
    /// only if their names differ in letter case, accents, or punctuation such as spaces. The caller must detect that:
    /// see [`SitePath::folded`].
    pub fn page(source: &str) -> SitePath {
        let (folder, file) = split_source(source);
        let stem = without_markdown_extension(file);
        let is_introduction = stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("_index");
        let stem = if is_introduction { "index" } else { stem };
        SitePath::of_source(folder, &slug::name(stem, ".html"))
    }

    /// The URL of any other copied file, from its path below the content folder with `/` as the separator.
    ///
    /// Like [`SitePath::page`], but the file keeps its extension, in lower case.
    pub fn asset(source: &str) -> SitePath {
        let (folder, file) = split_source(source);
        let (stem, extension) = split_extension(file);
        SitePath::of_source(folder, &slug::name(stem, &extension.to_ascii_lowercase()))
    }

    /// Parses a path that is used as written, such as a theme's `assets/Font_Main.woff2`.
    ///
    /// # Errors
    /// If the text violates a rule of [`SitePath`].
    pub fn parse(text: &str) -> Result<SitePath, SitePathError> {
        let fits = text.len() <= PATH_LIMIT && text.split('/').all(is_name);
        if fits { Ok(SitePath(text.into())) } else { Err(SitePathError(text.to_owned())) }
    }

    fn of_source(folder: &str, file: &str) -> SitePath {
        let names: Vec<String> = folder.split('/').filter(|name| !name.is_empty()).map(slug::folder).collect();
        let mut path = names.join("/");
        if path.len() + 1 + file.len() > PATH_LIMIT {
            path = slug::truncate(&names.join("-"), folder, "");
        }
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(file);
        SitePath(path.into())
    }

    /// The path as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as a relative path of the file system.
    pub(crate) fn as_path(&self) -> &Path {
        Path::new(&*self.0)
    }

    /// The last component.
    pub(crate) fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The folder that contains it, without a trailing slash; empty for a file at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// All folders above it, the outermost first: `a` and `a/b` for `a/b/c.html`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(end, _)| &self.0[..end])
    }

    /// The path in lower case: files with equal folded paths are the same file on some file systems.
    pub fn folded(&self) -> SitePath {
        if self.0.bytes().any(|byte| byte.is_ascii_uppercase()) {
            SitePath(self.0.to_ascii_lowercase().into())
        } else {
            self.clone()
        }
    }

    /// The relative link from this page to the top of the site: `../../`; empty for a page at the top.
    pub fn to_top(&self) -> String {
        "../".repeat(self.folders().count())
    }

    /// The relative link from `page` to this file; only its name if both are in the same folder.
    pub fn relative_to(&self, page: &SitePath) -> String {
        let alike = self.0.bytes().zip(page.0.bytes()).take_while(|(mine, theirs)| mine == theirs).count();
        // After the last common folder.
        let start = self.0[..alike].rfind('/').map_or(0, |slash| slash + 1);
        let up = page.0[start..].bytes().filter(|byte| *byte == b'/').count();
        let mut link = String::with_capacity(3 * up + self.0.len() - start);
        (0..up).for_each(|_| link.push_str("../"));
        link.push_str(&self.0[start..]);
        link
    }

    /// The relative link from `page` to the element of this file with an ID.
    pub fn fragment_relative_to(&self, page: &SitePath, fragment: &str) -> String {
        let mut link = if self == page { String::new() } else { self.relative_to(page) };
        link.reserve_exact(fragment.len() + 1);
        push_fragment(&mut link, fragment);
        link
    }
}

/// Appends `#` and an encoded fragment.
fn push_fragment(link: &mut String, fragment: &str) {
    link.push('#');
    // Most fragments need no encoding.
    if fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')) {
        link.push_str(fragment);
    } else {
        link.extend(utf8_percent_encode(fragment, FRAGMENT));
    }
}

fn split_source(source: &str) -> (&str, &str) {
    source.rsplit_once('/').unwrap_or(("", source))
}

fn without_markdown_extension(file: &str) -> &str {
    match file.rsplit_once('.') {
        // Some generators name a source file after its page: `keys.html.md`.
        Some((stem, _)) if crate::path::is_markdown(file) => stem.strip_suffix(".html").unwrap_or(stem),
        _ => file,
    }
}

/// Splits a file name into its stem and its extension with the dot; the extension is empty unless it is a plain one.
fn split_extension(file: &str) -> (&str, &str) {
    let Some(dot) = file.rfind('.').filter(|dot| *dot > 0) else { return (file, "") };
    let extension = &file[dot + 1..];
    let plain = (1..=10).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { file.split_at(dot) } else { (file, "") }
}

fn is_name(name: &str) -> bool {
    (1..=NAME_LIMIT).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && !name.starts_with('-')
        && !name.ends_with('.')
        && !name.contains("..")
        && !slug::is_device(name)
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// `SitePath` is ordered and hashed like its string, so that maps of paths can be looked up by string.
impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for SitePath {
    type Err = SitePathError;

    fn from_str(text: &str) -> Result<SitePath, SitePathError> {
        SitePath::parse(text)
    }
}

impl TryFrom<String> for SitePath {
    type Error = SitePathError;

    fn try_from(text: String) -> Result<SitePath, SitePathError> {
        SitePath::parse(&text)
    }
}

impl From<SitePath> for String {
    fn from(path: SitePath) -> String {
        path.as_str().to_owned()
    }
}

/// Top-level domains that are not extensions of files in a handbook.
const TOP_DOMAINS: [&str; 26] = [
    "com", "org", "net", "io", "gov", "edu", "eu", "uk", "de", "at", "ch", "fr", "nl", "be", "lu", "es", "it", "pt",
    "pl", "se", "dk", "fi", "ie", "info", "dev", "example",
];

/// The scheme that a web or mail address lacks if it is written like a path: `www.example.org/help`.
pub(crate) fn missing_scheme(target: &str) -> Option<&'static str> {
    let (first, rest) = target.split_once('/').unwrap_or((target, ""));
    let is_name = |name: &str| {
        let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        name.starts_with(char::is_alphanumeric) && name.chars().all(is_sign) && !name.contains("..")
    };
    let is_host = |host: &str| {
        let end = host.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
        is_name(host) && end.is_some_and(|end| TOP_DOMAINS.contains(&end.as_str()))
    };
    match first.split_once('@') {
        Some((name, host)) => (rest.is_empty() && is_name(name) && is_host(host)).then_some("mailto:"),
        None => is_host(first).then_some("https://"),
    }
}

/// Whether an address is a web address.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// The authority of a web address: the host, with any user name, password and port.
pub(crate) fn host(address: &str) -> &str {
    let (_, rest) = address.split_once("://").unwrap_or_default();
    rest.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// The path of a base URL with a trailing slash: `/handbook/` for `https://example.org/handbook`.
pub(crate) fn root_of(base: &str) -> String {
    let path = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}
