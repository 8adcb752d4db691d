//! Waivers and baselines, for introducing checks to an existing handbook.

use crate::support::Handbook;

fn with_waivers(waivers: &str) -> Handbook {
    let handbook = Handbook::fixture();
    let settings = handbook.read("clausebook.yaml");
    let settings = settings.split("waivers:").next().unwrap();
    handbook.write("clausebook.yaml", &format!("{settings}rules: {{unbound-approval: off}}\nwaivers:\n{waivers}"));
    handbook
}

fn waiver(rule: &str, place: &str, until: &str) -> String {
    let place = if place.is_empty() { String::new() } else { format!("place: {place:?}, ") };
    format!("  - {{rule: {rule}, {place}reason: agreed with the Board, who: Lead, until: {until}}}\n")
}

#[test]
fn a_waiver_names_a_file_a_folder_a_document_or_a_clause() {
    for (rule, place) in [
        ("broken-link", "content/incidents/procedure.md"),
        ("broken-link", "./content/incidents/procedure.md"),
        ("broken-link", "content/incidents/"),
        ("broken-link", "content/"),
        ("broken-link", "PRO-INC-001"),
        ("broken-link", ""),
        ("uncovered-clause", "8.3"),
        ("uncovered-clause", "mini:8.3"),
        ("uncovered-clause", "clausebook.yaml"),
    ] {
        let handbook = with_waivers(&waiver(rule, place, "2026-11-22"));
        handbook
            .check(&[])
            .assert_code(1)
            .assert_stdout(&["3 errors, 2 warnings, 0 notes, 1 waived"])
            .assert_not_in_stdout(&[rule]);
        handbook.check(&["-v"]).assert_code(1).assert_stdout(&[rule, "agreed with the Board (Lead, until 2026-11-22)"]);
    }
}

#[test]
fn a_waiver_reaches_no_further_than_it_says() {
    for (rule, place) in [
        ("broken-link", "content/incidents/procedure"),
        ("broken-link", "content/inc"),
        ("broken-link", "POL-PRB-001"),
        ("uncovered-clause", "8.2"),
        ("uncovered-clause", "8"),
        ("uncovered-clause", "8.30"),
        ("broken-asset", "PRO-INC-002"),
    ] {
        let handbook = with_waivers(&waiver(rule, place, "2027-01-01"));
        handbook.check(&[]).assert_code(1).assert_stdout(&["4 errors, 3 warnings", "unused-waiver", rule]);
    }
}

#[test]
fn an_expired_waiver_is_a_finding_and_so_is_what_it_waived() {
    let handbook = with_waivers(&waiver("broken-link", "", "2026-11-21"));
    handbook.check(&[]).assert_code(1).assert_stdout(&[
        "error[expired-waiver]: this waiver of `broken-link` ended on 2026-11-21, and the finding counts again",
        "error[broken-link]",
        "5 errors",
    ]);
    let handbook = with_waivers(&waiver("id-case-clash", "", "2026-11-21"));
    handbook.check(&[]).assert_code(1).assert_stdout(&["ended on 2026-11-21, and there is nothing left to waive"]);
}

