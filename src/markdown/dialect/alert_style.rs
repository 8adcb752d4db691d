//! Kinds of alerts, with their names in various dialects of Markdown.

use crate::markdown::body::Phrase;

/// The style of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum AlertStyle {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl AlertStyle {
    /// The name used in class names and digests.
    pub(crate) fn class(self) -> &'static str {
        match self {
            AlertStyle::Note => "note",
            AlertStyle::Tip => "tip",
            AlertStyle::Important => "important",
            AlertStyle::Warning => "warning",
            AlertStyle::Caution => "caution",
        }
    }

    /// The title of an alert that has no title of its own.
    pub(crate) fn phrase(self) -> Phrase {
        match self {
            AlertStyle::Note => Phrase::Note,
            AlertStyle::Tip => Phrase::Tip,
            AlertStyle::Important => Phrase::Important,
            AlertStyle::Warning => Phrase::Warning,
            AlertStyle::Caution => Phrase::Caution,
        }
    }
}

/// The name of an alert, its style, and whether the name is more specific than the style and therefore becomes the
/// title.
type AlertName = (&'static str, AlertStyle, bool);

/// Every known name: those of GitHub, Obsidian, MkDocs Material, Docusaurus, VitePress, GitBook, Quarto and MyST.
const NAMES: [AlertName; 36] = [
    ("note", AlertStyle::Note, false),
    ("info", AlertStyle::Note, false),
    ("seealso", AlertStyle::Note, false),
    ("abstract", AlertStyle::Note, true),
    ("summary", AlertStyle::Note, true),
    ("tldr", AlertStyle::Note, true),
    ("todo", AlertStyle::Note, true),
    ("question", AlertStyle::Note, true),
    ("help", AlertStyle::Note, true),
    ("faq", AlertStyle::Note, true),
    ("example", AlertStyle::Note, true),
    ("quote", AlertStyle::Note, true),
    ("cite", AlertStyle::Note, true),
    ("secondary", AlertStyle::Note, false),
    ("details", AlertStyle::Note, true),
    ("tip", AlertStyle::Tip, false),
    ("hint", AlertStyle::Tip, false),
    ("success", AlertStyle::Tip, true),
    ("check", AlertStyle::Tip, true),
    ("done", AlertStyle::Tip, true),
    ("important", AlertStyle::Important, false),
    ("primary", AlertStyle::Important, false),
    ("warning", AlertStyle::Warning, false),
    ("warn", AlertStyle::Warning, false),
    ("attention", AlertStyle::Warning, false),
    ("failure", AlertStyle::Warning, true),
    ("fail", AlertStyle::Warning, true),
    ("missing", AlertStyle::Warning, true),
    ("bug", AlertStyle::Warning, true),
    ("caution", AlertStyle::Caution, false),
    ("danger", AlertStyle::Caution, false),
    ("error", AlertStyle::Caution, false),
    ("alert", AlertStyle::Caution, false),
    ("critical", AlertStyle::Caution, false),
    ("security", AlertStyle::Caution, true),
    ("deprecated", AlertStyle::Warning, true),
];

/// Whether alerts of this name exist.
pub(in crate::markdown) fn is_alert(name: &str) -> bool {
    find(name).is_some()
}

/// The style of an alert by name, and the title made from the name if it is more specific than the style.
pub(super) fn find(name: &str) -> Option<(AlertStyle, Option<String>)> {
    let (_, style, is_title) = NAMES.iter().find(|(spelling, ..)| spelling.eq_ignore_ascii_case(name))?;
    Some((*style, is_title.then(|| capitalised(name))))
}

/// The name capitalized as a title, for example `Example` for `example`.
pub(super) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}
