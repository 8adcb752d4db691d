//! A build that is stopped at any moment leaves the old portal or the new one, and the next build cleans up.
#![cfg(unix)]

mod writing_support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clausebook::testing::site::write::{MANIFEST_NAME, OutputFolder, SourceFolders, WriteError};
use rayon::prelude::*;
use writing_support::{Handbook, names, put, tree};

/// The variable that names the folder to which the second process writes until it is killed.
const OUTPUT: &str = "CLAUSEBOOK_TEST_OUTPUT";

/// One of two alternating sites: a third of the files is the same in both, a third differs, and a third is in only one
/// of them.
fn site(turn: usize) -> BTreeMap<String, String> {
    let text = |number: usize| match number % 3 {
        0 => Some(format!("the same {number}")),
        1 => Some(format!("turn {turn} of {number}").repeat(500)),
        _ => (number % 2 == turn).then(|| format!("only {number}")),
    };
    let page = |number: usize| Some((format!("folder-{}/{number}.html", number % 9), text(number)?));
    (0..90).filter_map(page).collect()
}

fn write(output: &Path, turn: usize) -> Result<(), WriteError> {
    let sources = SourceFolders { handbook: Path::new("/nowhere"), folders: &[] };
    let writer = OutputFolder::claim(output, &sources)?.begin()?;
    site(turn).par_iter().try_for_each(|(path, text)| put(&writer, path, text))?;
    writer.finish().map(drop)
}

/// Not a test, but the second process.
#[test]
#[ignore = "started by the other tests, to be killed"]
fn write_until_killed() {
    let Some(output) = std::env::var_os(OUTPUT).map(PathBuf::from) else { return };
    for turn in 0.. {
        match write(&output, turn % 2) {
            Err(WriteError::Busy(_)) => {}
            written => written.unwrap(),
        }
    }
}

struct Killed(Child);

impl Killed {
    fn start(output: &Path) -> Killed {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["write_until_killed", "--exact", "--ignored"]).env(OUTPUT, output);
        Killed(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }

    fn kill(mut self) {
        assert!(self.0.try_wait().unwrap().is_none(), "a build failed");
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// The two sites on disk, with the user's files in them.
fn expected(prepare: impl Fn(&Handbook)) -> [BTreeMap<String, Vec<u8>>; 2] {
    [0, 1].map(|turn| {
        let handbook = Handbook::new();
        write(&handbook.path("site"), turn).unwrap();
        prepare(&handbook);
        tree(&handbook.path("site"))
    })
}

fn put_own_files(handbook: &Handbook) {
    fs::create_dir_all(handbook.site("own/empty")).unwrap();
    for name in ["CNAME", "own/notes.txt", "folder-5/own.txt"] {
        fs::write(handbook.site(name), "mine").unwrap();
    }
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let sites = expected(put_own_files);
    let handbook = Handbook::new();
    let mut stopped_half_way = 0;
    for round in 0..60_u64 {
        let output = handbook.path("site");
        write(&output, 0).unwrap();
        put_own_files(&handbook);
        let child = Killed::start(&output);
        wait_until(|| fs::read(output.join(MANIFEST_NAME)).is_ok_and(|bytes| bytes == sites[1][MANIFEST_NAME]));
        // The golden ratio spreads the moments evenly over 20 milliseconds.
        std::thread::sleep(Duration::from_micros(round * 12_361 % 20_000));
        child.kill();
        let files = tree(&output);
        assert!(sites.contains(&files), "round {round}: {:?}", files.keys());
        stopped_half_way += usize::from(!handbook.staging().is_empty());
        let turn = usize::from(round % 2 == 0);
        write(&output, turn).unwrap();
        assert_eq!(handbook.staging(), Vec::<PathBuf>::new());
        assert!(tree(&output) == sites[turn], "round {round}");
    }
    assert!(stopped_half_way > 0, "no build was ever stopped half-way: this test has seen nothing");
}

fn wait_until(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(60), "the other process does nothing");
        std::thread::yield_now();
    }
}

#[test]
fn a_first_build_that_is_stopped_leaves_nothing_or_the_site() {
    let sites = expected(|_| {});
    for round in 0..30_u64 {
        let handbook = Handbook::new();
        let output = handbook.path("site");
        let child = Killed::start(&output);
        wait_until(|| output.exists());
        std::thread::sleep(Duration::from_micros(round * 250));
        child.kill();
        let files = tree(&output);
        assert!(files.is_empty() || sites.contains(&files), "round {round}: {:?}", files.keys());
        write(&output, 1).unwrap();
        assert!(tree(&output) == sites[1]);
        assert_eq!(handbook.staging(), Vec::<PathBuf>::new());
    }
}

#[test]
fn while_the_other_process_lives_a_build_is_refused_and_afterwards_not() {
    let handbook = Handbook::new();
    let output = handbook.path("site");
    let child = Killed::start(&output);
    let mut refused = 0;
    wait_until(|| output.join(MANIFEST_NAME).exists());
    for _ in 0..200 {
        match write(&output, 0) {
            Err(WriteError::Busy(_)) => refused += 1,
            Err(error) => panic!("{error}"),
            Ok(()) => {}
        }
        std::thread::sleep(Duration::from_micros(50));
    }
    assert!(refused > 0, "the other process never held the output");
    child.kill();
    write(&output, 0).unwrap();
}

