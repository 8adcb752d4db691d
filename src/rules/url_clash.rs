//! Two sources that ask for one URL.

use crate::assess::Assessed;
use super::{Check, Group, Rule};
use crate::finding::{Fault, RuleId, Severity};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("url-clash"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "A document would have the URL of another document, or of one of the portal's own pages.",
    why: "One of the two would be overwritten; bookmarks would lead to the wrong text.",
    mend: "Rename the file or its folder.",
    example: "content/change.md beside content/Change.md, or content/matrix.md",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, faults: &mut Vec<Fault>) {
    for clash in &assessed.reading.handbook.url_clashes {
        let document = assessed.reading.handbook.document(clash.document);
        let with = clash.with.map(|other| assessed.reading.handbook.document(other));
        let owner = match with {
            Some(other) => format!("`{}`", other.path()),
            None => "one of the portal's own pages".to_owned(),
        };
        let message = format!("its URL `{}` belongs to {owner}; it is published as `{}`", clash.wanted, document.url);
        let mut fault = Fault::new(RULE.id, Place::file(document.path().clone()), message).help("rename the file");
        if let Some(other) = with {
            fault = fault.related(Place::file(other.path().clone()), "has this URL");
        }
        faults.push(fault);
    }
}
