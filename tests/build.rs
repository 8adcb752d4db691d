//! `clausebook build` on whole handbooks.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assert_cmd::Command;
use support::{Fixture, policy, tree};

fn text(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap_or_else(|| panic!("{path} is not in the site")).clone()).expect("UTF-8")
}

/// The verdict of a clause in an assessment.
fn verdict(assessment: &serde_json::Value, standard: usize, clause: &str) -> String {
    let clauses = assessment["standards"][standard]["clauses"].as_array().expect("clauses");
    let found = clauses.iter().find(|one| one["id"] == clause).expect("the clause");
    found["verdict"].as_str().unwrap_or("none").to_owned()
}

fn state(assessment: &serde_json::Value, id: &str) -> String {
    let documents = assessment["documents"].as_array().expect("documents");
    let found = documents.iter().find(|one| one["id"] == id).expect("the document");
    found["state"].as_str().expect("a state").to_owned()
}

#[test]
fn the_same_handbook_gives_the_same_bytes_wherever_and_however_it_is_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let build = |threads: &str| {
        let copy = tempfile::tempdir().expect("a folder");
        let handbook = copy.path().join("somewhere else").join(threads);
        copy_tree(&root.join("content"), &handbook.join("content"));
        std::fs::copy(root.join("clausebook.yaml"), handbook.join("clausebook.yaml")).expect("settings");
        let mut command = Command::cargo_bin("clausebook").expect("the binary");
        command.env("RAYON_NUM_THREADS", threads).args(["build", "-q", "--source"]).arg(&handbook);
        command.assert().success();
        tree(&handbook.join("site"))
    };
    let (one, four) = (build("1"), build("4"));
    assert_eq!(one.keys().collect::<Vec<_>>(), four.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(*bytes == four[path], "{path} differs");
    }
    let machine = std::env::temp_dir().to_string_lossy().into_owned();
    for (path, bytes) in &one {
        assert!(!String::from_utf8_lossy(bytes).contains(&machine), "{path} names a folder of this machine");
    }
}

fn copy_tree(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let target = to.join(path);
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("folders");
        std::fs::write(target, bytes).expect("a file");
    }
}

#[test]
fn a_clause_is_covered_only_by_a_full_claim_in_force_on_exactly_that_clause() {
    let fixture = Fixture::new(&[
        ("content/full.md", &policy("POL-AAA-001", "clauses: [8.6.1]\n", "Text.")),
        ("content/part.md", &policy("POL-AAA-002", "clauses: [{clause: 8.6.2, extent: partial}]\n", "Text.")),
        ("content/parent.md", &policy("POL-AAA-003", "clauses: [8.5]\n", "Text.")),
        ("content/other.md", &policy("POL-AAA-004", "clauses: ['iso27001:9.2']\n", "Text.")),
        ("content/old.md", &policy("POL-AAA-005", "clauses: [8.6.3]\n", "Text.").replace("2026-03-02", "2024-03-02")),
        ("content/draft.md", &policy("POL-AAA-006", "clauses: [8.7.1]\n", "Text.").replace("approved\n", "draft\n")),
        ("content/section.md", &policy("POL-AAA-007", "", "## Continuity {#c clauses=\"8.7.2\"}\n\nText.")),
        (
            "content/form.md",
            &policy("TPL-AAA-008", "clauses: [9.1]\n", "Text.").replace("type: policy", "type: template"),
        ),
        ("content/page.md", "---\ntitle: A page\ntype: page\nclauses: [9.3]\n---\nText.\n"),
    ]);
    let assessment = fixture.assess();
    let main = |clause| verdict(&assessment, 0, clause);
    assert_eq!(main("8.6.1"), "covered");
    assert_eq!(main("8.6.2"), "partial");
    assert_eq!(main("8.6.3"), "stale");
    assert_eq!(main("8.7.1"), "draft");
    assert_eq!(main("8.7.2"), "covered");
    assert_eq!(main("8.6"), "partial", "a group is what its clauses are together");
    for clause in ["8.5.1.1", "8.5", "9.1", "9.2", "9.3", "8.1"] {
        assert_eq!(main(clause), "missing", "{clause}");
    }
    assert_eq!(verdict(&assessment, 1, "9.2"), "missing", "only the parts of 9.2 count in that standard");
    assert_eq!(main("8.3.1"), "none", "background is no gap");
    assert_eq!(assessment["totals"]["units"], 56);
    assert_eq!(assessment["totals"]["units_covered"], 2);
    let site = tree(&fixture.path("site"));
    let clause = text(&site, "clauses/iso20000-1/8.7.2.html");
    assert!(clause.contains("section.html#c"), "the claim leads to its section");
}

