//! Lists beside registers that have grown for years: none is cut without saying so, and no page grows without end.

use super::support::Fixture;

const OWNER: &str = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nversion: \"1.0\"\nstatus: approved\nowner: Service Manager\n\
    approver: Director\napproved: 2026-01-01\nregisters: [register.yaml]\n---\n\nThe programme.\n";
const DOCUMENTS: usize = 30;
const FINDINGS: usize = 230;

fn handbook() -> Fixture {
    let mut register = String::from(
        "audits:\n- {id: A-1, title: First, kind: internal, held: 2026-01-10, clauses: [\"9.1\"]}\n\
         - {id: A-2, title: Second, kind: internal, held: 2026-03-10, clauses: [\"9.1\"]}\nnonconformities:\n",
    );
    for number in 0..FINDINGS {
        register += &format!(
            "- {{id: NC-{number}, title: Found, grade: minor, found: 2026-03-10, source: A-2, clauses: [\"9.1\"]}}\n"
        );
    }
    let page = |number: usize| {
        let path = format!("content/report-{number}.md");
        let text = format!(
            "---\nid: POL-A-{number:03}\ntitle: Report\ntype: policy\nversion: \"1.0\"\nstatus: approved\nowner: Service Manager\n\
             approver: Director\napproved: 2026-06-01\nclauses: [\"9.1\"]\n---\n\nWhat is measured.\n"
        );
        (path, text)
    };
    let pages: Vec<(String, String)> = (1..=DOCUMENTS).map(page).collect();
    let mut files = vec![
        ("clausebook.yaml", "title: Test handbook\nas_of: 2026-11-22\n"),
        ("content/programme.md", OWNER),
        ("content/register.yaml", register.as_str()),
    ];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    Fixture::new(&files)
}

#[test]
fn long_lists_say_how_many_more_there_are() {
    let site = handbook().build();
    let page = |path: &str| {
        let (_, bytes) = site.iter().find(|(known, _)| **known == *path).unwrap();
        String::from_utf8_lossy(bytes).into_owned()
    };
    let names = |html: &str, id: &str| html.matches(&format!(">{id}")).count();
    let (first, second) = (page("audits/A-1.html"), page("audits/A-2.html"));
    // Each clause of the first was audited again: what changed since is told where the later audit is.
    assert_eq!(names(&first, "POL-A-"), 25, "{first}");
    assert!(first.contains("and 5 more"), "{first}");
    assert_eq!(names(&second, "POL-A-"), DOCUMENTS, "{second}");
    for html in [&second, &page("clauses/iso20000-1/9.1.html")] {
        assert!(html.contains("and 30 more"), "{html}");
        assert_eq!(names(html, "NC-"), FINDINGS - 30);
    }
}
