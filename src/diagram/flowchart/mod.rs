//! Flow charts: `flowchart TD` with nodes, links and subgraphs.

mod builder;
mod link;
mod node;

use super::geometry::Direction;
use super::graph::{Graph, Item, Link};
use super::label::Label;
use super::multiline;
use super::picture;
use super::source::{Line, Source};
use super::{DiagramError, DiagramKind, Drawing};
use crate::text::shorten;

use builder::Builder;

/// Keywords that only affect style, which is up to the theme, or do something that a picture cannot do.
const IGNORED_KEYWORDS: [&str; 5] = ["classDef", "class", "style", "linkStyle", "click"];
/// Maximum width of the label on a link, in pixels; it is lower where labels lengthen the chart.
const MAX_LINK_LABEL_WIDTH: f64 = 130.0;
const MAX_HORIZONTAL_LINK_LABEL_WIDTH: f64 = 88.0;

/// Draws a flow chart.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    picture::draw(&parse_graph(source)?, DiagramKind::Flowchart, source)
}

/// Parses a flow chart.
pub(super) fn parse_graph(source: &Source<'_>) -> Result<Graph, DiagramError> {
    let mut builder = Builder::default();
    let (first, rest) = source.lines.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
    let mut statements = first.map_or("", |line| line.text).split(';');
    let head = statements.next().unwrap_or_default();
    let number = first.map_or(0, |line| line.number);
    builder.graph.direction = direction(head.split_whitespace().nth(1), number)?;
    for text in statements {
        statement(&mut builder, Line { number, text: text.trim() })?;
    }
    for (number, text) in multiline::join_labels(rest) {
        for text in split_statements(&text) {
            statement(&mut builder, Line { number, text })?;
        }
    }
    builder.finish()
}

fn direction(word: Option<&str>, line: u32) -> Result<Direction, DiagramError> {
    let Some(word) = word else { return Ok(Direction::Down) };
    Direction::parse(word).ok_or_else(|| {
        DiagramError::new(line, format!("`{word}` is not a direction")).help("the directions are TD, BT, LR and RL")
    })
}

/// Splits a line at semicolons outside quotes and labels.
fn split_statements(line: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut piped) = (false, false);
    let mut depth = 0_u32;
    let is_end = move |c: char| {
        match c {
            '"' => quoted = !quoted,
            '|' if !quoted && depth == 0 => piped = !piped,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ';' && !quoted && !piped && depth == 0
    };
    line.split(is_end).map(str::trim)
}

fn statement(builder: &mut Builder, line: Line<'_>) -> Result<(), DiagramError> {
    let word = line.text.split_whitespace().next().unwrap_or_default();
    let rest = line.text[word.len()..].trim();
    match word {
        "" => Ok(()),
        "subgraph" => builder.open(rest, line.number),
        "end" if rest.is_empty() => builder.close(line.number),
        "direction" => {
            let direction = direction(Some(rest), line.number)?;
            builder.set_direction(direction);
            Ok(())
        }
        _ if IGNORED_KEYWORDS.contains(&word) && !rest.is_empty() && !rest.starts_with(['-', '=', '<', '[']) => Ok(()),
        // The animation of a link does not appear in a picture.
        _ if split_name(line.text)
            .is_some_and(|(name, rest)| rest.starts_with('{') && builder.link_names.contains(name)) =>
        {
            Ok(())
        }
        _ => chain(builder, line),
    }
}

/// Parses nodes and the links between them: `A & B --> C -->|yes| D`.
fn chain(builder: &mut Builder, line: Line<'_>) -> Result<(), DiagramError> {
    let is_across = builder.graph.direction.is_horizontal();
    let measure = if is_across { MAX_HORIZONTAL_LINK_LABEL_WIDTH } else { MAX_LINK_LABEL_WIDTH };
    let (mut from, mut rest) = parse_joined_nodes(builder, line.text, line.number)?;
    loop {
        if rest.is_empty() || rest.starts_with("%%") {
            return Ok(());
        }
        let Some((parsed_link, after)) = link::parse_link(skip_link_name(builder, rest)) else {
            return Err(DiagramError::new(line.number, format!("`{}` is neither a link nor an end", excerpt(rest)))
                .help("write a link between two nodes, for example `-->` or `-->|words|`"));
        };
        let (to, after) = parse_joined_nodes(builder, after, line.number)?;
        for source in &from {
            for target in &to {
                builder.link(Link {
                    from: *source,
                    to: *target,
                    label: Label::new(parsed_link.words, measure),
                    stroke: parsed_link.stroke,
                    tips: parsed_link.tips,
                    length: parsed_link.length,
                    line: line.number,
                })?;
            }
        }
        (from, rest) = (to, after);
    }
}

/// Skips the name before a link, `e1@-->`, and records it.
fn skip_link_name<'t>(builder: &mut Builder, text: &'t str) -> &'t str {
    match split_name(text).filter(|(_, rest)| rest.starts_with(['-', '=', '.', '<', '~', 'o', 'x'])) {
        Some((name, rest)) => {
            builder.link_names.insert(name.to_owned());
            rest
        }
        None => text,
    }
}

/// A name before `@`, and the text after it.
fn split_name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    text[end..].strip_prefix('@').map(|rest| (&text[..end], rest))
}

/// Parses one node, or several joined with `&`.
fn parse_joined_nodes<'a>(
    builder: &mut Builder,
    text: &'a str,
    line: u32,
) -> Result<(Vec<Item>, &'a str), DiagramError> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let (parsed, after) = node::parse_node(rest, line)?;
        items.push(builder.find_or_add_item(&parsed, line)?);
        rest = after.trim_start();
        match rest.strip_prefix('&') {
            Some(after) => rest = after.trim_start(),
            None => return Ok((items, rest)),
        }
    }
}

/// The start of a text, shortened for use in a message.
fn excerpt(text: &str) -> String {
    shorten(text, 24).replace('`', "'")
}
