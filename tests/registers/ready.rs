//! Visits in `ready`, and days in the minutes of a management review.

use serde_json::{Value, json};

use super::support::{Fixture, tree};

const OWNER: &str = "---\nid: REP-1\ntitle: Audits\ntype: report\nregisters: [r.yaml]\n---\n\nText.\n";

/// The JSON output of `ready` for a handbook with a register.
fn ready(settings: &str, register: &str, arguments: &[&str]) -> Value {
    let settings = format!("title: Test\nas_of: 2026-11-22\n{settings}");
    let fixture =
        Fixture::new(&[("clausebook.yaml", &settings), ("content/audits.md", OWNER), ("content/r.yaml", register)]);
    let output = fixture.run(&[&["ready", "--format", "json"], arguments].concat());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn line<'v>(ready: &'v Value, check: &str) -> &'v Value {
    let lines = ready["lines"].as_array().expect("lines");
    lines.iter().find(|line| line["check"] == check).expect("the line")
}

#[test]
fn a_visit_whose_day_has_passed_is_not_the_next_one() {
    let audits = "audits:\n- {id: A-1, title: All, kind: internal, held: 2023-12-05, clauses: [\"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\"]}\n\
        - {id: V-2, title: Second, kind: surveillance, planned: 2027-06-01}\n";
    let missed = "- {id: V-1, title: First, kind: surveillance, planned: 2026-06-01}\n";
    for register in [audits.to_owned(), format!("{audits}{missed}")] {
        let ready = ready("", &register, &["--for", "surveillance"]);
        assert_eq!(ready["next"]["id"], "V-2", "{ready}");
        assert_eq!(line(&ready, "audited-for-visit")["outcome"], "fail", "the audit of 2023 does not last until then");
    }
}

#[test]
fn before_the_first_audit_of_the_programme_its_clauses_are_not_audited_yet() {
    let all = "clauses: [\"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\"]";
    let planned = format!(
        "audits:\n- {{id: A-1, title: All, kind: internal, planned: 2026-12-10, {all}}}\n\
         - {{id: V-1, title: First stage, kind: stage-1, planned: 2027-01-20}}\n"
    );
    let missed = format!("- {{id: A-0, title: Missed, kind: internal, planned: 2026-11-02, {all}}}\n");
    let postponed = planned.replace("planned: 2026-12-10", "planned: 2027-01-21");
    for (register, expected) in [(planned.clone(), "not-yet"), (planned + &missed, "fail"), (postponed, "fail")] {
        let ready = ready("", &register, &[]);
        assert_eq!(
            (&ready["visit"], &line(&ready, "audited")["outcome"]),
            (&json!("stage-1"), &json!(expected)),
            "{register}"
        );
    }
}

#[test]
fn an_audit_that_was_not_held_hides_none_that_is_still_to_come() {
    let audits = "standards:\naudits:\n- {id: A-0, title: Before, kind: internal, held: 2025-01-10, clauses: [\"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\"]}\n\
        - {id: A-1, title: Missed, kind: internal, planned: 2026-11-01, clauses: [\"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\"]}\n\
        - {id: A-2, title: Again, kind: internal, planned: 2027-01-01, clauses: [\"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\"]}\n\
        - {id: V-1, title: First, kind: surveillance, planned: 2027-06-01}\n";
    let ready = ready("audits: {every: 24 months}\n", &audits["standards:\n".len()..], &["--for", "surveillance"]);
    let line = line(&ready, "audited-for-visit");
    assert_eq!((&line["outcome"], &line["entries"]), (&json!("not-yet"), &json!(["A-2"])));
}

#[test]
fn a_finding_that_names_the_report_of_the_visit_is_one_of_the_visit() {
    let audits = "audits:\n- {id: V-1, title: First, kind: surveillance, held: 2026-06-01, report: REP-1}\n\
        - {id: A-1, title: Desk, kind: internal, held: 2026-07-01, report: REP-1, clauses: [\"4\"]}\n";
    for (source, expected) in [("REP-1", true), ("V-1", true), ("[REP-1, A-1]", false), ("A-1", false)] {
        let nonconformity = format!(
            "nonconformities:\n- {{id: NC-1, title: Late, grade: minor, found: 2026-06-01, due: 2027-12-31, source: {source}}}\n"
        );
        let ready = ready("", &format!("{audits}{nonconformity}"), &["--for", "surveillance"]);
        let entries = &line(&ready, "findings-of-visit")["entries"];
        assert_eq!(*entries == json!(["NC-1"]), expected, "{source}: {entries}");
    }
}

