//! Local conventions are not assumed everywhere: the day, the writing direction, and whose clause is meant.

use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

const SETTINGS: &str = "title: Example handbook\nstandards: [iso20000-1, iso27001]\n";
const DOCUMENT: &str = "---\nid: PRO-INC-001\ntitle: Handling of incidents\ntype: procedure\nversion: \"1.0\"\n\
                        status: approved\nowner: Incident Manager\napprover: Service Director\n\
                        approved: 2026-10-05\n---\n\nThe desk restores the service.\n";

fn handbook(settings: &str, document: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("content")).expect("a folder");
    std::fs::write(folder.path().join("clausebook.yaml"), settings).expect("settings");
    std::fs::write(folder.path().join("content/a.md"), document).expect("a document");
    folder
}

fn clausebook(folder: &Path, zone: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    let output = command.args(arguments).env("TZ", zone).current_dir(folder).output().expect("the program runs");
    String::from_utf8(output.stdout).expect("text")
}

/// The day in a time zone with a fixed offset from UTC, calculated independently.
fn day_ahead(hours: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs();
    let days = (i64::try_from(now).expect("a number") + hours * 3600).div_euclid(86_400);
    // Days are counted from 1 March of the year 0, so that a leap day is the last day of a year.
    let day = days + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    format!("{:04}-{month:02}-{date:02}", era * 400 + year_of_era + i64::from(month < 3))
}

#[test]
fn today_is_the_day_in_the_zone_of_the_reader() {
    let folder = handbook(SETTINGS, DOCUMENT);
    // None of these zones has summer time; at any hour, at least two of them are on different days.
    for (zone, hours) in [
        ("Pacific/Kiritimati", 14),
        ("Asia/Tokyo", 9),
        ("UTC", 0),
        ("Pacific/Pago_Pago", -11),
        ("XYZ-14", 14),
        ("XYZ+11", -11),
    ] {
        let before = day_ahead(hours);
        let report = clausebook(folder.path(), zone, &["check", "--format", "json"]);
        let assessment: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        let actual = assessment["as_of"].as_str().expect("a day").to_owned();
        assert!([before, day_ahead(hours)].contains(&actual), "{zone}: {actual}");
    }
    let fixed =
        clausebook(folder.path(), "Pacific/Kiritimati", &["check", "--format", "json", "--as-of", "2026-11-22"]);
    assert!(fixed.contains("2026-11-22"), "a day that is given is that day everywhere");
}

#[test]
fn a_review_is_recorded_on_the_day_where_the_reviewer_is() {
    for (zone, hours) in [("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)] {
        let folder = handbook(SETTINGS, DOCUMENT);
        let before = day_ahead(hours);
        clausebook(folder.path(), zone, &["review", "PRO-INC-001", "--by", "Quality Manager"]);
        let text = std::fs::read_to_string(folder.path().join("content/a.md")).expect("the document");
        let days = [before, day_ahead(hours)].map(|day| format!("date: {day}"));
        assert!(days.iter().any(|day| text.contains(day)), "{zone}: {text}");
    }
}

#[test]
fn pages_are_set_in_the_direction_of_their_language() {
    let page = |settings: &str, document: &str, name: &str| {
        let folder = handbook(settings, document);
        clausebook(folder.path(), "UTC", &["build", "-q", "--as-of", "2026-11-22"]);
        std::fs::read_to_string(folder.path().join("site").join(name)).expect("a page")
    };
    let hebrew = DOCUMENT.replace("version:", "lang: he-IL\nversion:");
    assert!(page("title: Test\nlang: ar\n", DOCUMENT, "index.html").contains("dir=\"rtl\""));
    assert!(page("title: Test\n", &hebrew, "a.html").contains("lang=\"he-IL\" dir=\"rtl\""));
    assert!(!page("title: Test\n", DOCUMENT, "a.html").contains("dir="));
}

#[test]
fn english_labels_of_a_portal_in_another_language_are_marked() {
    for (lang, is_marked) in [("sv", true), ("ar", true), ("de", false), ("en-GB", false)] {
        let folder = handbook(&format!("title: Test\nlang: {lang}\n"), DOCUMENT);
        clausebook(folder.path(), "UTC", &["build", "-q", "--as-of", "2026-11-22"]);
        let page = |name: &str| {
            let text = std::fs::read_to_string(folder.path().join("site").join(name)).expect("a page");
            text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "")
        };
        assert_eq!(page("a.html").contains("href=\"#~content\" lang=\"en\" dir=\"ltr\">Skip"), is_marked, "{lang}");
        assert_eq!(page("register.html").contains("<h1 lang=\"en\""), is_marked, "{lang}: {}", page("register.html"));
        assert!(!page("a.html").contains("<h1 lang"), "{lang}: the author's words are in the portal's language");
    }
}

#[test]
fn a_mention_leads_to_the_clause_of_the_standard_that_is_named() {
    let folder = |text: &str| {
        let folder = handbook(SETTINGS, &format!("---\ntitle: Notes\ntype: page\n---\n\n{text}\n"));
        clausebook(folder.path(), "UTC", &["build", "-q", "--as-of", "2026-11-22"]);
        std::fs::read_to_string(folder.path().join("site/a.html")).expect("a page")
    };
    let leads = |page: &str, standard: &str, clause: &str| page.contains(&format!("clauses/{standard}/{clause}.html"));
    for text in [
        "See **ISO/IEC 27001** clause 9.2.",
        "Clause 9.2 of *ISO/IEC 27001* asks for audits.",
        "[ISO/IEC 27001:2022](https://www.iso.org/standard/27001), clause 9.2.",
        "Clauses 9.1 and 9.2 of ISO/IEC 27001.",
    ] {
        let page = folder(text);
        assert!(leads(&page, "iso27001", "9.2") && !leads(&page, "iso20000-1", "9.2"), "{text}");
    }
    for text in ["Clause 9.2 of ISO/IEC 20000-1.", "See clause 9.2.", "Clause **9.2** of the standard."] {
        let page = folder(text);
        assert!(leads(&page, "iso20000-1", "9.2") && !leads(&page, "iso27001", "9.2"), "{text}");
    }
    for text in [
        "Clause 9.2 of **the contract** names the credits.",
        "ISO/IEC 27001:2013, clause 9.2",
        "ISO/IEC 20000-1:2011 clause 9.2",
        "ISO 9001 clause 9.2",
        "Annex A, clause 9.2",
    ] {
        let page = folder(text);
        assert!(!leads(&page, "iso20000-1", "9.2") && !leads(&page, "iso27001", "9.2"), "{text}");
    }
}
