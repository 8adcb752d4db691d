//! A service manager's use of the registers in the model handbook: `ready`, `reminders` and `management-review`.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn clausebook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(arguments).arg("--source").arg(folder).output().expect("it runs")
}

fn model_handbook() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// A copy of the model handbook that a test may edit.
fn copy_model_handbook() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in
        walkdir::WalkDir::new(model_handbook().join("content")).into_iter().map(|entry| entry.expect("an entry"))
    {
        let target = folder.path().join(entry.path().strip_prefix(model_handbook()).expect("below the model"));
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(target).expect("a folder"),
            false => drop(std::fs::copy(entry.path(), target).expect("a copy")),
        }
    }
    std::fs::copy(model_handbook().join("clausebook.yaml"), folder.path().join("clausebook.yaml")).expect("a copy");
    folder
}

fn edit(folder: &Path, path: &str, old: &str, new: &str) {
    let path = folder.join(path);
    let before = std::fs::read_to_string(&path).expect("a text");
    assert_eq!(before.matches(old).count(), 1, "{}: {old}", path.display());
    std::fs::write(path, before.replace(old, new)).expect("it is written");
}

/// The lines of the checklist: name, outcome, and subjects.
fn lines(output: &Output) -> Vec<(String, String, Vec<String>)> {
    let ready: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let strings = |value: &Value| -> Vec<String> {
        value.as_array().expect("a list").iter().map(|item| item.as_str().expect("a text").to_owned()).collect()
    };
    let line = |line: &Value| {
        let subjects = ["clauses", "entries", "missing"].iter().flat_map(|key| strings(&line[*key])).collect();
        let word = |key: &str| line[key].as_str().expect("a word").to_owned();
        (word("check"), word("outcome"), subjects)
    };
    ready["lines"].as_array().expect("lines").iter().map(line).collect()
}

fn outcome<'l>(lines: &'l [(String, String, Vec<String>)], check: &str) -> (&'l str, Vec<&'l str>) {
    let (_, outcome, subjects) = lines.iter().find(|(name, _, _)| name == check).expect("the line");
    (outcome, subjects.iter().map(String::as_str).collect())
}

#[test]
fn the_next_surveillance_audit_of_the_model_handbook_is_prepared() {
    let before = clausebook(model_handbook(), &["ready", "--format", "json"]);
    assert_eq!(before.status.code(), Some(1));
    let checks = lines(&before);
    for check in ["covered", "provided", "no-errors", "no-overdue", "certificate"] {
        assert_eq!(outcome(&checks, check), ("pass", vec![]), "{check}");
    }
    assert_eq!(outcome(&checks, "reviewed"), ("pass", vec!["MRV-2026-10"]));
    assert_eq!(outcome(&checks, "audited"), ("fail", vec!["9.1", "9.2", "9.3", "9.4", "10.1", "10.2", "A26-4"]));
    let (word, subjects) = outcome(&checks, "audited-for-visit");
    assert_eq!((word, subjects.len()), ("not-yet", 27 + 2));
    assert_eq!(outcome(&checks, "findings-of-visit"), ("fail", vec!["NC-2026-03"]));

    // Once the audit is held and the effect checked.
    let folder = copy_model_handbook();
    let planned = "  planned: {from: 2026-11-30, to: 2026-12-01}\n";
    let with_held = format!("{planned}  held: {{from: 2026-11-30, to: 2026-12-01}}\n");
    edit(folder.path(), "content/9-evaluation/audits.yaml", planned, &with_held);
    let due = "effect: {due: 2026-11-12, who: Internal Auditor, words:";
    let checked = "effect: {due: 2026-11-12, checked: 2026-12-01, result: effective, who: Internal Auditor, words:";
    edit(folder.path(), "content/10-improvement/nonconformities.yaml", due, checked);
    let after = clausebook(folder.path(), &["ready", "--format", "json", "--as-of", "2026-12-02"]);
    let checks = lines(&after);
    assert_eq!(outcome(&checks, "audited"), ("pass", vec![]));
    assert_eq!(outcome(&checks, "findings-of-visit"), ("pass", vec![]));
    // A management review is planned between this audit and the visit.
    assert_eq!(outcome(&checks, "reviewed"), ("not-yet", vec!["MRV-2027-04"]));
    // An earlier review does not make up for one that was not held on its day.
    let late_checks = lines(&clausebook(model_handbook(), &["ready", "--format", "json", "--as-of", "2028-06-01"]));
    let (word, subjects) = outcome(&late_checks, "reviewed");
    assert!(word == "fail" && subjects.contains(&"MRV-2027-04"), "{subjects:?}");
    let report = text(&clausebook(folder.path(), &["ready", "--as-of", "2026-12-02"]));
    assert!(report.contains("Readiness for V27-1 Surveillance 2 on 2027-05-18 (in 167 days)"), "{report}");
    assert!(report.contains("planned: MRV-2027-04 First management review of 2027"), "{report}");
}

