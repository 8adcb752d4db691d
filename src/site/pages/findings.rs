//! The list of findings.

use crate::finding::{Finding, Problem, StandardPart};
use crate::handbook::DocumentIndex;
use crate::place::Place;
use crate::site::all_findings::AllFindings;
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{FindingRow, FindingsPage, KeyedName, RelatedPlace, SeverityCount};
use crate::site::portal::Portal;

/// The maximum number of findings per part of the list.
pub(super) const MAX_ROWS: usize = 200;

/// The list of findings, in several parts if it is long.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let first = layout::own_path("findings.html");
    let parts = ListSlice::split(portal.assessment.findings.len(), MAX_ROWS);
    parts.into_iter().map(|part| Job::page(part.path(&first), move |portal| findings(portal, &part))).collect()
}

fn findings(portal: &Portal<'_>, part: &ListSlice) -> FindingsPage {
    let first = layout::own_path("findings.html");
    let AllFindings { order, rules, counts } = portal.all_findings();
    FindingsPage {
        frame: portal.part_frame(part, &first, portal.labels.text("pages.findings"), "findings"),
        counts: counts.iter().map(|&(severity, count)| SeverityCount { severity, count }).collect(),
        rules: rules.iter().map(|rule| KeyedName { key: (*rule).to_owned(), name: (*rule).to_owned() }).collect(),
        rows: order[part.range.clone()].iter().map(|at| portal.finding_row(*at)).collect(),
        files: super::row_data::row_files("findings", part.count),
        pagination: part.pagination(&first),
    }
}

impl Portal<'_> {
    /// The document that provides the item that a finding in another file is about.
    fn provider(&self, problem: &Problem) -> Option<DocumentIndex> {
        let Some(StandardPart::Item(item)) = problem.about else { return None };
        self.assessment.item(item).providers.iter().find(|provider| provider.fits).map(|provider| provider.document)
    }

    /// A finding as a row of a page.
    pub(crate) fn finding_row(&self, at: usize) -> FindingRow {
        let Finding { severity, problem, .. } = &self.assessment.findings[at];
        let document = self.reading.handbook.document_of(&problem.place.file).or_else(|| self.provider(problem));
        let related =
            |(place, label): &(Place, String)| RelatedPlace { place: place.to_string(), label: label.clone() };
        FindingRow {
            severity: *severity,
            rule: problem.rule.to_string(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            file: problem.place.file.to_string(),
            line: problem.place.position.map(|position| position.line),
            column: problem.place.position.map(|position| position.column),
            document: document.map(|index| self.document_link(index)),
            related: problem.related.iter().map(related).collect(),
        }
    }
}
