//! Checks whether an approval is allowed, and writes it.

use std::cmp::Ordering;

use crate::config::Settings;
use crate::date::Date;
use crate::handbook::{ApprovedText, Document, Reading, is_dated_by_content, is_one_of};
use crate::name::Signers;
use crate::place::SourceText;
use crate::project::parse_file;
use crate::report::without_controls;
use crate::rules::find_rule;
use crate::source::front_matter::{Change, FrontMatter, Status, WrittenDigest};
use crate::source::version::{Version, is_same_version};
use crate::source::{self, FrontMatterValue, NewApproval, NewChange};
use crate::starter;

/// An approval to be recorded.
pub(super) struct Approval<'a> {
    pub(super) settings: &'a Settings,
    pub(super) document: &'a Document,
    /// The approvers.
    pub(super) approvers: &'a [String],
    pub(super) day: Date,
    /// The version, if it is not the one in the front matter.
    pub(super) version: Option<&'a str>,
    pub(super) summary: Option<&'a str>,
    /// Whether `by` replaces the approvers in the document.
    pub(super) changes_approver: bool,
    /// The text that was approved as the present version, as far as the repository proves it.
    pub(super) approved_text: Option<&'a ApprovedText>,
    /// For an earlier approval that is only bound to its text: the author or owner of that text, if known.
    pub(super) bound_author: Option<Option<&'a str>>,
}

