//! Footnotes without a text, with two texts, or without a reference.

use std::collections::{HashMap, HashSet};

use super::lookalike::{Lookalike, LookalikeKind, find_lookalikes, is_inserted};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::FileView;
use crate::markdown::Footnote;
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: RuleId("broken-footnote"),
    group: Group::Links,
    severity: Severity::Warning,
    meaning: "A footnote is used but not defined, defined but not used, defined twice, or without text.",
    why: "The reader sees `[^1]` instead of a footnote, or a footnote that nothing refers to.",
    fix: "Give each footnote one definition, `[^1]: text`, and refer to it as `[^1]`.",
    example: "Within four hours.[^9]",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let unread = unread_references(file);
    let unread_labels: HashSet<String> = unread.iter().map(|one| label(file, one).to_lowercase()).collect();
    problems.extend(unread.iter().map(|one| reference_problem(file, one)));
    let mut first: HashMap<&str, &Footnote> = HashMap::new();
    for footnote in &file.body.footnotes {
        let label = footnote.label.as_str();
        let place = file.place(footnote.span);
        match first.get(label) {
            Some(other) => {
                let message = format!("footnote `[^{label}]` is defined twice; only the first definition is used");
                let problem = Problem::new(RULE.id, place, message).help("give it another label, or remove it");
                problems.push(problem.related(file.place(other.span), "the first definition"));
            }
            None => {
                first.insert(label, footnote);
                // What names it only where Markdown is not read is reported there.
                let is_named = !footnote.is_referenced && unread_labels.contains(label);
                problems.extend(
                    definition_problem(footnote)
                        .filter(|_| !is_named)
                        .map(|(message, help)| Problem::new(RULE.id, place, message).help(help)),
                );
            }
        }
    }
}

/// The message and help for a footnote that is defined once, if it has a problem.
fn definition_problem(footnote: &Footnote) -> Option<(String, String)> {
    let label = &footnote.label;
    match (footnote.is_referenced, footnote.is_empty) {
        (false, _) => Some((
            format!("footnote `[^{label}]` is not mentioned anywhere in the text"),
            format!("write `[^{label}]` where it belongs"),
        )),
        (true, true) => Some((
            format!("footnote `[^{label}]` has no text"),
            format!("write it after the colon, or remove `[^{label}]`"),
        )),
        (true, false) => None,
    }
}

/// References to footnotes that are not read as such.
fn unread_references(file: &FileView<'_>) -> Vec<Lookalike> {
    find_lookalikes(file).into_iter().filter(|one| one.kind == LookalikeKind::UndefinedFootnote).collect()
}

fn label<'f>(file: &'f FileView<'_>, reference: &Lookalike) -> &'f str {
    file.words.text[reference.label.clone()].trim_start_matches('^')
}

fn reference_problem(file: &FileView<'_>, reference: &Lookalike) -> Problem {
    let label = label(file, reference);
    let is_inserted = is_inserted(file, reference.range.start);
    let span = file.words.source_span(reference.range.clone());
    let place = file.place(span);
    if file.body.footnotes.iter().any(|footnote| footnote.label == label.to_lowercase()) {
        let message = format!("footnote `[^{label}]` is not read here: Markdown is not read within a block of HTML");
        return Problem::new(RULE.id, place, message)
            .help("put an empty line before and after the text that contains it");
    }
    if label.contains(' ') {
        let message = format!("footnote `[^{label}]` is not read, because there is a space in its label");
        let plain = label.trim().replace(' ', "-");
        return Problem::new(RULE.id, place, message).help(format!("write `[^{plain}]` here and before its text"));
    }
    let problem = Problem::new(RULE.id, place, format!("footnote `[^{label}]` is not defined"));
    let labels = file.body.footnotes.iter().map(|footnote| footnote.label.as_str());
    // Numbers are always similar to each other, whatever they refer to.
    let near = nearest(label, labels).filter(|_| label.contains(char::is_alphabetic));
    match near {
        Some(near) => {
            let suggestion = format!("[^{near}]");
            let problem = problem.help(format!("did you mean `{suggestion}`?"));
            let fix = Fix::replace(format!("write `{suggestion}`"), span, suggestion);
            if is_inserted { problem } else { problem.fix(fix) }
        }
        None => problem.help(format!("define it on a separate line: `[^{label}]: text`")),
    }
}
