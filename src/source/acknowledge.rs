//! How readers acknowledge a version.

use crate::date::Interval;

/// What `acknowledge` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acknowledge {
    /// How long readers have.
    pub(crate) within: Interval,
    /// Whether only versions ask for it in which the part before the first dot rose.
    pub(crate) only_major: bool,
}
