//! Days as a language writes them.

use super::Labels;
use crate::date::Date;

/// How a language writes a day; looked up once, because every page has many.
pub(super) struct Days {
    short: [String; 12],
    long: [String; 12],
    /// With `{day}`, `{month}` and `{year}`.
    pattern: String,
}

impl Days {
    pub(super) fn new(labels: &Labels) -> Days {
        let month = |form: &str, number: usize| labels.text(&format!("month.{form}.{number}")).to_owned();
        Days {
            short: std::array::from_fn(|index| month("short", index + 1)),
            long: std::array::from_fn(|index| month("long", index + 1)),
            pattern: labels.text("date").to_owned(),
        }
    }

    /// Such as `22 Nov 2026`.
    pub(super) fn short(&self, date: Date) -> String {
        self.written(date, &self.short)
    }

    /// Such as `22 November 2026`.
    pub(super) fn long(&self, date: Date) -> String {
        self.written(date, &self.long)
    }

    fn written(&self, date: Date, months: &[String; 12]) -> String {
        let (year, month, day) = date.parts();
        let month = usize::try_from(month).ok().and_then(|month| months.get(month.wrapping_sub(1)));
        let month = month.map(String::as_str).unwrap_or_default();
        let parts = [("{day}", day.to_string()), ("{month}", month.to_owned()), ("{year}", year.to_string())];
        parts.iter().fold(self.pattern.clone(), |text, (place, value)| text.replace(place, value))
    }
}
