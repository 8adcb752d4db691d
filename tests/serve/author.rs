//! An author's edits, and the resulting preview.

use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use crate::preview::{Preview, document, handbook, receive};

/// The finding of a rule on the requested page.
fn find_row<'a>(news: &'a serde_json::Value, rule: &str) -> Option<&'a serde_json::Value> {
    news["here"].as_array()?.iter().find(|row| row["rule"] == rule)
}

/// A custom template that replaces the built-in footer.
fn footer(template: &str, text: &str) -> String {
    format!("{{% extends \"default/{template}\" %}}{{% block footer %}}{text}{{% endblock %}}")
}

#[test]
fn every_way_of_saving_is_seen_once() {
    let preview = Preview::start(handbook(), &[]);
    let root = preview.root();
    let file = root.join("content/a/doc-1.md");

    preview.write("content/a/.doc-1.tmp", &document(1, "Atomic."));
    fs::rename(root.join("content/a/.doc-1.tmp"), &file).unwrap();
    assert!(preview.wait_for_build().starts_with("content/a/doc-1.md: "));
    assert!(preview.page("/a/doc-1.html").contains("<p>Atomic.</p>"));

    // As vim does: test the folder, rename the old file, write the new one, delete the old.
    preview.write("content/a/4913", "");
    fs::remove_file(root.join("content/a/4913")).unwrap();
    fs::rename(&file, root.join("content/a/doc-1.md~")).unwrap();
    preview.write("content/a/doc-1.md", &document(1, "From vim."));
    fs::remove_file(root.join("content/a/doc-1.md~")).unwrap();
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("<p>From vim.</p>"));

    // In place, with a pause in the middle.
    let mut open = fs::OpenOptions::new().append(true).open(&file).unwrap();
    open.write_all(b"\nIn ").unwrap();
    std::thread::sleep(Duration::from_millis(15));
    open.write_all(b"place.\n").unwrap();
    drop(open);
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("<p>In place.</p>"));
    preview.assert_idle();
}

#[test]
fn many_files_at_once_are_one_build() {
    let preview = Preview::start(handbook(), &[]);
    for number in 10..210 {
        preview.write(&format!("content/a/doc-{number}.md"), &document(number, "Many."));
    }
    let message = preview.wait_for_build();
    assert!(message.contains("and 197 more"), "{message}");
    assert!(preview.page("/a/doc-209.html").contains("Many."));
    preview.assert_idle();
}

#[test]
fn a_deleted_document_is_removed_and_links_to_it_are_findings() {
    let preview = Preview::start(handbook(), &[]);
    preview.write("content/a/doc-1.md", &document(1, "See [[DOC-002]]."));
    preview.wait_for_build();
    let generation = preview.generation();
    fs::remove_file(preview.root().join("content/a/doc-2.md")).unwrap();
    let message = preview.wait_for_build();
    assert!(message.contains("new, "), "{message}");
    assert_eq!(preview.get("/a/doc-2.html").code, 404);
    assert!(preview.page("/a/doc-1.html").contains("class=\"broken\""));
    let status = &preview.status("/a/doc-1.html", generation);
    let link = find_row(status, "unknown-reference").expect("a finding on the page with the link");
    assert_eq!(link["source"], "See [[DOC-002]].");
    assert!(status["reload"].as_bool().unwrap());

    preview.write("content/a/doc-2.md", &document(2, "Back."));
    preview.wait_for_build();
    fs::rename(preview.root().join("content/a/doc-2.md"), preview.root().join("content/a/renamed.md")).unwrap();
    preview.wait_for_build();
    assert_eq!(preview.get("/a/doc-2.html").code, 404);
    assert!(preview.page("/a/renamed.html").contains("Back."));
    assert!(preview.page("/a/doc-1.html").contains("href=\"renamed.html\""));
}

