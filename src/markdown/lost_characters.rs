//! Characters that emphasis takes away although they belong to the text: `5*3*2`, `2**3`, `*.log,*.txt`, `__init__.py`.

use pulldown_cmark::Tag;

use super::foreign::STAR;
use super::reader::Reader;
use crate::place::Span;

/// The longest emphasis to look at, in bytes: it may be nested as deeply as it is long.
const MAX_EMPHASIS_BYTES: usize = 300;
/// Special names of programming languages: `__init__`.
const CODE_NAMES: [&str; 26] = [
    "DIR",
    "FILE",
    "LINE",
    "attribute",
    "builtins",
    "delattr",
    "dict",
    "dirname",
    "doc",
    "eq",
    "filename",
    "getattr",
    "getitem",
    "getstate",
    "init",
    "iter",
    "metrics_path",
    "mocks",
    "proto",
    "pycache",
    "repr",
    "setattr",
    "setitem",
    "setstate",
    "snapshots",
    "str",
];

/// Names of programming languages that are also words: they are names behind a word for what they name.
const WORD_NAMES: [&str; 23] = [
    "COUNTER",
    "DATE",
    "TIME",
    "TIMESTAMP",
    "VERSION",
    "address",
    "all",
    "author",
    "call",
    "class",
    "enter",
    "exit",
    "file",
    "fixtures",
    "hash",
    "len",
    "main",
    "mocks",
    "module",
    "name",
    "path",
    "tests",
    "version",
];
const NAMED_THINGS: [&str; 34] = [
    "attribute",
    "attributes",
    "constant",
    "decorator",
    "directory",
    "dunder",
    "folder",
    "function",
    "label",
    "labels",
    "macro",
    "method",
    "methods",
    "module",
    "property",
    "script",
    "variable",
    "variables",
    "attribut",
    "etikett",
    "funktion",
    "konstante",
    "makro",
    "methode",
    "modul",
    "ordner",
    "verzeichnis",
    "constante",
    "fonction",
    "méthode",
    "étiquette",
    "atributo",
    "función",
    "método",
];

impl Reader<'_> {
    /// Finds `5*3*2`, `*.log,*.txt` and `__init__.py`, which lose characters to emphasis.
    pub(super) fn find_lost_characters(&mut self, tag: &Tag<'_>, span: Span) {
        let source_text = self.source_text(span);
        if source_text.len() > MAX_EMPHASIS_BYTES {
            return;
        }
        let before = self.source_before(span);
        let rest = self.source.as_str().get(span.end as usize..).unwrap_or_default();
        let inner = source_text.trim_matches(['*', '_']);
        let is_lost = match tag {
            Tag::Emphasis if source_text.starts_with('*') => is_starred(before, source_text, rest),
            // `_[...]_` and `_-_` are an omission and a dash.
            Tag::Emphasis if source_text.starts_with('_') => {
                let may_be_blank = inner.contains(['/', ':', '|']) || inner.starts_with([']', ')']);
                // `assets/_x_/y` and `100%_done_`
                let is_path = before.ends_with('/') && rest.starts_with('/') || before.ends_with('%');
                may_be_blank && is_blank_form(inner) || is_path
            }
            Tag::Strong if source_text.starts_with('*') => is_double_starred(before, inner, rest),
            // `__/__/____` and `[_] yes [_] no`
            Tag::Strong if source_text.starts_with('_') => {
                is_blank_form(inner) && !inner.contains("...") || is_code_name(before, inner, rest)
            }
            _ => false,
        };
        if is_lost {
            self.foreign.record(&STAR, span);
        }
    }

    /// The text before a place.
    fn source_before(&self, span: Span) -> &str {
        self.source.as_str().get(..span.start as usize).unwrap_or_default()
    }

    /// Finds `* * * * * command`, the line of a timetable, which is read as one list within another.
    pub(super) fn find_timetable(&mut self, span: Span) {
        let source_text = self.source_text(span);
        if source_text.starts_with("* * * * ") && self.source_before(span).ends_with('\n') {
            self.note_first_line(&STAR, span);
        }
    }
}

