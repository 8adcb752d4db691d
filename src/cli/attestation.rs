//! Code shared by `review` and `approve`, and in part by `close`: they check all documents before they write the first
//! one.

use super::interrupt::Interrupt;
use super::unified_diff::unified_diff;
use super::{Failure, find, output};
use crate::assess::Assessment;
use crate::config::Settings;
use crate::date::Date;
use crate::edit::{Edits, read_current};
use crate::finding::Severity;
use crate::handbook::{Document, DocumentIndex, Reading};
use crate::place::SourceText;
use crate::placeholder::{is_to_be_filled, names_only_persons_or_roles};
use crate::project::Project;
use crate::report::without_controls;
use crate::rules::{Group, find_rule};
use crate::source::front_matter::{DigestScheme, FrontMatter, WrittenDigest};

/// Placeholders in suggested commands that users must replace.
const COMMAND_PLACEHOLDERS: [&str; 6] = ["DATE", "REASON", "RESULT", "ROLE", "TEXT", "TITLE"];

/// Accepts a meaningful text on one line.
pub(super) fn parse_line(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text {
        "" => Err("write a text".to_owned()),
        text if text.chars().any(char::is_control) => {
            Err("write it on one line, without control characters".to_owned())
        }
        text if COMMAND_PLACEHOLDERS.contains(&text) => Err(format!("write what `{text}` stands for")),
        text => Ok(text.to_owned()),
    }
}

/// Accepts a text on one line that is not a placeholder.
pub(super) fn parse_content(text: &str) -> Result<String, String> {
    let text = parse_line(text)?;
    if is_to_be_filled(&text) { Err(format!("`{text}` is a placeholder; write the real text")) } else { Ok(text) }
}

/// Accepts a role or a person.
pub(super) fn parse_role(text: &str) -> Result<String, String> {
    let name = parse_line(text)
        .map_err(|reason| if text.trim().is_empty() { "write a role or a name".to_owned() } else { reason })?;
    if names_only_persons_or_roles(&name) { Ok(name) } else { Err(format!("`{name}` names nobody; write the role")) }
}

/// Today according to the settings, and the day of an event, today by default; a day in the future is refused.
pub(super) fn event_day(settings: &Settings, on: Option<Date>, instead: &str) -> Result<(Date, Date), Failure> {
    let today = settings.as_of.unwrap_or_else(Date::today);
    let on = on.unwrap_or(today);
    if on > today {
        let reason =
            settings.as_of.map_or_else(String::new, |day| format!(", because `as_of` in clausebook.yaml is {day}"));
        return Err(Failure::new(format!("{on} is in the future{reason}; {instead}")));
    }
    Ok((today, on))
}

/// A document with its new text.
pub(super) struct ChangedDocument<'a> {
    pub(super) document: &'a Document,
    /// The present content of its file.
    pub(super) old: String,
    /// The new content of its file.
    pub(super) new: String,
}

/// A handbook in which documents are looked up and checked.
pub(super) struct DocumentLookup<'a> {
    pub(super) project: &'a Project,
    pub(super) reading: &'a Reading,
    pub(super) assessment: &'a Assessment,
}

impl<'a> DocumentLookup<'a> {
    /// Writes all files or none; with `dry_run`, shows what would be written.
    pub(super) fn save(
        &self,
        changes: &[ChangedDocument<'_>],
        dry_run: bool,
        interrupt: &Interrupt,
    ) -> Result<(), Failure> {
        if dry_run {
            let show = |change: &ChangedDocument<'_>| {
                output::print(&unified_diff(change.document.path(), &change.old, &change.new))
            };
            return Ok(changes.iter().try_for_each(show)?);
        }
        interrupt.defer_exit();
        let mut edits = Edits::new(self.project.root());
        changes.iter().for_each(|change| edits.replace(change.document.path(), &change.old, &change.new));
        Ok(edits.save()?)
    }

