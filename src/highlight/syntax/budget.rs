//! Limits the work spent on a block.

/// Cost of a parser step and of trying a regular expression, which also costs more on longer lines.
const STEP: u64 = 1;
/// Number of bytes of a line that cost one unit.
const BYTES: u64 = 32;
/// Cost of compiling a regular expression with text from an earlier match.
const COMPILATION: u64 = 40;

/// The remaining work that a block may cost.
///
/// Of 1,746 blocks of real code, half take one unit per byte or less, and none takes more than 11.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

/// The budget is spent, or a regular expression backtracked too much.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl Budget {
    /// Units per byte of a block.
    const PER_BYTE: u64 = 100;
    /// Units for any block, because even a short one must load its syntax.
    const BASE: u64 = 20_000;

    /// The budget of a block of this many bytes.
    pub(crate) fn of(bytes: usize) -> Budget {
        Budget { left: Budget::BASE + Budget::PER_BYTE * bytes as u64 }
    }

    /// Charges the cost of a step.
    pub(super) fn step(&mut self) -> Result<(), Exhausted> {
        self.take(STEP)
    }

    /// Charges the cost of trying a regular expression on this many bytes.
    pub(super) fn search(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.take(STEP + bytes as u64 / BYTES)
    }

    /// Charges the cost of skipping this many bytes without a match.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.take(bytes as u64 / BYTES)
    }

    /// Charges the cost of compiling a regular expression.
    pub(super) fn compilation(&mut self) -> Result<(), Exhausted> {
        self.take(COMPILATION)
    }

    /// Charges a known cost.
    pub(crate) fn take(&mut self, cost: u64) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(cost).ok_or(Exhausted)?;
        Ok(())
    }

    /// The remaining units.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }
}
