//! Editions of the portal: who may see what, and which figures they show.

use super::CertificateSettings;
use super::read::text;
use super::sections::{levels, require_known};
use super::settings::{Settings, path_text};
use crate::id::StandardId;
use crate::path::RelativePath;
use crate::place::{Located, Span};
use crate::register::{KINDS, Kind};
use crate::spelling::suggest_help;
use crate::text::clip;
use crate::yaml::{Entry, Field, Reader, Slot, Value};

/// An edition of the portal.
#[derive(Clone, Debug)]
pub(crate) struct Edition {
    /// Its name; `None` for the one under `publish`.
    pub(crate) name: Option<String>,
    /// The rank of the highest classification that it shows.
    pub(crate) limit: usize,
    /// Roles that it is for; empty for everybody.
    pub(crate) roles: Vec<String>,
    /// Services that it is about; empty for all.
    pub(crate) services: Vec<Located<String>>,
    /// Locations that it is about; empty for all.
    pub(crate) locations: Vec<Located<String>>,
    /// The figures that it shows.
    pub(crate) figures: EditionFigures,
    /// Kinds of entries that it shows.
    pub(crate) registers: Vec<Kind>,
    /// Whether it shows the versions of documents.
    pub(crate) history: bool,
    /// Whether it shows the certificate.
    pub(crate) certificate: bool,
    /// The folder that it is written to.
    pub(crate) output: Option<String>,
    /// Whether its definition may exclude anything, apart from unreadable classifications.
    pub(crate) is_limited: bool,
    /// Its place in the settings.
    pub(crate) span: Span,
}

/// All editions in the settings.
#[derive(Clone, Debug)]
pub(crate) struct Editions {
    /// The named ones, in the order of the settings.
    pub(crate) named_editions: Vec<Edition>,
    /// The one without a name, whether or not it is read.
    pub(crate) unnamed_edition: Option<Edition>,
    /// The name that stands for every reader in an audience.
    pub(crate) everyone: String,
}

impl Default for Editions {
    fn default() -> Editions {
        Editions { named_editions: Vec::new(), unnamed_edition: None, everyone: "All staff".to_owned() }
    }
}

impl Editions {
    /// Whether any edition restricts which documents it shows.
    pub(crate) fn has_classification_limit(&self) -> bool {
        self.named_editions.iter().chain(&self.unnamed_edition).any(|edition| edition.is_limited)
    }
}

/// The figures that an edition shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditionFigures {
    /// No figures, nor anything that they are derived from.
    None,
    /// Those of the whole handbook.
    Whole,
    /// Figures of the shown part; refused if the withheld part would change them.
    Shown,
}

/// An edition as written in the settings.
#[derive(Default)]
struct RawEdition {
    up_to: Option<Located<String>>,
    roles: Vec<String>,
    services: Vec<Located<String>>,
    locations: Vec<Located<String>>,
    figures: Option<EditionFigures>,
    registers: Option<Vec<Kind>>,
    history: Option<bool>,
    certificate: Option<bool>,
    output: Option<String>,
}

const FIGURES: &[(&str, EditionFigures)] =
    &[("none", EditionFigures::None), ("whole", EditionFigures::Whole), ("shown", EditionFigures::Shown)];

const EDITION: &[Field<RawEdition>] = &[
    Field::required("up_to", |edition, slot, reader| edition.up_to = reader.text(slot)),
    Field::optional("roles", |edition, slot, reader| {
        edition.roles = read_restriction(slot, reader).into_iter().map(|role| role.value).collect();
    }),
    Field::optional("services", |edition, slot, reader| edition.services = read_restriction(slot, reader)),
    Field::optional("locations", |edition, slot, reader| edition.locations = read_restriction(slot, reader)),
    Field::optional("figures", |edition, slot, reader| {
        edition.figures = reader.one_of(slot, FIGURES).map(|figures| figures.value);
    }),
    Field::optional("registers", |edition, slot, reader| edition.registers = Some(kinds(slot, reader))),
    Field::optional("history", |edition, slot, reader| edition.history = reader.flag(slot)),
    Field::optional("certificate", |edition, slot, reader| edition.certificate = reader.flag(slot)),
    Field::optional("output", |edition, slot, reader| {
        edition.output = reader.parse_value::<RelativePath>(slot).map(|path| path_text(path.value));
    }),
];

