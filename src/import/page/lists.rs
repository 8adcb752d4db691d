//! Numbered lists whose numbers are not consecutive, and task lists.

use super::element::{Element, each_token};
use crate::html::Token;

/// An open list.
struct List {
    is_numbered: bool,
    has_tasks: bool,
    /// The attribute for its numbering style.
    kind: String,
    /// The number of the next item, and the one that it would get implicitly.
    next: i64,
    implicit_next: i64,
    step: i64,
}

/// The open lists.
#[derive(Default)]
pub(super) struct Lists(Vec<List>);

impl Lists {
    /// Reads an opening tag, and returns its replacement.
    pub(super) fn open(&mut self, element: Element<'_>) -> Option<String> {
        if element.is_one_of(&["ul", "ol"]) {
            return self.open_list(element);
        }
        if element.is("li") { self.open_item(element) } else { None }
    }

    /// Reads a closing tag.
    pub(super) fn close(&mut self, element: Element<'_>) {
        if element.is_one_of(&["ul", "ol"]) {
            self.0.pop();
        }
    }

    fn open_list(&mut self, element: Element<'_>) -> Option<String> {
        let is_numbered = element.is("ol");
        let is_reversed = is_numbered && element.attribute("reversed").is_some();
        let start = element.attribute("start").and_then(|start| start.trim().parse().ok());
        let first = first_value(element).filter(|_| is_numbered);
        let next = first.or(start).unwrap_or_else(|| if is_reversed { item_count(element) } else { 1 }).max(0);
        let class = element.attribute("class").unwrap_or_default();
        let kind = element
            .non_empty_attribute("type")
            .map_or_else(String::new, |kind| format!(" type=\"{}\"", kind.replace('"', "")));
        let step = if is_reversed { -1 } else { 1 };
        let markup = (is_reversed || first.is_some()).then(|| format!("<ol{kind} start=\"{next}\">"));
        self.0.push(List {
            is_numbered,
            has_tasks: class.contains("inline-task-list"),
            kind,
            next,
            implicit_next: next,
            step,
        });
        markup
    }

    fn open_item(&mut self, element: Element<'_>) -> Option<String> {
        let list = self.0.last_mut()?;
        let markup = element.written();
        if !list.is_numbered {
            let is_task = list.has_tasks || element.attribute("data-inline-task-id").is_some();
            let mut classes = element.attribute("class").unwrap_or_default().split_whitespace();
            let checkbox = if classes.any(|class| class == "checked") { "☒" } else { "☐" };
            return is_task.then(|| format!("{markup}{checkbox} "));
        }
        let value = value(element).filter(|value| *value >= 0);
        let number = value.unwrap_or(list.next);
        let is_new = number != list.implicit_next && number >= 0;
        if is_new {
            list.implicit_next = number;
        }
        list.implicit_next += 1;
        list.next = number.saturating_add(list.step);
        // Markdown numbers items consecutively from the first number of a list.
        is_new.then(|| format!("</ol><ol{} start=\"{number}\">{markup}", list.kind))
    }
}

fn value(element: Element<'_>) -> Option<i64> {
    element.attribute("value").and_then(|value| value.trim().parse().ok()).filter(|value| *value < 1_000_000_000)
}

/// The explicit number of the first item in a list.
fn first_value(list: Element<'_>) -> Option<i64> {
    let html = list.html;
    let rest = &html[list.tag.range.end..];
    let at = list.tag.range.end + rest.len() - rest.trim_start().len();
    match (at < html.len()).then(|| crate::html::token_at(html, at)) {
        Some(Token::Open(tag)) if (Element { html, tag: &tag }).is("li") => value(Element { html, tag: &tag }),
        _ => None,
    }
}

/// The number of items in a list, without nested lists.
fn item_count(list: Element<'_>) -> i64 {
    let html = list.html;
    let (mut depth, mut count) = (1_i64, 0);
    each_token(html, list.tag.range.end..html.len(), |token| match token {
        Token::Open(tag) if (Element { html, tag }).is_one_of(&["ul", "ol"]) => depth += i64::from(depth > 0),
        Token::Open(tag) if depth == 1 && (Element { html, tag }).is("li") => count += 1,
        Token::Close(tag) if (Element { html, tag }).is_one_of(&["ul", "ol"]) => depth -= i64::from(depth > 0),
        _ => {}
    });
    count
}
