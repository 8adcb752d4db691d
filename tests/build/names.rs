//! A build publishes every file, whatever its name: clashes are resolved, and nothing is dropped.

use crate::support::{Fixture, policy};

/// Text that distinguishes a handbook's page from one of the portal's.
const MARK: &str = "zeppelin hangar";

/// The page with the whole handbook, which only small handbooks have.
const WHOLE_HANDBOOK: &str = "print/index.html";

fn sample(extra: &[(String, String)]) -> Fixture {
    let settings = "title: Test\nas_of: 2026-11-22\nstandards: [iso20000-1, iso27001]\n".to_owned();
    let plain = policy("POL-AAA-001", "audience: [Service Desk]\naliases: [old.html]\nclauses: [8.6.1]\n", "Text.");
    let mut files = vec![("clausebook.yaml".to_owned(), settings), ("content/a.md".to_owned(), plain)];
    files.extend_from_slice(extra);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Fixture::new(&files)
}

#[test]
fn a_document_may_have_the_name_of_any_page() {
    let site = sample(&[]).build();
    let pages: Vec<&String> = site.keys().filter(|path| path.ends_with(".html")).collect();
    let files: Vec<(String, String)> = pages
        .iter()
        .map(|path| {
            let stem = path.trim_end_matches(".html");
            (format!("content/{stem}.md"), format!("---\ntype: page\n---\n\n{MARK}\n"))
        })
        .filter(|(path, _)| path != "content/a.md")
        .collect();
    let built = sample(&files).build();
    let pages_with_mark = built.iter().filter(|(path, bytes)| {
        path.ends_with(".html") && !path.starts_with("print/") && String::from_utf8_lossy(bytes).contains(MARK)
    });
    assert!(pages_with_mark.count() >= files.len(), "every document has a page");
    let missing: Vec<&&String> =
        pages.iter().filter(|path| !built.contains_key(**path) && **path != WHOLE_HANDBOOK).collect();
    assert!(missing.is_empty(), "{missing:?} is not in the portal any more");
}

#[test]
fn an_attachment_and_an_earlier_address_may_have_the_name_of_any_file() {
    let mut site = sample(&[]).build();
    site.retain(|path, _| !path.starts_with('.') && path != "old.html");
    let mut files: Vec<(String, String)> =
        site.keys().map(|path| (format!("content/{path}"), format!("{MARK} {path}"))).collect();
    let links: String = site.keys().map(|path| format!("[x]({path})\n")).collect();
    let aliases = site.keys().cloned().collect::<Vec<_>>().join(", ");
    files.push(("content/links.md".to_owned(), format!("---\ntype: page\naliases: [{aliases}]\n---\n\n{links}\n")));
    let fixture = sample(&files);
    let built = fixture.build();
    let report = String::from_utf8(fixture.run(&["check", "--format", "concise"]).stdout).expect("UTF-8");
    for path in site.keys() {
        assert!(report.contains(&format!("`{path}`")), "no finding says that the earlier address {path} is taken");
        assert!(report.contains(&format!("content/{path}:")), "no finding says that the attachment {path} gives way");
        let content = format!("{MARK} {path}");
        assert!(built.values().any(|bytes| bytes == content.as_bytes()), "{path} is published");
        assert!(built.get(path).is_some_and(|bytes| bytes != content.as_bytes()), "{path} is the portal's");
    }
}

#[test]
fn a_file_may_have_the_name_of_a_folder() {
    let page = |body: &str| format!("---\ntype: page\n---\n\n{body}\n");
    let built = sample(&[
        ("content/Assets".to_owned(), "one".to_owned()),
        ("content/forms".to_owned() + "/x.txt", "two".to_owned()),
        ("content/Forms".to_owned(), "three".to_owned()),
        ("content/b.html".to_owned() + "/c.md", page("Text.")),
        ("content/b.md".to_owned(), page("[x](Assets) [x](forms/x.txt) [x](Forms) [x](b.html/c.md)")),
    ])
    .build();
    for text in ["one", "two", "three"] {
        assert!(built.values().any(|bytes| bytes == text.as_bytes()), "{text}");
    }
}
