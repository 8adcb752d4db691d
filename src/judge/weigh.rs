//! The severity of problems in this handbook, and the order of findings.

use crate::finding::{Finding, Problem, RuleId, Severity, StandardPart};
use crate::fix::Edit;
use crate::handbook::Reading;
use crate::place::{Place, SourceText};
use crate::rules::find_rule;
use crate::text::shorten;

/// The maximum length in characters of the words at a place that identify a finding.
const MAX_SUBJECT_CHARS: usize = 80;

/// Gives a problem its severity according to the settings. Returns `None` if its rule is off.
pub(super) fn to_finding(reading: &Reading, problem: Problem) -> Option<Finding> {
    let default = find_rule(problem.rule.0).map_or(Severity::Error, |rule| rule.severity);
    let set = reading.settings.severity(problem.rule, default)?;
    let severity = problem.max_severity.map_or(set, |max| max.min(set));
    Some(with_severity(reading, problem, severity))
}

/// Turns a problem into a finding of this severity.
pub(super) fn with_severity(reading: &Reading, mut problem: Problem, severity: Severity) -> Finding {
    let handbook = &reading.handbook;
    if problem.fix.is_some() {
        let file = handbook.lookup.by_path(&problem.place.file).map(|index| &handbook.document(index).file);
        let touches = |edit: &Edit| file.is_some_and(|file| file.body.included.touches(edit.span));
        // Problems in inserted text are not fixed in the document that inserts it.
        problem.fix = problem.fix.filter(|fix| !fix.edits.iter().any(touches));
    }
    let document = handbook.document_of(&problem.place.file).and_then(|index| handbook.document(index).id());
    Finding { severity, document: document.cloned(), subject: subject(reading, &problem), problem }
}

/// The subject of a problem, independent of its message.
fn subject(reading: &Reading, problem: &Problem) -> String {
    let standards = &reading.standards;
    if let Some(subject) = &problem.subject {
        return subject.to_string();
    }
    match problem.about {
        Some(StandardPart::Clause(key)) => {
            format!("{}:{}", standards.catalogue(key.standard).id, standards.clause(key).id)
        }
        Some(StandardPart::Item(key)) => standards.item_at(key).id.to_string(),
        None => reading.text(&problem.place.file).and_then(|text| words_at(text, &problem.place)).unwrap_or_default(),
    }
}

/// The words at a place, from its first line only, or `None` for a whole file.
fn words_at(text: &SourceText, place: &Place) -> Option<String> {
    let (start, end) = (place.position?, place.end?);
    let words = text.text_between(start, end).split('\n').next().unwrap_or_default();
    // One more than is kept, so that the ellipsis shows that there are more.
    let words: Vec<&str> = words.split_whitespace().take(MAX_SUBJECT_CHARS + 1).collect();
    Some(shorten(&words.join(" "), MAX_SUBJECT_CHARS).into_owned())
}

/// Sorts findings in the order of reports, which is by place, and removes duplicates.
pub(super) fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.dedup();
}

/// Findings of one rule at one place keep their order: clauses in the order of their standard, 8.2 before 8.10.
fn order(finding: &Finding) -> (&Place, RuleId) {
    (&finding.problem.place, finding.problem.rule)
}
