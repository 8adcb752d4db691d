//! Images and attachments that are not there.

use super::broken_link::{broken, is_image};
use super::{Check, Context, Group, Rule, Subject};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::Breakage;

pub(super) const RULE: Rule = Rule {
    id: RuleId("broken-asset"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "An image or attachment that a document refers to does not exist.",
    why: "The picture or form that the text speaks of is missing from the portal.",
    mend: "Add the file below the content folder, or correct the path, which is relative to the file it stands in.",
    example: "![The change flow](flow.svg)",
    check: Check::Document(check),
};

fn check(_: &Context<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    for (link, breakage) in broken(subject.document) {
        let what = match breakage {
            Breakage::NoAsset | Breakage::NoDocument if is_image(link) => "image",
            Breakage::NoAsset => "file",
            _ => continue,
        };
        let message = format!("there is no {what} at `{}`", link.target);
        faults.push(
            Fault::new(RULE.id, subject.document.place(link.target_span), message)
                .help("the path is relative to the file that it stands in"),
        );
    }
}
