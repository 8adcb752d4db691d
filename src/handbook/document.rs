//! A document or page of the handbook, completed from the handbook's settings.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::anchor::{AnchorSpellings, anchor_of, target_anchor};
use super::digest::{Digest, has_scheme};
use super::file::ParsedFile;
use super::link::{Anchor, Destination};
use super::review::ReviewStatus;
use crate::date::{Date, Interval};
use crate::id::{ClauseKey, DocumentId, ItemKey};
use crate::place::{Place, Span};
use crate::source::SortOrder;
use crate::source::front_matter::{Attestation, DigestScheme, Extent, FrontMatter, Status, WrittenDigest};
use crate::url::SitePath;

/// The index of a document in its handbook: its rank by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DocumentIndex(pub u32);

impl DocumentIndex {
    /// As an index into [`super::Handbook::documents`].
    pub(crate) fn at(self) -> usize {
        self.0 as usize
    }
}

/// Whether a file is under document control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Control {
    /// A controlled document: it has an ID.
    Controlled,
    /// A page, or a file without an ID: shown, never counted.
    Page,
}

/// A document or page.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The file as read.
    pub(crate) file: Arc<ParsedFile>,
    /// Whether it is under document control.
    pub(crate) control: Control,
    /// Title: from the front matter, else the first heading, else the file's name.
    pub(crate) title: Arc<str>,
    /// Type, such as `policy`; `page` if it is not controlled.
    pub(crate) doc_type: Arc<str>,
    /// The address of its page in the site.
    pub(crate) url: SitePath,
    /// The document's owners: from the front matter, else from the settings' defaults.
    pub(crate) owners: Names,
    /// The document's approvers, likewise.
    pub(crate) approvers: Names,
    /// The document's authors.
    pub(crate) authors: Names,
    /// Its classification level, likewise.
    pub(crate) classification: Option<Arc<str>>,
    /// Roles that must read it, likewise.
    pub(crate) audience: Vec<Arc<str>>,
    /// Whether an approval without a digest of the approved text does not count.
    pub(crate) requires_digest: bool,
    /// Whether each of its reviews renews the approval, in the order of the front matter.
    pub(crate) reviews: Vec<ReviewStatus>,
    /// The rule for reviewing it.
    pub(crate) review: ReviewRule,
    /// Claims on clauses that exist, those of the front matter first, then those of headings.
    pub(crate) claims: Vec<ResolvedClaim>,
    /// Whether it has content, or represents a document that is kept elsewhere.
    pub(crate) has_content: bool,
    /// Items that it provides, without those that no standard has.
    pub(crate) provides: Vec<(ItemKey, Span)>,
    /// The destinations of the body's links, in the same order.
    pub(crate) links: Vec<Destination>,
    /// The clauses that the body mentions, in the same order; `None` for a clause that no standard has.
    pub(crate) mentions: Vec<Option<ClauseKey>>,
    /// Documents it names under `related`.
    pub(crate) related: Vec<DocumentIndex>,
    /// Documents it names under `depends_on`.
    pub(crate) depends_on: Vec<DocumentIndex>,
    /// Documents it names under `supersedes`.
    pub(crate) supersedes: Vec<DocumentIndex>,
    /// Documents that name it under `supersedes`.
    pub(crate) superseded_by: Vec<DocumentIndex>,
    /// Documents that link to it or name it, without duplicates, by path.
    pub(crate) referenced_by: Vec<DocumentIndex>,
    /// Digest of the whole content as written: title, claims, provided items and body.
    pub(crate) digest: Digest,
    /// Digests of the same as rendered, including the destinations of links, in the second and the third scheme; only
    /// if the front matter contains such a digest and every attachment can be read.
    pub(crate) rendered: [Option<Digest>; 2],
    /// Its anchors by other spellings; computed when a link names an anchor that does not exist.
    pub(super) spellings: OnceLock<Box<AnchorSpellings>>,
}

/// Roles or people that a document names under one key, in the spelling that the handbook shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names(Vec<Arc<str>>);

