//! The order of files, lists, entries and keys in registers does not matter: every byte of the site is the same, except
//! line numbers and the order of findings, which is by place.

use std::collections::BTreeMap;

use super::random::{self, Numbers};
use super::{OWNER, SETTINGS, STANDARD};
use crate::support::{Fixture, text_of};

/// Entries of the other kinds, one key per line, which refer to each other and to documents, clauses, services and
/// locations.
const OTHERS: &str = "services:
- id: NET
  title: Network
  state: live
  criticality: high
  documents: [PLN-A-001]
  note: See [[S-2]] and [the programme](programme.md).
- id: MSG
  title: Mail
  state: planned
  from: 2026-03-01
locations:
- id: L-1
  title: Harbour
  inside: true
- id: L-2
  title: Hill
  inside: false
suppliers:
- id: S-1
  title: Post
  kind: external
  services: [NET]
  contract:
    location: File 1
    ends: 2027-01-10
    review: 12 months
    reviewed: 2025-11-10
  performance: {every: 6 months, last: 2026-05-10}
- id: S-2
  title: House
  kind: internal
  services: [NET, MSG]
  contract: {location: File 2}
  locations: [L-1]
requirements:
- id: REQ-1
  title: Report a breach
  party: Authority
  clauses: [\"1.1\"]
  documents: [PLN-A-001]
  reviewed: 2026-06-02
- id: REQ-2
  title: Answer
  party: Customers
  source: IMP-1
issues:
- id: ISS-1
  title: Few people
  kind: internal
  effect: Nights are thin.
  reviewed: 2025-06-02
competences:
- id: CMP-1
  title: Calls
  role: Desk Manager
  needed: To answer
  gap: Two new people
  actions:
  - what: Train
    who: Desk Manager
    due: 2026-10-01
- id: CMP-2
  title: Nights
  role: Desk Manager
  needed: To stay awake
  evidence: PLN-A-001
objectives:
- id: OBJ-1
  title: Fewer calls
  target: \">= 90%\"
  ends: 2026-06-30
  values: {2026-Q1: 80, 2026-Q2: 95}
acknowledgements:
- id: ACK-1
  title: Programme
  document: PLN-A-001
  version: 1.0
  date: 2026-06-02
  asked: 10
  given: 9
  location: File 3
- id: ACK-2
  title: Programme at night
  document: PLN-A-001
  version: 1.0
  date: 2026-06-02
  asked: 5
  given: 5
  location: File 4
";

/// A table of indicator values.
const FIGURES: [&str; 4] = ["period,id,value", "2028-Q1,K-1,90.1", "2028-Q1,K-2,90.3", "2027-Q4,K-9,1"];

/// Files with their content.
type Files = Vec<(String, String)>;

/// A site with places masked and everything ordered by place sorted, and its number of findings.
fn masked_site(registers: &[(String, String)]) -> (BTreeMap<String, String>, usize) {
    let names: Vec<String> = registers.iter().map(|(name, _)| item(name)).collect();
    let owner = OWNER
        .replace("[REGISTERS]", &format!("[{}]", names.join(", ")))
        .replace("title: Programme", "title: Programme\nversion: \"1.0\"\nacknowledge: {within: 10 days}");
    let settings = format!("{SETTINGS}as_of: 2026-11-22\nbase_url: https://example.org/\n");
    let mut files = vec![
        ("clausebook.yaml".to_owned(), settings),
        ("standards/own.yaml".to_owned(), STANDARD.to_owned()),
        ("content/programme.md".to_owned(), owner),
    ];
    files.extend(registers.iter().map(|(name, text)| (format!("content/{name}"), text.clone())));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let fixture = Fixture::new(&files);
    let built = fixture.build();
    let findings = serde_json::from_slice::<serde_json::Value>(&built["assessment.json"]).expect("JSON")["findings"]
        .as_array()
        .map_or(0, Vec::len);
    let names: Vec<&str> = registers.iter().map(|(name, _)| name.as_str()).collect();
    let masked: BTreeMap<String, String> = built
        .iter()
        .filter(|(path, _)| *path != ".clausebook-manifest.json")
        .map(|(path, bytes)| (path.clone(), normalized_file(path, bytes, &names)))
        .collect();
    // The manifest has the digest of each file; files without places have the same digest.
    let manifest = serde_json::from_slice(&built[".clausebook-manifest.json"]).expect("JSON");
    let is_same = |path: &str| masked.get(path).is_some_and(|text| text.as_bytes() == built[path].as_slice());
    let mut result = masked.clone();
    result.insert("manifest".to_owned(), normalized_manifest(manifest, is_same));
    (result, findings)
}

fn item(name: &str) -> String {
    match name.ends_with(".csv") {
        true => format!("{{file: {name}, kind: indicators}}"),
        false => name.to_owned(),
    }
}

/// The content of a manifest, with only the path for files that contain places.
fn normalized_manifest(mut manifest: serde_json::Value, is_unmasked: impl Fn(&str) -> bool) -> String {
    for file in manifest["files"].as_array_mut().expect("a list") {
        if !is_unmasked(file["path"].as_str().expect("a path")) {
            file.as_object_mut().expect("a mapping").retain(|key, _| key == "path");
        }
    }
    format!("{manifest:#}")
}

/// The text of a file of the site without places in registers, and with everything ordered by place sorted.
fn normalized_file(path: &str, bytes: &[u8], registers: &[&str]) -> String {
    let text = text_of(path, bytes);
    match path {
        "assessment.json" => normalized_assessment(&text),
        "register.xlsx" => normalized_workbook(bytes, registers),
        _ if text.contains("<li data-severity") => {
            let (rest, mut findings) = cut_out(&mask_places(&text, registers), "<li data-severity", "</li>");
            findings.sort();
            rest + &findings.concat()
        }
        _ => text,
    }
}

/// Replaces each position in a register with `#`.
fn mask_places(text: &str, registers: &[&str]) -> String {
    let mut out = text.to_owned();
    for name in registers {
        let mut rest = out.as_str();
        let mut masked = String::new();
        while let Some(at) = rest.find(&format!("content/{name}")) {
            masked += &rest[..at];
            masked.push('#');
            let after_name = &rest[at + "content/".len() + name.len()..];
            rest = after_name.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
        }
        out = masked + rest;
    }
    out
}

/// Cuts the pieces from one mark to another out of a text, and returns both.
fn cut_out(text: &str, from: &str, to: &str) -> (String, Vec<String>) {
    let (mut rest, mut pieces, mut text) = (String::new(), Vec::new(), text);
    while let Some(at) = text.find(from) {
        let end = text[at..].find(to).map_or(text.len(), |length| at + length + to.len());
        rest += &text[..at];
        pieces.push(text[at..end].to_owned());
        text = &text[end..];
    }
    (rest + text, pieces)
}

fn normalized_assessment(text: &str) -> String {
    let mut assessment: serde_json::Value = serde_json::from_str(text).expect("JSON");
    for list in ["registers", "deadlines", "findings"] {
        for entry in assessment[list].as_array_mut().expect("a list") {
            let is_of_register = entry["file"].as_str().is_some_and(|file| !file.ends_with(".md"));
            let keys = entry.as_object_mut().expect("a mapping");
            keys.retain(|key, _| {
                !is_of_register || !["file", "line", "column", "end_line", "end_column"].contains(&key.as_str())
            });
        }
    }
    let findings = assessment["findings"].as_array_mut().expect("a list");
    findings.sort_by_key(ToString::to_string);
    format!("{assessment:#}")
}

/// Each part of a workbook, with the rows of the findings sheet sorted and strings in the cells.
fn normalized_workbook(bytes: &[u8], registers: &[&str]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("UTF-8");
        parts.insert(name, text);
    }
    let (_, strings) = cut_out(&parts["xl/sharedStrings.xml"], "<si>", "</si>");
    parts.remove("xl/sharedStrings.xml");
    let sheet = |(name, text): (&String, &String)| {
        let (rest, mut rows) = cut_out(text, "<row ", "</row>");
        let row = |row: &String| {
            let cells = cut_out(row, "<c ", "</c>").1;
            let cells: Vec<String> = cells.iter().map(|cell| mask_places(&value(cell, &strings), registers)).collect();
            cells.join("|")
        };
        rows = rows.iter().map(row).collect();
        if rows.first().is_some_and(|head| head.contains(">Rule<")) {
            rows.sort();
        }
        format!("{name}\n{rest}\n{}\n", rows.join("\n"))
    };
    parts.iter().map(sheet).collect()
}

