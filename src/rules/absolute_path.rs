//! Links that begin at a root.

use super::broken_link::broken;
use super::{Check, Context, Group, Rule, Subject};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::Breakage;

pub(super) const RULE: Rule = Rule {
    id: RuleId("absolute-path"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link begins with `/`, or is written with backslashes.",
    why: "Such a path means another place on every server, and none when the portal is opened from a folder.",
    mend: "Write the path as seen from the file that the link stands in, or link by id: [[POL-CHG-001]].",
    example: "[the policy](/change/policy.md)",
    check: Check::Document(check),
};

fn check(_: &Context<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    for (link, _) in broken(subject.document).filter(|(_, breakage)| *breakage == Breakage::Absolute) {
        let message = format!("`{}` is not relative to this file", link.target);
        faults.push(
            Fault::new(RULE.id, subject.document.place(link.target_span), message)
                .help("write the path as seen from this file, with `/` between names"),
        );
    }
}
