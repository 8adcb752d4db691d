//! A document that depends on a changed one is marked as suspect everywhere.

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
    for phrase in ["POL-AAA-001", "1 Sep 2026", "2 Mar 2026", "Targets halved."] {
        assert!(words.contains(phrase), "{phrase} is missing in {words}");
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
    // The first three steps are the same, in the same order.
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
    for phrase in ["POL-AAA-001", "was replaced on", "POL-AAA-003"] {
        assert!(words.contains(phrase), "{phrase} is missing in {words}");
    }
}

#[test]
fn a_reader_learns_that_a_review_found_a_change_needed_or_that_a_dependency_is_retired() {
    let review = "reviews: [{date: 2026-11-01, by: Quality Manager, result: change-needed}]\n";
    let retired = policy("POL-AAA-003", "", "Gone.").replace("status: approved", "status: retired");
    let fixture = Fixture::new(&[
        ("content/asked.md", &policy("POL-AAA-001", review, "Two hours.")),
        ("content/rests.md", &policy("POL-AAA-002", "depends_on: [POL-AAA-003]\n", "Four hours.")),
        ("content/gone.md", &retired),
        ("content/sound.md", &policy("POL-AAA-004", "related: [POL-AAA-002]\n", "Eight hours.")),
    ]);
    let site = fixture.build();
    for (path, words) in [("asked.html", "The review on 1 Nov 2026 found"), ("rests.html", "has been retired")] {
        let page = text(&site, path);
        let banner = page.find("Check with the owner before you rely on this document.").expect(path);
        assert!(banner < page.find("class=\"prose\"").expect("the text"), "{path}");
        assert!(page[banner..].contains(words) && !page.contains("This document is in force."), "{path}: {page}");
    }
    assert!(text(&site, "rests.html").contains("POL-AAA-003"));
    assert!(text(&site, "sound.html").contains("This document is in force."));
    // A newer version resolves the result of the review.
    let newer = "changes: [{version: \"1.1\", date: 2026-11-10, by: Lead, summary: Four hours.}]\n";
    let answered =
        policy("POL-AAA-001", &format!("{review}{newer}"), "Two hours.").replace("version: 1.0", "version: \"1.1\"");
    fixture.write("content/asked.md", &answered.replace("approved: 2026-03-02", "approved: 2026-11-10"));
    assert!(text(&fixture.build(), "asked.html").contains("This document is in force."));
}

#[test]
fn titles_in_another_language_are_marked_in_lists() {
    let fixture = Fixture::new(&[
        ("content/ar.md", &policy("POL-AAA-001", "lang: ar\nclauses: [8.6.1]\n", "Two hours.")),
        ("content/en.md", &policy("POL-AAA-002", "related: [POL-AAA-001]\nclauses: [8.6.2]\n", "Four hours.")),
    ]);
    let site = fixture.build();
    for list in ["register.html", "matrix.html", "en.html", "owners/owner.html", "clauses/iso20000-1/8.6.1.html"] {
        let page = text(&site, list);
        assert!(page.contains("lang=\"ar\" dir=\"rtl\">Title of POL-AAA-001</"), "{list}: {page}");
        assert!(!page.contains("lang=\"en\" dir=\"ltr\">Title of POL-AAA-002"), "{list}");
    }
}
