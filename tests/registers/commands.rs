//! `new --register`, `new --action`, `close` and `explain`: what they write and refuse, without changing any other
//! byte.

use super::support::Fixture;

pub const PROGRAMME: &str = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nregisters: [r.yaml]\n---\n\nText.\n";

const REGISTER: &str = "# What was found\r\nnonconformities:   # by date\r\n- id: NC-2026-09\r\n  title: Late  # often\r\n  grade: minor\r\n  found: 2026-09-01\r\n\
    \x20 actions:\r\n  - {what: Ask, who: Desk Manager, due: 2026-10-01}\r\n\r\n- {id: NC-2026-10, title: Loud, grade: observation, found: 2026-10-01}\r\n";

pub fn fixture(register: &str) -> Fixture {
    Fixture::new(&[("content/programme.md", PROGRAMME), ("content/r.yaml", register)])
}

pub fn text(fixture: &Fixture) -> String {
    std::fs::read_to_string(fixture.path("content/r.yaml")).expect("a register")
}

/// Runs a command, and returns its output and whether it succeeded.
pub fn run(fixture: &Fixture, arguments: &[&str]) -> (String, bool) {
    let output = fixture.run(arguments);
    let bytes = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&bytes).into_owned(), output.status.success())
}

pub fn assert_refused(fixture: &Fixture, arguments: &[&str], reason: &str) {
    let before = text(fixture);
    let (output, succeeded) = run(fixture, arguments);
    assert!(!succeeded && output.contains(reason), "{arguments:?}: {output}");
    assert_eq!(text(fixture), before, "{arguments:?}");
}

pub fn run_ok(fixture: &Fixture, arguments: &[&str]) -> String {
    let (output, succeeded) = run(fixture, arguments);
    assert!(succeeded, "{arguments:?}: {output}");
    output
}

#[test]
fn a_nonconformity_is_found_acted_on_and_closed() {
    let fixture = fixture(REGISTER);
    let new =
        ["new", "--register", "nonconformities", "Slow: answers", "--set", "grade=minor", "--owner", "Desk Manager"];
    assert!(run_ok(&fixture, &[&new[..], &["--dry-run"]].concat()).contains("+- id: NC-2026-11"));
    assert_eq!(text(&fixture), REGISTER, "a dry run writes nothing");
    assert_eq!(run_ok(&fixture, &new), "NC-2026-11: written to content/r.yaml\n");
    let added = "- id: NC-2026-11\r\n  title: \"Slow: answers\"\r\n  owner: Desk Manager\r\n  grade: minor\r\n  found: 2026-11-22\r\n";
    assert_eq!(text(&fixture), format!("{REGISTER}{added}"));
    run_ok(&fixture, &["new", "--action", "NC-2026-09", "Call back", "--who", "Desk Manager", "--due", "2026-12-01"]);
    run_ok(
        &fixture,
        &["new", "--action", "NC-2026-10", "Turn it down", "--who", "Desk Manager", "--due", "2026-12-01"],
    );
    assert_refused(&fixture, &["close", "NC-2026-09"], "1. Ask (`clausebook close NC-2026-09 --action 1`)");
    run_ok(&fixture, &["close", "NC-2026-09", "--action", "1", "--on", "2026-11-01"]);
    run_ok(&fixture, &["close", "NC-2026-09", "--action", "2"]);
    assert_refused(&fixture, &["close", "NC-2026-09", "--action", "2"], "already done on 2026-11-22");
    assert_refused(&fixture, &["close", "NC-2026-09"], "has no `cause`");
    run_ok(&fixture, &["set", "NC-2026-09", "cause=Noise"]);
    run_ok(&fixture, &["close", "NC-2026-09"]);
    assert_refused(
        &fixture,
        &["close", "NC-2026-09"],
        "once its effect is checked, run `clausebook close NC-2026-09 --effect RESULT --by ROLE`; RESULT is `effective` or `not-effective`",
    );
    let expected = REGISTER
        .replace("  found: 2026-09-01\r\n", "  found: 2026-09-01\r\n  closed: 2026-11-22\r\n  cause: Noise\r\n")
        .replace("due: 2026-10-01}\r\n", "due: 2026-10-01, done: 2026-11-01}\r\n  - {what: Call back, who: Desk Manager, due: 2026-12-01, done: 2026-11-22}\r\n")
        .replace("found: 2026-10-01}", "found: 2026-10-01, actions: [{what: Turn it down, who: Desk Manager, due: 2026-12-01}]}");
    assert_eq!(text(&fixture), format!("{expected}{added}"));
    let explained = run_ok(&fixture, &["explain", "NC-2026-09"]);
    assert!(
        explained.contains("nonconformity on 2026-11-22: closed; effect check pending")
            && explained.contains("cause: Noise"),
        "{explained}"
    );
}

