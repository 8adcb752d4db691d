//! The table of contents and revision history of a document, rendered like the components `toc` and `history`.

use super::escape::text;
use super::items::non_empty;
use super::layout::BuiltInRenderer;
use crate::site::model::{HistoryEntry, TocEntry};
use crate::site::theme::html::Html;

/// The approximate size of a heading or history entry in bytes.
const TYPICAL_LINE_BYTES: usize = 250;

impl BuiltInRenderer {
    /// Renders headings with their subheadings.
    pub(super) fn contents(entries: &[TocEntry]) -> Html {
        let mut out = String::with_capacity(entries.len() * TYPICAL_LINE_BYTES);
        for entry in entries {
            heading(&mut out, entry);
            if !entry.children.is_empty() {
                out.push_str("<ol>");
                for below in &entry.children {
                    heading(&mut out, below);
                    out.push_str("</li>");
                }
                out.push_str("</ol>");
            }
            out.push_str("</li>\n");
        }
        Html::new(&out)
    }

    /// Renders the rows of a revision history.
    pub(super) fn history(&self, entries: &[HistoryEntry]) -> Html {
        let mut out = String::with_capacity(entries.len() * TYPICAL_LINE_BYTES);
        for entry in entries {
            let on = entry.on.map(|day| self.days.date_element(day));
            let cells = [
                ("version", text(non_empty(entry.version.as_ref()).unwrap_or_default())),
                ("on", on.as_ref().map_or("", |day| day.as_str()).into()),
                ("by", text(non_empty(entry.by.as_ref()).unwrap_or_default())),
                ("summary", text(non_empty(entry.summary.as_ref()).unwrap_or_default())),
            ];
            out.push_str("<tr>");
            for (key, cell) in cells {
                out.extend(["<td data-label=\"", self.labels.history(key), "\">", &cell, "</td>"]);
            }
            out.push_str("</tr>\n");
        }
        Html::new(&out)
    }
}

/// Writes a list item without its end tag.
fn heading(out: &mut String, entry: &TocEntry) {
    out.extend(["<li><a href=\"#", &text(&entry.id), "\">", &text(&entry.text), "</a>"]);
}
