//! A line of commits.

use std::path::Path;

use crate::git::ObjectName;

/// The commits of a handbook that lead to a tip, by first parents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommitLine<'a> {
    /// The handbook's folder in the repository.
    pub(crate) folder: &'a Path,
    /// The last commit; `HEAD` if `None`.
    pub(crate) tip: Option<&'a ObjectName>,
}
