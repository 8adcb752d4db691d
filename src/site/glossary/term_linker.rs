//! Finding glossary terms in rendered HTML.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::forms::{Forms, first_word};
use crate::html::{escape, pieces};
use crate::site::skipped_element::SkippedElement;

/// Elements in which terms are not linked.
const SKIPPED_ELEMENTS: &[&str] = &[
    "a", "abbr", "button", "caption", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp",
    "summary", "svg", "th", "var",
];

/// The maximum length of an entity in rendered HTML.
const MAX_ENTITY_BYTES: usize = 10;

/// Returns the HTML with a link at the first use of each term; `link` returns the address of a term.
pub(super) fn link_terms<'a>(html: &str, forms: &Forms, link: &dyn Fn(u32) -> Cow<'a, str>) -> String {
    let out = String::with_capacity(html.len() + 1024);
    let mut marker = TermLinker { forms, link, out, linked: BTreeSet::new() };
    let mut skipped = SkippedElement::new(SKIPPED_ELEMENTS);
    for (text, tag) in pieces(html) {
        if skipped.is_open() {
            marker.out.push_str(text)
        } else {
            marker.push_text(text)
        }
        marker.out.push_str(tag);
        skipped.advance(tag);
    }
    marker.out
}

struct TermLinker<'a, 'l> {
    forms: &'a Forms,
    link: &'a dyn Fn(u32) -> Cow<'l, str>,
    out: String,
    linked: BTreeSet<u32>,
}

impl TermLinker<'_, '_> {
    /// Appends the text between two tags.
    fn push_text(&mut self, text: &str) {
        let (mut at, mut last_end) = (0, 0);
        while let Some((start, word)) = next_word(text, at) {
            at = start + word.len();
            let Some((length, term)) = self.forms.longest_match(&text[start..], word) else { continue };
            if !begins_word(&text[..start]) {
                continue;
            }
            // Words of a longer term are not linked separately.
            at = start + length;
            if self.linked.insert(term) {
                self.out.push_str(&text[last_end..start]);
                self.push_term(&text[start..at], term);
                last_end = at;
            }
        }
        self.out.push_str(&text[last_end..]);
    }

    fn push_term(&mut self, words: &str, term: u32) {
        self.out.push_str("<a class=\"term\" href=\"");
        escape(&mut self.out, &(self.link)(term));
        self.out.push_str("\">");
        self.out.push_str(words);
        self.out.push_str("</a>");
    }
}

/// The next word of a text and its position; entities are skipped.
fn next_word(text: &str, from: usize) -> Option<(usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let is_more = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || *byte == b'&';
        at += bytes[at..].iter().position(is_more)?;
        if bytes[at] == b'&' {
            let entity = bytes[at..].iter().take(MAX_ENTITY_BYTES).position(|byte| *byte == b';');
            at += entity.map_or(1, |end| end + 1);
            continue;
        }
        match first_word(&text[at..]) {
            "" => at += text[at..].chars().next()?.len_utf8(),
            word => return Some((at, word)),
        }
    }
}

/// Whether a word starts after `before`; it does not in `pre-incident`, `x.incident` or `#incident`.
fn begins_word(before: &str) -> bool {
    !before.ends_with(['-', '.', '@', '_', '#', '~', '\\', '\u{2010}', '\u{2011}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str) -> String {
        let mut forms = Forms::default();
        for (number, term) in (0..).zip(["incident", "major incident", "SLA", "amp", "R&D"]) {
            forms.add(term, "en", number);
        }
        forms.sort_forms();
        let link = |number: u32| format!("g.html#t{number}").into();
        link_terms(html, &forms, &link).replace("<a class=\"term\" href=\"g.html#", "[").replace("</a>", "]")
    }

    #[test]
    fn the_first_use_of_each_term_is_a_link() {
        assert_eq!(
            marked("<p>An incident, the SLA.</p>\n<p>Incidents; SLAs.</p>"),
            "<p>An [t0\">incident], the [t2\">SLA].</p>\n<p>Incidents; SLAs.</p>"
        );
    }

    #[test]
    fn a_longer_term_is_not_taken_apart() {
        let text = "<p>Major incidents and a major incident; then an incident.</p>";
        let expected = "<p>[t1\">Major incidents] and a major incident; then an [t0\">incident].</p>";
        assert_eq!(marked(text), expected);
    }

    #[test]
    fn headings_links_and_code_are_left_alone() {
        for html in [
            "<h2 id=\"x\">Incident <em>SLA</em></h2>",
            "<a href=\"x\" title=\"a > b\">incident</a>",
            "<pre><code>incident</code> SLA</pre>",
            "<p class=\"alert-title\">Incident</p>",
            "<table><tr><th>SLA</th></tr></table>",
            "<dl><dt>incident</dt></dl>",
            "<img alt=\"an incident\" title='SLA > x'>",
            "<p>&amp; pre-incident incident-free x.incident</p>",
            "<a href=\"x\"><span>incident</span>",
        ] {
            assert_eq!(marked(html), html.replace("</a>", "]"));
        }
        assert_eq!(marked("<code>SLA</code> SLA"), "<code>SLA</code> [t2\">SLA]");
        assert_eq!(marked("R&amp;D and R&lt;D"), "[t4\">R&amp;D] and R&lt;D");
    }

    #[test]
    fn nothing_but_links_is_added_whatever_the_html() {
        use proptest::prelude::*;
        let part = prop_oneof![
            "[a-z &;<>\"'/=-]{0,8}",
            Just("<b>incident</b>".to_owned()),
            Just("SLA ".to_owned()),
            Just("<code>".to_owned()),
            "\\PC{0,4}"
        ];
        proptest!(|(parts in prop::collection::vec(part, 0..12))| {
            let html = parts.concat().replace("class=", "");
            let mut forms = Forms::default();
            forms.add("incident", "en", 0);
            forms.add("SLA", "en", 1);
            forms.sort_forms();
            let out = link_terms(&html, &forms, &|_| "#".into());
            let opened = out.matches("<a class=\"term\" href=\"#\">").count();
            prop_assert!(opened <= 2);
            let mut stripped = out;
            for _ in 0..opened {
                let Some((before, after)) = stripped.split_once("<a class=\"term\" href=\"#\">") else { break };
                let (words, after) = after.split_once("</a>").expect("it is closed");
                stripped = format!("{before}{words}{after}");
            }
            prop_assert_eq!(stripped, html);
        });
    }
}
