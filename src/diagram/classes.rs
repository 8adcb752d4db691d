//! Class diagrams: `classDiagram` with classes, their members and their relationships.

use std::collections::HashMap;

use super::card::Card;
use super::geometry::Direction;
use super::graph::{Arrowhead, Graph, Group, Item, LineStyle, Link, Node};
use super::label::Label;
use super::multiline;
use super::picture;
use super::shape::Shape;
use super::source::{Line, Source};
use super::{DiagramError, DiagramKind, Drawing, MAX_EDGES, MAX_NODES, check_limit};
use crate::text::shorten;

/// Maximum width of labels on links and of notes, in pixels.
const MAX_LINK_LABEL_WIDTH: f64 = 130.0;
const MAX_NOTE_WIDTH: f64 = 190.0;
/// Maximum nesting depth of namespaces.
const MAX_NESTING: usize = 12;
/// Keywords that only affect style or link elsewhere.
const IGNORED_KEYWORDS: [&str; 7] = ["classDef", "cssClass", "style", "click", "callback", "link", "title"];
/// Symbols at the left and at the right end of a relationship, the longer ones first.
const LEFT_SYMBOLS: [(&str, Arrowhead); 6] = [
    ("<|", Arrowhead::Triangle),
    ("()", Arrowhead::Ring),
    ("<", Arrowhead::Arrow),
    ("*", Arrowhead::Diamond),
    ("o", Arrowhead::HollowDiamond),
    ("", Arrowhead::None),
];
const RIGHT_SYMBOLS: [(&str, Arrowhead); 6] = [
    ("|>", Arrowhead::Triangle),
    ("()", Arrowhead::Ring),
    (">", Arrowhead::Arrow),
    ("*", Arrowhead::Diamond),
    ("o", Arrowhead::HollowDiamond),
    ("", Arrowhead::None),
];

/// Draws a class diagram.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let mut reader = ClassReader::default();
    for (number, text) in multiline::join_quotes(source.lines.get(1..).unwrap_or_default()) {
        let text = text.split("%%").next().unwrap_or_default().trim();
        reader.statement(Line { number, text })?;
    }
    picture::draw(&reader.finish()?, DiagramKind::Classes, source)
}

#[derive(Default)]
struct ClassReader {
    graph: Graph,
    /// The card of each node; `None` for notes.
    cards: Vec<Option<Card>>,
    names: HashMap<String, usize>,
    /// The open classes and namespaces (`None`), with the lines that opened them.
    open: Vec<(Option<usize>, u32)>,
    /// The open namespaces.
    namespaces: Vec<usize>,
}

impl ClassReader {
    fn statement(&mut self, line: Line<'_>) -> Result<(), DiagramError> {
        if let Some((Some(class), _)) = self.open.last().copied() {
            let (row, closes) = line.text.strip_suffix('}').map_or((line.text, false), |row| (row, true));
            self.member(class, row);
            if closes {
                self.open.pop();
            }
            return Ok(());
        }
        let word = line.text.split_whitespace().next().unwrap_or_default();
        let rest = line.text[word.len()..].trim();
        match word {
            "" => Ok(()),
            "}" => match self.open.pop() {
                Some(_) => {
                    self.namespaces.pop();
                    Ok(())
                }
                None => Err(DiagramError::new(line.number, "`}` closes nothing").help("remove it")),
            },
            "direction" => self.set_direction(rest, line.number),
            "class" => self.class(rest, line.number),
            "namespace" => self.namespace(rest, line.number),
            "note" => self.note(rest, line.number),
            _ if IGNORED_KEYWORDS.contains(&word) && !rest.starts_with([':', '-', '.', '<']) => Ok(()),
            _ => self.parse_relation_or_member(line),
        }
    }

    fn set_direction(&mut self, word: &str, line: u32) -> Result<(), DiagramError> {
        self.graph.direction = Direction::parse(word).ok_or_else(|| {
            DiagramError::new(line, format!("`{word}` is not a direction")).help("the directions are TB, BT, LR and RL")
        })?;
        Ok(())
    }

    /// Parses the text after `class`: a name, with an optional label, kind and members.
    fn class(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        let (head, members) = text.split_once('{').map_or((text, None), |(head, rest)| (head, Some(rest)));
        let (head, kind) = head.split_once("<<").map_or((head, None), |(head, kind)| (head, Some(kind)));
        let (head, words) = head.split_once('[').map_or((head, None), |(head, words)| (head, Some(words)));
        let head = head.split(":::").next().unwrap_or_default();
        let class = self.find_or_add_class(head, line)?;
        // A class that was mentioned before its namespace was opened still belongs to the namespace.
        self.graph.nodes[class].group = self.graph.nodes[class].group.or(self.current_namespace());
        if let Some(card) = &mut self.cards[class] {
            card.kind = kind.map(|kind| kind.trim().trim_end_matches(">>").to_owned()).or(card.kind.take());
            if let Some(words) = words {
                card.name = words.trim().trim_end_matches(']').trim_matches('"').to_owned();
            }
        }
        let Some(members) = members else { return Ok(()) };
        match members.trim_end().strip_suffix('}') {
            Some(members) => members.split(';').for_each(|member| self.member(class, member)),
            None => {
                self.member(class, members);
                self.open.push((Some(class), line));
            }
        }
        Ok(())
    }

