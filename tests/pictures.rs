//! Pictures on pages of a whole handbook: diagrams, the map of references, the ages of documents.

mod support;

use std::collections::BTreeMap;

use support::{Fixture, policy};

/// The HTML of a page.
fn page(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap_or_else(|| panic!("{path} is not in the site")).clone()).expect("UTF-8")
}

/// The pictures of a page, except the bars in tables.
fn pictures(page: &str) -> Vec<&str> {
    let pictures = page.split("<svg").skip(1).map(|part| part.split_once("</svg>").expect("an end of the picture").0);
    pictures.filter(|picture| !picture.contains("preserveAspectRatio")).collect()
}

/// Fails unless every element of a picture is closed and there are no inline styles.
fn assert_sound(picture: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in picture.split('<').skip(1) {
        let tag = tag.split_once('>').expect("an end of the tag").0;
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).expect("a name");
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(name), "{picture}"),
            (false, false) => open.push(name),
            (false, true) => {}
        }
        assert!(!tag.contains(" style=") && name != "style" && !tag.contains("NaN"), "{tag}");
    }
    assert!(open.is_empty(), "{open:?} in {picture}");
}

/// The links in a picture, with their words.
fn links(picture: &str) -> Vec<(&str, String)> {
    let links = picture.split("<a href=\"").skip(1).filter_map(|link| link.split_once("</a>"));
    let words = |inner: &str| inner.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    links.filter_map(|(link, _)| link.split_once('"')).map(|(href, inner)| (href, words(inner))).collect()
}

const DIAGRAM: &str = "## Flow\n\n```mermaid\nflowchart LR\n  accTitle: The way of a request\n  A([Ask & wait]) -->|soon| B{Good?}\n```\n";

#[test]
fn a_diagram_is_drawn_on_every_page_that_shows_its_document_and_one_that_cannot_be_shows_its_text() {
    let broken = "```mermaid\nflowchart TD\n  A[open\n```\n\n```mermaid\ngantt\n  title Plan\n```\n";
    let fixture = Fixture::new(&[
        ("content/drawn.md", &policy("POL-A-001", "clauses: [\"8.6.1\"]\n", DIAGRAM)),
        ("content/broken.md", &policy("POL-A-002", "clauses: [\"8.6.1\"]\n", broken)),
        ("content/plain.md", &policy("POL-A-003", "", "Words.")),
    ]);
    let site = fixture.build();
    for path in ["drawn.html", "print/index.html", "print/8.6.html"] {
        let page = page(&site, path);
        let drawings = pictures(&page);
        let drawing = drawings.iter().find(|picture| picture.contains("Ask &amp; wait")).expect("the picture");
        assert_sound(drawing);
        assert!(
            drawing.contains("role=\"img\"")
                && drawing.contains("aria-label=\"The way of a request (Flow chart): Ask &amp; wait; Good?\""),
            "{drawing}"
        );
        assert!(page.contains("A([Ask &amp; wait]) --&gt;|soon| B{Good?}"), "the text stands below");
        assert!(page.contains("assets/pictures"), "{path} loads the style sheet");
    }
    let undrawn = page(&site, "broken.html");
    assert_eq!(undrawn.matches("class=\"mermaid-source\"").count(), 2);
    assert!(undrawn.contains("A[open") && undrawn.contains("This diagram could not be rendered"));
    assert!(!page(&site, "plain.html").contains("assets/pictures"));
    let findings: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
    let findings = findings["findings"].as_array().expect("findings");
    let lines: Vec<_> = findings
        .iter()
        .filter(|finding| finding["rule"] == "diagram-not-drawn")
        .map(|finding| (finding["file"].as_str(), finding["line"].as_u64()))
        .collect();
    let first = 15;
    assert_eq!(lines, [(Some("content/broken.md"), Some(first)), (Some("content/broken.md"), Some(first + 4))]);
}

#[test]
fn a_document_is_shown_with_its_neighbours() {
    let fixture = Fixture::new(&[
        (
            "content/hub.md",
            &policy("POL-HUB-001", "related: [POL-ONE-001]\n", "See [[POL-TWO-001]] and [[POL-TWO-001]]."),
        ),
        ("content/one.md", &policy("POL-ONE-001", "", "Words.")),
        ("content/two.md", &policy("POL-TWO-001", "", "Back to [[POL-HUB-001]].")),
        ("content/three.md", &policy("POL-THR-001", "", "See [the hub](hub.md).")),
    ]);
    let site = fixture.build();
    let hub = page(&site, "hub.html");
    let picture = pictures(&hub)[0];
    assert_sound(picture);
    let neighbours = [
        ("three.html", "Title of POL-THR-001".to_owned()),
        ("one.html", "Title of POL-ONE-001".to_owned()),
        ("two.html", "⇄ Title of POL-TWO-001".to_owned()),
    ];
    assert_eq!(links(picture), neighbours);
    assert_eq!(pictures(&page(&site, "one.html")), [""; 0], "one neighbour makes no picture");
}

