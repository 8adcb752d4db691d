//! Files for other programs: the feed of changes, calendars of reviews, the sitemap.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use support::{Fixture, SETTINGS, policy};

/// A text that would break a file that does not escape it.
const HOSTILE: &str = "<b>&amp; \\\"quoted\\\" ]]> ; , \\\\ ä";

fn change(version: &str, on: &str, summary: &str) -> String {
    format!("- {{version: \"{version}\", on: {on}, by: Writer & Co, summary: \"{summary}\"}}\n")
}

fn handbook(settings: &str) -> Fixture {
    let history = [
        change("1.0", "2026-01-05", "First."),
        change("1.1", "2026-03-02", HOSTILE),
        change("1.1", "2026-03-02", "Twice on a day."),
        change("2.0", "2027-05-01", "Not yet."),
    ];
    let long = "Änderungen, die sehr viele lange Wörter in ihrem Titel haben; und noch mehr davon";
    Fixture::new(&[
        ("clausebook.yaml", &format!("{SETTINGS}organization: Ours & Co\n{settings}")),
        ("content/a/one.md", &policy("POL-001", &format!("changes:\n{}", history.concat()), "Text.")),
        ("content/two.md", &policy("POL-002", "", "Text.").replace("Title of", long)),
        ("content/three.md", &policy("POL-003", "", "Text.").replace("owner: Owner", "owner: Other/Owner")),
        ("content/draft.md", &policy("POL-004", "", "Text.").replace("status: approved", "status: draft")),
    ])
}

fn text<'a>(site: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&site[path]).expect("UTF-8")
}

/// The content of each element with this name.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}>");
    xml.split(&open).skip(1).map(|rest| rest.split("</").next().unwrap_or_default()).collect()
}

/// Continuous integration has xmllint and sets a variable; elsewhere, the other tests must suffice.
fn assert_well_formed(fixture: &Fixture, path: &str) {
    let mut xmllint = std::process::Command::new("xmllint");
    match xmllint.args(["--noout", "--nonet"]).arg(fixture.path("site").join(path)).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => assert!(std::env::var_os("CLAUSEBOOK_REQUIRE_XMLLINT").is_none(), "no xmllint: {error}"),
    }
}

#[test]
fn the_feed_tells_changes_up_to_the_day_newest_first() {
    let fixture = handbook("");
    let site = fixture.build();
    assert_well_formed(&fixture, "feed.xml");
    let feed = text(&site, "feed.xml");
    assert_eq!(
        elements(feed, "updated"),
        ["2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "2026-01-05T00:00:00Z"]
    );
    assert_eq!(
        elements(feed, "title")[1..],
        ["POL-001 · Title of POL-001 · 1.1", "POL-001 · Title of POL-001 · 1.1", "POL-001 · Title of POL-001 · 1.0"]
    );
    let summaries = elements(feed, "summary");
    assert_eq!(summaries[0], "Twice on a day.");
    assert!(summaries[1].starts_with("&lt;b&gt;&amp;amp; &quot;quoted&quot; ]]&gt; ; , \\ ä"), "{}", summaries[1]);
    assert!(feed.contains("<link rel=\"alternate\" type=\"text/html\" href=\"a/one.html\"/>"));
    assert!(!feed.contains("rel=\"self\""));
    assert_eq!(elements(feed, "name"), ["Ours &amp; Co", "Writer &amp; Co", "Writer &amp; Co", "Writer &amp; Co"]);
    let home = text(&site, "a/one.html");
    assert!(
        home.contains("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Changes\" href=\"../feed.xml\">")
    );
}

#[test]
fn a_base_url_makes_links_whole_and_leaves_ids_as_they_are() {
    let (plain, based) = (handbook("").build(), handbook("base_url: https://h.example/a&b/\n").build());
    let (plain, based) = (text(&plain, "feed.xml"), text(&based, "feed.xml"));
    assert!(based.contains("href=\"https://h.example/a&amp;b/a/one.html\""));
    assert!(
        based
            .contains("<link rel=\"self\" type=\"application/atom+xml\" href=\"https://h.example/a&amp;b/feed.xml\"/>")
    );
    let ids = elements(plain, "id");
    assert_eq!(ids, elements(based, "id"));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 4, "each once: {ids:?}");
    assert!(ids.iter().all(|id| id.len() == 45 && id.starts_with("urn:uuid:") && &id[23..24] == "8"), "{ids:?}");
}

