//! Front matter that is not read because it does not start in the first line or lacks a fence.

use std::ops::Range;

use super::foreign_keys::CASUAL_LIMITING_KEYS;
use super::meaning::{is_listed, limited_key, normalize_key, own_key_for};
use crate::source::front_matter::FrontMatter;
use crate::text::is_dash;

/// Number of lines below a fence that are searched for a key.
const SCANNED_LINES: usize = 20;

/// Finds the start of misplaced front matter in a text without front matter.
///
/// Apart from comments and empty lines, the text must start either with a line that begins with at least three hyphens
/// or plus signs, or with a brace, followed by a key of documents; or with keys, one of which is a key of documents.
pub(crate) fn misplaced_front(text: &str) -> Option<Range<usize>> {
    let mut lines = content_lines(text);
    let first = lines.next()?;
    let is_front = match is_opening_like(trim_invisible(first)) || trim_invisible(first) == "{" {
        true => lines
            .skip_while(|line| is_fence_like(trim_invisible(line)))
            .take(SCANNED_LINES)
            .take_while(|line| !is_fence_like(trim_invisible(line)))
            .filter_map(key_of)
            .any(is_document_key),
        false => is_block_of_keys(std::iter::once(first).chain(lines)),
    };
    let start = first.as_ptr() as usize - text.as_ptr() as usize + (first.len() - first.trim_start().len());
    is_front.then_some(start..start + first.trim().len())
}

/// Finds a second block of front matter at the start of a body; it must be closed and contain no empty line.
///
/// It begins with a fence, preceded by empty lines at most, or with keys directly below the first block. The flag says
/// whether one of the keys is one that documents have.
pub(super) fn second_front(body: &str) -> Option<(Range<usize>, bool)> {
    let first = body.lines().find(|line| !trim_invisible(line).is_empty())?;
    let start = first.as_ptr() as usize - body.as_ptr() as usize;
    let below = body.get(start..)?;
    let is_opened = is_fence_like(trim_invisible(first));
    if !is_opened && start > 0 {
        return None;
    }
    let rest = below.lines().skip(usize::from(is_opened));
    let is_within = |line: &&str| !is_fence_like(trim_invisible(line)) && !trim_invisible(line).is_empty();
    let block: Vec<&str> = rest.take_while(is_within).collect();
    let end = below.lines().nth(usize::from(is_opened) + block.len())?;
    let is_of_another_tool = is_opened && are_tool_keys(&block);
    let is_ours = is_block_of_keys(block.into_iter());
    let is_front = is_fence_like(trim_invisible(end)) && (is_ours || is_of_another_tool);
    is_front.then_some((start..start + first.trim_end().len(), is_ours))
}

/// Whether the lines are several keys as other tools write them: `layout: default`, then `nav_order: 3`.
fn are_tool_keys(lines: &[&str]) -> bool {
    let is_small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    let is_key = |line: &&str| {
        let key = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '));
        key.is_some_and(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(is_small))
    };
    lines.len() > 1 && lines.iter().all(is_key)
}

/// The lines of a text from the first one that is neither empty nor part of a comment.
fn content_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut is_comment = false;
    text.lines().skip_while(move |line| {
        let is_opened = is_comment || trim_invisible(line).starts_with("<!--");
        is_comment = is_opened && !line.contains("-->");
        is_opened || trim_invisible(line).is_empty()
    })
}

/// A line without surrounding white space and invisible characters.
fn trim_invisible(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
}

fn is_fence_like(line: &str) -> bool {
    line.len() >= 3 && ['-', '+'].iter().any(|mark| line.chars().all(|c| c == *mark))
}

/// Whether a first line was meant to open front matter: it is a fence, possibly of other dashes or with something after
/// it, or starts a YAML stream.
fn is_opening_like(line: &str) -> bool {
    let of_dashes = !line.is_empty() && line.chars().all(is_dash);
    of_dashes || line.starts_with("---") || line.starts_with("+++") || line.starts_with("%YAML")
}

/// Whether the lines up to an empty one or a fence are keys and their values.
fn is_block_of_keys<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let block: Vec<&str> =
        lines.take_while(|line| !trim_invisible(line).is_empty() && !is_fence_like(trim_invisible(line))).collect();
    let is_below = |line: &str| line.starts_with([' ', '\t', '-', '#']);
    let is_known = |line: &&str| key_of(line).is_some_and(is_document_key);
    let Some((first, rest)) = block.split_first() else { return false };
    let belongs = |line: &&str| key_of(line).is_some() || is_below(line);
    key_of(first).is_some() && rest.iter().all(belongs) && block.iter().any(is_known)
}

