use proptest::prelude::*;

use super::geometry::{Area, Direction};
use super::graph::{Graph, Item};
use super::*;

mod kinds;

/// A diagram that uses many features.
const FLOW: &str = "flowchart TD
  subgraph desk [Service desk]
    A([Report or alarm]) --> B{Major?}
    B -->|yes| C[[Major incident procedure]]
    B -->|no| D[Record & classify]
  end
  subgraph team [Resolver team]
    direction LR
    D -.-> E[(CMDB)]
    D ==> F[Diagnose]
    F --> G{{Fixed?}}
    G -- no --> F
    G --> G
  end
  C --> H((Close))
  G -- yes --> H
  desk --> team
";

fn drawn(text: &str) -> Drawing {
    draw(text).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn failed(text: &str) -> (u32, String) {
    match draw(text).as_ref() {
        Ok(_) => panic!("drawn: {text}"),
        Err(failure) => (failure.line, failure.message.clone()),
    }
}

/// The names of the elements in order. Panics unless the elements are properly nested and closed.
fn elements(shapes: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    for part in shapes.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag has an end");
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphabetic).collect();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{shapes}");
        } else {
            seen.push(name.clone());
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert_eq!(open, [""; 0], "{shapes}");
    seen
}

/// Asserts that a picture can be embedded anywhere: well-formed, and without ids, styles and invalid numbers.
fn assert_sound(drawing: &Drawing) {
    let allowed = ["rect", "circle", "path", "text", "tspan"];
    for element in elements(&drawing.shapes) {
        assert!(allowed.contains(&element.as_str()), "{element}");
    }
    for word in [" id=\"", "style", "NaN", "inf", " fill=", "url("] {
        let outside = drawing.shapes.split('>').map(|part| part.rsplit('<').next().unwrap_or_default());
        assert!(!outside.clone().any(|tag| tag.contains(word)), "{word} in {}", drawing.shapes);
    }
    assert!(drawing.width > 0 && drawing.height > 0);
}

#[test]
fn a_flow_chart_shows_every_node_and_word() {
    let drawing = drawn(FLOW);
    assert_sound(&drawing);
    assert_eq!((drawing.kind, drawing.names.len()), (DiagramKind::Flowchart, 8));
    for words in ["Service desk", "Report or alarm", "Record &amp; classify", ">yes<", ">no<", "CMDB", "Close"] {
        assert!(drawing.shapes.contains(words), "{words}");
    }
    assert_eq!(drawing.shapes.matches("class=\"node").count(), 8);
    assert_eq!(drawing.shapes.matches("class=\"tip\"").count(), 11);
    let lines = ["class=\"link\"", "class=\"link dotted\"", "class=\"link thick\"", "class=\"link-name\""];
    assert_eq!(lines.map(|class| drawing.shapes.matches(class).count()), [9, 1, 1, 4]);
}

#[test]
fn a_sequence_shows_every_message_and_frame() {
    let drawing = drawn(
        "sequenceDiagram\n autonumber\n actor U as User\n U->>+D: Report\n alt major\n D-xM: Call\n else\n D->>D: Think\n end\n Note over U,D: Later\n D-->>-U: Done\n",
    );
    assert_sound(&drawing);
    assert_eq!(drawing.names, ["User", "D", "M"]);
    for words in ["1. Report", "2. Call", "3. Think", "4. Done", ">alt<", "major", "Later"] {
        assert!(drawing.shapes.contains(words), "{words}");
    }
    assert_eq!(drawing.shapes.matches("class=\"active\"").count(), 1);
}

#[test]
fn states_may_be_named_before_they_are_opened() {
    let drawing = drawn(
        "stateDiagram-v2\n [*] --> New\n New --> Open: taken\n state Open {\n [*] --> Look\n Look --> Wait\n }\n Open --> [*]\n note right of New : as reported\n state \"In hand\" as Open\n",
    );
    assert_sound(&drawing);
    assert_eq!(drawing.names, ["New", "Look", "Wait", "as reported"]);
    assert_eq!((drawing.shapes.matches("class=\"group\"").count(), drawing.shapes.matches("In hand").count()), (1, 1));
}

/// The words of a diagram in order, without its shapes.
fn words(text: &str) -> Vec<String> {
    let shapes = drawn(text).shapes;
    let texts = shapes.split('<').filter_map(|part| Some(part.split_once('>')?.1.to_owned()));
    texts.filter(|words| !words.is_empty()).collect()
}

