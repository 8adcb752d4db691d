//! Figures: decimal numbers and targets for them.
//!
//! Numbers are scaled integers, so that 99.95 is represented exactly.

use std::fmt;
use std::str::FromStr;

/// Maximum number of decimals.
const MAX_DECIMALS: usize = 9;
/// The number one, in units of the last decimal.
const ONE: u128 = 1_000_000_000;
/// Maximum number of digits before the decimal point.
const MAX_WHOLE_DIGITS: usize = 15;

/// A decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Decimal(i128);

/// A reminder for authors how to write figures.
pub(super) const NUMBER_HELP: &str =
    "write the number alone, with a point before decimals; its unit is that of the target";

impl Decimal {
    /// The number in billionths.
    pub(crate) fn billionths(self) -> i128 {
        self.0
    }
}

impl FromStr for Decimal {
    type Err = ();

    fn from_str(text: &str) -> Result<Decimal, ()> {
        let (factor, digits) = match text.strip_prefix(['-', '−']) {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole_digits, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole_digits)
            || !is_number(part)
            || whole_digits.len() > MAX_WHOLE_DIGITS
            || part.len() > MAX_DECIMALS
        {
            return Err(());
        }
        let padding = std::iter::repeat_n(b'0', MAX_DECIMALS - part.len());
        let digits = whole_digits.bytes().chain(part.bytes()).chain(padding);
        let number = digits.fold(0_i128, |number, digit| number * 10 + i128::from(digit - b'0'));
        Ok(Decimal(factor * number))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let number = self.0.unsigned_abs();
        let (whole_number, mut part) = (number / ONE, (number % ONE) as u64);
        // Formatting a small number takes a fifth of the time.
        match u64::try_from(whole_number) {
            Ok(whole) => write!(f, "{sign}{whole}")?,
            Err(_) => write!(f, "{sign}{whole_number}")?,
        }
        if part == 0 {
            return Ok(());
        }
        let mut digits = MAX_DECIMALS;
        while part.is_multiple_of(10) {
            (part, digits) = (part / 10, digits - 1);
        }
        write!(f, ".{part:0digits$}")
    }
}

/// The target for a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    bounds: Bounds,
    /// The unit, such as `%` or `min`; may be empty.
    pub(crate) unit: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bounds {
    AtLeast(Decimal),
    AtMost(Decimal),
    Above(Decimal),
    Below(Decimal),
    Exactly(Decimal),
    Between(Decimal, Decimal),
}

/// A reminder for authors how to write targets.
pub(crate) const TARGET_HELP: &str =
    "write one such as `\">= 90%\"`, `\"<= 180 min\"`, `\"-3..3%\"` or `\"= 0\"`, with a point before decimals";

impl Target {
    /// Whether a figure meets it.
    pub(crate) fn is_met(&self, value: Decimal) -> bool {
        match self.bounds {
            Bounds::AtLeast(min) => value >= min,
            Bounds::AtMost(max) => value <= max,
            Bounds::Above(limit) => value > limit,
            Bounds::Below(limit) => value < limit,
            Bounds::Exactly(wanted) => value == wanted,
            Bounds::Between(min, max) => min <= value && value <= max,
        }
    }

    /// The bound or bounds of the target, which a chart shows as lines.
    pub(crate) fn chart_lines(&self) -> (Decimal, Option<Decimal>) {
        match self.bounds {
            Bounds::AtLeast(one)
            | Bounds::AtMost(one)
            | Bounds::Above(one)
            | Bounds::Below(one)
            | Bounds::Exactly(one) => (one, None),
            Bounds::Between(min, max) => (min, Some(max)),
        }
    }
}

impl fmt::Display for Target {
    /// Formats it for readers: `≥ 97%`, `−3 to 3%`. Figures contain no line breaks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (symbol, number) = match self.bounds {
            Bounds::AtLeast(one) => ("≥\u{a0}", one),
            Bounds::AtMost(one) => ("≤\u{a0}", one),
            Bounds::Above(one) => (">\u{a0}", one),
            Bounds::Below(one) => ("<\u{a0}", one),
            Bounds::Exactly(one) => ("=\u{a0}", one),
            Bounds::Between(min, max) => {
                return write!(f, "{} to {}", format_figure(min, ""), format_figure(max, &self.unit));
            }
        };
        write!(f, "{symbol}{}", format_figure(number, &self.unit))
    }
}

/// Formats a number with its unit for readers: `−6.1%`, `180 min`.
pub(crate) fn format_figure(number: Decimal, unit: &str) -> String {
    let number = number.to_string();
    let (sign, digits) = number.strip_prefix('-').map_or(("", &*number), |digits| ("−", digits));
    let space = if unit.is_empty() || unit.starts_with(['%', '‰', '°']) { "" } else { "\u{a0}" };
    [sign, digits, space, unit].concat()
}

