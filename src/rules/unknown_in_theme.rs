//! Labels and files of a custom theme that the portal does not know.

use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};

/// The rule's name, for the step that reads the theme.
pub(crate) const UNKNOWN_IN_THEME: RuleId = RuleId("unknown-in-theme");

pub(super) const RULE: Rule = Rule {
    id: UNKNOWN_IN_THEME,
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "Nothing uses a word, a place such as `{n}` in a word, or a file of the handbook's own theme; or a word lacks such a place.",
    why: "The portal looks as if the change had never been made, or shows a sentence without its number.",
    fix: "Correct the name; `themes/default/` has all files, and `i18n/en.json` there all words.",
    example: "themes/own/templates/hom.html, or `\"stat\": {\"overdue\": \"Late\"}` in themes/own/i18n/en.json",
    check: Check::Reading,
};
