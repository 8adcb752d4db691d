//! Front matter that cannot be read.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_FRONT_MATTER,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The front matter is not a YAML mapping, repeats a key or has an invalid value.",
    why: "Clausebook ignores what it cannot read, so the document may count for less than its author expects.",
    fix: "Write the value as described in docs/front-matter.md.",
    example: "owner: [Service manager, Change manager]",
    check: Check::Reading,
};
