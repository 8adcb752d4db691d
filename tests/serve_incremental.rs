//! After any sequence of changes, the preview shows, byte for byte, the result of a clean build of the same files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clausebook::testing::assess::{Assessed, Clock, assess};
use clausebook::testing::config::Settings;
use clausebook::testing::judge::judge;
use clausebook::testing::preview::{BuildOptions, Builder, Outcome};
use clausebook::testing::project::Project;
use clausebook::testing::site::build::{Plan, build};
use clausebook::testing::site::navigation::Extras;
use clausebook::testing::site::pages::reserved_places;
use clausebook::testing::site::write::{MemorySite, MemoryTarget};
use proptest::prelude::*;

fn clock(settings: &Settings) -> Clock {
    let day = "2026-11-22".parse().expect("a date");
    Clock { as_of: day, warning_days: settings.warning_days }
}

/// The result of a clean build, or `None` if it fails.
fn clean_build(root: &Path) -> Option<MemorySite> {
    let project = Project::find(Some(root), &reserved_places()).ok()?;
    let reading = project.read(&[root.join("site")]).ok()?;
    let assessment = judge(&reading, assess(&reading, clock(&reading.settings)), Vec::new());
    let theme = project.theme(&reading.settings.theme).ok()?;
    let extras = Extras::for_preview("/~preview/preview.js");
    let target = MemoryTarget::new();
    let plan = Plan {
        assessed: Assessed { reading: &reading, assessment: &assessment },
        theme: &theme,
        extras,
        progress: &|_, _| {},
    };
    build(plan, &target).ok()?;
    Some(target.finish())
}

/// A handbook on disk, and the preview that follows it.
struct FollowedHandbook {
    folder: tempfile::TempDir,
    builder: Builder,
    site: Option<MemorySite>,
    /// Whether the last build failed, which remains true while nothing changes.
    failing: bool,
    theme: &'static str,
}

impl FollowedHandbook {
    fn new(theme: &'static str) -> FollowedHandbook {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("clausebook.yaml"), settings(theme)).expect("settings");
        write(folder.path(), "themes/own/static/own.css", "/* own */");
        for number in 0..6 {
            write(folder.path(), &document_path(number), &document(number, number, 0));
        }
        write(folder.path(), "content/index.md", "---\ntype: page\ntitle: Home\n---\n\nWelcome, see [[DOC-001]].\n");
        let project = Project::find(Some(folder.path()), &reserved_places()).expect("a handbook");
        let rules = BuildOptions { theme: None, clock: Box::new(clock) };
        FollowedHandbook { builder: Builder::new(project, rules), folder, site: None, failing: false, theme }
    }

    /// Lets the preview update, and compares it with a clean build.
    fn check(&mut self, after: &str) {
        let expected = clean_build(self.folder.path());
        match self.builder.build(&[]) {
            Outcome::Built(built) => {
                self.site = Some(built.site.render_all().expect("every page"));
                self.failing = false;
            }
            Outcome::Unchanged if self.failing => {
                assert!(expected.is_none(), "after {after} only the preview fails");
                return;
            }
            Outcome::Unchanged => {}
            Outcome::Failed(failed) => {
                self.failing = true;
                assert!(expected.is_none(), "after {after} only the preview fails: {}", failed.text);
                return;
            }
        }
        let (Some(expected), Some(actual)) = (expected, &self.site) else {
            panic!("after {after} only a clean build fails");
        };
        let names = |site: &MemorySite| site.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(actual), names(&expected), "after {after}");
        for (path, bytes) in &expected {
            let differs = || format!("{path} after {after}:\n{}", first_difference(&actual[path], bytes));
            assert!(actual[path] == *bytes, "{}", differs());
        }
    }
}

fn first_difference(actual: &[u8], expected: &[u8]) -> String {
    let (actual, expected) = (String::from_utf8_lossy(actual), String::from_utf8_lossy(expected));
    let lines = actual.lines().zip(expected.lines()).find(|(shown, expected)| shown != expected);
    lines.map_or_else(String::new, |(actual_line, expected)| format!("preview: {actual_line}\n  clean: {expected}"))
}

