//! Raw HTML outside the safe set.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::RAW_HTML_REMOVED,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "HTML that is not on the safe list was removed from the page.",
    why: "A reader of the portal does not see what the author of the source sees.",
    mend: "Write it in Markdown; details, summary, br, kbd, sub, sup, abbr and tables with colspan may stay.",
    example: "<font color=\"red\">urgent</font>",
    check: Check::Reading,
};
