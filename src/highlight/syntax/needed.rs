//! What a regular expression needs in a text in order to match.
//!
//! Most rules of a syntax match nowhere on most lines, and to search for them is most of the work. What a match must have is
//! read from the expression as far as that is certain: a byte of each of some sets, and neighbours in one of some ways. Of
//! what is not read here, an expression is taken to need nothing. All of it is about texts of ASCII, where letters have two
//! cases and no more.

use super::need::{ANY, Bytes, Need, Row};

/// What a match must have; nothing when nothing is certain.
pub(super) fn needed(pattern: &str) -> Need {
    let mut reader = Reader { rest: pattern };
    let read = reader.alternatives(Options::default());
    read.filter(|_| reader.rest.is_empty()).unwrap_or_default().worthwhile()
}

/// What an expression looks for when it is a text as it stands.
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

/// How an expression is read from here on.
#[derive(Clone, Copy, Default)]
struct Options {
    any_case: bool,
    extended: bool,
}

impl Options {
    /// What a letter or sign of an expression matches.
    fn set(self, sign: char) -> Bytes {
        match sign {
            // A letter that is not of ASCII may be another case of one that is.
            _ if !sign.is_ascii() => {
                if self.any_case {
                    ANY
                } else {
                    0
                }
            }
            _ if self.any_case => one(sign.to_ascii_lowercase()) | one(sign.to_ascii_uppercase()),
            _ => one(sign),
        }
    }

    /// What a letter or sign needs.
    fn need(self, sign: char) -> (Need, Option<char>) {
        (Need::of(self.set(sign)), Some(sign).filter(char::is_ascii))
    }
}

fn one(sign: char) -> Bytes {
    1 << u32::from(sign)
}

fn range(first: char, last: char) -> Bytes {
    ('\0'..='\x7f').filter(|sign| (first..=last).contains(sign)).fold(0, |set, sign| set | one(sign))
}

/// A letter or sign, or a set of them.
enum Member {
    Sign(char),
    Set(Bytes),
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

    /// What all alternatives need together.
    fn alternatives(&mut self, mut options: Options) -> Option<Need> {
        let mut all = self.sequence(&mut options)?;
        while self.take("|") {
            all = all.or(self.sequence(&mut options)?);
        }
        Some(all)
    }

