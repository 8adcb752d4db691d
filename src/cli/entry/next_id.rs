//! The ID of a new entry, in the style of the IDs that its register already has.

use std::collections::BTreeMap;

use super::Registers;
use crate::cli::Failure;
use crate::handbook::PlacedEntry;
use crate::register::{Kind, RegisterFile};

/// A number in an ID is a year if it is at most this many years before the year of the new entry.
const MAX_YEARS_AGO: i16 = 20;
/// A number in an ID is a year if it is at most this many years after the year of the new entry.
const MAX_YEARS_AHEAD: i16 = 3;

/// What comes before the number of an ID: a prefix, and perhaps a year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct IdStyle {
    prefix: String,
    year: YearStyle,
}

/// How a year is written in an ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum YearStyle {
    None,
    TwoDigits(char),
    FourDigits(char),
}

impl IdStyle {
    /// The style of the IDs in a register without entries, and the minimum number of digits of their numbers.
    fn usual(kind: Kind) -> (IdStyle, usize) {
        let prefix = kind.row().prefix.to_owned();
        match kind {
            Kind::Audits => (IdStyle { prefix, year: YearStyle::TwoDigits('-') }, 1),
            _ => (IdStyle { prefix, year: YearStyle::FourDigits('-') }, 2),
        }
    }

    /// The style and the number of an ID; `None` if it does not end in a number.
    fn parse(id: &str, entry_year: i16) -> Option<(IdStyle, &str)> {
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = Some(&id[stem.len()..]).filter(|number| !number.is_empty())?;
        let (prefix, year) = split_year(stem, entry_year).unwrap_or((stem, YearStyle::None));
        Some((IdStyle { prefix: prefix.to_owned(), year }, number))
    }

    /// Everything before the number.
    fn stem(&self, year: i16) -> String {
        match self.year {
            YearStyle::None => self.prefix.clone(),
            YearStyle::TwoDigits(end) => format!("{}{:02}{end}", self.prefix, year % 100),
            YearStyle::FourDigits(end) => format!("{}{year}{end}", self.prefix),
        }
    }
}

/// Splits a stem such as `NC-2026-` or `A26-` into what is before the year, and how the year is written.
fn split_year(stem: &str, entry_year: i16) -> Option<(&str, YearStyle)> {
    let end = stem.chars().next_back().filter(|c| matches!(c, '-' | '.' | '_'))?;
    let without_end = &stem[..stem.len() - 1];
    let prefix = without_end.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &without_end[prefix.len()..];
    let number: i16 = digits.parse().ok()?;
    let years = entry_year - MAX_YEARS_AGO..=entry_year + MAX_YEARS_AHEAD;
    match digits.len() {
        4 if years.contains(&number) => Some((prefix, YearStyle::FourDigits(end))),
        2 if years.contains(&(entry_year - entry_year % 100 + number)) => Some((prefix, YearStyle::TwoDigits(end))),
        _ => None,
    }
}

impl Registers<'_> {
    /// The next free ID of a year, in the style of the entries of that register or, if it has none, of that kind, or
    /// otherwise in the usual style of the kind.
    pub(super) fn next_id(&self, kind: Kind, file: &RegisterFile, year: i16) -> Result<String, Failure> {
        let of_kind = || self.reading.handbook.registers.of_kind(kind).map(|(_, placed_entry)| placed_entry);
        let is_here = |placed_entry: &&PlacedEntry| placed_entry.file.source.path() == file.source.path();
        let (style, digits) = most_frequent_style(of_kind().filter(is_here), year)
            .or_else(|| most_frequent_style(of_kind(), year))
            .unwrap_or_else(|| IdStyle::usual(kind));
        let stem = style.stem(year);
        let number = |placed_entry: &PlacedEntry| placed_entry.id().strip_prefix(&stem)?.parse::<u64>().ok();
        let next = of_kind().filter_map(number).max().map_or(Some(1), |highest| highest.checked_add(1));
        let id = |number: u64| format!("{stem}{number:0digits$}");
        // The ID of an entry that is not shown here is taken as well.
        let mut ids = next.into_iter().flat_map(|next| next..=u64::MAX).map(id);
        ids.find(|id| self.refuse_used_id(id).is_ok())
            .ok_or_else(|| Failure::new("no ID is free in the style of this register; give one with --id"))
    }
}

/// The most frequent style of IDs, and the smallest number of digits that a number has in it; `None` if no ID ends in a
/// number.
fn most_frequent_style<'e>(entries: impl Iterator<Item = &'e PlacedEntry>, year: i16) -> Option<(IdStyle, usize)> {
    let mut styles: BTreeMap<IdStyle, (usize, usize)> = BTreeMap::new();
    for (style, number) in entries.filter_map(|placed_entry| IdStyle::parse(placed_entry.id(), year)) {
        let (count, digits) = styles.entry(style).or_insert((0, number.len()));
        (*count, *digits) = (*count + 1, number.len().min(*digits));
    }
    let (style, (_, digits)) = styles.into_iter().max_by_key(|(_, (count, _))| *count)?;
    Some((style, digits))
}
