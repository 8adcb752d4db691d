//! Services and locations that share a name.

use super::registers::{entries, join_names};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::name::party_key;
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("ambiguous-name"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "Two services, or two locations, have the same title, or the title of one is the ID of another.",
    why: "Documents and entries name a service by its ID or its title. A name that may mean two counts for neither.",
    fix: "Give one of them another title.",
    example: "{id: NET, title: Network}, {id: LAN, title: Network}",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let registers = &assessed.reading.handbook.registers;
    for kind in [Kind::Services, Kind::Locations] {
        for (index, placed_entry) in entries(assessed, kind) {
            let title = placed_entry.entry.title().trim();
            let own_key = party_key(title);
            let same_name = registers.find_parties(kind, title);
            // Of two entries with the same title, the second is reported; an entry whose title is another's ID is
            // always reported.
            let is_second = |other: &&crate::handbook::EntryIndex| {
                **other != index && (**other < index || party_key(registers.entry(**other).id()) == own_key)
            };
            let others = same_name.iter().filter(is_second).map(|other| registers.entry(*other).id().to_owned());
            let others: Vec<String> = others.filter(|id| id != placed_entry.id()).collect();
            if others.is_empty() {
                continue;
            }
            let message =
                format!("`{title}` is the name of {} and of {}", join_names(others.into_iter()), placed_entry.id());
            let place = placed_entry
                .place(placed_entry.entry.record.get("title").map_or(placed_entry.entry.id.span, |title| title.span));
            let help = "give one of them another title; until then the name counts for neither";
            problems.push(Problem::new(RULE.id, place, message).help(help));
        }
    }
}
