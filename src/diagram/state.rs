//! State diagrams: `stateDiagram-v2` with states, transitions and notes.

use std::collections::{HashMap, HashSet};

use super::geometry::Direction;
use super::graph::{Arrowhead, Graph, Group, Item, LineStyle, Link, Node};
use super::label::Label;
use super::picture::{self, is_nested};
use super::shape::Shape;
use super::source::{Line, Source};
use super::{DiagramError, DiagramKind, Drawing, MAX_EDGES, MAX_NODES, check_limit};

/// Maximum width of a label, in pixels.
const MAX_LABEL_WIDTH: f64 = 160.0;
/// Maximum width of the name of a composite state, in units of the picture.
const MAX_GROUP_NAME_WIDTH: f64 = 320.0;
/// Maximum nesting depth of states.
const MAX_NESTING: usize = 12;
/// Keywords that only affect style.
const IGNORED_KEYWORDS: [&str; 5] = ["classDef", "class", "style", "hide", "scale"];

/// Draws a state diagram.
pub(super) fn draw(source: &Source<'_>) -> Result<Drawing, DiagramError> {
    let mut states = StateReader { composite_names: composite_names(source), ..StateReader::default() };
    let mut lines = source.lines.iter().skip(1);
    while let Some(line) = lines.next() {
        if let Some(state) = multiline_note_state(line.text) {
            let words: Vec<&str> =
                lines.by_ref().map(|line| line.text).take_while(|text| *text != "end note").collect();
            states.note(state, &words.join("\n"), line.number)?;
        } else {
            states.statement(*line)?;
        }
    }
    picture::draw(&states.finish()?, DiagramKind::States, source)
}

/// Names of composite states, which transitions may mention before they are opened.
fn composite_names(source: &Source<'_>) -> HashSet<String> {
    let opened = source.lines.iter().filter_map(|line| line.text.strip_prefix("state ")?.strip_suffix('{'));
    opened.map(|text| split_label(text.trim()).0.to_owned()).collect()
}

/// Parses `name` or `"words" as name`; returns the name and the words.
fn split_label(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(" as ") {
        Some((words, name)) => (name.trim(), Some(words.trim())),
        None => (text.trim_matches('"'), None),
    }
}

/// Removes `:::class` after the name of a state.
fn strip_classes(text: &str) -> String {
    let mut parts = text.split(":::");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // A class name may contain hyphens, but ends at an arrow.
        let name = part.find("-->").unwrap_or(part.len());
        let rest = part[..name].trim_start_matches(|c: char| c.is_alphanumeric() || "_-".contains(c));
        out = out + " " + rest + &part[name..];
    }
    out
}

/// The state that a note refers to, if the text of the note follows on separate lines.
fn multiline_note_state(text: &str) -> Option<&str> {
    let (_, name) = text.strip_prefix("note ")?.split_once(" of ")?;
    (!name.contains(':')).then_some(name.trim())
}

/// A state diagram under construction.
#[derive(Debug, Default)]
struct StateReader {
    graph: Graph,
    nodes: HashMap<String, usize>,
    /// Names of composite states.
    composite_names: HashSet<String>,
    /// Composite states mentioned so far.
    groups: HashMap<String, usize>,
    /// Composite states opened so far.
    opened_groups: HashSet<usize>,
    /// Initial (`true`) and final states, by the group that contains them.
    end_points: HashMap<(Option<usize>, bool), usize>,
    open_groups: Vec<(usize, u32)>,
}

impl StateReader {
    fn statement(&mut self, line: Line<'_>) -> Result<(), DiagramError> {
        let text = line.text.split("%%").next().unwrap_or_default().trim_end_matches(';').trim();
        let word = text.split_whitespace().next().unwrap_or_default();
        let rest = text[word.len()..].trim();
        match word {
            "" => Ok(()),
            "}" => self.close(line.number),
            "--" => Err(DiagramError::new(line.number, "states that are taken at the same time are not drawn")
                .help("draw them in diagrams of their own")),
            "direction" => self.set_direction(rest, line.number),
            "state" => self.state(rest, line.number),
            "note" => self.note_line(rest, line.number),
            _ if IGNORED_KEYWORDS.contains(&word) && !rest.starts_with("--") => Ok(()),
            _ => self.transition(text, line.number),
        }
    }

