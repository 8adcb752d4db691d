//! Print pages with several documents: each has its own page footers, links between documents lead to their place on
//! the page, and the headings of documents are below their titles.

use std::collections::HashMap;
use std::fmt::Write;

/// A document on a print page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::site) struct SheetDocument {
    /// The anchor on the page.
    pub(crate) anchor: String,
    /// The address of its own page, relative to the site's root.
    pub(crate) url: String,
    /// The text of its page footers.
    pub(crate) footer: String,
}

/// Tables that `print.css` puts on landscape pages.
const WIDE_TABLES: &str = ".table-wrap:is(.fit-3,.fit-4,.fit-5,:not([class*=fit-]):has(tr>:nth-child(12)))";

/// The documents of a print page; empty if a page is printed by itself.
#[derive(Clone, Debug, Default)]
pub(in crate::site) struct SheetIndex {
    documents: Vec<SheetDocument>,
    by_url: HashMap<String, usize>,
}

impl SheetIndex {
    /// The documents of a page, in order.
    pub(in crate::site) fn new(documents: Vec<SheetDocument>) -> SheetIndex {
        let by_url = documents.iter().enumerate().map(|(at, document)| (document.url.clone(), at)).collect();
        SheetIndex { documents, by_url }
    }

    /// The anchor on this page that corresponds to an address relative to the site's root.
    pub(super) fn anchor_of(&self, target: &str) -> Option<String> {
        let (url, fragment) = target.split_once('#').unwrap_or((target, ""));
        let anchor = &self.documents[*self.by_url.get(url)?].anchor;
        Some(if fragment.is_empty() { anchor.clone() } else { format!("{anchor}-{fragment}") })
    }

    /// Writes styles that give each document its page footers.
    pub(super) fn write_style(&self, out: &mut String) {
        if self.documents.is_empty() {
            return;
        }
        out.push_str("<style>");
        for SheetDocument { anchor, footer: foot, .. } in &self.documents {
            let mut content = String::new();
            write_css(&mut content, foot);
            let content = format!("@bottom-left{{content:\"{content}\"}}");
            let _ = write!(out, "@page {anchor}{{{content}}}#{anchor}{{page:{anchor}}}");
            let _ = write!(
                out,
                "@page {anchor}-wide{{size:A4 landscape;{content}}}#{anchor} {WIDE_TABLES}{{page:{anchor}-wide}}"
            );
        }
        out.push_str("</style>\n");
    }

    /// Creates a writer that moves headings in documents below the titles of the documents.
    pub(super) fn heading_levels(&self) -> HeadingLevels {
        HeadingLevels { applies: !self.documents.is_empty(), depth: 0 }
    }
}

/// Writes text into a CSS string within HTML.
fn write_css(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' => drop(write!(out, "\\{:x} ", u32::from(c))),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
}

/// Tracks whether a tag is inside the content of a document.
pub(super) struct HeadingLevels {
    applies: bool,
    /// The number of `div` elements open since the start of the content.
    depth: usize,
}

impl HeadingLevels {
    /// Writes a tag. Headings in the content are lowered by one level and keep their level as an attribute for the
    /// style sheet.
    pub(super) fn write(&mut self, out: &mut String, tag: &str) {
        if self.applies {
            self.track_depth(tag);
        }
        let level = parse_heading(tag).filter(|_| self.depth > 0);
        let Some((opens, level, rest)) = level else { return out.push_str(tag) };
        let lower = level.clamp(2, 5) + 1;
        let _ = match opens {
            true => write!(out, "<h{lower} data-level=\"{level}\"{rest}"),
            false => write!(out, "</h{lower}{rest}"),
        };
    }

    fn track_depth(&mut self, tag: &str) {
        if tag.starts_with("</div") {
            self.depth = self.depth.saturating_sub(1);
        } else if tag.starts_with("<div") && (self.depth > 0 || tag.starts_with("<div class=\"prose\"")) {
            self.depth += 1;
        }
    }
}

/// Whether a heading's tag opens it, its level, and the rest of the tag.
fn parse_heading(tag: &str) -> Option<(bool, u32, &str)> {
    let (opens, rest) = match tag.strip_prefix("</h") {
        Some(rest) => (false, rest),
        None => (true, tag.strip_prefix("<h")?),
    };
    let level = rest.chars().next()?.to_digit(10).filter(|level| (1..=6).contains(level))?;
    Some((opens, level, &rest[1..])).filter(|(_, _, rest)| rest.starts_with(['>', ' ']))
}

#[cfg(test)]
mod tests {
    use super::super::for_paper;
    use super::*;
    use crate::url::SitePath;

    fn printed(html: &str) -> String {
        let one = |anchor: &str, url: &str, foot: &str| SheetDocument {
            anchor: anchor.to_owned(),
            url: url.to_owned(),
            footer: foot.to_owned(),
        };
        let text = SheetIndex::new(vec![one("d1", "a/one.html", "POL-1 \"x\" </style>"), one("d2", "b.html", "POL-2")]);
        for_paper(html, &SitePath::parse("print/index.html").expect("a path"), None, &text)
    }

    #[test]
    fn links_between_documents_of_a_page_stay_on_it() {
        let html = "<a href=\"../a/one.html\">1</a><a href=\"../b.html#x-y\">2</a><a href=\"../c.html\">3</a>";
        assert_eq!(printed(html), "<a href=\"#d1\">1</a><a href=\"#d2-x-y\">2</a><a>3</a>");
    }

    #[test]
    fn each_document_has_its_feet() {
        let style = printed("<head></head>");
        let foot = "@bottom-left{content:\"POL-1 \\22 x\\22  \\3c /style\\3e \"}";
        let first =
            format!("@page d1{{{foot}}}#d1{{page:d1}}@page d1-wide{{size:A4 landscape;{foot}}}#d1 {WIDE_TABLES}");
        assert!(style.starts_with(&format!("<head><style>{first}{{page:d1-wide}}@page d2")), "{style}");
    }

    #[test]
    fn headings_of_texts_are_below_the_titles_of_documents() {
        let html = "<h2>Title</h2><div class=\"prose\"><div><h2 id=\"a\">A</h2></div><h6>F</h6><header></header></div><h3>After</h3>";
        let lower = "<h2>Title</h2><div class=\"prose\"><div><h3 data-level=\"2\" id=\"a\">A</h3></div>\
                     <h6 data-level=\"6\">F</h6><header></header></div><h3>After</h3>";
        assert_eq!(printed(html), lower);
    }
}
