//! Registers of a handbook with ten years of audits, findings and measurements.
//!
//! Of a thousand entries, about 360 are nonconformities, 290 counts of acknowledgements, 200 improvements, 30 each
//! risks, requirements and competences, and 12 audits; [`ENTRY_SHARES`] lists all kinds.

mod text;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::generator::Plan;
use text::EntryContext;

/// The number of entries of each kind in a thousand; the rest are acknowledgements.
const ENTRY_SHARES: [(&str, usize); 12] = [
    ("audits", 12),
    ("nonconformities", 360),
    ("improvements", 200),
    ("management_reviews", 2),
    ("requirements", 30),
    ("issues", 6),
    ("competences", 30),
    ("indicators", 15),
    ("objectives", 8),
    ("risks", 30),
    ("locations", 2),
    ("suppliers", 10),
];

/// The number of entries per file.
const ENTRIES_PER_FILE: usize = 2_000;

/// Adds registers with a total of `entries` entries to the first documents of the handbook in `folder`, in which
/// `write_handbook` wrote `documents` documents: each kind has its own document, and every 2,000 entries a file.
///
/// # Errors
/// If a file cannot be read or written.
pub fn add_entries(folder: &Path, documents: usize, entries: usize) -> io::Result<()> {
    let plan = Plan::new(documents);
    let content = folder.join("content");
    let context = EntryContext::new(&plan, counts(entries));
    let mut owned: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (number, (kind, count)) in context.counts.iter().enumerate() {
        let owner = number % plan.documents.len().max(1);
        for (part, first) in (0..*count).step_by(ENTRIES_PER_FILE).enumerate() {
            let rows = first..(first + ENTRIES_PER_FILE).min(*count);
            let (ending, text) = context.register(kind, rows);
            let name = format!("{}-{part}.{ending}", kind.replace('_', "-"));
            fs::write(content.join(&name), text)?;
            let item = if ending == "csv" { format!("{{file: /{name}, kind: {kind}}}") } else { format!("/{name}") };
            owned.entry(owner).or_default().push(item);
        }
    }
    for (owner, files) in owned {
        let path = content.join(plan.documents[owner].path());
        let text = fs::read_to_string(&path)?;
        fs::write(&path, text.replacen("---\n", &format!("---\nregisters: [{}]\n", files.join(", ")), 1))?;
    }
    Ok(())
}

/// The number of entries of each kind.
fn counts(entries: usize) -> Vec<(&'static str, usize)> {
    let of = |(kind, share): &(&'static str, usize)| (*kind, (entries * share).div_ceil(1000));
    // Documents refer to services, so all of them are included.
    let services = ("services", text::SERVICES);
    let mut counts: Vec<(&str, usize)> = ENTRY_SHARES.iter().map(of).chain([services]).collect();
    let others: usize = counts.iter().map(|(_, count)| count).sum();
    counts.push(("acknowledgements", entries.saturating_sub(others)));
    counts
}
