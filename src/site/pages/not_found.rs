//! Pages with little content.

use crate::site::job::Job;
use crate::site::layout::{self, NOT_FOUND};
use crate::site::model::{Frame, NotFoundPage};
use crate::site::portal::Portal;
use crate::url::root_of;

/// The page for unknown addresses.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::page(layout::own_path(NOT_FOUND), not_found)]
}

/// The page may be shown at any depth, so its links start at the root of the base URL, if there is one.
fn not_found(portal: &Portal<'_>) -> NotFoundPage {
    let frame = portal.frame(&layout::own_path(NOT_FOUND), portal.labels.text("pages.not_found"), "");
    let root = portal.reading.settings.base_url.as_deref().map(root_of).unwrap_or_default();
    NotFoundPage { frame: Frame { root, ..frame } }
}
