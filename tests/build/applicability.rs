//! The verdict that a clause shows: its own, its unit's, or none because it does not apply or the standard only guides.

use crate::support::{Fixture, policy};
use crate::verdict;

/// The entry of a clause in an assessment.
fn clause<'a>(assessment: &'a serde_json::Value, standard: usize, id: &str) -> &'a serde_json::Value {
    let clauses = assessment["standards"][standard]["clauses"].as_array().expect("clauses");
    clauses.iter().find(|entry| entry["id"] == id).expect("the clause")
}

#[test]
fn a_part_shows_the_verdict_of_its_unit() {
    let fixture = Fixture::new(&[
        ("content/whole.md", &policy("POL-AAA-001", "clauses: [8.2.3]\n", "Text.")),
        ("content/part.md", &policy("POL-AAA-002", "clauses: [10.1.1]\n", "Text.")),
        ("content/parts.md", &policy("POL-AAA-003", "clauses: [7.5.3.1, 7.5.3.2]\n", "Text.")),
    ]);
    let assessment = fixture.assess();
    for (id, expected) in [
        ("8.2.3", "covered"),
        ("8.2.3.1", "covered"),
        ("8.2.3.2", "covered"),
        ("10.1", "partial"),
        ("10.1.1", "partial"),
        ("10.1.2", "partial"),
        ("7.5.3", "covered"),
        ("7.5.3.1", "covered"),
        ("9.2", "missing"),
        ("9.2.1", "missing"),
    ] {
        assert_eq!(verdict(&assessment, 0, id), expected, "{id}");
    }
    assert_eq!(clause(&assessment, 0, "8.2.3.1")["part_of"], "8.2.3");
    let page = crate::text(&fixture.build(), "clauses/iso20000-1/8.2.3.1.html");
    assert!(page.contains("a document that addresses it addresses this part, too"), "{page}");
    assert!(!page.contains("does not cover this clause") && !page.contains("No document addresses this clause"));
    assert_eq!(assessment["totals"]["units_covered"], 2);
}

#[test]
fn an_excluded_clause_does_not_apply_where_its_standard_lets_it_be_excluded() {
    let settings = "title: Test\nas_of: 2026-11-22\nstandards: [iso20000-1, iso27001]\nexcluded:\n\
                    - {clause: \"iso27001:A.7\", reason: We rent all rooms and keep no equipment.}\n\
                    - {clause: \"iso27001:A.7.4\", reason: The provider of the rooms watches them.}\n\
                    - {clause: \"iso27001:9.1\", reason: We would rather not measure anything.}\n\
                    - {clause: 8.4.1, reason: We do not bill anybody.}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", settings),
        ("content/whole.md", &policy("POL-AAA-001", "clauses: [\"iso27001:A.5.1\"]\n", "Text.")),
    ]);
    let assessment = fixture.assess();
    for id in ["A.7", "A.7.1", "A.7.14"] {
        assert_eq!(verdict(&assessment, 1, id), "not-applicable", "{id}");
        assert_eq!(clause(&assessment, 1, "A.7.4")["reason"], "The provider of the rooms watches them.");
        assert_eq!(clause(&assessment, 1, id)["reason"], "We rent all rooms and keep no equipment.");
    }
    assert_eq!(verdict(&assessment, 1, "A.5.1"), "covered");
    assert_eq!(verdict(&assessment, 1, "A"), "partial", "what does not apply has no say");
    assert_eq!(verdict(&assessment, 1, "9.1"), "missing", "clauses 4 to 10 stay");
    assert_eq!(verdict(&assessment, 0, "8.4.1"), "missing", "ISO/IEC 20000-1 lets nothing be excluded");
}

#[test]
fn a_standard_that_guides_has_claims_and_no_verdicts() {
    let settings = "title: Test\nas_of: 2026-11-22\nstandards: [iso20000-1, {id: iso27001, use: guide}]\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", settings),
        ("content/whole.md", &policy("POL-AAA-001", "clauses: [8.7.3.1, \"iso27001:A.5.1\"]\n", "Text.")),
    ]);
    let assessment = fixture.assess();
    assert_eq!(verdict(&assessment, 0, "8.7.3.1"), "covered");
    assert_eq!(verdict(&assessment, 1, "A.5.1"), "none");
    assert_eq!(verdict(&assessment, 1, "A.5.2"), "none");
    assert_eq!(clause(&assessment, 1, "A.5.1")["claims"][0]["document"], "POL-AAA-001");
}
