//! Addresses with placeholders in braces that are filled in for each document.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that are percent-encoded in an address: all except ASCII letters and digits, `-`, `.`, `_` and `~`.
const VALUE_ESCAPES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same for a path, whose slashes are kept.
const PATH_ESCAPES: &AsciiSet = &VALUE_ESCAPES.remove(b'/');

/// An address such as `https://git.example.org/sms/blob/main/{path}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UrlPattern(String);

impl UrlPattern {
    /// Parses a pattern that may contain these placeholders.
    ///
    /// # Errors
    /// If it is not an address, or has an unpaired brace or another placeholder: the problem, and what to write
    /// instead, if known.
    pub(crate) fn parse(text: &str, places: &[&str]) -> Result<UrlPattern, (String, Option<String>)> {
        let schemes = ["https://", "http://", "mailto:"];
        let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
        let is_invalid = |c: char| c.is_control() || c.is_whitespace() || "\"<>\\^`|".contains(c);
        if rest.is_none_or(|rest| rest.is_empty() || rest.starts_with(['/', '{']) || rest.contains(is_invalid)) {
            let help = "write a complete address, such as https://git.example.org/sms/blob/main/{path}".to_owned();
            return Err(("this is not the address of a page".to_owned(), Some(help)));
        }
        let mut open = text;
        while let Some(at) = open.find(['{', '}']) {
            let inside = open[at..].strip_prefix('{').and_then(|inside| inside.split_once('}'));
            let Some((name, after)) = inside else { return Err(("a brace has no partner".to_owned(), None)) };
            if !places.contains(&name) {
                let help = crate::spelling::suggest_help(name, places.iter().copied());
                return Err((format!("unknown placeholder `{{{name}}}`"), help));
            }
            open = after;
        }
        Ok(UrlPattern(text.to_owned()))
    }

    /// Whether it contains a placeholder.
    pub(crate) fn has_placeholder(&self, place: &str) -> bool {
        self.0.contains(&format!("{{{place}}}"))
    }

    /// The address with placeholders replaced by values; those without a value are left as they are.
    pub(crate) fn fill(&self, values: &[(&str, &str)]) -> String {
        let mut address = String::with_capacity(self.0.len() + 64);
        let mut rest = self.0.as_str();
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            address.push_str(before);
            match values.iter().find(|(place, _)| *place == name) {
                Some((place, value)) => {
                    let set = if *place == "path" { PATH_ESCAPES } else { VALUE_ESCAPES };
                    address.extend(utf8_percent_encode(value, set));
                }
                None => address.extend(["{", name, "}"]),
            }
            rest = after;
        }
        address + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: &[&str] = &["path", "id", "heading"];

    #[test]
    fn places_are_filled_and_escaped() {
        let pattern = UrlPattern::parse("https://e.org/b/{path}?t={id}:%20{heading}&x", PLACES).unwrap();
        let values = [("path", "content/a b/ü.md"), ("id", "POL-1 & 2"), ("heading", "</a>\"")];
        let filled = pattern.fill(&values);
        assert_eq!(filled, "https://e.org/b/content/a%20b/%C3%BC.md?t=POL-1%20%26%202:%20%3C%2Fa%3E%22&x");
        assert_eq!(
            pattern.fill(&values[..2]),
            "https://e.org/b/content/a%20b/%C3%BC.md?t=POL-1%20%26%202:%20{heading}&x"
        );
        assert!(pattern.has_placeholder("heading") && !pattern.has_placeholder("version"));
    }

    #[test]
    fn invalid_addresses_are_rejected() {
        for text in [
            "",
            "e.org/{path}",
            "javascript:alert(1)",
            "https://",
            "https:///{path}",
            "https://{path}",
            "https://e.org/ {path}",
            "https://e.org/{path",
            "https://e.org/path}",
            "https://e.org/{}",
            "https://e.org/{{path}}",
            "https://e.org/\"{path}",
        ] {
            assert!(UrlPattern::parse(text, PLACES).is_err(), "{text}");
        }
        let said = UrlPattern::parse("https://e.org/{paht}", PLACES).unwrap_err();
        assert_eq!(said.1.as_deref(), Some("did you mean `path`?"));
    }
}
