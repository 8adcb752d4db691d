//! Tabs of MkDocs Material, `=== "Windows"` above indented lines: the label becomes a line above the content of the
//! tab.

use std::ops::Range;

use super::line::{ContainerPrefix, Line, indented};
use super::outline::Outline;
use crate::markdown::rewrite::Edits;

/// Rewrites the outermost tabs of a text; returns the ranges of their labels.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) -> Vec<Range<usize>> {
    let mut labels = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some(title) = title(line.text(text)).filter(|_| !outline.is_opaque(line.content)) else { continue };
        let prefix = ContainerPrefix::from_markers(line.marks(text));
        let body = body(text, &lines[at..], &prefix);
        if body == 0 {
            continue;
        }
        let separator = format!("\n{}", prefix.blank());
        let before = if line.marks(text).trim().is_empty() { separator.clone() } else { String::new() };
        let start = line.content + line.text(text).find(title).unwrap_or(0);
        edits.replace(line.content..start, format!("{before}**"));
        edits.replace(start + title.len()..line.end, format!("**{separator}"));
        labels.push(line.content..line.end);
        for inner in &lines[at..at + body] {
            let from = prefix.enter(text, inner).unwrap_or(inner.start);
            if let Some(columns) = indented(text, from, inner.end) {
                edits.delete(columns);
            }
        }
        at += body;
    }
    labels
}

/// The label in a line that opens a tab.
fn title(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("===")?;
    let rest = rest.strip_prefix(['!', '+']).unwrap_or(rest).strip_prefix(' ')?.trim();
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let title = rest.strip_prefix(mark)?.strip_suffix(mark)?.trim();
    (!title.is_empty() && !title.contains('*')).then_some(title)
}

/// The number of lines that belong to a tab, up to the last indented one.
fn body(text: &str, lines: &[Line], prefix: &ContainerPrefix) -> usize {
    let mut count = 0;
    for (number, line) in lines.iter().enumerate() {
        match prefix.enter(text, line) {
            Some(at) if at >= line.end => {}
            Some(at) if indented(text, at, line.end).is_some() => count = number + 1,
            _ => break,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::rewritten_by;
    use super::*;

    fn rewritten(text: &str) -> String {
        rewritten_by(text, rewrite)
    }

    #[test]
    fn tab_content_is_below_its_label() {
        for (text, expected) in [
            (
                "=== \"Linux\"\n\n    Run it.\n\n        code\n\n=== \"Mac\"\n    x\n\ny",
                "\n**Linux**\n\n\nRun it.\n\n    code\n\n\n**Mac**\n\nx\n\ny",
            ),
            ("- a\n  === \"B\"\n\n      c", "- a\n  \n  **B**\n  \n\n  c"),
            ("=== \"B\"\n\nc", "=== \"B\"\n\nc"),
            ("```\n=== \"B\"\n    c\n```", "```\n=== \"B\"\n    c\n```"),
        ] {
            assert_eq!(rewritten(text), expected, "{text}");
        }
    }
}