#[test]
fn invalid_changes_are_rejected() {
    let fixture = fixture(&format!("{REGISTER}improvements: []\r\n"));
    assert_refused(&fixture, &["close", "NC-2026-99"], "no entry has the ID `NC-2026-99`");
    assert_refused(&fixture, &["close", "NC-2026-10", "--on", "2026-12-01"], "is in the future");
    assert_refused(&fixture, &["close", "NC-2026-10", "--on", "2026-09-01"], "was found only after");
    assert_refused(&fixture, &["new", "--register", "nonconformity", "X"], "did you mean `nonconformities`?");
    assert_refused(&fixture, &["new", "--register", "nonconformities", "X"], "--set grade=");
    let graded = ["new", "--register", "nonconformities", "X", "--set", "grade=mino"];
    assert_refused(
        &fixture,
        &graded,
        "`content/r.yaml` would be invalid: `mino` is not a value of `grade`; did you mean `minor`?",
    );
    let early = [&graded[..5], &["grade=minor", "--set", "closed=2026-01-01"]].concat();
    assert_refused(&fixture, &early, "`closed` is earlier than `found`");
    assert_refused(
        &fixture,
        &["new", "--register", "audits", "X", "--set", "kind=internal"],
        "no register has a list `audits`",
    );
    assert_refused(
        &fixture,
        &["new", "--register", "improvements", "X", "--set", "state=later"],
        "is not a value of `state`",
    );
    assert_refused(
        &fixture,
        &["new", "--register", "improvements", "X", "--set", "stat=done"],
        "did you mean `state`?",
    );
    assert_refused(
        &fixture,
        &["new", "--register", "improvements", "X", "--set", "state=proposed", "--id", "NC-2026-10"],
        "already used",
    );
    assert_refused(&fixture, &["new", "--action", "NC-2026-10", "X"], "--who");
    run_ok(&fixture, &["new", "--register", "improvements", "Faster", "--set", "state=proposed"]);
    assert!(
        text(&fixture)
            .ends_with("improvements:\r\n  - id: IMP-2026-01\r\n    title: Faster\r\n    state: proposed\r\n")
    );
    run_ok(&fixture, &["close", "IMP-2026-01"]);
    assert!(text(&fixture).ends_with("    state: done\r\n    done: 2026-11-22\r\n"), "{}", text(&fixture));
    assert_refused(&fixture, &["close", "IMP-2026-01"], "already done on 2026-11-22");
}

#[test]
fn an_id_that_several_have_is_refused() {
    let decisions = "{id: D-1, what: Hire, who: Director, due: 2027-01-01}, {id: D-1, what: Move, who: Director, due: 2027-01-01}, {id: R-1, what: Sell, who: Director, due: 2027-01-01}";
    let register = format!(
        "management_reviews:\n- {{id: MR-1, title: Autumn, held: 2026-11-10, decisions: [{decisions}]}}\nrisks:\n- {{id: R-1, title: Fire, kind: organization}}\n"
    );
    let fixture = fixture(&register);
    for command in ["close", "set"] {
        for id in ["D-1", "R-1"] {
            let pair: &[&str] = if command == "set" { &["note=Once more"] } else { &[] };
            let problem =
                format!("several documents or entries have the ID `{id}`; give each its own:\n  content/r.yaml:");
            assert_refused(&fixture, &[&[command, id], pair].concat(), &problem);
        }
    }
    assert_eq!(text(&fixture), register);
}

#[test]
fn lists_are_set_with_several_options_and_other_keys_once() {
    let fixture = fixture("suppliers: []\nnonconformities: []\n");
    let new = ["new", "--register", "suppliers", "Lines", "--set", "kind=external", "--set"];
    let further = ["clauses=4", "--set", "clauses=5", "--set", "services=MAIL;NET"];
    run_ok(&fixture, &[&new[..], &further].concat());
    let register = text(&fixture);
    assert!(register.contains("clauses: [\"4\", \"5\"]") && register.contains("services: [MAIL, NET]"), "{register}");
    assert_refused(&fixture, &[&new[..], &["score=1", "--set", "score=2"]].concat(), "`score` is set twice");
    let help = "`contract` has several parts; add the entry, then run `clausebook set ID contract.location=…`";
    assert_refused(&fixture, &[&new[..], &["contract.location=File 12"]].concat(), help);
}

