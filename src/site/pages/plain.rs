//! Pages with little of their own.

use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{Frame, NotFoundPage};
use crate::site::portal::Portal;

/// The page for addresses that lead nowhere.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::page(layout::own("404.html"), not_found)]
}

/// It is shown at any depth, so its links begin at the root of the base URL where one is set.
fn not_found(portal: &Portal<'_>) -> NotFoundPage {
    let frame = portal.frame(&layout::own("404.html"), portal.labels.text("pages.not_found"), "");
    let root = portal.reading.settings.base_url.as_deref().map(root_of).unwrap_or_default();
    NotFoundPage { frame: Frame { root, ..frame } }
}

/// The path of a base URL with a slash at its end: `/handbook/` for `https://example.org/handbook`.
fn root_of(base: &str) -> String {
    let path = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}
