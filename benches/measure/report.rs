//! Results of experiments, as plain text tables.

use std::borrow::Cow;
use std::fmt;

use super::process::Usage;
use super::series::{Measure, Series};
use super::tree::Tree;

/// The result of an experiment on one handbook.
#[derive(Debug, Default)]
pub struct Report {
    /// The resource usage of each program.
    pub rows: Vec<Row>,
    /// The derived figures.
    pub figures: Vec<Figure>,
    /// Costs per document, which should not depend on their number.
    pub per_document: Vec<PerDocument>,
    /// Totals with a limit on what each further document may add.
    pub slopes: Vec<Slope>,
}

/// A program with its typical resource usage and its output.
#[derive(Debug)]
pub struct Row {
    /// The name of the program.
    pub program: &'static str,
    /// Medians over its runs.
    pub usage: Usage,
    /// The interquartile range of its user CPU time, as a share of the median.
    pub spread: f64,
    /// The output.
    pub output: Option<Tree>,
}

impl Row {
    /// Creates a row for a program without relevant output.
    pub fn new(program: &'static str, series: &Series) -> Row {
        let Measure { median, low, high } = series.measure(|usage| usage.user);
        Row { program, usage: series.medians(), spread: (high - low) / median, output: None }
    }
}

/// A figure with its target.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What was measured.
    pub name: Cow<'static, str>,
    /// The measurement.
    pub value: Measure,
    /// The unit after the number.
    pub unit: &'static str,
    /// The target, if any.
    pub target: Option<Target>,
}

/// The target of a figure.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

impl Target {
    /// The ratio of a number to the target: 1 is just met, less is better.
    fn ratio(self, number: f64) -> f64 {
        match self {
            Target::AtMost(0.0) => f64::from(u8::from(number > 0.0)) * 2.0,
            Target::AtMost(most) => number / most,
            Target::AtLeast(least) => least / number,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::AtMost(most) => write!(f, "at most {most}"),
            Target::AtLeast(least) => write!(f, "at least {least}"),
        }
    }
}

impl Figure {
    /// Creates a figure without a target.
    pub fn new(name: impl Into<Cow<'static, str>>, value: impl Into<Measure>, unit: &'static str) -> Figure {
        Figure { name: name.into(), value: value.into(), unit, target: None }
    }

    /// Adds an upper limit as the target, if `is_enforced` is set.
    pub fn at_most(self, max: f64, is_enforced: bool) -> Figure {
        Figure { target: is_enforced.then_some(Target::AtMost(max)), ..self }
    }

    /// Adds a lower limit as the target, if `is_enforced` is set.
    pub fn at_least(self, min: f64, is_enforced: bool) -> Figure {
        Figure { target: is_enforced.then_some(Target::AtLeast(min)), ..self }
    }

    /// The number with its unit and its spread.
    pub fn formatted_value(&self) -> String {
        let Measure { median, low, high } = self.value;
        let spread = if low < high { format!(" ({low:.2} to {high:.2})") } else { String::new() };
        format!("{median:.2} {}{spread}", self.unit)
    }

    /// Whether the target is met, or `None` without a target.
    pub fn verdict(&self) -> Option<&'static str> {
        let target = self.target?;
        let shares = [self.value.low, self.value.median, self.value.high].map(|number| target.ratio(number));
        let [best, worst] = [shares[0].min(shares[2]), shares[0].max(shares[2])];
        // NaN, because nothing was measured, does not meet the target.
        Some(match shares[1] <= 1.0 + TOLERANCE {
            true if worst <= 1.0 => "met",
            true => "met, by its median or within 5%",
            false if best <= 1.0 => "missed, by its median",
            false => "missed",
        })
    }
}

/// A cost per document.
#[derive(Clone, Debug)]
pub struct PerDocument {
    /// What was measured.
    pub name: &'static str,
    /// The cost.
    pub value: f64,
    /// The maximum factor between a handbook of 10,000 documents and one of 1,000.
    pub max_growth: f64,
}

/// A total that grows with the handbook.
#[derive(Clone, Debug)]
pub struct Slope {
    /// What was measured.
    pub name: &'static str,
    /// The total.
    pub value: f64,
    /// The unit.
    pub unit: &'static str,
    /// The maximum that each further document may add.
    pub max_growth: f64,
}

/// The number of documents from which the fixed cost of a run is negligible.
const MIN_LARGE_DOCUMENTS: usize = 1000;
/// The relative amount by which a target may be exceeded and still count as met.
const TOLERANCE: f64 = 0.05;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = ["wall s", "user s", "spread", "system s", "peak MB", "files", "output MB"];
        write!(f, "{:32}", "")?;
        headers.iter().try_for_each(|head| write!(f, "{head:>11}"))?;
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
        let Measure { median, low, high } = self.value;
        write!(f, "{:62}{median:>11.2} {:8}", self.name, self.unit)?;
        if low < high {
            write!(f, "{:15}", format!("{low:.2} to {high:.2}"))?;
        } else {
            write!(f, "{:15}", "")?;
        }
        let (Some(target), Some(verdict)) = (self.target, self.verdict()) else { return Ok(()) };
        write!(f, "{:16}{verdict}", target.to_string())
    }
}

/// Results at several sizes, for comparison of each with the next.
#[derive(Debug, Default)]
pub struct Growth {
    costs: Vec<(usize, PerDocument)>,
    totals: Vec<(usize, Slope)>,
}

impl Growth {
    /// Adds the results for a handbook with this number of documents.
    pub fn add(&mut self, documents: usize, report: &Report) {
        self.costs.extend(report.per_document.iter().map(|cost| (documents, cost.clone())));
        self.totals.extend(report.slopes.iter().map(|total| (documents, total.clone())));
    }

    /// Returns the growth figures, each with its two sizes.
    ///
    /// In a small handbook, the fixed cost of a run dominates, so only growth between large ones has a target.
    pub fn figures(&self) -> Vec<([usize; 2], Figure)> {
        let costs = self.costs.iter().filter_map(|(to, cost)| {
            let (from, before) = next_smaller(&self.costs, *to, |other| other.name == cost.name)?;
            let figure = Figure::new(cost.name, cost.value / before.value, "times");
            Some(([from, *to], figure.at_most(cost.max_growth, from >= MIN_LARGE_DOCUMENTS)))
        });
        let totals = self.totals.iter().filter_map(|(to, total)| {
            let (from, before) = next_smaller(&self.totals, *to, |other| other.name == total.name)?;
            let figure = Figure::new(total.name, (total.value - before.value) / (to - from) as f64, total.unit);
            Some(([from, *to], figure.at_most(total.max_growth, from >= MIN_LARGE_DOCUMENTS)))
        });
        costs.chain(totals).collect()
    }
}

/// The result at the next smaller size.
fn next_smaller<T>(results: &[(usize, T)], documents: usize, predicate: impl Fn(&T) -> bool) -> Option<(usize, &T)> {
    let smaller = results.iter().filter(|(size, other)| *size < documents && predicate(other));
    smaller.max_by_key(|(size, _)| *size).map(|(size, result)| (*size, result))
}
