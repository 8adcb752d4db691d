//! What a theme is whatever site it shows: templates, words, and the files that pages load.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera, TeraResult};

use super::assets::{self, Asset};
use super::embedded::{self, DEFAULT_PREFIX};
use super::engine::{Engine, Templates};
use super::error::ThemeError;
use super::filters;
use super::labels::Labels;
use super::own_files::OwnFiles;
use super::rows::Layout;
use crate::project::ThemeFile;
use crate::site::model::Brand;

/// What a theme is whatever site it shows. To read it takes longer than the page that an author waits for.
pub(crate) struct ThemeBase {
    templates: Arc<Templates>,
    assets: BTreeMap<String, Asset>,
    /// The words, as templates get them.
    words: Context,
    /// Lays out rows of tables and lists, where all templates are ours.
    layout: Option<Layout>,
}

impl ThemeBase {
    /// Our templates and files with a handbook's own over them, and its words.
    ///
    /// # Errors
    /// Every problem that can be found without rendering a page.
    pub(crate) fn new(own: &[ThemeFile], labels: &Labels) -> Result<ThemeBase, Vec<ThemeError>> {
        let own = OwnFiles::sort(own)?;
        let syntax = syntax_problems(&own.templates);
        if !syntax.is_empty() {
            return Err(syntax);
        }
        let loading = |error: tera::Error| ThemeError::of_loading(&error);
        let templates = ours(labels).and_then(|ours| Templates::new(ours, own.templates)).map_err(loading)?;
        let mut words = Context::new();
        words.insert("t", labels);
        let layout = (!templates.has_own()).then(|| Layout::new(labels));
        Ok(ThemeBase { templates: templates.into(), assets: assets::collect(own.assets, labels), words, layout })
    }

    /// The files that pages load, by name, with those that are made of a brand.
    pub(super) fn assets(&self, brand: &Brand) -> BTreeMap<String, Asset> {
        let mut assets = self.assets.clone();
        assets::add_brand(&mut assets, brand);
        assets
    }

    /// The words, as templates get them.
    pub(super) fn words(&self) -> Context {
        self.words.clone()
    }

    /// An engine for a site; `shared` is what every template can use.
    pub(super) fn engine(&self, shared: Context) -> Engine {
        Engine::new(self.templates.clone(), shared)
    }

    /// Lays out rows of tables and lists; nothing where some templates are the handbook's own.
    pub(super) fn layout(&self) -> Option<&Layout> {
        self.layout.as_ref()
    }
}

/// Our templates under [`DEFAULT_PREFIX`], with filters that write in the words of a handbook.
fn ours(labels: &Labels) -> TeraResult<Tera> {
    let named = |(name, text): &(&str, &'static str)| (format!("{DEFAULT_PREFIX}{name}"), *text);
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    filters::register(&mut tera, labels);
    tera.set_fallback_prefixes([DEFAULT_PREFIX])?;
    tera.add_raw_templates(embedded::TEMPLATES.iter().map(named).collect::<Vec<_>>())?;
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
