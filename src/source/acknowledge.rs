//! The requirement that readers acknowledge new versions.

use crate::date::Interval;

/// The value of `acknowledge`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acknowledge {
    /// The time that readers have.
    pub(crate) within: Interval,
    /// Whether acknowledgement is required only for major versions, in which the part before the first dot rose.
    pub(crate) only_major: bool,
}
