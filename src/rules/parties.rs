//! Helpers shared by rules on services, locations and suppliers.

use super::registers::{entries, join_names};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId};
use crate::handbook::PlacedEntry;
use crate::place::{Located, Place};
use crate::register::{Kind, Supplier};
use crate::source::front_matter::FrontMatter;
use crate::spelling::suggest_help;

/// Every supplier.
pub(super) fn suppliers<'a>(
    assessed: &Assessed<'a>,
) -> impl Iterator<Item = (&'a PlacedEntry, Supplier<'a>)> + use<'a> {
    entries(assessed, Kind::Suppliers)
        .filter_map(|(_, placed_entry)| Some((placed_entry, Supplier::from_entry(&placed_entry.entry)?)))
}

/// Reports names in front matter and entries that are not those of exactly one service or location, if there is a
/// register of them that is shown in full.
pub(super) fn report_unknown_names(
    assessed: &Assessed<'_>,
    rule: RuleId,
    kind: Kind,
    key: &str,
    names: fn(&FrontMatter) -> &[Located<String>],
    problems: &mut Vec<Problem>,
) {
    let handbook = &assessed.reading.handbook;
    let registers = &handbook.registers;
    // A name may belong to an entry that is not shown.
    if !registers.has(kind) || registers.withholds(kind) {
        return;
    }
    let singular = kind.row().singular;
    let known: Vec<&str> =
        registers.of_kind(kind).flat_map(|(_, placed_entry)| [placed_entry.id(), placed_entry.entry.title()]).collect();
    let mut report = |name: &Located<String>, place: Place| {
        let same_name = registers.find_parties(kind, &name.value);
        if same_name.len() > 1 {
            let ids = join_names(same_name.iter().map(|index| registers.entry(*index).id().to_owned()));
            let message = format!("`{}` may mean {ids}", name.value);
            problems.push(Problem::new(rule, place, message).help(format!("write the ID of the {singular}")));
        } else if same_name.is_empty() && !registers.may_have_lost(kind, &name.value) {
            let message = format!("`{}` is not a {singular} of the register", name.value);
            let suggestion = suggest_help(&name.value, known.iter().copied());
            let help = suggestion.unwrap_or_else(|| format!("add the {singular} to the register"));
            problems.push(Problem::new(rule, place, message).help(help));
        }
    };
    for document in &handbook.documents {
        for name in document.front().into_iter().flat_map(names) {
            report(name, document.place(name.span));
        }
    }
    for placed_entry in &registers.entries {
        placed_entry.entry.record.names(key).iter().for_each(|name| report(name, placed_entry.place(name.span)));
    }
}
