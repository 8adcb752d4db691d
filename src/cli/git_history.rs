//! What the repository reveals about the texts of a handbook.

use super::bind;
use super::interrupt::Interrupt;
use crate::assess::Clock;
use crate::handbook::{History, Reading};
use crate::history::{CommitLine, earlier_texts};
use crate::rules::{wanted_approvals, wanted_texts};

/// The history of a handbook's texts from Git, along a line of commits; and whether Git was consulted.
pub(super) fn collect_history(
    line: CommitLine<'_>,
    reading: &Reading,
    clock: Clock,
    interrupt: &Interrupt,
) -> (History, bool) {
    let earlier = wanted_texts(reading, clock);
    let history = earlier_texts(line, &earlier);
    let wanted: Vec<_> = wanted_approvals(reading, clock).into_iter().collect();
    let approved = bind::find_approved_texts(line, reading, &wanted, interrupt);
    (history.with_approved(approved), !(earlier.is_empty() && wanted.is_empty()))
}