#[test]
fn a_waiver_changes_no_verdict_and_holds_for_the_data_of_a_build_too() {
    let handbook = with_waivers(&waiver("uncovered-clause", "8.3", "2027-01-01"));
    handbook.check(&[]).assert_code(1).assert_stdout(&["1 of 3 clauses covered"]);
    crate::support::run(handbook.root(), &["build", "--as-of", "2026-11-22", "--output", "site"]).assert_code(0);
    let data: serde_json::Value = serde_json::from_str(&handbook.read("site/assessment.json")).unwrap();
    assert_eq!(data["waived"][0]["rule"], "uncovered-clause");
    assert_eq!(data["waived"][0]["reason"], "agreed with the Board");
    assert!(!data["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "uncovered-clause"));
    assert_eq!(data["totals"]["units_covered"], 1);
}

#[test]
fn with_a_baseline_only_new_findings_fail_and_fixed_ones_are_named() {
    let handbook = Handbook::fixture();
    handbook.check(&["--baseline", "known.json"]).assert_code(2).assert_stderr(&["baseline `known.json` not found"]);
    handbook
        .check(&["--baseline", "known.json", "--update-baseline"])
        .assert_code(0)
        .assert_stderr(&["now contains 5 findings"]);
    handbook.check(&["--baseline", "known.json"]).assert_code(0).assert_stdout(&[
        "0 new errors",
        "5 known from the baseline",
        "passed",
    ]);
    // Known findings remain known if lines above move them.
    handbook.replace(
        "content/incidents/procedure.md",
        "# Incident procedure\n",
        "# Incident procedure\n\nA new line.\n",
    );
    handbook.check(&["--baseline", "known.json", "--fail-on", "note"]).assert_code(0);
    handbook.replace("content/policy.md", "Every major", "[New](new.md). Every major");
    handbook.replace("content/incidents/procedure.md", "[the 50 % rule, line: two](missing%20page.md)", "the rule");
    let run = handbook.check(&["--baseline", "known.json"]).assert_code(1);
    run.assert_stdout(&[
        "1 new error,",
        "`new.md`",
        "1 finding in the baseline no longer found",
        "page `missing%20page.md` not found",
    ])
    .assert_not_in_stdout(&["#nowhere"]);
}

#[test]
fn the_same_day_and_the_day_after_write_the_same_baseline() {
    let handbook = Handbook::fixture();
    handbook.check(&["--baseline", "known.json", "--update-baseline"]).assert_code(0);
    let first = handbook.read("known.json");
    let tomorrow = ["check", "--as-of", "2026-11-23", "--baseline", "known.json", "--update-baseline"];
    crate::support::run(handbook.root(), &tomorrow).assert_code(0);
    assert_eq!(handbook.read("known.json"), first);
    let older = "{\"schema\": \"clausebook/baseline/1\", \"findings\": []}";
    handbook.write("known.json", older);
    handbook.check(&["--baseline", "known.json"]).assert_code(2).assert_stderr(&["--update-baseline"]);
    handbook.check(&["--baseline", "known.json", "--update-baseline"]).assert_code(0);
    assert_eq!(handbook.read("known.json"), first);
    handbook.write("known.json", "{\"schema\": \"x\"}");
    handbook.check(&["--baseline", "known.json"]).assert_code(2).assert_stderr(&["`known.json` cannot be used"]);
}

#[test]
fn a_waiver_of_what_this_check_cannot_find_must_name_something_that_exists() {
    for rule in ["coverage-drop", "broken-site"] {
        for place in ["content/nowhere.md", "nowhere/", "PRO-XXX-999", "99.1", "no-such-item"] {
            let handbook = with_waivers(&waiver(rule, place, "2027-01-01"));
            handbook.check(&[]).assert_stdout(&["unused-waiver", &format!("`{place}` does not exist")]);
        }
        for place in ["", "content/incidents/procedure.md", "content/", "PRO-INC-001", "8.3", "clausebook.yaml"] {
            let handbook = with_waivers(&waiver(rule, place, "2027-01-01"));
            handbook.check(&[]).assert_not_in_stdout(&["unused-waiver"]);
        }
    }
}

#[test]
fn a_baseline_without_bound_approvals_lists_each_of_them() {
    let handbook = Handbook::clean();
    handbook.replace("clausebook.yaml", "rules: {unbound-approval: off}\n", "");
    let baseline = ["--baseline", "known.json"];
    handbook.check(&[&baseline[..], &["--update-baseline"]].concat()).assert_code(0);
    let approve = ["approve", "POL-PRB-001", "--by", "Service management lead", "--on", "2026-11-20"];
    crate::support::run(handbook.root(), &approve).assert_code(0);
    let run = handbook.check(&[&baseline[..], &["--fail-on", "note"]].concat()).assert_code(0);
    run.assert_stdout(&["0 new notes, 1 known from the baseline"]).assert_not_in_stdout(&["no longer found"]);
}
