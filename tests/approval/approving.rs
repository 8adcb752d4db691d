//! `clausebook approve`: drafts and new versions, refusals, and unchanged content.

use crate::state;
use crate::support::{DAY, Handbook, Run, run};

const PATH: &str = "content/a.md";
const DRAFT: &str = "---\nid: PRO-INC-001\ntitle: Incidents\ntype: procedure\n# not yet\nversion: \"1.0\"\nstatus: draft # for now\n\
                     owner: Incident Manager\nauthor: Analyst\napprover: Service Director\ntags: [night, 'desk']\n---\n\n\
                     The desk restores the service.\n";

fn handbook(text: &str) -> Handbook {
    let handbook = Handbook::empty();
    handbook
        .write("clausebook.yaml", &format!("title: Example handbook\nas_of: {DAY}\napprovals: {{bound: required}}\n"));
    handbook.write(PATH, text);
    handbook
}

fn approve(handbook: &Handbook, arguments: &[&str]) -> Run {
    run(handbook.root(), &[&["approve", "PRO-INC-001"], arguments].concat())
}

const BY: [&str; 4] = ["--by", "Service Director", "--on", DAY];

#[test]
fn a_draft_is_approved_edited_changed_and_approved_again() {
    let handbook = handbook(DRAFT);
    approve(&handbook, &BY)
        .assert_code(0)
        .assert_stdout(&["PRO-INC-001 Incidents: version 1.0 approved on 2026-11-22 by Service Director"]);
    let text = handbook.read(PATH);
    let (front, _) = text.split_once("\n---\n\nThe desk").unwrap();
    let expected = "---\nid: PRO-INC-001\ntitle: Incidents\ntype: procedure\n# not yet\nversion: \"1.0\"\nstatus: approved # for now\n\
                  approved: 2026-11-22\nowner: Incident Manager\nauthor: Analyst\napprover: Service Director\n\
                  tags: [night, 'desk']\nchanges:\n  - version: \"1.0\"\n    date: 2026-11-22\n    by: Analyst\n    \
                  summary: First approved version.\n    approver: Service Director\n    digest: \"3:";
    assert!(front.starts_with(expected), "{front}");
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    handbook.check(&["--fail-on", "note"]).assert_not_in_stdout(&["unbound-approval", "self-approval", "version-"]);
    handbook.replace(PATH, "The desk restores the service.", "The desk restores the service within 30 days.");
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed");
    handbook
        .check(&[])
        .assert_code(1)
        .assert_stdout(&["the text has changed since it was approved on 2026-11-22 as version 1.0"]);
    handbook.review(&["PRO-INC-001"]).assert_code(2).assert_stderr(&["is not the one that was approved"]);
    approve(&handbook, &BY).assert_code(2).assert_stderr(&[
        "the text of `content/a.md` differs from the one approved as version 1.0; approve it as a higher version with \
         --version, and say what changed with --summary",
    ]);
    let higher = [&BY[..], &["--version", "1.1"]].concat();
    approve(&handbook, &higher)
        .assert_code(2)
        .assert_stderr(&["say what changed in version 1.1 of `content/a.md` with --summary"]);
    approve(&handbook, &[&higher[..], &["--summary", "A limit: 30 days."]].concat()).assert_code(0);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    let text = handbook.read(PATH);
    let first =
        text.find("  - version: \"1.1\"\n    date: 2026-11-22\n    by: Analyst\n    summary: \"A limit: 30 days.\"\n");
    assert!(first.unwrap() < text.find("  - version: \"1.0\"").unwrap(), "the newest comes first:\n{text}");
    handbook.check(&[]).assert_not_in_stdout(&["version-without-approval", "changed-since", "version-not-raised"]);
    handbook.review(&["PRO-INC-001"]).assert_code(0);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
}

#[test]
fn a_version_that_is_written_twice_is_bound_to_no_text() {
    let handbook = handbook(DRAFT);
    approve(&handbook, &BY).assert_code(0);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    handbook.replace(PATH, "version: \"1.0\"\nstatus", "version: \"1.0\"\nversion: \"2.0\"\nstatus");
    assert_eq!(state(&handbook, "PRO-INC-001"), "draft");
    handbook.check(&[]).assert_code(1).assert_stdout(&["`version` appears more than once"]);
}

