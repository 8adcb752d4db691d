//! Grades of nonconformities.

use crate::date::Interval;

/// A grade of nonconformities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grade {
    /// Its name.
    pub(crate) name: String,
    /// The time within which a nonconformity of this grade must be closed.
    pub(crate) close: Option<Interval>,
    /// Whether it means that a requirement is not met: then a cause is required, and being late is an error.
    pub(crate) is_nonconformity: bool,
}

/// The grades of a handbook whose settings do not define any.
pub(crate) fn default_grades() -> Vec<Grade> {
    let grade = |name: &str, close: Option<u16>, is_nonconformity| Grade {
        name: name.to_owned(),
        close: close.map(Interval::Days),
        is_nonconformity,
    };
    vec![
        grade("major", Some(30), true),
        grade("minor", Some(60), true),
        grade("observation", Some(28), false),
        grade("opportunity", None, false),
    ]
}
