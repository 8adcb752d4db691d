//! Handbooks in which a single thing is as large as the handbook, which reveals quadratic costs.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// A handbook of one shape, in any size.
pub struct Shape {
    /// The thing that is large.
    pub name: &'static str,
    /// Writes a handbook of this size to a folder.
    pub write: fn(&Path, usize) -> io::Result<()>,
}

/// All shapes.
pub const SHAPES: &[Shape] = &[
    Shape { name: "findings in every document", write: findings },
    Shape { name: "terms of a glossary", write: glossary },
    Shape { name: "broken links by path, id and anchor", write: broken_links },
    Shape { name: "documents in one folder", write: one_folder },
    Shape { name: "claims on one clause", write: one_clause },
    Shape { name: "relations to one document", write: hub },
    Shape { name: "relations in a chain", write: chain },
    Shape { name: "entries of revision histories", write: histories },
    Shape { name: "links in one document", write: links },
    Shape { name: "headings in one document", write: headings },
    Shape { name: "documents under ten standards", write: standards },
];

/// Writes a handbook of the named shape.
///
/// # Errors
/// If no kind has this name, or it cannot be written.
pub fn write(folder: &Path, size: usize, name: &str) -> io::Result<()> {
    let shape = SHAPES.iter().find(|shape| shape.name == name).ok_or_else(|| io::Error::other("no such shape"))?;
    (shape.write)(folder, size)
}

const SETTINGS: &str = "title: Handbook of one shape\nstandards: [iso20000-1]\nas_of: 2026-11-22\n";

fn findings(folder: &Path, size: usize) -> io::Result<()> {
    let body = |at: usize| {
        format!("The limit is TBD and appropriate, etc. See [the form](form-{at}.md) and [Company Name].\n")
    };
    write_documents(folder, size, |at| document(at, "", &body(at)))
}

fn glossary(folder: &Path, size: usize) -> io::Result<()> {
    let mut terms = String::from("---\ntype: page\ntitle: Glossary\n---\n# Glossary\n\n");
    for at in 0..size * 4 {
        let _ = writeln!(terms, "Term {at} of ours\n: What term {at} stands for in this handbook.\n");
    }
    write_file(folder, "glossary.md", &terms)?;
    write_documents(folder, size, |at| {
        document(at, "", &format!("Every term {at} of ours is used, and term {} of ours.\n", at * 3))
    })
}

fn broken_links(folder: &Path, size: usize) -> io::Result<()> {
    let body = |at: usize| {
        format!(
            "See [one](area/docment-{at}.md), [[POL-AAX-{at:05}]] and [a part](document-{:05}.md#sectoin).\n",
            at / 2
        )
    };
    write_documents(folder, size, |at| document(at, "", &body(at)))
}

fn one_folder(folder: &Path, size: usize) -> io::Result<()> {
    write_documents(folder, size, |at| {
        document(at, "", &format!("See [the next](document-{:05}.md).\n", (at + 1) % size))
    })
}

fn one_clause(folder: &Path, size: usize) -> io::Result<()> {
    write_documents(folder, size, |at| document(at, "clauses: [\"8.6.1\"]\n", "What is done.\n"))
}

fn hub(folder: &Path, size: usize) -> io::Result<()> {
    let relation = |at: usize| if at == 0 { "" } else { "depends_on: [POL-AAA-00000]\n" };
    write_documents(folder, size, |at| document(at, relation(at), "See [the first](document-00000.md).\n"))
}

fn chain(folder: &Path, size: usize) -> io::Result<()> {
    let relation =
        |at: usize| at.checked_sub(1).map_or_else(String::new, |last| format!("depends_on: [POL-AAA-{last:05}]\n"));
    write_documents(folder, size, |at| document(at, &relation(at), "What is done.\n"))
}

fn histories(folder: &Path, size: usize) -> io::Result<()> {
    let entry = |at: usize| {
        format!(
            "- {{version: \"0.{at}\", on: {}-{:02}-03, by: Author, summary: Change {at}}}\n",
            2006 + at % 20,
            1 + at % 12
        )
    };
    let changes = |at: usize| (0..8).fold(String::from("changes:\n"), |all, part| all + &entry(at + part));
    write_documents(folder, size, |at| document(at, &changes(at), "What is done.\n"))
}

fn links(folder: &Path, size: usize) -> io::Result<()> {
    let mut body = String::new();
    for at in 0..size * 10 {
        let _ = writeln!(body, "- see [part {at}](document-00001.md#part-{at}) and [another](#part-{at})");
    }
    write_file(folder, "document-00000.md", &document(0, "", &body))?;
    write_file(folder, "document-00001.md", &document(1, "", &many_headings(size)))
}

fn headings(folder: &Path, size: usize) -> io::Result<()> {
    write_file(folder, "document-00000.md", &document(0, "", &many_headings(size * 5)))
}

fn many_headings(count: usize) -> String {
    (0..count).fold(String::new(), |all, at| all + &format!("## Part {at}\n\nWhat part {at} says.\n\n"))
}

fn standards(folder: &Path, size: usize) -> io::Result<()> {
    fs::create_dir_all(folder.join("standards"))?;
    let mut ids = Vec::new();
    for standard in 0..10 {
        let mut text =
            format!("id: house-{standard}\ntitle: House rules {standard}\nname: Rules {standard}\nclauses:\n");
        for clause in 1..=40 {
            let _ = writeln!(text, "- id: \"{clause}\"\n  title: Rule {clause}");
        }
        fs::write(folder.join(format!("standards/house-{standard}.yaml")), text)?;
        ids.push(format!("house-{standard}"));
    }
    let claims =
        |at: usize| format!("clauses: [\"house-{}:{}\", \"house-{}:{}\"]\n", at % 10, 1 + at % 40, at % 7, 1 + at % 39);
    write_documents(folder, size, |at| document(at, &claims(at), "What is done.\n"))?;
    fs::write(folder.join("clausebook.yaml"), SETTINGS.replace("[iso20000-1]", &format!("[{}]", ids.join(", "))))
}

fn document(at: usize, extra: &str, body: &str) -> String {
    format!(
        "---\nid: POL-AAA-{at:05}\ntitle: Document {at}\ntype: policy\nversion: \"1.0\"\nstatus: approved\nowner: Owner {}\n\
         author: Author\napprover: Approver\napproved: 2026-03-02\n{extra}---\n\n# Document {at}\n\n## Section\n\n{body}",
        at % 50
    )
}

fn write_documents(folder: &Path, size: usize, text: impl Fn(usize) -> String) -> io::Result<()> {
    (0..size).try_for_each(|at| write_file(folder, &format!("document-{at:05}.md"), &text(at)))
}

fn write_file(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder.join("content"))?;
    fs::write(folder.join("clausebook.yaml"), SETTINGS)?;
    fs::write(folder.join("content").join(name), text)
}
