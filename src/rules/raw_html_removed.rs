//! Raw HTML outside the safe set.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::RAW_HTML_REMOVED,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "HTML was left out of the page, because it could do something, or cannot stand where it does. Each kind is reported once for each document.",
    why: "A reader of the portal does not see what the author of the source sees.",
    mend: "Write it in Markdown, or remove it. HTML passes as on GitHub: text, lists, tables, links, images and layout, but no scripts, styles, forms and frames.",
    example: "<button>Call the desk</button>",
    check: Check::Reading,
};
