//! The content of packs: in the handbook's language, with all registers, and with the changes in each text.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

use super::past::HistoryFixture;
use super::support::{Fixture, policy};
use super::{Files, pack, unpack};

fn text(files: &Files, path: &str) -> String {
    String::from_utf8(files.get(path).unwrap_or_else(|| panic!("{path}")).clone()).expect("UTF-8")
}

/// The files of a pack of a handbook in a repository.
fn pack_files(folder: &Path, arguments: &[&str]) -> Files {
    let mut command = Command::cargo_bin("clausebook").expect("the binary");
    let file = folder.join("pack.zip");
    command.current_dir(folder).env("XDG_CACHE_HOME", folder.join("../cache"));
    let output = command.arg("pack").args(arguments).arg("-o").arg(&file).output().expect("a run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::read(&file).expect("a pack");
    std::fs::remove_file(&file).expect("it goes");
    unpack(&bytes)
}

#[test]
fn each_text_that_changed_since_the_day_has_a_page_of_what_changed() {
    let past = HistoryFixture::new();
    let files = pack_files(&past.folder(), &["surveillance", "--since", "2026-04-01", "--as-of", "2026-06-01"]);
    let changes = text(&files, "7-changes.html");
    assert!(changes.contains("<a href=\"7-changes/POL-CHG-001.html\">from version 2.0</a>"), "{changes}");
    // On that day the procedure did not exist yet.
    assert!(changes.contains("new since that day") && !files.contains_key("7-changes/PRO-INC-001.html"));
    let redline = text(&files, "7-changes/POL-CHG-001.html");
    assert!(redline.contains("POL-CHG-001 Change policy: changes from version 2.0 to version 3.0"));
    assert!(redline.contains("Compared with version 2.0 of 2026-03-09."));
    for marked in ["<del>thirty days.</del>", "<ins>", "<del>Forgotten</del>", "<ins>Emergency</ins>", "&lt;b&gt;"] {
        assert!(redline.contains(marked), "{marked}: {redline}");
    }
    assert!(redline.contains("href=\"../documents/8.5/POL-CHG-001-3.0.html\""), "{redline}");
    // Without a day, the previous version is used; on a later day, nothing has changed.
    let all = pack_files(&past.folder(), &["stage-1", "--as-of", "2026-06-01"]);
    assert!(all.contains_key("7-changes/PRO-INC-001.html"));
    let later = pack_files(&past.folder(), &["surveillance", "--since", "2026-05-20", "--as-of", "2026-06-01"]);
    assert!(!later.keys().any(|path| path.starts_with("7-changes/")));
    // The output is reproducible, and the whole is verified.
    let again = pack_files(&past.folder(), &["stage-1", "--as-of", "2026-06-01"]);
    assert!(all == again);
}

#[test]
fn unknown_or_hidden_earlier_texts_are_reported() {
    let changes = "classification: internal\nchanges: [{version: \"1.0\", date: 2026-03-02, summary: First}]\n";
    let fixture = Fixture::new(&[
        (
            "clausebook.yaml",
            "title: Test\nas_of: 2026-11-22\neditions:\n  auditor: {up_to: internal, figures: whole, history: true}\n",
        ),
        ("content/a.md", &policy("POL-AAA-001", changes, "We act.")),
    ]);
    let files = unpack(&pack(&fixture, &["stage-1"]));
    assert!(text(&files, "7-changes.html").contains("The handbook has no readable Git history."));
    let files = unpack(&pack(&fixture, &["stage-1", "--edition", "auditor"]));
    let changes_page = text(&files, "7-changes.html");
    assert!(changes_page.contains("This edition does not show what earlier versions said."), "{changes_page}");
}

#[test]
fn a_pack_is_clean_when_git_has_everything_that_is_in_it() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nstandards: [iso20000-1]\nas_of: 2026-11-22\nincludes: [parts]\n"),
        (
            "content/a.md",
            &policy("POL-AAA-001", "registers: [r.yaml]\n", "We act.\n\n--8<-- \"hours.md\"\n\n[Form](form.txt)"),
        ),
        ("content/r.yaml", REGISTER),
        ("content/form.txt", "A form."),
        ("parts/hours.md", "Nine to five.\n"),
        (".gitignore", "content/ignored.*\n*.zip\n"),
    ]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").current_dir(fixture.path("")).args(identity).args(arguments).output();
        assert!(output.expect("git runs").status.success(), "{arguments:?}");
    };
    let is_clean = || {
        let files = unpack(&pack(&fixture, &["stage-1"]));
        let data: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        data["clean"].as_bool().unwrap_or_else(|| panic!("{data}"))
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "x"]);
    assert!(is_clean());
    // A catalogue determines coverage.
    let catalogue = "id: own\ntitle: Own\nclauses:\n- {id: \"1\", title: One, coverage_unit: true}\n";
    fixture.write("standards/own.yaml", catalogue);
    fixture.write(".gitignore", "content/ignored.*\n*.zip\nstandards/\n");
    let settings = std::fs::read_to_string(fixture.path("clausebook.yaml")).expect("settings");
    fixture.write("clausebook.yaml", &settings.replace("[iso20000-1]", "[iso20000-1, own]"));
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "x"]);
    assert!(!is_clean(), "a catalogue that git is told to ignore");
    git(&["add", "-f", "standards/own.yaml"]);
    git(&["commit", "-q", "-m", "x"]);
    assert!(is_clean());
    // Content that no page shows is not in the pack.
    fixture.write("content/ignored.txt", "Never shown.");
    assert!(is_clean());
    fixture.write("content/ignored.md", &policy("POL-BBB-001", "", "Never committed."));
    assert!(!is_clean(), "a document that git is told to ignore");
    std::fs::remove_file(fixture.path("content/ignored.md")).expect("a file");
    for path in ["parts/hours.md", "content/r.yaml", "content/form.txt", "content/a.md"] {
        let text = std::fs::read_to_string(fixture.path(path)).expect("a file");
        fixture.write(path, &format!("{text}\n# More\n"));
        assert!(!is_clean(), "{path}");
        git(&["update-index", "--assume-unchanged", path]);
        assert!(!is_clean(), "{path} although git is told that it did not change");
        git(&["update-index", "--no-assume-unchanged", path]);
        fixture.write(path, &text);
        assert!(is_clean(), "{path}");
    }
}

