//! Document types: the built-in ones, and changes and additions in the settings.

use crate::date::Interval;

/// A document type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeInfo {
    /// Its name in front matter, such as `work-instruction`.
    pub(crate) name: String,
    /// Its display name.
    pub title: String,
    /// The plural of its display name.
    pub(crate) plural: String,
    /// Whether the settings provide its display name and plural; if not, the portal translates those of built-in types.
    pub(crate) custom_names: CustomNames,
    /// The prefix of its documents' IDs; empty if there is none.
    pub prefix: String,
    /// How its documents are reviewed.
    pub review: TypeReview,
    /// Headings that its documents must have.
    pub(crate) sections: Vec<String>,
}

/// The display names that the settings provide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CustomNames {
    /// Whether they provide the singular.
    pub(crate) title: bool,
    /// Whether they provide the plural.
    pub(crate) plural: bool,
}

/// The default for reviewing documents of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeReview {
    /// Never.
    Never,
    /// After each interval.
    Every(Interval),
    /// At the interval of the handbook.
    Handbook,
}

/// Name, title, plural and ID prefix of the built-in types.
const BUILT_IN_TYPES: [(&str, &str, &str, &str); 15] = [
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

/// The names of the built-in types.
pub(crate) fn built_in_type_names() -> [&'static str; 15] {
    BUILT_IN_TYPES.map(|(name, ..)| name)
}

/// The built-in types.
pub(super) fn built_in_types() -> Vec<TypeInfo> {
    let info = |(name, title, plural, prefix): (&str, &str, &str, &str)| TypeInfo {
        name: name.to_owned(),
        title: title.to_owned(),
        plural: plural.to_owned(),
        custom_names: CustomNames::default(),
        prefix: prefix.to_owned(),
        review: TypeReview::Handbook,
        sections: Vec::new(),
    };
    BUILT_IN_TYPES.into_iter().map(info).collect()
}

/// A custom type with default values.
pub(super) fn custom_type(name: &str) -> TypeInfo {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    let title = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    TypeInfo {
        name: name.to_owned(),
        plural: title.clone(),
        title,
        custom_names: CustomNames::default(),
        prefix: String::new(),
        review: TypeReview::Handbook,
        sections: Vec::new(),
    }
}
