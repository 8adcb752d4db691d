//! Verdicts of clauses and of items of documented information on a date.

use super::shares::Share;
use super::state::State;
use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, ItemKey};
use crate::source::front_matter::Extent;
use crate::standard::Basis;

/// The verdict of a clause on a date, from the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No claim counts.
    Missing,
    /// Claimed only by documents not yet in force.
    Draft,
    /// Claimed only by overdue or changed documents.
    Stale,
    /// Only partial claims in force.
    Partial,
    /// A full claim by a document in force.
    Covered,
    /// The settings exclude it with a reason, and its standard permits this.
    NotApplicable,
}

impl Verdict {
    /// Every verdict, from the best to the worst.
    pub const ALL: [Verdict; 6] =
        [Verdict::Covered, Verdict::Partial, Verdict::Stale, Verdict::Draft, Verdict::Missing, Verdict::NotApplicable];

    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Missing => "missing",
            Verdict::Draft => "draft",
            Verdict::Stale => "stale",
            Verdict::Partial => "partial",
            Verdict::Covered => "covered",
            Verdict::NotApplicable => "not-applicable",
        }
    }

    /// Whether the clause still needs work.
    pub(crate) fn is_gap(self) -> bool {
        !matches!(self, Verdict::Covered | Verdict::NotApplicable)
    }

    /// The verdict that one claim supports: `Missing` if the state of its document means that it does not count.
    pub(crate) fn from_claim(state: State, extent: Extent) -> Verdict {
        match (state, extent) {
            (State::Retired, _) => Verdict::Missing,
            (State::Draft | State::InReview | State::Future, _) => Verdict::Draft,
            (State::Changed | State::Overdue, _) => Verdict::Stale,
            (State::DueSoon | State::Current, Extent::Partial) => Verdict::Partial,
            (State::DueSoon | State::Current, Extent::Full) => Verdict::Covered,
        }
    }

    /// Combines the verdicts of a clause's parts: covered if all parts are, missing if all parts are, otherwise no
    /// better than the parts allow together. Parts that do not apply are ignored, unless none applies.
    pub(crate) fn from_parts(parts: impl IntoIterator<Item = Verdict>) -> Verdict {
        let all: Vec<Verdict> = parts.into_iter().collect();
        let parts: Vec<Verdict> = all.iter().copied().filter(|part| *part != Verdict::NotApplicable).collect();
        let contains = |verdict| parts.contains(&verdict);
        if parts.is_empty() && !all.is_empty() {
            Verdict::NotApplicable
        } else if !parts.is_empty() && parts.iter().all(|part| *part == Verdict::Covered) {
            Verdict::Covered
        } else if contains(Verdict::Covered) || contains(Verdict::Partial) {
            Verdict::Partial
        } else if contains(Verdict::Stale) {
            Verdict::Stale
        } else if contains(Verdict::Draft) {
            Verdict::Draft
        } else {
            Verdict::Missing
        }
    }
}

/// The verdict of an item of documented information on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemVerdict {
    /// No document provides it.
    Missing,
    /// Provided only by documents not yet in force.
    Draft,
    /// Provided only by overdue or changed documents.
    Stale,
    /// Documents in force provide it, but registers list recipients that are not known to have it.
    Incomplete,
    /// A document in force provides it.
    Provided,
    /// It is conditional, and the settings say with a reason that its condition has not arisen.
    NotNeeded,
}

impl ItemVerdict {
    /// Every verdict, from the best to the worst.
    pub(crate) const ALL: [ItemVerdict; 6] = [
        ItemVerdict::NotNeeded,
        ItemVerdict::Provided,
        ItemVerdict::Incomplete,
        ItemVerdict::Stale,
        ItemVerdict::Draft,
        ItemVerdict::Missing,
    ];

    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemVerdict::Missing => "missing",
            ItemVerdict::Draft => "draft",
            ItemVerdict::Stale => "stale",
            ItemVerdict::Incomplete => "incomplete",
            ItemVerdict::Provided => "provided",
            ItemVerdict::NotNeeded => "not-needed",
        }
    }

    /// The verdict that one provider in this state supports.
    pub(crate) fn from_provider(state: State) -> ItemVerdict {
        match Verdict::from_claim(state, Extent::Full) {
            Verdict::Covered | Verdict::Partial => ItemVerdict::Provided,
            Verdict::Stale => ItemVerdict::Stale,
            Verdict::Draft => ItemVerdict::Draft,
            Verdict::Missing | Verdict::NotApplicable => ItemVerdict::Missing,
        }
    }
}

