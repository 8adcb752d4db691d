//! `trend`: coverage by month, past and forecast.

use super::repository::{DRAFT, ID, approved, policy};
use super::shapes::linear;

/// The rows of the table: the day, and the columns after the revision.
fn rows(text: &str) -> Vec<String> {
    let is_row = |line: &&str| line.starts_with("20");
    let short = |line: &str| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        if words.len() > 4 && words[1].len() == 12 {
            words.remove(1);
        }
        words.join(" ")
    };
    text.lines().filter(is_row).map(short).collect()
}

#[test]
fn each_period_shows_the_handbook_of_its_last_day() {
    let repository = linear();
    let run = repository.run(&["trend", "--as-of", "2026-06-15"]).assert_code(0);
    assert!(run.out.starts_with("ISO/IEC 20000-1:2018"), "{}", run.out);
    let figures = |covered: u32, draft: u32| {
        let missing = 56 - covered - draft;
        format!("1 {covered} of 56 0 0 {draft} {missing} 0 of 51")
    };
    let rows = rows(&run.out);
    let heads: Vec<String> = rows.iter().map(|row| row.split(' ').take(12).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        heads,
        [
            format!("2026-01-31 {}", figures(1, 0)),
            format!("2026-02-28 {}", figures(0, 1)),
            format!("2026-03-31 {}", figures(1, 0)),
            format!("2026-04-30 {}", figures(1, 0)),
            "2026-05-31 no commit".to_owned(),
            "2026-06-15 no commit".to_owned(),
        ]
    );
    assert!(run.out.contains("The history of this folder begins on 2026-01-10."), "{}", run.out);
}

#[test]
fn figures_are_those_of_check_at_that_day() {
    let repository = linear();
    let trend = repository.run(&["trend", "--as-of", "2026-04-30", "--format", "json"]).assert_code(0);
    let data: serde_json::Value = serde_json::from_str(&trend.out).expect("JSON");
    assert_eq!(data["periods"].as_array().map(Vec::len), Some(4));
    for period in data["periods"].as_array().expect("periods") {
        let day = period["day"].as_str().expect("a day");
        let check = repository.run(&["check", "--at", day, "--format", "json"]);
        let check: serde_json::Value = serde_json::from_str(&check.out).expect("JSON");
        let (figures, totals) = (&period["figures"], &check["totals"]);
        for (of_trend, of_check) in [
            ("documents", "documents"),
            ("covered", "units_covered"),
            ("required_provided", "required_items_provided"),
            ("warnings", "warnings"),
        ] {
            assert_eq!(figures[of_trend], totals[of_check], "{of_trend} on {day}");
        }
        assert!(check["totals"]["errors"].as_u64() >= figures["errors"].as_u64());
    }
}

