//! What a problem weighs in this handbook, and the order in which findings are reported.

use crate::finding::{About, Finding, Problem, RuleId, Severity};
use crate::fix::Edit;
use crate::handbook::Reading;
use crate::place::{Place, SourceText};
use crate::rules::rule;
use crate::text::shortened;

/// Words at a place that tell a finding from others, in characters.
const MAX_SUBJECT: usize = 80;

/// A problem with the weight that the settings give it; nothing when its rule is off.
pub(super) fn weigh(reading: &Reading, problem: Problem) -> Option<Finding> {
    let default = rule(problem.rule.0).map_or(Severity::Error, |rule| rule.severity);
    let set = reading.settings.severity(problem.rule, default)?;
    let severity = problem.at_most.map_or(set, |most| most.min(set));
    Some(finding(reading, problem, severity))
}

/// A problem as a finding of this weight.
pub(super) fn finding(reading: &Reading, mut problem: Problem, severity: Severity) -> Finding {
    let handbook = &reading.handbook;
    if problem.fix.is_some() {
        let file = handbook.lookup.by_path(&problem.place.file).map(|index| &handbook.document(index).file);
        let touches = |edit: &Edit| file.is_some_and(|file| file.body.included.touches(edit.span));
        // What is wrong in inserted text is not fixed in the document that inserts it.
        problem.fix = problem.fix.filter(|fix| !fix.edits.iter().any(touches));
    }
    let document = handbook.document_of(&problem.place.file).and_then(|index| handbook.document(index).id());
    Finding { severity, document: document.cloned(), subject: subject(reading, &problem), problem }
}

/// What a problem is about, whatever words its message has.
fn subject(reading: &Reading, problem: &Problem) -> String {
    let standards = &reading.standards;
    if let Some(subject) = &problem.subject {
        return subject.to_string();
    }
    match problem.about {
        Some(About::Clause(key)) => {
            format!("{}:{}", standards.catalogue(key.standard).id, standards.clause(key).id)
        }
        Some(About::Item(key)) => standards.item_at(key).id.to_string(),
        None => reading.text(&problem.place.file).and_then(|text| words_at(text, &problem.place)).unwrap_or_default(),
    }
}

/// The words at a place, those of its first line alone; nothing for a file as a whole.
fn words_at(text: &SourceText, place: &Place) -> Option<String> {
    let (start, end) = (place.position?, place.end?);
    let words = text.between(start, end).split('\n').next().unwrap_or_default();
    // One more than are kept, so that it shows that there are more.
    let words: Vec<&str> = words.split_whitespace().take(MAX_SUBJECT + 1).collect();
    Some(shortened(&words.join(" "), MAX_SUBJECT).into_owned())
}

/// Puts findings in the order in which they are reported: by place.
pub(super) fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.dedup();
}

/// Findings of one rule at one place stay as they were found: clauses in their standard's order, 8.2 before 8.10.
fn order(finding: &Finding) -> (&Place, RuleId) {
    (&finding.problem.place, finding.problem.rule)
}
