//! Front matter that cannot be read.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_FRONT_MATTER,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The front matter is no YAML mapping, has a key twice, or holds a value of the wrong kind.",
    why: "What cannot be read is not known: the document counts for less than its author believes.",
    mend: "Write the value as docs/front-matter.md describes it.",
    example: "owner: [Service manager, Change manager]",
    check: Check::Reading,
};
