//! Exclusions of clauses in the settings that are not valid.

use ahash::AHashMap;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::config::Exclusion;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::DocumentIndex;
use crate::id::ClauseKey;
use crate::place::Span;

pub(super) const RULE: Rule = Rule {
    id: RuleId("excluded-clause"),
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "The settings exclude a clause of a standard that allows no exclusion, give no reason for it, exclude it twice, or exclude one that a document in force addresses.",
    why: "A clause may be left out only where its standard allows it, and with a reason. All requirements of ISO/IEC 20000-1 \
          are generic, and none may be excluded, whatever the organization does (1.2).",
    fix: "Address the clause. If a situation does not arise, say so in a document and list its items under \
          `not_needed`.",
    example: "excluded: [{clause: 8.4.1, reason: we do not bill}]",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let settings = &assessed.reading.settings;
    let mut seen: AHashMap<ClauseKey, Span> = AHashMap::new();
    for excluded in &settings.excluded {
        let key = assessed.reading.standards.resolve(&excluded.clause.value).ok();
        if let Some(first) = key.and_then(|key| seen.insert(key, excluded.clause.span)) {
            let message = format!("clause {} is excluded twice", excluded.clause.value);
            let problem = Problem::new(RULE.id, settings.place(excluded.clause.span), message)
                .help("keep one of the two entries");
            problems.push(problem.related(settings.place(first), "the first one"));
        }
        if let Some((message, help)) = exclusion_problem(assessed, excluded, key) {
            problems
                .push(Problem::new(RULE.id, assessed.reading.settings.place(excluded.clause.span), message).help(help));
        }
    }
}

/// The problem with an exclusion and the help for it, if it is not valid.
fn exclusion_problem(
    assessed: &Assessed<'_>,
    excluded: &Exclusion,
    key: Option<ClauseKey>,
) -> Option<(String, &'static str)> {
    let reference = &excluded.clause.value;
    let Some(key) = key else {
        return Some((format!("no standard in this handbook has a clause {reference}"), "remove the entry"));
    };
    let catalogue = assessed.reading.standards.catalogue(key.standard);
    if assessed.reading.standards.is_guide(key.standard) {
        let message =
            format!("{} is only a guide, so excluding clause {} changes nothing", catalogue.title, reference.clause);
        return Some((message, "remove the entry"));
    }
    if !assessed.reading.standards.is_excludable(key) {
        let help = "remove the entry and address the clause; until then it counts as missing";
        if assessed.reading.standards.has_excludable(key.standard) {
            return Some((
                format!("{} does not allow clause {} to be excluded", catalogue.title, reference.clause),
                help,
            ));
        }
        let message =
            format!("{} does not allow any clause to be excluded, including {}", catalogue.title, reference.clause);
        return Some((message, help));
    }
    let has_reason = excluded.reason.as_ref().is_some_and(|reason| !reason.value.trim().is_empty());
    if !has_reason {
        return Some((format!("clause {reference} is excluded without a reason"), "add `reason: ...`"));
    }
    let document = assessed.reading.handbook.document(claimant(assessed, key)?);
    let message = format!(
        "clause {reference} is excluded, but {} addresses it",
        document.id().map_or_else(|| document.path().to_string(), ToString::to_string)
    );
    Some((message, "remove the entry, or the claim in the document"))
}

/// The first document in force that claims a clause or one below it.
fn claimant(assessed: &Assessed<'_>, key: ClauseKey) -> Option<DocumentIndex> {
    let all = std::iter::once(key).chain(assessed.reading.standards.descendants(key));
    let mut claims = all.flat_map(|key| &assessed.assessment.clause(key).claims);
    claims.find(|claim| claim.counts && claim.state.is_in_force()).map(|claim| claim.document)
}
