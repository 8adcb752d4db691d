//! Registers on pages: blocks that show another document's register, figures as people write them, unreadable rows.

use super::support::{Fixture, policy};

const REPORT: &str = "Results.\n\n```register objectives\nof: POL-OBJ-001\ncolumns: id, target, values, note\n```\n\n\
    ```register indicators\ncolumns: id, target, values\n```\n";

const OBJECTIVES: &str = "objectives:\n\
    - {id: O-1, title: Answers, owner: Desk, ends: 2026-12-31, indicator: K1, note: \"See [[POL-OBJ-001]]\"}\n\
    - {id: O-2, title: Energy, owner: Desk, ends: 2026-12-31, target: \"<= -8%\", values: {2026-Q2: -4, 2026-Q3: -6.10}}\n";

const INDICATORS: &str = "indicators:\n\
    - {id: K1, title: Answers in time, owner: Desk, period: quarter, target: \"> 90 %\", values: {2026-Q3: 91.5}}\n\
    - {id: K2, title: Outage, owner: Desk, period: quarter, target: \"-3..3 min\", values: {2026-Q3: -2}}\n";

fn handbook() -> Fixture {
    Fixture::new(&[
        ("content/plan/objectives.md", &policy("POL-OBJ-001", "registers: [objectives.yaml]\n", "Objectives.\n")),
        ("content/plan/objectives.yaml", OBJECTIVES),
        ("content/report.md", &policy("POL-REP-001", "registers: [indicators.yaml]\n", REPORT)),
        ("content/indicators.yaml", INDICATORS),
    ])
}

#[test]
fn columns_are_wide_only_for_words_that_readers_see() {
    let words = "The desk answers too late, because nobody looks at the queue of the evening.";
    let register = format!(
        "nonconformities:\n- {{id: NC-1, title: Late, grade: minor, found: 2026-11-01, due: 2027-02-01, \
         source: POL-OBJ-001, cause: \"{words}\"}}\n"
    );
    let text = "Results.\n\n```register nonconformities\ncolumns: id, title, source, due, cause\n```\n";
    let site = Fixture::new(&[
        ("content/a-folder-with-a-long-name/another-folder/objectives.md", &policy("POL-OBJ-001", "", "Objectives.\n")),
        ("content/report.md", &policy("POL-REP-001", "registers: [list.yaml]\n", text)),
        ("content/list.yaml", &register),
    ])
    .build();
    let page = String::from_utf8_lossy(&site["report.html"]).into_owned();
    let cells = page.split("<td").skip(1).map(|cell| (cell.starts_with(" class=\"long\""), cell));
    let wide: Vec<&str> = cells.filter(|(is_wide, _)| *is_wide).map(|(_, cell)| cell).collect();
    assert!(wide.len() == 1 && wide[0].contains(words), "{wide:?}");
}

#[test]
fn a_block_shows_the_register_of_the_document_that_it_names() {
    let site = handbook().build();
    let page = String::from_utf8_lossy(&site["report.html"]).into_owned();
    let row = |id: &str, place: &str| -> String {
        let start = page.find(&format!("{place}#{id}\">{id}</a>")).unwrap_or_else(|| panic!("no {id} in {page}"));
        let row = page[start..start + page[start..].find("</tr>").expect("a row")].replace('\u{a0}', " ");
        let cells = row.split("<td").skip(1).map(|cell| cell[cell.find('>').expect("a tag") + 1..].to_owned());
        cells.map(|cell| cell.replace("</td>", "")).collect::<Vec<_>>().join("|")
    };
    let objective = row("O-1", "objectives.html");
    // The indicator of the objective determines its values.
    assert!(objective.starts_with("&gt; 90%|2026-Q3: 91.5%|See <a"), "{objective}");
    assert!(
        objective.contains("href=\"plan/objectives.html\""),
        "links lead from the page that shows the note: {objective}"
    );
    assert_eq!(row("O-2", "objectives.html"), "≤ −8%|2026-Q2: −4%, 2026-Q3: −6.1%|–");
    assert_eq!(row("K1", "indicators.html"), "&gt; 90%|2026-Q3: 91.5%");
    assert_eq!(row("K2", "indicators.html"), "−3 to 3 min|2026-Q3: −2 min");
    let owner = String::from_utf8_lossy(&site["plan/objectives.html"]).into_owned();
    assert!(owner.contains("objectives.html#O-2\">O-2</a>"), "the owner shows its register all the same: {owner}");
}

#[test]
fn the_list_of_actions_names_only_documents_that_have_some() {
    let fixture = handbook();
    let acting =
        OBJECTIVES.replace("title: Energy,", "title: Energy, actions: [{what: Ask, who: Desk, due: 2026-12-01}],");
    fixture.write("content/plan/objectives.yaml", &acting);
    let site = fixture.build();
    let page = String::from_utf8_lossy(&site["actions.html"]).into_owned();
    let main = page.split("<main").nth(1).unwrap_or_default();
    assert!(main.contains("POL-OBJ-001") && !main.contains("POL-REP-001"), "{main}");
}

#[test]
fn an_option_that_is_written_twice_shows_nothing() {
    for (option, again) in [("of: POL-OBJ-001", "of: POL-OBJ-001"), ("columns: id", "columns: id, title")] {
        let key = option.split(':').next().expect("a key");
        let text = format!("Results.\n\n```register indicators\n{option}\nwhere: state = met\n{again}\n```\n");
        let fixture = handbook();
        fixture.write("content/report.md", &policy("POL-REP-001", "registers: [indicators.yaml]\n", &text));
        let stdout = String::from_utf8_lossy(&fixture.run(&["check"]).stdout).into_owned();
        assert_eq!(stdout.matches("[register-not-shown]").count(), 1, "{stdout}");
        assert!(stdout.contains(&format!("`{key}` is written twice")), "{stdout}");
        let page = String::from_utf8_lossy(&fixture.build()["report.html"]).into_owned();
        assert!(page.contains("where: state = met"), "the block is shown as it is written: {page}");
        assert!(page.contains("indicators.html#K2"), "and the register below, in full: {page}");
    }
}

#[test]
fn a_count_that_cannot_be_read_is_not_recorded() {
    let owner = policy("POL-A-001", "registers: [acknowledgements.csv]\n", "Text.\n");
    let rows = "id,title,document,version,date,asked,given,location\n\
        ACK-1,All,POL-A-001,1.0,2026-02-01,9,9,File 1\nACK-2,Torn,POL-A-001,1.0,2026-02-01,9\n";
    let fixture = Fixture::new(&[("content/a.md", owner.as_str()), ("content/acknowledgements.csv", rows)]);
    let assessment = fixture.assess();
    let entries = assessment["registers"].as_array().expect("entries");
    let state = |id: &str| entries.iter().find(|entry| entry["id"] == id).expect("an entry")["state"].clone();
    assert_eq!((state("ACK-1"), state("ACK-2")), ("recorded".into(), "no-value".into()));
}
