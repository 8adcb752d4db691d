//! Series of runs of programs, and their typical values.

use super::process::Usage;

/// All runs of one program, in order.
#[derive(Clone, Debug, Default)]
pub struct Series(Vec<Usage>);

impl Series {
    /// Adds a run.
    pub fn push(&mut self, usage: Usage) {
        self.0.push(usage);
    }

    /// The median of a quantity.
    pub fn median(&self, quantity: impl Fn(&Usage) -> f64) -> f64 {
        median(self.0.iter().map(quantity).collect())
    }

    /// The ratios of a quantity to that of another program in the same rounds.
    pub fn ratio(&self, other: &Series, quantity: impl Fn(&Usage) -> f64) -> Measure {
        Measure::from_numbers(
            self.0.iter().zip(&other.0).map(|(usage, other)| quantity(usage) / quantity(other)).collect(),
        )
    }

    /// The median of a quantity and its spread.
    pub fn measure(&self, quantity: impl Fn(&Usage) -> f64) -> Measure {
        Measure::from_numbers(self.0.iter().map(quantity).collect())
    }

    /// The median of each quantity.
    pub fn medians(&self) -> Usage {
        Usage {
            wall: self.median(|usage| usage.wall),
            user: self.median(|usage| usage.user),
            system: self.median(|usage| usage.system),
            peak: self.median(|usage| usage.peak),
        }
    }
}

/// A number that was measured several times: its median and quartiles.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The median.
    pub median: f64,
    /// The lower quartile.
    pub low: f64,
    /// The upper quartile.
    pub high: f64,
}

impl Measure {
    fn from_numbers(mut numbers: Vec<f64>) -> Measure {
        numbers.sort_by(f64::total_cmp);
        let at = |part: usize| numbers.get(numbers.len() * part / 4).copied().unwrap_or(f64::NAN);
        Measure { median: at(2), low: at(1), high: at(3) }
    }

    /// Converts to another unit. `change` must be increasing.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Measure {
        Measure { median: change(self.median), low: change(self.low), high: change(self.high) }
    }
}

impl From<f64> for Measure {
    fn from(number: f64) -> Measure {
        Measure { median: number, low: number, high: number }
    }
}

/// The median of several numbers, the upper of the two middle ones if their count is even; NaN if there are none.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
