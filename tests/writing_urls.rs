//! The names of files in a portal, and the links between them.

use std::collections::HashSet;

use clausebook::testing::url::SitePath;
use proptest::prelude::*;

/// Published URLs must not change: a change here breaks bookmarks.
#[test]
fn a_page_is_called_after_its_source() {
    let table = [
        ("8.6-resolution/incident-management.md", "8.6-resolution/incident-management.html"),
        ("8.6 Resolution/Größe & mehr.md", "8.6-resolution/grosse-mehr.html"),
        ("README.md", "index.html"),
        ("a/readme.MD", "a/index.html"),
        ("a/b/Index.markdown", "a/b/index.html"),
        ("Change (major), v1.2.md", "change-major-v1.2.html"),
        ("Журнал изменений.md", "zhurnal-izmenenii.html"),
        ("index.html.md", "index.html"),
        ("-rf.md", "rf.html"),
        (".hidden.md", "hidden.html"),
        ("con.md", "con_.html"),
        ("LPT1/nul.x.md", "lpt1_/nul_.x.html"),
        ("trailing. /x .md", "trailing/x.html"),
        ("page.html/x.md", "page-html/x.html"),
        ("a - b... c.md", "a-b.c.html"),
        ("no-extension", "no-extension.html"),
    ];
    for (source, url) in table {
        assert_eq!(SitePath::page(source).as_str(), url, "{source}");
    }
}

#[test]
fn an_asset_keeps_its_extension() {
    let table = [
        ("Bilder/Übersicht 1.PNG", "bilder/ubersicht-1.png"),
        ("a/data.tar.gz", "a/data.tar.gz"),
        ("LICENSE", "license"),
        (".htaccess", "htaccess"),
        ("aux.css", "aux_.css"),
        ("note.md", "note.md"),
    ];
    for (source, url) in table {
        assert_eq!(SitePath::asset(source).as_str(), url, "{source}");
    }
}

#[test]
fn hostile_names_give_safe_paths_that_differ() {
    let long = "x".repeat(240);
    let longer = format!("{long}y.md");
    let long = format!("{long}.md");
    let names = [
        "{{ title }}.md",
        "title.md",
        "$(x).md",
        "x.md",
        "..%2f",
        "../../etc/passwd",
        "/etc/passwd",
        "נוהל תקריות.md",
        "נוהל תקרית.md",
        "🎉.md",
        "🎈.md",
        "C++.md",
        "C#.md",
        "C.md",
        "事件管理.md",
        "\u{202e}gnp.md",
        "a\nb\u{0}c.md",
        "<script>.md",
        "'\"`.md",
        "",
        "...",
        &long,
        &longer,
    ];
    let paths: Vec<SitePath> = names.iter().map(|name| SitePath::page(name)).collect();
    for (path, name) in paths.iter().zip(names) {
        assert_safe(path, name);
    }
    assert_eq!(paths.iter().collect::<HashSet<_>>().len(), names.len(), "{paths:#?}");
}

#[test]
fn a_path_that_is_nested_too_deep_is_shortened() {
    let deep = |last: &str| format!("{}{last}.md", "folder with a name/".repeat(400));
    let (first, second) = (SitePath::page(&deep("one")), SitePath::page(&deep("other")));
    assert_safe(&first, "deep");
    assert_eq!(first.folder(), second.folder());
    assert_ne!(first.folder(), SitePath::page(&format!("a/{}", deep("one"))).folder());
}

#[test]
fn letter_case_and_the_way_accents_are_composed_do_not_matter() {
    assert_eq!(SitePath::page("Über.md"), SitePath::page("U\u{308}ber.md"));
    assert_eq!(SitePath::page("한국어.md"), SitePath::page("\u{1112}\u{1161}\u{11ab}국어.md"));
    assert_eq!(SitePath::page("A {x}.md"), SitePath::page("a {X}.md"));
}

