//! Images and attachments that readers cannot use.

use std::collections::BTreeMap;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Asset;
use crate::place::Place;
use crate::source::is_picture;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unusable-asset"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "An image or attachment that a document or the note of an entry refers to is empty, cut off, encrypted, not \
              of the type its name says, or only a pointer to a large-file store; or a file is used as an image and browsers cannot show it.",
    why: "The portal shows a broken picture, or a form that does not open.",
    fix: "Save the file again, or fetch it from the large-file store before you build.",
    example: "flow.png that contains a login page",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for (asset, place) in used_assets(assessed, |asset| asset.facts.problem.is_some()) {
        let Some(wrong) = &asset.facts.problem else { continue };
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        let problem = Problem::new(RULE.id, Place::file(asset.path.clone()), format!("`{name}` {}", wrong.message()));
        let problem = problem.help(wrong.help()).related(place, "a reference to it");
        problems.push(if wrong.is_shown() { problem.with_max_severity(Severity::Warning) } else { problem });
    }
    report_unsupported_images(assessed, problems);
}

/// Files used as images that browsers cannot show.
fn report_unsupported_images(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (asset, link, place) in handbook.asset_links().filter(|(_, link, _)| link.is_image()) {
        let Some(asset) = handbook.assets.get(asset.0 as usize) else { continue };
        if asset.facts.problem.is_none() && !is_picture(&asset.path) {
            let message = format!("browsers do not show `{}` as an image", clip(link.target.trim()));
            let help = format!("save it as PNG, JPEG or SVG, or link to it: `[text]({})`", clip(link.target.trim()));
            problems.push(Problem::new(RULE.id, place, message).help(help));
        }
    }
}

/// The images and attachments of a kind that documents and entries refer to, each with the first reference.
pub(super) fn used_assets<'a>(
    assessed: &Assessed<'a>,
    is_wanted: impl Fn(&Asset) -> bool,
) -> impl Iterator<Item = (&'a Asset, Place)> {
    let handbook = &assessed.reading.handbook;
    let mut used = BTreeMap::new();
    for (asset, _, place) in handbook.asset_links() {
        if handbook.assets.get(asset.0 as usize).is_some_and(&is_wanted) {
            used.entry(asset).or_insert(place);
        }
    }
    used.into_iter().filter_map(|(asset, place)| Some((handbook.assets.get(asset.0 as usize)?, place)))
}
