//! Which documents an edition of the handbook shows; in doubt, it does not show one.

use super::file::ParsedFile;
use crate::config::Settings;
use crate::source::front_matter::FrontMatter;

/// Whether a file may be seen by readers of this edition.
///
/// With no limit in the settings everything is shown. With one, a document is shown only when its classification is
/// known and not above the limit; one without a classification, or whose front matter could not be read, is withheld.
/// Pages without a classification are shown: they are the portal's own signposts.
pub(crate) fn is_shown(settings: &Settings, file: &ParsedFile) -> bool {
    let Some(limit) = settings.publish_limit() else { return true };
    if file.front.as_ref().is_some_and(FrontMatter::classification_is_unclear) {
        return false;
    }
    let given = super::defaults::classification(settings, file);
    match given.and_then(|name| settings.classification_rank(&name)) {
        Some(rank) => rank <= limit,
        None => is_page(file),
    }
}

fn is_page(file: &ParsedFile) -> bool {
    let kind = file.front.as_ref().and_then(|front| front.kind.as_ref());
    kind.is_some_and(|kind| kind.value == super::assemble::PAGE)
}
