//! Other users on this machine and pages of other sites cannot get anything from the preview or stop it.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::preview::{Preview, TIMEOUT, handbook};

fn request_status(preview: &Preview, method: &str, headers: &str) -> u16 {
    preview.send(&format!("{method} / HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).code
}

#[test]
fn only_pages_of_this_server_are_answered() {
    let preview = Preview::start(handbook(), &[]);
    for host in ["localhost", "localhost:1", "127.0.0.1", "[::1]:80"] {
        assert_eq!(request_status(&preview, "GET", &format!("Host: {host}\r\n")), 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "localhost@evil", ""] {
        assert_eq!(request_status(&preview, "GET", &format!("Host: {host}\r\n")), 403, "{host}");
    }
    assert_eq!(request_status(&preview, "GET", ""), 403);
    assert_eq!(request_status(&preview, "GET", "Host: localhost\r\nHost: evil.example\r\n"), 403);
    for (origin, code) in
        [("http://localhost:9", 200), ("http://evil.example", 403), ("null", 403), ("https://localhost", 403)]
    {
        assert_eq!(
            request_status(&preview, "GET", &format!("Host: localhost\r\nOrigin: {origin}\r\n")),
            code,
            "{origin}"
        );
    }
    for (from, mode, code) in [
        ("same-origin", "no-cors", 200),
        ("none", "navigate", 200),
        ("cross-site", "navigate", 200),
        ("cross-site", "no-cors", 403),
        ("cross-site", "cors", 403),
    ] {
        let head = format!("Host: localhost\r\nSec-Fetch-Site: {from}\r\nSec-Fetch-Mode: {mode}\r\n");
        assert_eq!(request_status(&preview, "GET", &head), code, "{from} {mode}");
    }
    assert!(!preview.get("/").head.to_lowercase().contains("access-control"));
}

#[test]
fn only_get_and_head_are_answered() {
    let preview = Preview::start(handbook(), &[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND"] {
        assert_eq!(request_status(&preview, method, "Host: localhost\r\n"), 405, "{method}");
    }
    let head = preview.send("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.code, head.body.as_str()), (200, ""));
    assert!(head.head.contains("Content-Length: ") && !head.head.contains("Content-Length: 0"));
}

#[test]
fn nothing_but_the_site_can_be_reached() {
    let preview = Preview::start(handbook(), &[]);
    let deep = "/../../../../../../../../etc/hostname";
    let encoded = [
        deep.to_owned(),
        deep.replace("..", "%2e%2e"),
        deep.replace("..", "%2E."),
        deep.replace('/', "%2f").replacen("%2f", "/", 1),
        deep.replace("..", "%252e%252e"),
        deep.replace('/', "\\").replacen('\\', "/", 1),
        deep.replace('/', "%5c").replacen("%5c", "/", 1),
        deep.replace("..", "..%00"),
        deep.replace("..", "%c0%ae%c0%ae"),
    ];
    let others = [
        "/../clausebook.yaml",
        "/content/a/doc-1.md",
        "/clausebook.yaml",
        "//etc/hostname",
        "/a/../index.html",
        "/%ff",
        "/a",
    ];
    for path in encoded.iter().map(String::as_str).chain(others) {
        assert_eq!(preview.get(path).code, 404, "{path}");
    }
    for path in ["/", "/index.html", "/%69ndex.html", "/owners/", "/a/doc-1.html?x=1"] {
        assert_eq!(preview.get(path).code, 200, "{path}");
    }
    assert!(preview.get("/none/at/all.html").body.contains("<base href=\"/\">"));
}

#[test]
fn answers_carry_what_keeps_a_browser_honest() {
    let preview = Preview::start(handbook(), &[]);
    let page = preview.get("/");
    for header in [
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'",
        "Content-Type: text/html; charset=utf-8",
    ] {
        assert!(page.head.contains(header), "{header} is missing in\n{}", page.head);
    }
    assert!(preview.get("/assets/portal.css").head.contains("Content-Type: text/css"));
    assert!(preview.get("/~preview/preview.js").head.contains("Content-Type: text/javascript"));
    let tag = page.head.lines().find_map(|line| line.strip_prefix("ETag: ")).unwrap();
    assert_eq!(request_status(&preview, "GET", &format!("Host: localhost\r\nIf-None-Match: {tag}\r\n")), 304);
}

#[test]
fn too_long_and_malformed_requests_are_refused() {
    let preview = Preview::start(handbook(), &[]);
    assert_eq!(preview.get(&format!("/{}", "a".repeat(9_000))).code, 431);
    let header = format!("Host: localhost\r\nX: {}\r\n", "b".repeat(40_000));
    assert_eq!(request_status(&preview, "GET", &header), 431);
    let many = format!("Host: localhost\r\n{}", "X: y\r\n".repeat(200));
    assert_eq!(request_status(&preview, "GET", &many), 431);
    assert_eq!(preview.send("nonsense\r\n\r\n").code, 400);
    assert_eq!(preview.send("GET / HTTP/1.1\r\nHost : localhost\r\n\r\n").code, 400);
    // The apparent second request is the body of the first, and is never answered.
    let smuggled = "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 45\r\n\r\nGET /a/doc-1.html HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert_eq!(preview.send(smuggled).body.matches("HTTP/1.1 200").count(), 0);
    assert_eq!(preview.get("/").code, 200);
}

#[test]
fn one_connection_serves_several_requests() {
    let preview = Preview::start(handbook(), &[]);
    let mut stream = preview.connect();
    let request = |path: &str, rest: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{rest}\r\n");
    let both = request("/assessment.json", "") + &request("/a/doc-1.html", "Connection: close\r\n");
    stream.write_all(both.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 2);
}

#[test]
fn idle_and_slow_clients_do_not_keep_others_out() {
    let preview = Preview::start(handbook(), &[]);
    let idle: Vec<_> = (0..50).map(|_| preview.connect()).collect();
    let start = Instant::now();
    assert_eq!(preview.get("/").code, 200);
    assert!(start.elapsed() < TIMEOUT, "idle clients are sent away after a minute");
    let slow: Vec<_> = (0..300)
        .map(|_| {
            let mut stream = preview.connect();
            stream.write_all(b"GET / HT").unwrap();
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(preview.get("/").code, 200);
    assert!(start.elapsed() < Duration::from_secs(5), "slow clients are sent away after five seconds");
    drop((idle, slow));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_while_a_client_is_connected() {
    let mut preview = Preview::start(handbook(), &[]);
    let idle_connection = preview.connect();
    let id = preview.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = preview.child.try_wait().unwrap() {
            break status;
        }
        assert!(start.elapsed() < TIMEOUT, "it waits for the idle client");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(status.code(), Some(0));
    drop(idle_connection);
}

#[test]
fn an_attachment_runs_nothing_and_is_not_one_of_our_pages() {
    let folder = handbook();
    let page = "<!DOCTYPE html><html><head><title>x</title></head><body><script>alert(1)</script></body></html>";
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    let links = "---\ntype: page\n---\n\n[p](page.html) [j](tool.js) ![d](flow.svg) [f](form.pdf)\n";
    for (path, text) in
        [("page.html", page), ("flow.svg", drawing), ("tool.js", "alert(1)"), ("form.pdf", "%PDF-1.7"), ("x.md", links)]
    {
        crate::preview::write(folder.path(), &format!("content/a/{path}"), text);
    }
    let preview = Preview::start(folder, &[]);
    for (path, text) in [("page.html", page), ("flow.svg", drawing), ("tool.js", "alert(1)")] {
        let response = preview.get(&format!("/a/{path}"));
        assert_eq!((response.code, response.body.as_str()), (200, text), "without our script in it");
        assert!(response.head.contains("Content-Security-Policy: sandbox; default-src 'none'"), "{}", response.head);
        assert_eq!(response.head.matches("Content-Security-Policy").count(), 1);
    }
    // Chromium does not show PDF files in a sandbox.
    assert!(!preview.get("/a/form.pdf").head.contains("sandbox"));
    let own_page = preview.get("/a/doc-1.html");
    assert!(own_page.head.contains("script-src 'self'") && own_page.body.contains("preview.js?generation="));
}

#[cfg(target_os = "linux")]
#[test]
fn large_attachments_are_not_held() {
    const SIZE: usize = 200 * 1024 * 1024;
    let folder = handbook();
    crate::preview::write(folder.path(), "content/a/x.md", "---\ntype: page\n---\n\n[the film](film.mp4)\n");
    let film = std::fs::File::create(folder.path().join("content/a/film.mp4")).unwrap();
    film.set_len(SIZE as u64).unwrap();
    let preview = Preview::start(folder, &[]);
    let mut stream = preview.connect();
    stream.write_all(b"GET /a/film.mp4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut sent = Vec::new();
    stream.read_to_end(&mut sent).unwrap();
    assert!(sent.len() > SIZE && sent.starts_with(b"HTTP/1.1 200"), "{}", sent.len());
    drop(sent);
    let status = std::fs::read_to_string(format!("/proc/{}/status", preview.process_id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: usize = peak.split_whitespace().next().unwrap().parse().unwrap();
    assert!(kilobytes < SIZE / 1024, "{kilobytes} kB");
}
