//! Editions: they show the truth, and no file contains anything that they withhold.

#[path = "../support/mod.rs"]
mod support;

mod canaries;
mod random;
mod settings;
mod truth;
mod withheld;
mod without_figures;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use support::{Fixture, SETTINGS, policy, text_of, tree};

/// Builds an edition and returns its files.
fn edition(fixture: &Fixture, name: &str) -> BTreeMap<String, Vec<u8>> {
    let output = fixture.run(&["build", "-q", "--edition", name]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&fixture.path(&format!("site-{name}")))
}

/// The HTML of a page.
fn page(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap_or_else(|| panic!("{path} is in the site")).clone()).expect("UTF-8")
}

const EDITIONS: &str = "editions:\n  customers: {up_to: public}\n  staff: {up_to: internal, figures: whole}\n";

/// A handbook with a public policy on 8.6.1, and a restricted one on 8.6.2 that also provides the release policy.
fn handbook(editions: &str) -> Fixture {
    Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}{editions}")),
        (
            "content/a.md",
            &policy("POL-AAA-001", "classification: public\nclauses: [8.6.1]\n", "We act. See [[POL-BBB-001|it]]."),
        ),
        (
            "content/b.md",
            &policy(
                "POL-BBB-001",
                "classification: restricted\nclauses: [8.6.2]\nprovides: [release-policy]\n",
                "We act.",
            ),
        ),
    ])
}