#[test]
fn a_pack_without_a_document_that_git_has_is_not_clean() {
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nstandards: [iso20000-1]\nas_of: 2026-11-22\n"),
        ("content/a.md", &policy("POL-AAA-001", "", "We act.")),
        ("content/b.md", &policy("POL-BBB-001", "", "We act, too.")),
        (".gitignore", "*.zip\n"),
    ]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").current_dir(fixture.path("")).args(identity).args(arguments).output();
        assert!(output.expect("git runs").status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "x"]);
    for flag in ["--skip-worktree", "--assume-unchanged"] {
        git(&["update-index", flag, "content/b.md"]);
        std::fs::remove_file(fixture.path("content/b.md")).expect("a file");
        let files = unpack(&pack(&fixture, &["stage-1"]));
        let data: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        assert_eq!(data["clean"], false, "{flag}");
        git(&["update-index", &flag.replace("--", "--no-"), "content/b.md"]);
        git(&["checkout", "-q", "--", "content/b.md"]);
    }
}

#[test]
fn a_clone_that_does_not_reach_back_says_so() {
    let past = HistoryFixture::new();
    let clone = tempfile::tempdir().expect("a folder");
    let source = format!("file://{}", past.folder().parent().expect("a folder").display());
    let git = Command::new("git")
        .args(["clone", "-q", "--depth", "1", &source, "clone"])
        .current_dir(clone.path())
        .output()
        .expect("git runs");
    assert!(git.status.success(), "{}", String::from_utf8_lossy(&git.stderr));
    let name = past.folder().file_name().expect("a name").to_owned();
    let files = pack_files(&clone.path().join("clone").join(name), &["stage-1", "--as-of", "2026-06-01"]);
    let changes = text(&files, "7-changes.html");
    assert!(changes.contains("is shallow and begins on 10 May 2026"), "{changes}");
    assert!(!files.keys().any(|path| path.starts_with("7-changes/")));
}

