//! Regular expressions, read as far as it takes to tell where they cannot match.
//!
//! What a match must have, and what it can begin with, is read from the expression as far as that is certain. Of what is
//! not read here, an expression is taken to match anything.

use super::need::Bytes;
use super::set::{BLANKS, Set, named_class, one, range, word};

/// A regular expression, or a part of one.
#[derive(Debug)]
pub(super) enum Expression {
    /// One character.
    One(Characters),
    /// Nothing, at the beginning of a line.
    LineStart,
    /// Nothing, at the end of a line.
    LineEnd,
    /// Nothing, between a letter or digit and something else.
    Boundary,
    /// Nothing, where a text begins that matches an expression.
    Ahead(Box<Expression>),
    /// Nothing, anywhere or under a condition that is not looked into.
    Nothing,
    /// Anything, or nothing.
    Anything,
    /// What may be absent.
    Optional(Box<Expression>),
    /// One after the other.
    Sequence(Vec<Expression>),
    /// One of them.
    Alternatives(Vec<Expression>),
}

/// The characters that one can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Characters {
    /// Those of ASCII, or more.
    pub(super) ascii: Bytes,
    /// Whether it may be one that is not of ASCII.
    pub(super) is_beyond_ascii: bool,
    /// The letter or sign of ASCII that it is, in any case of letters if the expression does not tell them apart.
    pub(super) sign: Option<u8>,
}

/// Reads an expression; `None` when it has something that is not known here.
pub(super) fn read(pattern: &str) -> Option<Expression> {
    let mut reader = Reader { rest: pattern };
    let read = reader.alternatives(Options::default());
    read.filter(|_| reader.rest.is_empty())
}

/// How an expression is read from here on.
#[derive(Clone, Copy, Default)]
struct Options {
    any_case: bool,
    extended: bool,
}

impl Options {
    /// The bytes of ASCII that a letter or sign of an expression matches.
    fn set(self, sign: char) -> Set {
        match sign {
            // A letter that is not of ASCII may be another case of one that is.
            _ if !sign.is_ascii() && self.any_case => Set::ANY,
            _ if !sign.is_ascii() => Set::exactly(0),
            _ if self.any_case => Set::exactly(one(sign.to_ascii_lowercase()) | one(sign.to_ascii_uppercase())),
            _ => Set::exactly(one(sign)),
        }
    }

    /// What a letter or sign matches.
    fn sign(self, sign: char) -> Expression {
        Expression::One(Characters {
            ascii: self.set(sign).bytes,
            is_beyond_ascii: self.any_case || !sign.is_ascii(),
            sign: u8::try_from(sign).ok().filter(u8::is_ascii),
        })
    }
}

/// One of a set, or of what is not of ASCII.
fn of_set(set: Set) -> Expression {
    Expression::One(Characters { ascii: set.bytes, is_beyond_ascii: true, sign: None })
}

/// A letter or sign, or a set of them.
enum Member {
    Sign(char),
    Set(Set),
}

