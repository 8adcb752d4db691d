//! Importing Word files, OpenDocument texts and web pages with an installed pandoc.
//!
//! Without pandoc, the tests that need it only print a message, unless `CLAUSEBOOK_REQUIRE_PANDOC` is set.

use std::fs;
use std::io::{Cursor, Write};
use std::process::{Command, Stdio};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::Site;

/// Whether pandoc is installed.
pub fn has_pandoc() -> bool {
    let is_installed =
        Command::new("pandoc").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    assert!(is_installed || std::env::var_os("CLAUSEBOOK_REQUIRE_PANDOC").is_none(), "pandoc is missing");
    if !is_installed {
        eprintln!("skipped: pandoc is missing");
    }
    is_installed
}

/// A red PNG image of two by two pixels.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0,
    0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A typical policy written in Word: bold numbered lines, a control table, tracked changes, a comment, tables, a
/// picture.
const POLICY: &str = r#"---
title: Access control policy
---

|  |  |
|---|---|
| Document number: | POL/ACC 001 |
| Version | 1.3 |
| Document Owner | IT Manager |
| Approved by | Managing Director |
| Approval date | 12 March 2025 |
| Next review date | 12 March 2026 |
| Classification | Internal |

**1. Purpose**

This policy says who may [use]{.insertion author="A. Writer" date="2025-01-01T00:00:00Z"} [enter]{.deletion author="A. Writer" date="2025-01-01T00:00:00Z"} systems.

**2 Scope**

All [Is this right -- really?]{.comment-start id="1" author="B. Reader" date="2025-01-02T00:00:00Z"}contractors[]{.comment-end id="1"} too, see [the file](file:///C:/secret.docx) and [the site](https://example.org).

**2.1 Exceptions**

![A plan of the room](picture.png){width=2in}

+-------+-----------+
| Role  | Access    |
+=======+===========+
| Clerk | - mail    |
|       | - files   |
+-------+-----------+

Angle \<brackets\>, a | bar, \*stars\* and a note.^[Kept in the annex.]
"#;

/// Creates a file with pandoc.
pub fn create_document(site: &Site, markdown: &str, name: &str) {
    site.write("making/picture.png", PICTURE);
    let output = site.path(name);
    fs::create_dir_all(output.parent().expect("a folder")).expect("folders");
    let mut child = Command::new("pandoc")
        .args(["-f", "markdown", "-o"])
        .arg(&output)
        .current_dir(site.path("making"))
        .stdin(Stdio::piped())
        .spawn()
        .expect("pandoc");
    child.stdin.take().expect("input").write_all(markdown.as_bytes()).expect("written");
    assert!(child.wait().expect("an end").success());
}

#[test]
fn a_word_policy_becomes_a_draft_without_losing_a_word() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[]);
    create_document(&site, POLICY, "word/Access control.docx");
    let out = site.run_ok(&["import", "word", "--source", "handbook"]);
    assert!(out.contains("content/access-control.md (POL-ACC-001): 2 tracked changes, 1 comment, 1 picture"), "{out}");
    let text = site.read("handbook/content/access-control.md");
    for part in [
        "id: POL-ACC-001\n",
        "title: \"Access control policy\"\n",
        "type: policy\n",
        "status: draft\n",
        "version: \"1.3\"\n",
        "owner: \"IT Manager\"\n",
        "approver: \"Managing Director\"\n",
        "review: {next: 2026-03-12}\n",
        "classification: internal\n",
        "# Approval date: 12 March 2025\n",
        "# clauses: [",
        "\n## 1. Purpose\n",
        "\n## 2 Scope\n",
        "\n### 2.1 Exceptions\n",
        "who may use systems",
        "<!-- Deleted by A. Writer, 2025-01-01, not accepted yet: enter -->",
        "<!-- Comment by B. Reader, 2025-01-02: Is this right – really? -->",
        "the file `file:///C:/secret.docx`",
        "[the site](https://example.org)",
        "![A plan of the room](access-control-files/rid",
        "| Clerk | • mail<br>• files |",
        "Kept in the annex.",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(!text.contains("Document number"), "a table that became front matter is no text");
    assert!(!text.contains("\nclauses:"), "clauses are suggested, not claimed");
    let handbook = Site { folder: site.folder };
    let run = handbook.run(&["check", "--source", "handbook", "--format", "json", "--as-of", "2026-11-22"]);
    let data: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(data["documents"][0]["state"], "draft");
    let rules: Vec<&str> =
        data["findings"].as_array().expect("findings").iter().filter_map(|finding| finding["rule"].as_str()).collect();
    let form: Vec<&&str> = rules
        .iter()
        .filter(|rule| !rule.contains("clause") && !rule.starts_with("missing-") && **rule != "commented-text")
        .collect();
    assert!(form.is_empty(), "{form:?}");
    handbook.run_ok(&["build", "-q", "--source", "handbook", "--as-of", "2026-11-22"]);
    let page = crate::words(&handbook.read("handbook/site/access-control.html")).join(" ");
    assert!(page.contains("Angle brackets a bar stars and a note"), "{page}");
}

