//! Distinguishes telephone numbers from other numbers that look like them: dates, times, account and serial numbers,
//! and amounts that follow a telephone number.

mod words;

use words::{
    CALL_WORDS, CASE_SENSITIVE_WORDS, LEADING_NUMBER_WORDS, NUMBER_WORDS, OTHER_NUMBERS, TELEPHONE_LABELS, UNITS,
};

/// The maximum number of digits in an amount, or in the hour of a time of day.
const MAX_AMOUNT_DIGITS: usize = 2;
/// The minimum number of digits before an amount. A number whose groups are all short may end in one itself.
const MIN_LAST_DIGITS: usize = 4;
/// The minimum number of digits of a number that begins with the prefix of international calls, `00`.
const MIN_INTERNATIONAL_DIGITS: usize = 10;
/// The number of pairs of digits in a French number. More of them are a list.
const MAX_PAIRS: usize = 5;

/// Whether the text before a number names another kind of number.
pub(super) fn names_other_number(before: &str) -> bool {
    let mut words = label_words(before);
    let Some(last) = words.next() else { return false };
    let word = plain_word(last);
    OTHER_NUMBERS.contains(&word.as_str())
        || CASE_SENSITIVE_WORDS.contains(&trim_signs(last))
        || counts_something_else(last, words.clone())
        || is_account(last, words)
}

/// Whether the text before a number ends with a word for a telephone.
pub(super) fn names_telephone(before: &str) -> bool {
    label_words(before).next().is_some_and(|last| TELEPHONE_LABELS.contains(&plain_word(last).as_str()))
}

/// Whether a number is a dotted telephone number such as `+44.1632.960111`, not an amount: its groups differ from those
/// of thousands.
pub(super) fn is_dotted_international(number: &str) -> bool {
    let is_dotted = |c: char| c == '+' || c == '.' || c.is_ascii_digit();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_amount = number.split('.').skip(1).all(|group| group.len() == 3);
    number.starts_with('+') && number.chars().all(is_dotted) && digits >= MIN_INTERNATIONAL_DIGITS && !is_amount
}

/// The words before a number, from the last to the first, without signs that stand alone.
fn label_words(before: &str) -> impl Iterator<Item = &str> + Clone {
    before.split_whitespace().rev().filter(|word| !matches!(*word, ":" | "：" | "#"))
}

fn trim_signs(word: &str) -> &str {
    word.trim_matches(|c: char| ".:,#(：、（".contains(c))
}

fn plain_word(word: &str) -> String {
    trim_signs(word).to_lowercase()
}

/// Whether a word for a number, such as *no.* or *Kundennr.*, ends some words, or begins them as in *N° client*, and
/// does not refer to a telephone number. Words come from the last to the first.
fn counts_something_else<'t>(last: &'t str, mut before: impl Iterator<Item = &'t str>) -> bool {
    let is_called = |word: &str| TELEPHONE_LABELS.iter().chain(&CALL_WORDS).any(|known| word.ends_with(known));
    let last = last.trim_end_matches([':', '：', ',', '#', '(']).to_lowercase();
    let last = last.rsplit(['、', '。', '，']).next().unwrap_or_default();
    let Some(head) = NUMBER_WORDS.iter().filter_map(|word| last.strip_suffix(word)).min_by_key(|head| head.len())
    else {
        let is_number = |word: &str| LEADING_NUMBER_WORDS.contains(&plain_word(word).as_str());
        let between = before.take(2).position(is_number);
        return between.is_some() && !is_called(trim_signs(last));
    };
    if head.is_empty() {
        // `Number: 01632 960111`, with nothing before it, is one to call.
        return before.next().map_or(last.len() < "number".len(), |word| !is_called(&plain_word(word)));
    }
    // `Kundennr.` and `Art.-Nr.` say themselves what they count. Other words end in the same letters: `paid`, `casino.`
    let is_word_end = !head.ends_with(['-', '.']) && (last.ends_with("id") || last.ends_with("no."));
    let head = head.trim_end_matches(['-', '.', '/']);
    !is_word_end && !is_called(head) && !is_called(head.trim_end_matches('s'))
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

/// A number without the amount or time at its end, which the text after it shows to be one: `10` before `minutes`.
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
pub(super) fn is_other_number(number: &str) -> bool {
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
