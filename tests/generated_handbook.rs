//! Generated handbooks for benchmarks have the documented properties, checked by code that is independent of
//! Clausebook.

#[path = "../benches/generator/mod.rs"]
mod generator;
#[path = "../benches/mistakes/mod.rs"]
mod mistakes;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Dialect, write_content, write_handbook};
use mistakes::add_mistakes;
use walkdir::WalkDir;

const DOCUMENTS: usize = 240;

/// The documents and pages, by path.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

fn documents(folder: &Path) -> BTreeMap<PathBuf, String> {
    texts(folder).into_iter().filter(|(_, text)| text.starts_with("---\nid: ")).collect()
}

fn handbook(documents: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_handbook(folder.path(), documents).unwrap();
    folder
}

fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
}

fn share(documents: &BTreeMap<PathBuf, String>, predicate: impl Fn(&str) -> bool) -> f64 {
    documents.values().filter(|text| predicate(text)).count() as f64 / documents.len() as f64
}

/// The text between `](` or `[[` and the end of each link.
fn link_targets<'a>(text: &'a str, start: &str, ends: &[char]) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(ends).next()).collect()
}

#[test]
fn the_same_number_gives_the_same_bytes_on_any_number_of_threads() {
    let first = tempfile::tempdir().unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let summary = pool.install(|| write_handbook(first.path(), DOCUMENTS)).unwrap();
    assert_eq!(summary.documents, DOCUMENTS);
    assert_eq!(texts(first.path()), texts(handbook(DOCUMENTS).path()));
}

#[test]
fn any_number_of_documents_can_be_generated() {
    for count in [0, 1, 2, 7, 57] {
        let folder = handbook(count);
        assert_eq!(documents(folder.path()).len(), count);
        assert!(folder.path().join("clausebook.yaml").is_file());
    }
}

#[test]
fn documents_have_the_size_and_the_parts_of_real_ones() {
    let folder = handbook(DOCUMENTS);
    let documents = documents(folder.path());
    for (path, text) in &documents {
        assert!((3_000..=12_288).contains(&text.len()), "{} has {} bytes", path.display(), text.len());
    }
    let code = share(&documents, |text| text.contains("\n```"));
    assert!((0.32..0.35).contains(&code), "{code} of the documents hold code");
    assert!(share(&documents, |text| text.contains("| --- |")) > 0.6);
    assert!(share(&documents, |text| text.contains("\n- ")) > 0.99);
    assert!((0.04..0.06).contains(&share(&documents, |text| !text.contains("\nstatus: approved\n"))));
}

#[test]
fn ids_are_unique_and_every_unit_is_claimed_from_56_documents_on() {
    let folder = handbook(56);
    let documents = documents(folder.path());
    let ids: BTreeSet<_> = documents.values().map(|text| value(text, "id").unwrap()).collect();
    assert_eq!(ids.len(), 56);
    let claims =
        documents.values().map(|text| text.split("clauses:\n  - \"").nth(1).unwrap().split('"').next().unwrap());
    assert_eq!(claims.collect::<BTreeSet<_>>().len(), 56);
}

#[test]
fn each_document_links_to_5_to_10_others_and_every_link_leads_somewhere() {
    let folder = handbook(DOCUMENTS);
    let content = folder.path().join("content");
    let documents = documents(&content);
    let ids: BTreeSet<_> = documents.values().map(|text| value(text, "id").unwrap()).collect();
    for (path, text) in &documents {
        let paths = link_targets(text, "](", &[')']);
        let mut references = link_targets(text, "[[", &[']', '#', '|']);
        // Double brackets in code are shell tests, not links.
        references.retain(|target| target.starts_with(char::is_uppercase));
        assert!(
            (5..=10).contains(&(paths.len() + references.len())),
            "{} has {paths:?} {references:?}",
            path.display()
        );
        assert!(references.iter().all(|id| ids.contains(id)), "{} names {references:?}", path.display());
        for target in paths {
            let file = content.join(path.parent().unwrap()).join(target.split('#').next().unwrap());
            assert!(file.is_file(), "{} links to {target}", path.display());
        }
    }
}

#[test]
fn both_dialects_have_the_same_documents_at_the_same_places() {
    let site = tempfile::tempdir().unwrap();
    write_content(site.path(), DOCUMENTS, Dialect::Hugo).unwrap();
    let own = handbook(DOCUMENTS);
    let (own, other) = (documents(&own.path().join("content")), documents(site.path()));
    assert!(own.keys().eq(other.keys()));
    assert!(
        other
            .values()
            .all(|text| !link_targets(text, "[[", &[']']).iter().any(|target| target.starts_with(char::is_uppercase)))
    );
    let words = |texts: &BTreeMap<_, String>| texts.values().map(|text| text.split_whitespace().count()).sum::<usize>();
    let (own_count, other_count) = (words(&own) as f64, words(&other) as f64);
    assert!((own_count / other_count - 1.0).abs() < 0.02, "{own_count} words against {other_count}");
}

#[test]
fn mistakes_are_added_to_every_document_and_to_nothing_else() {
    let (clean, mistaken) = (handbook(DOCUMENTS), handbook(DOCUMENTS));
    add_mistakes(mistaken.path(), DOCUMENTS).unwrap();
    let (before, after) = (texts(clean.path()), texts(mistaken.path()));
    assert_eq!(documents(mistaken.path()).len(), DOCUMENTS);
    for (path, text) in &after {
        let added = text.strip_prefix(before[path].as_str()).unwrap();
        assert_eq!(
            added.contains("is TBD") && added.contains("## Open points"),
            text.starts_with("---\nid: "),
            "{path:?}"
        );
    }
}
