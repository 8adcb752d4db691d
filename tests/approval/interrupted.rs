//! `clausebook approve` while an editor writes the same file, and when killed at any moment.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use assert_cmd::prelude::*;

use crate::support::{DAY, Handbook};

const DOCUMENTS: usize = 40;
/// The number of moments at which a run is disturbed, in steps of two milliseconds.
const MOMENTS: u64 = 30;

fn draft(number: usize) -> String {
    format!(
        "---\nid: PRO-INC-{number:03}\ntitle: Incidents {number}\ntype: procedure\nversion: \"1.0\"\nstatus: draft\n\
         owner: Incident Manager\nauthor: Analyst\napprover: Service Director\n---\n\nThe desk restores service {number}.\n"
    )
}

fn path(number: usize) -> String {
    format!("content/{number}.md")
}

fn handbook() -> Handbook {
    let handbook = Handbook::empty();
    handbook.write("clausebook.yaml", &format!("title: Example handbook\nas_of: {DAY}\n"));
    (0..DOCUMENTS).for_each(|number| handbook.write(&path(number), &draft(number)));
    handbook
}

fn approve(handbook: &Handbook) -> Child {
    let mut command = Command::cargo_bin("clausebook").unwrap();
    command.current_dir(handbook.root()).args(["approve", "--by", "Service Director", "--on", DAY]);
    command.args((0..DOCUMENTS).map(path)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The texts after an undisturbed run.
fn approved_texts() -> Vec<String> {
    let handbook = handbook();
    assert!(approve(&handbook).wait().unwrap().success());
    let texts: Vec<String> = (0..DOCUMENTS).map(|number| handbook.read(&path(number))).collect();
    assert!(texts.iter().all(|text| text.contains("status: approved") && text.contains("digest: \"3:")));
    texts
}

#[test]
fn a_run_that_is_killed_leaves_every_file_as_it_was_or_as_it_is_to_be() {
    let approved = approved_texts();
    for moment in 0..MOMENTS {
        let handbook = handbook();
        let mut run = approve(&handbook);
        std::thread::sleep(Duration::from_millis(2 * moment));
        run.kill().unwrap();
        run.wait().unwrap();
        for (number, approved) in approved.iter().enumerate() {
            let text = handbook.read(&path(number));
            assert!(text == draft(number) || text == *approved, "after {moment}: {text}");
        }
        // The next run succeeds, whatever the killed one left.
        let open = (0..DOCUMENTS).any(|number| handbook.read(&path(number)) == draft(number));
        assert!(!open || approve(&handbook).wait().unwrap().success(), "after {moment}");
    }
}

#[test]
fn a_killed_approval_is_completed_by_the_same_command() {
    let (handbook, approved) = (handbook(), approved_texts());
    (0..DOCUMENTS / 2).for_each(|number| handbook.write(&path(number), &approved[number]));
    assert!(approve(&handbook).wait().unwrap().success());
    assert!(approved.iter().enumerate().all(|(number, text)| handbook.read(&path(number)) == *text));
    assert_eq!(approve(&handbook).wait().unwrap().code(), Some(2), "nothing is left to approve");
}

#[test]
fn concurrent_edits_are_neither_lost_nor_approved_unread() {
    let approved = approved_texts();
    let edited = draft(7).replace("restores", "restores and records");
    for moment in 0..MOMENTS {
        let handbook = handbook();
        let mut run = approve(&handbook);
        std::thread::sleep(Duration::from_millis(2 * moment));
        std::fs::write(handbook.path("edited"), &edited).unwrap();
        std::fs::rename(handbook.path("edited"), handbook.path(&path(7))).unwrap();
        let is_done = run.wait().unwrap().success();
        let text = handbook.read(&path(7));
        assert!(text.contains("restores and records"), "after {moment}: the words are lost: {text}");
        if text != edited {
            assert_eq!(crate::state(&handbook, "PRO-INC-007"), "current", "after {moment}: {text}");
        }
        // All documents or none.
        let others = (0..DOCUMENTS).filter(|number| *number != 7);
        for number in others {
            let expected = if is_done { &approved[number] } else { &draft(number) };
            assert_eq!(handbook.read(&path(number)), *expected, "after {moment}");
        }
    }
}
