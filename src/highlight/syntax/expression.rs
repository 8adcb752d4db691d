//! Parses regular expressions as far as necessary to determine where they cannot match.
//!
//! The requirements and possible starts of a match are derived only where they are certain. A part of an expression
//! that is not understood is assumed to match anything.

use super::byte_set::{BLANKS, ByteSet, named_class, one, range, word};
use super::requirement::ByteMask;

/// A regular expression or a part of one.
#[derive(Debug)]
pub(super) enum Expression {
    /// A single character.
    Character(Characters),
    /// The empty string at the start of a line.
    LineStart,
    /// The empty string at the end of a line.
    LineEnd,
    /// The empty string at a word boundary.
    Boundary,
    /// The empty string before a match of an expression (lookahead).
    Lookahead(Box<Expression>),
    /// The empty string, anywhere or under a condition that is not examined.
    Empty,
    /// Any string, including the empty one.
    Anything,
    /// An optional part.
    Optional(Box<Expression>),
    /// Several parts, one after the other.
    Sequence(Vec<Expression>),
    /// One of several parts.
    Alternatives(Vec<Expression>),
}

/// The characters that match at a position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Characters {
    /// A superset of the matching ASCII characters.
    pub(super) ascii: ByteMask,
    /// Whether a non-ASCII character may match.
    pub(super) is_beyond_ascii: bool,
    /// The only matching ASCII character, if there is one, regardless of case if the expression ignores case.
    pub(super) single_char: Option<u8>,
}

/// Parses an expression; `None` if it contains anything unsupported.
pub(super) fn parse_expression(pattern: &str) -> Option<Expression> {
    let mut reader = Reader { rest: pattern };
    let read = reader.alternatives(Options::default());
    read.filter(|_| reader.rest.is_empty())
}

/// The options in effect.
#[derive(Clone, Copy, Default)]
struct Options {
    any_case: bool,
    extended: bool,
}

impl Options {
    /// The ASCII bytes that a literal character matches.
    fn set(self, c: char) -> ByteSet {
        match c {
            // Without regard to case, a non-ASCII character may equal an ASCII one.
            _ if !c.is_ascii() && self.any_case => ByteSet::ANY,
            _ if !c.is_ascii() => ByteSet::exactly(0),
            _ if self.any_case => ByteSet::exactly(one(c.to_ascii_lowercase()) | one(c.to_ascii_uppercase())),
            _ => ByteSet::exactly(one(c)),
        }
    }

    /// The expression for a literal character.
    fn literal(self, c: char) -> Expression {
        Expression::Character(Characters {
            ascii: self.set(c).bytes,
            is_beyond_ascii: self.any_case || !c.is_ascii(),
            single_char: u8::try_from(c).ok().filter(u8::is_ascii),
        })
    }
}

/// A character of a set, or a non-ASCII character.
fn from_set(set: ByteSet) -> Expression {
    Expression::Character(Characters { ascii: set.bytes, is_beyond_ascii: true, single_char: None })
}

/// A single character or a set, as a member of a class.
enum Member {
    Char(char),
    Set(ByteSet),
}

