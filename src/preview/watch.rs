//! Detection of possible changes.
//!
//! A report by the operating system is only a hint: some are about reading, and some changes are reported twice or in
//! part. The receiver of a hint must check the files themselves. If the operating system refuses to report, files are
//! polled.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, EventHandler, RecommendedWatcher, Watcher};

use super::builder::Builder;
use super::folders::{FolderWatcher, WatchList, canonical, describe_error, is_final};
use crate::config::SETTINGS_FILE;
use crate::source;

/// The time to wait for another hint. Editors take less between the steps of a save, and an additional build costs less
/// than a longer wait.
const QUIET_PERIOD: Duration = Duration::from_millis(50);
/// The maximum time that a hint is held back.
const MAX_WAIT: Duration = Duration::from_millis(500);
/// The default polling interval if files cannot be watched.
const POLL_INTERVAL: Duration = Duration::from_millis(1000);

/// A hint for the build thread. Of several hints, the greatest counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hint {
    /// Something may have changed.
    Change,
    /// Changes were lost, perhaps including a new folder to watch.
    Lost,
    /// A folder cannot be watched, with the reason.
    Refused(String),
}

/// Notices changes by watching or polling; `W` is the watcher of the operating system.
pub(super) struct Watch<W = RecommendedWatcher> {
    hints: Receiver<Hint>,
    sender: Sender<Hint>,
    /// `None` if files are polled.
    folders: Option<FolderWatcher<W>>,
    linked: BTreeSet<PathBuf>,
    refusal: Option<String>,
    interval: Duration,
    /// A hint that arrived while nobody was waiting.
    pending_hint: Cell<Option<Hint>>,
}

/// What ended a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WakeReason {
    /// Something may have changed.
    Hint,
    /// The time passed without a hint.
    Time,
}

impl<W: Watcher> Watch<W> {
    /// Begins to watch what `builder` reads, or to poll it at the interval `poll`.
    pub(super) fn new(builder: &Builder, poll: Option<Duration>) -> Watch<W> {
        let (sender, hints) = mpsc::channel();
        let (linked, interval) = (linked_folders(builder), poll.unwrap_or(POLL_INTERVAL));
        let mut watch =
            Watch { hints, sender, folders: None, linked, refusal: None, interval, pending_hint: Cell::new(None) };
        if poll.is_none() {
            match FolderWatcher::new(reporter(builder.output(), watch.sender.clone())) {
                Ok(folders) => watch.folders = Some(folders),
                Err(reason) => watch.refuse(reason),
            }
        }
        watch.update(builder);
        watch
    }

    /// Returns once why the operating system refuses to watch; from then on, files are polled.
    pub(super) fn refusal(&mut self) -> Option<String> {
        self.refusal.take()
    }

    /// Whether files are polled, so that every wait ends with a hint.
    pub(super) fn is_polling(&self) -> bool {
        self.folders.is_none()
    }

    /// Waits up to `timeout` until it is time to check for changes.
    pub(super) fn wait(&mut self, timeout: Duration) -> WakeReason {
        let Some(folders) = &mut self.folders else {
            std::thread::sleep(self.interval);
            return WakeReason::Hint;
        };
        // The watch itself holds a sender, so receiving can only fail by timing out.
        let first = self.pending_hint.take().or_else(|| self.hints.recv_timeout(timeout).ok());
        match first.map(|hint| coalesce(&self.hints, hint)) {
            None => return WakeReason::Time,
            Some(Hint::Change) => {}
            Some(Hint::Lost) => folders.forget(),
            Some(Hint::Refused(why)) => self.refuse(why),
        }
        WakeReason::Hint
    }

    /// Whether a hint is available, so that the next wait returns immediately.
    pub(super) fn has_hint(&self) -> bool {
        let early = self.pending_hint.take().or_else(|| self.hints.try_recv().ok());
        let has_early_hint = early.is_some();
        self.pending_hint.set(early);
        has_early_hint
    }

    /// Watches new folders. Call this before checking the files, so that later changes are noticed.
    pub(super) fn update(&mut self, builder: &Builder) {
        let Some(folders) = &mut self.folders else { return };
        let single = self.linked.iter().cloned().chain([builder.root()]).collect();
        if let Err(reason) = folders.update(&WatchList { recursive: builder.folders(), single }) {
            self.refuse(reason);
        }
    }

    /// Watches the targets of new links. Call this after checking the files, which does not need to wait for it. The
    /// targets may have changed in the meantime, so another check follows.
    pub(super) fn follow_links(&mut self, builder: &Builder) {
        if self.folders.is_none() {
            return;
        }
        let linked = linked_folders(builder);
        if linked != self.linked {
            self.linked = linked;
            self.update(builder);
            // The watch itself holds the receiver, so sending cannot fail.
            let _ = self.sender.send(Hint::Change);
        }
    }

