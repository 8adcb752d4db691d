//! Document types: those that come with Clausebook, adjusted and added to by the settings.

use crate::date::Interval;

/// A document type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeInfo {
    /// Its name in front matter, such as `work-instruction`.
    pub(crate) name: String,
    /// Its name for people.
    pub title: String,
    /// Its name for people, of several.
    pub(crate) plural: String,
    /// Whether the settings give its name, or its name of several; otherwise the portal has words for those that come with
    /// Clausebook.
    pub(crate) named: GivenNames,
    /// What its documents' ids begin with; empty when that is not laid down.
    pub prefix: String,
    /// How its documents are reviewed.
    pub review: TypeReview,
    /// Headings that its documents must have.
    pub(crate) sections: Vec<String>,
}

/// Which names of a type the settings give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct GivenNames {
    /// That of one.
    pub(crate) title: bool,
    /// That of several.
    pub(crate) plural: bool,
}

/// How documents of a type are reviewed when they do not say it themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeReview {
    /// Never.
    Never,
    /// After each interval.
    Every(Interval),
    /// As the handbook says.
    Handbook,
}

/// Name, title, plural and id prefix of the types that come with Clausebook.
const BUILT_IN: [(&str, &str, &str, &str); 15] = [
    ("policy", "Policy", "Policies", "POL"),
    ("process", "Process", "Processes", "PRC"),
    ("procedure", "Procedure", "Procedures", "PRO"),
    ("plan", "Plan", "Plans", "PLN"),
    ("work-instruction", "Work instruction", "Work instructions", "WIN"),
    ("guideline", "Guideline", "Guidelines", "GDL"),
    ("agreement", "Agreement", "Agreements", "AGR"),
    ("catalogue", "Catalogue", "Catalogues", "CAT"),
    ("register", "Register", "Registers", "REG"),
    ("specification", "Specification", "Specifications", "SPC"),
    ("analysis", "Analysis", "Analyses", "ANA"),
    ("report", "Report", "Reports", "RPT"),
    ("record", "Record", "Records", "REC"),
    ("template", "Template", "Templates", "TPL"),
    ("page", "Page", "Pages", ""),
];

/// The names of the types that come with Clausebook.
pub(crate) fn built_in_type_names() -> [&'static str; 15] {
    BUILT_IN.map(|(name, ..)| name)
}

/// The types that come with Clausebook.
pub(super) fn built_in() -> Vec<TypeInfo> {
    let info = |(name, title, plural, prefix): (&str, &str, &str, &str)| TypeInfo {
        name: name.to_owned(),
        title: title.to_owned(),
        plural: plural.to_owned(),
        named: GivenNames::default(),
        prefix: prefix.to_owned(),
        review: TypeReview::Handbook,
        sections: Vec::new(),
    };
    BUILT_IN.into_iter().map(info).collect()
}

/// A type of the handbook's own, before its settings are read.
pub(super) fn own(name: &str) -> TypeInfo {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    let title = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    TypeInfo {
        name: name.to_owned(),
        plural: title.clone(),
        title,
        named: GivenNames::default(),
        prefix: String::new(),
        review: TypeReview::Handbook,
        sections: Vec::new(),
    }
}
