//! Replacement of the fictional organization's name.

use std::str::FromStr;

use super::text;

/// The first word of the fictional organization's name, which does not occur anywhere else.
const FICTIONAL: &str = "Gullwhistle";
/// The words that may follow it, and the replacement for the whole.
const ENDINGS: [(&[&str], NameEnding); 4] = [
    (&["Managed", "Services", "(\"Gullwhistle\")"], NameEnding::Name),
    (&["Managed", "Services"], NameEnding::Name),
    (&["Group"], NameEnding::Group),
    (&[], NameEnding::Name),
];
/// The domain of the fictional organization.
const DOMAIN: &str = "gullwhistle.example";
/// The maximum length of a name in characters.
const MAX_NAME_CHARS: usize = 100;

#[derive(Clone, Copy)]
enum NameEnding {
    Name,
    Group,
}

/// The name of the organization whose handbook it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Organization(String);

/// Why a text is not a valid name of an organization.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name of an organization is one line of at most {MAX_NAME_CHARS} characters, and not empty")]
pub(crate) struct OrganizationError;

impl FromStr for Organization {
    type Err = OrganizationError;

    fn from_str(text: &str) -> Result<Organization, OrganizationError> {
        let name = text.trim();
        let fits = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS && !name.contains(char::is_control);
        if fits { Ok(Organization(name.to_owned())) } else { Err(OrganizationError) }
    }
}

impl Default for Organization {
    fn default() -> Organization {
        Organization("Our Organization".to_owned())
    }
}

impl Organization {
    /// The name as given.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text names the fictional organization.
    pub(super) fn is_fictional_in(text: &str) -> bool {
        text.contains(FICTIONAL) || text.contains(DOMAIN)
    }

    /// Replaces the fictional name in plain text.
    pub(super) fn in_plain(&self, text: &str) -> String {
        self.replace(text, &self.0)
    }

    /// Replaces the fictional name in Markdown, escaping the new name.
    pub(super) fn in_markdown(&self, text: &str) -> String {
        self.replace(text, &text::markdown(&self.0))
    }

    fn replace(&self, text: &str, name: &str) -> String {
        let text = text.replace(DOMAIN, &format!("{}.example", text::file_name(&self.0, "our-organization")));
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(FICTIONAL) {
            out.push_str(&rest[..at]);
            rest = &rest[at + FICTIONAL.len()..];
            let followed = ENDINGS.iter().find_map(|(words, ending)| Some((after(rest, words)?, *ending)));
            let (length, ending) = followed.unwrap_or((0, NameEnding::Name));
            rest = &rest[length..];
            out.push_str(name);
            if matches!(ending, NameEnding::Group) {
                out.push_str(" group");
            }
        }
        out + rest
    }
}

/// The number of bytes of `words` at the start of a text, however it is wrapped, or `None` if it does not start with
/// them.
fn after(text: &str, words: &[&str]) -> Option<usize> {
    let mut at = 0;
    for word in words {
        let rest = &text[at..];
        let word_at = rest.len() - rest.trim_start().len();
        if word_at == 0 || !rest[word_at..].starts_with(word) {
            return None;
        }
        at += word_at + word.len();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_fictional_name_is_replaced() {
        let name: Organization = "Moor & Fen *IT*".parse().expect("a name");
        for (text, expected) in [
            ("Gullwhistle Managed Services (\"Gullwhistle\"), a company", "Moor & Fen *IT*, a company"),
            ("Gullwhistle\nManaged  Services runs", "Moor & Fen *IT* runs"),
            ("the Gullwhistle Group. Gullwhistle's", "the Moor & Fen *IT* group. Moor & Fen *IT*'s"),
            ("security@gullwhistle.example", "security@moor-fen-it.example"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(name.in_plain(text), expected);
        }
        assert_eq!(name.in_markdown("Gullwhistle"), "Moor & Fen \\*IT\\*");
    }

    #[test]
    fn names_are_single_lines() {
        for text in ["", "  ", "a\nb", &"x".repeat(101)] {
            assert!(text.parse::<Organization>().is_err(), "{text:?}");
        }
    }
}
