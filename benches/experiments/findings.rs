//! `clausebook build` of a handbook with mistakes in every document, compared with the same handbook without them.

use anyhow::Result;

use super::build::build_command;
use crate::generator::write_handbook;
use crate::measure::process::Usage;
use crate::measure::report::{Figure, PerDocument, Report, Row};
use crate::measure::series::Series;
use crate::measure::stage::Stage;
use crate::mistakes::add_mistakes;

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    let source = stage.path("mistakes");
    write_handbook(&source, stage.size.documents)?;
    add_mistakes(&source, stage.size.documents)?;
    let output = stage.path("site");
    let (mut clean, mut mistaken) = (Series::default(), Series::default());
    for round in 0..stage.runs {
        clean.push(stage.measure(&build_command(&stage.handbook(), &output))?);
        stage.discard(&output, round)?;
        mistaken.push(stage.measure(&build_command(&source, &output))?);
        stage.discard(&output, round)?;
    }
    let cpu = mistaken.ratio(&clean, |usage: &Usage| usage.user + usage.system);
    let figures = vec![Figure::new("CPU of a build with mistakes in every document", cpu, "times")];
    let value = mistaken.median(|usage| usage.user) / stage.size.documents as f64;
    let per_document =
        vec![PerDocument { name: "user CPU of a build per document with mistakes", value, max_growth: 1.15 }];
    let row = |program, series: Series| Row::new(program, &series);
    let rows = vec![row("clausebook build", clean), row("the same with mistakes", mistaken)];
    Ok(Report { rows, figures, per_document, ..Report::default() })
}
