//! Problems as they are detected, and findings as they are reported.

use std::borrow::Cow;
use std::fmt;

use crate::date::Date;
use crate::fix::Fix;
use crate::id::{ClauseKey, DocumentId, ItemKey};
use crate::place::Place;
use crate::text::{reveal, shorten};

/// The name of a rule, for example `broken-link`. Every rule is in the table of `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct RuleId(pub &'static str);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; does not fail a gate unless requested.
    Note,
    /// Should be fixed.
    Warning,
    /// An auditor would raise it, or a reader would be misled.
    Error,
}

impl Severity {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A problem as reported by the step that detected it, before the handbook's settings determine its severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule that is broken.
    pub rule: RuleId,
    /// The problem in one sentence for the document's author, without a final full stop.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What to do about it.
    pub help: Option<String>,
    /// Related places, each with a label.
    pub(crate) related: Vec<(Place, String)>,
    /// The maximum severity of this case, if the rule has less severe cases: an expected item is not a required one,
    /// for example.
    pub(crate) max_severity: Option<Severity>,
    /// The part of a standard that it is about, if any.
    pub(crate) about: Option<StandardPart>,
    /// Its subject, if that is neither a part of a standard nor the words at its place, for example the name of a
    /// missing key.
    pub(crate) subject: Option<Box<str>>,
    /// An automatic fix, if there is one.
    pub(crate) fix: Option<Fix>,
}

/// The part of a standard that a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StandardPart {
    /// A clause.
    Clause(ClauseKey),
    /// An item of documented information.
    Item(ItemKey),
}

/// The maximum length of a word in messages, in bytes. Longer words, such as an image in a data URL, are shortened.
const MAX_WORD_BYTES: usize = 300;
/// The length of a shortened word, in characters.
const SHORT_WORD_CHARS: usize = 100;

/// Shortens words that are too long to read, because reports go into comments and summaries of limited length.
pub(crate) fn shorten_words(text: String) -> String {
    if text.len() <= MAX_WORD_BYTES || !text.split_ascii_whitespace().any(|word| word.len() > MAX_WORD_BYTES) {
        return text;
    }
    let short = |word: &str| {
        if word.len() <= MAX_WORD_BYTES {
            return word.to_owned();
        }
        let short = shorten(word, SHORT_WORD_CHARS);
        let closing = if short.matches('`').count() % 2 == 1 { "`" } else { "" };
        format!("{short}{closing}")
    };
    text.split(' ').map(short).collect::<Vec<_>>().join(" ")
}

impl Problem {
    /// Creates a problem without help or related places.
    pub fn new(rule: RuleId, place: Place, message: impl Into<String>) -> Problem {
        Problem {
            rule,
            message: shorten_words(reveal_invisible(message.into())),
            place,
            help: None,
            related: Vec::new(),
            max_severity: None,
            about: None,
            subject: None,
            fix: None,
        }
    }

    /// Adds what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(reveal_invisible(help.into()));
        self
    }

    /// Adds an automatic fix.
    pub(crate) fn fix(mut self, fix: Fix) -> Problem {
        self.fix = Some(fix);
        self
    }

    /// Sets its subject, for use if the words at its place do not identify it.
    pub(crate) fn with_subject(mut self, subject: impl Into<Box<str>>) -> Problem {
        self.subject = Some(subject.into());
        self
    }

    /// Sets the part of a standard that it is about.
    pub(crate) fn about(mut self, about: StandardPart) -> Problem {
        self.about = Some(about);
        self
    }

    /// Limits the severity of this case to `severity`, regardless of the rule's.
    pub(crate) fn with_max_severity(mut self, severity: Severity) -> Problem {
        self.max_severity = Some(severity);
        self
    }

    /// Adds a related place.
    pub(crate) fn related(mut self, place: Place, label: impl Into<String>) -> Problem {
        self.related.push((place, label.into()));
        self
    }
}

/// Makes invisible characters of an author visible in a message.
fn reveal_invisible(message: String) -> String {
    match reveal(&message) {
        Cow::Borrowed(_) => message,
        Cow::Owned(shown) => shown,
    }
}

/// A problem with its severity and its document, as shown in reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The severity in this handbook, from the rule's default or the settings.
    pub severity: Severity,
    /// The problem and its place.
    pub problem: Problem,
    /// The document that contains it, if any.
    pub(crate) document: Option<DocumentId>,
    /// The subject: a clause, an item, a name, or the words at its place. Known findings are recognized by it.
    pub(crate) subject: String,
}

/// A finding that does not count because of a waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WaivedFinding {
    /// The finding.
    pub(crate) finding: Finding,
    /// Why it is waived.
    pub(crate) reason: String,
    /// Who accepts it.
    pub(crate) accepted_by: String,
    /// The last day of the waiver.
    pub(crate) until: Date,
}

/// Rules that the reading steps raise. Other rules are raised by the check beside their description.
pub(crate) mod reading {
    use super::RuleId;

