//! The minimum cost of a build with the same crates: read, parse, highlight, render a single layout, write.
//!
//! There are no links, no model, no verdicts, and only the pages of documents. The cost of a whole build is given as a
//! multiple of this.

mod highlight;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use serde::Deserialize;
use tera::{Context, Tera, Value};
use walkdir::WalkDir;

use highlight::Highlighter;

#[derive(Deserialize)]
struct FrontMatter {
    #[serde(default)]
    id: String,
    title: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    owner: String,
}

struct Floor<'a> {
    content: &'a Path,
    output: &'a Path,
    layout: Tera,
    highlighter: Highlighter,
}

/// Builds the handbook in the folder `source` into the folder `output`.
///
/// # Errors
/// If a file cannot be read, parsed or written.
pub fn build(source: &Path, output: &Path) -> Result<()> {
    let content = source.join("content");
    let files = files(&content)?;
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    for folder in folders {
        fs::create_dir_all(output.join(folder))?;
    }
    let floor = Floor { content: &content, output, layout: layout()?, highlighter: Highlighter::new() };
    files.par_iter().try_for_each(|file| floor.write_page(file).with_context(|| file.display().to_string()))
}

fn files(content: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(content).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.path().strip_prefix(content)?.to_owned());
        }
    }
    Ok(files)
}

fn layout() -> Result<Tera> {
    let mut tera = Tera::new();
    tera.add_raw_template("layout.html", include_str!("layout.html"))?;
    let shared = tera.global_context();
    shared.insert("handbook", "Handbook for measuring");
    shared.insert("organization", "Measured Services");
    Ok(tera)
}

impl Floor<'_> {
    fn write_page(&self, file: &Path) -> Result<()> {
        let text = fs::read_to_string(self.content.join(file))?;
        let rest = text.strip_prefix("---\n").context("no front matter")?;
        let (front_matter, body) = rest.split_once("\n---\n").context("front matter does not end")?;
        let front_matter: FrontMatter = serde_yaml::from_str(front_matter)?;
        let context = page_context(&front_matter, self.render_body(body), file.components().count() - 1);
        let page = self.layout.render("layout.html", &context)?;
        Ok(fs::write(self.output.join(file).with_extension("html"), page)?)
    }

    fn render_body(&self, markdown: &str) -> String {
        let mut out = String::with_capacity(markdown.len() * 3 / 2);
        html::push_html(
            &mut out,
            Code { events: Parser::new_ext(markdown, options()), highlighter: &self.highlighter },
        );
        out
    }
}

fn page_context(front_matter: &FrontMatter, body: String, depth: usize) -> Context {
    let mut context = Context::new();
    let texts = [
        ("id", &front_matter.id),
        ("title", &front_matter.title),
        ("type", &front_matter.kind),
        ("version", &front_matter.version),
        ("status", &front_matter.status),
        ("owner", &front_matter.owner),
        ("root", &"../".repeat(depth)),
    ];
    for (name, text) in texts {
        context.insert_value(name, Value::from(text.as_str()));
    }
    context.insert_value("body", Value::safe_string(&body));
    context
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Events in which each code block is replaced by highlighted HTML.
struct Code<'a> {
    events: Parser<'a>,
    highlighter: &'a Highlighter,
}

impl<'a> Iterator for Code<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        let event = self.events.next()?;
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) = event else { return Some(event) };
        let mut code = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        Some(Event::Html(self.highlighter.highlight(&language, &code).into()))
    }
}
