//! Packs: the same bytes for the same handbook and day, readable without a portal, and every change is detected.

#[path = "../support/past.rs"]
mod past;
#[path = "../support/mod.rs"]
mod support;

mod content;
mod headers;
mod verifying;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use support::{Fixture, SETTINGS, policy, tree};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

type Files = BTreeMap<String, Vec<u8>>;

fn model_handbook() -> Fixture {
    let fixture = Fixture::new(&[]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in tree(&root.join("content")) {
        let to = fixture.path(&format!("content/{path}"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
        std::fs::write(to, bytes).expect("a file");
    }
    fixture.write("clausebook.yaml", &std::fs::read_to_string(root.join("clausebook.yaml")).expect("settings"));
    fixture
}

/// Creates a pack and returns its bytes.
fn pack(fixture: &Fixture, arguments: &[&str]) -> Vec<u8> {
    let output = fixture.run(&[&["pack"][..], arguments, &["-o", "pack.zip"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(fixture.path("pack.zip")).expect("a pack")
}

fn unpack(bytes: &[u8]) -> Files {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let read = |at: usize, archive: &mut ZipArchive<Cursor<&[u8]>>| {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("bytes");
        (String::from_utf8_lossy(file.name_raw()).into_owned(), bytes)
    };
    (0..archive.len()).map(|at| read(at, &mut archive)).collect()
}

fn zip_files(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(*path, SimpleFileOptions::default()).expect("a file");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn repack(files: &Files) -> Vec<u8> {
    zip_files(&files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// The exit code and the output of `verify`.
fn verify(fixture: &Fixture, bytes: &[u8]) -> (Option<i32>, String) {
    std::fs::write(fixture.path("given.zip"), bytes).expect("a file");
    let output = fixture.run(&["verify", "given.zip"]);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn small_handbook() -> Fixture {
    Fixture::new(&[
        ("clausebook.yaml", SETTINGS),
        (
            "content/a.md",
            &policy("POL-AAA-001", "clauses: [8.6.1]\n", "We act. See [[POL-BBB-001]] and ![plan](plan.png)."),
        ),
        ("content/b.md", &policy("POL-BBB-001", "clauses: [8.6.2/partial]\n", "We act.")),
        ("content/c.md", &policy("pol-bbb-001", "", "Of the same name but for its case.")),
        ("content/plan.png", "picture"),
    ])
}

#[test]
fn the_same_handbook_on_the_same_day_is_the_same_pack_everywhere() {
    let (first_copy, second_copy) = (small_handbook(), small_handbook());
    let first = pack(&first_copy, &["stage-1"]);
    assert!(first == pack(&first_copy, &["stage-1"]));
    assert!(first == pack(&second_copy, &["stage-1"]), "in another folder");
    let mut elsewhere = std::process::Command::new(env!("CARGO_BIN_EXE_clausebook"));
    elsewhere.env("TZ", "Pacific/Apia").env("LC_ALL", "tr_TR.UTF-8").env("LANG", "tr_TR.UTF-8");
    elsewhere.args(["pack", "stage-1", "-o", "elsewhere.zip"]).current_dir(first_copy.path(""));
    assert!(elsewhere.status().expect("a run").success());
    assert!(
        first == std::fs::read(first_copy.path("elsewhere.zip")).expect("a pack"),
        "in another time zone and language"
    );
    let mut archive = ZipArchive::new(Cursor::new(&first)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    assert!(names.is_sorted() && names.iter().all(|name| name.is_ascii()));
    for at in 0..archive.len() {
        let file = archive.by_index(at).expect("a file");
        let time = file.last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (1980, 1, 1, 0));
        assert!(file.extra_data().is_none_or(|data| data.is_empty()), "file {at}");
    }
}

#[test]
fn every_link_leads_to_a_file_of_the_pack_and_nothing_leaves_it() {
    for profile in ["stage-1", "surveillance", "management-review"] {
        let files = unpack(&pack(&model_handbook(), &[profile]));
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = String::from_utf8(bytes.clone()).expect("UTF-8");
            assert!(!text.contains("<script") && !text.contains("<link"), "{path}");
            for attribute in ["href=\"", "src=\""] {
                for address in text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                    let (local, anchor) = address.split_once('#').unwrap_or((address, ""));
                    if local.contains(':') {
                        assert!(attribute == "href=\"", "{path} loads {address}");
                        continue;
                    }
                    let mut parts: Vec<&str> = path.split('/').collect();
                    if !local.is_empty() {
                        parts.pop();
                    }
                    for part in local.split('/').filter(|part| !part.is_empty()) {
                        match part {
                            ".." => {
                                parts.pop();
                            }
                            name => parts.push(name),
                        }
                    }
                    let target = files.get(&parts.join("/")).unwrap_or_else(|| panic!("{path}: {address}"));
                    let has_anchor = || String::from_utf8_lossy(target).contains(&format!("id=\"{anchor}\""));
                    assert!(anchor.is_empty() || anchor.contains('%') || has_anchor(), "{path}: {address}");
                }
            }
        }
        assert!(files.contains_key("8-open.html"), "{profile} says what is open");
    }
}

#[test]
fn four_clicks_lead_to_the_approved_text_of_a_clause_its_approver_its_audit_and_findings() {
    let files = unpack(&pack(&model_handbook(), &["stage-1"]));
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("read-me.html").contains("href=\"1-clauses.html\""));
    let clauses = text("1-clauses.html");
    let row = clauses.split("id=\"c8.5.1.2\"").nth(1).and_then(|rest| rest.split("</tr>").next()).expect("a row");
    assert!(row.contains("Service Delivery Director") && row.contains("href=\"5-audits.html#A26-3\""), "{row}");
    let page = row.split("href=\"").nth(1).and_then(|rest| rest.split(['#', '"']).next()).expect("a document");
    let document = text(page);
    for expected in ["Approved by", "the digest in its approval", "data-digest=\"2:", "<h2"] {
        assert!(document.contains(expected), "{expected}");
    }
    let audits = text("5-audits.html");
    assert!(audits.contains("id=\"A26-3\"") && audits.contains("id=\"NC-2026-06\""));
    let finding =
        audits.split("id=\"NC-2026-06\"").nth(1).and_then(|rest| rest.split("</tr>").next()).expect("a finding");
    assert!(finding.contains("2026-10-28") && finding.contains("effect") | finding.contains("checked"), "{finding}");
}

#[test]
fn what_was_changed_removed_or_added_is_named_and_nothing_else() {
    let fixture = small_handbook();
    let files = unpack(&pack(&fixture, &["stage-1"]));
    assert_eq!(verify(&fixture, &repack(&files)).0, Some(0));
    for path in files.keys().filter(|path| *path != "manifest.sha256") {
        let mut changed = files.clone();
        let bytes = changed.get_mut(path).expect("a file");
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        let (code, output) = verify(&fixture, &repack(&changed));
        assert_eq!(code, Some(1), "{path}");
        assert_eq!(
            output.lines().filter(|line| line.contains("was changed")).collect::<Vec<_>>(),
            [format!("`{path}` was changed")]
        );
        assert!(!output.contains("was added") && !output.contains("was removed"), "{output}");
        let mut less = files.clone();
        less.remove(path);
        let (code, output) = verify(&fixture, &repack(&less));
        assert!(code == Some(1) && output.contains(&format!("`{path}` was removed")), "{output}");
        assert!(!output.contains("was changed") && !output.contains("was added"), "{output}");
    }
    let mut with_extra = files.clone();
    with_extra.insert("9-more.html".to_owned(), b"more".to_vec());
    assert_eq!(verify(&fixture, &repack(&with_extra)), (Some(1), "`9-more.html` was added\n".to_owned()));
    let mut bare = files.clone();
    bare.remove("manifest.sha256");
    assert_eq!(verify(&fixture, &repack(&bare)).1, "`manifest.sha256` is missing or cannot be read\n");
}

#[test]
fn a_document_with_other_sums_but_another_digest_is_named() {
    let fixture = small_handbook();
    let mut files = unpack(&pack(&fixture, &["stage-1"]));
    let manifest = String::from_utf8(files["manifest.json"].clone()).expect("UTF-8");
    let digest =
        manifest.split("\"digest\": \"").nth(1).and_then(|rest| rest.split('"').next()).expect("a digest").to_owned();
    let forged = manifest.replacen(&digest, "2:00000000000000000000000000000000", 1);
    let sum = Sha256::digest(forged.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let checksums = String::from_utf8(files["manifest.sha256"].clone()).expect("UTF-8");
    let old = checksums.lines().find(|line| line.ends_with("  manifest.json")).expect("a sum");
    files.insert("manifest.sha256".to_owned(), checksums.replace(old, &format!("{sum}  manifest.json")).into_bytes());
    files.insert("manifest.json".to_owned(), forged.into_bytes());
    let expected = "the page of POL-AAA-001 does not show the digest in the manifest\n";
    assert_eq!(verify(&fixture, &repack(&files)), (Some(1), expected.to_owned()));
}

#[test]
fn hostile_archives_are_refused_and_nothing_is_written() {
    let fixture = small_handbook();
    let valid_pack = pack(&fixture, &["stage-1"]);
    let names: [&str; 6] =
        ["../out.html", "/etc/out.html", "a\\..\\out.html", "C:out.html", "a//b.html", "\u{e4}.html"];
    for name in names {
        let mut files = unpack(&valid_pack);
        files.insert(name.to_owned(), b"out".to_vec());
        let (code, output) = verify(&fixture, &repack(&files));
        assert!(code == Some(1) && output.contains("is a name that no pack has"), "{name}: {output}");
    }
    let mut files = unpack(&valid_pack);
    files.insert("Read-Me.html".to_owned(), b"other case".to_vec());
    assert!(verify(&fixture, &repack(&files)).1.contains("is a name that no pack has"));
    for end in [0, 1, 30, valid_pack.len() / 2, valid_pack.len() - 1] {
        let (code, output) = verify(&fixture, &valid_pack[..end]);
        assert!(code == Some(1) && output.contains("this is not a pack that can be read"), "{end}: {output}");
    }
    // A damaged or altered archive leads to an error message, never to a crash.
    for at in (0..valid_pack.len()).step_by(valid_pack.len() / 97) {
        let mut bytes = valid_pack.clone();
        bytes[at] ^= 0xff;
        assert!(matches!(verify(&fixture, &bytes).0, Some(0 | 1)), "{at}");
    }
    let bomb = vec![0_u8; 64 << 20];
    let (code, output) = verify(&fixture, &zip_files(&[("bomb.html", &bomb), ("manifest.sha256", b"")]));
    assert!(code == Some(1) && output.contains("manifest.sha256"), "{output}");
    assert!(!fixture.path("out.html").exists() && !fixture.path("../out.html").exists());
    let missing_pack = fixture.run(&["verify", "gone.zip"]);
    assert_eq!(missing_pack.status.code(), Some(2));
}

#[test]
fn a_pack_that_fails_leaves_the_old_one_and_an_edition_shows_only_its_own() {
    let fixture = small_handbook();
    fixture.write(
        "clausebook.yaml",
        &format!("{SETTINGS}editions:\n  customers: {{up_to: public}}\n  auditor: {{up_to: public, figures: whole}}\n"),
    );
    fixture.write(
        "content/a.md",
        &policy("POL-AAA-001", "classification: public\nclauses: [8.6.1]\n", "See [[POL-CANARY-1|it]]."),
    );
    fixture.write(
        "content/secret.md",
        &policy("POL-CANARY-1", "classification: restricted\nclauses: [8.6.3]\n", "Canary ![canary](plan.png)."),
    );
    std::fs::write(fixture.path("pack.zip"), b"old").expect("a file");
    for arguments in [
        &["pack", "stage-1", "--edition", "customers", "-o", "pack.zip"][..],
        &["pack", "stage-1", "--since", "A-9", "-o", "pack.zip"],
        &["pack", "stage-1", "--since", "2026-11-23", "--as-of", "2026-11-22", "-o", "pack.zip"],
        &["pack", "stage-1", "--edition", "nobody", "-o", "pack.zip"],
        &["pack", "stage-1", "--edition", "auditor", "--with-source", "-o", "pack.zip"],
    ] {
        assert_eq!(fixture.run(arguments).status.code(), Some(2), "{arguments:?}");
        assert_eq!(std::fs::read(fixture.path("pack.zip")).expect("a file"), b"old");
    }
    assert_eq!(fixture.run(&["pack", "stage-1", "-o", "content"]).status.code(), Some(2));
    let files = unpack(&pack(&fixture, &["stage-1", "--edition", "auditor"]));
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!path.to_lowercase().contains("canary") && !text.contains("canary"), "{path}");
    }
    assert!(String::from_utf8_lossy(&files["read-me.html"]).contains("2 of 56"), "the figures are those of the whole");
}

#[test]
fn a_scope_that_an_edition_does_not_show_is_not_said_to_be_missing() {
    let fixture = small_handbook();
    let settings = format!(
        "{SETTINGS}certificate: {{number: C-1, scope: Desk and mail}}\neditions:\n  \
         auditor: {{up_to: internal, figures: whole, certificate: false}}\n"
    );
    fixture.write("clausebook.yaml", &settings);
    let scope = |arguments: &[&str]| {
        String::from_utf8(unpack(&pack(&fixture, arguments))["4-scope.html"].clone()).expect("UTF-8")
    };
    assert!(scope(&["stage-1"]).contains("Desk and mail"));
    let edition_scope = scope(&["stage-1", "--edition", "auditor"]);
    assert!(
        edition_scope.contains("This edition does not show the certificate.")
            && !edition_scope.contains("Desk and mail")
    );
    fixture.write("clausebook.yaml", SETTINGS);
    assert!(scope(&["stage-1"]).contains("No certificate scope is recorded in the settings."));
}

#[test]
fn a_pack_whose_sums_were_made_again_and_one_that_hides_a_file_are_not_whole() {
    let fixture = small_handbook();
    let files = unpack(&pack(&fixture, &["stage-1"]));
    let mut changed = files.clone();
    changed.get_mut("8-open.html").expect("a page").extend(b"<p>Nothing is open.</p>");
    changed.remove("4-scope.html");
    changed.insert("more.html".to_owned(), b"<p>More</p>".to_vec());
    let sum = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let lines = changed.iter().filter(|(path, _)| *path != "manifest.sha256");
    let sums: String = lines.map(|(path, bytes)| format!("{}  {path}\n", sum(bytes))).collect();
    changed.insert("manifest.sha256".to_owned(), sums.into_bytes());
    let (code, output) = verify(&fixture, &repack(&changed));
    assert_eq!(code, Some(1));
    for problem in ["`8-open.html` was changed", "`4-scope.html` was removed", "`more.html` was added"] {
        assert!(output.contains(problem), "{output}");
    }
    let mut hiding = files;
    hiding.insert("zz.html".to_owned(), b"<p>Hidden</p>".to_vec());
    let mut bytes = repack(&hiding);
    let end = bytes.len() - 14;
    let count = u16::try_from(hiding.len() - 1).expect("few files").to_le_bytes();
    bytes[end..end + 2].copy_from_slice(&count);
    bytes[end + 2..end + 4].copy_from_slice(&count);
    let (code, output) = verify(&fixture, &bytes);
    assert!(code == Some(1) && output.contains("its list of files is not what its end says"), "{output}");
    let with_trailing_bytes = [repack(&hiding), b"more".to_vec()].concat();
    assert_eq!(verify(&fixture, &with_trailing_bytes).0, Some(1));
}

#[test]
fn sums_are_written_in_one_way() {
    let fixture = small_handbook();
    let files = unpack(&pack(&fixture, &["stage-1"]));
    let checksums = String::from_utf8(files["manifest.sha256"].clone()).expect("UTF-8");
    let mut lines: Vec<&str> = checksums.lines().collect();
    let first = format!("{}\n", lines[0]);
    lines.reverse();
    let others = [
        checksums.replace('\n', "\r\n"),
        format!("{first}{checksums}"),
        format!("{}  {}", "0".repeat(64), &first[66..]) + &checksums,
        checksums.trim_end().to_owned(),
        format!("{checksums}\n"),
        lines.join("\n") + "\n",
    ];
    let expected = "`manifest.sha256` is ";
    for other in others {
        let mut files = files.clone();
        files.insert("manifest.sha256".to_owned(), other.clone().into_bytes());
        let (code, output) = verify(&fixture, &repack(&files));
        assert!(code == Some(1) && output.starts_with(expected) && output.lines().count() == 1, "{other}: {output}");
    }
}

#[test]
fn options_of_the_browser_are_refused_without_the_pdf_that_they_are_for() {
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "clauses: [8.6.1]\n", "We act."))]);
    for option in [&["--no-sandbox"][..], &["--timeout", "5"], &["--browser", "nothing"]] {
        let output = fixture.run(&[&["pack", "stage-1", "-o", "out.zip"], option].concat());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(option[0]) && stderr.contains("needs `--pdf`"), "{stderr}");
    }
    assert!(!fixture.path("out.zip").exists());
}
