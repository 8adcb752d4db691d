//! Template filters in addition to the template engine's own.

use std::str::FromStr;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::dates::DateFormatter;
use super::labels::Labels;
use super::rows::rows;
use crate::date::Date;
use crate::language::direction;

/// Registers the filters; dates are formatted according to the labels.
pub(super) fn register(tera: &mut Tera, labels: &Labels) {
    let days = DateFormatter::new(labels);
    let row_days = days.clone();
    tera.register_filter("rows", move |grid: &Value, kwargs: Kwargs, state: &State| {
        rows(&row_days, grid, &kwargs, state)
    });
    tera.register_filter("day", move |date: &str, kwargs: Kwargs, _: &State| day(&days, date, &kwargs));
    tera.register_filter("dir", |lang: &str, _: Kwargs, _: &State| direction(lang).to_owned());
    tera.register_filter("fill", fill);
    tera.register_filter("count", count);
    tera.register_filter("quoted", quoted);
}

/// Formats `2026-11-22` as `<time datetime="2026-11-22">22 Nov 2026</time>`. `long=true` writes the month in full,
/// `today=true` lets scripts replace the date with the reader's day, and `plain=true` returns only the text.
fn day(days: &DateFormatter, text: &str, kwargs: &Kwargs) -> TeraResult<Value> {
    let unknown = || Error::message(format!("`{text}` is not a date"));
    if kwargs.iter().next().is_none() {
        return days.text_element(text).map(Value::from).ok_or_else(unknown);
    }
    let date = Date::from_str(text).map_err(|_| unknown())?;
    if kwargs.get("plain")?.unwrap_or(false) {
        return Ok(Value::from(days.short(date)));
    }
    let long = kwargs.get("long")?.unwrap_or(false);
    let markup = if kwargs.get("today")?.unwrap_or(false) { days.today(date, long) } else { days.markup(date, long) };
    Ok(Value::safe_string(&markup))
}

/// Replaces every `{name}` in a text with the argument of that name: `t.greeting | fill(name=page.id)`.
fn fill(text: StringInput<'_>, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
    let mut filled = text.rendered(state)?.into_owned();
    for (key, value) in kwargs.iter() {
        filled = filled.replace(&format!("{{{key}}}"), &state.escape_if_needed(value)?);
    }
    Ok(Value::safe_string(&filled))
}

/// Formats text in backticks as code: ``write `owner` instead``.
fn quoted(text: StringInput<'_>, _: Kwargs, state: &State) -> TeraResult<Value> {
    let text = text.rendered(state)?;
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_ref();
    while let Some((before, code, after)) = code_span(rest) {
        out.push_str(before);
        out.push_str("<code>");
        out.push_str(code);
        out.push_str("</code>");
        rest = after;
    }
    out.push_str(rest);
    Ok(Value::safe_string(&out))
}

/// The text before, between and after the first pair of backticks.
pub(crate) fn code_span(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

/// A number with its noun: `rows | length | count(of=t.count.documents)`.
fn count(number: i64, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let forms = kwargs.must_get::<Value>("of")?;
    let form = if number == 1 { "one" } else { "other" };
    let text = forms.get_from_path(form).and_then(Value::as_str);
    let text = text.ok_or_else(|| Error::message(format!("the label has no form `{form}`")))?;
    Ok(text.replace("{n}", &group_thousands(number)))
}

/// A number with narrow no-break spaces between thousands: `12 345`.
fn group_thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if number < 0 { format!("\u{2212}{text}") } else { text }
}
