//! Maintained information that the standard requires but no document provides.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, ItemAssessment, ItemVerdict, Share, State};
use crate::finding::{Problem, RuleId, Severity, StandardPart};
use crate::standard::{Basis, Recipient, Retention};

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-document"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "No document in force provides an item of documented information that must be kept up to date.",
    why: "In a stage 1 audit, the auditor first asks for the documents that the standard requires.",
    fix: "Write the document, or list the item under `provides` in the document that already serves this purpose. If the \
          situation of a conditional item has not arisen, list it under `not_needed` in the settings, with the \
          reason.",
    example: "nothing has `provides: [change-management-policy]`",
    check: Check::Handbook(|assessed, problems| report_missing(assessed, RULE.id, Retention::Maintain, problems)),
};

/// Reports items of the main standard of one kind that no document in force provides: required ones with the rule's
/// severity, expected ones as notes.
pub(super) fn report_missing(assessed: &Assessed<'_>, rule: RuleId, keep: Retention, problems: &mut Vec<Problem>) {
    for assessed_item in assessed.assessment.items.first().into_iter().flatten() {
        let item = assessed.reading.standards.item_at(assessed_item.item);
        let open = !matches!(assessed_item.verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded);
        if item.keep != keep || !open {
            continue;
        }
        let clause = &assessed.reading.standards.clause(assessed_item.clause).id;
        let subject = match assessed_item.verdict {
            ItemVerdict::Stale => "only overdue or changed documents provide",
            ItemVerdict::Draft => "only documents that are not in force yet provide",
            _ => "no document provides",
        };
        let basis = if assessed_item.basis == Basis::Required { "required" } else { "expected" };
        let message = match assessed_item.share.filter(|_| assessed_item.verdict == ItemVerdict::Incomplete) {
            Some(share) => incomplete_message(&item.name, share, basis, &clause.to_string()),
            None => format!("{subject} {} ({basis} by clause {clause})", item.name),
        };
        let place = assessed.reading.settings.standards_place();
        let mut problem = Problem::new(rule, place, message).help(help(assessed, assessed_item));
        problem = problem.about(StandardPart::Item(assessed_item.item));
        if assessed_item.basis == Basis::Expected {
            problem = problem.with_max_severity(Severity::Note);
        }
        problems.push(problem);
    }
}

/// The message for an item that not all recipients have.
fn incomplete_message(name: &str, share: Share, basis: &str, clause: &str) -> String {
    let share_text = share
        .figures()
        .map_or_else(|| "incomplete".to_owned(), |(provided, required)| format!("known for {provided} of {required}"));
    format!("{name}: {share_text} ({basis} by clause {clause})")
}

/// The next step: approve or review the document that provides the item, or write one.
fn help(assessed: &Assessed<'_>, assessed_item: &ItemAssessment) -> String {
    let item = assessed.reading.standards.item_at(assessed_item.item);
    let best = assessed_item.providers.iter().find(|provider| provider.fits);
    let id = best.and_then(|provider| assessed.reading.handbook.document(provider.document).id());
    let is_changed = best.is_some_and(|provider| assessed.assessment.state(provider.document) == State::Changed);
    let step = match (assessed_item.verdict, id) {
        (ItemVerdict::Incomplete, _) if item.per.contains(&Recipient::Service) => {
            format!("name each live service under `services` in a document that provides `{}`", item.id)
        }
        (ItemVerdict::Incomplete, _) => {
            "write under `contract` of each supplier which document in force has it, or where it is kept".to_owned()
        }
        (ItemVerdict::Draft, Some(id)) => format!("approve {id}"),
        (ItemVerdict::Stale, Some(id)) if is_changed => format!(
            "approve the changed text of {id}: `clausebook approve {id} --by ROLE --version V --summary \"TEXT\"`"
        ),
        (ItemVerdict::Stale, Some(id)) => {
            format!("review {id}, then record the review with `clausebook review {id} --by ROLE`")
        }
        _ => format!("add `provides: [{}]` to the document that serves this purpose, or write one", item.id),
    };
    if item.conditional {
        format!(
            "{step}; if the situation has not arisen, list the item under `not_needed` in the settings, with the reason"
        )
    } else {
        step
    }
}
