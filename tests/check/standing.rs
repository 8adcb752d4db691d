//! `clausebook status`: the summary and the next steps.

use crate::support::Handbook;

#[test]
fn a_handbook_on_one_screen() {
    insta::assert_snapshot!(Handbook::fixture().status().assert_code(0).out);
}

#[test]
fn a_new_handbook_lists_which_drafts_to_approve_first() {
    let handbook = Handbook::clean();
    for path in ["content/policy.md", "content/incidents/procedure.md"] {
        handbook.replace(path, "status: approved", "status: draft");
    }
    handbook.write(
        "content/plan.md",
        "---\nid: PLN-1\ntitle: Plan\ntype: plan\nversion: \"1\"\nstatus: draft\nowner: Lead\n---\n\nText.\n",
    );
    handbook.status().assert_code(0).assert_stdout(&[
        "clauses covered            0 of 3",
        "3 documents: 3 draft",
        "1. Finish and approve POL-PRB-001 Problem policy (Problem manager): 2 clauses depend on it; then run `clausebook approve POL-PRB-001 --by",
        "2. Finish and approve PRO-INC-001 Incident procedure (Incident manager): 1 clause depends on it; then run `clausebook approve PRO-INC-001",
        "3. Finish and approve PLN-1 Plan (Lead), then run `clausebook approve PLN-1 --by \"ROLE\"`\n",
        "Problem manager                  0 overdue or changed, 0 due, 1 not approved",
    ]);
}

#[test]
fn front_matter_errors_come_first_and_an_empty_handbook_gets_a_first_step() {
    let handbook = Handbook::fixture();
    handbook.replace("content/policy.md", "approved: 2025-03-02", "approved: 2025-02-30");
    handbook.status().assert_code(0).assert_stdout(&[
        "1. Fix the 3 errors in files that `clausebook check` reports, starting with content/policy.md:9:11:",
    ]);
    std::fs::remove_dir_all(handbook.path("content")).unwrap();
    handbook
        .status()
        .assert_code(0)
        .assert_stdout(&["1. Write a first document in `content`", "clauses covered            0 of 3"]);
}

#[test]
fn when_nothing_is_wrong_the_next_reviews_are_named() {
    let handbook = Handbook::clean();
    handbook.status().assert_code(0).assert_stdout(&[
        "1. Prepare the review of PRO-INC-001 Incident procedure (Incident manager), due on 2027-03-02",
        "2. Prepare the review of POL-PRB-001",
    ]);
}

#[test]
fn failures_to_run_are_reported_as_errors() {
    let handbook = Handbook::fixture();
    let run = crate::support::run(handbook.root(), &["explain", "mini:9"]).assert_code(2);
    assert_eq!(run.error.lines().next(), Some("error: Mini standard has no clause 9; the nearest is 8 Operation"));
    handbook.write("clausebook.yaml", "titel: x\n");
    let run = handbook.check(&[]).assert_code(2);
    assert!(run.error.starts_with("error[invalid-settings]: "), "{}", run.error);
}

#[test]
fn what_front_matter_in_toml_lacks_is_asked_for_in_toml() {
    let handbook = Handbook::clean();
    handbook.write("content/desk.md", "+++\ntitle = \"The desk\"\n+++\n\nThe desk restores the service.\n");
    handbook
        .check(&[])
        .assert_code(1)
        .assert_stdout(&["this document is missing `id`", "between `+++` lines in TOML: `id = \"...\"`"]);
}
