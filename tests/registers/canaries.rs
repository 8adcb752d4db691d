//! Everything that an author writes in a register reaches readers: on a page, in the search, in the workbook and in a
//! pack. Only counts of acknowledgements are not searched.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::support::{Fixture, policy, text_of};

const OWNER: &str = "---\nid: REG-A-001\ntitle: Registers\ntype: register\nversion: \"1\"\nstatus: approved\nowner: Desk\n\
    approver: Board\napproved: 2026-01-02\nregisters: [all.yaml]\n---\n\nWhat we keep.\n";

/// Each kind with the fields of an entry besides its ID and title. A word in angle brackets is the place of a canary.
const KINDS: [(&str, &str); 14] = [
    (
        "audits",
        "kind: internal\n  planned: 2026-03-01\n  held: 2026-03-02\n  auditors: [{who: <auditors.who>}]\n  \
         results: [{clause: 9.2, result: <results.result>}]",
    ),
    (
        "nonconformities",
        "grade: minor\n  found: 2026-03-02\n  correction: <correction>\n  cause: <cause>\n  similar: <similar>\n  \
         moved: [{to: 2026-09-01, by: <moved.by>, reason: <moved.reason>, date: 2026-04-01}]\n  closed: 2026-08-01\n  \
         effect: {who: <effect.who>, checked: 2026-10-01, result: effective, words: <effect.words>}",
    ),
    (
        "improvements",
        "state: rejected\n  score: <score>\n  target: <target>\n  reason: <reason>\n  \
         effect: {checked: 2026-10-01, result: effective, words: <effect.words>}",
    ),
    (
        "management_reviews",
        "held: 2026-04-01\n  present: <present>\n  inputs: {first: <inputs>}\n  \
         decisions: [{id: D-1, what: <decisions.what>, who: <decisions.who>, due: 2026-05-01, proof: <decisions.proof>}]",
    ),
    ("requirements", "party: <party>\n  evidence: <evidence>"),
    ("issues", "kind: external\n  effect: <effect>"),
    ("competences", "role: <role>\n  needed: <needed>\n  evidence: <evidence>\n  gap: <gap>"),
    ("indicators", "target: \">= 90%\"\n  period: month\n  values: {2026-10: 95}"),
    ("objectives", "target: \">= 90%\"\n  ends: 2027-01-01\n  serves: <serves>"),
    (
        "risks",
        "kind: organization\n  effect: <effect>\n  now: {likelihood: 1, impact: 1}\n  treatment: <treatment>\n  \
         accepted: {by: <accepted.by>, until: 2027-01-01}",
    ),
    ("services", "state: live\n  criticality: <criticality>\n  rto: <rto>\n  rpo: <rpo>\n  mtd: <mtd>"),
    ("locations", "inside: true"),
    (
        "suppliers",
        "kind: external\n  manager: <manager>\n  judged_by: <judged_by>\n  contract: {location: <contract.location>}\n  \
         score: <score>",
    ),
    (
        "acknowledgements",
        "document: POL-A-001\n  version: <version>\n  date: 2026-10-01\n  asked: 4\n  given: 3\n  location: <location>",
    ),
];

/// Fields that entries of every kind may have.
const COMMON: &str = "owner: <owner>\n  services: <services>\n  locations: <locations>\n  source: <source>\n  note: <note>\n  \
    actions: [{what: <actions.what>, who: <actions.who>, due: 2026-06-01, done: 2026-05-01, proof: <actions.proof>}]";

/// The register, and its canaries by key.
fn register() -> (String, BTreeMap<String, String>) {
    let (mut text, mut canaries) = (String::new(), BTreeMap::new());
    for (kind, keys) in KINDS {
        text += &format!("{kind}:\n- id: X-{}\n  title: One of {kind}\n  ", kind.len() * 100 + text.len());
        for (at, part) in format!("{keys}\n  {COMMON}\n").split('<').enumerate() {
            let Some((key, rest)) = part.split_once('>').filter(|(key, _)| at > 0 && !key.contains(' ')) else {
                text += if at > 0 { "<" } else { "" };
                text += part;
                continue;
            };
            let letters = |text: &str| text.replace(['.', '_'], "");
            let canary = format!("zq{}x{}", letters(kind), letters(key));
            text += &canary;
            text += rest;
            canaries.insert(format!("{kind}.{key}"), canary);
        }
    }
    (text, canaries)
}

