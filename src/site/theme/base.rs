//! The parts of a theme that do not depend on the site: templates, labels and assets.

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
use super::rows::BuiltInRenderer;
use crate::project::ThemeFile;
use crate::site::model::Brand;

/// The parts of a theme that do not depend on the site. Reading them takes longer than rendering the page that an
/// author waits for.
pub(crate) struct ThemeBase {
    templates: Arc<Templates>,
    assets: BTreeMap<String, Asset>,
    /// The labels, for templates.
    label_context: Context,
    /// Renders rows of tables and lists; `None` with custom templates.
    layout: Option<BuiltInRenderer>,
}

impl ThemeBase {
    /// Loads the built-in templates and assets, those of the custom theme over them, and the labels.
    ///
    /// # Errors
    /// If the theme has problems: all that can be found without rendering a page.
    pub(crate) fn new(theme_files: &[ThemeFile], labels: &Labels) -> Result<ThemeBase, Vec<ThemeError>> {
        let custom = OwnFiles::from_files(theme_files)?;
        let syntax = syntax_problems(&custom.templates);
        if !syntax.is_empty() {
            return Err(syntax);
        }
        let loading = |error: tera::Error| ThemeError::from_loading(&error);
        let templates =
            default_templates(labels).and_then(|ours| Templates::new(ours, custom.templates)).map_err(loading)?;
        let mut words = Context::new();
        words.insert("t", labels);
        let layout = (!templates.has_own()).then(|| BuiltInRenderer::new(labels));
        Ok(ThemeBase {
            templates: templates.into(),
            assets: assets::collect(custom.assets, labels),
            label_context: words,
            layout,
        })
    }

    /// The assets by name, including the style sheet for a brand.
    pub(super) fn assets(&self, brand: &Brand) -> BTreeMap<String, Asset> {
        let mut assets = self.assets.clone();
        assets::add_brand(&mut assets, brand);
        assets
    }

    /// The labels, for templates.
    pub(super) fn label_context(&self) -> Context {
        self.label_context.clone()
    }

    /// Creates an engine for a site; `shared` contains the variables of all templates.
    pub(super) fn engine(&self, shared: Context) -> Engine {
        Engine::new(self.templates.clone(), shared)
    }

    /// Renders rows of tables and lists; `None` with custom templates.
    pub(super) fn layout(&self) -> Option<&BuiltInRenderer> {
        self.layout.as_ref()
    }
}

/// The built-in templates under [`DEFAULT_PREFIX`], with filters that use the given labels.
fn default_templates(labels: &Labels) -> TeraResult<Tera> {
    let named_template = |(name, text): &(&str, &'static str)| (format!("{DEFAULT_PREFIX}{name}"), *text);
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    filters::register(&mut tera, labels);
    tera.set_fallback_prefixes([DEFAULT_PREFIX])?;
    tera.add_raw_templates(embedded::TEMPLATES.iter().map(named_template).collect::<Vec<_>>())?;
    Ok(tera)
}

/// The syntax errors of all templates. Each is parsed separately because the engine stops at the first error.
fn syntax_problems(templates: &BTreeMap<String, String>) -> Vec<ThemeError> {
    let problem = |(name, text): (&String, &String)| match Tera::new().add_raw_template(name, text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => ThemeError::from_loading(&error),
        _ => Vec::new(),
    };
    templates.iter().flat_map(problem).collect()
}
