//! Import lines of MDX, which are not meant for readers.

use std::collections::HashMap;
use std::ops::Range;

use super::super::line::Line;
use super::super::outline::Outline;
use super::parse::{Syntax, Tag, TagKind};
use crate::markdown::foreign::is_remark;
use crate::markdown::rewrite::Edits;
use crate::path::is_markdown;

/// The imports of a text.
pub(super) struct Modules<'t> {
    names: HashMap<&'t str, String>,
    lines: Vec<Range<usize>>,
}

impl<'t> Modules<'t> {
    /// Finds the imports of a text.
    pub(super) fn find(text: &'t str, lines: &[Line], outline: &Outline) -> Modules<'t> {
        let mut modules = Modules { names: HashMap::new(), lines: Vec::new() };
        for (number, line) in lines.iter().enumerate() {
            let line_text = line.text(text);
            // In the middle of a paragraph, the line belongs to the paragraph.
            let above = number.checked_sub(1).and_then(|above| lines.get(above)).map(|above| above.text(text));
            let may_begin = above.is_none_or(|above| above.is_empty() || is_code_line(above));
            if line.content != line.start || !may_begin || outline.is_code(line.start) {
                continue;
            }
            let Some((names, path)) = parse_names(line_text) else { continue };
            modules.names.extend(names.map(|name| (name, site_path(path))));
            let end = lines.get(number + 1).map_or(line.end, |next| next.start);
            modules.lines.push(line.start..end);
        }
        modules
    }

    /// Removes the import lines.
    pub(super) fn remove(&self, edits: &mut Edits) {
        self.lines.iter().for_each(|line| edits.delete(line.clone()));
    }

    /// The document that a component would insert.
    pub(super) fn document(&self, tag: &Tag<'_>) -> Option<&str> {
        let is_whole = tag.syntax == Syntax::Component && tag.kind != TagKind::Close;
        let path = self.names.get(tag.name).filter(|path| is_whole && is_markdown(path))?;
        Some(path)
    }

    /// The path of the file that a name refers to.
    pub(super) fn path(&self, name: &str) -> Option<&str> {
        self.names.get(name.trim()).map(String::as_str)
    }
}

/// Whether a line may be code, after which more code can follow.
fn is_code_line(line: &str) -> bool {
    line.starts_with("export ") || line.ends_with("*/}") || parse_names(line).is_some()
}

/// The first name that a line such as `import A from './c.md';` defines, and the path of its file.
pub(in crate::markdown) fn parse_import(line: &str) -> Option<(&str, String)> {
    let (mut names, path) = parse_names(line)?;
    Some((names.next()?, site_path(path)))
}

/// The names and the path of a line such as `import A, {B} from './c.md';`.
fn parse_names(line: &str) -> Option<(impl Iterator<Item = &str>, &str)> {
    let rest = line.strip_prefix("import ")?.trim_end().trim_end_matches(';').trim_end();
    let (names, path) = match rest.split_once(" from ") {
        Some((names, path)) => (names, path.trim()),
        None => ("", rest),
    };
    let mark = path.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let path = path.strip_prefix(mark)?.strip_suffix(mark).filter(|path| !path.contains(mark))?;
    let is_code = |c: char| c.is_alphanumeric() || " ,{}*_$".contains(c);
    names.chars().all(is_code).then_some(())?;
    let names = names.split([',', '{', '}']).filter_map(|name| name.split_whitespace().next_back());
    Some((names, path))
}

/// Converts an import path to a path within the site.
pub(super) fn site_path(path: &str) -> String {
    let path = path.replace("\\_", "_");
    let path = path.strip_prefix("!!").and_then(|path| path.rsplit('!').next()).unwrap_or(&path);
    match path.strip_prefix("@site/static/").or_else(|| path.strip_prefix("@site/")) {
        Some(path) => format!("/{path}"),
        None => path.to_owned(),
    }
}

/// Converts comments of MDX to HTML comments.
pub(super) fn convert_comments(text: &str, outline: &Outline, edits: &mut Edits) {
    for at in memchr::memmem::find_iter(text.as_bytes(), "{/*") {
        let begin = at + 3;
        let Some(length) = text[begin..].find("*/}") else { return };
        let inner = &text[begin..begin + length];
        // In a list or quote, a blank line would end the HTML comment.
        let is_plain = !inner.contains("--") && !inner.contains("\n\n");
        if is_plain && is_remark(inner) && !outline.is_code(at) && !text[..at].ends_with('{') {
            edits.replace(at..begin, "<!--");
            edits.replace(begin + length..begin + length + 3, "-->");
        }
    }
}

/// Converts comments of Liquid, `{% comment %}…{% endcomment %}`, to HTML comments.
pub(super) fn convert_liquid_comments(
    tags: &[Tag<'_>],
    closers: &HashMap<usize, usize>,
    text: &str,
    edits: &mut Edits,
) {
    for (number, tag) in
        tags.iter().enumerate().filter(|(_, tag)| tag.syntax == Syntax::Liquid && tag.name == "comment")
    {
        let Some(closer) = closers.get(&number).and_then(|closer| tags.get(*closer)) else { continue };
        let inner = text.get(tag.range.end..closer.range.start).unwrap_or_default();
        let begins_line = text[..tag.range.start].ends_with('\n') || tag.range.start == 0;
        if !inner.contains("--") && (begins_line || !inner.contains("\n\n")) {
            edits.replace(tag.range.start..closer.range.end, format!("<!-- {} -->", inner.trim()));
        }
    }
}
