//! Text that is shown in a different order from its source.

use std::collections::BTreeSet;

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, Severity, reading};
use crate::fix::Fix;
use crate::handbook::FileView;
use crate::place::Span;
use crate::text::changes_direction;

pub(super) const RULE: Rule = Rule {
    id: reading::TURNED_TEXT,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A text contains an invisible character or a tag that changes the reading direction, so it is shown in a \
              different order from its source.",
    why: "Readers see words and numbers that the author did not write and the approver did not read: 42 is shown as 24.",
    fix: "Remove the character. A language that is written from right to left needs none.",
    example: "The target is &#x202E;42&#x202C; hours.",
    check: Check::File(check),
};

/// The maximum number of findings per file; more would not add information.
const MAX_FINDINGS: usize = 50;

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let mut lines = BTreeSet::new();
    for (span, c) in find_all(file) {
        let place = file.place(span);
        if !lines.insert(place.position.map(|position| position.line)) {
            continue;
        }
        if lines.len() > MAX_FINDINGS {
            break;
        }
        let code = u32::from(c);
        let message = format!("an invisible character (U+{code:04X}) changes the reading direction of what follows");
        let problem = Problem::new(RULE.id, place, message).with_subject(format!("U+{code:04X}"));
        let is_plain =
            file.source.as_str().get(span.start as usize..span.end as usize) == Some(c.encode_utf8(&mut [0; 4]));
        problems.push(match is_plain {
            true => problem.help("remove it").fix(Fix::replace("remove the character", span, "")),
            false => problem.help("remove it where the text is written"),
        });
    }
}

/// The places of all characters that change the reading direction in visible text, in order.
fn find_all(file: &FileView<'_>) -> Vec<(Span, char)> {
    let mut found: Vec<(Span, char)> = Vec::new();
    for (at, c) in turning_characters(&file.words.text) {
        found.push((file.words.source_span(at..at + c.len_utf8()), c));
    }
    for block in &file.body.code {
        found.extend(find_first(file, block.span, &block.source));
    }
    for link in file.body.links.iter() {
        let alternative = if link.is_image() { &*link.text } else { "" };
        found.extend([alternative, &*link.title].into_iter().filter_map(|text| find_first(file, link.span, text)));
    }
    found.sort_by_key(|(span, _)| (span.start, span.end));
    found
}

/// The first such character in a value written at `span`, with its exact place if that is known.
fn find_first(file: &FileView<'_>, span: Span, text: &str) -> Option<(Span, char)> {
    let (_, c) = turning_characters(text).next()?;
    let source_text = file.source.as_str().get(span.start as usize..span.end as usize).unwrap_or_default();
    let place = turning_characters(source_text).next().map(|(at, c)| {
        let start = span.start as usize + at;
        Span::from(start..start + c.len_utf8())
    });
    Some((place.unwrap_or(span), c))
}

/// All such characters in a text. In UTF-8, they all begin with the same byte, which few others share.
fn turning_characters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let begins = memchr::memchr_iter(0xe2, text.as_bytes());
    begins.filter_map(|at| Some((at, text.get(at..)?.chars().next().filter(|c| changes_direction(*c))?)))
}
