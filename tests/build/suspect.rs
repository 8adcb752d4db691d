//! A document that depends on a changed one says so in every place that shows it.

use crate::support::{Fixture, policy};
use crate::text;

#[test]
fn a_suspect_document_is_shown_on_its_page_at_home_in_the_register_and_by_status() {
    let fixture = Fixture::new(&[
        (
            "content/policy.md",
            &policy(
                "POL-AAA-001",
                "changes: [{version: \"1.0\", date: 2026-09-01, by: Lead, summary: Targets halved.}]\n",
                "Two hours.",
            )
            .replace("approved: 2026-03-02", "approved: 2026-09-01"),
        ),
        ("content/procedure.md", &policy("POL-AAA-002", "depends_on: [POL-AAA-001]\n", "Four hours.")),
        ("content/sound.md", &policy("POL-AAA-003", "", "Eight hours.")),
    ]);
    let site = fixture.build();
    let page = text(&site, "procedure.html");
    let banner = page.find("data-suspect").expect("a banner");
    assert!(banner < page.find("class=\"prose\"").expect("the text"), "the banner comes before the text");
    assert!(page[..banner].contains("data-kind=\"suspect\""), "and a mark stands in the strip above it");
    let words = &page[banner..][..900];
    for said in ["POL-AAA-001", "1 Sep 2026", "2 Mar 2026", "Targets halved."] {
        assert!(words.contains(said), "{said} is missing in {words}");
    }
    assert!(!text(&site, "sound.html").contains("data-suspect"));
    for list in ["owners/owner.html", "types/policy.html", "print/index.html"] {
        assert!(text(&site, list).contains("data-kind=\"suspect\""), "{list}");
    }
    let home = text(&site, "index.html");
    let attention = home.find("data-kind=\"suspect\"").expect("it needs attention");
    assert!(home[attention..][..400].contains("procedure.html"));
    let register = text(&site, "register.html");
    assert_eq!(register.matches("data-kind=\"suspect\"").count(), 1);
    let csv = text(&site, "register.csv");
    let line = |id: &str| csv.lines().find(|line| line.starts_with(id)).unwrap_or_else(|| panic!("{id} in {csv}"));
    assert!(line("\u{feff}id").contains(",suspect,"));
    assert!(
        line("POL-AAA-002").contains(",POL-AAA-001 (2026-09-01),") && !line("POL-AAA-003").contains("(2026"),
        "{csv}"
    );
    let status = String::from_utf8(fixture.run(&["status"]).stdout).expect("UTF-8");
    assert!(status.contains("2026-09-01  POL-AAA-002"), "{status}");
    // The first three next steps are the same, in the same order.
    let first = status.split("What to do next").nth(1).expect("steps");
    let rank = |text: &str, list: &[&str]| list.iter().map(|id| text.find(id)).collect::<Vec<_>>();
    assert!(rank(first, &["POL-AAA-002"])[0].is_some(), "{first}");
}

#[test]
fn an_edition_shows_that_a_document_is_suspect_without_naming_what_it_withholds() {
    let internal = policy("POL-AAA-001", "classification: internal\n", "Two hours.")
        .replace("approved: 2026-03-02", "approved: 2026-09-01");
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            "title: Small\nstandards: [iso20000-1]\nas_of: 2026-11-22\npublish: {up_to: public, figures: whole}\n",
        ),
        ("content/policy.md", &internal),
        (
            "content/procedure.md",
            &policy("POL-AAA-002", "classification: public\ndepends_on: [POL-AAA-001]\n", "Four hours."),
        ),
    ]);
    let site = fixture.build();
    let page = text(&site, "procedure.html");
    assert!(page.contains("data-suspect") && page.contains("A document that this edition does not show has changed"));
    for file in ["procedure.html", "register.html", "index.html", "register.csv"] {
        assert!(!text(&site, file).contains("POL-AAA-001"), "{file}");
    }
}

#[test]
fn a_document_is_suspect_once_what_it_depends_on_was_replaced() {
    let fixture = Fixture::new(&[
        ("content/policy.md", &policy("POL-AAA-001", "", "Two hours.")),
        (
            "content/new.md",
            &policy("POL-AAA-003", "supersedes: [POL-AAA-001]\n", "One hour.")
                .replace("approved: 2026-03-02", "approved: 2026-09-01"),
        ),
        ("content/procedure.md", &policy("POL-AAA-002", "depends_on: [POL-AAA-001]\n", "Four hours.")),
    ]);
    let site = fixture.build();
    let page = text(&site, "procedure.html");
    let banner = page.find("data-suspect").expect("a banner");
    let words = &page[banner..][..900];
    for said in ["POL-AAA-001", "was replaced on", "POL-AAA-003"] {
        assert!(words.contains(said), "{said} is missing in {words}");
    }
}
