//! Notes of entries as pages show them.

use std::sync::LazyLock;

use super::inline::InlineLinks;
use super::model::Html;
use super::portal::Portal;
use crate::handbook::{EntryIndex, paragraph};
use crate::html::escape_text;
use crate::url::SitePath;

/// A page at the site's root, for content that any page there may show.
pub(super) static PAGE_AT_ROOT: LazyLock<SitePath> = LazyLock::new(|| SitePath::page("404"));

impl Portal<'_> {
    /// The note of an entry as HTML, with links relative to a page.
    pub(super) fn entry_note(&self, index: EntryIndex, page: &SitePath) -> Option<Html> {
        let mut html = String::new();
        self.write_note(&mut html, index, page);
        (!html.is_empty()).then(|| Html::new(&html))
    }

    /// The note of an entry for tables on any page at the site's root; notes contain no links within the page.
    pub(super) fn entry_note_at_root(&self, index: EntryIndex) -> Option<Html> {
        self.entry_note(index, &PAGE_AT_ROOT)
    }

    /// Writes the note of an entry, if it has one. A note that is not a single line is written as plain text.
    pub(super) fn write_note(&self, out: &mut String, index: EntryIndex, page: &SitePath) {
        let placed_entry = self.entry(index);
        let Some(note) = placed_entry.note.as_deref() else { return };
        if !note.is_line {
            return escape_text(out, placed_entry.entry.record.text("note").unwrap_or_default());
        }
        let inline = InlineLinks {
            portal: self,
            page,
            links: &note.body.links,
            destinations: &note.links,
            mentions: &note.mentions,
            document: None,
            standalone_images: Vec::new(),
        };
        let mut html = String::new();
        note.body.html.render(&mut html, |out, fill| inline.fill(out, fill));
        out.push_str(paragraph(&html).unwrap_or_default());
    }
}
