//! Documents that rest on another one which has changed.

use super::{Check, Context, Group, Rule, Subject};
use crate::assess::State;
use crate::date::Date;
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::{Document, DocumentIndex};
use crate::source::front_matter::Change;

pub(super) const RULE: Rule = Rule {
    id: RuleId("suspect"),
    group: Group::Life,
    severity: Severity::Warning,
    meaning: "A document that this one depends on has changed since this one was last approved or reviewed.",
    why: "A procedure written for the old policy may contradict the new one, and both are in force.",
    mend: "Look whether it still fits, change it if not, and record that with `clausebook review ID --by ROLE`.",
    example: "depends_on: [POL-CHG-001], which got a new version after the last review of this document",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    let document = subject.document;
    let life = context.assessment.life(subject.index);
    let Some(seen) = life.last_review.filter(|_| is_used(life.state)) else { return };
    for id in document.front().into_iter().flat_map(|front| &front.depends_on) {
        let Some(target) = context.handbook.lookup.by_id(&id.value).filter(|target| *target != subject.index) else { continue };
        let Some(changed) = last_change(context, target).filter(|changed| *changed > seen) else { continue };
        let target = context.handbook.document(target);
        let version = target.front().and_then(|front| front.version.as_ref());
        let version = version.map_or_else(String::new, |version| format!(" (version {})", version.value));
        let message = format!("{}{version} changed on {changed}, after this document was last reviewed on {seen}", id.value);
        faults.push(explain(Fault::new(RULE.id, document.place(id.span), message), target, context.assessment.clock.as_of));
    }
}

/// Whether people may work by a document in this state; what is being written is looked at anyway.
fn is_used(state: State) -> bool {
    matches!(state, State::Current | State::DueSoon | State::Overdue | State::Changed)
}

/// The day on which a document that was approved once last changed, as far as it says so.
fn last_change(context: &Context<'_>, index: DocumentIndex) -> Option<Date> {
    let life = context.assessment.life(index);
    let as_of = context.assessment.clock.as_of;
    let approved = life.approved.filter(|approved| *approved <= as_of && is_used(life.state))?;
    let changed = newest_change(context.handbook.document(index), as_of).and_then(|change| change.on.as_ref());
    Some(changed.map_or(approved, |on| on.value.max(approved)))
}

fn newest_change(document: &Document, as_of: Date) -> Option<&Change> {
    let dated = document.front()?.changes.iter().filter_map(|change| Some((change.on.as_ref()?.value, change)));
    // Of several on one day the first written wins: histories begin with the newest.
    dated.rev().filter(|(on, _)| *on <= as_of).max_by_key(|(on, _)| *on).map(|(_, change)| change)
}

fn explain(fault: Fault, target: &Document, as_of: Date) -> Fault {
    let change = newest_change(target, as_of);
    let Some((change, summary)) = change.and_then(|change| Some((change, change.summary.as_ref()?))) else {
        return fault.help("look whether this document still fits, then record that with `clausebook review`");
    };
    let help = format!("what changed: {}", summary.value.trim());
    fault.help(help).related(target.place(change.span), "is the newest entry of its history")
}
