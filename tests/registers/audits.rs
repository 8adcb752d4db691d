//! People in registers: independence of auditors, and one name in several spellings.

use super::support::Fixture;

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
        - {id: A-2, title: Visit, kind: surveillance, held: 2026-06-01, clauses: [\"9.2\"], auditors: [Desk Manager]}\n";
    let site = fixture(register).build();
    let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
    let own = "desk manager: own work, POL-A-002; Director: owns and wrote none of the documents";
    assert!(page("audits/A-1.html").contains(own), "{}", page("audits/A-1.html"));
    assert!(!page("audits/A-2.html").contains("own work"), "nobody of the house audits in a visit");
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
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.matches("Net Lead\n").count() == 1 && said.matches("Ask them").count() == 1, "{said}");
}
