//! Registers that cannot be read in full.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, find_indicator, names_unknown_version};
use crate::finding::{Problem, Severity, reading};
use crate::handbook::{Note, PlacedEntry, PlacedFigure};
use crate::register::{Acknowledgement, Action, FigureProblem, Improvement, Kind, OUTSIDE_HELP, Objective};
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_REGISTER,
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A register contains an unknown kind or key, a value of the wrong type, or an entry that contradicts itself.",
    why: "What cannot be read counts as not done: an audit with an unreadable date was not held.",
    fix: "Correct the key or value. `clausebook explain audits` lists the keys of a kind.",
    example: "held: 2026-13-01",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let registers = &assessed.reading.handbook.registers;
    // If entries may be withheld, a problem outside shown entries might be in a withheld one.
    let files = registers.files.iter().filter(|_| !registers.may_withhold);
    problems.extend(files.flat_map(|(file, _)| file.problems.iter().cloned()));
    problems.extend(registers.figures.iter().filter_map(contradiction));
    for placed_entry in &registers.entries {
        problems.extend(placed_entry.entry.problems.iter().cloned());
        problems.extend(lower_level(assessed, placed_entry));
        problems.extend(done_without_day(placed_entry));
        problems.extend(unit_mismatch(assessed, placed_entry));
        problems.extend(unknown_version(assessed, placed_entry));
        problems.extend(empty_actions(placed_entry));
        problems.extend(placed_entry.note.iter().flat_map(|note| note_problems(placed_entry, note)));
    }
}

/// The contradiction in a row of a table of figures, if any.
fn contradiction(figure: &PlacedFigure) -> Option<Problem> {
    let (id, period) = (&figure.row().id.value, figure.row().period()?);
    let (message, help) = match figure.problem {
        FigureProblem::Unknown => return None,
        FigureProblem::Duplicate => {
            (format!("{id} has more than one value for `{period}`; none of them counts"), "keep one of them")
        }
        FigureProblem::OtherFrequency(frequency) => {
            let expected = frequency.as_str();
            (
                format!("`{period}` is not a {expected}, and {id} is measured by `{expected}`"),
                "write a period of that length",
            )
        }
        FigureProblem::Outside(measured) => (format!("`{period}` of {id} is not measured: {measured}"), OUTSIDE_HELP),
    };
    Some(Problem::new(RULE.id, figure.place(), message).help(help))
}

/// An entry cannot have a lower classification than the document that owns it.
fn lower_level(assessed: &Assessed<'_>, placed_entry: &PlacedEntry) -> Option<Problem> {
    let settings = &assessed.reading.settings;
    let owner = assessed.reading.handbook.document(placed_entry.owner);
    let level = placed_entry.entry.classification()?;
    let own_rank = settings.classification_rank(level)?;
    let (owner_rank, name) =
        owner.classification.as_deref().and_then(|name| Some((settings.classification_rank(name)?, name)))?;
    let message =
        format!("`{level}` is lower than the classification of the document that owns this register, `{name}`");
    let place = placed_entry.place(placed_entry.entry.record.span_of("classification"));
    let help = "remove it: an entry may raise the level of its register, never lower it";
    (own_rank < owner_rank).then(|| Problem::new(RULE.id, place, message).help(help))
}

