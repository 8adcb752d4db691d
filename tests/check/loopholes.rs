//! Ways to pass a check that must be closed.

use crate::support::{DAY, Handbook, run};

const QUIET_RULES: &str = "rules: {unbound-approval: off, orphan-document: off}\n";

fn policy(id: &str, extra: &str, text: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: Text {id}\ntype: policy\nversion: \"1.0\"\nstatus: approved\nowner: Lead\napprover: Director\n\
         approved: 2026-10-01\n{extra}---\n\n{text}\n"
    )
}

/// A handbook with a catalogue of two clauses, the first of which requires a document.
fn two_clause_handbook(settings: &str, document: &str) -> Handbook {
    let handbook = Handbook::empty();
    handbook.write("clausebook.yaml", &format!("title: Test\nstandards: [own]\n{QUIET_RULES}{settings}"));
    handbook.write(
        "standards/own.yaml",
        "id: own\ntitle: Own\nexclusions_allowed: true\nclauses:\n- id: \"1\"\n  title: One\n  coverage_unit: true\n  \
         documented_information:\n  - {id: hours, name: Hours, keep: maintain, basis: required}\n\
         - {id: \"2\", title: Two, coverage_unit: true}\n",
    );
    handbook.write("content/a.md", document);
    handbook
}

#[test]
fn waivers_with_placeholders_have_no_effect() {
    for (reason, who) in [("TBD", "Lead"), ("being redrawn by the desk", "TBD"), ("n/a", "nobody")] {
        let waiver = |rule: &str| format!("- {{rule: {rule}, reason: {reason}, who: {who}, until: 2027-01-01}}\n");
        let excused = waiver("rejected-exception").replace(reason, "being redrawn by the desk").replace(who, "Lead");
        for extra in [String::new(), waiver("rejected-exception"), excused] {
            let settings = format!("waivers:\n{}{extra}", waiver("broken-link"));
            let handbook = two_clause_handbook(
                &settings,
                &policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\n", "[x](no.md)"),
            );
            let run = handbook.check(&[]).assert_code(1);
            let run = run.assert_stdout(&["error[broken-link]", "error[rejected-exception]"]);
            if !extra.is_empty() {
                run.assert_stdout(&["warning[unused-waiver]: no waiver excuses `rejected-exception`"]);
            }
        }
    }
}

