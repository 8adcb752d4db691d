//! Verification that the texts in a pack have the digests in its manifest.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::support::{Fixture, SETTINGS, policy};
use super::{Files, model_handbook, pack, repack, small_handbook, unpack, verify};

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same files with correct checksums, as made by somebody who wants to hide a change.
fn update_checksums(mut files: Files) -> Files {
    let mut manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    for file in manifest["files"].as_array_mut().expect("files") {
        let path = file["path"].as_str().expect("a path").to_owned();
        file["sha256"] = sha256_hex(&files[&path]).into();
        file["bytes"] = files[&path].len().into();
    }
    let text = serde_json::to_string_pretty(&manifest).expect("JSON");
    files.insert("manifest.json".to_owned(), text.into_bytes());
    files.remove("manifest.sha256");
    let lines: String = files.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256_hex(bytes))).collect();
    files.insert("manifest.sha256".to_owned(), lines.into_bytes());
    files
}

fn replace_in(files: &Files, path: &str, from: &str, to: &str) -> Files {
    let mut files = files.clone();
    let text = String::from_utf8(files[path].clone()).expect("UTF-8");
    assert!(text.contains(from), "{path}: {text}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    update_checksums(files)
}

#[test]
fn the_digests_of_the_model_handbook_are_those_of_its_texts() {
    let fixture = model_handbook();
    let bytes = pack(&fixture, &["stage-1", "--with-source"]);
    let files = unpack(&bytes);
    assert!(files.contains_key("source/clausebook.yaml"));
    let (code, output) = verify(&fixture, &bytes);
    assert_eq!(
        (code, output.as_str()),
        (Some(0), "given.zip: all files are unchanged, and every source text has the digest of its document\n")
    );
    assert_eq!(verify(&fixture, &repack(&update_checksums(files))).0, Some(0));
}

#[test]
fn a_text_with_another_digest_is_named_even_if_all_sums_were_made_again() {
    let fixture = small_handbook();
    let files = unpack(&pack(&fixture, &["stage-1", "--with-source"]));
    assert_eq!(verify(&fixture, &repack(&files)).0, Some(0));
    let digest = |id: &str| -> String {
        let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        let mut documents = manifest["documents"].as_array().expect("documents").iter();
        documents.find(|document| document["id"] == id).expect("it")["digest"].as_str().expect("a digest").to_owned()
    };
    let other = replace_in(&files, "source/content/b.md", "We act.", "We do not act.");
    let (code, output) = verify(&fixture, &repack(&other));
    assert_eq!((code, output.lines().count()), (Some(1), 1), "{output}");
    assert!(
        output.starts_with("the text of POL-BBB-001 has the digest ") && output.contains(&digest("POL-BBB-001")),
        "{output}"
    );
    // Wrapping does not change the text, and neither does the approval.
    let wrapped = replace_in(&files, "source/content/b.md", "We act.", "We\nact.");
    assert_eq!(verify(&fixture, &repack(&wrapped)).0, Some(0));
    // A missing text, and missing settings.
    let renamed = replace_in(&files, "source/content/b.md", "id: POL-BBB-001", "id: POL-BBB-002");
    assert_eq!(verify(&fixture, &repack(&renamed)).0, Some(0), "the digest is that of the text, whatever its id");
    let mut without_text = files.clone();
    without_text.remove("source/content/b.md");
    let manifest = String::from_utf8(without_text["manifest.json"].clone()).expect("UTF-8");
    let mut data: Value = serde_json::from_str(&manifest).expect("JSON");
    for key in ["files", "sources"] {
        data[key].as_array_mut().expect("a list").retain(|entry| !entry.to_string().contains("source/content/b.md"));
    }
    without_text.insert("manifest.json".to_owned(), data.to_string().into_bytes());
    let (code, output) = verify(&fixture, &repack(&update_checksums(without_text)));
    assert_eq!((code, output.as_str()), (Some(1), "the pack has no text of POL-BBB-001\n"));
    let torn = replace_in(&files, "source/clausebook.yaml", "title: Test handbook", "title: [");
    let (code, output) = verify(&fixture, &repack(&torn));
    assert!(code == Some(1) && output.starts_with("no digest can be recomputed: "), "{output}");
}

#[test]
fn an_attachment_with_other_bytes_is_another_text() {
    let body = "We act. See ![plan](plan.png).";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", SETTINGS),
        ("content/a.md", &policy("POL-AAA-001", "", body)),
        ("content/plan.png", "picture"),
    ]);
    // The approval covers the text including its picture.
    let output = fixture.run(&["approve", "POL-AAA-001", "--by", "Director", "--on", "2026-03-02"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = unpack(&pack(&fixture, &["stage-1", "--with-source"]));
    assert_eq!(verify(&fixture, &repack(&files)).0, Some(0));
    let other = replace_in(&files, "files/plan.png", "picture", "pictures");
    let (code, report) = verify(&fixture, &repack(&other));
    assert!(code == Some(1) && report.starts_with("the text of POL-AAA-001 has the digest "), "{report}");
}

#[test]
fn a_pack_without_texts_says_that_no_digest_was_recomputed() {
    let fixture = small_handbook();
    std::fs::write(fixture.path("given.zip"), pack(&fixture, &["stage-1"])).expect("a file");
    let output = fixture.run(&["verify", "given.zip"]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && stderr.contains("no digest was recomputed"), "{stderr}");
}

#[test]
fn without_a_browser_a_pack_with_a_pdf_is_refused_before_anything_is_written() {
    let fixture = small_handbook();
    std::fs::write(fixture.path("pack.zip"), b"old").expect("a file");
    let output = fixture.run(&["pack", "stage-1", "--pdf", "--browser", "no-such-browser", "-o", "pack.zip"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("browser `no-such-browser` not found"));
    assert_eq!(std::fs::read(fixture.path("pack.zip")).expect("a file"), b"old");
}

#[test]
fn false_lists_in_a_manifest_are_reported() {
    let fixture = small_handbook();
    let files = unpack(&pack(&fixture, &["stage-1", "--with-source"]));
    let mut data: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    for source in data["sources"].as_array_mut().expect("sources") {
        source["file"] = "files/nowhere".into();
    }
    let mut lying = files.clone();
    lying.insert("manifest.json".to_owned(), data.to_string().into_bytes());
    let (code, output) = verify(&fixture, &repack(&update_checksums(lying)));
    assert_eq!(code, Some(1));
    let lines: BTreeMap<&str, usize> = output.lines().fold(BTreeMap::new(), |mut lines, line| {
        *lines.entry(line).or_default() += 1;
        lines
    });
    assert!(lines.contains_key("`files/nowhere` is not a text that can be read"), "{output}");
    assert!(lines.contains_key("no digest can be recomputed: the pack has no `clausebook.yaml`"), "{output}");
}

#[test]
fn the_texts_that_a_document_inserts_are_in_the_pack_and_in_its_digest() {
    let text = "We act.\n\n--8<-- \"one.md\"\n\n--8<-- \"b.md\"\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}includes: [parts, content]\n")),
        ("content/a.md", &policy("POL-AAA-001", "clauses: [8.6.1]\n", text)),
        ("content/b.md", &policy("POL-BBB-001", "clauses: [8.6.2/partial]\n", "We also act.")),
        ("parts/one.md", "Within an hour.\n"),
        ("parts/two.md", "Not asked for.\n"),
    ]);
    let files = unpack(&pack(&fixture, &["stage-1", "--with-source"]));
    assert!(files.contains_key("source/parts/one.md") && !files.contains_key("source/parts/two.md"));
    assert_eq!(verify(&fixture, &repack(&files)).0, Some(0));
    let (code, output) = verify(&fixture, &repack(&replace_in(&files, "source/parts/one.md", "hour", "day")));
    assert!(code == Some(1) && output.contains("the text of POL-AAA-001 has the digest"), "{output}");
}

