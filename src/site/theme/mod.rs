//! How pages look: templates, style sheets, scripts and words, ours and the handbook's own.
//!
//! This is the only room that knows the template engine. A handbook's theme is a folder with `templates/`, `static/`
//! and `i18n/`, each file of which stands in for ours of the same name. A template may also extend the one that it
//! stands in for and replace single blocks:
//!
//! ```text
//! {% extends "default/document.html" %}
//! {% block footer %}Only for members of Gullwhistle.{% endblock %}
//! ```
//!
//! A name without `default/` means the handbook's own template where there is one, also inside our templates: a
//! handbook's `base.html` is used by every page.

mod assets;
mod base;
mod brand;
mod counted;
mod days;
mod embedded;
mod engine;
mod error;
mod filters;
mod html;
mod labels;
mod navigation;
mod own_files;
mod rows;
mod shared;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use crate::project::ThemeFile;
use crate::site::model::{Page, Part, Site};

use engine::Engine;

pub(crate) use assets::Asset;
pub(crate) use base::ThemeBase;
pub use brand::brand_css;
pub use embedded::languages;
pub(crate) use embedded::{default_files, drawing_style};
pub(crate) use error::ThemeError;
pub(crate) use filters::code_span;
pub use html::Html;
pub use labels::Labels;
pub(crate) use labels::file_names;
pub use shared::Shared;

/// Room that is made for a page at once, in bytes: most pages need no more.
const USUAL_PAGE: usize = 64 * 1024;

/// A theme that is ready to render pages; it can be shared between threads.
pub struct Theme {
    engine: Engine,
    assets: BTreeMap<String, Asset>,
    navigation: navigation::Cache,
    base: Arc<ThemeBase>,
}

impl Theme {
    /// Reads the default theme with a handbook's own files over it, for the pages of one site.
    ///
    /// Files outside `templates/`, `static/` and `i18n/` are left alone. Fails with every problem that can be found
    /// without rendering a page.
    pub fn load(own: &[ThemeFile], site: &Site) -> Result<Theme, Vec<ThemeError>> {
        let labels = Labels::of_site((&site.lang, site.edition), own)?;
        ThemeBase::new(own, &labels).map(|base| Theme::of(base.into(), site))
    }

    /// The theme of a site.
    pub(crate) fn of(base: Arc<ThemeBase>, site: &Site) -> Theme {
        let assets = base.assets(&site.brand);
        let urls: BTreeMap<&str, String> =
            assets.iter().map(|(name, asset)| (name.as_str(), assets::url(asset))).collect();
        let mut shared = base.words();
        shared.insert("site", site);
        shared.insert("assets", &urls);
        Theme { engine: base.engine(shared), assets, navigation: navigation::Cache::default(), base }
    }

    /// Whether the handbook has templates of its own, which may show what ours do not.
    pub(crate) fn has_own_templates(&self) -> bool {
        self.base.layout().is_none()
    }

    /// The page as HTML.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, ThemeError> {
        let problem = |error: std::string::FromUtf8Error| ThemeError::of_rendering(&error.into(), page.subject());
        String::from_utf8(self.render_bytes(page)?).map_err(problem)
    }

    /// The same as the bytes of its file.
    pub(crate) fn render_bytes<P: Page>(&self, page: &P) -> Result<Vec<u8>, ThemeError> {
        let frame = page.frame();
        let problem = |error: &tera::Error| ThemeError::of_rendering(error, page.subject());
        let navigation = self.navigation.sidebar(&self.engine, frame)?;
        let rows = self.base.layout().map_or(0, |layout| layout.lay_out(page));
        let mut context = self.engine.context();
        context.insert_value("page", Value::try_from_serializable(page).map_err(|error| problem(&error))?);
        context.insert_value("frame", Value::try_from_serializable(frame).map_err(|error| problem(&error))?);
        context.insert("root", &frame.root);
        context.insert_value("navigation", navigation);
        let mut out = Vec::with_capacity(USUAL_PAGE + page.large() + rows);
        self.engine.render_to(P::TEMPLATE, &context, &mut out, || page.subject())?;
        Ok(out)
    }

    /// A part of pages whose way to the site's root is `root`.
    pub fn render_part<P: Part>(&self, part: &P, root: &str) -> Result<Html, ThemeError> {
        if let Some((layout, item)) = self.base.layout().zip(part.list_item()) {
            return Ok(layout.list_item(item, root));
        }
        let problem = |error: tera::Error| ThemeError::of_rendering(&error, part.subject());
        let mut context = self.engine.context();
        context.insert_value("page", Value::try_from_serializable(part).map_err(problem)?);
        context.insert("root", root);
        self.engine.render(P::TEMPLATE, &context, &part.subject()).map(|html| Html::new(&html))
    }

    /// Gives back the room of rendered sidebars.
    pub(crate) fn forget_sidebars(&mut self) {
        self.navigation = navigation::Cache::default();
    }

    /// The files that pages load, in order of their paths.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.values()
    }
}
