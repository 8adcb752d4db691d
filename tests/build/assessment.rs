//! States, verdicts and figures in a built site.

use crate::support::{Fixture, policy, tree};
use crate::{text, verdict};

/// The state of a document in an assessment.
fn state(assessment: &serde_json::Value, id: &str) -> String {
    let documents = assessment["documents"].as_array().expect("documents");
    let document = documents.iter().find(|entry| entry["id"] == id).expect("the document");
    document["state"].as_str().expect("a state").to_owned()
}

#[test]
fn a_clause_is_covered_only_by_a_full_claim_in_force_on_exactly_that_clause() {
    let fixture = Fixture::new(&[
        ("content/full.md", &policy("POL-AAA-001", "clauses: [8.6.1]\n", "Text.")),
        ("content/part.md", &policy("POL-AAA-002", "clauses: [{clause: 8.6.2, extent: partial}]\n", "Text.")),
        ("content/parent.md", &policy("POL-AAA-003", "clauses: [8.5]\n", "Text.")),
        ("content/other.md", &policy("POL-AAA-004", "clauses: ['iso27001:9.2']\n", "Text.")),
        ("content/old.md", &policy("POL-AAA-005", "clauses: [8.6.3]\n", "Text.").replace("2026-03-02", "2024-03-02")),
        ("content/draft.md", &policy("POL-AAA-006", "clauses: [8.7.1]\n", "Text.").replace("approved\n", "draft\n")),
        ("content/section.md", &policy("POL-AAA-007", "", "## Continuity {#c clauses=\"8.7.2\"}\n\nText.")),
        (
            "content/form.md",
            &policy("TPL-AAA-008", "clauses: [9.1]\n", "Text.").replace("type: policy", "type: template"),
        ),
        ("content/page.md", "---\ntitle: A page\ntype: page\nclauses: [9.3]\n---\nText.\n"),
    ]);
    let assessment = fixture.assess();
    let main = |clause| verdict(&assessment, 0, clause);
    assert_eq!(main("8.6.1"), "covered");
    assert_eq!(main("8.6.2"), "partial");
    assert_eq!(main("8.6.3"), "stale");
    assert_eq!(main("8.7.1"), "draft");
    assert_eq!(main("8.7.2"), "covered");
    assert_eq!(main("8.6"), "partial", "a group is what its clauses are together");
    for clause in ["8.5.1.1", "8.5", "9.1", "9.2", "9.3", "8.1"] {
        assert_eq!(main(clause), "missing", "{clause}");
    }
    assert_eq!(verdict(&assessment, 1, "9.2"), "missing", "only the parts of 9.2 count in that standard");
    assert_eq!(main("8.3.1"), "none", "background is no gap");
    assert_eq!(assessment["totals"]["units"], 56);
    assert_eq!(assessment["totals"]["units_covered"], 2);
    let site = tree(&fixture.path("site"));
    let clause = text(&site, "clauses/iso20000-1/8.7.2.html");
    assert!(clause.contains("section.html#c"), "the claim leads to its section");
}

#[test]
fn a_claim_that_does_not_count_is_nowhere_shown_as_full() {
    let body = "## A {clauses=\"8.6.1\" partial}\n\nText.\n\n## B {clauses=\"8.6.2\"}\n\nTODO\n";
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", body))]);
    let assessment = fixture.assess();
    let site = tree(&fixture.path("site"));
    let page = text(&site, "a.html");
    for clause in ["8.6.1", "8.6.2"] {
        assert_eq!(verdict(&assessment, 0, clause), "draft", "{clause}");
        let clauses = assessment["standards"][0]["clauses"].as_array().expect("clauses");
        let claim = &clauses.iter().find(|entry| entry["id"] == clause).expect("the clause")["claims"][0];
        assert_eq!((&claim["extent"], &claim["counts"]), (&"partial".into(), &false.into()), "{clause}");
        assert!(text(&site, "matrix.csv").contains(&format!("\n{clause},")), "{clause}");
    }
    assert!(!text(&site, "matrix.csv").contains(",full,"), "no claim is full");
    assert!(!page.contains("fully addressed"), "{page}");
    assert_eq!(page.matches("named by this section, which does not count towards it").count(), 2);
}

