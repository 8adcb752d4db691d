//! What the repository reveals about the texts of a handbook.

use std::path::Path;

use super::bind;
use super::interrupt::Interrupt;
use crate::assess::Clock;
use crate::git::ObjectName;
use crate::handbook::{History, Reading};
use crate::history::earlier_texts;
use crate::rules::{wanted_approvals, wanted_texts};

/// The history of a handbook's texts from Git, along the commits up to `tip`, by default the one checked out; and
/// whether Git was consulted. `root` is the handbook's folder in the repository.
pub(super) fn collect_history(
    (root, reading, tip): (&Path, &Reading, Option<&ObjectName>),
    clock: Clock,
    interrupt: &Interrupt,
) -> (History, bool) {
    let earlier = wanted_texts(reading, clock);
    let history = earlier_texts(root, tip, &earlier);
    let wanted: Vec<_> = wanted_approvals(reading, clock).into_iter().collect();
    let approved = bind::find_approved_texts((root, reading, tip), &wanted, interrupt);
    (history.with_approved(approved), !(earlier.is_empty() && wanted.is_empty()))
}
