//! What becomes of coverage if nothing is done, as a picture and a table.

use serde::Serialize;

use super::common::{DocumentLink, Shared};
use crate::date::Date;

/// The next twelve months. The picture is 360 wide; its lines stand between 34 and 354, and between 12 and 112 from the top.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ForecastPicture {
    /// Clauses covered, as the steps of a line.
    pub units: String,
    /// Required items provided, likewise.
    pub items: String,
    /// How many days it shows.
    pub days: i32,
    /// Firsts of months with their places from the left, every third one.
    pub ticks: Vec<(f64, Date)>,
    /// The table.
    pub months: Vec<ForecastMonth>,
}

/// A row of the table.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastMonth {
    /// The day.
    pub on: Date,
    /// Coverage units covered on that day.
    pub units_covered: usize,
    /// Of how many.
    pub units: usize,
    /// Required items provided on that day.
    pub items_provided: usize,
    /// Of how many.
    pub items: usize,
    /// Documents that lapse since the row before; at most 3.
    pub lapses: Vec<Shared<DocumentLink>>,
    /// How many more lapse.
    pub more: usize,
}
