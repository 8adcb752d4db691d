//! Links whose letter case differs from that of the file.

use super::broken_link::{add_fix, relative_path};
use super::{Check, CheckedDocument, Group, Rule, retarget};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Destination;

pub(super) const RULE: Rule = Rule {
    id: RuleId("case-mismatch"),
    group: Group::Links,
    severity: Severity::Warning,
    meaning: "A link differs from the name of its target file in upper and lower case.",
    why: "The link works on some computers and breaks on others.",
    fix: "Write the path exactly as the file is named.",
    example: "[the policy](Policy.md), when the file is policy.md",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    for (link, destination) in document.file.body.links.iter().zip(&document.links) {
        let path = match destination {
            Destination::Document { document, miscased: true, .. } => {
                assessed.reading.handbook.document(*document).path()
            }
            Destination::Asset { asset, miscased: true, .. } => {
                &assessed.reading.handbook.assets[asset.0 as usize].path
            }
            _ => continue,
        };
        let message = format!("`{}` differs from the name of the file in upper and lower case", link.target);
        let help = format!("write `{}`", relative_path(document.path(), path));
        let problem = Problem::new(RULE.id, document.place(link.target_span), message).help(help);
        problems.push(add_fix(problem, retarget::to_path(document, link, path)));
    }
}