    /// The new text of each named document, or all reasons why any of them cannot be changed.
    pub(super) fn change_documents(
        &self,
        names: &[String],
        change: impl Fn(DocumentIndex) -> Result<ChangedDocument<'a>, Vec<String>>,
    ) -> Result<Vec<ChangedDocument<'a>>, Failure> {
        let mut changes: Vec<ChangedDocument<'a>> = Vec::new();
        let mut refusals = Vec::new();
        for name in names {
            let document = find::document(self.project, self.reading, name).map_err(|refusal| vec![refusal]);
            match document.and_then(&change) {
                // The same document may be named both by its ID and by its path.
                Ok(change) if changes.iter().any(|other| other.document.path() == change.document.path()) => {}
                Ok(change) => changes.push(change),
                Err(reasons) => refusals.extend(reasons),
            }
        }
        if refusals.is_empty() { Ok(changes) } else { Err(Failure::new(refusals.join("\n"))) }
    }

    /// Why a document cannot be attested at all: it is a page, or its front matter has errors.
    pub(super) fn refusals(&self, document: &Document, participle: &str) -> Vec<String> {
        let path = without_controls(document.path());
        if !document.is_controlled() {
            return vec![format!("`{path}` is a page, not a controlled document, so it cannot be {participle}")];
        }
        let is_grave = |finding: &&crate::finding::Finding| {
            let group = find_rule(finding.problem.rule.0).map(|rule| rule.group);
            finding.severity == Severity::Error
                && matches!(group, Some(Group::FrontMatter | Group::Identity))
                && finding.problem.place.file == *document.path()
        };
        let waived = self.assessment.waived.iter().map(|waived| &waived.finding);
        let grave = self.assessment.findings.iter().chain(waived).find(is_grave);
        let describe = |finding: &crate::finding::Finding| {
            let (place, message) =
                (without_controls(&finding.problem.place.to_string()), without_controls(&finding.problem.message));
            format!("`{path}` has errors, which come first: {place}: {message}")
        };
        grave.map(describe).into_iter().collect()
    }

    /// The content of a document's file on disk, provided that it has not changed since it was read.
    pub(super) fn read_unchanged_text(&self, document: &Document) -> Result<String, String> {
        let path = without_controls(document.path());
        let raw = read_current(self.project.root(), document.path());
        let raw = raw.map_err(|error| format!("`{path}` cannot be read: {error}"))?;
        match SourceText::new("", &raw).as_str() == document.file.source.as_str() {
            true => Ok(raw),
            false => Err(format!("`{path}` has just changed; check it, then run the command again")),
        }
    }

    /// The digest of a document's text, in the scheme of its approval, else in the newest: a review of an approved text
    /// must have the same digest as the approval.
    pub(super) fn digest_for_review(&self, document: &Document) -> Result<WrittenDigest, String> {
        let bound = document.front().and_then(FrontMatter::approved_digest);
        self.digest_with_scheme(bound.map_or(DigestScheme::NEWEST, |digest| digest.scheme), document)
    }

    /// The digest for binding an earlier approval, in the scheme of its reviews, else in the newest: a review of the
    /// same text must have the same digest as the approval.
    pub(super) fn digest_for_binding(&self, document: &Document) -> Result<WrittenDigest, String> {
        let reviews = document.front().map_or(&[][..], |front| &front.reviews);
        let mut schemes = reviews.iter().filter_map(|review| Some(review.digest.as_ref()?.value.scheme));
        let rendered = schemes.rfind(|scheme| *scheme != DigestScheme::Written);
        self.digest_with_scheme(rendered.unwrap_or(DigestScheme::NEWEST), document)
    }

    /// The digest of a document's text in the newest scheme.
    pub(super) fn digest(&self, document: &Document) -> Result<WrittenDigest, String> {
        self.digest_with_scheme(DigestScheme::NEWEST, document)
    }

    fn digest_with_scheme(&self, scheme: DigestScheme, document: &Document) -> Result<WrittenDigest, String> {
        self.reading.text_digest_by(scheme, document).map_err(|attachment| {
            let (path, attachment) = (without_controls(document.path()), without_controls(&attachment));
            format!("`{path}` links to `{attachment}`, which cannot be read; make it readable")
        })
    }
}
