//! Pages of registers: what is open comes first, and an entry shows what its author wrote about it.

use calamine::{Reader, Xlsx};

use super::support::Fixture;

const OWNER: &str = "---\nid: PLN-A-001\ntitle: Programme\ntype: plan\nversion: \"1.0\"\nstatus: approved\nowner: Service Manager\n\
    approver: Director\napproved: 2026-01-01\nregisters: [register.yaml]\n---\n\nThe programme.\n";

fn fixture(register: &str) -> Fixture {
    let settings = "title: Test handbook\nas_of: 2026-11-22\n";
    Fixture::new(&[("clausebook.yaml", settings), ("content/programme.md", OWNER), ("content/register.yaml", register)])
}

fn page(fixture: &Fixture, path: &str) -> String {
    let site = fixture.build();
    String::from_utf8_lossy(site.get(path).unwrap_or_else(|| panic!("no page {path}"))).into_owned()
}

/// The row of an entry, without markup.
fn row(page: &str, id: &str) -> String {
    let row = page.split(&format!("<tr id=\"{id}\">")).nth(1).unwrap_or_else(|| panic!("{id} is missing in {page}"));
    text(row.split("</tr>").next().unwrap_or_default())
}

fn text(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sheet of the workbook, as texts.
fn sheet(fixture: &Fixture, name: &str) -> Vec<Vec<String>> {
    let site = fixture.build();
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(&site["register.xlsx"])).expect("a workbook");
    let range = book.worksheet_range(name).expect(name);
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// The values of a column of a sheet.
fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|head| head == name).unwrap_or_else(|| panic!("{name} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn a_list_is_sorted_before_it_is_split_into_pages() {
    let closed = |number: usize| {
        format!("- {{id: NC-{number}, title: Old, grade: observation, found: 2025-01-10, closed: 2025-02-10}}\n")
    };
    // The open ones are far apart, and their dates are not in the order of their IDs.
    let open = |number: usize| {
        format!(
            "- {{id: NC-{number}, title: New, grade: minor, found: 2026-09-01, due: 2026-{:02}-01}}\n",
            12 - number / 100
        )
    };
    let entry = |number: usize| if number.is_multiple_of(100) { open(number) } else { closed(number) };
    let entries: String = (1..=500).map(entry).collect();
    let improvement = |number: usize| {
        let rest = if number == 230 { "state: in-work, due: 2026-10-01" } else { "state: done, done: 2026-01-10" };
        format!("- {{id: IMP-{number}, title: Better, {rest}}}\n")
    };
    let improvements: String = (1..=230).map(improvement).collect();
    let fixture = fixture(&format!("nonconformities:\n{entries}improvements:\n{improvements}"));
    fixture.write("content/programme.md", &format!("{OWNER}\nSee [[NC-500]], [[NC-1]] and [[IMP-230]].\n"));
    let site = fixture.build();
    let html = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let ids = |path: &str| -> Vec<String> {
        html(path).split("<tr id=\"").skip(1).filter_map(|row| Some(row.split_once('"')?.0.to_owned())).collect()
    };
    let first = ids("nonconformities.html");
    assert_eq!(first[..5], ["NC-500", "NC-400", "NC-300", "NC-200", "NC-100"].map(str::to_owned));
    let pages = ["nonconformities.html", "nonconformities-2.html", "nonconformities-3.html"];
    let mut all: Vec<String> = pages.iter().flat_map(|path| ids(path)).collect();
    assert_eq!(pages.map(|path| ids(path).len()), [200, 200, 100]);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 500, "every entry is on one page");
    assert_eq!(ids("improvements.html")[0], "IMP-230");
    // Whatever links to an entry finds its row.
    let assessment: serde_json::Value = serde_json::from_str(&html("assessment.json")).expect("JSON");
    for entry in assessment["registers"].as_array().expect("entries") {
        let (path, id) = entry["url"].as_str().and_then(|url| url.split_once('#')).expect("an address");
        assert!(ids(path).iter().any(|row| row == id), "{entry}");
    }
    let document = html("programme.html");
    assert!(
        document.contains("href=\"nonconformities.html#NC-500\"")
            && document.contains("href=\"improvements.html#IMP-230\"")
    );
    let link = document.split("#NC-1\"").next().and_then(|text| text.rsplit_once("href=\"")).expect("a link").1;
    assert!(ids(link).contains(&"NC-1".to_owned()), "{link}");
}

