//! The cost of repeated runs: a build, a check and a comparison of an unchanged handbook.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::CLAUSEBOOK;
use super::build::build_command;
use crate::measure::process::Usage;
use crate::measure::report::{Figure, Report, Row};
use crate::measure::series::{Measure, Series};
use crate::measure::stage::Stage;

#[derive(Default)]
struct UnchangedRuns {
    build: Series,
    build_again: Series,
    check: Series,
    check_again: Series,
    base_check: Series,
}

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    let mut measured = UnchangedRuns::default();
    let output = stage.path("site");
    let base = stage.path("base");
    let cpu = |usage: &Usage| usage.user + usage.system;
    commit(stage, &base)?;
    for round in 0..stage.runs {
        measured.build.push(stage.measure(&build_command(&stage.handbook(), &output))?);
        measured.build_again.push(stage.measure(&build_command(&stage.handbook(), &output))?);
        stage.discard(&output, round)?;
        clear_cache(stage)?;
        measured.check.push(stage.measure(&check(stage, &stage.handbook(), &[]))?);
        measured.check_again.push(stage.measure(&check(stage, &stage.handbook(), &[]))?);
        clear_cache(stage)?;
        let plain = stage.measure(&check(stage, &base, &[]))?;
        clear_cache(stage)?;
        let compared = stage.measure(&check(stage, &base, &["--base", "HEAD"]))?;
        measured.base_check.push(Usage {
            user: cpu(&compared) / cpu(&plain),
            peak: compared.peak / plain.peak,
            ..compared
        });
    }
    let is_large = stage.size.documents >= 1000;
    let times = |name, value: Measure, max| Figure::new(name, value, "times").at_most(max, is_large);
    let figures = vec![
        times("CPU of an unchanged build against the first", measured.build_again.ratio(&measured.build, cpu), 0.05),
        times("CPU of an unchanged check against the first", measured.check_again.ratio(&measured.check, cpu), 0.1),
        times("CPU of a check against an equal base", measured.base_check.measure(|usage| usage.user), 1.2),
        times("peak memory of a check against an equal base", measured.base_check.measure(|usage| usage.peak), 1.2),
    ];
    let row = |program, series: Series| Row::new(program, &series);
    let rows = vec![
        row("clausebook build", measured.build),
        row("the same with nothing changed", measured.build_again),
        row("clausebook check", measured.check),
        row("the same with nothing changed ", measured.check_again),
    ];
    Ok(Report { rows, figures, ..Report::default() })
}

/// A check with its own cache folder that passes whatever it finds.
fn check(stage: &Stage, handbook: &Path, options: &[&str]) -> Command {
    let mut command = Command::new("sh");
    // A check with findings fails, but only its cost matters.
    command.arg("-c").arg("XDG_CACHE_HOME=\"$0\" \"$@\" || true").arg(stage.path("cache")).arg(CLAUSEBOOK);
    command.args(["check", "--format", "json", "--output"]).arg(stage.path("report.json"));
    command.arg("--source").arg(handbook).args(options);
    command
}

fn clear_cache(stage: &Stage) -> Result<()> {
    let cache = stage.path("cache");
    if cache.is_dir() {
        fs::remove_dir_all(cache)?;
    }
    Ok(())
}

/// Writes the handbook again, into a repository with one commit.
fn commit(stage: &Stage, folder: &Path) -> Result<()> {
    crate::generator::write_handbook(folder, stage.size.documents)?;
    for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-q", "-m", "All of it"]] {
        let mut git = Command::new("git");
        git.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0"]);
        let status = git.args(arguments).status().context("git")?;
        ensure!(status.success(), "git {arguments:?}: {status}");
    }
    Ok(())
}