/// Reads a list that restricts what is shown: an empty one would show everything, so it is refused.
fn read_restriction(slot: Slot<'_>, reader: &mut Reader<'_>) -> Vec<Located<String>> {
    if matches!(&slot.node.value, Value::List(nodes) if nodes.is_empty()) {
        reader.report(slot.node.span, format!("name at least one of `{}`, or leave the key out", slot.key.value));
    }
    reader.texts(slot)
}

fn kinds(slot: Slot<'_>, reader: &mut Reader<'_>) -> Vec<Kind> {
    if matches!(&slot.node.value, Value::Scalar(scalar) if scalar.text.trim() == "all") {
        return KINDS.iter().map(|row| row.kind).collect();
    }
    let names = if let Value::List(_) = slot.node.value { reader.texts(slot) } else { read_one(slot, reader) };
    let mut kind = |name: Located<String>| {
        let kind = Kind::from_name(&name.value);
        if kind.is_none() {
            let help = suggest_help(&name.value, KINDS.iter().map(|row| row.name));
            reader.report_with_help(name.span, format!("`{}` is not a kind of entries", clip(&name.value)), help);
        }
        kind
    };
    names.into_iter().filter_map(&mut kind).collect()
}

fn read_one(slot: Slot<'_>, reader: &mut Reader<'_>) -> Vec<Located<String>> {
    reader.text(slot).into_iter().collect()
}

/// Reads the edition without a name.
pub(super) fn publish(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    settings.edition = edition(settings, None, slot, reader);
    settings.editions.unnamed_edition = settings.edition.clone();
    if let Some(output) = settings.edition.as_ref().and_then(|edition| edition.output.clone()) {
        settings.output = output;
    }
}

/// Reads the named editions.
pub(super) fn editions(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    for entry in reader.entries(slot).unwrap_or_default() {
        let name = entry.key.value.clone();
        if let Err(error) = name.parse::<StandardId>() {
            reader.report(entry.key.span, error.to_string());
            continue;
        }
        let edition = edition(settings, Some(name), entry.into(), reader);
        refuse_shared_folder(settings, edition.as_ref(), entry, reader);
        settings.editions.named_editions.extend(edition);
    }
}

fn edition(settings: &Settings, name: Option<String>, slot: Slot<'_>, reader: &mut Reader<'_>) -> Option<Edition> {
    let mut raw = RawEdition::default();
    reader.read_mapping(&mut raw, slot, EDITION, slot.key.span);
    let up_to = raw.up_to.as_ref()?;
    require_known(up_to, "a level", &levels(settings), reader);
    let limit = settings.classification_rank(&up_to.value)?;
    let scopes = [&raw.services, &raw.locations];
    let narrowed = !raw.roles.is_empty() || scopes.iter().any(|list| !list.is_empty());
    let is_limited = narrowed || limit + 1 < settings.classifications.len();
    let by_default = if is_limited { EditionFigures::None } else { EditionFigures::Whole };
    let all = || KINDS.iter().map(|row| row.kind).collect();
    Some(Edition {
        name,
        limit,
        roles: raw.roles,
        services: raw.services,
        locations: raw.locations,
        figures: raw.figures.unwrap_or(by_default),
        registers: raw.registers.unwrap_or_else(|| if is_limited { Vec::new() } else { all() }),
        history: raw.history.unwrap_or(!is_limited && settings.portal.history),
        certificate: raw.certificate.unwrap_or(true),
        output: raw.output,
        is_limited,
        span: slot.key.span,
    })
}