#[test]
fn every_state_is_told_by_the_date_alone() {
    let dated = |id: &str, more: &str| policy(id, more, "Text.");
    let fixture = Fixture::new(&[
        ("content/current.md", &dated("POL-AAA-001", "")),
        ("content/soon.md", &dated("POL-AAA-002", "review: {next: 2026-12-22}\n")),
        ("content/late.md", &dated("POL-AAA-003", "review: 6 months\n")),
        ("content/reviewed.md", &dated("POL-AAA-004", "review: 6 months\nreviews: [{on: 2026-09-01}]\n")),
        ("content/future.md", &dated("POL-AAA-005", "effective: 2026-12-01\n")),
        ("content/nobody.md", &dated("POL-AAA-006", "").replace("approver: Director\n", "")),
        ("content/undated.md", &dated("POL-AAA-007", "").replace("approved: 2026-03-02\n", "")),
        ("content/new.md", &dated("POL-AAA-008", "supersedes: [POL-AAA-009]\n")),
        ("content/old.md", &dated("POL-AAA-009", "")),
        (
            "content/touched.md",
            &dated("POL-AAA-010", "reviews: [{on: 2026-10-01, digest: 00000000000000000000000000000000}]\n"),
        ),
        (
            "content/planned.md",
            &dated("POL-AAA-011", "supersedes: [POL-AAA-001]\nstatus: draft\n").replace("status: approved\n", ""),
        ),
    ]);
    let assessment = fixture.assess();
    for (id, expected) in [
        ("POL-AAA-001", "current"),
        ("POL-AAA-002", "due-soon"),
        ("POL-AAA-003", "overdue"),
        ("POL-AAA-004", "current"),
        ("POL-AAA-005", "future"),
        ("POL-AAA-006", "draft"),
        ("POL-AAA-007", "draft"),
        ("POL-AAA-008", "current"),
        ("POL-AAA-009", "retired"),
        ("POL-AAA-010", "changed"),
        ("POL-AAA-011", "draft"),
    ] {
        assert_eq!(state(&assessment, id), expected, "{id}");
    }
    let later = fixture.run(&["build", "-q", "--as-of", "2027-06-01"]);
    assert!(later.status.success());
    let later: serde_json::Value =
        serde_json::from_slice(&tree(&fixture.path("site"))["assessment.json"]).expect("JSON");
    assert_eq!(state(&later, "POL-AAA-001"), "overdue");
    assert_eq!(state(&later, "POL-AAA-005"), "overdue");
}

#[test]
fn an_item_is_provided_only_by_a_fitting_document_in_force_and_not_needed_only_with_a_reason() {
    let record = "---\nid: REC-INC-001\ntitle: Incident records\ntype: record\nstatus: approved\nowner: Owner\napprover: Lead\n\
                  date: 2026-10-01\nlocation: The ticket system\nprovides: [incident-records]\n---\nText.\n";
    let fixture = Fixture::new(&[
        ("content/record.md", record),
        (
            "content/policy.md",
            &policy("POL-AAA-001", "provides: [problem-records, change-management-policy]\n", "Text."),
        ),
        (
            "clausebook.yaml",
            "title: Test\nas_of: 2026-11-22\nnot_needed:\n- {item: supplier-contract, reason: No supplier.}\n\
             - {item: sms-scope, reason: We would rather not.}\n",
        ),
    ]);
    let assessment = fixture.assess();
    let items = assessment["standards"][0]["documented_information"].as_array().expect("items");
    let item =
        |id: &str| items.iter().find(|one| one["id"] == id).expect("the item")["verdict"].as_str().expect("a verdict");
    assert_eq!(item("incident-records"), "provided");
    assert_eq!(item("change-management-policy"), "provided");
    assert_eq!(item("problem-records"), "missing", "a policy is no record");
    assert_eq!(item("supplier-contract"), "not-needed");
    assert_eq!(item("sms-scope"), "missing", "no reason makes an unconditional item unneeded");
    assert_eq!(assessment["totals"]["required_items"], 50);
    assert_eq!(assessment["totals"]["required_items_provided"], 2);
}

