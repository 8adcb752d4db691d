//! The wording of what readers must know before they rely on a document.

use super::model::CaveatNote;
use super::portal::Portal;
use crate::handbook::DocumentIndex;
use crate::rules::Caveat;

impl Portal<'_> {
    /// What readers of a document must know; empty if this edition does not show figures.
    pub(super) fn caveat_notes(&self, index: DocumentIndex) -> Vec<CaveatNote> {
        if !self.shows_figures() {
            return Vec::new();
        }
        let say = |key: &str| self.labels.text(key).to_owned();
        let note = |caveat: Caveat| match caveat {
            Caveat::ChangeNeeded(on) => {
                CaveatNote::from_text(self.labels.fill("document.change_needed", &[("date", &self.labels.day(on))]))
            }
            Caveat::Retired(Some(target)) => CaveatNote {
                document: Some(self.document_link(target)),
                ..CaveatNote::from_text(say("document.dependency_retired"))
            },
            Caveat::Retired(None) => CaveatNote::from_text(say("document.dependency_retired_unseen")),
        };
        crate::rules::caveats(&self.assessed(), index).into_iter().map(note).collect()
    }
}
