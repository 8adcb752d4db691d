//! The handbook's settings, and the pages that are not documents.

use std::path::PathBuf;

use super::Dialect;
use super::plan::{GROUPS, Plan};

/// The settings.
pub const SETTINGS: &str = "\
title: Handbook for measuring
organization: Measured Services
standards: [iso20000-1]
as_of: 2026-11-22
";

/// A home page and a page for each group of clauses, as (path below the content folder, contents).
pub fn pages(plan: &Plan, dialect: Dialect) -> Vec<(PathBuf, String)> {
    let file = if dialect == Dialect::Hugo { "_index.md" } else { "index.md" };
    let home = page(
        "Handbook",
        &format!("This handbook holds {} documents in {} parts.", plan.documents.len(), GROUPS.len()),
        dialect,
    );
    let groups = GROUPS.iter().map(|group| {
        let path = PathBuf::from(group.folder).join(file);
        (path, page(&capitalised_folder(group.folder), "The documents of this part of the handbook.", dialect))
    });
    std::iter::once((PathBuf::from(file), home)).chain(groups).collect()
}

fn page(title: &str, text: &str, dialect: Dialect) -> String {
    let type_line = if dialect == Dialect::Hugo { "" } else { "type: page\n" };
    format!("---\ntitle: \"{title}\"\n{type_line}---\n\n{text}\n")
}

fn capitalised_folder(folder: &str) -> String {
    let (number, words) = folder.split_once('-').unwrap_or(("", folder));
    format!("{number} {}", super::prose::capitalised(&words.replace('-', " ")))
}
