//! The architecture of the code: which room may use which, how large functions and files may be, and the consistency of
//! its documentation.
//!
//! ARCHITECTURE.md explains the rooms. A room is a top-level module in `src/`, either a file or a folder.

mod arrows;
mod complete;
mod groups;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use arrows::Arrow;
use source::{File, files};

/// The floors, lowest first. A room may only use rooms on lower floors.
const FLOORS: &[&[&str]] = &[
    &[
        "archive",
        "cache",
        "colour",
        "compressed_text",
        "date",
        "difference",
        "language",
        "memory",
        "path",
        "place",
        "platform",
        "text",
    ],
    &["fix", "html", "id", "name", "program", "url"],
    &["edit", "finding", "git", "pandoc", "placeholder", "spelling"],
    &["diagram", "highlight", "yaml"],
    &["register"],
    &["source", "standard"],
    &["config", "markdown", "suggest"],
    &["handbook"],
    &["assess", "history"],
    &["rules"],
    &["project"],
    &["judge"],
    &["chronicle"],
    &["report", "starter"],
    &["adopt", "browser", "import", "site"],
    &["preview"],
    &["cli"],
];

/// Files that expose the library and do not belong to a room.
const ROOF: &[&str] = &["lib", "main", "testing"];

/// Rooms whose files form small groups, and the maximum size of a cycle.
const GROUPED_ROOMS: &[&str] = &["site", "preview", "yaml", "markdown"];
const MAX_CYCLE_FILES: usize = 4;

/// Where files may be read: rooms, and folders and files of rooms that write and check what they replace.
const READERS: &[&str] = &[
    "browser",
    "edit",
    "git",
    "history",
    "memory",
    "pandoc",
    "platform",
    "project",
    "site/write",
    "source",
    "cli/output",
];

/// Calls that read a file, a folder or their metadata. Other rooms may still ask whether a path exists.
const READ_CALLS: &[&str] = &[
    "fs::read(",
    "fs::read_to_string(",
    "fs::read_dir(",
    "fs::read_link(",
    "fs::metadata(",
    "fs::symlink_metadata(",
    "File::open(",
    "OpenOptions::new(",
    "WalkDir::new(",
    ".read_dir()",
];

/// Caches of threads that only repeat what would be computed again.
const THREAD_CACHES: &[&str] = &["LINE_CACHE", "SYNTAX_CACHE"];

const MAX_FUNCTION_LINES: usize = 40;
const MAX_FUNCTION_LINES_P90: usize = 20;
const MAX_FILE_LINES: usize = 400;
const MAX_COMMENT_LINE_CHARS: usize = 120;

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The arrows to a floor that is not lower, as sentences.
fn upward_arrows(files: &[File]) -> Vec<String> {
    let rooms = files.iter().filter(|file| !ROOF.contains(&file.room()));
    let wrong = |arrow: &Arrow| arrow.from != arrow.to && floor(&arrow.to) >= floor(&arrow.from);
    let sentence = |arrow: Arrow| {
        let Arrow { from, to, path, line } = arrow;
        format!("{path}:{line}: `{from}` uses `{to}`, which is not on a lower floor")
    };
    rooms.flat_map(arrows::find_all).filter(wrong).map(sentence).collect()
}

#[test]
fn rooms_depend_only_on_lower_floors() {
    let wrong = upward_arrows(&files("src"));
    assert!(wrong.is_empty(), "arrows that point up:\n{}", wrong.join("\n"));
}

#[test]
fn an_arrow_that_points_up_is_found_wherever_it_stands() {
    for text in [
        "use crate::cli::run;\n",
        "use crate::{place::Span, cli};\n",
        "fn f() {\n    crate::cli::run();\n}\n",
        "use crate::{\n    place::Span,\n    site::{theme::{Theme}},\n};\n",
    ] {
        let file = File { path: "src/yaml/node.rs".to_owned(), text: text.to_owned() };
        assert_eq!(upward_arrows(&[file]).len(), 1, "{text}");
    }
    let tests = "#[cfg(test)]\nmod tests {\n    use crate::cli::run;\n}\n";
    let file = File { path: "src/yaml/node.rs".to_owned(), text: tests.to_owned() };
    assert!(upward_arrows(&[file]).is_empty(), "tests may look at everything");
}

