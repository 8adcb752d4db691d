//! Documents that refer their readers to retired ones.

use super::{Check, Group, Rule, Subject};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Destination, Document, DocumentIndex, is_dated_by_content};
use crate::place::Span;

pub(super) const RULE: Rule = Rule {
    id: RuleId("retired-but-linked"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document or page links to, relates to or depends on a retired document.",
    why: "Readers may follow the link and use a document that is no longer valid (7.5.3.2).",
    fix: "Link to its replacement. Only the document that replaces it, and records from the time, may still refer to \
          it.",
    example: "[[POL-CHG-000]], when POL-CHG-000 has status: retired",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    if assessed.assessment.state(subject.index) == State::Retired && document.is_controlled()
        || is_dated_by_content(&document.kind)
    {
        return;
    }
    let gone = |target: DocumentIndex| {
        let other = assessed.reading.handbook.document(target);
        let is_gone = assessed.assessment.state(target) == State::Retired && other.is_controlled();
        (is_gone && target != subject.index && !document.supersedes.contains(&target)).then_some(other)
    };
    if !refers_to_any(document, |target| gone(target).is_some()) {
        return;
    }
    for (span, other) in references(assessed, document).filter_map(|(span, target)| Some((span, gone(target)?))) {
        let name = other.id().map(ToString::to_string).unwrap_or_default();
        let mut problem = Problem::new(RULE.id, document.place(*span), format!("{name} is retired"));
        if let Some(heir) = other.superseded_by.iter().find_map(|heir| assessed.reading.handbook.document(*heir).id()) {
            problem = problem.help(format!("{heir} replaces it"));
        }
        problems.push(problem);
    }
}

/// Whether a document refers to any document for which `is_one` holds. This is a quick check without places.
fn refers_to_any(document: &Document, is_one: impl Fn(DocumentIndex) -> bool) -> bool {
    let is_linked = |link: &Destination| matches!(link, Destination::Document { document, .. } if is_one(*document));
    document.links.iter().any(is_linked) || document.related.iter().chain(&document.depends_on).any(|one| is_one(*one))
}

/// The documents that a document refers to, each with its place: links in the text, `related` and `depends_on`.
fn references<'a>(assessed: &Assessed<'a>, document: &'a Document) -> impl Iterator<Item = (&'a Span, DocumentIndex)> {
    let handbook = &assessed.reading.handbook;
    let linked = document.file.body.links.iter().zip(&document.links).filter_map(|(link, to)| match to {
        Destination::Document { document, .. } => Some((&link.target_span, *document)),
        _ => None,
    });
    let named = document.front().into_iter().flat_map(|front| front.related.iter().chain(&front.depends_on));
    linked.chain(named.filter_map(|id| Some((&id.span, handbook.lookup.by_id(&id.value)?))))
}
