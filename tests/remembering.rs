//! A build or a check with cached results gives the same answer as a fresh one, whatever has changed in the meantime.

mod support;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use support::{Fixture, policy, tree};

/// Longer than the time for which a file is too new to be identified by its stamp.
const SETTLE_TIME: Duration = Duration::from_millis(120);

const AUDITS: &str = "audits:\n- id: A26-3\n  title: Change\n  kind: internal\n  planned: {from: 2026-09-08, to: 2026-09-10}\n  clauses: [\"4.3\"]\n  auditors: [Internal Auditor]\n";
const CATALOGUE: &str =
    "id: house\ntitle: House rules\nname: Rules of the house\nclauses:\n- id: \"1\"\n  title: Order\n";

fn handbook() -> Fixture {
    let fixture = Fixture::new(&[
        (
            "content/a.md",
            &policy(
                "POL-AAA-001",
                "provides: [sms-scope]\nclauses: [\"4.3\"]\n",
                "# Scope\n\nSee [b](b.md) and ![a picture](p.png).",
            ),
        ),
        ("content/b.md", &policy("POL-BBB-001", "", "# Service\n\nNothing [here](gone.md).")),
        ("content/p.png", "picture"),
        ("themes/own/templates/404.html", "{% extends \"default/404.html\" %}"),
    ]);
    fixture.write("clausebook.yaml", &format!("{}theme: own\n", support::SETTINGS));
    fixture
}

/// Runs a command with the cache of earlier runs, or with its own.
fn run(fixture: &Fixture, cache: &str, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("clausebook").expect("the binary");
    command.current_dir(fixture.path("")).args(arguments).env("XDG_CACHE_HOME", fixture.path("..").join(cache));
    command.output().expect("a run")
}

