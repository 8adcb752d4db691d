//! Clauses that are worse than before.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::COVERAGE_DROP,
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "A clause is worse than at the revision that this check compares with.",
    why: "What was covered before a change should be covered after it; an auditor finds the difference between two editions.",
    mend: "Restore the claim or the document that answered the clause, or approve the one that now does.",
    example: "clause 8.6.1 was covered and is now missing",
    check: Check::Reading,
};
