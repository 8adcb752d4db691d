//! Rules of a page's own style sheets that hide or strike out elements: Google Docs writes both as classes.

use super::element::{Element, each_token};
use crate::html::Token;

/// What declarations say about an element; `None` where they say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Visibility {
    pub(super) is_hidden: Option<bool>,
    pub(super) is_struck: Option<bool>,
}

/// Declarations that hide an element.
const HIDING_DECLARATIONS: [(&str, &str); 3] = [("display", "none"), ("visibility", "hidden"), ("mso-hide", "all")];
/// Properties that strike out an element.
const DECORATION_PROPERTIES: [&str; 2] = ["text-decoration", "text-decoration-line"];

impl Visibility {
    /// Reads declarations.
    pub(super) fn parse(declarations: &str) -> Visibility {
        let mut visibility = Visibility::default();
        let declarations = declarations.to_ascii_lowercase();
        for (property, value) in declarations.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let property = property.trim();
            let has_word = |word: &str| value.split_whitespace().any(|other| other == word);
            if let Some((_, word)) = HIDING_DECLARATIONS.iter().find(|(name, _)| *name == property) {
                visibility.is_hidden = Some(has_word(word));
            } else if DECORATION_PROPERTIES.contains(&property) {
                visibility.is_struck = Some(has_word("line-through"));
            }
        }
        visibility
    }

    /// `self`, overridden by what `other` says.
    pub(super) fn with(self, other: Visibility) -> Visibility {
        Visibility { is_hidden: other.is_hidden.or(self.is_hidden), is_struck: other.is_struck.or(self.is_struck) }
    }
}

/// A selector of one element: its tag, its id and its classes.
#[derive(Debug, Default)]
struct Selector {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
}

/// Rules of style sheets, the weakest first.
#[derive(Debug, Default)]
pub(super) struct StyleSheet(Vec<(Selector, Visibility)>);

impl StyleSheet {
    /// Reads all style sheets in a page.
    pub(super) fn read(html: &str) -> StyleSheet {
        let mut sheet = StyleSheet::default();
        each_token(html, 0..html.len(), |token| {
            if let Token::Open(tag) = token {
                let element = Element { html, tag };
                if element.is("style") {
                    sheet.add(&html[element.inside()]);
                }
            }
        });
        sheet.0.sort_by_key(|(selector, _)| selector.specificity());
        sheet
    }

    /// Adds the rules of a style sheet. Those that apply only under a condition are left out.
    fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some(open) = rest.find('{') {
            let head = rest[..open].rsplit(';').next().unwrap_or_default().trim();
            let end = block_end(&rest[open..]);
            let block = rest[open..open + end].trim_start_matches('{').trim_end_matches('}');
            if head.starts_with('@') {
                if is_on_screen(head) {
                    self.add(block);
                }
            } else {
                let visibility = Visibility::parse(block);
                if visibility != Visibility::default() {
                    let selectors = head.split(',').filter_map(Selector::parse);
                    self.0.extend(selectors.map(|selector| (selector, visibility)));
                }
            }
            rest = &rest[open + end..];
        }
    }

    /// The visibility of an element by its rules and its own `style`.
    pub(super) fn visibility(&self, element: Element<'_>) -> Visibility {
        let own = element.attribute("style").map(Visibility::parse).unwrap_or_default();
        if self.0.is_empty() {
            return own;
        }
        let rules = self.0.iter().filter(|(selector, _)| selector.matches(element));
        rules.fold(Visibility::default(), |visibility, (_, rule)| visibility.with(*rule)).with(own)
    }
}

impl Selector {
    /// Reads a selector, or `None` if it needs more than the element itself.
    fn parse(text: &str) -> Option<Selector> {
        let text = text.trim();
        if text.is_empty() || text.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '#' | '-' | '_')) {
            return None;
        }
        let mut selector = Selector::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let start = usize::from(matches!(first, '.' | '#'));
            let end = rest[start..].find(['.', '#']).map_or(rest.len(), |end| start + end);
            let name = rest[start..end].to_owned();
            match first {
                '.' => selector.classes.push(name),
                '#' => selector.id = Some(name),
                _ => selector.tag = Some(name),
            }
            rest = &rest[end..];
        }
        Some(selector)
    }

    fn specificity(&self) -> (usize, usize, usize) {
        (usize::from(self.id.is_some()), self.classes.len(), usize::from(self.tag.is_some()))
    }

    fn matches(&self, element: Element<'_>) -> bool {
        self.tag.as_ref().is_none_or(|tag| element.is(tag))
            && self.id.as_ref().is_none_or(|id| element.attribute("id") == Some(id))
            && self.classes.iter().all(|class| element.has_class(class))
    }
}

/// Whether a group of rules applies to what a browser shows.
fn is_on_screen(head: &str) -> bool {
    let head = head.to_ascii_lowercase();
    head.strip_prefix("@media").is_some_and(|media| matches!(media.trim(), "screen" | "all" | "only screen"))
}

/// A style sheet without its comments and those of HTML around it.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(open) = rest.find("/*") {
        out += &rest[..open];
        rest = rest[open..].find("*/").map_or("", |end| &rest[open + end + 2..]);
    }
    out += rest;
    out.replace("<!--", "").replace("-->", "")
}

/// The end of a block that begins with a brace.
fn block_end(css: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::token_at;

    fn visibility(css: &str, tag: &str) -> (Option<bool>, Option<bool>) {
        let html = format!("<style>{css}</style>{tag}");
        let at = html.len() - tag.len();
        let Token::Open(open) = token_at(&html, at) else { panic!("{tag} is not a tag") };
        let visibility = StyleSheet::read(&html).visibility(Element { html: &html, tag: &open });
        (visibility.is_hidden, visibility.is_struck)
    }

    #[test]
    fn rules_apply_as_in_a_browser() {
        let (hidden, struck) = ((Some(true), None), (None, Some(true)));
        for (css, tag, expected) in [
            (".c2{color:red;text-decoration:line-through}.c9{display:none}", "<span class=\"c1 c2\">", struck),
            (".c2{text-decoration:line-through}.c9{display:none}", "<p class='c9'>", hidden),
            ("@import url(x.css);span.c2, .c3 { DISPLAY : none }", "<span class=c2>", hidden),
            ("p.c2{display:none}", "<span class=c2>", (None, None)),
            (".c2.c3{display:none}", "<span class=c2>", (None, None)),
            ("#a{display:none}.b{display:block}", "<div class=b id=a>", hidden),
            (".c2{display:none}.c2{display:block}", "<p class=c2>", (Some(false), None)),
            (".c2{display:none}", "<p class=c2 style='display:block'>", (Some(false), None)),
            ("@media print{.c2{display:none}}", "<p class=c2>", (None, None)),
            ("@media screen{.c2{display:none}}.c3{}", "<p class=c2>", hidden),
            (".x .c2{display:none}.c2:hover{display:none}", "<p class=c2>", (None, None)),
            ("<!-- /* .c2{display:none} */ .c3{display:none} -->", "<p class=c2>", (None, None)),
            ("<!-- /* x{ */ .c3{display:none}", "<p class=c3>", hidden),
            (".c3{display:none", "<p class=c3>", hidden),
            ("}.c3{", "<p class=c3>", (None, None)),
        ] {
            assert_eq!(visibility(css, tag), expected, "{css} {tag}");
        }
    }
}
