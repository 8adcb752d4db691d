//! External documents: checks that the edition in use is still the latest.

use crate::date::Date;
use crate::handbook::{Document, ReviewRule};

/// The checks whether an external document's edition is the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EditionCheck {
    /// The day of the last check, or `None` if none is known on the date.
    pub(crate) last: Option<Date>,
    /// The day of the next check, if known.
    pub(crate) due: Option<Date>,
}

/// Returns the checks of an external document's edition as known on a day, or `None` for an internal document.
///
/// Checks are due as often as the document is reviewed. A day that the author set for the next review counts until a
/// check is made on or after it; after that day, the review itself is overdue.
pub(crate) fn edition_check(document: &Document, as_of: Date) -> Option<EditionCheck> {
    let front = document.front().filter(|_| document.is_controlled())?;
    if !front.has_key("issuer") && !front.has_key("edition") {
        return None;
    }
    let checked = front.checked.as_ref().filter(|_| !front.is_unclear("checked")).map(|day| day.value);
    let last = checked.filter(|day| *day <= as_of);
    let due = last.and_then(|last| match document.review {
        ReviewRule::Every(interval) => Some(last.plus(interval)),
        ReviewRule::Next(next) => Some(next).filter(|next| last < *next),
        ReviewRule::Never | ReviewRule::Unknown => None,
    });
    Some(EditionCheck { last, due })
}
