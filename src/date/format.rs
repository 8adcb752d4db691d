//! Date formats that other people and programs use.

use std::fmt;
use std::str::FromStr;

use super::Date;

/// A date format, such as `DD/MM/YYYY`, `D MMMM YYYY` or `RFC 3339`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateFormat {
    pattern: String,
    form: DateForm,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum DateForm {
    /// A date followed by a time: `2026-03-01T08:00:00Z`. The date is used as written, without converting time zones.
    Timestamp,
    Parts(Vec<DatePart>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DatePart {
    Year,
    Month,
    MonthName,
    Day,
    Separator(char),
}

/// The error for text that is not a date format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a date format; write `YYYY`, `MM` or `MMMM`, and `DD`, each once, such as `DD/MM/YYYY`, or `RFC 3339`"
)]
pub(crate) struct DateFormatError(String);

/// The symbols for the parts of a format, longest first.
const PART_SYMBOLS: [(&str, DatePart); 7] = [
    ("YYYY", DatePart::Year),
    ("MMMM", DatePart::MonthName),
    ("MMM", DatePart::MonthName),
    ("MM", DatePart::Month),
    ("M", DatePart::Month),
    ("DD", DatePart::Day),
    ("D", DatePart::Day),
];
/// Separators that are allowed between the parts of a date.
const SEPARATORS: &str = " /.-,";
/// Names of the months in English and German; each may be abbreviated to three letters or more.
const MONTH_NAMES: [[&str; 2]; 12] = [
    ["january", "januar"],
    ["february", "februar"],
    ["march", "märz"],
    ["april", "april"],
    ["may", "mai"],
    ["june", "juni"],
    ["july", "juli"],
    ["august", "august"],
    ["september", "september"],
    ["october", "oktober"],
    ["november", "november"],
    ["december", "dezember"],
];

impl FromStr for DateFormat {
    type Err = DateFormatError;

    fn from_str(text: &str) -> Result<DateFormat, DateFormatError> {
        let refused = || DateFormatError(text.to_owned());
        if text.eq_ignore_ascii_case("RFC 3339") {
            return Ok(DateFormat { pattern: text.to_owned(), form: DateForm::Timestamp });
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let symbol = PART_SYMBOLS.iter().find(|(begins, _)| rest.starts_with(begins));
            let (part, length) = match symbol {
                Some((begins, part)) => (*part, begins.len()),
                None if SEPARATORS.contains(c) => (DatePart::Separator(c), c.len_utf8()),
                None => return Err(refused()),
            };
            parts.push(part);
            rest = &rest[length..];
        }
        if is_complete(&parts) {
            Ok(DateFormat { pattern: text.to_owned(), form: DateForm::Parts(parts) })
        } else {
            Err(refused())
        }
    }
}

/// Whether year, month and day occur once each, with a separator between any two of them.
fn is_complete(parts: &[DatePart]) -> bool {
    let count = |kinds: &[DatePart]| parts.iter().filter(|part| kinds.contains(part)).count();
    let has_joined_parts = parts.windows(2).any(|pair| pair.iter().all(|part| !matches!(part, DatePart::Separator(_))));
    count(&[DatePart::Year]) == 1
        && count(&[DatePart::Month, DatePart::MonthName]) == 1
        && count(&[DatePart::Day]) == 1
        && !has_joined_parts
}

/// Whether a text is a time of day in a common format, as it follows a date: `T08:30:00Z`, ` 8:30 AM`.
pub(crate) fn is_time(text: &str) -> bool {
    let Some(time) = text.strip_prefix(['T', 't', ' ']) else { return false };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_up_to = |part: &str, most: u8| is_digits(part) && part.parse::<u8>().is_ok_and(|number| number <= most);
    let end = time.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','));
    let (time, zone) = time.split_at(end.unwrap_or(time.len()));
    let mut parts = time.split(':');
    let is_hour = parts.next().is_some_and(|hour| is_up_to(hour, 23));
    let is_minute = parts.next().is_some_and(|minute| is_up_to(minute, 59));
    // A leap second is the sixtieth.
    let is_second = |part: &str| {
        let mut halves = part.splitn(2, ['.', ',']);
        halves.next().is_some_and(|whole| is_up_to(whole, 60)) && halves.all(is_digits)
    };
    let is_whole = is_minute && parts.next().is_none_or(is_second) && parts.next().is_none();
    let zone = zone.trim();
    let is_word = ["", "z", "utc", "gmt", "am", "pm"].iter().any(|word| zone.eq_ignore_ascii_case(word));
    let is_zone = is_word || zone.strip_prefix(['+', '-']).is_some_and(is_time_offset);
    is_hour && is_whole && is_zone
}

/// Whether a text is an offset from universal time without its sign: `02`, `0530` or `05:30`.
fn is_time_offset(text: &str) -> bool {
    let (hours, minutes) = text.split_once(':').or_else(|| text.split_at_checked(2)).unwrap_or((text, ""));
    let is_up_to = |part: &str, most: u8| {
        part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<u8>().is_ok_and(|number| number <= most)
    };
    is_up_to(hours, 23) && (is_up_to(minutes, 59) || minutes.is_empty() && !text.contains(':'))
}

impl DateFormat {
    /// Parses a text in this format.
    pub(crate) fn parse_date(&self, text: &str) -> Option<Date> {
        match &self.form {
            DateForm::Timestamp => {
                let (day, time) = text.split_at_checked(10)?;
                is_time(time).then_some(day)?.parse().ok()
            }
            DateForm::Parts(parts) => parse_parts(parts, text),
        }
    }

