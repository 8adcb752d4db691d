//! Which content counts, specified by whole handbooks in `tests/truth/*.md`.
//!
//! A file describes the correct behaviour in prose. Code blocks with `path=` contain the files of a handbook, `into=`
//! adds lines to the front matter of one, and `append=` adds text at its end; `##` begins another handbook, which
//! shares the blocks above the first `##`. A block called `each` contains variants, one per line (or, with `apart`,
//! separated by lines of `%%`); the expectations apply to each of them. `\u{…}` in a variant stands for that character.
//! A block called `expect` contains the expectations for the day that `as-of=` names, one per line: `state ID STATE`,
//! `clause NUMBER VERDICT`, `item NAME VERDICT`, with several words separated by `|`, and `not` before words that must
//! not apply; `finding FILE[:LINE] RULE`, `no-finding FILE [RULE]`.

#[expect(dead_code, reason = "specifications of rules also hold files in other encodings")]
#[path = "rules/harness/markdown.rs"]
mod markdown;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use markdown::{Block, blocks};
use serde_json::Value;

/// The assessed day, unless an expectation names one.
const AS_OF: &str = "2026-11-22";

/// The files of a handbook, by path.
type Files = BTreeMap<String, String>;

#[test]
fn values_of_a_life_are_read_for_certain_or_count_as_the_worse_case() {
    check_expectations("life.md");
}

#[test]
fn claims_count_only_where_readable_and_with_content() {
    check_expectations("claims.md");
}

#[test]
fn replaced_documents_stay_replaced() {
    check_expectations("replacing.md");
}

#[test]
fn exceptions_are_true_allowed_and_explained() {
    check_expectations("exceptions.md");
}

#[test]
fn registers_that_cannot_be_read_make_their_items_incomplete() {
    check_expectations("registers.md");
}

#[test]
fn texts_that_contradict_an_approval_are_distinguished_from_others() {
    check_expectations("statuses.md");
}

