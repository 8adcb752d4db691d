//! Documents that the standard wants kept up to date and that nothing provides.

use crate::assess::{Assessed, ItemVerdict};
use super::{Check, Group, Rule};
use crate::finding::{About, Fault, RuleId, Severity};
use crate::standard::{Basis, Keep};

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-document"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "No document in force provides an item of documented information that must be kept up to date.",
    why: "What the standard requires to be documented is the first thing that a stage 1 audit asks for.",
    mend: "Write it, or name the item under `provides` in the document that is it already; a conditional item that has not arisen goes under `not_needed` in the settings, with the reason.",
    example: "nothing has `provides: [change-management-policy]`",
    check: Check::Handbook(|assessed, faults| missing(assessed, RULE.id, Keep::Maintain, faults)),
};

/// Reports items of one kind that no document in force provides: required ones in full weight, expected ones as notes.
pub(super) fn missing(assessed: &Assessed<'_>, rule: RuleId, keep: Keep, faults: &mut Vec<Fault>) {
    for wanted in assessed.assessment.items.first().into_iter().flatten() {
        let item = assessed.reading.standards.item_at(wanted.item);
        let open = !matches!(wanted.verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded);
        if item.keep != keep || !open {
            continue;
        }
        let clause = &assessed.reading.standards.clause(wanted.clause).id;
        let state = match wanted.verdict {
            ItemVerdict::Stale => "is provided only by documents that are overdue or changed",
            ItemVerdict::Draft => "is provided only by documents not yet in force",
            _ => "is provided by no document",
        };
        let basis = if wanted.basis == Basis::Required { "required" } else { "expected" };
        let message = format!("{} ({basis} by clause {clause}) {state}", item.name);
        let mut fault = Fault::new(rule, assessed.reading.settings.standards_place(), message).help(help(item));
        fault = fault.about(About::Item(wanted.item));
        if wanted.basis == Basis::Expected {
            fault = fault.at_most(Severity::Note);
        }
        faults.push(fault);
    }
}

fn help(item: &crate::standard::Item) -> String {
    let provide = format!("the document that is it says `provides: [{}]`", item.id);
    if item.conditional {
        format!("{provide}; if the situation has not arisen, name it under `not_needed` in the settings with the reason")
    } else {
        provide
    }
}
