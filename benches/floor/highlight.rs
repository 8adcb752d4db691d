//! Code as HTML with a short class for each kind of token; adjacent tokens of one kind share an element.

use syntect::parsing::{ParseState, ParsingError, Scope, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Prefixes of scopes with their classes; the first match counts.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("string", "s"),
    ("constant.numeric", "n"),
    ("constant", "l"),
    ("keyword", "k"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("entity.name.tag", "t"),
    ("entity.name", "e"),
    ("entity.other.attribute-name", "a"),
    ("support", "b"),
    ("variable", "v"),
    ("punctuation", "p"),
];

/// All syntaxes and classes.
pub struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
}

/// HTML under construction, with at most one open element.
#[derive(Default)]
struct Spans {
    html: String,
    open: Option<&'static str>,
}

impl Highlighter {
    /// Loads the syntaxes bundled with the crates.
    pub fn new() -> Highlighter {
        let classes = CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)));
        Highlighter { syntaxes: two_face::syntax::extra_newlines(), classes: classes.collect() }
    }

    /// A code block as HTML, without highlighting if the language is not known or its syntax fails.
    pub fn highlight(&self, language: &str, code: &str) -> String {
        let mut spans = Spans::default();
        spans.html.push_str("<pre><code>");
        if self.write(language, code, &mut spans).is_err() {
            spans = Spans { html: "<pre><code>".to_owned(), open: None };
            spans.push_text(None, code);
        }
        spans.close();
        spans.html.push_str("</code></pre>\n");
        spans.html
    }

    fn write(&self, language: &str, code: &str, spans: &mut Spans) -> Result<(), ParsingError> {
        let plain = || self.syntaxes.find_syntax_plain_text();
        let mut state = ParseState::new(self.syntaxes.find_syntax_by_token(language).unwrap_or_else(plain));
        let mut stack = ScopeStack::new();
        for line in LinesWithEndings::from(code) {
            let mut end = 0;
            for (at, operation) in state.parse_line(line, &self.syntaxes)? {
                spans.push_text(self.class(&stack), &line[end..at]);
                end = at;
                stack.apply(&operation).map_err(|_| ParsingError::MissingMainContext)?;
            }
            spans.push_text(self.class(&stack), &line[end..]);
        }
        Ok(())
    }

    fn class(&self, stack: &ScopeStack) -> Option<&'static str> {
        let find_class = |scope: &Scope| self.classes.iter().find(|(start, _)| start.is_prefix_of(*scope));
        stack.as_slice().iter().rev().find_map(find_class).map(|(_, class)| *class)
    }
}

impl Spans {
    fn push_text(&mut self, class: Option<&'static str>, text: &str) {
        if text.is_empty() {
            return;
        }
        if class != self.open {
            self.close();
            if let Some(class) = class {
                self.html.extend(["<span class=\"", class, "\">"]);
            }
            self.open = class;
        }
        for c in text.chars() {
            match c {
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '&' => self.html.push_str("&amp;"),
                _ => self.html.push(c),
            }
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }
}