/// Checks every expectation of a file.
#[track_caller]
fn check_expectations(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth").join(name);
    let text = std::fs::read_to_string(&path).expect("a specification");
    let blocks = blocks(&text);
    let mut wrong = String::new();
    let mut count = 0;
    for expectation in blocks.iter().filter(|block| block.language == "expect") {
        for (variant, files) in handbooks(&blocks, expectation) {
            count += 1;
            let assessment = assess(&files, expectation.attribute("as-of").unwrap_or(AS_OF));
            for line in expectation.text.lines().filter(|line| !line.trim().is_empty()) {
                if let Err(actual) = check_line(&assessment, line) {
                    let _ = writeln!(wrong, "{name}:{}: {line}: got {actual}{variant}", expectation.line);
                }
            }
        }
    }
    assert!(count > 0, "{name} expects nothing");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The handbooks of an expectation: one, or one for each variant above it.
fn handbooks(blocks: &[Block], expectation: &Block) -> Vec<(String, Files)> {
    let is_above =
        |block: &&Block| block.line < expectation.line && (block.section == 0 || block.section == expectation.section);
    let mut all = vec![(String::new(), Files::from([("clausebook.yaml".to_owned(), "title: Test\n".to_owned())]))];
    for block in blocks.iter().filter(is_above) {
        if block.language != "each" {
            all.iter_mut().for_each(|(_, files)| write_block(files, block, &block.text));
            continue;
        }
        let variants: Vec<String> = match block.text.contains("\n%%\n") {
            true => block.text.split("%%\n").map(str::to_owned).collect(),
            false => block.text.lines().map(|line| format!("{line}\n")).collect(),
        };
        let with = |variant: &String| {
            let mut files = all[0].1.clone();
            write_block(&mut files, block, &unescape(variant));
            (format!("\n    with {}", variant.trim_end().replace('\n', "\n         ")), files)
        };
        all = variants.iter().map(with).collect();
    }
    all
}

/// Writes a block's text to the place that its attributes name.
fn write_block(files: &mut Files, block: &Block, text: &str) {
    if let Some(path) = block.path() {
        files.insert(path.to_owned(), text.to_owned());
    } else if let Some(path) = block.attribute("append") {
        files.entry(path.to_owned()).or_default().push_str(text);
    } else if let Some(path) = block.attribute("into") {
        let file = files.get_mut(path).expect("a file to add to");
        let end = file.rfind("\n---\n").expect("front matter") + 1;
        file.insert_str(end, text);
    } else if let Some(path) = block.attribute("instead") {
        // `key: value` replaces the line that begins with the same key.
        let file = files.get_mut(path).expect("a file to change");
        let key = block.attribute("of").expect("the key that gives way");
        let lines = file.lines().map(|line| if line.starts_with(&format!("{key}:")) { text.trim_end() } else { line });
        *file = lines.map(|line| format!("{line}\n")).collect();
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (digits, after) = after.split_once('}').expect("a closed escape");
        let code = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
        out.push_str(before);
        out.push(char::from_u32(code).expect("a character"));
        rest = after;
    }
    out + rest
}

/// The JSON report of `check` on a handbook for a day.
fn assess(files: &Files, as_of: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.args(["check", "--format", "json", "--as-of", as_of]).current_dir(folder.path());
    let output = command.output().expect("the program runs");
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

/// Checks a line of an expectation, and returns the actual value if it fails.
fn check_line(assessment: &Value, line: &str) -> Result<(), String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["state", id, ref wanted @ ..] => expect_one_of(entry(&assessment["documents"], id, "state"), wanted),
        ["clause", id, ref wanted @ ..] => {
            let (standard, number) = id.split_once(':').unwrap_or(("iso20000-1", id));
            expect_one_of(in_standard(assessment, standard, "clauses", number), wanted)
        }
        ["item", id, ref wanted @ ..] => {
            expect_one_of(in_standard(assessment, "iso20000-1", "documented_information", id), wanted)
        }
        ["finding", place, rule] => match findings_at(assessment, place, Some(rule)).is_empty() {
            true => Err(format!("{:?}", findings_at(assessment, place.split(':').next().unwrap_or(place), None))),
            false => Ok(()),
        },
        ["no-finding", place, ref rule @ ..] => {
            let findings = findings_at(assessment, place, rule.first().copied());
            if findings.is_empty() { Ok(()) } else { Err(format!("{findings:?}")) }
        }
        _ => panic!("`{line}` is not an expectation"),
    }
}

fn entry(list: &Value, id: &str, key: &str) -> String {
    let entry = list.as_array().into_iter().flatten().find(|entry| entry["id"] == id);
    entry.map_or_else(|| "nothing".to_owned(), |entry| entry[key].as_str().unwrap_or_default().to_owned())
}

fn in_standard(assessment: &Value, standard: &str, list: &str, id: &str) -> String {
    let catalogues = assessment["standards"].as_array().into_iter().flatten();
    let catalogue = catalogues.into_iter().find(|catalogue| catalogue["id"] == standard);
    catalogue.map_or_else(|| "no standard".to_owned(), |catalogue| entry(&catalogue[list], id, "verdict"))
}

fn expect_one_of(actual: String, expected: &[&str]) -> Result<(), String> {
    let is_expected = match expected {
        ["not", words] => words.split('|').all(|word| word != actual),
        [words] => words.split('|').any(|word| word == actual),
        _ => panic!("{expected:?} are not words"),
    };
    if is_expected { Ok(()) } else { Err(actual) }
}

/// The findings in a file, or on one of its lines, each with line, rule and message.
fn findings_at(assessment: &Value, place: &str, rule: Option<&str>) -> Vec<String> {
    let (file, line) = place.split_once(':').map_or((place, None), |(file, line)| (file, line.parse::<u64>().ok()));
    let findings = assessment["findings"].as_array().into_iter().flatten();
    let fits = |finding: &&Value| {
        finding["file"] == file
            && line.is_none_or(|line| finding["line"] == line)
            && rule.is_none_or(|rules| rules.split('|').any(|rule| finding["rule"] == rule))
    };
    let describe = |finding: &Value| format!("{} {} {}", finding["line"], finding["rule"], finding["message"]);
    findings.filter(fits).map(describe).collect()
}