fn model_handbook() -> Fixture {
    let fixture = Fixture::new(&[]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in tree(&root.join("content")) {
        let to: PathBuf = fixture.path(&format!("content/{path}"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
        std::fs::write(to, bytes).expect("a file");
    }
    let settings = std::fs::read_to_string(root.join("clausebook.yaml")).expect("settings");
    fixture.write("clausebook.yaml", &format!("{settings}\n{EDITIONS}"));
    fixture
}

/// Markers of a state, a verdict or a figure in a page.
const TRACES: [&str; 8] =
    ["data-state=", "data-verdict=", "data-counts=", "data-tally=", "of 56", "of 51", "Covered", "Overdue"];
/// Files that contain nothing but states, verdicts and figures.
const FILES: [&str; 8] =
    ["matrix.html", "matrix.csv", "gaps.html", "gaps.csv", "findings.html", "calendar.html", "days/", "states/"];

#[test]
fn an_edition_with_a_limit_shows_no_figure_unless_it_says_so() {
    let site = edition(&model_handbook(), "customers");
    for (path, bytes) in &site {
        assert!(!FILES.iter().any(|file| path.starts_with(file)), "{path}");
        // The theme's own scripts and style sheets contain all words; they are the same in every portal.
        if path.starts_with("assets/") {
            continue;
        }
        let text = text_of(path, bytes);
        for trace in TRACES {
            assert!(!text.contains(trace), "{path}: {trace}");
        }
    }
    assert!(!site.contains_key("assessment.schema.json"));
    let data: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
    let keys: Vec<&String> = data.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["as_of", "documents", "schema", "title"]);
    assert!(data["documents"].as_array().is_some_and(|list| list.len() == 2 && list[0].get("state").is_none()));
    // Clauses remain, with the content that is shown.
    assert!(page(&site, "clauses/iso20000-1/5.2.1.html").contains("POL-SMS-001"));
    assert!(page(&site, "clauses/iso20000-1/8.6.1.html").contains("This edition does not show every document."));
}

#[test]
fn what_links_to_a_page_that_an_edition_lacks_is_left_out_too() {
    let fixture = model_handbook();
    for name in ["customers", "staff"] {
        let site = edition(&fixture, name);
        let mut missing = Vec::new();
        for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            for address in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let local = address.split(['#', '?']).next().unwrap_or_default();
                if local.is_empty() || local.contains(':') {
                    continue;
                }
                let mut parts: Vec<&str> = path.split('/').collect();
                parts.pop();
                for part in local.split('/') {
                    match part {
                        ".." => drop(parts.pop()),
                        "." | "" => {}
                        name => parts.push(name),
                    }
                }
                let target = parts.join("/");
                if path != "404.html" && !site.contains_key(&target) {
                    missing.push(format!("{path}: {address}"));
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn an_edition_with_the_figures_of_the_whole_says_what_the_full_one_says() {
    let fixture = model_handbook();
    let full: serde_json::Value = serde_json::from_slice(&fixture.build()["assessment.json"]).expect("JSON");
    let site = edition(&fixture, "staff");
    let staff: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
    for figure in ["units", "units_covered", "required_items", "required_items_provided"] {
        assert_eq!(staff["totals"][figure], full["totals"][figure], "{figure}");
    }
    assert_eq!(staff["forecast"]["days"][0]["units_covered"], full["forecast"]["days"][0]["units_covered"]);
    let verdicts = |data: &serde_json::Value| -> Vec<String> {
        let clauses = data["standards"][0]["clauses"].as_array().expect("clauses").clone();
        clauses.iter().map(|clause| format!("{} {}", clause["id"], clause["verdict"])).collect()
    };
    assert_eq!(verdicts(&staff), verdicts(&full));
    assert_eq!(staff["totals"]["errors"], full["totals"]["errors"], "nothing is wrong that is right in the whole");
}

#[test]
fn a_clause_that_a_withheld_document_covers_is_covered_and_the_document_is_not_named() {
    let fixture = handbook(EDITIONS);
    let site = edition(&fixture, "staff");
    let clause = page(&site, "clauses/iso20000-1/8.6.2.html");
    assert!(
        clause.contains("data-verdict=\"covered\"") && clause.contains("by a document that this edition does not show")
    );
    assert!(!page(&site, "gaps.csv").contains("\nclause,8.6.2,"));
    let whole: String = site.iter().map(|(path, bytes)| text_of(path, bytes)).collect();
    assert!(!whole.contains("POL-BBB-001"));
    // A clause that nobody addresses is missing, and there is no hint of a hidden document.
    let missing = page(&site, "clauses/iso20000-1/8.6.3.html");
    assert!(missing.contains("data-verdict=\"missing\"") && !missing.contains("does not show.</span>"));
}

#[test]
fn a_handbook_that_publishes_a_limit_is_judged_as_a_whole() {
    for settings in ["publish: {up_to: internal}\n", EDITIONS] {
        let fixture = handbook(settings);
        let text = std::fs::read_to_string(fixture.path("content/b.md")).expect("a document");
        let text = text.replace("We act.", "We act. See [[NOPE-1]] and [it](no.md).");
        fixture.write("content/b.md", &text);
        let check = |options: &[&str]| fixture.run(&[&["check", "--format", "json"], options].concat());
        let output = check(&[]);
        let data: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!((&data["totals"]["units_covered"], &data["totals"]["documents"]), (&2.into(), &2.into()));
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(stdout.contains("unknown-reference") && stdout.contains("broken-link"), "{stdout}");
        assert_eq!(output.status.code(), Some(1), "{settings}");
        assert_eq!(check(&["--min-documents", "2", "--fail-on", "error"]).status.code(), Some(1));
        let status = String::from_utf8_lossy(&fixture.run(&["status"]).stdout).into_owned();
        assert!(status.contains("2 documents"), "{status}");
        let reviewed = fixture.run(&["review", "POL-BBB-001", "--by", "Lead", "--dry-run"]);
        assert!(reviewed.status.success(), "{}", String::from_utf8_lossy(&reviewed.stderr));
    }
    // The build still contains the part that is published.
    let fixture = handbook("publish: {up_to: internal}\n");
    let site: String = fixture.build().iter().map(|(path, bytes)| text_of(path, bytes)).collect();
    assert!(site.contains("POL-AAA-001") && !site.contains("POL-BBB-001"));
}

#[test]
fn a_check_of_an_edition_notes_links_that_end_in_what_it_withholds() {
    let fixture = handbook(EDITIONS);
    let output = fixture.run(&["check", "--edition", "customers", "--limit", "0", "--format", "concise"]);
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(stdout.contains("content/a.md:") && stdout.contains("link-to-withheld"), "{stdout}");
    let full_check = fixture.run(&["check", "--format", "concise", "--limit", "0"]);
    assert!(!String::from_utf8_lossy(&full_check.stdout).contains("link-to-withheld"));
}

#[test]
fn every_edition_is_made_at_once_each_in_its_own_folder() {
    let fixture = handbook(EDITIONS);
    let output = fixture.run(&["build", "--editions"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(stdout.contains("1 document left out of this edition") && stdout.contains("without figures"), "{stdout}");
    fixture.write("content/desk.md", "---\ntitle: Desk\ntype: page\nclassification: restricted\n---\n\nPhones.\n");
    let said = fixture.run(&["build", "--edition", "customers"]).stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(said.contains("1 document and 1 page without an ID left out of this edition"), "{said}");
    std::fs::remove_file(fixture.path("content/desk.md")).expect("a page");
    let misspelt = fixture.run(&["build", "--edition", "custmers"]);
    let messages = String::from_utf8_lossy(&[misspelt.stdout, misspelt.stderr].concat()).into_owned();
    assert!(messages.contains("error: there is no edition `custmers`; did you mean `customers`?"), "{messages}");
    assert!(!messages.contains("clausebook.yaml"), "{messages}");
    assert!(fixture.path("site-customers/index.html").exists() && fixture.path("site-staff/matrix.html").exists());
    assert!(!fixture.path("site").exists());
    let before = tree(&fixture.path("site-staff"));
    std::fs::write(fixture.path("site-staff/own.html"), "mine").expect("a file");
    let again = fixture.run(&["build", "--editions"]);
    assert!(again.status.success());
    std::fs::remove_file(fixture.path("site-staff/own.html")).expect("it goes");
    assert_eq!(tree(&fixture.path("site-staff")), before);
}
