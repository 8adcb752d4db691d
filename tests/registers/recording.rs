//! `close` and `set`: recording audits, reviews, effects and dates without an editor, in YAML, JSON and tables.

use super::commands::{PROGRAMME, assert_refused, fixture, run_ok, text};
use super::support::Fixture;

/// A register as people write it: keys in any order, comments, empty lines.
const REGISTER: &str = "# The programme\naudits:\n- id: A26-4   # the last one of the year\n  title: Evaluation\n  kind: internal\n  planned: {from: 2026-11-02, to: 2026-11-03}\n  clauses: [\"9.1\"]\n\
    - {id: A26-5, title: Nights, kind: customer, planned: 2026-12-01}   # by the theatre\n\n\
    management_reviews:\n- id: MR-1\n  title: Autumn\n  planned: 2026-11-10\n  decisions:\n  - {id: D-1, what: Hire, who: Director, due: 2026-12-01}\n\
    nonconformities:\n- id: NC-1\n  title: Late\n  grade: minor\n  owner: Desk Manager\n  found: 2026-06-01\n  due: 2026-07-30\n  cause: Noise\n  closed: 2026-07-01\n\
    - id: NC-2\n  title: Loud\n  grade: minor\n  owner: Desk Manager\n  found: 2026-06-01\n  cause: Haste\n  closed: 2026-07-01\n  effect:\n    who: Internal Auditor   # not the owner\n    due: 2026-10-01\n  note: Seen twice.\n\
    - id: NC-3\n  title: Slow\n  grade: minor\n  found: 2026-11-01\n  due: 2026-12-20\n  actions:\n  - {what: Ask, who: Desk Manager, due: 2026-12-01}\n\
    improvements:\n- {id: IMP-1, title: Faster, state: done, done: 2026-07-01, effect: {due: 2026-10-01}}\n";

#[test]
fn an_audit_and_a_review_are_held() {
    let fixture = fixture(REGISTER);
    let close = ["close", "A26-4", "--from", "2026-11-02", "--on", "2026-11-03"];
    let diff = run_ok(&fixture, &[&close[..], &["--dry-run"]].concat());
    assert!(diff.contains("+  held: {from: 2026-11-02, to: 2026-11-03}"), "{diff}");
    assert_eq!(text(&fixture), REGISTER, "a dry run writes nothing");
    assert_eq!(
        run_ok(&fixture, &close),
        "A26-4 Evaluation: held from 2026-11-02 to 2026-11-03\nNext: name its report by 2026-11-17: `clausebook set A26-4 report=ID`\n\
         Note: audit A26-4 was held, and no auditor is named (audit-without-auditor)\n"
    );
    run_ok(&fixture, &["close", "A26-5", "--on", "2026-11-20"]);
    run_ok(&fixture, &["close", "MR-1"]);
    let expected = REGISTER
        .replace("to: 2026-11-03}\n", "to: 2026-11-03}\n  held: {from: 2026-11-02, to: 2026-11-03}\n")
        .replace("planned: 2026-12-01}", "planned: 2026-12-01, held: 2026-11-20}")
        .replace("planned: 2026-11-10\n", "planned: 2026-11-10\n  held: 2026-11-22\n");
    assert_eq!(text(&fixture), expected);
    assert_refused(&fixture, &["close", "A26-4"], "was already held from 2026-11-02 to 2026-11-03");
}