#[test]
fn quarters_and_a_first_day_choose_the_periods() {
    let repository = linear();
    let trend = |arguments: &[&str]| {
        rows(&repository.run(&[&["trend", "--as-of", "2026-08-20"], arguments].concat()).assert_code(0).out)
            .iter()
            .map(|row| row.split(' ').take(3).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(trend(&["--every", "quarter"]), ["2026-03-31 1 1", "2026-06-30 1 1", "2026-08-20 no commit"]);
    assert_eq!(trend(&["--since", "2026-07-04"]), ["2026-07-31 no commit", "2026-08-20 no commit"]);
    assert_eq!(trend(&["--since", "2020-01-01", "--every", "quarter"]).len(), 3, "nothing is made up from before");
    repository
        .run(&["trend", "--as-of", "2026-08-20", "--since", "2026-08-21"])
        .assert_code(2)
        .assert_stderr(&["is after 2026-08-20"]);
}

#[test]
fn a_shallow_clone_says_where_it_begins() {
    let clone = linear().shallow_clone(2);
    let run = clone.run(&["trend", "--as-of", "2026-04-30"]).assert_code(0);
    assert_eq!(rows(&run.out).len(), 2);
    assert!(run.out.contains("The clone is shallow and begins on 2026-03-10: fetch the whole history"), "{}", run.out);
    let csv = clone.run(&["trend", "--as-of", "2026-04-30", "--format", "csv"]).assert_code(0);
    csv.assert_stdout(&["day,kind,revision,documents,units,covered,"])
        .assert_stderr(&["The clone is shallow and begins on 2026-03-10"]);
}

#[test]
fn forecasts_need_no_repository() {
    let repository = linear();
    let review = policy("2.0", &approved("2026-03-09"), "three").replace("owner:", "review: 6 months\nowner:");
    repository.write("content/policy.md", &review);
    let arguments = ["trend", "--as-of", "2026-06-15", "--since", "2026-06-01", "--until", "2026-10-31"];
    let run = repository.run(&arguments).assert_code(0);
    let forecast = |text: &str| rows(text.split_once("If nothing is done").expect("a forecast").1);
    let short = |rows: Vec<String>| -> Vec<String> {
        rows.iter().map(|row| row.split(' ').take(8).collect::<Vec<_>>().join(" ")).collect()
    };
    let expected = [
        "2026-06-30 1 1 of 56 0 0 0",
        "2026-07-31 1 1 of 56 0 0 0",
        "2026-08-31 1 1 of 56 0 0 0",
        "2026-09-30 1 0 of 56 0 1 0",
        "2026-10-31 1 0 of 56 0 1 0",
    ];
    assert_eq!(short(forecast(&run.out)), expected);
    std::fs::remove_dir_all(repository.root().join(".git")).unwrap();
    let run = repository.run(&arguments).assert_code(0).assert_stderr(&["no history available", "git repository"]);
    assert_eq!(short(forecast(&run.out)), expected);
    repository
        .run(&["trend", "--as-of", "2026-06-15"])
        .assert_code(2)
        .assert_stderr(&["needs the handbook to be in a Git repository (`git init`)"]);
    for (until, reason) in [("2026-06-15", "is not after"), ("2099-01-01", "more than 120 months ahead")] {
        repository.run(&["trend", "--as-of", "2026-06-15", "--until", until]).assert_code(2).assert_stderr(&[reason]);
    }
}

#[test]
fn a_handbook_that_cannot_be_read_says_so_in_its_row() {
    let repository = linear();
    repository.write("clausebook.yaml", "title: [x\n");
    repository.commit("2026-05-10");
    repository.remove("clausebook.yaml");
    repository.commit("2026-06-10");
    repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\n");
    repository.write("content/policy.md", &policy("3.0", DRAFT, "two"));
    repository.commit("2026-07-10");
    let run = repository.run(&["trend", "--as-of", "2026-07-31", "--since", "2026-05-01"]).assert_code(0);
    let rows = rows(&run.out);
    assert!(rows[0].starts_with("2026-05-31 not readable: "), "{rows:?}");
    assert!(rows[1].contains("this handbook's folder has no clausebook.yaml"), "{rows:?}");
    assert!(rows[2].starts_with("2026-07-31 1 0 of 56"), "{rows:?}");
}

#[test]
fn files_that_become_folders_and_links_are_followed() {
    let repository = linear();
    repository.write("content/a", "a file");
    repository.commit("2026-05-10");
    repository.remove("content/a");
    repository.write("content/a/b.md", &policy("1.0", &approved("2026-06-01"), "one").replace(ID, "POL-CHG-002"));
    repository.commit("2026-06-10");
    #[cfg(unix)]
    {
        std::fs::remove_dir_all(repository.path("content/a")).unwrap();
        std::os::unix::fs::symlink("../shared", repository.path("content/a")).unwrap();
        repository.write("shared/c.md", &policy("1.0", &approved("2026-06-01"), "one").replace(ID, "POL-CHG-003"));
        repository.commit("2026-07-10");
    }
    let run = repository.run(&["trend", "--as-of", "2026-07-31", "--since", "2026-05-01"]).assert_code(0);
    let documents: Vec<String> = rows(&run.out).iter().map(|row| row[11..12].to_owned()).collect();
    let last = repository.run(&["check", "--at", "HEAD", "--format", "json"]);
    let last: serde_json::Value = serde_json::from_str(&last.out).expect("JSON");
    assert_eq!(documents, ["1".to_owned(), "2".to_owned(), last["totals"]["documents"].to_string()]);
}