#[test]
fn only_safe_texts_are_paths() {
    for text in ["CNAME", ".nojekyll", ".well-known/security.txt", "assets/Font_Main-1.woff2", "clauses/8.10.html"] {
        assert_eq!(SitePath::parse(text).unwrap().as_str(), text);
    }
    let long = "x".repeat(121);
    let refused = [
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/..b",
        "a.",
        "-a",
        "a b",
        "ä",
        "a\\b",
        "C:",
        "a%2f",
        "con",
        "a/NUL.txt",
        "com7.html",
        "a\0",
        &long,
    ];
    for text in refused {
        let error = SitePath::parse(text).unwrap_err();
        assert!(error.to_string().contains("is not a path of the portal"), "{text}");
    }
    assert!(SitePath::parse(&"a/".repeat(600)).is_err());
    assert!(serde_json::from_str::<SitePath>(r#""../../etc/passwd""#).is_err());
}

#[test]
fn links_are_relative() {
    let path = |text| SitePath::parse(text).unwrap();
    let table = [
        ("a/b.html", "a/c.html", "c.html"),
        ("a/b.html", "index.html", "../index.html"),
        ("index.html", "a/c.html", "a/c.html"),
        ("a/b/c.html", "a/d/e.html", "../d/e.html"),
        ("a/b.html", "ab/c.html", "../ab/c.html"),
        ("a/b.html", "a/b.html", "b.html"),
        ("a/b/c.html", "a/b.html", "../b.html"),
    ];
    for (page, target, link) in table {
        assert_eq!(path(target).relative_to(&path(page)), link, "{page} to {target}");
    }
    let (page, target) = (path("a/b.html"), path("c.html"));
    assert_eq!(target.fragment_relative_to(&page, "größe 1%"), "../c.html#gr%C3%B6%C3%9Fe%201%25");
    assert_eq!(page.fragment_relative_to(&page, "a\"<b>&'c'"), "#a%22%3Cb%3E%26%27c%27");
    assert_eq!(path("a/b/c.html").to_top(), "../../");
    assert_eq!(page.folders().collect::<Vec<_>>(), ["a"]);
}

fn assert_safe(path: &SitePath, source: &str) {
    let text = path.as_str();
    assert!(SitePath::parse(text).is_ok(), "{source:?} became {text:?}");
    assert!(!text.starts_with('/') && !text.contains("//") && !text.contains(".."), "{source:?} became {text:?}");
    assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_./".contains(&byte)));
    assert!(text.split('/').all(|name| !name.is_empty() && name.len() <= 120), "{source:?} became {text:?}");
    assert_eq!(path.folded().as_str(), text);
    for name in path.folder().split('/') {
        assert!(!name.ends_with(".html"), "{source:?} became {text:?}: a folder with the name of a page");
    }
}

/// Resolves a link like a browser.
fn resolve(page: &SitePath, link: &str) -> String {
    let mut names: Vec<&str> = page.folders().last().map_or(Vec::new(), |folder| folder.split('/').collect());
    for name in link.split('/') {
        match name {
            ".." => assert!(names.pop().is_some(), "{link} leaves the site from {page}"),
            name => names.push(name),
        }
    }
    names.join("/")
}

fn any_source() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[a-c./ -]{0,24}",
        "([a-zA-Z.~%$ äßøЖ한🎉-]{0,60}/){0,30}[a-zA-Z. äßøЖ한🎉-]{0,200}(\\.md)?",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn any_source_gives_a_safe_path(source in any_source()) {
        assert_safe(&SitePath::page(&source), &source);
        assert_safe(&SitePath::asset(&source), &source);
        prop_assert!(SitePath::page(&source).as_str().ends_with(".html"));
        prop_assert_eq!(SitePath::page(&source), SitePath::page(&source));
    }

    #[test]
    fn a_link_leads_to_its_target(page in any_source(), target in any_source()) {
        let (page, target) = (SitePath::page(&page), SitePath::asset(&target));
        prop_assert_eq!(resolve(&page, &target.relative_to(&page)), target.as_str());
        prop_assert_eq!(resolve(&page, &(page.to_top() + target.as_str())), target.as_str());
    }

    #[test]
    fn a_link_stays_short_between_neighbours(names in prop::collection::vec("[ab]", 1..5), other in "[ab]{1,3}(/[ab]){0,3}") {
        let page = SitePath::page(&names.join("/"));
        let target = SitePath::page(&other);
        prop_assert_eq!(resolve(&page, &target.relative_to(&page)), target.as_str());
    }

    #[test]
    fn page_paths_are_valid_asset_paths(source in any_source()) {
        let path = SitePath::page(&source);
        prop_assert_eq!(SitePath::asset(path.as_str()), path);
    }
}
