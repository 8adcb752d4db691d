//! Clauses of the main standard that only documents not yet in force address.

use super::weak_claim::{Weakness, report};
use super::{Check, Group, Rule};
use crate::assess::Verdict;
use crate::finding::{RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("draft-only"),
    group: Group::Clauses,
    severity: Severity::Warning,
    meaning: "Only documents that are not yet in force address a clause of the main standard.",
    why: "Nobody has to follow a draft. The clause is not covered until the document is approved and effective.",
    fix: "Finish the document and get it approved.",
    example: "clause 8.6.3 is claimed only by a document with status: draft",
    check: Check::Handbook(|assessed, problems| {
        let weakness = Weakness {
            verdict: Verdict::Draft,
            phrase: "is addressed only by documents that are not yet in force",
            help: "approve {id}; it counts once it is approved and effective",
        };
        report(assessed, RULE.id, weakness, problems);
    }),
};