#[test]
fn what_an_edition_may_not_show_is_nowhere_in_it() {
    let secret = "zeppelin-hangar-code";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\npublish: {up_to: internal}\n"),
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
        let shown = String::from_utf8_lossy(bytes);
        assert!(!path.contains(secret) && !shown.contains(secret), "{path} shows what is withheld");
        for id in ["POL-SEC-001", "POL-SEC-002", "POL-SEC-003", "POL-SEC-004"] {
            assert!(!shown.contains(id), "{path} names {id}");
        }
    }
    let assessment: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
    assert_eq!(verdict(&assessment, 0, "8.6.1"), "missing");
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
    let urls: BTreeSet<&str> = documents.iter().map(|one| one["url"].as_str().expect("a URL")).collect();
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
fn links_that_lead_out_fifos_and_texts_that_are_none_are_reported_and_left_out() {
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
        .filter(|one| one["rule"] == "unreadable-source")
        .map(|one| one["file"].as_str().expect("a file"))
        .collect();
    assert_eq!(unreadable, BTreeSet::from(["content/latin.md", "content/loop", "content/out.md", "content/pipe.md"]));
    let latin = findings.iter().find(|one| one["file"] == "content/latin.md").expect("a finding");
    assert_eq!((latin["line"].as_u64(), latin["column"].as_u64()), (Some(3), Some(10)));
    assert!(tree(&fixture.path("site")).values().all(|bytes| !String::from_utf8_lossy(bytes).contains("zeppelin")));
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
        .map(|one| one["rule"].as_str().expect("a rule"))
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
fn what_makes_output_impossible_is_told_with_its_place_and_leaves_the_old_site() {
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", "Text."))]);
    let old = fixture.build();
    fixture.write("clausebook.yaml", "titel: Test\nstandards: [iso20000]\nwarning_days: soon\n");
    let output = fixture.run(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    for part in ["clausebook.yaml:1:1", "did you mean `title`?", "clausebook.yaml:3:15"] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    assert_eq!(tree(&fixture.path("site")), old);

    fixture.write("clausebook.yaml", "title: Test\nstandards: [iso20000]\n");
    let said = String::from_utf8(fixture.run(&["build"]).stderr).expect("UTF-8");
    assert!(said.contains("clausebook.yaml:2:13") && said.contains("did you mean `iso20000-1`?"), "{said}");

    fixture.write("clausebook.yaml", "title: Test\ntheme: ours\n");
    fixture.write(
        "themes/ours/templates/document.html",
        "{% extends \"default/document.html\" %}\n{% block body %}{{ page.nothing.at_all }}{% endblock %}\n",
    );
    let output = fixture.run(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("document.html, line 2") && said.contains("POL-AAA-001"), "{said}");
    assert_eq!(tree(&fixture.path("site")), old);
}

#[test]
fn a_theme_of_the_handbooks_own_replaces_single_blocks_and_files() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\ntheme: ours\n"),
        (
            "themes/ours/templates/base.html",
            "{% extends \"default/base.html\" %}\n{% block footer %}<footer>Only for members.</footer>{% endblock %}\n",
        ),
        ("themes/ours/static/portal.css", "body{color:rebeccapurple}"),
        ("content/a.md", &policy("POL-AAA-001", "", "Text.")),
    ]);
    let site = fixture.build();
    assert!(text(&site, "a.html").contains("Only for members."));
    assert!(text(&site, "matrix.html").contains("Only for members."));
    assert_eq!(text(&site, "assets/portal.css"), "body{color:rebeccapurple}");
}

