//! Maintained information that the standard requires but no document provides.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, ItemAssessment, ItemVerdict, Share};
use crate::finding::{Problem, RuleId, Severity, StandardPart};
use crate::standard::{Basis, Recipient, Retention};

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-document"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "No document in force provides an item of documented information that must be kept up to date.",
    why: "In a stage 1 audit, the auditor first asks for the documents that the standard requires.",
    fix: "Write the document, or list the item under `provides` in the document that already serves as this. If the \
          situation of a conditional item has not arisen, list it under `not_needed` in the settings, with the \
          reason.",
    example: "nothing has `provides: [change-management-policy]`",
    check: Check::Handbook(|assessed, problems| report_missing(assessed, RULE.id, Retention::Maintain, problems)),
};

/// Reports items of the main standard of one kind that no document in force provides: required ones with the rule's
/// severity, expected ones as notes.
pub(super) fn report_missing(assessed: &Assessed<'_>, rule: RuleId, keep: Retention, problems: &mut Vec<Problem>) {
    for wanted in assessed.assessment.items.first().into_iter().flatten() {
        let item = assessed.reading.standards.item_at(wanted.item);
        let open = !matches!(wanted.verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded);
        if item.keep != keep || !open {
            continue;
        }
        let clause = &assessed.reading.standards.clause(wanted.clause).id;
        let who = match wanted.verdict {
            ItemVerdict::Stale => "only overdue or changed documents provide",
            ItemVerdict::Draft => "only documents that are not in force yet provide",
            _ => "no document provides",
        };
        let basis = if wanted.basis == Basis::Required { "required" } else { "expected" };
        let message = match wanted.share.filter(|_| wanted.verdict == ItemVerdict::Incomplete) {
            Some(share) => incomplete(&item.name, share, (basis, &clause.to_string())),
            None => format!("{who} {} ({basis} by clause {clause})", item.name),
        };
        let place = assessed.reading.settings.standards_place();
        let mut problem = Problem::new(rule, place, message).help(help(assessed, wanted));
        problem = problem.about(StandardPart::Item(wanted.item));
        if wanted.basis == Basis::Expected {
            problem = problem.with_max_severity(Severity::Note);
        }
        problems.push(problem);
    }
}

/// The message for an item that not all recipients have.
fn incomplete(name: &str, share: Share, (basis, clause): (&str, &str)) -> String {
    let known =
        share.figures().map_or_else(|| "incomplete".to_owned(), |(have, want)| format!("known for {have} of {want}"));
    format!("{name}: {known} ({basis} by clause {clause})")
}

/// The next step: approve or review the document that provides the item, or write one.
fn help(assessed: &Assessed<'_>, wanted: &ItemAssessment) -> String {
    let item = assessed.reading.standards.item_at(wanted.item);
    let best = wanted.providers.iter().find(|provider| provider.fits);
    let id = best.and_then(|provider| assessed.reading.handbook.document(provider.document).id());
    let step = match (wanted.verdict, id) {
        (ItemVerdict::Incomplete, _) if item.per.contains(&Recipient::Service) => {
            format!("name each live service under `services` in a document that provides `{}`", item.id)
        }
        (ItemVerdict::Incomplete, _) => {
            "write under `contract` of each supplier which document in force has it, or where it is kept".to_owned()
        }
        (ItemVerdict::Draft, Some(id)) => format!("approve {id}"),
        (ItemVerdict::Stale, Some(id)) => format!("review {id}, then record the review with `clausebook review {id}`"),
        _ => format!("add `provides: [{}]` to the document that serves as this, or write one", item.id),
    };
    if item.conditional {
        format!(
            "{step}; if the situation has not arisen, list the item under `not_needed` in the settings, with the reason"
        )
    } else {
        step
    }
}
