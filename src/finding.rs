//! What is wrong: problems as they are noticed, findings as they are reported.

use std::borrow::Cow;
use std::fmt;

use crate::date::Date;
use crate::fix::Fix;
use crate::id::{ClauseKey, DocumentId, ItemKey};
use crate::place::Place;
use crate::text::{revealed, shortened};

/// The name of a rule, such as `broken-link`; every one stands in the table of `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct RuleId(pub &'static str);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; never fails a gate unless asked to.
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

/// Something wrong, as the step that noticed it says it: not yet weighed by the handbook's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule that is broken.
    pub rule: RuleId,
    /// What is wrong, in one sentence for the document's author; without a final full stop.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What to do about it.
    pub help: Option<String>,
    /// Every further place that belongs to it, each with what is to be seen there.
    pub(crate) related: Vec<(Place, String)>,
    /// The most that this case weighs, when the rule has lighter cases: an expected item is no required one.
    pub(crate) at_most: Option<Severity>,
    /// The part of a standard that it is about, when it is about one.
    pub(crate) about: Option<About>,
    /// What it is about where neither a standard nor the words at its place tell, such as the name of a missing key.
    pub(crate) subject: Option<Box<str>>,
    /// How a machine can fix it, when it knows.
    pub(crate) fix: Option<Fix>,
}

/// The part of a standard that a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// A clause.
    Clause(ClauseKey),
    /// An item of documented information.
    Item(ItemKey),
}

/// Words that are longer, such as an image in an address, are cut short in messages, in bytes.
const MAX_WORD: usize = 300;
/// How much is left of them, in characters.
const CUT_WORD: usize = 100;

/// A text without words that nobody reads: reports go into comments and summaries, whose length is limited.
pub(crate) fn without_long_words(text: String) -> String {
    if text.len() <= MAX_WORD || !text.split_ascii_whitespace().any(|word| word.len() > MAX_WORD) {
        return text;
    }
    let short = |word: &str| {
        if word.len() <= MAX_WORD {
            return word.to_owned();
        }
        let short = shortened(word, CUT_WORD);
        let closing = if short.matches('`').count() % 2 == 1 { "`" } else { "" };
        format!("{short}{closing}")
    };
    text.split(' ').map(short).collect::<Vec<_>>().join(" ")
}

impl Problem {
    /// A problem without help or further places.
    pub fn new(rule: RuleId, place: Place, message: impl Into<String>) -> Problem {
        Problem {
            rule,
            message: without_long_words(shown(message.into())),
            place,
            help: None,
            related: Vec::new(),
            at_most: None,
            about: None,
            subject: None,
            fix: None,
        }
    }

    /// Adds what to do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(shown(help.into()));
        self
    }

    /// Adds how a machine can fix it.
    pub(crate) fn fix(mut self, fix: Fix) -> Problem {
        self.fix = Some(fix);
        self
    }

    /// Names what it is about where the words at its place do not.
    pub(crate) fn with_subject(mut self, subject: impl Into<Box<str>>) -> Problem {
        self.subject = Some(subject.into());
        self
    }

    /// Says which part of a standard it is about.
    pub(crate) fn about(mut self, about: About) -> Problem {
        self.about = Some(about);
        self
    }

    /// Says that this case weighs no more than `severity`, whatever the rule weighs.
    pub(crate) fn at_most(mut self, severity: Severity) -> Problem {
        self.at_most = Some(severity);
        self
    }

    /// Adds a further place that belongs to it.
    pub(crate) fn related(mut self, place: Place, label: impl Into<String>) -> Problem {
        self.related.push((place, label.into()));
        self
    }
}

/// A message in which everybody sees what an author wrote.
fn shown(message: String) -> String {
    match revealed(&message) {
        Cow::Borrowed(_) => message,
        Cow::Owned(shown) => shown,
    }
}

/// A problem with its weight and the document it belongs to: what reports show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs here, from the rule's default or the handbook's settings.
    pub severity: Severity,
    /// What is wrong and where.
    pub problem: Problem,
    /// The document it is in, when it is in one.
    pub(crate) document: Option<DocumentId>,
    /// What it is about: a clause, an item, a name, or the words at its place. Known findings are known by it.
    pub(crate) subject: String,
}

/// A finding that a waiver takes out of the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waived {
    /// The finding.
    pub(crate) finding: Finding,
    /// Why it is waived.
    pub(crate) reason: String,
    /// Who answers for it.
    pub(crate) who: String,
    /// The last day on which it is waived.
    pub(crate) until: Date,
}

