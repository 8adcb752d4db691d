//! The print pages and their contents.

use super::frames::ListSlice;
use super::groups::{Group, Groups};
use super::layout;
use super::theme::Labels;
use crate::handbook::DocumentIndex;
use crate::url::SitePath;

/// The maximum number of documents on a print page.
const MAX_DOCUMENTS: usize = 150;
/// The name of the page with documents that are in no group of clauses.
pub(crate) const OTHER_GROUP: &str = "other";

/// A print page.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The address.
    pub(crate) path: SitePath,
    /// The title.
    pub(crate) title: String,
    /// The contents, in order.
    pub(crate) parts: Vec<SheetPart>,
}

/// The documents of one group on a print page.
#[derive(Clone, Debug)]
pub(crate) struct SheetPart {
    /// The group, as an index into [`Groups`].
    pub(crate) group: usize,
    /// The documents and pages of the group that are on this print page.
    pub(crate) documents: Vec<DocumentIndex>,
}

impl Sheet {
    /// All documents on the page.
    pub(crate) fn documents(&self) -> impl Iterator<Item = DocumentIndex> {
        self.parts.iter().flat_map(|part| part.documents.iter().copied())
    }
}

/// A page with the whole handbook, if it is not too long, and the pages of each group.
pub(crate) fn sheets(groups: &Groups, labels: &Labels) -> Vec<Sheet> {
    let filled: Vec<(usize, &Group)> =
        groups.iter().enumerate().filter(|(_, group)| !group.documents.is_empty()).collect();
    let total: usize = filled.iter().map(|(_, group)| group.documents.len()).sum();
    let mut sheets = Vec::new();
    if total <= MAX_DOCUMENTS {
        sheets.push(whole(&filled, labels));
    }
    sheets.extend(filled.into_iter().flat_map(|(at, group)| group_sheets(at, group)));
    sheets
}

/// The address of the page with the whole handbook.
pub(crate) fn whole_path() -> SitePath {
    layout::own_path("print/index.html")
}

/// The name of a group in addresses and on the command line.
pub(crate) fn group_name(group: &Group) -> &str {
    if group.number.is_empty() { OTHER_GROUP } else { &group.number }
}

fn whole(filled: &[(usize, &Group)], labels: &Labels) -> Sheet {
    let part = |(group, of): &(usize, &Group)| SheetPart { group: *group, documents: of.documents.clone() };
    Sheet {
        path: whole_path(),
        title: labels.text("say.print_all").to_owned(),
        parts: filled.iter().map(part).collect(),
    }
}

fn group_sheets(at: usize, group: &Group) -> Vec<Sheet> {
    let first = layout::own_path(&format!("print/{}.html", group_name(group)));
    let sheet = |part: ListSlice| {
        let title = format!("{} {}", group.number, group.title);
        let title = if part.count > 1 { format!("{title} ({}/{})", part.number, part.count) } else { title };
        let documents = group.documents[part.range.clone()].to_vec();
        Sheet {
            path: part.path(&first),
            title: title.trim().to_owned(),
            parts: vec![SheetPart { group: at, documents }],
        }
    };
    ListSlice::split(group.documents.len(), MAX_DOCUMENTS).into_iter().map(sheet).collect()
}
