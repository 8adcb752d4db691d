//! Git's evidence for an approval written for settings other than today's.

use crate::proving::{findings, git};
use crate::support::{DAY, Handbook, run};

const EXTRA_KEYS: &str = "title: Incidents\ntype: procedure\nowner: Desk Manager\napprover: Director\n";
const PATH: &str = "content/PRO-INC-001.md";

/// A handbook with these settings, and front matter of a draft and of an approved text. The text is edited after its
/// approval, and later the settings and front matter are respelt.
struct Case {
    settings: &'static str,
    draft: &'static str,
    approved: &'static str,
    later: (&'static str, &'static str),
}

fn commit(handbook: &Handbook, day: &str) {
    git(handbook.root(), (day, day), &["add", "-A"]);
    git(handbook.root(), (day, day), &["commit", "-q", "--no-verify", "-m", "x"]);
}

fn write(handbook: &Handbook, front: &str, hours: &str) {
    handbook.write(PATH, &format!("---\n{front}{EXTRA_KEYS}---\n\nWe answer within {hours} hours.\n"));
}

fn write_settings(handbook: &Handbook, extra: &str) {
    handbook.write("clausebook.yaml", &format!("title: Test\n{extra}"));
}

/// The handbook with its approved text, followed by a commit with the edited one.
fn approved_handbook(case: &Case) -> Handbook {
    let handbook = Handbook::empty();
    git(handbook.root(), (DAY, DAY), &["init", "-q"]);
    write_settings(&handbook, case.settings);
    write(&handbook, case.draft, "some");
    commit(&handbook, "2026-03-01");
    write(&handbook, case.approved, "eight");
    commit(&handbook, "2026-03-09");
    handbook
}

fn respell(handbook: &Handbook, case: &Case, hours: &str) {
    write_settings(handbook, case.later.0);
    write(handbook, case.later.1, hours);
    commit(handbook, "2026-05-01");
}

const PLAIN: &str = "id: PRO-INC-001\nversion: \"1.0\"\nstatus: approved\napproved: 2026-03-09\n";

fn cases() -> [Case; 6] {
    let with_defaults = "defaults:\n- {id: from-file, version: \"1.0\"}\n";
    [
        Case {
            settings: "front_matter: {values: {status: {Released: approved}}}\n",
            draft: "id: PRO-INC-001\nversion: \"0.1\"\nstatus: draft\napproved: 2026-03-09\n",
            approved: "id: PRO-INC-001\nversion: \"1.0\"\nstatus: Released\napproved: 2026-03-09\n",
            later: ("", PLAIN),
        },
        Case {
            settings: "front_matter: {map: {state: status}}\n",
            draft: "id: PRO-INC-001\nversion: \"1.0\"\nstate: draft\napproved: 2026-03-09\n",
            approved: "id: PRO-INC-001\nversion: \"1.0\"\nstate: approved\napproved: 2026-03-09\n",
            later: ("", PLAIN),
        },
        Case {
            settings: "front_matter: {dates: [DD/MM/YYYY]}\n",
            draft: "id: PRO-INC-001\nversion: \"1.0\"\nstatus: draft\n",
            approved: "id: PRO-INC-001\nversion: \"1.0\"\nstatus: approved\napproved: 09/03/2026\n",
            later: ("front_matter: {dates: [DD/MM/YYYY]}\n", PLAIN),
        },
        Case {
            settings: with_defaults,
            draft: "status: draft\n",
            approved: "status: approved\napproved: 2026-03-09\n",
            later: (with_defaults, PLAIN),
        },
        Case {
            settings: "defaults:\n- {status: approved}\n",
            draft: "id: PRO-INC-001\nversion: \"1.0\"\nstatus: draft\napproved: 2026-03-09\n",
            approved: "id: PRO-INC-001\nversion: \"1.0\"\napproved: 2026-03-09\n",
            later: ("", PLAIN),
        },
        Case {
            settings: "front_matter: {map: {doc: id, rev: version, on: approved}}\n",
            draft: "doc: PRO-INC-001\nrev: \"1.0\"\nstatus: draft\n",
            approved: "doc: PRO-INC-001\nrev: \"1.0\"\nstatus: approved\non: 2026-03-09\n",
            later: ("", PLAIN),
        },
    ]
}

#[track_caller]
fn assert_edited(handbook: &Handbook, at: usize) {
    let findings_list = findings(handbook);
    let edited = format!("edited-since-approval {PATH}");
    assert!(findings_list.iter().any(|(key, _)| *key == edited), "case {at}: {findings_list:?}");
    let bound = run(handbook.root(), &["approve", "--bind", "PRO-INC-001"]);
    bound.assert_code(2).assert_stderr(&["- We answer within eight hours", "+ We answer within four hours"]);
}

#[test]
fn each_text_is_read_with_the_settings_of_its_commit() {
    for (at, case) in cases().iter().enumerate() {
        let handbook = approved_handbook(case);
        write(&handbook, case.approved, "four");
        commit(&handbook, "2026-04-01");
        assert_edited(&handbook, at);
        respell(&handbook, case, "four");
        assert_edited(&handbook, at);
        let version = run(handbook.root(), &["show", "PRO-INC-001", "--at", "1.0"]).assert_code(0);
        assert!(version.out.contains("eight hours"), "case {at}: {}", version.out);
    }
}

