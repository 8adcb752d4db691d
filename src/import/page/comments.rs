//! Comments that Google Docs and Word put at the end of a page, moved to the words that they refer to.

use std::collections::BTreeMap;
use std::ops::Range;

use super::element::{Element, each_token, range};
use crate::html::Token;

/// The addresses of references to a comment, and of those back from it, each without its number.
const ADDRESSES: [(&str, &str); 2] = [("#cmnt", "#cmnt_ref"), ("#_msocom_", "#_msoanchor_")];

/// A comment: the range of its block, and its words as in the page.
struct Comment {
    block: Range<usize>,
    words: String,
}

/// Replaces each reference to a comment by the comment, as pandoc writes those of Word files, and removes the comment's
/// own block. `None` if the page has no comments.
pub(super) fn move_comments(html: &str) -> Option<String> {
    if !ADDRESSES.iter().any(|(_, back)| html.contains(back)) {
        return None;
    }
    let mut finder = CommentFinder { html, open: Vec::new(), comments: BTreeMap::new(), references: Vec::new() };
    each_token(html, 0..html.len(), |token| finder.token(token));
    let CommentFinder { comments, references, .. } = finder;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (key, place) in references {
        let Some(comment) = comments.get(&key) else { continue };
        let remark = format!("<span class=\"comment-start\">{}</span>", comment.words);
        edits.extend([(place, remark), (comment.block.clone(), String::new())]);
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for (range, text) in edits.into_iter().filter(|(range, _)| range.start < range.end) {
        // A second reference to the same comment.
        if range.start < at {
            continue;
        }
        out += &html[at..range.start];
        out += &text;
        at = range.end;
    }
    out += &html[at..];
    Some(out)
}

/// The kind and number of a comment.
type Key = (usize, String);

/// An open block.
struct Block {
    start: usize,
    is_division: bool,
    has_words: bool,
    /// The comment that it begins with, and where its words begin.
    comment: Option<(Key, usize)>,
}

struct CommentFinder<'h> {
    html: &'h str,
    open: Vec<Block>,
    comments: BTreeMap<Key, Comment>,
    references: Vec<(Key, Range<usize>)>,
}

impl CommentFinder<'_> {
    fn token(&mut self, token: &Token) {
        let html = self.html;
        match token {
            Token::Open(tag) => {
                let element = Element { html, tag };
                if element.is_one_of(&["div", "p"]) {
                    let start = tag.range.start;
                    self.open.push(Block { start, is_division: element.is("div"), has_words: false, comment: None });
                } else if element.is("a") {
                    self.link(element);
                }
            }
            Token::Close(tag) if (Element { html, tag }).is_one_of(&["div", "p"]) => {
                self.close(Element { html, tag }.is("div"), range(token).end);
            }
            Token::Text(range) if !html[range.clone()].replace("&nbsp;", " ").trim().is_empty() => {
                self.open.iter_mut().for_each(|block| block.has_words = true);
            }
            _ => {}
        }
    }

    /// Records a link to a comment or back from one.
    fn link(&mut self, element: Element<'_>) {
        let number = |address: &str| {
            let number = element.attribute("href")?.trim().strip_prefix(address)?;
            (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.to_owned())
        };
        let inside = element.inside();
        let end = self.html[inside.end..].find('>').map_or(inside.end, |at| inside.end + at + 1);
        for (kind, (to, back)) in ADDRESSES.iter().enumerate() {
            if let Some(number) = number(back) {
                // Only a block that begins with the link is the comment's own.
                let first = self.open.iter().rposition(|block| block.has_words).map_or(0, |at| at + 1);
                let own = self.open.get_mut(first..).unwrap_or_default();
                let block = own.iter().rposition(|block| block.is_division).unwrap_or(own.len().saturating_sub(1));
                if let Some(block) = own.get_mut(block) {
                    block.comment = Some(((kind, number), end));
                }
            } else if let Some(number) = number(to) {
                self.references.push(((kind, number), with_superscript_tags(self.html, element.tag.range.start..end)));
            }
        }
    }

    fn close(&mut self, is_division: bool, end: usize) {
        let Some(at) = self.open.iter().rposition(|block| block.is_division == is_division) else { return };
        for block in self.open.drain(at..) {
            if let Some((key, start)) = block.comment {
                let words = words(self.html, start..end);
                self.comments.entry(key).or_insert(Comment { block: block.start..end, words });
            }
        }
    }
}

/// The range, including `<sup>` tags directly around it.
fn with_superscript_tags(html: &str, range: Range<usize>) -> Range<usize> {
    match html[..range.start].ends_with("<sup>") && html[range.end..].starts_with("</sup>") {
        true => range.start - "<sup>".len()..range.end + "</sup>".len(),
        false => range,
    }
}

/// The words in a range of a page, as written there.
fn words(html: &str, part: Range<usize>) -> String {
    let mut words = String::new();
    each_token(html, part, |token| match token {
        Token::Text(range) => words.push_str(&html[range.clone()]),
        Token::Open(_) | Token::Close(_) => words.push(' '),
        Token::Comment { .. } | Token::Declaration(_) => {}
    });
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_move_to_their_references() {
        for (html, expected) in [
            (
                "<p>Two hours<sup><a href=\"#cmnt1\" id=\"cmnt_ref1\">[a]</a></sup>.</p><div class=\"c5\"><p><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a><span>Is it &lt; 2?</span></p><p>Ask.</p></div>z",
                "<p>Two hours<span class=\"comment-start\">Is it &lt; 2? Ask.</span>.</p>z",
            ),
            (
                "<p>a<a href='#_msocom_1'>[X1]</a></p><div><div class=msocomtxt><p><a href='#_msoanchor_1'>[X1]</a>Why?</p></div></div>",
                "<p>a<span class=\"comment-start\">Why?</span></p><div></div>",
            ),
            (
                "<div><p>a<a href='#cmnt1'>[a]</a></p><p><a href='#cmnt_ref1'>[a]</a>Why?</p></div>",
                "<div><p>a<span class=\"comment-start\">Why?</span></p></div>",
            ),
            ("<p>See <a href='#cmnt_ref1'>x</a> and <a href='#cmnt1'>y</a></p>", "same"),
            ("<p><a href='#cmnt_ref1'>[a]</a>Lost.</p>", "same"),
        ] {
            let expected = if expected == "same" { html } else { expected };
            assert_eq!(move_comments(html).as_deref(), Some(expected), "{html}");
        }
        assert_eq!(move_comments("<p><a href=\"#a\">x</a></p>"), None);
    }
}