#[test]
fn several_ids_are_a_list_and_words_may_have_commas() {
    let register = "audits:\n- {id: V-1, title: Visit, kind: surveillance, held: 2026-10-01}\nnonconformities:\n- {id: NC-1, title: Late, grade: observation, found: 2026-10-01}\n";
    let fixture = fixture(register);
    for (source, expected) in [
        (&["source=V-1"][..], "source: V-1"),
        (&["source=V-1, NC-1"], "source: [V-1, NC-1]"),
        (&["source=V-1;NC-1"], "source: [V-1, NC-1]"),
        (&["source=V-1", "source=NC-1"], "source: [V-1, NC-1]"),
        (&["source=V-1, a call in May"], "source: [V-1, a call in May]"),
        (&["source=a call in May, and a letter"], "source: a call in May, and a letter"),
        (&["source=a letter, May 2026"], "source: a letter, May 2026"),
    ] {
        run_ok(&fixture, &[&["set", "NC-1"], source].concat());
        let text = text(&fixture).replace('"', "");
        assert!(text.contains(expected), "{source:?}: {text}");
    }
    assert_refused(&fixture, &["set", "NC-1", "source=V-2, NC-3"], "names V-2, but no document or entry has that ID");
    let new = ["new", "--register", "nonconformities", "Loud", "--set", "grade=minor", "--set", "source=V-1,NC-1"];
    run_ok(&fixture, &new);
    assert!(text(&fixture).contains("grade: minor, source: [V-1, NC-1]"), "{}", text(&fixture));
}

#[test]
fn what_a_change_breaks_elsewhere_is_named() {
    let register = "services:\n- {id: MAIL, title: Mail, state: live}\n";
    let fixture = fixture(register);
    let guide = "---\nid: POL-A-002\ntitle: Desk\ntype: policy\nservices: [Mail]\n---\n\nText.\n";
    std::fs::write(fixture.path("content/desk.md"), guide).expect("a document");
    let output = run_ok(&fixture, &["set", "MAIL", "title=E-Mail"]);
    assert!(output.contains("\nNote: content/desk.md:5:12: ") && output.contains("(unknown-service)"), "{output}");
}

#[test]
fn a_day_without_reminders_says_what_is_overdue() {
    let register =
        "issues:\n- {id: I-1, title: Snow, kind: external, owner: Director}\n- {id: I-2, title: Ice, kind: external}\n";
    let fixture = fixture(register);
    let reminders = |options: &[&str]| run_ok(&fixture, &[&["reminders", "--as-of", "2026-11-24"], options].concat());
    assert_eq!(reminders(&[]), "nothing falls due on 2026-11-24; 2 are overdue: `--overdue daily` lists them\n");
    assert_eq!(
        reminders(&["--for", "Director"]),
        "nothing falls due on 2026-11-24; 1 is overdue: `--overdue daily` lists them\n"
    );
    assert_eq!(reminders(&["--overdue", "never"]), "no reminders for 2026-11-24\n");
    let unknown = "note: no document, deadline or setting names the role `Clerk`\n";
    assert_eq!(reminders(&["--for", "Clerk"]), format!("no reminders for 2026-11-24\n{unknown}"));
}

#[test]
fn an_explained_service_names_the_entries_about_it() {
    let register = "services:\n- {id: NET, title: Network, state: live}\nissues:\n- {id: I-1, title: Snow, kind: external, services: [NET]}\n- {id: I-2, title: Ice, kind: external, services: [Network]}\n";
    let output = run_ok(&fixture(register), &["explain", "NET"]);
    let references = output.split("Named by").nth(1).unwrap_or_default();
    assert!(references.contains("I-1") && references.contains("I-2"), "{output}");
}

#[test]
fn what_was_never_done_is_among_the_deadlines() {
    let register = "issues:\n- {id: I-1, title: Snow, kind: external}\nrequirements:\n- {id: REQ-1, title: Report}\nrisks:\n- {id: R-1, title: Fire, kind: organization}\n\
        - {id: R-2, title: Gain, kind: organization, opportunity: true}\n- {id: R-3, title: Gone, kind: organization, closed: 2026-11-01}\n\
        suppliers:\n- {id: S-1, title: Lines, kind: external, contract: {location: File 12, review: 12 months}, performance: {every: 6 months}}\n";
    let fixture = fixture(register);
    let output = run_ok(&fixture, &["reminders", "--overdue", "daily"]);
    for line in [
        "issue review I-1 Snow",
        "requirement review REQ-1 Report",
        "risk to score R-1 Fire",
        "contract review S-1 Lines",
        "performance review S-1 Lines",
    ] {
        assert!(output.contains(&format!("date unknown (overdue): {line}\n")), "{line}: {output}");
    }
    assert!(!output.contains("R-2") && !output.contains("R-3"), "{output}");
    let assessment = fixture.assess();
    let has_deadline =
        |id: &str| assessment["deadlines"].as_array().into_iter().flatten().any(|deadline| deadline["id"] == id);
    assert!(["I-1", "REQ-1", "R-1", "S-1"].into_iter().all(has_deadline), "{assessment}");
}

