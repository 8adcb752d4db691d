//! Two sources that claim the same URL.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{AddressClaimant, AddressHolder, AddressRefusal};
use crate::place::Place;
use crate::text::look_alike;

pub(super) const RULE: Rule = Rule {
    id: RuleId("url-clash"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "A document would have the same URL as another document or as one of the portal's own pages. Reported as \
              a warning for an image or attachment.",
    why: "It is published at another address, so bookmarks and links from other sites lead to the wrong page.",
    fix: "Rename the file or its folder.",
    example: "content/change.md beside content/Change.md, or content/matrix.md",
    check: Check::Handbook(check),
};

/// The help for two file names that look alike.
const LOOKALIKE_HELP: &str = "rename or remove one of the files: their names look alike, and differ in how letters are composed or in \
                    signs that nobody sees";

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for clash in &handbook.addresses.conflicts {
        let (path, url) = match clash.claimant {
            AddressClaimant::Document(at) => (handbook.document(at).path(), &handbook.document(at).url),
            AddressClaimant::Asset(at) => {
                let asset = &handbook.assets[at.0 as usize];
                (&asset.path, &asset.url)
            }
            AddressClaimant::Alias(..) => continue,
        };
        let holder = if let AddressRefusal::Taken(holder) = clash.refusal { holder } else { AddressHolder::Portal };
        let message =
            format!("its URL `{}` belongs to {}; it is published as `{url}`", clash.requested, name(assessed, holder));
        let problem = Problem::new(RULE.id, Place::file(path.clone()), message);
        let other = file(assessed, holder);
        let is_twin = other.as_ref().is_some_and(|other| other != path && look_alike(other, path));
        let problem = problem.help(if is_twin { LOOKALIKE_HELP } else { "rename the file" });
        let problem = match other {
            Some(other) => problem.related(Place::file(other), "the file with this URL"),
            None => problem,
        };
        let is_asset = matches!(clash.claimant, AddressClaimant::Asset(_));
        problems.push(if is_asset { problem.with_max_severity(Severity::Warning) } else { problem });
    }
}

/// A description of the holder of a URL.
pub(super) fn name(assessed: &Assessed<'_>, holder: AddressHolder) -> String {
    match (holder, file(assessed, holder)) {
        (AddressHolder::Alias(_), Some(file)) => format!("an earlier address of `{file}`"),
        (_, Some(file)) => format!("`{file}`"),
        (_, None) => "one of the portal's own pages".to_owned(),
    }
}

/// The file of the holder of a URL, if any.
pub(super) fn file(assessed: &Assessed<'_>, holder: AddressHolder) -> Option<std::sync::Arc<str>> {
    match holder {
        AddressHolder::Portal => None,
        AddressHolder::Document(at) | AddressHolder::Alias(at) => {
            Some(assessed.reading.handbook.document(at).path().clone())
        }
        AddressHolder::Asset(at) => assessed.reading.handbook.assets.get(at.0 as usize).map(|asset| asset.path.clone()),
    }
}
