//! Tables of figures: assigns each row to its indicator.

use std::sync::Arc;

use ahash::{AHashMap, AHashSet};

use super::Registers;
use crate::handbook::document::DocumentIndex;
use crate::id::DocumentId;
use crate::place::Place;
use crate::register::{Entry, FigureProblem, FigureRow, Kind, RegisterFile};

/// A row that contradicts something else.
#[derive(Clone, Debug)]
pub(crate) struct PlacedFigure {
    file: Arc<RegisterFile>,
    row: usize,
    /// Why the row is contradictory.
    pub(crate) problem: FigureProblem,
}

impl PlacedFigure {
    /// The row.
    pub(crate) fn row(&self) -> &FigureRow {
        &self.file.figures[self.row]
    }

    /// The place of the row.
    pub(crate) fn place(&self) -> Place {
        self.file.source.place(self.row().span)
    }
}

/// An entry that is shown, with its owner and its register.
type ShownEntry = (DocumentIndex, Arc<RegisterFile>, Arc<Entry>);

/// Rows by the indicator that they name, each as its table and its position there.
type Rows<'a> = AHashMap<&'a DocumentId, Vec<(&'a Arc<RegisterFile>, usize)>>;

impl Registers {
    /// Adds the figures in tables to the entries. Contradictory rows are kept for a rule to report.
    pub(super) fn add_figures(&mut self, entries: Vec<ShownEntry>) -> Vec<ShownEntry> {
        let mut rows: Rows<'_> = AHashMap::new();
        for (file, _) in &self.files {
            for (at, row) in file.figures.iter().enumerate() {
                rows.entry(&row.id.value).or_default().push((file, at));
            }
        }
        if rows.is_empty() {
            return entries;
        }
        let mut problems = Vec::new();
        let measured = entries.into_iter().map(|(owner, file, entry)| {
            let of_entry = rows.get_mut(&entry.id.value).filter(|_| entry.kind == Kind::Indicators);
            let entry = of_entry.map_or(entry.clone(), |rows| add_measurements(&entry, rows, &mut problems));
            (owner, file, entry)
        });
        let measured: Vec<ShownEntry> = measured.collect();
        let indicators = measured.iter().filter(|(_, _, entry)| entry.kind == Kind::Indicators);
        let known: AHashSet<&DocumentId> = indicators.map(|(_, _, entry)| &entry.id.value).collect();
        let unknown = rows.iter().filter(|(id, _)| !known.contains(*id)).flat_map(|(_, rows)| rows);
        problems.extend(unknown.map(|(file, row)| figure(file, *row, FigureProblem::Unknown)));
        problems.sort_by_key(|figure| figure.place());
        self.figures = problems;
        measured
    }
}

fn figure(file: &Arc<RegisterFile>, row: usize, problem: FigureProblem) -> PlacedFigure {
    PlacedFigure { file: file.clone(), row, problem }
}

/// An indicator with the figures of its rows.
fn add_measurements(
    entry: &Entry,
    rows: &[(&Arc<RegisterFile>, usize)],
    problems: &mut Vec<PlacedFigure>,
) -> Arc<Entry> {
    let of_rows: Vec<&FigureRow> = rows.iter().map(|(file, row)| &file.figures[*row]).collect();
    let (entry, row_problems) = entry.with_figures(&of_rows);
    let placed_problems =
        rows.iter().zip(row_problems).filter_map(|((file, row), problem)| Some(figure(file, *row, problem?)));
    problems.extend(placed_problems);
    Arc::new(entry)
}
