//! When entries are to be looked at again: risks, requirements and issues, as often as the document that owns them.

use crate::date::{Date, Interval};
use crate::handbook::ReviewRule;

/// How often they are looked at where the type of the document has no review.
const DEFAULT_INTERVAL: Interval = Interval::Months(12);

/// The day by which an entry is to be looked at again that was last looked at on a day. Nothing when that was done since the
/// day that the document names, when it was never done, or when nobody knows when.
pub(crate) fn next_revisit(last: Option<Date>, rule: ReviewRule) -> Option<Date> {
    match rule {
        ReviewRule::Every(interval) => Some(last?.plus(interval)),
        ReviewRule::Never => Some(last?.plus(DEFAULT_INTERVAL)),
        ReviewRule::Next(next) => Some(next).filter(|next| last.is_none_or(|last| last < *next)),
        ReviewRule::Unknown => None,
    }
}
