//! Text that looks like a claim in a place where claims are not read.

use std::ops::Range;

use super::words::{is_prose, place};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, Severity, reading};
use crate::handbook::FileView;
use crate::id::{ClauseRef, StandardId};
use crate::markdown::assigns_clauses;
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

/// The maximum number of findings per file; more would not add information.
const MAX_FINDINGS: usize = 50;
/// The maximum length of a text between braces that is checked.
const MAX_BRACES_BYTES: usize = 400;
/// Names that people use for claims.
const CLAIM_NAMES: [&str; 11] = [
    "clauses",
    "clause",
    "covers",
    "cover",
    "claims",
    "claim",
    "addresses",
    "requirements",
    "requirement",
    "iso",
    "standard",
];

const HELP: &str = "end the heading in `{clauses=\"8.6.3\"}`, or show it as code between backticks";

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let text = file.words.text.as_str();
    let is_shown = |range: &Range<usize>| is_prose(file.words, range);
    let (at_heading, in_heading) = (|at| is_at_heading(file, at), |at| is_in_heading(file, at));
    let candidates = braced_claims(text, &at_heading).chain(assignments(text, &in_heading)).chain(lines(text));
    let mut ranges: Vec<Range<usize>> = candidates.filter(is_shown).take(MAX_FINDINGS).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, first| next.start < first.end);
    for range in ranges {
        let message = format!("`{}` looks like a claim but is not read as one", text[range.clone()].trim());
        problems.push(Problem::new(RULE.id, place(file, range), message).help(HELP));
    }
}

/// Whether an offset in the running text is in a heading, or begins a line that consists only of braces.
fn is_at_heading(file: &FileView<'_>, at: usize) -> bool {
    let (before, rest) = file.words.text.split_at(at);
    let is_alone = || {
        let line = rest.lines().next().unwrap_or_default().trim_end();
        line.ends_with('}') && line.matches('{').count() == 1
    };
    (before.is_empty() || before.ends_with('\n')) && is_alone() || is_in_heading(file, at)
}

fn is_in_heading(file: &FileView<'_>, at: usize) -> bool {
    let place = file.words.source_span(at..at + 1);
    let next = file.body.headings.partition_point(|heading| heading.span.start <= place.start);
    next.checked_sub(1).is_some_and(|last| place.start < file.body.headings[last].span.end)
}

/// Ranges between braces, closed on the same line or not, that look like claims.
fn braced_claims<'t>(text: &'t str, at_heading: &'t dyn Fn(usize) -> bool) -> impl Iterator<Item = Range<usize>> + 't {
    memchr::memchr_iter(b'{', text.as_bytes()).filter_map(move |at| {
        let rest = &text[at + 1..];
        let line = rest[..rest.floor_char_boundary(MAX_BRACES_BYTES)].lines().next().unwrap_or_default();
        let end = line.find(['{', '}']).unwrap_or(line.len());
        let closed = usize::from(line[end..].starts_with('}'));
        let inner = &line[..end];
        let is_claim = names_clauses(inner) || looks_like_claim(inner) && at_heading(at);
        is_claim.then_some(at..at + 1 + end + closed)
    })
}

/// Assignments `clauses="8.6.3"` outside braces; in a heading also `Clauses: "8.6.3"`.
fn assignments<'t>(text: &'t str, in_heading: &'t dyn Fn(usize) -> bool) -> impl Iterator<Item = Range<usize>> + 't {
    let spellings = ["clause", "Clause", "CLAUSE"];
    spellings.into_iter().flat_map(|name| memchr::memmem::find_iter(text.as_bytes(), name)).filter_map(move |at| {
        // `page?clause=8.6` is a URL.
        let is_word = !text[..at].ends_with(|before: char| before.is_alphanumeric() || "?&_-.".contains(before));
        let rest = text[at + "clause".len()..].trim_start_matches(['s', 'S']);
        let name_end = text.len() - rest.len();
        let rest = rest.trim_start_matches(' ');
        let is_quoted = |value: &str| value.trim_start_matches(' ').starts_with(['"', '\'', '“', '„']);
        let is_claim_value = |value: &&str| (is_quoted(value) || text[..at].ends_with('[')) && in_heading(at);
        let spoken = || rest.strip_prefix([':', '：']).filter(is_claim_value);
        let value = rest.strip_prefix(['=', '＝']).or_else(spoken)?;
        let value = value.trim_start_matches([' ', '"', '\'', '“', '”', '„', '‘', '’']);
        let is_value = value.starts_with(|c: char| c.is_ascii_digit() || c == 'A');
        (is_word && is_value).then_some(at..name_end + 1)
    })
}

/// Finds lines that consist of the front matter key and clauses: `clauses: 8.6.3` or `:clauses: 8.6.3`.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memmem::find_iter(text.as_bytes(), "clause").filter_map(move |at| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let is_first = text[start..at].chars().all(|c| matches!(c, ' ' | ':' | '(' | '['));
        let line = is_first.then(|| text[start..].lines().next().unwrap_or_default())?;
        (line.len() < MAX_BRACES_BYTES && assigns_clauses(line)).then(|| start..start + line.trim_end().len())
    })
}

/// Separators between the words in braces.
const SEPARATORS: &str = "=:＝：,;\"'“”„‘’()[]§";

fn words(inner: &str) -> Vec<&str> {
    let is_separator = |c: char| c.is_whitespace() || SEPARATORS.contains(c);
    inner.split(is_separator).filter(|word| !word.is_empty()).collect()
}

