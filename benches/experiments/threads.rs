//! The speed-up of a build by a second thread: wall time of the whole program with one thread and with two.

use std::process::Command;

use anyhow::Result;

use super::build::build_command;
use crate::measure::report::{Figure, Report, Row};
use crate::measure::series::Series;
use crate::measure::stage::Stage;

/// Runs the experiment. With a single processor, there is nothing to measure.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    if stage.setup.machine.processors < 2 {
        return Ok(Report::default());
    }
    let (mut single, mut double) = (Series::default(), Series::default());
    for round in 0..stage.runs {
        single.push(stage.measure(&with_threads(stage, 1))?);
        stage.discard(&stage.path("site"), round)?;
        double.push(stage.measure(&with_threads(stage, 2))?);
        stage.discard(&stage.path("site"), stage.runs + round)?;
    }
    let speed_up = single.ratio(&double, |usage| usage.wall);
    let figure = Figure::new("speed-up of a build from one thread to two", speed_up, "times");
    let figures = vec![figure.at_least(1.75, stage.size.documents >= 10_000)];
    let rows = vec![Row::new("clausebook build, one thread", &single), Row::new("the same with two", &double)];
    Ok(Report { rows, figures, ..Report::default() })
}

/// A build with this number of threads.
fn with_threads(stage: &Stage, threads: usize) -> Command {
    let build = build_command(&stage.handbook(), &stage.path("site"));
    let mut command = Command::new("env");
    command.arg(format!("RAYON_NUM_THREADS={threads}")).arg(build.get_program()).args(build.get_args());
    command
}
