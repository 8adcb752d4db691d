//! Evidence in registers that shows nothing: drafts, templates and documents without a text.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, ReportProblem, State, evidence_problem};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::PlacedEntry;
use crate::place::Located;
use crate::register::{Kind, Reference};

pub(super) const RULE: Rule = Rule {
    id: RuleId("unsuitable-evidence"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A competence, a requirement or an action that is done names as its evidence a document that is a draft, a template or empty.",
    why: "An auditor who asks for the evidence finds a document that shows nothing.",
    fix: "Name the document that shows it, or get the one that is named approved. A competence counts as open until then.",
    example: "evidence: REC-TRN-001, when REC-TRN-001 has status: draft",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    let mut is_young = None;
    for (index, placed_entry) in reading.handbook.registers.indexed() {
        if assessment.entry(index).is_none() {
            continue;
        }
        let entry = &placed_entry.entry;
        let keys: &[&str] = match entry.kind {
            Kind::Competences => &["evidence"],
            Kind::Requirements => &["evidence", "documents"],
            _ => &[],
        };
        let of_entry = keys.iter().map(|key| (*key, entry.record.references(key)));
        let done = entry.actions().filter(|action| action.is_done(as_of));
        let references = of_entry.chain(done.map(|action| ("proof", action.record.references("proof"))));
        for (key, reference) in references.flat_map(|(key, all)| all.iter().map(move |reference| (key, reference))) {
            problems.extend(unsuitable_problem(assessed, placed_entry, key, reference, &mut is_young));
        }
    }
}

fn unsuitable_problem(
    assessed: &Assessed<'_>,
    placed_entry: &PlacedEntry,
    key: &str,
    reference: &Located<Reference>,
    is_young: &mut Option<bool>,
) -> Option<Problem> {
    let leading = reference.value.leading_id();
    let id = reference.value.id().or(leading.as_ref())?;
    let index = assessed.reading.handbook.lookup.by_id(id)?;
    let what = match evidence_problem(assessed.reading.handbook.document(index), assessed.assessment.state(index))? {
        ReportProblem::NotApproved if *is_young.get_or_insert_with(|| is_mostly_draft(assessed)) => return None,
        ReportProblem::NotApproved => "is not approved yet".to_owned(),
        ReportProblem::OtherType(doc_type) => format!("is a document of type `{doc_type}`"),
        ReportProblem::Empty => "is empty".to_owned(),
        ReportProblem::Older(_) => return None,
    };
    let message = format!("`{key}` of {} names {id}, which {what}", placed_entry.id());
    let help = "name the document that shows it, or get this one written and approved";
    let place = placed_entry.place(reference.span);
    Some(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help))
}

/// Whether most of the handbook is in draft. Each approval would then remove a finding that says no more than the
/// state.
pub(super) fn is_mostly_draft(assessed: &Assessed<'_>) -> bool {
    let states = || assessed.reading.handbook.controlled().map(|(index, _)| assessed.assessment.state(index));
    let drafts = states().filter(|state| matches!(state, State::Draft | State::InReview)).count();
    drafts * 2 > states().count()
}
