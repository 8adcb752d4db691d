//! Internal audits for which nobody is named as auditor.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::placeholder::names_only_persons_or_roles;
use crate::register::{Audit, Kind};
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("audit-without-auditor"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An internal audit was held, and `auditors` does not name everyone who audited.",
    why: "Clause 9.2 requires impartial auditors. Nobody can judge the impartiality of an unknown auditor.",
    fix: "Name the roles that audited under `auditors`.",
    example: "held: 2026-09-08, auditors: [TBD]",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Audits) {
        let Some(audit) = Audit::from_entry(&placed_entry.entry).filter(|audit| audit.is_internal()) else { continue };
        if audit.held(as_of).is_none() {
            continue;
        }
        let record = &placed_entry.entry.record;
        let mut auditors = audit.auditors().map(|(auditor, _)| auditor).peekable();
        let is_empty = auditors.peek().is_none();
        let nobody = auditors.find(|auditor| !names_only_persons_or_roles(&auditor.value));
        let (span, problem) = match nobody {
            Some(nobody) => (nobody.span, format!("`{}` is not an auditor", clip(&nobody.value))),
            // Auditors that cannot be read are reported at their place.
            None if is_empty && !record.is_unclear("auditors") => {
                let key = if record.get("auditors").is_some() { "auditors" } else { "held" };
                (record.span_of(key), "no auditor is named".to_owned())
            }
            None => continue,
        };
        let message = format!("audit {} was held, and {problem}", placed_entry.id());
        let help = format!("name who audited: `clausebook set {} auditors=ROLE`", placed_entry.id());
        let problem = Problem::new(RULE.id, placed_entry.place(span), message);
        problems.push(problem.with_subject(placed_entry.id()).help(help));
    }
}