    fn namespace(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        check_limit(self.graph.groups.len() + 1, MAX_NODES, "namespaces", line)?;
        check_limit(self.open.len() + 1, MAX_NESTING, "namespaces in one another", line)?;
        let parent = self.current_namespace();
        let name = text.trim_end_matches('{').trim().trim_matches('"');
        self.graph.groups.push(Group { label: Label::new(name, MAX_NOTE_WIDTH), parent, direction: None });
        self.namespaces.push(self.graph.groups.len() - 1);
        self.open.push((None, line));
        Ok(())
    }

    /// Parses `"words"` or `for Class "words"`.
    fn note(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        let (class_name, words) = match text.strip_prefix("for ") {
            Some(rest) => rest.trim().split_once(' ').unwrap_or((rest, "")),
            None => ("", text),
        };
        let class = if class_name.is_empty() { None } else { Some(self.find_or_add_class(class_name, line)?) };
        let note = self.add(None, line)?;
        let node = &mut self.graph.nodes[note];
        (node.label, node.shape) = (Label::new(words, MAX_NOTE_WIDTH), Shape::Note);
        match class {
            Some(class) => self.add_link(Link {
                from: Item::Node(class),
                to: Item::Node(note),
                label: Label::new("", MAX_LINK_LABEL_WIDTH),
                stroke: LineStyle::Dotted,
                tips: [Arrowhead::None; 2],
                length: 1,
                line,
            }),
            None => Ok(()),
        }
    }

    /// Parses `<<kind>> Class`, a relationship, or `Class : member`.
    fn parse_relation_or_member(&mut self, line: Line<'_>) -> Result<(), DiagramError> {
        if let Some((kind, name)) = line.text.strip_prefix("<<").and_then(|text| text.split_once(">>")) {
            let class = self.find_or_add_class(name, line.number)?;
            if let Some(card) = &mut self.cards[class] {
                card.kind = Some(kind.trim().to_owned());
            }
            return Ok(());
        }
        let (path, words) = split_words(line.text);
        match relation(path) {
            Some(relation) => self.relation(&relation, words, line.number),
            None => {
                let class = self.find_or_add_class(path, line.number)?;
                self.member(class, words);
                Ok(())
            }
        }
    }

    fn relation(&mut self, relation: &Relation<'_>, words: &str, line: u32) -> Result<(), DiagramError> {
        let (left, left_count) = split_cardinality(relation.left, false);
        let (right, right_count) = split_cardinality(relation.right, true);
        let (from, to) = (self.find_or_add_class(left, line)?, self.find_or_add_class(right, line)?);
        let counts = match (left_count, right_count) {
            ("", "") => String::new(),
            (one, other) => format!("{one} – {other}").trim().to_owned(),
        };
        let label = [words.trim(), &counts].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\\n");
        let Relation { tips, stroke, .. } = *relation;
        let label = Label::new(&label, MAX_LINK_LABEL_WIDTH);
        self.add_link(Link { from: Item::Node(from), to: Item::Node(to), label, stroke, tips, length: 1, line })
    }

    fn add_link(&mut self, link: Link) -> Result<(), DiagramError> {
        check_limit(self.graph.links.len() + 1, MAX_EDGES, "relations", link.line)?;
        self.graph.links.push(link);
        Ok(())
    }

    fn member(&mut self, class: usize, text: &str) {
        let text = text.trim().trim_end_matches(';');
        let Some(card) = self.cards[class].as_mut().filter(|_| !text.is_empty()) else { return };
        match text.strip_prefix("<<").and_then(|kind| kind.split_once(">>")) {
            Some((kind, _)) => card.kind = Some(kind.trim().to_owned()),
            None => card.rows[usize::from(text.contains('('))].push(format_generics(text)),
        }
    }

    /// The class with a name; creates it if the name is new.
    fn find_or_add_class(&mut self, text: &str, line: u32) -> Result<usize, DiagramError> {
        let original = text.trim();
        let text = original.split(":::").next().unwrap_or_default().trim_matches(['`', '"']).trim();
        let name = text.split('~').next().unwrap_or_default().trim();
        let is_quoted = original.starts_with('`');
        if name.is_empty() || (name.contains(char::is_whitespace) && !is_quoted) {
            let start = shorten(text, 24).replace('`', "'");
            return Err(DiagramError::new(line, format!("`{start}` is not a class"))
                .help("write `class Name`, `Name : member` or `One --> Other : words`"));
        }
        if let Some(at) = self.names.get(name) {
            return Ok(*at);
        }
        let at = self.add(Some(Card { name: format_generics(text), ..Card::default() }), line)?;
        self.names.insert(name.to_owned(), at);
        Ok(at)
    }

