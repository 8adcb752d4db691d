//! Registers that cannot be read in full, and names that incompletely read entries may have.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::document::DocumentIndex;
use super::owners::RegisterClaimant;
use super::{PlacedEntry, Registers};
use crate::handbook::ParsedFile;
use crate::place::Place;
use crate::register::{BlockContent, Entry, KINDS, Kind, RegisterFile, is_table, possible_kinds};

/// A register of which some entries cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct UnreadRegister {
    /// The kinds of the entries that may be lost, in the table's order.
    pub(crate) kinds: Vec<Kind>,
    /// The file, with the first problem in it.
    pub(crate) place: Place,
    /// Whether the file does not exist.
    is_missing: bool,
}

/// The files that shown documents name as registers and that do not exist.
pub(super) fn missing_files(claimants: &BTreeMap<String, Vec<RegisterClaimant<'_>>>) -> Vec<UnreadRegister> {
    let is_shown = |claimants: &[RegisterClaimant<'_>]| claimants.iter().any(|claimant| claimant.index.is_some());
    let unread = |path: &String| UnreadRegister {
        kinds: possible_kinds(path),
        place: Place::file(path.as_str()),
        is_missing: true,
    };
    claimants.iter().filter(|(_, list)| is_shown(list)).map(|(path, _)| unread(path)).collect()
}

impl UnreadRegister {
    /// Whether any kind may be in the register, because nothing says which kinds it has.
    pub(crate) fn may_have_any(&self) -> bool {
        self.kinds.len() == KINDS.len()
    }

    fn from_file(file: &RegisterFile) -> Option<UnreadRegister> {
        let is_listed = |kind: &Kind| file.lists.iter().any(|(listed, _)| listed == kind);
        let mut kinds = file.unread_kinds.clone();
        kinds.sort_unstable();
        kinds.dedup();
        // The rest of a file may contain any kind, but usually continues what it began with.
        if kinds.iter().any(is_listed) {
            kinds.retain(is_listed);
        }
        let place = file.problems.iter().map(|problem| problem.place.clone()).min();
        let place = place.unwrap_or_else(|| Place::file(file.source.path().clone()));
        (!kinds.is_empty()).then_some(UnreadRegister { kinds, place, is_missing: false })
    }
}

impl Registers {
    /// Registers that cannot be read in full and that this edition shows.
    pub(crate) fn unread(&self) -> &[UnreadRegister] {
        &self.unread
    }

    /// Whether a kind has a register of its own whose file does not exist.
    pub(super) fn is_missing(&self, kind: Kind) -> bool {
        self.unread.iter().any(|file| file.is_missing && file.kinds == [kind])
    }

    /// Adds the registers that are not read in full to the missing ones, without kinds that this edition does not show.
    pub(super) fn add_unread_files(&mut self) {
        self.unread.extend(self.files.iter().filter_map(|(file, _)| UnreadRegister::from_file(file)));
        let shown = &self.kinds;
        self.unread.iter_mut().for_each(|file| file.kinds.retain(|kind| shown.contains(kind)));
        self.unread.retain(|file| !file.kinds.is_empty());
        let is_unclear = |placed: &PlacedEntry| {
            placed.entry.kind == Kind::Nonconformities && placed.entry.record.is_unclear("source")
        };
        self.has_unclear_sources = self.entries.iter().any(is_unclear);
        self.unread.sort_by(|a, b| a.place.cmp(&b.place));
    }

    /// Whether some entries of a kind may be lost.
    pub(crate) fn may_lack(&self, kind: Kind) -> bool {
        self.unread.iter().any(|file| file.kinds.contains(&kind))
    }

    /// Whether some findings of audits may be lost, or their sources may name other audits.
    pub(crate) fn may_lack_findings(&self) -> bool {
        self.has_unclear_sources || self.may_lack(Kind::Nonconformities)
    }

    /// The number of entries of a kind that could not be read at all, as far as they can be counted.
    pub(crate) fn unreadable_count(&self, kind: Kind) -> usize {
        self.files
            .iter()
            .flat_map(|(file, _)| &file.unread_kinds)
            .chain(&self.missing_kinds)
            .filter(|lost| **lost == kind)
            .count()
    }

    /// Whether a document owns a register with unreadable entries of the kind that a block shows.
    pub(crate) fn has_unreadable(&self, owner: DocumentIndex, content: BlockContent) -> bool {
        let own_files = self.files.iter().filter(|(_, document)| *document == owner);
        let mut lost = own_files.flat_map(|(file, _)| &file.unread_kinds);
        match content {
            BlockContent::Kind(kind) => lost.any(|lost| *lost == kind),
            BlockContent::Actions => lost.next().is_some(),
            BlockContent::Decisions => lost.any(|lost| *lost == Kind::ManagementReviews),
        }
    }

    /// Whether a name may be the ID or the title of an entry that could not be read: it is written as one in a register
    /// in which an entry of that kind is lost, or the content of such a register is unknown.
    pub(crate) fn may_have_lost(&self, kind: Kind, name: &str) -> bool {
        let has_unclear =
            |entry: &Entry| entry.kind == kind && ["id", "title"].iter().any(|key| entry.record.is_unclear(key));
        let is_broken = |file: &RegisterFile| {
            file.unread_kinds.contains(&kind) || file.entries.iter().any(|entry| has_unclear(entry))
        };
        self.missing_kinds.contains(&kind)
            || self.files.iter().any(|(file, _)| is_broken(file) && may_have_name(file, name.trim()))
    }
}

/// The paths of registers under a key that is most likely a misspelled `registers`.
pub(super) fn lost_registers<'a>(
    shown: &'a [Arc<ParsedFile>],
    withheld: &'a [Arc<ParsedFile>],
) -> impl Iterator<Item = &'a String> {
    let fronts = shown.iter().chain(withheld).filter_map(|file| file.front.as_ref());
    fronts.flat_map(|front| &front.lost_registers)
}

/// Whether a register may give a name to an entry. A register without text could not be read at all.
fn may_have_name(file: &RegisterFile, name: &str) -> bool {
    let text = file.source.as_str();
    let is_name = |at: usize| {
        let before = text[..at].trim_end_matches([' ', '"', '\'']);
        let key = before.strip_suffix(':').map(|key| key.trim_end_matches([' ', '"', '\'']));
        key.is_some_and(|key| key.ends_with("id") || key.ends_with("title"))
    };
    let mut positions = text.match_indices(name).map(|(at, _)| at);
    text.trim().is_empty()
        || if is_table(file.source.path()) { positions.next().is_some() } else { positions.any(is_name) }
}
