//! Links telephone numbers in rendered HTML, so that readers on a phone, for example during an incident at night, can
//! tap them to call.
//!
//! A number starts with `+`, or starts with `0` and consists of several groups of digits: `+44 1632 960111`,
//! `01632 960111`, `(01632) 960-111`. After a word such as *Tel.*, its groups may also be separated as people write
//! them there: `0341/123456`, `01.42.68.53.00`. Ambiguous digits (part of an ID, a decimal, a single group) and dates,
//! times and account numbers are left unchanged, because a wrong link calls somebody else.

use std::ops::RangeInclusive;

use memchr::memchr3;

use super::number_kind;
use crate::html::pieces;
use crate::site::skipped_element::SkippedElement;
use crate::text::is_unspaced;

/// Elements in which numbers are not linked.
const SKIPPED_ELEMENTS: &[&str] =
    &["a", "button", "code", "del", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp", "svg"];
/// The number of digits in a telephone number, including the country code of an international one.
const DIGITS: RangeInclusive<usize> = 8..=15;

/// Returns the HTML with a link around each telephone number.
pub(super) fn link_numbers(html: String) -> String {
    if !has_number(&html) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 256);
    let mut skipped = SkippedElement::new(SKIPPED_ELEMENTS);
    for (text, tag) in pieces(&html) {
        if skipped.is_open() {
            out.push_str(text)
        } else {
            link_in(&mut out, text)
        }
        out.push_str(tag);
        skipped.advance(tag);
    }
    out
}

/// Whether the HTML contains anything like a number, in text or in tags. Most pages do not and need no second pass.
fn has_number(html: &str) -> bool {
    let mut at = 0;
    while let Some(start) = memchr3(b'+', b'0', b'(', &html.as_bytes()[at..]).map(|offset| at + offset) {
        if number(&html[start..], Separators::Any).is_some() {
            return true;
        }
        at = start + 1;
    }
    false
}

fn link_in(out: &mut String, text: &str) {
    let mut last_end = 0;
    let mut at = 0;
    while let Some(start) = text[at..].find(['+', '0', '(']).map(|offset| at + offset) {
        let Some(number) = number_in(text, start) else {
            // The remaining digits of this group cannot start a number either.
            at = start + 1 + text[start + 1..].bytes().take_while(u8::is_ascii_digit).count();
            continue;
        };
        out.push_str(&text[last_end..start]);
        out.push_str("<a class=\"tel\" href=\"tel:");
        out.extend(number.chars().filter(|c| c.is_ascii_digit() || *c == '+'));
        out.push_str("\">");
        out.push_str(number);
        out.push_str("</a>");
        at = start + number.len();
        last_end = at;
    }
    out.push_str(&text[last_end..]);
}

/// The maximum number of digits of an amount or a time behind a number, as in `8-18 Uhr`.
const MAX_TAIL_DIGITS: usize = 4;

/// The signs that separate the groups of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separators {
    /// Spaces, hyphens and brackets.
    Usual,
    /// Slashes and full stops as well.
    Any,
}

/// The telephone number at a position in a text, unless the text before it says otherwise.
fn number_in(text: &str, start: usize) -> Option<&str> {
    let (before, rest) = text.split_at(start);
    let labelled = || {
        let number = number(rest, Separators::Any)?;
        (number_kind::names_telephone(before) || number_kind::is_dotted_international(number)).then_some(number)
    };
    number(rest, Separators::Usual).or_else(labelled).filter(|_| stands_alone(before))
}

/// Whether the text before a number is not part of the number, and does not say that it is another kind of number.
fn stands_alone(before: &str) -> bool {
    let mut last = before.chars().rev();
    let is_apart = match last.next() {
        Some(c) if is_unspaced(c) => true,
        Some(c) if c.is_alphanumeric() || "-+.,/#_@:=£$€".contains(c) => false,
        // If digits and a space precede it, this is some other sequence of digits.
        Some(sign) if sign.is_whitespace() => !last.next().is_some_and(|sign| sign.is_ascii_digit()),
        _ => true,
    };
    is_apart && !number_kind::names_other_number(before)
}

/// The telephone number at the start of a text.
fn number(text: &str, separators: Separators) -> Option<&str> {
    let opening = text.strip_prefix('(').unwrap_or(text);
    let is_international = opening.starts_with('+');
    if !is_international && !opening.starts_with('0') {
        return None;
    }
    let end = end(text, separators);
    // Most candidates are inside other numbers, with too few digits after them.
    if end < *DIGITS.start() {
        return None;
    }
    let number = number_kind::without_amount(&text[..end], &text[end..]);
    let end = number.len();
    let groups = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let (count, digits) = groups.fold((0, 0), |(count, digits), group| (count + 1, digits + group.len()));
    let is_balanced = number.matches('(').count() == number.matches(')').count();
    let goes_on =
        text[end..].chars().next().is_some_and(|c| (c.is_alphanumeric() && !is_unspaced(c)) || "-/_@%".contains(c));
    let is_decimal =
        text[end..].starts_with(['.', ',', ':']) && text[end + 1..].starts_with(|sign: char| sign.is_ascii_digit());
    let fits = DIGITS.contains(&digits) && (is_international || count > 1) && is_balanced;
    let is_other = || !is_international && number_kind::is_other_number(number);
    (fits && !goes_on && !is_decimal && !is_other()).then_some(number)
}

