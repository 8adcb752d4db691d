//! People in registers on pages: the independence of auditors, and names in several spellings.

use super::support::Fixture;

fn read(fixture: &Fixture, path: &str) -> String {
    std::fs::read_to_string(fixture.path(path)).expect("a file")
}

const OWNER: &str = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nregisters: [r.yaml]\n---\n\nText.\n";

fn fixture(register: &str) -> Fixture {
    let desk = "---\nid: POL-A-002\ntitle: Desk\ntype: policy\nversion: \"1.0\"\nstatus: approved\nowner: Desk Manager\napprover: Director\n\
        approved: 2026-01-05\nreview: 24 months\nclauses: [\"9.2\"]\n---\n\nAudits are planned by the desk.\n";
    Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
        ("content/programme.md", OWNER),
        ("content/desk.md", desk),
        ("content/r.yaml", register),
    ])
}

#[test]
fn the_page_of_an_audit_says_whether_its_auditors_are_independent() {
    let register = "audits:\n- {id: A-1, title: Desk, kind: internal, held: 2026-06-01, clauses: [\"9.2\"], auditors: [desk manager, Director]}\n\
        - {id: A-2, title: Visit, kind: surveillance, held: 2026-06-01, clauses: [\"9.2\"], auditors: [Desk Manager]}\n\
        - {id: A-3, title: Nobody, kind: internal, held: 2026-06-01, clauses: [\"9.2\"]}\n\
        - {id: A-4, title: Unknown, kind: internal, held: 2026-06-01, clauses: [\"9.2\"], auditors: [TBD]}\n\
        - {id: A-5, title: Planned, kind: internal, planned: 2026-12-01, clauses: [\"9.2\"]}\n";
    let site = fixture(register).build();
    let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
    let sentence = "desk manager: own work, POL-A-002; Director: does not own, and did not write, any document in force for these clauses";
    assert!(page("audits/A-1.html").contains(sentence), "{}", page("audits/A-1.html"));
    assert!(!page("audits/A-2.html").contains("own work"), "nobody of the house audits in a visit");
    let unnamed = |name: &str| page(name).contains("Nobody is named");
    assert!(unnamed("audits/A-3.html") && !unnamed("audits/A-5.html"), "{}", page("audits/A-3.html"));
    assert!(!page("audits/A-4.html").contains("did not write, any document"), "TBD is nobody who could be independent");
}

#[test]
fn spellings_of_one_name_in_registers_are_one_role() {
    let register = "nonconformities:\n- {id: NC-1, title: Late, grade: observation, found: 2026-11-01, due: 2026-12-30, owner: net-lead}\n\
        - {id: NC-2, title: Loud, grade: observation, found: 2026-11-01, due: 2026-12-30, owner: Net Lead, \
          actions: [{what: Ask them, who: [Net Lead, \"NET  LEAD\"], due: 2026-12-30}]}\n";
    let fixture = fixture(register);
    let calendars: Vec<String> =
        fixture.build().into_keys().filter(|path| path.starts_with("owners/") && path.contains("net")).collect();
    assert_eq!(calendars, ["owners/net-lead.ics"]);
    let output = fixture.run(&["reminders", "--as-of", "2026-12-30"]);
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(stdout.matches("Net Lead\n").count() == 1 && stdout.matches("Ask them").count() == 1, "{stdout}");
}

#[test]
fn an_auditor_who_owns_a_document_on_the_parent_clause_is_not_called_independent() {
    let register = "audits:\n- {id: A-1, title: Desk, kind: internal, held: 2026-06-01, clauses: [\"8.5.1\"], auditors: [Desk Manager]}\n\
        - {id: A-2, title: Other, kind: internal, held: 2026-06-01, clauses: [\"8.5.2\"], auditors: [Desk Manager]}\n";
    let fixture = fixture(register);
    let desk = read(&fixture, "content/desk.md").replace("clauses: [\"9.2\"]", "clauses: [\"8.5.1\"]");
    fixture.write("content/desk.md", &desk);
    let site = fixture.build();
    let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
    assert!(page("audits/A-1.html").contains("Desk Manager: own work, POL-A-002"), "{}", page("audits/A-1.html"));
    assert!(
        page("audits/A-2.html")
            .contains("Desk Manager: does not own, and did not write, any document in force for these clauses")
    );
}

