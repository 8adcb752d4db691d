//! Days before the newest day in the files: the files are judged for a day on which they did not all exist, which is
//! reported.

use serde_json::Value;

use crate::support::{Handbook, run};

const TEXT: &str = "---\nid: PRO-A-001\ntitle: A\ntype: procedure\nversion: \"3.0\"\nstatus: approved\nowner: Desk Manager\n\
                    approver: Director\napproved: 2026-03-09\nchanges:\n- {version: \"3.0\", date: 2026-03-09}\n\
                    - {version: \"2.0\", date: 2025-03-09}\n---\n\nText.\n";
const LATER_DATES_NOTE: &str = "These files contain dates up to 2026-03-09 but are assessed as of 2026-03-01. To assess the handbook as it was then, use `--at 2026-03-01`.";

fn handbook() -> Handbook {
    let handbook = Handbook::empty();
    handbook.write("clausebook.yaml", "title: Example handbook\n");
    handbook.write("content/a.md", TEXT);
    handbook.write(
        "content/b.md",
        &TEXT.replace("PRO-A", "PRO-B").replace("2026-03-09", "2025-06-01").replace("Text.", "See [[PRO-A-001]]."),
    );
    handbook
}

#[test]
fn every_report_says_that_its_files_are_later() {
    let handbook = handbook();
    let check = |day: &str, format: &str| run(handbook.root(), &["check", "--as-of", day, "--format", format]);
    for format in ["text", "concise", "github", "gitlab", "junit", "sarif", "markdown"] {
        let has_note = |day: &str| {
            let run = check(day, format);
            (run.out + &run.error).contains("are assessed as of")
        };
        assert!(has_note("2026-03-01") && has_note("2026-03-08"), "{format}");
        assert!(!has_note("2026-03-09") && !has_note("2026-11-22"), "{format}");
    }
    check("2026-03-01", "text").assert_stdout(&[LATER_DATES_NOTE]);
    run(handbook.root(), &["status", "--as-of", "2026-03-01"]).assert_code(0).assert_stdout(&[LATER_DATES_NOTE]);
    let basis = |day: &str| serde_json::from_str::<Value>(&check(day, "json").out).unwrap()["basis"].clone();
    assert_eq!(basis("2026-03-01"), serde_json::json!({"kind": "later-files", "newest": "2026-03-09"}));
    assert_eq!(basis("2026-03-09"), Value::Null);
}

#[test]
fn an_earlier_version_was_in_force_then() {
    let handbook = handbook();
    let build = |day: &str| {
        run(handbook.root(), &["build", "--as-of", day, "--output", "site"]).assert_code(0);
        (handbook.read("site/index.html"), handbook.read("site/a.html"))
    };
    let (home, page) = build("2026-03-01");
    let notice =
        home.split("These files contain dates").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a notice");
    for words in ["9 March 2026", "assessed as of", "1 March 2026", "--at 2026-03-01"] {
        assert!(notice.contains(words), "{words:?} is not in {notice}");
    }
    assert!(page.contains("Superseded text: version 2.0 was in force."));
    let check = run(handbook.root(), &["check", "--as-of", "2026-03-01"]);
    check.assert_stdout(&["PRO-A-001 is not yet in force with this text (version 2.0 was in force)"]);
    let (home, page) = build("2026-03-09");
    assert!(!home.contains("are assessed as of") && !page.contains("Superseded text"));
    let (_, page) = build("2025-03-08");
    assert!(page.contains("This document is not yet in force."), "before every version");
}
