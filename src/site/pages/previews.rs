//! Link previews, as scripts that browsers load one at a time.

use crate::site::job::Job;
use crate::site::layout;
use crate::site::portal::Portal;
use crate::site::previews;

/// A script for each file of previews.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |part| {
        let script = move |portal: &Portal<'_>| previews::script(portal, part).into_bytes();
        Job::file(layout::own_path(&format!("previews/{part}.js")), script)
    };
    (0..portal.previews().count()).map(job).collect()
}
