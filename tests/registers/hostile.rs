//! Unusual registers by people and programs, and the messages of commands that cannot handle them.

use std::fmt::Write;
use std::fs;

use super::commands::{PROGRAMME, assert_refused, fixture, run, run_ok, text};
use super::support::Fixture;

#[test]
fn a_comma_before_the_bracket_is_accepted() {
    let cases = [
        ("- {id: NC-1, title: One, grade: minor, found: 2026-09-01,}", "cause=Noise", "2026-09-01, cause: Noise}"),
        ("- {id: NC-1, title: One, grade: minor, found: 2026-09-01 , }", "cause=Noise", "2026-09-01 , cause: Noise }"),
        (
            "- {id: NC-1, title: One, grade: minor, found: 2026-09-01,\n  }",
            "cause=Noise",
            "2026-09-01, cause: Noise\n  }",
        ),
        (
            "- {id: NC-1, title: One, grade: minor, found: 2026-09-01, effect: {due: 2026-12-01,},}",
            "effect.words=Quiet",
            "effect: {due: 2026-12-01, words: Quiet},}",
        ),
    ];
    for (entry, pair, expected) in cases {
        let fixture = fixture(&format!(
            "nonconformities:\n{entry}\n- {{id: NC-2, title: Two, grade: minor, found: 2026-09-02}}\n"
        ));
        run_ok(&fixture, &["set", "NC-1", pair]);
        assert!(text(&fixture).contains(expected), "{}", text(&fixture));
    }
}

#[test]
fn unreadable_files_are_named() {
    let entry = "nonconformities:\n- {id: NC-1, title: One, grade: minor, found: 2026-09-01}\n";
    let anchors = "anchors and aliases such as `&name` and `*name` are not supported";
    let cases: [(Vec<u8>, &str, &str); 4] = [
        (
            [entry.replace("One", "One ").as_bytes(), b"# \xff\n"].concat(),
            "content/r.yaml",
            "this file is not UTF-8 text",
        ),
        (entry.replace("- {", "\t- {").into_bytes(), "content/r.yaml:2:", "NC-1"),
        (entry.replace("NC-1", "&a NC-1").into_bytes(), "content/r.yaml:2:8", anchors),
        (entry.replace("One", "&a One").into_bytes(), "content/r.yaml:2:21", anchors),
    ];
    for (register, place, reason) in cases {
        let fixture = fixture(entry);
        fs::write(fixture.path("content/r.yaml"), &register).expect("a register");
        for arguments in [
            &["set", "NC-1", "cause=Noise"][..],
            &["new", "--action", "NC-1", "Ask", "--who", "Desk", "--due", "2026-12-01"],
        ] {
            let (output, succeeded) = run(&fixture, arguments);
            assert!(!succeeded && output.contains(place) && output.contains(reason), "{arguments:?}: {output}");
        }
        // An entry with an unreadable key can be explained.
        let is_lost = !String::from_utf8_lossy(&register).contains("&a One");
        let (output, succeeded) = run(&fixture, &["explain", "NC-1"]);
        assert_eq!(succeeded, !is_lost, "{output}");
        assert!(!is_lost || output.contains(reason), "{output}");
        assert_eq!(fs::read(fixture.path("content/r.yaml")).expect("a register"), register);
    }
}

#[test]
fn a_row_without_its_last_cell_is_named() {
    let owner = PROGRAMME.replace("r.yaml", "suppliers.csv");
    let table = |row: &str| format!("id,title,kind,manager\n{row}\n");
    for (row, reason) in [
        ("S-1,Post,external", "the row of S-1 has 3 of 4 cells; write a comma for each cell that is empty"),
        ("S-1,\"Post,external,Desk", "content/suppliers.csv:2:5: this quotation mark is not closed"),
    ] {
        let fixture = Fixture::new(&[("content/programme.md", &owner), ("content/suppliers.csv", &table(row))]);
        let (output, succeeded) = run(&fixture, &["set", "S-1", "manager=Desk"]);
        assert!(!succeeded && output.contains(reason), "{output}");
    }
}

