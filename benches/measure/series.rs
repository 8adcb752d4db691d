//! Several runs of several programs, and what is typical of them.

use super::process::Usage;

/// All runs of one program, in the order in which they were made.
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

    /// The median of a quantity's ratios to that of another program in the same round.
    pub fn ratio(&self, other: &Series, quantity: impl Fn(&Usage) -> f64) -> f64 {
        median(self.0.iter().zip(&other.0).map(|(own, other)| quantity(own) / quantity(other)).collect())
    }

    /// The median of every quantity by itself.
    pub fn typical(&self) -> Usage {
        Usage {
            wall: self.median(|usage| usage.wall),
            user: self.median(|usage| usage.user),
            system: self.median(|usage| usage.system),
            peak: self.median(|usage| usage.peak),
        }
    }
}

/// The middle of several numbers, the upper one of two; not a number when there is none.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}