    fn add(&mut self, card: Option<Card>, line: u32) -> Result<usize, DiagramError> {
        let at = self.graph.nodes.len();
        check_limit(at + 1, MAX_NODES, "classes", line)?;
        let group = self.current_namespace();
        self.graph.nodes.push(Node { label: Label::default(), shape: Shape::Box, group });
        self.cards.push(card);
        Ok(at)
    }

    /// The innermost open namespace.
    fn current_namespace(&self) -> Option<usize> {
        self.namespaces.last().copied()
    }

    fn finish(mut self) -> Result<Graph, DiagramError> {
        if let Some((_, line)) = self.open.last() {
            return Err(DiagramError::new(*line, "this is not closed").help("close it with a line `}`"));
        }
        if self.cards.is_empty() {
            return Err(DiagramError::new(0, "the diagram has no classes").help("add a line such as `class Name`"));
        }
        for (node, card) in self.graph.nodes.iter_mut().zip(&self.cards) {
            if let Some(card) = card {
                (node.label, node.shape) = card.finish();
            }
        }
        Ok(self.graph)
    }
}

/// Two classes and their relationship.
struct Relation<'t> {
    left: &'t str,
    right: &'t str,
    tips: [Arrowhead; 2],
    stroke: LineStyle,
}

/// Parses `One <|-- Other`.
fn relation(path: &str) -> Option<Relation<'_>> {
    let plain = find_unquoted(path, "--").map(|at| (at, "--", LineStyle::Plain));
    let dotted = find_unquoted(path, "..").map(|at| (at, "..", LineStyle::Dotted));
    let (at, symbol, stroke) = [plain, dotted].into_iter().flatten().min_by_key(|(at, ..)| *at)?;
    let (before, after) = (path[..at].trim_end(), &path[at + symbol.len()..]);
    let ends_left = |symbol: &&(&str, Arrowhead)| before.ends_with(symbol.0) && !is_name_end(before, symbol.0);
    let (left_sign, left) = LEFT_SYMBOLS.iter().find(ends_left)?;
    let starts_right = |symbol: &&(&str, Arrowhead)| after.starts_with(symbol.0) && !is_name_start(after, symbol.0);
    let (right_sign, right) = RIGHT_SYMBOLS.iter().find(starts_right)?;
    Some(Relation {
        left: &before[..before.len() - left_sign.len()],
        right: &after[right_sign.len()..],
        tips: [*left, *right],
        stroke,
    })
}

/// Where a sign first occurs outside quotation marks: the dots in `"0..1"` do not count.
fn find_unquoted(text: &str, symbol: &str) -> Option<usize> {
    let mut quoted = false;
    let begins = |(at, c): &(usize, char)| {
        quoted ^= *c == '"';
        !quoted && text[*at..].starts_with(symbol)
    };
    text.char_indices().find(begins).map(|(at, _)| at)
}

/// Whether an `o` is the last letter of a name and not a symbol.
fn is_name_end(before: &str, symbol: &str) -> bool {
    symbol == "o" && before[..before.len() - 1].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn is_name_start(after: &str, symbol: &str) -> bool {
    symbol == "o" && after[1..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Splits a text at the colon before its label, ignoring `:::`.
fn split_words(text: &str) -> (&str, &str) {
    let is_lone = |at: &usize| !text[at + 1..].starts_with(':') && !text[..*at].ends_with(':');
    match text.match_indices(':').map(|(at, _)| at).find(is_lone) {
        Some(at) => (text[..at].trim(), &text[at + 1..]),
        None => (text.trim(), ""),
    }
}

/// Splits a side of a relationship into a name and the quoted cardinality next to the relationship.
fn split_cardinality(text: &str, is_right: bool) -> (&str, &str) {
    let text = text.trim();
    let parts = if is_right {
        text.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(count, name)| (name, count))
    } else {
        text.strip_suffix('"').and_then(|rest| rest.rsplit_once('"'))
    };
    parts.map_or((text, ""), |(name, count)| (name.trim(), count.trim()))
}

/// Converts `List~int~` to `List<int>`.
fn format_generics(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let count = text.matches('~').count();
    for (at, part) in text.split('~').enumerate() {
        if at > 0 {
            // Opening characters come first: `Map~K, List~V~~`.
            let opens = at * 2 <= count || (count % 2 == 1 && at == count);
            out.push(if opens { '<' } else { '>' });
        }
        out.push_str(part);
    }
    if count == 1 { text.to_owned() } else { out }
}