#[test]
fn a_treated_risk_is_not_done_until_it_is_scored_again_or_closed() {
    let risk = |id: &str, rest: &str| {
        format!("- {{id: {id}, title: Fire, kind: organization, now: {{likelihood: 5, impact: 5}}, {rest}}}\n")
    };
    let done = "actions: [{what: Write, who: Desk, due: 2026-10-30, done: 2026-10-29}]";
    let register = [
        "risks:\n".to_owned(),
        risk("R-1", &format!("scored: 2026-10-22, {done}")),
        risk("R-2", &format!("scored: 2026-11-01, {done}")),
        risk("R-3", &format!("scored: 2026-11-01, closed: 2026-11-02, {done}")),
        risk("R-4", &format!("opportunity: true, {done}")).replace("now: {likelihood: 5, impact: 5}, ", ""),
    ];
    let fixture = fixture(&register.concat());
    let html = page(&fixture, "risks.html");
    assert!(html.contains("data-state=\"in-review\">Treated<") && !html.contains("data-state=\"current\">Treated"));
    assert!(row(&html, "R-1").contains("25, high Treated to be scored again"), "{}", row(&html, "R-1"));
    assert!(row(&html, "R-2").contains("25, high Treated 1 Nov 2026"), "{}", row(&html, "R-2"));
    assert!(row(&html, "R-3").contains("Closed") && row(&html, "R-4").contains("Done"));
    // Before the treatment is done, and in every other place.
    let before = String::from_utf8_lossy(&fixture.build_on("2026-10-28")["risks.html"]).into_owned();
    assert!(row(&before, "R-1").contains("Open"), "{}", row(&before, "R-1"));
    assert_eq!(column(&sheet(&fixture, "Risks"), "State"), ["Treated", "Treated", "Closed", "Done"]);
    let states: Vec<String> = fixture.assess()["registers"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["state"].as_str().expect("a state").to_owned())
        .collect();
    assert_eq!(states, ["treated", "treated", "closed", "done"]);
    let minutes = fixture.run(&["management-review"]).stdout;
    assert!(
        String::from_utf8_lossy(&minutes).contains("[[R-1]] Fire: treated"),
        "{}",
        String::from_utf8_lossy(&minutes)
    );
    let block = OWNER.to_owned() + "\n```register risks\nwhere: state = treated\n```\n";
    fixture.write("content/programme.md", &block);
    let document = page(&fixture, "programme.html");
    assert!(document.contains(">R-1</a>") && document.contains(">Treated</span>") && !document.contains(">R-3</a>"));
}

#[test]
fn the_stage_that_the_author_wrote_is_shown_beside_the_state_that_the_date_makes() {
    let entry = |id: &str, state: &str, rest: &str| format!("- {{id: {id}, title: Better, state: {state}, {rest}}}\n");
    let register = [
        "improvements:\n".to_owned(),
        entry("IMP-1", "proposed", "due: 2026-12-01"),
        entry("IMP-2", "approved", "due: 2027-12-01"),
        entry("IMP-3", "in-work", "due: 2026-11-01"),
        entry("IMP-4", "done", "done: 2026-11-01"),
        entry("IMP-5", "rejected", "reason: Too dear"),
    ];
    let fixture = fixture(&register.concat());
    let html = page(&fixture, "improvements.html");
    for (id, expected) in [
        ("IMP-1", "Stage: Proposed Due soon"),
        ("IMP-2", "Stage: Approved Open"),
        ("IMP-3", "Stage: In progress Overdue"),
    ] {
        assert!(row(&html, id).contains(expected), "{}", row(&html, id));
    }
    assert!(!row(&html, "IMP-4").contains("Stage") && !row(&html, "IMP-5").contains("Stage"));
    assert!(html.contains("<li><a href=\"improvements.html#IMP-3\"><span"), "a count leads to its first entry");
    // The page and the workbook agree on both.
    let rows = sheet(&fixture, "Improvements");
    assert_eq!(column(&rows, "State"), ["Due soon", "Open", "Overdue", "Done", "Rejected"]);
    assert_eq!(column(&rows, "Stage"), ["Proposed", "Approved", "In progress", "Done", "Rejected"]);
    let minutes = String::from_utf8_lossy(&fixture.run(&["management-review"]).stdout).into_owned();
    assert!(minutes.contains("[[IMP-1]] Better: proposed, due on 2026-12-01"), "{minutes}");
    let block = "\n```register improvements\ncolumns: id, stage, state\nwhere: stage = proposed, done\n```\n";
    fixture.write("content/programme.md", &(OWNER.to_owned() + block));
    let document = page(&fixture, "programme.html");
    let cells = |id: &str| {
        let after = document.split(&format!(">{id}</a>")).nth(1).unwrap_or_default();
        text(after.split("</tr>").next().unwrap_or_default())
    };
    assert!(cells("IMP-1").contains("Proposed Due soon") && cells("IMP-4").contains("Done Done"), "{document}");
    assert!(document.contains(">Stage</th>") && !document.contains(">IMP-2</a>"), "{document}");
}

