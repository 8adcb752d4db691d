//! `clausebook build` of a handbook with ten register entries per document, compared with the same handbook without
//! them.

use anyhow::Result;

use super::build::build_command;
use crate::entries::add_entries;
use crate::generator::write_handbook;
use crate::measure::process::Usage;
use crate::measure::report::{Figure, PerDocument, Report, Row};
use crate::measure::series::Series;
use crate::measure::stage::Stage;

/// The number of entries per document.
const ENTRIES: usize = 10;

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    let source = stage.path("registers");
    let documents = stage.size.documents;
    write_handbook(&source, documents)?;
    add_entries(&source, documents, ENTRIES * documents)?;
    let output = stage.path("site");
    let (mut without, mut with) = (Series::default(), Series::default());
    for round in 0..stage.runs {
        without.push(stage.measure(&build_command(&stage.handbook(), &output))?);
        stage.discard(&output, round)?;
        with.push(stage.measure(&build_command(&source, &output))?);
        stage.discard(&output, round)?;
    }
    let cpu = with.ratio(&without, |usage: &Usage| usage.user + usage.system);
    let figures =
        vec![Figure::new("CPU of a build with ten entries for each document", cpu, "times").at_most(1.3, true)];
    let value = with.median(|usage| usage.user) / documents as f64;
    let per_document =
        vec![PerDocument { name: "user CPU of a build per document with ten entries", value, max_growth: 1.15 }];
    let row = |program, series: Series| Row::new(program, &series);
    let rows = vec![row("clausebook build", without), row("the same with registers", with)];
    Ok(Report { rows, figures, per_document, ..Report::default() })
}
