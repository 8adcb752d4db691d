//! Parts of a theme that the portal's content security policy blocks: inline scripts and styles, and files loaded from
//! other sites.
//!
//! Only the theme's own files are read, not the pages, because the theme is not responsible for the content of
//! documents.

use std::ops::Range;
use std::sync::Arc;

use super::CustomTheme;
use super::style;
use crate::finding::Problem;
use crate::html::{Attribute, Tag, Token, decode_references, token_at};
use crate::place::{SourceText, Span};
use crate::project::THEMES_FOLDER;
use crate::rules::BROKEN_SITE;

/// Elements whose content is plain text.
const RAW_TEXT_ELEMENTS: [&str; 4] = ["script", "style", "textarea", "title"];
/// The values of `rel` with which a `link` loads something.
const LOADING_RELS: [&str; 8] =
    ["stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"];

/// Returns the policy violations of a theme, and the files that contain them.
pub(super) fn policy_problems(theme: CustomTheme<'_>) -> (Vec<Problem>, Vec<Arc<SourceText>>) {
    let (mut problems, mut texts) = (Vec::new(), Vec::new());
    for file in theme.files {
        let find = match () {
            () if file.path.starts_with("templates/") && file.path.ends_with(".html") => template_violations,
            () if file.path.starts_with("static/") && file.path.ends_with(".css") => style_violations,
            () => continue,
        };
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        let source = Arc::new(SourceText::new(format!("{THEMES_FOLDER}/{}/{}", theme.name, file.path), text));
        let violations = find(text);
        if violations.is_empty() {
            continue;
        }
        problems.extend(violations.into_iter().map(|PolicyViolation { what, range: at, help }| {
            let place = source.place(Span::from(at));
            Problem::new(BROKEN_SITE, place, format!("the theme {what}")).with_subject(what).help(help)
        }));
        texts.push(source);
    }
    (problems, texts)
}

/// A policy violation: what the theme does, where, and what to do instead.
#[derive(Debug)]
struct PolicyViolation {
    what: String,
    range: Range<usize>,
    help: &'static str,
}

fn style_violations(css: &str) -> Vec<PolicyViolation> {
    let start = css.as_ptr() as usize;
    let loads = style::references(css).into_iter().filter(|text| is_other_site(text));
    loads.map(|text| load_violation(text, text.as_ptr() as usize - start)).collect()
}

fn template_violations(template: &str) -> Vec<PolicyViolation> {
    let html = without_comments(template);
    let (mut violations, mut at) = (Vec::new(), 0);
    while at < html.len() {
        at = match token_at(&html, at) {
            Token::Text(range) | Token::Declaration(range) | Token::Comment { range, .. } => range.end,
            Token::Close(tag) => tag.range.end,
            Token::Open(tag) => {
                check_tag(&html, &tag, &mut violations);
                end_of_content(&html, &tag)
            }
        };
    }
    violations
}

/// Replaces template comments with spaces, so that positions stay the same.
fn without_comments(template: &str) -> String {
    let mut html = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, comment)) = rest.split_once("{#") {
        let end = comment.find("#}").map_or(comment.len(), |end| end + 2);
        html.push_str(before);
        html.extend(std::iter::repeat_n(' ', end + 2));
        rest = &comment[end..];
    }
    html.push_str(rest);
    html
}

fn check_tag(html: &str, tag: &Tag, violations: &mut Vec<PolicyViolation>) {
    let element = html[tag.name.clone()].to_ascii_lowercase();
    let value = |name: &str| {
        let attribute = tag.attributes.iter().find(|attribute| html[attribute.name.clone()].eq_ignore_ascii_case(name));
        attribute.map(|attribute| &html[attribute.value.clone()])
    };
    let at = tag.range.clone();
    if element == "style" {
        let help = "move the style to a style sheet in `static/`";
        violations.push(PolicyViolation { what: "writes a style within a page".to_owned(), range: at.clone(), help });
    }
    let is_data = value("type").is_some_and(|kind| kind.contains("json"));
    if element == "script" && value("src").is_none() && !is_data {
        let help = "move the script to a file in `static/`, and load it with `src`";
        violations.push(PolicyViolation { what: "writes a script within a page".to_owned(), range: at, help });
    }
    let is_idle =
        element == "link" && !value("rel").is_some_and(|rel| rel.split(' ').any(|word| LOADING_RELS.contains(&word)));
    let attributes = tag.attributes.iter().filter_map(|attribute| check_attribute(html, &element, is_idle, attribute));
    violations.extend(attributes);
}

