//! No byte of an edition contains anything that it does not show.

use super::support::{Fixture, text_of};

const OWNER: &str = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nversion: \"1.0\"\nstatus: approved\nowner: Service Manager\n\
    approver: Director\napproved: 2026-01-01\nclassification: CLASS\nregisters: [register.yaml, acknowledgements.csv]\n---\n\nThe programme.\n";

const OPEN: &str = "---\nid: POL-A-001\ntitle: Desk\ntype: policy\nversion: \"1.0\"\nstatus: approved\nowner: Desk Manager\n\
    approver: Director\napproved: 2026-01-01\nclassification: public\nacknowledge: {within: 10 days}\n---\n\nSee [[NC-1]], [[A-1]] and [the register](register.yaml).\n";

/// An entry of each kind with a unique word in every field.
const REGISTER: &str = "audits:\n- {id: A-1, title: canary1, kind: internal, planned: 2026-10-01, clauses: [\"9.1\"], auditors: [canary2], source: canary 3, note: canary4, owner: canary5}\n\
    nonconformities:\n- id: NC-1\n  title: canary6\n  grade: minor\n  found: 2026-01-01\n  owner: canary7\n  source: canary 8\n  cause: canary9\n  correction: canary10\n  similar: canary11\n  documents: [POL-A-001]\n\
    \x20 actions: [{what: canary12, who: canary13, due: 2026-02-01, proof: canary 14}]\n  effect: {due: 2026-03-01, who: canary15, words: canary16}\n\
    improvements:\n- {id: IMP-1, title: canary17, state: proposed, target: canary18, due: 2026-01-01}\n\
    management_reviews:\n- {id: MR-1, title: canary19, held: 2026-01-01, present: [canary20], inputs: {feedback: canary21}, decisions: [{id: D-1, what: canary22, who: canary23, due: 2026-02-01}]}\n\
    services:\n- {id: SV-1, title: canary32, state: live, owner: canary33, criticality: canary34, from: 2026-01-01, rto: canary35, rpo: canary36, mtd: canary37, note: canary38}\n\
    locations:\n- {id: LO-1, title: canary39, inside: true, note: canary40}\n\
    suppliers:\n- {id: SU-1, title: canary41, kind: external, services: [canary32], locations: [canary39], manager: canary42, judged_by: canary43, score: canary44, note: canary45,\n\
    \x20 contract: {document: POL-A-001, location: canary46, ends: 2026-12-01, notice: 2026-11-30, review: 6 months, reviewed: 2026-01-01}, performance: {every: 1 month, last: 2026-01-02}}\n\
    indicators:\n- {id: K-1, title: canary80, owner: canary81, target: \">= 90 canary82\", period: quarter, values: {2026-Q1: 4343.4343, 2026-Q2: 1, 2026-Q3: 2}}\n\
    objectives:\n- {id: OBJ-1, title: canary84, indicator: K-1, serves: canary85, ends: 2026-09-30}\n\
    risks:\n- {id: R-1, title: canary86, kind: organization, effect: canary87, treatment: canary88, now: {likelihood: 9, impact: 5}, accepted: {by: canary89, until: 2026-02-01}}\n\
    requirements:\n- {id: REQ-1, title: canary40, party: canary41, source: canary 42, evidence: canary 43, documents: [POL-A-001], reviewed: 2025-01-01}\n\
    issues:\n- {id: ISS-1, title: canary44, kind: external, effect: canary45, risks: [REQ-1], reviewed: 2025-01-01}\n\
    competences:\n- {id: CMP-1, title: canary46, role: canary47, needed: canary48, gap: canary49, evidence: canary 50, actions: [{what: canary51, who: canary52, due: 2026-02-01}]}\n\
    acknowledgements:\n- {id: ACK-1, title: canary53, document: POL-A-001, version: \"1.0\", date: 2026-01-05, asked: 97531, given: 97530, location: canary54}\n";

/// A table from another program with a broken row.
const TABLE: &str = "id,title,document,version,date,asked,given,location,note\n\
    ACK-2,magpie55,POL-A-001,\"1.0\",2026-01-06,97532,97529,magpie56,magpie57\n\
    ACK-3,magpie58,POL-A-001,\"1.0\",2026-01-06,magpie59,97528,magpie60,magpie61\n";

fn fixture(class: &str, register: &str) -> Fixture {
    let owner = OWNER.replace("CLASS", class);
    let settings = "title: Test handbook\nas_of: 2026-11-22\npublish: {up_to: internal, figures: whole, registers: all}\n\
                    certificate: {number: C-1, body: Certifier, scope: Desk, issued: 2025-06-20, expires: 2028-06-19, decided: 2025-06-02}\n\
                    roles: {canary30: {mail: canary31@example.org}}\nwaivers:\n\
                    - {rule: orphan-document, place: POL-A-001, reason: It is read by everybody anyway., who: Director, until: 2027-01-01}\n";
    Fixture::new(&[
        ("clausebook.yaml", settings),
        ("content/programme.md", &owner),
        ("content/register.yaml", register),
        ("content/acknowledgements.csv", TABLE),
        ("content/desk.md", OPEN),
    ])
}

