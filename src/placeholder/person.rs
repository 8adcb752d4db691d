//! Names that name nobody.

use super::{is_bracketed, says_something, words_of};
use crate::name::case_folded;

/// Names of nobody.
const NOBODY: [&str; 22] = [
    "nobody",
    "no one",
    "noone",
    "not assigned",
    "unassigned",
    "vacant",
    "n n",
    "nn",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "various",
    "true",
    "false",
    "yes",
    "no",
    "niemand",
    "vakant",
    "jemand",
];

/// Whether a text names a person or a role.
pub(crate) fn names_somebody(text: &str) -> bool {
    let folded = case_folded(text);
    let mut name = String::with_capacity(folded.len());
    for word in words_of(&folded) {
        name.push_str(if name.is_empty() { "" } else { " " });
        name.push_str(word);
    }
    let has_letters = name.chars().any(char::is_alphabetic);
    has_letters && !is_bracketed(text) && !NOBODY.contains(&name.as_str()) && says_something(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_has_a_name() {
        for name in ["Change Manager", "N. Newman", "Nobody Knows Ltd", "变更经理", "CIO"] {
            assert!(names_somebody(name), "{name}");
        }
        for name in
            ["", "?", "TBD", "nobody", "No one", "N. N.", "[Name]", "<name>", "{{name}}", "1", "true", "n/a", "vacant"]
        {
            assert!(!names_somebody(name), "{name}");
        }
    }
}
