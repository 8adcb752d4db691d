//! Spreadsheets that become registers.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Url, Workbook};

use crate::Site;

const DOCUMENT: &str = "---\nid: PRC-NC-001\ntitle: Corrective action\ntype: process\nstatus: draft\nversion: 1\nowner: Quality Manager\n\
                        registers: [/nonconformities.yaml]\n---\nWe find the cause.\n";

fn site() -> Site {
    Site::new(&[("clausebook.yaml", "title: Ours\nas_of: 2026-11-22\n"), ("content/process.md", DOCUMENT)])
}

#[test]
fn rows_become_entries_and_what_means_no_key_stays_in_the_note() {
    let site = site();
    let rows = "No.;Description;Severity;Date raised;Due date;Responsible;Opened by;Root cause;Clause\n\
                NC-1;\"Backups \"\"not\"\" tested\";Minor;31/01/2026;2026-03-01;Operations Manager;the auditor;No owner; 8.7.2, 8.7.1\n\
                ;Second;minor;02/02/2026;;Desk Lead;;;8.6.1\n\n";
    site.write("nc.csv", [b"\xef\xbb\xbf", rows.as_bytes()].concat().as_slice());
    let out = site.run_ok(&["import", "register", "nc.csv", "--kind", "nonconformities", "--dates", "DD/MM/YYYY"]);
    for line in [
        "2 rows of nonconformities imported into content/nonconformities.yaml",
        "Due date is `due`",
        "kept in notes: Opened by",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert_eq!(
        site.read("content/nonconformities.yaml"),
        "nonconformities:\n\
         - id: \"NC-1\"\n  title: \"Backups \\\"not\\\" tested\"\n  grade: \"minor\"\n  found: 2026-01-31\n  due: 2026-03-01\n  owner: \"Operations Manager\"\n  \
         cause: \"No owner\"\n  clauses: [\"8.7.2\", \"8.7.1\"]\n  note: \"Opened by: the auditor\"\n\
         - id: NC-002\n  title: \"Second\"\n  grade: \"minor\"\n  found: 2026-02-02\n  owner: \"Desk Lead\"\n  clauses: \"8.6.1\"\n"
    );
    let broken = site.broken_rules();
    assert!(!broken.contains_key("invalid-register") && !broken.contains_key("missing-register"), "{broken:?}");
    assert!(
        site.run_failing(&["import", "register", "nc.csv", "--kind", "nonconformities"]).contains("already exists")
    );
}

#[test]
fn a_date_that_cannot_be_read_is_reported_and_never_counts_as_done() {
    let site = site();
    site.write("nc.csv", b"title,grade,found,closed\nOne,minor,02/03/2026,31/02/2026\n");
    site.run_ok(&["import", "register", "nc.csv", "--kind", "nonconformities"]);
    let text = site.read("content/nonconformities.yaml");
    assert!(text.contains("  found: \"02/03/2026\"\n  closed: \"31/02/2026\"\n"), "{text}");
    assert_eq!(site.broken_rules().get("invalid-register"), Some(&2));
}

#[test]
fn words_beside_a_date_are_kept_and_a_time_is_not() {
    let site = site();
    let rows = "title,grade,found,due,closed\n\
                Zero,minor,2026-09-01 8:30 AM,2026-09-20 10:00:00 +0200,2026-09-15 1.2\n\
                One,minor,2026-09-01 08:30,2026-09-20T00:00:00Z,2026-09-15 - reopened 2026-10-02\n\
                Two,minor,2026-09-01,2026-09-20 00:00:00.000+02:00,2026-09-15 10:00 planned\n";
    site.write("nc.csv", rows.as_bytes());
    site.run_ok(&["import", "register", "nc.csv", "--kind", "nonconformities"]);
    let text = site.read("content/nonconformities.yaml");
    for line in [
        "  found: 2026-09-01\n  due: 2026-09-20\n  closed: \"2026-09-15 1.2\"\n",
        "  found: 2026-09-01\n  due: 2026-09-20\n  closed: \"2026-09-15 - reopened 2026-10-02\"\n",
        "  found: 2026-09-01\n  due: 2026-09-20\n  closed: \"2026-09-15 10:00 planned\"\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert_eq!(site.broken_rules().get("invalid-register"), Some(&3));
}

#[test]
fn workbooks_are_read_with_their_days_and_sheets() {
    let site = site();
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").expect("a name").write(0, 0, "nothing here").expect("a cell");
    let sheet = book.add_worksheet().set_name("Log").expect("a name");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (column, head) in ["What happened", "Grade", "Found", "Cost"].iter().enumerate() {
        sheet.write(0, column as u16, *head).expect("a cell");
    }
    sheet.write(1, 0, "A gap in the log").expect("a cell");
    sheet.write(1, 1, "major").expect("a cell");
    sheet.write_with_format(1, 2, ExcelDateTime::from_ymd(2026, 3, 2).expect("a day"), &day).expect("a cell");
    sheet.write(1, 3, 12.5).expect("a cell");
    book.save(site.path("log.xlsx")).expect("a workbook");
    let kind = ["import", "register", "log.xlsx", "--kind", "nonconformities"];
    let refused = |options: &[&str]| site.run_failing(&[kind.as_slice(), options].concat());
    assert!(refused(&["--sheet", "Lob"]).contains("there is no sheet `Lob`; it has Notes, Log"));
    assert!(refused(&["--sheet", "Log"]).contains("no column is the title of the entries"));
    assert!(refused(&["--sheet", "Log", "--map", "What=title"]).contains("there is no column `What`"));
    assert!(
        refused(&["--sheet", "Log", "--map", "What happened=titel"])
            .contains("`titel` is not a key of nonconformities")
    );
    assert!(refused(&[]).contains("no column is the title"), "the first sheet");
    site.run_ok(&[kind.as_slice(), &["--sheet", "Log", "--map", "What happened=title"]].concat());
    assert_eq!(
        site.read("content/nonconformities.yaml"),
        "nonconformities:\n- id: NC-001\n  title: \"A gap in the log\"\n  grade: \"major\"\n  found: 2026-03-02\n  note: \"Cost: 12.5\"\n"
    );
}

#[test]
fn times_are_kept_and_a_date_takes_its_day() {
    let site = site();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in ["Title", "Found", "Time found", "Reported", "Downtime", "Seen"].iter().enumerate() {
        sheet.write(0, column as u16, *head).expect("a cell");
    }
    let day = || ExcelDateTime::from_ymd(2026, 4, 3).expect("a day");
    let (found_time, reported_time) =
        (day().and_hms(22, 10, 0).expect("a time"), day().and_hms(23, 45, 0).expect("a time"));
    let time = ExcelDateTime::from_hms(10, 30, 0).expect("a time");
    let format = |form: &str| Format::new().set_num_format(form);
    sheet.write(1, 0, "A disk was full").expect("a cell");
    sheet.write_with_format(1, 1, &found_time, &format("dd/mm/yyyy")).expect("a cell");
    sheet.write_with_format(1, 2, &time, &format("hh:mm")).expect("a cell");
    sheet.write_with_format(1, 3, &reported_time, &format("dd/mm/yyyy hh:mm")).expect("a cell");
    sheet.write_with_format(1, 4, 26.5 / 24.0, &format("[h]:mm")).expect("a cell");
    sheet.write_with_format(1, 5, day(), &format("dd/mm/yyyy")).expect("a cell");
    book.save(site.path("log.xlsx")).expect("a workbook");
    site.run_ok(&["import", "register", "log.xlsx", "--kind", "nonconformities"]);
    let text = site.read("content/nonconformities.yaml");
    let note = "Time found: 10:30; Reported: 2026-04-03 23:45; Downtime: 26:30; Seen: 2026-04-03";
    assert!(text.ends_with(&format!("  found: 2026-04-03\n  note: \"{note}\"\n")), "{text}");
}

#[test]
fn files_that_are_not_spreadsheets_are_rejected_with_a_clear_message() {
    let site = site();
    site.write("latin.csv", b"title\nCaf\xe9\n");
    site.write("fake.xlsx", b"not a workbook");
    site.write("empty.csv", b"title,grade\n");
    site.write("open.csv", b"ID,Title,Found,Cause\nNC-1,\"Relay down,2026-01-02,c1\nNC-2,Backup,2026-02-02,c2\nNC-3,\"19\" rack\",2026-03-02,c3\n");
    site.write("tabs.txt", b"ID\tTitle\tFound\nNC-1\t\"Late\t2026-01-02\nNC-2\tBackup\t2026-02-02\n");
    let refused = |file: &str, kind: &str| site.run_failing(&["import", "register", file, "--kind", kind]);
    assert!(refused("latin.csv", "audits").contains("save it as \"CSV UTF-8\""));
    assert!(refused("fake.xlsx", "audits").contains("damaged"));
    let error = refused("open.csv", "nonconformities");
    assert!(error.contains("line 2: ") && error.contains("line 4: ") && error.contains("double each"), "{error}");
    assert!(refused("tabs.txt", "nonconformities").contains("line 2: this quotation mark is not closed"));
    assert!(refused("empty.csv", "audits").contains("no row below the names of its columns"));
    assert!(refused("empty.csv", "audit").contains("did you mean `audits`?"));
    assert!(refused("gone.csv", "audits").contains("`gone.csv` is not imported"));
    assert!(!site.path("content/audits.yaml").exists());
}

#[test]
fn links_of_cells_are_kept_and_what_is_in_no_row_is_reported() {
    let site = site();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("R&D log").expect("a name");
    for (column, head) in ["No.", "Title", "Found", "Ticket", "Cost", "Root cause"].iter().enumerate() {
        sheet.write(1, column as u16 + 1, *head).expect("a cell");
    }
    let link = |name: &str| Url::new(format!("https://example.org/{name}"));
    sheet.write_url_with_text(2, 1, link("nc"), "NC-1").expect("a link");
    sheet.write_url_with_text(2, 2, link("report"), "See report").expect("a link");
    sheet.write(2, 3, "2026-03-02").expect("a cell");
    sheet.write_url(2, 4, link("ticket")).expect("a link");
    sheet.write_formula(2, 5, Formula::new("SUM(1,2)").set_result("VALUE")).expect("a formula");
    sheet.write_url_with_text(2, 6, link("cause"), "A gap").expect("a link");
    sheet.insert_note(2, 2, &Note::new("Is this right?")).expect("a note");
    book.add_worksheet().set_name("Closed").expect("a name").write(0, 0, "Title").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    site.write(
        "log.xlsx",
        &crate::office::rewrite_archive(&bytes, &[("xl/worksheets/sheet1.xml", "<v>VALUE</v>", "")], &[]),
    );
    let out = site.run_ok(&["import", "register", "log.xlsx", "--kind", "nonconformities"]);
    for line in [
        "  not imported: comments on cells: C3\n",
        "  not imported: formulas whose result is not saved in the file: F3\n",
        "  not imported: other sheets: Closed\n",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert_eq!(
        site.read("content/nonconformities.yaml"),
        "nonconformities:\n- id: \"NC-1\"\n  title: \"See report (https://example.org/report)\"\n  found: 2026-03-02\n  \
         cause: \"A gap (https://example.org/cause)\"\n  note: \"No.: https://example.org/nc; Ticket: https://example.org/ticket\"\n"
    );
}

#[test]
fn cells_stay_text_and_keys_within_others_are_columns() {
    let site = site();
    let row = "id,title,kind,Ends,,\"Any\nremark\",Comment\n\
               SUP-01,\"Owl\n\npost\",external,2027-06-30,extra,*x*,\"2*3*4 and __init__, [[PRO-1]]\n\n# <b>x</b> https://e.org/*a*\"\n";
    site.write("suppliers.csv", row.as_bytes());
    let out =
        site.run_ok(&["import", "register", "suppliers.csv", "--kind", "suppliers", "--map", "Ends=contract.ends"]);
    assert!(out.contains("Ends is `contract.ends`") && out.contains("kept in notes: Column E, Any remark;"), "{out}");
    let text = site.read("content/suppliers.yaml");
    let note = "Column E: extra; Any remark: \\\\*x\\\\*; 2\\\\*3\\\\*4 and \\\\_\\\\_init\\\\_\\\\_, \\\\[\\\\[PRO-1\\\\]\\\\] # \\\\<b>x\\\\</b> <https://e.org/*a*>";
    for line in ["  title: \"Owl post\"\n", "  contract: {ends: 2027-06-30}\n", &format!("  note: \"{note}\"\n")] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    site.write("content/process.md", DOCUMENT.replace("nonconformities", "suppliers").as_bytes());
    assert_eq!(site.broken_rules().get("invalid-register"), None);
}

#[test]
fn lists_of_names_are_columns_and_names_of_columns_come_first() {
    let site = site();
    site.write("a.csv", b"id,title,kind,planned,auditors\nA-1,Desk,internal,2026-10-01,A. Writer;B. Reader\n");
    site.run_ok(&["import", "register", "a.csv", "--kind", "audits"]);
    let text = site.read("content/audits.yaml");
    assert!(text.contains("  auditors: [\"A. Writer\", \"B. Reader\"]\n"), "{text}");
    site.write("b.csv", b"Register of audits,,\nid,title,kind\nA-1,Desk,internal\n");
    let refused = site.run_failing(&["import", "register", "b.csv", "--kind", "audits", "--to", "b.yaml"]);
    assert!(
        refused.contains("the first row is `Register of audits`; the column names must be in the first row"),
        "{refused}"
    );
}
