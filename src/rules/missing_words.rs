//! Interface labels that are missing in the portal's language.

use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};

/// The rule's name, for the step that reads the theme's labels.
pub(crate) const MISSING_WORDS: RuleId = RuleId("missing-words");

pub(super) const RULE: Rule = Rule {
    id: MISSING_WORDS,
    group: Group::Handbook,
    severity: Severity::Note,
    meaning: "The language of the portal has no words for parts of the interface.",
    why: "Readers see English words among those of their own language.",
    fix: "Add the words to the file of the language in your theme; `themes/default/i18n/en.json` has them all in English.",
    example: "lang: fr, with a themes/own/i18n/fr.json that lacks `state.overdue`",
    check: Check::Reading,
};