#[test]
fn who_has_a_certificate_is_visited_for_surveillance() {
    let audits = "audits:\n- {id: A-1, title: All, kind: internal, held: 2026-05-05, clauses: [\"4\"]}\n";
    assert_eq!(ready("", audits, &[])["visit"], "stage-1");
    let certificate =
        "certificate: {number: \"12\", issued: 2025-06-01, expires: 2028-05-31, next_audit: 2020-01-01}\n";
    let ready = ready(certificate, audits, &[]);
    assert_eq!(ready["visit"], "surveillance");
    assert_eq!(line(&ready, "certificate")["missing"], json!(["body", "scope", "next_audit"]), "that day has passed");
}

#[test]
fn a_clause_that_does_not_apply_is_neither_audited_nor_counted() {
    let standard = "id: own\ntitle: Own\nexclusions_allowed: true\nclauses:\n- {id: \"1\", title: Desk, coverage_unit: true}\n\
        - {id: \"2\", title: Nights, coverage_unit: true}\n";
    let settings = "title: Test\nas_of: 2026-11-22\nstandards: [own]\nexcluded:\n- {clause: \"2\", reason: The desk closes at six}\n";
    let fixture = Fixture::new(&[
        ("standards/own.yaml", standard),
        ("clausebook.yaml", settings),
        ("content/audits.md", OWNER),
        ("content/r.yaml", "audits:\n- {id: A-1, title: Desk, kind: internal, held: 2026-05-05, clauses: [\"1\"]}\n"),
    ]);
    let output = fixture.run(&["ready", "--format", "json"]);
    let ready: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(line(&ready, "audited")["outcome"], "pass", "{ready}");
    // A standard that requires no documents has none to check.
    let lines = ready["lines"].as_array().expect("lines");
    assert!(lines.iter().all(|line| line["check"] != "provided"), "{ready}");
    let programme = String::from_utf8_lossy(&fixture.build()["audits/index.html"]).into_owned();
    let has_clause = |page: &str| programme.contains(&format!("href=\"../clauses/own/{page}.html\""));
    assert!(has_clause("1") && !has_clause("2"), "{programme}");
}

/// The output of the command for a handbook with a planned review.
#[test]
fn minutes_say_how_late_things_are_and_list_the_decisions_of_the_period() {
    let register = "audits:\n- {id: A-1, title: Desk_of_all, kind: internal, planned: {from: 2026-11-01, to: 2026-11-02}}\n\
        nonconformities:\n\
        - {id: NC-1, title: Late, grade: minor, found: 2026-01-05, closed: 2026-02-01, cause: Noise, correction: Sorry}\n\
        - {id: NC-2, title: Again, grade: minor, found: 2026-01-05, closed: 2026-02-01, cause: Noise, correction: Sorry, \
          effect: {checked: 2026-05-01, result: not-effective, who: Internal Auditor}}\n\
        management_reviews:\n\
        - id: MR-1\n  title: Spring\n  held: 2026-04-10\n  decisions:\n\
        \x20 - {id: D-1, what: Done before, who: Director, due: 2026-05-01, done: 2026-05-01}\n\
        \x20 - {id: D-2, what: Done in it, who: Director, due: 2026-11-01, done: 2026-10-20}\n\
        \x20 - {id: D-3, what: Still open, who: Director, due: 2026-11-20}\n\
        - {id: MR-2, title: Autumn, planned: 2026-12-10, period: {from: 2026-10-01, to: 2026-12-31}}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
        ("content/audits.md", OWNER),
        ("content/r.yaml", register),
    ]);
    let text = |arguments: &[&str]| String::from_utf8(fixture.run(arguments).stdout).expect("UTF-8");
    let minutes = text(&["management-review"]);
    for part in [
        "- [[A-1]] Desk\\_of\\_all: overdue, 2026-11-01 to 2026-11-02, 20 days late\n",
        "- [[NC-1]] Late: closed on 2026-02-01; the check of its effect was due on 2026-05-02, 204 days late\n",
        "- [[NC-2]] Again: reopened: closed on 2026-02-01, but not effective; due on 2026-03-06, 261 days late\n",
        "- D-3: Still open (due on 2026-11-20, 2 days late)\n- D-2: Done in it (done on 2026-10-20)\n",
    ] {
        assert!(minutes.contains(part), "{part}\n{minutes}");
    }
    assert!(!minutes.contains("D-1"), "done before the period: {minutes}");
    let page = String::from_utf8_lossy(&fixture.build()["management-reviews.html"]).into_owned();
    assert!(page.contains("2026-11-02"), "the days of an audit that was not held");
    let draft = text(&["management-review", "--draft"]);
    assert!(draft.contains("minutes-of-the-management-review-mr-2"), "{draft}");
    let files = tree(&fixture.path("content"));
    let (path, draft_bytes) = files.iter().find(|(path, _)| path.contains("minutes-of")).expect("the draft");
    let draft_text = String::from_utf8_lossy(draft_bytes);
    assert!(draft_text.contains("\ndate: 2026-11-22\n"), "{path}: {draft_text}");
    let checked = text(&["check"]);
    assert!(!checked.contains("this record is missing"), "{checked}");
    // The next review has its own draft.
    let next = text(&["management-review", "--draft", "--period", "2027-01-01..2027-06-30"]);
    assert!(next.contains("minutes-of-the-management-review-of-2027-01-01"), "{next}");
}

