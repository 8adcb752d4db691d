//! Certificates whose scope differs from the wording in the handbook.

use std::collections::BTreeSet;

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, DocumentIndex};
use crate::markdown::Words;
use crate::register::{Kind, Service, ServiceState};
use crate::text::{is_unspaced, is_whole_word, on_one_line};

pub(super) const RULE: Rule = Rule {
    id: RuleId("certificate-scope"),
    group: Group::Registers,
    severity: Severity::Note,
    meaning: "The scope of the certificate is not word for word in the document that provides the scope of the management system, or it does not name a location or a live service of the registers.",
    why: "Auditors compare the two. A difference of one word raises the question which services are covered.",
    fix: "Copy the scope statement from the certificate into the scope document.",
    example: "certificate: {scope: Managed services for customers, …}, where the scope document says managed and hosted services",
    check: Check::Handbook(check),
};

/// The item of documented information that states the scope.
const SCOPE_ITEM: &str = "sms-scope";

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    check_wording(assessed, problems);
    check_locations(assessed, problems);
    check_services(assessed, problems);
}

/// Words in the names of services that do not distinguish one from another.
const COMMON_WORDS: [&str; 25] = [
    "service",
    "services",
    "managed",
    "management",
    "customer",
    "customers",
    "and",
    "the",
    "for",
    "with",
    "without",
    "from",
    "your",
    "our",
    "its",
    "their",
    "into",
    "per",
    "und",
    "der",
    "die",
    "das",
    "für",
    "mit",
    "von",
];

/// Live services whose names have no word in common with the certificate.
fn check_services(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Some(scope) = assessed.reading.settings.certificate.as_ref().and_then(|certificate| certificate.scope.as_ref())
    else {
        return;
    };
    let known: BTreeSet<String> = words_of(scope).collect();
    let scope = on_one_line(&scope.to_lowercase());
    // Not every script puts spaces between words.
    let is_known =
        |word: &String| known.contains(word) || (word.contains(is_unspaced) && scope.contains(word.as_str()));
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Services) {
        let is_live = Service::from_entry(&placed_entry.entry)
            .is_some_and(|service| service.state_on(as_of) == ServiceState::Live);
        let own_words = || words_of(placed_entry.entry.title()).chain(words_of(placed_entry.id()));
        let distinctive = own_words().filter(|word| word.chars().count() > 2 && !COMMON_WORDS.contains(&word.as_str()));
        let distinctive: BTreeSet<String> = distinctive.collect();
        if !is_live || distinctive.is_empty() || distinctive.iter().any(is_known) {
            continue;
        }
        let distinctive = distinctive.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let title = placed_entry.entry.title();
        let message = format!(
            "{title} is a live service, but the scope of the certificate contains none of its distinctive words: {distinctive}"
        );
        let place = placed_entry.place(placed_entry.entry.record.span_of("title"));
        let help = "ask the certification body to add it, or name it as the certificate does";
        problems.push(Problem::new(RULE.id, place, message).help(help).with_subject(placed_entry.id()));
    }
}

/// The words of a text in lower case.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Locations inside the scope that the certificate does not name.
fn check_locations(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Some(scope) = assessed.reading.settings.certificate.as_ref().and_then(|certificate| certificate.scope.as_ref())
    else {
        return;
    };
    let scope = on_one_line(scope);
    let in_scope = entries(assessed, Kind::Locations)
        .filter(|(_, placed_entry)| placed_entry.entry.record.text("inside") == Some("true"));
    for (_, placed_entry) in in_scope.filter(|(_, placed)| !has_words(&scope, &on_one_line(placed.entry.title()))) {
        let message = format!(
            "{} is inside the scope, but the scope of the certificate does not name it",
            placed_entry.entry.title()
        );
        let place = placed_entry.place(placed_entry.entry.record.span_of("inside"));
        let help = "ask the certification body to add it, or write `inside: false`";
        problems.push(Problem::new(RULE.id, place, message).help(help).with_subject(placed_entry.id()));
    }
}

/// Compares the wording of the certificate with the document that states the scope.
fn check_wording(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let reading = assessed.reading;
    let Some(certificate) = &reading.settings.certificate else { return };
    let Some(scope) = &certificate.scope else { return };
    let provides = |item: &crate::id::ItemKey| reading.standards.item_at(*item).id.as_str() == SCOPE_ITEM;
    let is_scope =
        |(_, document): &(DocumentIndex, &Document)| document.provides.iter().any(|(item, _)| provides(item));
    let scopes: Vec<(DocumentIndex, &Document)> = reading.handbook.controlled().filter(is_scope).collect();
    // If there is no such document, another rule reports that.
    if scopes.is_empty() {
        return;
    }
    let scope_words = on_one_line(scope);
    let has_it = |document: &Document| has_words(&on_one_line(&plain_text(&document.file.words())), &scope_words);
    let is_in_force = |index: DocumentIndex| assessed.assessment.state(index).is_in_force();
    if scopes.iter().any(|(index, document)| is_in_force(*index) && has_it(document)) {
        return;
    }
    let (message, help) = match scopes
        .iter()
        .find(|(_, document)| has_it(document))
        .and_then(|(_, scope_document)| scope_document.id())
    {
        Some(id) => (
            format!("{id} has the scope of the certificate word for word, but is not in force"),
            "review that document, or have it approved",
        ),
        None => (
            "the scope of the certificate is not word for word in the document that provides `sms-scope`".to_owned(),
            "copy the scope statement from the certificate into that document",
        ),
    };
    let place = reading.settings.place(certificate.span_of("scope"));
    problems.push(Problem::new(RULE.id, place, message).help(help));
}

/// A text in which headings and struck-out words are replaced by a character that does not occur in a scope.
fn plain_text(words: &Words) -> String {
    let mut text = String::with_capacity(words.text.len());
    let mut at = 0;
    for piece in &words.pieces {
        let (start, end) = (piece.text.start as usize, piece.text.end as usize);
        text.push_str(words.text.get(at..start).unwrap_or_default());
        text.push_str(if piece.is_asserted { words.text.get(start..end).unwrap_or_default() } else { "\u{0}" });
        at = end;
    }
    text + words.text.get(at..).unwrap_or_default()
}

/// Whether a text contains these words as whole words.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| is_whole_word(text, &(at..at + words.len())))
}
