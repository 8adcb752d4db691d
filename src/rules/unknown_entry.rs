//! IDs in registers that nothing in the handbook has.

use super::broken_anchor::entry_section_message;
use super::lookalike::{find_lookalikes, may_contain_lookalike};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Breakage, Destination, FileView, Lookup, Note, PlacedEntry};
use crate::id::{ClauseRef, DocumentId};
use crate::markdown::{Link, LinkForm};
use crate::place::Located;
use crate::register::{FigureProblem, Kind, Reference, Value};
use crate::text::{clip, is_blank};

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-entry"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "An entry names a document, another entry or a clause that does not exist, the result of an audited clause is in words, or its note has a broken link.",
    why: "The trail from a finding to its audit, or from an action to its proof, ends there.",
    fix: "Correct the ID or the number. Where something else is meant, write it in words: words with a space are never an ID.",
    example: "source: A26-33",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let reading = assessed.reading;
    let lookup = &reading.handbook.lookup;
    unknown_indicators(assessed, problems);
    for placed_entry in &reading.handbook.registers.entries {
        problems.extend(placed_entry.note.iter().flat_map(|note| broken_links(assessed, placed_entry, note)));
        problems.extend(placed_entry.note.iter().flat_map(|note| malformed_links(placed_entry, note)));
        for (key, value) in placed_entry.entry.records().into_iter().flat_map(|record| record.values()) {
            match &value.value {
                Value::References(references) if key != "id" => {
                    let unknown =
                        references.iter().filter_map(|reference| unknown_id(lookup, placed_entry, key, reference));
                    problems.extend(unknown);
                }
                Value::Clauses(clauses) => {
                    let unknown =
                        clauses.iter().filter(|clause| reading.standards.find_reference(&clause.value).is_none());
                    problems.extend(unknown.map(|clause| unknown_clause(placed_entry.place(clause.span), key, clause)));
                }
                _ => {}
            }
        }
    }
}

fn unknown_id(
    lookup: &Lookup,
    placed_entry: &PlacedEntry,
    key: &str,
    reference: &Located<Reference>,
) -> Option<Problem> {
    let place = || placed_entry.place(reference.span);
    let id = match &reference.value {
        Reference::Id(id) => id,
        // Of references, only the result of an audited clause is called so.
        words if key == "result" && !words.conforms() => {
            let message = format!("`result` is `{}`, which does not say what was found", clip(words.as_str()));
            let help = "write `conforms`, or the ID of a finding in the register";
            return Some(Problem::new(RULE.id, place(), message).help(help));
        }
        words => {
            return words_problem(lookup, key, words)
                .map(|(message, help)| Problem::new(RULE.id, place(), message).help(help));
        }
    };
    if lookup.contains_id(id) {
        return None;
    }
    let message = format!("`{key}` names {id}, but no document or entry has that ID");
    let near = lookup.nearest_id(id.as_str(), None).map(|near| format!("did you mean `{near}`?"));
    let help = near.unwrap_or_else(|| "correct the ID, or write in words what is meant".to_owned());
    Some(Problem::new(RULE.id, place(), message).help(help))
}

/// The problem of words that were meant as IDs or as a link, with help.
fn words_problem(lookup: &Lookup, key: &str, reference: &Reference) -> Option<(String, String)> {
    let words = reference.as_str();
    let is_certain =
        |ids: &[DocumentId]| !words.contains(char::is_whitespace) || ids.iter().any(|id| lookup.contains_id(id));
    if let Some(ids) = reference.split_ids().filter(|ids| is_certain(ids)) {
        let ids: Vec<&str> = ids.iter().map(DocumentId::as_str).collect();
        let message = format!("`{key}` names {}, which is not an ID", clip(words));
        return Some((message, format!("write a list: `[{}]`", ids.join(", "))));
    }
    let (_, link) = words.split_once("[[")?;
    let (target, _) = link.split_once("]]")?;
    let message = format!("`{key}` has a link among words: `[[{}]]`", clip(target));
    Some((message, "write a list of IDs and words, such as `[A26-3, \"interview at the desk\"]`".to_owned()))
}

/// Reports rows in tables of figures with an unknown indicator.
fn unknown_indicators(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    // It may be an indicator that is not readable or not shown.
    if handbook.registers.may_withhold || handbook.registers.unreadable_count(Kind::Indicators) > 0 {
        return;
    }
    let unknown = handbook.registers.figures.iter().filter(|figure| figure.problem == FigureProblem::Unknown);
    problems.extend(unknown.map(|figure| {
        let message = format!("no indicator has the ID {}, so this value is ignored", figure.row().id.value);
        Problem::new(RULE.id, figure.place(), message).help("correct the ID, or add the indicator to its register")
    }));
}

