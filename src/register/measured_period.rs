//! The periods in which something is measured.

use std::fmt;
use std::str::FromStr;

use super::value::Period;
use crate::date::Date;

/// The length of measuring periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Frequency {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A half-year.
    Half,
    /// A year.
    Year,
}

impl Frequency {
    /// The words for all frequencies.
    pub(crate) const WORDS: [&'static str; 4] = ["month", "quarter", "half", "year"];
    const ALL: [Frequency; 4] = [Frequency::Month, Frequency::Quarter, Frequency::Half, Frequency::Year];

    /// The frequency for a word.
    pub(crate) fn from_name(word: &str) -> Option<Frequency> {
        Frequency::WORDS.iter().zip(Frequency::ALL).find(|(name, _)| **name == word).map(|(_, frequency)| frequency)
    }

    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        Frequency::ALL
            .iter()
            .zip(Frequency::WORDS)
            .find(|(frequency, _)| **frequency == self)
            .map_or("", |(_, word)| word)
    }

    fn months(self) -> i8 {
        match self {
            Frequency::Month => 1,
            Frequency::Quarter => 3,
            Frequency::Half => 6,
            Frequency::Year => 12,
        }
    }

    /// The period that contains a day.
    pub(crate) fn period_of(self, day: Date) -> Option<MeasuredPeriod> {
        let (year, month, _) = day.year_month_day();
        MeasuredPeriod::new(self, year, (month - 1) / self.months())
    }
}

/// A month, quarter, half-year or year in which something is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MeasuredPeriod {
    /// Its days.
    pub(crate) days: Period,
    /// Its length.
    pub(crate) frequency: Frequency,
}

/// A reminder for authors how to write periods.
pub(crate) const PERIOD_HELP: &str = "write a month `2026-07`, a quarter `2026-Q3`, a half `2026-H2` or a year `2026`";

impl MeasuredPeriod {
    /// A period of a year by its zero-based index.
    fn new(frequency: Frequency, year: i16, number: i8) -> Option<MeasuredPeriod> {
        let first = number.checked_mul(frequency.months())?.checked_add(1)?;
        let (from, _) = Date::month(year, first)?;
        let (_, to) = Date::month(year, first.checked_add(frequency.months() - 1)?)?;
        Some(MeasuredPeriod { days: Period { from, to }, frequency })
    }

    /// The following period; `None` after the last representable date.
    pub(crate) fn next(self) -> Option<MeasuredPeriod> {
        self.frequency.period_of(self.days.to.plus_days(1)).filter(|next| next.days.from > self.days.from)
    }
}

impl FromStr for MeasuredPeriod {
    type Err = ();

    fn from_str(text: &str) -> Result<MeasuredPeriod, ()> {
        let (year, rest) = text.as_bytes().split_at_checked(4).ok_or(())?;
        let (frequency, number, count): (Frequency, &[u8], i16) = match rest {
            [] => (Frequency::Year, b"1", 1),
            [b'-', b'Q', number] => (Frequency::Quarter, &[*number], 4),
            [b'-', b'H', number] => (Frequency::Half, &[*number], 2),
            [b'-', number @ ..] if number.len() == 2 => (Frequency::Month, number, 12),
            _ => return Err(()),
        };
        let value = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0_i16, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0')))
        };
        let (year, number) =
            value(year).zip(value(number)).filter(|(_, number)| (1..=count).contains(number)).ok_or(())?;
        MeasuredPeriod::new(frequency, year, i8::try_from(number - 1).map_err(|_| ())?).ok_or(())
    }
}

impl fmt::Display for MeasuredPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, _) = self.days.from.year_month_day();
        match self.frequency {
            Frequency::Month => write!(f, "{year:04}-{month:02}"),
            Frequency::Quarter => write!(f, "{year:04}-Q{}", (month - 1) / 3 + 1),
            Frequency::Half => write!(f, "{year:04}-H{}", (month - 1) / 6 + 1),
            Frequency::Year => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_periods_are_rejected() {
        for text in ["", "26", "2026-", "2026-Q5", "2026-Q0", "2026-Q01", "2026-13", "2026-7", "2026-H3", "2026-07-01"]
        {
            assert!(text.parse::<MeasuredPeriod>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_follow_each_other_without_a_gap() {
        for first in ["2023-12", "2023-Q4", "2023-H2", "2023"] {
            let mut period: MeasuredPeriod = first.parse().expect("a period");
            for _ in 0..40 {
                let next = period.next().expect("one more");
                assert_eq!(next.days.from, period.days.to.plus_days(1));
                assert_eq!(next.to_string().parse(), Ok(next));
                assert_eq!(next.frequency.period_of(next.days.to), Some(next));
                period = next;
            }
        }
        let leap: MeasuredPeriod = "2024-02".parse().expect("a period");
        assert_eq!(leap.days.to.to_string(), "2024-02-29");
    }
}
