//! Splits English text into words and reduces these to their stems.

use std::sync::LazyLock;

use ahash::AHashSet;

/// A word.
pub(super) struct Word<'t> {
    /// The stem that its forms share: `audit` for audits and audited.
    pub(super) stem: Box<str>,
    /// The word as written.
    pub(super) spelling: &'t str,
}

/// Words that occur in all texts of a management system, or that do not tell anything about their subject.
const COMMON: &str = "a about after against all also an and any are as at be because been before being between both but by can could \
    did do document documentation documented does done down during each every for from gave get give given gives had has have he here how i if in \
    into is it its keep keeps kept like made make makes manage managed management may more most must my name named new no not of on one only \
    or organisation organization other our out over own per record records requirement requirements said same say says see service \
    services set sets she should show shows sms so standard such take than that the their them then there these they this those to \
    two under up us use used uses using was we were what when where which while who will with within without would you your";
static STOP_WORDS: LazyLock<AHashSet<&str>> = LazyLock::new(|| COMMON.split_ascii_whitespace().collect());
/// Inflectional suffixes with their replacements; the first match applies.
const FORMS: [(&str, &str); 8] =
    [("ies", "y"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("es", ""), ("s", "")];
/// Derivational suffixes.
const DERIVED: [&str; 7] = ["ation", "ment", "ness", "ance", "ity", "al", "e"];

/// The significant words of a text, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_alphabetic())).filter_map(word)
}

fn word(spelling: &str) -> Option<Word<'_>> {
    let lower = spelling.to_ascii_lowercase();
    let is_common = STOP_WORDS.contains(&*lower);
    (!is_common).then(|| Word { stem: stem(&lower).into(), spelling })
}

fn stem(word: &str) -> String {
    let form = |(ending, other): &(&str, &str)| {
        let rest = word.strip_suffix(ending).filter(|rest| rest.len() >= 4 && !word.ends_with("ss"))?;
        Some(format!("{rest}{other}"))
    };
    let word = FORMS.iter().find_map(form).unwrap_or_else(|| word.to_owned());
    let derived = DERIVED.iter().find_map(|ending| word.strip_suffix(ending).filter(|rest| rest.len() >= 5));
    derived.map_or_else(|| word.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one() {
        for forms in [
            ["incident", "incidents", "Incident"],
            ["policy", "policies", "Policies"],
            ["audit", "audits", "audited"],
            ["continuity", "continuity", "CONTINUITY"],
        ] {
            let stems: Vec<Box<str>> = forms.iter().flat_map(|form| words(form).map(|word| word.stem)).collect();
            assert!(stems.len() == 3 && stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn words_that_say_nothing_are_left_out() {
        let text = "The service management system must keep 24 records of risks, e.g. the ones we own.";
        assert_eq!(words(text).map(|word| word.spelling).collect::<Vec<_>>(), ["system", "risks", "ones"]);
    }
}
