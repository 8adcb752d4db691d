//! Previews of links, and explanations of glossary terms.

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{Fixture, policy};

const GLOSSARY: &str = "---\ntype: page\ntitle: Words\n---\n\nAn incident is explained here.\n\n\
    incident\n: An interruption. See [[POL-001]]. </script>\u{2028}\n\n\
    major incident\n: One that hurts many.\n\n\
    R&D\n: Research.\n\nGröße\n: How big.\n\nempty\n: \n";

/// The entries of all files, and the size of the largest file.
fn previews(site: &BTreeMap<String, Vec<u8>>) -> (BTreeMap<String, Value>, usize) {
    let files: Vec<_> = site.iter().filter(|(path, _)| path.starts_with("previews/")).collect();
    let count = files.len();
    let mut all = BTreeMap::new();
    for (path, bytes) in &files {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let json = text.strip_prefix("window.clausebookPreviews(").and_then(|text| text.strip_suffix(");\n"));
        let entries: BTreeMap<String, Value> = serde_json::from_str(json.expect("one call")).expect("JSON");
        for (key, value) in entries {
            assert_eq!(format!("previews/{}.js", fnv(&key) as usize % count), **path, "{key}");
            all.insert(key, value);
        }
    }
    (all, files.iter().map(|(_, bytes)| bytes.len()).max().expect("a file"))
}

fn fnv(key: &str) -> u32 {
    key.bytes().fold(2_166_136_261, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(16_777_619))
}

fn page(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(site[path].clone()).expect("UTF-8")
}

#[test]
fn documents_clauses_and_terms_have_an_entry() {
    let handbook = Fixture::new(&[
        ("clausebook.yaml", "title: Test handbook\nstandards: [iso20000-1, iso27001]\n"),
        ("content/words.md", GLOSSARY),
        (
            "content/a/policy.md",
            &policy("POL-001", "review: {next: 2027-01-02}\nlang: de\n", "First \"one\".  Second one."),
        ),
    ]);
    let site = handbook.build_on("2026-11-22");
    let (entries, _) = previews(&site);
    assert_eq!(
        entries["a/policy.html"],
        serde_json::json!({
            "id": "POL-001", "title": "Title of POL-001", "text": "First \"one\".", "lang": "de", "state": "current",
            "later": "2026-12-03 due-soon 2027-01-03 overdue"
        })
    );
    assert_eq!(entries["words.html"], serde_json::json!({"title": "Words", "text": "An incident is explained here."}));
    assert_eq!(entries["words.html#incident"]["title"], "incident");
    assert!(entries["words.html#incident"]["text"].as_str().is_some_and(|text| text.starts_with("An interruption.")));
    assert_eq!(entries["words.html#gr%C3%B6%C3%9Fe"]["text"], "How big.");
    assert!(!entries.contains_key("words.html#empty"));
    let clause = &entries["clauses/iso20000-1/8.6.1.html"];
    assert_eq!((clause["id"].as_str(), clause["verdict"].as_str()), (Some("8.6.1"), Some("missing")));
    assert!(clause["text"].as_str().is_some_and(|text| text.ends_with('.')));
    let count = site.keys().filter(|path| path.starts_with("previews/")).count();
    assert!(page(&site, "a/policy.html").contains(&format!("data-previews=\"{count}\"")));
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("previews/")) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains('<') && !text.contains('\u{2028}'), "{path}");
    }
}

#[test]
fn a_file_stays_small_and_their_number_stays_the_same_when_one_document_is_added() {
    let text = format!("{}.", "word ".repeat(60));
    let files: Vec<(String, String)> = (0..400)
        .map(|at| (format!("content/{}/doc-{at}.md", at % 7), policy(&format!("POL-{at}"), "", &text)))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let handbook = Fixture::new(&files);
    let before = handbook.build();
    let (entries, longest) = previews(&before);
    assert!(entries.len() > 500 && longest < 30_000, "{} entries, {longest} bytes", entries.len());
    handbook.write("content/0/new.md", &policy("POL-NEW", "", &text));
    let after = handbook.build();
    let changed =
        |(path, bytes): &(&String, &Vec<u8>)| path.starts_with("previews/") && before.get(*path) != Some(bytes);
    assert_eq!(after.iter().filter(changed).count(), 1, "the file of the new document alone");
}

#[test]
fn what_an_edition_withholds_is_in_no_file_and_explains_nothing() {
    let handbook = Fixture::new(&[
        ("clausebook.yaml", &format!("{}publish: {{up_to: internal}}\n", support::SETTINGS)),
        ("content/words.md", &GLOSSARY.replace("type: page\n", "type: page\nclassification: restricted\n")),
        ("content/secret.md", &policy("POL-SECRET", "classification: restricted\n", "Nobody knows.")),
        ("content/open.md", &policy("POL-OPEN", "classification: internal\n", "An incident.")),
    ]);
    let site = handbook.build();
    let (entries, _) = previews(&site);
    assert!(entries.contains_key("open.html"));
    assert!(!entries.keys().any(|key| key.starts_with("secret") || key.starts_with("words")));
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("previews/")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("SECRET") && !text.contains("interruption"), "{path}");
    }
    assert!(!page(&site, "open.html").contains("class=\"term\""));
}

#[test]
fn the_first_use_of_a_term_leads_to_the_glossary() {
    let body = "An [incident](b.md) and `incident`.\n\n## Incident\n\nMajor incidents, incidents,\nR&D, an incident.\n";
    let handbook = Fixture::new(&[
        ("content/words.md", GLOSSARY),
        ("content/a/policy.md", &policy("POL-001", "", body)),
        ("content/a/german.md", &policy("POL-002", "lang: de\n", "Ein incident.")),
        ("content/a/b.md", &policy("POL-003", "", "See [it](../words.md#incident).")),
        ("content/index.md", "---\ntype: page\ntitle: Home\n---\nWe handle incidents.\n"),
    ]);
    let site = handbook.build();
    let html = page(&site, "a/policy.html");
    let link = |anchor: &str, words: &str| format!("<a class=\"term\" href=\"../words.html#{anchor}\">{words}</a>");
    assert!(html.contains(&link("major-incident", "Major incidents")), "{html}");
    assert!(html.contains(&link("incident", "incidents")));
    assert!(html.contains(&link("rd", "R&amp;D")));
    assert_eq!(html.matches("class=\"term\"").count(), 3);
    assert!(page(&site, "index.html").contains("<a class=\"term\" href=\"words.html#incident\">incidents</a>"));
    assert!(page(&site, "a/b.html").contains("<a class=\"to-term\" href=\"../words.html#incident\">it</a>"));
    for untouched in ["words.html", "a/german.html", "print/index.html"] {
        assert!(!page(&site, untouched).contains("class=\"term\""), "{untouched}");
    }
}

#[test]
fn a_controlled_document_with_a_definition_list_is_not_a_glossary() {
    let handbook = Fixture::new(&[
        ("content/a.md", &policy("POL-001", "", "incident\n: An interruption.")),
        ("content/b.md", &policy("POL-002", "", "An incident.")),
    ]);
    assert!(!page(&handbook.build(), "b.html").contains("class=\"term\""));
}