/// The pack with other words in a text and on its page, and with a changed manifest.
fn forge(files: &Files, edit: impl Fn(&mut Value)) -> Files {
    let page = page_path(files, "POL-BBB-001");
    let files = replace_in(files, "source/content/b.md", "We act.", "We do not act.");
    let mut files = replace_in(&files, &page, "We act.", "We do not act.");
    let mut data: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    edit(&mut data);
    files.insert("manifest.json".to_owned(), data.to_string().into_bytes());
    update_checksums(files)
}

fn page_path(files: &Files, id: &str) -> String {
    let data: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    let mut documents = data["documents"].as_array().expect("documents").iter();
    documents.find(|document| document["id"] == id).expect("it")["path"].as_str().expect("a path").to_owned()
}

fn remove_entries(data: &mut Value, list: &str, words: &str) {
    data[list].as_array_mut().expect("a list").retain(|entry| !entry.to_string().contains(words));
}

#[test]
fn a_forged_text_that_the_manifest_leaves_out_is_named() {
    let fixture = small_handbook();
    let files = unpack(&pack(&fixture, &["stage-1", "--with-source"]));
    let page = page_path(&files, "POL-BBB-001");
    let names = |report: &str, name: &str| report.contains(&format!("`{name}` is not "));
    for all in [false, true] {
        let less = forge(&files, |data| match all {
            true => data["documents"] = Value::Array(Vec::new()),
            false => remove_entries(data, "documents", "\"POL-BBB-001\""),
        });
        let (code, output) = verify(&fixture, &repack(&less));
        assert!(code == Some(1) && names(&output, &page), "{output}");
        // Even without its page, the text is still found.
        let mut bare = less.clone();
        bare.retain(|path, _| !path.starts_with("documents/") || (!all && *path != page));
        let mut data: Value = serde_json::from_slice(&bare["manifest.json"]).expect("JSON");
        data["files"]
            .as_array_mut()
            .expect("files")
            .retain(|entry| bare.contains_key(entry["path"].as_str().expect("a path")));
        bare.insert("manifest.json".to_owned(), data.to_string().into_bytes());
        let (code, output) = verify(&fixture, &repack(&update_checksums(bare)));
        let expected = "the text `content/b.md` is not that of exactly one document in the manifest";
        assert!(code == Some(1) && output.contains(expected), "{output}");
    }
    for words in ["source/", "source/content/b.md"] {
        let (code, output) = verify(&fixture, &repack(&forge(&files, |data| remove_entries(data, "sources", words))));
        assert!(code == Some(1) && names(&output, "source/content/b.md"), "{output}");
    }
    let without_sources = forge(&files, |data| drop(data.as_object_mut().expect("an object").remove("sources")));
    let (code, output) = verify(&fixture, &repack(&without_sources));
    assert!(code == Some(1) && names(&output, "source/content/b.md"), "{output}");
    for kind in ["attachment", "register", "settings", "included"] {
        let other = forge(&files, |data| {
            let mut sources = data["sources"].as_array_mut().expect("sources").iter_mut();
            sources.find(|entry| entry["path"] == "content/b.md").expect("it")["kind"] = kind.into();
        });
        let (code, output) = verify(&fixture, &repack(&other));
        assert!(code == Some(1) && names(&output, "source/content/b.md"), "{kind}: {output}");
    }
}

