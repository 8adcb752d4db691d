//! What readers must know before they rely on a document, apart from what makes it suspect.

use super::change_needed::change_requests;
use super::suspect::{index_in_whole, is_used};
use crate::assess::{Assessed, State};
use crate::date::Date;
use crate::handbook::DocumentIndex;

/// A reason to ask before following a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caveat {
    /// A review found that the text must change, and no newer version has followed.
    ChangeNeeded(Date),
    /// A document that it depends on is retired; `None` if this edition does not show that document.
    Retired(Option<DocumentIndex>),
}

/// What readers of a document must know; for an edition, as assessed in the whole handbook.
pub(crate) fn caveats(assessed: &Assessed<'_>, index: DocumentIndex) -> Vec<Caveat> {
    let whole = assessed.whole();
    let Some(whole_index) = index_in_whole(assessed, index).filter(|one| is_used(whole.assessment.state(*one))) else {
        return Vec::new();
    };
    let document = whole.reading.handbook.document(whole_index);
    let mut caveats: Vec<Caveat> = Vec::new();
    let change_needed_on =
        change_requests(document, whole.assessment.clock.as_of).map(|(review, _)| review.date.value).max();
    caveats.extend(change_needed_on.map(Caveat::ChangeNeeded));
    let is_retired = |target: &&DocumentIndex| {
        let is_own = **target == whole_index || document.supersedes.contains(target);
        let target = **target;
        // A replaced document makes this one suspect, which is reported separately.
        let life = whole.assessment.life(target);
        !is_own && life.state == State::Retired && life.replaced.is_none()
    };
    let caveat_document = |target: &DocumentIndex| {
        let id = whole.reading.handbook.document(*target).id()?;
        assessed.reading.handbook.lookup.by_id(id)
    };
    caveats
        .extend(document.depends_on.iter().filter(is_retired).map(|target| Caveat::Retired(caveat_document(target))));
    caveats
}
