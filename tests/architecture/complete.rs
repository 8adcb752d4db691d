//! The parts of every page, format, command, setting and key: its row in the docs, its labels in every language.

use std::fs;

use clausebook::testing::site::pages::navigation_pages;

/// A table in the code, the prefix of its rows, and the page with a row for each.
struct Table {
    code: &'static str,
    prefixes: &'static [&'static str],
    docs: &'static str,
}

const TABLES: [Table; 3] = [
    Table {
        code: "src/report/mod.rs",
        prefixes: &["    Format { name: \"", "        name: \""],
        docs: "docs/check.md",
    },
    Table {
        code: "src/config/read.rs",
        prefixes: &["    Field::required(\"", "    Field::optional(\""],
        docs: "docs/settings.md",
    },
    Table {
        code: "src/source/decode/fields.rs",
        prefixes: &["    Field::required(\"", "    Field::optional(\""],
        docs: "docs/front-matter.md",
    },
];

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn names(code: &str, prefixes: &[&str]) -> Vec<String> {
    let name = |line: &str| {
        let rest = prefixes.iter().find_map(|start| line.strip_prefix(start))?;
        rest.split('"').next().filter(|name| !name.is_empty()).map(str::to_owned)
    };
    code.lines().filter_map(name).collect()
}

#[test]
fn every_format_setting_and_key_has_its_row_in_the_docs() {
    for Table { code, prefixes, docs } in TABLES {
        let names = names(&read(code), prefixes);
        assert!(names.len() > 5, "{code} has no table of this form any more");
        let text = read(docs);
        // A key that contains others has a section with an example.
        let is_documented = |name: &String| text.contains(&format!("`{name}`")) || text.contains(&format!("\n{name}:"));
        let missing: Vec<&String> = names.iter().filter(|name| !is_documented(name)).collect();
        assert!(missing.is_empty(), "{docs} says nothing of {missing:?}, which {code} has");
    }
}

#[test]
fn every_format_is_in_the_readme_and_in_a_test() {
    let names = names(&read("src/report/mod.rs"), TABLES[0].prefixes);
    let (readme, tests) = (read("README.md").to_lowercase(), read("tests/check/formats.rs"));
    let (row, _) = readme
        .split_once("| `clausebook check` |")
        .and_then(|(_, rest)| rest.split_once('\n'))
        .expect("README.md has a row for `clausebook check`");
    // `concise`, with one line per finding, is also text.
    let unnamed: Vec<&String> =
        names.iter().filter(|name| *name != "concise" && !row.contains(name.as_str())).collect();
    assert!(unnamed.is_empty(), "README.md, in the row of `clausebook check`, says nothing of {unnamed:?}");
    let untested: Vec<&String> = names.iter().filter(|name| !tests.contains(&format!("\"{name}\""))).collect();
    assert!(untested.is_empty(), "tests/check/formats.rs has no test of {untested:?}");
}

#[test]
fn every_own_page_of_the_navigation_has_its_label_in_every_language() {
    let keys: Vec<&str> = navigation_pages().iter().map(|page| page.key).collect();
    assert!(keys.len() > 30, "{keys:?}");
    for file in fs::read_dir("themes/default/i18n").expect("languages") {
        let path = file.expect("a file").path();
        let words: serde_json::Value = serde_json::from_str(&read(&path.to_string_lossy())).expect("JSON");
        let missing: Vec<&&str> = keys.iter().filter(|key| words["pages"][**key].is_null()).collect();
        assert!(missing.is_empty(), "{} has no label under `pages` for {missing:?}", path.display());
    }
}

#[test]
fn every_command_is_in_the_readme_or_the_docs() {
    let code = read("src/cli/mod.rs");
    let (_, commands) = code.split_once("enum Command {").expect("the table of commands");
    let commands = commands.split("\n}").next().unwrap_or_default();
    let name = |line: &str| {
        let word = line.trim().split_once('(')?.0;
        let hyphen = |(at, c): (usize, char)| if at > 0 && c.is_uppercase() { format!("-{c}") } else { c.to_string() };
        Some(word.char_indices().map(hyphen).collect::<String>().to_lowercase())
    };
    let names: Vec<String> =
        commands.lines().filter(|line| !line.trim_start().starts_with(['/', '#'])).filter_map(name).collect();
    assert!(names.len() > 5, "{names:?}");
    let entries = fs::read_dir("docs").expect("docs").map(|entry| entry.expect("a file").path());
    let pages = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let docs: String = pages.map(|path| read(&path.to_string_lossy())).chain([read("README.md")]).collect();
    let missing: Vec<&String> = names.iter().filter(|name| !docs.contains(&format!("clausebook {name}"))).collect();
    assert!(missing.is_empty(), "neither README.md nor docs/ speaks of the commands {missing:?}");
}

#[test]
fn every_column_of_the_register_has_its_words_in_every_language() {
    let code = read("src/site/pages/columns.rs");
    let label = |line: &str| Some(line.strip_prefix("    column(\"")?.split('"').nth(2)?.to_owned());
    let labels: Vec<String> = code.lines().filter_map(label).collect();
    assert!(labels.len() > 15, "src/site/pages/columns.rs has no table of this form any more: {labels:?}");
    for file in fs::read_dir("themes/default/i18n").expect("languages") {
        let path = file.expect("a file").path();
        let words: serde_json::Value = serde_json::from_str(&read(&path.to_string_lossy())).expect("JSON");
        let is_missing = |label: &&String| words.pointer(&format!("/{}", label.replace('.', "/"))).is_none();
        let missing: Vec<&String> = labels.iter().filter(is_missing).collect();
        assert!(missing.is_empty(), "{} has no words for the columns {missing:?}", path.display());
    }
}

/// The lines of tables that have more or fewer cells than their header, as sentences.
fn uneven_rows(path: &str, text: &str) -> Vec<String> {
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut columns = None;
    let mut is_code = false;
    let mut wrong = Vec::new();
    for (at, line) in text.lines().enumerate() {
        is_code ^= line.starts_with("```");
        if is_code || !line.starts_with('|') {
            columns = None;
        } else if *columns.get_or_insert(cells(line)) != cells(line) {
            wrong.push(format!("{path}:{}: {line}", at + 1));
        }
    }
    wrong
}

#[test]
fn every_row_of_a_table_in_the_docs_has_the_cells_of_its_header() {
    let entries = fs::read_dir("docs").expect("docs").map(|entry| entry.expect("a file").path());
    let paths = entries.map(|path| path.to_string_lossy().into_owned()).filter(|path| path.ends_with(".md"));
    let others = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned);
    let wrong: Vec<String> = paths.chain(others).flat_map(|path| uneven_rows(&path, &read(&path))).collect();
    assert!(wrong.is_empty(), "Markdown drops cells beyond those of the header:\n{}", wrong.join("\n"));
    let table = "| a | b |\n| --- | --- |\n| 1 | `x | y` |\n| 1 | 2 \\| 3 |\n\n```\n| a |\n| a | b |\n```\n";
    assert_eq!(uneven_rows("x.md", table), ["x.md:3: | 1 | `x | y` |"]);
}
