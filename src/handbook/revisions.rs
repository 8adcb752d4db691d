//! The revision history of a document, as opposed to a record of the releases of something else.

mod words;

use super::table_source::{MAX_ROWS, TableRow, is_delimiter, markdown_cells};
use crate::markdown::Heading;
use crate::placeholder::normalize_words;
use crate::source::front_matter::FrontMatter;
use crate::source::version::{Version, is_version_word};
use words::{DAY_HEADS, DAY_WORDS, HEADINGS, THING_WORDS, VERSION_HEADS};

/// Decides whether a row or an item belongs to the document's own history.
pub(super) struct Revisions<'a> {
    /// The version of the document.
    version: Version,
    headings: &'a [Heading],
    source: &'a str,
}

impl<'a> Revisions<'a> {
    /// Only a document with a version has a history: a record has none.
    pub(super) fn new(front: &FrontMatter, headings: &'a [Heading], source: &'a str) -> Option<Revisions<'a>> {
        let version = front.version.as_ref().map(|version| Version::new(&version.value))?;
        Some(Revisions { version, headings, source })
    }

    /// Whether a row lists a version of the document: the newest version in its table is that of the document, or an
    /// older one below a heading such as `Revision history`.
    pub(super) fn contain_row(&self, row: &TableRow<'_>) -> bool {
        let heads: Vec<String> = row.heads().iter().map(|head| normalize_words(head)).collect();
        let has = |known: &[&str]| heads.iter().flat_map(|head| head.split(' ')).any(|word| known.contains(&word));
        let Some(column) = heads.iter().position(|head| is_version_head(head)) else { return false };
        let has_day = has(&DAY_WORDS) || heads.iter().any(|head| DAY_HEADS.contains(&head.as_str()));
        has_day && !has(&THING_WORDS) && self.is_newest(row, column)
    }

    /// Whether an item below such a heading says what changed in a version of the document: `1.0 (2026-10-05): first
    /// version`.
    pub(super) fn contain_item(&self, text: &str, start: usize) -> bool {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '(' | ')'));
        let first = words.next().unwrap_or_default();
        let is_named = is_version_head(&first.to_lowercase());
        let version = if is_named { words.next().unwrap_or_default() } else { first };
        let version = version.trim_start_matches(['v', 'V']);
        let is_version = version.starts_with(|c: char| c.is_ascii_digit()) && (is_named || version.contains('.'));
        is_version && !Version::new(version).is_higher_than(&self.version) && self.is_below_heading(start)
    }

    fn is_below_heading(&self, start: usize) -> bool {
        let above = self.headings.partition_point(|heading| (heading.span.start as usize) <= start);
        above.checked_sub(1).is_some_and(|heading| {
            let words = normalize_words(&self.headings[heading].text);
            let words = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            HEADINGS.contains(&words)
        })
    }

    /// Whether the newest version in a column of the table with this row is that of the document, or, below a heading,
    /// an older one.
    fn is_newest(&self, row: &TableRow<'_>, column: usize) -> bool {
        let (above, below) = self.source.split_at(row.span.start);
        let above = above.lines().rev().take(MAX_ROWS).take_while(|line| line.contains('|'));
        let above = above.take_while(|line| !is_delimiter(line));
        let below = below.lines().take(MAX_ROWS).take_while(|line| line.contains('|'));
        let versions = above.chain(below).filter_map(|line| markdown_cells(line).nth(column)).map(Version::new);
        let later = |one: Version, other: Version| if one.is_higher_than(&other) { one } else { other };
        let Some(newest) = versions.reduce(later) else { return false };
        let is_older = newest.has_number() && !newest.is_higher_than(&self.version);
        newest.has_numbers_of(&self.version) || is_older && self.is_below_heading(row.span.start)
    }
}

fn is_version_head(head: &str) -> bool {
    head.split(' ').any(is_version_word) || VERSION_HEADS.contains(&head)
}