    fn sequence(&mut self, options: &mut Options) -> Option<Need> {
        let mut row = Row::default();
        loop {
            self.pass_blanks(*options);
            if self.rest.is_empty() || self.rest.starts_with(['|', ')']) {
                return Some(row.end());
            }
            let (found, sign) = self.element(options)?;
            match self.is_optional(*options) {
                true => row.pass(),
                false => row.push(found, sign.and_then(|sign| u8::try_from(sign).ok())),
            }
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

    /// What comes next needs, and the sign that it is if it is one.
    fn element(&mut self, options: &mut Options) -> Option<(Need, Option<char>)> {
        let nothing = || (Need::default(), None);
        Some(match self.next()? {
            '\\' => return self.escaped(*options),
            '[' => (Need::of(self.class(*options)?), None),
            '(' => (self.group(options)?, None),
            '^' | '$' | '.' => nothing(),
            sign => options.need(sign),
        })
    }

    fn escaped(&mut self, options: Options) -> Option<(Need, Option<char>)> {
        match self.rest.chars().next()? {
            'b' | 'B' | 'A' | 'z' | 'Z' | 'G' | 'K' => self.next().map(drop)?,
            '1'..='9' => self.rest = self.rest.trim_start_matches(|sign: char| sign.is_ascii_digit()),
            'k' | 'g' => self.pass(">")?,
            _ => {
                return Some(match self.member()? {
                    Member::Sign(sign) => options.need(sign),
                    Member::Set(set) => (Need::of(set), None),
                });
            }
        }
        Some((Need::default(), None))
    }

    /// What stands behind a backslash, in a class or outside.
    fn member(&mut self) -> Option<Member> {
        const BLANKS: Bytes = 1 << 32 | 0x3e00;
        let digits = range('0', '9');
        let letters = range('a', 'z') | range('A', 'Z');
        Some(match self.next()? {
            'd' => Member::Set(digits),
            'w' => Member::Set(digits | letters | one('_')),
            's' => Member::Set(BLANKS),
            'h' => Member::Set(digits | range('a', 'f') | range('A', 'F')),
            'D' | 'W' | 'S' | 'H' | 'R' | 'X' | 'N' | 'O' => Member::Set(ANY),
            'p' | 'P' => self.pass("}").map(|()| Member::Set(ANY))?,
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
    fn group(&mut self, options: &mut Options) -> Option<Need> {
        if self.take("?#") {
            return self.pass(")").map(|()| Need::default());
        }
        if self.rest.starts_with('*') {
            return None;
        }
        let counts = !["?!", "?<=", "?<!"].iter().any(|start| self.take(start));
        if counts && self.rest.starts_with('?') && !["?:", "?=", "?>"].iter().any(|start| self.take(start)) {
            return self.named_or_options(options);
        }
        let inside = self.closed(*options)?;
        Some(if counts { inside } else { Need::default() })
    }

    fn closed(&mut self, options: Options) -> Option<Need> {
        let inside = self.alternatives(options)?;
        self.take(")").then_some(inside)
    }

    /// A group with a name, or options for a group or for what follows.
    fn named_or_options(&mut self, options: &mut Options) -> Option<Need> {
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
                    return Some(Need::default());
                }
                _ => return None,
            }
        }
    }

    /// A class behind its opening bracket. One that leaves letters out, or is made of others, may be anything.
    fn class(&mut self, options: Options) -> Option<Bytes> {
        let mut set = if self.take("^") { ANY } else { 0 };
        let mut is_first = true;
        while is_first || !self.take("]") {
            is_first = false;
            if self.take("&&") || self.passes_named_class()? {
                set = ANY;
                continue;
            }
            match self.class_member()? {
                Member::Set(more) => set |= more,
                Member::Sign(sign) => set |= self.from(sign, options)?,
            }
        }
        Some(set)
    }

    /// Goes behind a class such as `[:alpha:]`; false when there is none.
    fn passes_named_class(&mut self) -> Option<bool> {
        if self.take("[:") { self.pass(":]").map(|()| true) } else { Some(false) }
    }

    fn class_member(&mut self) -> Option<Member> {
        match self.next()? {
            '[' => self.class(Options { any_case: true, ..Options::default() }).map(Member::Set),
            '\\' if self.take("b") => Some(Member::Sign('\x08')),
            '\\' => self.member(),
            sign => Some(Member::Sign(sign)),
        }
    }

    /// A letter of a class, or the range that begins with it.
    fn from(&mut self, first: char, options: Options) -> Option<Bytes> {
        let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]") && !self.rest.starts_with("-[");
        if !is_range {
            return Some(options.set(first));
        }
        self.take("-");
        match self.class_member()? {
            Member::Set(_) => Some(ANY),
            Member::Sign(last) if options.any_case && !last.is_ascii() => Some(ANY),
            Member::Sign(last) => {
                let set = ('\0'..='\x7f').filter(|sign| (first..=last).contains(sign));
                Some(set.fold(0, |set, sign| set | options.set(sign)))
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

#[cfg(test)]
mod tests {
    use super::super::need::{Pairs, bytes_of};
    use super::*;

    fn lacks(pattern: &str, text: &str) -> bool {
        let (need, bytes) = (needed(pattern), bytes_of(text).expect("ASCII"));
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
        ] {
            assert!(lacks(pattern, text), "{pattern}: {text}");
        }
    }

    #[test]
    fn what_may_be_absent_is_not_needed() {
        for (pattern, text) in [
            ("ab?", "a"),
            ("(?x) a b \n # comment \n ?", "a"),
            ("(?:a|)", ""),
            ("a{0,3}b{,2}", ""),
            ("(?!a)b", "b"),
            ("(?<=a)b", "b"),
            (r"(?i)k\x{df}", "kss"),
            ("[^a]", "a"),
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
    fn a_text_as_it_stands_is_told_from_an_expression() {
        assert_eq!(literal(r"\{\-,").as_deref(), Some("{-,"));
        assert_eq!(literal("").as_deref(), Some(""));
        for pattern in [r"\d", "a+", "[a]", "a|b", r"\\\n", "^a", "(a)"] {
            assert_eq!(literal(pattern), None, "{pattern}");
        }
    }
}
