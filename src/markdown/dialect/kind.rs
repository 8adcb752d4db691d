//! Kinds of alerts, by the names that they have in Markdown of any origin.

use crate::markdown::body::Phrase;

/// What an alert looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum Look {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl Look {
    /// The name in class names and digests.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Look::Note => "note",
            Look::Tip => "tip",
            Look::Important => "important",
            Look::Warning => "warning",
            Look::Caution => "caution",
        }
    }

    /// The title of an alert without a title of its own.
    pub(crate) fn phrase(self) -> Phrase {
        match self {
            Look::Note => Phrase::Note,
            Look::Tip => Phrase::Tip,
            Look::Important => Phrase::Important,
            Look::Warning => Phrase::Warning,
            Look::Caution => Phrase::Caution,
        }
    }
}

/// A name of an alert, how it looks, and whether the name says more than the look does, so that it becomes the title.
type Name = (&'static str, Look, bool);

/// Every known name: those of GitHub, Obsidian, MkDocs Material, Docusaurus, VitePress, GitBook, Quarto and MyST.
const NAMES: [Name; 36] = [
    ("note", Look::Note, false),
    ("info", Look::Note, false),
    ("seealso", Look::Note, false),
    ("abstract", Look::Note, true),
    ("summary", Look::Note, true),
    ("tldr", Look::Note, true),
    ("todo", Look::Note, true),
    ("question", Look::Note, true),
    ("help", Look::Note, true),
    ("faq", Look::Note, true),
    ("example", Look::Note, true),
    ("quote", Look::Note, true),
    ("cite", Look::Note, true),
    ("secondary", Look::Note, false),
    ("details", Look::Note, true),
    ("tip", Look::Tip, false),
    ("hint", Look::Tip, false),
    ("success", Look::Tip, true),
    ("check", Look::Tip, true),
    ("done", Look::Tip, true),
    ("important", Look::Important, false),
    ("primary", Look::Important, false),
    ("warning", Look::Warning, false),
    ("warn", Look::Warning, false),
    ("attention", Look::Warning, false),
    ("failure", Look::Warning, true),
    ("fail", Look::Warning, true),
    ("missing", Look::Warning, true),
    ("bug", Look::Warning, true),
    ("caution", Look::Caution, false),
    ("danger", Look::Caution, false),
    ("error", Look::Caution, false),
    ("alert", Look::Caution, false),
    ("critical", Look::Caution, false),
    ("security", Look::Caution, true),
    ("deprecated", Look::Warning, true),
];

/// Whether a name is that of an alert.
pub(in crate::markdown) fn is_alert(name: &str) -> bool {
    find(name).is_some()
}

/// How an alert of a name looks, and the title that its name makes when it says more than the look.
pub(super) fn find(name: &str) -> Option<(Look, Option<String>)> {
    let (_, look, telling) = NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
    Some((*look, telling.then(|| capitalised(name))))
}

/// A name as a title: `example` as `Example`.
pub(super) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}