#[test]
fn overdue_documents_are_among_the_next_steps() {
    let fixture = fixture(REGISTER);
    let (output, _) = run(&fixture, &["status"]);
    // The observation has been late for longer, but a nonconformity comes first.
    assert!(output.contains("Close NC-2026-09 Late, which was due on 2026-10-31"), "{output}");
    let home = fixture.build().remove("index.html").expect("a home page");
    let home = String::from_utf8(home).expect("UTF-8");
    assert!(home.contains("Close NC-2026-09 Late"), "{home}");
    let (output, _) = run(&fixture, &["check"]);
    assert!(output.contains("3 | - id: NC-2026-09") && output.contains("^^^^^^^^^^"), "{output}");
}

#[test]
fn a_register_that_cannot_be_read_is_left_alone() {
    let fixture =
        fixture("nonconformities:\n- id: NC-1\n  title: &anchor Late\n  grade: observation\n  found: 2026-01-01\n");
    assert_refused(&fixture, &["close", "NC-1"], "cannot be changed");
}

#[test]
fn kinds_and_their_keys_are_explained() {
    let fixture = fixture(REGISTER);
    let output = run_ok(&fixture, &["explain", "management_reviews"]);
    for key in ["planned", "inputs", "decisions", "owner", "classification"] {
        assert!(output.contains(key), "{output}");
    }
}

#[test]
fn a_register_in_json_stays_json() {
    let register = "{\n  \"nonconformities\": [\n    {\"id\": \"NC-2026-10\", \"title\": \"Loud\", \"grade\": \"observation\", \"found\": \"2026-10-01\"}\n  ],\n  \"improvements\": []\n}\n";
    let fixture = fixture(register);
    let read = || serde_json::from_str::<serde_json::Value>(&text(&fixture)).expect("JSON");
    run_ok(
        &fixture,
        &["new", "--action", "NC-2026-10", "Turn it \"down\"", "--who", "Desk Manager", "--due", "2026-12-01"],
    );
    run_ok(&fixture, &["new", "--action", "NC-2026-10", "Ask", "--who", "Desk Manager", "--due", "2026-12-01"]);
    run_ok(&fixture, &["close", "NC-2026-10", "--action", "1"]);
    run_ok(&fixture, &["close", "NC-2026-10", "--action", "2"]);
    run_ok(&fixture, &["close", "NC-2026-10"]);
    run_ok(&fixture, &["new", "--register", "improvements", "Faster", "--set", "state=proposed"]);
    run_ok(&fixture, &["new", "--register", "improvements", "Slower", "--set", "state=proposed"]);
    let expected = serde_json::json!({
        "nonconformities": [{
            "id": "NC-2026-10", "title": "Loud", "grade": "observation", "found": "2026-10-01", "closed": "2026-11-22",
            "actions": [
                {"what": "Turn it \"down\"", "who": "Desk Manager", "due": "2026-12-01", "done": "2026-11-22"},
                {"what": "Ask", "who": "Desk Manager", "due": "2026-12-01", "done": "2026-11-22"},
            ],
        }],
        "improvements": [
            {"id": "IMP-2026-01", "title": "Faster", "state": "proposed"},
            {"id": "IMP-2026-02", "title": "Slower", "state": "proposed"},
        ],
    });
    assert_eq!(read(), expected);
}

#[test]
fn the_command_that_explain_suggests_works() {
    let fixture = fixture(
        "audits: []\nnonconformities: []\nimprovements: []\nmanagement_reviews: []\nindicators: []\nobjectives: []\nrisks: []\n",
    );
    for kind in ["audits", "nonconformities", "improvements", "management_reviews", "indicators", "objectives", "risks"]
    {
        let explained = run_ok(&fixture, &["explain", kind]);
        let line = explained.lines().find_map(|line| line.trim().strip_prefix("clausebook ")).expect("a command");
        let line = line.replace('"', "");
        let words: Vec<&str> = line.split(' ').collect();
        run_ok(&fixture, &words);
    }
}
