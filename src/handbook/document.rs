//! A document or page of the handbook, with what the handbook's settings add to it.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::anchor::{Spellings, anchor_of, landing};
use super::digest::{Digest, names};
use super::file::ParsedFile;
use super::link::{Anchor, Destination};
use super::review::ReviewStatus;
use crate::date::{Date, Interval};
use crate::id::{ClauseKey, DocumentId, ItemKey};
use crate::place::{Place, Span};
use crate::source::Order;
use crate::source::front_matter::{Attestation, DigestScheme, Extent, FrontMatter, Status, WrittenDigest};
use crate::url::SitePath;

/// The number of a document in its handbook: its rank by path.
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
    /// A controlled document: it has an id.
    Controlled,
    /// A page, or a file without an id: shown, never counted.
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
    /// Type, such as `policy`; `page` for what is not controlled.
    pub(crate) kind: Arc<str>,
    /// Where its page is in the site.
    pub(crate) url: SitePath,
    /// Who owns it: from the front matter, else from the settings' defaults.
    pub(crate) owners: Names,
    /// Who approved it, likewise.
    pub(crate) approvers: Names,
    /// Who wrote it.
    pub(crate) authors: Names,
    /// A step of the ladder, likewise.
    pub(crate) classification: Option<Arc<str>>,
    /// Roles that must know it, likewise.
    pub(crate) audience: Vec<Arc<str>>,
    /// Whether an approval that does not say which text it was of counts as none.
    pub(crate) must_be_bound: bool,
    /// Whether each of its reviews renews the approval, in the order in which they are written.
    pub(crate) reviews: Vec<ReviewStatus>,
    /// How it is reviewed.
    pub(crate) review: ReviewRule,
    /// Claims on clauses that exist, those of the front matter first, then those of headings.
    pub(crate) claims: Vec<ResolvedClaim>,
    /// Whether it says something, or stands for a document that is kept elsewhere.
    pub(crate) says: bool,
    /// Items that exist and that it says it provides.
    pub(crate) provides: Vec<(ItemKey, Span)>,
    /// Where each of the body's links leads; as long as the body's list of links.
    pub(crate) links: Vec<Destination>,
    /// Where each of the body's mentions of a clause leads; `None` for a clause that no standard has.
    pub(crate) mentions: Vec<Option<ClauseKey>>,
    /// Documents it names under `related`.
    pub(crate) related: Vec<DocumentIndex>,
    /// Documents it names under `depends_on`.
    pub(crate) depends_on: Vec<DocumentIndex>,
    /// Documents it names under `supersedes`.
    pub(crate) supersedes: Vec<DocumentIndex>,
    /// Documents that name it under `supersedes`.
    pub(crate) superseded_by: Vec<DocumentIndex>,
    /// Documents that link to it or name it, each once, by path.
    pub(crate) referenced_by: Vec<DocumentIndex>,
    /// Digest of the whole content as it is written: title, claims, provided items and body.
    pub(crate) digest: Digest,
    /// Digests of the same as it is rendered, with what links lead to, in the second and the third scheme; only where the
    /// front matter names such a digest and every attachment can be read.
    pub(crate) rendered: [Option<Digest>; 2],
    /// Its anchors by other spellings, once a link has one that it does not have.
    pub(super) spellings: OnceLock<Box<Spellings>>,
}

/// Roles or people that a document names under one key, each in the spelling that the handbook shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names(Vec<Arc<str>>);

impl Names {
    /// Takes names in the order in which they are written.
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

    /// The name that stands first.
    pub(crate) fn first(&self) -> Option<&Arc<str>> {
        self.0.first()
    }

    /// All names as one text, or nothing when nobody is named.
    pub(crate) fn joined(&self) -> Option<Cow<'_, str>> {
        match &self.0[..] {
            [] => None,
            [one] => Some(Cow::Borrowed(one)),
            several => Some(Cow::Owned(several.join(", "))),
        }
    }
}

/// How a document's next review is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReviewRule {
    /// On a day that the document names.
    Next(Date),
    /// An interval after the last approval or review.
    Every(Interval),
    /// Never: its type has no review.
    Never,
    /// Nobody knows: its `reviews` cannot be read.
    Unknown,
}

/// A claim on a clause that exists.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedClaim {
    /// The clause.
    pub(crate) clause: ClauseKey,
    /// In full or in part.
    pub(crate) extent: Extent,
    /// The heading that makes it, as an index into the body's headings; `None` for the whole document.
    pub(crate) heading: Option<u32>,
    /// A remark by the author.
    pub(crate) note: Option<String>,
    /// Where it is written.
    pub(crate) span: Span,
    /// Whether it names its standard.
    pub(crate) prefixed: bool,
    /// Whether nothing beside it that could not be read may limit it.
    pub(crate) certain: bool,
    /// Whether the document or section that makes it says something.
    pub(crate) said: bool,
}

impl ResolvedClaim {
    /// Whether it counts for more than a draft's.
    pub(crate) fn counts_fully(&self) -> bool {
        self.certain && self.said
    }

    /// How much of the clause it can be said to address: no full claim that may be limited, or behind which nothing is said.
    pub(crate) fn sure_extent(&self) -> Extent {
        if self.counts_fully() { self.extent } else { Extent::Partial }
    }
}

