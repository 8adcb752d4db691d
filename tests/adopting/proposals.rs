//! The accuracy of proposed clauses, measured on the model handbook.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::Site;

/// The percentage of units claimed in the model handbook that are among the three proposals for the document.
const MATCHED_PERCENT: usize = 94;

/// Removes everything that shows which clauses a document addresses: claims of documents and headings, provided items,
/// and mentions of clauses.
fn strip_claims(text: &str) -> String {
    let mut out = String::new();
    let mut fences = 0;
    let mut skips = false;
    for line in text.lines() {
        fences += usize::from(line == "---" && fences < 2);
        let is_key = fences == 1 && line.contains(':') && !line.starts_with([' ', '-']);
        skips =
            if is_key { line.starts_with("clauses:") || line.starts_with("provides:") } else { skips && fences == 1 };
        if skips {
            continue;
        }
        let heading = line.split_once(" {#").filter(|_| line.starts_with('#')).map_or(line, |(heading, _)| heading);
        out += &heading.replace("clause ", "part ").replace("clauses ", "parts ");
        out.push('\n');
    }
    out
}

fn model_handbook() -> (Site, BTreeMap<String, BTreeSet<String>>) {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let site = Site::new(&[]);
    for entry in walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("an entry")) {
        let path = entry.path().strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).expect("a file");
            // Chapters have the numbers of the standard, so they are removed from folder names.
            let path = path.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
            match String::from_utf8(bytes) {
                Ok(text) if path.ends_with(".md") => {
                    site.write(&format!("content/{path}"), strip_claims(&text).as_bytes())
                }
                Ok(text) => site.write(&format!("content/{path}"), text.as_bytes()),
                Err(error) => site.write(&format!("content/{path}"), error.as_bytes()),
            }
        }
    }
    (site, claimed_units())
}

/// The units that each document of the model handbook claims, by id.
fn claimed_units() -> BTreeMap<String, BTreeSet<String>> {
    let mut command = assert_cmd::Command::cargo_bin("clausebook").expect("the program");
    let command =
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["check", "--format", "json", "--as-of", "2026-11-22"]);
    let data: serde_json::Value = serde_json::from_slice(&command.output().expect("a run").stdout).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut claimed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let clauses = data["standards"][0]["clauses"].as_array().expect("clauses").iter();
    let units: Vec<_> = clauses.filter(|clause| clause["unit"] == true).collect();
    assert_eq!(units.len(), 56);
    for unit in units {
        for claim in unit["claims"].as_array().expect("claims") {
            claimed.entry(text(&claim["document"])).or_default().insert(text(&unit["id"]));
        }
    }
    claimed
}

/// The proposals for each document, by id.
fn proposed_units(text: &str) -> BTreeMap<String, Vec<String>> {
    let section = |section: &str| {
        let (id, _) = section.split_once(':')?;
        let (_, rest) = section.split_once("clauses: [")?;
        let list = rest.split(']').next()?.split(", ").map(str::to_owned).collect();
        Some((id.to_owned(), list))
    };
    text.split("\n## ").skip(1).filter_map(section).collect()
}

#[test]
fn at_least_four_of_five_units_are_among_the_three_proposals_of_their_documents() {
    let (site, claimed) = model_handbook();
    site.run_ok(&["adopt", ".", "--as-of", "2026-11-22"]);
    let proposed = proposed_units(&site.read("clause-proposals.md"));
    assert!(proposed.values().all(|list| (1..=3).contains(&list.len())));
    let (mut matched, mut total) = (0, 0);
    for (id, units) in &claimed {
        for unit in units {
            total += 1;
            let is_found = proposed.get(id).is_some_and(|list| list.contains(unit));
            matched += usize::from(is_found);
            if !is_found {
                eprintln!("{id}: {unit} is not in {:?}", proposed.get(id));
            }
        }
    }
    assert!(total > 70, "{total} units are claimed");
    assert!(matched * 100 >= total * MATCHED_PERCENT, "{matched} of {total}");
}

#[test]
fn proposals_are_not_claims_and_give_reasons() {
    let site = Site::new(&[(
        "docs/incidents.md",
        "# Incident management process\n\nRecord, rank and escalate every incident.\n",
    )]);
    site.run_ok(&["adopt"]);
    let text = site.read("clause-proposals.md");
    assert!(text.contains("## incidents: Incident management process\n\n`docs/incidents.md`\n"), "{text}");
    assert!(text.contains("| 8.6.1 | Incident management | title: Incident, process; text: rank |"), "{text}");
    let data = site.assess();
    let clauses = data["standards"][0]["clauses"].as_array().expect("clauses");
    assert!(clauses.iter().all(|clause| clause["claims"].as_array().is_none_or(Vec::is_empty)));
    let once = text;
    site.run_ok(&["adopt", "--apply"]);
    assert_eq!(site.read("clause-proposals.md"), once, "the same texts get the same proposals");
}
