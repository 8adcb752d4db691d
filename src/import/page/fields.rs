//! Conversion of form fields and embedded content to words and links.

use std::ops::Range;

use super::element::{Element, each_token};
use crate::html::{Token, is_fallback_notice};

/// Kinds of fields whose value is not shown.
const HIDDEN: [&str; 5] = ["hidden", "password", "file", "image", "color"];
/// Elements with embedded content, each with the attribute that names it.
const EMBEDDED: [(&str, &str); 5] =
    [("video", "src"), ("audio", "src"), ("iframe", "src"), ("embed", "src"), ("object", "data")];

/// The replacement for an element with its content, and its range. `None` if it stays as it is.
pub(super) fn find_replacement(element: Element<'_>) -> Option<(Range<usize>, String)> {
    let start = element.tag.range.start;
    if element.is("input") {
        return field(element).map(|words| (element.tag.range.clone(), words));
    }
    if let Some(checkbox) = checkbox(element) {
        let end = end_of(element.html, &element.inside())?;
        return Some((start..end, checkbox.to_owned()));
    }
    if element.is("rp") {
        return ruby_bracket(element).map(|range| (range, String::new()));
    }
    if element.is("select") {
        let content = element.inside();
        let end = end_of(element.html, &content)?;
        return Some((start..end, choice(element, content)));
    }
    embedded_link(element)
}

/// The end of the closing tag of an element, if there is one.
fn end_of(html: &str, content: &Range<usize>) -> Option<usize> {
    html[content.end..].find('>').map(|at| content.end + at + 1)
}

/// The box of a task in Notion, which is an element without words.
fn checkbox(element: Element<'_>) -> Option<&'static str> {
    let is_empty = || element.html[element.inside()].trim().is_empty();
    if !element.is("div") || !element.has_class("checkbox") || !is_empty() {
        return None;
    }
    Some(if element.has_class("checkbox-on") { "☒ " } else { "☐ " })
}

/// The range of a bracket around the words above others; they get brackets in any case.
fn ruby_bracket(element: Element<'_>) -> Option<Range<usize>> {
    let content = element.inside();
    let is_bracket = element.html[content.clone()].trim().chars().count() <= 1;
    end_of(element.html, &content).filter(|_| is_bracket).map(|end| element.tag.range.start..end)
}

/// The visible value of a field.
fn field(element: Element<'_>) -> Option<String> {
    let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "checkbox" | "radio" => Some(if element.attribute("checked").is_some() { "☑ " } else { "☐ " }.to_owned()),
        kind if HIDDEN.contains(&kind) => None,
        _ => {
            element.attribute("value").filter(|value| !value.trim().is_empty()).map(|value| value.replace('<', "&lt;"))
        }
    }
}

/// A choice in a list.
#[derive(Default)]
struct Choice {
    words: String,
    is_labelled: bool,
    is_chosen: bool,
}

/// The chosen words. A drop-down list without a choice shows the first one.
fn choice(element: Element<'_>, content: Range<usize>) -> String {
    let html = element.html;
    let (mut choices, mut is_open): (Vec<Choice>, bool) = (Vec::new(), false);
    each_token(html, content, |token| match token {
        Token::Open(tag) => {
            let option = Element { html, tag };
            is_open = option.is("option") || (is_open && !option.is("optgroup"));
            if option.is("option") {
                let label = option.non_empty_attribute("label");
                let (is_labelled, is_chosen) = (label.is_some(), option.attribute("selected").is_some());
                choices.push(Choice { words: label.unwrap_or_default(), is_labelled, is_chosen });
            }
        }
        Token::Close(tag) if Element { html, tag }.is("option") => is_open = false,
        Token::Text(range) if is_open => {
            let open = choices.last_mut().filter(|choice| !choice.is_labelled);
            open.into_iter().for_each(|choice| choice.words.push_str(&html[range.clone()]));
        }
        _ => {}
    });
    let chosen: Vec<&str> = choices.iter().filter(|one| one.is_chosen).map(|one| one.words.trim()).collect();
    let is_several = element.attribute("multiple").is_some();
    match (is_several, chosen.last()) {
        (true, _) => format!("{} ", chosen.join(", ")),
        (false, Some(last)) => format!("{last} "),
        (false, None) => format!("{} ", choices.first().map_or("", |first| first.words.trim())),
    }
}

/// A link to the embedded content of an element.
fn embedded_link(element: Element<'_>) -> Option<(Range<usize>, String)> {
    let (name, attribute) = EMBEDDED.iter().find(|(name, _)| element.is(name))?;
    let content = if *name == "embed" { element.tag.range.end..element.tag.range.end } else { element.inside() };
    let end = end_of(element.html, &content).filter(|_| *name != "embed");
    let explicit = element.non_empty_attribute(attribute);
    let source = explicit.or_else(|| first_source(element.html, content.clone()).filter(|_| end.is_some()))?;
    let file = source.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').rsplit('/').next();
    let title = element.non_empty_attribute("title").or_else(|| element.non_empty_attribute("aria-label"));
    let title = title.or_else(|| file.filter(|file| !file.is_empty()).map(str::to_owned));
    let title = title.unwrap_or_else(|| source.clone());
    let has_words = end.is_some() && !is_fallback_notice(&words_of(element.html, content));
    let range = element.tag.range.start..end.filter(|_| !has_words).unwrap_or(element.tag.range.end);
    if source.starts_with("data:") {
        return Some((range, element.non_empty_attribute("title").unwrap_or_else(|| (*name).to_owned())));
    }
    Some((range, format!("<a href=\"{}\">{title}</a> ", source.replace('"', "&quot;"))))
}

/// The words in a part of a page.
fn words_of(html: &str, part: Range<usize>) -> String {
    let mut words = String::new();
    each_token(html, part, |token| {
        if let Token::Text(range) = token {
            words += &html[range.clone()];
            words.push(' ');
        }
    });
    words
}

/// The first source that an element inside names.
fn first_source(html: &str, content: Range<usize>) -> Option<String> {
    let mut source = None;
    each_token(html, content, |token| {
        if let (Token::Open(tag), None) = (token, &source) {
            let element = Element { html, tag };
            source =
                if element.is("source") || element.is("embed") { element.non_empty_attribute("src") } else { None };
        }
    });
    source
}
