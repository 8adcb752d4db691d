//! The register as a workbook.

mod support;

use std::io::Read;

use calamine::{Data, Reader, Xlsx};
use support::{Fixture, SETTINGS, policy};

/// A file inside a workbook.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a workbook is an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

fn handbook(settings: &str) -> Fixture {
    Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}{settings}")),
        ("content/a.md", &policy("POL-001", "clauses: [8.6.1]\nretention: \"=HYPERLINK(1)\"\n", "Text.")),
        ("content/b.md", &policy("POL-002", "classification: restricted\n", "Text.").replace("Title of", "Hidden")),
    ])
}

#[test]
fn the_workbook_contains_documents_clauses_and_documented_information() {
    let site = handbook("").build();
    let workbook = &site["register.xlsx"];
    let names = part(workbook, "xl/workbook.xml");
    for name in ["Documents", "Clauses", "Documented information"] {
        assert!(names.contains(&format!("name=\"{name}\"")), "{names}");
    }
    let texts = part(workbook, "xl/sharedStrings.xml");
    for text in
        ["POL-001", "Title of POL-001", "Policy", "Current", "8.6.1", "Covered", "Missing", "Fully", "Next review"]
    {
        assert!(texts.contains(&format!(">{text}<")), "{text}");
    }
    let documents = part(workbook, "xl/worksheets/sheet1.xml");
    assert!(documents.contains("<autoFilter ref=\"A1:V3\"/>"));
    // 2 March 2026, as a date and not as text.
    assert!(documents.contains("<v>46083</v>"), "{documents}");
    let clauses = part(workbook, "xl/worksheets/sheet2.xml");
    assert!(clauses.matches("<row ").count() > 56);
    let html = String::from_utf8_lossy(&site["register.html"]).into_owned();
    assert!(html.contains("href=\"register.xlsx\""));
}

#[test]
fn it_needs_no_folder_for_temporary_files() {
    let fixture = handbook("");
    let mut build = assert_cmd::Command::cargo_bin("clausebook").expect("the binary");
    build.current_dir(fixture.path("")).args(["build", "-q"]).env("TMPDIR", fixture.path("no-such-folder"));
    build.assert().success();
    assert!(fixture.path("site/register.xlsx").exists());
}

/// The limit of a file's size makes every temporary file that is longer fail as on a full disk.
#[cfg(unix)]
#[test]
fn it_needs_no_room_for_temporary_files() {
    let text = policy("POL-000", "", "Text.");
    let documents = (0..1200).map(|number| {
        (format!("content/{number}.md"), text.replace("POL-000", &format!("POL-{number}")).replace("Text", "Same text"))
    });
    let fixture = Fixture::new(&[("clausebook.yaml", SETTINGS)]);
    for (path, text) in documents {
        std::fs::write(fixture.path(&path), text).expect("the document is written");
    }
    let program = assert_cmd::cargo::cargo_bin("clausebook");
    let limited = "trap '' XFSZ; ulimit -f \"$1\"; exec \"$2\" export xlsx -o all.xlsx";
    let export = |blocks: &str| {
        let mut shell = assert_cmd::Command::new("sh");
        shell.current_dir(fixture.path("")).args(["-c", limited, "sh", blocks]).arg(&program);
        shell.assert()
    };
    let error = export("8").failure().get_output().stderr.clone();
    let error = String::from_utf8(error).expect("UTF-8");
    assert!(error.contains("all.xlsx") && !error.contains("panicked"), "{error}");
    let error = export("500").success().get_output().stderr.clone();
    assert_eq!(String::from_utf8(error).expect("UTF-8"), "all.xlsx\n");
    let bytes = std::fs::read(fixture.path("all.xlsx")).expect("a workbook");
    assert!(bytes.len() < 256_000 && part(&bytes, "xl/worksheets/sheet1.xml").len() > 256_000);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
    assert_eq!(book.worksheet_range("Documents").expect("the documents").height(), 1201);
}

#[test]
fn no_cell_is_a_formula() {
    let site = handbook("").build();
    assert!(part(&site["register.xlsx"], "xl/sharedStrings.xml").contains(">=HYPERLINK(1)<"));
    for sheet in 1..=3 {
        let text = part(&site["register.xlsx"], &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(!text.contains("<f>") && !text.contains("hyperlink"), "sheet {sheet}");
    }
    assert!(part(&site["register.xlsx"], "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn the_same_handbook_on_the_same_day_is_the_same_file() {
    let fixture = handbook("");
    let first = fixture.build();
    std::fs::remove_dir_all(fixture.path("site")).expect("it goes");
    // Otherwise the build could use its cache.
    std::fs::remove_dir_all(fixture.path("../cache")).ok();
    assert!(first["register.xlsx"] == fixture.build()["register.xlsx"]);
    assert!(part(&first["register.xlsx"], "docProps/core.xml").contains("2026-11-22T00:00:00Z"));
}

#[test]
fn what_an_edition_withholds_is_not_in_it_and_words_are_those_of_the_portal() {
    let site =
        handbook("lang: de\npublish: {up_to: internal, figures: whole}\ndefaults:\n- classification: internal\n")
            .build();
    let texts = part(&site["register.xlsx"], "xl/sharedStrings.xml");
    assert!(texts.contains(">POL-001<") && !texts.contains("POL-002") && !texts.contains("Hidden"));
    assert!(part(&site["register.xlsx"], "xl/workbook.xml").contains("Dokumentierte Informationen"));
}

#[test]
fn deadlines_have_a_state_and_an_id_and_single_days_are_dates() {
    let audits = "audits:\n- {id: A-1, title: Desk, kind: internal, planned: 2026-06-01, held: 2026-06-02, auditors: Lead}\n\
        - {id: A-2, title: Nights, kind: customer, planned: {from: 2026-12-01, to: 2026-12-02}}\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", SETTINGS),
        ("content/a.md", &policy("POL-001", "registers: [r.yaml]\n", "Text.")),
        ("content/r.yaml", audits),
    ]);
    let site = fixture.build();
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(&site["register.xlsx"])).expect("a workbook");
    let mut rows = |sheet: &str| -> Vec<Vec<Data>> {
        book.worksheet_range(sheet).expect(sheet).rows().map(<[Data]>::to_vec).collect()
    };
    let deadlines = rows("Deadlines");
    let heads: Vec<String> = deadlines[0].iter().map(ToString::to_string).collect();
    assert_eq!(heads, ["Date", "Until", "Kind", "State", "ID", "What", "Who"]);
    let line = |id: &str, kind: &str| -> Vec<String> {
        let row = deadlines.iter().find(|row| row[4] == id && row[2] == kind).expect(id);
        row[3..6].iter().map(ToString::to_string).collect()
    };
    assert_eq!(line("A-1", "Audit"), ["Done", "A-1", "Desk"]);
    assert_eq!(line("A-1", "Report"), ["Overdue", "A-1", "Desk"]);
    assert_eq!(line("A-2", "Audit"), ["Due soon", "A-2", "Nights"]);
    let audits = rows("Audits");
    let column = |name: &str| audits[0].iter().position(|head| *head == name).expect(name);
    for name in ["Planned", "Held"] {
        assert!(matches!(audits[1][column(name)], Data::DateTime(_)), "{name}: {:?}", audits[1]);
    }
    assert_eq!(audits[2][column("Planned")].to_string(), "2026-12-01\u{2013}2026-12-02");
}
