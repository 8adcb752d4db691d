//! `clausebook serve`: the time from a save to the new page, compared with a clean build and with `hugo server`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::CLAUSEBOOK;
use super::build::build_command;
use crate::generator::Plan;
use crate::hugo;
use crate::measure::report::{Figure, Report};
use crate::measure::stage::Stage;

/// The number of edits of each kind.
const EDITS: usize = 20;
/// The seconds that the preview waits for further changes, which do not count against targets.
const BATCH_DELAY: f64 = 0.05;
/// The maximum duration of an edit as a share of a build.
const MAX_EDIT_SHARE: f64 = 0.1;
/// Longer than any edit takes to appear.
const MAX_WAIT: Duration = Duration::from_secs(120);
/// The port of `hugo server`.
const HUGO_PORT: u16 = 41_313;

/// Runs the experiment.
///
/// # Errors
/// If a program cannot be run, or an edit does not appear.
pub fn run(stage: &Stage) -> Result<Report> {
    let build = build_time(stage)?;
    let mut figures = measure_preview(stage, build)?;
    if let Some(binary) = &stage.setup.hugo {
        let hugo = measure_hugo(stage, binary)?;
        let preview_median = figures.first().map_or(0.0, |figure| figure.value.median);
        let bodies = Figure::new("hugo server, from a save to the page, waits included", hugo, "s");
        let ratio =
            Figure::new("from a save of a text to the page against hugo server", preview_median / hugo, "times")
                .at_most(0.5, stage.size.documents == 1_000);
        figures.extend([bodies, ratio]);
    }
    Ok(Report { figures, ..Report::default() })
}

fn build_time(stage: &Stage) -> Result<f64> {
    let output = stage.path("site-of-build");
    let mut times = Vec::new();
    for _ in 0..stage.runs.min(3) {
        times.push(stage.measure(&build_command(&stage.handbook(), &output))?.wall);
        fs::remove_dir_all(&output)?;
    }
    Ok(quantile(&mut times, 0.5))
}

fn measure_preview(stage: &Stage, build: f64) -> Result<Vec<Figure>> {
    let start = Instant::now();
    let server = Server::clausebook(&stage.handbook())?;
    server.fetch("/")?;
    let first = start.elapsed().as_secs_f64();
    let documents = Documents::new(stage.handbook().join("content"), stage.size.documents);
    let bodies = measure_edits(&server, &documents, Edit::Body)?;
    let fronts = measure_edits(&server, &documents, Edit::FrontMatter)?;
    let ratio = |name, value: f64, at_most| Figure::new(name, value / build, "builds").at_most(at_most, true);
    Ok(vec![
        Figure::new("from a save of a text to the page, waits included", bodies.median, "s"),
        ratio("from a save of a text to the page", bodies.median - BATCH_DELAY, MAX_EDIT_SHARE),
        ratio(
            "from a save of a text to the page, the slowest but one of twenty",
            bodies.percentile_95 - BATCH_DELAY,
            2.0 * MAX_EDIT_SHARE,
        ),
        ratio("from a save of front matter to the page", fronts.median - BATCH_DELAY, 2.0 * MAX_EDIT_SHARE),
        ratio("from the start of a preview to the first page", first, 1.2),
        Figure::new("peak memory of a preview", server.peak_memory() / 1e6, "MB")
            .at_most(1_200.0, stage.size.documents >= 10_000),
    ])
}

fn measure_hugo(stage: &Stage, binary: &Path) -> Result<f64> {
    let site = stage.path("hugo");
    if !site.is_dir() {
        hugo::write_site(&site, stage.size.documents)?;
    }
    let server = Server::hugo(binary, &site)?;
    let documents = Documents::new(site.join("content"), stage.size.documents);
    Ok(measure_edits(&server, &documents, Edit::Body)?.median)
}

/// The part of a document to edit.
#[derive(Clone, Copy)]
enum Edit {
    Body,
    FrontMatter,
}

/// Seconds from a save until the page is updated.
struct Times {
    median: f64,
    percentile_95: f64,
}

fn measure_edits(server: &Server, documents: &Documents, edit: Edit) -> Result<Times> {
    let mut times = Vec::new();
    for number in 0..EDITS {
        let document = documents.pick(number);
        let old = fs::read_to_string(&document)?;
        let (mark, text) = match edit {
            Edit::Body => (format!("Text number {number}."), format!("{old}\nText number {number}.\n")),
            Edit::FrontMatter => {
                (format!("Title number {number}"), toggle_status(&old, &format!("Title number {number}")))
            }
        };
        // Earlier work must not be part of the measurement.
        std::thread::sleep(Duration::from_millis(300));
        let start = Instant::now();
        fs::write(&document, text)?;
        server.wait_for(&documents.address(&document), &mark)?;
        times.push(start.elapsed().as_secs_f64());
    }
    let slow = quantile(&mut times, 0.95);
    Ok(Times { median: quantile(&mut times, 0.5), percentile_95: slow })
}

/// The document as a draft, or approved again, with another title: its claims no longer count, or count again.
fn toggle_status(text: &str, mark: &str) -> String {
    let draft = text.contains("\nstatus: draft\n");
    let (from, to) = if draft { ("draft", "approved") } else { ("approved", "draft") };
    let text = text.replacen(&format!("\nstatus: {from}\n"), &format!("\nstatus: {to}\n"), 1);
    let lines =
        text.lines().map(|line| if line.starts_with("title: ") { format!("title: {mark}") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = ((values.len() as f64 * share) as usize).min(values.len().saturating_sub(1));
    values.get(at).copied().unwrap_or_default()
}

/// Documents to edit.
struct Documents {
    content: PathBuf,
    plan: Plan,
}

impl Documents {
    fn new(content: PathBuf, documents: usize) -> Documents {
        Documents { content, plan: Plan::new(documents) }
    }

    /// One of many documents, far from the previous one.
    fn pick(&self, number: usize) -> PathBuf {
        let documents = &self.plan.documents;
        self.content.join(documents[number * 7_919 % documents.len()].path())
    }

    fn address(&self, document: &Path) -> String {
        let path = document.strip_prefix(&self.content).unwrap_or(document).with_extension("");
        format!("/{}.html", path.display())
    }
}

/// A server that runs until it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; either way it is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn clausebook(handbook: &Path) -> Result<Server> {
        let mut command = Command::new(CLAUSEBOOK);
        command.args(["serve", "--source"]).arg(handbook).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines().map_while(Result::ok);
        let line = lines.find_map(|line| line.strip_prefix("Preview: http://").map(str::to_owned));
        let address = line.and_then(|line| line.split('/').next().map(str::to_owned)).context("no address")?;
        // Its output must be read, or it would eventually block.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Server { child, address })
    }

    fn hugo(binary: &Path, site: &Path) -> Result<Server> {
        let mut command = Command::new(binary);
        command.args(["server", "--quiet", "--buildFuture", "--disableFastRender=false", "--source"]).arg(site);
        command.arg("--port").arg(HUGO_PORT.to_string()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Server { child: command.spawn()?, address: format!("127.0.0.1:{HUGO_PORT}") };
        server.wait_for("/", "<html")?;
        Ok(server)
    }

    fn fetch(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(MAX_WAIT))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Requests a page until it contains a text.
    fn wait_for(&self, path: &str, text: &str) -> Result<()> {
        let start = Instant::now();
        while !self.fetch(path).is_ok_and(|page| page.contains(text)) {
            ensure!(start.elapsed() < MAX_WAIT, "{path} never shows `{text}`");
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    /// Its peak memory, in bytes.
    fn peak_memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kibibytes.unwrap_or_default() * 1024.0
    }
}
