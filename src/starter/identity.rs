//! The next free ID according to the handbook's scheme: prefix of the type, code of the area, and an unused number.

use deunicode::deunicode;

use super::text::most_frequent;
use crate::assess::Assessed;
use crate::handbook::Document;
use crate::id::DocumentId;

/// The number of letters in a prefix or area.
const LETTERS: usize = 3;
/// The default number of digits, if no existing ID shows how many to use.
const DIGITS: usize = 3;
/// The area if the title has no suitable word.
const DEFAULT_AREA: &str = "GEN";
/// Words that do not indicate the subject of a document.
const COMMON_WORDS: [&str; 22] = [
    "a",
    "an",
    "and",
    "for",
    "from",
    "how",
    "in",
    "management",
    "new",
    "of",
    "on",
    "our",
    "plan",
    "policy",
    "procedure",
    "process",
    "record",
    "records",
    "register",
    "report",
    "the",
    "to",
];

/// The parts of an ID: `POL-CHG-001`, or `POL-001` in a handbook without areas.
struct IdParts<'i> {
    prefix: &'i str,
    area: &'i str,
    number: &'i str,
}

impl IdParts<'_> {
    fn parse(id: &str) -> Option<IdParts<'_>> {
        let (rest, number) = id.rsplit_once('-')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let (prefix, area) = rest.split_once('-').unwrap_or((rest, ""));
        is_number.then_some(IdParts { prefix, area, number })
    }
}

/// The prefix of IDs for a type.
pub(super) fn prefix(assessed: Assessed<'_>, kind: &str) -> String {
    let laid_down = assessed.reading.settings.find_type(kind).map(|kind| kind.prefix.clone());
    laid_down
        .filter(|prefix| !prefix.is_empty())
        .unwrap_or_else(|| code(kind).unwrap_or_else(|| DEFAULT_AREA.to_owned()))
}

/// The area of a document: that of most neighbouring documents, or otherwise one made from its title.
pub(super) fn area(neighbours: &[&Document], title: &str) -> String {
    let ids = neighbours.iter().filter_map(|document| IdParts::parse(document.id()?.as_str()));
    let areas = ids.map(|parts| parts.area).filter(|area| !area.is_empty());
    let from_title = || {
        let words = title.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !COMMON_WORDS.contains(&word.to_lowercase().as_str())).find_map(code)
    };
    most_frequent(areas).map(str::to_owned).or_else(from_title).unwrap_or_else(|| DEFAULT_AREA.to_owned())
}

/// Returns the next ID with a prefix and an area. `chosen` are the IDs already assigned in this run.
pub(super) fn next(assessed: Assessed<'_>, prefix: &str, area: &str, chosen: &[DocumentId]) -> Option<DocumentId> {
    let ids: Vec<&str> =
        assessed.reading.handbook.controlled().filter_map(|(_, document)| Some(document.id()?.as_str())).collect();
    let known: Vec<IdParts<'_>> =
        ids.iter().copied().chain(chosen.iter().map(DocumentId::as_str)).filter_map(IdParts::parse).collect();
    let without_areas = !known.is_empty() && known.iter().all(|parts| parts.area.is_empty());
    let stem = if without_areas { prefix.to_owned() } else { format!("{prefix}-{area}") };
    let area = if without_areas { "" } else { area };
    let width = most_frequent(known.iter().map(|parts| parts.number.len())).unwrap_or(DIGITS);
    let same =
        known.iter().filter(|parts| parts.prefix.eq_ignore_ascii_case(prefix) && parts.area.eq_ignore_ascii_case(area));
    let highest: u32 = same.filter_map(|parts| parts.number.parse().ok()).max().unwrap_or(0);
    let candidates = (highest.checked_add(1)?..).filter_map(|number| format!("{stem}-{number:0width$}").parse().ok());
    candidates.take(1000).find(|id| !assessed.is_taken(id) && !chosen.contains(id))
}

/// The first letters of a word in capitals, or `None` if it is too short.
fn code(word: &str) -> Option<String> {
    let letters = deunicode(word).chars().filter(char::is_ascii_alphabetic).take(LETTERS).collect::<String>();
    (letters.len() == LETTERS).then(|| letters.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_taken_apart_with_and_without_an_area() {
        let parts = |id| IdParts::parse(id).map(|parts| (parts.prefix, parts.area, parts.number));
        assert_eq!(parts("POL-CHG-001"), Some(("POL", "CHG", "001")));
        assert_eq!(parts("POL-7"), Some(("POL", "", "7")));
        assert_eq!(parts("POL"), None);
        assert_eq!(parts("POL-CHG-1a"), None);
    }

    #[test]
    fn an_area_comes_from_the_first_word_that_says_something() {
        assert_eq!(area(&[], "Policy for the Übergabe of devices"), "UBE");
        assert_eq!(area(&[], "IT"), "GEN");
    }
}
