//! Links by an id that no document has.

use super::broken_link::{broken, relative, with};
use super::retarget::encoded;
use super::{Check, Group, Rule, Subject, retarget};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::{Breakage, Document};
use crate::markdown::Link;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-reference"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link by ID refers to a document that does not exist.",
    why: "A reader who follows it reaches a dead end.",
    fix: "Correct the ID, or write the document.",
    example: "[[POL-CHG-010]]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    for (link, _) in broken(subject.document).filter(|(_, breakage)| *breakage == Breakage::NoId) {
        let id = link.target.split('#').next().unwrap_or_default().trim();
        let mut problem =
            Problem::new(RULE.id, subject.document.place(link.target_span), format!("no document has the ID `{id}`"));
        if let Some(known) = assessed.reading.handbook.lookup.nearest_id(id, None) {
            problem = problem.help(format!("did you mean `{known}`?"));
            let start = link.target.find(id).unwrap_or_default();
            let is_sure = assessed.reading.handbook.lookup.is_unmistakable_id(id, known);
            let replace = || retarget::replace(subject.document, link, start..start + id.len(), known.to_owned());
            problem = with(problem, is_sure.then(replace).flatten());
        } else {
            problem = by_name(assessed, subject.document, link, problem);
        }
        problems.push(problem);
    }
}

/// Names the document whose file is called so: other tools link by name.
fn by_name(assessed: &Assessed<'_>, document: &Document, link: &Link, problem: Problem) -> Problem {
    let handbook = &assessed.reading.handbook;
    let (name, anchor) = link.target.split_at(link.target.find('#').unwrap_or(link.target.len()));
    let found = handbook.lookup.nearest_path(&format!("{}.md", name.trim()));
    let Some((path, is_sure)) = found else { return problem.help("correct the id, or link by path: `[text](path.md)`") };
    let target = handbook.lookup.by_path(path).and_then(|index| handbook.document(index).id());
    let shown = if link.text.is_empty() { name.trim() } else { &*link.text };
    let written = match target {
        Some(id) => format!("[[{id}{anchor}|{shown}]]"),
        None => format!("[{shown}]({}{anchor})", encoded(&relative(document.path(), path))),
    };
    let is_plain = !shown.contains(['[', ']', '|']) && document.file.source.as_str()[span(link)].starts_with("[[");
    let fix = (is_sure && is_plain).then(|| Fix::replace(format!("write `{written}`"), link.span, written.clone()));
    with(problem.help(format!("did you mean `{written}`?")), fix)
}

fn span(link: &Link) -> std::ops::Range<usize> {
    link.span.start as usize..link.span.end as usize
}