#[test]
fn minutes_are_as_secret_as_what_they_quote() {
    let review = "management_reviews:\n- {id: MR-2, title: Autumn, planned: 2026-12-10, period: {from: 2026-10-01, to: 2026-12-31}}\n";
    let nonconformity = |class: &str| {
        format!("{review}nonconformities:\n- {{id: NC-1, title: Theft, grade: minor, found: 2026-11-05{class}}}\n")
    };
    let limited = "editions: {staff: {up_to: internal}}\ndefaults: [{classification: public}]\n";
    for (settings, owner, class, expected) in [
        ("", "", "", "internal"),
        ("", "public", "", "internal"),
        ("", "confidential", "", "confidential"),
        ("", "public", ", classification: restricted", "restricted"),
        ("", "public", ", classification: [restricted]", "restricted"),
        ("", "[internal]", "", "restricted"),
        ("editions: {staff: {up_to: internal}}\n", "", "", "restricted"),
        (limited, "", "", "internal"),
        (limited, "", ", classification: confidential", "confidential"),
    ] {
        let settings = format!("title: Test\nas_of: 2026-11-22\n{settings}");
        let level = if owner.is_empty() { String::new() } else { format!("classification: {owner}\n") };
        let owner = OWNER.replace("type: report\n", &format!("type: report\n{level}"));
        let fixture = Fixture::new(&[
            ("clausebook.yaml", &settings),
            ("content/audits.md", &owner),
            ("content/r.yaml", &nonconformity(class)),
        ]);
        let output = fixture.run(&["management-review", "--draft", "--dry-run"]);
        let draft = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(draft.contains("Theft"), "{draft}");
        assert!(draft.contains(&format!("\nclassification: {expected}\n")), "{level} {class}: {draft}");
    }
}

#[test]
fn a_review_that_was_missed_is_not_the_next_one() {
    let reviews = "management_reviews:\n- {id: MR-1, title: Summer, planned: 2026-08-10}\n";
    let later = "- {id: MR-2, title: Winter, planned: 2026-12-10}\n";
    for (register, drafted, is_next) in
        [(format!("{reviews}{later}"), "MR-2", true), (reviews.to_owned(), "MR-1", false)]
    {
        let fixture = Fixture::new(&[
            ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
            ("content/audits.md", OWNER),
            ("content/r.yaml", &register),
        ]);
        let output = fixture.run(&["management-review", "--draft", "--dry-run"]);
        let draft = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(draft.contains(&format!("Minutes of the management review {drafted}")), "{draft}");
        let page = String::from_utf8_lossy(&fixture.build()["management-reviews.html"]).into_owned();
        assert_eq!(!page.contains("No management review is planned"), is_next, "{page}");
    }
}

const CERTIFICATE: &str = "certificate: {number: C-1, body: Certifier, scope: The desk, issued: 2023-11-22, expires: 2026-11-22, next_audit: 2026-12-01}\n";

#[test]
fn a_certificate_is_valid_on_its_last_day_and_expired_after_it() {
    for (day, is_expired) in [("2026-11-21", false), ("2026-11-22", false), ("2026-11-23", true)] {
        let settings = format!("title: Test\nas_of: {day}\n{CERTIFICATE}");
        let fixture = Fixture::new(&[
            ("clausebook.yaml", &settings),
            ("content/audits.md", OWNER),
            ("content/r.yaml", "audits: []\n"),
        ]);
        let output = fixture.run(&["ready", "--for", "recertification", "--format", "json"]);
        let ready: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let missing = if is_expired { json!(["expires"]) } else { json!([]) };
        assert_eq!(line(&ready, "certificate")["missing"], missing, "{day}");
        let site = fixture.build();
        let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
        assert_eq!(page("index.html").contains(">Expired<"), is_expired, "{day}: {}", page("index.html"));
        assert_eq!(page("certificate.html").contains("Expired on"), is_expired, "{day}");
        let (_, row) = page("certificate.html")
            .rsplit_once("The certificate expires")
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .expect("a row");
        let row = row.split("</tr>").next().unwrap_or_default();
        assert_eq!(row.contains("data-state=\"overdue\""), is_expired, "{day}: {row}");
        assert!(!row.contains("Done"), "{day}: {row}");
    }
}