#[test]
fn an_expired_waiver_is_reported_beside_a_valid_one() {
    let waiver = |until: &str| format!("- {{rule: broken-link, reason: being redrawn, who: Lead, until: {until}}}\n");
    let settings = format!("waivers:\n{}{}", waiver("2026-11-01"), waiver("2027-01-01"));
    let handbook =
        two_clause_handbook(&settings, &policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\n", "[x](no.md)"));
    let run = handbook.check(&[]).assert_code(1);
    run.assert_stdout(&["ended on 2026-11-01, and another one holds for what it waived"])
        .assert_not_in_stdout(&["broken-link]"]);
}

#[test]
fn a_check_in_which_no_clause_applies_does_not_pass() {
    let excluded =
        "excluded: [{clause: \"1\", reason: There is no desk.}, {clause: \"2\", reason: There is no shop.}]\n";
    let handbook = two_clause_handbook(excluded, &policy("A-1", "", "Words."));
    handbook.check(&[]).assert_code(1).assert_stdout(&["error[nothing-checked]"]);
}

#[test]
fn items_of_an_excluded_clause_are_not_required() {
    let excluded = "excluded: [{clause: \"1\", reason: There is no desk.}]\n";
    let handbook = two_clause_handbook(excluded, &policy("A-1", "clauses: [\"2\"]\n", "Words."));
    handbook.check(&[]).assert_code(0);
    let draft = policy("B-1", "provides: [hours]\n", "Words.").replace("status: approved", "status: draft");
    handbook.write("content/b.md", &draft);
    handbook.check(&[]).assert_code(0).assert_not_in_stdout(&["missing-document"]);
}

#[test]
fn findings_on_entries_are_known_by_their_entry() {
    let handbook = two_clause_handbook(
        "",
        &policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\nregisters: [nc.yaml]\n", "Words."),
    );
    let first = "- {id: NC-1, title: First, grade: minor, found: 2026-10-01, due: 2026-11-20, owner: Lead, cause: Cables., correction: Done.";
    let second = "- {id: NC-2, title: Second, grade: major, found: 2026-10-25, due: 2026-11-20, owner: Lead, cause: Power., correction: Done.}";
    handbook.write("content/nc.yaml", &format!("nonconformities:\n{first}}}\n"));
    handbook.check(&["--baseline", "known.json", "--update-baseline"]).assert_code(0);
    handbook.check(&["--baseline", "known.json"]).assert_code(0);
    handbook.write("content/nc.yaml", &format!("nonconformities:\n{first}, closed: 2026-11-21}}\n{second}\n"));
    handbook
        .check(&["--baseline", "known.json"])
        .assert_code(1)
        .assert_stdout(&["error[nonconformity-overdue]", "NC-2"]);
    handbook.write("content/nc.yaml", &format!("nonconformities:\n{}}}\n", first.replace("11-20", "11-21")));
    handbook.check(&["--baseline", "known.json"]).assert_code(0);
}

#[test]
fn a_clause_that_is_not_counted_any_more_was_lost() {
    let document = policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\n", "Words.");
    for (from, to) in [
        ("{id: \"2\", title: Two, coverage_unit: true}", "{id: \"2\", title: Two}"),
        ("{id: \"2\", title: Two, coverage_unit: true}", "{id: \"3\", title: Two, coverage_unit: true}"),
    ] {
        let handbook = two_clause_handbook("", &document);
        handbook.commit();
        handbook.replace("standards/own.yaml", from, to);
        handbook.replace("content/a.md", "[\"1\", \"2\"]", "[\"1\"]");
        let lost = "error[coverage-drop]: clause 2 was covered at HEAD and is not counted any more";
        handbook.check(&["--base", "HEAD"]).assert_code(1).assert_stdout(&[lost]);
    }
    // A claim that stays does not make it count.
    let handbook = two_clause_handbook("", &document);
    handbook.commit();
    handbook.replace("standards/own.yaml", "{id: \"2\", title: Two, coverage_unit: true}", "{id: \"2\", title: Two}");
    let lost = "error[coverage-drop]: clause 2 was covered at HEAD and is not counted any more";
    handbook.check(&["--base", "HEAD"]).assert_code(1).assert_stdout(&[lost]);
    // If the clauses below it are covered together, nothing is lost.
    let handbook = two_clause_handbook("", &document);
    handbook.commit();
    handbook.replace(
        "standards/own.yaml",
        "{id: \"2\", title: Two, coverage_unit: true}",
        "{id: \"2\", title: Two}\n- {id: \"2.1\", title: A, parent: \"2\", coverage_unit: true}\n- {id: \"2.2\", title: B, parent: \"2\", coverage_unit: true}",
    );
    handbook.replace("content/a.md", "[\"1\", \"2\"]", "[\"1\", \"2.1\", \"2.2\"]");
    handbook.check(&["--base", "HEAD"]).assert_code(0).assert_not_in_stdout(&["coverage-drop"]);
    let handbook = two_clause_handbook("", &document);
    handbook.replace("clausebook.yaml", "[own]", "[own, iso27001]");
    handbook.replace("content/a.md", "[\"1\", \"2\"]", "[\"1\", \"2\", iso27001:A.5.24]");
    handbook.commit();
    handbook.replace("clausebook.yaml", "[own, iso27001]", "[own]");
    handbook.replace("content/a.md", ", iso27001:A.5.24", "");
    let lost = "clause iso27001:A.5.24 was covered at HEAD and is not counted any more";
    handbook.check(&["--base", "HEAD"]).assert_code(1).assert_stdout(&[lost]);
    let guided = two_clause_handbook("", &document);
    guided.replace("clausebook.yaml", "[own]", "[own, iso27001]");
    guided.replace("content/a.md", "[\"1\", \"2\"]", "[\"1\", \"2\", iso27001:A.5.24]");
    guided.commit();
    guided.replace("clausebook.yaml", "[own, iso27001]", "[own, {id: iso27001, use: guide}]");
    guided.check(&["--base", "HEAD"]).assert_code(1).assert_stdout(&[lost]);
    let waiver = "waivers:\n- {rule: coverage-drop, place: \"iso27001:A.5.24\", reason: the contract ended, who: Lead, until: 2027-01-01}\n";
    handbook.write("clausebook.yaml", &format!("{}{waiver}", handbook.read("clausebook.yaml")));
    handbook.check(&["--base", "HEAD"]).assert_code(0).assert_not_in_stdout(&["coverage-drop]", "unused-waiver"]);
    handbook.check(&[]).assert_code(0).assert_not_in_stdout(&["unused-waiver"]);
}

#[test]
fn a_lost_document_can_be_waived_by_its_id() {
    let handbook = two_clause_handbook("", &policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\n", "Words."));
    handbook.write("content/b.md", &policy("B-1", "", "Words."));
    handbook.commit();
    std::fs::remove_file(handbook.path("content/b.md")).unwrap();
    handbook.check(&["--base", "HEAD"]).assert_code(1).assert_stdout(&["lost-id"]);
    let settings = handbook.read("clausebook.yaml");
    let waiver =
        "waivers:\n- {rule: lost-id, place: B-1, reason: merged into the policy, who: Lead, until: 2027-01-01}\n";
    handbook.write("clausebook.yaml", &format!("{settings}{waiver}"));
    handbook.check(&["--base", "HEAD"]).assert_code(0).assert_not_in_stdout(&["lost-id]", "unused-waiver"]);
    handbook.check(&[]).assert_code(0).assert_not_in_stdout(&["unused-waiver"]);
}

#[test]
fn two_catalogues_with_one_id_are_refused() {
    let handbook = two_clause_handbook("", &policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\n", "Words."));
    handbook.write("standards/z.yaml", &handbook.read("standards/own.yaml"));
    let run = handbook.check(&[]).assert_code(2);
    assert!(run.error.contains("this catalogue has the ID `own`, as `standards/own.yaml` has"), "{}", run.error);
    assert!(run.error.contains("standards/z.yaml:1:1"), "{}", run.error);
}

#[test]
fn a_theme_that_is_not_there_is_an_error_before_the_build() {
    let handbook =
        two_clause_handbook("theme: nope\n", &policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\n", "Words."));
    handbook
        .check(&["--format", "concise"])
        .assert_code(1)
        .assert_stdout(&["clausebook.yaml:4:8: error[invalid-settings] unknown theme `nope`"]);
}

#[test]
fn the_page_for_unknown_addresses_links_from_the_root_of_the_base_url() {
    for base_url in ["https://example.org", "https://example.org/handbook/"] {
        let settings = format!("base_url: {base_url}\n");
        let handbook =
            two_clause_handbook(&settings, &policy("A-1", "clauses: [\"1\", \"2\"]\nprovides: [hours]\n", "Words."));
        assert_eq!(run(handbook.root(), &["build", "--as-of", DAY, "-q"]).code, 0);
        handbook.check(&["--built", "site", "--format", "concise"]).assert_not_in_stdout(&["broken-site"]);
        // Every other page must work from a folder, and missing targets are reported.
        let page = handbook.read("site/404.html").replace("matrix.html", "gone.html");
        handbook.write("site/404.html", &page);
        handbook.check(&["--built", "site", "--format", "concise"]).assert_stdout(&["broken-site] `404.html`"]);
    }
}

#[test]
fn a_standard_that_guides_and_one_without_items_have_whole_portals() {
    for standards in ["[iso27001, {id: iso20000-1, use: guide}]", "[iso9001]", "[iso27001, iso20000-1]"] {
        let handbook = Handbook::empty();
        handbook.write("clausebook.yaml", &format!("title: Test\nstandards: {standards}\n"));
        handbook.write("content/a.md", &policy("A-1", "", "Words."));
        let built = run(handbook.root(), &["build", "--as-of", DAY, "-q"]);
        assert_eq!(built.code, 0, "{standards}: {}", built.error);
        handbook.check(&["--built", "site", "--format", "concise"]).assert_not_in_stdout(&["broken-site"]);
    }
}
