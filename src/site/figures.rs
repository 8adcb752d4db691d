//! The coverage figures of standards and groups, as pages show them.

use super::model::{BarSegment, FigureDrop, Figures};
use super::portal::Portal;
use super::rows::group_clauses;
use crate::assess::{Coverage, Series, Verdict};
use crate::id::{ClauseKey, ItemKey, StandardIndex};

impl Portal<'_> {
    /// The figures of a whole standard.
    pub(crate) fn figures(&self, standard: StandardIndex) -> Figures {
        let of = self.reading.standards.catalogue(standard).id.to_string();
        let (now, later) = self.coverage(standard);
        build_figures(of, now, &later)
    }

    /// The figures of a group's clauses in the matrix.
    pub(crate) fn figures_of_group(&self, top: ClauseKey) -> Figures {
        let (now, later) = self.coverage_of_group(top);
        build_figures(self.clause_path(top).as_str().to_owned(), now, &later)
    }

    /// The coverage of a whole standard on the build's day and on later days.
    pub(crate) fn coverage(&self, standard: StandardIndex) -> (Coverage, Series<Coverage>) {
        let clauses: Vec<ClauseKey> = self.reading.standards.clauses(standard).collect();
        let items: Vec<ItemKey> = self.reading.standards.items(standard).collect();
        Coverage::over_time(self.assessed(), &self.timeline, &clauses, &items)
    }

    /// The coverage of a group on the build's day and on later days.
    pub(crate) fn coverage_of_group(&self, top: ClauseKey) -> (Coverage, Series<Coverage>) {
        let clauses = group_clauses(self, top);
        let items: Vec<ItemKey> = clauses.iter().flat_map(|key| self.reading.standards.items_of(*key)).collect();
        Coverage::over_time(self.assessed(), &self.timeline, &clauses, &items)
    }
}

fn build_figures(of: String, now: Coverage, later: &Series<Coverage>) -> Figures {
    let count = |verdict| (verdict, now.count_with(verdict) as usize);
    let shown_verdicts = Verdict::ALL.into_iter().filter(|verdict| *verdict != Verdict::NotApplicable);
    Figures {
        units_covered: now.covered() as usize,
        units: now.units() as usize,
        items_provided: now.provided as usize,
        items: now.needed as usize,
        of,
        units_drop: next_drop(&now, later, Coverage::covered),
        items_drop: next_drop(&now, later, |coverage| coverage.provided),
        segments: BarSegment::bar(shown_verdicts.map(count)),
    }
}

/// The next day on which a figure falls.
fn next_drop(now: &Coverage, later: &Series<Coverage>, figure: fn(&Coverage) -> u32) -> Option<FigureDrop> {
    let mut last = figure(now);
    later.iter().find_map(|(on, coverage)| {
        let left = figure(coverage);
        let fell = left < last;
        last = left;
        fell.then_some(FigureDrop { on: *on, left: left as usize })
    })
}
