//! The metadata of a document, as typed values with their locations.

use ahash::{AHashMap, AHashSet};

use super::acknowledge::Acknowledge;
use super::decode::{FIELDS, Notation};
use super::order::SortOrder;
use super::version::is_same_version;
pub(crate) use super::written_digest::{DigestScheme, WrittenDigest};
use crate::date::{Date, Interval};
use crate::id::{ClauseId, ClauseRef, DocumentId, ItemRef};
use crate::place::{Located, Span};
use crate::placeholder::names_place;
use crate::register::RegisterRef;

/// The front matter of one file, as far as it could be read; anything else is reported as a problem and absent here.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Place of the opening `---`, `+++` or `{`, where missing keys are reported.
    pub opening: Span,
    /// Its notation; `None` if all values come from the settings.
    pub(crate) notation: Option<Notation>,
    /// The permanent ID of the document.
    pub id: Option<Located<DocumentId>>,
    /// Title.
    pub title: Option<Located<String>>,
    /// A one-sentence summary.
    pub(crate) description: Option<Located<String>>,
    /// Type, one of the settings' types; `page` for a page.
    pub(crate) doc_type: Option<Located<String>>,
    /// Version, as a string.
    pub version: Option<Located<String>>,
    /// Status that the author has set.
    pub(crate) status: Option<Located<Status>>,
    /// Roles or people that own the document.
    pub owner: Vec<Located<String>>,
    /// Authors.
    pub(crate) author: Vec<Located<String>>,
    /// Approvers.
    pub(crate) approver: Vec<Located<String>>,
    /// Reviewers.
    pub(crate) reviewers: Vec<Located<String>>,
    /// Day of approval.
    pub(crate) approved: Option<Located<Date>>,
    /// Day from which it applies.
    pub(crate) effective: Option<Located<Date>>,
    /// A record's date.
    pub(crate) date: Option<Located<Date>>,
    /// The review interval, or the date of the next review.
    pub review: Option<Located<Review>>,
    /// Attestations of reviews that took place, in the order written.
    pub reviews: Vec<Attestation>,
    /// Claims on clauses made for the whole document.
    pub clauses: Vec<Claim>,
    /// Items of documented information that this document provides.
    pub(crate) provides: Vec<Located<ItemRef>>,
    /// Documents that may also interest a reader.
    pub(crate) related: Vec<Located<DocumentId>>,
    /// Documents that this one depends on: if they change, it should be reviewed.
    pub(crate) depends_on: Vec<Located<DocumentId>>,
    /// Documents that this one replaces.
    pub(crate) supersedes: Vec<Located<DocumentId>>,
    /// Texts in the place of such documents that are not lists of IDs, but may name some.
    pub(crate) replaced_names: Vec<Located<String>>,
    /// Paths of registers under a key that is most likely a misspelled `registers`.
    pub(crate) lost_registers: Vec<String>,
    /// One of the settings' classifications.
    pub(crate) classification: Option<Located<String>>,
    /// Roles that must read it.
    pub(crate) audience: Vec<Located<String>>,
    /// Services it applies to.
    pub(crate) services: Vec<Located<String>>,
    /// Locations it applies to.
    pub(crate) locations: Vec<Located<String>>,
    /// The retention period of a record, and what happens afterwards.
    pub(crate) retention: Option<Located<String>>,
    /// The location, if it is kept elsewhere.
    pub(crate) location: Option<Located<String>>,
    /// The issuer, if it is an external party.
    pub(crate) issuer: Option<Located<String>>,
    /// Edition of a document of external origin.
    pub(crate) edition: Option<Located<String>>,
    /// The day on which somebody last checked that this is the latest edition.
    pub(crate) checked: Option<Located<Date>>,
    /// The requirement that readers acknowledge new versions.
    pub(crate) acknowledge: Option<Located<Acknowledge>>,
    /// Registers that it owns.
    pub(crate) registers: Vec<RegisterRef>,
    /// Revision history, in the order written.
    pub(crate) changes: Vec<Change>,
    /// Free tags.
    pub tags: Vec<Located<String>>,
    /// Language of the text as a BCP 47 tag, if it is not the handbook's.
    pub(crate) lang: Option<Located<String>>,
    /// Earlier URLs, relative to the site's root, that redirect here.
    pub(crate) aliases: Vec<Located<String>>,
    /// Its position among its neighbours.
    pub(crate) order: Option<Located<SortOrder>>,
    /// Whether the ID is derived from the file name, because the settings say so and the file has none.
    pub(crate) has_derived_id: bool,
    /// Whether the title is derived from the first heading, likewise.
    pub(crate) has_derived_title: bool,
    /// Whether part of the block could not be read, so that an absent key proves nothing.
    pub(crate) is_incomplete: bool,
    /// Whether the block as a whole could not be read, so that the rest of its content is unknown.
    pub(crate) has_unread_rest: bool,
    /// The highest level of confidentiality that unknown keys about secrecy name, as an index into the settings'
    /// classifications.
    pub(super) hinted_level: Option<usize>,
    /// The highest one that keys name which are about something else, such as `origin: internal`.
    pub(super) loosely_hinted_level: Option<usize>,
    /// Keys that are written, whether or not their values could be read; one bit for each of [`FIELDS`].
    written_keys: u64,
    /// Keys whose meaning is uncertain; one bit for each of [`FIELDS`].
    unclear: u64,
    /// The position of each key, in file order, as an index into [`FIELDS`] and a span.
    pub(super) keys: Vec<(u8, Span)>,
}

