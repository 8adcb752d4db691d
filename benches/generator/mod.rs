//! Handbooks of any size, generated from a seed: the same number of documents always gives the same bytes.
//!
//! The text of a document is nonsense, but its structure is realistic: 3 to 12 KB, complete front matter, tables,
//! lists, code in a third of them, 5 to 10 links to others, in folders by clause. One in twenty is a draft, one in
//! twenty is overdue.

mod body;
mod catalogue;
mod code;
mod front_matter;
mod page;
mod plan;
mod prose;
mod random;

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

pub use plan::Plan;
#[allow(unused_imports, reason = "tests that share the generator write no registers")]
pub use prose::{ROLES, SUBJECTS};
use random::Random;

/// The target format. The words are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A handbook, with links by path and by ID.
    Handbook,
    /// A Hugo site: links by path only, claims as plain terms.
    Hugo,
}

/// The amount that was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The number of documents, not counting pages.
    pub documents: usize,
    /// The total size of all documents in bytes.
    pub bytes: u64,
}

/// Writes a handbook of `documents` documents into `folder`, which is created.
///
/// # Errors
/// If a folder or a file cannot be written.
pub fn write_handbook(folder: &Path, documents: usize) -> io::Result<Summary> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("clausebook.yaml"), page::SETTINGS)?;
    write_content(&folder.join("content"), documents, Dialect::Handbook)
}

/// Writes only the Markdown of such a handbook, in a dialect, to `folder`.
///
/// # Errors
/// If a folder or a file cannot be written.
pub fn write_content(folder: &Path, documents: usize, dialect: Dialect) -> io::Result<Summary> {
    let plan = Plan::new(documents);
    for path in plan.folders() {
        fs::create_dir_all(folder.join(path))?;
    }
    for (path, text) in page::pages(&plan, dialect) {
        fs::write(folder.join(path), text)?;
    }
    let bytes = (0..documents).into_par_iter().map(|number| {
        let text = document(&plan, number, dialect);
        fs::write(folder.join(plan.documents[number].path()), &text)?;
        Ok(text.len() as u64)
    });
    Ok(Summary { documents, bytes: bytes.sum::<io::Result<u64>>()? })
}

/// The contents of a document's file.
fn document(plan: &Plan, number: usize, dialect: Dialect) -> String {
    let mut random = Random::new(number as u64);
    let links = plan.links(number, &mut random);
    let mut text = front_matter::front_matter(plan, number, &links, dialect, &mut random);
    body::write(&mut text, plan, number, &links, dialect, &mut random);
    text
}