#[test]
fn the_visit_that_comes_next_follows_from_the_last_one() {
    let audit = |kind: &str, day: &str| format!("audits:\n- {{id: V-1, title: Visit, kind: {kind}, held: {day}}}\n");
    let expired = "certificate: {issued: 2020-01-01, expires: 2022-12-31}\n";
    let valid = "certificate: {issued: 2025-01-01, expires: 2027-12-31}\n";
    for (settings, kind, day, expected) in [
        ("", "stage-1", "2026-10-08", "stage-2"),
        ("", "stage-1", "2025-11-22", "stage-2"),
        ("", "stage-1", "2025-11-21", "stage-1"),
        (valid, "stage-1", "2024-12-01", "surveillance"),
        ("", "stage-2", "2026-10-08", "surveillance"),
        ("", "surveillance", "2023-11-21", "stage-1"),
        (expired, "surveillance", "2022-06-01", "stage-1"),
        (expired, "recertification", "2026-06-01", "surveillance"),
        (valid, "surveillance", "2026-06-01", "surveillance"),
    ] {
        let ready = ready(settings, &audit(kind, day), &[]);
        assert_eq!(ready["visit"], expected, "{settings}{kind} {day}");
    }
    assert_eq!(ready("", "audits: []\n", &[])["visit"], "stage-1");
    assert_eq!(ready(valid, "audits: []\n", &[])["visit"], "surveillance");
}

#[test]
fn the_first_stage_asks_for_no_further_management_review() {
    let register = |kind: &str| {
        format!(
            "audits:\n- {{id: V-1, title: Visit, kind: {kind}, held: 2026-10-08}}\n- {{id: V-2, title: Next, kind: stage-2, planned: 2026-12-08}}\nmanagement_reviews:\n- {{id: MR-1, title: Autumn, held: 2026-09-20}}\n"
        )
    };
    for (kind, expected) in [("stage-1", "pass"), ("surveillance", "fail")] {
        assert_eq!(line(&ready("", &register(kind), &[]), "reviewed")["outcome"], expected, "{kind}");
    }
}

const ANNOUNCED: &str = "certificate: {number: N-1, body: Body, scope: The desk, decided: 2025-06-02, issued: 2025-06-02, \
    expires: 2028-06-01, next_audit: 2027-05-01}\n";

