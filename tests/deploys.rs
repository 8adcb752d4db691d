//! A small change rewrites only the parts of a site that it affects, however large the handbook is.

#[path = "../benches/lists/mod.rs"]
mod lists;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use lists::is_list;
use support::Fixture;

/// The sizes to compare.
const SIZES: [usize; 2] = [1000, 4000];
const CLAUSES: [&str; 8] = ["4.1", "5.2.1", "7.5.3", "8.2.2", "8.3.3", "8.5.1", "8.6.1", "9.2"];
/// Number of the document that changes.
const EDITED_DOCUMENT: usize = 101;

/// A handbook in which every document claims a clause and refers to three others.
fn handbook(size: usize) -> Fixture {
    let fixture = Fixture::new(&[]);
    for at in 0..size {
        fixture.write(&path(at), &document(at, size));
    }
    fixture
}

fn path(at: usize) -> String {
    format!("content/{}-area/document-{at:04}.md", CLAUSES[at % CLAUSES.len()])
}

fn document(at: usize, size: usize) -> String {
    let id = |other: usize| format!("POL-AAA-{:04}", other % size);
    format!(
        "---\nid: {}\ntitle: Document {at}\ntype: policy\nversion: \"1.0\"\nstatus: approved\nowner: Owner {}\n\
         author: Writer\napprover: Director\napproved: 2026-03-02\nclauses: [\"{}\"]\nrelated: [{}]\n---\n\n\
         # Document {at}\n\nWhat document {at} says of service {}. See [[{}]] and [[{}]].\n\nThe end of it.\n",
        id(at),
        at % 12,
        CLAUSES[at % CLAUSES.len()],
        id(at + 3),
        at % 37,
        id(at + 1),
        id(at + 17),
    )
}

/// Paths of files that an edit rewrote, added or removed.
fn rewritten_paths(fixture: &Fixture, edit: impl Fn(&str) -> String) -> BTreeSet<String> {
    let before = fixture.build();
    let file = fixture.path(&path(EDITED_DOCUMENT));
    let text = fs::read_to_string(&file).expect("a text");
    let edited = edit(&text);
    assert_ne!(edited, text);
    fs::write(&file, edited).expect("a text");
    let after = fixture.build();
    fs::write(&file, text).expect("a text");
    differing_paths(&before, &after)
}

fn differing_paths(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let all: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    all.into_iter().filter(|path| left.get(*path) != right.get(*path)).cloned().collect()
}

#[test]
fn a_sentence_rewrites_a_few_files_of_a_handbook_of_any_size() {
    let mut counts = Vec::new();
    for size in SIZES {
        let fixture = handbook(size);
        let files = rewritten_paths(&fixture, |text| text.replace("The end of it.", "The end of it, which is new."));
        assert!(files.len() <= 12, "{size} documents: {files:#?}");
        counts.push(files.len());
    }
    assert!(counts[1] <= counts[0] + 1, "{counts:?}");
}

#[test]
fn a_draft_rewrites_lists_its_clause_and_documents_that_name_it_and_no_more_in_a_larger_handbook() {
    let mut counts = Vec::new();
    for size in SIZES {
        let fixture = handbook(size);
        let files = rewritten_paths(&fixture, |text| text.replace("status: approved", "status: draft"));
        let clause = format!("clauses/iso20000-1/{}", CLAUSES[EDITED_DOCUMENT % CLAUSES.len()]);
        let above = clause.rsplit_once('.').map(|(above, _)| above.to_owned());
        let is_of_clause = |path: &str| {
            let stem = path.trim_end_matches(".html");
            stem == clause
                || above.as_deref().is_some_and(|above| stem == above)
                || stem == clause.split('.').next().unwrap_or("")
        };
        let refers_to_document = |path: &str| {
            let page = |at: usize| format!("/document-{:04}.html", at % size);
            [
                EDITED_DOCUMENT,
                EDITED_DOCUMENT + 1,
                EDITED_DOCUMENT + 3,
                EDITED_DOCUMENT + 17,
                EDITED_DOCUMENT - 1,
                EDITED_DOCUMENT - 3,
                EDITED_DOCUMENT - 17,
            ]
            .iter()
            .any(|at| path.ends_with(&page(*at)))
        };
        let others: BTreeSet<&String> =
            files.iter().filter(|path| !is_list(path) && !is_of_clause(path) && !refers_to_document(path)).collect();
        assert!(others.len() <= 40, "{size} documents: {others:#?}");
        counts.push((files.iter().filter(|path| is_list(path)).count(), others.len()));
    }
    let [(lists, others), (lists_of_many, others_of_many)] = counts[..] else { unreachable!("two sizes") };
    // A list has parts of a few hundred documents, as pages and as data, and each part contains the total counts by
    // state; the calendar lists each review twice, by month and by kind.
    assert!(others_of_many <= others + 2, "{counts:?}");
    assert!(lists_of_many <= lists + (SIZES[1] - SIZES[0]) / 40, "{counts:?}");
}
