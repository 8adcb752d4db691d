//! Parses TOML into the same tree as YAML, so that readers need not distinguish the two.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::node::{Entry, Node, Scalar, Value};
use super::parse::Limits;
use super::reader::{ParsedTree, Reader};
use super::syntax::SyntaxError;
use crate::place::{Located, Span};

/// Number of dots between two delimiters that cannot nest a key too deeply for the parser.
const FEW_DOTS: usize = 8;
/// Maximum total number of dots in keys with more than `FEW_DOTS`.
const MAX_DOTS: usize = 256;

impl Reader<'_> {
    /// Parses a byte range of the file as TOML into a tree.
    pub(crate) fn parse_toml(&mut self, range: Range<usize>, limits: Limits) -> ParsedTree {
        let text = &self.source().as_str()[range.clone()];
        let empty_tree = ParsedTree {
            root: None,
            is_complete: false,
            rejected: Vec::new(),
            duplicates: Vec::new(),
            has_unread_rest: true,
        };
        let all = Span::from(range.start..range.start);
        if text.len() > limits.bytes {
            let message = format!("this is longer than {} KiB", limits.bytes / 1024);
            self.report_syntax_error(SyntaxError::new(all, message, "move text into the document's body"));
            return empty_tree;
        }
        if may_nest_too_deeply(text) {
            self.report_syntax_error(SyntaxError::new(all, "keys with dots are nested too deeply here", ""));
            return empty_tree;
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut builder = Builder { text, base: range.start, limits, errors: Vec::new() };
        for error in &errors {
            let span = builder.span(error.span().unwrap_or(0..0));
            let message = format!("this is not valid TOML: {}", error.message());
            builder.errors.push(SyntaxError::new(span, message, "write one `key = \"value\"` per line"));
        }
        let root = Node { span: builder.span(0..text.len()), value: builder.table(table.get_ref(), 1) };
        let torn = !builder.errors.is_empty();
        builder.errors.into_iter().for_each(|error| self.report_syntax_error(error));
        ParsedTree {
            root: Some(root),
            is_complete: !torn,
            rejected: Vec::new(),
            duplicates: Vec::new(),
            has_unread_rest: torn,
        }
    }
}

/// A string as quoted TOML.
pub(crate) fn toml_text(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        _ if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        _ => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// Whether keys such as `a.b.c` might nest so deeply that dropping the parser's tables would overflow the stack.
fn may_nest_too_deeply(text: &str) -> bool {
    let pieces = text.split(['\n', '=', ',', '{']).map(|piece| piece.matches('.').count());
    pieces.filter(|dots| *dots > FEW_DOTS).sum::<usize>() > MAX_DOTS
}

struct Builder<'t> {
    text: &'t str,
    /// Start of the text in its file.
    base: usize,
    limits: Limits,
    errors: Vec<SyntaxError>,
}