/// The commands that a line names.
fn commands(output: &Output, check: &str) -> Vec<String> {
    let ready: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let line = ready["lines"].as_array().expect("lines").iter().find(|line| line["check"] == check).expect("the line");
    let commands = line["commands"].as_array().expect("a list").iter();
    commands.map(|command| command.as_str().expect("a text").to_owned()).collect()
}

/// Runs a command as printed, filling in a day and a result.
fn run(folder: &Path, line: &str) {
    let filled = |word| match word {
        "DATE" => "2027-04-22",
        "RESULT" => "effective",
        word => word,
    };
    let words: Vec<&str> =
        line.strip_prefix("clausebook ").expect("a command of ours").split(' ').map(filled).collect();
    let output = clausebook(folder, &words);
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_ready_names_is_settled_by_its_own_commands() {
    let folder = copy_model_handbook();
    edit(folder.path(), "clausebook.yaml", "as_of: 2026-11-22", "as_of: 2026-12-02");
    let ready =
        |day: &str| clausebook(folder.path(), &["ready", "--for", "surveillance", "--format", "json", "--as-of", day]);
    let before = ready("2026-12-02");
    let audit = "clausebook close A26-4 --on DATE";
    assert_eq!(commands(&before, "audited"), [audit]);
    assert_eq!(commands(&before, "findings-of-visit"), ["clausebook close NC-2026-03 --effect RESULT"]);
    assert_eq!(
        outcome(&lines(&before), "audited-for-visit").0,
        "fail",
        "the audit is late, and nothing else is planned"
    );
    for line in ["audited", "findings-of-visit"].iter().flat_map(|check| commands(&before, check)) {
        run(folder.path(), &line.replace("DATE", "2026-12-01"));
    }
    let after = ready("2026-12-02");
    let checks = lines(&after);
    for (check, wanted) in
        [("audited", "pass"), ("findings-of-visit", "pass"), ("audited-for-visit", "not-yet"), ("reviewed", "not-yet")]
    {
        assert_eq!(outcome(&checks, check).0, wanted, "{check}");
    }
    // A month is only a period; the day of the review is not known yet.
    assert_eq!(commands(&after, "reviewed"), ["clausebook close MRV-2027-04 --on DATE"]);
    for (to, expected) in [("2027-04-14", "--from 2027-04-01 --on 2027-04-14"), ("2027-04-15", "--on DATE")] {
        let window = copy_model_handbook();
        let reviews = "content/9-evaluation/management-reviews.yaml";
        edit(window.path(), reviews, "{from: 2027-04-01, to: 2027-04-30}", &format!("{{from: 2027-04-01, to: {to}}}"));
        edit(window.path(), "clausebook.yaml", "as_of: 2026-11-22", "as_of: 2026-12-02");
        run(window.path(), "clausebook close A26-4 --on 2026-12-01");
        // Once it has passed, it is not known whether it was held on the planned days.
        for (day, expected) in [("2026-12-02", expected), ("2027-06-01", "--on DATE")] {
            let output = clausebook(window.path(), &["ready", "--format", "json", "--as-of", day]);
            assert_eq!(commands(&output, "reviewed"), [format!("clausebook close MRV-2027-04 {expected}")]);
        }
    }
    let report = text(&clausebook(model_handbook(), &["ready"]));
    assert!(report.contains("--effect RESULT (RESULT is `effective` or `not-effective`)"), "{report}");
    // Months later, the planned events have been held.
    edit(folder.path(), "clausebook.yaml", "as_of: 2026-12-02", "as_of: 2027-05-02");
    for line in [commands(&after, "audited-for-visit"), commands(&after, "reviewed")].concat() {
        run(folder.path(), &line);
    }
    let spring = ready("2027-05-02");
    for check in ["audited", "audited-for-visit", "reviewed", "findings-of-visit"] {
        assert_eq!(outcome(&lines(&spring), check).0, "pass", "{check}");
    }
    // By then, a nonconformity and its actions are late; the line names each step.
    assert_eq!(outcome(&lines(&spring), "no-overdue").0, "fail");
    for line in commands(&spring, "no-overdue") {
        run(folder.path(), &line);
    }
    assert_eq!(outcome(&lines(&ready("2027-05-02")), "no-overdue").0, "pass");
}

#[test]
fn a_deadline_that_cannot_be_read_is_late_in_every_figure() {
    let folder = copy_model_handbook();
    edit(folder.path(), "content/10-improvement/nonconformities.yaml", "  due: 2026-12-11\n", "  due: in December\n");
    let ready = clausebook(folder.path(), &["ready", "--format", "json"]);
    assert_eq!(outcome(&lines(&ready), "no-overdue"), ("fail", vec!["NC-2026-07"]));
    let output_text = text(&clausebook(folder.path(), &["status"]));
    assert!(output_text.contains("Correct the due date or the grade of NC-2026-07"), "{output_text}");
    let output_text = text(&clausebook(folder.path(), &["reminders", "--overdue", "daily"]));
    assert!(output_text.contains("date unknown (overdue): nonconformity NC-2026-07"), "{output_text}");
    assert!(clausebook(folder.path(), &["build", "-q"]).status.success());
    let read = |path: &str| std::fs::read_to_string(folder.path().join("site").join(path)).expect("a page");
    assert!(read("deadlines.csv").contains("\n,,nonconformity,overdue,NC-2026-07,"), "{}", read("deadlines.csv"));
    assert!(read("calendar.html").contains("<span class=\"when\">Date unknown</span>"));
    assert!(!read("deadlines.ics").contains("SUMMARY:Nonconformity: NC-2026-07"));
    let assessment: Value = serde_json::from_str(&read("assessment.json")).expect("JSON");
    let of = |list: &str| {
        assessment[list].as_array().expect("a list").iter().find(|entry| entry["id"] == "NC-2026-07").cloned()
    };
    assert_eq!(
        (&of("registers").expect("it")["state"], &of("deadlines").expect("it")["day"]),
        (&"overdue".into(), &Value::Null)
    );
}

#[test]
fn a_list_that_cannot_be_read_in_full_passes_no_line() {
    let folder = copy_model_handbook();
    edit(folder.path(), "content/10-improvement/nonconformities.yaml", "- id: NC-2026-07\n", "- idd: NC-2026-07\n");
    let ready = clausebook(folder.path(), &["ready", "--format", "json"]);
    assert_eq!(outcome(&lines(&ready), "no-overdue").0, "fail");
}

#[test]
fn unrecorded_actions_count_as_not_done() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("content")).expect("a folder");
    std::fs::write(folder.path().join("clausebook.yaml"), "title: Handbook\n").expect("settings");
    let ready = clausebook(folder.path(), &["ready", "--for", "stage-1", "--format", "json"]);
    assert_eq!(ready.status.code(), Some(1));
    for (check, outcome, _) in lines(&ready) {
        assert_eq!(outcome, "fail", "{check}");
    }
}