#[test]
fn folders_that_come_later_are_watched_too() {
    let preview = Preview::start(handbook(), &[]);
    preview.write("content/new/deep/er/doc-9.md", &document(9, "Deep."));
    preview.wait_for_build();
    assert!(preview.page("/new/deep/er/doc-9.html").contains("Deep."));
    preview.write("content/new/deep/er/doc-9.md", &document(9, "Deeper."));
    preview.wait_for_build();
    assert!(preview.page("/new/deep/er/doc-9.html").contains("Deeper."));

    preview.write("themes/own/static/own.css", "/* own */");
    preview.assert_idle();
    preview.write("clausebook.yaml", "title: Small\nas_of: 2026-11-22\ntheme: own\n");
    preview.wait_for_build();
    assert!(preview.page("/assets/own.css").contains("own"));
    let block = |text: &str| footer("base.html", text);
    preview.write("themes/own/templates/base.html", &block("A footer of ours"));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("A footer of ours"));
    preview.write("themes/own/templates/base.html", &block("{% if %}"));
    preview.wait_for_build();
    let problems = &preview.status("/a/doc-1.html", 0)["problems"];
    assert_eq!(problems[0]["file"], "themes/own/templates/base.html");
    assert!(preview.page("/a/doc-1.html").contains("A footer of ours"), "the last good site stays");
    preview.write("themes/own/templates/base.html", &block("Another footer"));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("Another footer"));
    preview.write("themes/own/templates/base.html", &block("<a href='{{ root }}nowhere.html'>Nowhere</a>"));
    preview.wait_for_build();
    assert_eq!(preview.wait_for_build(), "all pages: 1 finding in the theme");
    let new = preview.status("/a/doc-1.html", 0)["change"]["new"].clone();
    assert_eq!(new.as_array().map(Vec::len), Some(1), "the preview's own script is answered: {new}");
    assert_eq!((&new[0]["rule"], &new[0]["line"]), (&"broken-site".into(), &1.into()));
    assert!(new[0]["message"].as_str().unwrap().contains("`nowhere.html`, which is not in the site"), "{new}");
}

#[test]
fn a_page_that_a_template_cannot_show_brings_the_last_good_site_back() {
    let preview = Preview::start(handbook(), &[]);
    let template = "themes/own/templates/document.html";
    let block = |text: &str| footer("document.html", text);
    preview.write(template, &block("A footer of ours"));
    preview.write("clausebook.yaml", "title: Small\nas_of: 2026-11-22\ntheme: own\n");
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("A footer of ours"));
    let generation = preview.generation();
    // Enough time to render every page, because there are few.
    preview.assert_idle();

    // An error in all pages is reported immediately, because a page of each template is tried.
    preview.write(template, &block("{{ page.nothing.deep }}"));
    assert!(preview.wait_for_build().starts_with("showing the last successful build"));
    assert!(preview.page("/a/doc-1.html").contains("A footer of ours"));
    assert_eq!(preview.status("/a/doc-1.html", generation)["reload"], false);

    // An error in a page that nobody is viewing is reported when all pages are inspected.
    preview.write(template, &block("{% if page.id == 'DOC-002' %}{{ page.nothing.deep }}{% endif %}Late"));
    assert!(preview.wait_for_build().starts_with(template));
    assert!(preview.page("/a/doc-1.html").contains("Late"));
    let last_generation = preview.generation();
    assert!(preview.wait_for_build().starts_with("showing the last successful build"));
    let news = preview.status("/a/doc-1.html", last_generation);
    assert_eq!(news["problems"][0]["file"], template);
    assert_eq!(news["reload"], true);
    for page in ["/a/doc-1.html", "/a/doc-2.html"] {
        assert!(preview.page(page).contains("A footer of ours"), "{page}");
    }

    // An error in a page that somebody is viewing is reported immediately.
    preview.write("content/a/doc-1.md", &document(1, "Another text."));
    // The problem has already been reported.
    preview.assert_idle();
    assert!(preview.page("/a/doc-2.html").contains("A footer of ours"), "what cannot be shown is not shown");
    preview.write(template, &block("Mended"));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-2.html").contains("Mended"));
    assert!(preview.status("/a/doc-2.html", 0)["problems"].as_array().unwrap().is_empty());
}

