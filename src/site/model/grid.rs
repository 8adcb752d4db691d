//! Tables of entries, checklists and marks, as the pages of registers share them.

use std::sync::OnceLock;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Html;
use super::common::Link;
use crate::date::Date;

/// How a mark looks: its colour and its shape, by the names of states that the style sheets know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Done, or as it should be.
    Current,
    /// A day comes near.
    DueSoon,
    /// A day has passed.
    Overdue,
    /// Not done, and nothing is wrong with that.
    #[default]
    Open,
    /// Planned.
    Future,
    /// Done, and somebody still has to look at it.
    InReview,
    /// Dropped, or never.
    Retired,
}

impl Tone {
    /// The word that style sheets know.
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

/// A state in words, with its shape and colour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// How it looks.
    pub tone: Tone,
    /// The word.
    pub word: String,
}

/// How many of something there are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Count {
    /// The number.
    pub number: usize,
    /// What is counted.
    pub mark: Mark,
}

/// A table of entries.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// What it shows, for people who do not see it.
    pub label: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// The entries.
    pub rows: Vec<GridRow>,
    /// How many more there are.
    pub more: usize,
    /// The rows as our theme lays them out: templates get these instead, once they are there.
    pub laid_out: OnceLock<Html>,
}

impl Serialize for Grid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Grid { label, columns, rows, more, laid_out } = self;
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
    /// The same with no more than its first rows.
    pub(crate) fn at_most(mut self, rows: usize) -> Grid {
        self.more += self.rows.len().saturating_sub(rows);
        self.rows.truncate(rows);
        self
    }

    /// The same without columns in which no row says anything.
    pub(crate) fn without_empty_columns(mut self) -> Grid {
        let says = |at: usize| self.rows.iter().any(|row| row.cells.get(at).is_none_or(|cell| !cell.is_empty()));
        let kept: Vec<bool> = (0..self.columns.len()).map(|at| self.rows.is_empty() || says(at)).collect();
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

/// An entry of a table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GridRow {
    /// Its anchor; empty for none.
    pub id: String,
    /// One cell for each column.
    pub cells: Vec<GridCell>,
}

/// What a table says of an entry; whatever is empty is left out, and no template has to be given it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GridCell {
    /// Words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Where the words lead.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Whether the words are a code that stays on one line.
    #[serde(skip_serializing_if = "is_false")]
    pub code: bool,
    /// A day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The last day of a range that begins with the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// A state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Other pages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// A second line in small letters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// A remark in small letters, with its links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<Html>,
    /// How much of the time has been used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<Ageing>,
    /// Values of an indicator as a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<ValueLine>,
}

impl GridCell {
    /// Whether it has nothing but words, with a second line or without, as most cells.
    pub(crate) fn is_plain(&self) -> bool {
        let GridCell { text: _, url, code, day, until: _, mark, links, note: _, remark, age, line } = self;
        let has_picture = age.is_some() || line.is_some();
        let has_more = mark.is_some() || !links.is_empty() || remark.is_some() || has_picture;
        url.is_empty() && !code && day.is_none() && !has_more
    }

    /// Whether it says nothing.
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

/// The values of an indicator as a small picture, 120 wide and 32 high.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ValueLine {
    /// The same in words.
    pub words: String,
    /// The line from value to value, as the points of a polyline.
    pub points: String,
    /// Each value: where it is, and whether it meets the target.
    pub values: Vec<LineValue>,
    /// How high the limits of the target are.
    pub targets: Vec<i64>,
}

/// A value in a small picture.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LineValue {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// Whether it meets the target.
    pub met: bool,
}

/// Risks by likelihood and impact.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RiskPicture {
    /// Before and after treatment.
    pub grids: Vec<RiskGrid>,
    /// The highest likelihood.
    pub likelihood: u16,
    /// The highest impact.
    pub impact: u16,
    /// The levels with their words, from the lowest.
    pub levels: Vec<(String, String)>,
}

/// Risks at one time.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RiskGrid {
    /// Which time; a few words.
    pub title: String,
    /// The same as a sentence, for people who do not see it.
    pub words: String,
    /// Its cells.
    pub cells: Vec<RiskCell>,
}

/// A cell of a picture of risks.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RiskCell {
    /// Its column from 0.
    pub x: u16,
    /// Its row from 0, the highest likelihood first.
    pub y: u16,
    /// `low`, `medium` or `high`.
    pub level: String,
    /// How many risks are in it.
    pub count: usize,
    /// Likelihood, impact, level and the risks, in words.
    pub title: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// How long something has been open, beside the time that it was given.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Ageing {
    /// How it stands.
    pub tone: Tone,
    /// The same in words.
    pub words: String,
    /// Days used, in hundredths of the picture's width.
    pub used: i64,
    /// Days given, likewise.
    pub given: i64,
    /// The limit of its grade, likewise.
    pub limit: Option<i64>,
}

/// A checklist that the handbook derives.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Checklist {
    /// What it is for.
    pub title: String,
    /// The result.
    pub mark: Mark,
    /// How many lines pass, fail and are not due yet; one sentence.
    pub sentence: String,
    /// The lines.
    pub lines: Vec<CheckLine>,
}

/// A line of a checklist.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CheckLine {
    /// How it stands.
    pub mark: Mark,
    /// What is checked.
    pub title: String,
    /// The figure beside it.
    pub figure: String,
    /// What is missing, and what would bring it.
    pub text: String,
    /// Where to see it.
    pub links: Vec<Link>,
}
