//! Reads a handbook's own catalogue: first its structure, reporting every problem at its place, then its values.

use std::collections::{HashMap, HashSet};

use super::catalogue::{Catalogue, Recipient};
use crate::finding::{Problem, reading};
use crate::id::{ClauseId, ItemId, StandardId};
use crate::place::{Located, SourceText, Span};
use crate::yaml::{Entry, Field, Limits, Node, Reader, ReaderRules, Slot, Value, deserialize};

/// Reads a text as a catalogue.
///
/// # Errors
/// If the text is not a valid catalogue; returns all problems under the rule `invalid-standard`, each with its place.
pub fn read_catalogue(source: &SourceText) -> Result<Catalogue, Vec<Problem>> {
    let mut reader = Reader::new(
        source,
        ReaderRules { allows_direction_changes: false, ..ReaderRules::all(reading::INVALID_STANDARD) },
    );
    let tree = reader.parse(0..source.as_str().len(), Limits::FILE);
    let mut state = CheckState::default();
    match &tree.root {
        Some(root) => {
            let name = Located::new("catalogue".to_owned(), root.span);
            reader.read_mapping(
                &mut state,
                Slot { key: &name, node: root, is_item: false },
                CATALOGUE,
                tree.is_complete.then_some(Span::default()),
            );
        }
        None if tree.is_complete => reader.report_missing_key("id", Span::default()),
        None => {}
    }
    state.validate(&mut reader);
    let problems = reader.finish();
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut catalogue: Catalogue = deserialize(source.as_str()).map_err(|error| {
        let at = error.at.unwrap_or_default();
        vec![Problem::new(reading::INVALID_STANDARD, source.place(Span::from(at..at)), error.to_string())]
    })?;
    catalogue.uncounted = state.uncounted().map(|clause| (clause.value.clone(), source.place(clause.span))).collect();
    Ok(catalogue)
}

/// The parts of a catalogue needed for checks across clauses.
#[derive(Default)]
struct CheckState {
    clauses: Vec<Located<ClauseId>>,
    parents: Vec<(ClauseId, Located<ClauseId>)>,
    items: Vec<Located<ItemId>>,
    /// Coverage units, each with the span of the key that marks it.
    units: Vec<Located<ClauseId>>,
    /// Clauses without requirements.
    informative: HashSet<ClauseId>,
    /// Clauses that are named as listing an item.
    listings: Vec<Located<ClauseId>>,
    /// The clause being read.
    current: Option<ClauseId>,
}

impl CheckState {
    fn validate(&self, reader: &mut Reader<'_>) {
        let before = reader.problem_count();
        report_duplicates(&self.clauses, "the clause", reader);
        report_duplicates(&self.items, "the item", reader);
        let order: HashMap<&ClauseId, u32> =
            self.clauses.iter().rev().map(|clause| (&clause.value, clause.span.start)).collect();
        for (clause, parent) in &self.parents {
            let message = match order.get(&parent.value) {
                _ if *clause == parent.value => format!("clause {clause} is its own parent"),
                Some(at) if *at < parent.span.start => continue,
                Some(_) => format!("the parent {} stands below clause {clause}; list parents first", parent.value),
                None => format!("the parent {} is not a clause of this catalogue", parent.value),
            };
            reader.report(parent.span, message);
        }
        for clause in self.listings.iter().filter(|clause| !order.contains_key(&clause.value)) {
            reader.report(clause.span, format!("{} is not a clause of this catalogue", clause.value));
        }
        if reader.problem_count() == before {
            self.check_units(reader);
        }
    }

    /// The clauses without subclauses that count for nothing: neither they nor a clause above them is a coverage unit,
    /// although others are, and they are not informative. Parents come before their children.
    fn uncounted(&self) -> impl Iterator<Item = &Located<ClauseId>> {
        let parents = self.parents_by_clause();
        let with_subclauses: HashSet<&ClauseId> = parents.values().copied().collect();
        let mut counted: HashSet<&ClauseId> = self.units.iter().map(|unit| &unit.value).collect();
        let marks_units = !counted.is_empty();
        for clause in self.clauses.iter().map(|clause| &clause.value) {
            if parents.get(clause).is_some_and(|parent| counted.contains(parent)) {
                counted.insert(clause);
            }
        }
        self.clauses.iter().filter(move |Located { value: clause, .. }| {
            let is_counted = counted.contains(clause) || self.informative.contains(clause);
            marks_units && !is_counted && !with_subclauses.contains(clause)
        })
    }