#[test]
fn an_old_management_review_does_not_count() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("content")).expect("a folder");
    std::fs::write(folder.path().join("clausebook.yaml"), "title: Handbook\n").expect("settings");
    let owner = "---\nid: REP-1\ntitle: Reviews\ntype: report\nregisters: [r.yaml]\n---\n\nText.\n";
    std::fs::write(folder.path().join("content/reviews.md"), owner).expect("a document");
    let register = "management_reviews:\n- {id: MR-1, title: Spring, held: 2025-06-10}\n";
    std::fs::write(folder.path().join("content/r.yaml"), register).expect("a register");
    for (day, expected) in [("2026-06-09", "pass"), ("2026-06-10", "pass"), ("2026-06-11", "fail")] {
        let ready = clausebook(folder.path(), &["ready", "--format", "json", "--as-of", day]);
        assert_eq!(outcome(&lines(&ready), "reviewed").0, expected, "{day}");
    }
}

#[test]
fn reminders_list_exact_lead_times_and_on_mondays_what_is_overdue() {
    let on = |day: &str, options: &[&str]| {
        text(&clausebook(model_handbook(), &[&["reminders", "--as-of", day], options].concat()))
    };
    let action = "of NC-2026-07: MA-3";
    for (day, is_named) in
        [("2026-10-20", false), ("2026-10-21", true), ("2026-11-13", true), ("2026-11-14", false), ("2026-11-20", true)]
    {
        assert_eq!(on(day, &[]).contains(action), is_named, "{day}");
    }
    // 23 November 2026 is a Monday.
    assert!(on("2026-11-23", &[]).contains("2026-11-20 (3 days overdue): action 3 of NC-2026-07: MA-3"));
    assert!(!on("2026-11-24", &[]).contains(action));
    assert!(on("2026-11-24", &["--overdue", "daily"]).contains(action));
    assert!(!on("2026-11-23", &["--overdue", "never"]).contains(action));
    let for_role = on("2026-11-23", &["--for", "Network Team Lead"]);
    assert!(for_role.starts_with("Network Team Lead\n  2026-11-20"), "{for_role}");
    assert_eq!(on("2026-11-14", &["--for", "Nobody", "--format", "markdown"]), "");
    let json: Value = serde_json::from_str(&on("2026-11-23", &["--format", "json"])).expect("JSON");
    let group = json["reminders"].as_array().expect("a list").iter().find(|entry| entry["role"] == "Network Team Lead");
    let first = &group.expect("the role")["deadlines"][0];
    assert_eq!((&first["kind"], &first["days"]), (&Value::from("action"), &Value::from(-3)));
}

