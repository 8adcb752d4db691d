//! Times in minutes, date formats, durations, and excluded days.

use std::collections::BTreeSet;

use crate::date::Date;

/// Minutes since 1 January 1970.
pub(super) type Minute = i64;

pub(super) const MINUTES_PER_DAY: Minute = 24 * 60;
/// Maximum duration of a chart, in days.
pub(super) const MAX_DAYS: Minute = 366 * 60;

fn first_day() -> Option<Date> {
    "1970-01-01".parse().ok()
}

/// The start of a day.
pub(super) fn day(year: i64, month: i64, day: i64) -> Option<Minute> {
    let date: Date = format!("{year:04}-{month:02}-{day:02}").parse().ok()?;
    Some(Minute::from(first_day()?.days_until(date)) * MINUTES_PER_DAY)
}

/// Year, month and day of a point in time.
pub(super) fn parts(minute: Minute) -> (i64, i64, i64) {
    // Counted from 1 March, so that the leap day is the last day of the year.
    let days = minute.div_euclid(MINUTES_PER_DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// A point in time as text: the date, and the time unless it is midnight.
pub(super) fn format_minute(minute: Minute) -> String {
    let (year, month, day) = parts(minute);
    let time = minute.rem_euclid(MINUTES_PER_DAY);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time == 0 { date } else { format!("{date} {:02}:{:02}", time / 60, time % 60) }
}

/// Numeric parts of a date format: the symbol, and its minimum and maximum number of digits.
const NUMBER_PARTS: [(&str, usize, usize); 9] = [
    ("YYYY", 4, 4),
    ("MM", 2, 2),
    ("DD", 2, 2),
    ("HH", 2, 2),
    ("mm", 2, 2),
    ("ss", 2, 2),
    ("M", 1, 2),
    ("D", 1, 2),
    ("H", 1, 2),
];

/// Whether every letter of a date format belongs to a supported part.
pub(super) fn is_supported_format(form: &str) -> bool {
    if form == "X" {
        // Seconds since 1 January 1970.
        return true;
    }
    if ["MMM", "DDD", "YYYYY"].iter().any(|token| form.contains(token)) {
        return false;
    }
    let mut rest = form;
    let mut has_time = false;
    while let Some(first) = rest.chars().next() {
        match NUMBER_PARTS.iter().find(|(token, ..)| rest.starts_with(token)) {
            Some((token, ..)) => {
                has_time = true;
                rest = &rest[token.len()..];
            }
            None if first.is_ascii_alphabetic() && first != 'T' => return false,
            None => rest = &rest[first.len_utf8()..],
        }
    }
    has_time
}

/// Parses a text in a format such as `YYYY-MM-DD HH:mm`.
pub(super) fn parse_minute(form: &str, text: &str) -> Option<Minute> {
    let (mut form, mut text) = (form.trim(), text.trim());
    if form == "X" {
        let is_number = !text.is_empty() && text.len() < 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        return text.parse::<Minute>().ok().filter(|_| is_number).map(|seconds| seconds / 60);
    }
    let (mut year, mut month, mut of_month, mut hour, mut minute) = (1970, 1, 1, 0, 0);
    while let Some(first) = form.chars().next() {
        let Some((sign, min, max)) = NUMBER_PARTS.iter().find(|(sign, ..)| form.starts_with(sign)) else {
            text = text.strip_prefix(first)?;
            form = &form[first.len_utf8()..];
            continue;
        };
        let digits = text.bytes().take(*max).take_while(u8::is_ascii_digit).count();
        let number: i64 = text.get(..digits).filter(|_| digits >= *min)?.parse().ok()?;
        match *sign {
            "YYYY" => year = number,
            "MM" | "M" => month = number,
            "DD" | "D" => of_month = number,
            "HH" | "H" => hour = number,
            "mm" => minute = number,
            _ => {}
        }
        text = &text[digits..];
        form = &form[sign.len()..];
    }
    let is_time = (0..24).contains(&hour) && (0..60).contains(&minute);
    Some(day(year, month, of_month)? + hour * 60 + minute).filter(|_| text.is_empty() && is_time)
}

/// Adds a duration such as `3d`, `2w`, `1M` or `1.5h` to a point in time.
pub(super) fn add_duration(start: Minute, text: &str) -> Option<Minute> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(split);
    let number: f64 = number.trim().parse().ok().filter(|number| (0.0..1e6).contains(number))?;
    let minutes = |each: f64| Some(start + (number * each).round() as Minute);
    match unit {
        "ms" => minutes(1.0 / 60_000.0),
        "s" => minutes(1.0 / 60.0),
        "m" => minutes(1.0),
        "h" => minutes(60.0),
        "d" => minutes(MINUTES_PER_DAY as f64),
        "w" => minutes(7.0 * MINUTES_PER_DAY as f64),
        "M" => add_months(start, number as i64),
        "y" => add_months(start, number as i64 * 12),
        _ => None,
    }
}

fn add_months(start: Minute, months: i64) -> Option<Minute> {
    let (year, month, of_month) = parts(start);
    let month = month - 1 + months;
    let (year, month) = (year + month.div_euclid(12), month.rem_euclid(12) + 1);
    let last = (28..=31).rev().find(|last| day(year, month, *last).is_some())?;
    Some(day(year, month, of_month.min(last))? + start.rem_euclid(MINUTES_PER_DAY))
}

/// Days that do not count towards the duration of a task.
#[derive(Clone, Debug, Default)]
pub(super) struct ExcludedDays {
    weekdays: [bool; 7],
    days: BTreeSet<Minute>,
    included: BTreeSet<Minute>,
    /// The first day of the weekend, where Monday is 0.
    weekend_start: Option<usize>,
    has_weekends: bool,
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl ExcludedDays {
    /// Parses the text after `excludes`; returns false if part of it is not a day.
    pub(super) fn add(&mut self, form: &str, words: &str) -> bool {
        words.split([',', ' ']).filter(|word| !word.is_empty()).all(|word| {
            let word = word.to_lowercase();
            let weekday = WEEKDAYS.iter().position(|name| *name == word);
            if let Some(weekday) = weekday {
                self.weekdays[weekday] = true;
            }
            let date = parse_minute(form, &word).or_else(|| parse_minute("YYYY-MM-DD", &word));
            self.days.extend(date);
            self.has_weekends |= word == "weekends";
            weekday.is_some() || date.is_some() || word == "weekends"
        })
    }

    /// Parses the text after `includes`; returns false if part of it is not a date.
    pub(super) fn include(&mut self, form: &str, words: &str) -> bool {
        let days = words.split([',', ' ']).filter(|word| !word.is_empty());
        let days: Option<Vec<Minute>> =
            days.map(|word| parse_minute(form, word).or_else(|| parse_minute("YYYY-MM-DD", word))).collect();
        days.map(|days| self.included.extend(days)).is_some()
    }

    /// Parses the text after `weekend`.
    pub(super) fn set_weekend(&mut self, word: &str) {
        self.weekend_start = WEEKDAYS.iter().position(|name| *name == word);
    }

    fn is_excluded(&self, minute: Minute) -> bool {
        let of_day = minute.div_euclid(MINUTES_PER_DAY) * MINUTES_PER_DAY;
        // 1 January 1970 was a Thursday.
        let weekday = (minute.div_euclid(MINUTES_PER_DAY) + 3).rem_euclid(7) as usize;
        let first = self.weekend_start.unwrap_or(5);
        let is_weekend = self.has_weekends && (weekday == first || weekday == (first + 1) % 7);
        let is_excluded =
            is_weekend || self.weekdays.get(weekday).copied().unwrap_or_default() || self.days.contains(&of_day);
        is_excluded && !self.included.contains(&of_day)
    }

    /// The end of a task after adding the excluded days between `start` and `end`.
    pub(super) fn extend_end(&self, start: Minute, end: Minute) -> Minute {
        let (mut at, mut end) = (start, end);
        let limit = start + MAX_DAYS * MINUTES_PER_DAY;
        while at < end && end < limit {
            if self.is_excluded(at) {
                end += MINUTES_PER_DAY;
            }
            at += MINUTES_PER_DAY;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Minute {
        parse_minute("YYYY-MM-DD", text).expect("a day")
    }

    #[test]
    fn times_are_read_and_written() {
        for (form, text, expected) in [
            ("YYYY-MM-DD", "2024-02-29", "2024-02-29"),
            ("DD.MM.YYYY", "01.12.2026", "2026-12-01"),
            ("D/M/YYYY", "1/2/1969", "1969-02-01"),
            ("YYYY-MM-DD HH:mm", "2026-03-01 17:49", "2026-03-01 17:49"),
            ("HH:mm", "06:30", "1970-01-01 06:30"),
        ] {
            assert_eq!(parse_minute(form, text).map(format_minute).as_deref(), Some(expected), "{form}");
        }
        for (form, text) in
            [("YYYY-MM-DD", "2026-02-30"), ("YYYY-MM-DD", "2026-02-1"), ("HH:mm", "25:00"), ("DD", "01x")]
        {
            assert_eq!(parse_minute(form, text), None, "{text}");
        }
        assert!(
            is_supported_format("YYYY-MM-DDTHH:mm:ss")
                && is_supported_format("X")
                && !is_supported_format("YYYY-MMM")
                && !is_supported_format("-")
        );
    }

    #[test]
    fn lengths_are_added_and_days_left_out() {
        let end = |text: &str| add_duration(at("2026-01-31"), text).map(format_minute);
        for (text, expected) in
            [("3d", "2026-02-03"), ("2w", "2026-02-14"), ("1M", "2026-02-28"), ("1.5h", "2026-01-31 01:30")]
        {
            assert_eq!(end(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!([end("3"), end("d"), end("-1d"), end("1x")], [None, None, None, None]);
        let mut excluded = ExcludedDays::default();
        assert!(excluded.add("YYYY-MM-DD", "weekends, 2026-01-07") && !excluded.add("YYYY-MM-DD", "holidays"));
        // Three working days from Friday are Friday, Monday and Tuesday.
        assert_eq!(format_minute(excluded.extend_end(at("2026-01-02"), at("2026-01-05"))), "2026-01-07");
        assert_eq!(format_minute(excluded.extend_end(at("2026-01-06"), at("2026-01-08"))), "2026-01-09");
    }
}
