//! A handbook's settings, read from `clausebook.yaml`.

mod documents;
mod editions;
mod navigation;
mod pattern;
mod read;
mod registers;
mod sections;
mod settings;
mod types;

pub(crate) use editions::{Edition, EditionFigures};
#[cfg(test)]
pub(crate) use navigation::LISTED_PAGES;
pub(crate) use navigation::{AddedLink, CHAPTERS, LinkTarget, SECTIONS};
pub(crate) use read::default_standard;
pub use read::read;
pub(crate) use registers::{AuditCycle, CertificateSettings, RiskLevel};
pub use settings::Settings;
pub(crate) use settings::{DefaultRule, Exclusion, Gates, NamedPath, UnneededItem, Waiver};
pub use types::TypeReview;
pub(crate) use types::built_in_type_names;

/// The file that makes a folder a handbook.
pub(crate) const SETTINGS_FILE: &str = "clausebook.yaml";
