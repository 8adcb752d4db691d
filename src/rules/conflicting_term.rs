//! Terms with two meanings.

use ahash::AHashMap;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Document;
use crate::markdown::Term;
use crate::name::name_key;

pub(super) const RULE: Rule = Rule {
    id: RuleId("conflicting-term"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A term is defined in two glossaries of one language, in different words.",
    why: "The portal explains each use of the term by one definition, and the reader may need the other.",
    fix: "Keep one definition, or give the two things two terms.",
    example: "incident, defined on a page of the service desk and on one of information security",
    check: Check::Handbook(check),
};

/// A definition in the form in which definitions are compared, without punctuation at its end.
fn normalize_definition(definition: &str) -> String {
    name_key(definition.trim_end().trim_end_matches(['.', ';']))
}

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let default = assessed.reading.settings.lang.as_str();
    let mut first: AHashMap<(String, String), (&Document, &Term)> = AHashMap::new();
    for (_, page) in assessed.reading.handbook.indexed().filter(|(_, document)| !document.is_controlled()) {
        let lang = page.front().and_then(|front| front.lang.as_ref()).map_or(default, |lang| lang.value.as_str());
        for term in &page.file.body.terms {
            let key = (lang.to_ascii_lowercase(), name_key(&term.term));
            let (other_page, other) = *first.entry(key).or_insert((page, term));
            if normalize_definition(&other.definition) == normalize_definition(&term.definition) {
                continue;
            }
            let message = format!("`{}` is defined differently in {}", term.term, other_page.path());
            let problem =
                Problem::new(RULE.id, page.place(term.span), message).help("keep one definition, or use two terms");
            problems.push(problem.related(other_page.place(other.span), "the first definition, which is shown"));
        }
    }
}
