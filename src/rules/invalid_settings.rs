//! Settings that cannot be used.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_SETTINGS,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "A setting in `clausebook.yaml` is unknown, has an invalid value, conflicts with another setting or \
              names a file that does not exist.",
    why: "A misspelt setting that is silently ignored is a check that never runs.",
    fix: "Write the setting as described in docs/settings.md; the finding suggests the closest name.",
    example: "standrads: [iso20000-1]",
    check: Check::Reading,
};
