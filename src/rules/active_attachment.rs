//! Attachments that run in a reader's browser.

use super::unusable_asset::used_assets;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("active-attachment"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "An attachment is a web page, a program, or a drawing that contains a script.",
    why: "It runs in the browser of anyone who opens it, as part of the portal: it can read and change whatever that \
          reader can.",
    fix: "Attach a PDF or a picture instead, or save the drawing without its scripts. If you need the attachment and \
          trust it, set `active_attachments: true`, and have your web server send `Content-Security-Policy: sandbox` \
          with it.",
    example: "[the calculator](priority.html)",
    check: Check::Handbook(check),
};

/// The help for every finding.
const HELP: &str = "attach a PDF or a picture instead; `active_attachments: true` in the settings allows it";

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    if assessed.reading.settings.active_attachments {
        return;
    }
    for (asset, place) in used_assets(assessed, |asset| asset.facts.active.is_some()) {
        let Some(content) = asset.facts.active else { continue };
        let name = asset.path.rsplit('/').next().unwrap_or_default();
        let problem = Problem::new(RULE.id, Place::file(asset.path.clone()), format!("`{name}` {}", content.message()));
        problems.push(problem.help(HELP).related(place, "a reference to it"));
    }
}
