//! `set`, `close` and `new`: postponed dates, and checks with the people who make them.

use super::commands::{assert_refused, fixture, run_ok, text};

/// NC-2 has no `due`: the time of its grade ends on 2026-07-31.
#[test]
fn the_date_of_a_grade_is_put_off_like_one_that_is_written() {
    let register = "nonconformities:\n- {id: NC-2, title: Loud, grade: minor, owner: Desk Manager, found: 2026-06-01, cause: Haste, correction: Sorry}\n\
        - {id: NC-4, title: Hint, grade: opportunity, found: 2026-06-01}\n";
    let fixture = fixture(register);
    let command = "clausebook set NC-2 due=2027-01-29 --by ROLE --reason TEXT";
    assert_refused(&fixture, &["set", "NC-2", "due=2027-01-29"], command);
    let checked = fixture.run(&["check", "--as-of", "2026-11-22"]);
    let checked = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(
        checked.contains("or agree a new date: `clausebook set NC-2 due=DATE --by ROLE --reason TEXT`"),
        "{checked}"
    );
    let postponement =
        ["set", "NC-2", "due=2027-01-29", "--by", "Director, Board", "--reason", "The part comes in January"];
    run_ok(&fixture, &postponement);
    let record =
        "moved: [{to: 2027-01-29, by: [Director, Board], reason: The part comes in January, date: 2026-11-22}]";
    assert!(text(&fixture).contains(record), "{}", text(&fixture));
    // This grade has no time limit.
    run_ok(&fixture, &["set", "NC-4", "due=2027-01-29"]);
    assert!(text(&fixture).contains("found: 2026-06-01, due: 2027-01-29}"), "{}", text(&fixture));
}

#[test]
fn a_result_is_recorded_by_a_check_and_not_by_its_owner_among_others() {
    let register = "nonconformities:\n- {id: NC-1, title: Late, grade: minor, owner: Desk Manager, found: 2026-01-05, cause: Noise, correction: Sorry, closed: 2026-02-01, \
        effect: {checked: 2026-05-01, result: not-effective, who: Internal Auditor, words: Two of five failed}}\n\
        - {id: NC-2, title: Loud, grade: minor, owner: Desk Manager, found: 2026-10-05, cause: Noise, correction: Sorry, closed: 2026-11-01}\n";
    let fixture = fixture(register);
    assert_refused(
        &fixture,
        &["set", "NC-1", "effect.result=effective"],
        "`clausebook close NC-1 --effect RESULT` writes it",
    );
    let close = |by: &'static str| ["close", "NC-2", "--effect", "effective", "--by", by];
    assert_refused(&fixture, &close("Director, desk manager"), "desk manager owns `NC-2`");
    assert_refused(&fixture, &close("Director, TBD"), "`TBD` names nobody");
    run_ok(&fixture, &close("Director, Internal Auditor"));
    assert!(text(&fixture).contains("who: [Director, Internal Auditor]"), "{}", text(&fixture));
}

#[test]
fn a_new_entry_takes_its_date_like_a_new_action() {
    let fixture = fixture("improvements: []\n");
    run_ok(
        &fixture,
        &["new", "--register", "improvements", "Faster", "--set", "state=proposed", "--due", "2027-03-01"],
    );
    assert!(text(&fixture).contains("due: 2027-03-01"), "{}", text(&fixture));
    assert_refused(&fixture, &["new", "policy", "Title", "--due", "2027-03-01"], "--due is for a new action");
}
