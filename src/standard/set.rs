//! The standards that a handbook uses, and lookups of references to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use ahash::AHashMap;

use super::catalogue::{Basis, Catalogue, Clause, Input, Item};
use crate::id::{
    ClauseId, ClauseIndex, ClauseKey, ClauseRef, ItemId, ItemIndex, ItemKey, ItemRef, StandardId, StandardIndex,
};
use crate::spelling::nearest;

/// The key of ITIL practices in the crosswalk of a catalogue.
pub(crate) const PRACTICES: &str = "itil4";

/// Catalogues in the order of the settings; the first is the main one.
#[derive(Clone, Debug, Default)]
pub struct Standards {
    catalogues: Vec<IndexedCatalogue>,
}

/// A catalogue with its indexes.
#[derive(Clone, Debug)]
struct IndexedCatalogue {
    catalogue: Arc<Catalogue>,
    clauses: AHashMap<ClauseId, ClauseIndex>,
    /// The parent of each clause.
    parents: Vec<Option<ClauseIndex>>,
    children: Vec<Vec<ClauseKey>>,
    items: AHashMap<ItemId, ItemIndex>,
    /// For each item, its clause and its position among that clause's items.
    item_places: Vec<(ClauseIndex, usize)>,
    units: Vec<bool>,
    usage: StandardUse,
}

/// How a handbook uses a standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StandardUse {
    /// It must be covered: its clauses have verdicts, and missing ones are gaps.
    #[default]
    Cover,
    /// It only guides: claims on it and its crosswalk are shown, but nothing is counted.
    Guide,
}

/// Why a reference does not resolve to a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolveError {
    /// The set has no such standard.
    Standard {
        /// The known name nearest to the reference.
        nearest: Option<StandardId>,
    },
    /// The standard has no such clause.
    Clause {
        /// The standard that was meant.
        standard: StandardIndex,
        /// The existing clause nearest to the reference.
        nearest: Option<ClauseKey>,
        /// The clauses derived from the clause with this number in the 2011 edition.
        from_2011: Vec<ClauseKey>,
    },
}

impl Standards {
    /// Combines catalogues, the main one first. Clauses and items beyond the first 65,535 are ignored.
    pub fn new(catalogues: impl IntoIterator<Item = Arc<Catalogue>>) -> Standards {
        Standards::with_usage(catalogues.into_iter().map(|catalogue| (catalogue, StandardUse::Cover)))
    }

    /// Like [`new`](Standards::new), with the use of each catalogue.
    pub(crate) fn with_usage(catalogues: impl IntoIterator<Item = (Arc<Catalogue>, StandardUse)>) -> Standards {
        let member = |(at, (catalogue, use_))| IndexedCatalogue {
            usage: use_,
            ..IndexedCatalogue::new(StandardIndex(at), catalogue)
        };
        Standards { catalogues: (0..).zip(catalogues).map(member).collect() }
    }

    /// Whether a standard is a guide only.
    pub(crate) fn is_guide(&self, standard: StandardIndex) -> bool {
        self.catalogues[standard.at()].usage == StandardUse::Guide
    }

