//! A handbook's folder in one of its editions.

use std::sync::Arc;

use super::{Chosen, ParsedProject, Project, ProjectRefusal};
use crate::config::{Edition, EditionFigures, Settings};
use crate::finding::{Problem, reading as rules};
use crate::handbook::{Document, KnownParties, Reading};
use crate::place::{Located, Place, SourceText};
use crate::register::Kind;
use crate::spelling::suggestion;

impl Project {
    /// The same handbook in one of its editions; without a name, in the one that the settings publish.
    pub(crate) fn in_edition(self, name: Option<&str>) -> Project {
        Project { edition: name.map_or(Chosen::Published, |name| Chosen::Named(name.into())), ..self }
    }

    /// The same handbook with all that is in it, whatever the settings publish.
    pub(crate) fn whole(self) -> Project {
        Project { edition: Chosen::Whole, ..self }
    }

    /// Whether an edition is read that has a name.
    pub(crate) fn is_named_edition(&self) -> bool {
        matches!(self.edition, Chosen::Named(_))
    }

    /// The same in the edition in which another folder is read.
    pub(crate) fn in_edition_of(self, other: &Project) -> Project {
        Project { edition: other.edition.clone(), ..self }
    }

    /// The settings of the edition that is read.
    pub(super) fn choose(
        &self,
        settings: Settings,
        text: Arc<SourceText>,
    ) -> Result<(Settings, Arc<SourceText>), ProjectRefusal> {
        let name = match &self.edition {
            Chosen::Published => return Ok((settings, text)),
            Chosen::Whole => return Ok((settings.of_whole(), text)),
            Chosen::Named(name) => name,
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
    /// Puts the handbook together, from documents of an earlier reading as far as they are the same.
    ///
    /// # Errors
    /// When the edition would show figures that its readers could not check.
    pub(crate) fn assemble(mut self, earlier: Option<&Reading>) -> Result<Reading, ProjectRefusal> {
        self.problems.extend(unknown_parties(&self));
        let Some(whole) = self.settings.edition.is_some().then(|| self.whole()) else {
            return Ok(self.put_together(earlier, None));
        };
        let whole = whole.put_together(earlier.and_then(|earlier| earlier.whole.as_deref()), None);
        let shown = self.put_together(earlier, Some(&whole));
        let reading = Reading { whole: Some(Box::new(whole)), ..shown };
        refuse_unseen_figures(&reading)?;
        Ok(reading)
    }

    /// The same without an edition.
    fn whole(&self) -> ParsedProject {
        let settings = self.settings.clone().of_whole();
        ParsedProject { settings, ..self.clone() }
    }
}

/// What is wrong when an edition is about a service or a location that is in no register, though there is one.
fn unknown_parties(gathered: &ParsedProject) -> Vec<Problem> {
    let settings = &gathered.settings;
    let known = KnownParties::of(&gathered.registers.files);
    let own = settings.editions.published.iter();
    let named = |edition: &Edition| {
        let services = edition.services.iter().map(|name| (Kind::Services, name.clone()));
        services.chain(edition.locations.iter().map(|name| (Kind::Locations, name.clone()))).collect::<Vec<_>>()
    };
    let problem = |(kind, Located { value, span }): (Kind, Located<String>)| {
        let one = kind.row().one;
        let (message, help) = match known.ids(kind, &value) {
            [] => (
                format!("`{value}` is not a {one} of the register"),
                suggestion(&value, known.names(kind))
                    .unwrap_or_else(|| format!("write the ID or the title of a {one}")),
            ),
            _ => (format!("`{value}` is more than one {one}"), "write its ID".to_owned()),
        };
        Problem::new(rules::INVALID_SETTINGS, settings.place(span), message).help(help)
    };
    let all = own.chain(&settings.editions.named).flat_map(named);
    all.filter(|(kind, name)| known.is_whole(*kind) && known.ids(*kind, &name.value).len() != 1).map(problem).collect()
}

/// Refuses an edition for services or locations of which nobody knows which they are: nor does anybody know what it would show.
///
/// # Errors
/// What is not clear, and where.
pub(crate) fn refuse_unclear_edition(reading: &Reading) -> Result<(), ProjectRefusal> {
    let settings = &reading.settings;
    let named = settings.edition.iter().flat_map(|edition| edition.services.iter().chain(&edition.locations));
    let places: Vec<Place> = named.map(|name| settings.place(name.span)).collect();
    let of_edition = reading.problems.iter().filter(|problem| places.contains(&problem.place));
    let problems: Vec<Problem> =
        of_edition.filter(|problem| problem.rule == rules::INVALID_SETTINGS).cloned().collect();
    if problems.is_empty() { Ok(()) } else { Err(ProjectRefusal { problems, sources: reading.sources.clone() }) }
}

/// Refuses figures of what is shown where what is not shown makes a difference to them.
fn refuse_unseen_figures(reading: &Reading) -> Result<(), ProjectRefusal> {
    let edition = reading.settings.edition.as_ref().filter(|edition| edition.figures == EditionFigures::Shown);
    let (Some(edition), Some(whole)) = (edition, &reading.whole) else { return Ok(()) };
    let is_withheld = |document: &&Arc<Document>| reading.handbook.lookup.by_path(document.path()).is_none();
    let covers = |document: &&Arc<Document>| !document.claims.is_empty() || !document.provides.is_empty();
    let count = whole.handbook.documents.iter().filter(is_withheld).filter(covers).count();
    if count == 0 {
        return Ok(());
    }
    let message =
        format!("`figures: shown` would be wrong: the edition withholds {count} of the documents that cover clauses");
    let problem = Problem::new(rules::INVALID_SETTINGS, reading.settings.place(edition.span), message)
        .help("write `figures: whole` to show those of the whole handbook, or `figures: none`");
    Err(ProjectRefusal { problems: vec![problem], sources: reading.sources.clone() })
}
