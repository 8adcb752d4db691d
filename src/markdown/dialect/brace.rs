//! A backslash before the last brace of a heading, as MDX prescribes it: `## GET /users/\{id}`. The parser would read
//! attributes all the same, and leave the backslash on the page.

use super::line::Line;
use super::outline::Outline;
use crate::markdown::attributes::{find_block, looks_like_claim};
use crate::markdown::rewrite::Edits;

/// Escapes the closing brace, too. A claim is left alone, because its backslash is reported.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) {
    if !may_escape_braces(text.as_bytes()) {
        return;
    }
    for line in lines {
        let heading = line.text(text).trim_end();
        if !heading.starts_with('#') || outline.is_opaque(line.content) {
            continue;
        }
        let block = find_block(heading).filter(|block| heading[..block.start - 1].ends_with('\\'));
        if let Some(block) = block.filter(|block| !looks_like_claim(&heading[block.clone()])) {
            edits.insert(line.content + block.end, "\\");
        }
    }
}

/// Whether a text may contain such a brace.
pub(super) fn may_escape_braces(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"\\{").is_some()
}

#[cfg(test)]
mod tests {
    use super::super::rewritten_by;
    use super::*;

    #[test]
    fn braces_of_headings_are_escaped_on_both_sides() {
        let rewritten = |text: &str| rewritten_by(text, rewrite);
        assert_eq!(rewritten("## GET /\\{id}\n\na \\{b}"), "## GET /\\{id\\}\n\na \\{b}");
        for text in ["## A \\{clauses=\"8.6.1\"}", "## A \\{b\\}", "```\n## A \\{b}\n```", "## A {b}"] {
            assert_eq!(rewritten(text), text);
        }
    }
}