const SETTINGS: &str = "title: Small\nstandards: [iso20000-1, iso9001]\nas_of: 2026-11-22\n\
                        defaults:\n  - {folder: b, owner: Default owner}\n";

/// Settings with a theme.
fn settings(theme: &str) -> String {
    format!("{SETTINGS}theme: {theme}\n")
}

fn document_path(number: usize) -> String {
    format!("content/{}/doc-{number}.md", ["a", "b", "c"][number % 3])
}

/// A document whose front matter, claims, links or text differ with each variant.
fn document(number: usize, id: usize, variant: usize) -> String {
    let status = ["approved", "draft", "retired", "approved"][variant % 4];
    let clause = ["8.6.1", "8.5.1", "6.1", "9.2", "iso9001:9.2", "8.2"][(number + variant) % 6];
    let owner = ["owner: Service Desk\n", "owner: Change Manager\n", ""][variant % 3];
    let kind = ["policy", "procedure", "record", "template"][(number + variant / 2) % 4];
    let relation = ["related: [DOC-001]", "supersedes: [DOC-002]", "depends_on: [DOC-009]", "aliases: [old/name]"]
        [(variant / 3) % 4];
    let claim = if variant % 5 == 1 { " {#part clauses=\"8.6.2\"}" } else { "" };
    let other = (number + variant) % 8;
    format!(
        "---\nid: DOC-{id:03}\ntitle: Document {number}, {variant}\ntype: {kind}\nstatus: {status}\nversion: \"1.{variant}\"\n\
         {owner}approver: Board\napproved: 2026-0{month}-01\naudience: [Everybody, Role {role}]\nclauses: [\"{clause}\"]\n\
         {relation}\nchanges:\n  - {{version: \"1\", on: 2026-01-0{month}, summary: Change {variant}}}\n---\n\n\
         Text {variant}, see clause {clause} and [[DOC-00{other}]].\n\n## Part{claim}\n\n\
         [there](../{folder}/doc-{other}.md#part) ![](picture.svg) [file](../a/file.txt)\n",
        month = 1 + variant % 9,
        role = variant % 2,
        folder = ["a", "b", "c"][other % 3],
    )
}

