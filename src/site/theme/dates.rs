//! Dates in the portal's language.

use std::borrow::Borrow;
use std::fmt::Write;
use std::hash::Hash;
use std::sync::RwLock;

use ahash::AHashMap;

use super::html::Html;
use super::labels::Labels;
use crate::date::Date;
use crate::html::escape;

/// The maximum number of cached dates.
const MAX_CACHED_DATES: usize = 10_000;

/// The date format of a language, looked up once because pages contain many dates.
#[derive(Debug)]
pub(super) struct DateFormatter {
    short: [String; 12],
    long: [String; 12],
    pattern: Vec<DatePatternPart>,
    /// Cached elements by input text. Pages contain many dates, most of which occur on other pages too.
    elements_by_text: RwLock<AHashMap<Box<str>, Html>>,
    /// Cached elements by date.
    elements_by_date: RwLock<AHashMap<Date, Html>>,
}

impl Clone for DateFormatter {
    fn clone(&self) -> DateFormatter {
        let (short, long, pattern) = (self.short.clone(), self.long.clone(), self.pattern.clone());
        DateFormatter { short, long, pattern, elements_by_text: RwLock::default(), elements_by_date: RwLock::default() }
    }
}

/// A part of the date pattern, which contains `{day}`, `{month}` and `{year}`.
#[derive(Clone, Debug)]
enum DatePatternPart {
    Text(String),
    Day,
    Month,
    Year,
}

impl DateFormatter {
    pub(super) fn new(labels: &Labels) -> DateFormatter {
        let month = |form: &str, number: usize| labels.text(&format!("month.{form}.{number}")).to_owned();
        DateFormatter {
            short: std::array::from_fn(|index| month("short", index + 1)),
            long: std::array::from_fn(|index| month("long", index + 1)),
            pattern: parts(labels.text("date")),
            elements_by_text: RwLock::default(),
            elements_by_date: RwLock::default(),
        }
    }

    /// A date such as `2026-11-22` as a `<time>` element with an abbreviated month; `None` if the text is not a date.
    pub(super) fn text_element(&self, text: &str) -> Option<Html> {
        if let Some(cached_element) = cached(&self.elements_by_text, text) {
            return Some(cached_element);
        }
        let element = Html::new(&self.markup(text.parse().ok()?, false));
        keep(&self.elements_by_text, text.into(), &element);
        Some(element)
    }

    /// A date as a `<time>` element with an abbreviated month.
    pub(super) fn date_element(&self, date: Date) -> Html {
        cached(&self.elements_by_date, &date).unwrap_or_else(|| {
            let element = Html::new(&self.markup(date, false));
            keep(&self.elements_by_date, date, &element);
            element
        })
    }

    /// A date such as `22 Nov 2026`.
    pub(super) fn short(&self, date: Date) -> String {
        self.format_date(date, &self.short)
    }

    /// A date such as `22 November 2026`.
    pub(super) fn long(&self, date: Date) -> String {
        self.format_date(date, &self.long)
    }

    /// A date as a `<time>` element, with the month in full or abbreviated.
    pub(super) fn markup(&self, date: Date, long: bool) -> String {
        let mut out = format!("<time datetime=\"{date}\">");
        escape(&mut out, &if long { self.long(date) } else { self.short(date) });
        out.push_str("</time>");
        out
    }

    /// The day that a page shows, as a `<time>` element that scripts replace with the reader's day.
    pub(super) fn today(&self, date: Date, long: bool) -> String {
        let form = if long { "long" } else { "short" };
        self.markup(date, long).replacen("<time ", &format!("<time data-today=\"{form}\" "), 1)
    }

    fn format_date(&self, date: Date, months: &[String; 12]) -> String {
        let (year, month, day) = date.year_month_day();
        let month = usize::try_from(month).ok().and_then(|month| months.get(month.wrapping_sub(1)));
        let mut out = String::with_capacity(24);
        for part in &self.pattern {
            // Writing to a string cannot fail.
            let _ = match part {
                DatePatternPart::Text(text) => out.write_str(text),
                DatePatternPart::Day => write!(out, "{day}"),
                DatePatternPart::Month => out.write_str(month.map_or("", String::as_str)),
                DatePatternPart::Year => write!(out, "{year}"),
            };
        }
        out
    }
}

/// The cached element for a key.
fn cached<K, Q>(elements: &RwLock<AHashMap<K, Html>>, key: &Q) -> Option<Html>
where
    K: Eq + Hash + Borrow<Q>,
    Q: Eq + Hash + ?Sized,
{
    elements.read().ok()?.get(key).cloned()
}

fn keep<K: Eq + Hash>(elements: &RwLock<AHashMap<K, Html>>, key: K, element: &Html) {
    if let Ok(mut elements) = elements.write()
        && elements.len() < MAX_CACHED_DATES
    {
        elements.insert(key, element.clone());
    }
}

fn parts(pattern: &str) -> Vec<DatePatternPart> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        parts.push(DatePatternPart::Text(before.to_owned()));
        parts.push(match name {
            "day" => DatePatternPart::Day,
            "month" => DatePatternPart::Month,
            "year" => DatePatternPart::Year,
            _ => DatePatternPart::Text(format!("{{{name}}}")),
        });
        rest = after;
    }
    parts.push(DatePatternPart::Text(rest.to_owned()));
    parts
}
