//! Preparing pages for printing: without scripts, and with links that work on paper and in a PDF.

mod sheet;

use super::inspect::is_elsewhere;
use crate::html::{escape, pieces};
use crate::url::SitePath;

pub(super) use sheet::{SheetDocument, SheetIndex};

/// The HTML of a page, prepared for printing.
///
/// Without scripts, states remain those of the build's day. Links to documents in the same PDF lead to their place in
/// it, and other links to the portal's address. If that address is not known, these are no longer links: a link into
/// the temporary folder would be broken and reveal a path on this machine.
pub(super) fn for_paper(html: &str, page: &SitePath, base_url: Option<&str>, sheet: &SheetIndex) -> String {
    let mut out = String::with_capacity(html.len());
    let mut pieces = pieces(html);
    let mut levels = sheet.heading_levels();
    while let Some((text, tag)) = pieces.next() {
        out.push_str(text);
        if tag.starts_with("<script") {
            pieces.skip_past("</script>");
        } else if tag.starts_with("<a ") {
            write_link(&mut out, tag, page, base_url, sheet);
        } else if tag == "</head>" {
            sheet.write_style(&mut out);
            out.push_str(tag);
        } else {
            levels.write(&mut out, tag);
        }
    }
    out
}

/// Writes the opening tag of a link.
fn write_link(out: &mut String, tag: &str, page: &SitePath, base_url: Option<&str>, printed: &SheetIndex) {
    let parts = tag.split_once(" href=\"").and_then(|(before, rest)| Some((before, rest.split_once('"')?)));
    let Some((before, (target, after))) = parts.filter(|(_, (target, _))| leads_to_other_page(target)) else {
        return out.push_str(tag);
    };
    out.push_str(before);
    let target = root_relative(page, target);
    if let Some(anchor) = printed.anchor_of(&target) {
        out.push_str(" href=\"#");
        out.push_str(&anchor);
        out.push('"');
    } else if let Some(base) = base_url {
        out.push_str(" href=\"");
        escape(out, base.trim_end_matches('/'));
        out.push('/');
        out.push_str(&target);
        out.push('"');
    }
    out.push_str(after);
}

/// Whether an address is relative and leads to another page.
pub(super) fn leads_to_other_page(target: &str) -> bool {
    !is_elsewhere(target) && !target.starts_with(['#', '/'])
}

/// Resolves a relative address, relative to the site's root.
pub(super) fn root_relative(page: &SitePath, target: &str) -> String {
    let mut names: Vec<&str> = page.folder().split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(html: &str, base: Option<&str>) -> String {
        for_paper(html, &SitePath::parse("a/b/page.html").expect("a path"), base, &SheetIndex::default())
    }

    #[test]
    fn links_lead_to_the_portal_or_nowhere() {
        let html = "<a class=\"x\" href=\"../c/d.html#e\" rel=\"y\">d</a> <a href=\"f.html\">f</a>";
        assert_eq!(
            printed(html, Some("https://h.example/sms")),
            "<a class=\"x\" href=\"https://h.example/sms/a/c/d.html#e\" rel=\"y\">d</a> \
             <a href=\"https://h.example/sms/a/b/f.html\">f</a>"
        );
        assert_eq!(printed(html, None), "<a class=\"x\" rel=\"y\">d</a> <a>f</a>");
    }

    #[test]
    fn links_elsewhere_and_within_the_page_stay() {
        for html in [
            "<a href=\"#x\">x</a>",
            "<a href=\"https://e.example/?a=b\">x</a>",
            "<a href=\"mailto:a@b\">x</a>",
            "<a id=\"x\">x</a>",
            "<link rel=\"stylesheet\" href=\"../s.css\"><p title='a > b'>1 &lt; 2</p><a",
        ] {
            assert_eq!(printed(html, None), html);
        }
    }

    #[test]
    fn scripts_are_removed() {
        let html = "<head><script defer src=\"a.js\"></script>\n<script>if (a < b) {}</script></head>x<script>";
        assert_eq!(printed(html, None), "<head>\n</head>x");
    }
}
