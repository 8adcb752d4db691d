//! Whatever an author writes in any field or name remains plain text in every file of the portal and in the output of
//! the preview: no script, no formula, no calendar entry, no feed element, no control sequence.
#![cfg(unix)]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use support::Fixture;
use support::harm::harm;

/// Payloads for double-quoted YAML; each in turn is the whole value of a field.
const PAYLOADS: [&str; 9] = [
    r#"=HYPERLINK(\"canary()\")"#,
    r#"+canary()"#,
    r#"-2+3+cmd|' /C canary'!A0"#,
    r#"@SUM(canary())"#,
    r#"a\nEND:VEVENT\nBEGIN:VALARM\nTRIGGER:-P1D;canary"#,
    r#"</script><script>canary()</script><img src=x onerror=canary()>"#,
    r#"\" onmouseover=\"canary()\" x='canary()' ]]><script>canary()</script>"#,
    r#"a\u202Eb\u2066c ::error::canary ##[error]canary"#,
    r#"javascript:canary() {{ canary() }} {% canary %} ${canary} &#60;script&#62;canary()"#,
];

/// Front matter keys that accept any string, each with the text around the value.
const FIELDS: [(&str, &str, &str); 14] = [
    ("title", "\"", "\""),
    ("description", "\"", "\""),
    ("version", "\"", "\""),
    ("owner", "[\"", "\", Desk]"),
    ("approver", "\"", "\""),
    ("author", "\"", "\""),
    ("audience", "[\"", "\"]"),
    ("tags", "[\"", "\"]"),
    ("services", "[\"", "\"]"),
    ("locations", "[\"", "\"]"),
    ("retention", "\"", "\""),
    ("location", "\"", "\""),
    ("issuer", "\"", "\""),
    ("edition", "\"", "\""),
];

fn document(number: usize, payload: &str) -> String {
    let fields: String =
        FIELDS.iter().map(|(key, before, after)| format!("{key}: {before}{payload}{after}\n")).collect();
    let text = payload
        .replace("\\n", "\n")
        .replace("\\\"", "\"")
        .replace("\\u202E", "\u{202e}")
        .replace("\\u2066", "\u{2066}");
    format!(
        "---\nid: POL-AAA-{number:03}\ntype: policy\nstatus: approved\napproved: 2026-03-02\nreview: 3 months\n{fields}\
         clauses: [{{clause: 8.6.1, note: \"{payload}\"}}]\nprovides: [\"{payload}\"]\nrelated: [\"{payload}\"]\n\
         changes: [{{version: \"{payload}\", date: 2026-03-02, by: \"{payload}\", summary: \"{payload}\"}}]\n\
         reviews: [{{date: 2026-03-03, by: \"{payload}\", note: \"{payload}\"}}]\n---\n\n## {text}\n\n{text}\n\n\
         [{text}]({text}) ![{text}](<{text}>) [[{text}]]\n\n```{text}\n{text}\n```\n\n```mermaid\nflowchart LR\n  a[{text}] --> b\n```\n"
    )
}

fn handbook() -> Fixture {
    let fixture = Fixture::new(&[]);
    let settings = |payload: &str| {
        format!(
            "title: \"{payload}\"\norganization: \"{payload}\"\ndescription: \"{payload}\"\nfooter: \"{payload}\"\nas_of: 2026-11-22\n\
             base_url: https://example.org/\nwaivers:\n  - {{rule: vague-wording, place: content/, reason: \"{payload}\", who: \"{payload}\", until: 2027-01-01}}\n"
        )
    };
    fixture.write("clausebook.yaml", &settings(PAYLOADS[5]));
    for (number, payload) in PAYLOADS.iter().enumerate() {
        fixture.write(&format!("content/{number}.md"), &document(number, payload));
        let name = payload.replace(['/', '\\', '"'], " ");
        fixture.write(&format!("content/{name}/{name}.md"), &document(100 + number, payload));
        fixture.write(&format!("content/{name}/{name}.txt"), payload);
    }
    fixture
}

/// Collects active content in a page: an author's scripts, event handlers, and URLs that run code.
fn collect_active(node: &Handle, problems: &RefCell<Vec<String>>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let text: String = node.children.borrow().iter().map(text_of).collect();
        if &*name.local == "script" && text.contains("canary") {
            problems.borrow_mut().push(format!("<script>{text}"));
        }
        for attribute in attrs.borrow().iter() {
            let (key, value) = (&*attribute.name.local, attribute.value.trim().to_ascii_lowercase());
            let is_address = ["href", "src", "action", "formaction", "xlink:href"].contains(&key);
            if key.starts_with("on") || (is_address && value.starts_with("javascript:")) || key == "srcdoc" {
                problems.borrow_mut().push(format!("<{} {key}={value}>", name.local));
            }
        }
    }
    node.children.borrow().iter().for_each(|child| collect_active(child, problems));
}

fn text_of(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => String::new(),
    }
}