#[test]
fn the_ways_in_which_authors_write_are_understood() {
    let cases: [(&str, &[&str]); 9] = [
        ("graph TD;A-->B;B-->C;", &["A", "B", "C"]),
        ("flowchart LR\nA --text--> B -.more.-> C ==much==> D", &["A", "B", "C", "D", "text", "more", "much"]),
        ("flowchart TD\nA[\"x; y\"] --> |a;b| B %% remark", &["x; y", "B", "a;b"]),
        (
            "flowchart TD\nclassDef red fill:#f00\nA:::red --> B[b]:::red\nclass A,B red\nlinkStyle 0 stroke:red",
            &["A", "b"],
        ),
        (
            "flowchart TD\nsubgraph \"Two words\"\nA\nend\nsubgraph s[\"Title (x)\"]\nB\nend\ns --> A",
            &["Two words", "Title (x)", "A", "B"],
        ),
        ("flowchart TD\nA --> one\nsubgraph one\nB\nend", &["one", "A", "B"]),
        ("stateDiagram-v2\nA:::x --> B:::y: go: now\nB:::y-->[*]", &["A", "B", "go: now"]),
        ("sequenceDiagram\non-call x->>e-x: hm: well", &["hm: well", "on-call x", "e-x"]),
        ("sequenceDiagram\nparticipant A as The <b>desk</b>\nA-xB: no", &["no", "The desk", "B"]),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn a_drawing_problem_is_reported_at_its_line() {
    let cases = [
        ("", 0, "the diagram is empty"),
        ("journey\n title x", 0, "diagrams of the kind `journey` are not drawn"),
        ("graph XY\nA", 0, "`XY` is not a direction"),
        ("flowchart TD\n\nA --> ", 2, "a node is missing at the end of the line"),
        ("flowchart TD\nA --> B\nB -> C", 2, "`-> C` is neither a link nor an end"),
        ("flowchart TD\nA[open", 1, "the label of `A` is never closed"),
        ("flowchart TD\nsubgraph x\nA", 1, "this `subgraph` has no `end`"),
        ("flowchart TD\nA\nend", 2, "`end` closes no `subgraph`"),
        ("flowchart TD\nsubgraph x\nA\nend\nx --> A", 4, "a link leads from a group to something in it"),
        ("stateDiagram-v2\nA --> B\nstate X {\n--\n}", 3, "states that are taken at the same time are not drawn"),
        ("stateDiagram-v2\nthis is prose", 1, "`this is prose` is neither a state nor a transition"),
        ("sequenceDiagram\nA->>B: x\nelse y", 2, "`else` does not belong to any open frame"),
        ("sequenceDiagram\nA tells B", 1, "`A tells B` is not drawn"),
        ("sequenceDiagram", 0, "the diagram has no participants"),
        ("flowchart TD\n", 0, "the diagram has nothing in it"),
    ];
    for (text, line, message) in cases {
        assert_eq!(failed(text), (line, message.to_owned()), "{text}");
    }
}

#[test]
fn oversized_diagrams_are_not_drawn() {
    let nodes = |count: usize| format!("flowchart TD\n{}", (0..count).map(|at| format!("n{at}\n")).collect::<String>());
    drawn(&nodes(MAX_NODES));
    assert_eq!(failed(&nodes(MAX_NODES + 1)), (301, "the diagram has more than 300 nodes".to_owned()));
    let links = format!("flowchart TD\n{}", "A --> B\n".repeat(MAX_EDGES + 1));
    assert_eq!(failed(&links).1, "the diagram has more than 500 links");
    let all = (0..40).map(|at| format!("n{at}")).collect::<Vec<_>>().join(" & ");
    assert_eq!(failed(&format!("flowchart TD\n{all} --> {all}")).1, "the diagram has more than 500 links");
    let deep = format!("flowchart TD\n{}", "subgraph\n".repeat(100));
    assert_eq!(failed(&deep).0, 13);
    let ladder: String = (0..299).map(|at| format!("n{at} --> n{}\nn{at} --> n299\n", at + 1)).collect();
    assert_eq!(failed(&format!("flowchart TD\n{ladder}")).1, "the diagram has more than 500 links");
    let long: String = (0..150).map(|at| format!("n{at} --> n{}\nn{at} --> n150\n", at + 1)).collect();
    assert!(failed(&format!("flowchart TD\n{long}")).1.starts_with("the links are too many and too long"));
    assert_eq!(failed(&"x".repeat(MAX_BYTES + 1)).1, "the diagram has more than 50000 bytes");
}

/// A flow chart and the areas of its nodes and groups.
fn areas(direction: Direction) -> (Graph, Vec<(Item, Area)>) {
    let source = source::Source::new(FLOW);
    let mut graph = flowchart::parse_graph(&source).expect("it can be read");
    graph.direction = direction;
    let layout = layout::lay_out(&graph).expect("it can be laid out");
    let nodes = layout.nodes.iter().map(|(node, area)| (Item::Node(*node), *area));
    let areas = nodes.chain(layout.groups.iter().map(|(group, area)| (Item::Group(*group), *area))).collect();
    (graph, areas)
}

/// The overlap of two areas; negative if they are apart.
fn overlap(a: &Area, b: &Area) -> f64 {
    let along = |a: f64, a_size: f64, b: f64, b_size: f64| (a_size + b_size) / 2.0 - (a - b).abs();
    along(a.middle.x, a.size.width, b.middle.x, b.size.width).min(along(
        a.middle.y,
        a.size.height,
        b.middle.y,
        b.size.height,
    ))
}

#[test]
fn items_do_not_overlap_in_any_direction() {
    for direction in [Direction::Down, Direction::Up, Direction::Right, Direction::Left] {
        let (graph, areas) = areas(direction);
        assert_eq!(areas.len(), 10);
        for (at, (item, area)) in areas.iter().enumerate() {
            for (other, its) in &areas[..at] {
                let is_within = graph.path(*item).contains(other) || graph.path(*other).contains(item);
                let apart = overlap(area, its);
                assert_eq!(apart > 0.0, is_within, "{item:?} and {other:?}, {direction:?}: {apart}");
            }
        }
    }
}

/// Fragments of diagrams, and some other text.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "flowchart TD",
        "graph LR",
        "stateDiagram-v2",
        "sequenceDiagram",
        "\n",
        "\n",
        "\n",
        " ",
        "A",
        "B",
        "C",
        "é変",
        "[*]",
        "-->",
        "-.->",
        "==>",
        "--",
        "~~~",
        "->>",
        "--x",
        "<-->",
        ":",
        ";",
        "&",
        "|",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "\"",
        "subgraph",
        "end",
        "state ",
        " as ",
        "note right of ",
        "Note over ",
        "loop",
        "alt",
        "else",
        "activate ",
        "+",
        "-",
        "@{ shape: diam }",
        "<br/>",
        "#35;",
        "%%",
        "---",
        "direction LR",
        "<<choice>>",
        "||--o{ ",
        "class ",
        "<|-- ",
        "namespace ",
        "note for ",
        "box ",
        "rect ",
        "create ",
        " : 12",
        "~",
        "{\n",
        "\"\n",
        "autonumber",
        ",",
        "style ",
        "\\",
        ">",
    ])
}

