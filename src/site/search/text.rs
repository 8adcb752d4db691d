//! The sections of a text: its beginning, and one for each heading.

use crate::markdown::{Body, CodeBlock, Heading};

/// A section as a result shows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    /// The anchor of its heading; empty for the beginning.
    pub(crate) anchor: &'a str,
    /// Its heading; empty for the beginning.
    pub(crate) heading: &'a str,
    /// Its running text up to the next heading, one line a block.
    pub(crate) text: &'a str,
    /// Its blocks of code.
    pub(crate) code: &'a [CodeBlock],
}

impl<'a> Section<'a> {
    /// The only section of a page that is a plain text.
    pub(super) fn plain(text: &'a str) -> Section<'a> {
        Section { anchor: "", heading: "", text, code: &[] }
    }
}

/// How many sections a text has.
pub(super) fn count(body: &Body) -> u32 {
    u32::try_from(body.headings.len()).unwrap_or(u32::MAX - 1) + 1
}

/// A section by its number.
pub(super) fn section(body: &Body, number: u32) -> Section<'_> {
    let number = number as usize;
    let own = number.checked_sub(1).and_then(|at| body.headings.get(at));
    let next = body.headings.get(number);
    Section {
        anchor: own.map_or("", |heading| &heading.id),
        heading: own.map_or("", |heading| &heading.text),
        text: text(body, own, next),
        code: code(body, own, next),
    }
}

fn text<'a>(body: &'a Body, own: Option<&Heading>, next: Option<&Heading>) -> &'a str {
    let start = own.map_or(0, |heading| heading.text_start as usize);
    let Some(next) = next else { return body.text.get(start..).unwrap_or_default().trim_end() };
    let text = body.text.get(start..next.text_start as usize).unwrap_or_default().trim_end();
    // The next heading's own line belongs to the section that it opens.
    text.strip_suffix(next.text.as_str()).unwrap_or(text).trim_end()
}

fn code<'a>(body: &'a Body, own: Option<&Heading>, next: Option<&Heading>) -> &'a [CodeBlock] {
    let before = |heading: &Heading| body.code.partition_point(|code| code.span.start < heading.span.start);
    let start = own.map_or(0, before);
    let end = next.map_or(body.code.len(), before);
    body.code.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_section_has_its_own_words_and_code() {
        let source = "Before.\n\n```\nfirst\n```\n\n## One\n\nWords of one.\n\n### Empty\n\n## Two\n\nTwo Two\n\n```\nsecond\n```\n";
        let body = crate::markdown::parse(&crate::place::SourceText::new("content/x.md", source), 0);
        let list: Vec<Section<'_>> = (0..count(&body)).map(|number| section(&body, number)).collect();
        let told: Vec<_> = list.iter().map(|one| (one.heading, one.text, one.code.len())).collect();
        assert_eq!(told, [("", "Before.", 1), ("One", "Words of one.", 0), ("Empty", "", 0), ("Two", "Two Two", 1)]);
    }
}