fn has_assignment(inner: &str) -> bool {
    inner.contains(['=', ':', '＝', '：'])
}

/// Whether a text between braces is certainly a claim, wherever it is: `clauses` or a standard is given numbers.
fn names_clauses(inner: &str) -> bool {
    let words = words(inner);
    let is_clauses = |word: &&str| {
        let is_clause_key = spelling::nearest(word, ["clauses"]).is_some() || word.eq_ignore_ascii_case("clauses");
        is_clause_key || word.eq_ignore_ascii_case("clause") || is_standard(word)
    };
    let is_named = words.first().is_some_and(is_clauses);
    is_named && (has_assignment(inner) && words.len() == 1 || words.iter().any(|word| is_dotted(word)))
}

/// Whether a text between braces at a heading was meant as a claim: a name for claims with a number, clause numbers
/// alone, or numbers as deep as only clauses have.
fn looks_like_claim(inner: &str) -> bool {
    let words = words(inner);
    let is_number = |word: &str| is_clause(word) || word.strip_suffix(['.', '/']).is_some_and(is_clause);
    let has_number = words.iter().any(|word| is_number(word.split('/').next().unwrap_or_default()));
    let has_name = words.iter().any(|word| is_name(word, has_assignment(inner)));
    let only_numbers = !words.is_empty() && words.iter().all(|word| is_dotted(word));
    let is_bare = matches!(words[..], [word] if is_bare_claim(word));
    (has_name && (has_number || has_assignment(inner)))
        || only_numbers
        || is_bare
        || words.iter().any(|word| is_deep(word))
}

/// Whether a word can only be a claim without its clauses, as in `{clauses}`, or joined to them: `{clauses_8_6_1}`.
fn is_bare_claim(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_joined = |name: &str| {
        let rest = lower.strip_prefix(name).and_then(|rest| rest.strip_prefix(['_', '-', '.', '/']));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    matches!(lower.as_str(), "clauses" | "clause" | "covers" | "claims")
        || ["clauses", "clause"].into_iter().any(is_joined)
}

/// Whether a word contains a clause number with three or more levels, as in `clause-8.6.1`.
fn is_deep(word: &str) -> bool {
    let mut parts = word.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    parts.any(|part| part.matches('.').count() > 1 && is_clause(part))
}

/// Whether a word is the name of a standard, for example `iso27001`.
fn is_standard(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.starts_with("iso") && lower.contains(|c: char| c.is_ascii_digit()) && lower.parse::<StandardId>().is_ok()
}

/// Whether a word is a name that people use for claims. A word that only resembles one must have an assignment.
fn is_name(word: &str, assigns: bool) -> bool {
    let is_near = || is_standard(word) || spelling::nearest(word, ["clauses"]).is_some();
    CLAIM_NAMES.contains(&word.to_lowercase().as_str()) || (assigns && is_near())
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
    use super::{assignments, braced_claims};

    fn is_found(text: &str, at_heading: bool) -> bool {
        let at_heading = |_| at_heading;
        let found = braced_claims(text, &at_heading).chain(assignments(text, &at_heading)).next();
        found.is_some()
    }

    #[test]
    fn claim_lookalikes_are_found_and_other_braces_are_ignored() {
        for text in [
            "Known errors {clauses=\"8.6.3\"} of mail",
            "Known {clauses:\"8.6.3\"}",
            "A {clauses \"8.6.3\"}",
            "A {clause 8.6.3}",
            "A {iso27001:A.5.24}",
            "A {iso27001: 8.1}",
            "A {clauses=\"8.6.3\"",
            "A {CLAUSES: 8.6.3}",
            "A {clauses＝\"8.6.3\"}",
            "A {claues: 8.6.3}",
            "A {clauses=}",
            "Known errors clauses=\"8.6.3\"",
            "A CLAUSES=\"8.6.3\"",
            "(clause = 8.6.3)",
            "｛clauses=“8.6.3”｝",
        ] {
            assert!(is_found(text, false) && is_found(text, true), "{text}");
        }
        for text in [
            "A {8.6.3}",
            "A {8.6.1, 8.6.3/partial}",
            "A {covers: 8.6.3}",
            "A {§ 8.6.1}",
            "A {8.6.1 and 8.6.2}",
            "A {ISO/IEC 20000-1 8.6.1}",
            "A {clause-8.6.1}",
            "A {Abschnitt: 8.6.1}",
            "A {implements: 8.6.1}",
            "A (Clauses: \"8.6.1\")",
            "A {claim: 8}",
            "A {clauses}",
            "A {Clause}",
            "A {covers}",
            "A {clauses,}",
            "A {clauses_8_6_1}",
        ] {
            assert!(is_found(text, true) && !is_found(text, false), "{text}");
        }
        for text in [
            "A {to be written}",
            "A {1,3}",
            "A {{owner}}",
            "set {a: 1}",
            "A {name} of {place}",
            "{}",
            "A {version 1.2}",
            "A {standard}",
            "A {clauses_of_contracts}",
            "Clauses: 8.6.1",
            "url?clause=8.6",
            "subclause=8.6",
        ] {
            assert!(!is_found(text, true) && !is_found(text, false), "{text}");
        }
        for text in ["TLS {1.2, 1.3} is used", "{20.5} °C", "$\\frac{8.6}{2.1}$", "Send {claim: 12} to the API."] {
            assert!(!is_found(text, false), "{text}");
        }
    }
}
