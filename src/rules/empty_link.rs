//! Links without words.

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{FileView, ParsedFile};
use crate::html::{Token, token_at};
use crate::markdown::{Link, LinkForm};
use crate::place::Span;
use crate::text::is_blank;

pub(super) const RULE: Rule = Rule {
    id: RuleId("empty-link"),
    group: Group::Links,
    severity: Severity::Warning,
    meaning: "A link has no text and no image, so there is nothing to click.",
    why: "The link is invisible on the page, and a screen reader says only \"link\".",
    fix: "Write between the square brackets where the link leads; `[[ID]]` shows the title of the document.",
    example: "[](policy.md)",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    for link in file.body.links.iter().filter(|link| is_empty(file, link)) {
        let problem = Problem::new(RULE.id, file.place(link.span), "this link has no text");
        let where_to = if link.form == LinkForm::RawLink { "the tags" } else { "the square brackets" };
        problems.push(problem.help(format!("write between {where_to} where it leads")));
    }
}

fn is_empty(file: &ParsedFile, link: &Link) -> bool {
    let may_be_empty = match link.form {
        LinkForm::Inline => true,
        // `[[ID]]` takes the title of its document.
        LinkForm::Wiki => file.source.as_str()[link.span.start as usize..link.span.end as usize].contains('|'),
        LinkForm::RawLink => true,
        LinkForm::Image | LinkForm::RawImage => false,
    };
    may_be_empty && link.text.chars().all(is_blank) && !contains_image(file, link) && !is_anchor(file, link)
}

/// Whether a raw link is an anchor that leads to itself, as GitBook writes it, or one that no screen reader finds.
fn is_anchor(file: &ParsedFile, link: &Link) -> bool {
    let source = file.source.as_str();
    let Some(target) = link.target.strip_prefix('#').filter(|_| link.form == LinkForm::RawLink) else { return false };
    let Token::Open(tag) = token_at(source, link.span.start as usize) else { return false };
    tag.attributes.iter().any(|attribute| {
        let value = &source[attribute.value.clone()];
        match source[attribute.name.clone()].to_ascii_lowercase().as_str() {
            "id" | "name" => value == target,
            "aria-hidden" => value.eq_ignore_ascii_case("true"),
            _ => false,
        }
    })
}

/// The end of a link. A raw HTML link, whose place is its opening tag, ends at the next closing tag.
fn link_end(file: &ParsedFile, link: &Link) -> u32 {
    if link.form != LinkForm::RawLink {
        return link.span.end;
    }
    let rest = file.source.as_str().get(link.span.end as usize..).unwrap_or_default().as_bytes();
    let close = memchr::memchr_iter(b'<', rest)
        .find(|at| rest.get(at + 1..at + 3).is_some_and(|tag| tag.eq_ignore_ascii_case(b"/a")));
    link.span.end + Span::from(0..close.unwrap_or(rest.len())).end
}

fn contains_image(file: &ParsedFile, link: &Link) -> bool {
    let link_range = link.span.start..link_end(file, link);
    file.body.links.iter().any(|other| other.is_image() && link_range.contains(&other.span.start))
}
