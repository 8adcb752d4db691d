//! The data files for later days, and the script with the handbook-wide data of every page.

use crate::site::days::Days;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::portal::Portal;

/// A job for each data file and for the script that every page loads.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |name: &'static str| Job::file(Days::path(name), move |portal| portal.days.script(name));
    let site_data = Job::file(layout::own_path(layout::SITE_DATA), Days::site_script);
    portal.days.names().map(job).chain([site_data]).collect()
}
