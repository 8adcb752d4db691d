//! Days such as `15. Januar`, and periods such as `1. Quartal`, which Markdown reads as the item of a list when a line
//! begins with them.

/// Whether the words after a number and a full stop begin with the name of a month, in a language that writes days in
/// this way.
pub(super) fn begins_with_month(words: &str) -> bool {
    let words = words.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']);
    let end = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
    let is_short = |word: &str| word.len() == 3 && words[end..].starts_with('.') && ABBREVIATIONS.contains(&word);
    // The longest name has eleven letters.
    (3..=24).contains(&end) && {
        // Only German writes a capital here; elsewhere it is the name of a person, such as `Maja`.
        let word = words[..end].to_lowercase();
        let is_small = words.starts_with(char::is_lowercase);
        GERMAN_MONTHS.contains(&word.as_str()) || is_small && MONTHS.contains(&word.as_str()) || is_short(&word)
    }
}

/// Whether the words behind a number and a full stop begin with what is counted in a year, a week or a house.
pub(super) fn begins_with_counted(words: &str) -> bool {
    let words = words.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']);
    let end = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
    let (word, rest) = words.split_at(end);
    // In English, `Tag` and `Stock` are verbs.
    let is_apart = rest.trim_start().is_empty() || rest.trim_start().starts_with([':', ',', ';', '–', '-', '(', '|']);
    (3..=24).contains(&end) && {
        let word = word.to_lowercase();
        COUNTED.contains(&word.as_str()) || is_apart && ["stock", "tag"].contains(&word.as_str())
    }
}

/// What the languages that write a full stop behind an ordinal number count: periods, shifts and floors.
const COUNTED: [&str; 30] = [
    "halbjahr",
    "jahr",
    "jahreshälfte",
    "jahresdrittel",
    "kalenderwoche",
    "monat",
    "monatshälfte",
    "quartal",
    "quartals",
    "schicht",
    "semester",
    "tertial",
    "trimester",
    "woche",
    "etage",
    "obergeschoss",
    "stockwerk",
    "untergeschoss",
    // Danish, Norwegian and Swedish.
    "kvartal",
    "halvår",
    "kvartals",
    // Czech and Slovak.
    "čtvrtletí",
    "pololetí",
    "kvartál",
    "štvrťrok",
    "polrok",
    // Hungarian, Finnish and Slovene.
    "negyedév",
    "félév",
    "vuosineljännes",
    "četrtletje",
];

/// Names before a full stop.
const ABBREVIATIONS: [&str; 14] =
    ["jan", "feb", "mar", "apr", "mai", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dez", "des"];

/// Names of months in German.
const GERMAN_MONTHS: [&str; 14] = [
    "januar",
    "jänner",
    "februar",
    "feber",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];

/// Names of months in the other languages that write a full stop after a day.
const MONTHS: &[&str] = &[
    // Danish and Norwegian.
    "marts",
    "mars",
    "maj",
    "december",
    "desember",
    // Finnish.
    "tammikuuta",
    "helmikuuta",
    "maaliskuuta",
    "huhtikuuta",
    "toukokuuta",
    "kesäkuuta",
    "heinäkuuta",
    "elokuuta",
    "syyskuuta",
    "lokakuuta",
    "marraskuuta",
    "joulukuuta",
    // Czech.
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
    // Slovak.
    "januára",
    "februára",
    "marca",
    "apríla",
    "mája",
    "júna",
    "júla",
    "augusta",
    "septembra",
    "októbra",
    "novembra",
    "decembra",
    // Slovene, Croatian, Serbian and Bosnian.
    "januarja",
    "februarja",
    "aprila",
    "maja",
    "junija",
    "julija",
    "avgusta",
    "oktobra",
    "siječnja",
    "veljače",
    "ožujka",
    "travnja",
    "svibnja",
    "lipnja",
    "srpnja",
    "kolovoza",
    "rujna",
    "listopada",
    "studenoga",
    "prosinca",
    // Estonian, Latvian, Icelandic.
    "jaanuar",
    "veebruar",
    "märts",
    "aprill",
    "juuni",
    "juuli",
    "detsember",
    "janvāris",
    "janvārī",
    "februārī",
    "martā",
    "aprīlī",
    "maijā",
    "jūnijā",
    "jūlijā",
    "augustā",
    "septembrī",
    "oktobrī",
    "novembrī",
    "decembrī",
    "janúar",
    "febrúar",
    "apríl",
    "maí",
    "júní",
    "júlí",
    "ágúst",
    "október",
    "nóvember",
];

#[cfg(test)]
mod tests {
    use super::{begins_with_counted, begins_with_month};

    #[test]
    fn periods_are_told_from_items() {
        for words in [" Quartal: 5 %", " Halbjahr und im", " pololetí", " Stock: Server", " Tag"] {
            assert!(begins_with_counted(words), "{words}");
        }
        for words in [" Tag the release", " Stock the shelf", " Quarterly report", "", " Schichten planen"] {
            assert!(!begins_with_counted(words), "{words}");
        }
    }

    #[test]
    fn days_are_distinguished_from_items() {
        for words in [" Januar 2026: Audit", " tammikuuta", " října 2026", " Dez. 2026", " maj"] {
            assert!(begins_with_month(words), "{words}");
        }
        for words in [" Quartal", " Mar the surface", " Maintain it", "", " 2026"] {
            assert!(!begins_with_month(words), "{words}");
        }
    }
}