fn files_with_ending<'a>(site: &'a BTreeMap<String, Vec<u8>>, ending: &str) -> Vec<(&'a str, &'a str)> {
    let files = site.iter().filter(|(path, _)| path.ends_with(ending));
    files.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).expect(path))).collect()
}

#[test]
fn no_page_of_the_portal_runs_what_an_author_wrote() {
    let site = handbook().build();
    let (pages, problems) = (files_with_ending(&site, ".html"), RefCell::default());
    assert!(pages.len() > 50 && pages.iter().filter(|(_, page)| page.contains("canary")).count() > 20);
    for (path, page) in pages {
        collect_active(&html5ever::parse_document(RcDom::default(), Default::default()).one(page).document, &problems);
        let problems = std::mem::take(&mut *problems.borrow_mut());
        assert!(problems.is_empty(), "{path}: {problems:?}");
    }
    for (path, script) in files_with_ending(&site, ".js") {
        let is_harmful = |c: char| matches!(c, '\u{2028}' | '\u{2029}') || (c.is_control() && !"\n\t".contains(c));
        assert!(!script.contains(is_harmful), "{path}");
        assert!(path.starts_with("assets/") || !script.contains("</script"), "{path}");
    }
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let site = handbook().build();
    let (mut cells, mut with_payload) = (0, 0);
    for (path, table) in files_with_ending(&site, ".csv") {
        let mut reader =
            csv::ReaderBuilder::new().flexible(false).from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        for row in reader.records() {
            for cell in row.expect(path).iter() {
                cells += 1;
                with_payload += usize::from(cell.contains("canary"));
                assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']), "{path}: {cell:?}");
                assert!(!cell.contains(|c: char| c.is_control() && c != '\n'), "{path}: {cell:?}");
            }
        }
    }
    assert!(cells > 500 && with_payload > 100, "{cells} {with_payload}");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&site["register.xlsx"])).unwrap();
    for index in 0..archive.len() {
        let mut text = String::new();
        archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
        for element in ["<f>", "<f ", "<hyperlink", "<script", "<externalLink", "<oleObject"] {
            assert!(!text.contains(element), "{element} in {text}");
        }
    }
}

#[test]
fn calendars_and_feeds_contain_only_known_lines() {
    let site = handbook().build();
    let properties = [
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "VERSION:",
        "PRODID:",
        "CALSCALE:",
        "METHOD:",
        "NAME:",
        "X-WR-CALNAME:",
        "UID:",
        "DTSTAMP:",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "URL",
        "CATEGORIES",
        "TRANSP:",
        "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL:",
        "SEQUENCE:",
        "LAST-MODIFIED:",
        "COLOR:",
        "SOURCE",
        "STATUS:",
    ];
    let calendars = files_with_ending(&site, ".ics");
    assert!(!calendars.is_empty());
    for (path, calendar) in calendars {
        assert!(
            calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r', '\u{1b}'])),
            "{path}"
        );
        let unfolded = calendar.replace("\r\n ", "");
        for line in unfolded.split_terminator("\r\n") {
            assert!(properties.iter().any(|known| line.starts_with(known)), "{path}: {line}");
        }
        assert_eq!(unfolded.matches("\r\nBEGIN:VEVENT\r\n").count(), unfolded.matches("\r\nEND:VEVENT\r\n").count());
    }
    for (path, xml) in files_with_ending(&site, ".xml") {
        for markup in ["<script", "<img", "]]>", "\u{1b}"] {
            assert!(!xml.contains(markup), "{path}: {markup}");
        }
    }
    let json: serde_json::Value = serde_json::from_slice(&site["assessment.json"]).unwrap();
    assert!(json.to_string().contains("canary"));
    assert_eq!(harm(std::str::from_utf8(&site["assessment.json"]).unwrap(), &[]), Vec::<String>::new());
}

#[test]
fn what_the_preview_prints_is_text() {
    let fixture = handbook();
    let (out, error) = (fixture.path("../out.txt"), fixture.path("../error.txt"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.arg("serve").current_dir(fixture.path("")).stdin(Stdio::null());
    command.stdout(fs::File::create(&out).unwrap()).stderr(fs::File::create(&error).unwrap());
    let mut preview = command.spawn().unwrap();
    let start = Instant::now();
    let read_output = || fs::read_to_string(&out).unwrap() + &fs::read_to_string(&error).unwrap();
    let until = |sentence: &str| {
        while !read_output().contains(sentence) {
            assert!(start.elapsed() < Duration::from_secs(90), "{sentence}: {}", read_output());
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    until("Preview: ");
    let name = "\u{1b}]0;owned\u{7}\u{202e}\n::error::canary##[error]";
    fixture.write(&format!("content/{name}.md"), &document(900, PAYLOADS[7]));
    until(".md: ");
    fixture.write("clausebook.yaml", "title: x\ntheme: \"\\e[2J\\u202E\\n::error::canary\"\n\"\\e[2J::error::\": 1\n");
    until("until this is fixed");
    preview.kill().unwrap();
    preview.wait().unwrap();
    assert_eq!(harm(&read_output(), &[]), Vec::<String>::new(), "{}", read_output());
}
