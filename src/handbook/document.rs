//! A document or page of the handbook, with what the handbook's settings add to it.

use std::sync::Arc;

use super::file::ParsedFile;
use super::id::DocumentId;
use super::link::Destination;
use crate::date::{Date, Interval};
use crate::place::{Place, Span};
use crate::source::front_matter::{Claim, Extent, FrontMatter, Status};
use crate::standard::{ClauseKey, ItemKey};
use crate::url::SitePath;

/// The number of a document in its handbook: its rank by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(pub u32);

impl DocumentIndex {
    /// As an index into [`super::Handbook::documents`].
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// Whether a file is under document control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Control {
    /// A controlled document: it has an id.
    Controlled,
    /// A page, or a file without an id: shown, never counted.
    Page,
}

/// A document or page.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file as read.
    pub file: Arc<ParsedFile>,
    /// Whether it is under document control.
    pub control: Control,
    /// Title: from the front matter, else the first heading, else the file's name.
    pub title: Arc<str>,
    /// Type, such as `policy`; `page` for what is not controlled.
    pub kind: Arc<str>,
    /// Where its page is in the site.
    pub url: SitePath,
    /// Who answers for it: from the front matter, else from the settings' defaults.
    pub owner: Option<Arc<str>>,
    /// Who approved it, likewise.
    pub approver: Option<Arc<str>>,
    /// A step of the ladder, likewise.
    pub classification: Option<Arc<str>>,
    /// Roles that must know it, likewise.
    pub audience: Vec<Arc<str>>,
    /// How it is reviewed.
    pub review: ReviewRule,
    /// Claims on clauses that exist, those of the front matter first, then those of headings.
    pub claims: Vec<ResolvedClaim>,
    /// Items that exist and that it says it provides.
    pub provides: Vec<(ItemKey, Span)>,
    /// Where each of the body's links leads; as long as the body's list of links.
    pub links: Vec<Destination>,
    /// Where each of the body's mentions of a clause leads; `None` for a clause that no standard has.
    pub mentions: Vec<Option<ClauseKey>>,
    /// Documents it names under `related`.
    pub related: Vec<DocumentIndex>,
    /// Documents it names under `depends_on`.
    pub depends_on: Vec<DocumentIndex>,
    /// Documents it names under `supersedes`.
    pub supersedes: Vec<DocumentIndex>,
    /// Documents that name it under `supersedes`.
    pub superseded_by: Vec<DocumentIndex>,
    /// Documents that link to it or name it, each once, by path.
    pub referenced_by: Vec<DocumentIndex>,
    /// Digest of the whole content: title, claims, provided items and body.
    pub digest: Digest,
}

/// How a document's next review is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewRule {
    /// On a day that the document names.
    Next(Date),
    /// An interval after the last approval or review.
    Every(Interval),
    /// Never: its type has no review.
    Never,
}

/// A claim on a clause that exists.
#[derive(Clone, Debug)]
pub struct ResolvedClaim {
    /// The clause.
    pub clause: ClauseKey,
    /// In full or in part.
    pub extent: Extent,
    /// The heading that makes it, as an index into the body's headings; `None` for the whole document.
    pub heading: Option<u32>,
    /// A remark by the author.
    pub note: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// BLAKE3 of a document's normalised content, shortened to 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 16]);

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Digest {
    /// Takes the digest of a file's content. Wrapping, trailing space and line ends do not change it; words, numbers,
    /// links, claims and provided items do.
    pub fn of(front: Option<&FrontMatter>, body: &[u8; 32]) -> Digest {
        let mut hasher = blake3::Hasher::new();
        if let Some(front) = front {
            let title = front.title.as_ref().map_or("", |title| &title.value);
            hasher.update(title.split_whitespace().collect::<Vec<_>>().join(" ").as_bytes());
            front.clauses.iter().for_each(|claim| add_claim(&mut hasher, claim));
            for item in &front.provides {
                hasher.update(b"\0provides\0");
                hasher.update(item.value.item.as_str().as_bytes());
            }
        }
        hasher.update(b"\0body\0").update(body);
        let mut digest = [0; 16];
        hasher.finalize_xof().fill(&mut digest);
        Digest(digest)
    }
}

fn add_claim(hasher: &mut blake3::Hasher, claim: &Claim) {
    hasher.update(b"\0claim\0");
    hasher.update(claim.clause.value.to_string().as_bytes());
    hasher.update(claim.extent.as_str().as_bytes());
}

impl Document {
    /// The front matter, when there is any.
    pub fn front(&self) -> Option<&FrontMatter> {
        self.file.front.as_ref()
    }

    /// The id, for a controlled document.
    pub fn id(&self) -> Option<&DocumentId> {
        self.front()?.id.as_ref().map(|id| &id.value).filter(|_| self.control == Control::Controlled)
    }

    /// The status, when it is set to one that exists.
    pub fn status(&self) -> Option<Status> {
        Some(self.front()?.status.as_ref()?.value)
    }

    /// Path relative to the handbook's folder.
    pub fn path(&self) -> &Arc<str> {
        self.file.path()
    }

    /// Whether it is a controlled document.
    pub fn is_controlled(&self) -> bool {
        self.control == Control::Controlled
    }

    /// The place of a byte range in its file.
    pub fn place(&self, span: Span) -> Place {
        self.file.place(span)
    }

    /// The place where a missing key is reported: the opening `---`, or the file's first character.
    pub fn opening(&self) -> Place {
        self.place(self.front().map(|front| front.opening).unwrap_or_default())
    }
}
