//! The experiments: each is one file and one line here.

mod build;
mod check;
mod deploys;
mod findings;
mod history;
mod registers;
mod search;
mod serve;
mod shapes;
mod threads;
mod unchanged;

use anyhow::Result;

use crate::measure::report::Report;
use crate::measure::stage::Stage;

/// A measurement of a handbook.
pub struct Experiment {
    /// The name for `--only`.
    pub name: &'static str,
    /// Runs the experiment.
    pub run: fn(&Stage) -> Result<Report>,
    /// Whether it gives more information on the largest handbook than on the one before.
    pub is_for_largest: bool,
}

/// All experiments, in the order in which they run.
pub const EXPERIMENTS: &[Experiment] = &[
    Experiment { name: "build", run: build::run, is_for_largest: true },
    Experiment { name: "check", run: check::run, is_for_largest: true },
    Experiment { name: "search", run: search::run, is_for_largest: true },
    Experiment { name: "unchanged", run: unchanged::run, is_for_largest: false },
    Experiment { name: "deploys", run: deploys::run, is_for_largest: true },
    Experiment { name: "threads", run: threads::run, is_for_largest: false },
    Experiment { name: "findings", run: findings::run, is_for_largest: false },
    Experiment { name: "history", run: history::run, is_for_largest: false },
    Experiment { name: "registers", run: registers::run, is_for_largest: false },
    Experiment { name: "serve", run: serve::run, is_for_largest: false },
    Experiment { name: "shapes", run: shapes::run, is_for_largest: false },
];

/// The program under test.
pub const CLAUSEBOOK: &str = env!("CARGO_BIN_EXE_clausebook");
