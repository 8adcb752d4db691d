//! Days as strings: an independent calendar for the independent implementation.

/// A day, unless it is in the future.
pub fn happened<'d>(on: Option<&'d str>, day: &str) -> Option<&'d str> {
    on.filter(|on| *on <= day)
}

/// The same day some months later, or the last day of a shorter month.
pub fn plus_months(day: &str, months: i64) -> String {
    let part = |range: std::ops::Range<usize>| day[range].parse::<i64>().expect("a number");
    let month = part(0..4) * 12 + part(5..7) - 1 + months;
    let (year, month) = (month / 12, month % 12 + 1);
    format!("{year}-{month:02}-{:02}", part(8..10).min(length(year, month)))
}

/// The same day of the next year, or 28 February instead of the 29th.
pub fn next_year(day: &str) -> String {
    let year: i32 = day[..4].parse().expect("a year");
    let rest = if &day[4..] == "-02-29" { "-02-28" } else { &day[4..] };
    format!("{}{rest}", year + 1)
}

/// The day a number of days later.
pub fn plus_days(day: &str, days: i64) -> String {
    let part = |range: std::ops::Range<usize>| day[range].parse::<i64>().expect("a number");
    let (mut year, mut month, mut date) = (part(0..4), part(5..7), part(8..10) + days);
    loop {
        let length = length(year, month);
        if date <= length {
            return format!("{year}-{month:02}-{date:02}");
        }
        date -= length;
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
}

/// The number of days in a month.
fn length(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1]
}