/// The value of a cell, with its style.
fn value(cell: &str, strings: &[String]) -> String {
    let index = cell.split_once("t=\"s\"><v>").and_then(|(_, rest)| rest.split_once('<')?.0.parse::<usize>().ok());
    index.map_or_else(|| cell.to_owned(), |index| strings[index].clone())
}

/// The original registers: two YAML files, and a table.
fn files(seed: u64) -> Files {
    let first = random::register(&mut Numbers::new(seed), 14) + OTHERS;
    // Both have improvements, with different IDs.
    let second = random::measures(&mut Numbers::new(seed), 8).replace("IMP-", "IMQ-");
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    vec![file("a.yaml", &first), file("b.yaml", &second), file("c.csv", &(FIGURES.join("\n") + "\n"))]
}

/// The table with its columns and rows in another order.
fn reordered_table() -> String {
    let turn = |row: &&str| row.split(',').rev().collect::<Vec<_>>().join(",");
    let (head, rows) = FIGURES.split_first().expect("rows");
    let rows: Vec<String> = std::iter::once(head).chain(rows.iter().rev()).map(turn).collect();
    rows.join("\n") + "\n"
}

#[test]
fn neither_the_order_of_files_lists_entries_and_keys_nor_the_number_of_files_matters() {
    for seed in 11..14 {
        compare(&files(seed));
    }
}