/// The output of a command, without times and paths.
fn normalized_output(output: &Output) -> String {
    let all = format!("{:?}\n{}{}", output.status.code(), text(&output.stdout), text(&output.stderr));
    let lines = all.lines().map(|line| match line.split_once("index.html (") {
        Some((_, counts)) => counts.split(" files").next().unwrap_or_default(),
        None => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The results of a build and of checks, and the site.
fn run_results(fixture: &Fixture, cache: &str, site: &str) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
    let commands: [&[&str]; 3] = [
        &["build", "-o", site],
        &["check", "--format", "json"],
        &["check", "--fail-on", "note", "--min-coverage", "90", "-o", "../report.txt"],
    ];
    let mut said: Vec<String> = commands.map(|command| self::normalized_output(&run(fixture, cache, command))).into();
    said.push(fs::read_to_string(fixture.path("../report.txt")).expect("a report"));
    (said, tree(&fixture.path(site)))
}

/// Compares cached results with a fresh run: directly after a change, and twice after everything has settled.
fn assert_cache_consistent(fixture: &Fixture, what: &str) {
    let fresh = run_results(fixture, "fresh-cache", "../fresh");
    for round in ["at once", "settled", "settled again"] {
        if round == "settled" {
            std::thread::sleep(SETTLE_TIME);
        }
        let remembered = run_results(fixture, "cache", "site");
        assert_eq!(remembered.0, fresh.0, "{what}, {round}");
        assert!(remembered.1 == fresh.1, "{what}, {round}: the site differs");
    }
    for folder in ["../fresh", "../fresh-cache"] {
        fs::remove_dir_all(fixture.path(folder)).expect("a folder");
    }
}

/// The cache files.
fn cache_files(fixture: &Fixture) -> Vec<PathBuf> {
    let folder = fixture.path("../cache/clausebook");
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

/// Replaces the content of a file by bytes of the same length, keeping its timestamp.
fn forge(path: &Path, bytes: &[u8]) {
    let time = fs::metadata(path).and_then(|info| info.modified()).expect("a time");
    assert_eq!(fs::metadata(path).expect("a file").len(), bytes.len() as u64);
    fs::write(path, bytes).expect("a file");
    File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("a time");
}

#[test]
fn every_kind_of_change_is_detected() {
    let fixture = handbook();
    assert_cache_consistent(&fixture, "the handbook");
    let cached = cache_files(&fixture)
        .iter()
        .filter(|path| text(&fs::read(path).expect("a file")).contains("\"metadata_digest\":\""))
        .count();
    // Windows does not record a change time that programs cannot set.
    let expected = if cfg!(unix) { 3 } else { 0 };
    assert_eq!(cached, expected, "a build and two checks are remembered by what their files look like");
    let old = fs::read(fixture.path("content/b.md")).expect("a text");
    forge(&fixture.path("content/b.md"), text(&old).replace("Service", "Serving").as_bytes());
    assert_cache_consistent(&fixture, "a text with its old length and time");
    fixture.write("content/c.md", "no front matter");
    assert_cache_consistent(&fixture, "one more text");
    fs::rename(fixture.path("content/c.md"), fixture.path("content/.c.md")).expect("a name");
    assert_cache_consistent(&fixture, "a text that is hidden");
    fs::rename(fixture.path("content/a.md"), fixture.path("content/z.md")).expect("a name");
    assert_cache_consistent(&fixture, "a text of another name");
    forge(&fixture.path("content/p.png"), b"PICTURE");
    assert_cache_consistent(&fixture, "a picture");
    fixture.write(
        "themes/own/templates/404.html",
        "{% extends \"default/404.html\" %}{% block footer %}Ours{% endblock %}",
    );
    assert_cache_consistent(&fixture, "a template");
    fixture.write(
        "themes/own/templates/404.html",
        "{% extends \"default/404.html\" %}{% block footer %}<a href=\"nowhere.html\">x</a>{% endblock %}",
    );
    assert_cache_consistent(&fixture, "a template with a link that leads nowhere");
    let text = fs::read_to_string(fixture.path("content/z.md")).expect("a text");
    fixture.write("content/z.md", &text.replace("provides: ", "registers: [audits.yaml]\nprovides: "));
    fixture.write("content/audits.yaml", AUDITS);
    assert_cache_consistent(&fixture, "a register");
    fixture.write("content/audits.yaml", &AUDITS.replace("2026-09-08", "2026-01-08"));
    assert_cache_consistent(&fixture, "another day in a register");
    fixture.write("standards/house.yaml", CATALOGUE);
    assert_cache_consistent(&fixture, "a catalogue that nobody names");
    fixture.write("clausebook.yaml", &format!("{}theme: own\n", support::SETTINGS).replace("iso27001", "house"));
    assert_cache_consistent(&fixture, "a catalogue");
    fixture.write("standards/house.yaml", &CATALOGUE.replace("Order", "Peace"));
    assert_cache_consistent(&fixture, "a clause of another title");
    fixture.write("clausebook.yaml", &support::SETTINGS.replace("as_of: 2026-11-22", "as_of: 2027-11-22"));
    assert_cache_consistent(&fixture, "settings and day");
    fs::remove_file(fixture.path("content/b.md")).expect("a file");
    assert_cache_consistent(&fixture, "a text less");
}

#[test]
fn a_file_that_is_inserted_is_noticed_when_it_alone_changes() {
    let fixture = handbook();
    fixture.write(
        "clausebook.yaml",
        &format!("{}includes: [snip, content]\npublish: {{up_to: public, figures: whole}}\n", support::SETTINGS),
    );
    let text = "# Rules\n\n--8<-- \"hours.md\"\n\n{{#include more.txt}}";
    fixture.write("content/p.md", &policy("POL-PPP-001", "classification: public\nclauses: [\"4.3\"]\n", text));
    fixture.write("content/q.md", &policy("POL-QQQ-001", "clauses: [\"4.4\"]\n", "--8<-- \"late.md\""));
    fixture.write("content/more.txt", "Call us.\n");
    fixture.write("snip/hours.md", "From eight to six.\n\n--8<-- \"deep.txt\"\n");
    fixture.write("snip/deep.txt", "In person.\n");
    for id in ["POL-PPP-001", "POL-QQQ-001"] {
        run(&fixture, "cache", &["approve", id, "--by", "Director", "--on", "2026-11-01"]);
    }
    assert_cache_consistent(&fixture, "a handbook that inserts files");
    for (path, text, what) in [
        ("snip/hours.md", "From nine to five.\n\n--8<-- \"deep.txt\"\n", "an inserted file"),
        ("content/more.txt", "Do not call us.\n", "an inserted file of the content folder"),
        ("snip/deep.txt", "By phone.\n", "a file that an inserted one inserts"),
        ("snip/late.md", "At night.\n", "a file that was missing, in what is withheld"),
        ("snip/late.md", "At noon.\n", "a file inserted in what is withheld"),
    ] {
        fixture.write(path, text);
        assert_cache_consistent(&fixture, what);
    }
    fs::remove_file(fixture.path("snip/deep.txt")).expect("a file");
    assert_cache_consistent(&fixture, "an inserted file that is gone");
}

/// Themes and settings with each kind of finding that only a build has.
const SITE_FINDINGS: [(&str, &str, &str, &str); 10] = [
    (
        "a script",
        "",
        "templates/base.html",
        "{% extends \"default/base.html\" %}{% block head %}<script>x()</script>{% endblock %}",
    ),
    (
        "an attribute",
        "",
        "templates/404.html",
        "{% extends \"default/404.html\" %}{% block footer %}<p onclick=\"x()\">Ours</p>{% endblock %}",
    ),
    ("a style sheet of another site", "", "static/own.css", "@import \"https://e.example/a.css\";"),
    ("a picture that is missing", "", "static/brand.css", "body { background: url(lost.png) }"),
    (
        "a broken link",
        "",
        "templates/404.html",
        "{% extends \"default/404.html\" %}{% block footer %}<a href=\"matrx.html\">x</a>{% endblock %}",
    ),
    ("an unused template", "", "templates/documnet.html", "{% extends \"default/document.html\" %}"),
    ("an unknown word", "", "i18n/en.json", "{\"stat\": \"x\"}"),
    ("a language without words", "lang: fr\n", "i18n/fr.json", "{\"menu\": \"Menu\"}"),
    ("a gate for notes", "lang: fr\ngates: {fail_on: note}\n", "i18n/fr.json", "{\"menu\": \"Menu\"}"),
    ("a warning", "rules: {broken-site: warning}\n", "static/own.css", "@import \"https://e.example/a.css\";"),
];

#[test]
fn a_repeated_build_has_the_findings_of_its_site_and_theme() {
    for (what, settings, file, contents) in SITE_FINDINGS {
        let fixture = handbook();
        fixture.write("clausebook.yaml", &format!("{}theme: own\n{settings}", support::SETTINGS));
        fixture.write(&format!("themes/own/{file}"), contents);
        let first = run(&fixture, "cache", &["build"]);
        let findings = text(&first.stderr);
        assert!(findings.contains("themes/own/"), "{what}: {findings}");
        let passes = !findings.contains("error[") && !settings.contains("fail_on");
        assert_eq!(first.status.code() == Some(0), passes, "{what}: {findings}");
        for round in ["at once", "settled", "settled again"] {
            let again = run(&fixture, "cache", &["build"]);
            assert_eq!(normalized_output(&again), normalized_output(&first), "{what}, {round}");
            std::thread::sleep(SETTLE_TIME);
        }
        let quiet = run(&fixture, "cache", &["build", "-q"]);
        assert_eq!((quiet.status.code(), text(&quiet.stderr)), (first.status.code(), findings), "{what}");
    }
}

#[test]
fn a_file_beside_the_site_is_missed_when_it_goes() {
    let fixture = handbook();
    fixture.write(
        "themes/own/templates/404.html",
        "{% extends \"default/404.html\" %}{% block footer %}<a href=\"manual.pdf\">x</a>{% endblock %}",
    );
    run(&fixture, "cache", &["build"]);
    fixture.write("site/manual.pdf", "by hand");
    for _ in 0..3 {
        assert_eq!(run(&fixture, "cache", &["build", "-q"]).status.code(), Some(0), "the file is there");
        std::thread::sleep(SETTLE_TIME);
    }
    fs::remove_file(fixture.path("site/manual.pdf")).expect("a file");
    assert_eq!(run(&fixture, "cache", &["build", "-q"]).status.code(), Some(1), "the file is gone");
}

#[test]
fn a_modified_site_is_rebuilt() {
    let fixture = handbook();
    assert_cache_consistent(&fixture, "the handbook");
    let index = fixture.path("site/index.html");
    let page = fs::read(&index).expect("a page");
    let mut other = page.clone();
    other[0] = b'!';
    forge(&index, &other);
    let refused = run(&fixture, "cache", &["build"]);
    assert!(!refused.status.success() || fs::read(&index).expect("a page") == page, "{}", normalized_output(&refused));
    fs::write(&index, &page).expect("a page");
    assert_cache_consistent(&fixture, "a page that was put back");
    fs::remove_file(&index).expect("a file");
    assert_cache_consistent(&fixture, "a page that was gone");
}

#[test]
fn truncated_or_foreign_data_is_rejected() {
    let fixture = handbook();
    assert_cache_consistent(&fixture, "the handbook");
    for path in cache_files(&fixture) {
        let bytes = fs::read(&path).expect("a file");
        for torn in [&bytes[..0], &bytes[..bytes.len() / 2], &bytes[..bytes.len() - 1]] {
            fs::write(&path, torn).expect("a file");
        }
        let foreign = text(&bytes).replace("2026-11-22", "2026-11-23").replace("\"passed\":false", "\"passed\":true");
        fs::write(&path, foreign).expect("a file");
    }
    assert_cache_consistent(&fixture, "memories of others");
    for path in cache_files(&fixture) {
        fs::remove_file(path).expect("a file");
    }
    assert_cache_consistent(&fixture, "no memories");
}

#[test]
fn an_answer_of_git_is_remembered_for_its_commit_alone() {
    let fixture = handbook();
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.current_dir(fixture.path("")).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.args(["-c", "user.name=Test", "-c", "user.email=test@example.org"]).args(arguments);
        assert!(command.output().expect("git").status.success(), "{arguments:?}");
    };
    assert_cache_consistent(&fixture, "no repository");
    git(&["init", "-q"]);
    assert_cache_consistent(&fixture, "an empty repository");
    git(&["add", "content", "clausebook.yaml"]);
    git(&["commit", "-q", "-m", "All of it"]);
    assert_cache_consistent(&fixture, "a commit");
    let approved = fs::read_to_string(fixture.path("content/b.md")).expect("a text");
    fixture.write("content/b.md", &approved.replace("version: 1.0", "version: 2.0"));
    git(&["commit", "-q", "-a", "-m", "Raise the version"]);
    assert_cache_consistent(&fixture, "a version that is proved");
    fixture.write("content/b.md", &approved.replace("version: 1.0", "version: 2.0").replace("Nothing", "Something"));
    assert_cache_consistent(&fixture, "a text that was edited since");
    git(&["commit", "-q", "-a", "-m", "Edit it in silence"]);
    assert_cache_consistent(&fixture, "the same, committed");
    git(&["checkout", "-q", "--orphan", "other"]);
    git(&["commit", "-q", "-m", "Forget the past"]);
    assert_cache_consistent(&fixture, "the same files with another past");
}
