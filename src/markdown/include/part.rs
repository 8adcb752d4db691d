//! The part of a file to be inserted: the whole file, some of its lines, or a named section.

use crate::source::body_of;

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FilePart {
    /// The whole file; for a document, the body below its front matter.
    Whole,
    /// Ranges of lines, counted from 1 and inclusive at both ends.
    Lines(Vec<(usize, usize)>),
    /// A named section.
    Section(String),
    /// A malformed or impossible part.
    Malformed,
}

impl FilePart {
    /// Parses the part after a path in mdBook: `2`, `2:`, `:10`, `2:10`, or a name.
    pub(super) fn from_mdbook(spec: Option<&str>) -> FilePart {
        let Some(spec) = spec else { return FilePart::Whole };
        let (first, rest) = spec.split_once(':').map_or((spec, None), |(first, rest)| (first, Some(rest)));
        let (first, rest) = (first.trim(), rest.map(str::trim));
        match (number(first), rest) {
            (Some(line), None) => FilePart::lines([Some((line, line))]),
            (Some(_), Some(rest)) => FilePart::lines([range(first, rest)]),
            (None, Some(rest)) if first.is_empty() => FilePart::lines([range(first, rest)]),
            (None, None) if first.is_empty() => FilePart::Whole,
            (None, None) => FilePart::Section(first.to_owned()),
            (None, Some(_)) => FilePart::Malformed,
        }
    }

    /// Parses the part after a path in MkDocs: `4`, `4:6`, `:6`, `1:3,5:6`, or a name.
    pub(super) fn from_snippet(spec: Option<&str>) -> FilePart {
        let Some(spec) = spec else { return FilePart::Whole };
        let is_lines = spec.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b','));
        if !is_lines {
            return FilePart::Section(spec.trim().to_owned());
        }
        let is_list = spec.contains(',');
        FilePart::lines(spec.split(',').map(|part| {
            let (start, end) = part.split_once(':').unwrap_or((part, ""));
            range(start, end).filter(|_| !is_list || !part.is_empty())
        }))
    }

    /// A part of several ranges of lines, if all of them are valid and not empty.
    fn lines(ranges: impl IntoIterator<Item = Option<(usize, usize)>>) -> FilePart {
        let ranges = ranges.into_iter().map(|range| range.filter(|(start, end)| 1 <= *start && start <= end));
        ranges.collect::<Option<Vec<_>>>().map_or(FilePart::Malformed, FilePart::Lines)
    }

    /// Extracts this part from a text; `None` if the text has no such part.
    pub(super) fn extract(&self, text: &str, is_markdown: bool) -> Option<String> {
        let unmarked = |lines: &mut dyn Iterator<Item = &str>| -> String {
            let lines = lines.filter(|line| snippet_mark(line).is_none());
            lines.flat_map(|line| [line, "\n"]).collect()
        };
        match self {
            FilePart::Whole => Some(unmarked(&mut if is_markdown { body_of(text) } else { text }.lines())),
            FilePart::Lines(ranges) => {
                let lines: Vec<&str> = text.lines().collect();
                let piece = |(start, end): &(usize, usize)| lines.get(start - 1..(*end).min(lines.len()));
                let pieces: Option<Vec<&[&str]>> = ranges.iter().map(piece).collect();
                let pieces = pieces.filter(|pieces| pieces.iter().any(|piece| !piece.is_empty()))?;
                Some(unmarked(&mut pieces.into_iter().flatten().copied()))
            }
            FilePart::Section(name) => section(text, name),
            FilePart::Malformed => None,
        }
    }
}

/// A range of lines; the start defaults to the first line, the end to the last.
fn range(start: &str, end: &str) -> Option<(usize, usize)> {
    let or = |digits: &str, line| if digits.is_empty() { Some(line) } else { number(digits) };
    Some((or(start, 1)?, or(end, usize::MAX)?))
}

/// A line number; one that exceeds `usize` gives the maximum.
fn number(digits: &str) -> Option<usize> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(usize::MAX))
}

/// The lines between the markers of a section, without the markers of other sections.
fn section(text: &str, name: &str) -> Option<String> {
    let mut is_open = false;
    let mut was_open = false;
    let mut section_text = String::new();
    for line in text.lines() {
        match snippet_mark(line).or_else(|| anchor_mark(line)) {
            Some((is_start, marked)) if marked == name => {
                is_open = is_start;
                was_open |= is_start;
            }
            Some(_) => {}
            None if is_open => section_text.extend([line, "\n"]),
            None => {}
        }
    }
    was_open.then_some(section_text)
}

/// Parses `--8<-- [start:name]` or `[end:name]`, after any comment syntax: whether it opens the section, and the name.
pub(super) fn snippet_mark(line: &str) -> Option<(bool, &str)> {
    let inner = line.split_once("-8<-")?.1.trim_start_matches('-').trim_start().strip_prefix('[')?.split_once(']')?.0;
    match inner.split_once(':')? {
        ("start", name) => Some((true, name.trim())),
        ("end", name) => Some((false, name.trim())),
        _ => None,
    }
}

/// Parses `ANCHOR: name` or `ANCHOR_END: name`.
fn anchor_mark(line: &str) -> Option<(bool, &str)> {
    let (is_start, rest) = match line.split_once("ANCHOR_END:") {
        Some((_, rest)) => (false, rest),
        None => (true, line.split_once("ANCHOR:")?.1),
    };
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
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
            (FilePart::from_mdbook(None), Some("one\n// ANCHOR: a\ntwo\nthree\n// ANCHOR_END: a\nfour\n")),
            (FilePart::from_mdbook(Some("3")), Some("two\n")),
            (FilePart::from_mdbook(Some("5:")), Some("three\n// ANCHOR_END: a\nfour\n")),
            (FilePart::from_mdbook(Some(":1")), Some("one\n")),
            (FilePart::from_mdbook(Some("3:5")), Some("two\nthree\n")),
            (FilePart::from_mdbook(Some("a")), Some("two\nthree\n")),
            (FilePart::from_mdbook(Some("c")), None),
            (FilePart::from_mdbook(Some("90:")), None),
            (FilePart::from_snippet(Some("8")), Some("four\n")),
            (FilePart::from_snippet(Some(":1")), Some("one\n")),
            (FilePart::from_snippet(Some("1:1,8:8")), Some("one\nfour\n")),
            (FilePart::from_snippet(Some("b")), Some("three\n")),
            (FilePart::from_snippet(Some("4294967296000000000000")), None),
            (FilePart::from_snippet(Some("8:99")), Some("four\n")),
        ] {
            assert_eq!(part.extract(TEXT, false).as_deref(), expected, "{part:?}");
        }
        for written in ["0", "1:2:3", "3:x", "3:2", "0:2"] {
            assert_eq!(FilePart::from_mdbook(Some(written)), FilePart::Malformed, "{written}");
        }
        for written in ["0", "1:2:3", ",", "1,", "3:2", ":0", "1:1,0:2"] {
            assert_eq!(FilePart::from_snippet(Some(written)), FilePart::Malformed, "{written}");
        }
        assert_eq!(FilePart::Whole.extract("---\nid: A\n---\nText\n", true).as_deref(), Some("Text\n"));
    }
}
