//! Months and quarters.

use crate::date::Date;

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum PeriodLength {
    /// Calendar months
    Month,
    /// Calendar quarters
    Quarter,
}

impl PeriodLength {
    /// The last day of the period that contains a day.
    pub(crate) fn end(self, day: Date) -> Date {
        let mut end = month_end(day);
        while self == PeriodLength::Quarter && end.year_month_day().1 % 3 != 0 {
            end = month_end(end.plus_days(1));
        }
        end
    }

    /// The last day of each period, starting with the one that contains `from`, and finally `until`, which may be in
    /// the middle of a period.
    pub(crate) fn ends(self, from: Date, until: Date) -> impl Iterator<Item = Date> {
        let next = move |end: &Date| (*end < until).then(|| self.end(end.plus_days(1)).min(until));
        std::iter::successors((from <= until).then(|| self.end(from).min(until)), next)
    }
}

fn month_end(day: Date) -> Date {
    day.next_month().plus_days(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(every: PeriodLength, from: &str, until: &str) -> Vec<String> {
        every.ends(from.parse().unwrap(), until.parse().unwrap()).map(|day| day.to_string()).collect()
    }

    #[test]
    fn periods_end_with_months_and_quarters_and_the_last_one_today() {
        assert_eq!(
            ends(PeriodLength::Month, "2027-12-31", "2028-03-15"),
            ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-15"]
        );
        assert_eq!(ends(PeriodLength::Quarter, "2027-11-02", "2028-06-30"), ["2027-12-31", "2028-03-31", "2028-06-30"]);
        assert_eq!(ends(PeriodLength::Month, "2028-01-05", "2028-01-05"), ["2028-01-05"]);
        assert!(ends(PeriodLength::Month, "2028-01-06", "2028-01-05").is_empty());
    }
}
