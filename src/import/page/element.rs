//! Tags of a page with their attributes.

use std::ops::Range;

use crate::html::{Tag, Token, token_at};

/// A tag in its page.
#[derive(Clone, Copy)]
pub(super) struct Element<'h> {
    pub(super) html: &'h str,
    pub(super) tag: &'h Tag,
}

impl<'h> Element<'h> {
    /// The name as written.
    pub(super) fn name(&self) -> &'h str {
        &self.html[self.tag.name.clone()]
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    pub(super) fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// An attribute as written; empty if it has no value.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let html = self.html;
        let attribute =
            self.tag.attributes.iter().find(|candidate| html[candidate.name.clone()].eq_ignore_ascii_case(name));
        attribute.map(|attribute| &html[attribute.value.clone()])
    }

    /// An attribute as page text, unless it is empty.
    pub(super) fn non_empty_attribute(&self, name: &str) -> Option<String> {
        let value = self.attribute(name).map(str::trim).filter(|value| !value.is_empty());
        value.map(|value| value.replace('<', "&lt;"))
    }

    /// The whole tag as written.
    pub(super) fn written(&self) -> &'h str {
        &self.html[self.tag.range.clone()]
    }

    /// Whether it has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|other| other == class))
    }

    /// The range between this tag and the next closing tag of the same name, or the rest of the page if there is none.
    pub(super) fn inside(&self) -> Range<usize> {
        let start = self.tag.range.end;
        let (rest, name) = (&self.html[start..], self.name());
        let is_end =
            |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
        start..start + rest.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(rest.len())
    }
}

/// Calls a function for each token in a range of a page.
pub(super) fn each_token(html: &str, part: Range<usize>, mut read: impl FnMut(&Token)) {
    let html = &html[..part.end];
    let mut at = part.start;
    while at < html.len() {
        let token = token_at(html, at);
        read(&token);
        at = range(&token).end.max(at + 1);
    }
}

/// The range of a token.
pub(super) fn range(token: &Token) -> Range<usize> {
    match token {
        Token::Open(tag) | Token::Close(tag) => tag.range.clone(),
        Token::Text(range) | Token::Comment { range, .. } | Token::Declaration(range) => range.clone(),
    }
}
