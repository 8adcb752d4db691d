//! Links, devices and pipes in an untrusted handbook: nothing outside it is read or written, and nothing blocks on
//! them.
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use support::{Fixture, SETTINGS, policy, tree};

/// Content outside the handbook, which must not appear anywhere.
const SECRET: &str = "SECRET-OF-SOMEBODY-ELSE";

fn handbook() -> (Fixture, tempfile::TempDir) {
    let fixture = Fixture::new(&[("content/a.md", &policy("POL-AAA-001", "", "See [the file](b.txt)."))]);
    let outside = tempfile::tempdir().unwrap();
    for name in ["secret.md", "secret.yaml", "policy.md", "secret.txt", "templates/document.html", "static/site.css"] {
        let path = outside.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("---\nid: POL-SEC-001\ntitle: {SECRET}\ntype: policy\n---\n{SECRET}\n")).unwrap();
    }
    (fixture, outside)
}

/// Runs a command, which must not block.
fn run(fixture: &Fixture, arguments: &[&str]) -> Output {
    let mut command = assert_cmd::Command::cargo_bin("clausebook").unwrap();
    command.current_dir(fixture.path("")).args(arguments).env("XDG_CACHE_HOME", fixture.path("../cache"));
    command.timeout(Duration::from_secs(120)).output().unwrap()
}

fn output_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn settings_that_are_links_devices_or_pipes_are_refused() {
    type Spoil = fn(&Path, &Path);
    let kinds: [Spoil; 6] = [
        |path, _| symlink("/dev/zero", path).unwrap(),
        |path, _| symlink("/dev/tty", path).unwrap(),
        |path, outside| symlink(outside.join("secret.yaml"), path).unwrap(),
        |path, _| symlink("/proc/self/environ", path).unwrap(),
        |path, _| make_pipe(path),
        |path, _| {
            make_pipe(&path.with_file_name("pipe"));
            symlink("pipe", path).unwrap();
        },
    ];
    for (number, spoil) in kinds.into_iter().enumerate() {
        let (fixture, outside) = handbook();
        fs::remove_file(fixture.path("clausebook.yaml")).unwrap();
        spoil(&fixture.path("clausebook.yaml"), outside.path());
        for command in
            [&["check"][..], &["build"], &["status"], &["new", "policy", "X"], &["review", "POL-AAA-001", "--by", "x"]]
        {
            let source = fixture.path("").display().to_string();
            let output = run(&fixture, &[command, &["--source", &source]].concat());
            assert_eq!(output.status.code(), Some(2), "{number} {command:?}: {}", output_text(&output));
            assert!(!output_text(&output).contains(SECRET), "{number} {command:?}: {}", output_text(&output));
        }
    }
}

#[test]
fn nothing_outside_the_handbook_is_shown() {
    let (fixture, outside) = handbook();
    let link = |target: &str, path: &str| {
        fs::create_dir_all(fixture.path(path).parent().unwrap()).unwrap();
        symlink(outside.path().join(target), fixture.path(path)).unwrap();
    };
    link("secret.md", "content/linked.md");
    link("secret.txt", "content/b.txt");
    link("", "content/folder");
    link("secret.yaml", "standards/own.yaml");
    link("static/site.css", "themes/own/static/site.css");
    link("templates", "themes/linked/templates");
    make_pipe(&fixture.path("content/pipe.md"));
    make_pipe(&fixture.path("content/pipe.png"));
    make_pipe(&fixture.path("standards/pipe.yaml"));
    symlink("/dev/zero", fixture.path("content/zero.png")).unwrap();
    for arguments in [
        &["check", "--limit", "999"][..],
        &["build", "--verbose"],
        &["build", "--theme", "own"],
        &["build", "--theme", "linked"],
    ] {
        let output = run(&fixture, arguments);
        assert!(!output_text(&output).contains(SECRET), "{arguments:?}: {}", output_text(&output));
        let site = fixture.path("site");
        for (path, bytes) in if site.exists() { tree(&site) } else { Default::default() } {
            assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{arguments:?}: {path}");
        }
    }
    let output = run(&fixture, &["check", "--limit", "999"]);
    for sentence in ["points outside the handbook", "neither a file nor a folder"] {
        assert!(output_text(&output).contains(sentence), "{sentence}: {}", output_text(&output));
    }
    fs::remove_dir_all(fixture.path("standards")).unwrap();
    symlink(outside.path(), fixture.path("standards")).unwrap();
    assert!(!output_text(&run(&fixture, &["check"])).contains(SECRET));
}

