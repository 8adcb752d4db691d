//! Names of register entries on pages.

use crate::support::{Fixture, policy};
use crate::text;

#[test]
fn entries_are_named_in_the_singular_and_lists_in_the_plural() {
    let register = "audits:\n\
        - {id: A-1, title: Support, kind: internal, planned: 2026-12-01, clauses: [\"7.1\"], auditors: [Auditor]}\n\
        - {id: A-2, title: Operation, kind: internal, planned: 2027-02-01, clauses: [\"8.1\"], auditors: [Auditor]}\n\
        - {id: V-1, title: First, kind: surveillance, planned: 2027-03-01, auditors: [Certification body]}\n\
        nonconformities:\n\
        - id: NC-1\n  title: Proof is late\n  grade: minor\n  found: 2026-06-01\n  owner: Owner\n  due: 2026-12-05\n\
        \x20 actions: [{what: File it, who: Owner, due: 2026-10-01, done: 2026-09-01, proof: POL-AAA-001}]\n";
    let fixture = Fixture::new(&[
        ("clausebook.yaml", "title: Test\nas_of: 2026-11-22\n"),
        ("content/a.md", &policy("POL-AAA-001", "registers: [register.yaml]\n", "Words.")),
        ("content/register.yaml", register),
    ]);
    let site = fixture.build();
    let calendar = text(&site, "calendar.html");
    for counted in
        ["audit.html\">Audits</a> <span class=\"count\">2</span>", ">Visits</a> <span class=\"count\">1</span>"]
    {
        assert!(calendar.contains(counted), "{counted} in {calendar}");
    }
    assert!(
        calendar.contains("Audit: <a") && text(&site, "calendar/audit.html").contains("<h1>Deadlines: Audits</h1>")
    );
    let cycle = text(&site, "certificate.html");
    for kind in [">Internal audit</td>", ">Surveillance</td>"] {
        assert!(cycle.contains(kind), "{kind} in {cycle}");
    }
    let proved = "Done</span><br><a href=\"a.html\">POL-AAA-001</a>";
    assert!(text(&site, "actions.html").contains(proved), "what proves it does not run into the state");
}
