//! The regular expressions of a syntax.

use std::sync::OnceLock;

use onig::{MatchParam, RegexOptions, Region, SearchOptions, Syntax};
use serde::Deserialize;

use super::budget::{Budget, BudgetError};
use super::expression;
use super::find_requirement::{find_requirement, literal};
use super::match_start::MatchStart;
use super::requirement::{ByteMask, Pairs, Requirement, bytes_of};

/// Maximum number of backtracking steps at one position. Of 1,746 blocks of real code, four need more.
const MAX_TRIES: u32 = 20_000;

/// A regular expression, compiled on first use.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct Pattern {
    text: String,
    requirements: OnceLock<MatchRequirements>,
    /// `None` inside if the expression is invalid: it matches nothing.
    compiled: OnceLock<Option<onig::Regex>>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Pattern {
        Pattern { text, requirements: OnceLock::new(), compiled: OnceLock::new() }
    }
}

/// Requirements that can be checked without running the expression.
#[derive(Debug)]
struct MatchRequirements {
    requirement: Requirement,
    start: MatchStart,
    /// The literal string, if the expression is nothing else.
    literal: Option<String>,
}

/// A line from the start of its current token on.
#[derive(Clone, Copy)]
pub(super) struct LineRest<'a> {
    pub(super) line: &'a str,
    pub(super) start: usize,
}

/// State shared by all attempts on a line.
pub(super) struct MatchEffort<'b> {
    pub(super) budget: &'b mut Budget,
    /// Reusable buffer for the groups of a match.
    region: Region,
    /// Start of the current token, and the bytes from there on; `None` if these are not ASCII.
    rest: (usize, Option<ByteMask>),
    /// The pairs of adjacent characters, computed on demand.
    pairs: Option<Pairs>,
}

impl<'b> MatchEffort<'b> {
    pub(super) fn new(budget: &'b mut Budget) -> MatchEffort<'b> {
        MatchEffort { budget, region: Region::with_capacity(8), rest: (usize::MAX, None), pairs: None }
    }

    /// Whether the rest of a line from `start` lacks a requirement for a match.
    fn lacks(&mut self, LineRest { line, start }: LineRest<'_>, need: &Requirement) -> bool {
        if self.rest.0 != start {
            self.rest = (start, bytes_of(&line[start..]));
            self.pairs = None;
        }
        let Some(bytes) = self.rest.1 else { return false };
        if need.lacks_byte(bytes) || !need.has_alternatives() {
            return need.lacks_byte(bytes);
        }
        need.lacks_pair(bytes, self.pairs.get_or_insert_with(|| Pairs::from_text(&line[start..])))
    }
}

/// The byte ranges of a match and its groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    groups: Box<[Option<(usize, usize)>]>,
}

impl Match {
    /// A match without groups.
    fn without_groups(start: usize, end: usize) -> Match {
        Match { start, end, groups: Box::default() }
    }

    fn with_group_zero(self) -> Match {
        Match { groups: Box::new([Some((self.start, self.end))]), ..self }
    }

    fn from_region(region: &Region) -> Option<Match> {
        let (start, end) = region.pos(0)?;
        Some(Match { start, end, groups: (0..region.len()).map(|group| region.pos(group)).collect() })
    }

    /// The byte range of a group; group 0 is the whole match. `None` if the match was compiled without groups.
    pub(super) fn group(&self, group: usize) -> Option<(usize, usize)> {
        self.groups.get(group).copied().flatten()
    }

    /// The text of each group, escaped for use in another regular expression.
    pub(super) fn escaped(&self, line: &str) -> Vec<Option<Box<str>>> {
        let text = |group: &Option<(usize, usize)>| group.and_then(|(start, end)| line.get(start..end));
        self.groups.iter().map(|group| text(group).map(|text| regex_lite::escape(text).into())).collect()
    }
}

impl MatchRequirements {
    fn new(pattern: &str) -> MatchRequirements {
        let expression = expression::parse_expression(pattern);
        let need = expression.as_ref().map_or_else(Requirement::default, find_requirement);
        MatchRequirements {
            requirement: need,
            start: MatchStart::of_expression(expression.as_ref()),
            literal: literal(pattern),
        }
    }
}

impl Pattern {
    /// The possible starts of a match.
    pub(super) fn match_start(&self) -> MatchStart {
        self.requirements().start
    }

