//! Names in several spellings.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Handbook, names_of};
use crate::name::{Spellings, tidy_name};
use crate::place::{Located, Place, Span};
use crate::source::front_matter::FrontMatter;

pub(super) const RULE: Rule = Rule {
    id: RuleId("name-spelling"),
    group: Group::FrontMatter,
    severity: Severity::Note,
    meaning: "A role, person, service, location or tag is written differently from most other places, in letter case, spaces or hyphens.",
    why: "Readers take both spellings for one name, and so does the portal, which shows the commonest; a search in the files finds only one.",
    fix: "Write the name as it is written most often.",
    example: "owner: change manager, where other documents say Change Manager",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    if handbook.names.has_variants() {
        report(assessed, &handbook.names, names_of, problems);
        report_entries(assessed, problems);
    }
    let scopes: [NamesGetter; 3] = [
        |front| front.services.iter().collect(),
        |front| front.locations.iter().collect(),
        |front| front.tags.iter().collect(),
    ];
    for of in scopes {
        let mut spellings = Spellings::default();
        handbook
            .controlled()
            .flat_map(|(_, document)| document.front())
            .flat_map(of)
            .for_each(|name| spellings.add(&name.value));
        if spellings.has_variants() {
            report(assessed, &spellings, of, problems);
        }
    }
}

type NamesGetter = fn(&FrontMatter) -> Vec<&Located<String>>;

fn report(assessed: &Assessed<'_>, spellings: &Spellings, names: NamesGetter, problems: &mut Vec<Problem>) {
    for (_, document) in assessed.reading.handbook.controlled() {
        let all_names = document.front().map_or_else(Vec::new, names);
        problems.extend(all_names.into_iter().filter_map(|name| problem(spellings, name, |span| document.place(span))));
    }
}

/// Reports names of roles in registers.
fn report_entries(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Handbook { names, registers, .. } = &assessed.reading.handbook;
    for placed_entry in &registers.entries {
        problems.extend(
            placed_entry.entry.roles().filter_map(|name| problem(names, name, |span| placed_entry.place(span))),
        );
    }
}

fn problem(spellings: &Spellings, name: &Located<String>, place: impl Fn(Span) -> Place) -> Option<Problem> {
    let shown = spellings.most_frequent(&name.value).filter(|shown| *shown != name.value)?;
    let message = match tidy_name(&name.value) == tidy_name(shown) {
        true => format!("`{shown}` is written with different spaces elsewhere"),
        false => format!("`{}` is written `{shown}` elsewhere; both are read as one name", name.value),
    };
    Some(Problem::new(RULE.id, place(name.span), message).help(format!("write `{shown}`")))
}