#[track_caller]
fn assert_drawn_or_reported(text: &str) {
    match draw(text).as_ref() {
        Ok(drawing) => assert_sound(drawing),
        Err(failure) => assert!((failure.line as usize) < text.lines().count().max(1), "{failure:?}\n{text}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_drawn_or_reported_at_a_line(kind in 0..6_usize, pieces in prop::collection::vec(piece(), 0..60)) {
        let head = ["flowchart TD\n", "stateDiagram-v2\n", "sequenceDiagram\n", "erDiagram\n", "classDiagram\n", "pie\n"][kind];
        assert_drawn_or_reported(&(head.to_owned() + &pieces.concat()));
    }

    #[test]
    fn any_graph_is_laid_out(links in prop::collection::vec((0..12_u8, 0..12_u8, 0..3_u8), 1..40), groups in 0..4_u8) {
        let mut text = "flowchart LR\n".to_owned();
        for group in 0..groups {
            text += &format!("subgraph g{group}\n{group} --> {}\nend\n", group + 4);
        }
        for (from, to, words) in links {
            text += &format!("{from} -->{} {to}\n", ["", "|yes|", "|a longer remark on it|"][usize::from(words)]);
        }
        assert_sound(&drawn(&text));
    }

    #[test]
    fn arbitrary_characters_are_drawn_or_reported(text in "\\PC{0,200}") {
        assert_drawn_or_reported(&format!("flowchart TD\n{text}"));
        assert_drawn_or_reported(&text);
    }
}
