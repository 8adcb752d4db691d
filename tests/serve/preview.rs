//! The program under test, and a client that sends exactly the given bytes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// Longer than anything takes on a busy machine.
pub const TIMEOUT: Duration = Duration::from_secs(40);
/// Longer than the preview waits before a check plus the time of a check without changes.
pub const QUIET_PERIOD: Duration = Duration::from_millis(1500);

/// A handbook with a running preview.
pub struct Preview {
    pub folder: tempfile::TempDir,
    /// The URL that the preview printed.
    pub url: String,
    pub address: SocketAddr,
    pub child: Child,
    lines: Receiver<String>,
    warnings: Receiver<String>,
}

/// An HTTP response.
#[derive(Debug)]
pub struct Response {
    pub code: u16,
    pub head: String,
    pub body: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A handbook with three documents.
pub fn handbook() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "clausebook.yaml", "title: Small\nas_of: 2026-11-22\n");
    for number in 1..=3 {
        write(folder.path(), &format!("content/a/doc-{number}.md"), &document(number, "Text."));
    }
    folder
}

pub fn document(number: usize, text: &str) -> String {
    format!(
        "---\nid: DOC-{number:03}\ntitle: Document {number}\ntype: policy\nstatus: approved\nversion: \"1\"\nowner: Desk\n\
         approver: Board\napproved: 2026-06-01\nclauses: [\"8.{number}\"]\n---\n\n{text}\n"
    )
}

pub fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Passes on lines from a separate thread.
fn lines(source: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

pub fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(["serve", "--source"]).arg(root).args(arguments).stdin(Stdio::null());
    command
}

impl Preview {
    pub fn start(folder: tempfile::TempDir, arguments: &[&str]) -> Preview {
        let command = command(folder.path(), arguments);
        Preview::run(folder, command)
    }

    /// Runs a command that starts a preview of the handbook in `folder`.
    pub fn run(folder: tempfile::TempDir, mut command: Command) -> Preview {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let warnings = lines(child.stderr.take().unwrap());
        let lines = lines(child.stdout.take().unwrap());
        let url = loop {
            let line = lines.recv_timeout(TIMEOUT).expect("the preview says where it is");
            if let Some(rest) = line.strip_prefix("Preview: ") {
                break rest.split(' ').next().unwrap().to_owned();
            }
        };
        let place = url.strip_prefix("http://").unwrap().trim_end_matches('/').replace("localhost", "127.0.0.1");
        let address = place.parse().unwrap();
        Preview { folder, url, address, child, lines, warnings }
    }

    /// The process id.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().to_path_buf()
    }

    pub fn write(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    /// The preview's message about the next build.
    pub fn wait_for_build(&self) -> String {
        self.lines.recv_timeout(TIMEOUT).expect("a build")
    }

    /// Asserts that nothing is built for a while.
    pub fn assert_idle(&self) {
        let line = self.lines.recv_timeout(QUIET_PERIOD);
        assert_eq!(line, Err(RecvTimeoutError::Timeout), "nothing is to be built");
    }

    /// The number of folders that the operating system watches for it.
    #[cfg(target_os = "linux")]
    pub fn watch_count(&self) -> usize {
        let opened = fs::read_dir(format!("/proc/{}/fdinfo", self.child.id())).unwrap();
        // A file that has just been closed cannot be read.
        let texts = opened.filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok());
        texts.map(|text| text.lines().filter(|line| line.starts_with("inotify ")).count()).sum()
    }

    /// The next line of the preview on standard error.
    pub fn next_warning(&self) -> String {
        self.warnings.recv_timeout(TIMEOUT).expect("a warning")
    }

    /// Asserts that the preview prints nothing on standard error for a while.
    pub fn assert_no_warnings(&self) {
        let warning = self.warnings.recv_timeout(QUIET_PERIOD);
        assert_eq!(warning, Err(RecvTimeoutError::Timeout), "nothing is wrong");
    }

    pub fn get(&self, path: &str) -> Response {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// The page at a path, which must exist.
    pub fn page(&self, path: &str) -> String {
        let response = self.get(path);
        assert_eq!(response.code, 200, "{path}");
        response.body
    }

    /// The status that the preview sends to a page.
    pub fn status(&self, page: &str, generation: u64) -> serde_json::Value {
        let response = self.get(&format!("/~preview/status?page={page}&generation={generation}"));
        serde_json::from_str(&response.body).unwrap()
    }

    pub fn generation(&self) -> u64 {
        self.status("/", 0)["generation"].as_u64().unwrap()
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        stream
    }

    pub fn send(&self, request: &str) -> Response {
        let mut stream = self.connect();
        // A server that refuses may close the connection before everything is written.
        let _ = stream.write_all(request.as_bytes());
        receive(stream)
    }
}

pub fn receive(mut stream: TcpStream) -> Response {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let code = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    Response { code, head: head.to_owned(), body: body.to_owned() }
}