impl Builder<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::from(self.base + range.start..self.base + range.end.max(range.start))
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Value {
        let mut entries: Vec<Entry> =
            table.iter().map(|(key, value)| self.entry(key.span(), key.get_ref(), value, depth)).collect();
        entries.sort_by_key(|entry| entry.key.span.start);
        Value::Map(entries)
    }

    fn entry(&mut self, at: Range<usize>, key: &str, value: &Spanned<DeValue<'_>>, depth: usize) -> Entry {
        let span = self.span(at);
        let mut value = self.node(value, depth);
        // A table whose lines are apart from its key has no useful place itself.
        if value.span.start < span.end {
            value.span = span;
        }
        Entry { key: Located { value: key.to_owned(), span }, value }
    }

    fn node(&mut self, node: &Spanned<DeValue<'_>>, depth: usize) -> Node {
        let span = self.span(node.span());
        Node { span, value: self.value(node, span, depth) }
    }

    fn value(&mut self, node: &Spanned<DeValue<'_>>, span: Span, depth: usize) -> Value {
        match node.get_ref() {
            DeValue::Array(_) | DeValue::Table(_) if depth >= self.limits.depth => {
                let message = format!("this is nested more than {} levels deep", self.limits.depth);
                self.errors.push(SyntaxError::new(span, message, ""));
                Value::Refused
            }
            DeValue::Array(items) => self.list(items, depth + 1),
            DeValue::Table(table) => self.table(table, depth + 1),
            DeValue::String(text) => Value::Scalar(Scalar { text: text.to_string(), quoted: true }),
            // Numbers and dates stay as written: `8.10` is a clause.
            _ => Value::Scalar(Scalar { text: self.text[node.span()].to_owned(), quoted: false }),
        }
    }

    fn list(&mut self, items: &DeArray<'_>, depth: usize) -> Value {
        Value::List(items.iter().map(|item| self.node(item, depth)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::reading;
    use crate::place::SourceText;
    use crate::yaml::ReaderRules;

    fn parse(text: &str) -> (ParsedTree, Vec<String>) {
        let source = SourceText::new("a.md", text);
        let mut reader = Reader::new(&source, ReaderRules::all(reading::INVALID_FRONT_MATTER));
        let tree = reader.parse_toml(0..text.len(), Limits::FRONT_MATTER);
        let problems = reader.finish();
        (tree, problems.iter().map(|problem| format!("{}: {}", problem.place.line(), problem.message)).collect())
    }

    /// Every key with the text at its place, and its content.
    fn shown(text: &str, value: &Value) -> String {
        match value {
            Value::Scalar(scalar) => scalar.text.clone(),
            Value::List(items) => {
                format!("[{}]", items.iter().map(|item| shown(text, &item.value)).collect::<Vec<_>>().join(" "))
            }
            Value::Map(entries) => {
                let entry = |entry: &Entry| {
                    let key = &text[entry.key.span.start as usize..entry.key.span.end as usize];
                    format!("{key}={}", shown(text, &entry.value.value))
                };
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
            }
            Value::Refused => "?".to_owned(),
        }
    }

    #[test]
    fn values_stay_as_written_and_keys_keep_their_order_and_places() {
        let text = "title = \"Größe \\u00e9\"\nversion = 1.10\nid = 'A-1' # ours\ndate = 2026-03-01\nweight = 1_0\n\
                    clauses = [8.10, \"9.2\", {clause = 10.2, extent = \"partial\"}]\n\"a b\" = true\n[owner]\nname.first = 'x'\n\
                    [[menu]]\nz = 1\n[[menu]]\nz = 2\n";
        let (tree, problems) = parse(text);
        assert!(tree.is_complete && !tree.has_unread_rest && problems.is_empty(), "{problems:?}");
        assert_eq!(
            shown(text, &tree.root.unwrap().value),
            "{title=Größe é version=1.10 id=A-1 date=2026-03-01 weight=1_0 clauses=[8.10 9.2 {clause=10.2 extent=partial}] \
             \"a b\"=true owner={name={first=x}} menu=[{z=1} {z=2}]}"
        );
        assert_eq!(toml_text("a \"b\" \\ c\u{1}"), "\"a \\\"b\\\" \\\\ c\\u0001\"");
    }

    #[test]
    fn every_mistake_is_reported() {
        for (text, line) in [
            ("a = 1\nstatus = approved\n", "2: "),
            ("a = 1\na = 2\n", "2: "),
            ("a = \"x\n", "1: "),
            ("a: 1\n", "1: "),
            ("[a\n", "1: "),
            ("a = 2026-02-30\n", "1: "),
        ] {
            let (tree, problems) = parse(text);
            assert!(!tree.is_complete && tree.has_unread_rest, "{text}");
            assert!(problems.first().is_some_and(|problem| problem.starts_with(line)), "{text} {problems:?}");
        }
        let (_, problems) = parse("a = b\nc = d\ne = \"x\"\n");
        assert_eq!(problems.len(), 2, "{problems:?}");
    }

    #[test]
    fn no_nesting_exhausts_the_stack() {
        let dots = |count: usize| vec!["a"; count].join(".");
        let inside = format!("{} = {{", dots(9)).repeat(200);
        for text in [
            format!("{} = 1\n", dots(32_000)),
            format!("[{}]\n", dots(32_000)),
            format!("a = {}", "[".repeat(60_000)),
            format!("{inside}{}\n", "}".repeat(200)),
            format!("{}\n", "a = {".repeat(10_000)),
        ] {
            let (tree, problems) = parse(&text);
            assert!(!tree.is_complete && !problems.is_empty());
        }
        assert!(parse(&"[[a]]\n".repeat(9_000)).0.is_complete);
    }
}