#[test]
fn all_obstacles_to_an_approval_are_reported_together() {
    let handbook = handbook(DRAFT);
    handbook.write("content/index.md", "---\ntitle: Home\ntype: page\n---\n\nWelcome.\n");
    handbook.write(
        "content/b.md",
        &DRAFT.replace("PRO-INC-001", "PRO-INC-002").replace("status: draft", "status: drafted"),
    );
    handbook.write(
        "content/c.md",
        &DRAFT
            .replace("PRO-INC-001", "PRO-INC-003")
            .replace("version: \"1.0\"\n", "")
            .replace("tags: [", "changes: [{version: \"0.9\", date: 2026-11-23}]\ntags: ["),
    );
    handbook.write(
        "content/d.md",
        &DRAFT
            .replace("PRO-INC-001", "PRO-INC-004")
            .replace("The desk", "> [!NOTE]\n> **Draft.** Decide.\n\n![x](x.png)"),
    );
    std::fs::create_dir(handbook.path("content/x.png")).unwrap();
    let before: Vec<String> = ["a", "b", "c", "d"].map(|name| handbook.read(&format!("content/{name}.md"))).into();
    let names = ["PRO-INC-001", "PRO-INC-002", "PRO-INC-003", "PRO-INC-004", "content/index.md", "PRO-INC-009"];
    let by = ["--by", "analyst", "--on", DAY];
    run(handbook.root(), &[&["approve"], &names[..], &by].concat()).assert_code(2).assert_stderr(&[
        "analyst owns or wrote `content/a.md`, so another role must approve it",
        "the approver of `content/a.md` is Service Director; add --change-approver to make it analyst",
        "`content/b.md` has errors, which come first: content/b.md:7:9",
        "`content/c.md` was changed on 2026-11-23; an approval on 2026-11-22 says nothing about that text",
        "`content/d.md` still begins with the note for drafts; delete it first",
        "`content/index.md` is a page, not a controlled document, so it cannot be approved",
        "`PRO-INC-009`",
    ]);
    let after: Vec<String> = ["a", "b", "c", "d"].map(|name| handbook.read(&format!("content/{name}.md"))).into();
    assert_eq!(before, after, "all or none");
    approve(&handbook, &["--by", "Service Director", "--on", "2126-01-01"])
        .assert_code(2)
        .assert_stderr(&["2126-01-01 is in the future"]);
    handbook.replace(PATH, "status: draft", "status: retired");
    approve(&handbook, &BY).assert_code(2).assert_stderr(&["`content/a.md` is retired"]);
    handbook.replace(PATH, "status: retired", "status: draft");
    let heir = "---\nid: POL-B-001\ntitle: Heir\ntype: policy\nstatus: approved\nversion: \"1\"\nowner: Desk Manager\n\
                approver: Director\napproved: 2026-03-01\nsupersedes: [PRO-INC-001]\n---\n\nText.\n";
    handbook.write("content/heir.md", heir);
    approve(&handbook, &BY)
        .assert_code(2)
        .assert_stderr(&["`content/a.md` is retired, because POL-B-001 Heir replaces it"]);
}

#[test]
fn another_approver_and_several_of_them() {
    let handbook = handbook(DRAFT);
    let by = ["--by", "Managing Director", "--on", DAY];
    approve(&handbook, &by).assert_code(2).assert_stderr(&["add --change-approver to make it Managing Director"]);
    approve(&handbook, &[&by[..], &["--change-approver", "--by", "O'Neil: deputy"]].concat()).assert_code(0);
    assert!(
        handbook.read(PATH).contains("\napprover: [Managing Director, \"O'Neil: deputy\"]\n"),
        "{}",
        handbook.read(PATH)
    );
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    handbook.check(&[]).assert_not_in_stdout(&["unauthorized-approver"]);
    handbook.replace(PATH, "restores", "repairs");
    let next = ["--version", "2", "--summary", "x", "--on", DAY];
    approve(&handbook, &[&next[..], &["--by", "Managing Director"]].concat())
        .assert_code(2)
        .assert_stderr(&["the approver of"]);
    approve(&handbook, &[&next[..], &["--by", "o'neil: deputy", "--by", "managing  director"]].concat()).assert_code(0);
    // The approver may come from the settings; and if the rule `self-approval` is off, `approve` accepts self-approval.
    let handbook = self::handbook(&DRAFT.replace("approver: Service Director\n", ""));
    let settings =
        format!("title: T\nas_of: {DAY}\ndefaults: [{{approver: Service Director}}]\nrules: {{self-approval: off}}\n");
    handbook.write("clausebook.yaml", &settings);
    approve(&handbook, &BY).assert_code(0);
    assert!(!handbook.read(PATH).contains("\napprover:"), "the settings say who approves");
    handbook.write(PATH, &DRAFT.replace("approver: Service Director", "approver: Analyst"));
    approve(&handbook, &["--by", "Analyst", "--on", DAY]).assert_code(0);
}