    fn refuse(&mut self, reason: String) {
        self.refusal = Some(reason);
        self.folders = None;
    }
}

/// Further folders, on whose content the targets of symbolic links among the files depend.
fn linked_folders(builder: &Builder) -> BTreeSet<PathBuf> {
    let root = builder.root();
    let mut paths = builder.folders();
    paths.push(root.join(SETTINGS_FILE));
    source::linked_folders(&root, &paths, &[builder.output()])
}

/// Converts reports of the operating system to hints.
fn reporter(output: PathBuf, hints: Sender<Hint>) -> impl EventHandler {
    let output = canonical(&output);
    move |event: notify::Result<Event>| {
        let hint = match event {
            Ok(event) if event.need_rescan() => Hint::Lost,
            Ok(event) if is_relevant(&event, &output) => Hint::Change,
            Ok(_) => return,
            Err(error) if is_final(&error) => Hint::Refused(describe_error(&error)),
            Err(_) => Hint::Change,
        };
        // The receiver is dropped when the program ends.
        let _ = hints.send(hint);
    }
}

/// Whether an event may concern a change of something that is read.
fn is_relevant(event: &Event, output: &Path) -> bool {
    let idle = matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)));
    let is_in_output = |path: &PathBuf| path.starts_with(output);
    !idle && (event.paths.is_empty() || !event.paths.iter().all(is_in_output))
}

