//! Defaults in the settings for documents.

use std::fs;
use std::process::Command;

use crate::support::Fixture;

const SETTINGS: &str = "\
title: Test
as_of: 2026-11-22
defaults:
- {id: from-file, title: from-heading, default_type: guideline, status: draft, version: \"1.0\", owner: Service Manager}
- {file: index.md, default_type: page}
";

fn adopt(files: &[(&str, &str)]) -> Fixture {
    let fixture = Fixture::new(files);
    fixture.write("clausebook.yaml", SETTINGS);
    fixture
}

fn git(fixture: &Fixture, arguments: &[&str]) {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").current_dir(fixture.path("")).args(identity).args(arguments).status();
    assert!(status.expect("git").success(), "git {arguments:?}");
}

fn commit(fixture: &Fixture) {
    git(fixture, &["init", "-q"]);
    git(fixture, &["add", "-A"]);
    git(fixture, &["commit", "-q", "-m", "state"]);
}

fn run_ok(fixture: &Fixture, arguments: &[&str]) -> String {
    let output = fixture.run(arguments);
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn documents_without_front_matter_are_controlled_linked_by_their_ids_and_in_order() {
    let fixture = adopt(&[
        ("content/index.md", "# Home\n"),
        ("content/a/second.md", "# Second thing\n\nSee [[a.first]].\n"),
        ("content/a/first.md", "# First thing\n\nText.\n"),
    ]);
    fixture.write("clausebook.yaml", &format!("{SETTINGS}order: [a/second.md, a/first.md]\n"));
    let data = fixture.assess();
    let documents = data["documents"].as_array().expect("documents");
    let titles: Vec<_> = documents.iter().map(|document| (&document["id"], &document["title"])).collect();
    assert_eq!(titles, [(&"a.first".into(), &"First thing".into()), (&"a.second".into(), &"Second thing".into())]);
    assert!(documents.iter().all(|document| document["state"] == "draft" && document["type"] == "guideline"));
    let list = fs::read_to_string(fixture.path("site/groups/other.html")).expect("a page");
    let place = |title: &str| list.find(title).unwrap_or_else(|| panic!("no {title}"));
    assert!(place("Second thing") < place("First thing"), "the order of the settings");
}

#[test]
fn a_renamed_file_loses_its_derived_id_and_the_check_against_the_base_says_so() {
    let fixture = adopt(&[("content/incidents.md", "# Incidents\n\nCall the desk.\n")]);
    commit(&fixture);
    fs::rename(fixture.path("content/incidents.md"), fixture.path("content/incident-policy.md")).expect("renamed");
    let report = run_ok(&fixture, &["check", "--base", "HEAD"]);
    for text in [
        "warning[lost-id]: incidents, which came from its file name, was the ID of `content/incidents.md` at HEAD",
        "content/incident-policy.md",
        "write `id: incidents` in this file if it is the same document",
    ] {
        assert!(report.contains(text), "{text}\n{report}");
    }
    fixture.write("content/incident-policy.md", "---\nid: incidents\n---\n# Incidents\n\nCall the desk.\n");
    let report = run_ok(&fixture, &["check", "--base", "HEAD"]);
    assert!(!report.contains("lost-id"), "{report}");
}

#[test]
fn a_deleted_document_in_force_is_an_error_and_a_retired_one_a_warning() {
    let document = |id: &str, status: &str| {
        format!(
            "---\nid: {id}\ntitle: {id}\ntype: policy\nversion: 1\nstatus: {status}\nowner: Owner\napprover: Director\n\
             approved: 2026-03-02\n---\nText.\n"
        )
    };
    let fixture = Fixture::new(&[
        ("content/a.md", &document("POL-A", "approved")),
        ("content/b.md", &document("POL-B", "retired")),
        ("content/c.md", &document("POL-C", "approved")),
    ]);
    commit(&fixture);
    fs::remove_file(fixture.path("content/a.md")).expect("removed");
    fs::remove_file(fixture.path("content/b.md")).expect("removed");
    let report = run_ok(&fixture, &["check", "--base", "HEAD", "--baseline", "known.json", "--update-baseline"]);
    assert!(report.contains("error[lost-id]: POL-A was the ID of `content/a.md` at HEAD"), "{report}");
    assert!(report.contains("warning[lost-id]: POL-B was"), "{report}");
    assert!(!report.contains("POL-C was"), "{report}");
    let baseline = fs::read_to_string(fixture.path("known.json")).expect("a baseline");
    assert!(!baseline.contains("lost-id"), "a loss cannot be got used to: {baseline}");
}

#[test]
fn documents_in_the_handbooks_own_folder_are_read_and_the_portal_is_not() {
    let fixture = Fixture::new(&[]);
    fs::remove_dir(fixture.path("content")).expect("empty");
    for (path, text) in [
        ("clausebook.yaml", &*format!("{SETTINGS}content: .\nexclude: [notes, CHANGELOG.md]\n")),
        ("README.md", "# Start\n\n[Access](policies/access.md), [the same](/policies/access.md)\n"),
        ("policies/access.md", "# Access\n\n[Start](../README.md)\n"),
        ("notes/private.md", "# Private\n"),
        ("CHANGELOG.md", "# Changes\n"),
        ("node_modules/x/README.md", "# A program\n"),
        ("themes/mine/README.md", "# A theme\n"),
    ] {
        fixture.write(path, text);
    }
    let first = fixture.assess();
    let ids: Vec<_> =
        first["documents"].as_array().expect("documents").iter().map(|document| &document["id"]).collect();
    assert_eq!(ids, ["README", "policies.access"]);
    let report = run_ok(&fixture, &["check"]);
    assert!(!report.contains("broken-link") && !report.contains("site/"), "{report}");
    fixture.write("site/stray.md", "# Stray\n");
    let second = fixture.run(&["check", "--format", "json"]);
    assert!(!String::from_utf8_lossy(&second.stdout).contains("stray"));
}

#[test]
fn an_approval_needs_front_matter_in_the_file() {
    let fixture = adopt(&[("content/incidents.md", "# Incidents\n\nCall the desk.\n")]);
    let approve =
        ["approve", "incidents", "--by", "Director", "--version", "1.0", "--summary", "First", "--on", "2026-11-20"];
    let report = run_ok(&fixture, &approve);
    assert!(report.contains("`clausebook adopt --apply` writes one"), "{report}");
    fixture.run(&["adopt", ".", "--apply"]);
    let report = run_ok(&fixture, &approve);
    let text = fs::read_to_string(fixture.path("content/incidents.md")).expect("a file");
    assert!(text.contains("status: approved") && text.contains("id: incidents"), "{report}\n{text}");
    assert_eq!(fixture.assess()["documents"][0]["state"], "current", "{text}");
}
