//! When risks are to be scored again.

use crate::date::{Date, Interval};
use crate::handbook::{PlacedEntry, Reading, ReviewRule};
use crate::register::Risk;

/// How often risks are scored where the document that owns them has no interval of review.
const SCORED_EVERY: Interval = Interval::Months(12);

/// How often the entries of a register are looked at: as often as the document that owns it is reviewed.
pub(crate) fn looked_at_every(reading: &Reading, placed: &PlacedEntry) -> Interval {
    match reading.handbook.document(placed.owner).review {
        ReviewRule::Every(interval) => interval,
        _ => SCORED_EVERY,
    }
}

/// The day by which a risk is to be scored again; nothing for an opportunity, and for a risk that was never scored.
pub(crate) fn scoring_due(reading: &Reading, placed: &PlacedEntry, risk: Risk<'_>, as_of: Date) -> Option<Date> {
    let scored = risk.scored(as_of).filter(|_| !risk.is_opportunity())?;
    Some(scored.plus(looked_at_every(reading, placed)))
}