#[test]
fn rewriting_history_prints_a_note() {
    let register = "audits:\n- {id: A26-1, title: One, kind: internal, planned: 2026-11-02, held: 2026-11-03, clauses: [\"9.1\"]}\n\
        - {id: A26-2, title: Two, kind: internal, planned: 2027-11-02, clauses: [\"9.1\"]}\n\
        nonconformities:\n- {id: NC-1, title: Late, grade: minor, found: 2026-09-01, closed: 2026-10-01, cause: Noise}\n\
        improvements:\n- {id: IMP-1, title: Fast, state: in-work, actions: [{what: Ask, who: Desk, due: 2026-10-01, done: 2026-09-30}]}\n";
    let fixture = fixture(register);
    for (arguments, note) in [
        (
            vec!["A26-1", "kind=customer", "clauses=9.2"],
            "held on 2026-11-03, and what its record says under `kind`, `clauses`",
        ),
        (vec!["NC-1", "cause=Silence"], "closed on 2026-10-01, and what its record says under `cause`"),
        (vec!["IMP-1", "--action", "1", "who=Director"], "done on 2026-09-30, and what its record says under `who`"),
    ] {
        let output = run_ok(&fixture, &[&["set"], &arguments[..]].concat());
        assert!(output.contains(note) && output.contains("say why in the commit message"), "{output}");
    }
    // Future events may change, and missing values may be added.
    for arguments in
        [["A26-2", "clauses=9.2"], ["A26-1", "note=Held by telephone."], ["NC-1", "correction=Called back"]]
    {
        let output = run_ok(&fixture, &[&["set"], &arguments[..]].concat());
        assert!(!output.contains("Note:"), "{output}");
    }
    assert_refused(&fixture, &["set", "NC-1", "found=2026-08-01"], "the day on which it was found stays");
}

#[test]
fn management_reviews_beyond_one_page_are_found_from_the_first() {
    let mut register = String::from("management_reviews:\n");
    for number in 1..=201 {
        let _ =
            writeln!(register, "- {{id: MR-{number}, title: Review {number}, held: 2026-01-05, present: [Director]}}");
    }
    let fixture = fixture(&register);
    run_ok(&fixture, &["build", "-q"]);
    let page = |path: &str| fs::read_to_string(fixture.path("site").join(path)).expect("a page");
    let (first, second) = (page("management-reviews.html"), page("management-reviews-2.html"));
    for (page, current) in [(&first, "management-reviews.html"), (&second, "management-reviews-2.html")] {
        for part in ["management-reviews.html", "management-reviews-2.html"] {
            let mark = if part == current { " aria-current=\"page\"" } else { "" };
            assert!(page.contains(&format!("<li><a href=\"{part}\"{mark}>")), "{current} does not lead to {part}");
        }
    }
    // The latest are on the first part.
    assert!(first.contains("MR-201") && !second.contains("MR-201") && !first.contains("\"MR-1\""));
}

#[test]
fn command_placeholders_are_not_values() {
    let entry =
        "nonconformities:\n- {id: NC-1, title: One, grade: minor, found: 2026-09-01, due: 2026-12-01, cause: Noise}\n";
    let fixture = fixture(entry);
    for arguments in [
        &["close", "NC-1", "--by", "ROLE"][..],
        &["close", "NC-1", "--effect", "effective", "--by", "ROLE"],
        &["set", "NC-1", "due=2026-12-31", "--by", "ROLE", "--reason", "Late parts"],
        &["set", "NC-1", "cause=TEXT"],
        &["new", "--register", "nonconformities", "TITLE", "--set", "grade=minor", "--set", "found=2026-09-01"],
        &["review", "PLN-A-001", "--by", "ROLE"],
        &["approve", "PLN-A-001", "--by", "ROLE"],
    ] {
        assert_refused(&fixture, arguments, "` stands for");
    }
}
