//! The lines above a clause as a source of its owner: a heading or item that only names a standard, or the sentence
//! that introduces a list of clauses.

use super::fold::fold;
use super::label::{document_owner, names_contract, standard_label};
use super::owner_before;
use crate::markdown::body::ClauseOwner;

/// The maximum number of lines to look at.
const MAX_LINES: usize = 30;
/// The longest line to look at, in bytes.
const MAX_LINE_BYTES: usize = 300;

/// The owner that the lines above the one at `start` give to the clauses in `line`, which names none itself; `cached`
/// is the start of the last such line, and its result.
pub(super) fn find_owner_above(
    text: &str,
    start: usize,
    line: &str,
    cached: Option<(usize, Option<ClauseOwner>)>,
) -> Option<ClauseOwner> {
    let (known_at, cached_owner) = cached.unwrap_or_default();
    let mut rest = text.get(..start)?;
    for _ in 0..MAX_LINES {
        rest = rest.strip_suffix('\n')?;
        let above = &rest[rest.rfind('\n').map_or(0, |end| end + 1)..];
        if above.len() > MAX_LINE_BYTES {
            return None;
        }
        let words = fold(above.trim(), &mut []);
        let name = words.trim_end_matches([':', '.', ' ']);
        if let Some(label) = standard_label(name).filter(|label| label.is_bare) {
            return Some(label.owner);
        }
        if let Some(owner) = document_owner(name).filter(|_| names_contract(name)) {
            return Some(owner);
        }
        if !begins_with_clause(line) {
            return None;
        }
        if words.ends_with(':') {
            return owner_before(name);
        }
        if !begins_with_clause(&words) {
            return None;
        }
        rest = &rest[..rest.len() - above.len()];
        if rest.len() == known_at && known_at > 0 {
            return cached_owner;
        }
    }
    None
}

fn begins_with_clause(line: &str) -> bool {
    line.get(.."clause".len()).is_some_and(|word| word.eq_ignore_ascii_case("clause"))
}
