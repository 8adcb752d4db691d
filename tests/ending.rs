//! Commands that are told to end, and disks that are full: what was there stays as it was, and nothing is left behind.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use support::{Fixture, policy, tree};

/// Hidden files and folders below a folder, which is where temporary ones would be.
fn hidden(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let names = entries.filter(|entry| entry.depth() > 0).map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.') && name != ".clausebook-manifest.json").collect()
}

#[test]
fn a_build_that_is_told_to_end_leaves_the_old_portal_and_no_folder() {
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
        let (staging, began) = (fixture.path(".site.clausebook-staging"), Instant::now());
        while !staging.exists() {
            assert!(began.elapsed() < Duration::from_secs(60), "the build begins to write");
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(Command::new("kill").args([signal, &build.id().to_string()]).status().unwrap().success());
        let code = build.wait().unwrap().code();
        let said = std::io::read_to_string(build.stderr.take().unwrap()).unwrap();
        assert_eq!((code, said.contains("interrupted")), (Some(2), true), "{signal}: {said}");
        assert_eq!(hidden(&fixture.path("")), Vec::<String>::new(), "{signal}");
        assert!(tree(&fixture.path("site")) == old, "{signal}");
    }
    fixture.build();
    assert!(fixture.path("site/new.html").exists());
}

/// Runs a script in which `$DISK` is a small disk with a handbook, and `$BIN` the program; `None` where none can be made.
fn on_small_disk(size: &str, script: &str) -> Option<(tempfile::TempDir, Output)> {
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
    // What is left of the disk is filled, so that not even a short text has room.
    let script = "cat /dev/zero > \"$DISK/filler\" 2>/dev/null; cp \"$DISK/content/a.md\" before; \
                  \"$BIN\" review POL-AAA-001 --by Lead --source \"$DISK\" 2> said; echo $? > code; \
                  cp \"$DISK/content/a.md\" after; ls -A \"$DISK/content\" > left; exit 0";
    let Some((folder, _)) = on_small_disk("64k", script) else { return };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("code"), "2\n", "{}", read("said"));
    assert!(read("said").contains("no space on its disk"), "{}", read("said"));
    assert_eq!(read("before"), read("after"));
    assert_eq!(read("left"), "a.md\n", "no temporary file is left");
}

#[test]
fn a_full_disk_leaves_no_half_of_a_portal() {
    let script = "\"$BIN\" build --source \"$DISK\" 2> said; echo $? > code; ls -A \"$DISK\" > left; exit 0";
    let Some((folder, _)) = on_small_disk("200k", script) else { return };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("code"), "2\n");
    assert!(read("said").contains("portal not written: no space on the disk"), "{}", read("said"));
    assert_eq!(read("left"), "clausebook.yaml\ncontent\n");
}
