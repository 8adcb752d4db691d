//! The main loop of a preview: listen, build, serve, and rebuild when something changes.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::address::{Address, AddressError};
use super::builder::{BuildFailure, BuildOptions, Builder, InspectionOutcome, NewSite, Outcome};
use super::current::CurrentGeneration;
use super::generation::Generation;
use super::report::Status;
use super::server;
use super::site::Site;
use super::watch::{WakeReason, Watch};
use crate::git::checkout;
use crate::project::Project;

/// The delay before a build is retried after something could not be read.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// The interval for checking whether a new day has begun.
const DAY_CHECK_INTERVAL: Duration = Duration::from_secs(60);
/// The time without a save before every page of a custom theme is inspected.
const INSPECTION_DELAY: Duration = Duration::from_millis(700);
/// The maximum number of viewed pages that are tried before a site with a custom theme is shown.
const MAX_VIEWED: usize = 8;

/// What to preview.
pub(crate) struct PreviewPlan {
    /// The handbook.
    pub(crate) project: Project,
    /// The inputs of a build from the command line.
    pub(crate) options: BuildOptions,
    /// Where to listen.
    pub(crate) address: Address,
    /// Poll the files at this interval instead of watching them.
    pub(crate) poll: Option<Duration>,
    /// The number of the first generation, which must be greater than any of an earlier run.
    pub(crate) first_generation: u64,
}

/// An event of the preview, for the caller to report.
pub(crate) enum PreviewEvent<'a> {
    /// The operating system refuses to watch, with its reason; files are polled instead.
    WatchRefused(&'a str),
    /// A build made a new generation.
    Built {
        /// The current generation.
        generation: &'a Generation,
        /// The number of pages.
        pages: usize,
        /// The time from noticing the change until the site is shown.
        took: Duration,
    },
    /// Every page was inspected, and there is more to report.
    Inspected {
        /// The current generation.
        generation: &'a Generation,
    },
    /// A build failed; the last good site is still shown.
    Failed {
        /// The error message.
        text: &'a str,
        /// Whether it is a report of problems with their lines rather than a sentence.
        is_report: bool,
    },
}

/// A preview that is listening but has not begun to build.
pub(crate) struct Preview {
    listener: TcpListener,
    address: SocketAddr,
    builder: Builder,
    poll: Option<Duration>,
    current: Arc<CurrentGeneration>,
}

impl Preview {
    /// Starts listening, so that a port in use is reported before any other work.
    ///
    /// # Errors
    /// If there is no port to listen on.
    pub(crate) fn prepare(plan: PreviewPlan) -> Result<Preview, AddressError> {
        let PreviewPlan { project, options: rules, address, poll, first_generation: first } = plan;
        let listener = address.listen()?;
        let bound = SocketAddr::new(address.host, address.port.unwrap_or_default());
        let address = listener.local_addr().map_err(|error| AddressError::Refused(bound, error))?;
        let stage = Arc::new(CurrentGeneration::new(Generation::empty(first, Status::default())));
        Ok(Preview { listener, address, builder: Builder::new(project, rules), poll, current: stage })
    }