#[test]
fn minutes_begin_with_what_the_handbook_knows() {
    let draft = clausebook(model_handbook(), &["management-review", "--draft", "--dry-run"]);
    let text = text(&draft);
    assert!(draft.status.success(), "{}", String::from_utf8_lossy(&draft.stderr));
    assert!(text.contains("status: draft") && text.contains("management-review-results"), "{text}");
    for part in [
        "for the period from 2026-10-01 to 2027-03-31",
        "### Nonconformities and corrective actions {#nonconformities}",
        "- [[NC-2026-07]] Failover not tested after a firmware change: open, due on 2026-12-11",
        "- D-2026-05: Reduce energy per virtual machine by 8%",
        "### Results of audits {#audits}",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    // Entries closed before the period are not an input.
    assert!(!text.contains("NC-2026-01") && !text.contains("D-2025-"), "{text}");
    let refused = clausebook(model_handbook(), &["management-review", "--period", "2027-01-01..2026-01-01"]);
    assert_eq!(refused.status.code(), Some(2));
}

/// The model handbook without past management reviews, and with the next one planned for a day.
fn without_reviews(planned: &str) -> tempfile::TempDir {
    let folder = copy_model_handbook();
    for (month, held) in [("04", "2026-04-23"), ("10", "2026-10-29")] {
        let path = format!("content/9-evaluation/management-review-2026-{month}.yaml");
        edit(folder.path(), &path, &format!("  held: {held}\n"), "");
    }
    let period = "  planned: {from: 2027-04-01, to: 2027-04-30}";
    edit(folder.path(), "content/9-evaluation/management-reviews.yaml", period, &format!("  planned: {planned}"));
    folder
}

#[test]
fn plans_too_far_ahead_do_not_count() {
    // No stage one visit is planned, so the limit is a year from the day.
    for (planned, expected) in [("2199-01-01", "fail"), ("2027-11-23", "fail"), ("2027-11-22", "not-yet")] {
        let folder = without_reviews(planned);
        let ready = clausebook(folder.path(), &["ready", "--for", "stage-1", "--format", "json"]);
        assert_eq!(outcome(&lines(&ready), "reviewed").0, expected, "{planned}");
    }
    // The surveillance audit is planned, and takes place before that year is over.
    let folder = without_reviews("2027-11-22");
    let ready = clausebook(folder.path(), &["ready", "--for", "surveillance", "--format", "json"]);
    assert_eq!(outcome(&lines(&ready), "reviewed").0, "fail");
}

/// The output of `ready` before the next surveillance audit of the model handbook, with a change in a file.
fn before_surveillance(path: &str, old: &str, new: &str) -> Vec<(String, String, Vec<String>)> {
    let folder = copy_model_handbook();
    edit(folder.path(), path, old, new);
    lines(&clausebook(folder.path(), &["ready", "--for", "surveillance", "--format", "json"]))
}

#[test]
fn a_finding_of_the_last_visit_that_is_to_be_closed_after_the_next_one_fails() {
    let ready = |old: &str, new: &str| {
        let checks = before_surveillance("content/10-improvement/nonconformities.yaml", old, new);
        let (word, subjects) = outcome(&checks, "findings-of-visit");
        assert_eq!(subjects, ["NC-2026-03"], "{new}");
        word.to_owned()
    };
    for (day, expected) in [("2027-05-17", "not-yet"), ("2027-05-18", "fail"), ("2199-01-01", "fail")] {
        let open = format!("  due: {day}\n");
        assert_eq!(ready("  due: 2026-08-14\n  closed: 2026-08-14\n", &open), expected, "closed by {day}");
    }
}

#[test]
fn a_finding_that_only_the_results_of_the_visit_name_counts() {
    let path = "content/10-improvement/nonconformities.yaml";
    let checks = before_surveillance(path, "  source: V26-1\n", "  source: REC-AUD-003\n");
    assert_eq!(outcome(&checks, "findings-of-visit"), ("fail", vec!["NC-2026-03"]));
}

#[test]
fn a_certificate_that_says_nothing_is_not_complete() {
    let ready =
        |old: &str, new: &str| outcome(&before_surveillance("clausebook.yaml", old, new), "certificate").0.to_owned();
    let settings = std::fs::read_to_string(model_handbook().join("clausebook.yaml")).expect("settings");
    let line = |key: &str| {
        let line = settings.lines().find(|line| line.trim_start().starts_with(key)).expect("a line of the certificate");
        format!("{line}\n")
    };
    let (number, issued) = (line("number:"), line("issued:"));
    assert_eq!(ready(&number, &number), "pass");
    assert_eq!(ready(&number, "  number: TBD\n"), "fail");
    assert_eq!(ready(&issued, "  issued: 2026-11-23\n"), "fail");
}

#[test]
fn directors_see_what_is_late_and_what_still_waits_for_its_effect() {
    let folder = copy_model_handbook();
    let read = |folder: &Path, day: &str| text(&clausebook(folder, &["management-review", "--as-of", day]));
    let minutes = read(folder.path(), "2026-11-22");
    assert!(minutes.contains("NC-2026-03"), "its effect is to be checked\n{minutes}");
    // The December audit should have been held by then.
    assert!(read(folder.path(), "2026-12-15").contains("A26-4"), "{}", read(folder.path(), "2026-12-15"));
}

#[test]
fn reminders_accept_any_spelling_of_a_role_and_name_unknown_ones() {
    let output = |role: &str| {
        clausebook(model_handbook(), &["reminders", "--for", role, "--overdue", "daily", "--as-of", "2026-11-22"])
    };
    let for_auditor = text(&output("Internal Auditor"));
    assert!(for_auditor.starts_with("Internal Auditor\n"), "{for_auditor}");
    for spelling in ["internal auditor", "Internal  auditor", "internal-auditor"] {
        assert_eq!(text(&output(spelling)), for_auditor, "{spelling}");
    }
    let unknown = output("Internal Auditer");
    let stderr = String::from_utf8_lossy(&unknown.stderr);
    assert!(stderr.contains("names the role `Internal Auditer`; did you mean `Internal Auditor`?"), "{stderr}");
}

#[test]
fn a_missed_visit_decides_until_the_certificate_expires_and_every_page_says_that_it_was_missed() {
    let heading = |day: &str| text(&clausebook(model_handbook(), &["ready", "--as-of", day]));
    let missed = "Readiness for surveillance (V27-1 was planned for 2027-05-18 and not held), on 2028-06-01\n";
    assert!(heading("2028-06-01").starts_with(missed));
    // The certificate is valid up to that day.
    assert!(heading("2028-06-02").starts_with("Readiness for stage-1 (no visit planned), on 2028-06-02\n"));
    let site = tempfile::tempdir().expect("a folder");
    let output = site.path().join("site");
    let folder = output.to_str().expect("UTF-8");
    clausebook(model_handbook(), &["build", "-q", "--as-of", "2028-05-15", "-o", folder]);
    let home = std::fs::read_to_string(output.join("index.html")).expect("a page");
    let card = home.split("<section class=\"panel certificate\">").nth(1).expect("the certificate");
    let card = card.split("</section>").next().unwrap_or_default();
    for visit in ["V27-1 Surveillance 2</dt><dd>", "V28-1 Recertification</dt><dd>", ">Overdue<"] {
        assert!(card.contains(visit), "{visit} in {card}");
    }
    assert!(home.contains("Readiness for the next visit"));
}