    /// Whether the expression refers to the position at which the search started.
    pub(super) fn is_bound_to_start(&self) -> bool {
        self.text.contains(r"\G") || self.text.contains(r"\K")
    }

    fn requirements(&self) -> &MatchRequirements {
        self.requirements.get_or_init(|| MatchRequirements::new(&self.text))
    }

    fn regex(&self) -> Option<&onig::Regex> {
        self.compiled.get_or_init(|| compile(&self.text)).as_ref()
    }

    /// The match at a position, with groups if requested.
    pub(super) fn match_at(
        &self,
        at: usize,
        rest: LineRest<'_>,
        with_groups: bool,
        effort: &mut MatchEffort<'_>,
    ) -> Result<Option<Match>, BudgetError> {
        effort.budget.charge_search(0)?;
        let MatchRequirements { requirement: need, literal, .. } = self.requirements();
        if effort.lacks(rest, need) {
            return Ok(None);
        }
        let line = rest.line;
        if let Some(literal) = literal {
            let is_match = line.as_bytes()[at..].starts_with(literal.as_bytes());
            let found = Match::without_groups(at, at + literal.len());
            return Ok(is_match.then_some(if with_groups { found.with_group_zero() } else { found }));
        }
        let Some(regex) = self.regex() else { return Ok(None) };
        let region = with_groups.then_some(&mut effort.region);
        match regex.match_with_param(line, at, SearchOptions::SEARCH_OPTION_NONE, region, limits()) {
            Ok(Some(_)) if with_groups => Ok(Match::from_region(&effort.region)),
            Ok(found) => Ok(found.map(|length| Match::without_groups(at, at + length))),
            // Unlike a match at a fixed position, a search first checks for required text, which avoids useless
            // attempts.
            Err(_) => {
                Ok(search(regex, LineRest { line, start: at }, &mut effort.region)?.filter(|found| found.start == at))
            }
        }
    }

    /// The first match at or after `start`.
    pub(super) fn find(&self, rest: LineRest<'_>, effort: &mut MatchEffort<'_>) -> Result<Option<Match>, BudgetError> {
        effort.budget.charge_search(rest.line.len() - rest.start)?;
        if effort.lacks(rest, &self.requirements().requirement) {
            return Ok(None);
        }
        self.regex().map_or(Ok(None), |regex| search(regex, rest, &mut effort.region))
    }

    /// Like [`find`](Self::find), with group texts substituted for `\1` and so on.
    pub(super) fn find_with(
        &self,
        groups: &[Option<Box<str>>],
        rest: LineRest<'_>,
        effort: &mut MatchEffort<'_>,
    ) -> Result<Option<Match>, BudgetError> {
        effort.budget.charge_compilation()?;
        effort.budget.charge_search(rest.line.len() - rest.start)?;
        let compiled = compile(&substitute_groups(&self.text, groups));
        compiled.map_or(Ok(None), |regex| search(&regex, rest, &mut effort.region))
    }
}

fn compile(text: &str) -> Option<onig::Regex> {
    onig::Regex::with_options(text, RegexOptions::REGEX_OPTION_CAPTURE_GROUP, Syntax::default()).ok()
}

fn limits() -> MatchParam {
    let mut limits = MatchParam::default();
    limits.set_retry_limit_in_match(MAX_TRIES);
    limits
}

fn search(
    regex: &onig::Regex,
    LineRest { line, start }: LineRest<'_>,
    region: &mut Region,
) -> Result<Option<Match>, BudgetError> {
    let found =
        regex.search_with_param(line, start, line.len(), SearchOptions::SEARCH_OPTION_NONE, Some(region), limits());
    match found {
        Ok(found) => Ok(found.and_then(|_| Match::from_region(region))),
        Err(_) => Err(BudgetError),
    }
}

/// Substitutes texts for the group references of an expression; a reference to an unmatched group becomes empty.
fn substitute_groups(text: &str, groups: &[Option<Box<str>>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(digit) if digit.is_ascii_digit() => {
                    let group = digit.to_digit(10).and_then(|group| groups.get(group as usize)?.as_deref());
                    out.push_str(group.unwrap_or_default());
                }
                escaped => out.extend(std::iter::once('\\').chain(escaped)),
            },
            other => out.push(other),
        }
    }
    out
}