#[test]
fn a_summary_may_be_corrected_and_a_file_moved_without_a_new_entry() {
    let fixture = handbook("");
    let before = fixture.build();
    let old = std::fs::read_to_string(fixture.path("content/a/one.md")).expect("the document");
    std::fs::remove_file(fixture.path("content/a/one.md")).expect("it goes");
    fixture.write("content/b/moved.md", &old.replace("First.", "The first."));
    let after = fixture.build();
    assert_eq!(elements(text(&before, "feed.xml"), "id"), elements(text(&after, "feed.xml"), "id"));
    assert!(text(&after, "feed.xml").contains("<summary>The first.</summary>"));
}

#[test]
fn the_feed_has_up_to_a_hundred_entries_and_may_be_empty() {
    let history: String = (0..150).map(|at| change(&at.to_string(), "2026-01-05", "Again.")).collect();
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-001", &format!("changes:\n{history}"), "Text."))]);
    assert_eq!(text(&fixture.build(), "feed.xml").matches("<entry>").count(), 100);
    fixture.write("content/a.md", &policy("POL-001", "", "Text."));
    let site = fixture.build();
    assert_well_formed(&fixture, "feed.xml");
    assert_eq!(elements(text(&site, "feed.xml"), "updated"), ["2026-11-22T00:00:00Z"]);
}

/// The unfolded properties of each event, by name.
fn parse_events(ics: &str) -> Vec<BTreeMap<String, String>> {
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.ends_with("END:VCALENDAR\r\n"));
    assert!(!ics.replace("\r\n", "").contains(['\r', '\n']) && ics.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = ics.replace("\r\n ", "");
    let event = |text: &str| {
        let lines = text.split("END:VEVENT").next().unwrap_or_default().split("\r\n");
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.into(), value.into())).collect()
    };
    unfolded.split("BEGIN:VEVENT\r\n").skip(1).map(event).collect()
}

#[test]
fn every_next_review_is_an_event_for_all_and_for_its_owner() {
    let site = handbook("base_url: https://h.example\n").build();
    let all = parse_events(text(&site, "deadlines.ics"));
    assert_eq!(all.len(), 3, "a draft has none");
    let german = all.iter().find(|event| event["SUMMARY"].contains("POL-002")).expect("the second");
    assert_eq!(german["DTSTART;VALUE=DATE"], "20270302");
    assert_eq!(german["DTSTAMP"], "20261122T000000Z");
    assert_eq!(german["URL"], "https://h.example/two.html");
    assert!(german["SUMMARY"].contains("Änderungen\\, die sehr viele lange Wörter in ihrem Titel haben\\; und noch"));
    assert_eq!(german["DESCRIPTION"], "Version: 1.0\\nOwner: Owner\\nLast review: 2 Mar 2026");
    let owner_events = parse_events(text(&site, "owners/other-owner.ics"));
    assert_eq!(owner_events.len(), 1);
    assert!(all.contains(&owner_events[0]), "the same event has the same UID everywhere");
    assert!(text(&site, "owners/other-owner.html").contains("href=\"../owners/other-owner.ics\""));
    assert!(text(&site, "calendar.html").contains("href=\"deadlines.ics\""));
}

#[test]
fn an_event_keeps_its_name_when_its_day_moves() {
    let fixture = handbook("");
    let before = fixture.build();
    fixture.write(
        "content/three.md",
        &policy("POL-003", "review: {next: 2027-08-01}\n", "Text.").replace("owner: Owner", "owner: Other/Owner"),
    );
    let after = fixture.build();
    let uid = |site: &BTreeMap<String, Vec<u8>>| parse_events(text(site, "owners/other-owner.ics"))[0]["UID"].clone();
    assert_eq!(uid(&before), uid(&after));
    assert_eq!(parse_events(text(&after, "owners/other-owner.ics"))[0]["DTSTART;VALUE=DATE"], "20270801");
}

#[test]
fn a_calendar_without_reviews_is_not_written() {
    let fixture =
        Fixture::new(&[("content/a.md", &policy("POL-001", "", "Text.").replace("status: approved", "status: draft"))]);
    let site = fixture.build();
    assert!(!site.keys().any(|path| path.ends_with(".ics")));
    assert!(!text(&site, "calendar.html").contains(".ics") && !text(&site, "owners/owner.html").contains(".ics"));
}