/// Files of the site that contain one of the words, each with the word.
fn find_traces(fixture: &Fixture, words: &[&str]) -> Vec<String> {
    let mut traces = Vec::new();
    for (path, bytes) in fixture.build() {
        // The manifest has paths, which are checked anyway, and hashes, which may contain any number.
        let text = if path == ".clausebook-manifest.json" { String::new() } else { text_of(&path, &bytes) };
        traces.extend(
            words
                .iter()
                .filter(|word| text.contains(**word) || path.contains(**word))
                .map(|word| format!("{path}: {word}")),
        );
    }
    traces
}

#[test]
fn entries_of_a_withheld_document_leave_nowhere() {
    let fixture = fixture("confidential", REGISTER);
    assert_eq!(
        find_traces(
            &fixture,
            &[
                "canary",
                "register.yaml",
                "acknowledgements.csv",
                "magpie",
                "ACK-",
                "D-1",
                "IMP-1",
                "MR-1",
                "SV-1",
                "LO-1",
                "SU-1",
                "K-1",
                "OBJ-1",
                "REQ-1",
                "ISS-1",
                "CMP-1",
                "9753",
                "4343.4343"
            ]
        ),
        Vec::<String>::new()
    );
    let site = fixture.build();
    for page in ["calendar.html", "deadlines.csv", "deadlines.ics", "findings.html", "assessment.json"] {
        assert!(site.contains_key(page), "{page} is among what was searched");
    }
    // The whole handbook is judged, whatever is published.
    let output = fixture.run(&["check", "--format", "json"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("register.yaml"));
}

#[test]
fn entries_that_raise_their_level_leave_nowhere_and_the_others_do() {
    let raised = REGISTER
        .replace("grade: minor\n", "grade: minor\n  classification: restricted\n")
        .replace("canary16}", "canary16, unknown: canary24}");
    let fixture = fixture("internal", &raised);
    let hidden: Vec<String> = (6..=16).chain([24]).map(|number| format!("canary{number}")).collect();
    let site = fixture.build();
    let whole: String = site.iter().map(|(path, bytes)| text_of(path, bytes)).collect();
    for word in hidden {
        let leaks = whole
            .match_indices(&word)
            .any(|(at, _)| !whole[at + word.len()..].starts_with(|c: char| c.is_ascii_digit()));
        assert!(!leaks, "{word} leaves");
    }
    assert!(whole.contains("canary17") && whole.contains("canary1"), "other entries are shown");
}

#[test]
fn an_entry_of_unknown_level_is_not_shown() {
    for level in ["classification: secret", "clasification: restricted", "classification: [restricted]"] {
        let unclear = REGISTER.replace("grade: minor\n", &format!("grade: minor\n  {level}\n"));
        assert_eq!(
            find_traces(&fixture("internal", &unclear), &["canary6", "canary12"]),
            Vec::<String>::new(),
            "{level}"
        );
    }
}

/// Values in a table of a withheld document, or of a withheld indicator, do not belong to anything shown.
#[test]
fn values_of_a_table_stay_with_the_table_and_with_their_indicator() {
    let open = OWNER
        .replace("CLASS", "internal")
        .replace("register.yaml", "register.yaml, {file: shown.csv, kind: indicators}");
    let closed = OWNER
        .replace("CLASS", "confidential")
        .replace("PLN-A-001", "PLN-A-002")
        .replace("register.yaml", "hidden.yaml, {file: kept.csv, kind: indicators}");
    let indicator = |id: &str| format!("- {{id: {id}, title: Calls, target: \">= 1\", period: quarter}}\n");
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            "title: Test\nas_of: 2026-11-22\npublish: {up_to: internal, figures: whole, registers: all}\n",
        ),
        ("content/open.md", &open),
        ("content/closed.md", &closed),
        ("content/register.yaml", &format!("indicators:\n{}", indicator("K-1"))),
        ("content/hidden.yaml", &format!("indicators:\n{}", indicator("K-2"))),
        ("content/shown.csv", "id,period,value\nK-1,2026-Q1,6161.6161\nK-2,2026-Q1,7171.7171\n"),
        ("content/kept.csv", "id,period,value\nK-1,2026-Q2,8181.8181\n"),
    ]);
    assert_eq!(find_traces(&fixture, &["7171.7171", "8181.8181", "K-2"]), Vec::<String>::new());
    assert!(!find_traces(&fixture, &["6161.6161"]).is_empty(), "what may be shown is shown");
}
