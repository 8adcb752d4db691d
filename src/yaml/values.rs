//! Readers of single values, which convert scalars and lists to dates, numbers, names and so on.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::node::{Scalar, Value};
use super::reader::{Reader, Slot, with_help};
use crate::date::{Date, INTERVAL_HELP, Interval};
use crate::finding::{Problem, RuleId};
use crate::place::Located;
use crate::spelling;
use crate::text::{changes_direction, clip, is_blank};

/// Plausible years in a handbook; others are taken for typing errors.
const PLAUSIBLE_YEARS: RangeInclusive<i16> = 1970..=2200;

impl Reader<'_> {
    /// The scalar in a slot. Reports a list, a mapping or an empty value.
    pub(crate) fn scalar<'n>(&mut self, slot: Slot<'n>) -> Option<&'n Scalar> {
        match &slot.node.value {
            Value::Scalar(scalar) if scalar.is_null() || scalar.text.chars().all(is_blank) => {
                self.report_no_value(slot);
                None
            }
            Value::Scalar(scalar) => Some(scalar),
            _ => {
                self.report_wrong_kind(slot, "a text");
                None
            }
        }
    }

    /// A text on one line: trimmed, with line ends as spaces. Reports control characters.
    pub(crate) fn text(&mut self, slot: Slot<'_>) -> Option<Located<String>> {
        let scalar = self.scalar(slot)?;
        // Most texts consist of printable ASCII and need no further checks.
        if is_plain(&scalar.text) {
            return Some(Located { value: scalar.text.trim().to_owned(), span: slot.node.span });
        }
        if !self.rules().allows_direction_changes && scalar.text.contains(changes_direction) {
            let message = format!(
                "`{}` contains an invisible character that changes the reading direction",
                clip(&slot.key.value)
            );
            self.report(slot.node.span, message);
            return None;
        }
        if scalar.text.chars().any(is_forbidden_char) {
            self.report(slot.node.span, format!("`{}` contains a control character", clip(&slot.key.value)));
            return None;
        }
        Some(Located { value: on_one_line(&scalar.text), span: slot.node.span })
    }

    /// A value of a type that implements `FromStr` with a displayable error.
    pub(crate) fn parse_value<T: FromStr<Err: Display>>(&mut self, slot: Slot<'_>) -> Option<Located<T>> {
        self.parse_value_under(slot, self.rules().invalid, None)
    }

    /// Like [`parse_value`](Self::parse_value), with a specific rule and help.
    pub(crate) fn parse_value_under<T: FromStr<Err: Display>>(
        &mut self,
        slot: Slot<'_>,
        rule: RuleId,
        help: Option<&str>,
    ) -> Option<Located<T>> {
        let text = self.scalar(slot)?.text.trim();
        match text.parse() {
            Ok(value) => Some(Located { value, span: slot.node.span }),
            Err(error) => {
                let problem = Problem::new(rule, self.place(slot.node.span), parse_message(text, &error));
                self.push(with_help(problem, help.map(str::to_owned)));
                None
            }
        }
    }

    /// A date between the years 1970 and 2200.
    pub(crate) fn date(&mut self, slot: Slot<'_>) -> Option<Located<Date>> {
        let date = match self.foreign_date(slot) {
            Some(day) => Located { value: day, span: slot.node.span },
            None => self.parse_value_under(slot, self.rules().date, None)?,
        };
        if PLAUSIBLE_YEARS.contains(&date.value.year_month_day().0) {
            return Some(date);
        }
        let message = format!(
            "`{}` is not between the years {} and {}",
            date.value,
            PLAUSIBLE_YEARS.start(),
            PLAUSIBLE_YEARS.end()
        );
        self.push(Problem::new(self.rules().date, self.place(date.span), message));
        None
    }

    /// The date that a text in another format denotes; `None` if formats disagree about it.
    fn foreign_date(&self, slot: Slot<'_>) -> Option<Date> {
        let formats = self.dates.as_deref()?;
        let Value::Scalar(scalar) = &slot.node.value else { return None };
        let mut days = formats.iter().filter_map(|format| format.parse_date(scalar.text.trim()));
        let day = days.next()?;
        days.all(|other| other == day).then_some(day)
    }

    /// A review interval.
    pub(crate) fn interval(&mut self, slot: Slot<'_>) -> Option<Located<Interval>> {
        self.parse_value_under(slot, self.rules().interval, Some(INTERVAL_HELP))
    }

    /// One of several words, each with its meaning.
    pub(crate) fn one_of<T: Copy>(&mut self, slot: Slot<'_>, words: &[(&str, T)]) -> Option<Located<T>> {
        self.one_of_under(slot, words, self.rules().invalid)
    }

    /// Like [`one_of`](Self::one_of), with a specific rule.
    pub(crate) fn one_of_under<T: Copy>(
        &mut self,
        slot: Slot<'_>,
        words: &[(&str, T)],
        rule: RuleId,
    ) -> Option<Located<T>> {
        let text = self.scalar(slot)?.text.trim();
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(Located { value: *value, span: slot.node.span });
        }
        let message = format!("`{}` is not a value of `{}`", clip(text), clip(&slot.key.value));
        let problem = Problem::new(rule, self.place(slot.node.span), message);
        self.push(with_help(problem, spelling::suggest_help(text, words.iter().map(|(word, _)| *word))));
        None
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, slot: Slot<'_>) -> Option<bool> {
        self.one_of(slot, &[("true", true), ("false", false)]).map(|flag| flag.value)
    }

    /// An integer within bounds.
    pub(crate) fn number(&mut self, slot: Slot<'_>, bounds: RangeInclusive<u32>) -> Option<u32> {
        let text = self.scalar(slot)?.text.trim();
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| plain && bounds.contains(number));
        if number.is_none() {
            let (min, max) = (bounds.start(), bounds.end());
            let message = match *max {
                u32::MAX => format!("`{}` is not a whole number of {min} or more", clip(text)),
                _ => format!("`{}` is not a whole number from {min} to {max}", clip(text)),
            };
            self.report(slot.node.span, message);
        }
        number
    }

    /// All readable items of a list; a single value counts as a list of one item.
    pub(crate) fn list<T>(&mut self, slot: Slot<'_>, mut read: impl FnMut(Slot<'_>, &mut Self) -> Option<T>) -> Vec<T> {
        match &slot.node.value {
            Value::List(items) => {
                // Nearly all items are readable, and lists are kept for every document.
                let mut values = Vec::with_capacity(items.len());
                values.extend(items.iter().filter_map(|item| read(slot.item(item), self)));
                values
            }
            _ => read(slot, self).into_iter().collect(),
        }
    }

    /// A list of texts, or a single text.
    pub(crate) fn texts(&mut self, slot: Slot<'_>) -> Vec<Located<String>> {
        self.list(slot, |item, reader| reader.text(item))
    }
}

/// Whether a text consists of printable ASCII.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |is_plain, byte| is_plain & (b' '..=b'~').contains(&byte))
}

/// Whether a character is not allowed in a page or report.
fn is_forbidden_char(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn on_one_line(text: &str) -> String {
    let text = text.trim();
    if text.contains(['\n', '\t']) { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.to_owned() }
}

/// The message of an error about a text, with the text shortened to fit on one line.
fn parse_message(text: &str, error: &impl Display) -> String {
    let message = error.to_string();
    match clip(text) {
        Cow::Borrowed(_) => message,
        Cow::Owned(short) => message.replace(text, &short),
    }
}