/// An objective must be measured by an indicator in the unit of its target.
fn unit_mismatch(assessed: &Assessed<'_>, placed_entry: &PlacedEntry) -> Option<Problem> {
    let objective = Objective::from_entry(&placed_entry.entry)?;
    let (lookup, registers) = (&assessed.reading.handbook.lookup, &assessed.reading.handbook.registers);
    let id = objective.indicator()?.id();
    let kind = id.and_then(|id| lookup.entry(id)).map(|index| registers.entry(index).entry.kind);
    let is_document = id.is_some_and(|id| lookup.by_id(id).is_some());
    let place = |key: &str| placed_entry.place(placed_entry.entry.record.span_of(key));
    if id.is_none() || is_document || kind.is_some_and(|kind| kind != Kind::Indicators) {
        let message = format!("`{}` is not an indicator", objective.indicator()?.as_str());
        return Some(Problem::new(RULE.id, place("indicator"), message).help("write the ID of an indicator"));
    }
    let (own_unit, other) = objective.unit_mismatch(find_indicator(assessed.reading, objective))?;
    let message = match (own_unit.as_str(), other.as_str()) {
        ("", other) => format!("this target has no unit, but that of the indicator is in `{other}`"),
        (own, "") => format!("this target is in `{own}`, but that of the indicator has no unit"),
        (own, other) => format!("this target is in `{own}`, but that of the indicator is in `{other}`"),
    };
    Some(
        Problem::new(RULE.id, place("target"), message)
            .help("write both in the same unit; until then the objective counts as not reached"),
    )
}

/// Readers must have acknowledged an existing version of the document.
fn unknown_version(assessed: &Assessed<'_>, placed_entry: &PlacedEntry) -> Option<Problem> {
    let count = Acknowledgement::from_entry(&placed_entry.entry)?;
    let handbook = &assessed.reading.handbook;
    let document = handbook.document(handbook.lookup.by_id(count.document)?);
    let current = document.front()?.version.as_ref()?.value.trim();
    if !names_unknown_version(document, count) {
        return None;
    }
    let message = format!("{} has no version `{}`; its version is `{current}`", count.document, clip(count.version));
    let place = placed_entry.place(placed_entry.entry.record.span_of("version"));
    let help = "write the version as in the document; until then the count is ignored";
    Some(Problem::new(RULE.id, place, message).help(help))
}

/// An action must say what somebody does.
fn empty_actions(placed_entry: &PlacedEntry) -> Vec<Problem> {
    let problem = |key: &str, span, help: &str| {
        let message = format!("`{key}` of this action says nothing");
        Problem::new(RULE.id, placed_entry.place(span), message).help(help)
    };
    let of = |action: Action<'_>| {
        let what = (!action.what().is_empty() && !action.names_task())
            .then(|| problem("what", action.span_of("what"), "write what is to be done"));
        let missing_person = (!action.who().is_empty() && !action.names_owner())
            .then(|| problem("who", action.span_of("who"), "name the role that does it"));
        let proof = action
            .has_empty_proof()
            .then(|| problem("proof", action.span_of("proof"), "say where it can be seen, or remove the key"));
        what.into_iter().chain(missing_person).chain(proof).collect::<Vec<_>>()
    };
    placed_entry.entry.actions().flat_map(of).collect()
}

/// Something done must have a day.
fn done_without_day(placed_entry: &PlacedEntry) -> Option<Problem> {
    let record = &placed_entry.entry.record;
    let says_done =
        Improvement::from_entry(&placed_entry.entry).is_some_and(|improvement| improvement.state() == Some("done"));
    debug_assert!(!says_done || placed_entry.entry.kind == Kind::Improvements);
    let is_silent = record.get("done").is_none() && !record.is_unclear("done");
    (says_done && is_silent).then(|| {
        let message = "the state is `done`, but `done` does not say when";
        Problem::new(RULE.id, placed_entry.place(record.span_of("state")), message)
            .help("write the day under `done`; until then it counts as open")
    })
}

/// Problems of a note that is more than a line of text, and problems in its Markdown.
fn note_problems<'a>(placed_entry: &'a PlacedEntry, note: &'a Note) -> impl Iterator<Item = Problem> + 'a {
    let place = move || placed_entry.place(note.full_span());
    let block = (!note.is_line).then(|| {
        let message = "`note` is more than a line of text, so it is shown as it is written";
        let help = "write one paragraph; emphasis, code and links are allowed, but no headings, lists, tables, pictures or HTML";
        Problem::new(RULE.id, place(), message).help(help)
    });
    let body_problems = note.body.problems.iter().filter(|_| note.is_line);
    block.into_iter().chain(body_problems.map(move |problem| Problem {
        place: place(),
        fix: None,
        related: Vec::new(),
        ..problem.clone()
    }))
}
