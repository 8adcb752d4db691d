//! `approve --bind`: records the digests that Git proves.

use super::proving::{FIRST_VERSION, commit, linear, new_repository, path};
use crate::support::{Handbook, Run, run};

pub(super) fn bind(handbook: &Handbook, arguments: &[&str]) -> Run {
    run(handbook.root(), &[&["approve", "--bind"], arguments].concat())
}

#[test]
fn bind_records_what_git_proves_and_a_second_time_writes_nothing() {
    let handbook = linear();
    let texts = || ["A", "B", "C"].map(|name| handbook.read(&path(name)));
    let before = texts();
    bind(&handbook, &["PRO-A-001", "PRO-B-001", "PRO-C-001"]).assert_code(2).assert_stderr(&[
        "the text of `content/a.md` has changed since the commit of 2026-03-10 that approved it:\n- ",
        "nothing proves which text of `content/c.md` was approved: the repository begins on 2026-03-01",
    ]);
    assert_eq!(texts(), before, "of documents that are named, all are bound or none");
    bind(&handbook, &["--all", "--dry-run"]).assert_code(1).assert_stdout(&["+    digest: \"3:"]);
    assert_eq!(texts(), before);
    bind(&handbook, &["--all"])
        .assert_code(1)
        .assert_stdout(&["PRO-B-001 Text B: the approval of version 1.0 is bound to its text"])
        .assert_stderr(&["2 documents not bound:\n", "content/a.md", "content/c.md"]);
    let after = texts();
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    let bound = "changes:\n  - version: \"1.0\"\n    date: 2026-03-09\n    by: Desk Manager\n    approver: Director\n    digest: \"3:";
    assert!(after[1].contains(bound), "{}", after[1]);
    assert_eq!(crate::state(&handbook, "PRO-B-001"), "current");
    bind(&handbook, &["--all"]).assert_code(1).assert_not_in_stdout(&["PRO-B-001"]);
    assert_eq!(texts(), after, "a second time writes nothing");
    bind(&handbook, &["PRO-B-001"]).assert_code(0).assert_stderr(&["nothing to bind"]);
    assert_eq!(texts(), after);
    // With its approved text restored, A can be bound too; edits of a bound text are shown word by word.
    handbook.replace(&path("A"), "eight hours", "four hours");
    bind(&handbook, &["PRO-A-001"]).assert_code(0);
    commit(&handbook, "2026-06-01");
    handbook.replace(&path("A"), "four hours", "ten hours");
    assert_eq!(crate::state(&handbook, "PRO-A-001"), "changed");
    handbook.check(&[]).assert_code(1).assert_stdout(&[
        "error[changed-since-approval]: the text has changed since it was approved on 2026-03-09 as version 1.0",
        "- We answer within four hours",
        "+ We answer within ten hours",
    ]);
}

#[test]
fn unapproved_texts_cannot_be_bound() {
    let handbook = new_repository();
    bind(&handbook, &["PRO-A-001"])
        .assert_code(2)
        .assert_stderr(&["`content/a.md` has no approval that could be bound to a text"]);
    bind(&handbook, &["--by", "Director", "PRO-A-001"]).assert_code(2);
    bind(&handbook, &[]).assert_code(2);
}

#[test]
fn an_edit_after_the_first_commit_is_an_edit_whichever_text_was_approved() {
    let handbook = linear();
    let edited = |handbook: &Handbook| {
        let run = handbook.check(&["--fail-on", "warning"]);
        run.out.contains("warning[edited-since-approval]: the text has changed since the commit of 2026-03-01")
    };
    assert!(!edited(&handbook));
    // Other lines and other people are the same text.
    handbook.replace(&path("C"), "within four", "within\nfour");
    handbook.replace(&path("C"), "Desk Manager", "Service Manager");
    assert!(!edited(&handbook));
    handbook.replace(&path("C"), "four hours", "eight hours");
    assert!(edited(&handbook));
    handbook.check(&["--base", "HEAD", "--fail-on", "warning"]).assert_code(1).assert_stdout(&[
        "which had the same version and approval",
        "- We answer within four hours",
        "+ We answer within eight hours",
    ]);
    commit(&handbook, "2026-04-02");
    assert!(edited(&handbook));
    // It is not proved which of the two was approved, so nothing is bound.
    let run = bind(&handbook, &["PRO-C-001"]);
    assert!(run.error.contains(FIRST_VERSION), "{}", run.error);
    handbook.replace(&path("C"), "version: \"1.0\"", "version: \"1.1\"");
    assert!(!edited(&handbook));
}
