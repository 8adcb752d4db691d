//! A document with several owners is listed under each of them.

use crate::support::{Fixture, policy};
use crate::text;

#[test]
fn each_owner_of_a_document_leads_to_it() {
    let several = policy("POL-AAA-001", "clauses: [8.6.1]\n", "Two hours.")
        .replace("owner: ", "owner: [Desk Manager, Night Manager]\nold_owner: ");
    let single =
        policy("POL-AAA-002", "clauses: [8.6.2]\n", "Four hours.").replace("owner: ", "owner: Night Manager #");
    let settings = "title: Test\nas_of: 2026-11-22\nfront_matter: {ignore: [old_owner]}\n";
    let files = [("clausebook.yaml", settings), ("content/a.md", &*several), ("content/b.md", &*single)];
    let site = Fixture::new(&files).build();
    for (owner, ids) in [("desk-manager", &["POL-AAA-001"][..]), ("night-manager", &["POL-AAA-001", "POL-AAA-002"])] {
        let page = text(&site, &format!("owners/{owner}.html"));
        assert!(ids.iter().all(|id| page.contains(id)), "{owner}");
    }
    let matrix = text(&site, "matrix.html");
    let options =
        matrix.split("name=\"owner\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("a filter");
    assert!(
        options.contains(">Desk Manager<") && options.contains(">Night Manager<") && !options.contains(", "),
        "{options}"
    );
    assert!(matrix.contains("data-owner=\"0 1\"") && matrix.contains("data-owner=\"1\""));
    let pages = text(&site, "find/p/0.js");
    assert!(pages.contains("[0,1]"), "{pages}");
}