/// Types whose `date` says when they were made or last checked, and stands for a day of approval.
pub(crate) fn is_dated_by_content(kind: &str) -> bool {
    matches!(kind, "record" | "report")
}

impl Document {
    /// The anchor of its page that a link means: the same one, or one that is only spelt otherwise.
    pub(crate) fn anchor(&self, id: &str) -> Option<&str> {
        anchor_of(&self.file.body, id, || self.spellings())
    }

    /// The anchor of its page that a link means, which may name a section by its heading.
    pub(crate) fn landing(&self, anchor: &Anchor) -> Option<&str> {
        landing(&self.file.body, anchor, || self.spellings())
    }

    fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Box::new(Spellings::of_body(&self.file.body)))
    }

    /// The front matter, when there is any.
    pub(crate) fn front(&self) -> Option<&FrontMatter> {
        self.file.front.as_ref()
    }

    /// One sentence about it: its author's own, else the first of its text; empty when there is none.
    pub(crate) fn summary(&self) -> &str {
        let own = self.front().and_then(|front| front.description.as_ref());
        own.map_or(&self.file.body.summary, |own| &own.value)
    }

    /// Its place among its neighbours; documents without one come after those with one.
    pub(crate) fn order(&self) -> (bool, Option<Order>) {
        let order = self.front().and_then(|front| front.order.as_ref()).map(|order| order.value);
        (order.is_none(), order)
    }

    /// The id, for a controlled document.
    pub(crate) fn id(&self) -> Option<&DocumentId> {
        self.front()?.id.as_ref().map(|id| &id.value).filter(|_| self.control == Control::Controlled)
    }

    /// The status, when it is set to one that exists.
    pub(crate) fn status(&self) -> Option<Status> {
        Some(self.front()?.status.as_ref()?.value)
    }

    /// The day of its approval; for evidence without one, the day when that was made.
    pub(crate) fn approved(&self) -> Option<Date> {
        self.file.approved()
    }

    /// Its reviews, each with whether it renews the approval.
    pub(crate) fn reviews(&self) -> impl Iterator<Item = (&Attestation, ReviewStatus)> + Clone {
        let reviews = self.front().map_or(&[][..], |front| &front.reviews);
        reviews.iter().zip(self.reviews.iter().copied())
    }

    /// Whether its approval can say which text it was of: it is neither evidence, which nobody approves as suitable, nor
    /// kept elsewhere.
    pub(crate) fn can_be_bound(&self) -> bool {
        let is_elsewhere = self.front().is_some_and(FrontMatter::is_kept_elsewhere);
        self.is_controlled() && !is_dated_by_content(&self.kind) && !is_elsewhere
    }

    /// Whether its text shows, links to or inserts other files.
    pub(crate) fn has_attachments(&self) -> bool {
        super::digest::attachments(self).next().is_some() || !self.file.body.included.files.is_empty()
    }

    /// The attachments that its text shows or links to, in the order of the text.
    pub(crate) fn attachments(&self) -> impl Iterator<Item = super::AssetIndex> + '_ {
        super::digest::attachments(self)
    }

    /// Whether it is approved without saying which text was.
    pub(crate) fn is_unbound(&self) -> bool {
        let is_approved = self.status() == Some(Status::Approved) && self.can_be_bound();
        // What cannot be read is reported where it stands.
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

    /// Whether a digest that its front matter names is that of its text today.
    pub(crate) fn has_digest(&self, written: WrittenDigest) -> bool {
        match written.scheme {
            DigestScheme::Written => self.digest.0 == written.bytes,
            DigestScheme::Rendered => self.rendered[0].is_some_and(|digest| digest.0 == written.bytes),
            DigestScheme::Resolved => self.rendered[1].is_some_and(|digest| digest.0 == written.bytes),
        }
    }

    /// Whether its front matter names a digest of a text as it is written.
    pub(crate) fn names_written_digest(&self) -> bool {
        names(self, DigestScheme::Written)
    }

    /// The schemes of the digests of what is rendered that its front matter names; the newest where it names none.
    pub(crate) fn rendered_schemes(&self) -> Vec<DigestScheme> {
        let named = [DigestScheme::Rendered, DigestScheme::Resolved].into_iter().filter(|scheme| names(self, *scheme));
        let named: Vec<DigestScheme> = named.collect();
        if named.is_empty() { vec![DigestScheme::NEWEST] } else { named }
    }

    /// The digest by which reports know its text: as it is rendered where that is known, else as it is written.
    pub(crate) fn shown_digest(&self) -> WrittenDigest {
        let [rendered, resolved] = self.rendered;
        let of = |scheme: DigestScheme| move |digest: Digest| WrittenDigest { scheme, bytes: digest.0 };
        let known = resolved.map(of(DigestScheme::Resolved)).or_else(|| rendered.map(of(DigestScheme::Rendered)));
        known.unwrap_or(of(DigestScheme::Written)(self.digest))
    }

    /// The place of a byte range in its file.
    pub(crate) fn place(&self, span: Span) -> Place {
        self.file.place(span)
    }

    /// The place where a missing key is reported: the opening `---`, or the file's first character.
    pub(crate) fn opening(&self) -> Place {
        self.place(self.front().map(|front| front.opening).unwrap_or_default())
    }
}
