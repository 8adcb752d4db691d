//! Pages with little of their own.

use crate::site::job::Job;
use crate::site::layout::{self, NOT_FOUND};
use crate::site::model::{Frame, NotFoundPage};
use crate::site::portal::Portal;
use crate::url::root_of;

/// The page for addresses that lead nowhere.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::page(layout::own(NOT_FOUND), not_found)]
}

/// It is shown at any depth, so its links begin at the root of the base URL where one is set.
fn not_found(portal: &Portal<'_>) -> NotFoundPage {
    let frame = portal.frame(&layout::own(NOT_FOUND), portal.labels.text("pages.not_found"), "");
    let root = portal.reading.settings.base_url.as_deref().map(root_of).unwrap_or_default();
    NotFoundPage { frame: Frame { root, ..frame } }
}
