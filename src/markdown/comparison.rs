//! `>` before an amount, as in `> 30 minutes`: at the start of a line, Markdown reads it as a quotation.

/// Where a quotation begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuotePosition {
    /// At the start of a list item or a definition.
    Item,
    /// Within a sentence that goes on from the line above.
    Sentence,
    /// On lines of its own.
    Alone,
}

/// Whether the first `>` of a quotation is a comparison: it precedes `=` or an amount. On lines of its own, where
/// quotations are common, only a unit shows this.
pub(super) fn is_comparison(quote: &str, position: QuotePosition) -> bool {
    let quote = quote.trim();
    let Some(first) = quote.strip_prefix('>').and_then(|quote| quote.lines().next()) else { return false };
    if let Some(rest) = first.strip_prefix('=') {
        return rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || MONEY_SIGNS.contains(c));
    }
    let Some(amount) = Amount::read(first.trim_start()) else { return false };
    let mut others = quote.lines().skip(1).filter_map(|line| line.trim_start().strip_prefix('>')).peekable();
    if others.peek().is_some() {
        let is_certain = |line: &str| Amount::read(line.trim_start()).is_some_and(|amount| amount.is_certain());
        return amount.is_certain() && others.all(is_certain);
    }
    if position != QuotePosition::Alone {
        return amount.is_likely();
    }
    let is_tight = !first.starts_with([' ', '\t', '\u{a0}']);
    amount.is_certain() && (is_tight || amount.has_currency || !ends_sentence(quote))
}

/// Whether a text ends like a sentence.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '»', '\'', '*', '_', ')']).ends_with(['.', '!', '?', '…', '。'])
}

/// Whether a list item with `+` goes on from a sentence: `+ 10 %`.
pub(super) fn is_increase(item: &str) -> bool {
    let item = item.trim();
    let amount = item.strip_prefix('+').and_then(|rest| Amount::read(rest.trim_start()));
    amount.is_some_and(|amount| amount.is_certain()) && !item.contains('\n')
}

const MONEY_SIGNS: &str = "€£$¥₹₩";
const MONEY_CODES: [&str; 15] =
    ["EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "INR", "CNY", "BRL"];

/// A number at the start of a text, with what follows it.
#[derive(Debug)]
struct Amount<'t> {
    number: &'t str,
    has_currency: bool,
    /// Whether the next word touches the number.
    is_tight: bool,
    rest: &'t str,
}

impl<'t> Amount<'t> {
    fn read(text: &'t str) -> Option<Amount<'t>> {
        let before = text.trim_start_matches(|c| MONEY_SIGNS.contains(c));
        let code = MONEY_CODES.iter().find_map(|code| before.strip_prefix(code)?.strip_prefix([' ', '\u{a0}']));
        let has_currency = before.len() < text.len() || code.is_some();
        let number_text = code.unwrap_or(before).trim_start();
        let length = number_length(number_text)?;
        let (number, rest) = number_text.split_at(length);
        let words = rest.trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']);
        Some(Amount { number, has_currency, is_tight: words.len() == rest.len(), rest: words })
    }

    /// Whether it has a unit.
    fn is_certain(&self) -> bool {
        self.has_currency || is_unit(self.word()) || self.rest.starts_with(['%', '‰', '°']) || self.has_money_sign()
    }

    fn has_money_sign(&self) -> bool {
        self.rest.starts_with(|c| MONEY_SIGNS.contains(c))
    }

    /// Whether it counts something: neither a year, a date, a time nor the number of a section or of an item.
    fn is_likely(&self) -> bool {
        if self.is_certain() {
            return true;
        }
        let is_whole = self.number.bytes().all(|byte| byte.is_ascii_digit());
        let is_year = is_whole && self.number.len() == 4 && self.number.starts_with(['1', '2']);
        if is_year || self.is_date() {
            return false;
        }
        if self.rest.is_empty() {
            return true;
        }
        let begins_word = self.rest.starts_with(char::is_alphabetic) && !self.is_tight;
        let is_title = self.rest.starts_with(char::is_uppercase) && !is_whole;
        begins_word && !is_title
    }

    /// Whether it begins a date, such as `12 March 2026`.
    fn is_date(&self) -> bool {
        let mut words = self.rest.split_whitespace();
        let is_month = words.next().is_some_and(|word| word.starts_with(char::is_alphabetic));
        let year = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or_default();
        let year = year.trim_end_matches([',', ':', '.']);
        is_month && self.number.len() <= 2 && year.len() == 4 && year.starts_with(['1', '2'])
    }

    /// The next word.
    fn word(&self) -> &'t str {
        let end = self.rest.find(|c: char| !c.is_alphabetic() && c != 'µ').unwrap_or(self.rest.len());
        &self.rest[..end]
    }
}

