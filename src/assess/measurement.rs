//! The newest value of an indicator or objective, with its target.

use super::find_indicator;
use crate::date::Date;
use crate::handbook::Reading;
use crate::register::{Entry, Indicator, MeasuredPeriod, Objective, Target, format_figure};

/// What has been measured of an indicator or objective.
#[derive(Clone, Debug)]
pub(crate) struct Measurement {
    /// The newest value with its unit, and its period.
    pub(crate) newest: Option<(String, MeasuredPeriod)>,
    /// The target, if it can be read.
    pub(crate) target: Option<Target>,
}

impl Measurement {
    /// The newest measurement of an entry by a day; `None` for other kinds of entries.
    pub(crate) fn newest(reading: &Reading, entry: &Entry, as_of: Date) -> Option<Measurement> {
        let (values, target) = match (Objective::from_entry(entry), Indicator::from_entry(entry)) {
            (Some(objective), _) => {
                let indicator = find_indicator(reading, objective);
                (objective.values(indicator, as_of), objective.target(indicator))
            }
            (None, indicator) => {
                let indicator = indicator?;
                (indicator.values(as_of), indicator.target())
            }
        };
        let unit = target.as_ref().map_or("", |target| target.unit.as_str());
        let newest = values.last().map(|(period, value)| (format_figure(*value, unit), *period));
        Some(Measurement { newest, target })
    }
}
