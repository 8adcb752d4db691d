//! Regular expressions of a syntax.

use std::sync::OnceLock;

use onig::{MatchParam, RegexOptions, Region, SearchOptions, Syntax};
use serde::Deserialize;

use super::budget::{Budget, Exhausted};
use super::need::{Bytes, Need, Pairs, bytes_of};
use super::needed::{literal, needed};

/// So many ways a regular expression may try at one place of a line. Of 3,044 blocks and files of real code one needed more
/// than 500.
const MAX_TRIES: u32 = 20_000;

/// A regular expression, made when it is first tried.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct Pattern {
    text: String,
    needs: OnceLock<Needs>,
    /// `None` inside for one that cannot be made, which matches nothing.
    made: OnceLock<Option<onig::Regex>>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Pattern {
        Pattern { text, needs: OnceLock::new(), made: OnceLock::new() }
    }
}

/// What can be told of a search without searching.
#[derive(Debug)]
struct Needs {
    need: Need,
    /// What is looked for, when it is a text as it stands.
    literal: Option<String>,
}

/// What searches take from one to the next.
pub(super) struct Effort<'b> {
    pub(super) budget: &'b mut Budget,
    /// Room for the groups of a match.
    region: Region,
    /// The bytes of the line from a place on; nothing when they are not of ASCII alone.
    rest: (usize, Option<Bytes>),
    /// Its pairs of neighbours, once they were asked for.
    pairs: Option<Pairs>,
}

impl<'b> Effort<'b> {
    pub(super) fn of(budget: &'b mut Budget) -> Effort<'b> {
        Effort { budget, region: Region::with_capacity(8), rest: (usize::MAX, None), pairs: None }
    }

    /// Whether the rest of a line lacks what a match needs.
    fn lacks(&mut self, (line, start): (&str, usize), need: &Need) -> bool {
        if self.rest.0 != start {
            self.rest = (start, bytes_of(&line[start..]));
            self.pairs = None;
        }
        let Some(bytes) = self.rest.1 else { return false };
        if need.lacks_byte(bytes) || !need.has_ways() {
            return need.lacks_byte(bytes);
        }
        need.lacks_pair(bytes, self.pairs.get_or_insert_with(|| Pairs::of(&line[start..])))
    }
}

/// Where something matched: the bytes of the whole, and of each group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    groups: Box<[Option<(usize, usize)>]>,
}

impl Match {
    /// The first place of a text.
    fn of_literal(literal: &str, (line, start): (&str, usize)) -> Option<Match> {
        let rest = &line.as_bytes()[start..];
        let found = match literal.as_bytes() {
            [byte] => memchr::memchr(*byte, rest),
            bytes => memchr::memmem::find(rest, bytes),
        };
        let start = start + found?;
        let end = start + literal.len();
        Some(Match { start, end, groups: Box::new([Some((start, end))]) })
    }

    fn of(region: &Region) -> Option<Match> {
        let (start, end) = region.pos(0)?;
        Some(Match { start, end, groups: (0..region.len()).map(|group| region.pos(group)).collect() })
    }

    /// The bytes of a group; group 0 is the whole.
    pub(super) fn group(&self, group: usize) -> Option<(usize, usize)> {
        self.groups.get(group).copied().flatten()
    }

    /// The texts of all groups, ready to stand in another regular expression.
    pub(super) fn escaped(&self, line: &str) -> Vec<Option<Box<str>>> {
        let text = |group: &Option<(usize, usize)>| group.and_then(|(start, end)| line.get(start..end));
        self.groups.iter().map(|group| text(group).map(|text| regex_lite::escape(text).into())).collect()
    }
}

impl Needs {
    fn of(pattern: &str) -> Needs {
        Needs { need: needed(pattern), literal: literal(pattern) }
    }
}

impl Pattern {
    /// The first match at `start` or behind it.
    pub(super) fn find(
        &self,
        (line, start): (&str, usize),
        effort: &mut Effort<'_>,
    ) -> Result<Option<Match>, Exhausted> {
        effort.budget.search(line.len() - start)?;
        let Needs { need, literal } = self.needs.get_or_init(|| Needs::of(&self.text));
        if effort.lacks((line, start), need) {
            return Ok(None);
        }
        if let Some(literal) = literal {
            return Ok(Match::of_literal(literal, (line, start)));
        }
        match self.made.get_or_init(|| make(&self.text)) {
            Some(regex) => search(regex, (line, start), &mut effort.region),
            None => Ok(None),
        }
    }

    /// The same with the texts of groups for `\1` and the like.
    pub(super) fn find_with(
        &self,
        groups: &[Option<Box<str>>],
        (line, start): (&str, usize),
        effort: &mut Effort<'_>,
    ) -> Result<Option<Match>, Exhausted> {
        effort.budget.compilation()?;
        effort.budget.search(line.len() - start)?;
        let made = make(&substituted(&self.text, groups));
        made.map_or(Ok(None), |regex| search(&regex, (line, start), &mut effort.region))
    }
}

fn make(text: &str) -> Option<onig::Regex> {
    onig::Regex::with_options(text, RegexOptions::REGEX_OPTION_CAPTURE_GROUP, Syntax::default()).ok()
}

fn search(regex: &onig::Regex, (line, start): (&str, usize), region: &mut Region) -> Result<Option<Match>, Exhausted> {
    let mut limits = MatchParam::default();
    limits.set_retry_limit_in_match(MAX_TRIES);
    let found =
        regex.search_with_param(line, start, line.len(), SearchOptions::SEARCH_OPTION_NONE, Some(region), limits);
    match found {
        Ok(found) => Ok(found.and_then(|_| Match::of(region))),
        Err(_) => Err(Exhausted),
    }
}

/// A regular expression with texts for its references to groups; one to a group that matched nothing is left out.
fn substituted(text: &str, groups: &[Option<Box<str>>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
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