const REGISTER: &str = "services:\n- {id: SV-1, title: Mail, state: live, owner: Service Manager, criticality: high}\n\
    suppliers:\n- {id: SU-1, title: Carrier, kind: external, manager: Supplier Manager, contract: {document: AGR-SUP-001, ends: 2030-01-01}}\n\
    - {id: SU-2, title: Printer, kind: internal, contract: {ends: 2026-01-01}}\n\
    risks:\n- {id: R-1, title: Flood, kind: organization, now: {likelihood: 2, impact: 4}, treatment: Move up, scored: 2026-10-01}\n\
    indicators:\n- {id: K-1, title: Answered in time, target: \">= 90%\", period: quarter, values: {2026-Q2: 91, 2026-Q3: 95}}\n";

fn with_registers(lang: &str) -> Fixture {
    Fixture::new(&[
        ("clausebook.yaml", &format!("title: Test\nlang: {lang}\nstandards: [iso20000-1]\nas_of: 2026-11-22\n")),
        ("content/a.md", &policy("POL-AAA-001", "registers: [r.yaml]\nclauses: [8.6.1]\n", "We act.")),
        ("content/agreement.md", &policy("AGR-SUP-001", "", "Agreed.").replace("type: policy", "type: agreement")),
        ("content/r.yaml", REGISTER),
    ])
}

#[test]
fn services_suppliers_risks_and_figures_are_in_every_pack() {
    for profile in ["stage-1", "surveillance", "management-review"] {
        let files = unpack(&pack(&with_registers("en"), &[profile]));
        let page = text(&files, "9-registers.html");
        for said in
            ["id=\"SV-1\"", "id=\"SU-1\"", "id=\"R-1\"", "id=\"K-1\"", "2026-Q3:</span> 95", "Target met", "2 × 4 = 8"]
        {
            assert!(page.contains(said), "{profile}: {said}: {page}");
        }
        let row = |id: &str| page.split(&format!("id=\"{id}\"")).nth(1).and_then(|rest| rest.split("</tr>").next());
        assert!(row("SU-1").expect("a row").contains("AGR-SUP-001"), "{page}");
        assert!(!row("SU-1").expect("a row").contains("No contract"));
        assert!(row("SU-2").expect("a row").contains("No contract or agreement in force is known."));
    }
}

#[test]
fn a_pack_is_in_the_language_of_its_handbook() {
    let files = unpack(&pack(&with_registers("de"), &["stage-1"]));
    let english = ["Contents", "Clauses", "Findings", "Approved", "None.", "verify", "What is wrong", "Handbook<"];
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with("documents/")) {
        let page = String::from_utf8_lossy(bytes);
        assert!(page.contains("<html lang=\"de\">"), "{path}");
        let body = page.split("<body").nth(1).unwrap_or_default();
        for word in english {
            let is_command = word == "verify" && path == "read-me.html";
            assert!(is_command || !body.replace("id=\"verify\"", "").contains(word), "{path}: {word}: {body}");
        }
    }
    assert!(text(&files, "read-me.html").contains("Dokumente für das Audit der Stufe 1"));
    assert!(text(&files, "1-clauses.html").contains("Zuletzt auditiert"));
}

