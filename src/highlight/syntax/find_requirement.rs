//! Derives the requirements for a match from a regular expression.
//!
//! Most rules of a syntax match nowhere on most lines, and trying them takes most of the time. The requirements are
//! derived as far as they are certain: a byte of each of several sets, and pairs of adjacent characters in one of
//! several alternatives. All of this applies to ASCII texts only, where letters have exactly two cases.

use super::expression::Expression;
use super::requirement::{Requirement, SequenceRequirement};

/// The requirements of an expression; empty if nothing is certain.
pub(super) fn find_requirement(expression: &Expression) -> Requirement {
    collect_requirement(expression).without_common()
}

fn collect_requirement(expression: &Expression) -> Requirement {
    match expression {
        Expression::Character(characters) => Requirement::from_set(characters.ascii),
        Expression::Lookahead(inside) => collect_requirement(inside),
        Expression::Sequence(parts) => sequence_requirement(parts),
        Expression::Alternatives(parts) => {
            parts.iter().map(collect_requirement).reduce(Requirement::or).unwrap_or_default()
        }
        Expression::LineStart
        | Expression::LineEnd
        | Expression::Boundary
        | Expression::Empty
        | Expression::Anything
        | Expression::Optional(_) => Requirement::default(),
    }
}

/// The requirements of a sequence.
fn sequence_requirement(parts: &[Expression]) -> Requirement {
    let mut row = SequenceRequirement::default();
    for part in parts {
        match part {
            Expression::Optional(_) => row.skip_optional(),
            Expression::Character(characters) => row.push(collect_requirement(part), characters.single_char),
            _ => row.push(collect_requirement(part), None),
        }
    }
    row.finish()
}

/// The literal string that an expression matches, if it is nothing else.
pub(super) fn literal(pattern: &str) -> Option<String> {
    let mut literal = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        literal.push(match c {
            '\\' => chars.next().filter(char::is_ascii_punctuation)?,
            '.' | '[' | ']' | '(' | ')' | '{' | '}' | '^' | '$' | '*' | '+' | '?' | '|' => return None,
            c => c,
        });
    }
    Some(literal)
}

#[cfg(test)]
mod tests {
    use super::super::expression::parse_expression;
    use super::super::requirement::{Pairs, bytes_of};
    use super::*;

    fn lacks(pattern: &str, text: &str) -> bool {
        let (need, bytes) = (
            parse_expression(pattern).map_or_else(Requirement::default, |read| find_requirement(&read)),
            bytes_of(text).expect("ASCII"),
        );
        need.lacks_byte(bytes) || need.lacks_pair(bytes, &Pairs::from_text(text))
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