#[test]
fn a_recreated_folder_is_watched_again() {
    let preview = Preview::start(handbook(), &[]);
    let content = preview.root().join("content");
    fs::rename(&content, preview.root().join("away")).unwrap();
    preview.wait_for_build();
    assert_eq!(preview.get("/a/doc-1.html").code, 404);
    preview.write("content/a/doc-1.md", &document(1, "Anew."));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("Anew."));
    preview.write("content/a/doc-1.md", &document(1, "Again."));
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("Again."));
}

#[test]
fn broken_front_matter_shows_on_its_page_until_fixed() {
    let preview = Preview::start(handbook(), &[]);
    let broken = document(1, "Text.").replace("status: approved", "status: aproved <b>");
    preview.write("content/a/doc-1.md", &broken);
    let message = preview.wait_for_build();
    assert!(message.contains("lost "), "{message}");
    let news = preview.status("/a/doc-1.html", 0);
    let status = find_row(&news, "unknown-status").expect("a finding on the page");
    assert_eq!((status["line"].as_u64(), status["source"].as_str()), (Some(5), Some("status: aproved <b>")));
    assert!(!news["change"]["lost"].as_array().unwrap().is_empty());
    assert_eq!(find_row(&preview.status("/a/doc-2.html", 0), "unknown-status"), None);
    preview.write("content/a/doc-1.md", &document(1, "Text."));
    preview.wait_for_build();
    let mended = preview.status("/a/doc-1.html", 0);
    assert_eq!(find_row(&mended, "unknown-status"), None);
    assert!(!mended["change"]["gained"].as_array().unwrap().is_empty());
}

#[test]
fn a_page_lists_a_bounded_number_of_findings_its_own_first() {
    let preview = Preview::start(handbook(), &[]);
    for number in 100..300 {
        preview.write(&format!("content/a/doc-{number}.md"), &document(number, "Text."));
    }
    preview.wait_for_build();
    preview.write("clausebook.yaml", "title: Small\nas_of: 2026-11-22\nid_pattern: \"[A-Z]{4}\"\n");
    preview.wait_for_build();
    for page in ["/a/doc-299.html", "/a/doc-1.html"] {
        let news = preview.status(page, 0);
        let new = news["change"]["new"].as_array().unwrap();
        assert_eq!((new.len(), &news["change"]["new_in_all"]), (100, &203.into()));
        assert_eq!(Some(new[0]["url"].as_str().unwrap()), page.strip_prefix('/'));
        assert_eq!(new[0], *find_row(&news, new[0]["rule"].as_str().unwrap()).unwrap());
    }
    preview.write("clausebook.yaml", "title: Small\nas_of: 2026-11-22\n");
    preview.wait_for_build();
    let change = preview.status("/", 0)["change"].clone();
    assert_eq!((&change["new_in_all"], &change["gone_in_all"]), (&0.into(), &203.into()));
    assert!(change.to_string().len() < 500, "{change}");
}

#[test]
fn settings_that_cannot_be_used_keep_the_last_good_site() {
    let preview = Preview::start(handbook(), &[]);
    let generation = preview.generation();
    preview.write("clausebook.yaml", "titel: Small\n");
    preview.wait_for_build();
    let news = preview.status("/a/doc-1.html", generation);
    assert_eq!(news["problems"][0]["rule"], "invalid-settings");
    assert_eq!(news["problems"][0]["source"], "titel: Small");
    assert_eq!(news["reload"], false);
    assert!(preview.page("/a/doc-1.html").contains("Text."));
    preview.write("clausebook.yaml", "title: Small\nas_of: 2026-11-22\n");
    preview.wait_for_build();
    let news = preview.status("/a/doc-1.html", generation);
    assert!(news["problems"].as_array().unwrap().is_empty());
    assert_eq!(news["reload"], false, "the page is what it was");
}