    /// The standards that must be covered, the main one first.
    pub(crate) fn to_cover(&self) -> impl Iterator<Item = StandardIndex> + '_ {
        self.indexes().filter(|standard| !self.is_guide(*standard))
    }

    /// The indices of all standards, the main one first.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = StandardIndex> + use<> {
        (0..self.catalogues.len() as u16).map(StandardIndex)
    }

    /// The index of the main standard.
    pub(crate) fn main(&self) -> Option<StandardIndex> {
        self.indexes().next()
    }

    /// The practices to which the main standard relates its clauses, by name, each with these clauses.
    pub(crate) fn practices(&self) -> BTreeMap<&str, Vec<ClauseKey>> {
        let mut practices: BTreeMap<&str, Vec<ClauseKey>> = BTreeMap::new();
        for key in self.main().into_iter().flat_map(|main| self.clauses(main)) {
            let practice_names = self.clause(key).crosswalk.get(PRACTICES).into_iter().flatten();
            practice_names.for_each(|name| practices.entry(name.as_str()).or_default().push(key));
        }
        practices
    }

    /// The index of a standard by its name.
    pub(crate) fn find_standard(&self, id: &StandardId) -> Option<StandardIndex> {
        self.indexes().find(|index| self.catalogue(*index).id == *id)
    }

    /// The index of the standard that a text such as `ISO/IEC 27001:2022` designates; without a year, any edition
    /// matches, and without a part, the first part.
    pub(crate) fn find_by_designation(&self, designation: &str) -> Option<StandardIndex> {
        let (number, year) = number_and_year(designation);
        self.indexes().find(|index| {
            let (own_number, edition) = number_and_year(&self.catalogue(*index).title);
            let is_number = own_number == number || own_number.strip_suffix("-1") == Some(number);
            is_number && !number.is_empty() && (year.is_empty() || year == edition)
        })
    }

    /// The catalogue of a standard.
    pub(crate) fn catalogue(&self, standard: StandardIndex) -> &Catalogue {
        &self.catalogues[standard.at()].catalogue
    }

    /// The clause for a key.
    pub(crate) fn clause(&self, key: ClauseKey) -> &Clause {
        &self.catalogue(key.standard).clauses[key.clause.at()]
    }

    /// Every clause of a standard, in the standard's order.
    pub(crate) fn clauses(
        &self,
        standard: StandardIndex,
    ) -> impl ExactSizeIterator<Item = ClauseKey> + DoubleEndedIterator + use<> {
        let count = self.catalogues[standard.at()].children.len() as u16;
        (0..count).map(move |clause| ClauseKey { standard, clause: ClauseIndex(clause) })
    }

    /// The direct subclauses of a clause, in the standard's order.
    pub(crate) fn children(&self, key: ClauseKey) -> &[ClauseKey] {
        &self.catalogues[key.standard.at()].children[key.clause.at()]
    }

    /// The parent of a clause.
    pub(crate) fn parent(&self, key: ClauseKey) -> Option<ClauseKey> {
        let clause = self.catalogues[key.standard.at()].parents[key.clause.at()]?;
        Some(ClauseKey { standard: key.standard, clause })
    }

    /// All subclauses of a clause, at any depth.
    pub(crate) fn descendants(&self, key: ClauseKey) -> Vec<ClauseKey> {
        let mut below = self.children(key).to_vec();
        let mut at = 0;
        while let Some(clause) = below.get(at).copied() {
            below.extend(self.children(clause));
            at += 1;
        }
        below
    }

    /// Whether the settings may exclude a clause with a reason.
    pub(crate) fn is_excludable(&self, key: ClauseKey) -> bool {
        let marked = |key: ClauseKey| self.clause(key).excludable;
        self.catalogue(key.standard).exclusions_allowed || marked(key) || self.ancestors(key).any(marked)
    }

    /// Whether a standard has a clause that the settings may exclude.
    pub(crate) fn has_excludable(&self, standard: StandardIndex) -> bool {
        self.clauses(standard).any(|key| self.is_excludable(key))
    }

    /// The ancestors of a clause, the nearest first.
    pub(crate) fn ancestors(&self, key: ClauseKey) -> impl Iterator<Item = ClauseKey> + '_ {
        std::iter::successors(self.parent(key), |above| self.parent(*above)).take(16)
    }

    /// Whether a clause counts towards coverage. In a catalogue that marks no units, every clause without subclauses
    /// does, unless it is informative.
    pub(crate) fn is_unit(&self, key: ClauseKey) -> bool {
        self.catalogues[key.standard.at()].units[key.clause.at()]
    }

    /// The clause with exactly this number.
    pub fn find(&self, standard: StandardIndex, clause: &ClauseId) -> Option<ClauseKey> {
        let clause = *self.catalogues[standard.at()].clauses.get(clause)?;
        Some(ClauseKey { standard, clause })
    }

    /// The clause that a reference names, if it exists; a bare number belongs to the main standard.
    pub(crate) fn find_reference(&self, reference: &ClauseRef) -> Option<ClauseKey> {
        self.find(self.standard_of(reference)?, &reference.clause)
    }

    /// The clause that a reference names, or why there is none.
    pub fn resolve(&self, reference: &ClauseRef) -> Result<ClauseKey, ResolveError> {
        let Some(standard) = self.standard_of(reference) else {
            return Err(ResolveError::Standard { nearest: self.nearest_standard(reference.standard.as_ref()) });
        };
        self.find(standard, &reference.clause).ok_or_else(|| ResolveError::Clause {
            standard,
            nearest: self.nearest_clause(standard, &reference.clause),
            from_2011: self.clauses_of_2011(standard, &reference.clause),
        })
    }

    /// The standard that a reference names.
    fn standard_of(&self, reference: &ClauseRef) -> Option<StandardIndex> {
        match &reference.standard {
            None => self.main(),
            Some(id) => self.find_standard(id),
        }
    }

    fn nearest_standard(&self, id: Option<&StandardId>) -> Option<StandardId> {
        let known_ids = self.catalogues.iter().map(|member| member.catalogue.id.as_str());
        nearest(id?.as_str(), known_ids)?.parse().ok()
    }

    /// The nearest existing ancestor of the number, or a clause whose number differs by a typing error.
    fn nearest_clause(&self, standard: StandardIndex, clause: &ClauseId) -> Option<ClauseKey> {
        let clause_text = clause.to_string();
        let member = &self.catalogues[standard.at()];
        let by_slip = (0..).zip(&member.catalogue.clauses).find(|(_, candidate)| {
            let candidate_text = candidate.id.to_string();
            candidate_text.len() == clause_text.len() && strsim::osa_distance(&candidate_text, &clause_text) == 1
        });
        let above =
            || std::iter::successors(clause.parent(), ClauseId::parent).find_map(|above| self.find(standard, &above));
        above().or(by_slip.map(|(at, _)| ClauseKey { standard, clause: ClauseIndex(at) }))
    }

    fn clauses_of_2011(&self, standard: StandardIndex, clause: &ClauseId) -> Vec<ClauseKey> {
        let number = clause.to_string();
        self.clauses(standard).filter(|key| self.clause(*key).from_2011.contains(&number)).collect()
    }

    /// Every item of a standard, in the standard's order.
    pub(crate) fn items(&self, standard: StandardIndex) -> impl Iterator<Item = ItemKey> + use<> {
        let count = self.catalogues[standard.at()].item_places.len() as u16;
        (0..count).map(move |item| ItemKey { standard, item: ItemIndex(item) })
    }

    /// Whether the main standard requires any documented information.
    pub(crate) fn requires_items(&self) -> bool {
        let mut items = self.main().into_iter().flat_map(|main| self.items(main));
        items.any(|item| self.item_at(item).basis == Basis::Required)
    }

    /// The items of one clause, in the standard's order.
    pub(crate) fn items_of(&self, key: ClauseKey) -> impl Iterator<Item = ItemKey> + '_ {
        let places = &self.catalogues[key.standard.at()].item_places;
        let own_items = (0..).zip(places).filter(move |(_, (clause, _))| *clause == key.clause);
        own_items.map(move |(item, _)| ItemKey { standard: key.standard, item: ItemIndex(item) })
    }

    /// The item that a reference names; without a standard, the first match in any.
    pub(crate) fn item(&self, reference: &ItemRef) -> Option<ItemKey> {
        let standard_id = reference.standard.as_ref();
        let mut standards =
            self.indexes().filter(|index| standard_id.is_none_or(|id| self.catalogue(*index).id == *id));
        standards.find_map(|standard| {
            let item = *self.catalogues[standard.at()].items.get(&reference.item)?;
            Some(ItemKey { standard, item })
        })
    }

    /// The item for a key.
    pub(crate) fn item_at(&self, key: ItemKey) -> &Item {
        let (clause, rank) = self.catalogues[key.standard.at()].item_places[key.item.at()];
        &self.catalogue(key.standard).clauses[clause.at()].documented_information[rank]
    }

    /// The clause that requires an item.
    pub(crate) fn clause_of(&self, key: ItemKey) -> ClauseKey {
        let (clause, _) = self.catalogues[key.standard.at()].item_places[key.item.at()];
        ClauseKey { standard: key.standard, clause }
    }

    /// The inputs of a management review, according to the main standard.
    pub(crate) fn review_inputs(&self) -> impl Iterator<Item = &Input> {
        self.main().into_iter().flat_map(|main| &self.catalogue(main).clauses).flat_map(|clause| &clause.inputs)
    }

    /// What to write in place of a clause that does not exist, where `nearest` is the existing one nearest to it: the
    /// clauses below that one if a claim on it would cover nothing, or the clause of another standard with the number.
    pub(crate) fn suggest_clauses(&self, clause: &ClauseId, nearest: Option<ClauseKey>) -> Option<String> {
        let others = self.indexes().skip(1).filter(|_| clause.has_annex());
        let other = others.filter_map(|standard| Some((standard, self.find(standard, clause)?))).next();
        if let Some((standard, key)) = other {
            return Some(format!("did you mean `{}:{}`?", self.catalogue(standard).id, self.clause(key).id));
        }
        let nearest = nearest?;
        let is_counted = |key: ClauseKey| std::iter::once(key).chain(self.ancestors(key)).any(|key| self.is_unit(key));
        match self.children(nearest) {
            [first, .., last] if clause.is_below(&self.clause(nearest).id) && !is_counted(nearest) => {
                Some(format!("the nearest are {} to {}", self.clause(*first).id, self.clause(*last).id))
            }
            _ => {
                let found = self.clause(nearest);
                Some(
                    format!("the nearest is {} {}", found.id, found.title.as_deref().unwrap_or_default())
                        .trim_end()
                        .to_owned(),
                )
            }
        }
    }

    /// The name of the item nearest to a misspelled one, if any is close enough.
    pub(crate) fn nearest_item(&self, name: &str) -> Option<&ItemId> {
        let items = || self.indexes().flat_map(|standard| self.items(standard)).map(|key| &self.item_at(key).id);
        let nearest_name = nearest(name, items().map(ItemId::as_str))?.to_owned();
        items().find(|id| id.as_str() == nearest_name)
    }
}