#[test]
fn a_folder_keeps_its_folders_and_no_id_or_file_is_taken_twice() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        ("handbook/clausebook.yaml", "title: Ours\ncontent: docs\n"),
        ("handbook/docs/a.md", "---\nid: POL-ACC-001\ntitle: A\ntype: policy\nstatus: draft\nversion: 1\n---\nText.\n"),
        (
            "word/page.html",
            "<html><head><title>On call</title></head><body><h1>Being on call</h1><p>Carry <b>it</b>.<script>x()</script></p><img src=\"p/plan.png\" alt=\"Plan\"><img src=\"https://example.org/x.png\"><img src=\"../../secret.png\"></body></html>",
        ),
        ("secret.png", "not yours"),
    ]);
    site.write("word/p/plan.png", PICTURE);
    create_document(&site, POLICY, "word/Policies & Plans/one.docx");
    create_document(&site, "# The odd one\n\nText of it.\n", "word/two.odt");
    site.write("word/~$two.odt", b"left behind by an open editor");
    let out = site.run_ok(&["import", "word", "--source", "handbook", "--to", "imported"]);
    for line in [
        "docs/imported/policies-plans/one.md (Policies-Plans.one)",
        "docs/imported/two.md (two)",
        "docs/imported/page.md (page)",
        "1 picture linked from elsewhere",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    let first_draft = site.read("handbook/docs/imported/policies-plans/one.md");
    assert!(first_draft.contains("# Document number: POL-ACC-001, which another document has\n"), "{first_draft}");
    assert!(site.read("handbook/docs/imported/two.md").contains("title: \"The odd one\"\n"));
    let page = site.read("handbook/docs/imported/page.md");
    assert!(page.contains("Carry **it**.") && !page.contains("x()"), "{page}");
    assert!(site.path("handbook/docs/imported/page-files/plan.png").is_file());
    assert!(!site.path("handbook/docs/imported/page-files/secret.png").exists());
    assert!(
        site.run_failing(&["import", "word", "--source", "handbook", "--to", "imported"]).contains("already exists")
    );
}

#[test]
fn lists_keep_the_letters_that_other_texts_refer_to() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[("word/readme.txt", "x")]);
    let text = "# Access\n\nSee (b).\n\na) First *thing*\n\n    More of it.\n\nb) Second\n\n    i. inner\n    ii. other\n\nEnd.\n\n1. digit\n";
    create_document(&site, text, "word/access.docx");
    site.run_ok(&["import", "word", "--source", "."]);
    let draft = site.read("content/access.md");
    assert!(
        draft.contains("<ol type=\"a\">") && draft.contains("<ol type=\"i\">") && draft.contains("1.  digit"),
        "{draft}"
    );
    let pages = site.pages();
    let page = pages.iter().find(|(path, _)| path.ends_with("access.html")).map(|(_, text)| text.clone());
    assert!(page.is_some_and(|page| page.contains("First thing More of it Second inner other End digit")));
    assert_eq!(site.broken_rules().get("raw-html-removed"), None);
}