impl Approval<'_> {
    /// Whether the document already has exactly this approval.
    pub(super) fn is_already_given(&self) -> bool {
        self.document.front().is_some_and(|front| {
            let is_of_day = front.approved.as_ref().is_some_and(|approved| approved.value == self.day);
            let is_of_version = self.version(front).is_some_and(|version| is_version_of(front, version));
            let is_of_text = front.approved_digest().is_some_and(|digest| self.document.has_digest(digest));
            let is_approved = self.document.status() == Some(Status::Approved);
            is_approved && is_of_day && is_of_version && is_of_text && self.is_by_approvers()
        })
    }

    /// All reasons why the approval is not allowed.
    pub(super) fn refusals(&self) -> Vec<String> {
        let Some(front) = self.document.front().filter(|_| self.document.is_controlled()) else { return Vec::new() };
        let mut refusals = Vec::new();
        if self.document.status() == Some(Status::Retired) {
            refusals.push(format!("`{}` is retired; give a new document a new ID", self.path()));
        }
        if starter::has_draft_note(self.document.file.source.as_str()) {
            refusals.push(format!("`{}` still begins with the note for drafts; delete it first", self.path()));
        }
        refusals.extend(self.refuse_own_approval());
        refusals.extend(self.refuse_other_approver());
        refusals.extend(self.refuse_too_early(front));
        match self.version(front) {
            Some(version) => {
                let refusal = self.refuse_second_text(front, version);
                refusals.extend(refusal.or_else(|| self.refuse_version(front, version)));
            }
            None => refusals.push(format!("`{}` has no version; name it with --version", self.path())),
        }
        refusals
    }

    fn path(&self) -> String {
        without_controls(self.document.path()).to_string()
    }

    /// The version being approved.
    fn version<'f>(&'f self, front: &'f FrontMatter) -> Option<&'f str> {
        let current = front.version.as_ref().map(|version| version.value.trim()).filter(|version| !version.is_empty());
        self.version.or(current)
    }

    fn refuse_own_approval(&self) -> Option<String> {
        let rule = find_rule("self-approval")?;
        let is_allowed = self.settings.severity(rule.id, rule.severity).is_none();
        if is_allowed || is_dated_by_content(&self.document.doc_type) {
            return None;
        }
        let (owners, authors) = (&self.document.owners, &self.document.authors);
        let approver = self.approvers.iter().find(|by| is_one_of(by, owners, authors))?;
        Some(format!("{} owns or wrote `{}`, so another role must approve it", without_controls(approver), self.path()))
    }

    fn refuse_other_approver(&self) -> Option<String> {
        let approvers = &self.document.approvers;
        if self.changes_approver || approvers.is_empty() || self.is_by_approvers() {
            return None;
        }
        let approver_names = approvers.joined().unwrap_or_default();
        Some(format!(
            "the approver of `{}` is {}; add --change-approver to make it {}",
            self.path(),
            without_controls(&approver_names),
            without_controls(&self.approvers.join(", "))
        ))
    }

    fn is_by_approvers(&self) -> bool {
        let approvers = Signers::new(self.document.approvers.iter().map(|name| &**name));
        let is_approver = |name: &String| Signers::new([name]).share_one(&approvers);
        self.approvers.iter().all(is_approver) && approvers.names_except(&Signers::new(self.approvers)).is_empty()
    }

    fn refuse_too_early(&self, front: &FrontMatter) -> Option<String> {
        let last = front.changes.iter().filter_map(Change::date).max().filter(|last| self.day < *last)?;
        Some(format!(
            "`{}` was changed on {last}; an approval on {} says nothing about that text",
            self.path(),
            self.day
        ))
    }

    /// Why the text cannot be approved as this version, if it cannot.
    fn refuse_version(&self, front: &FrontMatter, version: &str) -> Option<String> {
        let path = self.path();
        if let Some((approved, digest)) = last_approved(front) {
            let is_same_text = self.document.has_digest(digest);
            let is_same_version = is_same_version(approved, version);
            let is_not_higher = is_not_higher(version, approved);
            if !is_same_text && is_not_higher {
                return Some(self.other_text("approved", approved));
            }
            if !is_same_version && is_not_higher {
                return Some(format!(
                    "version {} of `{path}` is not higher than {}, which is approved",
                    without_controls(version),
                    without_controls(approved)
                ));
            }
            let is_approved =
                self.document.status() == Some(Status::Approved) && front.approved_digest() == Some(digest);
            if is_same_version && is_approved {
                return Some(format!(
                    "this text of `{path}` is already approved as version {}; run `clausebook review` to confirm that it is \
                     still right",
                    without_controls(version)
                ));
            }
        } else if self.differs_from_reviewed_text(front, version) {
            return Some(self.other_text("reviewed", version));
        }
        let is_new = !is_version_of(front, version);
        let is_said = self.summary.is_some() || self.entry(front, version).is_some_and(|entry| entry.summary.is_some());
        (is_new && !is_said)
            .then(|| format!("say what changed in version {} of `{path}` with --summary", without_controls(version)))
    }

    /// Why the text cannot be approved as this version if the repository proves that another one was approved as the
    /// present version.
    fn refuse_second_text(&self, front: &FrontMatter, version: &str) -> Option<String> {
        let current = front.version.as_ref()?.value.trim();
        let is_second = self.approved_text.is_some_and(ApprovedText::is_other) && is_not_higher(version, current);
        is_second.then(|| self.other_text("approved", current))
    }

    fn other_text(&self, what: &str, version: &str) -> String {
        format!(
            "the text of `{}` differs from the one {what} as version {}; approve it as a higher version with --version, \
             and say what changed with --summary",
            self.path(),
            without_controls(version)
        )
    }

    fn differs_from_reviewed_text(&self, front: &FrontMatter, version: &str) -> bool {
        let of_version = front
            .reviews
            .iter()
            .filter(|review| review.version.as_ref().is_some_and(|reviewed| is_same_version(&reviewed.value, version)));
        let digests = of_version.filter_map(|review| Some((review.date.value, review.digest.as_ref()?.value)));
        digests.max_by_key(|(on, _)| *on).is_some_and(|(_, digest)| !self.document.has_digest(digest))
    }

    /// The newest entry of the revision history for this version.
    fn entry<'f>(&self, front: &'f FrontMatter, version: &str) -> Option<&'f Change> {
        front.newest_change(version, |_| true)
    }

    /// The text of the document's file with the approval; `raw` is the text as it is on disk.
    ///
    /// # Errors
    /// If the approval cannot be added to the front matter without changing anything else.
    pub(super) fn write(&self, reading: &Reading, raw: &str, digest: WrittenDigest) -> Result<String, String> {
        let vocabulary = self.settings.vocabulary();
        let unreadable = || "its front matter cannot be read in full".to_owned();
        let front = self.document.front().ok_or_else(unreadable)?;
        let version = self.version(front).ok_or_else(unreadable)?;
        let approval = NewApproval { keys: self.keys(front, version), change: self.change(front, version, digest) };
        let new = source::approve(raw, &vocabulary, &approval).map_err(|error| error.to_string())?;
        // The new file is only acceptable if reading it gives the intended result.
        let file = parse_file(SourceText::new(self.document.path().clone(), &new), self.settings, &vocabulary);
        let is_approved = file.front.as_ref().is_some_and(|front| {
            front.status.as_ref().is_some_and(|status| status.value == Status::Approved)
                && front.approved.as_ref().is_some_and(|day| day.value == self.day)
                && front.approved_digest() == Some(digest)
        });
        let is_same_text = reading.digest_of(digest.scheme, &file) == Ok(digest);
        if is_approved && is_same_text { Ok(new) } else { Err(unreadable()) }
    }

    fn keys(&self, front: &FrontMatter, version: &str) -> Vec<(&'static str, FrontMatterValue)> {
        let mut keys = Vec::new();
        if self.document.status() != Some(Status::Approved) {
            keys.push(("status", FrontMatterValue::Text(Status::Approved.as_str().to_owned())));
        }
        if !is_version_of(front, version) {
            keys.push(("version", FrontMatterValue::Text(version.to_owned())));
        }
        if !self.is_by_approvers() && self.bound_author.is_none() {
            keys.push(("approver", FrontMatterValue::Names(self.approvers.to_vec())));
        }
        if front.approved.as_ref().is_none_or(|approved| approved.value != self.day) {
            keys.push(("approved", FrontMatterValue::Day(self.day)));
        }
        keys
    }

    fn change(&self, front: &FrontMatter, version: &str, digest: WrittenDigest) -> NewChange {
        let entry = self.entry(front, version);
        let mut fields = Vec::new();
        if entry.is_none() {
            fields.push(("version", FrontMatterValue::Text(version.to_owned())));
        }
        if entry.is_none_or(|entry| entry.date.is_none()) {
            fields.push(("date", FrontMatterValue::Day(self.day)));
        }
        let default_author = || self.document.authors.first().or(self.document.owners.first()).map(|name| &**name);
        let by = self.bound_author.unwrap_or_else(default_author);
        if let Some(by) = by.filter(|_| entry.is_none()) {
            fields.push(("by", FrontMatterValue::Text(by.to_string())));
        }
        let is_first = front.changes.is_empty() && entry.is_none() && self.bound_author.is_none();
        let first = is_first.then_some("First approved version.");
        if let Some(summary) = self.summary.or(first) {
            fields.push(("summary", FrontMatterValue::Text(summary.to_owned())));
        }
        let names_approver = entry.is_some_and(|entry| !entry.approver.is_empty());
        let is_named_already = self.bound_author.is_some() && names_approver;
        if !self.approvers.is_empty() && !is_named_already {
            fields.push(("approver", FrontMatterValue::Names(self.approvers.to_vec())));
        }
        fields.push(("digest", FrontMatterValue::Text(digest.to_string())));
        NewChange { entry: entry.map(|entry| entry.span), fields, is_first: is_newest_first(front) }
    }
}

/// Whether front matter has this version, in any spelling.
fn is_version_of(front: &FrontMatter, version: &str) -> bool {
    front.version.as_ref().is_some_and(|written| is_same_version(&written.value, version))
}

/// Whether a version certainly does not follow another one. What has no order, such as two names, may follow.
fn is_not_higher(version: &str, approved: &str) -> bool {
    Version::new(version).compare(&Version::new(approved)).is_some_and(Ordering::is_le)
}

/// The version and the digest of the text approved last, according to the revision history.
fn last_approved(front: &FrontMatter) -> Option<(&str, WrittenDigest)> {
    let bound = front.changes.iter().filter_map(|change| {
        Some((change.date(), change.version.as_ref()?.value.trim(), change.digest.as_ref()?.value))
    });
    bound.rev().max_by_key(|(on, ..)| *on).map(|(_, version, digest)| (version, digest))
}

/// Whether a revision history starts with its newest entry, as most do.
fn is_newest_first(front: &FrontMatter) -> bool {
    let days = || front.changes.iter().filter_map(Change::date);
    days().next() >= days().next_back()
}
