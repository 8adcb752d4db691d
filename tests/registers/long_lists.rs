//! Lists from registers that have grown for years: none is cut without a note, and no page grows without limit.

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
        let (_, bytes) = site.iter().find(|(name, _)| **name == *path).unwrap();
        String::from_utf8_lossy(bytes).into_owned()
    };
    let names = |html: &str, id: &str| html.matches(&format!(">{id}")).count();
    let (first, second) = (page("audits/A-1.html"), page("audits/A-2.html"));
    // Each clause of the first audit was audited again; later changes are shown with the later audit.
    assert_eq!(names(&first, "POL-A-"), 25, "{first}");
    assert!(first.contains("and 5 more"), "{first}");
    assert_eq!(names(&second, "POL-A-"), DOCUMENTS, "{second}");
    for html in [&second, &page("clauses/iso20000-1/9.1.html")] {
        assert!(html.contains("and 30 more"), "{html}");
        assert_eq!(names(html, "NC-"), FINDINGS - 30);
    }
}

/// Kinds with many entries, each as a line with `#` for the number. They name one clause, document, service and
/// location, so that each of these also has long lists.
const LONG_PAGES: [(&str, usize, &str); 14] = [
    ("audits", 1_510, "{id: A-#, title: Audit, kind: internal, planned: 2026-10-10, NAMES}"),
    (
        "nonconformities",
        1_510,
        "{id: NC-#, title: Found, grade: minor, found: 2026-03-10, source: A-1, NAMES, actions: [{what: Ask, who: Desk, due: 2026-06-11}]}",
    ),
    ("improvements", 620, "{id: IMP-#, title: Better, state: in-work, due: 2027-01-10, source: A-1, NAMES}"),
    (
        "management_reviews",
        620,
        "{id: MR-#, title: Review, held: 2026-05-10, decisions: [{id: D-#, what: Hire, who: Desk, due: 2026-12-11}]}",
    ),
    ("requirements", 620, "{id: REQ-#, title: Must, party: Law, reviewed: 2026-01-10, NAMES}"),
    ("issues", 620, "{id: ISS-#, title: Issue, kind: external, risks: [R-1], reviewed: 2026-01-10, NAMES}"),
    (
        "competences",
        620,
        "{id: CMP-#, title: Know, role: Desk, needed: To know, gap: All, NAMES, actions: [{what: Train, who: Desk, due: 2026-12-10}]}",
    ),
    ("indicators", 620, "{id: K-#, title: Figure, target: '>= 90%', period: quarter, values: {2026-Q3: 80}, NAMES}"),
    ("objectives", 620, "{id: OBJ-#, title: Aim, target: '>= 90%', ends: 2027-01-10, indicator: K-1, NAMES}"),
    (
        "risks",
        620,
        "{id: R-#, title: Risk, kind: organization, now: {likelihood: 4, impact: 4}, scored: 2026-10-01, NAMES}",
    ),
    ("services", 1_510, "{id: S-#, title: Service #, state: live}"),
    ("locations", 620, "{id: L-#, title: Place #, inside: true}"),
    (
        "suppliers",
        620,
        "{id: SUP-#, title: Supplier, kind: external, contract: {location: File #, ends: 2026-12-10}, performance: {every: 1 month, last: 2026-01-10}, NAMES}",
    ),
    (
        "acknowledgements",
        620,
        "{id: ACK-#, title: Count, document: POL-A-001, version: '1.0', date: 2026-06-10, asked: 2, given: 1, location: File #}",
    ),
];

const NAMES: &str = "clauses: ['9.1'], documents: [POL-A-001], services: [S-1], locations: [L-1]";

/// The number of table rows and list items on a page, without table headers and navigation.
fn rows(html: &str) -> usize {
    let main = html.split_once("<main").map_or(html, |(_, main)| main);
    let mut main = main.split_once("</main>").map_or(main, |(main, _)| main).to_owned();
    while let Some(at) = main.find("<nav") {
        let end = main[at..].find("</nav>").map_or(main.len(), |length| at + length);
        main.replace_range(at..end, "");
    }
    main.matches("<tr").count() - main.matches("<thead").count() + main.matches("<li").count()
}

#[test]
fn no_page_has_more_than_500_rows() {
    let files: Vec<(String, String)> = LONG_PAGES
        .iter()
        .map(|(kind, count, entry)| {
            let line =
                |number: usize| format!("- {}\n", entry.replace("NAMES", NAMES).replace('#', &number.to_string()));
            (format!("content/{kind}.yaml"), format!("{kind}:\n{}", (1..=*count).map(line).collect::<String>()))
        })
        .collect();
    let names: Vec<String> = LONG_PAGES.iter().map(|(kind, _, _)| format!("{kind}.yaml")).collect();
    let owner = OWNER.replace("register.yaml", &names.join(", ")) + "\n```register actions\n```\n";
    let report = "---\nid: POL-A-001\ntitle: Report\ntype: policy\nversion: \"1.0\"\nstatus: approved\nowner: Service Manager\n\
        approver: Director\napproved: 2026-06-01\nacknowledge: {within: 10 days}\nclauses: [\"9.1\"]\nservices: [S-1]\nlocations: [L-1]\n---\n\nText.\n";
    let settings = "title: Test handbook\nas_of: 2026-11-22\naudits: {every: 12 months}\n";
    let mut all = vec![("clausebook.yaml", settings), ("content/programme.md", &owner), ("content/report.md", report)];
    all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = Fixture::new(&all).build();
    let long: Vec<(&String, usize)> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, rows(&String::from_utf8_lossy(bytes))))
        .filter(|(_, rows)| *rows > 400)
        .collect();
    let too_long: Vec<_> = long.iter().filter(|(_, rows)| *rows > 500).collect();
    assert!(too_long.is_empty(), "{too_long:?}");
    // Shortened lists say how many more there are, and long ones have further pages.
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    for (path, words) in [
        ("programme.html", "<a href=\"nonconformities.html\">and 1490 more</a>"),
        ("programme.html", "findings.html\">and "),
        ("services/index.html", "and 1010 more"),
        ("services/S-1.html", "more"),
        ("clauses/iso20000-1/9.1.html", "more"),
        ("nonconformities.html", "nonconformities-2.html"),
        ("actions.html", "actions-2.html"),
        ("management-reviews.html", " more</a>"),
    ] {
        assert!(page(path).contains(words), "{path} lacks {words}");
    }
}
