//! Front matter that is none, because it does not begin in the first line or has lost a line around it.

use std::ops::Range;

use super::{elsewhere, limiting};
use crate::source::front_matter::FrontMatter;

/// Where a text without front matter begins with what was to be some.
///
/// Either a line of three or more hyphens or plus signs stands before a key, or what the text begins with are keys, and one of
/// them is a key of documents.
pub(crate) fn misplaced_front(text: &str) -> Option<Range<usize>> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let first = lines.next()?;
    let is_front = if is_like_a_fence(first) {
        lines.find(|line| !line.is_empty()).is_some_and(|line| key_of(line).is_some())
    } else {
        is_block_of_keys(text)
    };
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    is_front.then_some(start..start + first.len())
}

fn is_like_a_fence(line: &str) -> bool {
    line.len() >= 3 && ['-', '+'].iter().any(|sign| line.chars().all(|letter| letter == *sign))
}

/// Whether the lines up to an empty one or a fence are keys and what belongs to them.
fn is_block_of_keys(text: &str) -> bool {
    let lines = text.lines().skip_while(|line| line.trim().is_empty());
    let block: Vec<&str> = lines.take_while(|line| !line.trim().is_empty() && !is_like_a_fence(line.trim())).collect();
    let belongs = |line: &&str| key_of(line.trim()).is_some() || line.starts_with([' ', '\t', '-']);
    let is_known =
        |line: &&str| !line.starts_with([' ', '\t', '-']) && key_of(line.trim()).is_some_and(is_of_documents);
    block.iter().all(belongs) && block.iter().any(is_known)
}

/// The key that a line gives a value to.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once([':', '='])?;
    let key = key.trim().trim_matches(['"', '\'']);
    let is_key = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' ' | '.');
    (key.starts_with(char::is_alphabetic) && key.split(' ').count() <= 3 && key.chars().all(is_key)).then_some(key)
}

fn is_of_documents(key: &str) -> bool {
    let key = super::plain(key);
    FrontMatter::keys().any(|known| known == key) || elsewhere(&key).is_some() || limiting(&key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_to_be_front_matter_is_told_from_text() {
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
        ] {
            assert!(misplaced_front(text).is_none(), "{text:?}");
        }
        assert_eq!(misplaced_front("\n ----\nid: A\n"), Some(2..6));
    }
}
