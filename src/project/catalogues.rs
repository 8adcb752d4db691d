//! The standards that a handbook is assessed against: its own catalogues take precedence over the built-in ones.

use std::sync::Arc;

use super::{Project, ProjectRefusal, STANDARDS_FOLDER};
use crate::config::Settings;
use crate::finding::{Problem, reading};
use crate::place::SourceText;
use crate::source::{self, HandbookFile};
use crate::spelling;
use crate::standard::{Catalogue, Standards, built_in, built_in_names};

impl Project {
    /// The standards in the settings; the handbook's own catalogues take precedence over the built-in ones.
    pub(super) fn standards(
        &self,
        settings: &Settings,
        text: &Arc<SourceText>,
    ) -> Result<(Standards, Vec<Arc<SourceText>>), ProjectRefusal> {
        let custom = self.own_catalogues(settings);
        let (catalogues, mut problems, mut sources) = (&custom.catalogues, custom.problems, custom.sources);
        let mut chosen = Vec::new();
        for id in &settings.standards {
            let custom_catalogue = catalogues.iter().find(|catalogue| catalogue.id == id.value).cloned();
            match custom_catalogue.or_else(|| built_in(&id.value)) {
                Some(catalogue) => chosen.push((catalogue, settings.standard_use(&id.value))),
                None if problems.is_empty() => {
                    let known_ids = catalogues
                        .iter()
                        .map(|catalogue| catalogue.id.as_str())
                        .chain(built_in_names().map(|name| name as &str));
                    let message = format!("unknown standard `{}`", id.value);
                    let problem = Problem::new(reading::INVALID_SETTINGS, text.place(id.span), message);
                    let help = spelling::suggest_help(id.value.as_str(), known_ids.collect::<Vec<_>>());
                    problems.push(problem.help(help.unwrap_or_else(|| "add a catalogue to `standards/`".to_owned())));
                }
                None => {}
            }
        }
        sources.push(text.clone());
        if problems.is_empty() {
            Ok((Standards::with_usage(chosen), sources))
        } else {
            Err(ProjectRefusal { problems, sources })
        }
    }

    fn own_catalogues(&self, settings: &Settings) -> OwnCatalogues {
        let mut custom = OwnCatalogues::default();
        if self.root.join(STANDARDS_FOLDER).symlink_metadata().is_err() {
            return custom;
        }
        let tree = source::discover(&self.root, STANDARDS_FOLDER, &[]);
        custom.problems = tree.problems;
        let is_catalogue = |entry: &&HandbookFile| entry.path.ends_with(".yaml") || entry.path.ends_with(".yml");
        for entry in tree.assets.iter().filter(is_catalogue) {
            match source::read_text(entry) {
                Ok(text) if is_intended_catalogue(&text, settings) => custom.add(Arc::new(text)),
                Ok(_) => {}
                Err(problem) => custom.problems.push(problem),
            }
        }
        custom
    }
}

/// Whether a file is intended as a catalogue: it lists clauses, or the settings use it. Teams also keep other kinds of
/// data in folders of this name.
fn is_intended_catalogue(text: &SourceText, settings: &Settings) -> bool {
    let name = text.path().rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_used = |name: &str| settings.standards.iter().any(|id| id.value.as_str() == name);
    let names = |line: &str| {
        let id = line.strip_prefix("id:").map(|id| id.split('#').next().unwrap_or(id).trim().trim_matches(['"', '\'']));
        id.is_some_and(is_used)
    };
    let lists = |line: &str| line.trim_start_matches(['"', '\'', '{', ' ']).starts_with("clauses");
    let is_flow = text.as_str().trim_start().starts_with('{');
    is_used(stem) || is_flow || text.as_str().lines().any(|line| names(line) || lists(line))
}

/// A handbook's own catalogues.
#[derive(Default)]
struct OwnCatalogues {
    catalogues: Vec<Arc<Catalogue>>,
    problems: Vec<Problem>,
    sources: Vec<Arc<SourceText>>,
    /// The path of each catalogue.
    paths: Vec<Arc<str>>,
}

impl OwnCatalogues {
    fn add(&mut self, text: Arc<SourceText>) {
        match crate::standard::read_catalogue(&text) {
            Ok(catalogue) => match self.catalogues.iter().position(|other| other.id == catalogue.id) {
                Some(at) => {
                    let first = self.paths.get(at).map_or("", |path| path);
                    let message = format!("this catalogue has the ID `{}`, as `{first}` has", catalogue.id);
                    let problem = Problem::new(reading::INVALID_STANDARD, text.place(Default::default()), message);
                    self.problems.push(problem.help("give each catalogue its own ID, or remove one of the two"));
                }
                None => {
                    self.paths.push(text.path().clone());
                    self.catalogues.push(Arc::new(catalogue));
                }
            },
            Err(problems) => self.problems.extend(problems),
        }
        self.sources.push(text);
    }
}