/// The length of a number or a range, such as `10,000`, `1 000`, `99.5` or `10–20`; `None` if it is a time, a date, a
/// version or the number of an item.
fn number_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = Some(digits(0)).filter(|length| (1..=12).contains(length))?;
    let mut fractions = 0;
    while let Some(sign) = text[end..].chars().next() {
        let group = digits((end + sign.len_utf8()).min(bytes.len()));
        let is_group = group == 3;
        match sign {
            '.' | ',' if group > 0 && fractions == 0 => fractions += usize::from(!is_group),
            ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' if is_group => {}
            '–' if group > 0 => fractions = 0,
            '-' if group > 0 && end < 4 => fractions = 0,
            ':' | '/' | '-' | '.' | ')' if group > 0 => return None,
            '.' | ')' if text[end + 1..].starts_with([' ', '\t']) => return None,
            _ => break,
        }
        end += sign.len_utf8() + group;
    }
    Some(end)
}

/// Whether a word is a unit of time, of data or of what is counted in a handbook.
fn is_unit(word: &str) -> bool {
    SHORT_UNITS.contains(&word)
        || MONEY_CODES.contains(&word)
        || UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(word) || unit.to_lowercase() == word.to_lowercase())
}

/// Units whose case matters.
const SHORT_UNITS: [&str; 27] = [
    "h", "d", "s", "m", "ms", "min", "km", "kg", "k", "K", "kB", "KB", "MB", "GB", "TB", "PB", "Mbit", "Gbit", "Mbps",
    "Gbps", "GHz", "MHz", "kW", "kWh", "W", "C", "Std",
];

/// Units in the languages of handbooks, in singular and plural.
const UNITS: &[&str] = &[
    "percent",
    "second",
    "seconds",
    "sec",
    "secs",
    "minute",
    "minutes",
    "mins",
    "hour",
    "hours",
    "hr",
    "hrs",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "working",
    "business",
    "calendar",
    "times",
    "user",
    "users",
    "customer",
    "customers",
    "people",
    "persons",
    "employees",
    "incidents",
    "tickets",
    "calls",
    "requests",
    "changes",
    "services",
    "sites",
    "servers",
    "prozent",
    "sekunde",
    "sekunden",
    "minuten",
    "stunde",
    "stunden",
    "tag",
    "tage",
    "tagen",
    "werktage",
    "werktagen",
    "arbeitstage",
    "arbeitstagen",
    "woche",
    "wochen",
    "monat",
    "monate",
    "monaten",
    "jahr",
    "jahre",
    "jahren",
    "benutzer",
    "anwender",
    "nutzer",
    "kunden",
    "personen",
    "mitarbeitende",
    "mitarbeiter",
    "standorte",
    "störungen",
    "prozentpunkte",
    "mio",
    "mrd",
    "heure",
    "heures",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "mois",
    "an",
    "ans",
    "secondes",
    "utilisateurs",
    "clients",
    "personnes",
    "hora",
    "horas",
    "minuto",
    "minutos",
    "segundos",
    "día",
    "días",
    "dia",
    "dias",
    "semana",
    "semanas",
    "mes",
    "meses",
    "año",
    "años",
    "ano",
    "anos",
    "usuarios",
    "usuários",
    "clientes",
    "personas",
    "ore",
    "ora",
    "minuti",
    "secondi",
    "giorno",
    "giorni",
    "settimane",
    "mese",
    "mesi",
    "anni",
    "utenti",
    "clienti",
    "persone",
    "uur",
    "uren",
    "minuut",
    "minuten",
    "dag",
    "dagen",
    "weken",
    "maanden",
    "jaar",
    "gebruikers",
    "klanten",
    "godzin",
    "minut",
    "dni",
    "tygodni",
    "timmar",
    "minuter",
    "dagar",
    "timer",
    "minutter",
    "dage",
    "dager",
    "million",
    "millions",
    "thousand",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_from_quotations() {
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
            (">====", Alone),
        ] {
            assert!(!is_comparison(quote, position), "{quote}");
        }
        assert!(is_increase("+ 10 % in 2027.") && !is_increase("+ 10 Downing Street") && !is_increase("- 10 %"));
    }
}
