//! `>` before an amount, as in `> 30 minutes`: at the start of a line, Markdown reads it as a quotation.

use std::borrow::Cow;

use super::amount::{Amount, MONEY_SIGNS, NUMBERS, ONES, is_unit};

/// Where a quotation begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuotePosition {
    /// At the start of a list item or a definition.
    Item,
    /// Within a sentence that continues from the line above.
    Sentence,
    /// On lines of its own.
    Alone,
}

/// Whether the first `>` of a quotation is a comparison: it precedes `=` or an amount. On lines of its own, where
/// quotations are common, only a unit shows this.
pub(super) fn is_comparison(quote: &str, position: QuotePosition) -> bool {
    let quote = quote.trim();
    let Some(line) = quote.strip_prefix('>').and_then(|quote| quote.lines().next()) else { return false };
    let first = &*without_markup(line);
    if let Some(rest) = first.strip_prefix('=') {
        return rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || MONEY_SIGNS.contains(c));
    }
    let is_one_line = !quote.contains('\n');
    if is_one_line && position == QuotePosition::Item && (is_level(first.trim()) || is_value(first.trim())) {
        return true;
    }
    if is_one_line
        && (is_percentile(first.trim()) || position == QuotePosition::Sentence && is_end_of_clause(first.trim()))
    {
        return true;
    }
    let is_tight = !first.starts_with([' ', '\t', '\u{a0}']);
    let is_limit = position != QuotePosition::Alone || is_tight;
    if is_one_line && is_limit && is_amount_in_words(first.trim()) {
        return true;
    }
    let Some(amount) = Amount::read(without_qualifier(first.trim_start())) else { return false };
    let mut others = quote.lines().skip(1).filter_map(|line| line.trim_start().strip_prefix('>')).peekable();
    if others.peek().is_some() {
        let is_certain = |line: &str| Amount::read(line.trim_start()).is_some_and(|amount| amount.is_certain());
        return amount.is_certain() && others.all(is_certain);
    }
    if position != QuotePosition::Alone {
        return amount.is_likely();
    }
    amount.is_certain() && (is_tight || amount.has_currency || !ends_sentence(quote))
}

/// A line without the marks of emphasis and code around its first words, and without no-break spaces.
fn without_markup(line: &str) -> Cow<'_, str> {
    let is_mark = |c: char| matches!(c, '*' | '_' | '`');
    let words = line.trim_start();
    if !words.starts_with(is_mark) && !line.contains("&nbsp;") {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.replace("&nbsp;", " ").replace(is_mark, ""))
}