#[test]
fn inputs_of_the_review_come_from_registers_of_the_period() {
    let fixture = with_registers("en");
    let register = format!(
        "{REGISTER}objectives:\n- {{id: OBJ-1, title: Faster, indicator: K-1, ends: 2026-09-30}}\n\
         management_reviews:\n- id: MR-1\n  title: Spring\n  held: 2026-05-01\n  decisions:\n\
         {}- {{id: D-2, what: Train two, who: Service Manager, due: 2026-08-01, done: 2026-07-01}}\n",
        "  - {id: D-1, what: Buy spares, who: Service Manager, due: 2026-09-01}\n  "
    );
    let closed = "- {id: R-2, title: Frost, kind: organization, now: {likelihood: 1, impact: 1}, scored: 2024-10-01, closed: 2025-01-01}\n";
    fixture.write("content/r.yaml", &register.replace("indicators:\n", &format!("{closed}indicators:\n")));
    let files = unpack(&pack(&fixture, &["management-review"]));
    let page = text(&files, "0-inputs.html");
    let input = |id: &str| -> String {
        let rest = page.split(&format!("<h2 id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("{id}: {page}"));
        rest.split("<h2").next().unwrap_or_default().to_owned()
    };
    assert!(page.contains("For the period from 2026-05-02 to 2026-11-22."), "{page}");
    for (id, entry) in [("risks", "R-1"), ("measurement", "K-1"), ("objectives", "OBJ-1"), ("other-parties", "SU-2")] {
        let page_text = input(id);
        assert!(page_text.contains(&format!("href=\"9-registers.html#{entry}\"")), "{id}: {page_text}");
    }
    // Decisions of earlier reviews, and figures with their targets, with whatever shows how far they are.
    let decisions = input("earlier-decisions");
    for cell in
        ["D-1</span> Buy spares</a></td><td>Service Manager</td>", "overdue since", "D-2</span> Train two", "done on"]
    {
        assert!(decisions.contains(cell), "{cell}: {decisions}");
    }
    assert!(!decisions.contains("Nothing is recorded"), "{decisions}");
    assert!(
        input("measurement").contains("95% <span class=\"nb\">(2026-Q3);</span> Target: ≥\u{a0}90%"),
        "{}",
        input("measurement")
    );
    assert!(!input("risks").contains("R-2"), "what was over before the period is no input");
    assert!(input("feedback").contains("Nothing is recorded"), "{}", input("feedback"));
    let portal = fixture.build();
    let page = String::from_utf8_lossy(&portal["management-reviews.html"]).into_owned();
    assert!(page.contains("risks.html#R-1") && page.contains("indicators.html#K-1"), "{page}");
    let draft = String::from_utf8(fixture.run(&["management-review"]).stdout).expect("UTF-8");
    assert!(draft.contains("[[K-1]] Answered in time: met, 95% in 2026-Q3 (target ≥\u{a0}90%)"), "{draft}");
}

#[test]
fn services_and_locations_of_registers_are_in_the_scope() {
    let register = "services:\n- {id: NET, title: Managed network, state: live}\n- {id: OLD, title: Fax, state: retired}\n\
        locations:\n- {id: L1, title: Head office, inside: true}\n- {id: L2, title: Depot, inside: false}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
        ("content/a.md", &policy("POL-AAA-001", "registers: [r.yaml]\nlocations: [Head office, Pier 4]\n", "We act.")),
        ("content/r.yaml", register),
    ]);
    let files = unpack(&pack(&fixture, &["stage-1"]));
    let scope = text(&files, "4-scope.html");
    for row in [
        "NET Managed network</a></td><td>Live<",
        "OLD Fax</a></td><td>Retired<",
        "L1 Head office</a></td><td>Inside the scope<",
        "L2 Depot</a></td><td>Outside the scope<",
        "<td>Pier 4</td>",
    ] {
        assert!(scope.contains(row), "{row}: {scope}");
    }
    assert!(!scope.contains("None is named") && scope.matches("Head office").count() == 1, "{scope}");
}

#[test]
fn a_check_of_an_effect_that_is_late_is_late_in_a_pack_too() {
    let register = "nonconformities:\n- {id: NC-1, title: Late, grade: minor, found: 2026-02-01, cause: Lost, correction: Done, \
        closed: 2026-03-02}\nobjectives:\n- {id: O-1, title: In time, indicator: K-1, ends: 2026-12-31}\n\
        indicators:\n- {id: K-1, title: In time, target: \">= 90%\", period: quarter, values: {2026-Q3: 91}}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
        ("content/a.md", &policy("POL-AAA-001", "registers: [r.yaml]\n", "We act.")),
        ("content/r.yaml", register),
    ]);
    let files = unpack(&pack(&fixture, &["stage-1"]));
    let audits = text(&files, "5-audits.html");
    let due = "to be checked by <span class=\"nb\">2026-05-31</span>";
    assert!(audits.contains(due) && audits.contains("Effect check overdue"), "{audits}");
    let registers = text(&files, "9-registers.html");
    let objective = &registers[registers.find("id=\"O-1\"").expect("the objective")..];
    assert!(objective[..objective.find("</tr>").expect("a row")].contains("90%"), "{registers}");
}
