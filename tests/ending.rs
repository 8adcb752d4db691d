//! Commands that are terminated, and full disks: existing files are unchanged, and nothing is left behind.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use support::{Fixture, policy, tree};

/// Hidden files and folders below a folder, as temporary ones would be.
fn hidden_files(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let names = entries.filter(|entry| entry.depth() > 0).map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.') && name != ".clausebook-manifest.json").collect()
}

#[test]
fn an_interrupted_build_leaves_the_old_portal_and_no_folder() {
    let fixture = Fixture::new(&[]);
    let text = "Words that take a while. ".repeat(400);
    for number in 0..300 {
        let id = format!("POL-AAA-{number:03}");
        fixture.write(&format!("content/{number}.md"), &policy(&id, "", &text));
    }
    fixture.build();
    let old = tree(&fixture.path("site"));
    fixture.write("content/new.md", &policy("POL-NEW-001", "", "New."));
    for signal in ["-INT", "-TERM", "-HUP"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.arg("build").current_dir(fixture.path("")).env("XDG_CACHE_HOME", fixture.path("cache"));
        let mut build = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (staging, start) = (fixture.path(".site.clausebook-staging"), Instant::now());
        while !staging.exists() {
            assert!(start.elapsed() < Duration::from_secs(60), "the build begins to write");
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(Command::new("kill").args([signal, &build.id().to_string()]).status().unwrap().success());
        let code = build.wait().unwrap().code();
        let stderr = std::io::read_to_string(build.stderr.take().unwrap()).unwrap();
        assert_eq!((code, stderr.contains("interrupted")), (Some(2), true), "{signal}: {stderr}");
        assert_eq!(hidden_files(&fixture.path("")), Vec::<String>::new(), "{signal}");
        assert!(tree(&fixture.path("site")) == old, "{signal}");
    }
    fixture.build();
    assert!(fixture.path("site/new.html").exists());
}

/// A handbook in which every document can be fixed automatically while it is a draft.
fn fixable_handbook(status: &str) -> Fixture {
    let fixture = Fixture::new(&[]);
    for number in 0..200 {
        let text = policy(&format!("POL-AAA-{number:03}"), "", "##Scope\n\nWords.");
        fixture.write(&format!("content/{number}.md"), &text.replace("status: approved", status));
    }
    fixture
}

/// Starts a command, sends it a signal once `has_begun` returns true, and waits for its end.
fn run_interrupted(fixture: &Fixture, arguments: &[&str], signal: &str, has_begun: impl Fn() -> bool) -> Output {
    fs::create_dir_all(fixture.path("../tmp")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(arguments).current_dir(fixture.path("")).env("XDG_CACHE_HOME", fixture.path("../cache"));
    command.env("TMPDIR", fixture.path("../tmp"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    while !has_begun() && child.try_wait().unwrap().is_none() {
        assert!(started.elapsed() < Duration::from_secs(120), "{arguments:?} begins");
        std::thread::yield_now();
    }
    let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
    child.wait_with_output().unwrap()
}

/// Whether a temporary file exists beside a document.
fn is_staged(fixture: &Fixture) -> bool {
    let names = fs::read_dir(fixture.path("content")).unwrap().filter_map(|entry| Some(entry.ok()?.file_name()));
    names.into_iter().any(|name| name.as_encoded_bytes().starts_with(b".clausebook-"))
}

#[test]
fn documents_that_are_being_changed_change_all_or_not_at_all() {
    let all: Vec<String> = (0..200).map(|number| format!("POL-AAA-{number:03}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let review = [&["review", "--by", "Lead"][..], &all].concat();
    for (status, arguments, changed) in
        [("status: draft", &["check", "--fix"][..], "## Scope"), ("status: approved", &review, "reviews:")]
    {
        for signal in ["-INT", "-TERM", "-HUP"] {
            let fixture = fixable_handbook(status);
            let before = tree(&fixture.path("content"));
            let output = run_interrupted(&fixture, arguments, signal, || is_staged(&fixture));
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(hidden_files(&fixture.path("content")), Vec::<String>::new(), "{signal} {status}: {stderr}");
            let after = tree(&fixture.path("content"));
            let is_changed = |text: &Vec<u8>| String::from_utf8_lossy(text).contains(changed);
            let count = after.values().filter(|text| is_changed(text)).count();
            assert!(count == 200 || after == before, "{signal} {status}: {count} of 200 changed; {stderr}");
        }
    }
}

#[test]
fn an_interrupted_comparison_leaves_no_copy_of_the_other_revision() {
    let fixture = fixable_handbook("status: draft");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        assert!(
            Command::new("git")
                .current_dir(fixture.path(""))
                .args(identity)
                .args(arguments)
                .status()
                .unwrap()
                .success()
        );
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "x"]);
    // An equal revision would not be copied.
    fixture.write("content/new.md", "---\ntype: page\n---\n\n# New\n");
    for signal in ["-INT", "-TERM", "-HUP"] {
        let folders = || fs::read_dir(fixture.path("../tmp")).map_or(0, Iterator::count);
        let output = run_interrupted(&fixture, &["check", "--base", "HEAD"], signal, || folders() > 0);
        assert_eq!((output.status.code(), folders()), (Some(2), 0), "{signal}");
    }
    // Fixing and comparing in one run both react to signals.
    let output = fixture.run(&["check", "--fix", "--base", "HEAD"]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() != Some(2) && stderr.contains("fixed "), "{stderr}");
}

#[test]
fn an_interrupted_preview_releases_its_port() {
    let fixture = fixable_handbook("status: draft");
    for signal in ["-INT", "-TERM", "-HUP"] {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.args(["serve", "--port", &port.to_string()]).current_dir(fixture.path(""));
        let mut preview = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let started = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(60), "the preview begins");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(Command::new("kill").args([signal, &preview.id().to_string()]).status().unwrap().success());
        assert_eq!(preview.wait().unwrap().code(), Some(0), "{signal}");
        assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok(), "{signal}");
        assert_eq!(hidden_files(&fixture.path("")), Vec::<String>::new(), "{signal}");
    }
}

/// Runs a script in which `$DISK` is a small disk with a handbook and `$BIN` the program. Returns `None` if no such
/// disk can be created.
fn run_on_small_disk(size: &str, script: &str) -> Option<(tempfile::TempDir, Output)> {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let document = policy("POL-AAA-001", "", &"A line of a policy.\n".repeat(100));
    fs::write(folder.path().join("a.md"), document).unwrap();
    let begin = format!(
        "mount -t tmpfs -o size={size} tmpfs \"$DISK\" || exit 77; mkdir \"$DISK/content\"; \
         printf 'title: Small\\nas_of: 2026-11-22\\n' > \"$DISK/clausebook.yaml\"; cp a.md \"$DISK/content/a.md\"; "
    );
    let mut unshare = Command::new("unshare");
    unshare.args(["--mount", "sh", "-c", &(begin + script)]).current_dir(folder.path());
    unshare.env("DISK", &disk).env("BIN", env!("CARGO_BIN_EXE_clausebook")).env("XDG_CACHE_HOME", folder.path());
    let output = unshare.output().ok()?;
    (!matches!(output.status.code(), Some(1 | 77))).then_some((folder, output))
}

#[test]
fn a_full_disk_changes_no_document() {
    // The rest of the disk is filled, so that not even a short text fits.
    let script = "cat /dev/zero > \"$DISK/filler\" 2>/dev/null; cp \"$DISK/content/a.md\" before; \
                  \"$BIN\" review POL-AAA-001 --by Lead --source \"$DISK\" 2> said; echo $? > code; \
                  cp \"$DISK/content/a.md\" after; ls -A \"$DISK/content\" > left; exit 0";
    let Some((folder, _)) = run_on_small_disk("64k", script) else { return };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("code"), "2\n", "{}", read("said"));
    assert!(read("said").contains("no space on its disk"), "{}", read("said"));
    assert_eq!(read("before"), read("after"));
    assert_eq!(read("left"), "a.md\n", "no temporary file is left");
}

#[test]
fn a_full_disk_leaves_no_half_of_a_portal() {
    let script = "\"$BIN\" build --source \"$DISK\" 2> said; echo $? > code; ls -A \"$DISK\" > left; exit 0";
    let Some((folder, _)) = run_on_small_disk("200k", script) else { return };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("code"), "2\n");
    assert!(read("said").contains("portal not written: no space on the disk"), "{}", read("said"));
    assert_eq!(read("left"), "clausebook.yaml\ncontent\n");
}

