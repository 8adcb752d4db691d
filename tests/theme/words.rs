//! Every label is used, and every label used exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clausebook::testing::site::theme::Labels;

#[test]
fn templates_and_scripts_use_only_words_that_exist_and_every_word_is_used() {
    let labels = Labels::load("en", &BTreeMap::new()).expect("words");
    let keys: BTreeSet<String> = labels.keys().into_iter().collect();
    let mut used = BTreeSet::new();
    for (folder, prefix, strip) in
        [("templates", "t.", ""), ("static", "words.script.", "script."), ("static", "words.", "")]
    {
        for entry in fs::read_dir(Path::new("themes/default").join(folder)).expect("the folder") {
            let text = fs::read_to_string(entry.expect("an entry").path()).expect("text");
            used.extend(words_after(&text, prefix).map(|word| format!("{strip}{word}")));
        }
    }
    // The code refers to column headings, states and checks by name.
    for file in walkdir::WalkDir::new("src/site").into_iter().map(|file| file.expect("a file")) {
        if file.path().extension().is_some_and(|ending| ending == "rs") {
            let code = fs::read_to_string(file.path()).expect("code");
            used.extend(code.split('"').filter(|text| keys.contains(*text)).map(str::to_owned));
        }
    }
    let below = |word: &str| keys.iter().any(|key| key == word || key.starts_with(&format!("{word}.")));
    let unknown: Vec<_> = used.iter().filter(|word| !below(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let is_used = |key: &str| used.iter().any(|word| key == word || key.starts_with(&format!("{word}.")));
    let by_hand =
        ["sections.", "date", "footer.", "month.", "count.", "script.help.", "pages.", "say.", "phrase.", "entries."];
    let composed = [
        "registers.",
        "entry_state.",
        "audit_state.",
        "audit_kind.",
        "check.",
        "deadline.",
        "deadlines_of.",
        "lead.",
        "ready.",
        "certificate.",
        "parties.",
        "pack.",
        "edition.",
        "sheet.",
        "type.",
    ];
    let by_hand: Vec<&str> = by_hand.into_iter().chain(composed).collect();
    let idle: Vec<_> =
        keys.iter().filter(|key| !is_used(key) && !by_hand.iter().any(|start| key.starts_with(start))).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

/// Dotted names after a prefix at the start of a word: `t.state` in `{{ t.state[x] }}`.
fn words_after<'a>(text: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(prefix).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "._-\"/".contains(c)) {
            return None;
        }
        let rest = &text[at + prefix.len()..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "._".contains(c))).unwrap_or(rest.len());
        let word = rest[..end].split(".replace").next().unwrap_or_default();
        Some(word.trim_end_matches('.')).filter(|word| !word.is_empty())
    })
}
