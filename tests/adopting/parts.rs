//! Parts of files that documents insert: which are rejected, and which keep their lines.

use crate::Site;
use crate::includes::{findings, handbook};
use crate::sites::assert_contains_words;

#[test]
fn documents_that_include_a_withheld_register_are_withheld() {
    let front = |id: &str, extra: &str| {
        format!(
            "---\nid: {id}\ntitle: T\ntype: policy\nstatus: draft\nversion: \"1.0\"\nowner: Service Manager\n{extra}---\n\n"
        )
    };
    let audit = |id: &str| {
        format!("audits:\n- {{id: {id}, title: Zeppelin, kind: internal, planned: 2026-10-01, auditors: [Auditor]}}\n")
    };
    let public = "classification: public\n";
    let site = handbook(
        "includes: [docs, snip]\npublish: {up_to: public}\n",
        &[
            ("docs/a.md", &format!("{}Open A.\n\n{{{{#include held.yaml}}}}\n", front("POL-A", public))),
            ("docs/b.md", &format!("{}Open B.\n\n```csv\n{{{{#include held.csv}}}}\n```\n", front("POL-B", public))),
            ("docs/c.md", &format!("{}Open C.\n\n{{{{#include stray.yaml:2}}}}\n", front("POL-C", public))),
            ("docs/d.md", &format!("{}Open D.\n\n--8<-- \"inner.txt\"\n", front("POL-D", public))),
            ("docs/e.md", &format!("{}Open E.\n\n--8<-- \"copy.txt\"\n", front("POL-E", public))),
            ("docs/f.md", &format!("{}Open F.\n\n--8<-- \"plain.txt\"\n", front("POL-F", public))),
            (
                "docs/owner.md",
                &format!("{}Own.\n", front("POL-O", "classification: restricted\nregisters: [held.yaml, held.csv]\n")),
            ),
            ("docs/held.yaml", &audit("A-1")),
            ("docs/held.csv", "kind,id,title,planned,auditors\naudit,A-2,Zeppelin,2026-10-01,Auditor\n"),
            ("docs/stray.yaml", &audit("A-3")),
            ("snip/inner.txt", "--8<-- \"docs/held.yaml\"\n\n--8<-- \"held.yaml\"\n"),
            ("snip/copy.txt", &audit("A-1")),
            ("snip/plain.txt", "Plain words.\n"),
        ],
    );
    let pages = site.pages();
    assert_contains_words(&pages["f.html"], &["Open F Plain words"]);
    let files = site.files().into_iter().filter(|(path, _)| path.starts_with("out-of-the-way/"));
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        for words in ["Zeppelin", "Open A", "Open B", "Open C", "Open D", "Open E"] {
            assert!(!text.contains(words), "{path} has {words}");
        }
    }
}

#[test]
fn a_part_that_cannot_be_read_is_never_the_whole_file() {
    let marks = [
        "--8<-- \"p.md:1:2:3\"",
        "--8<-- \"p.md:,\"",
        "--8<-- \"p.md:0\"",
        "--8<-- \"p.md:2:1\"",
        "{{#include p.md:3:x}}",
        "{{#include p.md:0}}",
        "{{#include\nparts/p.md}}",
    ];
    let text = format!("---\ntype: page\n---\n\n# A\n\n{}\n", marks.join("\n\n"));
    let site = handbook("includes: [parts]\n", &[("docs/a.md", &text), ("parts/p.md", "Zeppelin.\n\nTwo.\n")]);
    let findings_list = findings(&site, "broken-include");
    assert_eq!(findings_list.len(), marks.len(), "{findings_list:#?}");
    assert!(
        findings_list.iter().all(|finding| finding.ends_with("is missing here: the mark is malformed")),
        "{findings_list:#?}"
    );
    assert_eq!(findings(&site, "foreign-syntax"), Vec::<String>::new());
    assert!(!site.pages()["a.html"].contains("Zeppelin"));
}

#[test]
fn a_file_of_which_others_insert_lines_gets_no_front_matter() {
    let site = Site::new(&[
        ("mkdocs.yml", "site_name: Desk\nmarkdown_extensions:\n- pymdownx.snippets:\n    base_path: [docs]\n"),
        ("docs/index.md", "# Home\n\n--8<-- \"part.md:3:3\"\n\n--8<-- \"other.md\"\n"),
        (
            "docs/part.md",
            "# Part\n\nFrom eight to six, by phone and in person, on every day of the week.\n\nAnd more of it.\n",
        ),
        (
            "docs/other.md",
            "# Other\n\nCall the duty manager at night, and nobody else, whatever happened.\n\nAnd more of it.\n",
        ),
    ]);
    site.run_ok(&["adopt"]);
    let (part, home) = (site.read("docs/part.md"), site.pages()["index.html"].clone());
    assert_contains_words(&home, &["From eight to six"]);
    let output = site.run_ok(&["adopt", "--apply"]);
    assert!(output.contains("docs/part.md is not changed: another file inserts lines of it"), "{output}");
    assert_eq!(site.read("docs/part.md"), part);
    assert!(site.read("docs/other.md").starts_with("---\nid: "), "{}", site.read("docs/other.md"));
    assert_contains_words(&site.pages()["index.html"], &["From eight to six", "Call the duty manager at night"]);
}
