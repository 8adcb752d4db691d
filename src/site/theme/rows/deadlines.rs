//! Lists of deadlines, rendered like the component `deadlines`.

use super::escape::text;
use super::items::Writer;
use super::layout::BuiltInRenderer;
use crate::site::model::DeadlineRow;
use crate::site::theme::html::Html;

/// The approximate size of a row in bytes.
const TYPICAL_ROW_BYTES: usize = 400;

impl BuiltInRenderer {
    /// Renders the rows of a list on a page with the relative path `root` to the site's root.
    pub(super) fn deadlines(&self, rows: &[DeadlineRow], root: &str) -> Html {
        let out = String::with_capacity(rows.len() * TYPICAL_ROW_BYTES);
        let mut writer = Writer { layout: self, root: &text(root), out };
        rows.iter().for_each(|row| writer.deadline(row));
        Html::new(&writer.out)
    }
}

impl Writer<'_> {
    fn deadline(&mut self, row: &DeadlineRow) {
        self.out.push_str("<li><span class=\"when\">");
        match row.on {
            Some(day) => self.day(day),
            None => self.out.push_str(&text(&row.no_day)),
        }
        self.out.extend(["</span> <span><span class=\"mark\" data-state=\"", row.mark.tone.as_str()]);
        self.out.extend(["\"><span class=\"hush\">", &text(&row.mark.word), ": </span></span>"]);
        self.out.extend([&text(&row.kind.name), ": "]);
        self.link(&row.text, &row.url);
        self.out.push_str("</span>");
        if !row.people.is_empty() {
            self.out.push_str(" <span class=\"owner\">");
            self.separated(&row.people, |writer, person| writer.person(person));
            self.out.push_str("</span>");
        }
        self.out.push_str("</li>");
    }
}
