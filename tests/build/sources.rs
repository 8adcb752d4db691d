//! Sources that are read, left out and rejected.

use std::collections::BTreeSet;

use crate::support::{Fixture, policy, tree};
use crate::verdict;

#[test]
fn an_edition_contains_nothing_withheld() {
    let secret = "zeppelin-hangar-code";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\npublish: {up_to: internal, figures: whole}\n"),
        (
            "content/open.md",
            &policy(
                "POL-AAA-001",
                "classification: internal\nrelated: [POL-SEC-001]\n",
                "See [it](secret.md), [[POL-SEC-001|there]].",
            ),
        ),
        (
            "content/secret.md",
            &policy(
                "POL-SEC-001",
                "classification: restricted\nclauses: [8.6.1]\n",
                &format!("{secret} ![plan](plan-{secret}.png)"),
            ),
        ),
        ("content/unclear.md", &policy("POL-SEC-002", "classification: intrenal\n", secret)),
        ("content/unsaid.md", &policy("POL-SEC-003", "", secret)),
        ("content/typo.md", &policy("POL-SEC-004", "clasification: restricted\n", secret)),
        (&format!("content/plan-{secret}.png"), "picture"),
    ]);
    let site = fixture.build();
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        assert!(!path.contains(secret) && !text.contains(secret), "{path} shows what is withheld");
        for id in ["POL-SEC-001", "POL-SEC-002", "POL-SEC-003", "POL-SEC-004"] {
            assert!(!text.contains(id), "{path} names {id}");
        }
    }
    // The missing content is in a withheld document.
    let clause = String::from_utf8_lossy(&site["clauses/iso20000-1/8.6.1.html"]);
    assert!(clause.contains("by a document that this edition does not show"), "{clause}");
    let assessment: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
    assert_eq!(verdict(&assessment, 0, "8.6.1"), "covered");
    assert_eq!(assessment["totals"]["documents"], 1);
}

#[test]
fn hostile_names_build_or_are_reported_and_nothing_is_written_elsewhere() {
    let names = [
        "{{ title }}.md",
        "$(x).md",
        "..%2f.md",
        "index.html.md",
        "-rf.md",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd}.md",
        "\u{1f600}.md",
        "a b  c.md",
        "CON.md",
        "trailing..md",
        "matrix.md",
        "q?x=1&y.md",
        "'\"><script>.md",
    ];
    let fixture = Fixture::new(&[]);
    for (at, name) in names.iter().enumerate() {
        fixture.write(&format!("content/{name}"), &policy(&format!("POL-AAA-{at:03}"), "", "Text."));
    }
    fixture.write(&format!("content/{}.md", "x".repeat(240)), &policy("POL-AAA-900", "", "Text."));
    let before = tree(&fixture.path("content"));
    let site = fixture.build();
    assert_eq!(before, tree(&fixture.path("content")), "sources stay as they were");
    let assessment: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
    let documents = assessment["documents"].as_array().expect("documents");
    assert_eq!(documents.len(), names.len() + 1);
    let urls: BTreeSet<&str> = documents.iter().map(|document| document["url"].as_str().expect("a URL")).collect();
    assert_eq!(urls.len(), documents.len(), "every document has a page of its own");
    for url in urls {
        assert!(site.contains_key(url), "{url}");
        assert!(url.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte)), "{url}");
    }
    let outside: Vec<_> = std::fs::read_dir(fixture.path(""))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(outside.len(), 3, "settings, content and site: {outside:?}");
}

