//! Checks the content of images and attachments, as far as their first bytes reveal it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::active::{ActiveContent, detect_active};
use super::stand_in::{StandIn, detect_stand_in};

/// Why readers cannot use an image or attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AssetProblem {
    /// A stand-in has taken the place of the file.
    StandIn(StandIn),
    /// The file is empty.
    Empty,
    /// The end of the file is missing.
    Truncated,
    /// The content does not match the extension.
    WrongType {
        /// The type according to the extension, such as `a PNG image`.
        expected: &'static str,
        /// The actual type, if it is known.
        actual: Option<&'static str>,
    },
    /// The operating system refuses to read it.
    Unreadable(String),
}

/// Number of bytes examined at the start and at the end.
const HEAD: usize = 4096;

/// A type of file.
struct FileType {
    name: &'static str,
    matches: fn(&[u8]) -> bool,
}

const PNG: FileType = FileType { name: "a PNG image", matches: |head| head.starts_with(b"\x89PNG") };
const JPEG: FileType = FileType { name: "a JPEG image", matches: |head| head.starts_with(b"\xff\xd8\xff") };
const GIF: FileType = FileType { name: "a GIF image", matches: |head| head.starts_with(b"GIF8") };
const WEBP: FileType =
    FileType { name: "a WebP image", matches: |head| head.starts_with(b"RIFF") && at(head, 8, b"WEBP") };
const AVIF: FileType = FileType {
    name: "an AVIF image",
    matches: |head| at(head, 4, b"ftyp") && (at(head, 8, b"avi") || at(head, 8, b"mif1")),
};
const BMP: FileType = FileType { name: "a BMP image", matches: |head| head.starts_with(b"BM") };
const ICO: FileType = FileType {
    name: "an ICO image",
    matches: |head| head.starts_with(b"\0\0\x01\0") || head.starts_with(b"\0\0\x02\0"),
};
const SVG: FileType = FileType { name: "an SVG drawing", matches: is_svg };
const PDF: FileType = FileType { name: "a PDF file", matches: |head| head.windows(5).any(|window| window == b"%PDF-") };
const OFFICE: FileType = FileType {
    name: "an Office document",
    matches: |head| head.starts_with(b"PK") || head.starts_with(b"\xd0\xcf\x11\xe0"),
};
const ZIP: FileType = FileType { name: "a ZIP archive", matches: |head| head.starts_with(b"PK") };
const WEB_PAGE: FileType = FileType { name: "a web page", matches: is_web_page };
/// Types that programs write in many variants; only a web page, such as a sign-in form, is ruled out.
const OLD_OFFICE: FileType = FileType { name: "an older Office document", matches: is_not_web_page };
const TABLE: FileType = FileType { name: "a table", matches: is_not_web_page };
const CALENDAR: FileType = FileType { name: "a calendar", matches: is_not_web_page };
const MEDIA: FileType = FileType { name: "a video or a sound", matches: is_not_web_page };
const ARCHIVE: FileType = FileType { name: "an archive", matches: is_not_web_page };
const SCAN: FileType = FileType { name: "a scan or a photo", matches: is_not_web_page };

/// File extensions and the types that they stand for.
const TYPES_BY_EXTENSION: [(&[&str], &FileType); 19] = [
    (&["png", "apng"], &PNG),
    (&["jpg", "jpeg", "jfif", "pjpeg", "pjp"], &JPEG),
    (&["gif"], &GIF),
    (&["webp"], &WEBP),
    (&["avif"], &AVIF),
    (&["bmp"], &BMP),
    (&["ico", "cur"], &ICO),
    (&["svg"], &SVG),
    (&["pdf"], &PDF),
    (
        &[
            "docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "pptx", "pptm", "potx", "odt", "ods", "odp", "odg",
            "ott", "vsdx",
        ],
        &OFFICE,
    ),
    (&["zip"], &ZIP),
    (&["doc", "dot", "xls", "ppt", "pps", "rtf", "vsd", "mpp"], &OLD_OFFICE),
    (&["csv", "tsv"], &TABLE),
    (&["ics"], &CALENDAR),
    (&["mp4", "m4v", "mov", "webm", "avi", "mkv"], &MEDIA),
    (&["mp3", "m4a", "ogg", "wav", "flac"], &MEDIA),
    (&["7z", "rar", "gz", "tgz", "tar", "xz"], &ARCHIVE),
    (&["tif", "tiff", "heic", "heif", "psd"], &SCAN),
    (&["emf", "wmf", "eps"], &SCAN),
];