    /// Front matter that is not a YAML mapping, a duplicate key, or a value of the wrong kind.
    pub(crate) const INVALID_FRONT_MATTER: RuleId = RuleId("invalid-front-matter");
    /// A key that Clausebook does not know.
    pub(crate) const UNKNOWN_KEY: RuleId = RuleId("unknown-key");
    /// A date that is not an ISO date.
    pub(crate) const INVALID_DATE: RuleId = RuleId("invalid-date");
    /// A review interval that cannot be read.
    pub(crate) const INVALID_INTERVAL: RuleId = RuleId("invalid-interval");
    /// A document type that neither Clausebook nor the settings know.
    pub(crate) const UNKNOWN_TYPE: RuleId = RuleId("unknown-type");
    /// A status that does not exist.
    pub(crate) const UNKNOWN_STATUS: RuleId = RuleId("unknown-status");
    /// A classification that is not one of the levels.
    pub(crate) const UNKNOWN_CLASSIFICATION: RuleId = RuleId("unknown-classification");
    /// A Markdown file without front matter.
    pub(crate) const MISSING_FRONT_MATTER: RuleId = RuleId("missing-front-matter");
    /// A claim whose value is not a clause number.
    pub(crate) const UNKNOWN_CLAUSE: RuleId = RuleId("unknown-clause");
    /// Text that looks like a claim in a place where claims are not read.
    pub(crate) const MISPLACED_CLAIM: RuleId = RuleId("misplaced-claim");
    /// Raw HTML outside the small safe set.
    pub(crate) const RAW_HTML_REMOVED: RuleId = RuleId("raw-html-removed");
    /// Text that readers of the page do not see.
    pub(crate) const LOST_TEXT: RuleId = RuleId("lost-text");
    /// A comment whose text is on the page, because it goes beyond the end of its block.
    pub(crate) const PUBLISHED_COMMENT: RuleId = RuleId("published-comment");
    /// A block that is opened and never closed.
    pub(crate) const UNCLOSED_BLOCK: RuleId = RuleId("unclosed-block");

    /// Text of another file that cannot be inserted.
    pub(crate) const BROKEN_INCLUDE: RuleId = RuleId("broken-include");
    /// A construct of another tool.
    pub(crate) const FOREIGN_SYNTAX: RuleId = RuleId("foreign-syntax");
    /// Markup that is read as plain text, or as a different block from the one intended.
    pub(crate) const MALFORMED_MARKUP: RuleId = RuleId("malformed-markup");
    /// A line that was meant as a heading, or a heading without words.
    pub(crate) const MALFORMED_HEADING: RuleId = RuleId("malformed-heading");
    /// A mark that a merge in Git has left.
    pub(crate) const MERGE_CONFLICT: RuleId = RuleId("merge-conflict");
    /// An invisible character or a tag that changes the reading direction.
    pub(crate) const TURNED_TEXT: RuleId = RuleId("turned-text");
    /// An anchor that is used twice or reserved by Clausebook.
    pub(crate) const DUPLICATE_ANCHOR: RuleId = RuleId("duplicate-anchor");
    /// A file or folder that could not be read as a document.
    pub(crate) const UNREADABLE_SOURCE: RuleId = RuleId("unreadable-source");
    /// A file that looks like a document but is not read.
    pub(crate) const UNREAD_FILE: RuleId = RuleId("unread-file");
    /// A catalogue in `standards/` that cannot be used.
    pub(crate) const INVALID_STANDARD: RuleId = RuleId("invalid-standard");
    /// A register, or an entry in it, that cannot be read.
    pub(crate) const INVALID_REGISTER: RuleId = RuleId("invalid-register");
    /// Settings in `clausebook.yaml` that cannot be used.
    pub(crate) const INVALID_SETTINGS: RuleId = RuleId("invalid-settings");
}

/// Rules that are raised after everything else.
pub(crate) mod closing {
    use super::RuleId;

    /// A check of nothing.
    pub(crate) const NOTHING_CHECKED: RuleId = RuleId("nothing-checked");
    /// A clause with a worse verdict than at the base revision.
    pub(crate) const COVERAGE_DROP: RuleId = RuleId("coverage-drop");
    /// An ID that the base revision has but the handbook no longer has.
    pub(crate) const LOST_ID: RuleId = RuleId("lost-id");
    /// A waiver whose last day has passed.
    pub(crate) const EXPIRED_WAIVER: RuleId = RuleId("expired-waiver");
    /// A waiver that waives nothing.
    pub(crate) const UNUSED_WAIVER: RuleId = RuleId("unused-waiver");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_nobody_reads_are_cut_short() {
        let image = format!("`data:image/png;base64,{}` cannot be shown", "é".repeat(60_000));
        let short = shorten_words(image);
        assert!(
            short.len() < 200 && short.starts_with("`data:image/png") && short.ends_with("…` cannot be shown"),
            "{short}"
        );
        let sound = "word ".repeat(1_000);
        assert_eq!(shorten_words(sound.clone()), sound);
    }
}
