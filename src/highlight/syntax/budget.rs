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
    remaining: u64,
}

/// The budget is spent, or a regular expression backtracked too much.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BudgetError;

impl Budget {
    /// Units per byte of a block.
    const PER_BYTE: u64 = 100;
    /// Units for any block, because even a short one must load its syntax.
    const BASE: u64 = 20_000;

    /// The budget of a block of this many bytes.
    pub(crate) fn for_bytes(bytes: usize) -> Budget {
        Budget { remaining: Budget::BASE + Budget::PER_BYTE * bytes as u64 }
    }

    /// Charges the cost of a step.
    pub(super) fn charge_step(&mut self) -> Result<(), BudgetError> {
        self.charge_units(STEP)
    }

    /// Charges the cost of trying a regular expression on this many bytes.
    pub(super) fn charge_search(&mut self, bytes: usize) -> Result<(), BudgetError> {
        self.charge_units(STEP + bytes as u64 / BYTES)
    }

    /// Charges the cost of skipping this many bytes without a match.
    pub(super) fn charge_skip(&mut self, bytes: usize) -> Result<(), BudgetError> {
        self.charge_units(bytes as u64 / BYTES)
    }

    /// Charges the cost of compiling a regular expression.
    pub(super) fn charge_compilation(&mut self) -> Result<(), BudgetError> {
        self.charge_units(COMPILATION)
    }

    /// Charges a known cost.
    pub(crate) fn charge_units(&mut self, cost: u64) -> Result<(), BudgetError> {
        self.remaining = self.remaining.checked_sub(cost).ok_or(BudgetError)?;
        Ok(())
    }

    /// The remaining units.
    pub(crate) fn remaining(&self) -> u64 {
        self.remaining
    }
}
