//! What was to be filled in later.

use std::ops::Range;

use super::words::{MOST_FINDINGS, Phrases, is_prose, kind, lighter_in_a_draft, place};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::ParsedFile;
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("placeholder-text"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A text still holds a placeholder: TODO, TBC, TBD, XXX, FIXME, lorem ipsum, `{{...}}`, `[insert ...]` or `<your ...>`; a note in a draft.",
    why: "A placeholder in an approved document shows that nobody read it before approving it.",
    mend: "Write what belongs there; `placeholder_words` in the settings adds words. Code and templates are passed over.",
    example: "The RTO of this service is TBD.",
    check: Check::File(check),
};

/// Words that stand for text to be written; only in capitals, for a to-do list is none.
const WORDS: [&str; 5] = ["TODO", "TBC", "TBD", "XXX", "FIXME"];
/// Text without meaning, in any letter case.
const FILLER: &str = "lorem ipsum";
/// How fields to be filled in begin and end; letter case does not count.
const FIELDS: [(&str, &str); 6] =
    [("{{", "}}"), ("[insert ", "]"), ("[enter ", "]"), ("[your ", "]"), ("<insert ", ">"), ("<your ", ">")];
/// A field longer than this is none.
const LONGEST_FIELD: usize = 120;

fn check(settings: &Settings, file: &ParsedFile, faults: &mut Vec<Fault>) {
    if kind(file) == "template" {
        return;
    }
    let wanted = Placeholders::new(settings);
    let text = file.body.text.as_str();
    for range in wanted.find(text).into_iter().filter(|range| is_prose(&file.body, range)).take(MOST_FINDINGS) {
        faults.push(fault(file, place(file, range.clone()), &text[range]));
    }
    let Some(front) = &file.front else { return };
    let values = [&front.title, &front.version, &front.location];
    let names = [&front.owner, &front.author, &front.approver];
    for value in values.into_iter().flatten().chain(names.into_iter().flatten()) {
        if let Some(first) = wanted.find(&value.value).into_iter().next() {
            faults.push(fault(file, file.place(value.span), &value.value[first]));
        }
    }
}

fn fault(file: &ParsedFile, place: Place, text: &str) -> Fault {
    lighter_in_a_draft(file, Fault::new(RULE.id, place, format!("placeholder `{text}` has not been filled in")).help("write what belongs here"))
}

/// What is looked for.
struct Placeholders<'s> {
    exact: Phrases<'s>,
    any_case: Phrases<'s>,
    fields: Phrases<'s>,
}

impl<'s> Placeholders<'s> {
    fn new(settings: &'s Settings) -> Placeholders<'s> {
        let own = settings.placeholder_words.iter().map(String::as_str);
        let (exact, any_case): (Vec<&str>, Vec<&str>) =
            own.chain(WORDS).chain([FILLER]).partition(|word| word.contains(char::is_uppercase));
        Placeholders {
            exact: Phrases::new(&exact),
            any_case: Phrases::new(&any_case),
            fields: Phrases::new(&FIELDS.map(|(opening, _)| opening)),
        }
    }

    /// Every placeholder in a text, by place; of several that overlap, the first.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        // Folding letters of ASCII only keeps every place where it was.
        let folded = text.to_ascii_lowercase();
        let words = self.exact.whole_words(text).into_iter().chain(self.any_case.whole_words(&folded));
        let mut found: Vec<Range<usize>> = words.map(|(range, _)| range).chain(self.fields(&folded)).collect();
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        found.dedup_by(|next, first| next.start < first.end);
        found
    }

    /// Fields to be filled in, from their opening to their closing sign on the same line.
    fn fields(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.fields.anywhere(text).into_iter().filter_map(move |(opening, rank)| {
            let rest = &text[opening.end..];
            let rest = &rest[..rest.floor_char_boundary(LONGEST_FIELD)];
            let line = rest.split('\n').next().unwrap_or_default();
            let (_, closing) = FIELDS[rank];
            Some(opening.start..opening.end + line.find(closing)? + closing.len())
        })
    }
}