#[test]
fn an_audit_of_a_part_does_not_turn_its_clause_green() {
    let register = "audits:\n- {id: A-1, title: Part, kind: internal, held: 2026-06-01, clauses: [\"8.2.3.1\"]}\n\
        - {id: A-2, title: Whole, kind: internal, held: 2026-06-01, clauses: [\"8.2.4\"]}\n\
        - {id: A-3, title: Parts, kind: internal, held: 2026-06-01, clauses: [\"9.2.1\", \"9.2.2\"]}\n";
    let site = fixture(register).build();
    let page = String::from_utf8_lossy(&site["audits/index.html"]).into_owned();
    let tile = |id: &str| {
        let at = page.find(&format!("title=\"{id}, ")).unwrap_or_else(|| panic!("{id} in {page}"));
        let start = page[..at].rfind("<a class=\"tile\"").expect("a tile");
        page[start..at + 200].to_owned()
    };
    assert!(tile("A-1").contains("data-state=\"open\"") && tile("A-1").contains("8.2.3.1"), "{}", tile("A-1"));
    assert!(tile("A-1").contains("Held in part"), "{}", tile("A-1"));
    for full_audit in ["A-2", "A-3"] {
        assert!(tile(full_audit).contains("data-state=\"current\""), "{}", tile(full_audit));
    }
}

#[test]
fn items_without_a_named_person_go_to_the_owner_of_the_register() {
    let register = "audits:\n- {id: A-1, title: Desk, kind: internal, planned: 2026-12-30, clauses: [\"9.2\"]}\n\
        nonconformities:\n- {id: NC-1, title: Late, grade: minor, found: 2026-10-01, owner: Desk Manager, cause: Lost, \
        closed: 2026-10-30, effect: {due: 2026-12-30}}\n\
        - {id: NC-2, title: Loud, grade: minor, found: 2026-11-01, due: 2026-12-30, owner: Desk Manager}\n";
    let fixture = fixture(register);
    let programme =
        read(&fixture, "content/programme.md").replace("type: plan\n", "type: plan\nowner: Quality Manager\n");
    fixture.write("content/programme.md", &programme);
    let output = fixture.run(&["reminders", "--as-of", "2026-12-30"]);
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let (desk, quality) = stdout.split_once("Quality Manager\n").expect("two roles");
    assert!(quality.contains("audit A-1 Desk") && quality.contains("effect check NC-1 Late"), "{stdout}");
    assert!(
        desk.contains("nonconformity NC-2 Loud") && !desk.contains("NC-1"),
        "nobody checks their own work: {stdout}"
    );
    assert!(fixture.build().contains_key("owners/quality-manager.ics"));
}