impl IndexedCatalogue {
    fn new(standard: StandardIndex, catalogue: Arc<Catalogue>) -> IndexedCatalogue {
        let clauses: AHashMap<ClauseId, ClauseIndex> =
            (0..u16::MAX).zip(&catalogue.clauses).map(|(at, clause)| (clause.id.clone(), ClauseIndex(at))).collect();
        let parent = |clause: &Clause| clauses.get(clause.parent.as_ref()?).copied();
        let parents = catalogue.clauses.iter().map(parent).collect();
        let mut children = vec![Vec::new(); catalogue.clauses.len().min(usize::from(u16::MAX))];
        let mut item_places = Vec::new();
        for (at, clause) in (0..u16::MAX).map(ClauseIndex).zip(&catalogue.clauses) {
            let above = clause.parent.as_ref().and_then(|parent| clauses.get(parent)).filter(|above| **above < at);
            if let Some(above) = above {
                children[above.at()].push(ClauseKey { standard, clause: at });
            }
            item_places.extend((0..clause.documented_information.len()).map(|rank| (at, rank)));
        }
        item_places.truncate(usize::from(u16::MAX));
        let item_at = |(clause, rank): &(ClauseIndex, usize)| {
            catalogue.clauses[clause.at()].documented_information[*rank].id.clone()
        };
        let items = (0..).zip(&item_places).map(|(at, place)| (item_at(place), ItemIndex(at))).collect();
        let units = units(&catalogue, &children);
        IndexedCatalogue { clauses, parents, children, items, item_places, units, catalogue, usage: StandardUse::Cover }
    }
}

fn units(catalogue: &Catalogue, children: &[Vec<ClauseKey>]) -> Vec<bool> {
    let marks = catalogue.clauses.iter().any(|clause| clause.coverage_unit);
    let is_unit = |(clause, below): (&Clause, &Vec<ClauseKey>)| {
        if marks { clause.coverage_unit } else { below.is_empty() && !clause.informative }
    };
    catalogue.clauses.iter().zip(children).map(is_unit).collect()
}
/// The number of a standard, including its part, and the year of its edition, from `ISO/IEC 20000-1:2018`.
fn number_and_year(designation: &str) -> (&str, &str) {
    let start = designation.find(|c: char| c.is_ascii_digit()).unwrap_or(designation.len());
    let number = &designation[start..];
    let end = number.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(number.len());
    let year = number[end..].strip_prefix(':').unwrap_or_default();
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    (&number[..end], &year[..digits])
}
