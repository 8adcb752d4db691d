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
mod days;
mod embedded;
mod error;
mod filters;
mod html;
mod labels;
mod navigation;
mod shared;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tera::{Context, ErrorKind, Tera, Value};

use crate::site::model::{Page, Site};

pub use assets::{ASSET_FOLDER, Asset};
pub use brand::{brand_css, is_colour};
pub use embedded::languages;
pub use error::ThemeError;
pub use html::Html;
pub use labels::Labels;
pub use shared::Shared;

/// Under this prefix every default template can be named, also one that a handbook's own stands in for.
const DEFAULT_PREFIX: &str = "default/";

/// Room that is made for a page at once, in bytes: most pages need no more.
const USUAL_PAGE: usize = 64 * 1024;

/// A file of a handbook's own theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// Path inside the theme's folder, with `/`, such as `templates/document.html`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A theme that is ready to render pages; it can be shared between threads.
pub struct Theme {
    tera: Tera,
    labels: Labels,
    assets: BTreeMap<String, Asset>,
    navigation: navigation::Cache,
}

impl Theme {
    /// Reads the default theme with a handbook's own files over it, for the pages of one site.
    ///
    /// Files outside `templates/`, `static/` and `i18n/` are left alone. Fails with every fault that can be found
    /// without rendering a page.
    pub fn load(own: &[ThemeFile], site: &Site) -> Result<Theme, Vec<ThemeError>> {
        let own = OwnFiles::sort(own)?;
        let labels = Labels::load(&site.lang, &own.labels).map_err(|error| vec![error])?;
        let assets = assets::collect(own.assets, &site.brand, &labels);
        let mut tera = engine(&labels, &own.templates)?;
        share(tera.global_context(), site, &labels, &assets);
        Ok(Theme { tera, labels, assets, navigation: navigation::Cache::default() })
    }

    /// The page as HTML.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, ThemeError> {
        let frame = page.frame();
        let fault = |error: &tera::Error| ThemeError::of_rendering(error, page.subject());
        let navigation = self.navigation.sidebar(&self.tera, frame)?;
        let mut context = Context::new();
        context.insert_value("page", Value::try_from_serializable(page).map_err(|error| fault(&error))?);
        context.insert_value("frame", Value::try_from_serializable(frame).map_err(|error| fault(&error))?);
        context.insert("root", &frame.root);
        context.insert_value("navigation", navigation);
        let mut out = Vec::with_capacity(USUAL_PAGE);
        self.tera.render_to(P::TEMPLATE, &context, &mut out).map_err(|error| fault(&error))?;
        String::from_utf8(out).map_err(|error| fault(&error.into()))
    }

    /// The portal's own words.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The files that pages load, in order of their paths.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.values()
    }
}

/// A handbook's own files by what they are.
#[derive(Default)]
struct OwnFiles {
    templates: BTreeMap<String, String>,
    assets: BTreeMap<String, Vec<u8>>,
    labels: BTreeMap<String, String>,
}

impl OwnFiles {
    /// Sorts files by the folder they are in; a template or a file of words that is no UTF-8 is a fault.
    fn sort(files: &[ThemeFile]) -> Result<OwnFiles, Vec<ThemeError>> {
        let mut own = OwnFiles::default();
        let mut faults = Vec::new();
        for file in files {
            match file.path.split_once('/') {
                Some(("static", name)) => drop(own.assets.insert(name.to_owned(), file.bytes.clone())),
                Some(("templates", name)) => own.add_text(file, name, |own| &mut own.templates, &mut faults),
                Some(("i18n", name)) => own.add_text(file, name, |own| &mut own.labels, &mut faults),
                _ => {}
            }
        }
        if faults.is_empty() { Ok(own) } else { Err(faults) }
    }

    fn add_text(
        &mut self,
        file: &ThemeFile,
        name: &str,
        table: impl Fn(&mut OwnFiles) -> &mut BTreeMap<String, String>,
        faults: &mut Vec<ThemeError>,
    ) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => drop(table(self).insert(name.to_owned(), text.trim_start_matches('\u{feff}').to_owned())),
            Err(_) => faults.push(ThemeError::in_file(&file.path, "the file is not UTF-8")),
        }
    }
}

/// The template engine with our templates under [`DEFAULT_PREFIX`] and the handbook's own under their names.
fn engine(labels: &Labels, own: &BTreeMap<String, String>) -> Result<Tera, Vec<ThemeError>> {
    let syntax = syntax_faults(own);
    if !syntax.is_empty() {
        return Err(syntax);
    }
    let mut tera = OURS.as_ref().map_err(Vec::clone)?.clone();
    filters::register(&mut tera, labels);
    if !own.is_empty() {
        tera.add_raw_templates(own).map_err(|error| ThemeError::of_loading(&error))?;
    }
    Ok(tera)
}

/// The engine with our templates, which are read once however often a preview builds.
static OURS: LazyLock<Result<Tera, Vec<ThemeError>>> = LazyLock::new(|| {
    let mut tera = Tera::new();
    let loading = |error: tera::Error| ThemeError::of_loading(&error);
    tera.autoescape_on([".html", ".xml", ".svg"]);
    let labels = Labels::load("en", &BTreeMap::new()).map_err(|error| vec![error])?;
    filters::register(&mut tera, &labels);
    tera.set_fallback_prefixes([DEFAULT_PREFIX]).map_err(loading)?;
    let ours = embedded::TEMPLATES.iter().map(|(name, text)| (format!("{DEFAULT_PREFIX}{name}"), *text));
    tera.add_raw_templates(ours).map_err(loading)?;
    Ok(tera)
});

/// Syntax faults of each template by itself: the engine stops at the first.
fn syntax_faults(templates: &BTreeMap<String, String>) -> Vec<ThemeError> {
    let fault = |(name, text): (&String, &String)| match Tera::new().add_raw_template(name, text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => ThemeError::of_loading(&error),
        _ => Vec::new(),
    };
    templates.iter().flat_map(fault).collect()
}

/// What every template can use: the site, the words, and the URLs of assets by name.
fn share(context: &mut Context, site: &Site, labels: &Labels, assets: &BTreeMap<String, Asset>) {
    let urls: BTreeMap<&str, String> = assets.iter().map(|(name, asset)| (name.as_str(), assets::url(asset))).collect();
    context.insert("site", site);
    context.insert("t", labels);
    context.insert("assets", &urls);
}
