//! Clauses of the main standard that are only partly addressed.

use super::weak_claim::{Weakness, report};
use super::{Check, Group, Rule};
use crate::assess::Verdict;
use crate::finding::{RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("partial-only"),
    group: Group::Clauses,
    severity: Severity::Warning,
    meaning: "Documents in force address a clause of the main standard only in part.",
    why: "Several partial documents may still leave a gap; an auditor will ask where the rest is addressed.",
    fix: "Write what is missing, then claim the clause in full in the document that completes it.",
    example: "clauses: [{clause: 8.6.3, extent: partial}], and no other document claims 8.6.3",
    check: Check::Handbook(|assessed, problems| {
        let weakness = Weakness {
            verdict: Verdict::Partial,
            phrase: "is addressed only in part",
            help: "claim it in the document that addresses the rest too, and in full in one of them",
        };
        report(assessed, RULE.id, weakness, problems);
    }),
};