/// The end of the digits at the start of a text, which may be separated by single spaces, hyphens or brackets; 0 if
/// they are too many for a number. A list of digits as long as a page is thus not read to its end at each of them.
fn end(text: &str, separators: Separators) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut end, mut digits) = (usize::from(bytes.first() == Some(&b'+')), 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' if digits == *DIGITS.end() + MAX_TAIL_DIGITS => return 0,
            b'0'..=b'9' => (end, digits) = (at + 1, digits + 1),
            b')' if end == at => end = at + 1,
            b'+' if at == 1 => {}
            b'(' if at < end + 2 && (digits >= *DIGITS.start() || !opens_digits(&bytes[at + 1..])) => break,
            b' ' | b'-' | b'(' if at < end + 2 => {}
            _ if separators == Separators::Any => match separator_length(&bytes[end..], digits) {
                0 => break,
                length => at = end + length - 1,
            },
            _ => break,
        }
        at += 1;
    }
    end
}

/// The length of a separator as in `0341 / 123456` and `01.42.68.53.00`, at the end of some digits; 0 if there is none.
/// A slash or a dash with spaces comes only after an area code, because two numbers may be separated in the same way.
fn separator_length(after: &[u8], digits: usize) -> usize {
    let length = match after {
        [b'.', ..] => 1,
        [b' ', b'/' | b'-', b' ', ..] if digits <= MAX_AREA_DIGITS => 3,
        [b'/', ..] if digits <= MAX_AREA_DIGITS => 1,
        _ => 0,
    };
    if after.get(length).is_some_and(u8::is_ascii_digit) { length } else { 0 }
}

/// The maximum number of digits in an area code, with the code of its country.
const MAX_AREA_DIGITS: usize = 6;

/// Whether there is nothing but digits in the bracket that has been opened, as around an area code.
fn opens_digits(inside: &[u8]) -> bool {
    let digits = inside.iter().skip_while(|byte| **byte == b'+').take_while(|byte| byte.is_ascii_digit()).count();
    let plus = usize::from(inside.first() == Some(&b'+'));
    // The number itself may begin in the bracket: `(+44 1632) 960111`.
    plus == 1 || digits > 0 && inside.get(digits) == Some(&b')')
}

#[cfg(test)]
mod tests {
    use super::link_numbers;

    #[test]
    fn telephone_numbers_become_links() {
        for (written, called) in [
            ("01632 960111", "01632960111"),
            ("+44 1632 960111", "+441632960111"),
            ("+441632960111", "+441632960111"),
            ("(01632) 960-111", "01632960111"),
            ("+44 (0)1632 960111", "+4401632960111"),
            ("0800 123 4567", "08001234567"),
        ] {
            let expected = format!("<p>Call <a class=\"tel\" href=\"tel:{called}\">{written}</a>, then wait.</p>");
            assert_eq!(link_numbers(format!("<p>Call {written}, then wait.</p>")), expected);
        }
        let joined = link_numbers("<p>夜间拨打+44 1632 960111联系</p>".to_owned());
        assert!(joined.contains("拨打<a class=\"tel\" href=\"tel:+441632960111\">+44 1632 960111</a>联系"), "{joined}");
        let two = link_numbers("<td>01632 960111 or 01632 960120.</td>".to_owned());
        assert_eq!(two.matches("href=\"tel:").count(), 2, "{two}");
    }

