//! The start of a preview: its address, the browser that it opens, and its first messages.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use crate::preview::{Preview, TIMEOUT, command, document, handbook, write};

/// Runs a preview that must fail to start, and returns its one-line error.
fn start_error(arguments: &[&str]) -> String {
    let folder = handbook();
    let Output { status, stdout, stderr } = command(folder.path(), arguments).output().unwrap();
    let error = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.as_slice()), (Some(2), &b""[..]), "{error}");
    assert_eq!(error.trim_end().lines().count(), 1, "{error}");
    error
}

#[test]
fn a_busy_port_is_reported_in_one_line() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    assert!(start_error(&["--port", &port.to_string()]).contains(&format!("port {port} is already in use")));
}

#[test]
fn without_a_port_the_next_free_one_is_taken() {
    let (first, second) = (Preview::start(handbook(), &[]), Preview::start(handbook(), &[]));
    assert_ne!(first.address, second.address);
    for preview in [&first, &second] {
        assert!(preview.address.ip().is_loopback());
        assert!((4020..=4070).contains(&preview.address.port()), "{}", preview.address);
        assert_eq!(preview.get("/").code, 200);
    }
    first.assert_no_warnings();
}

/// An address of this machine that others can reach, or the unspecified address if there is none.
fn own_address() -> IpAddr {
    let route = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
        // Nothing is sent: the operating system only selects the source address.
        socket.connect("192.0.2.200:9")?;
        socket.local_addr()
    });
    route.map_or(Ipv4Addr::UNSPECIFIED.into(), |address| address.ip())
}

#[test]
fn another_address_is_warned_of_and_answers_to_its_own_name_alone() {
    let host = own_address().to_string();
    let preview = Preview::start(handbook(), &["--host", &host]);
    let warning = preview.next_warning();
    assert!(warning.starts_with(&format!("warning: {host} can be reached from other machines")), "{warning}");
    assert!(warning.ends_with("can read the whole handbook, drafts included"), "{warning}");
    let code = |name: &str, headers: &str| {
        preview.send(&format!("GET / HTTP/1.1\r\nHost: {name}\r\n{headers}Connection: close\r\n\r\n")).code
    };
    let address = preview.address.to_string();
    assert_eq!(preview.page("/a/doc-1.html").matches("<p>Text.</p>").count(), 1);
    assert_eq!(code(&address, &format!("Origin: http://{address}\r\n")), 200);
    assert_eq!(code("localhost", ""), 200);
    assert_eq!(code(&address, "Origin: http://evil.example\r\n"), 403);
    for name in ["evil.example", "198.51.100.7", &format!("{address}.evil.example"), "0.0.0.0"] {
        assert_eq!(code(name, ""), 403, "{name}");
    }
}

#[test]
fn every_address_is_warned_of_too_and_the_address_printed_can_be_opened() {
    let preview = Preview::start(handbook(), &["--host", "0.0.0.0"]);
    assert!(preview.next_warning().contains("0.0.0.0 can be reached from other machines"));
    assert_eq!(preview.url, format!("http://localhost:{}/", preview.address.port()));
    assert_eq!(preview.get("/").code, 200);
}

#[test]
fn a_foreign_address_is_reported_in_one_line() {
    assert!(start_error(&["--host", "203.0.113.9"]).contains("cannot listen on 203.0.113.9:4020: "));
    let folder = handbook();
    let output = command(folder.path(), &["--host", "desk.example"]).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr.contains("'desk.example'") && stderr.contains("write an address of this machine"), "{stderr}");
    let preview = Preview::start(handbook(), &["--host", "localhost"]);
    assert_eq!(preview.address.ip(), Ipv4Addr::LOCALHOST);
}

#[cfg(target_os = "linux")]
#[test]
fn polling_sees_what_watching_sees_and_watches_nothing() {
    let preview = Preview::start(handbook(), &["--poll", "50"]);
    assert_eq!(preview.watch_count(), 0);
    preview.write("content/b/doc-7.md", &document(7, "Polled."));
    preview.wait_for_build();
    assert!(preview.page("/b/doc-7.html").contains("Polled."));
    fs::remove_file(preview.root().join("content/b/doc-7.md")).unwrap();
    preview.wait_for_build();
    assert_eq!(preview.get("/b/doc-7.html").code, 404);
    preview.assert_idle();
    preview.assert_no_warnings();
}

