//! Names that incompletely read entries may have.

use std::sync::Arc;

use super::Registers;
use crate::handbook::ParsedFile;
use crate::register::{Entry, Kind, RegisterFile, is_table};

impl Registers {
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