#[test]
fn an_unbound_approval_keeps_its_version_and_its_entry() {
    let entry = "changes:\n- version: \"1.0\" # first\n  on: 2026-03-09\n  by: Analyst\n  summary: |\n    One.\n\n- {version: \"0.9\", date: 2025-03-09}\n";
    let text = DRAFT
        .replace("status: draft # for now", "status: approved\napproved: 2026-03-09")
        .replace("tags:", &format!("{entry}tags:"));
    let handbook = handbook(&text);
    assert_eq!(
        state(&handbook, "PRO-INC-001"),
        "draft",
        "an approval that does not say which text it applies to counts as none"
    );
    handbook.review(&["PRO-INC-001"]).assert_code(2).assert_stderr(&["has no digest; run `clausebook approve` first"]);
    approve(&handbook, &BY).assert_code(0);
    let new = handbook.read(PATH);
    assert!(new.contains("approved: 2026-11-22\n"), "{new}");
    assert!(new.contains("- version: \"1.0\" # first\n  approver: Service Director\n  digest: \"3:"), "{new}");
    assert_eq!(new.matches("version: \"1.0\"").count(), 2, "no second entry:\n{new}");
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    approve(&handbook, &BY)
        .assert_code(2)
        .assert_stderr(&["is already approved as version 1.0; run `clausebook review`"]);
    let lower = [&BY[..], &["--version", "0.8", "--summary", "x"]].concat();
    approve(&handbook, &lower).assert_code(2).assert_stderr(&["version 0.8 of `content/a.md` is not higher than 1.0"]);
    // Also in braces, and if the key is empty.
    let handbook =
        self::handbook(&text.replace(entry, "changes: [{version: \"1.0\", on: 2026-03-09}, {version: \"0.9\"}]\n"));
    approve(&handbook, &BY).assert_code(0);
    let new = handbook.read(PATH);
    assert!(
        new.contains("changes: [{version: \"1.0\", on: 2026-03-09, approver: Service Director, digest: \"3:"),
        "{new}"
    );
    let handbook = self::handbook(&DRAFT.replace("status: draft # for now", "status: draft\nchanges: []"));
    approve(&handbook, &BY).assert_code(0);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
}

#[test]
fn every_other_byte_is_kept() {
    let text = format!("\u{feff}{}", DRAFT.replace('\n', "\r\n"));
    let handbook = handbook(&text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(handbook.path(PATH), std::fs::Permissions::from_mode(0o440)).unwrap();
    }
    let dry_run = approve(&handbook, &[&BY[..], &["--dry-run"]].concat()).assert_code(0);
    assert!(
        dry_run.out.contains("+approved: 2026-11-22") && dry_run.out.contains("-status: draft # for now"),
        "{}",
        dry_run.out
    );
    assert_eq!(handbook.read(PATH), text, "a dry run writes nothing");
    let run = approve(&handbook, &BY);
    let new = handbook.read(PATH);
    if run.code == 0 {
        assert!(new.starts_with("\u{feff}---\r\n") && new.matches("\r\n").count() == new.matches('\n').count());
        let old_lines = text.lines().filter(|line| !line.contains("status:"));
        let mut rest = new.lines();
        old_lines.for_each(|line| assert!(rest.any(|new| new == line), "{line} is gone"));
    } else {
        assert_eq!(new, text);
    }
}

