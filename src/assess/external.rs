//! Documents that somebody else issues: whether their edition is still the latest.

use crate::date::Date;
use crate::handbook::{Document, ReviewRule};

/// When somebody looks whether the edition of an external document is the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EditionCheck {
    /// The last time; nothing when that is not known on the date.
    pub(crate) last: Option<Date>,
    /// The next time; nothing when that is not known.
    pub(crate) due: Option<Date>,
}

/// The checks of an external document's edition as known on a day; nothing for a document of our own.
///
/// They are due as often as the document is reviewed. A day that its author set for the next review counts until it has
/// been checked on that day or later: after it, the review itself is overdue.
pub(crate) fn edition_check(document: &Document, as_of: Date) -> Option<EditionCheck> {
    let front = document.front().filter(|_| document.is_controlled())?;
    if !front.has_key("issuer") && !front.has_key("edition") {
        return None;
    }
    let written = front.checked.as_ref().filter(|_| !front.is_unclear("checked")).map(|day| day.value);
    let last = written.filter(|day| *day <= as_of);
    let due = last.and_then(|last| match document.review {
        ReviewRule::Every(interval) => Some(last.plus(interval)),
        ReviewRule::Next(next) => Some(next).filter(|next| last < *next),
        ReviewRule::Never | ReviewRule::Unknown => None,
    });
    Some(EditionCheck { last, due })
}