/// Broken links in a note.
fn broken_links<'a>(
    assessed: &'a Assessed<'_>,
    placed_entry: &'a PlacedEntry,
    note: &'a Note,
) -> impl Iterator<Item = Problem> + 'a {
    let handbook = &assessed.reading.handbook;
    let owner = handbook.document(placed_entry.owner);
    note.targets().filter_map(move |(link, destination)| {
        let message = match destination {
            Destination::Broken(breakage) => broken_link_message(&handbook.lookup, link, *breakage)?,
            other => match entry_section_message(link, other) {
                Some(message) => message,
                None => {
                    let (page, anchor) = handbook.missing_anchor(owner, other)?;
                    format!("`note` links to `#{anchor}`, a section that `{}` does not have", page.path())
                }
            },
        };
        let help = "correct the link; write `[[ID]]` for a document or an entry";
        Some(Problem::new(RULE.id, placed_entry.place(note.span(link.target_span)), message).help(help))
    })
}

/// Text in a note that was meant as a link, and links without words.
fn malformed_links(placed_entry: &PlacedEntry, note: &Note) -> Vec<Problem> {
    let at = |span| placed_entry.place(note.span(span));
    let warn = |span, message: String, help: &str| {
        Problem::new(RULE.id, at(span), message).help(help).with_max_severity(Severity::Warning)
    };
    let mut found: Vec<Problem> = Vec::new();
    if !note.is_line {
        return found;
    }
    let is_empty = |link: &&Link| link.form == LinkForm::Inline && link.text.chars().all(is_blank);
    let empty = note.body.links.iter().filter(is_empty);
    found.extend(empty.map(|link| {
        warn(link.span, "`note` has a link without text".to_owned(), "write between the square brackets where it leads")
    }));
    for (link, destination) in note.targets() {
        if let Destination::Document { miscased: true, .. } | Destination::Asset { miscased: true, .. } = destination {
            let message = format!(
                "`note` links to `{}`, which differs from the name of the file in upper and lower case",
                clip(&link.target)
            );
            found.push(warn(link.target_span, message, "write the path exactly as the file is named"));
        }
    }
    // Most have no bracket, and are not parsed once more.
    if !may_contain_lookalike(&note.text) {
        return found;
    }
    let Some(file) = Note::as_file(&placed_entry.entry, &placed_entry.file.source) else { return found };
    let words = file.words();
    let view = FileView { file: &file, words: &words };
    for lookalike in
        find_lookalikes(&view).into_iter().filter(|lookalike| lookalike.is_certain && !lookalike.needs_known_id())
    {
        let span = words.source_span(lookalike.range);
        let source_text = file.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default();
        let message = format!("`note` has `{}`, which is not a link", clip(source_text));
        found.push(warn(span, message, "write `[text](path.md)` with `%20` for a space, or `[[ID]]`"));
    }
    found
}

fn broken_link_message(lookup: &Lookup, link: &Link, breakage: Breakage) -> Option<String> {
    let target = clip(link.target.trim());
    let is_withheld = || {
        DocumentId::parse_lenient(target.split('#').next().unwrap_or_default())
            .is_some_and(|id| lookup.is_withheld(&id))
    };
    match breakage {
        // Text that is not an ID is shown as written.
        Breakage::NotAnId => None,
        Breakage::NoId if is_withheld() => None,
        Breakage::NoId => Some(format!("`note` names {target}, but no document or entry has that ID")),
        Breakage::Hidden => {
            Some(format!("`note` links to `{target}`, which is hidden, and hidden files are not published"))
        }
        Breakage::Empty => Some("`note` has a link without a target".to_owned()),
        Breakage::Scheme => Some(format!("`note` has a link of a kind that is not allowed: `{target}`")),
        Breakage::Incomplete | Breakage::NoScheme => {
            Some(format!("`note` links to `{target}`, which is not a complete address"))
        }
        _ => Some(format!("`note` links to `{target}`, which does not exist in the content folder")),
    }
}

fn unknown_clause(place: crate::place::Place, key: &str, clause: &Located<ClauseRef>) -> Problem {
    let message = format!("`{key}` names clause {}, which no standard of this handbook has", clause.value);
    Problem::new(RULE.id, place, message)
        .help("write the number of a clause, with `iso27001:` before one of another standard")
}
