//! Tells telephone numbers from other numbers that look like them: dates, times, account and serial numbers, and
//! amounts that follow a telephone number.

/// Words before numbers that are called by nobody.
const OTHER_NUMBERS: [&str; 20] = [
    "account",
    "asset",
    "bestellung",
    "iban",
    "invoice",
    "isbn",
    "ismn",
    "issn",
    "konto",
    "po",
    "range",
    "rechnung",
    "serial",
    "seriennummer",
    "serien-nr",
    "sn",
    "s/n",
    "ticket",
    "values",
    "werte",
];

/// Words after an amount, in the languages of most handbooks.
const UNITS: [&str; 41] = [
    "days", "fois", "giorni", "h", "heures", "hours", "hrs", "horas", "jours", "keer", "mal", "min", "mins", "minutes",
    "minuten", "minuti", "minutos", "dagen", "dias", "días", "people", "persons", "personen", "rings", "seconds",
    "secs", "sec", "sekunden", "secondes", "segundos", "stunden", "tage", "tagen", "times", "uhr", "uur", "veces",
    "volte", "vezes", "weeks", "wochen",
];

/// The maximum number of digits in an amount, or in the hour of a time of day.
const MAX_AMOUNT_DIGITS: usize = 2;
/// The minimum number of digits before an amount. A number whose groups are all short may end in one itself.
const MIN_LAST_DIGITS: usize = 4;
/// The minimum number of digits of a number that begins with the prefix of international calls, `00`.
const MIN_INTERNATIONAL_DIGITS: usize = 10;
/// The number of pairs of digits in a French number. More of them are a list.
const MAX_PAIRS: usize = 5;

/// Whether the text before a number names another kind of number.
pub(super) fn is_named_otherwise(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let word = |text: &str| text.trim_matches(|c: char| ".:,#(".contains(c)).to_lowercase();
    let Some(last) = words.next() else { return false };
    OTHER_NUMBERS.contains(&word(last).as_str()) || is_account(last, words)
}

/// Whether these words, from the last to the first, begin an international bank account number.
fn is_account<'t>(last: &'t str, before: impl Iterator<Item = &'t str>) -> bool {
    for word in std::iter::once(last).chain(before).take(8) {
        let [country, digits @ ..] = word.as_bytes() else { return false };
        let is_group = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !is_group {
            return false;
        }
        if country.is_ascii_uppercase() && matches!(digits, [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']) {
            return true;
        }
    }
    false
}

/// A number without the amount or time at its end, which the text behind it shows to be one: `10` before `minutes`.
pub(super) fn without_amount<'t>(number: &'t str, after: &str) -> &'t str {
    let Some((shorter, tail)) = number.rsplit_once(' ') else { return number };
    let is_short = tail
        .split('-')
        .all(|group| (1..=MAX_AMOUNT_DIGITS).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit()));
    let unit = after.strip_prefix(' ').unwrap_or(after);
    let unit = &unit[..unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len())];
    let is_time = || after.starts_with(':') && after[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_all_day = || tail == "24" && after.starts_with("/7");
    let is_complete = shorter.bytes().rev().take_while(u8::is_ascii_digit).count() >= MIN_LAST_DIGITS;
    let is_counted = || is_complete && UNITS.contains(&unit.to_lowercase().as_str());
    let is_amount = is_short && (is_all_day() || is_time() || is_counted());
    if is_amount { shorter } else { number }
}

/// Whether a national number is a date, a range of times, or a list.
pub(super) fn is_no_telephone_number(number: &str) -> bool {
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let is_pairs = groups.len() > MAX_PAIRS && groups.iter().all(|group| group.len() == 2);
    let is_code = number.starts_with("00") && digits < MIN_INTERNATIONAL_DIGITS;
    is_pairs || is_code || is_date(&groups) || number.contains('-') && is_times(&groups)
}

/// Whether groups of digits are a date: `05-10-2026`.
fn is_date(groups: &[&str]) -> bool {
    let [day, month, year] = groups else { return false };
    let value = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (day, month) = (value(day).max(value(month)), value(day).min(value(month)));
    year.len() == 4 && (1900..2100).contains(&value(year)) && (1..=31).contains(&day) && (1..=12).contains(&month)
}

/// Whether groups of digits are two times of the day: `0800-1700`.
fn is_times(groups: &[&str]) -> bool {
    let is_time = |text: &&str| match (text.len(), text.parse::<u32>()) {
        (4, Ok(time)) => time / 100 <= 24 && time % 100 < 60,
        _ => false,
    };
    groups.len() == 2 && groups.iter().all(is_time)
}
