//! Reviews of risks, requirements and issues, which are due as often as the document that contains them.

use crate::date::{Date, Interval};
use crate::handbook::ReviewRule;

/// The review interval of entries if the type of their document is not reviewed.
const DEFAULT_INTERVAL: Interval = Interval::Months(12);

/// Returns the day by which an entry must be reviewed again, given its last review. Returns `None` if it was reviewed
/// on or after the day that the document names, if it was never reviewed and the document does not name a day, or if
/// the interval is not known.
pub(crate) fn next_entry_review(last: Option<Date>, rule: ReviewRule) -> Option<Date> {
    match rule {
        ReviewRule::Every(interval) => Some(last?.plus(interval)),
        ReviewRule::Never => Some(last?.plus(DEFAULT_INTERVAL)),
        ReviewRule::Next(next) => Some(next).filter(|next| last.is_none_or(|last| last < *next)),
        ReviewRule::Unknown => None,
    }
}
