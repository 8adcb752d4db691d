//! Reads a handbook's folder in one of its editions.

use std::sync::Arc;

use super::{EditionChoice, ParsedProject, Project, ProjectRefusal};
use crate::config::{Edition, EditionFigures, Settings};
use crate::finding::{Problem, reading as rules};
use crate::handbook::{Document, KnownParties, Reading};
use crate::place::{Located, Place, SourceText};
use crate::register::Kind;
use crate::spelling::suggest_help;

impl Project {
    /// Selects one of the handbook's editions or, without a name, the one that the settings publish.
    pub(crate) fn in_edition(self, name: Option<&str>) -> Project {
        Project { edition: name.map_or(EditionChoice::Published, |name| EditionChoice::Named(name.into())), ..self }
    }

    /// Selects the whole handbook, whatever the settings publish.
    pub(crate) fn whole(self) -> Project {
        Project { edition: EditionChoice::Whole, ..self }
    }

    /// Whether a named edition is selected.
    pub(crate) fn is_named_edition(&self) -> bool {
        matches!(self.edition, EditionChoice::Named(_))
    }

    /// Selects the edition that is selected for another folder.
    pub(crate) fn in_edition_of(self, other: &Project) -> Project {
        Project { edition: other.edition.clone(), ..self }
    }

    /// The settings of the selected edition.
    pub(super) fn apply_edition(
        &self,
        settings: Settings,
        text: Arc<SourceText>,
    ) -> Result<(Settings, Arc<SourceText>), ProjectRefusal> {
        let name = match &self.edition {
            EditionChoice::Published => return Ok((settings, text)),
            EditionChoice::Whole => return Ok((settings.without_edition(), text)),
            EditionChoice::Named(name) => name,
        };
        match settings.for_edition(name) {
            Ok(settings) => Ok((settings, text)),
            Err((span, message, help)) => {
                let problem = Problem::new(rules::INVALID_SETTINGS, text.place(span), message).help(help);
                Err(ProjectRefusal { problems: vec![problem], sources: vec![text] })
            }
        }
    }
}

impl ParsedProject {
    /// Assembles the handbook, reusing unchanged documents of an earlier reading.
    ///
    /// # Errors
    /// If the edition would show figures that its readers could not check.
    pub(crate) fn assemble(mut self, earlier: Option<&Reading>) -> Result<Reading, ProjectRefusal> {
        self.problems.extend(unknown_parties(&self));
        let Some(full_project) = self.settings.edition.is_some().then(|| self.whole()) else {
            return Ok(self.into_reading(earlier, None));
        };
        let full_reading =
            full_project.into_reading(earlier.and_then(|earlier| earlier.full_handbook.as_deref()), None);
        let edition_reading = self.into_reading(earlier, Some(&full_reading));
        let reading = Reading { full_handbook: Some(Box::new(full_reading)), ..edition_reading };
        refuse_unseen_figures(&reading)?;
        Ok(reading)
    }

    /// The whole handbook, without an edition.
    fn whole(&self) -> ParsedProject {
        let settings = self.settings.clone().without_edition();
        ParsedProject { settings, ..self.clone() }
    }
}

/// Problems with editions that name a service or a location that is not in the register, if there is one.
fn unknown_parties(project: &ParsedProject) -> Vec<Problem> {
    let settings = &project.settings;
    let known_parties = KnownParties::new(&project.registers.files);
    let unnamed_edition = settings.editions.unnamed_edition.iter();
    let party_names = |edition: &Edition| {
        let services = edition.services.iter().map(|name| (Kind::Services, name.clone()));
        services.chain(edition.locations.iter().map(|name| (Kind::Locations, name.clone()))).collect::<Vec<_>>()
    };
    let problem = |(kind, Located { value, span }): (Kind, Located<String>)| {
        let singular = kind.row().singular;
        let (message, help) = match known_parties.ids(kind, &value) {
            [] => (
                format!("`{value}` is not a {singular} of the register"),
                suggest_help(&value, known_parties.names(kind))
                    .unwrap_or_else(|| format!("write the ID or the title of a {singular}")),
            ),
            _ => (format!("`{value}` is more than one {singular}"), "write its ID".to_owned()),
        };
        Problem::new(rules::INVALID_SETTINGS, settings.place(span), message).help(help)
    };
    let all = unnamed_edition.chain(&settings.editions.named_editions).flat_map(party_names);
    all.filter(|(kind, name)| known_parties.is_complete(*kind) && known_parties.ids(*kind, &name.value).len() != 1)
        .map(problem)
        .collect()
}

/// Refuses an edition for unclear services or locations, because it is equally unclear what it would show.
///
/// # Errors
/// If a service or location is unclear; returns each with its place.
pub(crate) fn refuse_unclear_edition(reading: &Reading) -> Result<(), ProjectRefusal> {
    let settings = &reading.settings;
    let party_names = settings.edition.iter().flat_map(|edition| edition.services.iter().chain(&edition.locations));
    let places: Vec<Place> = party_names.map(|name| settings.place(name.span)).collect();
    let of_edition = reading.problems.iter().filter(|problem| places.contains(&problem.place));
    let problems: Vec<Problem> =
        of_edition.filter(|problem| problem.rule == rules::INVALID_SETTINGS).cloned().collect();
    if problems.is_empty() { Ok(()) } else { Err(ProjectRefusal { problems, sources: reading.sources.clone() }) }
}

/// Refuses figures of the shown part if the withheld part would change them.
fn refuse_unseen_figures(reading: &Reading) -> Result<(), ProjectRefusal> {
    let edition = reading.settings.edition.as_ref().filter(|edition| edition.figures == EditionFigures::Shown);
    let (Some(edition), Some(full_reading)) = (edition, &reading.full_handbook) else { return Ok(()) };
    let is_withheld = |document: &&Arc<Document>| reading.handbook.lookup.by_path(document.path()).is_none();
    let covers = |document: &&Arc<Document>| !document.claims.is_empty() || !document.provides.is_empty();
    let count = full_reading.handbook.documents.iter().filter(is_withheld).filter(covers).count();
    if count == 0 {
        return Ok(());
    }
    let message =
        format!("`figures: shown` would be wrong: the edition withholds {count} of the documents that cover clauses");
    let problem = Problem::new(rules::INVALID_SETTINGS, reading.settings.place(edition.span), message)
        .help("write `figures: whole` to show those of the whole handbook, or `figures: none`");
    Err(ProjectRefusal { problems: vec![problem], sources: reading.sources.clone() })
}
