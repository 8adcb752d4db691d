//! Running a preview: listen, build, serve, and build again when something changed.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::address::{Address, AddressError};
use super::builder::{BuildFailure, Builder, Built, InspectionOutcome, Outcome, Rules};
use super::current::CurrentGeneration;
use super::generation::Generation;
use super::report::Status;
use super::server;
use super::site::Site;
use super::watch::{WakeReason, Watch};
use crate::git::checkout;
use crate::project::Project;

/// How soon a build is tried again after something could not be read.
const RETRY: Duration = Duration::from_secs(1);
/// How often it is checked whether a new day has begun.
const DAY_CHECK: Duration = Duration::from_secs(60);
/// How long nothing must be saved before every page of a theme of the handbook's own is looked at.
const PAUSE: Duration = Duration::from_millis(700);
/// With a theme of the handbook's own, so many of the pages that somebody looked at are tried out before a site is shown.
const MAX_VIEWED: usize = 8;

/// What to preview.
pub(crate) struct Plan {
    /// The handbook.
    pub(crate) project: Project,
    /// What a build takes from the command line.
    pub(crate) rules: Rules,
    /// Where to listen.
    pub(crate) address: Address,
    /// Look at the files this often instead of watching them.
    pub(crate) poll: Option<Duration>,
    /// The number of the first generation, which must be greater than any of an earlier run.
    pub(crate) first: u64,
}

/// What happens, for whoever runs the preview to tell.
pub(crate) enum Event<'a> {
    /// The system refuses to watch, and why: the files are looked at again and again.
    Unwatched(&'a str),
    /// A build made a new generation.
    Built {
        /// What is shown now.
        generation: &'a Generation,
        /// How many pages there are.
        pages: usize,
        /// From the moment that a change was taken up until it could be seen.
        took: Duration,
    },
    /// Every page was made, and what they refer to gave more to say.
    Looked {
        /// What is shown now.
        generation: &'a Generation,
    },
    /// A build failed; the last good site stays.
    Failed {
        /// What is wrong.
        text: &'a str,
        /// Whether it is problems with their lines rather than a sentence.
        is_report: bool,
    },
}

/// A preview that listens and has not begun to build.
pub(crate) struct Preview {
    listener: TcpListener,
    address: SocketAddr,
    builder: Builder,
    poll: Option<Duration>,
    stage: Arc<CurrentGeneration>,
}

impl Preview {
    /// Begins to listen, so that a port that is in use is known before anything else is done.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub(crate) fn prepare(plan: Plan) -> Result<Preview, AddressError> {
        let Plan { project, rules, address, poll, first } = plan;
        let listener = address.listen()?;
        let bound = SocketAddr::new(address.host, address.port.unwrap_or_default());
        let address = listener.local_addr().map_err(|error| AddressError::Refused(bound, error))?;
        let stage = Arc::new(CurrentGeneration::new(Generation::empty(first, Status::default())));
        Ok(Preview { listener, address, builder: Builder::new(project, rules), poll, stage })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Builds, serves, and builds again for ever; meant for a thread of its own. `tell` is called after each step.
    pub(crate) fn run(self, tell: &dyn Fn(Event<'_>)) {
        let Preview { listener, builder, poll, stage, .. } = self;
        // What changes while the first build runs must be noticed, so watching begins before it.
        let mut watch: Watch = Watch::begin(&builder, poll);
        report_refusal(&mut watch, tell);
        let mut work = Worker { builder, stage, tell, good: None, unseen: None, is_troubled: false };
        work.build();
        let serving = work.stage.clone();
        let server = std::thread::Builder::new().name("preview-accept".to_owned());
        let _server = server.spawn(move || server::serve(&listener, &serving));
        loop {
            match watch.wait(work.wait_time()) {
                WakeReason::Hint => {
                    checkout::wait_for(&work.builder.root());
                    watch.update(&work.builder);
                    report_refusal(&mut watch, tell);
                    // Who polls is woken all the time, and pauses when there is nothing to build.
                    if !work.build() && watch.is_polling() {
                        work.inspect(&|| false);
                    }
                    watch.follow_links(&work.builder);
                }
                WakeReason::Time if work.unseen.is_some() => work.inspect(&|| watch.has_hint()),
                // What could not be read may be readable again without any report of that: permissions, files left open.
                WakeReason::Time if work.is_troubled => {
                    watch.update(&work.builder);
                    work.build();
                    watch.follow_links(&work.builder);
                }
                WakeReason::Time if work.builder.is_another_day() => drop(work.build()),
                WakeReason::Time => {}
            }
        }
    }
}

fn report_refusal(watch: &mut Watch, tell: &dyn Fn(Event<'_>)) {
    if let Some(why) = watch.refusal() {
        tell(Event::Unwatched(&why));
    }
}

/// What the thread that builds works on.
struct Worker<'a> {
    builder: Builder,
    stage: Arc<CurrentGeneration>,
    tell: &'a dyn Fn(Event<'_>),
    /// The last generation all of whose pages could be made.
    good: Option<Arc<Generation>>,
    /// A site of a theme of the handbook's own, of which not every page was made yet.
    unseen: Option<Arc<Site>>,
    /// Something could not be read or built, which may pass.
    is_troubled: bool,
}

impl Worker<'_> {
    /// How long to wait for a report of changes before there is something else to do.
    fn wait_time(&self) -> Duration {
        match (self.unseen.is_some(), self.is_troubled) {
            (true, _) => PAUSE,
            (_, true) => RETRY,
            _ => DAY_CHECK,
        }
    }

    /// Builds once, and shows what came of it; whether anything did.
    fn build(&mut self) -> bool {
        let start = Instant::now();
        let shown = self.stage.shown();
        match self.builder.build(&shown.viewed(MAX_VIEWED)) {
            Outcome::Unchanged => return false,
            Outcome::Built(Built { site, status, gone }) => {
                self.is_troubled = status.has_unreadable();
                let next = Arc::new(shown.next(site.clone(), status));
                let old = self.stage.show(next.clone());
                (self.tell)(Event::Built { generation: &next, pages: site.pages(), took: start.elapsed() });
                self.unseen = site.is_own_theme().then_some(site);
                if self.unseen.is_none() {
                    self.good = Some(next);
                }
                drop((old, shown, gone));
            }
            Outcome::Failed(BuildFailure { status, text, is_report }) => {
                self.is_troubled = true;
                if status.problems != shown.status.problems {
                    self.stage.show(Arc::new(shown.with_status(status)));
                    (self.tell)(Event::Failed { text: &text, is_report });
                }
            }
        }
        true
    }

    /// Makes every page to see what it refers to, and whether it can be made at all.
    fn inspect(&mut self, is_busy: &dyn Fn() -> bool) {
        let Some(site) = self.unseen.take() else { return };
        let shown = self.stage.shown();
        match self.builder.inspect(&site, is_busy) {
            InspectionOutcome::Interrupted => self.unseen = Some(site),
            InspectionOutcome::Nothing => self.good = Some(shown),
            InspectionOutcome::More(status) => {
                let next = Arc::new(shown.with_status(status));
                self.stage.show(next.clone());
                (self.tell)(Event::Looked { generation: &next });
                self.good = Some(next);
            }
            InspectionOutcome::Failed(BuildFailure { mut status, text, is_report }) => {
                let good = self.good.as_ref().unwrap_or(&shown);
                status.known.clone_from(&good.status.known);
                self.stage.show(Arc::new(shown.revert_to(good, status)));
                (self.tell)(Event::Failed { text: &text, is_report });
            }
        }
    }
}
