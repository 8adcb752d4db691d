//! Events in an impossible order count as open: decisions of a review that was not held, and nonconformities with
//! contradictory days.

use super::commands::{assert_refused, fixture, run};

fn register(dates: &str) -> String {
    format!(
        "management_reviews:\n- id: MR-1\n  title: Autumn\n{dates}  decisions:\n  - {{id: D-1, what: Hire, who: Director, due: 2026-10-31, done: 2026-10-04}}\n"
    )
}

#[test]
fn a_decision_of_a_review_that_was_not_held_is_open() {
    let unknown = "`done` has a date, but the date of the review cannot be read";
    let unheld = "`done` has a date, but the review was not held";
    for (dates, message) in [
        ("  planned: 2026-10-01\n", unheld),
        ("  planned: 2027-02-01\n", unheld),
        ("  held: 2026-13-05\n", unknown),
        ("  held: {from: 2026-10-03, to: 2026-10-01}\n", unknown),
        ("  held: 2026-10-01\n  held: 2026-10-02\n", unknown),
    ] {
        let fixture = fixture(&register(dates));
        let (output, _) = run(&fixture, &["check", "--format", "concise"]);
        assert!(output.contains(message) && output.contains("decision-overdue"), "{dates}: {output}");
        let actions = fixture.build().remove("actions.html").expect("a page of actions");
        let actions = String::from_utf8(actions).expect("UTF-8");
        assert!(actions.contains(">1 Overdue<"), "{dates}: {actions}");
    }
    let fixture = fixture(&register("  held: 2026-10-01\n"));
    let (output, _) = run(&fixture, &["check"]);
    assert!(!output.contains("`done` has a date") && !output.contains("decision-overdue"), "{output}");
}

#[test]
fn a_decision_is_not_closed_before_its_review_was_held() {
    let register = register("  planned: 2027-02-01\n").replace(", done: 2026-10-04", "");
    assert_refused(&fixture(&register), &["close", "D-1"], "the review was not held");
}

#[test]
fn the_day_of_what_was_missed_is_not_that_of_its_plan() {
    let review = "management_reviews:\n- {id: MR-1, title: Autumn, planned: PLANNED}\n";
    for (planned, command) in [
        ("2026-10-05", "`clausebook close MR-1 --on DATE`"),
        ("{from: 2026-10-05, to: 2026-10-06}", "`clausebook close MR-1 --on DATE`"),
    ] {
        let fixture = fixture(&review.replace("PLANNED", planned));
        let (output, _) = run(&fixture, &["check"]);
        assert!(output.contains(command), "{output}");
        let (output, _) = run(&fixture, &["ready"]);
        assert!(output.contains(command.trim_matches('`')) && !output.contains("--on 2026-10"), "{output}");
    }
}

#[test]
fn days_of_a_nonconformity_that_contradict_each_other_are_findings() {
    let nonconformity =
        |days: &str| format!("nonconformities:\n- {{id: NC-1, title: Late, grade: minor, cause: Noise, {days}}}\n");
    let late_action = "actions: [{what: Ask, who: Desk, due: 2026-10-10, done: 2026-11-01}]";
    for (days, message) in [
        (format!("found: 2026-10-01, closed: 2026-10-20, {late_action}"), "but action 1 was only done later"),
        (
            "found: 2026-10-01, closed: 2026-10-20, effect: {who: Director, checked: 2026-10-10, result: effective}"
                .to_owned(),
            "`checked` is earlier than `closed`",
        ),
        (format!("found: 2026-13-01, {late_action}"), "`done` has a date, but nobody knows when this was found"),
        ("closed: 2026-11-02".to_owned(), "`closed` has a date, but nobody knows when this was found"),
    ] {
        let (output, _) = run(&fixture(&nonconformity(&days)), &["check", "--format", "concise"]);
        assert!(output.contains(message), "{days}: {output}");
        if !days.contains("closed: 2026-10-20") {
            assert!(output.contains("-overdue"), "{days}: {output}");
        }
    }
    let right = nonconformity(&format!("found: 2026-10-01, closed: 2026-11-01, {late_action}"));
    let (output, _) = run(&fixture(&right), &["check", "--format", "concise"]);
    assert!(!output.contains("only later") && !output.contains("NC-1 is closed"), "{output}");
}
