//! Date arithmetic, independent of the program.

/// A day, as a number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

impl Day {
    pub fn read(text: &str) -> Option<Day> {
        let parts: Vec<i64> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [year, month, day] = parts[..] else { return None };
        let fits = text.len() == 10 && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
        fits.then(|| Day::of(year, month, day))
    }

    /// The day of a date. Years are counted from March, so that the leap day is the last day of a year.
    pub fn of(year: i64, month: i64, day: i64) -> Day {
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        Day(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1)
    }

    pub fn parts(self) -> (i64, i64, i64) {
        let mut year = self.0 / 366;
        while Day::of(year + 1, 1, 1) <= self {
            year += 1;
        }
        let month = (1..=12).rev().find(|month| Day::of(year, *month, 1) <= self).expect("a month");
        (year, month, self.0 - Day::of(year, month, 1).0 + 1)
    }

    pub fn plus_months(self, months: i64) -> Day {
        let (year, month, day) = self.parts();
        let count = year * 12 + month - 1 + months;
        let (year, month) = (count / 12, count % 12 + 1);
        Day::of(year, month, day.min(length(year, month)))
    }

    pub fn written(self) -> String {
        let (year, month, day) = self.parts();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

pub fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
