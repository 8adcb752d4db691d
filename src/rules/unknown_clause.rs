//! Claims on clauses that are not in the standard.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, Severity, reading};
use crate::place::Span;
use crate::source::front_matter::Claim;
use crate::standard::ResolveError;

pub(super) const RULE: Rule = Rule {
    id: reading::UNKNOWN_CLAUSE,
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "A document addresses a clause that its standard does not contain, the reference is not a clause number, or \
              a note beside it may limit the claim.",
    why: "The author believes the clause is addressed, but it is not.",
    fix: "Correct the number. For a standard other than the main one, write its name first: iso27001:A.5.24.",
    example: "clauses: [8.6.9]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    report_duplicates(subject, problems);
    for claim in unresolved(subject.document) {
        let reference = &claim.clause.value;
        let Err(ResolveError::Clause { standard, nearest, from_2011 }) = assessed.reading.standards.resolve(reference)
        else {
            continue;
        };
        let title = &assessed.reading.standards.catalogue(standard).title;
        let mut problem = Problem::new(
            RULE.id,
            subject.document.place(claim.clause.span),
            format!("{title} has no clause {}", reference.clause),
        );
        if !from_2011.is_empty() {
            let now: Vec<String> =
                from_2011.iter().map(|key| assessed.reading.standards.clause(*key).id.to_string()).collect();
            problem = problem.help(format!("in the 2011 edition, this number was what is now {}", now.join(" and ")));
        } else if let Some(suggestion) = assessed.reading.standards.suggest_clauses(&reference.clause, nearest) {
            problem = problem.help(suggestion);
        }
        problems.push(problem);
    }
}

/// Reports a clause that is claimed in full and in part, once with the name of its standard and once without. If both
/// are written alike, this was reported when they were read.
fn report_duplicates(subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let source_text = |span: Span| document.file.source.as_str().get(span.start as usize..span.end as usize);
    for (claim, first) in document.contradicting_claims() {
        let Some(clause) = source_text(claim.span).filter(|clause| source_text(first) != Some(clause)) else {
            continue;
        };
        let message = format!("{clause} is claimed here twice, in full and in part");
        let problem = Problem::new(RULE.id, document.place(claim.span), message).help("keep one of them");
        problems.push(problem.related(document.place(first), "the other one"));
    }
}

/// All claims of a document, if any of them is on a clause that does not exist.
pub(super) fn unresolved(document: &crate::handbook::Document) -> impl Iterator<Item = &Claim> {
    let has_any = claims(document).count() != document.claims.len();
    has_any.then(|| claims(document)).into_iter().flatten()
}

/// Every claim of a document, on existing clauses or not.
pub(super) fn claims(document: &crate::handbook::Document) -> impl Iterator<Item = &Claim> {
    let front_claims = document.front().into_iter().flat_map(|front| &front.clauses);
    front_claims.chain(document.file.body.headings.iter().flat_map(|heading| &heading.claims))
}