/// Rules that the reading steps raise; the others are raised by the check that stands beside their description.
pub(crate) mod reading {
    use super::RuleId;

    /// Front matter that is no YAML mapping, a doubled key, or a value of the wrong kind.
    pub(crate) const INVALID_FRONT_MATTER: RuleId = RuleId("invalid-front-matter");
    /// A key that Clausebook does not know.
    pub(crate) const UNKNOWN_KEY: RuleId = RuleId("unknown-key");
    /// A date that is no ISO date.
    pub(crate) const INVALID_DATE: RuleId = RuleId("invalid-date");
    /// A review interval that cannot be read.
    pub(crate) const INVALID_INTERVAL: RuleId = RuleId("invalid-interval");
    /// A document type that neither Clausebook nor the settings know.
    pub(crate) const UNKNOWN_TYPE: RuleId = RuleId("unknown-type");
    /// A status that does not exist.
    pub(crate) const UNKNOWN_STATUS: RuleId = RuleId("unknown-status");
    /// A classification that the ladder does not have.
    pub(crate) const UNKNOWN_CLASSIFICATION: RuleId = RuleId("unknown-classification");
    /// A Markdown file without front matter.
    pub(crate) const MISSING_FRONT_MATTER: RuleId = RuleId("missing-front-matter");
    /// A text that is no clause number, in a claim.
    pub(crate) const UNKNOWN_CLAUSE: RuleId = RuleId("unknown-clause");
    /// Something that looks like a claim and stands where none is read.
    pub(crate) const MISPLACED_CLAIM: RuleId = RuleId("misplaced-claim");
    /// Raw HTML outside the small safe set.
    pub(crate) const RAW_HTML_REMOVED: RuleId = RuleId("raw-html-removed");
    /// Text that no reader of the page sees.
    pub(crate) const LOST_TEXT: RuleId = RuleId("lost-text");
    /// A block that is opened and never closed.
    pub(crate) const PUBLISHED_COMMENT: RuleId = RuleId("published-comment");
    pub(crate) const UNCLOSED_BLOCK: RuleId = RuleId("unclosed-block");

    /// Text of another file that cannot be inserted.
    pub(crate) const BROKEN_INCLUDE: RuleId = RuleId("broken-include");
    /// A construct of another tool.
    pub(crate) const FOREIGN_SYNTAX: RuleId = RuleId("foreign-syntax");
    /// Markup that is read as text, or as another block than was meant.
    pub(crate) const MALFORMED_MARKUP: RuleId = RuleId("malformed-markup");
    pub(crate) const TURNED_TEXT: RuleId = RuleId("turned-text");
    /// An anchor that two places share, or one of ours.
    pub(crate) const DUPLICATE_ANCHOR: RuleId = RuleId("duplicate-anchor");
    /// A file or folder that could not be read as a document.
    pub(crate) const UNREADABLE_SOURCE: RuleId = RuleId("unreadable-source");
    /// A file that looks like a document and is not read.
    pub(crate) const UNREAD_FILE: RuleId = RuleId("unread-file");
    /// A catalogue in `standards/` that cannot be used.
    pub(crate) const INVALID_STANDARD: RuleId = RuleId("invalid-standard");
    /// A register, or an entry in it, that cannot be read.
    pub(crate) const INVALID_REGISTER: RuleId = RuleId("invalid-register");
    /// Settings in `clausebook.yaml` that cannot be used.
    pub(crate) const INVALID_SETTINGS: RuleId = RuleId("invalid-settings");
}

/// Rules that are raised when everything else has been found.
pub(crate) mod closing {
    use super::RuleId;

    /// A check that looked at nothing.
    pub(crate) const NOTHING_CHECKED: RuleId = RuleId("nothing-checked");
    /// A clause that is worse than it was at the revision compared with.
    pub(crate) const COVERAGE_DROP: RuleId = RuleId("coverage-drop");
    /// An id that the revision compared with has, and the handbook has no more.
    pub(crate) const LOST_ID: RuleId = RuleId("lost-id");
    /// A waiver whose last day is over.
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
        let short = without_long_words(image);
        assert!(
            short.len() < 200 && short.starts_with("`data:image/png") && short.ends_with("…` cannot be shown"),
            "{short}"
        );
        let sound = "word ".repeat(1_000);
        assert_eq!(without_long_words(sound.clone()), sound);
    }
}