#[test]
fn the_next_audit_in_the_settings_is_a_deadline_and_the_next_visit() {
    let settings = format!("title: Test\nas_of: 2026-11-22\n{ANNOUNCED}");
    let programme =
        "---\nid: PLN-1\ntitle: Programme\ntype: plan\nowner: Audit Lead\nprovides: [audit-programme]\n---\n\nText.\n";
    let fixture = Fixture::new(&[("clausebook.yaml", &settings), ("content/programme.md", programme)]);
    let text = |arguments: &[&str]| String::from_utf8(fixture.run(arguments).stdout).expect("UTF-8");
    let checked: Value = serde_json::from_str(&text(&["check", "--format", "json"])).expect("JSON");
    let deadline = |day: &str| {
        let deadlines = checked["deadlines"].as_array().expect("a list").iter();
        deadlines
            .filter(|one| one["day"] == day)
            .map(|one| (one["kind"].clone(), one["who"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(deadline("2027-05-01"), [(json!("visit"), json!(["Audit Lead"]))], "{checked}");
    assert_eq!(deadline("2028-06-01"), [(json!("certificate"), json!(["Audit Lead"]))]);
    assert_eq!(deadline("2027-12-31"), [], "the visit of that year is announced");
    let reminder = text(&["reminders", "--as-of", "2027-04-01", "--for", "Audit Lead"]);
    assert!(reminder.contains("2027-05-01 (in 30 days): visit surveillance audit"), "{reminder}");
    assert!(
        text(&["ready"]).starts_with("Readiness for surveillance on 2027-05-01 (in 160 days)"),
        "{}",
        text(&["ready"])
    );
    let ready: Value = serde_json::from_str(&text(&["ready", "--format", "json"])).expect("JSON");
    assert_eq!(ready["next"], json!({"id": null, "from": "2027-05-01", "to": "2027-05-01"}));
    let site = fixture.build();
    let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
    let (_, cycle) =
        page("certificate.html").split_once("<table").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a table");
    assert!(cycle.contains("Next audit") && cycle.contains("2027-05-01"), "{cycle}");
    for file in ["deadlines.ics", "deadlines.csv"] {
        assert!(page(file).contains("2027-05-01") || page(file).contains("20270501"), "{file}");
    }
    // Once its day has passed, the visit of the year is missing again.
    let later: Value =
        serde_json::from_str(&text(&["check", "--format", "json", "--as-of", "2027-05-02"])).expect("JSON");
    let days: Vec<&Value> = later["deadlines"].as_array().expect("a list").iter().map(|one| &one["day"]).collect();
    assert!(!days.contains(&&json!("2027-05-01")) && days.contains(&&json!("2027-12-31")), "{days:?}");
}

#[test]
fn clauses_must_be_audited_within_the_interval_on_the_day_of_the_visit() {
    let all = "clauses: [\"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\"]";
    let register = |planned: &str| {
        format!(
            "audits:\n- {{id: V1, title: First, kind: surveillance, held: 2026-05-19}}\n\
             - {{id: A1, title: All, kind: internal, held: 2026-09-01, {all}}}\n\
             - {{id: A2, title: Again, kind: internal, planned: {planned}, {all}}}\n\
             - {{id: V2, title: Second, kind: surveillance, planned: 2027-12-01}}\n"
        )
    };
    let settings = "audits: {every: 12 months}\n";
    for (planned, expected, entries) in [("2027-11-30", "not-yet", json!(["A2"])), ("2027-12-01", "fail", json!([]))] {
        let ready = ready(settings, &register(planned), &[]);
        let line = line(&ready, "audited-for-visit");
        assert_eq!((&line["outcome"], &line["entries"]), (&json!(expected), &entries), "{planned}");
    }
    // On the last day of the interval, the audit still counts.
    let near = register("2027-11-30").replace("planned: 2027-12-01", "planned: 2027-09-01");
    assert_eq!(line(&ready(settings, &near, &[]), "audited-for-visit")["outcome"], "pass");
}

#[test]
fn a_programme_that_covers_the_clauses_one_after_the_other_is_not_late() {
    let audits = "audits:\n- {id: A1, title: First, kind: internal, held: 2026-10-01, clauses: [\"4\", \"5\"]}\n\
        - {id: A2, title: Second, kind: internal, planned: 2027-10-01, clauses: [\"6\", \"7\"]}\n\
        - {id: A3, title: Third, kind: internal, planned: 2028-10-01, clauses: [\"8\", \"9\", \"10\"]}\n";
    for (kind, expected) in [("surveillance", "pass"), ("stage-2", "fail")] {
        let visit = format!("- {{id: V1, title: Visit, kind: {kind}, planned: 2027-06-01}}\n");
        let ready = ready("", &format!("{audits}{visit}"), &[]);
        let audited = line(&ready, "audited");
        assert_eq!((&audited["outcome"], &audited["entries"]), (&json!("not-yet"), &json!(["A2", "A3"])), "{ready}");
        assert_eq!(line(&ready, "audited-for-visit")["outcome"], expected, "{kind}");
    }
}

#[test]
fn without_findings_a_visit_says_so_and_without_a_register_why_it_fails() {
    let audits = "audits:\n- {id: V1, title: First, kind: surveillance, held: 2026-05-19}\n";
    for (register, expected) in [
        (
            format!("{audits}nonconformities: []\n"),
            "pass     findings of the last visit closed and checked: none recorded",
        ),
        (
            audits.to_owned(),
            "fail     findings of the last visit closed and checked: none recorded\n           there is no register of nonconformities",
        ),
        (
            format!(
                "{audits}nonconformities:\n- {{id: N1, title: Late, grade: minor, found: 2026-05-19, due: 2026-12-01, source: \"V1 (surveillance)\"}}\n"
            ),
            "closed and checked: 0 of 1",
        ),
    ] {
        let fixture = Fixture::new(&[
            ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
            ("content/audits.md", OWNER),
            ("content/r.yaml", &register),
        ]);
        let ready = String::from_utf8(fixture.run(&["ready"]).stdout).expect("UTF-8");
        assert!(ready.contains(expected), "{expected}: {ready}");
    }
}
