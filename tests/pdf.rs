//! `clausebook pdf` without a browser, and with scripts in place of one.
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use support::{Fixture, policy};

fn handbook() -> Fixture {
    Fixture::new(&[
        ("content/a.md", &policy("POL-INC-001", "clauses: [8.6.1]\n", "See [the other](b.md).")),
        ("content/b.md", &policy("POL-CHG-001", "clauses: [8.5.1]\n", "Text.")),
        ("content/page.md", "---\ntype: page\ntitle: Words\n---\nText.\n"),
    ])
}

fn pdf(fixture: &Fixture, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("clausebook").expect("the binary");
    // Fake browsers are scripts, which need a shell's tools; there is no real browser in this path.
    command.current_dir(fixture.path("")).env("PATH", fixture.path("bin")).env_remove("CLAUSEBOOK_CHROMIUM");
    command.arg("pdf").args(arguments).output().expect("a run")
}

/// Installs a script as the browser.
fn install_browser(fixture: &Fixture, script: &str) {
    fixture.write("bin/chromium", &format!("#!/bin/sh\nexport PATH=/usr/bin:/bin\n{script}\n"));
    let file = fixture.path("bin/chromium");
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("it can be run");
}

/// A script that creates a PDF from its arguments.
const PRINTING_SCRIPT: &str = "for one in \"$@\"; do case $one in --print-to-pdf=*) out=${one#*=};; file://*) page=${one#file://};; \
                        --version) echo 'Chromium 156.0.1'; exit;; esac; done\n\
                        { echo '%PDF-1.4'; printf '%s\\n' \"$@\"; cat \"$page\"; } >\"$out\"";