#[test]
fn the_picture_of_a_document_does_not_grow_with_the_handbook() {
    let others: Vec<(String, String)> = (0..60)
        .map(|at| (format!("content/n{at:02}.md"), policy(&format!("POL-N-{at:03}"), "", "See [[POL-HUB-001]].")))
        .collect();
    let fixture = Fixture::new(&[("content/hub.md", &policy("POL-HUB-001", "", "Words."))]);
    others.iter().for_each(|(path, text)| fixture.write(path, text));
    let site = fixture.build();
    let hub = page(&site, "hub.html");
    let picture = pictures(&hub)[0];
    assert_eq!(links(picture).len(), 7);
    assert!(picture.contains("and 53 more"), "{picture}");
    assert!(picture.len() < 2_500, "{}", picture.len());
}

#[test]
fn the_map_counts_references_between_clause_groups() {
    let claim = |clause: &str| format!("clauses: [\"{clause}\"]\n");
    let fixture = Fixture::new(&[
        (
            "content/a.md",
            &policy("POL-A-001", &claim("8.5.1.1"), "See [[POL-B-001]], [[POL-C-001]] and [[POL-D-001]]."),
        ),
        ("content/b.md", &policy("POL-B-001", &claim("8.6.1"), "See [[POL-A-001]] and [[POL-C-001]].")),
        ("content/c.md", &policy("POL-C-001", &claim("8.6.2"), "Words.")),
        ("content/d.md", &policy("POL-D-001", "", "Words.")),
    ]);
    let map = page(&fixture.build(), "map.html");
    assert!(map.contains("References between documents: 5, of which 1 within the same group of clauses"));
    let picture = pictures(&map)[0];
    assert_sound(picture);
    let nodes: Vec<&str> = links(picture).iter().map(|(href, _)| *href).collect();
    assert_eq!(nodes, ["groups/8.5.html", "groups/8.6.html", "groups/other.html"]);
    assert!(picture.contains("8.5 and 8.6: 3") && !picture.contains("8.6 and Other"), "{picture}");
    let table = map.split("<tbody>").nth(1).expect("the table");
    let row = |group: usize| -> Vec<&str> {
        let row = table.split("<tr>").nth(group).expect("a row");
        row.split("<td").skip(1).filter_map(|cell| cell.split_once('>')?.1.split('<').next()).collect()
    };
    assert_eq!([row(1), row(2), row(3)], [["", "2", "1", "3"], ["1", "1", "", "2"], ["", "", "", "0"]]);
    assert!(map.contains("Title of POL-C-001"), "what others refer to is listed");
}

#[test]
fn ages_count_from_the_build_day_and_unknown_is_not_fresh() {
    let draft = "---\nid: POL-NEW-001\ntitle: New\ntype: policy\nstatus: draft\n---\nWords.\n";
    let retired = policy("POL-OLD-001", "", "Words.").replace("approved\nowner", "retired\nowner");
    let fixture = Fixture::new(&[
        ("content/a.md", &policy("POL-A-001", "", "Words.")),
        ("content/b.md", &policy("POL-B-001", "reviews:\n  - {on: 2026-11-20, by: Writer}\n", "Words.")),
        ("content/c.md", &policy("POL-C-001", "", "Words.").replace("2026-03-02", "2021-03-02")),
        ("content/f.md", &policy("POL-F-001", "", "Words.").replace("2026-03-02", "2027-03-02")),
        ("content/new.md", draft),
        ("content/old.md", &retired),
    ]);
    let ages = page(&fixture.build(), "ages.html");
    let picture = pictures(&ages)[0];
    assert_sound(picture);
    assert_eq!(picture.matches("<rect").count(), 5, "a bar for each age and state");
    let sections: Vec<(&str, usize)> = ages
        .split("<section class=\"part\" id=\"age-")
        .skip(1)
        .filter_map(|section| Some((section.split_once('"')?.0, section.matches("class=\"doc\"").count())))
        .collect();
    assert_eq!(sections, [("14", 2), ("13", 1), ("3", 1), ("1", 1)], "the unknown and the oldest come first");
    assert!(ages.contains("The age of 2 documents is unknown"));
    assert!(ages.contains("Title of POL-C-001</a>, <time"), "the oldest is named");
    assert!(!ages.contains("POL-OLD-001"), "what is retired has no age");
    for anchor in ["#age-14", "#age-13", "#age-3", "#age-1"] {
        assert!(ages.contains(&format!("href=\"{anchor}\"")), "{anchor}");
    }
}