/// A number and the unit after it.
fn number_and_unit(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '-' | '−' | '.')).unwrap_or(text.len());
    let unit = text[end..].trim();
    let begins = |first: char| first.is_alphabetic() || "%‰°€$£".contains(first);
    // `1e3` might be read as a number, and `90% and <= 95%` is two targets.
    let is_power =
        unit.strip_prefix(['e', 'E']).is_some_and(|rest| rest.starts_with(|c: char| "+-0123456789".contains(c)));
    let is_unit = unit.chars().count() <= 30
        && unit.chars().next().is_none_or(begins)
        && !is_power
        && !unit.contains(['<', '>', '=', '≤', '≥', '|']);
    Some((text[..end].parse().ok()?, unit)).filter(|_| is_unit)
}

impl FromStr for Target {
    type Err = ();

    fn from_str(text: &str) -> Result<Target, ()> {
        type MakeBounds = fn(Decimal) -> Bounds;
        const SIGNS: [(&str, MakeBounds); 7] = [
            (">=", Bounds::AtLeast),
            ("<=", Bounds::AtMost),
            ("≥", Bounds::AtLeast),
            ("≤", Bounds::AtMost),
            (">", Bounds::Above),
            ("<", Bounds::Below),
            ("=", Bounds::Exactly),
        ];
        let text = text.trim();
        if let Some((make, rest)) = SIGNS.iter().find_map(|(symbol, make)| Some((make, text.strip_prefix(symbol)?))) {
            let (number, unit) = number_and_unit(rest.trim()).ok_or(())?;
            return Ok(Target { bounds: make(number), unit: unit.to_owned() });
        }
        let (min, rest) = text.split_once("..").ok_or(())?;
        let (max, unit) = number_and_unit(rest.trim()).ok_or(())?;
        let min: Decimal = min.trim().parse()?;
        if max < min {
            return Err(());
        }
        Ok(Target { bounds: Bounds::Between(min, max), unit: unit.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn met(target: &str, value: &str) -> bool {
        target.parse::<Target>().expect("a target").is_met(value.parse().expect("a number"))
    }

    #[test]
    fn a_target_is_met_at_its_limit_and_not_beyond_it() {
        for (target, inside, outside) in [
            (">= 90 %", "90.000000000", "89.999999999"),
            ("<= 180 min", "180", "180.000000001"),
            ("≥99.95%", "99.95", "99.949999999"),
            ("> 0", "0.000000001", "0"),
            ("< 5", "4.999999999", "5"),
            ("= 0", "-0.0", "0.1"),
            ("-3..3 %", "-3", "-3.000000001"),
            ("-3 .. 3", "3", "3.1"),
            ("0.5..0.5", "0.50", "0.500000001"),
        ] {
            assert!(met(target, inside) && !met(target, outside), "{target}");
        }
        assert!(met("= 0.3", "0.3") && !met("= 0.3", "0.300000001"));
    }

    #[test]
    fn a_target_is_shown_with_signs_that_people_write_and_is_read_again_as_the_same() {
        for (written, shown) in [
            (">= 97%", "≥ 97%"),
            ("<=180 min", "≤ 180 min"),
            ("> 4.30", "> 4.3"),
            ("< -8 %", "< −8%"),
            ("= 0", "= 0"),
            ("<= 5 €", "≤ 5 €"),
            ("-3..3 %", "−3 to 3%"),
        ] {
            let target: Target = written.parse().expect("a target");
            assert_eq!(target.to_string().replace('\u{a0}', " "), shown);
            if !written.contains("..") {
                assert_eq!(target.to_string().parse::<Target>().expect("a target").to_string(), target.to_string());
            }
        }
    }

    #[test]
    fn invalid_numbers_and_targets_are_rejected() {
        for text in ["", "-", "1,5", "1.", ".5", "1e3", "0x1", "1 000", "9999999999999999", "0.0123456789", "NaN"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        for text in [
            "",
            "90 %",
            ">=",
            ">= ninety",
            "3..-3",
            "1..",
            "..1",
            ">= 1,5 %",
            ">== 1",
            ">= 1.2.3",
            "1...3",
            ">= 1 000",
            ">= 1'000",
            ">= 90% and <= 95%",
            ">= 99·9",
            ">= 99;9",
            "< 1e-3",
            ">= 5 - 9",
            ">= 90/95 %",
        ] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_read_as_it_is_written(number in -999_999_999_999_i64..999_999_999_999) {
            let decimal = Decimal(i128::from(number) * 1_000_000);
            prop_assert_eq!(decimal.to_string().parse(), Ok(decimal));
        }
    }
}