#[test]
fn a_sitemap_is_for_portals_that_search_engines_may_list() {
    for settings in ["", "base_url: https://h.example\n", "search_engines: true\n"] {
        assert!(!handbook(settings).build().contains_key("sitemap.xml"), "{settings}");
    }
    let fixture = handbook("base_url: https://h.example/sms\nsearch_engines: true\n");
    let site = fixture.build();
    assert_well_formed(&fixture, "sitemap.xml");
    let locations = elements(text(&site, "sitemap.xml"), "loc");
    for path in ["index.html", "a/one.html", "matrix.html", "clauses/iso20000-1/8.6.1.html"] {
        assert!(locations.contains(&format!("https://h.example/sms/{path}").as_str()), "{path}");
    }
    for address in &locations {
        let path = address.strip_prefix("https://h.example/sms/").expect("a whole address");
        assert!(site.contains_key(path), "{path}");
    }
}

#[test]
fn what_an_edition_withholds_is_in_no_feed() {
    let settings = "base_url: https://h.example\nsearch_engines: true\npublish: {up_to: internal}\n";
    let fixture = handbook(settings);
    let secret = format!("classification: restricted\nchanges:\n{}", change("1", "2026-05-05", "Hidden."));
    fixture
        .write("content/secret.md", &policy("POL-SECRET", &secret, "Text.").replace("owner: Owner", "owner: Nobody"));
    let site = fixture.build();
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("hidden.") && !text.contains("pol-secret") && !text.contains("nobody.ics"), "{path}");
    }
}

#[test]
fn the_same_day_gives_the_same_files() {
    let fixture = handbook("base_url: https://h.example\nsearch_engines: true\n");
    let first = fixture.build();
    std::fs::remove_dir_all(fixture.path("site")).expect("it goes");
    let second = fixture.build();
    for path in ["feed.xml", "deadlines.ics", "sitemap.xml", "owners/owner.ics"] {
        assert_eq!(text(&first, path), text(&second, path));
    }
}

#[test]
fn a_document_has_a_deadline_for_its_review_its_edition_and_its_disposal() {
    let fixture = handbook("");
    let record = |id: &str, keys: &str| {
        format!(
            "---\nid: {id}\ntitle: Title of {id}\ntype: record\nstatus: approved\nowner: Owner\napprover: Boss\n{keys}---\n\nText.\n"
        )
    };
    let old = "date: 2023-11-21\nretention: 3 years, then deleted\n";
    fixture.write("content/old.md", &record("REC-001", old));
    fixture.write("content/today.md", &record("REC-002", &old.replace("21", "22")));
    fixture.write("content/replaced.md", &record("REC-003", &old.replace("approved\n", "retired\n")));
    fixture.write("content/elsewhere.md", &record("REC-004", &format!("{old}location: Ticket system, queue Calls\n")));
    fixture
        .write("content/contract.md", &record("REC-005", &old.replace("then deleted", "from the end of the contract")));
    fixture.write("content/ours.md", &policy("POL-005", "retention: 3 years\n", "Text."));
    let external = "issuer: Wrenwire Ltd\nedition: \"7\"\nchecked: 2025-11-21\nreview: 12 months\n";
    fixture.write("content/external.md", &policy("EXT-001", external, "Text."));
    let site = fixture.build();
    let lines =
        text(&site, "deadlines.csv").lines().filter(|line| line.contains("disposal") || line.contains("edition"));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(
        lines,
        [
            "2026-11-21,,edition-check,overdue,EXT-001,Title of EXT-001,Owner,external.html,",
            "2026-11-21,,disposal,overdue,REC-001,Title of REC-001,Owner,old.html,",
            "2026-11-21,,disposal,overdue,REC-003,Title of REC-003,Owner,replaced.html,",
            "2026-11-22,,disposal,due-soon,REC-002,Title of REC-002,Owner,today.html,",
        ]
    );
    let all = parse_events(text(&site, "deadlines.ics"));
    let names: std::collections::BTreeSet<&String> = all.iter().map(|event| &event["UID"]).collect();
    assert_eq!(names.len(), all.len(), "each event has a name of its own");
    assert!(text(&site, "external.html").contains("<dt>Edition checked</dt><dd><time datetime=\"2025-11-21\">"));
    assert!(text(&site, "calendar/disposal.html").contains("REC-001"));
}
