//! The elements of OpenDocument texts, by what becomes of them.

use super::super::outer_text::{DESCRIPTION_NAME, FORMULA, HIDDEN, PLACEHOLDER};
use super::super::xml::attribute;

/// Elements that pandoc reads, besides paragraphs and cells.
pub(super) const READ: [&str; 15] = [
    "text:list",
    "text:list-item",
    "text:list-header",
    "text:a",
    "text:note",
    "text:note-citation",
    "text:note-body",
    "text:bookmark-ref",
    "text:reference-ref",
    "table:table",
    "table:table-row",
    "table:table-header-rows",
    "draw:frame",
    "draw:text-box",
    "draw:image",
];
/// Elements without content that are read.
pub(super) const READ_EMPTY: [&str; 12] = [
    "text:p",
    "text:h",
    "text:s",
    "text:tab",
    "text:line-break",
    "text:bookmark",
    "text:bookmark-start",
    "text:bookmark-end",
    "text:reference-mark",
    "text:reference-mark-start",
    "draw:image",
    "draw:object",
];
/// Drawings that may contain paragraphs. They become text boxes.
pub(super) const SHAPES: [&str; 14] = [
    "draw:custom-shape",
    "draw:rect",
    "draw:circle",
    "draw:ellipse",
    "draw:line",
    "draw:polyline",
    "draw:polygon",
    "draw:regular-polygon",
    "draw:path",
    "draw:connector",
    "draw:caption",
    "draw:measure",
    "dr3d:scene",
    "draw:page-thumbnail",
];
/// Contents and indexes, which repeat words of the text.
const INDEXES: [&str; 6] = [
    "text:table-of-content",
    "text:illustration-index",
    "text:table-index",
    "text:object-index",
    "text:user-index",
    "text:alphabetical-index",
];
/// Content that is taken out.
#[derive(Clone, Copy)]
pub(super) enum Content {
    Comment,
    Deletion,
    Insertion,
    Creator,
    Date,
    CoveredCell,
    RubyText,
    Index,
    /// Words for a remark with this name.
    Outer(&'static str),
    /// Not words.
    Nothing,
}

/// Why the content of an element is not part of the text, if it is not.
pub(super) fn taken(element: &str, raw: &str, is_picture: bool) -> Option<Content> {
    Some(match element {
        "office:annotation" => Content::Comment,
        "text:deletion" => Content::Deletion,
        "text:insertion" => Content::Insertion,
        "dc:creator" => Content::Creator,
        "dc:date" => Content::Date,
        "table:covered-table-cell" => Content::CoveredCell,
        "text:ruby-text" => Content::RubyText,
        "text:placeholder" => Content::Outer(PLACEHOLDER),
        "text:hidden-text" if attribute(raw, "is-hidden") != Some("false") => Content::Outer(HIDDEN),
        "text:section" if attribute(raw, "display") == Some("none") => Content::Outer(HIDDEN),
        "svg:title" | "svg:desc" if is_picture => return None,
        "svg:title" | "svg:desc" | "table:title" | "table:desc" => Content::Outer(DESCRIPTION_NAME),
        "math:math" | "math" => Content::Outer(FORMULA),
        "text:tracked-changes"
        | "office:forms"
        | "text:script"
        | "text:number"
        | "meta:date-string"
        | "meta:creator-initials"
        | "loext:sender-initials"
        | "office:event-listeners" => Content::Nothing,
        _ if INDEXES.contains(&element) => Content::Index,
        _ if element.starts_with("text:") && element.ends_with("-source") => Content::Nothing,
        _ => return None,
    })
}
