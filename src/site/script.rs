//! Data as scripts that call a function, because browsers load scripts from a local folder, but not data.

use serde::Serialize;

/// A value as JSON that is safe in any script: `<`, which could end the script element, and line separators that older
/// browsers do not allow in strings are escaped. They only occur within strings.
pub(super) fn json(value: &impl Serialize) -> String {
    // All values have string or number keys, so that serialization cannot fail.
    escape_json(serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()))
}

/// A script that calls a function with a value.
pub(super) fn call(function: &str, value: &impl Serialize) -> Vec<u8> {
    let json = json(value);
    // Some values are large, so they are copied only once.
    [function.as_bytes(), b"(", json.as_bytes(), b");\n"].concat()
}

/// The escaped characters.
const SCRIPT_ESCAPES: [(char, &str); 3] = [('<', "\\u003c"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];

fn escape_json(json: String) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 64);
    let mut last_end = 0;
    // `0xe2` is the first byte of the line separators and of other characters, and occurs only as a first byte.
    for at in memchr::memchr2_iter(b'<', 0xe2, json.as_bytes()) {
        if let Some((letter, escape)) = SCRIPT_ESCAPES.iter().find(|(letter, _)| json[at..].starts_with(*letter)) {
            out.push_str(&json[last_end..at]);
            out.push_str(escape);
            last_end = at + letter.len_utf8();
        }
    }
    if last_end == 0 {
        return json;
    }
    out.push_str(&json[last_end..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_script() {
        let script = call("clausebookSearch", &["</script>\u{2028}\u{2029}\"\\"]);
        let expected = r#"clausebookSearch(["\u003c/script>\u2028\u2029\"\\"]);"#;
        assert_eq!(String::from_utf8(script).as_deref().map(str::trim_end), Ok(expected));
    }

    #[test]
    fn other_letters_stay_as_they_are() {
        assert_eq!(json(&"– €<ä"), "\"– €\\u003cä\"");
        assert_eq!(json(&"– plain €"), "\"– plain €\"");
    }
}
