//! Clauses of the main standard that are answered in part only.

use super::weak_claim::{Weakness, report};
use super::{Check, Group, Rule};
use crate::assess::Verdict;
use crate::finding::{RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("partial-only"),
    group: Group::Clauses,
    severity: Severity::Warning,
    meaning: "Only partial claims in force answer a clause of the main standard.",
    why: "Several parts need not make a whole; an auditor asks where the rest of the clause is answered.",
    mend: "Write the rest, then let the document that completes it claim the clause in full.",
    example: "clauses: [{clause: 8.6.3, extent: partial}], and no other document claims 8.6.3",
    check: Check::Handbook(|assessed, faults| {
        let weakness = Weakness {
            verdict: Verdict::Partial,
            is: "is answered in part only",
            help: "let the document that answers the rest claim it too, and one of them claim it in full",
        };
        report(assessed, RULE.id, weakness, faults);
    }),
};