    #[test]
    fn what_follows_a_number_is_not_called() {
        for (text, called) in [
            ("+44 20 7946 0000 (24/7)", "+442079460000"),
            ("+44 20 7946 0000 (24 h)", "+442079460000"),
            ("+49 30 1234567 (8-18 Uhr)", "+49301234567"),
            ("01632 960111 (24/7).", "01632960111"),
            ("01632 960111 24/7", "01632960111"),
            ("01632 960111 08:00 to 17:00", "01632960111"),
            ("01632 960111 8-18 Uhr", "01632960111"),
            ("01632 960111 10 minutes before", "01632960111"),
            ("+44 20 7946 0002 10 times", "+442079460002"),
            ("+44 20 7946 0000 3 times", "+442079460000"),
            ("+44 20 7946 0000 day and night", "+442079460000"),
            ("+44 20 7946 0000 hours: 9 to 5", "+442079460000"),
            ("044 123 45 67 24/7", "0441234567"),
            ("01 23 45 67 89 heures ouvrables", "0123456789"),
            ("in that case 01632 960111", "01632960111"),
            ("01 23 45 67 89 pendant la nuit", "0123456789"),
            ("044 123 45 67 (nights)", "0441234567"),
            ("+1 (555) 123 4567", "+15551234567"),
            ("0049 30 1234567", "0049301234567"),
            ("0800 1111", "08001111"),
            ("Tel. 0341/123456", "0341123456"),
            ("Tel. 0341 / 12 34 56", "0341123456"),
            ("Tel.: +49 341 / 123456", "+49341123456"),
            ("Tel 0341 - 123456", "0341123456"),
            ("Tél. : 01.42.68.53.00", "0142685300"),
            ("+44.1632.960111", "+441632960111"),
            ("Tel. 01632 960111 / 01632 960112", "01632960112"),
            ("Emergency number: 01632 960111", "01632960111"),
            ("this number: 01632 960111", "01632960111"),
            ("number: 01632 960111", "01632960111"),
            ("the customer: 01632 960111", "01632960111"),
            ("Rufnummer 01632 960111", "01632960111"),
            ("Telefonnr. 01632 960111", "01632960111"),
            ("Phone no. 01632 960111", "01632960111"),
            ("N° d’astreinte : 01 23 45 67 89", "0123456789"),
            ("número de teléfono 0123 456 789", "0123456789"),
            ("電話番号 0123-456-789", "0123456789"),
            ("if there is no answer 01632 960111", "01632960111"),
            ("in case of an error 01632 960111", "01632960111"),
            ("ticket desk 01632 960111", "01632960111"),
        ] {
            let linked = link_numbers(format!("<p>Call {text}</p>"));
            assert!(linked.contains(&format!("href=\"tel:{called}\"")), "{linked}");
        }
    }

    #[test]
    fn other_numbers_stay_as_they_are() {
        for text in [
            "<p>Review on 05-10-2026, valid 01-01-2026 t/m 31-12-2026, since 03 04 2025, 04-13-2026</p>",
            "<p>Desk hours 0800-1700, range 0001-0999, values 01 02 03 04 05 06</p>",
            "<p>ISBN 0-306-40615-2, ISBN: 0-306-40615-2, Ticket 0012-3456, SN 0042-1234-5678</p>",
            "<p>IBAN: NL91 ABNA 0417 1643 00, DE89 0704 0044 0532 0130 00</p>",
            "<p>06:00 to 10:00, 0.5 or 05%, 2026-01-02 0900, 0123456789</p>",
            "<p>CHG-0163 960111, 8.01632 960111, £01632 960111, 1 01632 960111</p>",
            "<p>VAT no. 0123 456 789, USt-ID 0123 456 789, Steuernummer 012 345 67890, SIRET 0123 456 789</p>",
            "<p>Kundennr. 0123 456789, Customer number 0123 456789, Order no. 0800 123 4567, Bestellnr. 0123 4567</p>",
            "<p>Nº de pedido 0123 4567, N° client 0123 4567, Art.-Nr. 0123 4567, Vertragsnr.: 0123 4567</p>",
            "<p>Policy no. 0123 4567, Part number 0123-4567, SKU 0123-4567, RMA 0123 4567, CHG 0123 4567</p>",
            "<p>Case 0123 456789, Ref. 0123 456789, Conference ID 012 345 678, Meeting ID: 012 345 678, PIN 0123 4567</p>",
            "<p>Error 0800 7000 4005, IP 010 001 002 003, PLZ 01067 12345</p>",
            "<p>管理番号 0123-4567、伝票番号：0123-4567、口座番号0123-4567</p>",
            "<p>+10.000.000, +1.234.567.890, 01.42.68.53.00, 0341/123456, Tel. 01.02.2026</p>",
            "<p>+5 dB, +1 and +10 000, 007 008, 01632 960111x</p>",
            "<code>01632 960111</code><a href=\"x\">01632 960111</a><h2>01632 960111</h2>",
            "<img alt=\"01632 960111\"> (0 (0 (( ++0 + 0",
        ] {
            assert_eq!(link_numbers(text.to_owned()), text);
        }
    }

    #[test]
    fn nothing_but_links_is_added_whatever_the_text() {
        use proptest::prelude::*;
        proptest!(|(html in "[+0-9() .x-]{0,40}")| {
            let linked = link_numbers(html.clone());
            let mut plain = String::new();
            for part in linked.split("<a class=\"tel\" href=\"tel:") {
                plain.push_str(if plain.is_empty() && linked.starts_with(part) { part } else { part.split_once("\">").map_or(part, |(_, rest)| rest) });
            }
            prop_assert_eq!(plain.replace("</a>", ""), html);
        });
    }
}
