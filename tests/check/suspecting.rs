//! Documents that depend on a changed document: the changed words, from the history of the repository.

use std::path::Path;
use std::process::Command;

use crate::support::{DAY, Handbook, commit, run};

/// A policy that was approved on 2 March and, if `changed`, changed on 1 October as version 2.0.
fn policy(text: &str, changed: bool) -> String {
    let change =
        if changed { "changes:\n  - {version: '2.0', on: 2026-10-01, summary: Approval is quicker.}\n" } else { "" };
    let version = if changed { "2.0" } else { "1.0" };
    format!(
        "---\nid: POL-CHG-001\ntitle: Change policy\ntype: policy\nversion: '{version}'\nstatus: approved\nowner: Lead\n\
         approver: Director\napproved: 2026-03-02\n{change}---\n\n# Approval\n\n{text}\n"
    )
}

const PROCEDURE: &str = "---\nid: PRO-CHG-001\ntitle: Change procedure\ntype: procedure\nversion: '1.0'\nstatus: approved\n\
                         owner: Lead\napprover: Director\napproved: 2026-03-05\ndepends_on: [POL-CHG-001]\n---\n\nAs the \
                         policy says.\n";

const OLD_TEXT: &str =
    "Every change is approved within 5 working days by the change owner, and [recorded](https://a.example).";
const NEW_TEXT: &str =
    "Every change is approved within 3 working\ndays by the change owner, and [recorded](https://b.example).";

fn handbook(text: &str, changed: bool) -> Handbook {
    let handbook = Handbook::fixture();
    for path in ["content/policy.md", "content/incidents/procedure.md", "content/index.md"] {
        std::fs::remove_file(handbook.path(path)).unwrap();
    }
    handbook.write("clausebook.yaml", "title: Small\nstandards: [mini]\n");
    handbook.write("content/policy.md", &policy(text, changed));
    handbook.write("content/procedure.md", PROCEDURE);
    handbook
}

/// A handbook whose policy changed after the procedure's approval, with both versions in the repository.
fn changed_handbook() -> Handbook {
    let handbook = handbook(OLD_TEXT, false);
    handbook.commit_on("2026-03-02");
    handbook.write("content/policy.md", &policy(NEW_TEXT, true));
    handbook.commit_on("2026-10-01");
    handbook
}

/// The help of the finding, or `None` if nothing is suspect.
fn help(folder: &Path) -> Option<String> {
    let json: serde_json::Value =
        serde_json::from_str(&run(folder, &["check", "--as-of", DAY, "--format", "json"]).out).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let suspect = findings.iter().find(|finding| finding["rule"] == "suspect")?;
    Some(suspect["help"].as_str().unwrap().to_owned())
}

#[test]
fn the_words_that_changed_since_the_last_review_are_shown() {
    let handbook = changed_handbook();
    let expected = "what changed: Approval is quicker.\nwords that changed since 2026-03-05:\n\
                    - … change is approved within 5 working days by the …\n\
                    + … change is approved within 3 working days by the …";
    assert_eq!(help(handbook.root()).as_deref(), Some(expected));
    let text = handbook.check(&[]);
    text.assert_stdout(&[
        "help: what changed: Approval is quicker.",
        "+ … change is approved within 3 working days by the …",
    ]);

    handbook.write("content/policy.md", &policy(&NEW_TEXT.replace("owner", "manager"), true));
    let now = help(handbook.root()).unwrap();
    assert!(
        now.ends_with("+ … change is approved within 3 working days by the change manager, and recorded."),
        "what is not committed counts: {now}"
    );

    handbook.write(
        "content/procedure.md",
        &PROCEDURE.replace("---\n\nAs", "reviews: [{on: 2026-10-01, by: Quality}]\n---\n\nAs"),
    );
    assert_eq!(help(handbook.root()), None, "a review after the change has seen it");
}

#[test]
fn a_handbook_in_a_folder_of_its_repository_has_its_history_too() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("docs/our sms");
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("clausebook.yaml", "title: Small\n");
    write("content/a b/policy.md", &policy(OLD_TEXT, false));
    write("content/procedure.md", PROCEDURE);
    commit(outer.path(), "2026-03-02");
    write("content/a b/policy.md", &policy(NEW_TEXT, true));
    commit(outer.path(), "2026-10-01");
    assert!(help(&folder).unwrap().contains("within 3 working days"));
}

#[test]
fn a_change_counts_from_the_day_on_which_it_came_to_the_main_line() {
    let handbook = handbook(OLD_TEXT, false);
    handbook.commit_on("2026-03-02");
    let git = |arguments: &[&str], day: &str| {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command.current_dir(handbook.root()).args(identity).env("GIT_COMMITTER_DATE", format!("{day}T12:00:00+0000"));
        assert!(command.args(arguments).output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["checkout", "-q", "-b", "work"], "2026-03-03");
    handbook.write("content/policy.md", &policy(NEW_TEXT, true));
    handbook.commit_on("2026-03-03");
    git(&["checkout", "-q", "-"], "2026-03-03");
    handbook.write("content/other.md", "---\ntitle: Other\ntype: page\n---\nText.\n");
    handbook.commit_on("2026-04-01");
    git(&["merge", "-q", "--no-ff", "-m", "x", "work"], "2026-10-01");
    let help = help(handbook.root()).unwrap();
    assert!(help.contains("- … change is approved within 5 working days"), "what was not merged was not seen: {help}");
}

#[test]
fn missing_word_differences_are_explained() {
    let bare = handbook(NEW_TEXT, true);
    let message = help(bare.root()).unwrap();
    let start = "what changed: Approval is quicker.\nthe changed words are not available: ";
    assert!(message.starts_with(&format!("{start}git has no history of this handbook (")), "{message}");

    let late_repository = handbook(NEW_TEXT, true);
    late_repository.commit_on("2026-10-01");
    let expected = format!("{start}on 2026-03-05 the repository had no `content/policy.md`");
    assert_eq!(help(late_repository.root()), Some(expected));

    let shallow = tempfile::tempdir().unwrap();
    let origin = changed_handbook();
    let mut clone = Command::new("git");
    clone.args(["clone", "-q", "--depth", "1"]).arg(format!("file://{}", origin.root().display())).arg(shallow.path());
    assert!(clone.output().unwrap().status.success());
    let expected = format!("{start}this clone is shallow, and does not reach back to 2026-03-05");
    assert_eq!(help(shallow.path()), Some(expected));
}

#[test]
fn changes_without_changed_words_are_described() {
    let handbook = changed_handbook();
    handbook.write("content/policy.md", &policy(OLD_TEXT, true));
    let message = help(handbook.root()).unwrap();
    assert!(message.ends_with("\nno words changed since 2026-03-05; its front matter did"), "{message}");
    handbook.write("content/policy.md", &policy(&OLD_TEXT.replace("a.example", "b.example"), true));
    let message = help(handbook.root()).unwrap();
    assert!(
        message.ends_with("\nno words changed since 2026-03-05; links, code or claims on headings did"),
        "{message}"
    );
}

#[test]
fn a_portal_does_not_depend_on_the_repository_that_it_is_built_in() {
    let built = |handbook: &Handbook| {
        run(handbook.root(), &["build", "-q", "--as-of", DAY]).assert_code(0);
        handbook.read("site/assessment.json")
    };
    assert_eq!(built(&changed_handbook()), built(&handbook(NEW_TEXT, true)));
}
