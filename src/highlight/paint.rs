//! Converts code to HTML by means of a syntax.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::class::Class;
use super::lines;
use super::syntax::{Grammar, Grammars};
use crate::html::escape_text;

/// The syntaxes, which are unpacked on first use.
static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars::from_set(&two_face::syntax::extra_newlines()));

/// Common names of languages that the syntaxes do not know.
const ALIASES: [(&str, &str); 10] = [
    ("shell", "sh"),
    ("console", "sh"),
    ("shell-session", "sh"),
    ("shellscript", "sh"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("golang", "go"),
    ("docker", "dockerfile"),
    ("pwsh", "powershell"),
    ("terraform", "tf"),
];

/// The syntax of a language. Results are cached, because a lookup compares the names of all syntaxes.
fn find_syntax(language: &str) -> Option<&'static Grammar> {
    thread_local! {
        static SYNTAX_CACHE: RefCell<HashMap<String, Option<&'static Grammar>>> = RefCell::default();
    }
    SYNTAX_CACHE.with_borrow_mut(|cache| {
        if let Some(syntax) = cache.get(language) {
            return *syntax;
        }
        let syntax = look_up(language);
        if cache.len() < MAX_NAMES {
            cache.insert(language.to_owned(), syntax);
        }
        syntax
    })
}

/// Maximum number of language names cached per thread.
const MAX_NAMES: usize = 200;

fn look_up(language: &str) -> Option<&'static Grammar> {
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(language));
    let name = alias.map_or(language, |(_, name)| name);
    GRAMMARS.find(name).filter(|grammar| grammar.name() != "Plain Text")
}

/// Writes highlighted code. If the language is unknown or its syntax fails, returns false, and the output must be
/// discarded.
pub(super) fn paint(out: &mut String, language: &str, code: &str) -> bool {
    let Some(syntax) = find_syntax(language) else { return false };
    let mut painter = Painter { out, open: None, pending_space: String::new() };
    let result = lines::highlight_spans(&GRAMMARS, syntax, code, |text, class| painter.write_span(text, class));
    painter.switch_class(None);
    result.is_some()
}

/// Writes stretches of code, merging adjacent ones with the same class.
struct Painter<'o> {
    out: &'o mut String,
    open: Option<Class>,
    /// Pending white space, which is written inside a span only if the span continues after it.
    pending_space: String,
}

impl Painter<'_> {
    /// Writes a stretch with a class.
    fn write_span(&mut self, text: &str, class: Option<Class>) {
        let word = text.trim();
        if word.is_empty() {
            return self.pending_space.push_str(text);
        }
        let start = text.len() - text.trim_start().len();
        self.pending_space.push_str(&text[..start]);
        self.switch_class(class);
        escape_text(self.out, word);
        self.pending_space.push_str(&text[start + word.len()..]);
    }

    fn switch_class(&mut self, class: Option<Class>) {
        if self.open != class && self.open.is_some() {
            self.out.push_str("</span>");
        }
        self.out.push_str(&self.pending_space);
        self.pending_space.clear();
        if self.open == class {
            return;
        }
        if let Some(class) = class {
            self.out.push_str("<span class=\"");
            self.out.push_str(class.name());
            self.out.push_str("\">");
        }
        self.open = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(language: &str, code: &str) -> String {
        let mut out = String::new();
        assert!(paint(&mut out, language, code), "{language}");
        out
    }

    #[test]
    fn languages_that_handbooks_show_are_coloured() {
        for (language, code) in [
            ("yaml", "# note\nid: POL-CHG-001\nreview: 12 months\nlist: [1, \"two\"]\n"),
            ("json", "{\"id\": 1, \"ok\": true, \"name\": \"x\"}\n"),
            ("bash", "# note\nfor host in a b; do ssh \"$host\" uptime; done\n"),
            ("sql", "SELECT id FROM incidents WHERE priority = 1;\n"),
            ("python", "def due(days: int) -> bool:\n    return days < 30  # soon\n"),
            ("diff", "-old\n+new\n same\n"),
        ] {
            insta::assert_snapshot!(format!("highlight_{language}"), painted(language, code));
        }
    }

    #[test]
    fn an_unknown_language_is_left_to_the_caller() {
        assert!(!paint(&mut String::new(), "klingon", "a"));
        assert!(!paint(&mut String::new(), "text", "a"));
    }

    #[test]
    fn aliases_name_syntaxes_that_exist() {
        for (alias, _) in ALIASES {
            assert!(find_syntax(alias).is_some(), "{alias}");
        }
    }
}
