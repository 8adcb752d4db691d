//! Running a preview: listen, build, serve, and build again when something changed.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use super::address::{Address, AddressError};
use super::builder::{Builder, Built, Failed, Outcome, Rules};
use super::generation::Generation;
use super::report::Status;
use super::server;
use super::stage::Stage;
use super::watch::{Folders, Hint, Woken, wait};
use crate::project::Project;

/// How often the files are looked at where they cannot be watched and nothing else was said.
const POLL: Duration = Duration::from_millis(1000);
/// How often it is checked whether a new day has begun.
const DAY_CHECK: Duration = Duration::from_secs(60);

/// What to preview.
pub struct Plan {
    /// The handbook.
    pub project: Project,
    /// What a build takes from the command line.
    pub rules: Rules,
    /// Where to listen.
    pub address: Address,
    /// Look at the files this often instead of watching them.
    pub poll: Option<Duration>,
    /// The number of the first generation, which must be greater than any of an earlier run.
    pub first: u64,
}

/// How changes are noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watching {
    /// The system reports them.
    Folders,
    /// The files are looked at again and again, as was asked for.
    Polling,
    /// The same, because the system refused to report changes; and why.
    Refused(String),
}

/// What happens, for whoever runs the preview to tell.
pub enum Event<'a> {
    /// Watching had to be replaced.
    Watching(&'a Watching),
    /// A build made a new generation.
    Built {
        /// What is shown now.
        generation: &'a Generation,
        /// How many pages there are.
        pages: usize,
        /// From the moment that a change was taken up until it could be seen.
        took: Duration,
    },
    /// A build failed; the last good site stays.
    Failed(&'a str),
}

/// A preview that listens and has not begun to build.
pub struct Preview {
    listener: TcpListener,
    address: SocketAddr,
    builder: Builder,
    poll: Option<Duration>,
    stage: Arc<Stage>,
}

impl Preview {
    /// Begins to listen, so that a port that is in use is known before anything else is done.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub fn prepare(plan: Plan) -> Result<Preview, AddressError> {
        let Plan { project, rules, address, poll, first } = plan;
        let listener = address.listen()?;
        let bound = SocketAddr::new(address.host, address.port.unwrap_or_default());
        let address = listener.local_addr().map_err(|error| AddressError::Refused(bound, error))?;
        let stage = Arc::new(Stage::new(Generation::empty(first, Status::default())));
        Ok(Preview { listener, address, builder: Builder::new(project, rules), poll, stage })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Builds, serves, and builds again for ever; meant for a thread of its own. `tell` is called after each step.
    pub fn run(self, tell: &dyn Fn(Event<'_>)) {
        let Preview { listener, mut builder, poll, stage, .. } = self;
        // What changes while the first build runs must be noticed, so watching begins before it.
        let mut watch = Watch::begin(&builder, poll);
        if let Watching::Refused(_) = watch.watching {
            tell(Event::Watching(&watch.watching));
        }
        step(&mut builder, &stage, tell);
        let serving = stage.clone();
        let server = std::thread::Builder::new().name("preview-accept".to_owned());
        let _server = server.spawn(move || server::serve(&listener, &serving));
        while watch.wait(&builder) {
            watch.update(&builder.folders(), tell);
            step(&mut builder, &stage, tell);
        }
    }
}

/// Builds once, and shows what came of it.
fn step(builder: &mut Builder, stage: &Stage, tell: &dyn Fn(Event<'_>)) {
    let start = Instant::now();
    let shown = stage.shown();
    match builder.build() {
        Outcome::Unchanged => {}
        Outcome::Built(Built { site, status, pages }) => {
            let next = Arc::new(shown.next(site, status));
            let old = stage.show(next.clone());
            tell(Event::Built { generation: &next, pages, took: start.elapsed() });
            drop(old);
        }
        Outcome::Failed(Failed { status, text }) => {
            if status.faults != shown.status.faults {
                stage.show(Arc::new(shown.failed(status)));
                tell(Event::Failed(&text));
            }
        }
    }
}

/// Notices changes, one way or the other.
struct Watch {
    hints: Receiver<Hint>,
    /// Kept so that the receiver of hints never sees an end.
    _sender: mpsc::Sender<Hint>,
    folders: Option<Folders>,
    watching: Watching,
    interval: Duration,
}

impl Watch {
    fn begin(builder: &Builder, poll: Option<Duration>) -> Watch {
        let (sender, hints) = mpsc::channel();
        let mut watch = Watch {
            hints,
            _sender: sender.clone(),
            folders: None,
            watching: Watching::Polling,
            interval: poll.unwrap_or(POLL),
        };
        if poll.is_none() {
            let watched = Folders::watch(&builder.root(), builder.output(), sender).and_then(|mut folders| {
                folders.update(&builder.folders())?;
                Ok(folders)
            });
            match watched {
                Ok(folders) => (watch.folders, watch.watching) = (Some(folders), Watching::Folders),
                Err(error) => watch.watching = Watching::Refused(error.to_string()),
            }
        }
        watch
    }

    /// Waits until it is time to look; false when nothing can come any more.
    fn wait(&self, builder: &Builder) -> bool {
        if self.folders.is_none() {
            std::thread::sleep(self.interval);
            return true;
        }
        loop {
            match wait(&self.hints, DAY_CHECK) {
                Woken::Hint => return true,
                Woken::Time if builder.is_another_day() => return true,
                Woken::Time => {}
                Woken::End => return false,
            }
        }
    }

    /// Watches folders that came; goes over to polling when the system refuses.
    fn update(&mut self, folders: &[PathBuf], tell: &dyn Fn(Event<'_>)) {
        let Some(watched) = &mut self.folders else { return };
        if let Err(error) = watched.update(folders) {
            self.watching = Watching::Refused(error.to_string());
            self.folders = None;
            tell(Event::Watching(&self.watching));
        }
    }
}