/// Checks an attribute for a policy violation. `is_idle` means that the element loads nothing.
fn check_attribute(html: &str, element: &str, is_idle: bool, attribute: &Attribute) -> Option<PolicyViolation> {
    let name = html[attribute.name.clone()].to_ascii_lowercase();
    let text = decode_references(&html[attribute.value.clone()]);
    let is_handler = name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_address = matches!(&*name, "href" | "src" | "action" | "formaction");
    if name == "style" {
        let what = "styles an element by the attribute `style`".to_owned();
        let help = "give the element a class, and write the style in a style sheet in `static/`";
        return Some(PolicyViolation { what, range: attribute.range.clone(), help });
    }
    if is_handler || (is_address && is_script(&text)) {
        let what = format!("runs a script by the attribute `{name}`");
        return Some(PolicyViolation {
            what,
            range: attribute.range.clone(),
            help: "add the handler in a script in `static/`",
        });
    }
    if is_idle || !is_loaded(element, &name) {
        return None;
    }
    let first = text.split([' ', ',']).find(|part| is_other_site(part));
    // If there are several addresses, the start of each is only known once references are decoded, so report the whole
    // value.
    first
        .map(|first| PolicyViolation { range: attribute.value.clone(), ..load_violation(first, attribute.value.start) })
}

/// Whether the browser loads the address in an attribute with the page, rather than on a click.
fn is_loaded(element: &str, attribute: &str) -> bool {
    match attribute {
        "href" | "xlink:href" => matches!(element, "link" | "image" | "use" | "script"),
        "data" => element == "object",
        _ => matches!(attribute, "src" | "srcset" | "poster"),
    }
}

fn load_violation(text: &str, at: usize) -> PolicyViolation {
    PolicyViolation {
        what: format!("loads `{text}` from another site"),
        range: at..at + text.len(),
        help: "put the file into the theme's `static/`, and load it from there: pages load nothing from other sites",
    }
}

fn is_other_site(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    ["//", "http:", "https:", "ws:", "wss:", "ftp:"].iter().any(|start| text.starts_with(start))
}

fn is_script(text: &str) -> bool {
    text.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:"))
}

/// The position after a tag and, for elements with plain text, after their content.
fn end_of_content(html: &str, tag: &Tag) -> usize {
    let name = html[tag.name.clone()].to_ascii_lowercase();
    if !RAW_TEXT_ELEMENTS.contains(&&*name) {
        return tag.range.end;
    }
    let content = html[tag.range.end..].to_ascii_lowercase();
    tag.range.end + content.find(&format!("</{name}")).unwrap_or(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(template: &str) -> Vec<String> {
        template_violations(template).into_iter().map(|one| format!("{} {}", one.what, &template[one.range])).collect()
    }

    #[test]
    fn what_the_policy_forbids_is_found() {
        for (template, what) in [
            ("<style>p{}</style>", "writes a style within a page"),
            ("<SCRIPT>x()</SCRIPT>", "writes a script within a page"),
            ("<p style=\"color:red\">", "styles an element"),
            ("<a {% if x %}class=\"y\"{% endif %} onclick='x()'>", "runs a script by the attribute `onclick`"),
            ("<a href=\" JavaScript:x()\">", "runs a script by the attribute `href`"),
            ("<script src=\"https://e.example/a.js\"></script>", "loads `https://e.example/a.js`"),
            ("<link rel=\"stylesheet\" href=\"//e.example/a.css\">", "loads `//e.example/a.css`"),
            ("<img srcset=\"a.png 1x, https://e.example/b.png 2x\">", "loads `https://e.example/b.png`"),
        ] {
            let list = found(template);
            assert!(list.len() == 1 && list[0].starts_with(what), "{template}: {list:?}");
        }
        assert_eq!(style_violations("@import 'https://e.example/a.css'; p{background:url(b.png)}").len(), 1);
    }

    #[test]
    fn allowed_phrases_are_not_reported() {
        for template in [
            "{# <style> #}<!-- <style> --><a href=\"https://e.example/\">x</a><img src=\"data:image/png;base64,x\">",
            "<link rel=\"canonical\" href=\"https://e.example/\"><script src=\"{{ root }}{{ assets[\"a.js\"] }}\"></script>",
            "<script type=\"application/json\">{}</script><p data-style=\"x\"><title><style></title>",
        ] {
            assert_eq!(found(template), Vec::<String>::new(), "{template}");
        }
    }
}