#[test]
fn a_template_for_new_documents_is_read_inside_the_handbook_alone() {
    for target in ["policy.md", "", "/dev/zero"] {
        let (fixture, outside) = handbook();
        if target.is_empty() {
            symlink(outside.path(), fixture.path("templates")).unwrap();
        } else {
            fs::create_dir(fixture.path("templates")).unwrap();
            symlink(outside.path().join(target), fixture.path("templates/policy.md")).unwrap();
        }
        let before = tree(&fixture.path("content"));
        let output = run(&fixture, &["new", "policy", "Another"]);
        assert_eq!(output.status.code(), Some(2), "{target}: {}", output_text(&output));
        assert!(output_text(&output).contains("outside the handbook"), "{target}: {}", output_text(&output));
        assert_eq!(tree(&fixture.path("content")), before);
    }
    let (fixture, _outside) = handbook();
    fs::create_dir(fixture.path("templates")).unwrap();
    make_pipe(&fixture.path("templates/policy.md"));
    let output = run(&fixture, &["new", "policy", "Another"]);
    assert!(
        output.status.code() == Some(2) && output_text(&output).contains("neither a file nor a folder"),
        "{}",
        output_text(&output)
    );
}

#[test]
fn new_documents_go_into_no_link_and_no_repository() {
    let (fixture, outside) = handbook();
    let before = tree(outside.path());
    for folder in ["content/sub/.git/hooks", ".git/hooks", "content/HEAD"] {
        fs::create_dir_all(fixture.path(folder)).unwrap();
    }
    symlink(outside.path(), fixture.path("content/linked")).unwrap();
    symlink("../.git", fixture.path("content/inner")).unwrap();
    for folder in [
        "content/linked",
        "linked",
        "content/linked/deeper",
        "content/inner/hooks",
        ".git",
        ".git/hooks",
        ".GIT/hooks",
        ".Git",
        "content/.git",
        "content/.gIt/hooks",
        "content/sub/.git/hooks",
        "content/.git./hooks",
        "content/.git /x",
        "content/git~1",
        "content/GIT~1/x",
        "content/.g\u{200c}it/hooks",
        "content/.git::$INDEX_ALLOCATION/x",
        "..",
        "../..",
        "content/../..",
        "/",
        outside.path().to_str().unwrap(),
    ] {
        let output = run(&fixture, &["new", "policy", "Another", "--folder", folder]);
        assert_eq!(output.status.code(), Some(2), "{folder:?}: {}", output_text(&output));
    }
    assert_eq!(tree(outside.path()), before);
    assert!(tree(&fixture.path(".git")).is_empty() && tree(&fixture.path("content/sub")).is_empty());
    assert_eq!(tree(&fixture.path("content")).len(), 1);
    assert!(run(&fixture, &["new", "policy", "Another", "--folder", "content/git-guide"]).status.success());
}

#[test]
fn a_portal_is_not_written_through_a_link_of_the_handbook() {
    let (fixture, outside) = handbook();
    let before = tree(outside.path());
    symlink(outside.path(), fixture.path("out")).unwrap();
    fs::write(fixture.path("clausebook.yaml"), format!("{SETTINGS}output: out/site\n")).unwrap();
    for arguments in
        [&["build"][..], &["build", "-o", "out"], &["build", "-o", "./out/site"], &["build", "-o", "out/a/b"]]
    {
        let output = run(&fixture, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", output_text(&output));
        assert!(output_text(&output).contains("symbolic link"), "{arguments:?}: {}", output_text(&output));
    }
    assert_eq!(tree(outside.path()), before);
    assert!(!outside.path().join("site").exists());
}