#[test]
fn states_depend_only_on_the_date() {
    let dated = |id: &str, extra: &str| policy(id, extra, "Text.");
    let fixture = Fixture::new(&[
        ("content/current.md", &dated("POL-AAA-001", "")),
        ("content/soon.md", &dated("POL-AAA-002", "review: {next: 2026-12-22}\n")),
        ("content/late.md", &dated("POL-AAA-003", "review: 6 months\n")),
        (
            "content/reviewed.md",
            &dated("POL-AAA-004", "review: 6 months\nreviews: [{on: 2026-09-01, by: Quality Manager}]\n"),
        ),
        ("content/future.md", &dated("POL-AAA-005", "effective: 2026-12-01\n")),
        ("content/nobody.md", &dated("POL-AAA-006", "").replace("approver: Director\n", "")),
        ("content/undated.md", &dated("POL-AAA-007", "").replace("approved: 2026-03-02\n", "")),
        ("content/new.md", &dated("POL-AAA-008", "supersedes: [POL-AAA-009]\n")),
        ("content/old.md", &dated("POL-AAA-009", "")),
        (
            "content/touched.md",
            &dated("POL-AAA-010", "reviews: [{on: 2026-10-01, digest: 00000000000000000000000000000000}]\n"),
        ),
        (
            "content/planned.md",
            &dated("POL-AAA-011", "supersedes: [POL-AAA-001]\nstatus: draft\n").replace("status: approved\n", ""),
        ),
    ]);
    let assessment = fixture.assess();
    for (id, expected) in [
        ("POL-AAA-001", "current"),
        ("POL-AAA-002", "due-soon"),
        ("POL-AAA-003", "overdue"),
        ("POL-AAA-004", "current"),
        ("POL-AAA-005", "future"),
        ("POL-AAA-006", "draft"),
        ("POL-AAA-007", "draft"),
        ("POL-AAA-008", "current"),
        ("POL-AAA-009", "retired"),
        ("POL-AAA-010", "changed"),
        ("POL-AAA-011", "draft"),
    ] {
        assert_eq!(state(&assessment, id), expected, "{id}");
    }
    let later = fixture.run(&["build", "-q", "--as-of", "2027-06-01"]);
    assert!(later.status.success());
    let later: serde_json::Value =
        serde_json::from_slice(&tree(&fixture.path("site"))["assessment.json"]).expect("JSON");
    assert_eq!(state(&later, "POL-AAA-001"), "overdue");
    assert_eq!(state(&later, "POL-AAA-005"), "overdue");
}

#[test]
fn an_item_is_provided_only_by_a_fitting_document_in_force_and_not_needed_only_with_a_reason() {
    let record = "---\nid: REC-INC-001\ntitle: Incident records\ntype: record\nstatus: approved\nowner: Owner\napprover: Lead\n\
                  date: 2026-10-01\nlocation: The ticket system\nprovides: [incident-records]\n---\nText.\n";
    let fixture = Fixture::new(&[
        ("content/record.md", record),
        (
            "content/policy.md",
            &policy("POL-AAA-001", "provides: [problem-records, change-management-policy]\n", "Text."),
        ),
        (
            "clausebook.yaml",
            "title: Test\nas_of: 2026-11-22\nnot_needed:\n- {item: supplier-contract, reason: No supplier.}\n\
             - {item: sms-scope, reason: We would rather not.}\n",
        ),
    ]);
    let assessment = fixture.assess();
    let items = assessment["standards"][0]["documented_information"].as_array().expect("items");
    let item = |id: &str| {
        items.iter().find(|entry| entry["id"] == id).expect("the item")["verdict"].as_str().expect("a verdict")
    };
    assert_eq!(item("incident-records"), "provided");
    assert_eq!(item("change-management-policy"), "provided");
    assert_eq!(item("problem-records"), "missing", "a policy is no record");
    assert_eq!(item("supplier-contract"), "not-needed");
    assert_eq!(item("sms-scope"), "missing", "no reason makes an unconditional item unneeded");
    assert_eq!(assessment["totals"]["required_items"], 50);
    assert_eq!(assessment["totals"]["required_items_provided"], 2);
}
