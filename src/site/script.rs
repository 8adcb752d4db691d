//! Data as scripts that call a function: a browser loads a script from a folder too, where it loads no data.

use serde::Serialize;

/// A value as JSON that can stand in any script: what would end a script element, and line ends that an old script does
/// not allow in a text, are written as escapes. Outside of texts they do not occur.
pub(super) fn json(value: &impl Serialize) -> String {
    // Everything that is written so has texts or numbers for keys, which is all that JSON asks.
    escaped(serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()))
}

/// The script that hands a value to a function.
pub(super) fn call(function: &str, value: &impl Serialize) -> Vec<u8> {
    let json = json(value);
    // The largest of these are large: they are copied once.
    [function.as_bytes(), b"(", json.as_bytes(), b");\n"].concat()
}

/// What is escaped.
const ESCAPED: [(char, &str); 3] = [('<', "\\u003c"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];

fn escaped(json: String) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 64);
    let mut done = 0;
    // The byte that line ends begin with begins other letters too, and none contains it.
    for at in memchr::memchr2_iter(b'<', 0xe2, json.as_bytes()) {
        if let Some((letter, escape)) = ESCAPED.iter().find(|(letter, _)| json[at..].starts_with(*letter)) {
            out.push_str(&json[done..at]);
            out.push_str(escape);
            done = at + letter.len_utf8();
        }
    }
    if done == 0 {
        return json;
    }
    out.push_str(&json[done..]);
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