/// Types that a file with another extension may turn out to have.
const DETECTED_TYPES: [&FileType; 10] = [&PNG, &JPEG, &GIF, &WEBP, &AVIF, &PDF, &OFFICE, &WEB_PAGE, &SVG, &BMP];

/// The type according to a file's extension.
fn type_from_extension(path: &str) -> Option<&'static FileType> {
    let (_, ending) = path.rsplit_once('.')?;
    let has_extension = |endings: &[&str]| endings.iter().any(|extension| extension.eq_ignore_ascii_case(ending));
    TYPES_BY_EXTENSION.iter().find(|(endings, _)| has_extension(endings)).map(|(_, kind)| *kind)
}

/// Whether a file's extension identifies its type, so that it cannot be a document.
pub(super) fn has_known_type(path: &str) -> bool {
    type_from_extension(path).is_some()
}

/// Whether a file is a picture that browsers show, judging by its extension.
pub(crate) fn is_picture(path: &str) -> bool {
    type_from_extension(path).is_some_and(|kind| kind.name.ends_with("image") || kind.name.ends_with("drawing"))
}

/// The facts about an image or attachment other than its path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AssetFacts {
    /// The problem that keeps readers from using it, if any.
    pub(crate) problem: Option<AssetProblem>,
    /// Why a browser would execute it, if it would.
    pub(crate) active: Option<ActiveContent>,
}

/// Examines a file: its first bytes, and the whole of a file that may contain a program.
pub(crate) fn inspect(path: &Path) -> AssetFacts {
    AssetFacts { problem: problem(path), active: detect_active(path) }
}

/// Examines the first bytes of a file, and the last ones of a file that needs a proper end.
fn problem(path: &Path) -> Option<AssetProblem> {
    match read_ends(path) {
        Ok((head, tail)) => find_problem(path, &head, &tail),
        Err(error) => Some(AssetProblem::Unreadable(error.to_string())),
    }
}

/// The first and the last bytes of a file; for a small one, both are the whole of it.
fn read_ends(path: &Path) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut file = File::open(path)?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let is_drawing = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    if head.len() < HEAD || !is_drawing {
        return Ok((head.clone(), head));
    }
    let end = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(end.saturating_sub(HEAD as u64)))?;
    let mut tail = Vec::with_capacity(HEAD);
    file.take(HEAD as u64).read_to_end(&mut tail)?;
    Ok((head, tail))
}

fn find_problem(path: &Path, head: &[u8], tail: &[u8]) -> Option<AssetProblem> {
    if let Some(stand_in) = detect_stand_in(head) {
        return Some(AssetProblem::StandIn(stand_in));
    }
    if head.is_empty() {
        return Some(AssetProblem::Empty);
    }
    let expected = type_from_extension(path.file_name()?.to_str()?)?;
    if (expected.matches)(head) {
        return is_truncated(expected, head, tail).then_some(AssetProblem::Truncated);
    }
    let actual = DETECTED_TYPES.iter().find(|kind| (kind.matches)(head)).map(|kind| kind.name);
    Some(AssetProblem::WrongType { expected: expected.name, actual })
}

/// Whether a picture ends before a browser can show any of it.
fn is_truncated(kind: &FileType, head: &[u8], tail: &[u8]) -> bool {
    match kind.name {
        // The signature and the first chunk, which contains the dimensions.
        name if name == PNG.name => head.len() < 33 && !at(head, 12, b"IHDR"),
        name if name == GIF.name => head.len() < 13,
        name if name == SVG.name => !is_utf16(head) && !is_ended(head, tail),
        _ => false,
    }
}

/// Whether a drawing has its closing tag or does not need one.
fn is_ended(head: &[u8], tail: &[u8]) -> bool {
    let tail = text(tail);
    let is_closed = tail.rmatch_indices("</").any(|(at, _)| {
        let name = tail[at + 2..].split(['>', ' ', '\n', '\t', '\r']).next().unwrap_or_default();
        name == "svg" || name.ends_with(":svg")
    });
    // An empty drawing may be a self-closing tag.
    let text = text(head);
    let root = text.find("<svg").or_else(|| text.find(":svg")).and_then(|at| text.get(at..));
    is_closed || root.is_some_and(|root| root.find('>').is_some_and(|end| root[..end].ends_with('/')))
}

