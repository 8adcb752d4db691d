//! `show`: a document as it was at an earlier time.

use super::repository::{DRAFT, ID, Repository, approved, policy};
use super::shapes::{all, linear};

/// The bytes of the policy on a day according to git itself, if any.
fn git_content(repository: &Repository, day: &str) -> Option<Vec<u8>> {
    let before = format!("--before={day} 23:59:59");
    let commit = repository.git(&["rev-list", "-1", "--first-parent", &before, "HEAD"]);
    if commit.is_empty() {
        return None;
    }
    let files = repository.git(&["-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", &commit]);
    let file = files.lines().find(|path| path.ends_with("policy.md"))?;
    let mut command = std::process::Command::new("git");
    let output = command.current_dir(repository.root()).args(["show", &format!("{commit}:{file}")]).output().unwrap();
    assert!(output.status.success());
    Some(output.stdout)
}

#[test]
fn a_document_of_a_day_is_the_one_that_git_has() {
    let mut compared = 0;
    for shape in all() {
        for month in 1..=7 {
            for day in [9, 10, 12, 20, 25] {
                let day = format!("2026-{month:02}-{day:02}");
                let run = shape.repository.run(&["show", ID, "--at", &day]);
                match git_content(&shape.repository, &day) {
                    Some(bytes) => {
                        assert_eq!(run.code, 0, "{} {day}: {}", shape.name, run.error);
                        assert_eq!(run.bytes, bytes, "{} on {day}", shape.name);
                        compared += 1;
                    }
                    None => assert_eq!(run.code, 2, "{} has nothing on {day}: {}", shape.name, run.out),
                }
            }
        }
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn the_day_of_a_commit_is_that_of_its_committer() {
    let repository = Repository::new();
    repository.write("content/policy.md", &policy("1.0", DRAFT, "five"));
    repository.commit("2026-01-10");
    repository.write("content/policy.md", &policy("1.1", DRAFT, "four"));
    // The eleventh of January for the committer; still the tenth in UTC.
    repository.commit_by("2026-01-10", "2026-01-11T01:00:00+0900");
    repository.run(&["show", ID, "--at", "2026-01-10"]).assert_code(0).assert_stdout(&["within five days"]);
    repository.run(&["show", ID, "--at", "2026-01-11"]).assert_code(0).assert_stdout(&["within four days"]);
}

#[test]
fn a_version_is_the_text_that_was_approved_first() {
    let repository = linear();
    repository
        .run(&["show", ID, "--at", "2.0"])
        .assert_code(0)
        .assert_stdout(&["within three days"])
        .assert_stderr(&["POL-CHG-001 version 2.0 (proved by git), commit ", " of 2026-03-10, `content/policy.md`"]);
    // 1.0 is in the first commit, so what came before is not known.
    repository
        .run(&["show", ID, "--at", "1.0"])
        .assert_code(2)
        .assert_stderr(&["POL-CHG-001 has no version `1.0` (it has ", "; revision `1.0` not found"]);
}

#[test]
fn other_arguments_are_revisions() {
    let repository = linear();
    repository.git(&["tag", "audit"]);
    repository.git(&["tag", "2.0", "HEAD~3"]);
    repository.run(&["show", ID, "--at", "audit"]).assert_code(0).assert_stdout(&["within thirty days"]);
    repository.run(&["show", ID, "--at", "HEAD~2"]).assert_code(0).assert_stdout(&["within four days"]);
    repository.run(&["show", ID, "--at", "2.0"]).assert_code(0).assert_stdout(&["within three days"]);
    repository.run(&["show", ID, "--at", "2.0", "--rev"]).assert_code(0).assert_stdout(&["within five days"]);
    for wrong in ["no-such", "HEAD:sms", "-x", "--all", ""] {
        let at = format!("--at={wrong}");
        repository.run(&["show", ID, &at]).assert_code(2).assert_stderr(&["not found"]);
    }
}

#[test]
fn a_document_that_is_gone_is_shown_by_its_id() {
    let repository = linear();
    repository.remove("content/policy.md");
    repository.write("content/new.md", &policy("1.0", DRAFT, "nine").replace(ID, "POL-CHG-002"));
    repository.commit("2026-05-10");
    repository.run(&["show", ID, "--at", "2026-04-30"]).assert_code(0).assert_stdout(&["within thirty days"]);
    repository
        .run(&["show", ID, "--at", "2026-05-30"])
        .assert_code(2)
        .assert_stderr(&["no document has the ID `POL-CHG-001` in commit "]);
    repository
        .run(&["show", "POL-CHG-009", "--at", "2026-05-30"])
        .assert_code(2)
        .assert_stderr(&["no document has the ID `POL-CHG-009`"]);
    repository
        .run(&["show", "content/new.md", "--at", "2026-05-30"])
        .assert_code(0)
        .assert_stdout(&["within nine days"]);
}

#[test]
fn unavailable_history_is_explained() {
    let repository = linear();
    let early = ["show", ID, "--at", "2025-12-31"];
    repository.run(&early).assert_code(2).assert_stderr(&["the repository begins on 2026-01-10"]);
    let shallow = repository.shallow_clone(1);
    shallow
        .run(&early)
        .assert_code(2)
        .assert_stderr(&["this clone, which is shallow and begins on 2026-04-10: fetch the whole history"]);
    shallow.run(&["show", ID, "--at", "2.0"]).assert_code(2).assert_stderr(&[
        "nothing proves the text of version 2.0 of POL-CHG-001: the clone is shallow and begins on 2026-04-10",
    ]);
    let without_git = Repository::new();
    without_git.write("content/policy.md", &policy("1.0", &approved("2026-01-05"), "five"));
    without_git
        .run(&["show", ID, "--at", "2026-02-01"])
        .assert_code(2)
        .assert_stderr(&["git has no history of this handbook"]);
    std::fs::remove_dir_all(without_git.root().join(".git")).unwrap();
    without_git
        .run(&["show", ID, "--at", "2026-02-01"])
        .assert_code(2)
        .assert_stderr(&["git has no history of this handbook"]);
    without_git
        .run(&["show", ID, "--at", "1.0"])
        .assert_code(2)
        .assert_stderr(&["the handbook is not in a Git repository", "`git init`"]);
    // The digest in its approval proves the text of today.
    let approve = ["approve", ID, "--by", "Service Director", "--version", "2.0", "--summary", "Still five days"];
    without_git.run(&approve).assert_code(0);
    let run = without_git.run(&["show", ID, "--at", "2.0"]).assert_code(0);
    let edited = run.out.replace("within five days", "within nine days");
    assert_ne!(edited, run.out);
    without_git.write("content/policy.md", &edited);
    without_git.run(&["show", ID, "--at", "2.0"]).assert_code(2).assert_stderr(&["not in a Git repository"]);
}
