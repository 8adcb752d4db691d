//! Entity-relationship diagrams: `erDiagram` with entities, their attributes and the cardinality of their
//! relationships.

use std::collections::HashMap;

use super::card::Card;
use super::geometry::Direction;
use super::graph::{Arrowhead, Graph, Item, LineStyle, Link, Node};
use super::label::Label;
use super::picture;
use super::shape::Shape;
use super::source::{Line, Source};
use super::{DiagramError, DiagramKind, Drawing, MAX_EDGES, MAX_NODES, check_limit};

/// Maximum width of the label on a link, in pixels.
const MAX_LINK_LABEL_WIDTH: f64 = 130.0;
/// Keywords that only affect style.
const IGNORED_KEYWORDS: [&str; 4] = ["classDef", "class", "style", "click"];

/// Cardinalities, as symbols for the left or right end, or in words.
const CARDINALITIES: [(&str, Arrowhead); 19] = [
    ("|o", Arrowhead::NoneOrOne),
    ("o|", Arrowhead::NoneOrOne),
    ("||", Arrowhead::One),
    ("}o", Arrowhead::Any),
    ("o{", Arrowhead::Any),
    ("}|", Arrowhead::Some),
    ("|{", Arrowhead::Some),
    ("one or zero", Arrowhead::NoneOrOne),
    ("zero or one", Arrowhead::NoneOrOne),
    ("one or more", Arrowhead::Some),
    ("one or many", Arrowhead::Some),
    ("zero or more", Arrowhead::Any),
    ("zero or many", Arrowhead::Any),
    ("many(1)", Arrowhead::Some),
    ("many(0)", Arrowhead::Any),
    ("1+", Arrowhead::Some),
    ("0+", Arrowhead::Any),
    ("only one", Arrowhead::One),
    ("1", Arrowhead::One),
];
/// Lines between two cardinalities.
const LINE_STYLES: [(&str, LineStyle); 6] = [
    ("--", LineStyle::Plain),
    ("..", LineStyle::Dotted),
    (".-", LineStyle::Dotted),
    ("-.", LineStyle::Dotted),
    ("optionally to", LineStyle::Dotted),
    ("to", LineStyle::Plain),
];

/// Draws an entity-relationship diagram.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let mut reader = EntityReader::default();
    for line in source.lines.iter().skip(1) {
        reader.statement(*line)?;
    }
    picture::draw(&reader.finish()?, DiagramKind::Entities, source)
}

#[derive(Default)]
struct EntityReader {
    graph: Graph,
    cards: Vec<Card>,
    names: HashMap<String, usize>,
    /// The entity whose attributes are being read, with the line that opened it.
    open_entity: Option<(usize, u32)>,
}

impl EntityReader {
    fn statement(&mut self, line: Line<'_>) -> Result<(), DiagramError> {
        let text = line.text.split("%%").next().unwrap_or_default().trim();
        if let Some((entity, _)) = self.open_entity {
            let (row, closes) = text.strip_suffix('}').map_or((text, false), |row| (row.trim(), true));
            self.attribute(entity, row);
            if closes {
                self.open_entity = None;
            }
            return Ok(());
        }
        let word = text.split_whitespace().next().unwrap_or_default();
        let rest = text[word.len()..].trim();
        match word {
            "" | "title" => Ok(()),
            "direction" => self.set_direction(rest, line.number),
            _ if IGNORED_KEYWORDS.contains(&word) && !rest.is_empty() && !starts_link(rest) => Ok(()),
            _ => self.parse_entity_or_link(Line { text, ..line }),
        }
    }

    fn set_direction(&mut self, word: &str, line: u32) -> Result<(), DiagramError> {
        self.graph.direction = Direction::parse(word).ok_or_else(|| {
            DiagramError::new(line, format!("`{word}` is not a direction")).help("the directions are TB, BT, LR and RL")
        })?;
        Ok(())
    }

    /// Parses `A ||--o{ B : words`, `A {`, `A { … }`, `A["words"]` or `A`.
    fn parse_entity_or_link(&mut self, line: Line<'_>) -> Result<(), DiagramError> {
        let (from, rest) = self.entity(line.text, line.number)?;
        if rest.is_empty() {
            return Ok(());
        }
        if let Some(rest) = rest.strip_prefix('{') {
            let (rows, closes) = rest.split_once('}').map_or((rest, false), |(rows, _)| (rows, true));
            rows.split(';').for_each(|row| self.attribute(from, row));
            self.open_entity = (!closes).then_some((from, line.number));
            return Ok(());
        }
        self.link(from, rest, line.number)
    }