/// Refuses an edition with an output folder that overlaps another, because they would overwrite each other.
fn refuse_shared_folder(settings: &Settings, edition: Option<&Edition>, entry: &Entry, reader: &mut Reader<'_>) {
    let Some(folder) = edition.map(Edition::folder) else { return };
    let overlap = |other: &&Edition| {
        let (one, other) = (folder.parse::<RelativePath>(), other.folder().parse::<RelativePath>());
        one.is_ok_and(|one| other.is_ok_and(|other| one.overlaps(&other)))
    };
    if let Some(other) = settings.editions.named_editions.iter().find(overlap) {
        let other = other.name.as_deref().unwrap_or_default();
        let message = format!("edition `{}` and edition `{other}` are written to the same folder", entry.key.value);
        reader.report_with_help(entry.value.span, message, Some("give each edition its own `output`".to_owned()));
    }
}

/// Reads the name that stands for every reader in an audience.
pub(super) fn read_everyone(settings: &mut Settings, slot: Slot<'_>, reader: &mut Reader<'_>) {
    settings.editions.everyone = text(slot, reader).unwrap_or_default();
}

impl Edition {
    /// The folder that it is written to, relative to the handbook's folder.
    pub(crate) fn folder(&self) -> String {
        match (&self.output, &self.name) {
            (Some(output), _) => output.clone(),
            (None, Some(name)) => format!("site-{name}"),
            (None, None) => Settings::default().output,
        }
    }
}

impl Settings {
    /// The rank of the highest classification that this edition shows; `None` if it shows all.
    pub fn publish_limit(&self) -> Option<usize> {
        self.edition.as_ref().map(|edition| edition.limit)
    }

    /// Whether pages show figures and what these are derived from.
    pub(crate) fn shows_figures(&self) -> bool {
        self.edition.as_ref().is_none_or(|edition| edition.figures != EditionFigures::None)
    }

    /// Whether this edition may leave documents out.
    pub(crate) fn is_limited(&self) -> bool {
        self.edition.is_some()
    }

    /// Whether the portal shows versions of documents; a full edition also does if `is_requested` on the command line.
    pub(crate) fn shows_history(&self, is_requested: bool) -> bool {
        match &self.edition {
            None => is_requested || self.portal.history,
            Some(edition) => edition.history || (is_requested && !edition.is_limited),
        }
    }

    /// The certificate, if this edition shows it.
    pub(crate) fn shown_certificate(&self) -> Option<&CertificateSettings> {
        self.certificate.as_ref().filter(|_| self.edition.as_ref().is_none_or(|edition| edition.certificate))
    }

    /// Whether this edition shows entries of a kind.
    pub(crate) fn shows_kind(&self, kind: Kind) -> bool {
        self.edition.as_ref().is_none_or(|edition| edition.registers.contains(&kind))
    }

    /// The settings without an edition.
    pub(crate) fn without_edition(self) -> Settings {
        Settings { edition: None, ..self }
    }

    /// The settings with a named edition selected.
    ///
    /// # Errors
    /// If no edition has this name, or if `publish` rules out names: the place in the settings, the message and a
    /// suggestion.
    pub(crate) fn for_edition(mut self, name: &str) -> Result<Settings, (Span, String, String)> {
        if let Some(edition) = &self.edition {
            let message =
                format!("`publish` describes an edition without a name, so edition `{}` cannot be made", clip(name));
            return Err((edition.span, message, "describe it under `editions` and remove `publish`".to_owned()));
        }
        let Some(edition) = self.editions.named_editions.iter().find(|edition| edition.name.as_deref() == Some(name))
        else {
            let (message, help) = self.unknown_edition(name).unwrap_or_default();
            return Err((Span::default(), message, help));
        };
        self.output = edition.folder();
        self.edition = Some(edition.clone());
        Ok(self)
    }

    /// Why a name is not that of an edition, with a suggestion; `None` if it is one, or if `publish` rules out names.
    pub(crate) fn unknown_edition(&self, name: &str) -> Option<(String, String)> {
        let names: Vec<&str> =
            self.editions.named_editions.iter().filter_map(|edition| edition.name.as_deref()).collect();
        if self.edition.is_some() || names.contains(&name) {
            return None;
        }
        let help = suggest_help(name, names.iter().copied()).unwrap_or_else(|| match names.as_slice() {
            [] => "describe it under `editions`".to_owned(),
            names => format!("the settings have `{}`", names.join("`, `")),
        });
        Some((format!("there is no edition `{}`", clip(name)), help))
    }
}