#[cfg(unix)]
#[test]
fn a_document_that_is_a_link_stays_one() {
    let handbook = handbook(DRAFT);
    std::fs::create_dir(handbook.path("texts")).unwrap();
    std::fs::rename(handbook.path(PATH), handbook.path("texts/a.md")).unwrap();
    std::os::unix::fs::symlink("../texts/a.md", handbook.path(PATH)).unwrap();
    approve(&handbook, &BY).assert_code(0);
    assert!(std::fs::symlink_metadata(handbook.path(PATH)).unwrap().is_symlink());
    assert!(handbook.read("texts/a.md").contains("status: approved"));
}

#[test]
fn unsafe_edits_are_rejected() {
    for front in [
        "approver:\n- Service Director\n- Deputy\n",
        "status: draft\nchanges: none\n",
        "status: draft\nchanges:\n  version: \"1.0\"\n",
    ] {
        let text = DRAFT.replace("status: draft # for now\n", "").replace("approver: Service Director\n", front);
        let text = if text.contains("status:") { text } else { text.replace("owner:", "status: draft\nowner:") };
        let handbook = handbook(&text);
        approve(&handbook, &[&BY[..], &["--change-approver"]].concat()).assert_code(2);
        assert_eq!(handbook.read(PATH), text);
    }
}

#[test]
fn the_note_of_a_draft_leads_to_a_document_in_force() {
    let handbook = Handbook::empty();
    run(handbook.root(), &["init", "book", "--name", "Example Organization"]).assert_code(0);
    let root = handbook.path("book");
    let settings = handbook.read("book/clausebook.yaml");
    handbook.write("book/clausebook.yaml", &format!("{settings}\nas_of: {DAY}\n"));
    let path = root.join("content/8.6-resolution/incident-management.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let note = text.find("> [!NOTE]").unwrap();
    let end = note + text[note..].find("\n\n").unwrap();
    let note: String = text[note..end].replace("\n> ", " ");
    let command = note.split('`').find(|code| code.starts_with("clausebook approve")).expect(&note);
    let words = split_words(command);
    let words: Vec<&str> = words.iter().map(String::as_str).skip(1).chain(["--on", DAY]).collect();
    run(&root, &words).assert_code(2).assert_stderr(&["still begins with the note for drafts"]);
    std::fs::write(&path, text.replace(&text[text.find("> [!NOTE]").unwrap()..end], "")).unwrap();
    run(&root, &words).assert_code(0);
    let id = words[1];
    let data: serde_json::Value =
        serde_json::from_str(&run(&root, &["check", "--as-of", DAY, "--format", "json"]).out).unwrap();
    let document = data["documents"].as_array().unwrap().iter().find(|entry| entry["id"] == id).unwrap();
    assert_eq!(document["state"], "current");
    assert_eq!(document["version"], "1.0");
}

/// Splits a command line into arguments.
#[test]
fn what_still_contradicts_an_approval_is_noted() {
    let handbook = handbook(DRAFT);
    let run = approve(&handbook, &BY).assert_code(0);
    assert!(!run.error.contains("note:"), "{}", run.error);
    for (old, new, note) in [
        ("title: Incidents", "title: Incidents (draft)", "line 3 of `content/a.md`: the title says `draft`"),
        ("\n---\n\nThe desk", "\n---\n\n> Draft\n\nThe desk", "of `content/a.md`: the text says `Draft`"),
        ("tags:", "review: {next: 2026-11-21}\ntags:", "its next review was due on 2026-11-21; correct `review`"),
    ] {
        handbook.write(PATH, &DRAFT.replace(old, new));
        approve(&handbook, &BY).assert_code(0).assert_stderr(&["note: ", note]);
    }
}

fn split_words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

#[test]
fn an_approval_needs_an_approver() {
    let handbook = handbook(DRAFT);
    let by = ["--by", "TBD", "--on", DAY, "--change-approver"];
    approve(&handbook, &by).assert_code(2).assert_stderr(&["`TBD` names nobody; write the role"]);
    assert_eq!(handbook.read(PATH), DRAFT);
}