#[test]
fn every_link_of_the_portal_leads_somewhere_and_nothing_is_loaded_from_elsewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = tempfile::tempdir().expect("a folder");
    let mut command = Command::cargo_bin("clausebook").expect("the binary");
    command.args(["build", "-q", "--source"]).arg(root).arg("--output").arg(output.path().join("site"));
    command.assert().success();
    let site = tree(&output.path().join("site"));
    let pages: BTreeMap<&str, String> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), String::from_utf8(bytes.clone()).expect("UTF-8")))
        .collect();
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(path, html)| (*path, attributes(html, "id").collect())).collect();
    let mut links = 0;
    for (path, html) in &pages {
        assert_eq!(html.matches("<h1").count(), 1, "{path} has one first-level heading");
        assert!(
            !html.contains(" style=\"") && !html.contains("<style") && !html.contains(" onclick"),
            "{path} holds inline style or script"
        );
        assert!(
            html.split("<script").skip(1).all(|rest| rest.split('>').next().is_some_and(|tag| tag.contains(" src="))),
            "{path} holds an inline script"
        );
        assert_eq!(anchors[path].len(), attributes(html, "id").count(), "{path} has an id twice");
        for source in attributes(html, "src") {
            assert!(exists(&site, path, source), "{path} loads {source}");
        }
        for href in attributes(html, "href").filter(|href| !is_outside(href)) {
            links += 1;
            let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = join(path, file);
            assert!(site.contains_key(&target), "{path} links to {href}");
            if !anchor.is_empty() {
                assert!(anchors[target.as_str()].contains(decoded(anchor).as_str()), "{path} links to {href}");
            }
        }
    }
    assert!(links > 10_000, "{links} links were looked at");
}

fn attributes<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let marker = format!(" {name}=\"");
    let starts: Vec<usize> = html.match_indices(&marker).map(|(at, found)| at + found.len()).collect();
    starts.into_iter().filter_map(move |start| html[start..].split('"').next())
}

fn is_outside(href: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme))
}

fn exists(site: &BTreeMap<String, Vec<u8>>, page: &str, source: &str) -> bool {
    !is_outside(source) && site.contains_key(&join(page, source))
}

fn join(page: &str, link: &str) -> String {
    let link = link.split('?').next().unwrap_or_default();
    if link.is_empty() {
        return page.to_owned();
    }
    let mut names: Vec<&str> = page.split('/').collect();
    names.pop();
    for name in link.split('/') {
        match name {
            ".." => drop(names.pop()),
            "." | "" => {}
            name => names.push(name),
        }
    }
    names.join("/")
}

fn decoded(anchor: &str) -> String {
    let anchor = anchor.replace("&amp;", "&").replace("&#39;", "'");
    percent_encoding::percent_decode_str(&anchor).decode_utf8_lossy().into_owned()
}

#[test]
fn a_second_build_writes_nothing_and_a_site_that_was_touched_is_made_whole() {
    let fixture = Fixture::new(&[
        ("content/a.md", &policy("POL-AAA-001", "", "Text ![plan](plan.png).")),
        ("content/plan.png", "first"),
    ]);
    let first = fixture.build();
    let times = |site: &BTreeMap<String, Vec<u8>>| -> Vec<std::time::SystemTime> {
        let modified =
            |path: &String| std::fs::metadata(fixture.path("site").join(path)).and_then(|file| file.modified());
        site.keys().map(|path| modified(path).expect("a time")).collect()
    };
    let before = times(&first);
    assert_eq!(fixture.build(), first);
    assert_eq!(times(&first), before, "nothing was written");

    fixture.write("site/a.html", "touched");
    std::fs::remove_file(fixture.path("site/gaps.html")).expect("a file");
    assert_eq!(fixture.build(), first, "what was touched or lost is there again");

    fixture.write("content/plan.png", "other");
    assert_eq!(fixture.build()["plan.png"], b"other", "a changed picture is copied again");
    fixture.write("site/notes.txt", "somebody's own");
    fixture.write("content/b.md", &policy("POL-AAA-002", "", "More."));
    let third = fixture.build();
    assert!(third.contains_key("b.html") && third["notes.txt"] == b"somebody's own");
}
