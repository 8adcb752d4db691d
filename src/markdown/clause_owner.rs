//! Determines the standard that a clause mentioned in running text belongs to.
//!
//! All management-system standards share their clause numbers. A standard named beside the number decides; a clause of
//! a contract, a law or another document belongs to no standard. Otherwise it belongs to the handbook's main standard.

mod above;
mod after_mention;
mod cells;
mod designation;
mod fold;
mod owner;

use std::ops::Range;

use above::find_owner_above;
use after_mention::find_owner_after;
use cells::Cells;
pub(super) use cells::TextCell;
use designation::designations;
use fold::fold;
use owner::owns_clause;

use super::body::{ClauseOwner, Mention};
use super::mention::{ClauseList, lists};

/// Maximum number of bytes examined before and after a mention: about a sentence.
const MAX_DISTANCE: usize = 300;

/// Determines what each mention without a prefix belongs to, from the words on both sides of it in its line of `text`
/// or in its table cell.
pub(super) fn resolve_mentions(text: &str, cells: &[TextCell], mentions: &mut [Mention]) {
    let cells = Cells { text, cells };
    let mut above = None;
    let mut rest = mentions.iter_mut().filter(|mention| mention.clause.standard.is_none()).peekable();
    while let Some(first) = rest.next() {
        let place = first.at as usize;
        let cell = cells.at(place);
        let range = cell.map_or_else(|| line_around(text, place), |cell| cells.range(cell));
        let mut together = vec![first];
        while let Some(mention) = rest.next_if(|mention| range.contains(&(mention.at as usize))) {
            together.push(mention);
        }
        let mut places: Vec<usize> =
            together.iter().map(|mention| (mention.at as usize).saturating_sub(range.start)).collect();
        let line = fold(&text[range.clone()], &mut places);
        let lists = lists(&line);
        let elsewhere = match cell {
            Some(cell) => cells.owner_around(cell),
            None => {
                let found = find_owner_above(text, range.start, &line, above.take());
                above = Some((range.start, found.clone()));
                found
            }
        };
        for (mention, at) in together.into_iter().zip(places) {
            mention.owner =
                owner_in_lists(&line, &lists, at).or_else(|| elsewhere.clone()).unwrap_or(ClauseOwner::Main);
        }
    }
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
    last.map(|(_, belonging)| belonging).or_else(|| names_edition(sentence).then_some(ClauseOwner::Foreign))
}

/// Skips what may follow the designation of a standard: `ISO/IEC 27001's`, `ISO/IEC 27001 (ISMS)`.
fn skip_name(text: &str) -> &str {
    let rest = text.strip_prefix("'s").or(text.strip_prefix("’s")).unwrap_or(text);
    let inside = rest.trim_start().strip_prefix('(');
    let rest = inside.and_then(|inside| inside.split_once(')')).map_or(rest, |(_, behind)| behind);
    rest.trim_start_matches([',', ' ', ':', '(', '–', '—', '-'])
}

/// The last standard that is described instead of named, as in `our standard` or `the security standard`, and where it
/// ends.
fn described_standards(sentence: &str) -> Option<(usize, ClauseOwner)> {
    let found = sentence.match_indices("tandard").filter_map(|(at, word)| {
        let words: Vec<String> = words(&sentence[..at.saturating_sub(1)]).collect();
        let near = &words[words.len().saturating_sub(4)..];
        let end = at + word.len() + usize::from(sentence[at + word.len()..].starts_with('s'));
        described_standard(near).map(|belonging| (end, belonging))
    });
    found.last()
}

/// Words between `the` and `standard` that describe the handbook's main standard.
const MAIN_STANDARD_WORDS: [&str; 8] = ["our", "this", "main", "service", "services", "sms", "itsm", "itil"];

/// Words that describe another standard.
const OTHER_STANDARD_WORDS: [&str; 22] = [
    "security",
    "quality",
    "information",
    "environment",
    "environmental",
    "continuity",
    "energy",
    "safety",
    "health",
    "privacy",
    "isms",
    "risk",
    "cloud",
    "asset",
    "audit",
    "auditing",
    "governance",
    "qms",
    "bcms",
    "ems",
    "protection",
    "old",
];

