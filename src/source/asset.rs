//! What an image or attachment holds, as far as its first bytes show it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::active::{ActiveContent, active};

/// Why readers cannot use an image or attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AssetProblem {
    /// A pointer stands in its place: a large-file store was not asked for the file.
    Pointer,
    /// There is nothing in it.
    Empty,
    /// It is not of the kind that its name says.
    Mistyped {
        /// What its name says, such as `a PNG image`.
        wanted: &'static str,
        /// What it is, when that is known.
        found: Option<&'static str>,
    },
    /// The system does not let it be read.
    Unreadable(String),
}

/// Bytes that are looked at.
const HEAD: usize = 4096;

/// How pointers of large-file stores begin.
const POINTERS: [&str; 3] =
    ["version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/", "/annex/objects/"];

/// A kind of file.
struct Kind {
    name: &'static str,
    is: fn(&[u8]) -> bool,
}

const PNG: Kind = Kind { name: "a PNG image", is: |head| head.starts_with(b"\x89PNG") };
const JPEG: Kind = Kind { name: "a JPEG image", is: |head| head.starts_with(b"\xff\xd8\xff") };
const GIF: Kind = Kind { name: "a GIF image", is: |head| head.starts_with(b"GIF8") };
const WEBP: Kind = Kind { name: "a WebP image", is: |head| head.starts_with(b"RIFF") && at(head, 8, b"WEBP") };
const AVIF: Kind =
    Kind { name: "an AVIF image", is: |head| at(head, 4, b"ftyp") && (at(head, 8, b"avi") || at(head, 8, b"mif1")) };
const BMP: Kind = Kind { name: "a BMP image", is: |head| head.starts_with(b"BM") };
const SVG: Kind = Kind { name: "an SVG drawing", is: is_svg };
const PDF: Kind = Kind { name: "a PDF file", is: |head| head.windows(5).any(|window| window == b"%PDF-") };
const OFFICE: Kind =
    Kind { name: "an Office document", is: |head| head.starts_with(b"PK") || head.starts_with(b"\xd0\xcf\x11\xe0") };
const ZIP: Kind = Kind { name: "a ZIP archive", is: |head| head.starts_with(b"PK") };
const WEB_PAGE: Kind = Kind { name: "a web page", is: is_web_page };

/// Endings of names, and what they say.
const BY_ENDING: [(&str, &Kind); 19] = [
    ("png", &PNG),
    ("jpg", &JPEG),
    ("jpeg", &JPEG),
    ("gif", &GIF),
    ("webp", &WEBP),
    ("avif", &AVIF),
    ("bmp", &BMP),
    ("svg", &SVG),
    ("pdf", &PDF),
    ("docx", &OFFICE),
    ("dotx", &OFFICE),
    ("xlsx", &OFFICE),
    ("xlsm", &OFFICE),
    ("pptx", &OFFICE),
    ("odt", &OFFICE),
    ("ods", &OFFICE),
    ("odp", &OFFICE),
    ("vsdx", &OFFICE),
    ("zip", &ZIP),
];

/// What a file may be although its name says something else.
const KINDS: [&Kind; 10] = [&PNG, &JPEG, &GIF, &WEBP, &AVIF, &PDF, &OFFICE, &WEB_PAGE, &SVG, &BMP];

/// Whether a file is a picture, by the ending of its name.
pub(crate) fn is_picture(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = BY_ENDING.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, kind)| kind.name);
    kind.is_some_and(|name| name.ends_with("image") || name.ends_with("drawing"))
}

/// What is known of an image or attachment beside its path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AssetFacts {
    /// What keeps readers from using it.
    pub(crate) problem: Option<AssetProblem>,
    /// What makes it run in a browser.
    pub(crate) active: Option<ActiveContent>,
}

/// Looks at a file: at its first bytes, and through all of one that may hold a program.
pub(crate) fn facts(path: &Path) -> AssetFacts {
    AssetFacts { problem: problem(path), active: active(path) }
}