/// Reads an expression. What returns `None` does not know what it meets.
struct Reader<'p> {
    rest: &'p str,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let mut signs = self.rest.chars();
        let sign = signs.next();
        self.rest = signs.as_str();
        sign
    }

    fn take(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Goes behind the next of a text.
    fn pass(&mut self, end: &str) -> Option<()> {
        self.rest = self.rest.split_once(end)?.1;
        Some(())
    }

    fn alternatives(&mut self, mut options: Options) -> Option<Expression> {
        let mut all = vec![self.sequence(&mut options)?];
        while self.take("|") {
            all.push(self.sequence(&mut options)?);
        }
        Some(if all.len() == 1 { all.remove(0) } else { Expression::Alternatives(all) })
    }

    fn sequence(&mut self, options: &mut Options) -> Option<Expression> {
        let mut parts = Vec::new();
        loop {
            self.pass_blanks(*options);
            if self.rest.is_empty() || self.rest.starts_with(['|', ')']) {
                return Some(Expression::Sequence(parts));
            }
            let found = self.element(options)?;
            parts.push(if self.is_optional(*options) { Expression::Optional(found.into()) } else { found });
        }
    }

    /// Blanks and comments of an expression that is laid out.
    fn pass_blanks(&mut self, options: Options) {
        if !options.extended {
            return;
        }
        self.rest = self.rest.trim_ascii_start();
        while let Some(comment) = self.rest.strip_prefix('#') {
            self.rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_ascii_start();
        }
    }

    /// Reads how often something may stand, and tells whether that may be never.
    fn is_optional(&mut self, options: Options) -> bool {
        let mut is_optional = false;
        loop {
            self.pass_blanks(options);
            if self.take("+") {
                continue;
            }
            if self.take("*") || self.take("?") {
                is_optional = true;
            } else if let Some((least, behind)) = interval(self.rest) {
                is_optional |= least == 0;
                self.rest = behind;
            } else {
                return is_optional;
            }
        }
    }

    fn element(&mut self, options: &mut Options) -> Option<Expression> {
        Some(match self.next()? {
            '\\' => return self.escaped(*options),
            '[' => of_set(self.class(*options)?),
            '(' => self.group(options)?,
            '^' => Expression::LineStart,
            '$' => Expression::LineEnd,
            '.' => of_set(Set::ANY),
            sign => options.sign(sign),
        })
    }

    fn escaped(&mut self, options: Options) -> Option<Expression> {
        let known = match self.rest.chars().next()? {
            'b' => Expression::Boundary,
            'A' => Expression::LineStart,
            'z' | 'Z' => Expression::LineEnd,
            'B' | 'G' | 'K' => Expression::Nothing,
            '1'..='9' => {
                self.rest = self.rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
                return Some(Expression::Anything);
            }
            'k' | 'g' => return self.pass(">").map(|()| Expression::Anything),
            _ => {
                return Some(match self.member()? {
                    Member::Sign(sign) => options.sign(sign),
                    Member::Set(set) => of_set(set),
                });
            }
        };
        self.next();
        Some(known)
    }

    /// What stands behind a backslash, in a class or outside.
    fn member(&mut self) -> Option<Member> {
        let sign = self.next()?;
        let set = match sign.to_ascii_lowercase() {
            'd' => Some(range('0', '9')),
            'w' => Some(word()),
            's' => Some(BLANKS),
            'h' => Some(range('0', '9') | range('a', 'f') | range('A', 'F')),
            _ => None,
        };
        if let Some(set) = set.map(Set::exactly) {
            return Some(Member::Set(if sign.is_ascii_lowercase() { set } else { set.complement() }));
        }
        Some(match sign {
            'R' | 'X' | 'N' | 'O' => Member::Set(Set::ANY),
            'p' | 'P' => self.pass("}").map(|()| Member::Set(Set::ANY))?,
            'x' => Member::Sign(self.number()?),
            'n' => Member::Sign('\n'),
            't' => Member::Sign('\t'),
            'r' => Member::Sign('\r'),
            'f' => Member::Sign('\x0c'),
            sign if sign.is_ascii_alphanumeric() => return None,
            sign => Member::Sign(sign),
        })
    }

    /// A character by its number, as `41` or `{2018}`.
    fn number(&mut self) -> Option<char> {
        let digits = if self.take("{") {
            let (digits, behind) = self.rest.split_once('}')?;
            self.rest = behind;
            digits
        } else {
            let end = self.rest.bytes().take(2).take_while(u8::is_ascii_hexdigit).count();
            let (digits, behind) = self.rest.split_at(end);
            self.rest = behind;
            digits
        };
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    }

    /// Behind an opening parenthesis.
    fn group(&mut self, options: &mut Options) -> Option<Expression> {
        // What is behind a comment may be about what is before it.
        if self.rest.starts_with('*') || self.rest.starts_with("?#") {
            return None;
        }
        if ["?!", "?<=", "?<!"].iter().any(|start| self.take(start)) {
            return self.closed(*options).map(|_| Expression::Nothing);
        }
        if self.take("?=") {
            return self.closed(*options).map(|inside| Expression::Ahead(inside.into()));
        }
        if self.rest.starts_with('?') && !["?:", "?>"].iter().any(|start| self.take(start)) {
            return self.named_or_options(options);
        }
        self.closed(*options)
    }

    fn closed(&mut self, options: Options) -> Option<Expression> {
        let inside = self.alternatives(options)?;
        self.take(")").then_some(inside)
    }

    /// A group with a name, or options for a group or for what follows.
    fn named_or_options(&mut self, options: &mut Options) -> Option<Expression> {
        if self.take("?<") {
            self.pass(">")?;
            return self.closed(*options);
        }
        self.take("?");
        let (mut changed, mut is_on) = (*options, true);
        loop {
            match self.next()? {
                '-' => is_on = false,
                'i' => changed.any_case = is_on,
                'x' => changed.extended = is_on,
                'm' => {}
                ':' => return self.closed(changed),
                ')' => {
                    *options = changed;
                    return Some(Expression::Nothing);
                }
                _ => return None,
            }
        }
    }

    /// A class behind its opening bracket.
    fn class(&mut self, options: Options) -> Option<Set> {
        let is_negated = self.take("^");
        let mut set = Set::exactly(0);
        let mut is_first = true;
        while is_first || !self.take("]") {
            is_first = false;
            let more = if self.take("&&") {
                Set::ANY
            } else if self.take("[:") {
                self.named_class()?
            } else {
                match self.class_member(options)? {
                    Member::Set(more) => more,
                    Member::Sign(sign) => self.from(sign, options)?,
                }
            };
            set = set.or(more);
        }
        Some(if is_negated { set.complement() } else { set })
    }

    /// A class such as `[:alpha:]`, behind its beginning.
    fn named_class(&mut self) -> Option<Set> {
        let (name, behind) = self.rest.split_once(":]")?;
        self.rest = behind;
        Some(named_class(name).map_or(Set::ANY, Set::at_most))
    }

    fn class_member(&mut self, options: Options) -> Option<Member> {
        match self.next()? {
            '[' => self.class(options).map(Member::Set),
            '\\' if self.take("b") => Some(Member::Sign('\x08')),
            '\\' => self.member(),
            sign => Some(Member::Sign(sign)),
        }
    }

    /// A letter of a class, or the range that begins with it.
    fn from(&mut self, first: char, options: Options) -> Option<Set> {
        let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]") && !self.rest.starts_with("-[");
        if !is_range {
            return Some(options.set(first));
        }
        self.take("-");
        match self.class_member(options)? {
            Member::Set(_) => Some(Set::ANY),
            Member::Sign(last) if options.any_case && !last.is_ascii() => Some(Set::ANY),
            Member::Sign(last) => {
                let set = ('\0'..='\x7f').filter(|sign| (first..=last).contains(sign));
                Some(set.fold(Set::exactly(0), |set, sign| set.or(options.set(sign))))
            }
        }
    }
}

/// The least number of an interval such as `{2,3}` at the beginning of a text, and what is behind it.
fn interval(text: &str) -> Option<(u32, &str)> {
    let (inside, behind) = text.strip_prefix('{')?.split_once('}')?;
    let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(least) && is_number(most) && inside.len() > inside.matches(',').count())
        .then(|| (least.parse().unwrap_or(0), behind))
}
