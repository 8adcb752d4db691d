//! Links by id where the parser would read something else: `[[1]](https://…)` is Markdown's own link, and the bar of
//! `[[ID|label]]` splits no cell of a table.

use std::ops::Range;

use super::line::Line;
use super::outline::Outline;
use crate::markdown::rewrite::Edits;

/// Escapes what the parser would misread.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) {
    for line in lines {
        let written = &text[line.start..line.end.max(line.start)];
        if memchr::memmem::find(written.as_bytes(), b"[[").is_some() {
            rewrite_line(written, line.start, outline, edits);
        }
    }
}

/// Escapes within a line, which begins at byte `start` of the text.
fn rewrite_line(line: &str, start: usize, outline: &Outline, edits: &mut Edits) {
    let bars = line.matches('|').count();
    let (mut done, mut ticks) = (0, 0);
    while let Some(open) = line[done..].find("[[").map(|at| done + at) {
        let Some(length) = line[open + 2..].find("]]") else { return };
        let inside = &line[open + 2..open + 2 + length];
        // Code that a bar has split is no code for the parser.
        ticks += line[done..open].matches('`').count();
        let is_code = ticks % 2 == 1 || outline.is_opaque(start + open);
        ticks += inside.matches('`').count();
        done = open + 2 + length + 2;
        if is_code {
            continue;
        }
        if is_destination(&line[done..line.floor_char_boundary(done + LONGEST)], outline) {
            edits.insert(start + open + 1, "\\");
            edits.insert(start + open + 2 + length, "\\");
            continue;
        }
        unwrap_link(line, open..done, start, outline, edits);
        if let Some(bar) = bar(inside).filter(|_| bars > inside.matches('|').count()) {
            edits.insert(start + open + 2 + bar, "\\");
        }
    }
}

/// Ends a link around a link by id before it and goes on with it behind it: no link can stand within another.
fn unwrap_link(line: &str, inner: Range<usize>, start: usize, outline: &Outline, edits: &mut Edits) {
    let (before, after) = (&line[..inner.start], &line[inner.end..line.floor_char_boundary(inner.end + LONGEST)]);
    let Some(open) = outer_opening(before) else { return };
    let Some(close) = after.find(['[', ']']).filter(|close| after[*close..].starts_with("](")) else { return };
    let Some(length) = enclosed(&after[close + 2..]).filter(|_| is_destination(&after[close + 1..], outline)) else {
        return;
    };
    let end = close + 2 + length.len() + 1;
    if before[open + 1..].trim().is_empty() {
        edits.delete(start + open..start + open + 1);
    } else {
        edits.insert(start + inner.start, after[close..end].to_owned());
    }
    if after[..close].trim().is_empty() {
        edits.delete(start + inner.end + close..start + inner.end + end);
    } else {
        edits.insert(start + inner.end, "[");
    }
}

/// Where the text of a link is opened that is not closed before the end of a part of a line.
pub(super) fn outer_opening(before: &str) -> Option<usize> {
    let open = before.rfind(['[', ']'])?;
    let is_link = before[open..].starts_with('[') && !before[..open].ends_with(['\\', '!', '[']);
    is_link.then_some(open)
}

/// Longest destination of a link that is looked at, in bytes.
const LONGEST: usize = 4_096;

/// The first bar that no backslash escapes.
fn bar(text: &str) -> Option<usize> {
    let bar = text.find('|')?;
    (!text[..bar].ends_with('\\')).then_some(bar)
}

/// Whether what follows the brackets is what follows the text of one of Markdown's own links.
fn is_destination(after: &str, outline: &Outline) -> bool {
    if let Some(label) = after.strip_prefix('[') {
        return label.split_once(']').is_some_and(|(label, _)| outline.defines(label));
    }
    let Some(inside) = after.strip_prefix('(').and_then(enclosed) else { return false };
    let inside = inside.trim();
    let address = match inside.strip_prefix('<').and_then(|inside| inside.split_once('>')) {
        Some((_, title)) => return title.is_empty() || is_title(title.trim_start()),
        None => inside.split_ascii_whitespace().next().unwrap_or_default(),
    };
    let title = inside[address.len()..].trim_start();
    !address.is_empty() && (title.is_empty() || is_title(title))
}

/// What stands before the bracket that closes.
fn enclosed(text: &str) -> Option<&str> {
    let mut open = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(&text[..at]),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

fn is_title(text: &str) -> bool {
    text.len() >= 2
        && [('"', '"'), ('\'', '\''), ('(', ')')]
            .iter()
            .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
}

#[cfg(test)]
mod tests {
    use super::super::rewritten_by;
    use super::*;

    fn rewritten(text: &str) -> String {
        rewritten_by(text, rewrite)
    }

    #[test]
    fn markdown_keeps_its_links_whose_text_has_brackets() {
        assert_eq!(rewritten("[[1]](https://x.org/(a)) b"), "[\\[1\\]](https://x.org/(a)) b");
        assert_eq!(rewritten("[[1]](<a b.md> \"t\")"), "[\\[1\\]](<a b.md> \"t\")");
        assert_eq!(rewritten("[[1]][x]\n\n[x]: y"), "[\\[1\\]][x]\n\n[x]: y");
        for text in ["[[A-1]] (x)", "[[A-1]](see below)", "[[A-1]]()", "[[A-1]][x]", "`[[1]](x)`", "    [[1]](x)"] {
            assert_eq!(rewritten(text), text);
        }
    }

    #[test]
    fn links_by_id_within_links_stay_links() {
        assert_eq!(rewritten("[see [[A-1|b]] here](c.md \"t\")"), "[see ](c.md \"t\")[[A-1|b]][ here](c.md \"t\")");
        assert_eq!(rewritten("[[[A-1]]](c.md)"), "[[[A-1]]](c.md)");
        assert_eq!(rewritten("[ [[A-1]] ](c.md)"), " [[A-1]] ");
        for text in ["[a] [[A-1]] [b](c.md)", "[see [[A-1]] here] (c)", "\\[see [[A-1]] here](c.md)"] {
            assert_eq!(rewritten(text), text);
        }
    }

    #[test]
    fn bars_of_labels_split_no_cell() {
        assert_eq!(rewritten("| a | [[A-1|b]] |\n|-|-|\n"), "| a | [[A-1\\|b]] |\n|-|-|\n");
        for text in ["[[A-1|b]] c", "| [[A-1\\|b]] |", "| `[[A-1|b]]` |", "| [[A-1]] |"] {
            assert_eq!(rewritten(text), text);
        }
    }
}
