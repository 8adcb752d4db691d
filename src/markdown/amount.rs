//! Amounts at the start of a text: a number with its unit.

use super::info::is_east_asian;

/// Numbers in words.
pub(super) const NUMBERS: [&str; 57] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "ninety", "hundred", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
    "zehn", "zwölf", "zwanzig", "dreißig", "fünfzig", "hundert", "deux", "trois", "quatre", "cinq", "sept", "huit",
    "dix", "dos", "tres", "cuatro", "cinco", "seis", "ocho", "diez", "due", "tre", "quattro", "cinque", "sei", "otto",
    "dieci", "twee", "drie", "vijf", "zes",
];
/// Words for one, which also begin other sentences.
pub(super) const ONES: [&str; 13] =
    ["one", "a", "an", "ein", "eine", "einem", "einen", "einer", "un", "une", "una", "uno", "een"];

pub(super) const MONEY_SIGNS: &str = "€£$¥₹₩";
const MONEY_CODES: [&str; 15] =
    ["EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "CZK", "INR", "CNY", "BRL"];

/// A number at the start of a text, with what follows it.
#[derive(Debug)]
pub(super) struct Amount<'t> {
    number: &'t str,
    pub(super) has_currency: bool,
    /// Whether the next word touches the number.
    is_tight: bool,
    rest: &'t str,
}

impl<'t> Amount<'t> {
    pub(super) fn read(text: &'t str) -> Option<Amount<'t>> {
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
    pub(super) fn is_certain(&self) -> bool {
        self.has_currency
            || is_unit(self.word())
            || self.has_dense_unit()
            || self.rest.starts_with(['%', '‰', '°'])
            || self.has_money_sign()
    }

    /// Whether a unit of an East Asian script follows: `30分以上`.
    fn has_dense_unit(&self) -> bool {
        DENSE_UNITS.iter().any(|unit| self.rest.starts_with(unit))
    }

    fn has_money_sign(&self) -> bool {
        self.rest.starts_with(|c| MONEY_SIGNS.contains(c))
    }

    /// Whether it counts something: neither a year, a date, a time nor the number of a section or of an item.
    pub(super) fn is_likely(&self) -> bool {
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
        let next = self.rest.chars().next();
        if matches!(next, Some('×' | 'σ')) || self.is_repeated_in_brackets() {
            return true;
        }
        if next.is_some_and(is_east_asian) {
            // `5月` is May, and `2026年` a year.
            return !matches!(next, Some('月' | '日' | '年' | '월' | '일' | '년' | '条' | '章' | '節'));
        }
        let begins_word = self.rest.starts_with(char::is_alphabetic) && !self.is_tight;
        let is_title = self.rest.starts_with(char::is_uppercase) && !is_whole;
        begins_word && !is_title
    }

    /// Whether a sentence goes on or ends right behind it: `12.`, `50, then`.
    pub(super) fn ends_clause(&self) -> bool {
        let after = self.rest.strip_prefix(['.', ',', ';']);
        let is_year = self.number.len() == 4 && self.number.starts_with(['1', '2']);
        self.is_tight && !is_year && after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
    }

    /// Whether the number is repeated in words: `5 (five) users`.
    fn is_repeated_in_brackets(&self) -> bool {
        let inner = self.rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inner, _)| inner.trim());
        inner.is_some_and(|inner| NUMBERS.contains(&inner.to_lowercase().as_str()))
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
            '/' if FRACTIONS.contains(&&text[..end + 1 + group]) && text[end + 2..].starts_with(' ') => {}
            ':' | '/' | '-' | '.' | ')' if group > 0 => return None,
            '.' | ')' if text[end + 1..].starts_with([' ', '\t']) => return None,
            _ => break,
        }
        end += sign.len_utf8() + group;
    }
    Some(end)
}

/// Units in Japanese, Chinese and Korean that no date contains.
const DENSE_UNITS: [&str; 26] = [
    "分", "秒", "時間", "小时", "小時", "日間", "日以", "天", "週間", "周以", "か月", "ヶ月", "カ月", "个月", "個月",
    "人", "名", "件", "台", "回", "円", "元", "분", "시간", "명", "건",
];

const FRACTIONS: [&str; 5] = ["1/2", "1/3", "2/3", "1/4", "3/4"];

/// Whether a word is a unit of time, of data or of what is counted in a handbook.
pub(super) fn is_unit(word: &str) -> bool {
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