    /// The address on which it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Builds, serves and rebuilds indefinitely. `report` is called after each step. Run this on a dedicated thread.
    pub(crate) fn run(self, report: &dyn Fn(PreviewEvent<'_>)) {
        let Preview { listener, builder, poll, current: stage, .. } = self;
        // Watching begins before the first build, so that changes during it are noticed.
        let mut watch: Watch = Watch::new(&builder, poll);
        report_refusal(&mut watch, report);
        let mut work =
            Worker { builder, current: stage, report, last_good: None, uninspected: None, needs_retry: false };
        work.build();
        let serving = work.current.clone();
        let server = std::thread::Builder::new().name("preview-accept".to_owned());
        let _server = server.spawn(move || server::serve(&listener, &serving));
        loop {
            match watch.wait(work.wait_time()) {
                WakeReason::Hint => {
                    checkout::wait_for_checkout(&work.builder.root());
                    watch.update(&work.builder);
                    report_refusal(&mut watch, report);
                    // Polling wakes up all the time, so a wake-up with nothing to build counts as a pause.
                    if !work.build() && watch.is_polling() {
                        work.inspect(&|| false);
                    }
                    watch.follow_links(&work.builder);
                }
                WakeReason::Time if work.uninspected.is_some() => work.inspect(&|| watch.has_hint()),
                // A file may become readable without a change being reported: permissions, or a file no longer locked.
                WakeReason::Time if work.needs_retry => {
                    watch.update(&work.builder);
                    work.build();
                    watch.follow_links(&work.builder);
                }
                WakeReason::Time if work.builder.has_day_changed() => drop(work.build()),
                WakeReason::Time => {}
            }
        }
    }
}

fn report_refusal(watch: &mut Watch, report: &dyn Fn(PreviewEvent<'_>)) {
    if let Some(reason) = watch.refusal() {
        report(PreviewEvent::WatchRefused(&reason));
    }
}

/// The state of the build thread.
struct Worker<'a> {
    builder: Builder,
    current: Arc<CurrentGeneration>,
    report: &'a dyn Fn(PreviewEvent<'_>),
    /// The last generation whose pages could all be rendered.
    last_good: Option<Arc<Generation>>,
    /// A site with a custom theme whose pages have not all been rendered yet.
    uninspected: Option<Arc<Site>>,
    /// Whether something could not be read or built, which may be temporary.
    needs_retry: bool,
}

impl Worker<'_> {
    /// The time to wait for changes before other work is due.
    fn wait_time(&self) -> Duration {
        match (self.uninspected.is_some(), self.needs_retry) {
            (true, _) => INSPECTION_DELAY,
            (_, true) => RETRY_DELAY,
            _ => DAY_CHECK_INTERVAL,
        }
    }

    /// Builds once and shows the result. Returns whether anything had changed.
    fn build(&mut self) -> bool {
        let start = Instant::now();
        let current = self.current.get();
        match self.builder.build(&current.viewed(MAX_VIEWED)) {
            Outcome::Unchanged => return false,
            Outcome::Built(NewSite { site, status, obsolete: gone }) => {
                self.needs_retry = status.has_unreadable();
                let next = Arc::new(current.next(site.clone(), status));
                let old = self.current.replace(next.clone());
                (self.report)(PreviewEvent::Built {
                    generation: &next,
                    pages: site.page_count(),
                    took: start.elapsed(),
                });
                self.uninspected = site.has_custom_theme().then_some(site);
                if self.uninspected.is_none() {
                    self.last_good = Some(next);
                }
                drop((old, current, gone));
            }
            Outcome::Failed(BuildFailure { status, text, is_report }) => {
                self.needs_retry = true;
                if status.problems != current.status.problems {
                    self.current.replace(Arc::new(current.with_status(status)));
                    (self.report)(PreviewEvent::Failed { text: &text, is_report });
                }
            }
        }
        true
    }

    /// Renders every page to check its references, and whether it can be rendered at all.
    fn inspect(&mut self, is_busy: &dyn Fn() -> bool) {
        let Some(site) = self.uninspected.take() else { return };
        let current = self.current.get();
        match self.builder.inspect(&site, is_busy) {
            InspectionOutcome::Interrupted => self.uninspected = Some(site),
            InspectionOutcome::Nothing => self.last_good = Some(current),
            InspectionOutcome::More(status) => {
                let next = Arc::new(current.with_status(status));
                self.current.replace(next.clone());
                (self.report)(PreviewEvent::Inspected { generation: &next });
                self.last_good = Some(next);
            }
            InspectionOutcome::Failed(BuildFailure { mut status, text, is_report }) => {
                let last_good = self.last_good.as_ref().unwrap_or(&current);
                status.snapshot.clone_from(&last_good.status.snapshot);
                self.current.replace(Arc::new(current.revert_to(last_good, status)));
                (self.report)(PreviewEvent::Failed { text: &text, is_report });
            }
        }
    }
}