    fn attribute(&mut self, entity: usize, row: &str) {
        let row = row.split_whitespace().map(|word| word.trim_matches('"')).collect::<Vec<_>>().join(" ");
        if !row.is_empty() {
            self.cards[entity].rows[0].push(row);
        }
    }

    fn link(&mut self, from: usize, text: &str, line: u32) -> Result<(), DiagramError> {
        let problem = || {
            DiagramError::new(
                line,
                format!("`{}` is not a relationship", crate::text::shorten(text, 24).replace('`', "'")),
            )
            .help("write `A ||--o{ B : words`, with `|o`, `||`, `}o` or `}|` before `--`")
        };
        let (left, rest) = strip_known_prefix(text, &CARDINALITIES).ok_or_else(problem)?;
        let (stroke, rest) = strip_known_prefix(rest.trim_start(), &LINE_STYLES).ok_or_else(problem)?;
        let (right, rest) = strip_known_prefix(rest.trim_start(), &CARDINALITIES).ok_or_else(problem)?;
        let (to, rest) = self.entity(rest.trim_start(), line)?;
        let words = rest.strip_prefix(':').unwrap_or_default();
        check_limit(self.graph.links.len() + 1, MAX_EDGES, "relationships", line)?;
        let label = Label::new(words, MAX_LINK_LABEL_WIDTH);
        let (from, to) = (Item::Node(from), Item::Node(to));
        self.graph.links.push(Link { from, to, label, stroke, tips: [left, right], length: 1, line });
        Ok(())
    }

    /// Parses a name with an optional label; returns the entity and the rest of the text.
    fn entity<'t>(&mut self, text: &'t str, line: u32) -> Result<(usize, &'t str), DiagramError> {
        let (name, rest) = name(text);
        if name.is_empty() {
            let start = crate::text::shorten(text, 24).replace('`', "'");
            return Err(
                DiagramError::new(line, format!("`{start}` names no entity")).help("write `A ||--o{ B : words`")
            );
        }
        let at = match self.names.get(name) {
            Some(at) => *at,
            None => self.add(name, line)?,
        };
        let rest = rest.trim_start();
        match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((words, after)) => {
                self.cards[at].name = words.trim().trim_matches('"').to_owned();
                Ok((at, skip_class(after.trim_start())))
            }
            None => Ok((at, skip_class(rest))),
        }
    }

    fn add(&mut self, name: &str, line: u32) -> Result<usize, DiagramError> {
        let at = self.graph.nodes.len();
        check_limit(at + 1, MAX_NODES, "entities", line)?;
        self.graph.nodes.push(Node { label: Label::default(), shape: Shape::Box, group: None });
        self.cards.push(Card { name: name.to_owned(), ..Card::default() });
        self.names.insert(name.to_owned(), at);
        Ok(at)
    }

    fn finish(mut self) -> Result<Graph, DiagramError> {
        if let Some((_, line)) = self.open_entity {
            return Err(DiagramError::new(line, "this entity is not closed").help("close it with a line `}`"));
        }
        if self.cards.is_empty() {
            return Err(
                DiagramError::new(0, "the diagram has no entities").help("add a line such as `A ||--o{ B : words`")
            );
        }
        for (node, card) in self.graph.nodes.iter_mut().zip(&self.cards) {
            (node.label, node.shape) = card.finish();
        }
        Ok(self.graph)
    }
}

fn starts_link(text: &str) -> bool {
    CARDINALITIES.iter().any(|(symbol, _)| text.starts_with(symbol))
}

fn strip_known_prefix<'t, T: Copy>(text: &'t str, symbols: &[(&str, T)]) -> Option<(T, &'t str)> {
    symbols.iter().find_map(|(symbol, meaning)| Some((*meaning, text.strip_prefix(symbol)?)))
}

/// A name, quoted or not, and the rest of the text.
fn name(text: &str) -> (&str, &str) {
    if let Some((name, rest)) = text.strip_prefix('"').and_then(|text| text.split_once('"')) {
        return (name, rest);
    }
    let is_part = |(at, c): (usize, char)| {
        let joins_word = matches!(c, '-' | '.') && text[at + 1..].starts_with(|next: char| next.is_alphanumeric());
        c.is_alphanumeric() || c == '_' || c == '*' || joins_word
    };
    let end = text.char_indices().find(|pair| !is_part(*pair)).map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}

/// Skips `:::class`.
fn skip_class(text: &str) -> &str {
    let Some(rest) = text.strip_prefix(":::") else { return text };
    rest.trim_start_matches(|c: char| c.is_alphanumeric() || "_-,".contains(c)).trim_start()
}
