//! Fences of Docusaurus that do not delimit code: the content of ```` ```mdx-code-block ```` is MDX, which only other
//! programs treat as code.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::markdown::options::OPTIONS;

/// The info string of such a fence.
const FENCE_INFO: &str = "mdx-code-block";

/// The opening and closing lines of all such fences, without their line ends.
pub(in crate::markdown) fn fences(text: &str) -> Vec<Range<usize>> {
    if !may_hold_fences(text.as_bytes()) {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        if info.trim() != FENCE_INFO {
            continue;
        }
        let block = &text[range.clone()];
        let open = block.find('\n').unwrap_or(block.len());
        ranges.push(range.start..range.start + open);
        let end = range.start + block.trim_end().len();
        let close = text[range.start..end].rfind('\n').map_or(end, |at| range.start + at + 1);
        let close = close + text[close..end].find(['`', '~']).unwrap_or(end - close);
        if close > range.start + open
            && end >= close + 3
            && text[close..end].bytes().all(|byte| matches!(byte, b'`' | b'~'))
        {
            ranges.push(close..end);
        }
    }
    ranges
}

/// Whether a text may contain such fences.
pub(super) fn may_hold_fences(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, FENCE_INFO.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fences_of_mdx_are_found() {
        let found = |text: &str| fences(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("a\n\n```mdx-code-block\n<A/>\n```\n\nb"), ["```mdx-code-block", "```"]);
        assert_eq!(found("- x\n\n  ~~~ mdx-code-block\n  <A/>\n  ~~~\n"), ["~~~ mdx-code-block", "~~~"]);
        assert_eq!(found("```mdx-code-block\n<A/>\n``"), ["```mdx-code-block"]);
        assert_eq!(
            found("````md\n```mdx-code-block\n```\n````\n\n```mdx\nx\n```\nmdx-code-block"),
            Vec::<String>::new()
        );
    }
}