    fn parents_by_clause(&self) -> HashMap<&ClauseId, &ClauseId> {
        self.parents.iter().map(|(clause, parent)| (clause, &parent.value)).collect()
    }

    /// Reports coverage units inside other units, which would be counted twice. Parents come before their children.
    fn check_units(&self, reader: &mut Reader<'_>) {
        let parents = self.parents_by_clause();
        let units: HashMap<&ClauseId, Span> = self.units.iter().map(|unit| (&unit.value, unit.span)).collect();
        let mut nearest: HashMap<&ClauseId, &ClauseId> = HashMap::new();
        for clause in self.clauses.iter().map(|clause| &clause.value) {
            let above = parents.get(clause).and_then(|parent| nearest.get(parent)).copied();
            let unit = units.get(clause);
            if let (Some(outer), Some(span)) = (above, unit) {
                reader.report(*span, format!("clause {outer} above {clause} is a coverage unit already"));
            }
            if let Some(nearest_unit) = unit.map(|_| clause).or(above) {
                nearest.insert(clause, nearest_unit);
            }
        }
    }
}

fn report_duplicates<T: std::hash::Hash + Eq + std::fmt::Display>(
    list: &[Located<T>],
    what: &str,
    reader: &mut Reader<'_>,
) {
    let mut first = HashMap::new();
    for value in list {
        if first.insert(&value.value, value.span).is_some() {
            reader.report(value.span, format!("{what} {} is listed twice", value.value));
        }
    }
}

const CATALOGUE: &[Field<CheckState>] = &[
    Field::required("id", |_, slot, reader| drop(reader.parse_value::<StandardId>(slot))),
    Field::required("title", read_text),
    Field::optional("name", read_text),
    Field::optional("edition", read_text),
    Field::optional("published", read_text),
    Field::optional("amendments", |state, slot, reader| each(state, slot, reader, AMENDMENT)),
    Field::optional("exclusions_allowed", read_flag),
    Field::required("clauses", read_clauses),
];

const AMENDMENT: &[Field<CheckState>] = &[
    Field::required("id", read_text),
    Field::optional("published", read_text),
    Field::required("subject", read_text),
    Field::optional("clauses", |_, slot, reader| match &slot.node.value {
        Value::List(_) => drop(reader.list(slot, |item, reader| reader.parse_value::<ClauseId>(item))),
        _ => reader.report_wrong_kind(slot, "a list"),
    }),
];

/// The number comes first, because the other keys refer to it.
const CLAUSE: &[Field<CheckState>] = &[
    Field::required("id", |state, slot, reader| {
        let id = reader.parse_value::<ClauseId>(slot);
        state.current = id.as_ref().map(|id| id.value.clone());
        state.clauses.extend(id);
    }),
    Field::optional("title", read_text),
    Field::optional("parent", |state, slot, reader| {
        let parent = reader.parse_value::<ClauseId>(slot);
        state.parents.extend(state.current.clone().zip(parent));
    }),
    Field::optional("summary", read_text),
    Field::optional("coverage_unit", |state, slot, reader| {
        let marked = reader.flag(slot) == Some(true);
        state.units.extend(state.current.clone().filter(|_| marked).map(|clause| Located::new(clause, slot.key.span)));
    }),
    Field::optional("excludable", read_flag),
    Field::optional("informative", |state, slot, reader| {
        let marked = reader.flag(slot) == Some(true);
        state.informative.extend(state.current.clone().filter(|_| marked));
    }),
    Field::optional("untitled", read_flag),
    Field::optional("title_unverified", read_flag),
    Field::optional("planned_interval", read_text),
    Field::optional("triggers", read_texts),
    Field::optional("documented_information", |state, slot, reader| each(state, slot, reader, ITEM)),
    Field::optional("inputs", |state, slot, reader| each(state, slot, reader, INPUT)),
    Field::optional("crosswalk", |_, slot, reader| {
        for entry in reader.entries(slot).unwrap_or_default() {
            read_list(entry, reader);
        }
    }),
    Field::optional("from_2011", read_texts),
];

