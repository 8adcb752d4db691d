//! Vague words that nobody can be held to.

use std::sync::LazyLock;

use super::words::{MAX_FINDINGS, Phrases, doc_type, is_prose, lowercase_same_length, place};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;

pub(super) const RULE: Rule = Rule {
    id: RuleId("vague-wording"),
    group: Group::Text,
    severity: Severity::Note,
    meaning: "A document that sets rules uses wording that nobody can verify.",
    why: "Everyone reads \"regularly\" differently. An auditor will ask how often.",
    fix: "Say when, how often, how soon, or who decides. You can add words under `vague_words` in the settings.",
    example: "Logs are checked regularly.",
    check: Check::File(check),
};

const SPECIFY_CONDITION: &str = "say in which cases, or who decides";
const SPECIFY_FREQUENCY: &str = "say how often";
const SPECIFY_DEADLINE: &str = "say within which time";

/// Vague words in lower case, each with the advice on what is missing.
const VAGUE_WORDS: [(&str, &str); 17] = [
    ("as appropriate", SPECIFY_CONDITION),
    ("where appropriate", SPECIFY_CONDITION),
    ("if appropriate", SPECIFY_CONDITION),
    ("as necessary", SPECIFY_CONDITION),
    ("where necessary", SPECIFY_CONDITION),
    ("as needed", SPECIFY_CONDITION),
    ("as required", SPECIFY_CONDITION),
    ("regularly", SPECIFY_FREQUENCY),
    ("periodically", SPECIFY_FREQUENCY),
    ("from time to time", SPECIFY_FREQUENCY),
    ("as soon as possible", SPECIFY_DEADLINE),
    ("asap", SPECIFY_DEADLINE),
    ("in a timely manner", SPECIFY_DEADLINE),
    ("best efforts", "say what will be done"),
    ("reasonable efforts", "say what will be done"),
    ("and/or", "say which of the two, or that it is at least one"),
    ("etc.", "finish the list, or say what belongs to it"),
];

/// The vague words, prepared for searching all files.
static BUILT_IN_PHRASES: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::new(&VAGUE_WORDS.map(|(word, _)| word)));

/// Types that describe facts rather than rules.
const FACTUAL_TYPES: [&str; 5] = ["page", "record", "report", "analysis", "template"];

fn check(settings: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    if doc_type(file).is_empty() || FACTUAL_TYPES.contains(&doc_type(file)) {
        return;
    }
    let own: Vec<(String, &str)> =
        settings.words.vague.iter().map(|(word, reason)| (lowercase_same_length(word), reason.as_str())).collect();
    let all_words = VAGUE_WORDS.into_iter().chain(own.iter().map(|(word, reason)| (word.as_str(), *reason)));
    let (words, reasons): (Vec<&str>, Vec<&str>) = all_words.unzip();
    let text = lowercase_same_length(&file.words.text);
    let matches =
        if own.is_empty() { BUILT_IN_PHRASES.whole_words(&text) } else { Phrases::new(&words).whole_words(&text) };
    let in_prose = matches.into_iter().filter(|(range, _)| is_prose(file.words, range));
    for (range, rank) in in_prose.take(MAX_FINDINGS) {
        let message = format!("`{}` is too vague", &file.words.text[range.clone()]);
        problems.push(Problem::new(RULE.id, place(file, range), message).help(reasons[rank]));
    }
}
