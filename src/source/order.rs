//! The position of a document among its neighbours.

use std::str::FromStr;

/// A sort key for documents, the lowest first; it may be negative and have decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SortOrder(i64);

/// The error for text that is not such a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a number; write a number such as 20 or 2.5")]
pub(crate) struct OrderError(String);

/// Maximum number of digits before and after the decimal point.
const MAX_DIGITS: (usize, usize) = (9, 4);

impl SortOrder {
    /// The sort key for an index in a list.
    pub(crate) fn from_index(index: usize) -> SortOrder {
        SortOrder(i64::try_from(index).unwrap_or(i64::MAX / 100_000) * 10_000)
    }
}

impl FromStr for SortOrder {
    type Err = OrderError;

    fn from_str(text: &str) -> Result<SortOrder, OrderError> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole_digits, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=MAX_DIGITS.0).contains(&whole_digits.len())
            && decimals.len() <= MAX_DIGITS.1
            && !digits.ends_with('.');
        if !fits || !is_digits(whole_digits) || !is_digits(decimals) {
            return Err(OrderError(text.to_owned()));
        }
        let number: i64 = format!("{whole_digits}{decimals:0<4}").parse().map_err(|_| OrderError(text.to_owned()))?;
        Ok(SortOrder(if is_negative { -number } else { number }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let order = |text: &str| text.parse::<SortOrder>().expect("a number");
        assert!(order("2") < order("10") && order("2.5") < order("2.75") && order("-1") < order("0"));
        assert_eq!(order("2.50"), order("2.5"));
        assert_eq!(order("3"), SortOrder::from_index(3));
        for text in ["", "-", ".5", "1.", "1e3", "1.23456", "1234567890", "ten", "NaN"] {
            assert!(text.parse::<SortOrder>().is_err(), "{text}");
        }
    }
}
