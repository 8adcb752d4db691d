//! Links by an ID that no document has.

use super::broken_link::{add_fix, broken_links, relative_path};
use super::retarget::encode_path;
use super::{Check, CheckedDocument, Group, Rule, retarget};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::{Breakage, Document};
use crate::id::DocumentId;
use crate::markdown::Link;
use crate::path::has_file_extension;
use crate::text::clip;

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

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    for (link, breakage) in broken_links(document) {
        let place = || document.place(link.target_span);
        match breakage {
            Breakage::NoId => problems.push(unknown(assessed, document, link)),
            // Text that is not an ID is shown as written, unless it is the title of a document in another letter case.
            Breakage::NotAnId => {
                let Some(id) = document_with_title(assessed, link) else { continue };
                let message = format!("`{}` is the title of a document, not its ID", clip(link.target.trim()));
                problems.push(Problem::new(RULE.id, place(), message).help(format!("write `[[{id}]]`")));
            }
            _ => {}
        }
    }
}

fn unknown(assessed: &Assessed<'_>, document: &Document, link: &Link) -> Problem {
    let lookup = &assessed.reading.handbook.lookup;
    let id = link.target.split(['#', '^']).next().unwrap_or_default().trim();
    let message = match id {
        "" => "this link names no document".to_owned(),
        _ => format!("no document has the ID `{}`", clip(id)),
    };
    let problem = Problem::new(RULE.id, document.place(link.target_span), message);
    if id.contains("://") {
        let words = if link.text.is_empty() { "text" } else { &*link.text };
        return problem.help(format!("write `[{}]({})`", clip(words), clip(link.target.trim())));
    }
    if let Some(within) = lookup.id_within(&link.target).or_else(|| lookup.id_within(&link.text)) {
        return problem.help(format!("write `[[{within}]]` or `[[{within}|text]]`"));
    }
    let Some(nearest_id) = lookup.nearest_id(id, None) else {
        return suggest_by_name(assessed, document, link, problem);
    };
    let start = link.target.find(id).unwrap_or_default();
    let is_sure = lookup.is_unmistakable_id(id, nearest_id);
    let replace = || retarget::replace(document, link, start..start + id.len(), nearest_id.to_owned());
    add_fix(problem.help(format!("did you mean `{nearest_id}`?")), is_sure.then(replace).flatten())
}

/// The ID of the document whose title a link uses instead. A single word may be anything, so it does not count.
fn document_with_title<'a>(assessed: &'a Assessed<'_>, link: &Link) -> Option<&'a DocumentId> {
    let title = link.target.split('#').next().unwrap_or_default().trim();
    let handbook = &assessed.reading.handbook;
    let index = handbook.find_by_title(title).filter(|_| title.contains(char::is_whitespace))?;
    handbook.document(index).id()
}

/// Suggests the document whose file has this name, because other tools link by name.
fn suggest_by_name(assessed: &Assessed<'_>, document: &Document, link: &Link, problem: Problem) -> Problem {
    let handbook = &assessed.reading.handbook;
    let (name, anchor) = link.target.split_at(link.target.find(['#', '^']).unwrap_or(link.target.len()));
    // A block that Obsidian names has no anchor here.
    let anchor = if anchor.starts_with('^') { "" } else { anchor };
    let file = if has_file_extension(name) { name.trim().to_owned() } else { format!("{}.md", name.trim()) };
    let nearest_page = handbook.lookup.nearest_path(&file).filter(|_| !name.trim().is_empty());
    let Some((path, is_sure)) = nearest_page else {
        return problem.help("correct the ID, or link by path: `[text](path.md)`");
    };
    let target = handbook.lookup.by_path(path).and_then(|index| handbook.document(index).id());
    let label = if link.text.is_empty() { name.trim() } else { &*link.text };
    let replacement = match target {
        Some(id) if link.text.is_empty() && (has_file_extension(name) || name.contains('/')) => {
            format!("[[{id}{anchor}]]")
        }
        Some(id) => format!("[[{id}{anchor}|{label}]]"),
        None => format!("[{label}]({}{anchor})", encode_path(&relative_path(document.path(), path))),
    };
    let is_plain = !label.contains(['[', ']', '|']) && document.file.source.as_str()[span(link)].starts_with("[[");
    let fix =
        (is_sure && is_plain).then(|| Fix::replace(format!("write `{replacement}`"), link.span, replacement.clone()));
    add_fix(problem.help(format!("did you mean `{replacement}`?")), fix)
}

fn span(link: &Link) -> std::ops::Range<usize> {
    link.span.start as usize..link.span.end as usize
}