#[test]
fn completed_entries_are_links_below_those_that_need_something() {
    let open = "{id: NC-1, title: Late, grade: minor, found: 2026-11-01, due: 2027-02-01, documents: [POL-A-002]}";
    let closed = "title: Lost, grade: minor, found: 2026-01-01, due: 2026-02-01, closed: 2026-01-20, documents: [POL-A-002], \
        effect: {who: Quality Manager, due: 2026-03-01, checked: 2026-02-20, result: effective}";
    let nonconformities = |entries: &[String]| format!("nonconformities:\n- {}\n", entries.join("\n- "));
    let section = |register: &str| {
        let site = fixture(register).build();
        let page = String::from_utf8_lossy(&site["desk.html"]).into_owned();
        let section = page.split("id=\"entries\"").nth(1).unwrap_or_default();
        section.split("</section>").next().unwrap_or_default().to_owned()
    };
    let bars = |ids: &[(&str, String)]| {
        let entries: Vec<String> = ids.iter().map(|(_, entry)| entry.clone()).collect();
        let page = fixture(&nonconformities(&entries)).build();
        let page = String::from_utf8_lossy(&page["nonconformities.html"]).into_owned();
        let has_bar = |id: &str| {
            let row = page.split(&format!("<tr id=\"{id}\">")).nth(1).unwrap_or_default();
            let row = row.split("</tr>").next().unwrap_or_default();
            assert!(row.contains(" days used"), "{row}");
            row.contains("<svg class=\"age\"")
        };
        ids.iter().map(|(id, _)| has_bar(id)).collect::<Vec<_>>()
    };
    let link = |id: &str| format!("<a class=\"id\" href=\"nonconformities.html#{id}\">{id}</a>");

    let completed = |id: &str| format!("{{id: {id}, {closed}}}");
    let both = section(&nonconformities(&[completed("NC-2"), open.to_owned(), completed("NC-3")]));
    assert!(both.contains(&format!("<th scope=\"row\">{}</th>", link("NC-1"))), "{both}");
    assert!(
        both.ends_with(&format!(
            "<p>Completed:</p><ul class=\"plain\"><li>{} Lost</li><li>{} Lost</li></ul>",
            link("NC-2"),
            link("NC-3")
        )),
        "{both}"
    );

    assert_eq!(bars(&[("NC-1", open.to_owned()), ("NC-2", completed("NC-2"))]), [true, false], "bars of time left");

    let only = section(&nonconformities(&[completed("NC-2")]));
    assert!(only.contains("<h2>Findings and actions</h2>") && !only.contains("<table"), "{only}");

    let many: Vec<String> = (10..70).map(|number| completed(&format!("NC-{number}"))).collect();
    let many = section(&nonconformities(&many));
    assert!(
        many.contains(&link("NC-59"))
            && !many.contains(&link("NC-60"))
            && many.ends_with("Lost</li></ul><p class=\"fine\">and 10 more</p>"),
        "{many}"
    );
}

#[test]
fn a_complaint_is_data_for_two_inputs_of_the_review_and_an_anchor_of_none() {
    let register = "management_reviews:\n- {id: MR-1, title: Autumn, planned: 2026-12-10}\n\
        nonconformities:\n- {id: NC-1, title: Rude, kind: complaint, grade: minor, found: 2026-11-01, due: 2027-02-01}\n";
    let site = fixture(register).build();
    let page = String::from_utf8_lossy(&site["management-reviews.html"]).into_owned();
    assert_eq!(page.matches(">NC-1</a></th>").count(), 2, "{page}");
    assert!(!page.contains("id=\"NC-1\""), "its row is on the page of nonconformities: {page}");
}

#[test]
fn an_audit_and_an_action_are_in_one_state_on_every_page() {
    let register = "audits:\n- {id: A-1, title: Desk, kind: internal, planned: 2026-12-01, clauses: [\"9.2\"]}\n\
        nonconformities:\n- id: NC-1\n  title: Late calls\n  grade: minor\n  found: 2026-11-01\n  source: POL-A-002\n  due: 2027-02-01\n  \
        actions: [{id: MA-1, what: Ask, who: Desk Manager, due: 2026-12-11}, {id: MA-2, what: Wait, who: Desk Manager, due: 2027-01-31}]\n";
    let fixture = fixture(register);
    let site = fixture.build();
    let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
    for name in ["certificate.html", "audits/A-1.html", "audits/index.html", "calendar.html", "actions.html"] {
        let main = page(name);
        let main = main.split("<main").nth(1).unwrap_or_default();
        assert!(main.contains("Due soon"), "{name}: {main}");
    }
    assert!(!page("certificate.html").contains("Planned</span>"));
    assert!(page("actions.html").contains(">1 Due soon<") && page("actions.html").contains(">1 Open<"));
}

#[test]
fn entries_that_name_a_document_are_findings_only_if_they_are() {
    let found = "nonconformities:\n- {id: NC-1, title: Late, grade: minor, found: 2026-11-01, due: 2027-02-01, documents: [POL-A-002]}\n";
    let wanted = "requirements:\n- {id: REQ-1, title: Help in plain language, documents: [POL-A-002]}\n";
    for (register, title, kind) in [
        (found.to_owned(), "Findings and actions", "Nonconformity"),
        ([found, wanted].concat(), "Register entries", "Requirement"),
    ] {
        let site = fixture(&register).build();
        let page = String::from_utf8_lossy(&site["desk.html"]).into_owned();
        let part = page.split("id=\"entries\"").nth(1).unwrap_or_default();
        assert!(part.contains(&format!("<h2>{title}</h2>")) && part.contains(&format!(">{kind}<")), "{part}");
    }
}
