//! What is measured: each experiment is one file and one line here.

mod build;
mod check;
mod findings;
mod history;
mod registers;
mod search;
mod serve;
mod shapes;
mod unchanged;

use anyhow::Result;

use crate::measure::report::Report;
use crate::measure::stage::Stage;

/// Something to measure on a handbook.
pub struct Experiment {
    /// Its name for `--only`.
    pub name: &'static str,
    /// Measures it.
    pub run: fn(&Stage) -> Result<Report>,
}

/// All experiments, in the order in which they are run.
pub const EXPERIMENTS: &[Experiment] = &[
    Experiment { name: "build", run: build::run },
    Experiment { name: "check", run: check::run },
    Experiment { name: "findings", run: findings::run },
    Experiment { name: "history", run: history::run },
    Experiment { name: "registers", run: registers::run },
    Experiment { name: "search", run: search::run },
    Experiment { name: "serve", run: serve::run },
    Experiment { name: "shapes", run: shapes::run },
    Experiment { name: "unchanged", run: unchanged::run },
];

/// The program under test.
pub const CLAUSEBOOK: &str = env!("CARGO_BIN_EXE_clausebook");
