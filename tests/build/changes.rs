//! The page of changes: the content of revision histories, without a repository.

use crate::support::{Fixture, policy};
use crate::text;

fn history(entries: &str) -> String {
    format!("clauses: [8.5.1.1]\nchanges:\n{entries}")
}

#[test]
fn changes_are_split_by_quarter_newest_first_with_their_approvers() {
    let fixture = Fixture::new(&[
        (
            "content/a.md",
            &policy(
                "POL-AAA-001",
                &history(
                    "- {version: '2.0', date: 2026-10-01, by: Writer, summary: Quicker & better., approver: Director}\n\
                     - {version: '1.0', date: 2026-03-02, by: Writer, summary: First.}\n- {version: '0.9', summary: Undated.}\n\
                     - {version: '3.0', date: 2027-01-01, summary: Not yet.}\n",
                ),
                "Text.",
            ),
        ),
        (
            "content/b.md",
            &policy("POL-BBB-001", &history("- {version: '1.0', date: 2026-11-02, summary: New.}\n"), "Text."),
        ),
        (
            "content/changes/2026-q4.md",
            "---\ntype: page\n---\n\nA page of the handbook at an address of the portal's.\n",
        ),
        ("content/changes/register.md", "---\ntype: page\n---\n\nAnother page.\n"),
    ]);
    let site = fixture.build();
    let newest = text(&site, "changes.html");
    let at = |words: &str| newest.find(words).unwrap_or_else(|| panic!("{words} is not in {newest}"));
    assert!(at("<h2>Q4 2026</h2>") < at("New.") && at("New.") < at("Quicker &amp; better."), "the newest first");
    assert!(newest.contains("data-label=\"Approver\">Director</td>"), "{newest}");
    assert!(newest.contains("href=\"changes/2026-q1.html\">Q1 2026</a>"), "{newest}");
    assert!(!newest.contains("Not yet.") && !newest.contains("First."));
    assert!(text(&site, "changes/2026-q1.html").contains("First."));
    assert!(text(&site, "changes/undated.html").contains("Undated."));
    assert!(!site.contains_key("changes/2026-q3.html"));
    // URLs of the portal's own pages are reserved, and no others.
    assert!(text(&site, "doc-changes/2026-q4.html").contains("A page of the handbook"));
    assert!(text(&site, "changes/register.html").contains("Another page."));
    let broken = fixture.run(&["check", "--built", "site", "--format", "concise"]).stdout;
    assert!(!String::from_utf8_lossy(&broken).contains("broken-site"), "{}", String::from_utf8_lossy(&broken));
}

#[test]
fn withheld_documents_do_not_change_the_page() {
    let secret = policy(
        "POL-SEC-001",
        "classification: restricted\nchanges:\n- {version: '1.0', date: 2026-10-01, summary: The secret.}\n",
        "Text.",
    );
    let fixture = Fixture::new(&[("content/a.md", &secret)]);
    fixture
        .write("clausebook.yaml", "title: T\nstandards: [iso20000-1]\nas_of: 2026-11-22\npublish: {up_to: public}\n");
    let page = text(&fixture.build(), "changes.html").to_owned();
    let empty_sentence = "No document that this edition shows records a change.";
    assert!(page.contains(empty_sentence) && !page.contains("secret"), "{page}");
}

#[test]
fn a_long_quarter_is_cut_into_parts() {
    let entries: String =
        (0..310).map(|at| format!("- {{version: '{at}', date: 2026-10-01, summary: Number {at}.}}\n")).collect();
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", &format!("changes:\n{entries}"), "Text."))]);
    let site = fixture.build();
    assert_eq!(text(&site, "changes.html").matches("<tr data-type").count(), 300);
    assert_eq!(text(&site, "changes-2.html").matches("<tr data-type").count(), 10);
}