/// The key to which a line assigns a value; the first of several in braces.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = trim_invisible(line).trim_start_matches(['{', ' ']).split_once([':', '='])?;
    let key = key.trim().trim_matches(['"', '\'']);
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.');
    (key.starts_with(char::is_alphabetic) && key.split(' ').count() <= 3 && key.chars().all(is_key)).then_some(key)
}

fn is_document_key(key: &str) -> bool {
    let key = normalize_key(key);
    // Ordinary text may well start with `Note:`, `History:` or `Replaces:`.
    let is_ordinary = || {
        CASUAL_LIMITING_KEYS.contains(&key.as_str())
            || own_key_for(&key).is_some_and(|ours| ["changes", "supersedes"].contains(&ours))
    };
    let is_listed = || (is_listed(&key) || limited_key(&key).is_some()) && !is_ordinary();
    FrontMatter::keys().any(|front_key| front_key == key) || is_listed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_front_matter_is_distinguished_from_text() {
        for text in [
            "\n---\nclassification: restricted\n---\ntext",
            " ---\nid: A\n---\ntext",
            "----\nid: A\n---\ntext",
            "--- \n\nid: A\n---\n",
            "\n+++\nid = \"A\"\n+++\n",
            "classification: restricted\nowner: Desk\n---\ntext",
            "Title: Access\nStatus: Draft\n\ntext",
            "services:\n  - Mail\n- Desk\n\ntext",
            "Security: restricted\n",
            "<!-- markdownlint-disable -->\n---\nclassification: restricted\n---\n",
            "<!-- a\nb -->\n\n---\nid: A\n---\n",
            "\n---\n# comment\nclassification: restricted\n---\n",
            "\n---\n{id: A, classification: restricted}\n---\n",
            "\n{\n \"classification\": \"restricted\"\n}\n",
            "classification: restricted\n# comment\nid: A\n---\n",
            "\u{200b}---\nid: A\n---\n",
            "--- # handbook\nid: A\n---\n",
            "---yaml\nid: A\n---\n",
            "--- |\n  id: A\n---\n",
            "\u{2014}\nid: A\n\u{2014}\n",
            "%YAML 1.2\n---\nid: A\n---\n",
        ] {
            assert!(misplaced_front(text).is_some(), "{text:?}");
        }
        for text in [
            "",
            "---\n",
            "---\n\nWords between two rules.\n\n---\n",
            "# Heading\n\nowner: Desk\n",
            "Call the desk: it answers until five.\n",
            "Note: closed on Friday.\n\nid: A\n",
            "Owner and title:\nthe desk keeps both.\n",
            "https://example.org\n",
            "----\nTip: call first.\n",
            "# Owner: desk\n\nWords.\n",
            "- Owner: Desk\n- Status: open\n",
        ] {
            assert!(misplaced_front(text).is_none(), "{text:?}");
        }
        assert_eq!(misplaced_front("\n ----\nid: A\n"), Some(2..6));
    }

    #[test]
    fn a_second_block_is_distinguished_from_text_between_rules() {
        for body in [
            "---\nclassification: restricted\n---\ntext",
            "\n---\nstatus: draft\nservices:\n  - Mail\n---\n",
            "+++\nstatus = \"draft\"\n+++\n",
            "status: draft\n---\ntext",
        ] {
            assert!(second_front(body).is_some_and(|(_, is_ours)| is_ours), "{body:?}");
        }
        for body in [
            "",
            "\n---\n",
            "---\n\nstatus: draft\n\n---\n",
            "---\nWords between two rules.\n---\n",
            "---\nTip: call first.\n---\n",
            "\nStatus: draft\n---\n",
            "---\nstatus: draft\n\nWords.\n",
        ] {
            assert!(second_front(body).is_none(), "{body:?}");
        }
        assert_eq!(second_front("\n---\nid: A\n---\n"), Some((1..4, true)));
        assert_eq!(second_front("---\nlayout: default\nnav_order: 3\n---\n"), Some((0..3, false)));
        assert_eq!(second_front("---\nThe desk: it answers.\nCall: now.\n---\n"), None);
    }
}
