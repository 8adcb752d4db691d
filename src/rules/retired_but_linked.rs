//! Documents that refer their readers to retired ones.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Destination, Document, DocumentIndex, is_dated_by_content};
use crate::place::Span;

pub(super) const RULE: Rule = Rule {
    id: RuleId("retired-but-linked"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document or page links to, relates to, depends on or inserts a retired document, or `navigation` lists one.",
    why: "Readers may follow the link and use a document that is no longer valid (7.5.3.2).",
    fix: "Link to its replacement. Only the document that replaces it, and records from the time, may still refer to \
          it.",
    example: "[[POL-CHG-000]], when POL-CHG-000 has status: retired",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    if assessed.assessment.state(subject.index) == State::Retired && document.is_controlled() {
        return check_navigation(assessed, document, problems);
    }
    if is_dated_by_content(&document.doc_type) {
        return;
    }
    let retired_document = |target: DocumentIndex| {
        let other = assessed.reading.handbook.document(target);
        let is_gone = assessed.assessment.state(target) == State::Retired && other.is_controlled();
        (is_gone && target != subject.index && !document.supersedes.contains(&target)).then_some(other)
    };
    for (span, other) in
        inserted_documents(assessed, document).filter_map(|(span, target)| Some((span, retired_document(target)?)))
    {
        let message = format!("this document inserts the text of {}, which is retired", name(other));
        problems.push(with_replacement(assessed, other, Problem::new(RULE.id, document.place(span), message)));
    }
    if !refers_to_any(document, |target| retired_document(target).is_some()) {
        return;
    }
    for (span, other) in
        references(assessed, document).filter_map(|(span, target)| Some((span, retired_document(target)?)))
    {
        let problem = Problem::new(RULE.id, document.place(*span), format!("{} is retired", name(other)));
        problems.push(with_replacement(assessed, other, problem));
    }
}

/// Reports a retired document that the settings list in the navigation of every page.
fn check_navigation(assessed: &Assessed<'_>, document: &Document, problems: &mut Vec<Problem>) {
    let settings = &assessed.reading.settings;
    for link in settings.portal.navigation.documents().filter(|link| document.id() == Some(&link.value)) {
        let message = format!("the navigation lists {}, which is retired", link.value);
        let problem = Problem::new(RULE.id, settings.place(link.span), message);
        problems.push(with_replacement(assessed, document, problem.with_subject(link.value.as_str())));
    }
}

fn name(document: &Document) -> String {
    document.id().map_or_else(|| document.path().to_string(), ToString::to_string)
}

/// Adds to a problem the help that names the replacement of a retired document, if there is one.
fn with_replacement(assessed: &Assessed<'_>, retired: &Document, problem: Problem) -> Problem {
    let successor =
        retired.superseded_by.iter().find_map(|successor| assessed.reading.handbook.document(*successor).id());
    match successor {
        Some(successor) => problem.help(format!("replace it with {successor}")),
        None => problem,
    }
}

/// Documents whose text a document inserts, each with the span of the directive that inserts it.
pub(super) fn inserted_documents<'a>(
    assessed: &Assessed<'a>,
    document: &'a Document,
) -> impl Iterator<Item = (Span, DocumentIndex)> + use<'a> {
    let lookup = &assessed.reading.handbook.lookup;
    let included = &document.file.body.included;
    let asks_for = |file: &str, span: &Span| {
        let mark = document.file.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default();
        mark.contains(file.rsplit('/').next().unwrap_or(file))
    };
    included.files.iter().filter_map(move |file| {
        let target = lookup.by_path(&file.path)?;
        // A file that an inserted file inserts in turn has no directive in this document.
        let mark = included.places.iter().find(|span| asks_for(&file.path, span)).or(included.places.first())?;
        Some((*mark, target))
    })
}

/// Whether a document refers to any document for which `is_target` holds. This is a quick check without places.
fn refers_to_any(document: &Document, is_target: impl Fn(DocumentIndex) -> bool) -> bool {
    let is_linked = |link: &Destination| matches!(link, Destination::Document { document, .. } if is_target(*document));
    document.links.iter().any(is_linked)
        || document.related.iter().chain(&document.depends_on).any(|index| is_target(*index))
}

/// The documents that a document refers to, each with its place: links in the text, `related` and `depends_on`.
fn references<'a>(assessed: &Assessed<'a>, document: &'a Document) -> impl Iterator<Item = (&'a Span, DocumentIndex)> {
    let handbook = &assessed.reading.handbook;
    let linked = document.file.body.links.iter().zip(&document.links).filter_map(|(link, to)| match to {
        Destination::Document { document, .. } => Some((&link.target_span, *document)),
        _ => None,
    });
    let related_ids = document.front().into_iter().flat_map(|front| front.related.iter().chain(&front.depends_on));
    linked.chain(related_ids.filter_map(|id| Some((&id.span, handbook.lookup.by_id(&id.value)?))))
}