#[test]
fn documents_that_a_manifest_has_twice_or_without_a_page_are_named() {
    let fixture = small_handbook();
    for arguments in [&["stage-1"][..], &["stage-1", "--with-source"]] {
        let files = unpack(&pack(&fixture, arguments));
        let page = page_path(&files, "POL-BBB-001");
        let edited = |edit: &dyn Fn(&mut Vec<Value>)| {
            let (mut files, mut data) =
                (files.clone(), serde_json::from_slice::<Value>(&files["manifest.json"]).expect("JSON"));
            edit(data["documents"].as_array_mut().expect("documents"));
            files.insert("manifest.json".to_owned(), data.to_string().into_bytes());
            verify(&fixture, &repack(&update_checksums(files)))
        };
        let at = |all: &[Value]| all.iter().position(|document| document["id"] == "POL-BBB-001").expect("it");
        let (code, output) = edited(&|all| all.push(all[at(all)].clone()));
        let expected = format!("`{page}` is not the page of exactly one document in the manifest");
        assert!(code == Some(1) && output.contains(&expected), "{output}");
        let (code, output) = edited(&|all| drop(all.remove(at(all))));
        assert!(code == Some(1) && output.contains(&expected), "{output}");
        let (code, output) = edited(&|all| {
            let at = at(all);
            all[at]["path"] = "documents/gone.html".into();
        });
        assert!(
            code == Some(1) && output.contains(&expected) && output.contains("`documents/gone.html` was removed"),
            "{output}"
        );
    }
}