/// Returns the greatest hint until no more arrive for a moment: saving many files is one change.
fn coalesce(hints: &Receiver<Hint>, first: Hint) -> Hint {
    let mut greatest = first;
    let end = Instant::now() + MAX_WAIT;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match hints.recv_timeout(QUIET_PERIOD.min(left)) {
            Ok(hint) => greatest = greatest.max(hint),
            Err(_) => return greatest,
        }
        if left.is_zero() {
            return greatest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::builder::BuildOptions;
    use super::*;
    use crate::assess::Clock;
    use crate::project::Project;
    use notify::event::{AccessKind, CreateKind, Flag, MetadataKind};
    use notify::{Config, ErrorKind, RecursiveMode, WatcherKind};
    use std::cell::RefCell;
    use std::fs;

    #[test]
    fn reading_and_output_are_not_changes() {
        let output = Path::new("/h/site");
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        assert!(is_relevant(&event(EventKind::Create(CreateKind::File), "/h/content/a.md"), output));
        assert!(!is_relevant(&event(EventKind::Access(AccessKind::Any), "/h/content/a.md"), output));
        let metadata = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        assert!(!is_relevant(&event(metadata, "/h/content/a.md"), output));
        assert!(!is_relevant(&event(EventKind::Create(CreateKind::File), "/h/site/a.html"), output));
        let both = event(EventKind::Modify(ModifyKind::Any), "/h/site/a.html").add_path("/h/content/a.md".into());
        assert!(is_relevant(&both, output));
    }

    #[test]
    fn many_hints_are_one_and_steady_ones_are_not_waited_for() {
        let (sender, receiver) = mpsc::channel();
        [Hint::Change, Hint::Lost, Hint::Change].into_iter().for_each(|hint| sender.send(hint).unwrap());
        let steady = std::thread::spawn(move || {
            (0..1000).all(|_| {
                std::thread::sleep(Duration::from_millis(20));
                sender.send(Hint::Change).is_ok()
            })
        });
        assert_eq!(coalesce(&receiver, Hint::Change), Hint::Lost, "the greatest of them");
        drop(receiver);
        assert!(!steady.join().unwrap(), "steady hints keep coming");
    }

    thread_local! {
        /// The requests to the watchers of this thread.
        static ASKED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
        /// The event handler of the last watcher.
        static HANDLER: RefCell<Option<Box<dyn EventHandler>>> = const { RefCell::new(None) };
    }

    const SHORT: Duration = Duration::from_millis(10);

    /// A watcher that refuses to watch more than `MAX` folders; if it is 0, it cannot be created.
    struct Limited<const MAX: usize>(usize);

    impl<const MAX: usize> Watcher for Limited<MAX> {
        fn new<F: EventHandler>(handler: F, _: Config) -> notify::Result<Self> {
            if MAX == 0 {
                return Err(notify::Error::io(std::io::Error::other("too many open files")));
            }
            HANDLER.replace(Some(Box::new(handler)));
            Ok(Limited(0))
        }

        fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
            self.0 += 1;
            ASKED.with_borrow_mut(|asked| asked.push(format!("{} {mode:?}", path.display())));
            if self.0 > MAX { Err(notify::Error::new(ErrorKind::MaxFilesWatch)) } else { Ok(()) }
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            self.0 -= 1;
            Ok(())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    fn handbook() -> (tempfile::TempDir, Builder) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(SETTINGS_FILE), "title: Small\n").unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        let day = "2026-11-22".parse().unwrap();
        let clock = Clock { as_of: day, warning_days: 30 };
        let rules = BuildOptions { theme: None, clock: Box::new(move |_| clock) };
        let builder = Builder::new(Project::find(Some(folder.path()), &[]).unwrap(), rules);
        (folder, builder)
    }

    /// The folders requested to be watched since the last call.
    fn asked(root: &Path) -> Vec<String> {
        let root = root.canonicalize().unwrap().display().to_string();
        ASKED.take().iter().map(|path| path.replace(&root, "")).collect()
    }

    #[test]
    fn a_system_that_cannot_watch_is_reported_once_and_polled() {
        let (_folder, builder) = handbook();
        let mut watch = Watch::<Limited<0>>::new(&builder, None);
        assert_eq!(watch.refusal().as_deref(), Some("too many open files"));
        assert_eq!(watch.refusal(), None);
        let start = Instant::now();
        assert_eq!(watch.wait(SHORT), WakeReason::Hint);
        assert!(start.elapsed() >= POLL_INTERVAL, "{:?}", start.elapsed());
    }

    #[test]
    fn a_folder_too_many_is_a_refusal_too_whenever_it_comes() {
        let (_folder, builder) = handbook();
        let mut watch = Watch::<Limited<1>>::new(&builder, None);
        assert_eq!(watch.refusal().as_deref(), Some("no more folders can be watched on this machine"));

        let mut watch = Watch::<Limited<9>>::new(&builder, None);
        assert_eq!(watch.refusal(), None);
        let full = || Err(notify::Error::new(ErrorKind::MaxFilesWatch));
        HANDLER.with_borrow_mut(|handler| handler.as_mut().unwrap().handle_event(full()));
        assert_eq!(watch.wait(SHORT), WakeReason::Hint);
        assert_eq!(watch.refusal().as_deref(), Some("no more folders can be watched on this machine"));
        assert!(watch.is_polling());
    }

    #[test]
    fn polling_that_was_asked_for_watches_nothing() {
        let (folder, builder) = handbook();
        let mut watch = Watch::<Limited<9>>::new(&builder, Some(Duration::from_millis(10)));
        assert_eq!(watch.wait(SHORT), WakeReason::Hint);
        watch.update(&builder);
        watch.follow_links(&builder);
        assert_eq!((watch.refusal(), asked(folder.path())), (None, Vec::new()));
    }

    #[test]
    fn folders_are_watched_once_and_rewatched_after_lost_events() {
        let (folder, builder) = handbook();
        let mut watch = Watch::<Limited<9>>::new(&builder, None);
        assert_eq!(asked(folder.path()), [" NonRecursive", "/content Recursive"]);
        fs::create_dir_all(folder.path().join("themes/own")).unwrap();
        watch.update(&builder);
        assert_eq!(asked(folder.path()), ["/themes Recursive"]);
        fs::remove_dir_all(folder.path().join("themes")).unwrap();
        watch.update(&builder);
        assert_eq!(asked(folder.path()), [""; 0]);
        let lost = Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan));
        HANDLER.with_borrow_mut(|handler| handler.as_mut().unwrap().handle_event(lost));
        assert_eq!(watch.wait(SHORT), WakeReason::Hint);
        watch.update(&builder);
        assert_eq!(asked(folder.path()), [" NonRecursive", "/content Recursive"]);
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_links_lead_to_are_watched_alone_and_looked_at_once_more() {
        let (folder, builder) = handbook();
        let root = folder.path();
        fs::create_dir_all(root.join("shared/texts")).unwrap();
        let mut watch = Watch::<Limited<9>>::new(&builder, None);
        asked(root);
        std::os::unix::fs::symlink("../shared/texts/a.md", root.join("content/a.md")).unwrap();
        watch.follow_links(&builder);
        assert_eq!(asked(root), ["/shared NonRecursive", "/shared/texts NonRecursive"]);
        assert!(watch.has_hint());
        assert_eq!(watch.wait(SHORT), WakeReason::Hint);
        watch.follow_links(&builder);
        assert!(!watch.has_hint(), "there is nothing new");
        assert_eq!(watch.wait(SHORT), WakeReason::Time);
        fs::write(root.join(SETTINGS_FILE), "title: Small\ncontent: shared\n").unwrap();
        watch.update(&builder);
        assert!(asked(root).contains(&"/shared Recursive".to_owned()), "with all that is below it");
    }
}
