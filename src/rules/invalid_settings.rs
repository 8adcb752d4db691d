//! Settings that cannot be used.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_SETTINGS,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "A setting in `clausebook.yaml` is unknown, has a value of the wrong kind, contradicts another, or names a file that is not there.",
    why: "A misspelt setting that is passed over in silence is a gate that was never switched on.",
    mend: "Write the setting as docs/settings.md describes it; the finding names the nearest one.",
    example: "standrads: [iso20000-1]",
    check: Check::Reading,
};
