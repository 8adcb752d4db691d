//! Findings for a handbook in which there was nothing to check.

use super::weigh::with_severity;
use crate::assess::{Assessed, Verdict};
use crate::finding::{Finding, Problem, Severity, closing};
use crate::place::Place;

/// Returns errors if there was no document or clause to check.
///
/// Settings cannot turn these off: a check of nothing must fail.
pub(super) fn findings(assessed: Assessed<'_>) -> impl Iterator<Item = Finding> {
    let problems = [no_document(assessed), no_clause(assessed)];
    problems.into_iter().flatten().map(move |problem| with_severity(assessed.reading, problem, Severity::Error))
}

fn no_document(assessed: Assessed<'_>) -> Option<Problem> {
    let content = &assessed.reading.settings.content;
    if assessed.assessment.figures.documents > 0 {
        return None;
    }
    let message = match assessed.reading.handbook.withheld {
        0 if assessed.reading.handbook.documents.is_empty() => {
            format!("nothing was checked: there is no Markdown file in the folder `{content}`")
        }
        0 => format!("nothing was checked: no file in the folder `{content}` is a document with an ID"),
        _ => "nothing was checked: every document is above the classification of this edition".to_owned(),
    };
    let help = "name the folder of the documents under `content`, or give each document an `id`";
    Some(Problem::new(closing::NOTHING_CHECKED, Place::file(content.as_str()), message).help(help))
}

fn no_clause(assessed: Assessed<'_>) -> Option<Problem> {
    let standards = &assessed.reading.standards;
    let counts = |key| {
        let verdict = assessed.assessment.clause(key).verdict;
        standards.is_unit(key) && verdict.is_some_and(|verdict| verdict != Verdict::NotApplicable)
    };
    let has_unit = standards.main().is_some_and(|main| standards.clauses(main).any(counts));
    let message = "nothing was checked for coverage: the main standard has no clause that could be covered";
    let problem = Problem::new(closing::NOTHING_CHECKED, assessed.reading.settings.standards_place(), message);
    (!has_unit).then(|| {
        problem.help(
            "name a standard that applies first under `standards`, such as `iso20000-1`, or exclude fewer clauses",
        )
    })
}