/// An author's edit.
#[derive(Clone, Debug)]
enum Step {
    Write { number: usize, id: usize, variant: usize },
    EditBody { number: usize, text: String },
    Delete(usize),
    Move { from: usize, to: String },
    Break(usize),
    Asset { name: &'static str, text: u8, there: bool },
    Template { name: &'static str, text: String },
    Settings(String),
    Home(String),
    Glossary(&'static str),
}

fn step() -> impl Strategy<Value = Step> {
    let theme = prop_oneof![
        "[a-z]{1,4}".prop_map(|text| Step::Template {
            name: "themes/own/templates/document.html",
            text: format!("{{% extends \"default/document.html\" %}}{{% block footer %}}{text}{{% endblock %}}"),
        }),
        "[a-z]{1,4}"
            .prop_map(|text| Step::Template { name: "themes/own/static/portal.css", text: format!("/*{text}*/") }),
        Just(Step::Template { name: "themes/own/templates/document.html", text: "{% if %}".to_owned() }),
    ];
    let settings = prop_oneof![
        "[A-Z][a-z]{0,5}".prop_map(|title| Step::Settings(SETTINGS.replace("Small", &title))),
        Just(Step::Settings(format!("{SETTINGS}rules: {{broken-link: off}}\n"))),
        Just(Step::Settings(format!("{SETTINGS}warning_days: 300\n"))),
        Just(Step::Settings("title: [\n".to_owned())),
    ];
    prop_oneof![
        6 => (0..8_usize, 0..9_usize, 0..20_usize).prop_map(|(number, id, variant)| Step::Write { number, id, variant }),
        4 => (0..8_usize, "(## )?[a-z ]{0,9}").prop_map(|(number, text)| Step::EditBody { number, text }),
        2 => (0..8_usize).prop_map(Step::Delete),
        2 => (0..8_usize, "(a|b|c|d/e)/[a-z]{1,3}\\.md").prop_map(|(from, to)| Step::Move { from, to: format!("content/{to}") }),
        1 => (0..8_usize).prop_map(Step::Break),
        2 => (prop::sample::select(vec!["content/a/picture.svg", "content/b/picture.svg", "content/a/file.txt"]), any::<u8>(), any::<bool>())
            .prop_map(|(name, text, there)| Step::Asset { name, text, there }),
        1 => theme,
        1 => settings,
        1 => "[a-zA-Z ]{0,9}".prop_map(Step::Home),
        1 => prop::sample::select(vec!["", "Text\n: Words.", "Text\n: Other words.", "text\n: Words.\n\nClause\n: One."])
            .prop_map(Step::Glossary),
    ]
}

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("the folder");
    fs::write(file, text).expect("the file");
}

fn apply_step(root: &Path, theme: &str, step: &Step) {
    let file = |number: &usize| document_path(*number);
    match step {
        Step::Write { number, id, variant } => write(root, &file(number), &document(*number, *id, *variant)),
        Step::EditBody { number, text } => {
            if let Ok(old) = fs::read_to_string(root.join(file(number))) {
                write(root, &file(number), &format!("{old}\n{text}\n"));
            }
        }
        Step::Delete(number) => drop(fs::remove_file(root.join(file(number)))),
        Step::Move { from, to } => {
            let target = root.join(to);
            fs::create_dir_all(target.parent().expect("a folder")).expect("the folder");
            drop(fs::rename(root.join(file(from)), target));
        }
        Step::Break(number) => write(root, &file(number), "---\nid: [DOC\ntitle: : x\n---\n\nText\n"),
        Step::Asset { name, text, there: true } => write(root, name, &format!("<svg>{text}</svg>")),
        Step::Asset { name, .. } => drop(fs::remove_file(root.join(name))),
        Step::Template { name, text } => write(root, name, text),
        Step::Settings(text) => write(root, "clausebook.yaml", &format!("{text}theme: {theme}\n")),
        Step::Home(text) => {
            write(root, "content/index.md", &format!("---\ntype: page\ntitle: Home {text}\n---\n\n{text}\n"))
        }
        Step::Glossary(terms) => {
            write(root, "content/words.md", &format!("---\ntype: page\ntitle: Words\n---\n\n{terms}\n"))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_changes_the_preview_shows_what_a_clean_build_makes(
        theme in prop::sample::select(vec!["default", "own"]),
        rounds in prop::collection::vec(prop::collection::vec(step(), 1..3), 1..10)
    ) {
        let mut followed = FollowedHandbook::new(theme);
        followed.check("nothing");
        for steps in &rounds {
            steps.iter().for_each(|step| apply_step(followed.folder.path(), followed.theme, step));
            followed.check(&format!("{steps:?}"));
        }
    }
}

#[test]
fn each_kind_of_change_is_seen_where_it_shows() {
    ["default", "own"].into_iter().for_each(each_kind_of_change);
}

fn each_kind_of_change(theme: &'static str) {
    let mut followed = FollowedHandbook::new(theme);
    let root = followed.folder.path().to_path_buf();
    followed.check("nothing");
    for variant in 0..20 {
        for number in [0, 1, 7] {
            apply_step(&root, followed.theme, &Step::Write { number, id: number, variant });
            followed.check(&format!("variant {variant} of {number}"));
        }
    }
    for step in [
        Step::Delete(1),
        Step::Asset { name: "content/b/picture.svg", text: 1, there: true },
        Step::Asset { name: "content/b/picture.svg", text: 2, there: true },
        Step::Move { from: 0, to: "content/d/moved.md".to_owned() },
        Step::Glossary("Text\n: Words."),
        Step::Glossary("Text\n: Other words."),
        Step::Glossary("clause\n: One."),
        Step::Break(3),
        Step::Settings("title: [\n".to_owned()),
        Step::Settings(SETTINGS.replace("Small", "Other")),
        Step::Template { name: "themes/own/templates/document.html", text: "{% if %}".to_owned() },
        Step::Template {
            name: "themes/own/templates/document.html",
            text: "{% extends \"default/document.html\" %}".to_owned(),
        },
    ] {
        apply_step(&root, followed.theme, &step);
        followed.check(&format!("{step:?}"));
    }
}

#[test]
fn a_change_of_a_file_that_documents_insert_is_seen_where_they_show_it() {
    let mut followed = FollowedHandbook::new("default");
    let root = followed.folder.path().to_path_buf();
    fs::write(root.join("clausebook.yaml"), format!("{}includes: [parts, content]\n", settings("default")))
        .expect("settings");
    write(
        &root,
        "content/index.md",
        "---\ntype: page\ntitle: Home\n---\n\n--8<-- \"hours.md\"\n\n{{#include near.txt}}\n",
    );
    followed.check("a mark without its file");
    for (path, text) in [
        ("parts/hours.md", "## Hours\n\nFrom eight to six.\n"),
        ("parts/hours.md", "## Hours\n\nFrom nine to six.\n\n--8<-- \"night.md\"\n"),
        ("parts/night.md", "Closed at night.\n"),
        ("content/near.txt", "Near.\n"),
        ("parts/night.md", "Open at night.\n"),
        ("content/hours.md", "---\ntype: page\n---\n\nNot these.\n"),
        ("parts/other.md", "Of no concern.\n"),
    ] {
        write(&root, path, text);
        followed.check(path);
        assert!(matches!(followed.builder.build(&[]), Outcome::Unchanged), "{path}");
    }
    fs::remove_file(root.join("parts/night.md")).expect("removed");
    followed.check("a file that is gone");
    let home = followed.site.as_ref().expect("a site").get("index.html").cloned().expect("home");
    assert!(String::from_utf8_lossy(&home).contains("From nine to six"));
}

#[test]
fn an_edit_of_a_text_changes_only_the_pages_that_show_it_and_nothing_changes_none() {
    let mut followed = FollowedHandbook::new("default");
    let root = followed.folder.path().to_path_buf();
    followed.check("nothing");
    let before = followed.site.clone().expect("a site");
    assert!(matches!(followed.builder.build(&[]), Outcome::Unchanged));
    apply_step(&root, followed.theme, &Step::EditBody { number: 2, text: "One more sentence.".to_owned() });
    followed.check("an edit");
    let after = followed.site.as_ref().expect("a site");
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, _)| path.as_str())
        .filter(|path| !path.starts_with("print/") && path.ends_with(".html"))
        .collect();
    assert_eq!(changed, ["c/doc-2.html"]);
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args([
        "-c",
        "user.name=Author",
        "-c",
        "user.email=author@example.org",
        "-c",
        "commit.gpgsign=false",
    ]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.args(arguments).output().expect("git can be run");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Creates a repository in which a handbook grows, is reorganized, and is corrected.
fn history(root: &Path) -> usize {
    git(root, &["init", "-q", "-b", "main", "."]);
    let mut steps: Vec<Step> = (0..8).map(|number| Step::Write { number, id: number, variant: number }).collect();
    steps.extend((0..6).map(|number| Step::Move { from: number, to: format!("content/d/e/m{number}.md") }));
    steps.extend((0..8).map(|number| Step::Write { number, id: 7 - number, variant: number + 9 }));
    steps.push(Step::Break(4));
    steps.push(Step::Delete(5));
    steps.push(Step::Settings(SETTINGS.replace("Small", "Grown")));
    steps.push(Step::Asset { name: "content/b/picture.svg", text: 7, there: true });
    for (at, step) in steps.iter().enumerate() {
        apply_step(root, "default", step);
        git(root, &["add", "-A"]);
        git(root, &["commit", "-q", "--allow-empty", "-m", "A step"]);
        git(root, &["tag", &format!("step-{at}")]);
    }
    steps.len()
}

#[test]
fn a_replayed_history_shows_what_clean_builds_make() {
    let mut followed = FollowedHandbook::new("default");
    let root: PathBuf = followed.folder.path().to_path_buf();
    let steps = history(&root);
    for at in (0..steps).chain([3, 20, 0]) {
        git(&root, &["checkout", "-q", &format!("step-{at}")]);
        followed.check(&format!("step {at}"));
    }
}