const ITEM: &[Field<CheckState>] = &[
    Field::required("id", |state, slot, reader| state.items.extend(reader.parse_value::<ItemId>(slot))),
    Field::required("name", read_text),
    Field::required("keep", |_, slot, reader| read_word(slot, reader, &["maintain", "retain"])),
    Field::optional("type", read_text),
    Field::required("basis", |_, slot, reader| read_word(slot, reader, &["required", "expected"])),
    Field::optional("listed_in", |state, slot, reader| state.listings.extend(reader.parse_value::<ClauseId>(slot))),
    Field::optional("conditional", read_flag),
    Field::optional("per", |_, slot, reader| {
        let words = Recipient::WORDS.map(|word| (word, ()));
        reader.list(slot, |item, reader| reader.one_of(item, &words));
    }),
    Field::optional("suggested_interval_months", |_, slot, reader| {
        reader.number(slot, 1..=1200);
    }),
    Field::optional("unverified", read_flag),
];

const INPUT: &[Field<CheckState>] = &[
    Field::required("id", |_, slot, reader| drop(reader.parse_value::<ItemId>(slot))),
    Field::required("title", read_text),
    Field::optional("from", read_texts),
];

fn read_clauses(state: &mut CheckState, slot: Slot<'_>, reader: &mut Reader<'_>) {
    match &slot.node.value {
        Value::List(nodes) if nodes.is_empty() => {
            reader.report(slot.node.span, "a catalogue without a clause has nothing to cover");
        }
        Value::List(nodes) => nodes.iter().for_each(|node| {
            state.current = None;
            reader.read_mapping(state, slot.item(node), CLAUSE, node.span);
        }),
        _ => reader.report_wrong_kind(slot, "a list"),
    }
}

fn read_text(_: &mut CheckState, slot: Slot<'_>, reader: &mut Reader<'_>) {
    reader.text(slot);
}

fn read_word(slot: Slot<'_>, reader: &mut Reader<'_>, words: &[&str]) {
    let words: Vec<(&str, ())> = words.iter().map(|word| (*word, ())).collect();
    reader.one_of(slot, &words);
}

fn read_flag(_: &mut CheckState, slot: Slot<'_>, reader: &mut Reader<'_>) {
    reader.flag(slot);
}

/// Reads a list of strings; a single string is refused, because the catalogue requires a list.
fn read_texts(_: &mut CheckState, slot: Slot<'_>, reader: &mut Reader<'_>) {
    match &slot.node.value {
        Value::List(_) => drop(reader.texts(slot)),
        _ => reader.report_wrong_kind(slot, "a list"),
    }
}

fn read_list(entry: &Entry, reader: &mut Reader<'_>) {
    read_texts(&mut CheckState::default(), entry.into(), reader);
}

fn each(state: &mut CheckState, slot: Slot<'_>, reader: &mut Reader<'_>, fields: &[Field<CheckState>]) {
    match &slot.node.value {
        Value::List(nodes) => nodes.iter().for_each(|node: &Node| {
            reader.read_mapping(state, slot.item(node), fields, node.span);
        }),
        _ => reader.report_wrong_kind(slot, "a list"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_reported_at_its_place_in_one_run() {
        let text =
            "id: Own\ntitle: Our rules\nclauses:\n- id: '1'\n  titel: One\n- id: '1.1'\n  parent: '2'\n- id: '1'\n";
        let problems = read_catalogue(&SourceText::new("standards/own.yaml", text)).expect_err("four problems");
        let shown: Vec<String> = problems
            .iter()
            .map(|problem| format!("{}:{} {}", problem.place.line(), problem.place.column(), problem.message))
            .collect();
        assert_eq!(
            shown,
            [
                "1:5 `Own` is not a name: use lower-case letters, digits and single hyphens",
                "5:3 `titel` is not a known key",
                "7:11 the parent 2 is not a clause of this catalogue",
                "8:7 the clause 1 is listed twice",
            ]
        );
    }

    #[test]
    fn the_catalogues_that_come_with_clausebook_pass() {
        for (name, text) in [
            ("20000", include_str!("../../standards/iso20000-1-2018.yaml")),
            ("27001", include_str!("../../standards/iso27001-2022.yaml")),
            ("9001", include_str!("../../standards/iso9001-2015.yaml")),
        ] {
            match read_catalogue(&SourceText::new(name, text)) {
                Ok(catalogue) => assert_eq!(catalogue.uncounted, [], "{name}"),
                Err(problems) => panic!("{name}: {problems:?}"),
            }
        }
    }
}
