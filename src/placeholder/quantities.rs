//! Amounts that were never filled in: `within XX hours`, `see chapter ??`.

use std::ops::Range;

/// Units of amounts in targets, in lower case.
const UNITS: [&str; 64] = [
    "%",
    "percent",
    "hour",
    "hours",
    "h",
    "hrs",
    "minute",
    "minutes",
    "min",
    "mins",
    "second",
    "seconds",
    "day",
    "days",
    "working",
    "business",
    "calendar",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "stunden",
    "minuten",
    "sekunden",
    "tage",
    "tagen",
    "werktage",
    "werktagen",
    "arbeitstage",
    "arbeitstagen",
    "wochen",
    "monate",
    "monaten",
    "jahre",
    "jahren",
    "prozent",
    "heures",
    "jours",
    "semaines",
    "mois",
    "ans",
    "horas",
    "minutos",
    "días",
    "dias",
    "semanas",
    "meses",
    "años",
    "anos",
    "ore",
    "minuti",
    "giorni",
    "settimane",
    "mesi",
    "anni",
    "uur",
    "dagen",
    "weken",
    "maanden",
    "jaar",
    "godzin",
    "dni",
];

/// Words before the number of a part of a text.
const PARTS: [&str; 14] = [
    "chapter",
    "section",
    "clause",
    "page",
    "figure",
    "table",
    "appendix",
    "annex",
    "kapitel",
    "abschnitt",
    "seite",
    "abbildung",
    "tabelle",
    "anhang",
];

/// The blanks in a text that stand for an amount or for the number of a part, in order.
pub(crate) fn find_blank_amounts(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let marks = memchr::memchr3_iter(b'X', b'?', b'_', bytes).chain(memchr::memchr3_iter(b'x', b'<', 0xe2, bytes));
    marks.filter_map(|at| {
        let range = blank_at(text, at)?;
        let is_open = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '≤' | '<' | '>' | ':');
        let is_start = text[..range.start].chars().next_back().is_none_or(is_open);
        let is_amount = || UNITS.contains(&word_after(&text[range.end..]).as_str());
        let is_part =
            || text[range.clone()].starts_with('?') && PARTS.contains(&word_before(&text[..range.start]).as_str());
        let is_other = || is_price(&text[..range.start]) || is_date(&text[range.clone()], &text[range.end..]);
        (is_start && (is_amount() || is_part() || is_other())).then_some(range)
    })
}

/// Whether a currency precedes a blank: `€ XX`, `EUR xx`.
fn is_price(before: &str) -> bool {
    const CURRENCIES: [&str; 7] = ["€", "£", "$", "EUR", "USD", "GBP", "CHF"];
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(10))..];
    let word = near.trim_end().rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    CURRENCIES.contains(&word)
}

/// Whether a blank begins a date: `xx.xx.2026`.
fn is_date(blank: &str, after: &str) -> bool {
    let month = after.strip_prefix(['.', '/']).and_then(|after| after.strip_prefix(blank));
    let year = month.and_then(|after| after.strip_prefix(['.', '/']));
    let is_blank = |c: char| c.is_ascii_digit() || blank.starts_with(c);
    blank.len() == 2 && year.is_some_and(|year| year.chars().take_while(|c| is_blank(*c)).count() > 1)
}

/// Whether a text is nothing but a blank with a unit: `XX hours`, `≤ xx h`.
pub(super) fn is_blank_amount(text: &str) -> bool {
    const MAX_UNIT_WORDS: usize = 2;
    find_blank_amounts(text).next().is_some_and(|range| {
        !text[..range.start].contains(char::is_alphanumeric)
            && text[range.end..].split_whitespace().count() <= MAX_UNIT_WORDS
    })
}

/// The blank that starts at, or right before, a position: `XX`, `[X]`, `__`, `<n>`, `??`, `…`.
fn blank_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if first == '<' {
        return ["<n>", "<x>", "<xx>"].iter().find(|field| rest.starts_with(**field)).map(|field| at..at + field.len());
    }
    let before = text[..at].chars().next_back();
    // Inside a run, its length would be counted again at each of its signs.
    if before == Some(first) {
        return None;
    }
    let run = rest.len() - rest.trim_start_matches(first).len();
    match first {
        'X' | 'x' if before == Some('[') && rest[run..].starts_with(']') => Some(at - 1..at + run + 1),
        'X' | 'x' | '_' | '?' if run >= 2 => Some(at..at + run),
        '…' => Some(at..at + run),
        _ => None,
    }
}

/// The word right after a blank, in lower case.
fn word_after(text: &str) -> String {
    let text = text.strip_prefix([' ', '\u{a0}', '-']).unwrap_or(text);
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    if text.starts_with('%') { "%".to_owned() } else { text[..end].to_lowercase() }
}

/// The word right before a blank, in lower case.
fn word_before(text: &str) -> String {
    let text = text.trim_end();
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::find_blank_amounts;

    #[test]
    fn blanks_for_amounts_are_distinguished_from_other_signs() {
        let found = |text| find_blank_amounts(text).map(|range| text[range].to_owned()).collect::<Vec<_>>();
        for (text, blank) in [
            ("Restored within XX hours.", "XX"),
            ("within xx working days", "xx"),
            ("within [X] hours", "[X]"),
            ("within __ hours", "__"),
            ("innerhalb von ____ Stunden", "____"),
            ("within ?? hours", "??"),
            ("within … hours", "…"),
            ("at least XX% of calls", "XX"),
            ("See chapter ??", "??"),
            ("within <n> hours", "<n>"),
            ("costs € XX a month", "XX"),
            ("costs (EUR xx) a month", "xx"),
            ("am xx.xx.2026", "xx"),
        ] {
            assert_eq!(found(text), [blank], "{text}");
        }
        for text in [
            "Really??",
            "XX chromosomes",
            "HTTP 5xx hours",
            "Wait … then call",
            "x hours before",
            "next hours",
            "__init__ days",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