/// Possible contents of the staging folder after a stopped build.
struct Leftover {
    name: &'static str,
    make: fn(&Handbook, &Path),
    /// The files in it that the next build moves to the output.
    saved: &'static [&'static str],
}

const MARK: &str = "clausebook-staging.txt";

const LEFTOVERS: &[Leftover] = &[
    Leftover { name: "nothing yet", make: |_, staging| fs::remove_file(staging.join(MARK)).unwrap(), saved: &[] },
    Leftover { name: "only the mark", make: |_, _| {}, saved: &[] },
    Leftover {
        name: "half a site",
        make: |handbook, staging| {
            fs::create_dir_all(staging.join("building/a")).unwrap();
            fs::write(staging.join("building/a/page.html"), "new").unwrap();
            fs::hard_link(handbook.site("own.txt"), staging.join("building/own.txt")).unwrap();
        },
        saved: &[],
    },
    Leftover {
        name: "a whole site before the exchange",
        make: |handbook, staging| copy_site(handbook, &staging.join("ready")),
        saved: &[],
    },
    Leftover {
        name: "an old site, half taken away, with a file that came at the last moment",
        make: |handbook, staging| {
            copy_site(handbook, &staging.join("ready"));
            fs::create_dir(staging.join("ready/late")).unwrap();
            fs::write(staging.join("ready/late/own.txt"), "mine").unwrap();
            fs::remove_file(staging.join("ready/index.html")).unwrap();
        },
        saved: &["late/own.txt"],
    },
    Leftover {
        name: "the old site, renamed away",
        make: |handbook, staging| {
            copy_site(handbook, &staging.join("ready"));
            fs::rename(handbook.path("site"), staging.join("old")).unwrap();
        },
        saved: &[],
    },
    Leftover {
        name: "the old site, after the new one was renamed into its place",
        make: |handbook, staging| copy_site(handbook, &staging.join("old")),
        saved: &[],
    },
];

/// A portal with a user's file in it, and a staging folder with only its marker.
fn interrupted_build() -> (Handbook, PathBuf) {
    let handbook = Handbook::new();
    handbook.write(&[("index.html", "home")]);
    fs::write(handbook.site("own.txt"), "mine").unwrap();
    let staging = handbook.path(".site.clausebook-staging");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join(MARK), "").unwrap();
    (handbook, staging)
}

fn copy_site(handbook: &Handbook, to: &Path) {
    fs::create_dir(to).unwrap();
    for name in ["index.html", MANIFEST_NAME] {
        fs::copy(handbook.site(name), to.join(name)).unwrap();
    }
    fs::hard_link(handbook.site("own.txt"), to.join("own.txt")).unwrap();
}

#[test]
fn every_leftover_is_cleared_up_and_nothing_is_lost() {
    for leftover in LEFTOVERS {
        let (handbook, staging) = interrupted_build();
        (leftover.make)(&handbook, &staging);
        let summary = handbook.write(&[("index.html", "home")]);
        assert_eq!((summary.changed, summary.unchanged), (0, 1), "{}", leftover.name);
        let expected_names = [&["index.html"], leftover.saved, &["own.txt"]].concat();
        assert_eq!(names(&handbook.path("site")), expected_names, "{}", leftover.name);
        assert_eq!(fs::read(handbook.site("own.txt")).unwrap(), b"mine", "{}", leftover.name);
    }
}

#[test]
fn a_file_that_was_changed_since_is_not_replaced_by_an_old_one() {
    let (handbook, staging) = interrupted_build();
    copy_site(&handbook, &staging.join("ready"));
    fs::remove_file(handbook.site("own.txt")).unwrap();
    fs::write(handbook.site("own.txt"), "newer").unwrap();
    handbook.write(&[("index.html", "home")]);
    assert_eq!(fs::read(handbook.site("own.txt")).unwrap(), b"newer");
}

#[test]
fn foreign_files_in_the_staging_folder_are_kept() {
    let cases: [fn(&Path); 4] = [
        |staging| fs::write(staging.join("thesis.odt"), "").unwrap(),
        |staging| fs::rename(staging.join(MARK), staging.join("old")).unwrap(),
        |staging| {
            fs::remove_dir_all(staging).unwrap();
            fs::write(staging, "").unwrap();
        },
        |staging| {
            fs::rename(staging, staging.with_file_name("elsewhere")).unwrap();
            std::os::unix::fs::symlink("elsewhere", staging).unwrap();
        },
    ];
    for make in cases {
        let (handbook, staging) = interrupted_build();
        make(&staging);
        let before = tree(&handbook.path(""));
        let error = handbook.try_write(&[("index.html", "news")]).unwrap_err();
        assert!(error.to_string().ends_with("contains something else; move it elsewhere"), "{error}");
        assert_eq!(tree(&handbook.path("")), before);
    }
}