impl Names {
    /// Creates a list of names in the given order.
    pub(crate) fn new(names: impl IntoIterator<Item = Arc<str>>) -> Names {
        Names(names.into_iter().collect())
    }

    /// Each name.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<str>> + Clone {
        self.0.iter()
    }

    /// Whether nobody is named.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first name.
    pub(crate) fn first(&self) -> Option<&Arc<str>> {
        self.0.first()
    }

    /// All names, separated by commas; `None` if nobody is named.
    pub(crate) fn joined(&self) -> Option<Cow<'_, str>> {
        match &self.0[..] {
            [] => None,
            [one] => Some(Cow::Borrowed(one)),
            several => Some(Cow::Owned(several.join(", "))),
        }
    }
}

/// How the date of a document's next review is determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReviewRule {
    /// On a day set in the document.
    Next(Date),
    /// An interval after the last approval or review.
    Every(Interval),
    /// Never: its type has no review.
    Never,
    /// Unknown, because its `review` or `reviews` cannot be read.
    Unknown,
}

/// A claim on a clause that exists.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedClaim {
    /// The clause.
    pub(crate) clause: ClauseKey,
    /// Whether it addresses the clause in full or in part.
    pub(crate) extent: Extent,
    /// The heading that makes it, as an index into the body's headings; `None` for the whole document.
    pub(crate) heading: Option<u32>,
    /// A note by the author.
    pub(crate) note: Option<String>,
    /// The place of the claim.
    pub(crate) span: Span,
    /// Whether it names its standard.
    pub(crate) prefixed: bool,
    /// Whether it is certain: nothing unreadable beside it may limit it.
    pub(crate) certain: bool,
    /// Whether the document or section that makes it has content.
    pub(crate) has_content: bool,
}

impl ResolvedClaim {
    /// Whether it counts for more than the claim of a draft.
    pub(crate) fn counts_fully(&self) -> bool {
        self.certain && self.has_content
    }

    /// The extent that can be relied on: a claim that may be limited, or that has no content behind it, is at most
    /// partial.
    pub(crate) fn certain_extent(&self) -> Extent {
        if self.counts_fully() { self.extent } else { Extent::Partial }
    }
}

/// Whether documents of this type have a `date` that says when they were made or last checked, and that replaces a day
/// of approval.
pub(crate) fn is_dated_by_content(kind: &str) -> bool {
    matches!(kind, "record" | "report")
}

impl Document {
    /// The anchor of its page that an ID means: an exact match, or one that is only spelled differently.
    pub(crate) fn anchor(&self, id: &str) -> Option<&str> {
        anchor_of(&self.file.body, id, || self.spellings())
    }

    /// The anchor of its page that a link means; the link may name a section by the text of its heading.
    pub(crate) fn target_anchor(&self, anchor: &Anchor) -> Option<&str> {
        target_anchor(&self.file.body, anchor, || self.spellings())
    }

    fn spellings(&self) -> &AnchorSpellings {
        self.spellings.get_or_init(|| Box::new(AnchorSpellings::from_body(&self.file.body)))
    }

    /// The front matter, if there is any.
    pub(crate) fn front(&self) -> Option<&FrontMatter> {
        self.file.front.as_ref()
    }

    /// A one-sentence summary: the author's description, else the first sentence of the text; empty if there is
    /// neither.
    pub(crate) fn summary(&self) -> &str {
        let description = self.front().and_then(|front| front.description.as_ref());
        description.map_or(&self.file.body.summary, |own| &own.value)
    }

    /// Its sort key among its neighbours; documents without an `order` come last.
    pub(crate) fn order(&self) -> (bool, Option<SortOrder>) {
        let order = self.front().and_then(|front| front.order.as_ref()).map(|order| order.value);
        (order.is_none(), order)
    }

    /// The ID, for a controlled document.
    pub(crate) fn id(&self) -> Option<&DocumentId> {
        self.front()?.id.as_ref().map(|id| &id.value).filter(|_| self.control == Control::Controlled)
    }

    /// The status, if it is set to a valid value.
    pub(crate) fn status(&self) -> Option<Status> {
        Some(self.front()?.status.as_ref()?.value)
    }

