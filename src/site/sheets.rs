//! Pages of print: which there are and what each holds.

use super::frames::Part;
use super::groups::{Group, Groups};
use super::layout;
use super::theme::Labels;
use crate::handbook::DocumentIndex;
use crate::url::SitePath;

/// A page of print holds at most this many documents.
const MAX_DOCUMENTS: usize = 150;
/// Name of the page of documents that are in no clause group.
pub(crate) const REST: &str = "other";

/// A page of print.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Where it is.
    pub(crate) path: SitePath,
    /// Its title.
    pub(crate) title: String,
    /// What it holds, in order.
    pub(crate) parts: Vec<SheetPart>,
}

/// A group of documents on a page of print.
#[derive(Clone, Debug)]
pub(crate) struct SheetPart {
    /// The group, as a rank in [`Groups`].
    pub(crate) group: usize,
    /// Those of its documents and pages that stand here.
    pub(crate) documents: Vec<DocumentIndex>,
}

impl Sheet {
    /// The documents on it.
    pub(crate) fn documents(&self) -> impl Iterator<Item = DocumentIndex> {
        self.parts.iter().flat_map(|part| part.documents.iter().copied())
    }
}

/// The whole handbook on one page where it is not too long, and pages for each group.
pub(crate) fn sheets(groups: &Groups, labels: &Labels) -> Vec<Sheet> {
    let filled: Vec<(usize, &Group)> =
        groups.iter().enumerate().filter(|(_, group)| !group.documents.is_empty()).collect();
    let total: usize = filled.iter().map(|(_, group)| group.documents.len()).sum();
    let mut sheets = Vec::new();
    if total <= MAX_DOCUMENTS {
        sheets.push(whole(&filled, labels));
    }
    sheets.extend(filled.into_iter().flat_map(|(at, group)| of_group(at, group)));
    sheets
}

/// The page of the whole handbook.
pub(crate) fn whole_path() -> SitePath {
    layout::own("print/index.html")
}

/// How a group is named in addresses and on the command line.
pub(crate) fn name_of(group: &Group) -> &str {
    if group.number.is_empty() { REST } else { &group.number }
}

fn whole(filled: &[(usize, &Group)], labels: &Labels) -> Sheet {
    let part = |(group, of): &(usize, &Group)| SheetPart { group: *group, documents: of.documents.clone() };
    Sheet {
        path: whole_path(),
        title: labels.text("say.print_all").to_owned(),
        parts: filled.iter().map(part).collect(),
    }
}

fn of_group(at: usize, group: &Group) -> Vec<Sheet> {
    let first = layout::own(&format!("print/{}.html", name_of(group)));
    let sheet = |part: Part| {
        let title = format!("{} {}", group.number, group.title);
        let title = if part.of > 1 { format!("{title} ({}/{})", part.number, part.of) } else { title };
        let documents = group.documents[part.range.clone()].to_vec();
        Sheet {
            path: part.path(&first),
            title: title.trim().to_owned(),
            parts: vec![SheetPart { group: at, documents }],
        }
    };
    Part::split(group.documents.len(), MAX_DOCUMENTS).into_iter().map(sheet).collect()
}
