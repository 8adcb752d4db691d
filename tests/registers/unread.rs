//! Registers that cannot be read in full: whatever would otherwise say that there is nothing says so.

use crate::support::{Fixture, policy, text_of};

const SETTINGS: &str = "title: Test\nlang: LANG\nstandards: [iso20000-1]\nas_of: 2026-11-22\n";

const AUDITS: &str = "audits:\n- {id: A-1, title: Spring audit, kind: internal, planned: 2026-04-01, held: 2026-04-01, \
    auditors: Auditor, clauses: [8.6.1]}\n";

const FINDINGS: &str = "nonconformities:\n- id: NC-1\n  title: Untested restore\n  found: 2026-05-01\n  grade: minor\n  \
    due: 2026-06-01\n  source: A-1\n  clauses: [8.6.1]\n- id: NC-2\n  title: Old list\n  found: 2026-10-01\n  grade: \
    minor\n  due: 2027-06-01\n  source: complaint\n  clauses: [8.6.1]\n";

const REVIEWS: &str = "management_reviews:\n- {id: MR-1, title: Spring, held: 2026-05-02}\n";

const TABLE: &str = "id,title,found,grade,due,source\nNC-1,Untested restore,2026-05-01,minor,2026-06-01,A-1\n\
    NC-2,Old list,2026-10-01,minor,2027-06-01,complaint\n";

fn handbook(lang: &str, (name, findings): (&str, Option<&str>)) -> Fixture {
    let registers = format!("classification: internal\nregisters: [audits.yaml, {name}, reviews.yaml]\n");
    let fixture = Fixture::new(&[
        ("clausebook.yaml", &SETTINGS.replace("LANG", lang)),
        ("content/a.md", &policy("PLN-AAA-001", &registers, "We audit.\n\n```register nonconformities\n```\n")),
        ("content/audits.yaml", AUDITS),
        ("content/reviews.yaml", REVIEWS),
    ]);
    findings.into_iter().for_each(|text| fixture.write(&format!("content/{name}"), text));
    fixture
}

/// What readers see, by a name: pages, lists and the output of commands.
fn views(fixture: &Fixture) -> Vec<(String, String)> {
    let site = fixture.build();
    let pages =
        ["index.html", "audits/A-1.html", "audits/index.html", "nonconformities.html", "actions.html", "calendar.html"];
    let more = ["management-reviews.html", "clauses/iso20000-1/8.6.1.html"];
    let mut views: Vec<(String, String)> = pages
        .into_iter()
        .chain(more)
        .map(|page| (page.to_owned(), text_of(page, site.get(page).unwrap_or_else(|| panic!("no page {page}")))))
        .collect();
    for command in [&["status"][..], &["reminders"], &["reminders", "--format", "json"], &["management-review"]] {
        let output = fixture.run(command);
        views.push((command.join(" "), String::from_utf8_lossy(&output.stdout).into_owned()));
    }
    let output = fixture.run(&["pack", "management-review", "-o", "pack.zip"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::read(fixture.path("pack.zip")).expect("a pack");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    for name in ["read-me.html", "0-inputs.html", "5-audits.html", "8-open.html"] {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).expect("a section"), &mut text).expect("text");
        views.push((name.to_owned(), text));
    }
    views
}

/// The same register with a slip, by the kind of slip.
fn slips() -> Vec<(&'static str, &'static str, Option<String>)> {
    let yaml = "nonconformities.yaml";
    vec![
        ("a tab", yaml, Some(FINDINGS.replace("  due: 2026-06-01", "\tdue: 2026-06-01"))),
        ("a torn end", yaml, Some(format!("{FINDINGS}- id: ["))),
        ("a wrong key", yaml, Some(FINDINGS.replace("- id: NC-1", "- di: NC-1"))),
        ("no list", yaml, Some("nonconformities: none\n".to_owned())),
        ("a list under another name", yaml, Some(FINDINGS.replace("nonconformities:", "nonconformites:"))),
        ("no file", yaml, None),
        (
            "a tab in a file named for no kind",
            "quality.yaml",
            Some(FINDINGS.replace("  due: 2026-06", "\tdue: 2026-06")),
        ),
        ("a row without an ID", "nonconformities.csv", Some(TABLE.replace("NC-1", ""))),
        ("a table without a header", "nonconformities.csv", Some("\n".to_owned())),
    ]
}

