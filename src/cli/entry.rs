//! New entries and actions in registers: `clausebook new --register` and `clausebook new --action`.

mod fields;
mod next_id;

use std::sync::Arc;

use super::{Failure, change_check, find, register_problems};
use crate::date::Date;
use crate::edit::read_current;
use crate::handbook::{PlacedEntry, Reading};
use crate::id::DocumentId;
use crate::place::SourceText;
use crate::project::Project;
use crate::register::{self, CellProblem, KINDS, Key, Kind, RegisterFile, ValueType};
use crate::report::without_controls;
use crate::source::{
    AttestError, EntryMapping, Fields, FrontMatterValue, RegisterChange, change_cells, change_register,
};
use crate::spelling::nearest;

pub(super) use fields::{add_field, parse_field, parse_pair, split_names};

/// A table with an additional row, or with new values in one.
fn change_table(file: &RegisterFile, old: &str, change: &RegisterChange) -> Result<String, String> {
    let cell = |(key, value): &(&'static str, FrontMatterValue)| {
        let text = value.cell().ok_or_else(|| format!("a cell contains one day for `{key}`; leave out --from"))?;
        Ok((*key, text))
    };
    match change {
        RegisterChange::Entry { kind, fields } => {
            let cells = fields.iter().map(cell).collect::<Result<Vec<_>, String>>()?;
            let new = Kind::from_name(kind).and_then(|kind| register::with_row(old, kind, &cells));
            let keys: Vec<&str> = cells.iter().map(|(key, _)| *key).collect();
            new.ok_or_else(|| format!("its header needs a column for each of `{}`", keys.join("`, `")))
        }
        RegisterChange::Keys { entry, within: within @ (EntryMapping::Entry | EntryMapping::Record(_)), fields } => {
            let column = |key: &str| match within {
                EntryMapping::Record(outer) => format!("{outer}.{key}"),
                _ => key.to_owned(),
            };
            let cells = fields.iter().map(|field| cell(field).map(|(key, text)| (column(key), text)));
            let cells = cells.collect::<Result<Vec<_>, String>>()?;
            let source = SourceText::new("", old);
            let changed = register::changed_cells(source.as_str(), entry, &cells);
            let changed = changed.map_err(|problem| match problem {
                CellProblem::Column(column) => format!("its header needs a column `{column}`"),
                CellProblem::Row => register_problems::row_problem(file, entry),
                CellProblem::Short { cells, columns } => {
                    let id = without_controls(entry);
                    format!("the row of {id} has {cells} of {columns} cells; write a comma for each cell that is empty")
                }
            })?;
            Ok(change_cells(old, &changed))
        }
        RegisterChange::Item { .. } | RegisterChange::Keys { .. } => {
            Err("a table cannot hold lists such as actions; keep this register in YAML".to_owned())
        }
    }
}

/// The content of a new entry.
pub(super) struct NewEntry<'a> {
    /// The name of its kind.
    pub(super) kind: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// Its ID; by default the next free one.
    pub(super) id: Option<&'a DocumentId>,
    /// The role that owns it.
    pub(super) owner: Option<&'a str>,
    /// The register, if several contain its kind.
    pub(super) file: Option<&'a str>,
    /// Further keys, each as `key=value`.
    pub(super) set: &'a [String],
}

/// A register with its new text.
pub(super) struct ChangedRegister {
    /// Its path relative to the handbook's folder.
    pub(super) path: String,
    /// Its present content.
    pub(super) old: String,
    /// Its new content.
    pub(super) new: String,
    /// A description of the change, for the output.
    pub(super) message: String,
}

/// A handbook whose registers can be changed.
pub(super) struct Registers<'a> {
    pub(super) project: &'a Project,
    pub(super) reading: &'a Reading,
    pub(super) today: Date,
}

