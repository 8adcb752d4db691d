//! The preview when the operating system really refuses to watch: in a separate namespace with low limits. If no
//! namespace can be created, the tests are ignored with a message.

#[path = "serve/preview.rs"]
#[expect(dead_code, reason = "the other tests of the preview use the rest")]
mod preview;

use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use preview::{Preview, command, document, handbook};

fn main() -> ExitCode {
    let trial = |name, run: fn()| Trial::ignorable_test(name, move || play(run));
    let trials = vec![
        trial("a system that watches nothing is told of once, and every change is seen", nothing),
        trial("a folder too many that comes later is told of, and every change is seen", later),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn play(run: fn()) -> Result<Completion, Failed> {
    let mut probe = limited("max_inotify_instances", 0);
    match probe.arg("true").stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => {
            run();
            Ok(Completion::Completed)
        }
        _ => Ok(Completion::ignored_with("unshare cannot make a name space of users here")),
    }
}

/// Prepares a command that runs with its own limit.
fn limited(name: &str, limit: usize) -> Command {
    let mut unshare = Command::new("unshare");
    let script = format!("echo {limit} >/proc/sys/user/{name} && exec \"$@\"");
    unshare.args(["--user", "--map-root-user", "sh", "-c", &script, "sh"]);
    unshare
}

fn start(name: &str, limit: usize) -> Preview {
    let folder = handbook();
    let preview = command(folder.path(), &[]);
    let mut command = limited(name, limit);
    command.arg(preview.get_program()).args(preview.get_args()).stdin(Stdio::null());
    Preview::run(folder, command)
}

fn assert_sees(preview: &Preview, path: &str, number: usize) {
    for text in ["First.", "Second."] {
        preview.write(&format!("content/{path}.md"), &document(number, text));
        preview.wait_for_build();
        assert!(preview.page(&format!("/{path}.html")).contains(text));
    }
}

fn nothing() {
    let preview = start("max_inotify_instances", 0);
    let warning = preview.next_warning();
    assert!(warning.starts_with("warning: cannot watch for changes (Too many open files"), "{warning}");
    assert!(warning.ends_with("; checking files every second instead"), "{warning}");
    assert_sees(&preview, "a/doc-1", 1);
    assert_sees(&preview, "new/folder/doc-9", 9);
    preview.assert_idle();
    preview.assert_no_warnings();
}

fn later() {
    // Enough for the root folder, content and content/a.
    let preview = start("max_inotify_watches", 3);
    preview.assert_no_warnings();
    assert_sees(&preview, "a/doc-1", 1);
    preview.write("content/new/folder/doc-9.md", &document(9, "Zero."));
    let expected = "warning: cannot watch for changes (no more folders can be watched on this machine); \
                    checking files every second instead";
    assert_eq!(preview.next_warning(), expected);
    preview.wait_for_build();
    assert_sees(&preview, "new/folder/doc-9", 9);
    assert_sees(&preview, "a/doc-2", 2);
    preview.assert_no_warnings();
}
