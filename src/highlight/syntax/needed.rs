//! Derives the requirements for a match from a regular expression.
//!
//! Most rules of a syntax match nowhere on most lines, and trying them takes most of the time. The requirements are
//! derived as far as they are certain: a byte of each of several sets, and pairs of adjacent characters in one of
//! several alternatives. All of this applies to ASCII texts only, where letters have exactly two cases.

use super::expression::Expression;
use super::need::{Requirement, Row};

/// The requirements of an expression; empty if nothing is certain.
pub(super) fn needed(expression: &Expression) -> Requirement {
    all(expression).without_common()
}

fn all(expression: &Expression) -> Requirement {
    match expression {
        Expression::One(characters) => Requirement::of(characters.ascii),
        Expression::Ahead(inside) => all(inside),
        Expression::Sequence(parts) => row(parts),
        Expression::Alternatives(parts) => parts.iter().map(all).reduce(Requirement::or).unwrap_or_default(),
        Expression::LineStart
        | Expression::LineEnd
        | Expression::Boundary
        | Expression::Nothing
        | Expression::Anything
        | Expression::Optional(_) => Requirement::default(),
    }
}

/// The requirements of a sequence.
fn row(parts: &[Expression]) -> Requirement {
    let mut row = Row::default();
    for part in parts {
        match part {
            Expression::Optional(_) => row.pass(),
            Expression::One(characters) => row.push(all(part), characters.sign),
            _ => row.push(all(part), None),
        }
    }
    row.end()
}

/// The literal string that an expression matches, if it is nothing else.
pub(super) fn literal(pattern: &str) -> Option<String> {
    let mut literal = String::with_capacity(pattern.len());
    let mut signs = pattern.chars();
    while let Some(sign) = signs.next() {
        literal.push(match sign {
            '\\' => signs.next().filter(char::is_ascii_punctuation)?,
            '.' | '[' | ']' | '(' | ')' | '{' | '}' | '^' | '$' | '*' | '+' | '?' | '|' => return None,
            sign => sign,
        });
    }
    Some(literal)
}

#[cfg(test)]
mod tests {
    use super::super::expression::read;
    use super::super::need::{Pairs, bytes_of};
    use super::*;

    fn lacks(pattern: &str, text: &str) -> bool {
        let (need, bytes) =
            (read(pattern).map_or_else(Requirement::default, |read| needed(&read)), bytes_of(text).expect("ASCII"));
        need.lacks_byte(bytes) || need.lacks_pair(bytes, &Pairs::of(text))
    }

    #[test]
    fn what_a_match_must_have_is_read_from_the_expression() {
        for (pattern, text) in [
            ("abc", "ab"),
            (r"\bif\b", "in"),
            (r"(?i)\bTRUE\b", "fals"),
            ("(?x: a # c \n b )", "a"),
            ("(?:ab|c+)d?", "b"),
            (r"[0-9]{2,}", "none"),
            ("(?=a)b", "b"),
            (r"\x{61}\x62", "b"),
            ("(?<name>ä)", "a"),
            (r"(?i)\b(?:date|decimal)\b", "a tale made"),
            (r"\b(?:if|else)\s+(?:no|yes)", "elsif yea"),
            ("a+b", "ba"),
            ("(?:ab|%)", "ba"),
            ("[^a]", "a"),
        ] {
            assert!(lacks(pattern, text), "{pattern}: {text}");
        }
    }

    #[test]
    fn optional_parts_are_not_required() {
        for (pattern, text) in [
            ("ab?", "a"),
            ("(?x) a b \n # comment \n ?", "a"),
            ("(?:a|)", ""),
            ("a{0,3}b{,2}", ""),
            ("(?!a)b", "b"),
            ("(?<=a)b", "b"),
            (r"(?i)k\x{df}", "kss"),
            ("[a[b]_[:alpha:]-]", "-"),
            ("(?i)[]a-b]", "B"),
            (r"[\w-]", "-"),
            ("(?~a)", ""),
            ("a{2}?", ""),
            ("a{x", "a{x"),
            ("ab?c", "ac"),
            ("a(?:b)c(?=d)", "abcd"),
            ("(?i)DATE|x", "date"),
            ("a+b{2}", "aabb"),
            (r"a\bb|a|.", "b"),
            ("(?x) a # no\n b", "ab"),
            (r"\x{61}b", "ab"),
            ("(?:if|else)(?:no|yes)", "ifno"),
        ] {
            assert!(!lacks(pattern, text), "{pattern}: {text}");
        }
    }

    #[test]
    fn literals_are_distinguished_from_expressions() {
        assert_eq!(literal(r"\{\-,").as_deref(), Some("{-,"));
        assert_eq!(literal("").as_deref(), Some(""));
        for pattern in [r"\d", "a+", "[a]", "a|b", r"\\\n", "^a", "(a)"] {
            assert_eq!(literal(pattern), None, "{pattern}");
        }
    }
}
