//! Which text was approved as a version, and its proof.

use super::repository::{DRAFT, ID, Repository, approved, policy};
use super::shapes::linear;

/// The result of `show --at VERSION`: the number of days in the text, or why it is not proved.
fn version_text(repository: &Repository, version: &str) -> String {
    let run = repository.run(&["show", ID, "--at", version]);
    if run.code == 0 {
        let (_, rest) = run.out.split_once("within ").expect("a limit");
        return rest.split(' ').next().unwrap_or_default().to_owned();
    }
    run.error.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_document_is_followed_through_moves_and_changes_of_place() {
    let repository = linear();
    // It is moved and changed at once, then removed, and restored under another name.
    repository.remove("content/policy.md");
    repository.write("content/change/one.md", &policy("3.0", &approved("2026-05-09"), "two"));
    repository.commit("2026-05-10");
    repository.remove("content/change/one.md");
    repository.commit("2026-05-20");
    repository.write("content/two.md", &policy("4.0", &approved("2026-06-09"), "one"));
    repository.commit("2026-06-10");
    for (version, days) in [("2.0", "three"), ("3.0", "two"), ("4.0", "one")] {
        assert_eq!(version_text(&repository, version), days, "{version}");
    }
}

#[test]
fn two_documents_that_change_places_keep_their_histories() {
    let other = |version: &str, days: &str| policy(version, &approved("2026-03-09"), days).replace(ID, "POL-CHG-002");
    let repository = Repository::new();
    repository.write("content/a.md", &policy("1.0", DRAFT, "five"));
    repository.write("content/b.md", &other("1.0", "fifty"));
    repository.commit("2026-01-10");
    repository.write("content/a.md", &policy("1.0", &approved("2026-02-09"), "four"));
    repository.commit("2026-02-10");
    repository.write("content/b.md", &policy("2.0", &approved("2026-03-09"), "three"));
    repository.write("content/a.md", &other("1.0", "fifty"));
    repository.commit("2026-03-10");
    assert_eq!(version_text(&repository, "1.0"), "four");
    assert_eq!(version_text(&repository, "2.0"), "three");
}

#[test]
fn an_id_that_comes_back_after_another_document_had_the_file_is_followed() {
    let repository = linear();
    repository.write("content/policy.md", &policy("1.0", DRAFT, "ninety").replace(ID, "POL-CHG-002"));
    repository.write("content/split.md", &policy("3.0", &approved("2026-05-09"), "two"));
    repository.commit("2026-05-10");
    assert_eq!(version_text(&repository, "2.0"), "three");
    assert_eq!(version_text(&repository, "3.0"), "two");
}

#[test]
fn the_first_approved_text_counts_however_often_it_comes_back() {
    let repository = linear();
    repository.write("content/policy.md", &policy("2.0", DRAFT, "forty"));
    repository.commit("2026-05-10");
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "fifty"));
    repository.commit("2026-06-10");
    assert_eq!(version_text(&repository, "2.0"), "three");
    // A version identifies one text: a second one with a day of its own is not proved.
    repository.write("content/policy.md", &policy("2.0", &approved("2026-07-09"), "sixty"));
    repository.commit("2026-07-10");
    assert_eq!(
        version_text(&repository, "2.0"),
        "error: nothing proves the text of version 2.0 of POL-CHG-001: on 2026-03-09, another text was approved as this \
         version; use --rev if a revision is meant"
    );
}

#[test]
fn a_digest_proves_a_text_wherever_it_was_committed() {
    let repository = Repository::new();
    let text = policy("1.0", &approved("2026-01-05"), "five");
    repository.write("content/policy.md", &text);
    repository.commit("2026-01-10");
    let report = repository.run(&["check", "--as-of", "2026-01-10", "--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&report.out).expect("JSON");
    let digest = data["documents"][0]["digest"].as_str().expect("a digest").to_owned();
    let entry = |digest: &str| {
        format!(
            "changes:\n- {{version: \"1.0\", date: 2026-01-05, summary: First., approver: Service Director, digest: \"{digest}\"}}\nowner:"
        )
    };
    let bind = |text: &str, digest: &str| text.replace("owner:", &entry(digest));
    repository.write("content/policy.md", &bind(&policy("2.0", DRAFT, "three"), &digest));
    repository.commit("2026-02-10");
    repository
        .run(&["show", ID, "--at", "1.0"])
        .assert_code(0)
        .assert_stdout(&["within five days"])
        .assert_stderr(&["version 1.0 (proved by its digest)"]);
    repository.write("content/policy.md", &bind(&policy("2.0", DRAFT, "three"), &"0".repeat(32)));
    assert_eq!(
        version_text(&repository, "1.0"),
        "error: nothing proves the text of version 1.0 of POL-CHG-001: no commit contains the text with this digest; \
         use --rev if a revision is meant"
    );
}

#[test]
fn root_commits_shallow_borders_and_missing_texts_prove_nothing() {
    let repository = Repository::new();
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "three"));
    repository.commit("2026-03-10");
    let of = |repository: &Repository| version_text(repository, "2.0");
    assert!(of(&repository).contains("the repository begins on 2026-03-10 with this version"), "{}", of(&repository));
    let repository = linear();
    assert_eq!(of(&repository), "three");
    for (depth, proved) in [(1, false), (2, false), (3, true), (4, true)] {
        let clone = repository.shallow_clone(depth);
        match proved {
            true => assert_eq!(of(&clone), "three", "{depth}"),
            false => assert!(of(&clone).contains("the clone is shallow"), "{depth}: {}", of(&clone)),
        }
    }
    repository.delete_object("HEAD~1:sms/content/policy.md");
    assert!(of(&repository).contains("the clone lacks a text of 2026-03-10"), "{}", of(&repository));
    let older = linear();
    older.delete_object("HEAD~2:sms/content/policy.md");
    assert!(of(&older).contains("the clone lacks a text of 2026-02-10"), "{}", of(&older));
}