/// Whether single stars around a text belong to it: they multiply, or stand for any characters.
fn is_starred(before: &str, text: &str, rest: &str) -> bool {
    let mut after = rest.chars();
    let (last, next) = (before.chars().next_back(), after.next());
    let is_file_ending = next == Some('.') && after.next().is_some_and(|c| c.is_ascii_alphanumeric());
    let inner = text.trim_matches(['*', '_']);
    // `*_2026_*.log`
    let is_nested = text.starts_with("*_") && text.ends_with("_*");
    is_file_ending && (inner.starts_with('.') || inner.ends_with('/') || is_nested)
        || is_formula(last, inner, next)
        || is_pattern(last, inner)
        || is_variable(before, inner, rest)
}

/// Whether two stars on each side of a text belong to it: they raise to a power, as in `2**3 and 2**4`, stand for
/// folders, as in `src/**/test/**/x.py`, or are dialled.
fn is_double_starred(before: &str, inner: &str, rest: &str) -> bool {
    let (last, next) = (before.chars().next_back(), rest.chars().next());
    let is_operand = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    // Digits at one end of a number may be emphasized.
    let is_power = is_digit(last) && is_digit(next) && inner.len() <= MAX_EXPONENT_BYTES;
    let is_term = (is_operand(last) || last == Some(')')) && (is_operand(next) || next == Some('('));
    // Nobody emphasizes from the middle of one word to the middle of another.
    let is_between_words = is_term && inner.contains([' ', '+', '=', '/', '^', '*', ')']);
    let is_folder = inner.len() > 1 && inner.starts_with('/') && inner.ends_with('/');
    let is_glob =
        last == Some('/') || next == Some('/') || inner.contains('*') || FOLDERS.contains(&inner.trim_matches('/'));
    let is_dialled = || {
        let code = rest[..rest.floor_char_boundary(MAX_CODE_BYTES)].split_whitespace().next().unwrap_or_default();
        inner.bytes().all(|byte| byte.is_ascii_digit()) && code.trim_end_matches(['.', ',']).ends_with('#')
    };
    is_power || is_between_words || is_folder && is_glob || is_dialled()
}

/// The longest number that is raised to a power and is one itself, in `1**2**3`.
const MAX_EXPONENT_BYTES: usize = 2;
/// The longest code that is dialled behind the stars, in bytes.
const MAX_CODE_BYTES: usize = 30;
/// Folders that patterns exclude.
const FOLDERS: [&str; 9] = [".git", "bin", "build", "dist", "node_modules", "obj", "target", "test", "vendor"];

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Whether two underscores on each side belong to a name of a programming language: `__init__.py`.
fn is_code_name(before: &str, inner: &str, rest: &str) -> bool {
    let is_module = rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let is_folder = before.ends_with('/') && rest.starts_with('/');
    let is_member = before.ends_with('.') || rest.starts_with('(') || is_folder;
    // `__name__ == "__main__"`
    let is_value = rest.trim_start_matches(' ').starts_with('=') || inner == "main" && before.ends_with(['"', '\'']);
    // `` `job`/__address__ ``
    let is_beside_code = before.ends_with("`/") || rest.starts_with("/`");
    let is_named = || {
        let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        before.ends_with(' ') && NAMED_THINGS.contains(&word.to_lowercase().as_str())
    };
    is_word(inner) && (is_module || is_member || is_value || is_beside_code)
        || CODE_NAMES.contains(&inner)
        || WORD_NAMES.contains(&inner) && is_named()
}

