//! A file or folder that cannot be read.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNREADABLE_SOURCE,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "Something in the content folder cannot be read, is not a regular file or folder, or is a submodule that was \
              not fetched.",
    why: "An unreadable file would be left out of the handbook without anyone noticing.",
    fix: "Make it a readable UTF-8 file inside the handbook, or remove it. Fetch a submodule before you check: \
          `git submodule update --init`.",
    example: "content/policy.md is a symbolic link that leads out of the handbook",
    check: Check::Reading,
};
