//! Attachments that a browser would execute: programs, and pages and drawings that contain any.

use std::fs::File;
use std::io::Read;
use std::path::Path;

mod xml;

/// Why an attachment would be executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActiveContent {
    /// A web page: a browser would treat it as one of the portal's own pages, whatever it contains.
    WebPage,
    /// A program.
    Program,
    /// A drawing or other XML that contains or loads a program.
    Scripted,
    /// It is compressed or encoded, so that nobody can tell whether it contains a program.
    Unreadable,
}

/// File extensions of content that is always active.
const ACTIVE_EXTENSIONS: &[(&str, ActiveContent)] = &[
    ("html", ActiveContent::WebPage),
    ("htm", ActiveContent::WebPage),
    ("shtml", ActiveContent::WebPage),
    ("xhtml", ActiveContent::WebPage),
    ("xht", ActiveContent::WebPage),
    ("mht", ActiveContent::WebPage),
    ("mhtml", ActiveContent::WebPage),
    ("hta", ActiveContent::WebPage),
    ("js", ActiveContent::Program),
    ("mjs", ActiveContent::Program),
    ("cjs", ActiveContent::Program),
    ("wasm", ActiveContent::Program),
    ("svgz", ActiveContent::Unreadable),
];
/// File extensions of content that may contain a program: browsers draw it and run any scripts in it.
const XML_EXTENSIONS: &[&str] = &["svg", "xml", "xsl", "xslt", "xbl", "rdf", "mml", "atom", "rss"];
/// Maximum size of a drawing that is inspected, in bytes.
const MAX_DRAWING_BYTES: u64 = 8 * 1024 * 1024;

impl ActiveContent {
    /// A description that follows the name of the file, as in "`x.svg` …".
    pub(crate) fn message(self) -> &'static str {
        match self {
            ActiveContent::WebPage => "is a web page, and runs as one of the portal's own",
            ActiveContent::Program => "is a program that a browser can run",
            ActiveContent::Scripted => "contains a program, or loads one",
            ActiveContent::Unreadable => "may contain a program: it cannot be inspected",
        }
    }
}

/// Whether and why a browser would execute a file, judging by its extension and, if that is not enough, by its content.
pub(crate) fn detect_active(path: &Path) -> Option<ActiveContent> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    if let Some((_, content)) = ACTIVE_EXTENSIONS.iter().find(|(extension, _)| *extension == ending) {
        return Some(*content);
    }
    if !XML_EXTENSIONS.contains(&ending.as_str()) {
        return None;
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_DRAWING_BYTES + 1).read_to_end(&mut bytes));
    match String::from_utf8(bytes) {
        Ok(text) if read.is_ok() && text.len() as u64 <= MAX_DRAWING_BYTES && !text.contains('\0') => {
            // Comments are searched, too: what merely looks like one may be parsed as something else.
            xml::has_active_content(text.as_bytes()).then_some(ActiveContent::Scripted)
        }
        _ => Some(ActiveContent::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, bytes: &[u8]) -> Option<ActiveContent> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        detect_active(&path)
    }

    #[test]
    fn active_content_is_distinguished_from_passive() {
        let svg = |body: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{body}</svg>").into_bytes();
        for body in [
            "<script>alert(1)</script>",
            "<svg:script href='x.js'/>",
            "<g onload=\"a()\"/>",
            "<rect\nonclick = 'a()'/>",
            "<a href=\"javascript:a()\"><text>x</text></a>",
            "<a xlink:href=\"&#106;avascript:a()\"/>",
            "<a href=' data:text/html,x'/>",
            "<foreignObject><p/></foreignObject>",
            "<animate attributeName=\"href\" values=\"x\"/>",
            "<set attributeName='onload' to='a()'/>",
            "<style>@import url(//x)</style>",
        ] {
            assert_eq!(of("a.SVG", &svg(body)), Some(ActiveContent::Scripted), "{body}");
        }
        assert_eq!(of("a.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"), Some(ActiveContent::Scripted));
        assert_eq!(of("a.xml", b"<?xml-stylesheet href='x.xsl'?><a/>"), Some(ActiveContent::Scripted));
        assert_eq!(of("a.svg", b"\xff\xfe<\0s\0v\0g\0"), Some(ActiveContent::Unreadable));
        assert_eq!(of("a.svgz", b""), Some(ActiveContent::Unreadable));
        assert_eq!(of("a.Html", b""), Some(ActiveContent::WebPage));
        assert_eq!(of("a.mjs", b""), Some(ActiveContent::Program));
        for body in ["<path d=\"M0 0\"/>", "<a href=\"#b\"/>", "<text>script on=off</text>", "<image href='a.png'/>"] {
            assert_eq!(of("a.svg", &svg(body)), None, "{body}");
        }
        assert_eq!(of("a.pdf", b"<script>"), None);
        assert_eq!(of("script", b"<script>"), None);
    }
}
