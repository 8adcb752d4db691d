//! What is fuzzed: each function takes any bytes, and must come back. `cargo test` runs them on changed seeds for a moment
//! (`tests/fuzzing.rs`), `cargo fuzz` for as long as somebody likes,
//! each from its seeds: `cargo +nightly fuzz run markdown fuzz/corpus/markdown fuzz/seeds/markdown`.

use std::sync::Arc;

use clausebook::testing::config;
use clausebook::testing::highlight::Highlighter;
use clausebook::testing::markdown::{Fill, Phrase, parse};
use clausebook::testing::place::SourceText;
use clausebook::testing::rules::names;
use clausebook::testing::source::{Vocabulary, decode};
use clausebook::testing::standard::read_catalogue;
use clausebook::testing::url::SitePath;

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn source(data: &[u8]) -> Arc<SourceText> {
    Arc::new(SourceText::new("content/a.md", &String::from_utf8_lossy(data)))
}

/// A document's front matter.
pub fn front_matter(data: &[u8]) {
    let source = source(data);
    let decoded =
        decode(&source, &Vocabulary::new(words(&["policy", "record", "page"]), words(&["public", "internal"])));
    assert!(decoded.body_start as usize <= source.as_str().len());
}

/// A text to HTML. What an author wrote brings in no element that runs, whatever is around it.
pub fn markdown(data: &[u8]) {
    let body = parse(&source(data), 0);
    let mut html = String::new();
    body.html.render(&mut html, |out, fill| match fill {
        Fill::Code(number) => body.code[number as usize].write_html(out, &Highlighter::default(), &Phrase::english),
        Fill::Phrase(phrase) => *out += phrase.english(),
        _ => {}
    });
    let small = html.to_ascii_lowercase();
    for element in ["<script", "<style", "<iframe", "<object", "<embed", "<base", "<form", "<meta", "<link"] {
        assert!(!small.contains(element), "{element} in {html}");
    }
}

/// `clausebook.yaml`, and with it all that is read as YAML.
pub fn settings(data: &[u8]) {
    drop(config::read(&source(data), &names()));
}

/// A catalogue of a handbook's own.
pub fn standard(data: &[u8]) {
    drop(read_catalogue(&source(data)));
}

/// Addresses of pages and attachments: no name leads out of the portal.
pub fn address(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for path in [SitePath::page(&text), SitePath::asset(&text)] {
        assert_eq!(SitePath::parse(path.as_str()).as_ref(), Ok(&path), "{text:?}");
        assert!(path.as_str().split('/').all(|name| !name.is_empty() && name != ".."), "{text:?}");
    }
}

/// What takes any bytes.
pub type Target = fn(&[u8]);

/// All of them by name.
pub const TARGETS: [(&str, Target); 5] = [
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("settings", settings),
    ("standard", standard),
    ("address", address),
];
