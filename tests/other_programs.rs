//! Checks of our output by other programs: a dictionary for the model handbook, an XML validator for a report,
//! libraries that read calendars and workbooks for a portal. If a program is not installed, its test is ignored with a
//! message, unless the variable beside it is set.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use assert_cmd::prelude::*;
use libtest_mimic::{Arguments, Completion, Failed, Trial};

/// The outcome of a test: passed or failed, or why the program that it needs is missing.
type Outcome = Result<Result<(), Failed>, String>;

/// A test, with the variable that makes it mandatory.
struct Test {
    name: &'static str,
    required_by: &'static str,
    run: fn() -> Outcome,
}

const TESTS: [Test; 4] = [
    Test {
        name: "every_word_of_the_model_handbook_is_spelt_as_the_british_dictionary_has_it",
        required_by: "CLAUSEBOOK_REQUIRE_SPELLING",
        run: spelling,
    },
    Test { name: "junit_is_accepted_by_its_schema", required_by: "CLAUSEBOOK_REQUIRE_XMLLINT", run: junit },
    Test {
        name: "calendar_tables_and_workbook_are_read_by_libraries_of_others",
        required_by: "CLAUSEBOOK_REQUIRE_READERS",
        run: readers,
    },
    Test { name: "a_pack_is_whole_for_unzip_and_sha256sum", required_by: "CLAUSEBOOK_REQUIRE_READERS", run: pack },
];

fn main() -> ExitCode {
    let trial = |test: Test| {
        Trial::ignorable_test(test.name, move || match (test.run)() {
            Ok(outcome) => outcome.map(|()| Completion::Completed),
            Err(reason) if std::env::var_os(test.required_by).is_some() => Err(reason.into()),
            Err(reason) => Ok(Completion::ignored_with(reason)),
        })
    };
    libtest_mimic::run(&Arguments::from_args(), TESTS.map(trial).into()).exit_code()
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn spelling() -> Outcome {
    // With a dictionary that accepts a misspelt word, this test would always pass.
    if find_misspelt("mispelt words\n").is_none_or(|words| !words.contains("mispelt")) {
        return Err("hunspell with the dictionary en_GB is not installed".to_owned());
    }
    let wrong = find_misspelt(&model_handbook()).ok_or("hunspell failed")?;
    Ok(if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("neither the dictionary nor tests/words.txt has {wrong:?}").into())
    })
}

/// The titles and prose of the model handbook.
fn model_handbook() -> String {
    let files = walkdir::WalkDir::new(repository().join("content")).sort_by_file_name();
    let files = files.into_iter().map(|entry| entry.expect("an entry").into_path());
    let texts =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).map(|path| title_and_prose(&path));
    let text: String = texts.collect();
    assert!(text.len() > 100_000, "only {} bytes were read", text.len());
    text
}

fn title_and_prose(path: &Path) -> String {
    let content = std::fs::read_to_string(path).expect("a text");
    let (front, body) =
        content.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter");
    let title = front.lines().find_map(|line| line.strip_prefix("title: ")).expect("a title");
    prose(title.trim_matches('"'), body) + "\n"
}

/// A text reduced to prose: without code, link targets, and anchors and claims of headings.
fn prose(title: &str, body: &str) -> String {
    let mut out = format!("{title}\n{body}");
    for (opening, closing) in [("`", "`"), ("](", ")"), ("{#", "}"), ("[[", "]]")] {
        let mut visible = String::new();
        let mut rest = out.as_str();
        while let Some((before, after)) = rest.split_once(opening) {
            visible.push_str(before);
            visible.push(' ');
            let (inner, after) = after.split_once(closing).unwrap_or(("", after));
            if let Some((_, label)) = inner.split_once('|').filter(|_| opening == "[[") {
                visible.push_str(label);
            }
            rest = after;
        }
        out = visible + rest;
    }
    out
}

