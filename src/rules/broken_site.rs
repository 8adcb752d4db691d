//! Links of the written site that lead nowhere.

use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};

/// The rule's name, for the step that looks at the written site.
pub(crate) const BROKEN_SITE: RuleId = RuleId("broken-site");

pub(super) const RULE: Rule = Rule {
    id: BROKEN_SITE,
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link, anchor or file that a page of the written site refers to is not in it, or is found on some servers only.",
    why: "Sources can be sound and a theme's template wrong: what readers get is the site.",
    mend: "Correct the template or style sheet of your theme that writes the address; without a theme of your own, report it to us.",
    example: "<a href=\"{{ root }}matrx.html\"> in themes/own/templates/base.html",
    check: Check::Reading,
};