#[test]
fn the_check_of_an_effect_is_recorded() {
    let fixture = fixture(REGISTER);
    assert_refused(&fixture, &["close", "NC-1"], "run `clausebook close NC-1 --effect RESULT --by ROLE`");
    assert_refused(&fixture, &["close", "NC-2"], "run `clausebook close NC-2 --effect RESULT`");
    assert_refused(
        &fixture,
        &["close", "NC-1", "--effect", "effective"],
        "nobody is named who checks `NC-1`; add --by ROLE",
    );
    let by_owner = ["close", "NC-1", "--effect", "effective", "--by", "desk manager"];
    assert_refused(&fixture, &by_owner, "desk manager owns `NC-1`; somebody else checks the effect");
    assert_refused(&fixture, &["close", "NC-3", "--effect", "effective", "--by", "Director"], "`NC-3` is not closed");
    assert_refused(
        &fixture,
        &["close", "NC-2", "--effect", "effective", "--on", "2026-06-30"],
        "was closed only on 2026-07-01",
    );
    assert_refused(&fixture, &["close", "A26-4", "--effect", "effective"], "`A26-4` has no effect to check");
    assert_refused(&fixture, &["close", "IMP-1", "--effect", "effective", "--by", "Director"], "leave out --by");
    let words = "Twelve of twelve were answered: in time.";
    run_ok(&fixture, &["close", "NC-1", "--effect", "not-effective", "--by", "Internal Auditor", "--words", words]);
    run_ok(&fixture, &["close", "NC-2", "--effect", "effective", "--on", "2026-10-02"]);
    run_ok(&fixture, &["close", "IMP-1", "--effect", "effective"]);
    let record =
        format!("effect: {{who: Internal Auditor, checked: 2026-11-22, result: not-effective, words: \"{words}\"}}");
    let expected = REGISTER
        .replace("  due: 2026-07-30\n", &format!("  due: 2026-07-30\n  {record}\n"))
        .replace("    due: 2026-10-01\n", "    due: 2026-10-01\n    checked: 2026-10-02\n    result: effective\n")
        .replace("{due: 2026-10-01}", "{due: 2026-10-01, checked: 2026-11-22, result: effective}");
    assert_eq!(text(&fixture), expected);
    assert_refused(&fixture, &["close", "NC-2", "--effect", "effective"], "was already checked on 2026-10-02");
    let again = ["close", "NC-1", "--effect", "effective", "--by", "Internal Auditor"];
    assert_refused(&fixture, &again, "was not effective; close it again first: `clausebook close NC-1`");
}

#[test]
fn an_ineffective_action_is_closed_and_checked_again() {
    let text_of = |checked: &str| {
        REGISTER.replace(
            "    due: 2026-10-01\n",
            &format!("    due: 2026-10-01\n    checked: {checked}\n    result: not-effective\n"),
        )
    };
    let fixture = fixture(&text_of("2026-10-02"));
    run_ok(&fixture, &["close", "NC-2", "--on", "2026-11-20"]);
    run_ok(&fixture, &["close", "NC-2", "--effect", "effective"]);
    let expected = text_of("2026-11-22")
        .replace("not-effective", "effective")
        .replace("cause: Haste\n  closed: 2026-07-01", "cause: Haste\n  closed: 2026-11-20");
    assert_eq!(text(&fixture), expected);
}

