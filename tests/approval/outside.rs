//! Git's evidence for an approval whose text was elsewhere in the repository when it was approved.

use crate::proving::{OTHER_TEXT, SAME_TEXT, git};
use crate::support::{DAY, Handbook, Run, run};

const HERE: &str = "hb/content/a.md";
const THERE: &str = "old/a.md";
const OUTSIDE: &str = "it was approved outside the handbook's folder, before a commit of 2026-03-12 had it here";
const DRAFT: &str = "status: draft\n";
const APPROVED: &str = "status: approved\napproved: 2026-03-09\n";

/// A repository with a handbook in a folder that has only a page.
fn new_repository() -> Handbook {
    let repository = Handbook::empty();
    git(repository.root(), (DAY, DAY), &["init", "-q"]);
    repository.write("hb/clausebook.yaml", "title: Test\n");
    repository.write("hb/content/index.md", "---\ntype: page\n---\n\nHome.\n");
    commit(&repository, "2026-03-01");
    repository
}

fn commit(repository: &Handbook, day: &str) {
    git(repository.root(), (day, day), &["add", "-A"]);
    git(repository.root(), (day, day), &["commit", "-q", "--no-verify", "-m", "x"]);
}

fn write(repository: &Handbook, path: &str, status: &str, days: &str) {
    let head = "---\nid: PRO-A-001\ntitle: Text A\ntype: procedure\nversion: \"1.0\"\nowner: Desk Manager\napprover: Director\n";
    repository.write(path, &format!("{head}{status}---\n\nWe answer within {days} days.\n"));
}

fn remove(repository: &Handbook, path: &str) {
    std::fs::remove_file(repository.path(path)).unwrap();
}

fn check(repository: &Handbook) -> Run {
    run(&repository.path("hb"), &["check", "--as-of", DAY])
}

/// Asserts that the text is not proved and the approval is not bound.
#[track_caller]
fn assert_outside(repository: &Handbook) {
    check(repository).assert_stdout(&[OUTSIDE]).assert_not_in_stdout(&[SAME_TEXT, OTHER_TEXT]);
    for arguments in [&["PRO-A-001", "--dry-run"][..], &["PRO-A-001"]] {
        let bound = run(&repository.path("hb"), &[&["approve", "--bind"], arguments].concat());
        bound.assert_code(2).assert_stderr(&[OUTSIDE]).assert_not_in_stdout(&["digest"]);
    }
    assert!(!repository.read(HERE).contains("digest"));
}

#[test]
fn a_text_that_came_from_outside_of_the_handbook_is_not_proved() {
    for (is_edited, stays) in [(true, false), (true, true), (false, false)] {
        let repository = new_repository();
        write(&repository, THERE, APPROVED, "five");
        commit(&repository, "2026-03-09");
        if !stays {
            remove(&repository, THERE);
        }
        write(&repository, HERE, APPROVED, if is_edited { "six" } else { "five" });
        commit(&repository, "2026-03-12");
        assert_outside(&repository);
        // Later commits and moves make no difference.
        write(&repository, "hb/content/b/c.md", APPROVED, "six");
        write(&repository, "other/a.md", DRAFT, "six");
        remove(&repository, HERE);
        commit(&repository, "2026-04-01");
        check(&repository).assert_stdout(&[OUTSIDE]).assert_not_in_stdout(&[SAME_TEXT, OTHER_TEXT]);
    }
}

#[test]
fn a_version_that_came_in_two_steps_or_replaced_a_draft_is_not_proved() {
    let repository = new_repository();
    write(&repository, THERE, APPROVED, "five");
    commit(&repository, "2026-03-09");
    remove(&repository, THERE);
    commit(&repository, "2026-03-10");
    write(&repository, HERE, APPROVED, "six");
    commit(&repository, "2026-03-12");
    assert_outside(&repository);

    let repository = new_repository();
    write(&repository, HERE, DRAFT, "four");
    write(&repository, "Old/A.MD", APPROVED, "five");
    commit(&repository, "2026-03-09");
    remove(&repository, "Old/A.MD");
    write(&repository, HERE, APPROVED, "six");
    commit(&repository, "2026-03-12");
    assert_outside(&repository);
}

#[test]
fn what_was_a_draft_outside_or_went_out_later_is_proved_as_before() {
    let repository = new_repository();
    write(&repository, THERE, DRAFT, "five");
    write(&repository, "hb-2/a.md", &APPROVED.replace("09", "02"), "five");
    repository
        .write("old/b.md", "---\nid: PRO-B-001\nversion: \"1.0\"\nstatus: approved\napproved: 2026-03-09\n---\n\nB.\n");
    commit(&repository, "2026-03-09");
    remove(&repository, THERE);
    write(&repository, HERE, APPROVED, "five");
    commit(&repository, "2026-03-12");
    check(&repository).assert_stdout(&[SAME_TEXT]);
    write(&repository, "archive/a.md", APPROVED, "five");
    commit(&repository, "2026-03-13");
    check(&repository).assert_stdout(&[SAME_TEXT]);
    write(&repository, HERE, APPROVED, "six");
    commit(&repository, "2026-03-14");
    check(&repository).assert_stdout(&[OTHER_TEXT]);
}
