//! `clausebook check` compared with `clausebook build`: it reads and judges the same documents but does not render
//! pages.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::CLAUSEBOOK;
use super::build::build_command;
use crate::measure::process::Usage;
use crate::measure::report::{Figure, PerDocument, Report, Row, Slope};
use crate::measure::series::Series;
use crate::measure::stage::Stage;

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    let (mut build, mut check, mut bundled) = (Series::default(), Series::default(), Series::default());
    let output = stage.path("site");
    let model = Path::new(env!("CARGO_MANIFEST_DIR"));
    for round in 0..stage.runs {
        build.push(stage.measure(&build_command(&stage.handbook(), &output))?);
        stage.discard(&output, round)?;
        check.push(stage.measure(&check_command(&stage.handbook(), &stage.path("report.json")))?);
        bundled.push(stage.measure(&check_command(model, &stage.path("bundled.json")))?);
    }
    let at_scale = stage.size.documents >= 10_000;
    let processor = |usage: &Usage| usage.user + usage.system;
    let figures = vec![
        Figure::new("CPU of a check against a build", check.ratio(&build, processor), "times").at_most(0.4, at_scale),
        Figure::new("wall time of a check of the bundled handbook", bundled.measure(|usage| usage.wall * 1e3), "ms")
            .at_most(100.0, true),
        Figure::new("peak memory of a check", check.measure(|usage| usage.peak / 1e6), "MB"),
    ];
    let slopes = vec![Slope {
        name: "peak memory of a check for each further document",
        value: check.median(|usage| usage.peak / 1e3),
        unit: "kB",
        max_growth: 20.0,
    }];
    let value = check.median(|usage| usage.user) / stage.size.documents as f64;
    let per_document = vec![PerDocument { name: "user CPU of a check per document", value, max_growth: 1.15 }];
    let row = |program, series: Series| Row::new(program, &series);
    let rows = vec![
        row("clausebook build", build),
        row("clausebook check", check),
        row("the same on the bundled handbook", bundled),
    ];
    Ok(Report { rows, figures, per_document, slopes })
}

/// A check of a handbook that passes whatever it finds, because only its cost matters.
pub fn check_command(handbook: &Path, report: &Path) -> Command {
    let mut command = Command::new(CLAUSEBOOK);
    let baseline = report.with_extension("known.json");
    command.args(["check", "--format", "json", "--source"]).arg(handbook).arg("--output").arg(report);
    command.arg("--update-baseline").arg("--baseline").arg(baseline);
    command
}
