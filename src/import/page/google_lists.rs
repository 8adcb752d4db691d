//! Nested lists of Google Docs, which writes each level as a list of its own, one after the other.

use super::element::{Element, range};
use crate::html::{Tag, Token, token_at};

/// The start of the class that names a list and its level: `lst-kix_list_1-0`.
const LIST_CLASS: &str = "lst-kix";

/// A list whose last item is still open for the lists below it.
struct OpenList {
    level: u32,
    is_numbered: bool,
}

impl OpenList {
    fn closing(&self) -> &'static str {
        if self.is_numbered { "</li></ol>" } else { "</li></ul>" }
    }
}

/// The page with its lists nested; `None` if it has none of this kind.
pub(super) fn nest(html: &str) -> Option<String> {
    memchr::memmem::find(html.as_bytes(), LIST_CLASS.as_bytes())?;
    let mut lists = GoogleLists { html, open: Vec::new(), outer: Vec::new(), is_continued: false };
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    while at < html.len() {
        let token = token_at(html, at);
        let range = range(&token);
        let end = range.end.max(at + 1);
        match lists.replacement(&token) {
            Some(replacement) => out += &replacement,
            None => out += html.get(at..end).unwrap_or_default(),
        }
        at = end;
    }
    Some(out)
}

/// The lists at a position of a page.
struct GoogleLists<'h> {
    html: &'h str,
    /// The level of each open list, if Google Docs wrote it.
    open: Vec<Option<u32>>,
    /// The lists around the present one, the outermost first.
    outer: Vec<OpenList>,
    /// Whether the next list continues one of them.
    is_continued: bool,
}

impl GoogleLists<'_> {
    /// What to write for a token, if it is not the token itself.
    fn replacement(&mut self, token: &Token) -> Option<String> {
        match token {
            Token::Open(tag) if is_list(self.html, tag) => {
                let level = level(self.html, tag);
                self.open.push(level);
                (level.is_some() && std::mem::take(&mut self.is_continued)).then(String::new)
            }
            Token::Close(tag) if is_list(self.html, tag) => {
                let level = self.open.pop().flatten()?;
                self.end_list(level, tag)
            }
            Token::Close(tag) if (Element { html: self.html, tag }).is("li") => {
                let level = (*self.open.last()?)?;
                let list = tag_at(self.html, tag.range.end).filter(|(is_open, _)| !is_open)?.1;
                let next = next_list(self.html, list.range.end)?;
                (is_list(self.html, &list) && next.level > level).then(String::new)
            }
            _ => None,
        }
    }

    /// What to write for the end of a list of this level.
    fn end_list(&mut self, level: u32, tag: &Tag) -> Option<String> {
        let element = Element { html: self.html, tag };
        let next = next_list(self.html, tag.range.end);
        if next.as_ref().is_some_and(|next| next.level > level) {
            self.outer.push(OpenList { level, is_numbered: element.is("ol") });
            return Some(String::new());
        }
        let mut written = element.written().to_owned();
        while let Some(outer) = self.outer.pop() {
            match &next {
                Some(next) if next.level > outer.level => {
                    self.outer.push(outer);
                    break;
                }
                Some(next) if next.level == outer.level && next.is_numbered == outer.is_numbered => {
                    written += "</li>";
                    self.is_continued = true;
                    break;
                }
                _ => written += outer.closing(),
            }
        }
        Some(written)
    }
}

fn is_list(html: &str, tag: &Tag) -> bool {
    Element { html, tag }.is_one_of(&["ol", "ul"])
}

/// The level in the class of a list of Google Docs.
fn level(html: &str, tag: &Tag) -> Option<u32> {
    let classes = Element { html, tag }.attribute("class")?;
    let class = classes.split_whitespace().find(|class| class.starts_with(LIST_CLASS))?;
    class.rsplit_once('-')?.1.parse().ok()
}

/// The list that begins directly at a position, apart from white space.
fn next_list(html: &str, at: usize) -> Option<OpenList> {
    let (_, tag) = tag_at(html, at).filter(|(is_open, tag)| *is_open && is_list(html, tag))?;
    Some(OpenList { level: level(html, &tag)?, is_numbered: Element { html, tag: &tag }.is("ol") })
}

/// The tag at a position, apart from white space, and whether it is an opening one.
fn tag_at(html: &str, at: usize) -> Option<(bool, Tag)> {
    let at = html.len() - html.get(at..)?.trim_start().len();
    match (at < html.len()).then(|| token_at(html, at))? {
        Token::Open(tag) => Some((true, tag)),
        Token::Close(tag) => Some((false, tag)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::nest;

    #[test]
    fn lists_of_levels_are_nested() {
        let list = |name: &str, level: u32, items: &str| {
            let items: String = items.split(' ').map(|item| format!("<li>{item}</li>")).collect();
            format!("<{name} class=\"lst-kix_a-{level} start\">{items}</{name}>")
        };
        let shape = |html: &str| {
            nest(html).map(|html| {
                [0, 1, 2]
                    .iter()
                    .fold(html, |html, level| html.replace(&format!(" class=\"lst-kix_a-{level} start\""), ""))
            })
        };
        let page = [list("ol", 0, "a"), list("ol", 1, "b c"), list("ol", 0, "d")].concat();
        assert_eq!(shape(&page).as_deref(), Some("<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>"));
        let page = [list("ul", 0, "a"), list("ul", 1, "b"), list("ul", 2, "c"), list("ul", 0, "d")].concat() + "<p>e";
        assert_eq!(
            shape(&page).as_deref(),
            Some("<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul><p>e")
        );
        let page = [list("ol", 0, "a"), list("ul", 1, "b"), "<p>c</p>".to_owned(), list("ol", 0, "d")].concat();
        assert_eq!(shape(&page).as_deref(), Some("<ol><li>a<ul><li>b</li></ul></li></ol><p>c</p><ol><li>d</li></ol>"));
        assert_eq!(nest("<ol><li>a</li></ol><ol><li>b</li></ol>"), None);
    }
}