fn output_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_missing_browser_is_reported_with_all_other_problems() {
    let fixture = handbook();
    let output = pdf(&fixture, &["POL-INC-01", "POL-CHG-001", "nothing-like-it", "--no-sandbox"]);
    assert_eq!(output.status.code(), Some(2));
    let text = output_text(&output);
    for sentence in [
        "no document has the ID `POL-INC-01`; did you mean `POL-INC-001`?",
        "no document has the ID `nothing-like-it`",
        "no Chromium found",
        "CLAUSEBOOK_CHROMIUM",
    ] {
        assert!(text.contains(sentence), "{text}");
    }
    let output = pdf(&fixture, &["--all", "--browser", "/nowhere/chrome", "--no-sandbox"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output_text(&output).contains("browser `/nowhere/chrome` not found"));
    assert!(!fixture.path("handbook.pdf").exists());
}

#[test]
fn one_thing_is_asked_for_at_a_time() {
    let fixture = handbook();
    for arguments in [&[][..], &["--all", "POL-CHG-001"], &["--all", "--group", "8.6"]] {
        assert_eq!(pdf(&fixture, arguments).status.code(), Some(2), "{arguments:?}");
    }
    let output = pdf(&fixture, &["--group", "8.7", "--no-sandbox"]);
    assert!(
        output_text(&output).contains("no group of clauses `8.7` has documents; did you mean"),
        "{}",
        output_text(&output)
    );
}

#[test]
fn the_browser_gets_pages_without_scripts_or_network() {
    let fixture = handbook();
    install_browser(&fixture, PRINTING_SCRIPT);
    let output = pdf(&fixture, &["POL-INC-001", "content/a.md", "content/page.md", "--no-sandbox", "-o", "out/new"]);
    assert_eq!(output.status.code(), Some(0), "{}", output_text(&output));
    let text = fs::read_to_string(fixture.path("out/new/POL-INC-001.pdf")).expect("the file");
    for option in ["--headless=new", "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer"]
    {
        assert!(text.contains(&format!("\n{option}\n")), "{option}");
    }
    assert!(!text.contains("<script") && !text.contains("href=\"b.html"));
    assert!(text.contains("<a class=\"to-document\" data-id=\"POL-CHG-001\">"), "a link names its document");
    assert!(fixture.path("out/new/page.pdf").is_file());
    assert_eq!(fs::read_dir(fixture.path("out/new")).expect("a folder").count(), 2, "each document once");
}

#[test]
fn one_document_is_written_to_the_named_file() {
    let fixture = handbook();
    install_browser(&fixture, PRINTING_SCRIPT);
    fixture.write("copy.pdf", "an older one");
    assert!(pdf(&fixture, &["POL-CHG-001", "--no-sandbox", "-o", "copy.pdf"]).status.success());
    assert!(fs::read_to_string(fixture.path("copy.pdf")).expect("the file").starts_with("%PDF-"));
    assert!(pdf(&fixture, &["--group", "8.6", "--no-sandbox"]).status.success());
    assert!(fs::read_to_string(fixture.path("8.6.pdf")).expect("the file").contains("POL-INC-001"));
    assert!(pdf(&fixture, &["--all", "--no-sandbox"]).status.success());
    let all = fs::read_to_string(fixture.path("handbook.pdf")).expect("the file");
    assert!(all.contains("POL-INC-001") && all.contains("POL-CHG-001"));
}

#[test]
fn a_long_handbook_is_printed_by_clause_group() {
    let fixture = handbook();
    install_browser(&fixture, PRINTING_SCRIPT);
    for number in 0..520 {
        let clause = if number < 200 { "8.6.1" } else { "9.2" };
        let text = policy(&format!("DOC-{number}"), &format!("clauses: [{clause}]\n"), "Text.");
        fixture.write(&format!("content/more/{number}.md"), &text);
    }
    let output = pdf(&fixture, &["--all", "--no-sandbox", "-o", "out"]);
    assert!(output.status.success(), "{}", output_text(&output));
    let mut names: Vec<_> = fs::read_dir(fixture.path("out"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert_eq!(names, ["8.5.pdf", "8.6-2.pdf", "8.6.pdf", "9-2.pdf", "9-3.pdf", "9.pdf"]);
    let texts: String =
        names.iter().map(|name| fs::read_to_string(fixture.path("out").join(name)).expect("text")).collect();
    for id in (0..520).map(|number| format!("<span class=\"id\">DOC-{number}</span>")) {
        assert!(texts.contains(&id), "{id}");
    }
}

#[test]
fn a_browser_that_fails_is_quoted_and_the_old_file_stays() {
    let fixture = handbook();
    fixture.write("POL-CHG-001.pdf", "an older one");
    let not_a_pdf = format!("echo 'no display' >&2; {}", PRINTING_SCRIPT.replace("%PDF", "%TXT"));
    for script in ["echo 'no display' >&2; exit 7", "echo 'no display' >&2", &not_a_pdf] {
        install_browser(&fixture, script);
        let output = pdf(&fixture, &["POL-CHG-001", "--no-sandbox"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            output_text(&output).contains("did not produce a PDF") && output_text(&output).contains("\n  no display"),
            "{}",
            output_text(&output)
        );
        assert_eq!(fs::read_to_string(fixture.path("POL-CHG-001.pdf")).expect("the file"), "an older one");
    }
}

#[test]
fn a_browser_that_hangs_is_ended_with_all_that_it_started() {
    let fixture = handbook();
    let pid = fixture.path("pid");
    install_browser(
        &fixture,
        &format!("case $1 in --version) exit;; esac\nsleep 300 & echo $! >'{}'\nwait", pid.display()),
    );
    let started = Instant::now();
    let output = pdf(&fixture, &["POL-CHG-001", "--no-sandbox", "--timeout", "1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output_text(&output).contains("did not finish within 1 second"), "{}", output_text(&output));
    assert!(started.elapsed() < Duration::from_secs(60));
    let child = fs::read_to_string(&pid).expect("what it started").trim().to_owned();
    let state = || fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
    let has_exited = || state().is_empty() || state().contains(") Z ");
    while !has_exited() && started.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(has_exited(), "{}", state());
}

/// The number of temporary files left by a command that ran with [`start_pdf`].
fn count_leftovers(fixture: &Fixture) -> usize {
    fs::read_dir(fixture.path("tmp")).expect("a folder").count()
}

/// Starts a command with its own folder for temporary files.
fn start_pdf(fixture: &Fixture, arguments: &[&str]) -> std::process::Child {
    fs::create_dir_all(fixture.path("tmp")).expect("a folder");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.current_dir(fixture.path("")).env("PATH", fixture.path("bin")).env_remove("CLAUSEBOOK_CHROMIUM");
    command.env("TMPDIR", fixture.path("tmp")).arg("pdf").args(arguments).arg("--no-sandbox");
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("it starts")
}

#[test]
fn the_time_limit_covers_making_the_pages_and_writing_the_files() {
    // Nobody reads the other end of the pipe, so writing to it would block forever.
    let fixture = handbook();
    install_browser(&fixture, PRINTING_SCRIPT);
    assert!(std::process::Command::new("mkfifo").arg(fixture.path("pipe")).status().expect("mkfifo").success());
    let output =
        start_pdf(&fixture, &["POL-CHG-001", "-o", "pipe", "--timeout", "1"]).wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(2), "{}", output_text(&output));
    assert!(
        output_text(&output).contains("did not finish within 1 second and was stopped"),
        "{}",
        output_text(&output)
    );
    assert_eq!(count_leftovers(&fixture), 0);
    // More pages than can be rendered in a second on any machine.
    let fixture = handbook();
    install_browser(&fixture, PRINTING_SCRIPT);
    let text = format!("```rust\n{}\n```\n", "fn f() { let x = \"y\"; }\n".repeat(2000));
    (0..200).for_each(|number| {
        fixture.write(&format!("content/{number}.md"), &policy(&format!("DOC-{number}"), "", &text))
    });
    let output = start_pdf(&fixture, &["--all", "--timeout", "1"]).wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(2), "{}", output_text(&output));
    assert!(
        output_text(&output).contains("this command did not finish within 1 second and was stopped"),
        "{}",
        output_text(&output)
    );
    assert_eq!((count_leftovers(&fixture), fixture.path("9.pdf").exists()), (0, false));
}

#[test]
fn one_slow_file_leaves_time_for_the_others() {
    let fixture = handbook();
    let slow = format!("case \"$*\" in *print-to-pdf*/a.html) sleep 300;; esac\n{PRINTING_SCRIPT}");
    install_browser(&fixture, &slow);
    let output = pdf(&fixture, &["POL-INC-001", "POL-CHG-001", "--no-sandbox", "--timeout", "12"]);
    assert_eq!(output.status.code(), Some(2));
    let text = output_text(&output);
    assert!(text.contains("`POL-INC-001.pdf` was not written: the browser did not finish within"), "{text}");
    assert!(fixture.path("POL-CHG-001.pdf").exists() && !fixture.path("POL-INC-001.pdf").exists());
}

#[test]
fn an_interrupted_command_leaves_no_browser_and_no_folder() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let fixture = handbook();
        let pid = fixture.path("pid");
        let script = format!("case $1 in --version) exit;; esac\nsleep 300 & echo $! >'{}'\nwait", pid.display());
        install_browser(&fixture, &script);
        let child = start_pdf(&fixture, &["POL-CHG-001", "POL-INC-001"]);
        let started = Instant::now();
        let is_written = || fs::read_to_string(&pid).is_ok_and(|text| text.ends_with('\n'));
        while !is_written() {
            assert!(started.elapsed() < Duration::from_secs(60), "the browser starts");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(
            std::process::Command::new("kill")
                .args([signal, &child.id().to_string()])
                .status()
                .expect("kill")
                .success()
        );
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(2), "{signal}: {}", output_text(&output));
        for name in ["POL-CHG-001", "POL-INC-001"] {
            assert!(
                output_text(&output).contains(&format!("`{name}.pdf` was not written: interrupted")),
                "{}",
                output_text(&output)
            );
            assert!(!fixture.path(&format!("{name}.pdf")).exists());
        }
        assert_eq!(count_leftovers(&fixture), 0, "{signal}");
        let browser = fs::read_to_string(&pid).expect("what it started").trim().to_owned();
        let state = || fs::read_to_string(format!("/proc/{browser}/stat")).unwrap_or_default();
        let has_exited = || state().is_empty() || state().contains(") Z ");
        while !has_exited() && started.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(has_exited(), "{signal}: {}", state());
    }
}

#[test]
fn an_old_browser_is_warned_of() {
    let fixture = handbook();
    install_browser(&fixture, &PRINTING_SCRIPT.replace("156.0.1", "120.0.1"));
    let output = pdf(&fixture, &["POL-CHG-001", "--no-sandbox"]);
    assert!(output.status.success() && output_text(&output).contains("version is 120"), "{}", output_text(&output));
}

#[test]
fn what_an_edition_withholds_is_not_printed() {
    let fixture = handbook();
    install_browser(&fixture, PRINTING_SCRIPT);
    fixture.write("clausebook.yaml", &format!("{}publish: {{up_to: internal}}\n", support::SETTINGS));
    fixture.write("content/secret.md", &policy("POL-SECRET", "classification: restricted\n", "Hidden."));
    fixture.write("content/b.md", &policy("POL-CHG-001", "classification: internal\n", "Shown."));
    let output = pdf(&fixture, &["POL-SECRET", "--no-sandbox"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output_text(&output).contains("no document has the ID `POL-SECRET`"));
    assert!(pdf(&fixture, &["--all", "--no-sandbox"]).status.success());
    let all = fs::read_to_string(fixture.path("handbook.pdf")).expect("the file");
    assert!(all.contains("Shown.") && !all.contains("Hidden.") && !all.contains("POL-SECRET"));
}