#[test]
fn files_whose_names_become_one_keep_their_pictures() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[
        ("word/Plan b.html", "<h1>Plan B</h1><p>First.</p><img src=\"one.png\" alt=\"One\">"),
        ("word/plan-b.html", "<h1>Plan B</h1><p>Second.</p><img src=\"one.png\" alt=\"One\">"),
        ("word/Room 1/x.html", "<p>Third.</p>"),
        ("word/room-1/x.html", "<p>Fourth.</p>"),
    ]);
    site.write("word/one.png", PICTURE);
    site.run_ok(&["import", "word", "--source", "handbook"]);
    for (path, words) in [("plan-b", "First"), ("plan-b-2", "Second"), ("room-1/x", "Third"), ("room-1/x-2", "Fourth")]
    {
        assert!(site.read(&format!("handbook/content/{path}.md")).contains(words), "{path}");
    }
    let second = site.read("handbook/content/plan-b-2.md");
    assert!(second.contains("](plan-b-2-files/") && site.path("handbook/content/plan-b-2-files/one.png").is_file());
}

/// An archive of parts, like a Word file.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn hostile_files_are_refused_and_the_others_imported() {
    if !has_pandoc() {
        return;
    }
    let site = Site::new(&[("word/empty.docx", ""), ("word/text.docx", "not an archive")]);
    site.write("word/locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest");
    site.write("word/bomb.docx", &archive(&[("word/document.xml", &vec![b' '; 300 * 1024 * 1024])]));
    site.write("word/escape.docx", &archive(&[("../../outside.txt", b"x"), ("word/document.xml", b"<x/>")]));
    site.write("word/nothing.docx", &archive(&[("other.xml", b"<x/>")]));
    site.write("word/deep.html", ["<div>".repeat(20_000).as_bytes(), b"deep"].concat().as_slice());
    create_document(&site, "# Good\n\nText.\n", "word/good.docx");
    let run = site.run(&["import", "word", "--source", "handbook", "--timeout", "30"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    for (file, reason) in [
        ("empty.docx", "it is not a Word file"),
        ("text.docx", "it is not a Word file"),
        ("locked.docx", "it is protected by a password"),
        ("bomb.docx", "it is larger than 256 MiB when unpacked"),
        ("escape.docx", "it contains a file that leads out of it"),
        ("nothing.docx", "pandoc cannot read it"),
    ] {
        let line = run.err.lines().find(|line| line.contains(file)).unwrap_or_else(|| panic!("{file}: {}", run.err));
        assert!(line.contains(reason), "{line}");
    }
    assert!(run.out.contains("content/good.md"), "{}", run.out);
    assert!(!site.path("outside.txt").exists());
}

#[cfg(unix)]
#[test]
fn problems_with_pandoc_are_reported_in_plain_words() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new(&[
        ("a.html", "<p>Text</p>"),
        ("hangs", "#!/bin/sh\nsleep 60\n"),
        ("old", "#!/bin/sh\necho 'Unknown option --sandbox.' >&2\nexit 6\n"),
    ]);
    for name in ["hangs", "old"] {
        fs::set_permissions(site.path(name), fs::Permissions::from_mode(0o755)).expect("permissions");
    }
    let run = |program: &str| {
        let start = std::time::Instant::now();
        let run = site.run(&["import", "a.html", "--source", "handbook", "--pandoc", program, "--timeout", "1"]);
        assert!(start.elapsed().as_secs() < 30);
        assert_eq!(run.code, 2, "{}", run.err);
        run.err
    };
    assert!(run("./hangs").contains("did not finish within 1 s and was stopped"), "it hangs");
    assert!(run("./old").contains("version 2.15 or later is needed"));
    assert!(run("./nowhere").contains("pandoc `./nowhere` not found"));
    assert!(!site.path("handbook").exists());
    assert!(
        site.run_failing(&["import", "a.txt", "--source", "handbook"]).contains("is not a .docx, .odt or .html file")
    );
    assert!(site.run_failing(&["import", "a.html", "--pandoc", "./old"]).contains("use --source DIR"));
}