#[test]
fn names_of_files_forge_no_history() {
    let repository = linear();
    let forged = format!("content/\u{1}{} 2020-01-01 .md", "a".repeat(40));
    repository.write(&forged, &policy("2.0", &approved("2026-03-09"), "ninety").replace(ID, "POL-CHG-009"));
    repository.commit("2026-05-10");
    assert_eq!(version_text(&repository, "2.0"), "three");
    repository.write("content/b\u{1}c\n:100644.md", "---\ntype: page\n---\n\nText.\n");
    std::fs::write(repository.path("content/picture.png"), [0_u8, 159, 146, 150]).expect("a file");
    std::fs::write(repository.path("content/no-text.md"), [b'-', b'-', b'-', b'\n', 0xff, 0xfe]).expect("a file");
    repository.commit("2026-06-10");
    assert_eq!(version_text(&repository, "2.0"), "three");
}

#[test]
fn of_texts_with_the_digest_the_one_that_was_approved_counts() {
    let repository = Repository::new();
    repository.write("content/policy.md", &policy("1.0", DRAFT, "five"));
    repository.commit("2026-01-10");
    repository.run(&["approve", ID, "--by", "Service Director", "--on", "2026-02-01"]).assert_code(0);
    repository.commit("2026-02-02");
    let text = std::fs::read_to_string(repository.path("content/policy.md")).expect("a file");
    repository.write("content/policy.md", &text.replace("owner: ", "owner: Other "));
    repository.commit("2026-03-10");
    let version = repository.run(&["show", ID, "--at", "1.0"]).assert_code(0);
    version
        .assert_stdout(&["within five days", "status: approved"])
        .assert_stderr(&["2026-02-02", "proved by its digest"]);
}

#[test]
fn a_digest_is_found_in_the_handbook_that_the_text_was_in() {
    let repository = Repository::new();
    let text = policy("1.0", &approved("2026-01-05"), "five") + "\n[The form](form.txt), [others](other.md).\n";
    let other = "---\nid: POL-OTH-001\ntitle: Other\ntype: policy\n---\n\nOther.\n";
    repository.write("content/policy.md", &text);
    repository.write("content/other.md", other);
    repository.write("content/form.txt", "the old form");
    repository.commit("2026-01-10");
    // A review writes the digest of the rendered text.
    repository.run(&["review", ID, "--by", "Service Manager", "--on", "2026-01-10"]).assert_code(0);
    let reviewed = std::fs::read_to_string(repository.path("content/policy.md")).expect("the policy");
    let digest = reviewed
        .split("digest: ")
        .nth(1)
        .and_then(|rest| rest.lines().next())
        .expect("a digest")
        .trim_matches(['"', '\'']);
    assert!(digest.starts_with("3:"), "{digest}");
    let entry = format!("changes:\n- {{version: \"1.0\", date: 2026-01-05, digest: \"{digest}\"}}\nowner:");
    // Everything that it links to has moved, and the form has changed.
    repository.remove("content/other.md");
    repository.write("content/moved/other.md", other);
    repository.write("content/form.txt", "the new form");
    repository.write("content/policy.md", &policy("2.0", DRAFT, "three").replace("owner:", &entry));
    repository.commit("2026-02-10");
    assert_eq!(version_text(&repository, "1.0"), "five");
    repository.run(&["show", ID, "--at", "1.0"]).assert_code(0).assert_stderr(&["(proved by its digest)"]);
}
