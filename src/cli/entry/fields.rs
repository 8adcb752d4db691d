//! Parses keys and values of entries from the command line.

use crate::cli::Failure;
use crate::cli::attestation::parse_line;
use crate::cli::management_review::period;
use crate::date::{Date, Interval};
use crate::handbook::Lookup;
use crate::id::DocumentId;
use crate::placeholder::has_content;
use crate::register::{FREE_TEXT_KEYS, Key, ValueType};
use crate::report::without_controls;
use crate::source::{Fields, FrontMatterValue};
use crate::spelling::nearest;

pub(in crate::cli) fn parse_pair(text: &str) -> Result<(&str, &str), Failure> {
    let pair = text.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
    pair.filter(|(key, value)| !key.is_empty() && !value.is_empty())
        .ok_or_else(|| Failure::new(format!("`{}` is not of the form key=value", without_controls(text))))
}

/// Adds a field; values for a list that is already set are appended.
pub(in crate::cli) fn add_field(
    fields: &mut Fields,
    key: &'static str,
    value: FrontMatterValue,
) -> Result<(), Failure> {
    match (fields.iter_mut().find(|(existing_key, _)| *existing_key == key), value) {
        (None, value) => fields.push((key, value)),
        (Some((_, FrontMatterValue::Names(names))), FrontMatterValue::Names(more)) => names.extend(more),
        (Some(_), _) => return Err(Failure::new(format!("`{key}` is set twice"))),
    }
    Ok(())
}

/// A key and its value, converted to the type of the key.
pub(in crate::cli) fn parse_field(
    lookup: &Lookup,
    of: &str,
    keys: impl Iterator<Item = &'static Key> + Clone,
    key: &str,
    value: &str,
) -> Result<(&'static str, FrontMatterValue), Failure> {
    if let Some((outer, inner)) = key.split_once('.')
        && keys.clone().any(|candidate| candidate.name == outer && matches!(candidate.value_type, ValueType::Record(_)))
    {
        let message = format!(
            "`{outer}` has several parts; add the entry, then run `clausebook set ID {outer}.{}=…`",
            without_controls(inner)
        );
        return Err(Failure::new(message));
    }
    let Some(known) = keys.clone().find(|known| known.name == key) else {
        let hint = nearest(key, keys.map(|candidate| candidate.name));
        let hint = hint.map_or_else(String::new, |similar| format!("; did you mean `{similar}`?"));
        return Err(Failure::new(format!("`{}` is not a key of {of}{hint}", without_controls(key))));
    };
    Ok((known.name, parse_value(lookup, known, value)?))
}

/// Splits a list of names at commas or semicolons.
pub(in crate::cli) fn split_names(value: &str) -> Vec<String> {
    value.split([',', ';']).map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

/// Parses references: several IDs as a list, or words as written, which may contain commas.
fn parse_sources(lookup: &Lookup, value: &str) -> Result<Vec<String>, Failure> {
    let parts = split_names(value);
    let is_known = |part: &String| part.parse::<DocumentId>().is_ok_and(|id| lookup.contains_id(&id));
    let are_several = parts.iter().any(is_known) || (parts.len() > 1 && parts.iter().all(|part| is_like_an_id(part)));
    let parts = if are_several { parts } else { vec![value.to_owned()] };
    parts.iter().map(|part| parse_line(part).map_err(Failure::new)).collect()
}

/// Whether a text looks like an ID, such as `V26-1`, whether or not it exists: it contains letters and digits.
fn is_like_an_id(text: &str) -> bool {
    let has_char = |is: fn(&char) -> bool| text.chars().any(|c| is(&c));
    text.parse::<DocumentId>().is_ok() && has_char(char::is_ascii_alphabetic) && has_char(char::is_ascii_digit)
}

/// The error for a key that has parts and thus takes no value; says how to set them.
fn nested_key_failure(parent: &Key, keys: &[Key]) -> Failure {
    let parts: Vec<String> = keys.iter().map(|key| format!("{}.{}=…", parent.name, key.name)).collect();
    let how = match parts.as_slice() {
        [] => "write it into the register".to_owned(),
        parts => format!("set the parts you know: `clausebook set ID {}`", parts.join(" ")),
    };
    Failure::new(format!("`{}` has several parts; {how}", parent.name))
}

/// Converts a value to the type of its key.
fn parse_value(lookup: &Lookup, key: &Key, value: &str) -> Result<FrontMatterValue, Failure> {
    let list = || split_names(value);
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", key.name));
    Ok(match key.value_type {
        ValueType::Days if value.contains("..") => {
            let days = period(value).map_err(|error| failed(&error))?;
            FrontMatterValue::Days(days.from, days.to)
        }
        ValueType::Day | ValueType::Days => {
            FrontMatterValue::Day(value.parse::<Date>().map_err(|error| failed(&error))?)
        }
        ValueType::Names | ValueType::Clauses | ValueType::Ids => FrontMatterValue::Names(list()),
        ValueType::Sources => FrontMatterValue::Names(parse_sources(lookup, value)?),
        ValueType::Word(words) if !words.contains(&value) => {
            let (value, expected) = (without_controls(value), key.value_type.description());
            return Err(Failure::new(format!("`{value}` is not a value of `{}`: write {expected}", key.name)));
        }
        ValueType::Text if !FREE_TEXT_KEYS.contains(&key.name) && !has_content(value) => {
            let value = without_controls(value);
            return Err(Failure::new(format!("`{value}` is a placeholder, not a value for `{}`", key.name)));
        }
        ValueType::Interval => {
            FrontMatterValue::Text(value.parse::<Interval>().map_err(|error| failed(&error))?.to_string())
        }
        ValueType::Text
        | ValueType::Count
        | ValueType::Word(_)
        | ValueType::Grade
        | ValueType::Level
        | ValueType::Target
        | ValueType::Number => FrontMatterValue::Text(parse_line(value).map_err(Failure::new)?),
        // An auditor of everything is given by name; auditors with clauses of their own are written into the register.
        ValueType::Records(_) if key.name == "auditors" => FrontMatterValue::Names(list()),
        ValueType::Record(keys) => return Err(nested_key_failure(key, keys)),
        ValueType::Pairs | ValueType::Values | ValueType::Records(_) => return Err(nested_key_failure(key, &[])),
    })
}
