//! Days, computed independently of the program.

/// A day, as a number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

impl Day {
    pub fn parse(text: &str) -> Option<Day> {
        let parts: Vec<i64> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [year, month, day] = parts[..] else { return None };
        let fits = text.len() == 10 && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        fits.then(|| Day::from_ymd(year, month, day))
    }

    /// Years are counted from March, so that a leap day is the last day of a year.
    pub fn from_ymd(year: i64, month: i64, day: i64) -> Day {
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        Day(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1)
    }

    pub fn to_ymd(self) -> (i64, i64, i64) {
        let mut year = self.0 / 366;
        while Day::from_ymd(year + 1, 1, 1) <= self {
            year += 1;
        }
        let month = (1..=12).rev().find(|month| Day::from_ymd(year, *month, 1) <= self).expect("a month");
        (year, month, self.0 - Day::from_ymd(year, month, 1).0 + 1)
    }

    pub fn plus_months(self, months: i64) -> Day {
        let (year, month, day) = self.to_ymd();
        let count = year * 12 + month - 1 + months;
        let (year, month) = (count / 12, count % 12 + 1);
        Day::from_ymd(year, month, day.min(days_in_month(year, month)))
    }

    pub fn to_text(self) -> String {
        let (year, month, day) = self.to_ymd();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
