//! Alternative names of a term, from its definition: names listed as in `Also: laptop, PC.`, the long form of an
//! abbreviation, or the abbreviation of a long form.

/// Phrases that introduce alternative names, in lower case.
const INTRODUCTIONS: [&str; 4] = ["also:", "also called", "auch:", "auch genannt"];
/// Characters that end the list.
const LIST_ENDS: [char; 3] = ['.', ';', ')'];
/// The maximum length of an abbreviation in characters.
const MAX_LETTERS: usize = 6;
/// Words that abbreviations usually skip.
const SKIPPED_WORDS: [&str; 8] = ["the", "a", "an", "of", "and", "for", "der", "die"];

/// The alternative names of a term.
pub(super) fn names(term: &str, definition: &str) -> Vec<String> {
    let mut names = listed_names(definition);
    names.extend(long_form(term, definition));
    names.extend(short_form(term, definition));
    names.retain(|name| !name.eq_ignore_ascii_case(term));
    names.dedup();
    names
}

/// Names listed in the definition.
fn listed_names(definition: &str) -> Vec<String> {
    let lower = definition.to_ascii_lowercase();
    let Some(start) = INTRODUCTIONS.iter().find_map(|opening| Some(lower.find(opening)? + opening.len())) else {
        return Vec::new();
    };
    let list = definition[start..].split(LIST_ENDS).next().unwrap_or_default();
    let names = list.split(',').flat_map(|part| part.split(" or ")).flat_map(|part| part.split(" oder "));
    names.map(|name| name.trim().trim_matches(['“', '”', '"']).to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The long form of an abbreviation, at the start of the definition.
fn long_form(term: &str, definition: &str) -> Option<String> {
    if !is_abbreviation(term) {
        return None;
    }
    let opening = definition.split([':', '.', ',', ';', '(']).next().unwrap_or_default();
    let words: Vec<&str> =
        opening.split_whitespace().skip_while(|word| SKIPPED_WORDS.contains(&&*word.to_lowercase())).collect();
    let is_telling = |word: &&&str| !SKIPPED_WORDS.contains(&&*word.to_lowercase());
    // Some abbreviations include the small words, as SoD does; others skip them.
    [initials(words.iter()), initials(words.iter().filter(is_telling))]
        .contains(&term.to_owned())
        .then(|| words.join(" "))
}

fn initials<'w>(words: impl Iterator<Item = &'w &'w str>) -> String {
    words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// An abbreviation in the definition that consists of the term's initials.
fn short_form(term: &str, definition: &str) -> Option<String> {
    let words: Vec<&str> = term.split_whitespace().collect();
    let initials = initials(words.iter());
    let mut words = definition.split(|c: char| !c.is_alphanumeric());
    words.find(|word| is_abbreviation(word) && **word == initials).map(str::to_owned)
}

fn is_abbreviation(word: &str) -> bool {
    let count = word.chars().take(MAX_LETTERS + 1).count();
    (2..=MAX_LETTERS).contains(&count) && word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_definition_has_other_names_of_its_term() {
        for (term, definition, expected) in [
            ("CAB", "The change advisory board: the group that advises.", &["change advisory board"][..]),
            ("RPO", "Recovery point objective: the maximum loss.", &["Recovery point objective"]),
            ("SOD", "The separation of duties.", &["separation of duties"]),
            ("service level agreement", "The written agreement; SLA for short.", &["SLA"]),
            ("device", "A laptop or tablet. Also: laptop, PC or “tablet”. More.", &["laptop", "PC", "tablet"]),
            ("Gerät", "Ein Rechner (auch: Laptop).", &["Laptop"]),
            ("RACI", "A table that shows who is responsible (R).", &[]),
            ("incident", "An interruption. An also-ran.", &[]),
        ] {
            assert_eq!(names(term, definition), expected, "{term}");
        }
    }
}
