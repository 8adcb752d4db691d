//! `clausebook build`, first and repeated, compared with the floor and with Hugo. None of them creates a search index,
//! whose cost is a separate experiment.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::CLAUSEBOOK;
use crate::hugo;
use crate::measure::process::Usage;
use crate::measure::report::{Figure, PerDocument, Report, Row};
use crate::measure::series::Series;
use crate::measure::stage::Stage;
use crate::measure::tree::Tree;

/// All runs of all programs, and the output of the last ones.
#[derive(Default)]
struct BuildRuns {
    floor: Series,
    build: Series,
    build_again: Series,
    hugo: Series,
    floor_output: Tree,
    output: Tree,
    hugo_output: Tree,
    rewritten_files: usize,
}

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails.
pub fn run(stage: &Stage) -> Result<Report> {
    if stage.setup.hugo.is_some() {
        hugo::write_site(&stage.path("hugo"), stage.size.documents)?;
    }
    let mut measured = BuildRuns::default();
    with_search(stage, false, || {
        (0..stage.runs).try_for_each(|round| {
            measured.run_floor(stage, round)?;
            measured.run_build(stage, round)?;
            measured.run_hugo(stage, round)
        })
    })?;
    let hugo = stage.setup.hugo.is_some();
    Ok(Report {
        figures: measured.figures(stage, hugo),
        per_document: measured.per_document(stage),
        rows: measured.rows(hugo),
        ..Report::default()
    })
}

impl BuildRuns {
    fn run_floor(&mut self, stage: &Stage, round: usize) -> Result<()> {
        let output = stage.path("floor");
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("floor").arg(stage.handbook()).arg(&output);
        self.floor.push(stage.measure(&command)?);
        self.floor_output = Tree::read(&output)?;
        stage.discard(&output, round)
    }

    fn run_build(&mut self, stage: &Stage, round: usize) -> Result<()> {
        let output = stage.path("site");
        let command = build_command(&stage.handbook(), &output);
        self.build.push(stage.measure(&command)?);
        self.output = Tree::read(&output)?;
        self.build_again.push(stage.measure(&command)?);
        self.rewritten_files = Tree::read(&output)?.written_since(&self.output).len();
        stage.discard(&output, round)
    }

    fn run_hugo(&mut self, stage: &Stage, round: usize) -> Result<()> {
        let Some(binary) = &stage.setup.hugo else { return Ok(()) };
        let output = stage.path("hugo-site");
        self.hugo.push(stage.measure(&hugo::command(binary, &stage.path("hugo"), &output))?);
        self.hugo_output = Tree::read(&output)?;
        stage.discard(&output, round)
    }

    fn rows(self, hugo: bool) -> Vec<Row> {
        let row = |program, series: Series, output| Row { output, ..Row::new(program, &series) };
        let mut rows = vec![
            row("floor", self.floor, Some(self.floor_output)),
            row("clausebook build", self.build, Some(self.output)),
            row("the same with nothing changed", self.build_again, None),
        ];
        if hugo {
            rows.push(row("hugo", self.hugo, Some(self.hugo_output)));
        }
        rows
    }

    fn figures(&self, stage: &Stage, hugo: bool) -> Vec<Figure> {
        let documents = stage.size.documents;
        // Small handbooks have a constant part, and very large ones exceed caches.
        let floor = if (1_000..50_000).contains(&documents) { 1.6 } else { 1.8 };
        let mut figures = vec![
            Figure::new(
                "user CPU of a build against the floor",
                self.build.ratio(&self.floor, |usage| usage.user),
                "times",
            )
            .at_most(floor, true),
            Figure::new(
                "wall time with nothing changed against the first",
                self.build_again.ratio(&self.build, |usage| usage.wall),
                "times",
            )
            .at_most(0.4, true),
            Figure::new("files written with nothing changed", self.rewritten_files as f64, "files").at_most(0.0, true),
            Figure::new("largest page, but for those to print", self.output.largest_page() / 1e3, "kB")
                .at_most(600.0, true),
        ];
        if hugo {
            let ratio = |quantity: fn(&Usage) -> f64| self.build.ratio(&self.hugo, quantity);
            figures.push(Figure::new("user CPU against Hugo", ratio(|usage| usage.user), "times").at_most(0.5, true));
            figures.push(Figure::new("wall time against Hugo", ratio(|usage| usage.wall), "times").at_most(0.75, true));
        }
        figures
    }

    fn per_document(&self, stage: &Stage) -> Vec<PerDocument> {
        let documents = stage.size.documents as f64;
        let cost = |name, total: f64, growth_at_most| PerDocument {
            name,
            value: total / documents,
            max_growth: growth_at_most,
        };
        vec![
            cost("user CPU of a build per document", self.build.median(|usage| usage.user), 1.15),
            cost("output bytes per document", self.output.bytes(), 1.05),
        ]
    }
}

/// The command that builds a handbook into a folder.
pub fn build_command(source: &Path, output: &Path) -> Command {
    let mut command = Command::new(CLAUSEBOOK);
    command.args(["build", "-q", "--source"]).arg(source).arg("--output").arg(output);
    command
}

/// Calls `action` with search turned on or off in the handbook's settings, then restores them.
///
/// # Errors
/// If the settings cannot be written, or `action` fails.
pub fn with_search<T>(stage: &Stage, search: bool, action: impl FnOnce() -> Result<T>) -> Result<T> {
    let file = stage.handbook().join("clausebook.yaml");
    let settings = fs::read_to_string(&file)?;
    fs::write(&file, format!("{settings}search: {search}\n"))?;
    let result = action();
    fs::write(&file, settings)?;
    result
}