/// Has root run the program as a user without rights, who may write a document owned by another user.
#[test]
fn a_document_of_another_user_keeps_owner_and_text_on_a_full_disk() {
    let script = |fill: &str| {
        format!(
            "cp \"$BIN\" program; chmod 755 . program; chmod 777 \"$DISK\" \"$DISK/content\"; touch \"$DISK/content/b.md\"; \
             chown 4242:4343 \"$DISK/content/a.md\"; chmod 666 \"$DISK/content/a.md\"; cp \"$DISK/content/a.md\" before; {fill}; \
             setpriv --reuid=65534 --regid=65534 --clear-groups ./program review POL-AAA-001 --by Lead --source \"$DISK\" 2> said; \
             echo $? > code; cp \"$DISK/content/a.md\" after; stat -c '%u:%g %a' \"$DISK/content/a.md\" > owner; \
             ls -A \"$DISK/content\" > left; exit 0"
        )
    };
    for (fill, code, is_changed) in
        [("true", "0\n", true), ("cat /dev/zero > \"$DISK/filler\" 2>/dev/null", "2\n", false)]
    {
        let Some((folder, _)) = run_on_small_disk("96k", &script(fill)) else { return };
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("code"), code, "{}", read("said"));
        assert_eq!(read("owner"), "4242:4343 666\n");
        assert_eq!(read("before") != read("after"), is_changed);
        assert_eq!(read("after").contains("reviews:"), is_changed);
        assert_eq!(read("left"), "a.md\nb.md\n", "no temporary file is left");
    }
}