/// The pages of a pack of the handbook.
fn pack(fixture: &Fixture) -> String {
    let output = fixture.run(&["pack", "surveillance", "-o", "pack.zip"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::read(fixture.path("pack.zip")).expect("a pack");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        if file.name_raw().ends_with(b".html") {
            file.read_to_string(&mut all).expect("UTF-8");
        }
    }
    all
}

#[test]
fn every_word_of_an_entry_reaches_a_page_the_search_the_workbook_and_a_pack() {
    let (register, canaries) = register();
    let document = policy("POL-A-001", "", "Text.");
    let fixture =
        Fixture::new(&[("content/owner.md", OWNER), ("content/a.md", &document), ("content/all.yaml", &register)]);
    let site = fixture.build();
    // Tables in the document that owns the registers also contain them, but only the portal's own pages are checked.
    let of = |is_wanted: &dyn Fn(&str) -> bool| -> String {
        site.iter().filter(|(path, _)| is_wanted(path)).map(|(path, bytes)| text_of(path, bytes)).collect()
    };
    let pages = of(&|path| path.ends_with(".html") && !matches!(path, "owner.html" | "print/index.html"));
    let places = [
        ("page", pages),
        ("search", of(&|path| path.starts_with("find/"))),
        ("workbook", of(&|path| path == "register.xlsx")),
        ("pack", pack(&fixture)),
    ];
    let mut missing = BTreeSet::new();
    for (key, canary) in &canaries {
        // A shorter canary may be the prefix of a longer one.
        let is_whole = |text: &str| {
            text.match_indices(canary.as_str())
                .any(|(at, _)| !text[at + canary.len()..].starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        // A search finds a count of acknowledgements by its ID and title only.
        let is_expected = |place: &str| place != "search" || !key.starts_with("acknowledgements.");
        let wrong = places.iter().filter(|(place, text)| is_whole(text) != is_expected(place));
        missing.extend(wrong.map(|(place, _)| format!("{key}: not as expected in the {place}")));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_text_key_has_a_canary() {
    let (_, canaries) = register();
    let fixture = Fixture::new(&[]);
    let mut missing = Vec::new();
    for (kind, _) in KINDS {
        let output = fixture.run(&["explain", kind]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.contains("(a text)"), "{kind}: {text}");
        let keys = text.lines().filter(|line| {
            ["(a text)", "(one or several names)", "(IDs or words)", "(a mapping from names to texts)"]
                .iter()
                .any(|phrase| line.trim_end().ends_with(phrase))
        });
        let names =
            keys.filter_map(|line| line.split_whitespace().next()).filter(|key| !matches!(*key, "id" | "title"));
        missing.extend(names.map(|key| format!("{kind}.{key}")).filter(|key| !canaries.contains_key(key)));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn states_of_entries_and_audits_are_those_of_the_build_day_and_say_so() {
    const OWNER: &str =
        "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nregisters: [list.yaml]\n---\n\nAs planned.\n";
    const REGISTER: &str = "audits:\n- {id: A-1, title: Desk, kind: internal, held: 2026-03-01, clauses: [8.6.1]}\n\
        nonconformities:\n- {id: NC-1, title: Late, grade: minor, found: 2026-03-02, documents: [POL-A-001]}\n";
    let fixture = Fixture::new(&[
        ("content/programme.md", OWNER),
        ("content/policy.md", &policy("POL-A-001", "clauses: [8.6.1]\n", "Text.")),
        ("content/list.yaml", REGISTER),
    ]);
    let site = fixture.build_on("2026-11-22");
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let sentence = "the day of the build.";
    let audited = page("clauses/iso20000-1/8.6.1.html");
    let section = audited.split("id=\"audited\"").nth(1).expect("what was audited");
    assert!(section.starts_with(" data-day=\"build\"") && section.contains(sentence), "{section}");
    let policy_page = page("policy.html");
    let section = policy_page.split("id=\"entries\"").nth(1).expect("what names the document");
    assert!(section.starts_with(" data-day=\"build\"") && section.contains(sentence), "{section}");
    let table = page("programme.html");
    let table = table.split("class=\"register-table\"").nth(1).expect("a table");
    assert!(table.starts_with(" data-day=\"build\"") && table.contains(sentence), "{table}");
    let matrix = page("matrix.html");
    assert_eq!(
        matrix.matches("class=\"audited\"").count(),
        matrix.matches("class=\"audited\" data-day=\"build\"").count()
    );
}
