//! What an experiment found, as tables of plain text.

use std::fmt;

use super::process::Usage;
use super::series::{Measure, Series};
use super::tree::Tree;

/// What an experiment found on one handbook.
#[derive(Debug, Default)]
pub struct Report {
    /// What each program used.
    pub rows: Vec<Row>,
    /// What follows from it.
    pub figures: Vec<Figure>,
    /// What should be the same for each document, however many there are.
    pub per_document: Vec<PerDocument>,
}

/// A program, what it typically used, and what it wrote.
#[derive(Debug)]
pub struct Row {
    /// Name of the program.
    pub program: &'static str,
    /// Medians over its runs.
    pub usage: Usage,
    /// Half of its runs lie so far apart in user CPU, as a share of the median.
    pub spread: f64,
    /// What it wrote.
    pub output: Option<Tree>,
}

impl Row {
    /// A program that wrote nothing of interest.
    pub fn of(program: &'static str, series: &Series) -> Row {
        let Measure { middle, low, high } = series.measure(|usage| usage.user);
        Row { program, usage: series.typical(), spread: (high - low) / middle, output: None }
    }
}

/// A number with its target.
#[derive(Debug)]
pub struct Figure {
    /// What was measured.
    pub name: &'static str,
    /// The number.
    pub value: Measure,
    /// What follows the number.
    pub unit: &'static str,
    /// The target.
    pub at_most: Option<f64>,
}

/// A cost of one document.
#[derive(Clone, Debug)]
pub struct PerDocument {
    /// What was measured.
    pub name: &'static str,
    /// The cost.
    pub value: f64,
    /// By what factor it may be more in a handbook of 10,000 documents than in one of 1,000.
    pub growth_at_most: f64,
}

/// What exceeds a target by so little has met it.
const TOLERANCE: f64 = 0.05;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = ["wall s", "user s", "spread", "system s", "peak MB", "files", "output MB"];
        write!(f, "{:32}", "")?;
        heads.iter().try_for_each(|head| write!(f, "{head:>11}"))?;
        writeln!(f)?;
        self.rows.iter().try_for_each(|row| writeln!(f, "{row}"))?;
        if !self.figures.is_empty() {
            writeln!(f)?;
        }
        self.figures.iter().try_for_each(|figure| writeln!(f, "{figure}"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Usage { wall, user, system, peak } = self.usage;
        write!(f, "{:32}{wall:>11.3}{user:>11.3}{:>9.0} %", self.program, self.spread * 100.0)?;
        write!(f, "{system:>11.3}{:>11.1}", peak / 1e6)?;
        match &self.output {
            Some(tree) => write!(f, "{:>11}{:>11.1}", tree.len(), tree.bytes() / 1e6),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Measure { middle, low, high } = self.value;
        write!(f, "{:54}{middle:>11.2} {:8}", self.name, self.unit)?;
        if low < high {
            write!(f, "{:15}", format!("{low:.2} to {high:.2}"))?;
        } else {
            write!(f, "{:15}", "")?;
        }
        let Some(most) = self.at_most else { return Ok(()) };
        let told = match middle <= most * (1.0 + TOLERANCE) {
            true if high <= most => "met",
            true => "met, by its median or within 5 %",
            false if low <= most => "missed, by its median",
            false => "missed",
        };
        write!(f, "at most {most:<8}{told}")
    }
}

/// How costs for each document grow from one size to the next.
#[derive(Debug, Default)]
pub struct Growth(Vec<(usize, PerDocument)>);

impl Growth {
    /// Adds what was found on a handbook of so many documents.
    pub fn add(&mut self, documents: usize, costs: Vec<PerDocument>) {
        self.0.extend(costs.into_iter().map(|cost| (documents, cost)));
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (documents, cost) in &self.0 {
            let before = self.0.iter().filter(|(size, other)| size < documents && other.name == cost.name);
            let Some((size, before)) = before.max_by_key(|(size, _)| size) else { continue };
            // A small handbook bears what a run costs before it reads anything, so only growth between large ones tells.
            let at_most = (*size >= 1000).then_some(cost.growth_at_most);
            let figure = Figure { name: cost.name, value: (cost.value / before.value).into(), unit: "times", at_most };
            writeln!(f, "\nFrom {size} to {documents} documents\n{figure}")?;
        }
        Ok(())
    }
}
