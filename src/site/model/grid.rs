//! Tables of entries, checklists and marks, shared by the pages of registers.

use std::sync::OnceLock;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Html;
use super::common::Link;
use crate::date::Date;

/// The colour and shape of a mark, named after the states in the style sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Done, or as required.
    Current,
    /// Due soon.
    DueSoon,
    /// Past its date.
    Overdue,
    /// Not done, but not late.
    #[default]
    Open,
    /// Planned.
    Future,
    /// Done, but still to be checked.
    InReview,
    /// Rejected, retired or merely recorded.
    Retired,
}

impl Tone {
    /// The name used in style sheets.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Tone::Current => "current",
            Tone::DueSoon => "due-soon",
            Tone::Overdue => "overdue",
            Tone::Open => "open",
            Tone::Future => "future",
            Tone::InReview => "in-review",
            Tone::Retired => "retired",
        }
    }
}

/// A state as a word with a shape and colour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// The shape and colour.
    pub tone: Tone,
    /// The word.
    pub word: String,
}

/// A number of items of one kind.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Count {
    /// The number.
    pub number: usize,
    /// The kind.
    pub mark: Mark,
    /// The URL of the first of them; empty if there is no link.
    pub url: String,
}

/// A table of entries.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// A label for screen readers.
    pub label: String,
    /// The column headings.
    pub columns: Vec<String>,
    /// The entries.
    pub rows: Vec<GridRow>,
    /// The number of further entries.
    pub hidden_count: usize,
    /// The rows as rendered by the built-in theme; once set, templates receive them instead of `rows`.
    pub rendered_rows: OnceLock<Html>,
}

impl Serialize for Grid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Grid { label, columns, rows, hidden_count: more, rendered_rows: laid_out } = self;
        let mut fields = serializer.serialize_struct("Grid", 4)?;
        fields.serialize_field("label", label)?;
        fields.serialize_field("columns", columns)?;
        match laid_out.get() {
            Some(laid_out) => fields.serialize_field("rows", laid_out)?,
            None => fields.serialize_field("rows", rows)?,
        }
        fields.serialize_field("more", more)?;
        fields.end()
    }
}

impl Grid {
    /// Keeps at most the first `rows` rows and counts the others in `hidden_count`.
    pub(crate) fn at_most(mut self, rows: usize) -> Grid {
        self.hidden_count += self.rows.len().saturating_sub(rows);
        self.rows.truncate(rows);
        self
    }

    /// Removes columns without content.
    pub(crate) fn without_empty_columns(mut self) -> Grid {
        let has_content = |at: usize| self.rows.iter().any(|row| row.cells.get(at).is_none_or(|cell| !cell.is_empty()));
        let kept: Vec<bool> = (0..self.columns.len()).map(|at| self.rows.is_empty() || has_content(at)).collect();
        if kept.contains(&false) {
            let is_kept = |at: &mut usize| kept.get(std::mem::replace(at, *at + 1)).copied().unwrap_or(true);
            let mut at = 0;
            self.columns.retain(|_| is_kept(&mut at));
            for row in &mut self.rows {
                let mut at = 0;
                row.cells.retain(|_| is_kept(&mut at));
            }
        }
        self
    }
}

/// A row for an entry.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GridRow {
    /// The row's anchor; empty if it has none.
    pub id: String,
    /// One cell per column.
    pub cells: Vec<GridCell>,
}

/// A cell of a row. Empty fields are not serialized.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GridCell {
    /// The text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The link of the text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Whether the text is an identifier that must not wrap.
    #[serde(skip_serializing_if = "is_false")]
    pub code: bool,
    /// A date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The last day of a period that starts on `day`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// A state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Links to other pages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// A second line in small print.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// A note in small print, with its links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<Html>,
    /// The share of the allowed time that has been used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<AgeMeter>,
    /// The values of an indicator as a line chart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<ValueLine>,
}

impl GridCell {
    /// Whether it contains only text, as most cells do, with or without a second line.
    pub(crate) fn is_plain(&self) -> bool {
        let GridCell { text: _, url, code, day, until: _, mark, links, note: _, remark, age, line } = self;
        let has_picture = age.is_some() || line.is_some();
        let has_more = mark.is_some() || !links.is_empty() || remark.is_some() || has_picture;
        url.is_empty() && !code && day.is_none() && !has_more
    }

    /// Whether it is empty.
    fn is_empty(&self) -> bool {
        let GridCell { text, url: _, code: _, day, until: _, mark, links, note, remark, age, line } = self;
        let has_picture = age.is_some() || line.is_some();
        text.is_empty()
            && note.is_empty()
            && links.is_empty()
            && day.is_none()
            && mark.is_none()
            && remark.is_none()
            && !has_picture
    }
}

/// The values of an indicator as a small line chart, with a width of 120 and a height of 32.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ValueLine {
    /// The values in words.
    pub words: String,
    /// The points of the polyline.
    pub points: String,
    /// The position of each value, and whether it meets the target.
    pub values: Vec<LineValue>,
    /// The vertical positions of the target's limits.
    pub targets: Vec<i64>,
}

/// A value in the chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LineValue {
    /// The distance from the left.
    pub x: i64,
    /// The distance from the top.
    pub y: i64,
    /// Whether it meets the target.
    pub met: bool,
}

/// A picture of risks by likelihood and impact.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RiskPicture {
    /// The grids before and after treatment.
    pub grids: Vec<RiskGrid>,
    /// The highest possible likelihood.
    pub likelihood: u16,
    /// The highest possible impact.
    pub impact: u16,
    /// The levels and their labels, lowest first.
    pub levels: Vec<(String, String)>,
}

/// A grid of the risks before or after treatment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RiskGrid {
    /// The title.
    pub title: String,
    /// A description for screen readers.
    pub words: String,
    /// The cells.
    pub cells: Vec<RiskCell>,
}

/// A cell of the grid.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RiskCell {
    /// The column, from 0.
    pub x: u16,
    /// The row, from 0 for the highest likelihood.
    pub y: u16,
    /// `low`, `medium` or `high`.
    pub level: String,
    /// The number of risks in it.
    pub count: usize,
    /// The likelihood, impact, level and risks, in words.
    pub title: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// How long something has been open, compared with the time allowed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AgeMeter {
    /// The shape and colour of the state.
    pub tone: Tone,
    /// The comparison in words.
    pub words: String,
    /// The days used, in hundredths of the picture's width.
    pub used: i64,
    /// The days allowed, in hundredths of the picture's width.
    pub given: i64,
    /// The limit for its grade, in hundredths of the picture's width.
    pub limit: Option<i64>,
}

/// A checklist derived from the handbook.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checklist {
    /// The title.
    pub title: String,
    /// The result.
    pub mark: Mark,
    /// The number of lines that pass, fail or are not due yet, in one sentence.
    pub sentence: String,
    /// The lines.
    pub lines: Vec<CheckLine>,
}

/// A check and its result.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CheckLine {
    /// The result.
    pub mark: Mark,
    /// The requirement that is checked.
    pub title: String,
    /// The figure shown with it.
    pub figure: String,
    /// What is missing and how to obtain it.
    pub text: String,
    /// Links to open items, to entries that will resolve them, and to the page with all details.
    pub links: Vec<Link>,
}
