//! What a clause, or an item of documented information, is on a date.

use super::shares::Share;
use super::state::State;
use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, ItemKey};
use crate::source::front_matter::Extent;
use crate::standard::Basis;

/// What a clause is on a date, from the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No claim that counts.
    Missing,
    /// Claimed only by documents not yet in force.
    Draft,
    /// Claimed only by overdue or changed documents.
    Stale,
    /// Only partial claims in force.
    Partial,
    /// A full claim by a document in force.
    Covered,
    /// The settings exclude it with a reason, and its standard lets them.
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

    /// Whether something is still to be done for the clause.
    pub(crate) fn is_gap(self) -> bool {
        !matches!(self, Verdict::Covered | Verdict::NotApplicable)
    }

    /// What one claim allows: `Missing` when its document's state lets it count for nothing.
    pub(crate) fn of_claim(state: State, extent: Extent) -> Verdict {
        match (state, extent) {
            (State::Retired, _) => Verdict::Missing,
            (State::Draft | State::InReview | State::Future, _) => Verdict::Draft,
            (State::Changed | State::Overdue, _) => Verdict::Stale,
            (State::DueSoon | State::Current, Extent::Partial) => Verdict::Partial,
            (State::DueSoon | State::Current, Extent::Full) => Verdict::Covered,
        }
    }

    /// What a clause is by its parts: covered when every part is, missing when every part is, and never better than
    /// the parts allow together. Parts that do not apply have no say, unless none applies.
    pub(crate) fn of_parts(parts: impl IntoIterator<Item = Verdict>) -> Verdict {
        let all: Vec<Verdict> = parts.into_iter().collect();
        let parts: Vec<Verdict> = all.iter().copied().filter(|part| *part != Verdict::NotApplicable).collect();
        let has = |verdict| parts.contains(&verdict);
        if parts.is_empty() && !all.is_empty() {
            Verdict::NotApplicable
        } else if !parts.is_empty() && parts.iter().all(|part| *part == Verdict::Covered) {
            Verdict::Covered
        } else if has(Verdict::Covered) || has(Verdict::Partial) {
            Verdict::Partial
        } else if has(Verdict::Stale) {
            Verdict::Stale
        } else if has(Verdict::Draft) {
            Verdict::Draft
        } else {
            Verdict::Missing
        }
    }
}

/// What an item of documented information is on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemVerdict {
    /// Nothing provides it.
    Missing,
    /// Provided only by documents not yet in force.
    Draft,
    /// Provided only by overdue or changed documents.
    Stale,
    /// Documents in force provide it, but registers say that it is not known of all that should have it.
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

    /// What one provider in this state allows.
    pub(crate) fn of_provider(state: State) -> ItemVerdict {
        match Verdict::of_claim(state, Extent::Full) {
            Verdict::Covered | Verdict::Partial => ItemVerdict::Provided,
            Verdict::Stale => ItemVerdict::Stale,
            Verdict::Draft => ItemVerdict::Draft,
            Verdict::Missing | Verdict::NotApplicable => ItemVerdict::Missing,
        }
    }
}

/// A claim as it bears on a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClaimRef {
    /// The document that makes it.
    pub(crate) document: DocumentIndex,
    /// Which of that document's claims it is, as an index into its list.
    pub(crate) claim: u32,
    /// In full or in part.
    pub(crate) extent: Extent,
    /// What the document is.
    pub(crate) state: State,
    /// Whether it can count at all: not made by a page, a template or a retired document.
    pub(crate) counts: bool,
    /// Whether it can be read for certain and something is said behind it; if not, it counts as a draft's.
    pub(crate) stands: bool,
}

impl ClaimRef {
    /// What it allows, when nothing else claims the clause.
    pub(crate) fn verdict(&self) -> Verdict {
        match Verdict::of_claim(self.state, self.extent) {
            _ if !self.counts => Verdict::Missing,
            verdict if self.stands => verdict,
            verdict => verdict.min(Verdict::Draft),
        }
    }
}

/// A clause on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClauseAssessment {
    /// Which clause.
    pub(crate) clause: ClauseKey,
    /// What it is; `None` for a clause without a duty.
    pub(crate) verdict: Option<Verdict>,
    /// What claims on it, and on the clauses below it, allow; a part of a unit shows its unit's verdict instead.
    pub(crate) own: Verdict,
    /// Whether the verdict comes from the clauses below rather than from claims on this one.
    pub(crate) rolled_up: bool,
    /// The coverage unit that it is a part of, whose verdict it shows.
    pub(crate) part_of: Option<ClauseKey>,
    /// Why it does not apply.
    pub(crate) reason: Option<String>,
    /// Claims on this very clause, those that allow the best verdict first.
    pub(crate) claims: Vec<ClaimRef>,
    /// Claims on clauses above it: mentions, which cover nothing here.
    pub(crate) mentions: Vec<ClaimRef>,
    /// How many coverage units stand at or below it.
    pub(crate) units: u32,
    /// How many of these are covered.
    pub(crate) units_covered: u32,
}

/// An item of documented information on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemAssessment {
    /// Which item.
    pub(crate) item: ItemKey,
    /// The clause that asks for it.
    pub(crate) clause: ClauseKey,
    /// Who asks for it.
    pub(crate) basis: Basis,
    /// What it is.
    pub(crate) verdict: ItemVerdict,
    /// Documents that provide it, those that allow the best verdict first.
    pub(crate) providers: Vec<Provider>,
    /// Of how many it is known, where it is due for each of several.
    pub(crate) share: Option<Share>,
    /// Why it is not needed, when the settings say so.
    pub(crate) reason: Option<String>,
}

/// A document that says it provides an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Provider {
    /// Which document.
    pub(crate) document: DocumentIndex,
    /// What the document is.
    pub(crate) state: State,
    /// Whether a document of its type can be this kind of item: a record is no policy.
    pub(crate) fits: bool,
    /// Whether it says something; if not, it counts as a draft.
    pub(crate) says: bool,
}

impl Provider {
    /// Whether it counts for less than its state allows, because it says nothing.
    pub(crate) fn is_discounted(&self) -> bool {
        self.fits && !self.says && ItemVerdict::of_provider(self.state) > ItemVerdict::Draft
    }

    /// What it allows, when nothing else provides the item.
    pub(crate) fn verdict(&self) -> ItemVerdict {
        match ItemVerdict::of_provider(self.state) {
            _ if !self.fits => ItemVerdict::Missing,
            verdict if self.says => verdict,
            verdict => verdict.min(ItemVerdict::Draft),
        }
    }
}
