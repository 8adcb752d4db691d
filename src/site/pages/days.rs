//! What changes after the build's day, and what every page shows of the whole handbook, as files of data.

use crate::site::days::Days;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::portal::Portal;

/// A file for each kind of data, and one for what every page loads.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |name: &'static str| Job::file(Days::path(name), move |portal| portal.days.script(name));
    let whole = Job::file(layout::own(layout::WHOLE), Days::whole);
    portal.days.names().map(job).chain([whole]).collect()
}