#[test]
fn whatever_lacks_unreadable_entries_says_so() {
    for (slip, name, text) in slips() {
        let fixture = handbook("en", (name, text.as_deref()));
        for (view, shown) in views(&fixture) {
            let says = shown.contains("Some entries cannot be read and are missing here");
            assert!(says && shown.contains(name), "{slip}, {view}: {shown}");
            for kind in ["No findings are recorded", "no such register", "Nothing is recorded: ask the Findings"] {
                assert!(!shown.contains(kind), "{slip}, {view}: {kind}");
            }
            match &*view {
                "index.html" => assert!(shown.contains(">at least "), "{slip}: {shown}"),
                "audits/A-1.html" => assert!(shown.contains("Not known: some entries"), "{slip}: {shown}"),
                _ => {}
            }
        }
    }
    let check = handbook("en", ("nonconformities.yaml", slips()[0].2.as_deref())).run(&["check"]);
    let check = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(!check.contains("owns no register"), "{check}");
}

#[test]
fn registers_that_cannot_be_read_are_in_the_data() {
    let unread = |text: &str| {
        let site = handbook("en", ("nonconformities.yaml", Some(text))).build();
        let data: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).expect("JSON");
        data["unread_registers"].clone()
    };
    let list = unread(&FINDINGS.replace("- id: NC-1", "- di: NC-1"));
    assert_eq!(list[0]["kinds"], serde_json::json!(["nonconformities"]));
    assert_eq!(list[0]["file"], "content/nonconformities.yaml");
    assert!(list[0]["line"].as_u64() > Some(0), "{list}");
    assert!(unread(FINDINGS).is_null());
}

#[test]
fn a_source_that_cannot_be_read_may_be_any_audit() {
    let text = FINDINGS.replace("source: A-1", "sorce: A-1");
    let site = handbook("en", ("nonconformities.yaml", Some(&text))).build();
    assert!(text_of("", &site["audits/A-1.html"]).contains("Not known: some entries"));
}

#[test]
fn readable_registers_are_not_said_to_be_incomplete() {
    for (name, text) in [("nonconformities.yaml", FINDINGS), ("nonconformities.csv", TABLE), ("n.yaml", FINDINGS)] {
        let text = if name.ends_with("csv") { text } else { FINDINGS };
        for (view, shown) in views(&handbook("en", (name, Some(text)))) {
            let says = ["cannot be read", "at least", "Not known"].into_iter().find(|words| shown.contains(words));
            assert_eq!(says, None, "{name}, {view}: {shown}");
        }
    }
    // One broken register says nothing about another.
    let fixture = handbook("en", ("nonconformities.yaml", Some(FINDINGS)));
    fixture.write("content/reviews.yaml", &REVIEWS.replace("{id", "{di"));
    let site = fixture.build();
    for page in ["nonconformities.html", "audits/A-1.html"] {
        assert!(!text_of(page, &site[page]).contains("cannot be read"), "{page}");
    }
}

#[test]
fn notices_are_in_the_language_of_the_handbook_and_editions_name_no_file() {
    let slip = slips().swap_remove(0).2;
    let german = handbook("de", ("nonconformities.yaml", slip.as_deref())).build();
    let page = text_of("", &german["nonconformities.html"]);
    assert!(page.contains("nicht lesbar und fehlen hier: Nichtkonformitäten (content/nonconformities.yaml:"), "{page}");
    let fixture = handbook("en", ("nonconformities.yaml", slip.as_deref()));
    let public = "editions:\n  client: {up_to: internal, registers: [nonconformities]}\n  staff: {up_to: internal, registers: [audits]}\n";
    fixture.write("clausebook.yaml", &format!("{}{public}", SETTINGS.replace("LANG", "en")));
    for (edition, is_shown) in [("client", true), ("staff", false)] {
        let output = fixture.run(&["build", "-q", "--edition", edition, "-o", edition]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let home = std::fs::read_to_string(fixture.path(edition).join("index.html")).expect("a home page");
        assert_eq!(home.contains("are missing here: Nonconformities."), is_shown, "{edition}: {home}");
        assert!(!home.contains("nonconformities.yaml"), "{edition}");
    }
}
