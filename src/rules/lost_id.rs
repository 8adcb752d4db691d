//! IDs that the handbook no longer has.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::LOST_ID,
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "A document ID exists at the revision this check compares with, and no document has it now. Reported as a \
              warning if the document was a draft or retired.",
    why: "An ID identifies a document permanently (7.5.2). Records, tickets and contracts that name a lost ID no longer \
          lead to a document.",
    fix: "Write the old ID in the renamed file, or restore the document and set its status to retired.",
    example: "a file renamed from incidents.md to incident-policy.md while `id: from-file` is set",
    check: Check::Reading,
};