fn at(head: &[u8], start: usize, signature: &[u8]) -> bool {
    head.get(start..).is_some_and(|rest| rest.starts_with(signature))
}

/// The decoded start of a file in lower case, without byte order mark and leading white space.
fn text(head: &[u8]) -> String {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    text.trim_start_matches('\u{feff}').trim_start().to_owned()
}

fn is_web_page(head: &[u8]) -> bool {
    let text = text(head);
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

fn is_not_web_page(head: &[u8]) -> bool {
    !is_web_page(head)
}

/// Whether a text is encoded with two bytes per character.
fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff")
}

/// The root element of a drawing may come long after its comments and definitions.
fn is_svg(head: &[u8]) -> bool {
    let text = text(head);
    let has_root = || text.contains("<svg") || text.contains(":svg");
    is_utf16(head) || text.starts_with('<') && (has_root() || head.len() == HEAD && !is_web_page(head))
}

impl AssetProblem {
    /// The problem, as a predicate that follows the file's name.
    pub(crate) fn message(&self) -> String {
        match self {
            AssetProblem::StandIn(found) => found.message().to_owned(),
            AssetProblem::Empty => "is empty".to_owned(),
            AssetProblem::Truncated => "is cut off: its end is missing".to_owned(),
            AssetProblem::WrongType { expected, actual: Some(actual) } => format!("is {actual}, not {expected}"),
            AssetProblem::WrongType { expected, actual: None } => format!("is not {expected}"),
            AssetProblem::Unreadable(why) => format!("cannot be read: {why}"),
        }
    }

    /// How to fix the problem.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            AssetProblem::StandIn(found) => found.help(),
            AssetProblem::Empty | AssetProblem::Truncated | AssetProblem::WrongType { actual: None, .. } => {
                "save the file again"
            }
            AssetProblem::WrongType { .. } => "save the file again, or rename it to say what it is",
            AssetProblem::Unreadable(_) => "make it readable",
        }
    }

    /// Whether programs show the file anyway: an image with the extension of another image type, or a web page that a
    /// program saved as an older Office document.
    pub(crate) fn is_shown(&self) -> bool {
        let is_image = |name: &str| name.ends_with("image");
        match self {
            AssetProblem::WrongType { expected, actual: Some(actual) } => {
                is_image(expected) && is_image(actual) || *expected == OLD_OFFICE.name
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(name: &str, head: &[u8]) -> Option<String> {
        find_problem(Path::new(name), head, head).map(|problem| problem.message())
    }

    #[test]
    fn files_with_a_wrong_extension_are_reported() {
        for (name, head) in [
            ("a.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]),
            ("a.JPG", b"\xff\xd8\xff\xe0"),
            ("a.svg", b"<?xml version=\"1.0\"?><!-- x --><svg/>"),
            ("a.svg", b"\xef\xbb\xbf<svg/>"),
            ("a.pdf", b"\n%PDF-1.7"),
            ("a.docx", b"PK\x03\x04"),
            ("a.txt", b"<html>"),
            ("a.csv", b"a;b"),
            ("a.svg", b"<svg viewBox='0 0 1 1'/>\n<!-- x -->"),
            ("a.svg", b"<!-- x --><x:svg xmlns:x=''><x:g/></x:svg >"),
            ("a.svg", b"\xff\xfe<"),
        ] {
            assert_eq!(message(name, head), None, "{name}");
        }
        for (name, head, expected) in [
            ("a.png", &b""[..], "is empty"),
            ("a.png", b" \n<!DOCTYPE HTML>", "is a web page, not a PNG image"),
            ("a.png", b"\xff\xd8\xff", "is a JPEG image, not a PNG image"),
            ("a.svg", b"<html><body>", "is a web page, not an SVG drawing"),
            ("a.pdf", b"hello", "is not a PDF file"),
            ("a.csv", b"", "is empty"),
            ("notes", b"", "is empty"),
            ("a.csv", b"<html>", "is a web page, not a table"),
            ("a.doc", b"<!doctype html>", "is a web page, not an older Office document"),
            ("a.png", b"\x89PNG\r\n\x1a\n", "is cut off: its end is missing"),
            ("a.gif", b"GIF8", "is cut off: its end is missing"),
            ("a.svg", b"<svg viewBox=\"0 0 9 9\"><path d=\"M0", "is cut off: its end is missing"),
            ("a.svg", b"<svg><path/><g>", "is cut off: its end is missing"),
            ("a.svg", b"This is an error of <svg", "is not an SVG drawing"),
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
