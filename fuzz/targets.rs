//! The fuzz targets: functions that must return normally for any bytes.
//!
//! `cargo test` runs them briefly on mutated seeds (`tests/fuzzing.rs`), `cargo fuzz` for as long as you like; see
//! README.md.

use std::sync::Arc;

use clausebook::testing::config;
use clausebook::testing::finding::Problem;
use clausebook::testing::highlight::Highlighter;
use clausebook::testing::markdown::{Fill, Phrase, is_safe_scheme, parse};
use clausebook::testing::place::{SourceText, Span};
use clausebook::testing::preview::requested_path;
use clausebook::testing::register::scan_register;
use clausebook::testing::rules::rule_ids;
use clausebook::testing::source::{Vocabulary, decode};
use clausebook::testing::standard::read_catalogue;
use clausebook::testing::url::SitePath;
use clausebook::testing::yaml::scan;
use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn source(data: &[u8]) -> Arc<SourceText> {
    Arc::new(SourceText::new("content/a.md", &String::from_utf8_lossy(data)))
}

/// Asserts that every problem has a message and a line within the text.
fn sound(problems: &[Problem], source: &SourceText) {
    let lines = source.as_str().split('\n').count();
    for problem in problems {
        assert!(!problem.message.is_empty());
        let line = problem.place.position.map_or(1, |position| position.line as usize);
        assert!((1..=lines).contains(&line), "{problem:?} in {lines} lines");
    }
}

fn inside(span: Span, text: &str) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_else(|| panic!("{span:?} in {} bytes", text.len()))
}

/// YAML: every scalar has a span within the text, and a plain scalar on one line equals the text at its span.
pub fn yaml(data: &[u8]) {
    let source = source(data);
    let scan = scan(&source);
    scan.collections.iter().for_each(|span| assert!(inside(*span, source.as_str()).len() <= source.as_str().len()));
    for (span, text, is_marked) in &scan.scalars {
        let written = inside(*span, source.as_str());
        let is_plain = !is_marked && !text.is_empty() && !written.contains('\n');
        assert!(!is_plain || written == text, "{text:?} at {written:?}");
    }
    assert!(scan.complete || !scan.problems.is_empty());
    sound(&scan.problems, &source);
}

/// A register: every entry has an ID and a span, and every problem a place.
pub fn register(data: &[u8]) {
    let source = source(data);
    let register = scan_register(&source);
    sound(&register.problems, &source);
    for (id, span) in &register.entries {
        assert!(!id.is_empty() && !inside(*span, source.as_str()).is_empty(), "{id:?} at {span:?}");
    }
}

/// A document's front matter.
pub fn front_matter(data: &[u8]) {
    let source = source(data);
    let decoded =
        decode(&source, &Vocabulary::new(words(&["policy", "record", "page"]), words(&["public", "internal"])));
    assert!(source.as_str().is_char_boundary(decoded.body_start as usize));
    sound(&decoded.problems, &source);
}

/// Markdown to HTML, parsed again as a browser would: whatever the author wrote, no element may run code.
pub fn markdown(data: &[u8]) {
    let source = source(data);
    let body = parse(&source, 0).body;
    sound(&body.problems, &source);
    let mut html = String::new();
    body.html.render(&mut html, |out, fill| match fill {
        Fill::Code(number) => body.code[number as usize].write_html(out, &Highlighter::default(), &Phrase::english),
        Fill::Phrase(phrase) => *out += phrase.english(),
        _ => {}
    });
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let read = parse_fragment(RcDom::default(), Default::default(), context, Vec::new(), false).one(html.as_str());
    inert(&read.document, &html);
}

/// Elements that run code, load resources, or change how the following HTML is parsed.
const ACTIVE: [&str; 26] = [
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "form",
    "button",
    "textarea",
    "select",
    "meta",
    "link",
    "template",
    "noscript",
    "title",
    "xmp",
    "plaintext",
    "portal",
    "math",
    "audio",
    "video",
    "source",
    "body",
];

fn inert(node: &Handle, html: &str) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        assert!(!ACTIVE.contains(&&*name.local), "<{}> in {html}", name.local);
        for attribute in attrs.borrow().iter() {
            let (key, value) = (&*attribute.name.local, attribute.value.trim());
            assert!(!key.starts_with("on") && !["style", "srcdoc", "formaction"].contains(&key), "{key} in {html}");
            let is_address = ["href", "src", "srcset", "cite", "action", "data", "poster"].contains(&key);
            assert!(!is_address || is_safe(value), "{key}={value:?} in {html}");
        }
    }
    node.children.borrow().iter().for_each(|child| inert(child, html));
}

/// Whether following a URL runs no code. Control characters are removed first, because browsers ignore newlines and
/// tabs.
fn is_safe(address: &str) -> bool {
    let plain: String = address.chars().filter(|c| !c.is_control()).collect();
    match plain.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => is_safe_scheme(scheme),
        _ => true,
    }
}

/// `clausebook.yaml`.
pub fn settings(data: &[u8]) {
    let source = source(data);
    if let Err(invalid) = config::read(&source, &rule_ids()) {
        assert!(!invalid.problems.is_empty());
        sound(&invalid.problems, &source);
    }
}

/// A custom catalogue.
pub fn standard(data: &[u8]) {
    let source = source(data);
    if let Err(problems) = read_catalogue(&source) {
        assert!(!problems.is_empty());
        sound(&problems, &source);
    }
}

/// Paths of pages and attachments: no name leads out of the site.
pub fn address(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for path in [SitePath::page(&text), SitePath::asset(&text)] {
        stays_inside(&path);
        assert_eq!(SitePath::parse(path.as_str()).as_ref(), Ok(&path), "{text:?}");
    }
}

/// An HTTP request to the preview: the requested path, if any, stays inside the site.
pub fn request(data: &[u8]) {
    if let Some(path) = requested_path(data)
        && let Ok(path) = SitePath::parse(&path)
    {
        stays_inside(&path);
    }
}

fn stays_inside(path: &SitePath) {
    let is_name = |name: &str| !name.is_empty() && name != "." && name != ".." && !name.contains(['\\', '\0']);
    assert!(path.as_str().split('/').all(is_name), "{path}");
    assert!(std::path::Path::new(path.as_str()).is_relative(), "{path}");
}

/// A fuzz target; takes any bytes.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const TARGETS: [(&str, Target); 8] = [
    ("yaml", yaml),
    ("register", register),
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("settings", settings),
    ("standard", standard),
    ("address", address),
    ("request", request),
];
