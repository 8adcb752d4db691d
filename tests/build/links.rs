//! The pages of the bundled handbook: every link works, and nothing is loaded from elsewhere.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use assert_cmd::Command;
use clausebook::testing::site::inspect::inspect_folder;

use crate::support::tree;

#[test]
fn every_link_of_the_portal_leads_somewhere_and_nothing_is_loaded_from_elsewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = tempfile::tempdir().expect("a folder");
    let site = output.path().join("site");
    let mut command = Command::cargo_bin("clausebook").expect("the binary");
    command.args(["build", "-q", "--source"]).arg(root).arg("--output").arg(&site);
    command.assert().success();
    let looked = inspect_folder(&site, &HashSet::new(), None).expect("a site");
    assert!(looked.broken.is_empty(), "{:#?}", looked.broken);
    assert!(looked.references > 10_000, "{} references were looked at", looked.references);
    for (path, bytes) in tree(&site).iter().filter(|(path, _)| path.ends_with(".html")) {
        assert_strict_policy(path, std::str::from_utf8(bytes).expect("UTF-8"));
    }
}

fn assert_strict_policy(path: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{path} has one first-level heading");
    assert!(
        !html.contains(" style=\"") && !html.contains("<style") && !html.contains(" onclick"),
        "{path} holds inline style or script"
    );
    assert!(
        html.split("<script").skip(1).all(|rest| rest.split('>').next().is_some_and(|tag| tag.contains(" src="))),
        "{path} holds an inline script"
    );
    let ids: BTreeSet<&str> = attributes(html, "id").collect();
    assert_eq!(ids.len(), attributes(html, "id").count(), "{path} has an id twice");
    for source in attributes(html, "src") {
        assert!(!is_external(source), "{path} loads {source}");
    }
}

fn attributes<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let marker = format!(" {name}=\"");
    let starts: Vec<usize> = html.match_indices(&marker).map(|(at, attribute)| at + attribute.len()).collect();
    starts.into_iter().filter_map(move |start| html[start..].split('"').next())
}

fn is_external(href: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme))
}
