//! Footnotes, which are collected while the text is read and written after it.

use std::mem;

use super::anchor::Anchors;
use super::body::{Fill, Footnote, Phrase};
use super::digest::Mark;
use super::raw::ContentModel;
use super::reader::Reader;
use super::stream::Stream;
use crate::place::Span;
use crate::text::is_blank;

impl Reader<'_> {
    /// Writes the number of a footnote where it is referenced.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        self.close_tags_before_text();
        let (number, times) = self.footnotes.add_reference(label);
        self.out.content.inline(Mark::Footnote);
        self.out.content.argument(&number.to_string());
        if self.links.is_empty() {
            self.out.push_markup("<sup class=\"footnote-ref\"><a href=\"#");
            self.out.push_anchor(&format!("fn:{number}"));
            self.out.push_markup("\" id=\"");
            self.out.push_anchor(&reference_id(number, times));
            self.out.push_markup(&format!("\">{number}</a></sup>"));
        } else {
            self.out.push_markup(&format!("<sup class=\"footnote-ref\">{number}</sup>"));
        }
    }

    /// Opens a footnote.
    pub(super) fn start_footnote(&mut self, label: &str, span: Span) {
        self.running.end_line();
        self.body.footnotes.push(Footnote { label: label.to_lowercase(), span, is_referenced: false, is_empty: true });
        self.running.silent_containers += 1;
        let page = mem::take(&mut self.out);
        self.footnotes.outer_streams.push((label.to_lowercase(), page));
        self.footnotes.starts.push((self.body.footnotes.len() - 1, self.running.len(), self.body.links.len()));
        self.containers.push(ContentModel::Blocks);
    }

    /// Closes a footnote.
    pub(super) fn end_footnote(&mut self) {
        self.running.end_line();
        self.running.silent_containers = self.running.silent_containers.saturating_sub(1);
        if let Some((number, start, links)) = self.footnotes.starts.pop()
            && let Some(footnote) = self.body.footnotes.get_mut(number)
        {
            let text = self.running.text.get(start as usize..).unwrap_or_default();
            footnote.is_empty = self.body.links.len() == links && text.chars().all(is_blank);
        }
        if let Some((label, page)) = self.footnotes.outer_streams.pop() {
            let footnote = mem::replace(&mut self.out, page);
            self.footnotes.defined.push((label, footnote));
        }
    }

    /// Writes all footnotes after the text, and returns them in order.
    ///
    /// A footnote that is never referenced comes last, because it is still part of the text.
    pub(super) fn finish_footnotes(&mut self, anchors: &mut Anchors) -> Vec<Stream> {
        let mut ordered: Vec<((usize, usize), Stream)> = Vec::new();
        let mut unused = self.footnotes.numbers.len();
        let referenced = self.footnotes.referenced_labels();
        for footnote in &mut self.body.footnotes {
            footnote.is_referenced = referenced.contains(&*footnote.label);
        }
        for (label, stream) in mem::take(&mut self.footnotes.defined) {
            // If two footnotes share a label, the first one counts.
            let key = self.footnotes.numbers.remove(&label).unwrap_or_else(|| {
                unused += 1;
                (unused, 0)
            });
            ordered.push((key, stream));
        }
        ordered.sort_by_key(|(key, _)| key.0);
        if !ordered.is_empty() {
            self.write_footnotes(&ordered, anchors);
        }
        ordered.into_iter().map(|(_, stream)| stream).collect()
    }

    fn write_footnotes(&mut self, ordered: &[((usize, usize), Stream)], anchors: &mut Anchors) {
        self.out.push_markup("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.out.push_gap(Fill::NamePrefix);
        self.out.push_phrase(Phrase::Footnotes);
        self.out.push_markup("\">\n<ol>\n");
        for ((number, times), stream) in ordered {
            let id = anchors.unique(&format!("fn:{number}"));
            self.out.push_markup("<li id=\"");
            self.out.push_anchor(&id);
            self.out.push_markup("\">\n");
            self.out.append(stream);
            self.write_back_links(*number, *times);
            self.out.push_markup("</li>\n");
            self.body.anchors.others.push(id);
        }
        self.out.push_markup("</ol>\n</section>\n");
    }

    /// Writes links from a footnote back to its references, inside its last paragraph if it ends with one.
    fn write_back_links(&mut self, number: usize, times: usize) {
        let in_paragraph = self.out.html.ends_with("</p>\n");
        if in_paragraph && times > 0 {
            let end = self.out.html.len() - "</p>\n".len();
            self.out.truncate(end);
        }
        for time in 1..=times {
            self.out.push_markup(" <a class=\"footnote-back\" href=\"#");
            self.out.push_anchor(&reference_id(number, time));
            self.out.push_markup("\" aria-label=\"");
            self.out.push_phrase(Phrase::FootnoteBack);
            let nth = if time == 1 { number.to_string() } else { format!("{number}-{time}") };
            self.out.push_markup(&format!(" {nth}\">\u{21a9}</a>"));
        }
        if in_paragraph && times > 0 {
            self.out.push_markup("</p>\n");
        }
    }
}

/// The anchor of a reference. The colon prevents a clash with anchors derived from headings.
fn reference_id(number: usize, times: usize) -> String {
    if times == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{times}") }
}
