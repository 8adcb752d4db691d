//! Fixes that change the target of a link.

use super::broken_link::relative_path;
use crate::fix::Fix;
use crate::handbook::Document;
use crate::markdown::Link;
use crate::place::Span;

/// Points a link to another file of the handbook, keeping anything after its path.
pub(super) fn to_path(document: &Document, link: &Link, path: &str) -> Option<Fix> {
    let end = link.target.find(['#', '?']).unwrap_or(link.target.len());
    let target = encode_path(&relative_path(document.path(), path));
    replace(document, link, 0..end, target)
}

/// Replaces a part of a link's target, if the source contains the target literally.
pub(super) fn replace(document: &Document, link: &Link, part: std::ops::Range<usize>, text: String) -> Option<Fix> {
    let span = link.target_span;
    let source_text = document.file.source.as_str().get(span.start as usize..span.end as usize)?;
    if *source_text != *link.target {
        return None;
    }
    let offset = |at: usize| Some(span.start + u32::try_from(at).ok()?);
    let span = Span { start: offset(part.start)?, end: offset(part.end)? };
    let title = format!("write `{}{text}{}`", &source_text[..part.start], &source_text[part.end..]);
    Some(Fix::replace(title, span, text))
}

/// Encodes a path for a link: without white space, and without brackets that would end it.
pub(crate) fn encode_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.trim().chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            _ if c.is_whitespace() => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    out
}