/// Compares the sites of files in other orders, and with one of them split.
fn compare(files: &Files) {
    let (reference, findings) = masked_site(files);
    assert!(findings > 60, "{findings} findings");
    let shuffled: Files = files
        .iter()
        .zip(5..)
        .map(|((name, text), seed)| match name.ends_with(".csv") {
            true => (name.clone(), reordered_table()),
            false => (name.clone(), random::shuffle(text, &mut Numbers::new(seed))),
        })
        .collect();
    let renamed: Files = files
        .iter()
        .zip(["z.yaml", "m.yaml", "a.csv"])
        .map(|((_, text), name)| (name.to_owned(), text.clone()))
        .collect();
    let reversed: Files = files.iter().rev().cloned().collect();
    let (first_half, second_half) = random::split(&files[0].1);
    let split: Files = [("y.yaml", first_half), ("b2.yaml", second_half)]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .chain(files[1..].iter().cloned())
        .collect();
    for (what, other) in
        [("shuffled", shuffled), ("renamed", renamed), ("in another order", reversed), ("split", split)]
    {
        let (site, _) = masked_site(&other);
        let differs: Vec<&String> = reference.keys().filter(|path| reference.get(*path) != site.get(*path)).collect();
        if let Some(path) = differs.first() {
            let lines = reference[*path].lines().zip(site.get(*path).map_or("", String::as_str).lines());
            let first = lines.filter(|(line, other)| line != other).take(3).collect::<Vec<_>>();
            panic!("{what}: {differs:?}; in {path}: {first:#?}");
        }
        assert_eq!(reference.len(), site.len(), "{what}");
    }
}
