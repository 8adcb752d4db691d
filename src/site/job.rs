//! The jobs of a build, one per file of the site.

use super::model::{ListPage, Page};
use super::portal::Portal;
use super::theme::{Theme, ThemeError};
use crate::url::SitePath;

/// A file of the site to be made.
pub(crate) struct Job {
    /// The address of the file.
    pub(crate) path: SitePath,
    /// The template that renders the page; `None` for data files.
    pub(crate) template: Option<&'static str>,
    make: MakeBytes,
}

/// Makes the bytes of a file; may run on any thread.
type MakeBytes = Box<dyn Fn(&Portal<'_>, &Theme) -> Result<Vec<u8>, ThemeError> + Send + Sync>;

impl Job {
    /// A page rendered by a template of the theme.
    pub(super) fn page<P: Page>(path: SitePath, model: impl Fn(&Portal<'_>) -> P + Send + Sync + 'static) -> Job {
        Job::from_parts(path, move |portal, _| Ok(model(portal)))
    }

    /// A page with parts that are rendered first.
    pub(super) fn from_parts<P: Page>(
        path: SitePath,
        model: impl Fn(&Portal<'_>, &Theme) -> Result<P, ThemeError> + Send + Sync + 'static,
    ) -> Job {
        let make = move |portal: &Portal<'_>, theme: &Theme| theme.render_bytes(&model(portal, theme)?);
        Job { path, template: Some(P::TEMPLATE), make: Box::new(make) }
    }

    /// A data file.
    pub(super) fn file(path: SitePath, content: impl Fn(&Portal<'_>) -> Vec<u8> + Send + Sync + 'static) -> Job {
        Job { path, template: None, make: Box::new(move |portal, _| Ok(content(portal))) }
    }

    /// Whether the file is a list of documents or a part of one.
    pub(crate) fn is_list(&self) -> bool {
        self.template == Some(ListPage::TEMPLATE)
    }

    /// Makes the file.
    pub(crate) fn make(&self, portal: &Portal<'_>, theme: &Theme) -> Result<Vec<u8>, ThemeError> {
        (self.make)(portal, theme)
    }
}
