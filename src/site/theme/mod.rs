//! The appearance of pages: templates, style sheets, scripts and labels, both built-in and custom.
//!
//! This is the only module that depends on the template engine. A custom theme is a folder with `templates/`, `static/`
//! and `i18n/`. Each of its files replaces the built-in file of the same name. A template may also extend the one that
//! it replaces and override single blocks:
//!
//! ```text
//! {% extends "default/document.html" %}
//! {% block footer %}Only for members of Gullwhistle.{% endblock %}
//! ```
//!
//! A name without `default/` refers to the custom template, if there is one, even in built-in templates: a custom
//! `base.html` is used by every page.

mod assets;
mod base;
mod brand;
mod dates;
mod embedded;
mod engine;
mod error;
mod filters;
mod html;
mod labels;
mod loop_counting;
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

/// The initial capacity for a page in bytes, which is enough for most.
const TYPICAL_PAGE_BYTES: usize = 64 * 1024;

/// A theme that is ready to render pages; can be shared between threads.
pub struct Theme {
    engine: Engine,
    assets: BTreeMap<String, Asset>,
    navigation: navigation::SidebarCache,
    base: Arc<ThemeBase>,
}

impl Theme {
    /// Loads the default theme and the files of the custom theme for the pages of a site.
    ///
    /// Files outside `templates/`, `static/` and `i18n/` are ignored. Returns every problem that can be found without
    /// rendering a page.
    pub fn load(theme_files: &[ThemeFile], site: &Site) -> Result<Theme, Vec<ThemeError>> {
        let labels = Labels::load_for_site(&site.lang, site.edition, theme_files)?;
        ThemeBase::new(theme_files, &labels).map(|base| Theme::new(base.into(), site))
    }

    /// Completes a theme for a site.
    pub(crate) fn new(base: Arc<ThemeBase>, site: &Site) -> Theme {
        let assets = base.assets(&site.brand);
        let urls: BTreeMap<&str, String> =
            assets.iter().map(|(name, asset)| (name.as_str(), assets::url(asset))).collect();
        let mut shared = base.label_context();
        shared.insert("site", site);
        shared.insert("assets", &urls);
        Theme { engine: base.engine(shared), assets, navigation: navigation::SidebarCache::default(), base }
    }

    /// Whether there are custom templates, which may show more than the built-in ones.
    pub(crate) fn has_own_templates(&self) -> bool {
        self.base.layout().is_none()
    }

    /// Renders a page as HTML.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, ThemeError> {
        let problem = |error: std::string::FromUtf8Error| ThemeError::from_rendering(&error.into(), page.subject());
        String::from_utf8(self.render_bytes(page)?).map_err(problem)
    }

    /// Renders a page as the bytes of its file.
    pub(crate) fn render_bytes<P: Page>(&self, page: &P) -> Result<Vec<u8>, ThemeError> {
        let frame = page.frame();
        let problem = |error: &tera::Error| ThemeError::from_rendering(error, page.subject());
        let navigation = self.navigation.sidebar(&self.engine, frame)?;
        let rows = self.base.layout().map_or(0, |layout| layout.render_page_parts(page));
        let mut context = self.engine.context();
        context.insert_value("page", Value::try_from_serializable(page).map_err(|error| problem(&error))?);
        context.insert_value("frame", Value::try_from_serializable(frame).map_err(|error| problem(&error))?);
        context.insert("root", &frame.root);
        context.insert_value("navigation", navigation);
        let mut out = Vec::with_capacity(TYPICAL_PAGE_BYTES + page.extra_bytes() + rows);
        self.engine.render_to(P::TEMPLATE, &context, &mut out, || page.subject())?;
        Ok(out)
    }

    /// Renders a part of pages with the relative path `root` to the site's root.
    pub fn render_part<P: Part>(&self, part: &P, root: &str) -> Result<Html, ThemeError> {
        if let Some((layout, item)) = self.base.layout().zip(part.list_item()) {
            return Ok(layout.list_item(item, root));
        }
        let problem = |error: tera::Error| ThemeError::from_rendering(&error, part.subject());
        let mut context = self.engine.context();
        context.insert_value("page", Value::try_from_serializable(part).map_err(problem)?);
        context.insert("root", root);
        self.engine.render(P::TEMPLATE, &context, &part.subject()).map(|html| Html::new(&html))
    }

    /// Frees the memory of rendered sidebars.
    pub(crate) fn forget_sidebars(&mut self) {
        self.navigation = navigation::SidebarCache::default();
    }

    /// The assets, sorted by name.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.values()
    }
}