impl<'a> Registers<'a> {
    /// Returns the register with a new entry; refuses values that `check` would report as errors.
    pub(super) fn add_entry(&self, request: &NewEntry<'_>) -> Result<ChangedRegister, Failure> {
        let kind = Kind::from_name(request.kind).ok_or_else(|| unknown_kind_failure(request.kind))?;
        let file = self.find_register(kind, request.file)?;
        let mut fields: Fields = vec![("title", FrontMatterValue::Text(request.title.to_owned()))];
        fields.extend(request.owner.map(|owner| ("owner", FrontMatterValue::Names(split_names(owner)))));
        for (key, value) in request.set.iter().map(|text| parse_pair(text)).collect::<Result<Vec<_>, _>>()? {
            if key == "id" {
                return Err(Failure::new("the ID of a new entry is given with --id"));
            }
            let (key, value) = parse_field(&self.reading.handbook.lookup, kind.as_str(), kind.keys(), key, value)?;
            add_field(&mut fields, key, value)?;
        }
        let id = match request.id {
            Some(id) => id.to_string(),
            None => self.next_id(kind, file, event_year(&fields).unwrap_or(self.today.year_month_day().0))?,
        };
        self.refuse_used_id(&id)?;
        // A new indicator was not measured before today, unless its start is given.
        if kind == Kind::Indicators && fields.iter().all(|(key, _)| *key != "from") {
            fields.push(("from", FrontMatterValue::Day(self.today)));
        }
        fields.insert(0, ("id", FrontMatterValue::Text(id.clone())));
        self.refuse_due_before_found(&fields)?;
        let mut missing = Vec::new();
        for key in kind.keys().filter(|key| key.is_required) {
            if fields.iter().all(|(name, _)| *name != key.name) {
                match key.value_type {
                    ValueType::Day => fields.push((key.name, FrontMatterValue::Day(self.today))),
                    _ => missing.push(key),
                }
            }
        }
        if !missing.is_empty() {
            return Err(missing_keys_failure(kind, &missing));
        }
        let message = format!("{id}: written to {}", without_controls(file.source.path()));
        self.apply_change(file, &RegisterChange::Entry { kind: kind.as_str(), fields }, message)
    }

    /// Refuses a new entry that is due before it was found, which is today by default.
    fn refuse_due_before_found(&self, fields: &Fields) -> Result<(), Failure> {
        let day = |name: &str| {
            fields.iter().find_map(|(key, value)| match value {
                FrontMatterValue::Day(day) if *key == name => Some(*day),
                _ => None,
            })
        };
        let found = day("found").unwrap_or(self.today);
        match day("due").filter(|due| *due < found) {
            Some(due) => Err(Failure::new(format!("`due` is {due}, before {found}, the day of the entry"))),
            None => Ok(()),
        }
    }

    /// A register with a new action in an entry.
    pub(super) fn add_action(&self, id: &str, what: &str, who: &str, due: Date) -> Result<ChangedRegister, Failure> {
        let placed_entry = self.find(id)?;
        let fields: Fields = vec![
            ("what", FrontMatterValue::Text(what.to_owned())),
            ("who", FrontMatterValue::Names(split_names(who))),
            ("due", FrontMatterValue::Day(due)),
        ];
        let message = format!(
            "{id}: action {} written to {}",
            placed_entry.entry.actions().filter(|action| !action.is_decision).count() + 1,
            without_controls(placed_entry.file.source.path())
        );
        let change = RegisterChange::Item { entry: id.to_owned(), list: "actions", fields };
        self.apply_change(&placed_entry.file, &change, message)
    }

