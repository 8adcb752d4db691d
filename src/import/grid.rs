//! The columns that a table of Word declares: pandoc cuts its rows to these, so they are written as many as the widest row has.

use super::xml::attribute;

/// Most cells of a row that are counted.
const MAX_COLUMNS: usize = 1000;

/// A table whose rows are being counted.
#[derive(Debug)]
pub(super) struct Grid {
    /// Where its columns are declared, or where they could be, as an offset in what is written.
    at: usize,
    prefix: String,
    is_written: bool,
    /// How many columns it declares.
    columns: usize,
    /// How many cells the open row has.
    cells: usize,
    /// How many the open row leaves out before its first.
    before: usize,
    /// How many the widest row has.
    widest: usize,
}

impl Grid {
    /// The grid of a table that begins with this tag, when what is written ends behind it.
    pub(super) fn of(tag: &str, end: usize) -> Grid {
        let prefix = tag.strip_prefix('<').and_then(|tag| tag.split("tbl").next()).unwrap_or_default().to_owned();
        Grid { at: end, prefix, is_written: false, columns: 0, cells: 0, before: 0, widest: 0 }
    }

    /// Counts an element of its table that begins with this tag.
    pub(super) fn count(&mut self, element: &str, tag: &str) {
        let value = |name: &str| attribute(tag, name).and_then(|value| value.parse::<usize>().ok());
        match element {
            // One without a width is none for pandoc.
            "gridCol" => self.columns += usize::from(value("w").is_some()),
            "tr" => (self.cells, self.before) = (0, 0),
            "gridBefore" => self.before = value("val").unwrap_or(0).min(MAX_COLUMNS),
            "tc" => self.cells += 1,
            "gridSpan" => self.cells += value("val").unwrap_or(1).clamp(1, MAX_COLUMNS) - 1,
            _ => {}
        }
        self.widest = self.widest.max(self.cells.min(MAX_COLUMNS));
    }

    /// The cells that the open row leaves out, as empty ones; pandoc would move the others there.
    pub(super) fn skipped(&mut self) -> String {
        let before = std::mem::take(&mut self.before);
        self.cells += before;
        let prefix = &self.prefix;
        format!("<{prefix}tc><{prefix}p/></{prefix}tc>").repeat(before)
    }

    /// Says that the declaration ends here.
    pub(super) fn end(&mut self, at: usize) {
        (self.at, self.is_written) = (at, true);
    }

    /// The columns that are missing, and where they are written.
    pub(super) fn missing(&self) -> Option<(usize, String)> {
        let missing = self.widest.checked_sub(self.columns).filter(|missing| *missing > 0)?;
        let Grid { at, prefix, .. } = self;
        let columns = format!("<{prefix}gridCol {prefix}w=\"1000\"/>").repeat(missing);
        let whole = format!("<{prefix}tblGrid>{columns}</{prefix}tblGrid>");
        Some((*at, if self.is_written { columns } else { whole }))
    }
}
