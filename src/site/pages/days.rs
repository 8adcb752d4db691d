//! What changes after the build's day, as files of data.

use crate::site::days::Days;
use crate::site::job::Job;
use crate::site::portal::Portal;

/// A file for each kind of data.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |name: &'static str| Job::file(Days::path(name), move |portal| portal.days.script(name));
    portal.days.names().map(job).collect()
}
