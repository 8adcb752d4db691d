//! Calendar dates and review intervals: the only module that depends on the date library.
//!
//! Except for `Date::today`, nothing here reads the clock. `cli` passes in the day of the assessment.

mod format;
mod later;
mod written;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil;
use jiff::{Span, ToSpan};

pub(crate) use format::{DateFormat, is_time};
pub(crate) use later::{later_day, written_day, year_in};
pub(crate) use written::last_day_at;

/// The years that a number of four digits in a text may mean.
pub(crate) const YEARS_IN_TEXTS: Range<i16> = 1990..2100;

/// A day of the Gregorian calendar, written and read as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Today's date in the local time zone; only `cli` calls this.
    pub(crate) fn today() -> Date {
        Date(jiff::ZonedDateTime::now().date())
    }

    /// The first day of the calendar.
    pub(crate) const MIN: Date = Date(civil::Date::MIN);

    /// The last day of the calendar.
    pub(crate) const MAX: Date = Date(civil::Date::MAX);

    /// Adds an interval; returns the calendar's last day if the result is out of range.
    ///
    /// In a month that is too short, the result is its last day: 31 January plus one month is 28 or 29 February.
    pub(crate) fn plus(self, interval: Interval) -> Date {
        Date(self.0.checked_add(interval.span()).unwrap_or(civil::Date::MAX))
    }

    /// Subtracts an interval; returns the calendar's first day if the result is out of range.
    pub(crate) fn minus(self, interval: Interval) -> Date {
        Date(self.0.checked_sub(interval.span()).unwrap_or(civil::Date::MIN))
    }

    /// The last day of a year.
    pub(crate) fn end_of_year(year: i16) -> Date {
        civil::Date::new(year, 12, 31).map_or(Date(civil::Date::MAX), Date)
    }

    /// The first and the last day of a month.
    pub(crate) fn month(year: i16, month: i8) -> Option<(Date, Date)> {
        let first = civil::Date::new(year, month, 1).ok()?;
        Some((Date(first), Date(first.last_of_month())))
    }

    /// Adds a number of days, which may be negative.
    pub fn plus_days(self, days: i32) -> Date {
        let limit = if days < 0 { civil::Date::MIN } else { civil::Date::MAX };
        Date(self.0.checked_add(days.days()).unwrap_or(limit))
    }

    /// The first day of the next month.
    pub(crate) fn next_month(self) -> Date {
        let (_, _, day) = self.year_month_day();
        self.plus_days(1 - i32::from(day)).plus(Interval::Months(1))
    }

    /// The number of days from `self` to `other`; negative if `other` is earlier.
    pub(crate) fn days_until(self, other: Date) -> i32 {
        self.0.until(other.0).map(|span| span.get_days()).unwrap_or(0)
    }

    /// The day of the week; 0 is Sunday.
    pub(crate) fn weekday_from_sunday(self) -> usize {
        usize::try_from(self.0.weekday().to_sunday_zero_offset()).unwrap_or_default()
    }

    /// The day of the year, starting at 1.
    pub(crate) fn day_of_year(self) -> i16 {
        self.0.day_of_year()
    }

    /// Whether it is a Monday.
    pub(crate) fn is_monday(self) -> bool {
        self.0.weekday() == civil::Weekday::Monday
    }

    /// Formats the date as ten characters, faster than the library; `None` if the year is negative.
    fn digits(self, out: &mut [u8; 10]) -> Option<&str> {
        let (year, month, day) = self.year_month_day();
        let numbers = [u16::try_from(year).ok()?, u16::try_from(month).ok()?, u16::try_from(day).ok()?];
        let digit = |number: u16| b'0' + (number % 10) as u8;
        let [year, month, day] = numbers;
        *out = [year / 1000, year / 100, year / 10, year, 0, month / 10, month, 0, day / 10, day].map(digit);
        (out[4], out[7]) = (b'-', b'-');
        std::str::from_utf8(out).ok()
    }

    /// The year, month (1 to 12) and day of the month (1 to 31).
    pub(crate) fn year_month_day(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.digits(&mut [0; 10]) {
            Some(digits) => f.pad(digits),
            None => self.0.fmt(f),
        }
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.digits(&mut [0; 10]) {
            Some(digits) => serializer.serialize_str(digits),
            None => serializer.collect_str(self),
        }
    }
}