/// The text after a word or a sign that makes an amount approximate: `ca. 5 %`, `~5 %`, `±5 %`.
fn without_qualifier(text: &str) -> &str {
    let rest = text.trim_start_matches(['~', '≈', '±', '∼']);
    let rest =
        rest.strip_prefix(['-', '−']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
    let rest = rest.trim_start();
    let word = rest.split([' ', '\u{a0}']).next().unwrap_or_default();
    let is_qualifier = QUALIFIERS.iter().any(|qualifier| qualifier.eq_ignore_ascii_case(word));
    if is_qualifier { rest[word.len()..].trim_start() } else { rest }
}

const QUALIFIERS: [&str; 10] =
    ["about", "approx", "approx.", "approximately", "ca", "ca.", "circa", "env.", "etwa", "rund"];

/// Whether a text is the name of a level, as in `> P2` and `> medium`.
fn is_level(text: &str) -> bool {
    let name = text.trim_end_matches(['.', ',', ';']);
    let number = name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start();
    let word = name[..name.len() - number.len()].trim_end();
    let is_numbered = number.len() == 1 && number.starts_with(|c: char| c.is_ascii_digit());
    LEVELS.contains(&word.to_lowercase().as_str()) && number.is_empty()
        || is_numbered && LEVEL_WORDS.contains(&word.to_lowercase().as_str())
}

/// Names of levels in English and German.
const LEVELS: [&str; 8] = ["low", "medium", "high", "critical", "niedrig", "mittel", "hoch", "kritisch"];
/// Words before the number of a level.
const LEVEL_WORDS: [&str; 12] =
    ["p", "s", "prio", "priority", "priorität", "sev", "severity", "level", "class", "klasse", "stufe", "tier"];

/// Whether a text begins with an amount in words, such as `four hours`, or is a number in words.
fn is_amount_in_words(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let unit = second.trim_matches(|c: char| !c.is_alphanumeric());
    let third = words.next().map(|word| word.trim_end_matches([',', ':']));
    let number = first.trim_end_matches(['.', ',', ';']).to_lowercase();
    let is_number = NUMBERS.contains(&number.as_str());
    let is_time_of_event = matches!(third, Some("later" | "ago" | "after" | "später"));
    // `One day, …` begins a story.
    let is_whole = !second.ends_with(',') && matches!(third, None | Some("of" | "or" | "per" | "von" | "oder" | "pro"));
    is_number && (second.is_empty() || is_unit(unit) && !is_time_of_event)
        || ONES.contains(&number.as_str()) && is_unit(unit) && is_whole
        || number == "half" && matches!(second, "of" | "the") && !ends_sentence(text)
}

/// Whether a text begins with an ordinal that is an amount: `95th percentile`, `95. Perzentil`.
fn is_percentile(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_ordinal = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let unit = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    is_ordinal && matches!(unit.as_str(), "percentile" | "perzentil" | "quantil")
}

/// Whether a text is nothing but a time, a day, a version or a power of ten.
fn is_value(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ',', ';']);
    let value = ["Uhr", "am", "pm", "h"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim_end();
    let parts =
        |sign: char| value.split(sign).map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part.len()));
    let is_time = parts(':').map(|part| part.unwrap_or_default()).eq([1, 2]) || parts(':').eq([Some(2), Some(2)]);
    let is_day = parts('-').eq([Some(4), Some(2), Some(2)]);
    let version = value.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_version = version && value[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_power = value.strip_prefix("10^").is_some_and(|power| power.starts_with(|c: char| c.is_ascii_digit()));
    is_time || is_day || is_version || is_power && !value.contains(' ')
}

/// Whether a text begins with a bare number or a level, right behind which its clause ends: `12.`, `P3, escalate`.
fn is_end_of_clause(text: &str) -> bool {
    let is_number = Amount::read(without_qualifier(text)).is_some_and(|amount| amount.ends_clause());
    is_number || text.find(['.', ',', ';']).is_some_and(|end| is_level(&text[..end]))
}

/// Whether a quotation may be a sentence of somebody: it goes on behind its amount, and gives no rule for it.
pub(super) fn is_sentence(quote: &str) -> bool {
    const MIN_WORDS: usize = 4;
    let words = quote.trim_start_matches(['>', ' ']);
    words.split_whitespace().count() >= MIN_WORDS && !words.contains([':', '=', '→', '↔', '|'])
}

/// Whether a text ends like a sentence.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '»', '\'', '*', '_', ')']).ends_with(['.', '!', '?', '…', '。'])
}

/// Whether a list item with `+` continues a sentence: `+ 10 %`.
pub(super) fn is_increase(item: &str) -> bool {
    let item = item.trim();
    let amount = item.strip_prefix('+').and_then(|rest| Amount::read(rest.trim_start()));
    amount.is_some_and(|amount| amount.is_certain()) && !item.contains('\n')
}