#[test]
fn every_room_is_on_one_floor() {
    let rooms: BTreeSet<String> = files("src").iter().map(|file| file.room().to_owned()).collect();
    let rooms: BTreeSet<&str> = rooms.iter().map(String::as_str).filter(|room| !ROOF.contains(room)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    FLOORS.iter().flat_map(|floor| floor.iter()).for_each(|room| *counts.entry(room).or_default() += 1);
    for room in &rooms {
        assert_eq!(counts.get(room), Some(&1), "`{room}` needs a place on one floor: tests/architecture/main.rs");
    }
    let missing: Vec<&&str> = counts.keys().filter(|room| !rooms.contains(*room)).collect();
    assert!(missing.is_empty(), "floors name rooms that are gone: {missing:?}");
}

#[test]
fn architecture_md_describes_exactly_the_rooms_there_are() {
    let text = fs::read_to_string("ARCHITECTURE.md").expect("ARCHITECTURE.md");
    let (_, table) = text.split_once("## Rooms\n").expect("a section `Rooms`");
    let table = table.split("\n## ").next().unwrap_or_default();
    let row = |line: &str| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    let described: Vec<String> = table.lines().filter_map(row).collect();
    let floors: Vec<Option<usize>> = described.iter().map(|room| floor(room)).collect();
    let higher = floors.windows(2).position(|pair| pair[0] > pair[1]).map(|at| &described[at]);
    assert_eq!(higher, None, "ARCHITECTURE.md lists this room before one on a lower floor");
    let described_once: BTreeSet<&str> = described.iter().map(String::as_str).collect();
    let rooms: BTreeSet<&str> = FLOORS.iter().flat_map(|floor| floor.iter().copied()).collect();
    let missing: Vec<_> = rooms.difference(&described_once).collect();
    let gone: Vec<_> = described_once.difference(&rooms).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md has no row for {missing:?} under `Rooms`");
    assert!(gone.is_empty(), "ARCHITECTURE.md describes rooms that are gone: {gone:?}");
    assert_eq!(described.len(), described_once.len(), "a room is described twice");
}

#[test]
fn files_of_a_room_form_small_groups() {
    let files = files("src");
    let large: Vec<String> = GROUPED_ROOMS
        .iter()
        .flat_map(|room| groups::cycles(&files, room))
        .filter(|cycle| cycle.len() > MAX_CYCLE_FILES)
        .map(|cycle| format!("{}: {}", cycle.len(), cycle.join(", ")))
        .collect();
    assert!(large.is_empty(), "files that use each other in a large cycle:\n{}", large.join("\n"));
}

#[test]
fn a_cycle_is_found_by_names_and_by_methods() {
    let file = |path: &str, text: &str| File { path: format!("src/yaml/{path}.rs"), text: text.to_owned() };
    let names = [
        file("a", "use super::b::B;\n"),
        file("b", "use crate::yaml::{c::C};\n"),
        file("c", "fn f() {\n    super::a::f();\n}\n"),
    ];
    assert_eq!(groups::cycles(&names, "yaml").len(), 1);
    let methods = [
        file("a", "\nimpl Reader<'_> {\n    fn read(&mut self) {\n        self.close();\n    }\n}\n"),
        file("b", "\nimpl Reader<'_> {\n    fn close(&self) {\n        self.read();\n    }\n}\n"),
    ];
    assert_eq!(groups::cycles(&methods, "yaml").len(), 1);
    assert!(groups::cycles(&methods[..1], "yaml").is_empty());
}

/// Reads outside the permitted rooms, as sentences.
fn forbidden_reads(files: &[File]) -> Vec<String> {
    let is_reader = |file: &File| {
        let module = file.module().join("/");
        READERS.iter().any(|reader| module == *reader || module.starts_with(&format!("{reader}/")))
    };
    let find_reads = |file: &File| {
        let code = file.code();
        let lines = code.lines().enumerate().filter_map(|(at, line)| {
            let call = READ_CALLS.iter().find(|call| line.contains(**call))?;
            Some(format!("{}:{}: `{}`", file.path, at + 1, call.trim_end_matches('(')))
        });
        lines.collect::<Vec<_>>()
    };
    files.iter().filter(|file| !is_reader(file)).flat_map(find_reads).collect()
}

#[test]
fn files_are_read_in_the_rooms_that_read() {
    let wrong = forbidden_reads(&files("src"));
    assert!(wrong.is_empty(), "read outside of {READERS:?}:\n{}", wrong.join("\n"));
    let text = "use std::fs;\n\nfn f() {\n    let _ = std::fs::read_to_string(\"x\");\n}\n".to_owned();
    let file = |path: &str| File { path: path.to_owned(), text: text.clone() };
    let checked_files =
        ["src/judge/gates.rs", "src/site/page.rs", "src/site/write/mod.rs", "src/source/read.rs"].map(file);
    assert_eq!(
        forbidden_reads(&checked_files),
        ["src/judge/gates.rs:4: `fs::read_to_string`", "src/site/page.rs:4: `fs::read_to_string`"]
    );
}

#[test]
fn only_the_command_line_decides_which_day_is_today() {
    let reads_clock = |file: &&File| file.room() != "cli" && file.code().contains("Date::today");
    let files = files("src");
    let wrong: Vec<&str> = files.iter().filter(reads_clock).map(|file| file.path.as_str()).collect();
    assert!(wrong.is_empty(), "`Date::today` outside of `cli`: {wrong:?}");
    assert!(files.iter().any(|file| file.room() == "cli" && file.code().contains("Date::today")));
}

/// The lines of comments that rustfmt leaves too long, as places.
fn long_comments(files: &[File]) -> Vec<String> {
    let is_long = |line: &str| line.trim_start().starts_with("//") && line.chars().count() > MAX_COMMENT_LINE_CHARS;
    let find_long = |file: &File| {
        let lines = file.text.lines().zip(1..).filter(|(line, _)| is_long(line));
        lines.map(|(_, number)| format!("{}:{number}", file.path)).collect::<Vec<_>>()
    };
    files.iter().flat_map(find_long).collect()
}

#[test]
fn comments_are_wrapped() {
    let all: Vec<File> = ["src", "tests", "benches", "fuzz"].into_iter().flat_map(source::files).collect();
    let long = long_comments(&all);
    assert!(long.is_empty(), "comments of more than {MAX_COMMENT_LINE_CHARS} characters:\n{}", long.join("\n"));
    let text = format!("//! {}\nlet x = \"{}\";\n", "ä".repeat(117), "ä".repeat(117));
    assert_eq!(long_comments(&[File { path: "src/x.rs".to_owned(), text }]), ["src/x.rs:1"]);
}

#[test]
fn functions_and_files_are_short() {
    let files = files("src");
    let mut lengths: Vec<(usize, String)> = files.iter().flat_map(source::functions).collect();
    lengths.sort();
    let long: Vec<String> = lengths
        .iter()
        .filter(|(length, _)| *length > MAX_FUNCTION_LINES)
        .map(|(length, name)| format!("{name}: {length} lines"))
        .collect();
    assert!(long.is_empty(), "functions of more than {MAX_FUNCTION_LINES} lines:\n{}", long.join("\n"));
    let (ninetieth, _) = &lengths[lengths.len() * 9 / 10];
    assert!(*ninetieth < MAX_FUNCTION_LINES_P90, "the 90th percentile of functions is {ninetieth} lines");
    let all: Vec<File> = ["src", "tests", "benches", "fuzz"].into_iter().flat_map(source::files).collect();
    let long: Vec<String> = all
        .iter()
        .map(|file| (file.text.lines().count(), &file.path))
        .filter(|(lines, _)| *lines > MAX_FILE_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "files of more than {MAX_FILE_LINES} lines:\n{}", long.join("\n"));
}

/// Variables that change and belong to the whole process or to a thread, as sentences.
fn changing_state(files: &[File]) -> Vec<String> {
    let is_state = |line: &&str| {
        let declared = line.trim_start();
        let declared =
            declared.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ").trim_start_matches("pub ");
        let Some(name) = declared.strip_prefix("static ").and_then(|rest| rest.split(':').next()) else { return false };
        !THREAD_CACHES.contains(&name)
            && ["Mutex<", "RwLock<", "Atomic", "Cell<", "Cache<", "static mut "]
                .iter()
                .any(|kind| declared.contains(kind))
    };
    let find_state = |file: &File| {
        file.code().lines().filter(is_state).map(|line| format!("{}: {}", file.path, line.trim())).collect::<Vec<_>>()
    };
    files.iter().flat_map(find_state).collect()
}

#[test]
fn nothing_that_changes_belongs_to_the_whole_process_or_a_thread() {
    let found = changing_state(&files("src"));
    assert!(found.is_empty(), "state that outlives its value:\n{}", found.join("\n"));
    for text in [
        "static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());\n",
        "thread_local! {\n    static NAMES: RefCell<Vec<String>> = RefCell::default();\n}\n",
        "fn f() {\n    static COUNT: AtomicUsize = AtomicUsize::new(0);\n}\n",
    ] {
        let file = File { path: "src/yaml/node.rs".to_owned(), text: text.to_owned() };
        assert_eq!(changing_state(&[file]).len(), 1, "{text}");
    }
}
