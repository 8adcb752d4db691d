//! All figures with a target, in one Markdown table.

use std::fmt;

use super::report::{Figure, Growth, Report};

/// The measurements for the benchmark's goals.
#[derive(Default)]
pub struct Table {
    rows: Vec<(String, Figure)>,
    growth: Growth,
}

impl Table {
    /// Adds the results for a handbook with this number of documents.
    pub fn add(&mut self, documents: usize, report: &Report) {
        self.rows.extend(report.figures.iter().map(|figure| (group_digits(documents), figure.clone())));
        self.growth.add(documents, report);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let growth = self.growth.figures().into_iter();
        let growth =
            growth.map(|([from, to], figure)| (format!("{} to {}", group_digits(from), group_digits(to)), figure));
        writeln!(f, "| goal | documents | measured | target | |\n| --- | --- | --- | --- | --- |")?;
        for (documents, figure) in self.rows.iter().cloned().chain(growth) {
            let (Some(target), Some(verdict)) = (figure.target, figure.verdict()) else { continue };
            writeln!(f, "| {} | {documents} | {} | {target} | {verdict} |", figure.name, figure.formatted_value())?;
        }
        Ok(())
    }
}

/// A number with thousands separators.
fn group_digits(number: usize) -> String {
    let digits = number.to_string();
    let places = digits.len();
    let with_comma = |(at, digit): (usize, char)| {
        let comma = at > 0 && (places - at).is_multiple_of(3);
        [comma.then_some(','), Some(digit)].into_iter().flatten()
    };
    digits.chars().enumerate().flat_map(with_comma).collect()
}