#[test]
fn open_actions_are_below_the_title_and_those_done_are_counted() {
    let done = "{what: Ask, who: Desk, due: 2026-10-01, done: 2026-09-30}";
    let register = format!(
        "nonconformities:\n- id: NC-1\n  title: Late\n  grade: minor\n  found: 2026-09-01\n  actions:\n  - {done}\n  - {done}\n  \
         - {{what: Look, who: [Desk, Lead], due: 2026-11-20}}\n  - {{what: Write, who: Lead, due: 2026-12-01}}\n  \
         - {{what: Wait, who: Lead, due: 2027-12-01}}\n\
         risks:\n- {{id: R-1, title: Fire, kind: organization, actions: [{{what: Drill, who: Desk, due: 2026-12-02}}]}}\n"
    );
    let fixture = fixture(&register);
    let html = page(&fixture, "nonconformities.html");
    let expected = "Action: Look (Desk, Lead, overdue since 20 Nov 2026) Action: Write (Lead, due 1 Dec 2026) \
        Action: Wait (Lead, due 1 Dec 2027) 2 actions done";
    assert!(row(&html, "NC-1").contains(expected), "{}", row(&html, "NC-1"));
    assert!(row(&page(&fixture, "risks.html"), "R-1").contains("Action: Drill (Desk, due 2 Dec 2026)"));
    // Later, one more is done than now, and the workbook and the page agree on what is due soon.
    assert!(
        row(&String::from_utf8_lossy(&fixture.build_on("2026-09-15")["nonconformities.html"]), "NC-1")
            .contains("Action: Ask (Desk, due 1 Oct 2026) Action: Ask")
    );
    let states = column(&sheet(&fixture, "Actions"), "State");
    assert_eq!(states, ["Done", "Done", "Overdue", "Due soon", "Open", "Due soon"]);
    let actions = text(&page(&fixture, "actions.html"));
    assert!(actions.contains("1 Overdue 2 Due soon 1 Open 2 Done"), "{actions}");
}

#[test]
fn the_age_of_a_nonconformity_says_how_late_it_is() {
    let entry = |id: &str, rest: &str| format!("- {{id: {id}, title: Late, grade: minor, cause: Noise, {rest}}}\n");
    let failed = "effect: {due: 2026-10-01, who: Lead, checked: 2026-10-01, result: not-effective}";
    let register = [
        "nonconformities:\n".to_owned(),
        entry("NC-1", "found: 2026-05-01, due: 2026-05-29"),
        entry("NC-2", "found: 2026-11-21, due: 2026-11-21"),
        entry("NC-3", "found: 2026-05-01, due: 2026-06-01, closed: 2026-08-01"),
        entry("NC-4", &format!("found: 2026-05-01, due: 2026-06-01, closed: 2026-06-01, {failed}")),
        entry("NC-5", "found: 2026-09-01, due: 2026-02-31, closed: 2026-10-01"),
        entry("NC-6", "found: 2026-11-12, due: 2026-12-02"),
        entry("NC-7", "found: 2026-01-01, due: 2026-06-01"),
        entry(
            "NC-8",
            "found: 2026-11-01, moved: [{to: 2026-12-30, by: [Director, Lead], reason: Part late, date: 2026-11-10}]",
        ),
    ];
    let html = page(&fixture(&register.concat()), "nonconformities.html");
    for (id, expected) in [
        ("NC-1", "177 days overdue (28 allowed)"),
        ("NC-2", "1 day overdue (0 allowed)"),
        ("NC-3", "closed 61 days late (92 instead of 31)"),
        ("NC-4", "due again since 1 Oct 2026"),
        ("NC-5", "closed after 30 days"),
        ("NC-6", "10 of 20 days used"),
        ("NC-7", "174 days overdue (151 allowed); its grade allows 60"),
        ("NC-8", "Moved to: 30 Dec 2026 by Director, Lead on 10 Nov 2026: Part late"),
    ] {
        assert!(row(&html, id).contains(expected), "{}", row(&html, id));
    }
}

#[test]
fn all_overdue_deadlines_are_on_pages_that_the_calendar_links_to() {
    let entry = |number: usize| {
        format!("- {{id: NC-{number}, title: Late, grade: minor, found: 2026-01-10, due: 2026-03-10, owner: Desk}}\n")
    };
    let overdue = |count: usize| fixture(&format!("nonconformities:\n{}", (1..=count).map(entry).collect::<String>()));
    let few = overdue(30).build();
    assert!(!few.contains_key("calendar/overdue.html"));
    let many = overdue(450).build();
    let html = |path: &str| String::from_utf8_lossy(&many[path]).into_owned();
    let calendar = html("calendar.html");
    assert!(calendar.contains("<a href=\"calendar/overdue.html\">and "), "{calendar}");
    let counts = text(
        calendar.split("<ul class=\"tally\">").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("counts"),
    );
    assert!(counts.contains("Nonconformities 450 450 overdue"), "{counts}");
    let parts = ["calendar/overdue.html", "calendar/overdue-2.html", "calendar/overdue-3.html"];
    let ids: Vec<String> = parts.iter().map(|path| html(path)).collect();
    assert!(ids[0].contains("<h1>Deadlines: Overdue</h1>"));
    for number in 1..=450 {
        assert!(ids.iter().any(|page| page.contains(&format!("NC-{number} Late"))), "NC-{number}");
    }
}
