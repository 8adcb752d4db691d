//! Regular expressions of a syntax.

use std::sync::OnceLock;

use onig::{MatchParam, RegexOptions, Region, SearchOptions, Syntax};
use serde::Deserialize;

use super::budget::{Budget, Exhausted};

/// So many ways a regular expression may try at one place of a line. Of 3,044 blocks and files of real code one needed more
/// than 500.
const MAX_TRIES: u32 = 20_000;

/// A regular expression, made when it is first tried.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct Pattern {
    text: String,
    /// `None` inside for one that cannot be made, which matches nothing.
    made: OnceLock<Option<onig::Regex>>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Pattern {
        Pattern { text, made: OnceLock::new() }
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

impl Pattern {
    /// The first match at `start` or behind it.
    pub(super) fn find(&self, line: &str, start: usize, budget: &mut Budget) -> Result<Option<Match>, Exhausted> {
        budget.search(line.len() - start)?;
        match self.made.get_or_init(|| make(&self.text)) {
            Some(regex) => search(regex, line, start),
            None => Ok(None),
        }
    }

    /// The same with the texts of groups for `\1` and the like.
    pub(super) fn find_with(
        &self,
        groups: &[Option<Box<str>>],
        (line, start): (&str, usize),
        budget: &mut Budget,
    ) -> Result<Option<Match>, Exhausted> {
        budget.compilation()?;
        budget.search(line.len() - start)?;
        make(&substituted(&self.text, groups)).map_or(Ok(None), |regex| search(&regex, line, start))
    }
}

fn make(text: &str) -> Option<onig::Regex> {
    onig::Regex::with_options(text, RegexOptions::REGEX_OPTION_CAPTURE_GROUP, Syntax::default()).ok()
}

fn search(regex: &onig::Regex, line: &str, start: usize) -> Result<Option<Match>, Exhausted> {
    let mut region = Region::with_capacity(8);
    let mut limits = MatchParam::default();
    limits.set_retry_limit_in_match(MAX_TRIES);
    let found =
        regex.search_with_param(line, start, line.len(), SearchOptions::SEARCH_OPTION_NONE, Some(&mut region), limits);
    match found {
        Ok(found) => Ok(found.and_then(|_| Match::of(&region))),
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
