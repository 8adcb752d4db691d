//! The entries of registers that name a document, rendered like the component `naming`.

use super::escape::text;
use super::layout::BuiltInRenderer;
use crate::site::model::{Grid, NamingEntries};
use crate::site::theme::html::Html;

/// The approximate size of the section in bytes, without its rows.
const TYPICAL_SECTION_BYTES: usize = 1024;
/// The approximate size of a completed entry in bytes.
const TYPICAL_ENTRY_BYTES: usize = 150;

impl BuiltInRenderer {
    /// Renders the section on a page with the relative path `root` to the site's root; `None` if there is no section,
    /// or if entries are omitted: only the template writes how many.
    pub(super) fn naming(&self, naming: Option<&NamingEntries>, root: &str) -> Option<Html> {
        let naming = naming.filter(|naming| naming.more == 0 && naming.more_completed == 0)?;
        let NamingEntries { entries, completed, as_of, .. } = naming;
        let rows = if entries.rows.is_empty() { "" } else { self.table(entries, root).as_str() };
        let size = TYPICAL_SECTION_BYTES + rows.len() + completed.len() * TYPICAL_ENTRY_BYTES;
        let mut out = String::with_capacity(size);
        out.extend(["<section class=\"part\" id=\"entries\" data-day=\"build\"><h2>", &text(&entries.label)]);
        let as_of = self.labels.build_day().replace("{date}", &self.days.markup(*as_of, true));
        out.extend(["</h2><p class=\"fine\">", &as_of, "</p>"]);
        if !rows.is_empty() {
            table(&mut out, entries, rows);
        }
        if !completed.is_empty() {
            let root = text(root);
            out.extend(["<p>", self.labels.completed(), "</p><ul class=\"plain\">"]);
            for (link, title) in completed {
                out.extend(["<li><a class=\"id\" href=\"", &root, &text(&link.url), "\">", &text(&link.text)]);
                out.extend(["</a> ", &text(title), "</li>"]);
            }
            out.push_str("</ul>");
        }
        out.push_str("</section>");
        Some(Html::new(&out))
    }
}

/// Writes a table with its rendered rows, like the component `grid`.
fn table(out: &mut String, grid: &Grid, rows: &str) {
    out.extend(["<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"", &text(&grid.label), "\">"]);
    out.push_str("<table class=\"cards entries\"><thead><tr>");
    for column in &grid.columns {
        out.extend(["<th scope=\"col\">", &text(column), "</th>"]);
    }
    out.extend(["</tr></thead><tbody>\n", rows, "</tbody></table></div>"]);
}
