//! Documents that replace each other, and replacements that have no effect.

use std::collections::BTreeSet;

use super::{Check, Group, Rule};
use crate::assess::{Assessed, can_replace};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, DocumentIndex, Handbook};

pub(super) const RULE: Rule = Rule {
    id: RuleId("supersedes-cycle"),
    group: Group::Lifecycle,
    severity: Severity::Error,
    meaning: "Documents replace each other in a circle, a document replaces itself, or a template replaces a document that is not one.",
    why: "If each of them replaces the next, none of them is in force, and nobody knows which one to follow (7.5.3.2).",
    fix: "Remove `supersedes` from the document that applies today.",
    example: "POL-CHG-001 with supersedes: [POL-CHG-002], and POL-CHG-002 with supersedes: [POL-CHG-001]",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (index, document) in handbook.controlled().filter(|(_, document)| !document.supersedes.is_empty()) {
        for (place, replaced) in relations(handbook, document) {
            let name = name(handbook, replaced);
            if replaced == index {
                problems.push(
                    Problem::new(RULE.id, place, "this document says that it replaces itself").help("remove it here"),
                );
            } else if !can_replace(handbook, document, replaced) {
                let message = format!("a template can replace only templates, not {name}");
                problems.push(
                    Problem::new(RULE.id, place, message).help("remove it here, or give this document another type"),
                );
            }
        }
    }
    problems.extend(find_cycles(handbook).into_iter().map(|circle| cycle_problem(handbook, &circle)));
}

/// The entries of `supersedes` that name a document, each with its place.
fn relations<'a>(
    handbook: &'a Handbook,
    document: &'a Document,
) -> impl Iterator<Item = (crate::place::Place, DocumentIndex)> + 'a {
    let ids = document.front().map_or(&[][..], |front| &front.supersedes);
    ids.iter().filter_map(|id| Some((document.place(id.span), handbook.lookup.by_id(&id.value)?)))
}

fn name(handbook: &Handbook, index: DocumentIndex) -> String {
    let document = handbook.document(index);
    document.id().map_or_else(|| document.path().to_string(), ToString::to_string)
}

fn cycle_problem(handbook: &Handbook, cycle: &[DocumentIndex]) -> Problem {
    let names: Vec<String> = cycle.iter().map(|index| name(handbook, *index)).collect();
    let message = format!("{} replace each other in a circle", names.join(", "));
    let places = cycle.iter().map(|index| {
        let document = handbook.document(*index);
        let is_in_cycle = |(_, replaced): &(crate::place::Place, DocumentIndex)| cycle.contains(replaced);
        relations(handbook, document)
            .find(is_in_cycle)
            .map_or_else(|| document.front_matter_place(), |(place, _)| place)
    });
    let mut places = places.collect::<Vec<_>>().into_iter();
    let first = places.next().unwrap_or_else(|| crate::place::Place::file(""));
    let problem =
        Problem::new(RULE.id, first, message).help("remove `supersedes` from the document that applies today");
    places.fold(problem, |problem, place| problem.related(place, "also part of this circle"))
}

/// Cycles of two or more documents. Each document is in no more than one of them.
fn find_cycles(handbook: &Handbook) -> Vec<Vec<DocumentIndex>> {
    let mut done: BTreeSet<DocumentIndex> = BTreeSet::new();
    let mut circles = Vec::new();
    for (start, _) in handbook.controlled().filter(|(_, document)| !document.supersedes.is_empty()) {
        let mut path: Vec<DocumentIndex> = Vec::new();
        let mut pending = vec![(start, 0)];
        while let Some((index, depth)) = pending.pop() {
            path.truncate(depth);
            if let Some(at) = path.iter().position(|index_on_path| *index_on_path == index) {
                if path.len() - at > 1 {
                    circles.push(path[at..].to_vec());
                }
                continue;
            }
            if !done.insert(index) {
                continue;
            }
            path.push(index);
            let next = handbook.document(index).supersedes.iter().map(|next| (*next, path.len()));
            pending.extend(next);
        }
    }
    circles
}
