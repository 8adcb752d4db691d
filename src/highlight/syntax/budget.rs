//! How much work a block may cost.

/// A step of a parser costs this much; so does each regular expression that is tried, and more with the length of the line.
const STEP: u64 = 1;
/// So many bytes of a line cost as much as a step.
const BYTES: u64 = 32;
/// To make a regular expression anew, for words that an earlier line fixed, costs as much as this many steps.
const COMPILATION: u64 = 40;

/// What is left of the work that a block may cost.
///
/// Of 1,746 blocks of real code half take one unit a byte or less, and none more than 11.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

/// The budget is spent, or a regular expression tried too many ways.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl Budget {
    /// Units for each byte of a block.
    const PER_BYTE: u64 = 100;
    /// Units for any block: short ones have to get to know their syntax too.
    const BASE: u64 = 20_000;

    /// The budget of a block of so many bytes.
    pub(crate) fn of(bytes: usize) -> Budget {
        Budget { left: Budget::BASE + Budget::PER_BYTE * bytes as u64 }
    }

    /// Takes the cost of a step.
    pub(super) fn step(&mut self) -> Result<(), Exhausted> {
        self.take(STEP)
    }

    /// Takes the cost of trying a regular expression on so many bytes.
    pub(super) fn search(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.take(STEP + bytes as u64 / BYTES)
    }

    /// Takes the cost of passing so many bytes at which nothing matches.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.take(bytes as u64 / BYTES)
    }

    /// Takes the cost of making a regular expression.
    pub(super) fn compilation(&mut self) -> Result<(), Exhausted> {
        self.take(COMPILATION)
    }

    /// Takes what something cost before.
    pub(crate) fn take(&mut self, cost: u64) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(cost).ok_or(Exhausted)?;
        Ok(())
    }

    /// What is left.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }
}
