//! Where a page of the portal is: relative URLs that are safe as file names everywhere.

mod places;
mod slug;

pub use places::OwnPlace;
#[cfg(test)]
pub(crate) use places::THEME_FILES;
pub(crate) use places::{OwnNames, OwnPlaces};

use std::borrow::Borrow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The longest name of a file or folder in a site, in bytes.
const NAME_LIMIT: usize = 120;

/// The longest path of a file in a site, in bytes; leaves room for the output folder under any system's limit.
const PATH_LIMIT: usize = 1000;

/// What stays as it is in a fragment: everything that RFC 3986 allows there and HTML does not escape.
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

/// A fragment that its author wrote as part of an address: what is escaped stays so, and what must be is.
pub(crate) fn escaped_fragment(written: &str) -> String {
    const KEPT: &AsciiSet = &FRAGMENT.remove(b'%').remove(b'&').remove(b'\'');
    utf8_percent_encode(written, KEPT).to_string()
}

/// The path of a file in a site, such as `8.6-resolution/incident-management.html`; its URL and its place on disk.
///
/// Names are ASCII letters, digits, `-`, `_` and `.`, at most 120 bytes each, with `/` between them. None is empty,
/// begins with `-`, ends with `.`, holds `..` or is a device name of Windows. So a path never leaves the folder that
/// it is joined to, and reads the same in a URL, without percent signs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SitePath(Arc<str>);

/// Why a text is no path of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a path of the portal; use names of ASCII letters, digits, `-`, `_` and `.`, at most 120 bytes each, \
     with `/` between them, none of them beginning with `-` or ending with `.`"
)]
pub struct SitePathError(String);

impl SitePath {
    /// The URL of a Markdown file, from its path below the content folder with `/` between names.
    ///
    /// `8.6 Resolution/Größe & mehr.md` becomes `8.6-resolution/grosse-mehr.html`; `README.md` and `index.md` become
    /// their folder's `index.html`. Letters are folded to lower case. Letters that do not transliterate one to one and
    /// symbols that are left out put a short hash of the whole name behind it, so that two sources get one URL only
    /// where their names differ in letter case, accents, or punctuation such as spaces. That is for the caller to
    /// notice: see [`SitePath::folded`].
    pub fn page(source: &str) -> SitePath {
        let (folder, file) = split_source(source);
        let stem = without_markdown_extension(file);
        let is_introduction = stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("_index");
        let stem = if is_introduction { "index" } else { stem };
        SitePath::of_source(folder, &slug::name(stem, ".html"))
    }

    /// The URL of any other file that is copied, from its path below the content folder with `/` between names.
    ///
    /// As [`SitePath::page`], but the file keeps its extension, in lower case.
    pub fn asset(source: &str) -> SitePath {
        let (folder, file) = split_source(source);
        let (stem, extension) = split_extension(file);
        SitePath::of_source(folder, &slug::name(stem, &extension.to_ascii_lowercase()))
    }

    /// A path that is used as it is written, such as a theme's `assets/Font_Main.woff2`.
    ///
    /// # Errors
    /// When the text breaks a rule of [`SitePath`].
    pub fn parse(text: &str) -> Result<SitePath, SitePathError> {
        let fits = text.len() <= PATH_LIMIT && text.split('/').all(is_name);
        if fits { Ok(SitePath(text.into())) } else { Err(SitePathError(text.to_owned())) }
    }

    fn of_source(folder: &str, file: &str) -> SitePath {
        let names: Vec<String> = folder.split('/').filter(|name| !name.is_empty()).map(slug::folder).collect();
        let mut path = names.join("/");
        if path.len() + 1 + file.len() > PATH_LIMIT {
            path = slug::shortened(&names.join("-"), folder, "");
        }
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(file);
        SitePath(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as a relative path of the file system.
    pub(crate) fn as_path(&self) -> &Path {
        Path::new(&*self.0)
    }

    /// The last name.
    pub(crate) fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The folder it is in, without a slash at the end; empty for a file at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Every folder above it, the outermost first: `a` and `a/b` for `a/b/c.html`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(end, _)| &self.0[..end])
    }

    /// The path with letter case folded: two files whose keys are equal are one file to some file systems.
    pub fn folded(&self) -> SitePath {
        if self.0.bytes().any(|byte| byte.is_ascii_uppercase()) {
            SitePath(self.0.to_ascii_lowercase().into())
        } else {
            self.clone()
        }
    }

    /// What leads from this page to the top of the site: `../../`, or nothing for a page at the top.
    pub fn to_top(&self) -> String {
        "../".repeat(self.folders().count())
    }

    /// The link that leads from `page` to this file; its plain name when both are in one folder.
    pub fn relative_to(&self, page: &SitePath) -> String {
        let alike = self.0.bytes().zip(page.0.bytes()).take_while(|(mine, theirs)| mine == theirs).count();
        // Behind the last folder that both are in.
        let start = self.0[..alike].rfind('/').map_or(0, |slash| slash + 1);
        let up = page.0[start..].bytes().filter(|byte| *byte == b'/').count();
        let mut link = String::with_capacity(3 * up + self.0.len() - start);
        (0..up).for_each(|_| link.push_str("../"));
        link.push_str(&self.0[start..]);
        link
    }

    /// The link that leads from `page` to the element of this file with that id.
    pub fn fragment_relative_to(&self, page: &SitePath, fragment: &str) -> String {
        let mut link = if self == page { String::new() } else { self.relative_to(page) };
        link.reserve_exact(fragment.len() + 1);
        push_fragment(&mut link, fragment);
        link
    }
}

/// Appends a fragment with its sign.
fn push_fragment(link: &mut String, fragment: &str) {
    link.push('#');
    // Most have nothing to escape.
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
        // Some generators name a file after the page that it becomes: `keys.html.md`.
        Some((stem, _)) if crate::path::is_markdown(file) => stem.strip_suffix(".html").unwrap_or(stem),
        _ => file,
    }
}

/// The stem, and the extension with its dot where there is a plain one.
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

/// Orders and hashes as the text does, so that a map of paths can be asked with a text.
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

/// Ends of names of hosts that are no endings of files in a handbook.
const TOP_DOMAINS: [&str; 26] = [
    "com", "org", "net", "io", "gov", "edu", "eu", "uk", "de", "at", "ch", "fr", "nl", "be", "lu", "es", "it", "pt",
    "pl", "se", "dk", "fi", "ie", "info", "dev", "example",
];

/// What is missing before an address of a site or of a person that is written like a path: `www.example.org/help`.
pub(crate) fn missing_scheme(target: &str) -> Option<&'static str> {
    let (first, rest) = target.split_once('/').unwrap_or((target, ""));
    let is_name = |name: &str| {
        let is_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
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

/// Whether an address leads to the web.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// The part of a web address that names the host, with a user's name and password where they are written.
pub(crate) fn host(address: &str) -> &str {
    let (_, rest) = address.split_once("://").unwrap_or_default();
    rest.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// The path of a base URL with a slash at its end: `/handbook/` for `https://example.org/handbook`.
pub(crate) fn root_of(base: &str) -> String {
    let path = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}
