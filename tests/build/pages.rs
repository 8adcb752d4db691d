//! The content of single pages, from settings and documents.

use crate::support::{Fixture, policy};
use crate::text;

#[test]
fn a_text_that_begins_with_its_own_title_shows_it_once_and_links_to_it_still_arrive() {
    let titled = |id: &str, body: &str| policy(id, "", body);
    let fixture = Fixture::new(&[
        (
            "content/a.md",
            &titled("POL-AAA-001", "# Title of POL-AAA-001\n\nWords. See [above](#title-of-pol-aaa-001).\n\n## Part\n"),
        ),
        (
            "content/b.md",
            &titled("POL-AAA-002", "[There](a.md#title-of-pol-aaa-001).\n\n# Title of POL-AAA-002\n\nWords."),
        ),
        ("content/c.md", &titled("POL-AAA-003", "# Another *title*\n\nWords.")),
        ("content/d.md", &titled("POL-AAA-004", "# Title of POL-AAA-004 {#own clauses=\"8.6.1\"}\n\nWords.")),
        ("content/page.md", "---\ntype: page\n---\n# Only a heading\n\nWords.\n"),
    ]);
    let site = fixture.build();
    let headings = |path: &str| {
        let page = text(&site, path);
        let main =
            page.split_once("<main").expect("the content").1.split_once("</main>").expect("its end").0.to_owned();
        ["<h1", "<h2 id=\"title", "<h2 id=\"another"].map(|opening| main.matches(opening).count())
    };
    assert_eq!(headings("a.html"), [1, 0, 0]);
    assert_eq!(headings("b.html"), [1, 1, 0], "only at the very beginning");
    assert_eq!(headings("c.html"), [1, 0, 1]);
    let a = text(&site, "a.html");
    assert!(a.contains("<span id=\"title-of-pol-aaa-001\"></span>\n<p>Words."), "{a}");
    assert!(!a.contains("<a href=\"#title-of-pol-aaa-001\">Title"), "the contents leave it out");
    assert!(text(&site, "d.html").contains("<span id=\"own\"></span>"), "the clause leads there");
    assert!(text(&site, "clauses/iso20000-1/8.6.1.html").contains("d.html#own"));
    assert_eq!(text(&site, "page.html").matches("Only a heading</h").count(), 1);
    assert_eq!(text(&site, "print/index.html").matches("id=\"title-of").count(), 0, "anchors there have prefixes");
    assert_eq!(
        fixture
            .run(&["check", "--built", "site", "--fail-on", "error", "--format", "concise"])
            .stdout
            .split(|byte| *byte == b'\n')
            .filter(|line| String::from_utf8_lossy(line).contains("broken-site"))
            .count(),
        0
    );
}

#[test]
fn texts_on_one_page_of_print_keep_their_anchors_and_names_apart() {
    let body = "# Title of ID\n\n## Steps\n\nWrite `id=\"5\"`, see [above](#title-of-id) and [raw](#kept).[^n] \
        <a id=\"kept\"></a>\n\n| A | B |\n| - | - |\n| 1 | 2 |\n\nTerm\n: Said.\n\n[^n]: A note.\n";
    let titled = |id: &str| {
        policy(
            id,
            "",
            &body
                .replace("Title of ID", &format!("Title of {id}"))
                .replace("of-id", &format!("of-{}", id.to_lowercase())),
        )
    };
    let fixture = Fixture::new(&[("content/a.md", &titled("POL-AAA-001")), ("content/b.md", &titled("POL-AAA-002"))]);
    let site = fixture.build();
    let (print, page) = (text(&site, "print/index.html"), text(&site, "a.html"));
    let ids = ["title-of-pol-aaa-001", "steps", "kept", "term", "fn:1", "fnref:1"];
    for id in ids {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id} on its own page");
        assert_eq!(print.matches(&format!(" id=\"d0-{id}\"")).count(), 1, "{id} in print");
        assert_eq!(print.matches(&format!(" id=\"{id}\"")).count(), 0, "{id} in print without its prefix");
    }
    for link in ["steps", "fn:1", "fnref:1"] {
        assert!(print.contains(&format!("href=\"#d0-{link}\"")) && print.contains(&format!("href=\"#d1-{link}\"")));
        assert!(page.contains(&format!("href=\"#{link}\"")), "{link}");
    }
    assert!(print.contains("../a.html#kept"), "a link that its author wrote leads to the document's own page");
    assert!(print.contains("<code>id=\"5\"</code>"), "words stay as they are");
    for name in ["Table 1: Steps", "Footnotes"] {
        assert!(page.contains(&format!("aria-label=\"{name}\"")), "{name}");
        for id in ["POL-AAA-001", "POL-AAA-002"] {
            assert_eq!(print.matches(&format!("aria-label=\"{id}: {name}\"")).count(), 1, "{id}: {name}");
        }
    }
}

#[test]
fn the_foot_of_a_page_shows_the_settings_line_as_plain_text() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\nfooter: For members <only> & friends\n"),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let site = fixture.build();
    for path in ["index.html", "a.html", "clauses/iso20000-1/8.6.1.html"] {
        assert!(text(&site, path).contains("<p>For members &lt;only&gt; &amp; friends</p>"), "{path}");
    }
}

#[test]
fn the_home_page_shows_what_is_known_of_the_certificate() {
    let home = |certificate: &str| {
        let settings = format!("title: Test\nas_of: 2026-11-22\ncertificate: {certificate}\n");
        let fixture = Fixture::new(&[("clausebook.yaml", &settings)]);
        text(&fixture.build(), "index.html")
    };
    let scope = home("{scope: All services of Gullwhistle}");
    assert!(scope.contains("<summary>Scope</summary><p>All services of Gullwhistle</p>"), "{scope}");
    assert!(!scope.contains("No. "), "a number that is not known is not shown");
    let number = home("{number: X-1}");
    assert!(number.contains("No. X-1") && !number.contains("<dl></dl>"), "{number}");
}

#[test]
fn a_heading_that_repeats_the_title_is_left_out_only_if_it_has_nothing_but_words() {
    for (heading, is_left_out) in [
        ("Keys of the desk", true),
        ("Keys of the *desk*", true),
        ("Keys of [the desk](https://example.org/desk)", false),
        ("Keys of the desk[^1]", false),
        ("Keys of the desk ![plan](p.png)", false),
        ("~~Keys~~ of the desk", false),
    ] {
        let body = format!("# {heading}\n\nText.\n\n[^1]: A note.\n");
        let text = policy("POL-AAA-001", "", &body).replacen("Title of POL-AAA-001", "Keys of the desk", 1);
        let fixture = Fixture::new(&[("content/a.md", &text), ("content/p.png", "picture")]);
        let site = fixture.build();
        let page = crate::text(&site, "a.html");
        let prose =
            page.split("class=\"prose\"").nth(1).and_then(|text| text.split("<p>Text.").next()).expect("a text");
        assert_eq!(!prose.contains("<h2"), is_left_out, "{heading}: {prose}");
    }
}

#[test]
fn a_catalogue_without_required_items_has_no_figure_of_them() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\nstandards: [iso27001]\n"),
        ("content/a.md", &policy("POL-A-001", "", "The desk answers.\n")),
    ]);
    for (path, page) in fixture.build() {
        assert!(!path.ends_with(".html") || !String::from_utf8_lossy(&page).contains("0 of 0"), "{path}");
    }
    let home = text(&fixture.build(), "index.html");
    assert!(home.contains("class=\"forecast\"") && !home.contains("class=\"key-items\""), "{home}");
}