/// Words that are neither in the dictionary nor in the list; `None` if there is no dictionary.
fn find_misspelt(text: &str) -> Option<BTreeSet<String>> {
    let mut hunspell = Command::new("hunspell")
        .args(["-d", "en_GB", "-i", "UTF-8", "-l"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = hunspell.stdin.take()?;
    let text = text.to_owned();
    // On a separate thread, so that neither side blocks on a full pipe.
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = hunspell.wait_with_output().ok()?;
    let is_written = writer.join().is_ok_and(|result| result.is_ok());
    if !output.status.success() || !is_written {
        return None;
    }
    let known: BTreeSet<&str> = include_str!("words.txt").lines().collect();
    let output_text = String::from_utf8(output.stdout).expect("text");
    // Codes are not words: priorities, kinds of document, names of services.
    let is_word = |word: &&str| word.chars().any(char::is_lowercase) && !word.contains(|c: char| c.is_ascii_digit());
    Some(output_text.lines().filter(is_word).filter(|word| !known.contains(word)).map(str::to_owned).collect())
}

fn junit() -> Outcome {
    let report = tempfile::NamedTempFile::new().expect("a file");
    let mut check = Command::cargo_bin("clausebook").expect("the binary");
    check.args(["check", "--as-of", "2026-11-22", "--format", "junit", "--fail-on", "note", "--source"]);
    check.arg(repository().join("tests/check/handbook")).arg("--output").arg(report.path());
    check.assert().code(1);
    let mut xmllint = Command::new("xmllint");
    xmllint.args(["--noout", "--nonet", "--schema"]).arg(repository().join("tests/schemas/junit-10.xsd"));
    let output = xmllint.arg(report.path()).output().map_err(|error| format!("xmllint cannot be run: {error}"))?;
    Ok(if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned().into()) })
}

/// `CLAUSEBOOK_PYTHON`, or `python3`, with the libraries icalendar and openpyxl.
fn readers() -> Outcome {
    let python = std::env::var_os("CLAUSEBOOK_PYTHON").unwrap_or_else(|| "python3".into());
    let probe = Command::new(&python).args(["-c", "import icalendar, openpyxl"]).output();
    if !probe.is_ok_and(|output| output.status.success()) {
        return Err("Python with icalendar and openpyxl is not installed".to_owned());
    }
    let site = tempfile::tempdir().expect("a folder");
    let mut build = Command::cargo_bin("clausebook").expect("the binary");
    build.args(["build", "--quiet", "--as-of", "2026-11-22", "--source"]).arg(repository());
    build.arg("--output").arg(site.path().join("site")).assert().success();
    let script = repository().join("tests/support/readers.py");
    let output = Command::new(python).arg(script).arg(site.path().join("site")).output();
    let output = output.map_err(|error| format!("Python cannot be run: {error}"))?;
    Ok(if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned().into()) })
}

fn pack() -> Outcome {
    let folder = tempfile::tempdir().expect("a folder");
    let mut make = Command::cargo_bin("clausebook").expect("the binary");
    make.args(["pack", "stage-1", "--as-of", "2026-11-22", "--source"]).arg(repository());
    make.arg("-o").arg(folder.path().join("pack.zip")).assert().success();
    let size = std::fs::metadata(folder.path().join("pack.zip")).expect("a pack").len();
    assert!(size < 15_000_000, "{size} bytes");
    let programs: [(&str, &[&str], &str); 3] = [
        ("unzip", &["-t", "-q", "pack.zip"], ""),
        ("unzip", &["-q", "pack.zip", "-d", "unpacked"], ""),
        ("sha256sum", &["-c", "--quiet", "manifest.sha256"], "unpacked"),
    ];
    for (program, arguments, within) in programs {
        let output = Command::new(program).args(arguments).current_dir(folder.path().join(within)).output();
        let output = output.map_err(|error| format!("{program} cannot be run: {error}"))?;
        if !output.status.success() {
            return Ok(Err(format!("{program}: {}", String::from_utf8_lossy(&output.stdout)).into()));
        }
    }
    Ok(Ok(()))
}