/// Whether a name consists of small letters and underscores.
fn is_word(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Whether a single letter between stars is a factor or the part of an abbreviation, as in `a*b*c` and `M*A*S*H`; in
/// `e*X*tensible`, it explains one.
fn is_variable(before: &str, inner: &str, rest: &str) -> bool {
    let is_name = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let (mut left, mut right) = (before.chars().rev(), rest.chars());
    let is_within = inner.chars().count() == 1 && is_name(left.next()) && is_name(right.next());
    let beyond = right.next();
    if inner.starts_with(|c: char| c.is_ascii_digit()) && is_chemical(before, inner, rest) {
        return false;
    }
    is_within && (beyond == Some('*') || !is_name(left.next()) && !is_name(beyond))
}

/// Whether a text between stars is the index in the formula of a substance, as in `H*2*O`: nothing else is between
/// them.
fn is_chemical(before: &str, inner: &str, rest: &str) -> bool {
    let is_other = |c: char| !(c.is_ascii_alphanumeric() || c == '*');
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_SUBSTANCE_BYTES))..];
    let rest = &rest[..rest.floor_char_boundary(MAX_SUBSTANCE_BYTES)];
    let left = before.rsplit(is_other).next().unwrap_or_default();
    let right = rest.split(is_other).next().unwrap_or_default();
    let substance = format!("{left}{inner}{right}").replace('*', "");
    SUBSTANCES.contains(&substance.as_str())
}

/// The longest formula with its stars, in bytes.
const MAX_SUBSTANCE_BYTES: usize = 20;
/// Formulas of substances that handbooks name.
const SUBSTANCES: [&str; 16] = [
    "H2O", "H2O2", "CO2", "CO2e", "tCO2e", "N2O", "NO2", "SO2", "SF6", "CH4", "NH3", "H2S", "H2SO4", "HNO3", "C3H8",
    "C2H5OH",
];

/// Whether underscores around a text are blanks to be filled in: they surround nothing but signs, or reach from one
/// pair of brackets into another.
fn is_blank_form(inner: &str) -> bool {
    let is_sign = |c: char| "/.:-|()[], ".contains(c);
    !inner.is_empty() && (inner.chars().all(is_sign) || inner.starts_with([']', ')']) && inner.ends_with(['[', '(']))
}

/// Whether stars multiply, as in `5*3*2`.
fn is_formula(before: Option<char>, inner: &str, next: Option<char>) -> bool {
    let is_name = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let is_factor = |one: Option<char>, other: Option<char>| is_digit(one) && is_digit(other);
    let is_product = is_factor(before, inner.chars().next()) || is_factor(inner.chars().next_back(), next);
    // Nobody emphasizes from the middle of one word to the middle of another.
    is_product || is_name(before) && is_name(next) && inner.contains([' ', '+', '=', '/', '^'])
}

/// Whether the stars are wildcards: `*.log and *.tmp`, `*.sh && rm /tmp/*`, `SELECT *, COUNT(*)`, `*.*`.
fn is_pattern(before: Option<char>, inner: &str) -> bool {
    let (first, last) = (inner.chars().next(), inner.chars().next_back());
    let has_space = inner.contains(' ');
    // Nobody emphasizes words together with the punctuation of what precedes them, or with an opening bracket.
    let is_apart = |c: char| c.is_whitespace() || c.is_ascii_digit();
    let is_cut = matches!(first, Some(',' | ')' | ']'))
        || matches!(first, Some(';' | ':')) && inner.chars().nth(1).is_some_and(is_apart)
        || matches!(last, Some('(' | '['))
        || has_space && first == Some('/') && last == Some('/');
    let is_in_path = matches!(first, Some('.' | '/')) && matches!(before, Some('.' | '/' | '-' | '_' | '='));
    let is_path = first == Some('.') && (inner.contains(" *.") || has_space && last == Some('/'));
    // `.*foo.*`
    let is_regular = before == Some('.') && inner.ends_with('.') && !inner.starts_with(char::is_uppercase);
    let is_bare = !inner.is_empty() && inner.bytes().all(|byte| matches!(byte, b'.' | b'/'));
    is_cut || is_in_path || is_path || is_regular || is_bare
}