    /// Whether another format reads some text as a different day: `DD/MM/YYYY` and `MM/DD/YYYY`.
    pub(crate) fn contradicts(&self, other: &DateFormat) -> bool {
        let sample = self.sample();
        other.parse_date(&sample).is_some_and(|day| Some(day) != self.parse_date(&sample))
    }

    /// 3 February 2001 in this format.
    fn sample(&self) -> String {
        let DateForm::Parts(parts) = &self.form else { return "2001-02-03T00:00:00Z".to_owned() };
        let sample_part = |part: &DatePart| match part {
            DatePart::Year => "2001".to_owned(),
            DatePart::Month => "02".to_owned(),
            DatePart::MonthName => "February".to_owned(),
            DatePart::Day => "03".to_owned(),
            DatePart::Separator(sign) => sign.to_string(),
        };
        parts.iter().map(sample_part).collect()
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pattern)
    }
}

fn parse_parts(parts: &[DatePart], text: &str) -> Option<Date> {
    let (mut year, mut month, mut day) = (0, 0, 0);
    let mut rest = text.trim();
    for part in parts {
        match part {
            DatePart::Year => year = number(&mut rest, 4..=4)?,
            DatePart::Month => month = number(&mut rest, 1..=2)?,
            DatePart::Day => day = number(&mut rest, 1..=2)?,
            DatePart::MonthName => month = parse_month_name(&mut rest)?,
            DatePart::Separator(sign) => rest = rest.strip_prefix(*sign)?,
        }
    }
    if rest.is_empty() { format!("{year:04}-{month:02}-{day:02}").parse().ok() } else { None }
}

fn number(rest: &mut &str, digits: std::ops::RangeInclusive<usize>) -> Option<u16> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at(length);
    *rest = after;
    digits.contains(&length).then(|| number.parse().ok()).flatten()
}

fn parse_month_name(rest: &mut &str) -> Option<u16> {
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (word, after) = rest.split_at(length);
    let word = word.to_lowercase();
    let is_match = |names: &[&str; 2]| word.chars().count() >= 3 && names.iter().any(|name| name.starts_with(&word));
    let month = MONTH_NAMES.iter().position(is_match)?;
    *rest = after.strip_prefix('.').unwrap_or(after);
    u16::try_from(month + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Option<String> {
        let format: DateFormat = format.parse().unwrap_or_else(|error| panic!("{error}"));
        format.parse_date(text).map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_in_the_form_that_is_named_and_in_no_other() {
        for (format, text, day) in [
            ("DD/MM/YYYY", "01/03/2026", Some("2026-03-01")),
            ("DD/MM/YYYY", "1/3/2026", Some("2026-03-01")),
            ("MM/DD/YYYY", "01/03/2026", Some("2026-01-03")),
            ("MM/DD/YYYY", "31/03/2026", None),
            ("DD.MM.YYYY", "29.02.2026", None),
            ("D MMMM YYYY", "1 Sept 2026", Some("2026-09-01")),
            ("D MMMM YYYY", "1 September 2026", Some("2026-09-01")),
            ("D. MMMM YYYY", "1. März 2026", Some("2026-03-01")),
            ("MMMM D, YYYY", "March 1, 2026", Some("2026-03-01")),
            ("D MMM YYYY", "1 Ma 2026", None),
            ("DD/MM/YYYY", "01/03/26", None),
            ("DD/MM/YYYY", "01/03/2026 ", Some("2026-03-01")),
            ("DD/MM/YYYY", "01/03/2026x", None),
            ("RFC 3339", "2026-03-01T23:30:00-05:00", Some("2026-03-01")),
            ("RFC 3339", "2026-03-01 08:00", Some("2026-03-01")),
            ("RFC 3339", "2026-03-01T23:59:60.5+05:30", Some("2026-03-01")),
            ("RFC 3339", "2026-03-01T25:00:00Z", None),
            ("RFC 3339", "2026-03-01T10:60Z", None),
            ("RFC 3339", "2026-03-01T10:00:99Z", None),
            ("RFC 3339", "2026-03-01T10:00:00+99:00", None),
            ("RFC 3339", "2026-03-01T10:00:00+02:99", None),
            ("RFC 3339", "2026-03-01x8", None),
            ("RFC 3339", "2026-03-01T", None),
        ] {
            assert_eq!(read(format, text).as_deref(), day, "{format}: {text}");
        }
    }

    #[test]
    fn invalid_date_formats_are_rejected() {
        for text in ["", "YYYY", "DDMMYYYY", "DD/MM/YY", "DD/MM/YYYY hh:mm", "DD/DD/YYYY", "yyyy-mm-dd"] {
            assert!(text.parse::<DateFormat>().is_err(), "{text}");
        }
    }

    #[test]
    fn two_forms_that_read_one_text_as_two_days_contradict_each_other() {
        let format = |text: &str| text.parse::<DateFormat>().expect("a format");
        assert!(format("DD/MM/YYYY").contradicts(&format("MM/DD/YYYY")));
        assert!(!format("DD/MM/YYYY").contradicts(&format("DD.MM.YYYY")));
        assert!(!format("DD/MM/YYYY").contradicts(&format("D/M/YYYY")));
        assert!(!format("D MMMM YYYY").contradicts(&format("RFC 3339")));
    }
}