    /// A register with a change applied.
    pub(super) fn apply_change(
        &self,
        file: &RegisterFile,
        change: &RegisterChange,
        message: String,
    ) -> Result<ChangedRegister, Failure> {
        let path = file.source.path();
        let old = read_current(self.project.root(), path);
        let old = old.map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", without_controls(path))))?;
        if SourceText::new("", &old).as_str() != file.source.as_str() {
            return Err(Failure::new(format!(
                "`{}` has just changed; check it, then run the command again",
                without_controls(path)
            )));
        }
        let new = match register::is_table(path) {
            true => change_table(file, &old, change),
            false => change_register(&old, change).map_err(|error| match error {
                AttestError::UnreadableRegister => {
                    register_problems::first_problem_in(self.reading, file).unwrap_or_else(|| error.to_string())
                }
                error => error.to_string(),
            }),
        };
        let new =
            new.map_err(|error| Failure::new(format!("`{}` cannot be changed: {error}", without_controls(path))))?;
        let after = self.refuse_new_problems(file, &new)?;
        let full_message = message + &change_check::refuse_reported(self, after)?;
        Ok(ChangedRegister { path: path.to_string(), old, new, message: full_message })
    }

    /// Refuses a change that introduces a problem into a register.
    fn refuse_new_problems(&self, file: &RegisterFile, new: &str) -> Result<RegisterFile, Failure> {
        let path = file.source.path();
        let source = Arc::new(SourceText::new(path.clone(), new));
        let after = register::read(source, file.declared_kind, self.reading.settings.register_terms());
        let mut known: Vec<&str> = file.all_problems().map(|problem| problem.message.as_str()).collect();
        for problem in after.all_problems() {
            match known.iter().position(|message| *message == problem.message) {
                Some(at) => drop(known.swap_remove(at)),
                None => {
                    let help = problem.help.as_deref().map_or_else(String::new, |help| format!("; {help}"));
                    return Err(Failure::new(format!(
                        "`{}` would be invalid: {}{help}",
                        without_controls(path),
                        without_controls(&problem.message)
                    )));
                }
            }
        }
        Ok(after)
    }

    /// Refuses an ID that several documents, entries or decisions share, because it is ambiguous.
    pub(super) fn refuse_ambiguous(&self, id: &str) -> Result<(), Failure> {
        let handbook = &self.reading.handbook;
        let Ok(id) = id.parse::<DocumentId>() else { return Ok(()) };
        let document = handbook.lookup.by_id(&id).map(|index| handbook.document(index).front_matter_place());
        let used = handbook.registers.used_ids().filter(|used| *used.id == id).map(|used| used.place());
        let places: Vec<String> = document.into_iter().chain(used).map(|place| format!("\n  {place}")).collect();
        if places.len() < 2 {
            return Ok(());
        }
        let message = format!(
            "several documents or entries have the ID `{}`; give each its own:{}",
            without_controls(id.as_str()),
            places.concat()
        );
        Err(Failure::new(message))
    }