/// Parses an expression. Each method returns `None` for unsupported syntax.
struct Reader<'p> {
    rest: &'p str,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next();
        self.rest = chars.as_str();
        c
    }

    fn skip_prefix(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Skips past the next occurrence of `end`.
    fn skip_past(&mut self, end: &str) -> Option<()> {
        self.rest = self.rest.split_once(end)?.1;
        Some(())
    }

    fn alternatives(&mut self, mut options: Options) -> Option<Expression> {
        let mut all = vec![self.sequence(&mut options)?];
        while self.skip_prefix("|") {
            all.push(self.sequence(&mut options)?);
        }
        Some(if all.len() == 1 { all.remove(0) } else { Expression::Alternatives(all) })
    }

    fn sequence(&mut self, options: &mut Options) -> Option<Expression> {
        let mut parts = Vec::new();
        loop {
            self.skip_blanks(*options);
            if self.rest.is_empty() || self.rest.starts_with(['|', ')']) {
                return Some(Expression::Sequence(parts));
            }
            let element = self.element(options)?;
            parts.push(if self.is_optional(*options) { Expression::Optional(element.into()) } else { element });
        }
    }

    /// Skips white space and comments in extended mode.
    fn skip_blanks(&mut self, options: Options) {
        if !options.extended {
            return;
        }
        self.rest = self.rest.trim_ascii_start();
        while let Some(comment) = self.rest.strip_prefix('#') {
            self.rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_ascii_start();
        }
    }

    /// Parses quantifiers, and returns whether they allow zero occurrences.
    fn is_optional(&mut self, options: Options) -> bool {
        let mut is_optional = false;
        loop {
            self.skip_blanks(options);
            if self.skip_prefix("+") {
                continue;
            }
            if self.skip_prefix("*") || self.skip_prefix("?") {
                is_optional = true;
            } else if let Some((min, rest)) = interval(self.rest) {
                is_optional |= min == 0;
                self.rest = rest;
            } else {
                return is_optional;
            }
        }
    }

    fn element(&mut self, options: &mut Options) -> Option<Expression> {
        Some(match self.next()? {
            '\\' => return self.escaped(*options),
            '[' => from_set(self.class(*options)?),
            '(' => self.group(options)?,
            '^' => Expression::LineStart,
            '$' => Expression::LineEnd,
            '.' => from_set(ByteSet::ANY),
            sign => options.literal(sign),
        })
    }

    fn escaped(&mut self, options: Options) -> Option<Expression> {
        let expression = match self.rest.chars().next()? {
            'b' => Expression::Boundary,
            'A' => Expression::LineStart,
            'z' | 'Z' => Expression::LineEnd,
            'B' | 'G' | 'K' => Expression::Empty,
            '1'..='9' => {
                self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
                return Some(Expression::Anything);
            }
            'k' | 'g' => return self.skip_past(">").map(|()| Expression::Anything),
            _ => {
                return Some(match self.member()? {
                    Member::Char(sign) => options.literal(sign),
                    Member::Set(set) => from_set(set),
                });
            }
        };
        self.next();
        Some(expression)
    }

    /// Parses the escape after a backslash, inside or outside a class.
    fn member(&mut self) -> Option<Member> {
        let c = self.next()?;
        let set = match c.to_ascii_lowercase() {
            'd' => Some(range('0', '9')),
            'w' => Some(word()),
            's' => Some(BLANKS),
            'h' => Some(range('0', '9') | range('a', 'f') | range('A', 'F')),
            _ => None,
        };
        if let Some(set) = set.map(ByteSet::exactly) {
            return Some(Member::Set(if c.is_ascii_lowercase() { set } else { set.complement() }));
        }
        Some(match c {
            'R' | 'X' | 'N' | 'O' => Member::Set(ByteSet::ANY),
            'p' | 'P' => self.skip_past("}").map(|()| Member::Set(ByteSet::ANY))?,
            'x' => Member::Char(self.number()?),
            'n' => Member::Char('\n'),
            't' => Member::Char('\t'),
            'r' => Member::Char('\r'),
            'f' => Member::Char('\x0c'),
            sign if sign.is_ascii_alphanumeric() => return None,
            sign => Member::Char(sign),
        })
    }

    /// Parses a hexadecimal character number, `41` or `{2018}`.
    fn number(&mut self) -> Option<char> {
        let digits = if self.skip_prefix("{") {
            let (digits, rest) = self.rest.split_once('}')?;
            self.rest = rest;
            digits
        } else {
            let end = self.rest.bytes().take(2).take_while(u8::is_ascii_hexdigit).count();
            let (digits, rest) = self.rest.split_at(end);
            self.rest = rest;
            digits
        };
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    }

    /// Parses a group after its opening parenthesis.
    fn group(&mut self, options: &mut Options) -> Option<Expression> {
        // The text after a comment may be a quantifier for the text before it.
        if self.rest.starts_with('*') || self.rest.starts_with("?#") {
            return None;
        }
        if ["?!", "?<=", "?<!"].iter().any(|start| self.skip_prefix(start)) {
            return self.group_content(*options).map(|_| Expression::Empty);
        }
        if self.skip_prefix("?=") {
            return self.group_content(*options).map(|content| Expression::Lookahead(content.into()));
        }
        if self.rest.starts_with('?') && !["?:", "?>"].iter().any(|start| self.skip_prefix(start)) {
            return self.named_or_options(options);
        }
        self.group_content(*options)
    }

    fn group_content(&mut self, options: Options) -> Option<Expression> {
        let content = self.alternatives(options)?;
        self.skip_prefix(")").then_some(content)
    }

    /// Parses a named group, or options for a group or for the rest of the expression.
    fn named_or_options(&mut self, options: &mut Options) -> Option<Expression> {
        if self.skip_prefix("?<") {
            self.skip_past(">")?;
            return self.group_content(*options);
        }
        self.skip_prefix("?");
        let (mut changed, mut is_on) = (*options, true);
        loop {
            match self.next()? {
                '-' => is_on = false,
                'i' => changed.any_case = is_on,
                'x' => changed.extended = is_on,
                'm' => {}
                ':' => return self.group_content(changed),
                ')' => {
                    *options = changed;
                    return Some(Expression::Empty);
                }
                _ => return None,
            }
        }
    }

    /// Parses a class after its opening bracket.
    fn class(&mut self, options: Options) -> Option<ByteSet> {
        let is_negated = self.skip_prefix("^");
        let mut set = ByteSet::exactly(0);
        let mut is_first = true;
        while is_first || !self.skip_prefix("]") {
            is_first = false;
            let operand = if self.skip_prefix("&&") {
                ByteSet::ANY
            } else if self.skip_prefix("[:") {
                self.named_class()?
            } else {
                match self.class_member(options)? {
                    Member::Set(more) => more,
                    Member::Char(sign) => self.class_range(sign, options)?,
                }
            };
            set = set.or(operand);
        }
        Some(if is_negated { set.complement() } else { set })
    }

    /// Parses a class such as `[:alpha:]` after `[:`.
    fn named_class(&mut self) -> Option<ByteSet> {
        let (name, rest) = self.rest.split_once(":]")?;
        self.rest = rest;
        Some(named_class(name).map_or(ByteSet::ANY, ByteSet::at_most))
    }

    fn class_member(&mut self, options: Options) -> Option<Member> {
        match self.next()? {
            '[' => self.class(options).map(Member::Set),
            '\\' if self.skip_prefix("b") => Some(Member::Char('\x08')),
            '\\' => self.member(),
            sign => Some(Member::Char(sign)),
        }
    }

    /// A character of a class, or the range that starts with it.
    fn class_range(&mut self, first: char, options: Options) -> Option<ByteSet> {
        let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]") && !self.rest.starts_with("-[");
        if !is_range {
            return Some(options.set(first));
        }
        self.skip_prefix("-");
        match self.class_member(options)? {
            Member::Set(_) => Some(ByteSet::ANY),
            Member::Char(last) if options.any_case && !last.is_ascii() => Some(ByteSet::ANY),
            Member::Char(last) => {
                let set = ('\0'..='\x7f').filter(|c| (first..=last).contains(c));
                Some(set.fold(ByteSet::exactly(0), |set, c| set.or(options.set(c))))
            }
        }
    }
}

/// The minimum of an interval such as `{2,3}` at the start of a text, and the rest of the text.
fn interval(text: &str) -> Option<(u32, &str)> {
    let (bounds, rest) = text.strip_prefix('{')?.split_once('}')?;
    let (min, max) = bounds.split_once(',').unwrap_or((bounds, bounds));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(min) && is_number(max) && bounds.len() > bounds.matches(',').count())
        .then(|| (min.parse().unwrap_or(0), rest))
}
