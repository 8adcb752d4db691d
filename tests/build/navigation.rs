//! The sidebar: sections, chapters, and the settings for them.

use crate::support::{Fixture, SETTINGS, policy};
use crate::text;

/// The sidebar of a page.
fn sidebar(page: &str) -> &str {
    page.split("<nav class=\"side\"").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("a sidebar")
}

#[test]
fn chapters_come_first_with_their_verdicts_and_the_documents_of_the_open_one() {
    let fixture = Fixture::new(&[
        ("content/a.md", &policy("POL-AAA-001", "clauses: [8.6.1]\n", "Words.")),
        (
            "content/b.md",
            &policy("POL-AAA-002", "clauses: [8.6.2]\n", "Words.").replace("status: approved", "status: draft"),
        ),
        ("content/c.md", &policy("POL-AAA-003", "clauses: [9.1]\n", "Words.")),
    ]);
    let site = fixture.build();
    let page = text(&site, "a.html");
    let side = sidebar(&page);
    let at = |words: &str| side.find(words).unwrap_or_else(|| panic!("{words} in {side}"));
    assert!(at("groups/8.6.html") < at("matrix.html") && at("matrix.html") < at("findings.html"));
    assert!(at("findings.html") < at("register.html"), "coverage, reviews, lists");
    assert!(side.contains("<span>Resolution and fulfilment</span></summary>"), "{side}");
    assert!(text(&site, "days/whole.js").contains(r#""8.6":["partial",1,3]"#), "a script fills in what it is");
    assert!(
        side.contains("href=\"a.html\" aria-current=\"page\">Title of POL-AAA-001</a>"),
        "current ones need no mark"
    );
    assert!(
        side.contains("href=\"b.html\">Title of POL-AAA-002 <i class=\"dot\" role=\"img\" aria-label=\"Draft\""),
        "{side}"
    );
    assert!(!side.contains("POL-AAA-003"), "other chapters are closed");
    let chapter = site.iter().find(|(path, bytes)| {
        path.starts_with("rows/chapter-") && String::from_utf8_lossy(bytes).contains("POL-AAA-003")
    });
    assert!(chapter.is_some(), "and unfold by a script");
}

#[test]
fn the_settings_order_hide_and_add_links() {
    let settings = "navigation:\n  order: [lists, chapters, roles]\n  hide: [ages, reviews, information]\n  links:\n  \
        - {title: Service desk, url: \"https://desk.example.org/a?b&c\"}\n  - {document: POL-AAA-001, section: coverage}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}{settings}")),
        ("content/a.md", &policy("POL-AAA-001", "audience: [Service Desk]\n", "Words.")),
    ]);
    let site = fixture.build();
    let page = text(&site, "types/index.html");
    let side = sidebar(&page);
    let at = |words: &str| side.find(words).unwrap_or_else(|| panic!("{words} in {side}"));
    assert!(at("roles/index.html") < at("register.html") && at("register.html") < at("groups/4.html"));
    for hidden in ["ages.html", "findings.html", "calendar.html", "information.html"] {
        assert!(!side.contains(hidden) && site.contains_key(hidden), "{hidden}");
    }
    assert!(side.contains(
        "class=\"outside\" rel=\"noopener noreferrer\" href=\"https://desk.example.org/a?b&amp;c\">Service desk</a>"
    ));
    assert!(side.contains("href=\"../a.html\">Title of POL-AAA-001</a>"));
    assert!(side.contains("href=\"../types/index.html\" aria-current=\"true\""), "{side}");
}

#[test]
fn a_link_to_a_document_that_the_edition_hides_is_left_out() {
    let settings = "publish: {up_to: public}\nnavigation: {links: [{document: POL-AAA-001, title: The plan}]}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}{settings}")),
        ("content/a.md", &policy("POL-AAA-001", "classification: restricted\n", "Words.")),
        ("content/b.md", &policy("POL-AAA-002", "classification: public\n", "Words.")),
    ]);
    for (path, bytes) in fixture.build() {
        assert!(!String::from_utf8_lossy(&bytes).contains("The plan"), "{path}");
    }
}