impl FrontMatter {
    /// Every key, in the order of the documentation.
    pub fn keys() -> impl Iterator<Item = &'static str> + Clone {
        FIELDS.iter().map(|field| field.name)
    }

    /// Whether a key is written, or one that was most likely meant to be it, even if its value could not be read.
    ///
    /// A key that is written but has no value was already reported; it is not missing.
    pub fn has_key(&self, name: &str) -> bool {
        FrontMatter::key_index(name).is_some_and(|index| self.written_keys & (1 << index) != 0)
    }

    /// Whether the author may have set a classification that could not be read. Such a document must be treated as if
    /// it had the highest level, not fall back to a lower default.
    pub fn classification_is_unclear(&self) -> bool {
        let is_silent = self.classification.is_none() && (self.is_incomplete || self.has_key("classification"));
        is_silent || self.is_unclear("classification")
    }

    /// Whether the meaning of a key is uncertain: it is duplicated or misspelled, or its value could not be read.
    pub(crate) fn is_unclear(&self, name: &str) -> bool {
        FrontMatter::key_index(name).is_some_and(|index| self.unclear & (1 << index) != 0)
    }

    /// Whether the document says that it is kept elsewhere, and where.
    pub(crate) fn is_kept_elsewhere(&self) -> bool {
        self.location.as_ref().is_some_and(|location| names_place(&location.value))
    }

    /// The keys that are written, in file order, each with its place.
    pub(crate) fn written_keys(&self) -> impl Iterator<Item = (&'static str, Span)> + '_ {
        self.keys.iter().map(|(index, span)| (FIELDS[usize::from(*index)].name, *span))
    }

    /// The digest of the text approved as the current version.
    pub(crate) fn approved_digest(&self) -> Option<WrittenDigest> {
        Some(self.bound_approval()?.digest.as_ref()?.value)
    }

    /// The digest of the text approved as a version.
    pub(crate) fn digest_of(&self, version: &str) -> Option<WrittenDigest> {
        Some(self.newest_change(version, |change| change.digest.is_some())?.digest.as_ref()?.value)
    }

    /// The newest entry of the revision history with a digest of the text approved as the current version, if that is
    /// clear.
    pub(crate) fn bound_approval(&self) -> Option<&Change> {
        let version = self.version.as_ref().filter(|_| !self.is_unclear("version"))?;
        self.newest_change(version.value.trim(), |change| change.digest.is_some())
    }

    /// The newest entry of the revision history that names the approver of the current version.
    pub(crate) fn named_approval(&self) -> Option<&Change> {
        self.newest_change(self.version.as_ref()?.value.trim(), |change| !change.approver.is_empty())
    }

    /// Of the entries for a version that satisfy `fits`, the newest; of several on the same day, the one written first.
    pub(crate) fn newest_change(&self, version: &str, fits: impl Fn(&Change) -> bool) -> Option<&Change> {
        let is_of_version = |change: &Change| {
            change.version.as_ref().is_some_and(|other_version| is_same_version(&other_version.value, version))
        };
        let of_version = self.changes.iter().filter(|change| is_of_version(change) && fits(change));
        of_version.rev().max_by_key(|change| change.date())
    }

    /// All versions mentioned: the document's own, and those of the revision history.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &str> {
        let of_changes = self.changes.iter().filter_map(|change| change.version.as_ref());
        self.version.iter().chain(of_changes).map(|version| version.value.trim())
    }

    pub(super) fn key_index(name: &str) -> Option<usize> {
        FIELDS.iter().position(|field| field.name == name)
    }

    pub(super) fn note_written(&mut self, index: usize, key: Span) {
        self.written_keys |= 1 << index;
        self.keys.push((u8::try_from(index).unwrap_or(u8::MAX), key));
    }

    pub(super) fn note_unclear(&mut self, index: usize) {
        self.unclear |= 1 << index;
    }
}

/// A document's status, as set by its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written.
    Draft,
    /// Written, waiting for approval.
    InReview,
    /// Approved for use.
    Approved,
    /// No longer in use.
    Retired,
}

impl Status {
    /// Every status, in life-cycle order.
    pub const ALL: [Status; 4] = [Status::Draft, Status::InReview, Status::Approved, Status::Retired];

    /// The word used in front matter and in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::InReview => "in-review",
            Status::Approved => "approved",
            Status::Retired => "retired",
        }
    }
}

