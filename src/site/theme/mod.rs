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

use tera::{Context, ErrorKind, Tera, Value};

use crate::project::ThemeFile;
use crate::site::model::{Page, Part, Site};

use embedded::DEFAULT_PREFIX;
use engine::Engine;
use own_files::OwnFiles;

pub(crate) use assets::Asset;
pub use brand::brand_css;
pub(crate) use embedded::drawing_style;
pub use embedded::languages;
pub(crate) use error::ThemeError;
pub(crate) use filters::code_span;
pub use html::Html;
pub use labels::Labels;
pub use shared::Shared;

/// Room that is made for a page at once, in bytes: most pages need no more.
const USUAL_PAGE: usize = 64 * 1024;

/// A theme that is ready to render pages; it can be shared between threads.
pub struct Theme {
    engine: Engine,
    assets: BTreeMap<String, Asset>,
    navigation: navigation::Cache,
    /// Lays out rows of tables and lists, where all templates are ours.
    layout: Option<rows::Layout>,
}

impl Theme {
    /// Reads the default theme with a handbook's own files over it, for the pages of one site.
    ///
    /// Files outside `templates/`, `static/` and `i18n/` are left alone. Fails with every problem that can be found
    /// without rendering a page.
    pub fn load(own: &[ThemeFile], site: &Site) -> Result<Theme, Vec<ThemeError>> {
        let own = OwnFiles::sort(own)?;
        let labels = own.words(site)?;
        Theme::of(ours(&labels)?, own, (site, &labels))
    }

    /// The same with words that were read before.
    pub(crate) fn with_words(own: &[ThemeFile], site: &Site, labels: &Labels) -> Result<Theme, Vec<ThemeError>> {
        Theme::of(ours(labels)?, OwnFiles::sort(own)?, (site, labels))
    }

    /// The same with our templates as they were read before.
    pub(crate) fn with(ours: &Templates, own: &[ThemeFile], site: &Site) -> Result<Theme, Vec<ThemeError>> {
        let own = OwnFiles::sort(own)?;
        let labels = own.words(site)?;
        let mut tera = ours.0.clone();
        filters::register(&mut tera, &labels);
        Theme::of(tera, own, (site, &labels))
    }

    /// A theme of our templates, with filters for the handbook's words, and the handbook's own files.
    fn of(ours: Tera, own: OwnFiles, (site, labels): (&Site, &Labels)) -> Result<Theme, Vec<ThemeError>> {
        let syntax = syntax_problems(&own.templates);
        if !syntax.is_empty() {
            return Err(syntax);
        }
        let assets = assets::collect(own.assets, &site.brand, labels);
        let mut engine = Engine::new(ours, &own.templates).map_err(|error| ThemeError::of_loading(&error))?;
        let urls = assets.iter().map(|(name, asset)| (name.as_str(), assets::url(asset))).collect();
        share(engine.global_context(), site, labels, &urls);
        let layout = own.templates.is_empty().then(|| rows::Layout::new(labels));
        Ok(Theme { engine, assets, navigation: navigation::Cache::default(), layout })
    }

    /// Whether the handbook has templates of its own, which may show what ours do not.
    pub(crate) fn has_own_templates(&self) -> bool {
        self.layout.is_none()
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
        let rows = self.layout.as_ref().map_or(0, |layout| layout.lay_out(page));
        let mut context = Context::new();
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
        if let Some((layout, item)) = self.layout.as_ref().zip(part.list_item()) {
            return Ok(layout.list_item(item, root));
        }
        let problem = |error: tera::Error| ThemeError::of_rendering(&error, part.subject());
        let mut context = Context::new();
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

/// Our templates under [`DEFAULT_PREFIX`], read once for any number of themes.
pub(crate) struct Templates(Tera);

impl Templates {
    /// Reads them; filters know the words of no handbook yet.
    pub(crate) fn ours() -> Result<Templates, Vec<ThemeError>> {
        let labels = Labels::load("en", &BTreeMap::new()).map_err(|error| vec![error])?;
        ours(&labels).map(Templates)
    }
}

/// The template engine with our templates, and filters for these words.
fn ours(labels: &Labels) -> Result<Tera, Vec<ThemeError>> {
    let loading = |error: tera::Error| ThemeError::of_loading(&error);
    let named = |(name, text): &(&str, &'static str)| (format!("{DEFAULT_PREFIX}{name}"), *text);
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    filters::register(&mut tera, labels);
    tera.set_fallback_prefixes([DEFAULT_PREFIX]).map_err(loading)?;
    tera.add_raw_templates(embedded::TEMPLATES.iter().map(named).collect::<Vec<_>>()).map_err(loading)?;
    Ok(tera)
}

/// Syntax problems of each template by itself: the engine stops at the first.
fn syntax_problems(templates: &BTreeMap<String, String>) -> Vec<ThemeError> {
    let problem = |(name, text): (&String, &String)| match Tera::new().add_raw_template(name, text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => ThemeError::of_loading(&error),
        _ => Vec::new(),
    };
    templates.iter().flat_map(problem).collect()
}

/// What every template can use: the site, the words, and the URLs of assets by name.
fn share(context: &mut Context, site: &Site, labels: &Labels, urls: &BTreeMap<&str, String>) {
    context.insert("site", site);
    context.insert("t", labels);
    context.insert("assets", urls);
}