/// A fake desktop: a folder of scripts, each of which logs its name and arguments and exits with a code.
#[cfg(unix)]
fn desktop(programs: &[(&str, u8)]) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    for (name, code) in programs {
        let file = folder.path().join(name);
        let log = folder.path().join("opened").display().to_string();
        fs::write(&file, format!("#!/bin/sh\necho \"{name} $*\" >>'{log}'\nexit {code}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

/// A preview that should open a browser on the fake desktop.
#[cfg(unix)]
fn start_with_browser(folder: tempfile::TempDir, desktop: &Path, browser: Option<&str>) -> Preview {
    let mut command: Command = command(folder.path(), &["--open"]);
    command.env("PATH", desktop).env_remove("BROWSER");
    command.envs(browser.map(|browser| ("BROWSER", browser)));
    Preview::run(folder, command)
}

/// The programs that were started, once there are `count` of them.
#[cfg(unix)]
fn opened_addresses(desktop: &Path, count: usize) -> Vec<String> {
    let start = Instant::now();
    loop {
        let text = fs::read_to_string(desktop.join("opened")).unwrap_or_default();
        if text.lines().count() >= count {
            return text.lines().map(str::to_owned).collect();
        }
        assert!(start.elapsed() < TIMEOUT, "{text}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[cfg(unix)]
#[test]
fn the_browser_is_opened_once_at_the_address_that_is_printed() {
    let desktop = desktop(&[("xdg-open", 0), ("gio", 0), ("open", 0)]);
    let preview = start_with_browser(handbook(), desktop.path(), None);
    let first = opened_addresses(desktop.path(), 1);
    assert!(first[0].ends_with(&format!("open {}", preview.url)), "{first:?}");
    assert_eq!(preview.get("/").code, 200, "there is something to see");
    preview.write("content/a/doc-1.md", &document(1, "Again."));
    preview.wait_for_build();
    preview.assert_no_warnings();
    assert_eq!(opened_addresses(desktop.path(), 1), first, "it is opened once");
}

#[cfg(unix)]
#[test]
fn a_browser_that_the_user_names_comes_first_and_the_next_when_it_fails() {
    let desktop = desktop(&[("broken", 3), ("mine", 0), ("xdg-open", 0), ("open", 0)]);
    let preview = start_with_browser(handbook(), desktop.path(), Some("absent:broken:mine --new %s"));
    let expected = [format!("broken {}", preview.url), format!("mine --new {}", preview.url)];
    assert_eq!(opened_addresses(desktop.path(), 2), expected);
    preview.assert_no_warnings();
    assert_eq!(opened_addresses(desktop.path(), 2), expected, "no other is opened");
}

#[cfg(unix)]
#[test]
fn a_failure_to_open_a_browser_does_not_end_the_preview() {
    for programs in [&[][..], &[("xdg-open", 3), ("open", 1)]] {
        let desktop = desktop(programs);
        let preview = start_with_browser(handbook(), desktop.path(), None);
        let expected = format!("warning: could not open a browser; the preview is at {}", preview.url);
        assert_eq!(preview.next_warning(), expected);
        preview.write("content/a/doc-1.md", &document(1, "On it goes."));
        preview.wait_for_build();
        assert!(preview.page("/a/doc-1.html").contains("On it goes."));
        preview.assert_no_warnings();
    }
}

#[cfg(unix)]
#[test]
fn without_being_asked_no_browser_is_opened() {
    let desktop = desktop(&[("mine", 0), ("xdg-open", 0), ("open", 0)]);
    let folder = handbook();
    write(folder.path(), "content/a/doc-4.md", &document(4, "Text."));
    let mut command = command(folder.path(), &[]);
    command.env("PATH", desktop.path()).env("BROWSER", "mine");
    Preview::run(folder, command).assert_no_warnings();
    assert!(!desktop.path().join("opened").exists());
}