/// The value of `review`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// Reviewed again after each interval.
    Every(Interval),
    /// Reviewed next on a day.
    Next(Date),
}

/// A statement that somebody reviewed a text on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// Place of the whole entry.
    pub span: Span,
    /// The day of the review.
    pub(crate) date: Located<Date>,
    /// The reviewer.
    pub(crate) reviewer: Option<Located<String>>,
    /// The version that was reviewed.
    pub(crate) version: Option<Located<String>>,
    /// The digest of the text that was reviewed.
    pub(crate) digest: Option<Located<WrittenDigest>>,
    /// The outcome of the review.
    pub(crate) result: Option<Located<ReviewResult>>,
    /// A note.
    pub(crate) note: Option<Located<String>>,
}

/// The outcome of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReviewResult {
    /// The text is still right.
    Confirmed,
    /// The text must change.
    ChangeNeeded,
}

impl ReviewResult {
    /// The word used in front matter.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            ReviewResult::Confirmed => "confirmed",
            ReviewResult::ChangeNeeded => "change-needed",
        }
    }
}

/// An entry of the revision history. The entry for the current version records its approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Place of the whole entry.
    pub(crate) span: Span,
    /// The version that resulted.
    pub(crate) version: Option<Located<String>>,
    /// The date.
    pub(crate) date: Option<Located<Date>>,
    /// The author of the change.
    pub(crate) author: Option<Located<String>>,
    /// A description of the change, with the reason.
    pub(crate) summary: Option<Located<String>>,
    /// The approvers of the version.
    pub(crate) approver: Vec<Located<String>>,
    /// The digest of the text approved as the version.
    pub(crate) digest: Option<Located<WrittenDigest>>,
}

impl Change {
    /// The date, if it has one.
    pub(crate) fn date(&self) -> Option<Date> {
        self.date.as_ref().map(|on| on.value)
    }
}

/// A statement that a document or a section addresses a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The clause as written, and its place.
    pub clause: Located<ClauseRef>,
    /// Whether it addresses the clause in full or in part.
    pub extent: Extent,
    /// A note by the author.
    pub(crate) note: Option<Located<String>>,
    /// Whether it is certain: nothing unreadable beside it may limit it.
    pub(crate) is_certain: bool,
    /// The first day that its note gives, unless the author says how far the claim goes.
    pub(crate) first_day: Option<String>,
}

/// Makes claims in a list uncertain if they claim the same clause both in full and in part; returns the clause of each
/// later claim with the place of the first.
pub(crate) fn downgrade_contradictions(claims: &mut [Claim]) -> Vec<(Located<ClauseRef>, Span)> {
    let mut contradictions = Vec::new();
    let mut first: AHashMap<ClauseRef, (Extent, Span)> = AHashMap::with_capacity(claims.len());
    for claim in claims.iter() {
        let Located { value, span } = &claim.clause;
        let (extent, place) = *first.entry(value.clone()).or_insert((claim.extent, *span));
        if extent != claim.extent {
            contradictions.push((claim.clause.clone(), place));
        }
    }
    let torn: AHashSet<&ClauseRef> = contradictions.iter().map(|(clause, _)| &clause.value).collect();
    for claim in claims.iter_mut().filter(|claim| torn.contains(&claim.clause.value)) {
        claim.is_certain = false;
    }
    contradictions
}

/// Makes claims uncertain that another, unreadable item of their list may limit.
///
/// An item that starts with the number of a clause affects the clauses that it names; any other item may affect all of
/// them.
pub(crate) fn downgrade_limited<'t>(claims: &mut [Claim], unread: impl Iterator<Item = &'t str>) {
    let mut doubted: AHashSet<ClauseId> = AHashSet::new();
    for item in unread.filter(|item| !item.trim().is_empty()) {
        let clauses = named_clauses(item);
        if clauses.is_empty() {
            return claims.iter_mut().for_each(|claim| claim.is_certain = false);
        }
        doubted.extend(clauses);
    }
    for claim in claims.iter_mut().filter(|claim| doubted.contains(&claim.clause.value.clause)) {
        claim.is_certain = false;
    }
}

/// The clauses that an unreadable item names; empty unless it starts with a clause number.
fn named_clauses(item: &str) -> Vec<ClauseId> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '%');
    let mut clauses = Vec::new();
    for (at, word) in item.split(|letter| !is_part(letter)).filter(|word| !word.is_empty()).enumerate() {
        let reference = word.trim_end_matches(['.', ':']).parse::<ClauseRef>().ok();
        match reference.filter(|reference| reference.clause.parent().is_some()) {
            Some(reference) => clauses.push(reference.clause),
            None if at == 0 => break,
            None => {}
        }
    }
    clauses
}

/// The extent to which a clause is addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// Some of it.
    Partial,
    /// All of it.
    Full,
}

impl Extent {
    /// The word used in front matter and in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Extent::Partial => "partial",
            Extent::Full => "full",
        }
    }
}
