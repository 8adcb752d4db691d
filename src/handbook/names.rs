//! Chooses the spelling in which each name is shown.

use std::sync::Arc;

use super::document::{Document, Names};
use super::registers::PlacedEntry;
use crate::name::Spellings;
use crate::place::Located;
use crate::source::front_matter::FrontMatter;

/// Every role and person named in front matter, in the order of its keys.
pub(crate) fn names_of(front: &FrontMatter) -> Vec<&Located<String>> {
    let changes = front.changes.iter().flat_map(|change| change.author.iter().chain(&change.approver));
    let reviews = front.reviews.iter().flat_map(|review| &review.reviewer);
    let lists = [&front.owner, &front.author, &front.approver, &front.reviewers, &front.audience];
    lists.into_iter().flatten().chain(changes).chain(reviews).collect()
}

/// Counts all spellings, and gives each name in documents its most common spelling.
pub(super) fn unify_spellings(documents: &mut [Arc<Document>], entries: &[PlacedEntry]) -> Spellings {
    let mut spellings = Spellings::default();
    for document in documents.iter().filter(|document| document.is_controlled()) {
        let Some(front) = document.front() else { continue };
        names_of(front).into_iter().for_each(|name| spellings.add(&name.value));
        let defaults = [(&front.owner, &document.owners), (&front.approver, &document.approvers)];
        let default_names =
            defaults.into_iter().filter(|(own_names, _)| own_names.is_empty()).flat_map(|(_, names)| names.iter());
        default_names.for_each(|name| spellings.add(name));
    }
    entries.iter().flat_map(|placed_entry| placed_entry.entry.roles()).for_each(|name| spellings.add(&name.value));
    for document in documents.iter_mut().filter(|document| is_spelled_otherwise(document, &spellings)) {
        let document = Arc::make_mut(document);
        for names in [&mut document.owners, &mut document.approvers, &mut document.authors] {
            *names = Names::new(names.iter().map(|name| common_spelling(&spellings, name)));
        }
        document.audience.iter_mut().for_each(|name| *name = common_spelling(&spellings, name));
    }
    spellings
}

fn is_spelled_otherwise(document: &Document, spellings: &Spellings) -> bool {
    let names = [&document.owners, &document.approvers, &document.authors].into_iter().flat_map(Names::iter);
    names.chain(&document.audience).any(|name| *common_spelling(spellings, name) != **name)
}

fn common_spelling(spellings: &Spellings, name: &Arc<str>) -> Arc<str> {
    spellings.display_name(name).unwrap_or(name).clone()
}
