//! Broken links in the written site.

use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};

/// The rule's name, for the step that inspects the written site.
pub(crate) const BROKEN_SITE: RuleId = RuleId("broken-site");

pub(super) const RULE: Rule = Rule {
    id: BROKEN_SITE,
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A page of the portal refers to a link target, anchor or file that is not in the portal, or that works \
              only on some servers; or the theme writes what the portal's content security policy forbids.",
    why: "Even if every document is right, a template in the theme can be wrong, and readers see the result.",
    fix: "Correct the template or style sheet in your theme that writes the address. If you have no custom theme, \
          report the problem to us.",
    example: "<a href=\"{{ root }}matrx.html\"> in themes/own/templates/base.html",
    check: Check::Reading,
};
