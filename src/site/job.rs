//! Files of the site that are still to be made.

use super::model::{ListPage, Page};
use super::portal::Portal;
use super::theme::{Theme, ThemeError};
use crate::url::SitePath;

/// A file of the site that is still to be made.
pub(crate) struct Job {
    /// Where it goes.
    pub(crate) path: SitePath,
    /// The template that lays it out, when one does.
    pub(crate) template: Option<&'static str>,
    make: MakeBytes,
}

/// Makes the bytes of a file; run on any thread.
type MakeBytes = Box<dyn Fn(&Portal<'_>, &Theme) -> Result<Vec<u8>, ThemeError> + Send + Sync>;

impl Job {
    /// A page that is laid out by the theme.
    pub(super) fn page<P: Page>(path: SitePath, model: impl Fn(&Portal<'_>) -> P + Send + Sync + 'static) -> Job {
        Job::of_parts(path, move |portal, _| Ok(model(portal)))
    }

    /// The same for a page of parts that are laid out before it.
    pub(super) fn of_parts<P: Page>(
        path: SitePath,
        model: impl Fn(&Portal<'_>, &Theme) -> Result<P, ThemeError> + Send + Sync + 'static,
    ) -> Job {
        let make = move |portal: &Portal<'_>, theme: &Theme| theme.render_bytes(&model(portal, theme)?);
        Job { path, template: Some(P::TEMPLATE), make: Box::new(make) }
    }

    /// A file of data.
    pub(super) fn file(path: SitePath, content: impl Fn(&Portal<'_>) -> Vec<u8> + Send + Sync + 'static) -> Job {
        Job { path, template: None, make: Box::new(move |portal, _| Ok(content(portal))) }
    }

    /// Whether it is a list of documents, or a part of one.
    pub(crate) fn is_list(&self) -> bool {
        self.template == Some(ListPage::TEMPLATE)
    }

    /// Makes the file.
    pub(crate) fn make(&self, portal: &Portal<'_>, theme: &Theme) -> Result<Vec<u8>, ThemeError> {
        (self.make)(portal, theme)
    }
}
