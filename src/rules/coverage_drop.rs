//! Clauses with a worse verdict than before.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::COVERAGE_DROP,
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "A clause has a worse verdict than at the revision this check compares with.",
    why: "A change should not reduce coverage; an auditor who compares two editions will find the difference.",
    fix: "Restore the claim or the document that addressed the clause, or approve the document that now does.",
    example: "clause 8.6.1 was covered and is now missing",
    check: Check::Reading,
};