/// A claim in relation to a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClaimRef {
    /// The document that makes it.
    pub(crate) document: DocumentIndex,
    /// The index of the claim in the document's list of claims.
    pub(crate) claim: u32,
    /// In full or in part.
    pub(crate) extent: Extent,
    /// The state of the document.
    pub(crate) state: State,
    /// Whether it can count at all: it is not on a page, in a template or in a retired document.
    pub(crate) counts: bool,
    /// Whether it is readable and backed by text; otherwise it counts as a draft's claim.
    pub(crate) is_backed: bool,
}

impl ClaimRef {
    /// The verdict that it supports if no other document claims the clause.
    pub(crate) fn verdict(&self) -> Verdict {
        match Verdict::from_claim(self.state, self.extent) {
            _ if !self.counts => Verdict::Missing,
            verdict if self.is_backed => verdict,
            verdict => verdict.min(Verdict::Draft),
        }
    }
}

/// A clause on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClauseAssessment {
    /// The clause.
    pub(crate) clause: ClauseKey,
    /// The verdict, or `None` for a clause without requirements.
    pub(crate) verdict: Option<Verdict>,
    /// The verdict from claims on it and on the clauses below it. For part of a unit, `verdict` is its unit's instead.
    pub(crate) own_verdict: Verdict,
    /// Whether the verdict comes from the clauses below rather than from claims on this one.
    pub(crate) rolled_up: bool,
    /// The coverage unit that it is part of and whose verdict it shows.
    pub(crate) part_of: Option<ClauseKey>,
    /// Why it does not apply.
    pub(crate) reason: Option<String>,
    /// Claims on this very clause, best verdict first.
    pub(crate) claims: Vec<ClaimRef>,
    /// Claims on its parent clauses: mentions, which do not count here.
    pub(crate) mentions: Vec<ClaimRef>,
    /// The number of coverage units at or below it.
    pub(crate) units: u32,
    /// The number of those units that are covered.
    pub(crate) units_covered: u32,
}

/// An item of documented information on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemAssessment {
    /// The item.
    pub(crate) item: ItemKey,
    /// The clause that requires it.
    pub(crate) clause: ClauseKey,
    /// Whether the item is required or expected.
    pub(crate) basis: Basis,
    /// The verdict.
    pub(crate) verdict: ItemVerdict,
    /// Documents that provide it, best verdict first.
    pub(crate) providers: Vec<Provider>,
    /// How many recipients have it, if it is due for each of several.
    pub(crate) share: Option<Share>,
    /// Why it is not needed, if the settings say so.
    pub(crate) reason: Option<String>,
}

/// A document that says it provides an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Provider {
    /// The document.
    pub(crate) document: DocumentIndex,
    /// The state of the document.
    pub(crate) state: State,
    /// Whether a document of its type can be this kind of item: a record is not a policy, for example.
    pub(crate) fits: bool,
    /// Whether it has any content; otherwise it counts as a draft.
    pub(crate) has_content: bool,
}

impl Provider {
    /// Whether it counts for less than its state allows because it has no content.
    pub(crate) fn is_discounted(&self) -> bool {
        self.fits && !self.has_content && ItemVerdict::from_provider(self.state) > ItemVerdict::Draft
    }

    /// The verdict that it supports if no other document provides the item.
    pub(crate) fn verdict(&self) -> ItemVerdict {
        match ItemVerdict::from_provider(self.state) {
            _ if !self.fits => ItemVerdict::Missing,
            verdict if self.has_content => verdict,
            verdict => verdict.min(ItemVerdict::Draft),
        }
    }
}
