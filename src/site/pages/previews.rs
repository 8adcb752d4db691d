//! What links show before they are followed, as scripts that a browser loads one at a time.

use super::Job;
use crate::site::layout;
use crate::site::portal::Portal;

/// A script for each part.
pub fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |part| {
        Job::file(layout::own(&format!("previews/{part}.js")), move |portal| portal.previews.script(part).into_bytes())
    };
    (0..portal.previews.count()).map(job).collect()
}