#[cfg(unix)]
#[test]
fn outside_links_fifos_and_non_text_files_are_reported_and_left_out() {
    let fixture = Fixture::new(&[("content/good.md", &policy("POL-AAA-001", "", "Text."))]);
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret.md"), "zeppelin").expect("a file");
    std::os::unix::fs::symlink(outside.path().join("secret.md"), fixture.path("content/out.md")).expect("a link");
    std::os::unix::fs::symlink(fixture.path("content"), fixture.path("content/loop")).expect("a link");
    std::os::unix::fs::symlink(fixture.path("content/good.md"), fixture.path("content/twin.md")).expect("a link");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(fixture.path("content/pipe.md"))
            .status()
            .is_ok_and(|status| status.success())
    );
    std::fs::write(fixture.path("content/latin.md"), b"---\nid: POL-AAA-002\ntitle: Gr\xfc\xdfe\n---\n")
        .expect("a file");
    let assessment = fixture.assess();
    let findings = assessment["findings"].as_array().expect("findings");
    let unreadable: BTreeSet<&str> = findings
        .iter()
        .filter(|finding| finding["rule"] == "unreadable-source")
        .map(|finding| finding["file"].as_str().expect("a file"))
        .collect();
    assert_eq!(unreadable, BTreeSet::from(["content/latin.md", "content/loop", "content/out.md", "content/pipe.md"]));
    let latin = findings.iter().find(|finding| finding["file"] == "content/latin.md").expect("a finding");
    assert_eq!((latin["line"].as_u64(), latin["column"].as_u64()), (Some(3), Some(10)));
    assert!(tree(&fixture.path("site")).values().all(|bytes| !String::from_utf8_lossy(bytes).contains("zeppelin")));
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_is_reported_and_nothing_in_it_is_read() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(outside.path().join("content")).expect("a folder");
    std::fs::write(outside.path().join("secret.md"), policy("POL-AAA-001", "", "zeppelin")).expect("a file");
    std::fs::copy(outside.path().join("secret.md"), outside.path().join("content/secret.md")).expect("a copy");
    let settings = |extra: &str| format!("title: Test handbook\nas_of: 2026-11-22\n{extra}\n");
    for (link, folder) in [("content", "content"), ("linked", "linked/content")] {
        let fixture = Fixture::new(&[("clausebook.yaml", &settings(&format!("content: {folder}")))]);
        std::fs::remove_dir(fixture.path("content")).expect("an empty folder");
        symlink(outside.path(), fixture.path(link)).expect("a link");
        let assessment = fixture.assess();
        assert_eq!(assessment["totals"]["documents"], 0, "{folder}");
        let findings = assessment["findings"].as_array().expect("findings");
        let unreadable = findings.iter().find(|finding| finding["rule"] == "unreadable-source").expect("a finding");
        assert_eq!((&unreadable["file"], &unreadable["severity"]), (&folder.into(), &"error".into()));
        assert!(
            unreadable["message"].as_str().is_some_and(|message| message.contains("points outside")),
            "{unreadable}"
        );
    }
    for (link, extra) in [("themes/own", "theme: own"), ("standards", "standards: [own]")] {
        let fixture = Fixture::new(&[("clausebook.yaml", &settings(extra)), ("themes/other/a.css", "")]);
        symlink(outside.path(), fixture.path(link)).expect("a link");
        let output = fixture.run(&["build"]);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("points outside the handbook") && stderr.contains(link), "{stderr}");
    }
}

#[test]
fn two_sources_with_one_url_both_stay_and_are_reported() {
    let fixture = Fixture::new(&[
        ("content/Change Policy.md", &policy("POL-AAA-001", "", "First.")),
        ("content/change-policy.md", &policy("POL-AAA-002", "", "Second.")),
        ("content/register.md", &policy("POL-AAA-003", "", "Third.")),
        ("content/case.md", &policy("pol-aaa-003", "", "Fourth.")),
    ]);
    let assessment = fixture.assess();
    let rules: Vec<&str> = assessment["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| finding["rule"].as_str().expect("a rule"))
        .collect();
    assert_eq!(rules.iter().filter(|rule| **rule == "url-clash").count(), 2);
    assert_eq!(rules.iter().filter(|rule| **rule == "id-case-clash").count(), 1);
    let site = tree(&fixture.path("site"));
    let all: String = site.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    for word in ["First.", "Second.", "Third.", "Fourth."] {
        assert!(all.contains(word), "{word}");
    }
}

#[test]
fn fatal_problems_are_reported_and_leave_the_old_site() {
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", "Text."))]);
    let old = fixture.build();
    fixture.write("clausebook.yaml", "titel: Test\nstandards: [iso20000]\nwarning_days: soon\n");
    let output = fixture.run(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    for part in ["clausebook.yaml:1:1", "did you mean `title`?", "clausebook.yaml:3:15"] {
        assert!(stderr.contains(part), "{part} is not in\n{stderr}");
    }
    assert_eq!(tree(&fixture.path("site")), old);

    fixture.write("clausebook.yaml", "title: Test\nstandards: [iso20000]\n");
    let stderr = String::from_utf8(fixture.run(&["build"]).stderr).expect("UTF-8");
    assert!(stderr.contains("clausebook.yaml:2:13") && stderr.contains("did you mean `iso20000-1`?"), "{stderr}");

    fixture.write("clausebook.yaml", "title: Test\ntheme: ours\n");
    fixture.write(
        "themes/ours/templates/document.html",
        "{% extends \"default/document.html\" %}\n{% block body %}{{ page.nothing.at_all }}{% endblock %}\n",
    );
    let output = fixture.run(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(stderr.contains("document.html, line 2") && stderr.contains("POL-AAA-001"), "{stderr}");
    assert_eq!(tree(&fixture.path("site")), old);
}
