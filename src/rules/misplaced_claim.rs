//! Text that looks like a claim, where no claim is read.

use std::ops::Range;

use super::words::{is_prose, place};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, Severity, reading};
use crate::handbook::FileView;
use crate::id::{ClauseRef, StandardId};
use crate::spelling;

pub(super) const RULE: Rule = Rule {
    id: reading::MISPLACED_CLAIM,
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "A text looks like a claim on a clause and is not read as one: its braces are not at the end of a heading, or are not written as a claim, or the heading is inside a quote or a list.",
    why: "Its author believes that the clause is addressed, and the matrix does not show it.",
    fix: "Put the claim at the very end of a heading that begins its line: `## Known errors {clauses=\"8.6.3\"}`; show an example as code.",
    example: "## Known errors {clauses: 8.6.3}",
    check: Check::File(check),
};

/// More findings than these in one file say nothing new.
const MAX_FINDINGS: usize = 50;
/// A longer text between braces is not looked at.
const LONGEST: usize = 400;
/// Names under which people write claims.
const NAMES: [&str; 11] = ["clauses", "clause", "covers", "cover", "claims", "claim", "addresses", "requirements", "requirement", "iso", "standard"];

const HELP: &str = "end the heading in `{clauses=\"8.6.3\"}`, or show it as code between backticks";

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let text = file.words.text.as_str();
    let found = in_braces(text).chain(assignments(text)).filter(|range| is_prose(file.words, range));
    let mut found: Vec<Range<usize>> = found.take(MAX_FINDINGS).collect();
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, first| next.start < first.end);
    for range in found {
        let message = format!("`{}` looks like a claim but is not read as one", text[range.clone()].trim());
        problems.push(Problem::new(RULE.id, place(file, range), message).help(HELP));
    }
}

/// Texts between braces, closed on their line or not, that look like claims.
fn in_braces(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memchr_iter(b'{', text.as_bytes()).filter_map(|at| {
        let line = text[at + 1..].lines().next().unwrap_or_default();
        let end = line.find(['{', '}']).unwrap_or(line.len()).min(line.floor_char_boundary(LONGEST));
        let closed = usize::from(line[end..].starts_with('}'));
        looks_like_claim(&line[..end]).then_some(at..at + 1 + end + closed)
    })
}

/// `clauses="8.6.3"` outside of braces.
fn assignments(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), "clause").filter_map(|at| {
        let rest = text[at + "clause".len()..].trim_start_matches('s');
        let name_end = text.len() - rest.len();
        let value = rest.trim_start_matches(' ').strip_prefix(['=', '＝'])?;
        let value = value.trim_start_matches([' ', '"', '\'', '“', '”', '„', '‘', '’']);
        value.starts_with(|letter: char| letter.is_ascii_digit() || letter == 'A').then_some(at..name_end + 1)
    })
}

/// Whether what stands between braces was meant as a claim: a name for one with a number, or clause numbers alone.
fn looks_like_claim(inside: &str) -> bool {
    let words: Vec<&str> = inside.split(|letter: char| letter.is_whitespace() || "=:＝：,;\"'“”„‘’()[]".contains(letter)).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| is_clause(word) || word.strip_suffix(['.', '/']).is_some_and(is_clause);
    let has_number = words.iter().any(|word| is_number(word.split('/').next().unwrap_or_default()));
    let assigns = inside.contains(['=', ':', '＝', '：']);
    let named = words.iter().any(|word| is_name(word, assigns));
    let only_numbers = !words.is_empty() && words.iter().all(|word| is_dotted(word));
    (named && (has_number || assigns)) || only_numbers
}

/// Whether a word is a name under which people write claims; one that merely resembles it must be assigned to.
fn is_name(word: &str, assigns: bool) -> bool {
    let lower = word.to_lowercase();
    let standard = lower.starts_with("iso") && lower.contains(|letter: char| letter.is_ascii_digit()) && lower.parse::<StandardId>().is_ok();
    NAMES.contains(&lower.as_str()) || (assigns && (standard || spelling::nearest(word, ["clauses"]).is_some()))
}

fn is_clause(word: &str) -> bool {
    word.parse::<ClauseRef>().is_ok()
}

fn is_dotted(word: &str) -> bool {
    let number = word.split('/').next().unwrap_or_default();
    number.contains('.') && is_clause(number)
}

#[cfg(test)]
mod tests {
    use super::{assignments, in_braces};

    #[test]
    fn claim_lookalikes_are_found_and_other_braces_are_ignored() {
        for text in [
            "Known errors {clauses=\"8.6.3\"} of mail", "Known {clauses:\"8.6.3\"}", "A {clauses \"8.6.3\"}", "A {clause 8.6.3}", "A {8.6.3}", "A {8.6.1, 8.6.3/partial}",
            "A {iso27001:A.5.24}", "A {iso27001: 8.1}", "A {covers: 8.6.3}", "A {clauses=\"8.6.3\"", "A {CLAUSES: 8.6.3}", "A {clauses＝\"8.6.3\"}", "A {claues: 8.6.3}", "A {clauses=}",
        ] {
            assert!(in_braces(text).next().is_some(), "{text}");
        }
        for text in ["A {to be written}", "A {1,3}", "A {{owner}}", "set {a: 1}", "A {name} of {place}", "{}", "A {version 1.2}", "Clauses: 8.6.1"] {
            assert!(in_braces(text).chain(assignments(text)).next().is_none(), "{text}");
        }
        for text in ["Known errors clauses=\"8.6.3\"", "(clause = 8.6.3)", "｛clauses=“8.6.3”｝"] {
            assert!(assignments(text).next().is_some(), "{text}");
        }
    }
}
