//! Root-relative links to missing files, and links with backslashes.

use super::broken_link::{UNREACHABLE_HELP, add_fix, broken_links, suggest};
use super::{Check, CheckedDocument, Group, Rule, retarget};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::{Breakage, Destination, Document};
use crate::markdown::Link;

pub(super) const RULE: Rule = Rule {
    id: RuleId("absolute-path"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link begins with `/` and its target is not in the content folder, or the link is written with \
              backslashes.",
    why: "A reader who follows it reaches a dead end.",
    fix: "Write the path relative to the file containing the link, or from the content folder, or link by ID: \
          [[POL-CHG-001]].",
    example: "[the policy](..\\\\change\\\\policy.md)",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    for (link, _) in broken_links(subject.document).filter(|(_, breakage)| *breakage == Breakage::Absolute) {
        let place = subject.document.place(link.target_span);
        if link.target.contains('\\') {
            let message = format!("`{}` is written with backslashes", link.target);
            let problem = Problem::new(RULE.id, place, message);
            // Markdown reads `\\server\share` as `\server\share`, so a single backslash is enough.
            let is_share = link.target.starts_with('\\');
            problems.push(match slash_fix(assessed, subject.document, link) {
                None if is_share => problem.help(UNREACHABLE_HELP),
                fix => add_fix(problem.help(format!("write `{}`", link.target.replace('\\', "/"))), fix),
            });
            continue;
        }
        let message = format!("`{}` does not exist in the content folder", link.target);
        problems.push(suggest(assessed, subject.document, link, Problem::new(RULE.id, place, message)));
    }
}

/// Replaces backslashes by slashes, if the link then works.
fn slash_fix(assessed: &Assessed<'_>, document: &Document, link: &Link) -> Option<Fix> {
    let target = link.target.replace('\\', "/");
    let destination = assessed.reading.handbook.lookup.resolve_target(
        link.form,
        &target,
        document.path(),
        &assessed.reading.settings.content,
    );
    let leads = !matches!(destination, Destination::Broken(_));
    leads.then(|| retarget::replace(document, link, 0..link.target.len(), target)).flatten()
}
