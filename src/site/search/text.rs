//! The sections of a document: its introduction, one for each heading, and one for each term that it defines.

use crate::markdown::{Body, CodeBlock, Heading, Link, Term};

/// A section of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    /// The anchor of its heading; empty for the introduction.
    pub(crate) anchor: &'a str,
    /// The heading; empty for the introduction.
    pub(crate) heading: &'a str,
    /// Whether its heading is a term defined by its text.
    pub(crate) is_term: bool,
    /// The text up to the next heading, one line per block.
    pub(crate) text: &'a str,
    /// The code blocks.
    pub(crate) code: &'a [CodeBlock],
    /// The links and images.
    pub(crate) links: &'a [Link],
}

impl<'a> Section<'a> {
    /// The only section of a page with plain text.
    pub(super) fn from_text(text: &'a str) -> Section<'a> {
        Section { anchor: "", heading: "", is_term: false, text, code: &[], links: &[] }
    }

    fn from_term(term: &'a Term) -> Section<'a> {
        Section { anchor: &term.id, heading: &term.term, is_term: true, ..Section::from_text(&term.definition) }
    }

    /// The alternative texts and captions of its images, and the titles of external links.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &'a str> {
        let link_texts = |link: &'a Link| match link.is_image() {
            true => [&*link.text, &*link.title],
            // A link within the site may lead to withheld content, in which case it is not shown as a link.
            false if link.target.contains("://") => ["", &*link.title],
            false => ["", ""],
        };
        self.links.iter().flat_map(link_texts).filter(|text| !text.is_empty())
    }
}

/// The number of sections.
pub(super) fn count(body: &Body) -> u32 {
    u32::try_from(body.headings.len() + body.terms.len()).unwrap_or(u32::MAX - 1) + 1
}

/// The numbers of the sections that define terms.
pub(super) fn terms(body: &Body) -> std::ops::Range<u32> {
    let end = count(body);
    end.saturating_sub(u32::try_from(body.terms.len()).unwrap_or(u32::MAX))..end
}

/// The section with a number; `words` is the text of the body.
pub(super) fn section<'a>(body: &'a Body, words: &'a str, number: u32) -> Section<'a> {
    let number = number as usize;
    let term = number.checked_sub(body.headings.len() + 1).and_then(|at| body.terms.get(at));
    if let Some(term) = term {
        return Section::from_term(term);
    }
    let own_heading = number.checked_sub(1).and_then(|at| body.headings.get(at));
    let next = body.headings.get(number);
    Section {
        anchor: own_heading.map_or("", |heading| &heading.id),
        heading: own_heading.map_or("", |heading| &heading.text),
        is_term: false,
        text: text(body, words, own_heading, next),
        code: between(&body.code, own_heading, next, |code| code.span.start),
        links: between(&body.links, own_heading, next, |link| link.span.start),
    }
}

fn text<'a>(body: &Body, words: &'a str, own_heading: Option<&Heading>, next: Option<&Heading>) -> &'a str {
    let start = own_heading.map_or(0, |heading| heading.text_start as usize);
    let end = next.map_or(words.len(), |heading| heading.text_start as usize);
    let text = words.get(start..end).unwrap_or_default().trim_end();
    // The text of the next heading belongs to the section that it starts.
    let text = next.and_then(|next| text.strip_suffix(next.text.as_str())).unwrap_or(text).trim_end();
    without_terms(&body.terms, text, start)
}

/// Removes the terms at the end of a text, which are separate sections; `from` is its position in the body's text.
fn without_terms<'a>(terms: &[Term], text: &'a str, from: usize) -> &'a str {
    let start_of = |term: &Term| (term.text.start as usize).checked_sub(from);
    let before_end = terms.partition_point(|term| (term.text.start as usize) < from + text.len());
    let mut text = text;
    for term in terms[..before_end].iter().rev() {
        let is_last = term.text.end as usize >= from + text.len();
        match start_of(term).filter(|_| is_last).and_then(|start| text.get(..start)) {
            Some(before) => text = before.trim_end(),
            None => break,
        }
    }
    text
}

/// The items between two headings, from a list in document order.
fn between<'a, T>(
    all: &'a [T],
    own_heading: Option<&Heading>,
    next: Option<&Heading>,
    start_of: impl Fn(&T) -> u32,
) -> &'a [T] {
    let before = |heading: &Heading| all.partition_point(|item| start_of(item) < heading.span.start);
    let start = own_heading.map_or(0, before);
    let end = next.map_or(all.len(), before);
    all.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{ParsedText, parse};
    use crate::place::SourceText;

    fn read(source: &str) -> (Body, String) {
        let ParsedText { body, words } = parse(&SourceText::new("content/x.md", source), 0);
        (body, words.text)
    }

    #[test]
    fn each_section_has_its_own_words_and_code() {
        let source = "Before.\n\n```\nfirst\n```\n\n## One\n\nWords of one.\n\n### Empty\n\n## Two\n\nTwo Two\n\n```\nsecond\n```\n";
        let (body, words) = read(source);
        let list: Vec<Section<'_>> = (0..count(&body)).map(|number| section(&body, &words, number)).collect();
        let told: Vec<_> = list.iter().map(|one| (one.heading, one.text, one.code.len())).collect();
        assert_eq!(told, [("", "Before.", 1), ("One", "Words of one.", 0), ("Empty", "", 0), ("Two", "Two Two", 1)]);
    }

    #[test]
    fn each_term_has_a_section_behind_those_of_headings() {
        let source = "![A map](a.png)\n\n## Terms\n\nKnow them.\n\n![A rack](b.png \"Behind it\") [x](y.md \"Inside\")\n\nCAB\n: The board.\n\nRTO\n: The time.\n";
        let (body, words) = read(source);
        let list: Vec<Section<'_>> = (0..count(&body)).map(|number| section(&body, &words, number)).collect();
        let told: Vec<_> = list.iter().map(|one| (one.heading, one.is_term, one.alternatives().count())).collect();
        assert_eq!(told, [("", false, 1), ("Terms", false, 2), ("CAB", true, 0), ("RTO", true, 0)]);
        assert_eq!(list[1].text, "Know them.\n x");
        assert_eq!((terms(&body), list[2].text, list[3].anchor), (2..4, "The board.", &*body.terms[1].id));
    }

    #[test]
    fn text_between_terms_stays_in_its_section() {
        let source = "## Terms\n\nCAB\n: The board.\n\nThese follow.\n\nRTO\n: The\n  time.\n\n  In hours.\n\nRPO\n: The loss.\n\n## Next\n";
        let (body, words) = read(source);
        assert_eq!(section(&body, &words, 1).text, "CAB\nThe board.\nThese follow.");
        assert_eq!(section(&body, &words, 4).text, "The time. In hours.");
    }
}
