//! Images and attachments that readers cannot use.

use std::collections::BTreeMap;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Asset, Destination};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unusable-asset"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "An image or attachment that a document refers to is empty, is not of the type its name says, or is only \
              a pointer to a large-file store.",
    why: "The portal shows a broken picture, or a form that does not open.",
    fix: "Save the file again, or fetch it from the large-file store before you build.",
    example: "flow.png that contains a login page",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for (asset, place) in used(assessed, |asset| asset.facts.problem.is_some()) {
        let Some(wrong) = &asset.facts.problem else { continue };
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        let problem = Problem::new(RULE.id, Place::file(asset.path.clone()), format!("`{name}` {}", wrong.message()));
        let problem = problem.help(wrong.help()).related(place, "a reference to it");
        problems.push(if wrong.is_shown() { problem.at_most(Severity::Warning) } else { problem });
    }
}

/// The images and attachments of a kind that documents refer to, each with the first place that does.
pub(super) fn used<'a>(
    assessed: &Assessed<'a>,
    is_wanted: impl Fn(&Asset) -> bool,
) -> impl Iterator<Item = (&'a Asset, Place)> {
    let handbook = &assessed.reading.handbook;
    let mut used = BTreeMap::new();
    for (_, document) in handbook.indexed() {
        for (link, destination) in document.file.body.links.iter().zip(&document.links) {
            let Destination::Asset { asset, .. } = destination else { continue };
            if handbook.assets.get(asset.0 as usize).is_some_and(&is_wanted) {
                used.entry(*asset).or_insert_with(|| document.place(link.target_span));
            }
        }
    }
    used.into_iter().filter_map(|(asset, place)| Some((handbook.assets.get(asset.0 as usize)?, place)))
}
