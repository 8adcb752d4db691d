//! Reads claims on clauses from the attribute block of a heading.

use std::ops::Range;

use super::attributes::{AttributeProblem, Attributes};
use super::reader::Reader;
use crate::finding::{Problem, RuleId, Severity, reading};
use crate::id::ClauseRef;
use crate::place::{Located, Span};
use crate::source::front_matter::{Claim, Extent, downgrade_contradictions, downgrade_limited};

/// Maximum number of problems reported per heading.
const MAX_PROBLEMS: usize = 50;

const SEPARATE_HELP: &str = "separate several clauses by spaces: `{clauses=\"8.6.1 8.6.2/partial\"}`";

impl Reader<'_> {
    /// Reads the claims of an attribute block that starts at byte `start` of the file.
    ///
    /// Anything that cannot be read as a claim is reported. Anything that may limit another claim makes that claim
    /// uncertain.
    pub(super) fn read_claims(&mut self, attributes: &Attributes<'_>, start: usize) -> Vec<Claim> {
        let place = |range: &Range<usize>| Span::from(start + range.start..start + range.end);
        let mut problems: Vec<Problem> = Vec::new();
        for AttributeProblem { range, rule, message, help } in &attributes.problems {
            let problem = self.problem_at(*rule, place(range), message.clone(), help);
            // Attributes for another tool, beside no claim, are merely dropped.
            let is_dropped = *rule == reading::UNKNOWN_KEY && !attributes.doubtful && attributes.clauses.is_empty();
            problems.push(if is_dropped { problem.with_max_severity(Severity::Note) } else { problem });
        }
        let items = &attributes.clauses;
        let read: Vec<Result<Claim, Problem>> =
            items.iter().map(|(item, range)| self.read_claim(item, place(range))).collect();
        let unread = items.iter().zip(&read).filter(|(_, read)| read.is_err()).map(|((item, _), _)| *item);
        let unread: Vec<&str> = unread.collect();
        let mut claims = Vec::new();
        for (at, claim) in read.into_iter().enumerate() {
            match claim {
                // After `iso27001:` and a space, the item is a clause of that standard, not of the main one.
                Ok(_) if at.checked_sub(1).is_some_and(|before| items[before].0.ends_with(':')) => {}
                Ok(claim) => claims.push(Claim { is_certain: !attributes.doubtful, ..claim }),
                Err(problem) => problems.push(problem),
            }
        }
        downgrade_limited(&mut claims, unread.into_iter());
        for (clause, first) in downgrade_contradictions(&mut claims) {
            let message = format!("{} is claimed here twice, in full and in part", clause.value);
            let problem = self.problem_at(reading::UNKNOWN_CLAUSE, clause.span, message, "keep one of them");
            problems.push(problem.related(self.source.place(first), "the other one"));
        }
        self.body.problems.extend(problems.into_iter().take(MAX_PROBLEMS));
        self.drop_nested_claims(claims)
    }

    /// Drops the claims of a heading in a quote, a list, a table or a footnote, which is only an example or an item.
    fn drop_nested_claims(&mut self, claims: Vec<Claim>) -> Vec<Claim> {
        let Some(first) = claims.first().filter(|_| self.is_in_item()) else { return claims };
        let message = "a heading inside a quote, a list, a table or a footnote claims no clause".to_owned();
        let help = "move the heading to the beginning of a line, or remove `clauses`";
        let problem = self.problem_at(reading::MISPLACED_CLAIM, first.clause.span, message, help);
        self.body.problems.push(problem);
        Vec::new()
    }

    fn problem_at(&self, rule: RuleId, span: Span, message: String, help: &str) -> Problem {
        Problem::new(rule, self.source.place(span), message).help(help)
    }

    /// Parses one item as a claim.
    fn read_claim(&self, item: &str, span: Span) -> Result<Claim, Problem> {
        let (clause, extent) = match item.split_once('/') {
            Some((clause, extent)) => (clause, extent),
            None => (item, Extent::Full.as_str()),
        };
        let extent = match extent {
            "full" => Extent::Full,
            "partial" => Extent::Partial,
            other => {
                let message = format!("`/{other}` does not say how much of a clause is addressed");
                let help = "write `/partial`, or the clause alone when all of it is addressed";
                return Err(self.problem_at(reading::UNKNOWN_CLAUSE, span, message, help));
            }
        };
        let reference: ClauseRef = clause
            .parse()
            .map_err(|error| self.problem_at(reading::UNKNOWN_CLAUSE, span, format!("{error}"), SEPARATE_HELP))?;
        let clause_span = Span { start: span.start, end: span.start + Span::from(0..clause.len()).end };
        Ok(Claim {
            clause: Located::new(reference, clause_span),
            extent,
            note: None,
            is_certain: true,
            first_day: None,
        })
    }
}

/// Whether a text as a whole assigns clauses to a key, as front matter and attributes do:
/// `clauses: [8.6.1]`, `{clauses="8.6.1/partial"}`.
pub(crate) fn assigns_clauses(text: &str) -> bool {
    let content = text.trim().trim_start_matches(['{', ':', '(', '[', ' ']);
    let Some(rest) = content.strip_prefix("clause") else { return false };
    let Some(value) = rest.strip_prefix('s').unwrap_or(rest).trim_start().strip_prefix([':', '=']) else {
        return false;
    };
    names_clauses(value)
}

/// Whether a text consists of clause numbers, each with an optional extent.
pub(crate) fn names_clauses(text: &str) -> bool {
    let is_separator = |c: char| c.is_whitespace() || ",;:\"'[](){}".contains(c);
    let mut words = text.split(is_separator).filter(|word| !word.is_empty()).peekable();
    let is_clause = |word: &str| {
        let number = word.split('/').next().unwrap_or_default();
        number.contains('.') && number.parse::<ClauseRef>().is_ok()
    };
    words.peek().is_some() && words.all(is_clause)
}

#[cfg(test)]
mod tests {
    use super::assigns_clauses;

    #[test]
    fn texts_that_give_clauses_to_a_key_are_distinguished_from_prose() {
        for text in [
            "clauses: 8.6.3",
            "clauses: [8.6.1, 8.6.3/partial]",
            " {clauses=\"8.6.3\"} ",
            ":clauses: 8.6.3",
            "clauses:: 8.6.3",
            "clause = 8.6.3",
        ] {
            assert!(assigns_clauses(text), "{text}");
        }
        for text in
            ["clauses: see 8.6.3", "clause 8.6.3", "clauses:", "Clauses: 8.6.3", "clauses: 3", "subclauses: 8.6.3"]
        {
            assert!(!assigns_clauses(text), "{text}");
        }
    }
}
