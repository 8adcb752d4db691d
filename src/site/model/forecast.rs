//! A forecast of coverage if nobody acts, as a picture and a table.

use serde::Serialize;

use super::common::{DocumentLink, Shared};
use crate::date::Date;

/// The forecast for the next twelve months. The picture has a width of 360; its lines are between 34 and 354 from the
/// left, and between 12 and 112 from the top.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ForecastPicture {
    /// The number of covered clauses, as a stepped line.
    pub units: String,
    /// The number of required items provided, as a stepped line.
    pub items: String,
    /// The number of days in the picture.
    pub days: i32,
    /// The first day of every third month, with its position from the left.
    pub ticks: Vec<(f64, Date)>,
    /// The table.
    pub months: Vec<ForecastMonth>,
}

/// A row of the forecast's table.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastMonth {
    /// The date.
    pub on: Date,
    /// The number of coverage units covered on that day.
    pub units_covered: usize,
    /// The number of all coverage units.
    pub units: usize,
    /// The number of required items provided on that day.
    pub items_provided: usize,
    /// The number of required items needed.
    pub items: usize,
    /// Documents that cease to be in force between the previous row and this one; up to 3.
    pub lapses: Vec<Shared<DocumentLink>>,
    /// The number of further such documents.
    pub more: usize,
}
