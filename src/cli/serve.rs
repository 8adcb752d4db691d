//! `clausebook serve`: a live preview of the handbook for its author.
//!
//! Nothing is written to disk. Settings, a catalogue or a theme that cannot be used do not end the preview: it shows
//! the problem, keeps the last good site, and continues once the problem is fixed. It runs until it is interrupted, and
//! then ends with exit code 0; if the port is not available, it ends with 2.

use std::cell::Cell;
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::build::refusal_failure;
use super::{CommandResult, DateArgument, Failure, SourceArgument, desktop, output};
use crate::preview::{Address, BuildOptions, Change, Generation, Preview, PreviewEvent, PreviewPlan};
use crate::report::{count_noun, without_controls};

/// Arguments of `clausebook serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: SourceArgument,
    /// Port to listen on [default: first free port from 4020]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Address to listen on; any address other than loopback makes the handbook visible on the network
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_parser = host)]
    host: IpAddr,
    /// Open the preview in a browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    date: DateArgument,
    /// Theme: the name of a folder in themes/ [default: theme in the settings]
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Show one of the editions defined in the settings
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Poll for changes at this interval, in milliseconds, instead of watching files (for network shares and
    /// containers)
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(10..=3_600_000))]
    poll: Option<u64>,
}

/// Parses an address of this machine.
fn host(text: &str) -> Result<IpAddr, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse()
        .map_err(|_| "write an address of this machine as a number: 127.0.0.1, ::1, or 0.0.0.0 for all".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let (stop, stopped) = mpsc::channel();
    let interrupted = stop.clone();
    // The receiver lives until the program ends.
    ctrlc::set_handler(move || {
        let _ = interrupted.send(());
    })?;
    let preview = Preview::prepare(plan(arguments)?)?;
    let url = url(&preview);
    warn_if_public(arguments.host);
    let open = arguments.open;
    let work = move || {
        let so_far = PreviewProgress::default();
        preview.run(&|event| print_event(&event, &url, &so_far, open));
        let _ = stop.send(());
    };
    std::thread::Builder::new().name("preview-build".to_owned()).spawn(work)?;
    // Ending this thread ends the program, even in the middle of a build.
    let _ = stopped.recv();
    Ok(ExitCode::SUCCESS)
}

fn plan(arguments: &Arguments) -> Result<PreviewPlan, Failure> {
    let project = arguments.source.edition(arguments.edition.as_deref())?;
    if arguments.edition.is_some() {
        // Report an unknown name at once; whatever happens to the settings later, the preview continues.
        project.settings().map_err(refusal_failure)?;
    }
    let date = arguments.date;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(PreviewPlan {
        project,
        options: BuildOptions { theme: arguments.theme.clone(), clock: Box::new(move |settings| date.clock(settings)) },
        address: Address { host: arguments.host, port: arguments.port },
        poll: arguments.poll.map(Duration::from_millis),
        first_generation: now.as_secs(),
    })
}

fn url(preview: &Preview) -> String {
    let address = preview.address();
    match address.ip() {
        ip if ip.is_unspecified() => format!("http://localhost:{}/", address.port()),
        _ => format!("http://{address}/"),
    }
}

fn warn_if_public(host: IpAddr) {
    if !host.to_canonical().is_loopback() {
        output::note(&format!(
            "warning: {host} can be reached from other machines: everybody who can reach it can read the whole handbook, \
             drafts included"
        ));
    }
}

/// What a preview has reported so far.
#[derive(Default)]
struct PreviewProgress {
    /// Whether a build succeeded.
    is_built: Cell<bool>,
    /// Whether the address was printed.
    is_announced: Cell<bool>,
}

/// Prints an event, one line each; the first time, also the address of the preview.
fn print_event(event: &PreviewEvent<'_>, url: &str, so_far: &PreviewProgress, open: bool) {
    let text = match event {
        PreviewEvent::WatchRefused(why) => {
            output::note(&format!("warning: cannot watch for changes ({why}); checking files every second instead"));
            return;
        }
        PreviewEvent::Built { generation, pages, took } => {
            so_far.is_built.set(true);
            build_line(generation, *pages, *took)
        }
        PreviewEvent::Inspected { generation } => theme_line(generation),
        PreviewEvent::Failed { text, is_report } => {
            if *is_report {
                output::note(text)
            } else {
                output::error(text)
            }
            match so_far.is_built.get() {
                true => "showing the last successful build until this is fixed\n".to_owned(),
                false => "nothing can be shown until this is fixed\n".to_owned(),
            }
        }
    };
    // A terminal that has gone away is not a reason to end.
    let _ = output::print(&text);
    if !so_far.is_announced.replace(true) {
        let _ = output::print(&format!("Preview: {url} (press Ctrl-C to stop)\n"));
        if open {
            open_browser(url);
        }
    }
}

fn build_line(generation: &Generation, pages: usize, took: Duration) -> String {
    let Some(snapshot) = &generation.status.snapshot else { return String::new() };
    let figures = snapshot.facts.assessment.figures;
    let Change { files, gained, lost, new, resolved: gone } = &generation.status.change;
    let mut parts =
        vec![format!("{} of {} clauses covered{}", figures.units_covered, figures.units, figures.items_clause())];
    let describe = |what: &str, clauses: &[String]| format!("{what} {}", first_names(clauses));
    parts.extend((!gained.is_empty()).then(|| describe("gained", gained)));
    parts.extend((!lost.is_empty()).then(|| describe("lost", lost)));
    let findings = snapshot.findings().count();
    let change_note = match (new.len(), gone.len()) {
        (0, 0) => String::new(),
        (new, gone) => format!(" ({new} new, {gone} fixed)"),
    };
    parts.push(format!("{}{change_note}", count_noun(findings, "finding")));
    let what = if files.is_empty() { count_noun(pages, "page") } else { first_names(files) };
    format!("{what}: {}; {:.0} ms\n", parts.join(", "), took.as_secs_f64() * 1000.0)
}

fn theme_line(generation: &Generation) -> String {
    let finding_count = generation.status.snapshot.as_ref().map_or(0, |snapshot| snapshot.site_findings.findings.len());
    match finding_count {
        0 => "all pages: no broken references in the theme\n".to_owned(),
        1 => "all pages: 1 finding in the theme\n".to_owned(),
        many => format!("all pages: {many} findings in the theme\n"),
    }
}

/// The first few of several names.
fn first_names(names: &[String]) -> String {
    const MAX_NAMES: usize = 3;
    let listed =
        names[..names.len().min(MAX_NAMES)].iter().map(|name| without_controls(name)).collect::<Vec<_>>().join(", ");
    if names.len() > MAX_NAMES { format!("{listed} and {} more", names.len() - MAX_NAMES) } else { listed }
}

/// Opens the preview in the browser; only warns if that fails.
fn open_browser(url: &str) {
    let url = url.to_owned();
    let work = move || {
        if !desktop::open(&url) {
            output::note(&format!("warning: could not open a browser; the preview is at {url}"));
        }
    };
    if let Err(error) = std::thread::Builder::new().name("preview-open".to_owned()).spawn(work) {
        output::note(&format!("warning: no browser could be opened: {error}"));
    }
}
