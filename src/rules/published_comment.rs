//! Comments that do not hide their text.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::PUBLISHED_COMMENT,
    group: Group::Text,
    severity: Severity::Error,
    meaning: "A comment begins within a paragraph or another block and continues beyond its end, or is not written in the form of a comment, so its text is on the page.",
    why: "Readers follow a text that its author took out. Clausebook does not count it: a claim backed only by it covers nothing.",
    fix: "Begin a line with `<!--`, outside any other block, and end the comment with `-->`; or remove the text. A \
          comment written as `[//]: # (words)` needs an empty line above it, and contains no other brackets.",
    example: "The desk answers. <!-- not agreed yet, then an empty line",
    check: Check::Reading,
};
