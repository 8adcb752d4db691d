//! Figures whose picture has a description and a caption. Pandoc would drop the description.

use super::element::{Element, each_token};
use crate::html::Token;

/// The open figures, with whether each is written as a division with its caption as a paragraph.
#[derive(Debug, Default)]
pub(super) struct Figures {
    open: Vec<bool>,
}

impl Figures {
    /// The tag to write for an opening tag, if it is another one.
    pub(super) fn open(&mut self, element: Element<'_>) -> Option<&'static str> {
        if element.is("figure") {
            self.open.push(has_both(element));
        }
        self.is_divided(element).then_some("<div>")
    }

    /// The tag to write for a closing tag, if it is another one.
    pub(super) fn close(&mut self, element: Element<'_>) -> Option<&'static str> {
        let is_divided = self.is_divided(element);
        if element.is("figure") {
            self.open.pop();
        }
        is_divided.then_some("</div>")
    }

    fn is_divided(&self, element: Element<'_>) -> bool {
        element.is_one_of(&["figure", "figcaption"]) && self.open.last() == Some(&true)
    }
}

/// Whether a figure has a caption, and a picture with a description.
fn has_both(figure: Element<'_>) -> bool {
    let (mut has_caption, mut has_description) = (false, false);
    each_token(figure.html, figure.inside(), |token| {
        if let Token::Open(tag) = token {
            let element = Element { html: figure.html, tag };
            has_caption |= element.is("figcaption");
            has_description |= element.is("img") && element.non_empty_attribute("alt").is_some();
        }
    });
    has_caption && has_description
}
