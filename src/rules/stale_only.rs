//! Clauses of the main standard that only overdue or changed documents address.

use super::weak_claim::{Weakness, report};
use super::{Check, Group, Rule};
use crate::assess::Verdict;
use crate::finding::{RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("stale-only"),
    group: Group::Clauses,
    severity: Severity::Warning,
    meaning: "Only documents that are overdue for review or have changed since approval address a clause of the main \
              standard.",
    why: "Nobody has confirmed that the document is still right, so the clause does not count as covered.",
    fix: "Review the document, then record the review with `clausebook review ID --by ROLE`. A text that has changed \
          since its approval needs a new one: `clausebook approve ID --by ROLE --version V --summary TEXT`.",
    example: "clause 8.6.3 is claimed only by a document whose review was due last month",
    check: Check::Handbook(|assessed, problems| {
        let weakness = Weakness {
            verdict: Verdict::Stale,
            phrase: "is addressed only by documents that are overdue or changed",
            help: "review {id}; it counts again once it is reviewed",
        };
        report(assessed, RULE.id, weakness, problems);
    }),
};
