//! Links to pages that are not there.

use super::{Check, Context, Group, Rule, Subject};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::{Breakage, Destination, Document, file_name};
use crate::markdown::{Link, LinkForm};

pub(super) const RULE: Rule = Rule {
    id: RuleId("broken-link"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link leads to a page that does not exist, or out of the handbook's content.",
    why: "The reader who follows it, perhaps at night and in a hurry, finds nothing.",
    mend: "Correct the path, which is relative to the file it stands in, or link by id: [[POL-CHG-001]].",
    example: "[the policy](../chnage/policy.md)",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    for (link, breakage) in broken(subject.document) {
        let message = match breakage {
            Breakage::NoDocument if !is_image(link) => format!("there is no page at `{}`", link.target),
            Breakage::Outside => format!("`{}` leads out of the handbook's content folder", link.target),
            Breakage::Scheme => format!("a handbook does not link to `{}`", link.target),
            Breakage::Empty => "this link has no target".to_owned(),
            _ => continue,
        };
        let mut fault = Fault::new(RULE.id, subject.document.place(link.target_span), message);
        if breakage == Breakage::NoDocument {
            fault = fault.help(help(context, subject.document, link));
        }
        faults.push(fault);
    }
}

/// Links of a document that lead nowhere, each with the reason.
pub(super) fn broken(document: &Document) -> impl Iterator<Item = (&Link, Breakage)> {
    document.file.body.links.iter().zip(&document.links).filter_map(|(link, destination)| match destination {
        Destination::Broken(breakage) => Some((link, *breakage)),
        _ => None,
    })
}

/// Whether a link shows a picture.
pub(super) fn is_image(link: &Link) -> bool {
    matches!(link.form, LinkForm::Image | LinkForm::RawImage)
}

/// Names the file of the handbook whose name is nearest to what was written, as seen from the document.
fn help(context: &Context<'_>, document: &Document, link: &Link) -> String {
    let wanted = file_name(link.target.split(['#', '?']).next().unwrap_or_default());
    match context.handbook.lookup.nearest_path(wanted) {
        Some(path) => format!("did you mean `{}`?", relative(document.path(), path)),
        None => "the path is relative to the file that the link stands in".to_owned(),
    }
}

/// A path of the handbook as a link in another file writes it.
pub(super) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let shared = from[..folders].iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    let mut names = vec![".."; folders - shared];
    names.extend(&to[shared..]);
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_are_written_as_seen_from_the_file() {
        assert_eq!(relative("content/a/b.md", "content/c/d.md"), "../c/d.md");
        assert_eq!(relative("content/b.md", "content/c/d.md"), "c/d.md");
        assert_eq!(relative("content/a/b.md", "content/a/c.md"), "c.md");
    }
}
