//! Every page can be reached by links.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support::{Fixture, policy, tree};

/// The pages that can be reached from the home page by any number of links.
fn reachable_pages(site: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let mut reachable = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(page) = open.pop() {
        let text = String::from_utf8_lossy(&site[&page]);
        let links = text.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links.filter_map(|link| resolve_link(&page, link)) {
            if site.contains_key(&link) && link.ends_with(".html") && reachable.insert(link.clone()) {
                open.push(link);
            }
        }
    }
    reachable
}

/// The file that a link on a page points to.
fn resolve_link(page: &str, link: &str) -> Option<String> {
    let path = link.split(['#', '?']).next().filter(|path| !path.is_empty() && !path.contains(':'))?;
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(folders.pop()?),
            _ => folders.push(part),
        }
    }
    Some(folders.join("/"))
}

fn unreachable_pages(site: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let reachable = reachable_pages(site);
    let is_expected = |path: &&String| {
        // The not-found page and former URLs of documents have no links to them.
        path.ends_with(".html")
            && *path != "404.html"
            && !site[*path].windows(15).any(|part| part == b"http-equiv=\"ref")
    };
    site.keys().filter(is_expected).filter(|path| !reachable.contains(*path)).cloned().collect()
}

#[test]
fn every_page_of_the_model_handbook_is_reachable_by_links() {
    let folder = TempDir::new().expect("a folder");
    let site = folder.path().join("site");
    let mut command = Command::cargo_bin("clausebook").expect("the binary");
    command.args(["build", "-q", "--source"]).arg(Path::new(env!("CARGO_MANIFEST_DIR"))).arg("--output").arg(&site);
    command.env("XDG_CACHE_HOME", folder.path().join("cache")).assert().success();
    let site = tree(&site);
    assert!(reachable_pages(&site).len() > 500, "links are followed");
    assert_eq!(unreachable_pages(&site), Vec::<String>::new());
}

#[test]
fn pages_of_tags_and_states_are_reachable_and_no_empty_list_is_made() {
    let fixture = Fixture::new(&[
        ("content/a.md", &policy("POL-AAA-001", "tags: [night, \"on call\"]\n", "Words.")),
        ("content/b.md", &policy("POL-AAA-002", "tags: [night]\n", "Words.")),
        ("content/c.md", &policy("POL-AAA-003", "", "Words.").replace("status: approved", "status: draft")),
    ]);
    let site = fixture.build();
    assert_eq!(unreachable_pages(&site), Vec::<String>::new());
    let night = crate::text(&site, "tags/night.html");
    assert!(night.contains("POL-AAA-001") && night.contains("POL-AAA-002") && !night.contains("href=\"../c.html\">C"));
    assert!(crate::text(&site, "tags/on-call.html").contains("POL-AAA-001"));
    let drafts = crate::text(&site, "states/draft.html");
    assert!(drafts.contains("POL-AAA-003") && !drafts.contains("POL-AAA-001"));
    assert!(!site.contains_key("states/retired.html"));
    let without = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", "Words."))]).build();
    assert!(!without.keys().any(|path| path.starts_with("tags/")));
    assert_eq!(unreachable_pages(&without), Vec::<String>::new());
}
