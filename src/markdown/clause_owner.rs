//! Determines the standard that a clause mentioned in running text belongs to.
//!
//! All management-system standards share their clause numbers. A standard named beside the number decides; a clause of
//! a contract, a law or another document belongs to no standard. Otherwise it belongs to the handbook's main standard.

mod above;
mod after_mention;
mod cells;
mod designation;
mod fold;
mod label;
mod owner;

use std::ops::Range;

use above::find_owner_above;
use after_mention::find_owner_after;
use cells::Cells;
pub(super) use cells::TextCell;
use designation::designations;
use fold::{fold, words};
use label::described_standard;
use owner::owns_clause;

use super::body::{ClauseOwner, Mention};
use super::mention::{ClauseList, lists};

/// Maximum number of bytes examined before and after a mention: about a sentence.
const MAX_DISTANCE: usize = 300;

/// Determines what each mention without a prefix belongs to, from the words on both sides of it in its line of `text`
/// or in its table cell.
pub(super) fn resolve_mentions(text: &str, cells: &[TextCell], mentions: &mut [Mention]) {
    let cells = Cells::new(text, cells);
    let mut above = None;
    let mut rest = mentions.iter_mut().filter(|mention| mention.clause.standard.is_none()).peekable();
    while let Some(first) = rest.next() {
        let place = first.at as usize;
        let cell = cells.at(place);
        let line = line_around(text, place);
        let range = cell.map_or_else(|| line.clone(), |cell| within(&line, &cells.range(cell)));
        let mut together = vec![first];
        while let Some(mention) = rest.next_if(|mention| range.contains(&(mention.at as usize))) {
            together.push(mention);
        }
        let mut places: Vec<usize> =
            together.iter().map(|mention| (mention.at as usize).saturating_sub(range.start)).collect();
        let line = fold(text.get(range.clone()).unwrap_or_default(), &mut places);
        let lists = lists(&line);
        let elsewhere = match cell {
            Some(cell) => cells.owner_around(cell),
            None => {
                let owner = find_owner_above(text, range.start, &line, above.take());
                above = Some((range.start, owner.clone()));
                owner
            }
        };
        for (mention, at) in together.into_iter().zip(places) {
            mention.owner =
                owner_in_lists(&line, &lists, at).or_else(|| elsewhere.clone()).unwrap_or(ClauseOwner::Main);
        }
    }
}

/// The part of a line within a cell, which may have several lines.
fn within(line: &Range<usize>, cell: &Range<usize>) -> Range<usize> {
    line.start.max(cell.start)..line.end.min(cell.end)
}

/// The line around a position, including its line end.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let (before, after) = text.as_bytes().split_at(at.min(text.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    start..memchr::memchr(b'\n', after).map_or(text.len(), |end| before.len() + end + 1)
}

/// The owner of the number at a position of a line, if the line names one.
fn owner_in_lists(line: &str, lists: &[ClauseList], at: usize) -> Option<ClauseOwner> {
    let next = lists.partition_point(|list| list.keyword <= at);
    let ClauseList { keyword, numbers } = next.checked_sub(1).and_then(|before| lists.get(before))?;
    let all = numbers.first().map_or(at, |first| first.start)..numbers.last().map_or(at, |last| last.end);
    find_owner(line, *keyword, all)
}

/// The owner of the clause numbers in `numbers`, a range of one line from the first to the last number of a list;
/// `keyword` is the position of the word `clause` before it.
fn find_owner(line: &str, keyword: usize, numbers: Range<usize>) -> Option<ClauseOwner> {
    let start = line.ceil_char_boundary(keyword.saturating_sub(MAX_DISTANCE));
    let end = line.floor_char_boundary(numbers.end.saturating_add(MAX_DISTANCE));
    find_owner_after(&line[numbers.end..end]).or_else(|| owner_before(&line[start..keyword]))
}

