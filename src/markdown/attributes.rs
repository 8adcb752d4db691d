//! The attribute block at the end of a heading: `{#id clauses="8.6.1 8.6.2/partial"}`.
//!
//! The Markdown parser finds the block but splits its content at every space, so it is read here again, with places.

use std::ops::Range;

use crate::finding::{Fault, reading};
use crate::id::ClauseRef;
use crate::place::{Located, SourceText, Span};
use crate::source::front_matter::{Claim, Extent};

/// What a block says.
#[derive(Default)]
pub(super) struct Attributes<'s> {
    /// The anchor that the author chose.
    pub(crate) id: Option<&'s str>,
    /// The clauses that the section claims, each with its byte range in the block.
    pub(crate) clauses: Vec<(&'s str, Range<usize>)>,
    /// Whether anything in the block looks like an attribute; if nothing does, it is text.
    pub(crate) any: bool,
}

/// Finds the block at the end of a heading's source: the range between the braces.
///
/// The rule is the Markdown parser's own: the last braces of the heading, with nothing behind them, and inside them
/// neither braces, angle brackets, a backslash nor a line end.
pub(super) fn find_block(heading: &str) -> Option<Range<usize>> {
    let heading = heading.trim_ascii_end();
    let end = match heading.rfind('\n') {
        // The last line of a heading of several lines is its underline.
        Some(underline) => heading[..underline].trim_ascii_end().len(),
        None => heading.len(),
    };
    let close = heading[..end].strip_suffix('}')?.len();
    let open = heading[..close].rfind(['{', '}', '<', '>', '\\', '\n'])?;
    heading[open..].starts_with('{').then_some(open + 1..close)
}

/// Reads what stands between the braces.
pub(super) fn read_block(block: &str) -> Attributes<'_> {
    let mut attributes = Attributes { any: block.trim().is_empty(), ..Attributes::default() };
    let mut at = 0;
    while let Some(token) = next_token(block, at) {
        let text = &block[token.clone()];
        if let Some(id) = text.strip_prefix('#') {
            attributes.id = Some(id).filter(|id| !id.is_empty());
            attributes.any = true;
        } else if let Some((name, value)) = text.split_once('=') {
            attributes.any = true;
            if name == "clauses" {
                let start = token.end - value.len();
                attributes.clauses.extend(items(value).map(|(item, at)| (item, start + at..start + at + item.len())));
            }
        } else if text.starts_with('.') {
            attributes.any = true;
        }
        at = token.end;
    }
    attributes
}

/// Words of a block that are no attributes, from the first to the last, as a range of the block.
pub(super) fn stray(block: &str) -> Option<Range<usize>> {
    let mut stray: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(token) = next_token(block, at) {
        at = token.end;
        let text = &block[token.clone()];
        if !text.starts_with(['#', '.']) && !text.contains('=') {
            stray = Some(stray.map_or(token.start, |stray| stray.start)..token.end);
        }
    }
    stray
}

/// The next token at or after `at`: up to white space that is not between quotation marks.
fn next_token(block: &str, at: usize) -> Option<Range<usize>> {
    let start = at + block[at..].find(|letter: char| !letter.is_ascii_whitespace())?;
    let mut quote = None;
    let mut before = ' ';
    for (offset, letter) in block[start..].char_indices() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if letter.is_ascii_whitespace() => return Some(start..start + offset),
            None if before == '=' && matches!(letter, '"' | '\'') => quote = Some(letter),
            None => {}
        }
        before = letter;
    }
    Some(start..block.len())
}

/// The items of a list separated by white space or commas, each with its offset.
fn items(value: &str) -> impl Iterator<Item = (&str, usize)> {
    let quoted = value.starts_with(['"', '\'']);
    let inside = if quoted { value.trim_matches(['"', '\'']) } else { value };
    let lead = usize::from(quoted).min(value.len());
    inside
        .split(|letter: char| letter.is_whitespace() || letter == ',')
        .filter(|item| !item.is_empty())
        .map(move |item| (item, lead + offset_within(inside, item)))
}

/// Where a part of a text begins in it.
fn offset_within(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// Turns one item into a claim.
pub(super) fn read_claim(source: &SourceText, item: &str, span: Span) -> Result<Claim, Fault> {
    let (clause, extent) = match item.split_once('/') {
        Some((clause, extent)) => (clause, extent),
        None => (item, Extent::Full.as_str()),
    };
    let fault = |message: String| Fault::new(reading::UNKNOWN_CLAUSE, source.place(span), message);
    let extent = match extent {
        "full" => Extent::Full,
        "partial" => Extent::Partial,
        other => {
            let message = format!("`/{other}` does not say how much of a clause is addressed");
            return Err(fault(message).help("write `/partial`, or the clause alone when all of it is addressed"));
        }
    };
    let reference: ClauseRef = clause.parse().map_err(|error| {
        fault(format!("{error}")).help("separate several clauses by spaces: `{clauses=\"8.6.1 8.6.2/partial\"}`")
    })?;
    let clause_span = Span { start: span.start, end: span.start + Span::from(0..clause.len()).end };
    Ok(Claim { clause: Located::new(reference, clause_span), extent, note: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(block: &str) -> Vec<&str> {
        read_block(block).clauses.iter().map(|(_, range)| &block[range.clone()]).collect()
    }

    #[test]
    fn quoted_values_hold_several_items_each_with_its_place() {
        assert_eq!(
            clauses("#x clauses=\"8.6.1 8.6.2/partial, iso27001:A.5.24\""),
            ["8.6.1", "8.6.2/partial", "iso27001:A.5.24"]
        );
        assert_eq!(clauses("clauses=8.6.1"), ["8.6.1"]);
        assert_eq!(clauses("clauses='8.6.1' #id .wide"), ["8.6.1"]);
        assert!(
            clauses("clauses=\"\"").is_empty() && clauses("clauses=").is_empty() && clauses("clauses=\"").is_empty()
        );
        assert_eq!(read_block(".wide #id-1 x=y").id, Some("id-1"));
    }

    #[test]
    fn braces_without_an_attribute_are_text() {
        assert!(!read_block("TBD").any);
        assert!(read_block("#id").any && read_block("").any && read_block("key=value").any);
    }

    #[test]
    fn words_that_are_no_attributes_are_told_apart() {
        let found = |block: &'static str| stray(block).map(|range| &block[range]);
        assert_eq!(found("#scope see the policy .x"), Some("see the policy"));
        assert_eq!(found("#a clauses=\"8.6.1 8.6.2\" .b"), None);
    }

    #[test]
    fn the_block_is_at_the_very_end() {
        let found = |heading: &'static str| find_block(heading).map(|range| &heading[range]);
        assert_eq!(found("## A {#b}"), Some("#b"));
        assert_eq!(found("## A {#b} \n"), Some("#b"));
        assert_eq!(found("A {#b}\n==="), Some("#b"));
        assert_eq!(found("## A {#b} ##"), None);
        assert_eq!(found("## A {{b}}"), None);
        assert_eq!(found("## A b}"), None);
        assert_eq!(found(""), None);
    }
}