#[test]
fn a_handbook_that_cannot_be_built_at_first_is_shown_once_it_can() {
    let folder = handbook();
    fs::write(folder.path().join("clausebook.yaml"), "standards: [none]\n").unwrap();
    let preview = Preview::start(folder, &[]);
    let response = preview.get("/a/doc-1.html");
    assert_eq!(response.code, 503);
    assert!(response.body.contains("/~preview/preview.js?generation="), "{}", response.body);
    preview.write("clausebook.yaml", "standards: [nothing]\n");
    assert_eq!(preview.wait_for_build(), "nothing can be shown until this is fixed");
    preview.write("clausebook.yaml", "title: Small\nas_of: 2026-11-22\n");
    preview.wait_for_build();
    assert!(preview.page("/a/doc-1.html").contains("Text."));
}

#[test]
fn output_inside_the_handbook_is_not_a_change() {
    let preview = Preview::start(handbook(), &[]);
    let build = std::process::Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(["build", "-q", "--source"])
        .arg(preview.root())
        .status()
        .unwrap();
    assert!(build.success() && preview.root().join("site/index.html").is_file());
    preview.assert_idle();
    preview.write("site/notes.md", "not read");
    preview.assert_idle();
    let touched = fs::read(preview.root().join("content/a/doc-1.md")).unwrap();
    fs::write(preview.root().join("content/a/doc-1.md"), touched).unwrap();
    preview.assert_idle();
}

#[test]
fn a_waiting_page_is_notified_only_of_changes() {
    let preview = Preview::start(handbook(), &[]);
    let generation = preview.generation();
    let poll = |page: &str| {
        let mut stream = preview.connect();
        let request = format!(
            "GET /~preview/poll?page={page}&generation={generation} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream
    };
    let (own_poll, other_poll, late_page) = (poll("/a/doc-1.html"), poll("/a/doc-2.html"), "/a/doc-1.html");
    preview.write("content/a/doc-1.md", &document(1, "News."));
    preview.wait_for_build();
    let news = |stream| serde_json::from_str::<serde_json::Value>(&receive(stream).body).unwrap();
    assert_eq!(news(own_poll)["reload"], true);
    assert_eq!(news(other_poll)["reload"], false);
    let start = Instant::now();
    assert_eq!(news(poll(late_page))["reload"], true, "who asks too late has missed nothing");
    assert!(start.elapsed() < Duration::from_secs(20), "it is answered before a poll without news is");
}

#[test]
fn a_document_that_waits_for_approval_offers_the_command() {
    let preview = Preview::start(handbook(), &[]);
    let offered = |text: &str| {
        preview.write("content/a/doc-1.md", text);
        preview.wait_for_build();
        preview.status("/a/doc-1.html", 0)["approve"].clone()
    };
    let draft = document(1, "Other text.").replace("status: approved", "status: draft");
    assert_eq!(offered(&draft), "clausebook approve DOC-001 --by \"Board\"");
    let hostile = draft.replace("approver: Board", "approver: $(reboot)");
    assert_eq!(offered(&hostile), "clausebook approve DOC-001 --by \"ROLE\"", "nothing that a shell would run");
    let changes =
        "changes: [{version: \"1\", date: 2026-06-01, digest: \"2:0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f\"}]\nowner:";
    let changed = document(1, "Changed text.").replace("owner:", changes);
    assert_eq!(offered(&changed), "clausebook approve DOC-001 --by \"Board\" --version V --summary \"TEXT\"");
    assert_eq!(offered(&document(1, "Evidence.").replace("type: policy", "type: report")), serde_json::Value::Null);
}
