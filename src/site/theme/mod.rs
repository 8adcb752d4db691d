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
mod constants;
mod days;
mod embedded;
mod error;
mod filters;
mod html;
mod inline;
mod labels;
mod navigation;
mod shared;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tera::{Context, ErrorKind, Tera, Value};

use crate::project::ThemeFile;
use crate::site::model::{Page, Part, Site};

use constants::{Constants, Kept};

pub(crate) use assets::Asset;
pub use brand::brand_css;
pub use embedded::languages;
pub(crate) use error::ThemeError;
pub use html::Html;
pub use labels::Labels;
pub use shared::Shared;

/// Under this prefix every default template can be named, also one that a handbook's own stands in for.
const DEFAULT_PREFIX: &str = "default/";

/// Room that is made for a page at once, in bytes: most pages need no more.
const USUAL_PAGE: usize = 64 * 1024;

/// A theme that is ready to render pages; it can be shared between threads.
pub struct Theme {
    tera: Tera,
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
        let urls: BTreeMap<&str, String> =
            assets.iter().map(|(name, asset)| (name.as_str(), assets::url(asset))).collect();
        let mut tera = engine(&Constants { labels: &labels, site, assets: &urls }, &own.templates)?;
        share(tera.global_context(), site, &labels, &urls);
        Ok(Theme { tera, assets, navigation: navigation::Cache::default() })
    }

    /// The page as HTML.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, ThemeError> {
        let fault = |error: std::string::FromUtf8Error| ThemeError::of_rendering(&error.into(), page.subject());
        String::from_utf8(self.render_bytes(page)?).map_err(fault)
    }

    /// The same as the bytes of its file.
    pub(crate) fn render_bytes<P: Page>(&self, page: &P) -> Result<Vec<u8>, ThemeError> {
        let frame = page.frame();
        let fault = |error: &tera::Error| ThemeError::of_rendering(error, page.subject());
        let navigation = self.navigation.sidebar(&self.tera, frame)?;
        let mut context = Context::new();
        context.insert_value("page", Value::try_from_serializable(page).map_err(|error| fault(&error))?);
        context.insert_value("frame", Value::try_from_serializable(frame).map_err(|error| fault(&error))?);
        context.insert("root", &frame.root);
        context.insert_value("navigation", navigation);
        let mut out = Vec::with_capacity(USUAL_PAGE + page.large());
        self.tera.render_to(P::TEMPLATE, &context, &mut out).map_err(|error| fault(&error))?;
        Ok(out)
    }

    /// A part of pages whose way to the site's root is `root`.
    pub fn render_part<P: Part>(&self, part: &P, root: &str) -> Result<Html, ThemeError> {
        let fault = |error: tera::Error| ThemeError::of_rendering(&error, part.subject());
        let mut context = Context::new();
        context.insert_value("page", Value::try_from_serializable(part).map_err(fault)?);
        context.insert("root", root);
        self.tera.render(P::TEMPLATE, &context).map(|html| Html::new(&html)).map_err(fault)
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
fn engine(constants: &Constants<'_>, own: &BTreeMap<String, String>) -> Result<Tera, Vec<ThemeError>> {
    let syntax = syntax_faults(own);
    if !syntax.is_empty() {
        return Err(syntax);
    }
    let mut tera = ours(constants, own.is_empty())?;
    filters::register(&mut tera, constants.labels);
    if !own.is_empty() {
        tera.add_raw_templates(own).map_err(|error| ThemeError::of_loading(&error))?;
    }
    Ok(tera)
}

/// Our templates as they were read last: for which constants, whether alone, and once they were read twice so, the engine.
type Read = (Kept, bool, Option<Tera>);

/// A preview reads the same templates for each of its builds; a build reads them once, and need not keep the engine.
static READ: Mutex<Option<Read>> = Mutex::new(None);

/// The engine with our templates, which may be `alone` or have some of the handbook's own beside them.
fn ours(constants: &Constants<'_>, alone: bool) -> Result<Tera, Vec<ThemeError>> {
    // A panic elsewhere leaves what was read whole: it is changed by single assignments.
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let again = read.as_ref().filter(|(kept, was_alone, _)| *was_alone == alone && constants.are(kept));
    if let Some((.., Some(tera))) = again {
        return Ok(tera.clone());
    }
    let again = again.is_some();
    let tera = read_ours(constants, alone)?;
    *read = Some((constants.kept(), alone, again.then(|| tera.clone())));
    Ok(tera)
}

fn read_ours(constants: &Constants<'_>, alone: bool) -> Result<Tera, Vec<ThemeError>> {
    let read = |(name, text): &(&str, &str)| (format!("{DEFAULT_PREFIX}{name}"), constants.put_into(text));
    let mut texts: Vec<(String, String)> = embedded::TEMPLATES.iter().map(read).collect();
    if alone {
        inline::components_into(&mut texts);
    }
    let loading = |error: tera::Error| ThemeError::of_loading(&error);
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    filters::register(&mut tera, constants.labels);
    tera.set_fallback_prefixes([DEFAULT_PREFIX]).map_err(loading)?;
    tera.add_raw_templates(texts).map_err(loading)?;
    Ok(tera)
}

/// Syntax faults of each template by itself: the engine stops at the first.
fn syntax_faults(templates: &BTreeMap<String, String>) -> Vec<ThemeError> {
    let fault = |(name, text): (&String, &String)| match Tera::new().add_raw_template(name, text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => ThemeError::of_loading(&error),
        _ => Vec::new(),
    };
    templates.iter().flat_map(fault).collect()
}

/// What every template can use: the site, the words, and the URLs of assets by name.
fn share(context: &mut Context, site: &Site, labels: &Labels, urls: &BTreeMap<&str, String>) {
    context.insert("site", site);
    context.insert("t", labels);
    context.insert("assets", urls);
}