/// The standard described by the words before `standard`; `None` if they do not tell.
fn described_standard(words: &[String]) -> Option<ClauseOwner> {
    let has = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    if has(&OTHER_STANDARD_WORDS) {
        return Some(ClauseOwner::Foreign);
    }
    has(&MAIN_STANDARD_WORDS).then_some(ClauseOwner::Main)
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
    let ends = |(at, sign): (usize, &str)| {
        let rest = text[at + sign.len()..].trim_start_matches(['"', ')', '’', '”']);
        let next = rest.trim_start().chars().next();
        let is_end = match sign {
            "." => rest.starts_with(' ') && next.is_some_and(|next| next.is_uppercase() || next.is_numeric()),
            ";" => !rest.trim().is_empty(),
            _ => true,
        };
        let is_short = ABBREVIATIONS.iter().any(|word| text[..at].ends_with(word));
        (is_end && !(sign == "." && is_short)).then_some(at + sign.len())
    };
    text.match_indices(['.', '!', '?', ';']).filter_map(ends).next_back().unwrap_or(0)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{find_owner, fold};
    use crate::markdown::body::ClauseOwner;

    fn of(line: &str) -> String {
        let line = &*fold(line, &mut []);
        let keyword = line.to_lowercase().find("clause").expect("the word");
        let first = line[keyword..].find(|letter: char| letter.is_ascii_digit()).expect("a number") + keyword;
        let letters = line[first..]
            .find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
            .unwrap_or(line.len() - first);
        let number = line[first..first + letters].trim_end_matches('.');
        name(find_owner(line, keyword, first..first + number.len()))
    }

    fn name(belonging: Option<ClauseOwner>) -> String {
        match belonging {
            None | Some(ClauseOwner::Main) => "main".to_owned(),
            Some(ClauseOwner::Named(name)) => name,
            Some(ClauseOwner::Foreign) => "foreign".to_owned(),
        }
    }

    #[test]
    fn a_standard_beside_the_number_decides() {
        for (line, expected) in [
            ("See clause 9.2, and more.", "main"),
            ("See clause 9.2 in detail", "main"),
            ("Clause 9.2 of the standard asks for audits", "main"),
            ("Clause 9.2 of this International Standard", "main"),
            ("See ISO/IEC 20000-1 clause 9.2 for audits.", "ISO/IEC 20000-1"),
            ("See ISO/IEC 27001 clause 9.2 for audits.", "ISO/IEC 27001"),
            ("Clause 9.2 of ISO/IEC 27001 asks for audits.", "ISO/IEC 27001"),
            ("See ISO/IEC 27001:2022, clause 9.2, for audits.", "ISO/IEC 27001:2022"),
            ("See clause 9.2 (ISO/IEC 27001) for audits.", "ISO/IEC 27001"),
            ("See clause 9.2, ISO/IEC 27001, for audits.", "ISO/IEC 27001"),
            ("clause 9.2 in ISO 9001:2015", "ISO 9001:2015"),
            ("clause 9.2(b) of the ISO 9001 standard", "ISO 9001"),
            ("DIN EN ISO 9001, clause 9.2", "ISO 9001"),
            ("ISO/IEC\u{a0}27001 requires audits in clause 9.2", "ISO/IEC 27001"),
            ("We hold ISO 9001. See clause 9.2.", "main"),
            ("ISO 22301 (clause 8.4) for plans", "ISO 22301"),
            ("ISO 9001 and clause 9.2 of ISO/IEC 20000-1", "ISO/IEC 20000-1"),
            ("See clause 9.2 (of ISO 27001) here", "ISO 27001"),
            ("See clause 9.2 (see ISO 9001) here", "ISO 9001"),
            ("See clause 9.2 a) of ISO 9001 here", "ISO 9001"),
            ("See clause 9.2, paragraph 2, of ISO 9001 here", "ISO 9001"),
            ("See clause 9.2 ISO 9001 here", "ISO 9001"),
            ("See clause 9.2, item b), and more", "main"),
            ("See clause 9.2 (see below)", "main"),
            ("See clause 9.2, of course", "main"),
            ("ISO/IEC 27001 has Annex A, but clause 9.2 of our standard has none.", "main"),
            ("Unlike ISO/IEC 27001, our standard asks for it in clause 9.2.", "main"),
            ("Clause 9.2 (Internal audit) of ISO/IEC 27001", "ISO/IEC 27001"),
            ("Clause 9.2 “Internal audit” of ISO/IEC 27001", "ISO/IEC 27001"),
            ("Clause 9.2, Internal audit, of ISO/IEC 27001", "ISO/IEC 27001"),
            ("Clause 9.2 Internal audit of ISO/IEC 27001", "ISO/IEC 27001"),
            ("Clause 9.2 – Internal audit – of ISO/IEC 27001", "ISO/IEC 27001"),
            ("Clause 9.2 and clause 9.3 of ISO 9001", "ISO 9001"),
            ("clause 9.2 in the security standard ISO/IEC 27001", "ISO/IEC 27001"),
            ("clause 9.2 of our ISMS standard ISO/IEC 27001", "ISO/IEC 27001"),
            ("clause 9.2 according to ISO 9001", "ISO 9001"),
            ("clause 9.2, as required by ISO 9001", "ISO 9001"),
            ("clause 9.2: ISO 9001", "ISO 9001"),
            ("iso27001 clause 9.2", "ISO 27001"),
            ("ISO 9001 Ed. 5, clause 9.2", "ISO 9001"),
            ("ISO 9001; clause 9.2", "ISO 9001"),
            ("ISO/IEC 20000-1 : 2011 clause 9.2", "ISO/IEC 20000-1:2011"),
            ("ISO/IEC 27001's clause 9.2", "ISO/IEC 27001"),
            ("ISO/IEC 27001 (ISMS) clause 9.2", "ISO/IEC 27001"),
            ("PCI DSS clause 9.2", "PCI DSS"),
            ("In the change process, clause 9.2 is met.", "main"),
            ("Supplier (clause 9.2)", "main"),
            ("SLA: clause 8.3.3", "main"),
            ("By the CAB, clause 9.2 is met.", "main"),
            ("Clause 9.2 in every document", "main"),
            ("Clause 9.2 of the service management standard", "main"),
            ("Each contract is reviewed once a year, as clause 8.3.4 requires.", "main"),
            ("For every contract, clause 8.3.4 applies.", "main"),
            ("See clause 9.2 (Internal audit) of the standard", "main"),
            ("Clause 9.2 SMS audits", "main"),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }

    #[test]
    fn a_clause_of_another_document_belongs_to_no_standard() {
        for line in [
            "Clause 9.2 of the contract names the credits.",
            "contract clause 9.2",
            "the contract's clause 9.2",
            "Under the agreement, clause 9.2 applies",
            "In the supplier’s contract (clause 9.2)",
            "clause 9.2 of the framework agreement",
            "clause 9.2 in the supplier's contract",
            "GDPR clause 9.2",
            "clause 9.2 of POL-CHG-001",
            "Annex A, clause 8.1",
            "clause 9.2 under the Act",
            "clause 9.2 GDPR",
            "clause 9.2 (of the contract)",
            "clause 9.2, paragraph 2, of the agreement",
            "The contract names the credits in clause 9.2.",
            "In the contract with Northwind, clause 9.2 says so",
            "Under contract 4711, clause 9.2",
            "Contractual clause 9.2",
            "The supplier may end the contract under clause 9.2",
            "the agreement dated 1 March 2024, clause 9.2",
            "Contract (Northwind): clause 9.2",
            "The Data Protection Act 2018, clause 9.2",
            "Regulation (EU) 2016/679, clause 9.2",
            "Code of Conduct clause 9.2",
            "T&Cs clause 9.2",
            "Clause 9.2 (the contract with Northwind)",
            "Clause 9.2 – contract with Northwind",
            "Clause 9.2 (Termination) of the contract",
            "Clause 9.2 as agreed in the contract",
            "Clause 9.2 in the statement of work",
            "PRO-INC-001, clause 9.2",
            "Clause 9.2 (PRO-INC-001)",
            "Clause 9.2 of the quality standard",
            "the 2011 edition of the standard, clause 9.2",
        ] {
            assert_eq!(of(line), "foreign", "{line}");
        }
    }

    #[test]
    fn a_cell_has_its_own_standard_or_that_of_its_row_or_column() {
        for (table, expected) in [
            ("| clause 9.2 | ISO/IEC 27001 clause 9.3 |", "main"),
            ("| x | y |\n|-|-|\n| ISO/IEC 27001 clause 9.3 | clause 9.2 |", "ISO/IEC 27001"),
            ("| x | y |\n|-|-|\n| clause 9.2 | ISO/IEC 27001 clause 9.3 |", "main"),
            ("| x | y |\n|-|-|\n| ISO/IEC 27001 | clause 9.3 |", "ISO/IEC 27001"),
            ("| ISO 9001 | y |\n|-|-|\n| clause 9.3 | x |", "ISO 9001"),
            ("| x | ISO 9001 |\n|-|-|\n| clause 9.3 | x |", "main"),
            ("| x | y |\n|-|-|\n| CAB | clause 9.3 |", "main"),
            ("ISO\u{a0}90\u{ad}01, clause 9.2", "ISO 9001"),
            ("## ISO 9001\n\nSee clause 9.2.", "ISO 9001"),
            ("## ISO 9001\n\nText.\n\nSee clause 9.2.", "main"),
            ("- ISO 9001:\n  - audits\n- clause 9.2", "main"),
            ("ISO 9001\n: clause 9.2", "ISO 9001"),
            ("The criteria of ISO 9001:\n\n- clause 9.2", "ISO 9001"),
            ("The contract says so in:\n\n- clause 9.2", "foreign"),
            ("We check:\n\n- clause 9.2", "main"),
        ] {
            let body = crate::markdown::parse(&crate::place::SourceText::new("a.md", table), 0).body;
            let first = body.mentions.first().map(|mention| mention.owner.clone());
            assert_eq!(name(first), expected, "{table}");
        }
    }
}
