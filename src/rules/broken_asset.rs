//! Missing images and attachments.

use super::broken_link::{broken_links, is_image, suggest};
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Breakage, Destination, Document};
use crate::markdown::Link;
use crate::path::has_file_extension;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("broken-asset"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A document refers to an image or attachment that does not exist, or shows another page as an image.",
    why: "Readers cannot see the picture or form that the text refers to.",
    fix: "Add the file below the content folder, or correct the path, which is relative to the file containing the \
          reference.",
    example: "![The change flow](flow.svg)",
    check: Check::Document(check),
};

/// The help for a page that is used as an image.
const PAGE_HELP: &str = "remove the `!` to link to it, or name an image";
/// The help for a hidden file.
const HIDDEN_HELP: &str = "rename it, and each folder above it, so that no name begins with a dot";

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    problems.extend(page_images(document));
    for (link, breakage) in broken_links(document) {
        if let Some(problem) = embedded_note(document, link) {
            problems.push(problem);
            continue;
        }
        let what = match breakage {
            Breakage::NoAsset | Breakage::NoDocument if is_image(link) => "image",
            Breakage::NoAsset => "file",
            Breakage::Hidden => {
                let message = format!("`{}` is hidden, and hidden files are not published", link.target);
                problems.push(Problem::new(RULE.id, document.place(link.target_span), message).help(HIDDEN_HELP));
                continue;
            }
            _ => continue,
        };
        let message = format!("{what} `{}` not found", link.target);
        let problem = Problem::new(RULE.id, document.place(link.target_span), message);
        problems.push(suggest(assessed, document, link, problem));
    }
}

/// The problem of `![[Backup]]`, which shows a whole note in Obsidian.
fn embedded_note(document: &Document, link: &Link) -> Option<Problem> {
    let source = document.file.source.as_str().get(link.span.start as usize..)?;
    let name = link.target.trim();
    let is_note = is_image(link) && source.starts_with("![[") && !name.is_empty() && !has_file_extension(name);
    let message = format!("`![[{}]]` shows another document in some programs, but not here", clip(name));
    let problem = Problem::new(RULE.id, document.place(link.target_span), message);
    is_note.then(|| problem.help("remove the `!` to link to it"))
}

/// Image links to a page.
fn page_images(document: &Document) -> impl Iterator<Item = Problem> + '_ {
    let broken_images = document.file.body.links.iter().zip(&document.links).filter(|(link, destination)| {
        is_image(link)
            && matches!(
                destination,
                Destination::Document { .. } | Destination::SamePage { .. } | Destination::Entry { .. }
            )
    });
    broken_images.map(|(link, _)| {
        let message = format!("`{}` is a page, which no browser shows as an image", clip(link.target.trim()));
        Problem::new(RULE.id, document.place(link.target_span), message).help(PAGE_HELP)
    })
}