#[test]
fn an_approved_text_with_only_respelt_front_matter_is_bound() {
    for (at, case) in cases().iter().enumerate() {
        let handbook = approved_handbook(case);
        respell(&handbook, case, "eight");
        let bound = run(handbook.root(), &["approve", "--bind", "PRO-INC-001"]);
        assert_eq!(bound.code, 0, "case {at}: {}", bound.error);
    }
}

#[test]
fn unreadable_settings_prove_nothing() {
    let case = &cases()[0];
    let broken = || {
        let handbook = approved_handbook(&Case { settings: "front_matter: {values: [\n", ..cases()[0] });
        write(&handbook, case.approved, "four");
        commit(&handbook, "2026-04-01");
        handbook
    };
    let handbook = broken();
    respell(&handbook, case, "four");
    let bound = run(handbook.root(), &["approve", "--bind", "PRO-INC-001"]);
    bound.assert_code(2).assert_stderr(&["the settings of 2026-03-09 cannot be read"]);
    // Front matter in the default vocabulary does not need settings.
    let plain = approved_handbook(&Case { settings: "front_matter: {values: [\n", approved: PLAIN, ..cases()[0] });
    respell(&plain, case, "eight");
    run(plain.root(), &["approve", "--bind", "PRO-INC-001"]).assert_code(0);
}

#[test]
fn words_that_only_later_settings_take_for_an_approval_prove_nothing() {
    let case = Case { settings: "", ..cases()[0] };
    let handbook = approved_handbook(&case);
    write(&handbook, case.approved, "four");
    commit(&handbook, "2026-04-01");
    write_settings(&handbook, cases()[0].settings);
    commit(&handbook, "2026-04-02");
    let reason = "only today's settings read a text of 2026-03-09 as this version, approved";
    run(handbook.root(), &["approve", "--bind", "PRO-INC-001"]).assert_code(2).assert_stderr(&[reason]);
}

#[test]
fn the_approval_of_a_commit_names_the_approver_of_that_commit() {
    let case = Case {
        settings: "",
        draft: "id: PRO-INC-001\nversion: \"1.0\"\nstatus: draft\n",
        approved: PLAIN,
        later: ("", PLAIN),
    };
    let handbook = approved_handbook(&case);
    handbook.replace(PATH, "approver: Director", "approver: Somebody Else");
    handbook.replace(PATH, "owner: Desk Manager", "owner: New Manager");
    commit(&handbook, "2026-04-01");
    run(handbook.root(), &["approve", "--bind", "PRO-INC-001"]).assert_code(0);
    let text = handbook.read(PATH);
    assert!(text.contains("approver: Somebody Else\n"), "{text}");
    assert!(text.contains("by: Desk Manager") && text.contains("approver: Director"), "{text}");
}

#[test]
fn a_document_that_comes_back_in_a_new_file_is_the_one_that_was_approved() {
    let case = Case {
        settings: "",
        draft: "id: PRO-INC-001\nversion: \"1.0\"\nstatus: draft\n",
        approved: PLAIN,
        later: ("", PLAIN),
    };
    let handbook = approved_handbook(&case);
    let other = "---\nid: PRO-OTH-001\nversion: \"1.0\"\nstatus: draft\n";
    handbook.write(PATH, &format!("{other}{EXTRA_KEYS}---\n\nOther.\n"));
    commit(&handbook, "2026-04-01");
    handbook.write("content/back.md", &format!("---\n{PLAIN}{EXTRA_KEYS}---\n\nWe answer within four hours.\n"));
    commit(&handbook, "2026-05-01");
    let bound = run(handbook.root(), &["approve", "--bind", "PRO-INC-001"]);
    bound.assert_code(2).assert_stderr(&["- We answer within eight hours"]);
}

#[test]
fn another_main_standard_makes_a_claim_without_one_another_claim() {
    let (before, after) = ("standards: [iso20000-1, iso27001]\n", "standards: [iso27001, iso20000-1]\n");
    let bare = format!("{PLAIN}clauses: [\"8.1\"]\n");
    let full = format!("{PLAIN}clauses: [\"iso20000-1:8.1\"]\n");
    let heading = "## Plan {clauses=8.1}\n\nWe plan.\n";
    for (front, body, later, is_edited) in [
        (&*bare, "", after, true),
        (PLAIN, heading, after, true),
        (&*bare, "", "standards: [iso27001]\n", true),
        (&*full, "", after, false),
        (PLAIN, "", after, false),
        (&*bare, "", "standards: [iso20000-1]\n", false),
    ] {
        let handbook = Handbook::empty();
        git(handbook.root(), (DAY, DAY), &["init", "-q"]);
        write_settings(&handbook, before);
        commit(&handbook, "2026-03-01");
        write(&handbook, front, "four");
        handbook.write(PATH, &format!("{}\n{body}", handbook.read(PATH)));
        commit(&handbook, "2026-03-09");
        write_settings(&handbook, later);
        commit(&handbook, "2026-05-01");
        let findings_list = findings(&handbook);
        let names_standard = findings_list.iter().any(|(_, help)| help.contains("make another the main one"));
        assert_eq!(names_standard, is_edited, "{front}{body}{later}: {findings_list:?}");
        let bound = run(handbook.root(), &["approve", "--bind", "PRO-INC-001"]);
        assert_eq!(bound.code == 0, !is_edited, "{front}{body}{later}: {}", bound.error);
    }
}
