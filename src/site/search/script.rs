//! Parts of the index as scripts.

use serde::Serialize;

/// The script that hands a part to the reader of the index.
///
/// What JSON allows and an old script does not, or what would end a script element, is written as an escape; outside of
/// texts it does not occur.
pub fn script(part: &impl Serialize) -> Vec<u8> {
    let mut script = b"clausebookSearch(".to_vec();
    // Writing to memory does not fail, and everything that is written here has texts or numbers for keys.
    if serde_json::to_writer(&mut script, part).is_err() {
        return Vec::new();
    }
    script.extend_from_slice(b");\n");
    if script.iter().any(|byte| ESCAPED.iter().any(|(letter, _)| letter[0] == *byte)) {
        escaped(&script)
    } else {
        script
    }
}

/// What is escaped, by its bytes.
const ESCAPED: [(&[u8], &str); 3] = [(b"<", "\\u003c"), (b"\xe2\x80\xa8", "\\u2028"), (b"\xe2\x80\xa9", "\\u2029")];

fn escaped(script: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(script.len() + script.len() / 16);
    let mut rest = script;
    while let Some(first) = rest.first() {
        let known = ESCAPED.iter().find(|(letter, _)| letter[0] == *first && rest.starts_with(letter));
        let read = match known {
            Some((letter, escape)) => {
                out.extend_from_slice(escape.as_bytes());
                letter.len()
            }
            None => {
                out.push(*first);
                1
            }
        };
        rest = &rest[read..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_script() {
        let script = script(&["</script>\u{2028}\u{2029}\"\\"]);
        let expected = r#"clausebookSearch(["\u003c/script>\u2028\u2029\"\\"]);"#;
        assert_eq!(String::from_utf8(script).as_deref().map(str::trim_end), Ok(expected));
    }
}
