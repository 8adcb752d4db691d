//! Verdicts of documented information.

use super::state::Life;
use super::verdict::{ItemAssessment, ItemVerdict, Provider};
use crate::config::Settings;
use crate::handbook::{Document, Handbook};
use crate::id::{ItemKey, StandardIndex};
use crate::standard::{Keep, Standards};

/// The verdict of every item of every standard, in the standards' order.
pub(super) fn assess(
    handbook: &Handbook,
    standards: &Standards,
    settings: &Settings,
    lives: &[Life],
) -> Vec<Vec<ItemAssessment>> {
    let providers = collect(handbook, standards, lives);
    let assess_standard = |standard: StandardIndex| {
        standards
            .items(standard)
            .zip(&providers[standard.at()])
            .map(|(item, providers)| assess_item(standards, settings, item, providers))
    };
    standards.indexes().map(|standard| assess_standard(standard).collect()).collect()
}

fn collect(handbook: &Handbook, standards: &Standards, lives: &[Life]) -> Vec<Vec<Vec<Provider>>> {
    let empty = |standard| vec![Vec::new(); standards.items(standard).count()];
    let mut providers: Vec<Vec<Vec<Provider>>> = standards.indexes().map(empty).collect();
    for ((index, document), life) in handbook.indexed().zip(lives).filter(|((_, document), _)| document.is_controlled())
    {
        for (item, _) in &document.provides {
            let fits = fits(document, standards.item_at(*item).keep);
            let list = &mut providers[item.standard.at()][item.item.at()];
            list.push(Provider { document: index, state: life.state, fits });
        }
    }
    for list in providers.iter_mut().flatten() {
        list.sort_by_key(|provider| (std::cmp::Reverse(worth(provider)), provider.document));
        list.dedup();
    }
    providers
}

/// Whether a document of this type can be an item of this kind. Evidence is a record, or a report or register that
/// is one; a document kept up to date is anything but a record or a form.
pub(crate) fn fits(document: &Document, keep: Keep) -> bool {
    let evidence = matches!(&*document.kind, "record" | "report" | "register" | "analysis" | "catalogue");
    match keep {
        Keep::Retain => evidence,
        Keep::Maintain => !matches!(&*document.kind, "record" | "template"),
    }
}

fn worth(provider: &Provider) -> ItemVerdict {
    if provider.fits { ItemVerdict::of_provider(provider.state) } else { ItemVerdict::Missing }
}

fn assess_item(standards: &Standards, settings: &Settings, item: ItemKey, providers: &[Provider]) -> ItemAssessment {
    let facts = standards.item_at(item);
    let best = providers.iter().map(worth).max().unwrap_or(ItemVerdict::Missing);
    let reason = settings.reason_not_needed(&facts.id).filter(|_| facts.conditional);
    let not_needed = best == ItemVerdict::Missing && reason.is_some();
    ItemAssessment {
        item,
        clause: standards.clause_of(item),
        basis: facts.basis,
        verdict: if not_needed { ItemVerdict::NotNeeded } else { best },
        providers: providers.to_vec(),
        reason: reason.filter(|_| not_needed).map(str::to_owned),
    }
}
