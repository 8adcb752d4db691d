//! Strings as YAML scalars.

use std::fmt::Write;

/// Words that other YAML parsers do not treat as strings.
const NON_STRING_WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan"];

/// A string as a scalar on one line: plain if every YAML parser reads it as this string, else in double quotes.
pub(super) fn scalar(text: &str) -> String {
    let begins_as_text = text.starts_with(|c: char| c.is_alphabetic());
    let is_plain = |c: char| c.is_alphanumeric() || " -_./()'".contains(c);
    let is_text = !NON_STRING_WORDS.contains(&text.to_lowercase().as_str());
    if begins_as_text && is_text && text.chars().all(is_plain) && text.trim() == text {
        return text.to_owned();
    }
    quoted(text)
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            other => out.push(other),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn text_is_unquoted_only_where_it_is_unambiguous() {
        for text in ["Service manager", "J. O'Neil (deputy)", "Größe", "e3b0c442"] {
            assert_eq!(scalar(text), text);
        }
        for text in ["1.10", "yes", "a: b", "x #y", "", " x", "x ", "[a]", "- a", "\"", "2e5"] {
            assert!(scalar(text).starts_with('"'), "{text}");
        }
        assert_eq!(scalar("say \"no\" \\"), r#""say \"no\" \\""#);
    }
}