/// Whether a list item with `+` is a telephone number: a country code, and seven digits or more with it.
pub(super) fn is_telephone(item: &str) -> bool {
    let Some(number) = item.trim().strip_prefix("+ ").map(str::trim_start) else { return false };
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_sign = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '/' | '.' | '(' | ')');
    (7..=15).contains(&digits) && number.starts_with(|c| ('1'..='9').contains(&c)) && number.chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_distinguished_from_quotations() {
        use QuotePosition::{Alone, Item, Sentence};
        for (quote, position) in [
            (">= 99.9 %", Alone),
            (">=4h", Item),
            ("> 50 users cannot work", Item),
            ("> 50 Benutzer können nicht arbeiten", Item),
            ("> 12 laptops", Item),
            ("> 2000 users", Item),
            ("> 99.9", Item),
            ("> 1'000 devices", Item),
            ("> 10–20 min", Item),
            ("> 30 minutes.", Sentence),
            ("> 4 Std. ist der Leiter zu informieren.", Sentence),
            ("> 5 users", Alone),
            ("> 5 users\n> 3 hours", Alone),
            (">30 minutes of downtime make an incident a major one.", Alone),
            ("> €10,000 needs two signatures.", Alone),
            ("> 5 users who\ncannot work", Item),
            (">EUR 5 000 needs two signatures.", Alone),
            (">99.5 % availability", Item),
            ("> 30分", Item),
            (">5人が影響", Item),
            ("> 30分以上", Alone),
            ("> 5명 이상", Item),
            ("> **5** users", Item),
            (">**50 users**", Item),
            ("> `50` users", Item),
            ("> 50&nbsp;users", Item),
            ("> **30 minutes** outage", Alone),
            ("> approx. 50 users", Item),
            ("> ca. 5 %", Item),
            ("> ~5 %", Item),
            ("> -5 °C", Item),
            ("> ±5 %", Alone),
            ("> 5 (five) users", Item),
            ("> 1/2 of users", Item),
            ("> 2× the mean", Item),
            ("> 3σ", Item),
            ("> four hours", Item),
            (">four hours of downtime", Alone),
            (">95th percentile", Alone),
            ("> 95. Perzentil", Item),
            (">P2", Item),
            ("> Prio 2", Item),
            ("> medium", Item),
            ("> 12.", Sentence),
            ("> 50, dann eskalieren.", Sentence),
            (">80, otherwise wait.", Sentence),
            ("> P3.", Sentence),
            ("> medium, escalate.", Sentence),
            ("> a day.", Sentence),
            ("> fifty.", Sentence),
            ("> five", Item),
            ("> eine Stunde", Item),
            ("> one hour of downtime", Item),
            ("> trois jours", Item),
            ("> half of the users", Item),
            ("> 08:00", Item),
            ("> 8:00 Uhr", Item),
            ("> 10^6", Item),
            ("> v2.0", Item),
            ("> 2026-01-01", Item),
            ("> 95. Perzentil", Alone),
        ] {
            assert!(is_comparison(quote, position), "{quote}");
        }
        for (quote, position) in [
            ("> 2026 was a good year", Item),
            ("> 2026 was a good year", Sentence),
            ("> 3 people said that they did not know.", Alone),
            ("> 24 hours is too long.", Alone),
            ("> 90 % of the calls are answered.\n> Nobody waits.", Alone),
            ("> 1. First", Item),
            ("> 30. September 2026", Item),
            ("> 12 March 2026: the server stopped", Item),
            ("> 8.6 Resolution", Item),
            ("> 8.6.1 incidents", Item),
            ("> 10:30 the server stopped", Item),
            ("> 24/7 support", Item),
            ("> 2026-01-02 stopped", Sentence),
            ("> 1st-line support", Item),
            ("> 3D drawings", Item),
            ("> 3 years ago, a server stopped\n> and nobody was told", Item),
            ("> A quotation", Sentence),
            (">", Item),
            ("> ==marked==", Item),
            ("> 2026年5月に停止した", Item),
            ("> 5月1日に停止した", Item),
            ("> 5 (see above) was late", Item),
            ("> medium is fine, they said", Item),
            ("> P2", Alone),
            ("> Four hours later, nothing worked", Item),
            ("> One hour is too long.", Alone),
            ("> **Note** 5 users", Item),
            (">====", Alone),
            ("> A day is too long.", Sentence),
            ("> A week ago nothing worked.", Item),
            ("> One day, we will see.", Item),
            ("> One day we will see.", Item),
            ("> P3 was wrong.", Sentence),
            ("> medium is fine", Sentence),
            ("> 2026, the year of the audit", Sentence),
            ("> 12. Mai 2026", Sentence),
            ("> 2026-01-01: server down", Item),
            ("> 08:00 the server stopped", Item),
            ("> v2.0 was released", Item),
            ("> 12.", Alone),
            ("> 1. Stop\n> 2. Start", Sentence),
        ] {
            assert!(!is_comparison(quote, position), "{quote}");
        }
        assert!(is_increase("+ 10 % in 2027.") && !is_increase("+ 10 Downing Street") && !is_increase("- 10 %"));
    }
}
