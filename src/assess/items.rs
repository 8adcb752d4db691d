//! Verdicts of documented information.

use super::applicability::Applicability;
use super::shares::{self, Share, ShareCounter};
use super::state::{Life, State};
use super::verdict::{ItemAssessment, ItemVerdict, Provider};
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Handbook, Reading};
use crate::id::{ItemKey, ItemRef, StandardIndex};
use crate::standard::{Retention, Standards};

/// The verdict of every item of every standard, in the standards' order.
pub(super) fn assess_items(
    reading: &Reading,
    lives: &[Life],
    as_of: Date,
    applicability: &Applicability<'_>,
) -> Vec<Vec<ItemAssessment>> {
    let providers = collect_providers(&reading.handbook, &reading.standards, lives);
    let state = |document: DocumentIndex| lives[document.at()].state;
    let shares = ShareCounter { reading, as_of, state: &state };
    let assess_standard = |standard: StandardIndex| {
        let items = reading.standards.items(standard).zip(&providers[standard.at()]);
        items.map(|(item, providers)| assess_item(&shares, applicability, item, providers))
    };
    reading.standards.indexes().map(|standard| assess_standard(standard).collect()).collect()
}

fn collect_providers(handbook: &Handbook, standards: &Standards, lives: &[Life]) -> Vec<Vec<Vec<Provider>>> {
    let empty = |standard| vec![Vec::new(); standards.items(standard).count()];
    let mut providers: Vec<Vec<Vec<Provider>>> = standards.indexes().map(empty).collect();
    for ((index, document), life) in handbook.indexed().zip(lives).filter(|((_, document), _)| document.is_controlled())
    {
        for (item, _) in &document.provides {
            let fits = is_suitable_type(document, standards.item_at(*item).keep);
            let list = &mut providers[item.standard.at()][item.item.at()];
            list.push(Provider { document: index, state: life.state, fits, has_content: document.has_content });
        }
    }
    for list in providers.iter_mut().flatten() {
        list.sort_by_key(|provider| (std::cmp::Reverse(provider.verdict()), provider.document));
        list.dedup();
    }
    providers
}

/// Whether a document's type suits an item. Evidence can be a record, or a report, register or similar. Maintained
/// information can be anything but a record or a form.
pub(crate) fn is_suitable_type(document: &Document, keep: Retention) -> bool {
    let evidence = matches!(&*document.doc_type, "record" | "report" | "register" | "analysis" | "catalogue");
    match keep {
        Retention::Retain => evidence,
        Retention::Maintain => !matches!(&*document.doc_type, "record" | "template"),
    }
}

/// The verdict that a single provider of an item supports if it is in the given state.
pub(super) fn provider_verdict(standards: &Standards, document: &Document, item: ItemKey, state: State) -> ItemVerdict {
    if !document.is_controlled() {
        return ItemVerdict::Missing;
    }
    let fits = is_suitable_type(document, standards.item_at(item).keep);
    Provider { document: DocumentIndex(0), state, fits, has_content: document.has_content }.verdict()
}

/// The verdict of an item from its best provider and from how many recipients have it. If a register names a recipient,
/// the settings cannot say that the item is not needed.
pub(super) fn item_verdict(
    reading: &Reading,
    applicability: &Applicability<'_>,
    item: ItemKey,
    best: ItemVerdict,
    share: Option<Share>,
) -> ItemVerdict {
    let is_wanted = share.is_some_and(|share| share.required > 0);
    // An item of a clause that does not apply is not needed, even if a document provides it.
    let is_excluded = applicability.reason(reading.standards.clause_of(item)).is_some();
    let not_needed =
        best == ItemVerdict::Missing && reason_not_needed(reading, applicability, item, is_wanted).is_some();
    if is_excluded || not_needed { ItemVerdict::NotNeeded } else { shares::limit_verdict(best, share) }
}

/// The reason why an item need not be provided: its condition has not arisen, or its clause does not apply.
fn reason_not_needed<'a>(
    reading: &'a Reading,
    applicability: &Applicability<'a>,
    item: ItemKey,
    is_wanted: bool,
) -> Option<&'a str> {
    let facts = reading.standards.item_at(item);
    let is_meant = |entry: &ItemRef| entry.item == facts.id && reading.standards.item(entry) == Some(item);
    let not_arisen = reading.settings.reason_not_needed(is_meant).filter(|_| facts.conditional && !is_wanted);
    not_arisen.or_else(|| applicability.reason(reading.standards.clause_of(item)))
}

fn assess_item(
    shares: &ShareCounter<'_>,
    applicability: &Applicability<'_>,
    item: ItemKey,
    providers: &[Provider],
) -> ItemAssessment {
    let (reading, standards) = (shares.reading, &shares.reading.standards);
    let share = shares.count_share(item, &shares::provider_documents(providers));
    let best = providers.iter().map(Provider::verdict).max().unwrap_or(ItemVerdict::Missing);
    let verdict = item_verdict(reading, applicability, item, best, share);
    let reason = reason_not_needed(reading, applicability, item, share.is_some_and(|share| share.required > 0))
        .filter(|_| verdict == ItemVerdict::NotNeeded);
    ItemAssessment {
        item,
        clause: standards.clause_of(item),
        basis: standards.item_at(item).basis,
        verdict,
        providers: providers.to_vec(),
        share,
        reason: reason.map(str::to_owned),
    }
}