/// The error for text that is not a date, with a message for its author.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DateError(String);

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        if !has_iso_shape(text) {
            return Err(DateError(format!("`{text}` is not a date; write year-month-day, such as 2026-03-01")));
        }
        text.parse::<civil::Date>().map(Date).map_err(|_| DateError(format!("`{text}` is not a day of the calendar")))
    }
}

/// Whether a text has the form `0000-00-00`, with any digits.
fn has_iso_shape(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// A length of time in calendar units: how often something is reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interval {
    /// Calendar days, at least one.
    Days(u16),
    /// Calendar months, at least one; a year is twelve of them.
    Months(u16),
}

/// Maximum interval in months: a hundred years.
const MAX_MONTHS: u16 = 1200;
/// Maximum interval in days.
const MAX_DAYS: u16 = 36_525;

impl Interval {
    fn span(self) -> Span {
        match self {
            Interval::Days(days) => Span::new().days(days),
            Interval::Months(months) => Span::new().months(months),
        }
    }

    fn from_count(count: u16, unit: &str) -> Option<Interval> {
        let interval = match unit {
            "day" | "days" | "d" => Interval::Days(count),
            "week" | "weeks" | "w" => Interval::Days(count.checked_mul(7)?),
            "month" | "months" | "m" => Interval::Months(count),
            "quarter" | "quarters" => Interval::Months(count.checked_mul(3)?),
            "year" | "years" | "y" => Interval::Months(count.checked_mul(12)?),
            _ => return None,
        };
        interval.is_in_range().then_some(interval)
    }

    fn is_in_range(self) -> bool {
        match self {
            Interval::Days(days) => (1..=MAX_DAYS).contains(&days),
            Interval::Months(months) => (1..=MAX_MONTHS).contains(&months),
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match *self {
            Interval::Days(days) => (days, "day"),
            Interval::Months(months) => (months, "month"),
        };
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{plural}")
    }
}

/// The help for authors on how to write an interval.
pub(crate) const INTERVAL_HELP: &str = "write a number and a unit, such as `12 months`, `1 year` or `90 days`, or one of `annual`, `semiannual`, `quarterly`, `monthly`";

/// The error for text that is not an interval.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an interval")]
pub struct IntervalError(String);

impl FromStr for Interval {
    type Err = IntervalError;

    /// Parses `12 months`, `6 month`, `1 year`, `90d`, `annual`, `semiannual`, `quarterly` or ISO 8601's `P6M`.
    fn from_str(text: &str) -> Result<Interval, IntervalError> {
        let lower = text.trim().to_lowercase();
        named_interval(&lower)
            .or_else(|| counted_interval(lower.strip_prefix('p').unwrap_or(&lower)))
            .ok_or_else(|| IntervalError(text.to_owned()))
    }
}

fn named_interval(text: &str) -> Option<Interval> {
    let months = match text {
        "annual" | "annually" | "yearly" => 12,
        "semiannual" | "semi-annual" | "semiannually" | "biannual" | "half-yearly" => 6,
        "quarterly" => 3,
        "monthly" => 1,
        "biennial" => 24,
        "weekly" => return Some(Interval::Days(7)),
        _ => return None,
    };
    Some(Interval::Months(months))
}

fn counted_interval(text: &str) -> Option<Interval> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(unit_at);
    Interval::from_count(count.parse().ok()?, unit.trim_start_matches([' ', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_as_people_write_them() {
        let months = |count| Ok(Interval::Months(count));
        for (text, expected) in [
            ("12 months", months(12)),
            ("6 month", months(6)),
            ("1 year", months(12)),
            ("annual", months(12)),
            ("semiannual", months(6)),
            ("quarterly", months(3)),
            ("P6M", months(6)),
            ("P1Y", months(12)),
            ("12-months", months(12)),
            ("90 days", Ok(Interval::Days(90))),
        ] {
            assert_eq!(text.parse::<Interval>(), expected, "{text}");
        }
        for text in ["12", "0 months", "soon", "-3 months", "99999 years", "1.5 years", "", "P"] {
            assert!(text.parse::<Interval>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_iso_dates_are_dates() {
        assert!("2026-02-28".parse::<Date>().is_ok());
        for text in ["2026-02-30", "TBC", "01/02/2026", "Jun 1 2018", "2026-2-3", "20260203", "2026-02-03T00:00"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_from_the_last_day_of_january_is_the_last_of_february() {
        let january: Date = "2026-01-31".parse().expect("a date");
        assert_eq!(january.plus(Interval::Months(1)).to_string(), "2026-02-28");
        assert_eq!(january.days_until(january.plus_days(40)), 40);
    }
}
