//! Reading lists of a role: how long they take to read, and recent changes.

mod support;

use support::{Fixture, SETTINGS, policy};

fn document(id: &str, changes: &str, words: usize) -> String {
    let body = "word ".repeat(words);
    policy(id, &format!("audience: [Service Desk]\n{changes}"), &body)
}

fn list(settings: &str, files: &[(&str, &str)]) -> String {
    let mut all = vec![("clausebook.yaml", settings)];
    all.extend(files);
    let site = Fixture::new(&all).build();
    String::from_utf8(site["roles/service-desk.html"].clone()).expect("UTF-8")
}

/// The page before and after a text.
fn split_at<'a>(html: &'a str, at: &str) -> (&'a str, &'a str) {
    html.split_once(at).unwrap_or_else(|| panic!("{at} is not in {html}"))
}

#[test]
fn recent_changes_come_first() {
    let changes = "changes:\n- {version: \"1\", on: 2026-01-01, summary: Long ago}\n\
                   - {version: \"2\", on: 2026-08-24, summary: Just within}\n- {version: \"3\", on: 2026-11-22, summary: Today}\n\
                   - {version: \"4\", on: 2026-11-23, summary: Tomorrow}\n";
    let older = "changes:\n- {version: \"1\", on: 2026-08-23, summary: Just before}\n";
    let html = list(
        SETTINGS,
        &[
            ("content/a.md", &document("POL-OLD", older, 10)),
            ("content/b.md", &document("POL-NEW", changes, 10)),
            ("content/c.md", &document("POL-NONE", "", 10)),
            ("content/d.md", &document("POL-APPROVED", "", 10).replace("2026-03-02", "2026-10-01")),
        ],
    );
    let (before, recent) = split_at(&html, "Changed in the 90 days to <time datetime=\"2026-11-22\">");
    let (recent, rest) = split_at(recent, "Also read");
    assert!(!before.contains("class=\"documents\""));
    let (today, within) = split_at(recent, "Version 3: Today");
    assert!(today.contains("POL-NEW") && within.contains("Version 2: Just within"));
    let (_, approved) = split_at(within, "POL-APPROVED");
    assert!(approved.contains("Approved: <time datetime=\"2026-10-01\">"));
    assert!(!recent.contains("Long ago") && !html.contains("Tomorrow"));
    assert!(rest.contains("POL-OLD") && rest.contains("Just before") && rest.contains("POL-NONE"));
}

#[test]
fn reading_time_is_shown_for_each_and_in_total() {
    let files = [
        ("content/a.md", &*document("POL-A", "", 221)),
        ("content/b.md", &document("POL-B", "", 220 * 70)),
        ("content/c.md", &document("POL-C", "", 5000).replace("status: approved", "status: draft")),
    ];
    let html = list(SETTINGS, &files);
    assert!(html.contains("<span>2 min</span>") && html.contains("<span>1 h 10 min</span>"));
    assert!(html.contains("Reading time: about 1 h 12 min"), "a draft is not to be known yet");
    let german = list(&format!("{SETTINGS}lang: de\n"), &files);
    assert!(german.contains("Lesezeit: etwa 1 Std. 12 Min.") && german.contains("<span>2 Min.</span>"));
}

#[test]
fn a_reading_list_without_changes_has_no_empty_heading_and_other_lists_stay_as_they_are() {
    let site = Fixture::new(&[("content/a.md", &document("POL-A", "", 10))]).build();
    let page = |path: &str| String::from_utf8(site[path].clone()).expect("UTF-8");
    let role = page("roles/service-desk.html");
    assert!(role.contains("Reading time: about 1 min"));
    assert!(!role.contains("Changed in the last") && !role.contains("Also read"));
    for path in ["owners/owner.html", "types/policy.html"] {
        assert!(!page(path).contains("Reading time") && !page(path).contains("1 min"), "{path}");
    }
}

#[test]
fn drafts_are_not_in_the_feed() {
    let changes = "changes:\n- {version: \"3\", on: 2026-11-20, summary: News}\n";
    let draft = document("POL-A", changes, 10).replace("status: approved", "status: draft");
    assert!(!list(SETTINGS, &[("content/a.md", &draft)]).contains("Changed in the last"));
}
