//! Coverage of digests: the rendered content, but not the location of files.

use crate::state;
use crate::support::{Handbook, run};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
const PATH: &str = "content/a.md";
const SETTINGS: &str = "title: Example handbook\nas_of: 2026-11-22\n";

const PROCEDURE: &str = r#"---
id: PRO-INC-001
title: Handling of incidents
type: procedure
version: "1.0"
status: approved
owner: Incident Manager
approver: Service Director
approved: 2026-10-05
clauses:
- {clause: 8.6.1, extent: partial, note: without nights}
---

The desk restores the service within four hours, see [the policy](policy.md#scope) and [contents](#contents).

![The way of a call](flow.png "A call")

Fill in [the form](form.csv), or write to <mailto:desk@example.org>. See [[PAGE-NONE]] and [what is gone](gone.md).

## Contents

The [home page](index.md) and <img src="flow.png" alt="the way again">.[^1]

[^1]: Look at [the policy](policy.md).
"#;

/// A reviewed procedure with a policy, a page, a picture and a form that it refers to.
fn reviewed_handbook() -> Handbook {
    let handbook = Handbook::empty();
    handbook.write("clausebook.yaml", SETTINGS);
    handbook.write("content/index.md", "---\ntitle: Home\ntype: page\n---\n\nWelcome.\n");
    let policy = "---\nid: POL-INC-001\ntitle: Incident policy\ntype: policy\nversion: \"1.0\"\nstatus: approved\n\
                  owner: Service Director\napprover: Managing Director\napproved: 2026-10-05\n---\n\n## Scope\n\nAll.\n";
    handbook.write("content/policy.md", policy);
    std::fs::write(handbook.path("content/flow.png"), PNG).unwrap();
    handbook.write("content/form.csv", "what,when\n");
    handbook.write(PATH, PROCEDURE);
    run(handbook.root(), &["review", "PRO-INC-001", "--by", "Quality Manager", "--on", "2026-11-20"]).assert_code(0);
    assert!(handbook.read(PATH).contains("digest: \"3:"), "a review names a digest of what is rendered");
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    handbook
}

#[test]
fn words_links_claims_and_attachments_are_part_of_the_text() {
    let edits = [
        ("four hours", "eight hours"),
        ("The desk", "The Desk"),
        ("policy.md#scope", "policy.md"),
        ("policy.md#scope", "index.md#scope"),
        ("(#contents)", "(#content)"),
        ("desk@example.org", "help@example.org"),
        ("[[PAGE-NONE]]", "[[PAGE-GONE]]"),
        ("gone.md", "lost.md"),
        ("\"A call\"", "\"Two calls\""),
        ("The way of a call", "The way of calls"),
        ("extent: partial", "extent: full"),
        ("clause: 8.6.1", "clause: 8.6.2"),
        ("without nights", "without days"),
        ("## Contents", "### Contents"),
        ("Look at [the policy](policy.md)", "Look at [the policy](index.md)"),
        ("<img src=\"flow.png\"", "<img src=\"form.csv\""),
        ("title: Handling of incidents", "title: Handling of calls"),
    ];
    let handbook = reviewed_handbook();
    let text = handbook.read(PATH);
    for (from, to) in edits {
        handbook.replace(PATH, from, to);
        assert_eq!(state(&handbook, "PRO-INC-001"), "changed", "{from:?} became {to:?}");
        handbook.write(PATH, &text);
    }
    for (file, bytes) in [("flow.png", &b"\x89PNG another"[..]), ("form.csv", b"what,when,who\n"), ("form.csv", b"")] {
        let path = handbook.path("content").join(file);
        let old = std::fs::read(&path).unwrap();
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(state(&handbook, "PRO-INC-001"), "changed", "{file} became {bytes:?}");
        std::fs::write(&path, old).unwrap();
    }
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
}

#[test]
fn wrapping_spelling_and_the_places_of_files_are_not() {
    let handbook = reviewed_handbook();
    let text = handbook.read(PATH);
    for (from, to) in [
        ("within four hours,", "within\nfour hours,"),
        ("policy.md#scope", "./policy.md#scope"),
        ("policy.md#scope", "/policy.md#scope"),
        ("policy.md#scope", "policy#scope"),
        ("[the policy](policy.md#scope)", "[[POL-INC-001#scope|the policy]]"),
        ("(#contents)", "(a.md#contents)"),
        ("(form.csv)", "(/form.csv)"),
        ("## Contents", "Contents\n--------"),
        ("owner: Incident Manager", "owner: Desk Manager\ntags: [night]"),
    ] {
        handbook.replace(PATH, from, to);
        assert_eq!(state(&handbook, "PRO-INC-001"), "current", "{from:?} became {to:?}");
        handbook.write(PATH, &text);
    }
    handbook.write(PATH, &text.replace('\n', "\r\n"));
    assert_eq!(state(&handbook, "PRO-INC-001"), "current", "line ends do not matter");
    handbook.write(PATH, &text);
    // Move everything except the home page, and update the links.
    for (from, to) in
        [("policy.md", "policies/incidents.md"), ("flow.png", "pictures/f.png"), ("form.csv", "x/form.csv")]
    {
        let to = handbook.path("content").join(to);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(handbook.path("content").join(from), to).unwrap();
    }
    std::fs::remove_file(handbook.path(PATH)).unwrap();
    let text = text.replace("policy.md", "../policies/incidents.md").replace("flow.png", "../pictures/f.png");
    let text = text.replace("form.csv", "../x/form.csv").replace("index.md", "../index.md");
    handbook.write("content/procedures/incidents.md", &text);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current", "files may move");
}

#[test]
fn unreadable_texts_match_no_digest() {
    let handbook = reviewed_handbook();
    std::fs::remove_file(handbook.path("content/form.csv")).unwrap();
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed", "a form that is gone");
    std::fs::create_dir(handbook.path("content/form.csv")).unwrap();
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed", "a folder instead of the form");
    let handbook = reviewed_handbook();
    for digest in ["4:", "2:", "0:", "two:", "3:3:"] {
        let text = handbook.read(PATH);
        handbook.write(PATH, &text.replace("\"3:", &format!("\"{digest}")));
        let state_found = state(&handbook, "PRO-INC-001");
        assert!(state_found != "current" && state_found != "due-soon", "an unknown scheme {digest} gave {state_found}");
        handbook.write(PATH, &text);
    }
}

#[test]
fn a_limit_on_what_is_shown_changes_no_text() {
    let handbook = reviewed_handbook();
    handbook.replace("content/policy.md", "type: policy", "type: policy\nclassification: restricted");
    handbook.write("clausebook.yaml", &format!("{SETTINGS}publish: {{up_to: internal}}\n"));
    handbook.replace(PATH, "type: procedure", "type: procedure\nclassification: public");
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    handbook.replace(PATH, "policy.md#scope", "policy.md#aim");
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed");
}

#[test]
fn a_digest_of_the_text_as_written_stays_one() {
    let handbook = reviewed_handbook();
    let text = handbook.read(PATH);
    let (before, after) = text.split_once("digest: \"3:").unwrap();
    let bare = format!("{before}digest: \"{}", &after);
    handbook.write(PATH, &bare);
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed", "the digits of one scheme mean nothing in the other");
    let unbound = format!("{}---{}", before.split("reviews:").next().unwrap(), after.split_once("---").unwrap().1);
    handbook.write(PATH, &unbound);
    let run = handbook.check(&["--format", "json"]);
    let data: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let document = data["documents"].as_array().unwrap().iter().find(|entry| entry["id"] == "PRO-INC-001").unwrap();
    let digest = document["digest"].as_str().unwrap();
    assert_eq!(digest.len(), 32, "without a digest in the front matter it is that of the text as written");
    handbook.write(PATH, &bare.replacen(&after[..32], digest, 1));
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    handbook.replace(PATH, "policy.md#scope", "./policy.md#scope");
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed");
}

/// The state of a reviewed procedure with this text after an edit.
#[track_caller]
fn state_after_edit(text: &str, (old, new): (&str, &str)) -> String {
    let handbook = reviewed_handbook();
    handbook.replace("content/policy.md", "## Scope\n", "## Scope & hours {#scope--hours}\n\nAll.\n\n## Scope\n");
    handbook.replace(PATH, "## Contents", &format!("{text}\n\n## Contents"));
    let approve = ["approve", "PRO-INC-001", "--by", "Service Director", "--on", "2026-11-21", "--version", "1.1"];
    run(handbook.root(), &[&approve[..], &["--summary", "More."]].concat()).assert_code(0);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current", "{text}");
    handbook.replace(PATH, old, new);
    state(&handbook, "PRO-INC-001")
}

#[test]
fn words_and_lines_that_are_shown_apart_are_attested_apart() {
    let cell = "<table><tr><td><p>1</p><p>2 hours</p></td></tr></table>";
    for (text, edit) in [
        (cell, ("<p>1</p><p>2 hours</p>", "<p>12 hours</p>")),
        ("| a |\n| - |\n| <div>4</div><div>0</div> |", ("4</div><div>0", "40")),
        ("within 4\n\n<p>0 calls</p>", ("within 4\n\n<p>0 calls</p>", "within 40 calls")),
        ("<center>4</center><center>0 h</center>", ("4</center><center>0 h", "40 h")),
        ("<pre>\nstop web\nstart web\n</pre>", ("stop web\nstart", "stop web start")),
        ("<pre>\nif a:\n  b\nc\n</pre>", ("b\nc", "b\n  c")),
    ] {
        assert_eq!(state_after_edit(text, edit), "changed", "{edit:?}");
    }
    for (text, edit) in [
        (cell, ("</p><p>2", "</p>\n<p>2")),
        ("<pre>\nstop web\n</pre>", ("<pre>\nstop web\n</pre>", "<pre>stop web  </pre>")),
        ("[a](policy.md \"its scope\")", ("its scope", "its\nscope")),
        ("[日本](policy.md)語", ("(policy.md)語", "(policy.md)\n語")),
        ("Words.", ("Words.", "Words.\u{a0}\n\n\u{3000}\u{200b}")),
        ("[a](policy.md#scope--hours)", ("#scope--hours", "#scope-hours")),
    ] {
        assert_eq!(state_after_edit(text, edit), "current", "{edit:?}");
    }
}

#[test]
fn claims_are_attested_for_what_they_mean() {
    let claim = "- {clause: 8.6.1, extent: partial, note: without nights}";
    let spelt = format!("{}\n{claim}", claim.replace("8.6.1", "iso20000-1:8.6.1"));
    for (edit, expected) in [
        ((claim, &*spelt), "current"),
        ((claim, "- {clause: 8.6.1, extent: partial}"), "changed"),
        ((claim, "- 8.6.2"), "changed"),
    ] {
        assert_eq!(state_after_edit("Words.", edit), expected, "{edit:?}");
    }
    let heading = "## Calls {clauses=\"8.6.2 8.6.3\"}\n\nCalls are logged.";
    assert_eq!(state_after_edit(heading, ("8.6.2 8.6.3", "iso20000-1:8.6.3 8.6.2")), "current");
    assert_eq!(state_after_edit(heading, ("8.6.2 8.6.3", "8.6.2")), "changed");
}

#[test]
fn another_main_standard_makes_other_claims() {
    let handbook = Handbook::empty();
    let settings =
        |standards: &str| handbook.write("clausebook.yaml", &format!("{SETTINGS}standards: [{standards}]\n"));
    settings("iso20000-1, iso9001");
    handbook.write("content/index.md", "---\ntitle: Home\ntype: page\n---\n\nWelcome.\n");
    handbook.write("content/policy.md", "---\nid: PAGE-1\ntitle: Policy\ntype: page\n---\n\n## Scope\n\nAll.\n");
    std::fs::write(handbook.path("content/flow.png"), PNG).unwrap();
    handbook.write("content/form.csv", "what,when\n");
    handbook.write(PATH, &PROCEDURE.replace("clause: 8.6.1", "clause: 6.3"));
    run(handbook.root(), &["review", "PRO-INC-001", "--by", "Quality Manager", "--on", "2026-11-20"]).assert_code(0);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
    settings("iso9001, iso20000-1");
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed");
}

#[test]
fn a_review_continues_the_scheme_of_the_approval() {
    let handbook = reviewed_handbook();
    let text = handbook.read(PATH);
    let (before, after) = text.split_once("reviews:").unwrap();
    let bare = format!("{before}---{}", after.split_once("---").unwrap().1);
    let bound = |digest: &str| {
        bare.replacen("---\n\n", &format!("changes: [{{version: v1.0, digest: \"{digest}\"}}]\n---\n\n"), 1)
    };
    handbook.write(PATH, &bound(&format!("2:{}", "0".repeat(32))));
    assert_eq!(state(&handbook, "PRO-INC-001"), "changed", "`v1.0` is the version 1.0");
    let data: serde_json::Value = serde_json::from_str(&handbook.check(&["--format", "json"]).out).unwrap();
    let document = data["documents"].as_array().unwrap().iter().find(|entry| entry["id"] == "PRO-INC-001").unwrap();
    handbook.write(PATH, &bound(document["digest"].as_str().unwrap()));
    assert_eq!(state(&handbook, "PRO-INC-001"), "current", "a digest of the second scheme is still compared");
    run(handbook.root(), &["review", "PRO-INC-001", "--by", "Quality Manager", "--on", "2026-11-20"]).assert_code(0);
    assert_eq!(handbook.read(PATH).matches("\"2:").count(), 2);
    assert_eq!(state(&handbook, "PRO-INC-001"), "current");
}

#[test]
fn a_review_that_does_not_count_heals_no_changed_text() {
    for (settings, by, version) in
        [("", "TBD", "1.0"), ("", "Quality Manager", "0.9"), ("reviews: {by: another}\n", "Incident Manager", "1.0")]
    {
        let handbook = reviewed_handbook();
        handbook.write("clausebook.yaml", &format!("{SETTINGS}{settings}"));
        handbook.replace(PATH, "four hours", "eight hours");
        assert_eq!(state(&handbook, "PRO-INC-001"), "changed");
        run(handbook.root(), &["review", "PRO-INC-001", "--by", "Quality Manager", "--on", "2026-11-21"])
            .assert_code(2);
        // The digest of the new text, from a review in a second handbook.
        let other = reviewed_handbook();
        other.write(PATH, &PROCEDURE.replace("four hours", "eight hours"));
        run(other.root(), &["review", "PRO-INC-001", "--by", "Quality Manager", "--on", "2026-11-21"]).assert_code(0);
        let text = other.read(PATH);
        let digest = text.lines().find_map(|line| line.trim().strip_prefix("digest: ")).expect("a digest");
        let review =
            format!("  - {{date: 2026-11-21, by: {by}, version: \"{version}\", digest: {digest}}}\n---\n\nThe desk");
        handbook.replace(PATH, "---\n\nThe desk", &review);
        assert_eq!(state(&handbook, "PRO-INC-001"), "changed", "{by} {version}");
    }
}
