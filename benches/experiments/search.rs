//! The search index: its share of a build, its size, and the data that a query loads.

use std::fs;

use anyhow::{Context, Result};

use super::build::{build_command, with_search};
use crate::measure::process::Usage;
use crate::measure::report::{Figure, PerDocument, Report, Row, Slope};
use crate::measure::series::Series;
use crate::measure::stage::Stage;
use crate::measure::tree::Tree;
use crate::reader::Reader;

/// Typical queries of readers, and the most expensive ones possible.
const QUERIES: [&str; 10] = [
    "incident manager",
    "back-out plan",
    "capacity forecast",
    "weekly report",
    "remote access",
    "known errors",
    "change policy",
    "supplier",
    "8.6.1",
    "re co",
];

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run or fails, or the index cannot be read.
pub fn run(stage: &Stage) -> Result<Report> {
    let (mut without, mut with) = (Series::default(), Series::default());
    let output = stage.path("site");
    let mut loads = LoadSizes::default();
    for round in 0..stage.runs {
        with_search(stage, false, || {
            without.push(stage.measure(&build_command(&stage.handbook(), &output))?);
            stage.discard(&output, round)
        })?;
        with.push(stage.measure(&build_command(&stage.handbook(), &output))?);
        if round == 0 {
            loads = LoadSizes::read(stage)?;
        }
        stage.discard(&output, stage.runs + round)?;
    }
    let documents = stage.size.documents as f64;
    let per_document =
        vec![PerDocument { name: "index bytes per document", value: loads.bytes / documents, max_growth: 1.05 }];
    let slopes = vec![Slope {
        name: "peak memory of a build for each further document",
        value: with.median(|usage| usage.peak / 1e3),
        unit: "kB",
        max_growth: 25.0,
    }];
    let figures = figures(stage, &with, &without, &loads);
    let row = |program, series: Series| Row::new(program, &series);
    let rows = vec![row("clausebook build without search", without), row("the same with search", with)];
    Ok(Report { rows, figures, per_document, slopes })
}

fn figures(stage: &Stage, with: &Series, without: &Series, loads: &LoadSizes) -> Vec<Figure> {
    let processor = |usage: &Usage| usage.user + usage.system;
    let share = with.ratio(without, processor).map(|ratio| (1.0 - 1.0 / ratio) * 100.0);
    let documents = stage.size.documents;
    vec![
        Figure::new("share of the index in a build's CPU", share, "%").at_most(20.0, true),
        Figure::new("peak memory of a build", with.measure(|usage| usage.peak / 1e6), "MB")
            .at_most(1_300.0, documents >= 50_000),
        Figure::new("index bytes per document", loads.bytes / documents as f64, "bytes"),
        Figure::new("files of terms", loads.terms, "files"),
        Figure::new("files of records", loads.records, "files"),
        Figure::new("table of pages, compressed", loads.pages / 1e3, "kB"),
        Figure::new("what a first query loads, compressed, on average", loads.mean_bytes / 1e3, "kB"),
        Figure::new("what a first query loads, compressed, at most", loads.max_bytes / 1e3, "kB").at_most(200.0, true),
    ]
}

/// The sizes in bytes and the numbers of files.
#[derive(Default)]
struct LoadSizes {
    bytes: f64,
    terms: f64,
    records: f64,
    pages: f64,
    mean_bytes: f64,
    max_bytes: f64,
}

impl LoadSizes {
    fn read(stage: &Stage) -> Result<LoadSizes> {
        let site = stage.path("site");
        let count = |folder: &str| -> Result<f64> { Ok(fs::read_dir(site.join(folder))?.count() as f64) };
        let mut reader = Reader::open(&site)?;
        let pages = *reader.loaded.get("pages.js").context("no table of pages")? as f64;
        let mut loads = Vec::new();
        for query in QUERIES {
            reader.clear_loaded();
            reader.find(query)?;
            loads.push(reader.compressed_size() as f64);
        }
        Ok(LoadSizes {
            bytes: Tree::read(&site.join("find"))?.bytes(),
            terms: count("find/t")?,
            records: count("find/r")?,
            pages,
            mean_bytes: loads.iter().sum::<f64>() / loads.len() as f64,
            max_bytes: loads.iter().copied().fold(0.0, f64::max),
        })
    }
}