    fn set_direction(&mut self, word: &str, line: u32) -> Result<(), DiagramError> {
        let Some(direction) = Direction::parse(word) else {
            return Err(DiagramError::new(line, format!("`{word}` is not a direction"))
                .help("the directions are TB, BT, LR and RL"));
        };
        match self.open_groups.last() {
            Some((group, _)) => self.graph.groups[*group].direction = Some(direction),
            None => self.graph.direction = direction,
        }
        Ok(())
    }

    /// Parses the text after `state`: an opening brace, a kind, or a label for a name.
    fn state(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        if let Some(opened) = text.strip_suffix('{') {
            return self.open(opened.trim(), line);
        }
        if let Some((name, kind)) = text.split_once("<<").map(|(name, kind)| (name.trim(), kind.trim_end_matches(">>")))
        {
            let shape = match kind {
                "choice" => Shape::Diamond,
                "fork" | "join" => Shape::Bar,
                _ => {
                    return Err(DiagramError::new(line, format!("`<<{kind}>>` is not drawn"))
                        .help("write `<<choice>>`, `<<fork>>` or `<<join>>`"));
                }
            };
            let at = self.node(name, line)?;
            let node = &mut self.graph.nodes[at];
            (node.shape, node.label) = (shape, Label::default());
            return Ok(());
        }
        let (name, words) = split_label(text);
        self.set_label(name, words.unwrap_or_default(), line)
    }

    /// Sets the label of a state.
    fn set_label(&mut self, name: &str, words: &str, line: u32) -> Result<(), DiagramError> {
        let item = self.find_or_add_item(name, line)?;
        if words.is_empty() {
            return Ok(());
        }
        match item {
            Item::Node(node) => self.graph.nodes[node].label = Label::new(words, MAX_LABEL_WIDTH),
            Item::Group(group) => self.graph.groups[group].label = Label::new(words, MAX_GROUP_NAME_WIDTH),
        }
        Ok(())
    }

    /// The state with a name; creates it if necessary.
    fn find_or_add_item(&mut self, name: &str, line: u32) -> Result<Item, DiagramError> {
        if self.composite_names.contains(name) {
            self.group(name, line).map(Item::Group)
        } else {
            self.node(name, line).map(Item::Node)
        }
    }

    fn group(&mut self, name: &str, line: u32) -> Result<usize, DiagramError> {
        if let Some(group) = self.groups.get(name) {
            return Ok(*group);
        }
        check_limit(self.graph.groups.len() + 1, MAX_NODES, "states", line)?;
        self.graph.groups.push(Group { label: Label::new(name, MAX_GROUP_NAME_WIDTH), parent: None, direction: None });
        self.groups.insert(name.to_owned(), self.graph.groups.len() - 1);
        Ok(self.graph.groups.len() - 1)
    }

    fn open(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        check_limit(self.open_groups.len() + 1, MAX_NESTING, "states in one another", line)?;
        let (name, words) = split_label(text);
        let group = self.group(name, line)?;
        if !self.opened_groups.insert(group) {
            return Err(
                DiagramError::new(line, format!("`{name}` is opened twice")).help("write its contents in one place")
            );
        }
        // An opened state never gets another parent, so no state can contain itself.
        self.graph.groups[group].parent = self.open_groups.last().map(|(group, _)| *group);
        if let Some(words) = words {
            self.graph.groups[group].label = Label::new(words, MAX_GROUP_NAME_WIDTH);
        }
        self.open_groups.push((group, line));
        Ok(())
    }

    fn close(&mut self, line: u32) -> Result<(), DiagramError> {
        match self.open_groups.pop() {
            Some(_) => Ok(()),
            None => Err(DiagramError::new(line, "`}` closes no state").help("remove it")),
        }
    }

    /// Parses `A --> B : words`, `A : words`, or just a name.
    fn transition(&mut self, text: &str, line: u32) -> Result<(), DiagramError> {
        let text = strip_classes(text);
        let (path, words) =
            text.split_once(':').map_or((text.as_str(), ""), |(path, words)| (path.trim(), words.trim()));
        let Some((from, to)) = path.split_once("-->") else {
            return self.parse_description(path, words, line);
        };
        let (from, to) = (self.transition_end(from.trim(), true, line)?, self.transition_end(to.trim(), false, line)?);
        self.link(from, to, words, line, LineStyle::Plain)
    }