    /// The day of its approval; for evidence without one, the day when it was made.
    pub(crate) fn approved(&self) -> Option<Date> {
        self.file.approved()
    }

    /// Its reviews, each with its effect on the approval.
    pub(crate) fn reviews(&self) -> impl Iterator<Item = (&Attestation, ReviewStatus)> + Clone {
        let reviews = self.front().map_or(&[][..], |front| &front.reviews);
        reviews.iter().zip(self.reviews.iter().copied())
    }

    /// Whether its approval can record which text was approved: it is neither evidence, which nobody approves as
    /// suitable, nor kept elsewhere.
    pub(crate) fn can_record_digest(&self) -> bool {
        let is_elsewhere = self.front().is_some_and(FrontMatter::is_kept_elsewhere);
        self.is_controlled() && !is_dated_by_content(&self.doc_type) && !is_elsewhere
    }

    /// Whether its text shows, links to or includes other files.
    pub(crate) fn has_attachments(&self) -> bool {
        super::digest::attachments(self).next().is_some() || !self.file.body.included.files.is_empty()
    }

    /// The attachments that its text shows or links to, in text order.
    pub(crate) fn attachments(&self) -> impl Iterator<Item = super::AssetIndex> + '_ {
        super::digest::attachments(self)
    }

    /// Whether it is approved without a digest of the approved text.
    pub(crate) fn lacks_approval_digest(&self) -> bool {
        let is_approved = self.status() == Some(Status::Approved) && self.can_record_digest();
        // An unreadable revision history is reported elsewhere.
        let is_bound = |front: &FrontMatter| front.approved_digest().is_some() || front.is_unclear("changes");
        is_approved && self.front().is_some_and(|front| front.approved.is_some() && !is_bound(front))
    }

    /// Path relative to the handbook's folder.
    pub(crate) fn path(&self) -> &Arc<str> {
        self.file.path()
    }

    /// Whether it is a controlled document.
    pub(crate) fn is_controlled(&self) -> bool {
        self.control == Control::Controlled
    }

    /// Whether a digest in its front matter is that of its current text.
    pub(crate) fn has_digest(&self, expected: WrittenDigest) -> bool {
        match expected.scheme {
            DigestScheme::Written => self.digest.0 == expected.bytes,
            DigestScheme::Rendered => self.rendered[0].is_some_and(|digest| digest.0 == expected.bytes),
            DigestScheme::Resolved => self.rendered[1].is_some_and(|digest| digest.0 == expected.bytes),
        }
    }

    /// Whether its front matter contains a digest of the text as written.
    pub(crate) fn names_written_digest(&self) -> bool {
        has_scheme(self, DigestScheme::Written)
    }

    /// The rendered schemes of the digests in its front matter; the newest scheme if there are none.
    pub(crate) fn rendered_schemes(&self) -> Vec<DigestScheme> {
        let schemes =
            [DigestScheme::Rendered, DigestScheme::Resolved].into_iter().filter(|scheme| has_scheme(self, *scheme));
        let schemes: Vec<DigestScheme> = schemes.collect();
        if schemes.is_empty() { vec![DigestScheme::NEWEST] } else { schemes }
    }

    /// The digest that identifies its text in reports: as rendered if that is known, else as written.
    pub(crate) fn shown_digest(&self) -> WrittenDigest {
        let [rendered, resolved] = self.rendered;
        let of = |scheme: DigestScheme| move |digest: Digest| WrittenDigest { scheme, bytes: digest.0 };
        let newest = resolved.map(of(DigestScheme::Resolved)).or_else(|| rendered.map(of(DigestScheme::Rendered)));
        newest.unwrap_or(of(DigestScheme::Written)(self.digest))
    }

    /// The place of a byte range in its file.
    pub(crate) fn place(&self, span: Span) -> Place {
        self.file.place(span)
    }

    /// The place at which missing keys are reported: the opening `---`, or the start of the file.
    pub(crate) fn front_matter_place(&self) -> Place {
        self.place(self.front().map(|front| front.opening).unwrap_or_default())
    }
}