/// Looks at the first bytes of a file.
fn problem(path: &Path) -> Option<AssetProblem> {
    match head(path) {
        Ok(head) => judge(path, &head),
        Err(error) => Some(AssetProblem::Unreadable(error.to_string())),
    }
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn judge(path: &Path, head: &[u8]) -> Option<AssetProblem> {
    if POINTERS.iter().any(|pointer| head.starts_with(pointer.as_bytes())) {
        return Some(AssetProblem::Pointer);
    }
    let ending = path.extension()?.to_str()?;
    let (_, wanted) = BY_ENDING.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending))?;
    if head.is_empty() {
        return Some(AssetProblem::Empty);
    }
    let found = || KINDS.iter().find(|kind| (kind.is)(head)).map(|kind| kind.name);
    (!(wanted.is)(head)).then(|| AssetProblem::Mistyped { wanted: wanted.name, found: found() })
}

fn at(head: &[u8], start: usize, wanted: &[u8]) -> bool {
    head.get(start..).is_some_and(|rest| rest.starts_with(wanted))
}

/// The text that a file begins with, in small letters; empty for one in two bytes a letter.
fn text(head: &[u8]) -> String {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    text.trim_start_matches('\u{feff}').trim_start().to_owned()
}

fn is_web_page(head: &[u8]) -> bool {
    let text = text(head);
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

/// The root of a drawing may stand far behind its comments and definitions.
fn is_svg(head: &[u8]) -> bool {
    let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let text = text(head);
    is_wide
        || text.contains("<svg")
        || text.contains(":svg")
        || (head.len() == HEAD && text.starts_with('<') && !is_web_page(head))
}

impl AssetProblem {
    /// What is wrong, behind the file's name.
    pub(crate) fn message(&self) -> String {
        match self {
            AssetProblem::Pointer => "is only a pointer to a large-file store, not the file itself".to_owned(),
            AssetProblem::Empty => "is empty".to_owned(),
            AssetProblem::Mistyped { wanted, found: Some(found) } => format!("is {found}, not {wanted}"),
            AssetProblem::Mistyped { wanted, found: None } => format!("is not {wanted}"),
            AssetProblem::Unreadable(why) => format!("cannot be read: {why}"),
        }
    }

    /// What to do about it.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            AssetProblem::Pointer => "fetch the file before you build, for example with `git lfs pull`",
            AssetProblem::Empty | AssetProblem::Mistyped { found: None, .. } => "save the file again",
            AssetProblem::Mistyped { .. } => "save the file again, or rename it to say what it is",
            AssetProblem::Unreadable(_) => "make it readable",
        }
    }

    /// Whether browsers show it all the same: one kind of image under the name of another.
    pub(crate) fn is_shown(&self) -> bool {
        let is_image = |name: &str| name.ends_with("image");
        matches!(self, AssetProblem::Mistyped { wanted, found: Some(found) } if is_image(wanted) && is_image(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(name: &str, head: &[u8]) -> Option<String> {
        judge(Path::new(name), head).map(|problem| problem.message())
    }

    #[test]
    fn files_with_a_wrong_extension_are_reported() {
        for (name, head) in [
            ("a.png", &b"\x89PNG\r\n"[..]),
            ("a.JPG", b"\xff\xd8\xff\xe0"),
            ("a.svg", b"<?xml version=\"1.0\"?><!-- x --><svg/>"),
            ("a.svg", b"\xef\xbb\xbf<svg/>"),
            ("a.pdf", b"\n%PDF-1.7"),
            ("a.docx", b"PK\x03\x04"),
            ("a.txt", b""),
            ("a.csv", b"<html>"),
        ] {
            assert_eq!(message(name, head), None, "{name}");
        }
        for (name, head, expected) in [
            ("a.png", &b""[..], "is empty"),
            ("a.png", b" \n<!DOCTYPE HTML>", "is a web page, not a PNG image"),
            ("a.png", b"\xff\xd8\xff", "is a JPEG image, not a PNG image"),
            ("a.svg", b"<html><body>", "is a web page, not an SVG drawing"),
            ("a.pdf", b"hello", "is not a PDF file"),
            (
                "a.csv",
                b"version https://git-lfs.github.com/spec/v1\n",
                "is only a pointer to a large-file store, not the file itself",
            ),
        ] {
            assert_eq!(message(name, head).as_deref(), Some(expected), "{name}");
        }
    }
}
