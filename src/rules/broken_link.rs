//! Links to pages that do not exist.

use super::{Check, CheckedDocument, Group, Rule, retarget};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::{Breakage, Destination, Document, Reading, join, percent_decode, without_content_folder};
use crate::id::DocumentId;
use crate::markdown::{Link, LinkForm};
use crate::text::clip;
use crate::url::missing_scheme;

pub(super) const RULE: Rule = Rule {
    id: RuleId("broken-link"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link points to a page that does not exist, to a place outside the content folder, or to an incomplete \
              address.",
    why: "A reader who follows it, perhaps at night and under pressure, reaches a dead end.",
    fix: "Correct the path, which is relative to the file containing the link, or link by ID: [[POL-CHG-001]].",
    example: "[the policy](../chnage/policy.md)",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    for (link, breakage) in broken_links(document) {
        let Some(message) = message(link, breakage) else { continue };
        let problem = Problem::new(RULE.id, document.place(link.target_span), message);
        problems.push(match breakage {
            Breakage::NoDocument => suggest(assessed, document, link, problem),
            Breakage::NoScheme => {
                let fix = retarget::replace(document, link, 0..0, "https:".to_owned());
                add_fix(problem.help(format!("write `https:{}`", link.target)), fix)
            }
            Breakage::Incomplete if link.target.contains('|') => {
                let (address, words) = link.target.split_once('|').unwrap_or_default();
                problem.help(format!("write `[{words}]({address})`"))
            }
            Breakage::Incomplete => match with_slashes(&link.target) {
                Some(address) => {
                    let fix = retarget::replace(document, link, 0..link.target.len(), address.clone());
                    add_fix(problem.help(format!("write `{address}`")), fix)
                }
                None => problem.help("complete the address after `https://`"),
            },
            Breakage::Outside => problem.help(UNREACHABLE_HELP),
            Breakage::Scheme if is_on_machine(&link.target) => problem.help(UNREACHABLE_HELP),
            Breakage::Scheme => problem.help("link to an address with `https`, `http`, `mailto` or `tel`"),
            Breakage::Empty => problem.help("write the target between the brackets: `[text](file.md)`"),
            _ => problem,
        });
    }
}

/// The help for a target that readers of the portal cannot reach.
pub(super) const UNREACHABLE_HELP: &str =
    "copy the file into the content folder and link to the copy, or link to its web address";

/// Whether a target is a file on somebody's computer: `file:///C:/form.docx`, `C:\form.docx`.
fn is_on_machine(target: &str) -> bool {
    let is_drive = target.find(':') == Some(1);
    is_drive || target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

/// The intended address of a target that lacks a colon or slash: `https:/example.org`, `https//example.org`.
fn with_slashes(target: &str) -> Option<String> {
    let scheme = ["https", "http"].into_iter().find(|scheme| target.starts_with(scheme))?;
    let host = target[scheme.len()..].trim_start_matches([':', '/', ';']);
    let is_cut = host.len() + scheme.len() < target.len() && !host.contains('|');
    let address = format!("{scheme}://{host}");
    (is_cut && host.split('/').next()?.contains('.') && address != target).then_some(address)
}

fn message(link: &Link, breakage: Breakage) -> Option<String> {
    let target = &link.target;
    match breakage {
        Breakage::NoDocument if !is_image(link) => Some(format!("page `{target}` not found")),
        Breakage::Outside => Some(format!("`{target}` points outside the content folder")),
        Breakage::Scheme => Some(format!("links of this kind are not allowed: `{target}`")),
        Breakage::NoScheme => {
            Some(format!("`{target}` has no scheme, so it does not work when the portal is opened from a folder"))
        }
        Breakage::Incomplete => Some(format!("`{target}` is not a complete address")),
        Breakage::Empty => Some("this link has no target".to_owned()),
        _ => None,
    }
}

/// The broken links of a document, each with the reason.
pub(super) fn broken_links(document: &Document) -> impl Iterator<Item = (&Link, Breakage)> {
    document.file.body.links.iter().zip(&document.links).filter_map(|(link, destination)| match destination {
        Destination::Broken(breakage) => Some((link, *breakage)),
        _ => None,
    })
}

/// Whether a link shows a picture.
pub(super) fn is_image(link: &Link) -> bool {
    matches!(link.form, LinkForm::Image | LinkForm::RawImage)
}

/// Suggests the file of the handbook with the most similar name, relative to the document.
pub(super) fn suggest(assessed: &Assessed<'_>, document: &Document, link: &Link, problem: Problem) -> Problem {
    let handbook = &assessed.reading.handbook;
    let content = &assessed.reading.settings.content;
    if let Some(both) = handbook.lookup.ambiguous_targets(&link.target, document.path(), content) {
        let path = |index| relative_path(document.path(), handbook.document(index).path());
        return problem.help(match both {
            [Some(one), Some(other)] => {
                format!("two documents had this address: link to `{}` or to `{}`", path(one), path(other))
            }
            _ => "two documents had this address: link to the file of the one that you mean".to_owned(),
        });
    }
    if let Some(by_id) = id_link(assessed, link) {
        return problem.help(format!("write `{by_id}`: this is an ID, not a file path"));
    }
    if let Some(address) = with_slashes(&link.target) {
        let fix = retarget::replace(document, link, 0..link.target.len(), address.clone());
        return add_fix(problem.help(format!("write `{address}`")), fix);
    }
    if let Some(escaped) = escape_question_mark(assessed, document, link) {
        return problem.help(format!("write `{escaped}`: what follows a question mark is not part of a path"));
    }
    let target_path = link.target.split(['#', '?']).next().unwrap_or_default();
    if let Some(help) = unlinkable_help(assessed, document, target_path) {
        return problem.help(help);
    }
    let nearest_page = handbook.lookup.nearest_path(&percent_decode(target_path));
    let did_you_mean = |path: &str| format!("did you mean `{}`?", relative_path(document.path(), path));
    match (nearest_page, missing_scheme(target_path)) {
        (Some((path, true)), _) => add_fix(problem.help(did_you_mean(path)), retarget::to_path(document, link, path)),
        (_, Some(scheme)) => {
            let problem = problem.help(format!("write `{scheme}{}`", link.target));
            add_fix(problem, retarget::replace(document, link, 0..0, scheme.to_owned()))
        }
        (Some((path, false)), None) => problem.help(did_you_mean(path)),
        (None, None) if target_path.starts_with('/') => {
            problem.help("a path that begins with `/` starts at the content folder")
        }
        (None, None) if target_path.ends_with('/') => problem.help(NO_INTRODUCTION_HELP),
        (None, None) => problem.help("write the path relative to the file containing the link"),
    }
}

/// The help for a folder without an introduction.
const NO_INTRODUCTION_HELP: &str = "link to a file, or add an `index.md` or `README.md` to the folder";

/// The help for a path to something that no link can lead to: a file that the settings exclude, or a folder.
fn unlinkable_help(assessed: &Assessed<'_>, document: &Document, target: &str) -> Option<&'static str> {
    let Reading { settings, handbook, .. } = assessed.reading;
    let path = join(document.path(), &percent_decode(target))?;
    let own_path = without_content_folder(&settings.content, &path);
    let is_left_out =
        |left: &String| own_path == left || own_path.strip_prefix(&**left).is_some_and(|rest| rest.starts_with('/'));
    if settings.documents.exclude.iter().any(is_left_out) {
        return Some("the settings exclude this file: remove it from `exclude`, or remove the link");
    }
    handbook.lookup.is_folder(&path).then_some(NO_INTRODUCTION_HELP)
}

/// The intended link by ID, if the target is the ID of a document.
fn id_link(assessed: &Assessed<'_>, link: &Link) -> Option<String> {
    let id = DocumentId::parse_lenient(link.target.split('#').next()?)?;
    assessed.reading.handbook.lookup.by_id(&id)?;
    let words = if link.text.is_empty() { String::new() } else { format!("|{}", clip(&link.text)) };
    Some(format!("[[{}{words}]]", link.target))
}

/// The correct form of a target if a name in it has a question mark.
fn escape_question_mark(assessed: &Assessed<'_>, document: &Document, link: &Link) -> Option<String> {
    let Reading { settings, handbook, .. } = assessed.reading;
    let (path, anchor) = link.target.split_at(link.target.find('#').unwrap_or(link.target.len()));
    let escaped = path.contains('?').then(|| path.replace('?', "%3F") + anchor)?;
    let destination = handbook.lookup.resolve_target(link.form, &escaped, document.path(), &settings.content);
    (!matches!(destination, Destination::Broken(_))).then_some(escaped)
}

/// Adds a fix, if there is one.
pub(super) fn add_fix(problem: Problem, fix: Option<Fix>) -> Problem {
    match fix {
        Some(fix) => problem.fix(fix),
        None => problem,
    }
}

/// A path of the handbook relative to another file.
pub(crate) fn relative_path(from: &str, to: &str) -> String {
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
    use super::relative_path;

    #[test]
    fn paths_are_written_as_seen_from_the_file() {
        assert_eq!(relative_path("content/a/b.md", "content/c/d.md"), "../c/d.md");
        assert_eq!(relative_path("content/b.md", "content/c/d.md"), "c/d.md");
        assert_eq!(relative_path("content/a/b.md", "content/a/c.md"), "c.md");
    }
}