/// The owner named before the word `clause`: a standard in the same sentence, or another document immediately before
/// the word.
fn owner_before(text: &str) -> Option<ClauseOwner> {
    let sentence = &text[sentence_start(text)..];
    let named = designations(sentence).pop().map(|(_, end, name)| (end, ClauseOwner::Named(name)));
    let described = described_standards(sentence);
    let last = named.into_iter().chain(described).max_by_key(|(end, _)| *end);
    let tail = last.as_ref().map_or(sentence, |(end, _)| skip_name(&sentence[*end..]));
    if !(tail.trim().is_empty() && last.is_some()) && owns_clause(tail) {
        return Some(ClauseOwner::Foreign);
    }
    last.map(|(_, belonging)| belonging)
        .or_else(|| bare_number(sentence))
        .or_else(|| names_edition(sentence).then_some(ClauseOwner::Foreign))
}

/// The standard named only by its number, immediately before the word `clause`: `27001 clause 9.2`.
fn bare_number(sentence: &str) -> Option<ClauseOwner> {
    let name = sentence.trim_end_matches([',', '(', ':', ' ']);
    let number = name.rsplit(' ').next()?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_known = digits == 5 || matches!(&number[..digits], "9000" | "9001" | "9004");
    let is_number =
        is_known && number[digits..].bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':'));
    is_number.then(|| ClauseOwner::Named(format!("ISO {number}")))
}

/// Skips what may follow the designation of a standard: `ISO/IEC 27001's`, `ISO/IEC 27001 (ISMS)`.
fn skip_name(text: &str) -> &str {
    let rest = text.strip_prefix("'s").or(text.strip_prefix("’s")).unwrap_or(text);
    let inside = rest.trim_start().strip_prefix('(');
    let rest = inside.and_then(|inside| inside.split_once(')')).map_or(rest, |(_, after)| after);
    rest.trim_start_matches([',', ' ', ':', '(', '–', '—', '-'])
}

/// The last standard that is described instead of named, as in `our standard` or `the security standard`, and where it
/// ends.
fn described_standards(sentence: &str) -> Option<(usize, ClauseOwner)> {
    let matches = sentence.match_indices("tandard").filter_map(|(at, word)| {
        let words: Vec<String> = words(&sentence[..at.saturating_sub(1)]).collect();
        let nearby = &words[words.len().saturating_sub(4)..];
        let end = at + word.len() + usize::from(sentence[at + word.len()..].starts_with('s'));
        described_standard(nearby).map(|belonging| (end, belonging))
    });
    matches.last()
}

/// Whether a sentence names an edition of a standard only by its year.
fn names_edition(sentence: &str) -> bool {
    sentence.match_indices(" edition").any(|(at, _)| {
        let year = sentence[..at].rsplit(' ').next().unwrap_or_default();
        year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Abbreviations whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 14] =
    ["No", "Nr", "Ed", "Amd", "Cor", "Vol", "vol", "cf", "Art", "Sec", "e.g", "i.e", "approx", "resp"];

/// Start of the last sentence of a text. A full stop between digits or after an abbreviation does not end a sentence;
/// neither does a semicolon immediately before the word `clause`.
fn sentence_start(text: &str) -> usize {
    let ends = |(at, mark): (usize, &str)| {
        let rest = text[at + mark.len()..].trim_start_matches(['"', ')', '’', '”']);
        let next = rest.trim_start().chars().next();
        let is_end = match mark {
            "." => rest.starts_with(' ') && next.is_some_and(|next| next.is_uppercase() || next.is_numeric()),
            ";" => !rest.trim().is_empty(),
            _ => true,
        };
        let is_short = ABBREVIATIONS.iter().any(|word| text[..at].ends_with(word));
        (is_end && !(mark == "." && is_short)).then_some(at + mark.len())
    };
    text.match_indices(['.', '!', '?', ';']).filter_map(ends).next_back().unwrap_or(0)
}

#[cfg(test)]
mod tests;