/// The JSON output of a command.
fn json_output(fixture: &Fixture, arguments: &[&str]) -> serde_json::Value {
    let output = fixture.run(arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

/// The kinds and states of an entry's deadlines.
fn deadlines(fixture: &Fixture, id: &str) -> Vec<String> {
    let data = json_output(fixture, &["check", "--format", "json"]);
    let entry_deadlines =
        data["deadlines"].as_array().expect("deadlines").iter().filter(|deadline| deadline["id"] == id);
    entry_deadlines.map(|deadline| format!("{} {}", deadline["kind"], deadline["state"]).replace('"', "")).collect()
}

#[test]
fn an_ineffective_action_reopens_until_closed_again() {
    let fixture = fixture(&REGISTER.replace("  cause: Haste\n", "  due: 2026-08-01\n  cause: Haste\n"));
    run_ok(
        &fixture,
        &["close", "NC-2", "--effect", "not-effective", "--on", "2026-11-10", "--words", "One was missed"],
    );
    run_ok(&fixture, &["close", "IMP-1", "--effect", "not-effective", "--on", "2026-11-10"]);
    assert!(
        deadlines(&fixture, "NC-2").contains(&"nonconformity overdue".to_owned()),
        "{:?}",
        deadlines(&fixture, "NC-2")
    );
    let (reminders, _) = super::commands::run(&fixture, &["reminders", "--overdue", "daily"]);
    assert!(reminders.contains("nonconformity NC-2"), "{reminders}");
    run_ok(
        &fixture,
        &["new", "--action", "NC-2", "Try again", "--who", "Desk Manager; Director", "--due", "2027-01-15"],
    );
    assert!(text(&fixture).contains("who: [Desk Manager, Director]"), "{}", text(&fixture));
    let later = ["set", "NC-2", "due=2027-01-31", "--by", "Director", "--reason", "It did not help"];
    run_ok(&fixture, &later);
    assert!(
        deadlines(&fixture, "NC-2").contains(&"nonconformity planned".to_owned()),
        "{:?}",
        deadlines(&fixture, "NC-2")
    );
    let broken = json_output(&fixture, &["check", "--format", "json"])["findings"].to_string();
    assert!(broken.contains("reopened") && !broken.contains("closed-too-early"), "{broken}");
    assert_refused(&fixture, &["close", "NC-2"], "has actions that are not done");
    run_ok(&fixture, &["close", "NC-2", "--action", "1"]);
    assert_refused(&fixture, &["close", "NC-2", "--on", "2026-11-10"], "has actions that are not done");
    assert_refused(&fixture, &["close", "IMP-1", "--on", "2026-11-10"], "was found not effective on 2026-11-10");
    run_ok(&fixture, &["close", "NC-2"]);
    run_ok(&fixture, &["close", "IMP-1"]);
    assert_eq!(deadlines(&fixture, "IMP-1"), ["effect planned"]);
    assert!(
        deadlines(&fixture, "NC-2").contains(&"nonconformity done".to_owned()),
        "{:?}",
        deadlines(&fixture, "NC-2")
    );
    let again = ["close", "NC-2", "--effect", "effective"];
    assert_refused(&fixture, &again, "say with --words what was seen this time");
    run_ok(&fixture, &[&again[..], &["--words", "None was missed"]].concat());
    assert!(!text(&fixture).contains("One was missed"), "{}", text(&fixture));
}

#[test]
fn keys_are_set_and_dates_agreed() {
    let fixture = fixture(REGISTER);
    run_ok(&fixture, &["set", "A26-5", "planned=2027-01-11..2027-01-12", "report=PLN-A-001"]);
    run_ok(&fixture, &["set", "NC-3", "cause=Nobody: asked", "correction=Called back"]);
    run_ok(&fixture, &["set", "NC-3", "--action", "1", "due=2026-12-10", "proof=the minutes"]);
    run_ok(&fixture, &["set", "D-1", "due=2027-01-15"]);
    let later = ["set", "NC-3", "due=2027-01-20"];
    let exact = "`clausebook set NC-3 due=2027-01-20 --by ROLE --reason TEXT`";
    assert_refused(&fixture, &later, exact);
    run_ok(&fixture, &[&later[..], &["--by", "Director", "--reason", "The part is late"]].concat());
    let postponement = "  moved:\n  - {to: 2027-01-20, by: Director, reason: The part is late, date: 2026-11-22}\n";
    let expected = REGISTER
        .replace("planned: 2026-12-01}", "planned: {from: 2027-01-11, to: 2027-01-12}, report: PLN-A-001}")
        .replace("  due: 2026-12-20\n", "  due: 2026-12-20\n  cause: \"Nobody: asked\"\n  correction: Called back\n")
        .replace(
            "due: 2026-12-01}\nimprovements",
            &format!("due: 2026-12-10, proof: the minutes}}\n{postponement}improvements"),
        )
        .replace("who: Director, due: 2026-12-01}", "who: Director, due: 2027-01-15}");
    assert_eq!(text(&fixture), expected);
    let (output, _) = super::commands::run(&fixture, &["explain", "NC-3"]);
    assert!(output.contains("2027-01-20  nonconformity"), "{output}");
}

#[test]
fn a_new_date_may_have_been_agreed_earlier_but_not_later() {
    let fixture = fixture(REGISTER);
    let agreed = ["set", "NC-3", "due=2027-01-20", "--by", "Director", "--reason", "The part is late", "--on"];
    assert_refused(&fixture, &[&agreed[..], &["2026-11-23"]].concat(), "2026-11-23 is in the future");
    run_ok(&fixture, &[&agreed[..], &["2026-11-20"]].concat());
    assert!(text(&fixture).contains("reason: The part is late, date: 2026-11-20}"), "{}", text(&fixture));
}

#[test]
fn what_was_recorded_is_corrected_where_it_stands_and_auditors_are_names() {
    let fixture = fixture(REGISTER);
    run_ok(&fixture, &["close", "A26-4", "--on", "2026-11-03"]);
    assert_refused(&fixture, &["set", "A26-4", "held=2026-11-04"], "to correct a mistake, edit content/r.yaml:");
    run_ok(&fixture, &["set", "A26-5", "auditors=Internal Auditor, Desk Manager"]);
    assert!(text(&fixture).contains("auditors: [Internal Auditor, Desk Manager]"), "{}", text(&fixture));
}

#[test]
fn keys_within_a_mapping_are_set() {
    let suppliers = "suppliers:\n- id: S-1\n  title: Post\n  kind: external\n  contract:\n    location: File 1\n    review: 12 months\n- {id: S-2, title: House, kind: internal}\n";
    let fixture = fixture(suppliers);
    run_ok(&fixture, &["set", "S-1", "contract.reviewed=2026-11-20", "contract.ends=2027-12-31"]);
    run_ok(&fixture, &["set", "S-2", "performance.every=6 months", "performance.last=2026-11-20"]);
    let expected = suppliers
        .replace("    location: File 1\n", "    location: File 1\n    reviewed: 2026-11-20\n    ends: 2027-12-31\n")
        .replace("kind: internal}", "kind: internal, performance: {every: \"6 months\", last: 2026-11-20}}");
    assert_eq!(text(&fixture), expected);
    assert_refused(&fixture, &["set", "S-1", "contract.endss=2027-01-01"], "did you mean `ends`?");
    assert_refused(&fixture, &["set", "S-1", "kind.one=internal"], "`kind` has no keys within it");
    assert_refused(
        &fixture,
        &["set", "S-1", "contract.ends=2027-01-01", "kind=internal"],
        "set keys within `contract` alone",
    );
}

#[test]
fn keys_that_cannot_be_set_are_rejected() {
    let fixture = fixture(REGISTER);
    for (arguments, reason) in [
        (&["set", "NC-3", "closed=2026-11-20"][..], "`clausebook close NC-3` writes it"),
        (&["set", "A26-4", "held=2026-11-03"], "`clausebook close A26-4` writes it"),
        (&["set", "NC-3", "id=NC-9"], "it stays"),
        (&["set", "NC-3", "caus=Noise"], "did you mean `cause`?"),
        (&["set", "NC-3", "cause"], "is not of the form key=value"),
        (&["set", "NC-3", "cause=One", "cause=Two"], "`cause` is set twice"),
        (&["set", "NC-3", "grade=mino"], "did you mean `minor`?"),
        (&["set", "NC-3", "due=tomorrow"], "due: "),
        (&["set", "NC-3", "actions=Ask"], "has several parts"),
        (&["set", "NC-3", "--action", "2", "due=2026-12-10"], "has no action 2"),
        (&["set", "NC-9", "cause=Noise"], "no entry has the ID `NC-9`"),
        (&["set", "A26-4", "planned=2026-12-02..2026-12-01"], "ends before it begins"),
        (
            &["set", "IMP-1", "due=2027-01-01", "--by", "Director", "--reason", "Snow"],
            "--by and --reason are for a new date",
        ),
        (&["close", "NC-3", "--from", "2026-11-01"], "--from is for audits and management reviews"),
        (&["close", "D-1", "--from", "2026-11-01"], "--from is for audits and management reviews"),
        (&["close", "A26-4", "--from", "2026-11-04", "--on", "2026-11-03"], "is after 2026-11-03, the last day"),
        (&["close", "A26-4", "--on", "2026-12-01"], "because `as_of` in clausebook.yaml is 2026-11-22"),
    ] {
        assert_refused(&fixture, arguments, reason);
    }
}

#[test]
fn line_ends_and_the_mark_at_the_start_stay() {
    let on_windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let fixture = fixture(&on_windows(REGISTER));
    run_ok(&fixture, &["close", "A26-4", "--on", "2026-11-03"]);
    run_ok(&fixture, &["close", "NC-2", "--effect", "effective"]);
    let expected = REGISTER
        .replace("to: 2026-11-03}\n", "to: 2026-11-03}\n  held: 2026-11-03\n")
        .replace("    due: 2026-10-01\n", "    due: 2026-10-01\n    checked: 2026-11-22\n    result: effective\n");
    assert_eq!(text(&fixture), on_windows(&expected));
}

#[test]
fn a_register_in_json_stays_json() {
    let register = "{\"audits\": [{\"id\": \"A26-4\", \"title\": \"Desk\", \"kind\": \"internal\", \"planned\": \"2026-11-02\"}],\n\
        \"nonconformities\": [{\"id\": \"NC-1\", \"title\": \"Late\", \"grade\": \"minor\", \"found\": \"2026-06-01\", \"cause\": \"Noise\", \"closed\": \"2026-07-01\"}]}\n";
    let fixture = fixture(register);
    run_ok(&fixture, &["close", "A26-4", "--from", "2026-11-02", "--on", "2026-11-03"]);
    run_ok(&fixture, &["close", "NC-1", "--effect", "effective", "--by", "Internal Auditor"]);
    run_ok(&fixture, &["set", "NC-1", "due=2026-07-15"]);
    let read: serde_json::Value = serde_json::from_str(&text(&fixture)).expect("JSON");
    assert_eq!(read["audits"][0]["held"], serde_json::json!({"from": "2026-11-02", "to": "2026-11-03"}));
    let effect = serde_json::json!({"who": "Internal Auditor", "checked": "2026-11-22", "result": "effective"});
    let entry = &read["nonconformities"][0];
    assert_eq!((&entry["effect"], &entry["due"]), (&effect, &"2026-07-15".into()));
}

/// A handbook with audits and nonconformities in tables.
fn tables(audits: &str, nonconformities: &str) -> Fixture {
    let owner = PROGRAMME.replace("[r.yaml]", "[audits.csv, nonconformities.csv]");
    Fixture::new(&[
        ("content/programme.md", owner.as_str()),
        ("content/audits.csv", audits),
        ("content/nonconformities.csv", nonconformities),
    ])
}

#[test]
fn cells_of_a_table_are_filled() {
    let audits = "\u{feff}id,title,kind,planned,held,note\r\nA26-4,\"Desk, \"\"quick\"\"\",internal,2026-11-02,,\"Of\nall\"\r\nA26-5,Nights,internal,2026-12-01,\"\",x\r\n";
    let nonconformities = "id,title,grade,found,cause,closed,effect.who,effect.checked,effect.result\nNC-1,Late,minor,2026-06-01,,,Internal Auditor,,\n";
    let fixture = tables(audits, nonconformities);
    let read = |path: &str| std::fs::read_to_string(fixture.path(path)).expect("a table");
    let done = |arguments: &[&str]| drop(run_ok(&fixture, arguments));
    done(&["close", "A26-4", "--on", "2026-11-03", "--dry-run"]);
    assert_eq!(read("content/audits.csv"), audits);
    done(&["close", "A26-4", "--on", "2026-11-03"]);
    done(&["close", "A26-5"]);
    let expected = audits.replace("2026-11-02,,", "2026-11-02,2026-11-03,").replace("\"\",x", "2026-11-22,x");
    assert_eq!(read("content/audits.csv"), expected);
    done(&["set", "NC-1", "cause=Noise, and \"haste\""]);
    done(&["close", "NC-1", "--on", "2026-07-01"]);
    done(&["close", "NC-1", "--effect", "effective"]);
    let row =
        "NC-1,Late,minor,2026-06-01,\"Noise, and \"\"haste\"\"\",2026-07-01,Internal Auditor,2026-11-22,effective\n";
    assert_eq!(read("content/nonconformities.csv").lines().nth(1), row.lines().next());
    let (output, _) = super::commands::run(&fixture, &["check"]);
    assert!(!output.contains("invalid-register") && !output.contains("nonconformities.csv"), "{output}");
}

#[test]
fn values_that_do_not_fit_a_table_are_rejected() {
    let nonconformities = "id,title,grade,found,cause,closed\nNC-1,Late,minor,2026-06-01,Noise,2026-07-01\nNC-2,\"Loud,minor,2026-06-01,,\n";
    let fixture = tables("id,title,kind,planned,held\nA26-4,Desk,internal,2026-11-02,\n", nonconformities);
    let refused = |arguments: &[&str], reason: &str| {
        let (output, succeeded) = super::commands::run(&fixture, arguments);
        assert!(!succeeded && output.contains(reason), "{arguments:?}: {output}");
    };
    refused(&["close", "A26-4", "--from", "2026-11-02", "--on", "2026-11-03"], "a cell contains one day for `held`");
    refused(&["close", "NC-1", "--effect", "effective", "--by", "Director"], "its header needs a column `effect.who`");
    refused(&["set", "NC-1", "owner=Desk Manager"], "its header needs a column `owner`");
    refused(&["set", "NC-2", "cause=Noise"], "the row of NC-2 cannot be read");
    refused(
        &["new", "--action", "NC-1", "Ask", "--who", "Desk Manager", "--due", "2026-12-01"],
        "cannot hold lists such as actions",
    );
}

#[test]
fn text_that_check_would_report_is_not_written() {
    let fixture = fixture(REGISTER);
    let new = ["new", "--register", "nonconformities", "Again", "--set", "grade=minor", "--set"];
    let action = ["new", "--action", "NC-1", "Ask", "--who", "Desk Manager", "--due", "2026-12-18"];
    let nobody = ["new", "--action", "NC-3", "TBD", "--who", "TBD", "--due", "2026-12-18"];
    for (arguments, reason) in [
        (&["set", "NC-3", "clauses=1.1, 9.9"][..], "report unknown-entry: `clauses` names clause"),
        (&["set", "NC-3", "documents=NOPE-1"], "`documents` names NOPE-1"),
        (&["set", "NC-3", "source=A99"], "`source` names A99"),
        (&["set", "NC-3", "note=- a"], "report invalid-register: `note` is more than a line"),
        (&["set", "NC-3", "cause=TBD"], "`TBD` is a placeholder, not a value for `cause`"),
        (&["set", "NC-3", "--action", "1", "proof=TBD"], "`proof` of this action says nothing"),
        (&nobody, "`what` of this action says nothing"),
        (&action, "report closed-too-early"),
        (&[&new[..], &["found=2028-01-01"]].concat(), "report done-in-future"),
        (&[&new[..], &["due=2020-01-01"]].concat(), "`due` is 2020-01-01, before 2026-11-22"),
        (&[&new[..], &["closed=2026-11-22"]].concat(), "but no cause is recorded"),
        (&[&new[..], &["due=2026-12-01", "--id", "nc-1"]].concat(), "report id-case-clash"),
    ] {
        assert_refused(&fixture, arguments, reason);
    }
    let output = run_ok(&fixture, &[&new[..], &["found=2026-06-01"]].concat());
    assert!(output.contains("\nNote: NC-4 was due on 2026-07-31"), "{output}");
}

#[test]
fn an_unchecked_action_is_not_effective() {
    let with_checker = |who: &str| {
        REGISTER.replace(
            "    who: Internal Auditor   # not the owner\n",
            &format!("{who}    checked: 2026-11-01\n    result: effective\n"),
        )
    };
    for who in ["", "    who: TBD\n", "    who: n/a\n", "    who: nobody\n", "    who: \"-\"\n"] {
        let fixture = fixture(&with_checker(who));
        let (output, _) = super::commands::run(&fixture, &["check", "--format", "concise"]);
        assert!(output.contains("nobody is named who checked the effect of NC-2"), "{who}: {output}");
        assert_refused(&fixture, &["close", "NC-2", "--effect", "effective"], "nobody is named who checks `NC-2`");
        for nobody in ["TBD", "nobody", "?"] {
            assert_refused(&fixture, &["close", "NC-2", "--effect", "effective", "--by", nobody], "names nobody");
        }
        run_ok(&fixture, &["close", "NC-2", "--effect", "effective", "--by", "Internal Auditor"]);
        let (output, _) = super::commands::run(&fixture, &["check", "--format", "concise"]);
        assert!(!output.contains("the effect of NC-2"), "{output}");
    }
}

#[test]
fn days_that_contradict_the_register_are_refused() {
    let early = REGISTER.replace("planned: 2026-11-10", "planned: {from: 2027-04-01, to: 2027-04-30}");
    let fixture =
        fixture(&early.replace("due: 2026-12-01}\nimprovements", "due: 2026-12-01, done: 2026-11-20}\nimprovements"));
    let reason = "is planned for 2027-04-01, after 2026-11-22; if it was held earlier, say so first: `clausebook set MR-1 planned=2026-11-22`";
    assert_refused(&fixture, &["close", "MR-1"], reason);
    assert_refused(&fixture, &["close", "MR-1", "--on", "2026-11-22"], reason);
    run_ok(&fixture, &["set", "MR-1", "planned=2026-11-20..2026-11-22"]);
    run_ok(&fixture, &["set", "MR-1", "planned=2026-11-22"]);
    run_ok(&fixture, &["close", "MR-1"]);
    assert_refused(&fixture, &["close", "NC-3", "--on", "2026-11-19"], "1. Ask (done on 2026-11-20, after 2026-11-19)");
    assert_refused(
        &fixture,
        &["set", "NC-1", "due=2027-01-20", "--by", "Director", "--reason", "Late"],
        "was closed on 2026-07-01",
    );
    let new = ["new", "--register", "improvements", "X", "--set", "state=proposed", "--set", "id=X-1"];
    assert_refused(&fixture, &new, "is given with --id");
}

#[test]
fn whole_lists_and_mappings_are_replaced_and_comments_are_not() {
    let register = "audits:\n- id: A-1\n  title: One\n  kind: internal\n  planned:\n    from: 2026-12-01\n    to: 2026-12-02\n  clauses:\n  - \"4.1\"\n  - \"4.2\"\n  note: Once\n\
        - {id: A-2, title: Two, kind: internal, planned: 2026-12-01, clauses: [\"4.1\", # keep\n    \"4.2\"]}";
    let fixture = fixture(register);
    run_ok(&fixture, &["set", "A-1", "planned=2027-01-05..2027-01-06", "clauses=4.3"]);
    assert_refused(&fixture, &["set", "A-2", "clauses=4.3"], "cannot be changed");
    let expected =
        register.replace(":\n    from: 2026-12-01\n    to: 2026-12-02", ": {from: 2027-01-05, to: 2027-01-06}");
    let expected = expected.replace(":\n  - \"4.1\"\n  - \"4.2\"", ": \"4.3\"");
    assert_eq!(text(&fixture), expected);
}