    fn parse_description(&mut self, name: &str, words: &str, line: u32) -> Result<(), DiagramError> {
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(DiagramError::new(
                line,
                format!("`{}` is neither a state nor a transition", name.replace('`', "'")),
            )
            .help("write `From --> To : what happens`, or `Name : words`"));
        }
        self.set_label(name, words, line)
    }

    /// The state at the start or end of a transition.
    fn transition_end(&mut self, name: &str, is_start: bool, line: u32) -> Result<Item, DiagramError> {
        if name == "[*]" {
            return self.point(is_start, line);
        }
        if name.is_empty() {
            return Err(
                DiagramError::new(line, "a transition has no state at one of its ends").help("write `From --> To`")
            );
        }
        self.find_or_add_item(name, line)
    }

    /// The initial or final state of the current group.
    fn point(&mut self, is_start: bool, line: u32) -> Result<Item, DiagramError> {
        let group = self.open_groups.last().map(|(group, _)| *group);
        if let Some(at) = self.end_points.get(&(group, is_start)) {
            return Ok(Item::Node(*at));
        }
        let at = self.add(Label::default(), if is_start { Shape::Start } else { Shape::End }, line)?;
        self.end_points.insert((group, is_start), at);
        Ok(Item::Node(at))
    }

    fn node(&mut self, name: &str, line: u32) -> Result<usize, DiagramError> {
        if let Some(at) = self.nodes.get(name) {
            return Ok(*at);
        }
        let at = self.add(Label::new(name, MAX_LABEL_WIDTH), Shape::Rounded, line)?;
        self.nodes.insert(name.to_owned(), at);
        Ok(at)
    }

    fn add(&mut self, label: Label, shape: Shape, line: u32) -> Result<usize, DiagramError> {
        check_limit(self.graph.nodes.len() + 1, MAX_NODES, "states", line)?;
        let group = self.open_groups.last().map(|(group, _)| *group);
        self.graph.nodes.push(Node { label, shape, group });
        Ok(self.graph.nodes.len() - 1)
    }

    /// Parses `left of A : words`.
    fn note_line(&mut self, rest: &str, line: u32) -> Result<(), DiagramError> {
        let parts = rest.split_once(" of ").and_then(|(_, rest)| rest.split_once(':'));
        match parts {
            Some((about, words)) => self.note(about.trim(), words, line),
            None => {
                Err(DiagramError::new(line, "this note does not name a state")
                    .help("write `note right of Name : words`"))
            }
        }
    }

    fn note(&mut self, name: &str, words: &str, line: u32) -> Result<(), DiagramError> {
        let item = self.transition_end(name, true, line)?;
        let at = self.add(Label::new(words, MAX_LABEL_WIDTH * 1.3), Shape::Note, line)?;
        self.link(item, Item::Node(at), "", line, LineStyle::Dotted)
    }

    fn link(&mut self, from: Item, to: Item, words: &str, line: u32, stroke: LineStyle) -> Result<(), DiagramError> {
        check_limit(self.graph.links.len() + 1, MAX_EDGES, "transitions", line)?;
        let arrowhead = if stroke == LineStyle::Dotted { Arrowhead::None } else { Arrowhead::Arrow };
        let label = Label::new(words, MAX_LABEL_WIDTH);
        self.graph.links.push(Link { from, to, label, stroke, tips: [Arrowhead::None, arrowhead], length: 1, line });
        Ok(())
    }

    fn finish(self) -> Result<Graph, DiagramError> {
        if let Some((_, line)) = self.open_groups.last() {
            return Err(DiagramError::new(*line, "this state is not closed").help("close it with a line `}`"));
        }
        match self.graph.links.iter().find(|link| is_nested(&self.graph, link.from, link.to)) {
            Some(link) => Err(DiagramError::new(link.line, "a transition leads from a state to one inside it")),
            None => Ok(self.graph),
        }
    }
}
