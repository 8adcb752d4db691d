//! Raw HTML outside the safe set.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::RAW_HTML_REMOVED,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "HTML was removed from the page because it is active or not allowed in its place. Each kind is reported \
              once for each document.",
    why: "Readers of the portal do not see what the author wrote.",
    fix: "Write it in Markdown, or remove it. The same HTML is allowed as on GitHub: text, lists, tables, links, \
          images and layout, but no scripts, styles, forms or frames.",
    example: "<button>Call the desk</button>",
    check: Check::Reading,
};