    /// The entry with an ID.
    pub(super) fn find(&self, id: &str) -> Result<&'a PlacedEntry, Failure> {
        self.refuse_ambiguous(id)?;
        let handbook = &self.reading.handbook;
        let index = id.parse().ok().and_then(|id| handbook.lookup.entry(&id));
        let placed = index.map(|index| handbook.registers.entry(index)).filter(|placed| placed.id() == id);
        placed.ok_or_else(|| {
            if id.parse().ok().and_then(|id| handbook.lookup.by_id(&id)).is_some() {
                let id = without_controls(id);
                return Failure::new(format!(
                    "`{id}` is a document, not an entry of a register; `clausebook review {id}` records its review"
                ));
            }
            if let Some(entry) = index.map(|index| handbook.registers.entry(index).id()) {
                let id = without_controls(id);
                return Failure::new(format!("`{id}` is a decision of {entry}, not an entry of a register"));
            }
            let ids = handbook.registers.entries.iter().map(PlacedEntry::id);
            let hint = nearest(id, ids).map_or_else(String::new, |similar| format!("; did you mean `{similar}`?"));
            let id = without_controls(id);
            Failure::new(match register_problems::first_problem(self.reading, None) {
                Some(problem) => format!("no readable entry has the ID `{id}`{hint}; {problem}"),
                None => format!("no entry has the ID `{id}`{hint}"),
            })
        })
    }

    /// The register that a new entry is added to.
    fn find_register(&self, kind: Kind, requested_path: Option<&str>) -> Result<&'a RegisterFile, Failure> {
        let registers = &self.reading.handbook.registers;
        if let Some(requested_path) = requested_path {
            let path = find::path(self.project, requested_path);
            let register = path.as_deref().and_then(|path| registers.file(path));
            let unknown = || {
                Failure::new(format!("`{}` is not a register that a document owns", without_controls(requested_path)))
            };
            return register.map(|(file, _)| &**file).ok_or_else(unknown);
        }
        let lists_kind = |file: &RegisterFile| file.lists.iter().any(|(listed_kind, _)| *listed_kind == kind);
        let files: Vec<&RegisterFile> =
            registers.files.iter().map(|(file, _)| &**file).filter(|file| lists_kind(file)).collect();
        match files[..] {
            [one] => Ok(one),
            [] if register_problems::first_problem(self.reading, Some(kind)).is_some() => {
                let problem = register_problems::first_problem(self.reading, Some(kind)).unwrap_or_default();
                Err(Failure::new(format!("no register that can be read has a list `{}`; {problem}", kind.as_str())))
            }
            [] => Err(self.no_register_failure(kind)),
            _ => {
                let paths: Vec<String> =
                    files.iter().map(|file| format!("`{}`", without_controls(file.source.path()))).collect();
                Err(Failure::new(format!(
                    "several registers have {}: choose one with --file: {}",
                    kind.as_str(),
                    paths.join(", ")
                )))
            }
        }
    }

    fn no_register_failure(&self, kind: Kind) -> Failure {
        let (name, item) = (kind.as_str(), kind.row().item);
        let standards = &self.reading.standards;
        let mut items = standards.main().into_iter().flat_map(|main| standards.items(main));
        let has_item = items.any(|key| standards.item_at(key).id.as_str() == item);
        let begin = match has_item {
            true => format!(
                "if no document provides `{item}` yet, run `clausebook new --missing {item}`; otherwise name its file \
                 under `registers` in that document"
            ),
            false => "name its file under `registers` in a document".to_owned(),
        };
        Failure::new(format!("no register has a list `{name}`; {begin}, and write `{name}: []` into it"))
    }

    fn refuse_used_id(&self, id: &str) -> Result<(), Failure> {
        let lookup = &self.reading.handbook.lookup;
        let is_known = id.parse::<DocumentId>().is_ok_and(|id| lookup.contains_id(&id));
        if is_known { Err(Failure::new(format!("the ID `{}` is already used", without_controls(id)))) } else { Ok(()) }
    }
}

/// The year in which an audit or a management review was held or is planned.
fn event_year(fields: &Fields) -> Option<i16> {
    let year = |name: &str| {
        fields.iter().find_map(|(key, value)| match value {
            FrontMatterValue::Day(day) | FrontMatterValue::Days(day, _) if *key == name => Some(day.year_month_day().0),
            _ => None,
        })
    };
    year("held").or_else(|| year("planned"))
}

fn unknown_kind_failure(name: &str) -> Failure {
    let kind_names = || KINDS.iter().map(|row| row.name);
    let hint = nearest(name, kind_names()).map_or_else(
        || format!("; write one of {}", kind_names().collect::<Vec<_>>().join(", ")),
        |similar| format!("; did you mean `{similar}`?"),
    );
    Failure::new(format!("`{}` is not a kind of register{hint}", without_controls(name)))
}

fn missing_keys_failure(kind: Kind, missing: &[&Key]) -> Failure {
    let lines = missing
        .iter()
        .map(|key| format!("\n  --set {}=…  {} ({})", key.name, key.meaning, key.value_type.description()));
    Failure::new(format!("a new entry in `{}` also needs:{}", kind.as_str(), lines.collect::<String>()))
}
