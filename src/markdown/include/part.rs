//! The part of a file that is inserted: all of it, some of its lines, or a section that marks in it name.

use crate::source::body_of;

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it; of a document, what stands below its front matter.
    Whole,
    /// Ranges of lines, from 1, both ends included.
    Lines(Vec<(usize, usize)>),
    /// A section by its name.
    Section(String),
}

impl Part {
    /// Reads what stands behind the path in mdBook: `2`, `2:`, `:10`, `2:10`, or a name.
    pub(super) fn of_mdbook(written: Option<&str>) -> Part {
        let Some(written) = written else { return Part::Whole };
        let (first, rest) = written.split_once(':').map_or((written, None), |(first, rest)| (first, Some(rest)));
        let end = |rest: &str| rest.split(':').next().and_then(|end| end.trim().parse().ok()).unwrap_or(usize::MAX);
        match (first.trim().parse::<usize>(), rest) {
            (Ok(line), None) => Part::Lines(vec![(line.max(1), line.max(1))]),
            (Ok(line), Some(rest)) => Part::Lines(vec![(line.max(1), end(rest))]),
            (Err(_), Some(rest)) if first.trim().is_empty() => Part::Lines(vec![(1, end(rest))]),
            (Err(_), _) if first.trim().is_empty() => Part::Whole,
            (Err(_), _) => Part::Section(first.trim().to_owned()),
        }
    }

    /// Reads what stands behind the path in MkDocs: `4`, `4:6`, `:6`, `1:3,5:6`, or a name.
    pub(super) fn of_snippet(written: Option<&str>) -> Part {
        let Some(written) = written else { return Part::Whole };
        let is_lines = written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b','));
        if !is_lines {
            return Part::Section(written.trim().to_owned());
        }
        let lines = written.split(',').map(|range| {
            let (start, end) = range.split_once(':').unwrap_or((range, ""));
            (start.parse().unwrap_or(1).max(1), end.parse().unwrap_or(usize::MAX))
        });
        Part::Lines(lines.collect())
    }

    /// This part of a text; nothing when it has none of the kind.
    pub(super) fn of(&self, text: &str, is_markdown: bool) -> Option<String> {
        let unmarked = |lines: &mut dyn Iterator<Item = &str>| -> String {
            let lines = lines.filter(|line| snippet_mark(line).is_none());
            lines.flat_map(|line| [line, "\n"]).collect()
        };
        match self {
            Part::Whole => Some(unmarked(&mut if is_markdown { body_of(text) } else { text }.lines())),
            Part::Lines(ranges) => {
                let lines: Vec<&str> = text.lines().collect();
                let piece = |(start, end): &(usize, usize)| lines.get(start - 1..(*end).min(lines.len()));
                let pieces: Option<Vec<&[&str]>> = ranges.iter().map(piece).collect();
                let pieces = pieces.filter(|pieces| pieces.iter().any(|piece| !piece.is_empty()))?;
                Some(unmarked(&mut pieces.into_iter().flatten().copied()))
            }
            Part::Section(name) => section(text, name),
        }
    }
}

/// The lines between the marks of a section, without the marks of others.
fn section(text: &str, name: &str) -> Option<String> {
    let mut is_open = false;
    let mut was_open = false;
    let mut found = String::new();
    for line in text.lines() {
        match snippet_mark(line).or_else(|| anchor_mark(line)) {
            Some((is_start, marked)) if marked == name => {
                is_open = is_start;
                was_open |= is_start;
            }
            Some(_) => {}
            None if is_open => found.extend([line, "\n"]),
            None => {}
        }
    }
    was_open.then_some(found)
}

/// `--8<-- [start:name]` or `[end:name]`, behind whatever makes it a comment: whether it opens the section, and its name.
pub(super) fn snippet_mark(line: &str) -> Option<(bool, &str)> {
    let inside = line.split_once("-8<-")?.1.trim_start_matches('-').trim_start().strip_prefix('[')?.split_once(']')?.0;
    match inside.split_once(':')? {
        ("start", name) => Some((true, name.trim())),
        ("end", name) => Some((false, name.trim())),
        _ => None,
    }
}

/// `ANCHOR: name` or `ANCHOR_END: name`.
fn anchor_mark(line: &str) -> Option<(bool, &str)> {
    let (is_start, rest) = match line.split_once("ANCHOR_END:") {
        Some((_, rest)) => (false, rest),
        None => (true, line.split_once("ANCHOR:")?.1),
    };
    let rest = rest.trim_start();
    let end = rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '_')));
    let name = &rest[..end.unwrap_or(rest.len())];
    (!name.is_empty()).then_some((is_start, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "one\n// ANCHOR: a\ntwo\n# --8<-- [start:b]\nthree\n# --8<-- [end:b]\n// ANCHOR_END: a\nfour\n";

    #[test]
    fn parts_of_a_text_are_found_by_either_writing() {
        for (part, expected) in [
            (Part::of_mdbook(None), Some("one\n// ANCHOR: a\ntwo\nthree\n// ANCHOR_END: a\nfour\n")),
            (Part::of_mdbook(Some("3")), Some("two\n")),
            (Part::of_mdbook(Some("5:")), Some("three\n// ANCHOR_END: a\nfour\n")),
            (Part::of_mdbook(Some(":1")), Some("one\n")),
            (Part::of_mdbook(Some("3:5")), Some("two\nthree\n")),
            (Part::of_mdbook(Some("a")), Some("two\nthree\n")),
            (Part::of_mdbook(Some("c")), None),
            (Part::of_mdbook(Some("90:")), None),
            (Part::of_snippet(Some("8")), Some("four\n")),
            (Part::of_snippet(Some(":1")), Some("one\n")),
            (Part::of_snippet(Some("1:1,8:8")), Some("one\nfour\n")),
            (Part::of_snippet(Some("b")), Some("three\n")),
            (
                Part::of_snippet(Some("4294967296000000000000")),
                Some("one\n// ANCHOR: a\ntwo\nthree\n// ANCHOR_END: a\nfour\n"),
            ),
        ] {
            assert_eq!(part.of(TEXT, false).as_deref(), expected, "{part:?}");
        }
        assert_eq!(Part::Whole.of("---\nid: A\n---\nText\n", true).as_deref(), Some("Text\n"));
    }
}
