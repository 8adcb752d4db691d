//! Handbooks of unusual shapes, each at a quarter of its size and in full: the exponent with which the cost of a build
//! and a check grows with size. 1 is linear, 2 quadratic.

use std::fs;

use anyhow::Result;

use super::build::build_command;
use super::check::check_command;
use crate::measure::process::Usage;
use crate::measure::report::{Figure, Report};
use crate::measure::series::{Measure, Series};
use crate::measure::stage::Stage;
use crate::shapes::{SHAPES, Shape};

/// The ratio of the two sizes.
const SIZE_RATIO: usize = 4;
/// The minimum number of documents; smaller handbooks mostly show the cost of starting.
const MIN_DOCUMENTS: usize = 1000;

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    let mut figures = Vec::new();
    for shape in SHAPES {
        let (build, check) = exponents(stage, shape)?;
        let is_large = stage.size.documents >= MIN_DOCUMENTS * SIZE_RATIO;
        let figure = |command: &str, power| {
            Figure::new(format!("growth of {command} by {}", shape.name), power, "power").at_most(1.1, is_large)
        };
        figures.extend([figure("a build", build), figure("a check", check)]);
    }
    Ok(Report { figures, ..Report::default() })
}

/// The exponents for a build and for a check.
fn exponents(stage: &Stage, shape: &Shape) -> Result<(Measure, Measure)> {
    let sizes = [stage.size.documents.div_ceil(SIZE_RATIO), stage.size.documents];
    let folders = sizes.map(|size| stage.path(&format!("shape-{size}")));
    for (folder, size) in folders.iter().zip(sizes) {
        (shape.write)(folder, size)?;
    }
    let mut costs = [(); 4].map(|()| Series::default());
    let output = stage.path("site");
    for round in 0..stage.runs {
        for (at, folder) in folders.iter().enumerate() {
            costs[at].push(stage.measure(&build_command(folder, &output))?);
            stage.discard(&output, round * 2 + at)?;
            costs[2 + at].push(stage.measure(&check_command(folder, &stage.path("shape.json")))?);
        }
    }
    folders.iter().try_for_each(fs::remove_dir_all)?;
    let [small_build, build, small_check, check] = &costs;
    Ok((exponent(small_build, build), exponent(small_check, check)))
}

fn exponent(small: &Series, large: &Series) -> Measure {
    let ratio = large.ratio(small, |usage: &Usage| usage.user + usage.system);
    ratio.map(|ratio| ratio.ln() / (SIZE_RATIO as f64).ln())
}
