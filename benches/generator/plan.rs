//! The plan of all documents: everything that one document may refer to in another.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::catalogue::{Unit, units};
use super::prose::SUBJECTS;
use super::random::Random;

/// A folder for documents whose clauses have a common prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    clauses: &'static str,
    code: &'static str,
    /// Name of the folder.
    pub folder: &'static str,
}

const fn group(clauses: &'static str, code: &'static str, folder: &'static str) -> Group {
    Group { clauses, code, folder }
}

/// All groups, in the order of the standard.
pub const GROUPS: [Group; 13] = [
    group("4.", "CTX", "4-context"),
    group("5.", "LDR", "5-leadership"),
    group("6.", "PLA", "6-planning"),
    group("7.", "SUP", "7-support"),
    group("8.1", "OPS", "8.1-operations"),
    group("8.2.", "PTF", "8.2-portfolio"),
    group("8.3.", "RLN", "8.3-relationship"),
    group("8.4.", "SAD", "8.4-supply-and-demand"),
    group("8.5.", "CHG", "8.5-change"),
    group("8.6.", "RES", "8.6-resolution"),
    group("8.7.", "ASR", "8.7-assurance"),
    group("9.", "EVA", "9-evaluation"),
    group("10.", "IMP", "10-improvement"),
];

/// Types of documents that do not provide an item, with the prefix of their ids.
const OTHER_TYPES: [(&str, &str); 13] = [
    ("policy", "POL"),
    ("process", "PRC"),
    ("procedure", "PRO"),
    ("plan", "PLN"),
    ("work-instruction", "WIN"),
    ("guideline", "GDL"),
    ("agreement", "AGR"),
    ("catalogue", "CAT"),
    ("register", "REG"),
    ("specification", "SPC"),
    ("analysis", "ANA"),
    ("report", "RPT"),
    ("record", "REC"),
];

/// The state of a document on the handbook's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlannedState {
    /// Approved, review not yet due.
    Current,
    /// Approved, review due within the month.
    DueSoon,
    /// Approved, review overdue.
    Overdue,
    /// Not yet approved.
    Draft,
}

/// A planned document.
#[derive(Clone, Debug)]
pub struct PlannedDocument {
    /// The document id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The document type.
    pub document_type: String,
    /// The index of its coverage unit in the plan.
    pub unit: usize,
    /// The item that the document provides.
    pub provides: Option<String>,
    /// The state on the handbook's date.
    pub state: PlannedState,
    group: Group,
    folder: String,
    file: String,
}

/// The plan of a handbook.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The coverage units of the standard.
    pub units: Vec<Unit>,
    /// The documents; their index is their number.
    pub documents: Vec<PlannedDocument>,
}

impl Plan {
    /// Plans this number of documents: one for each unit in turn, then again from the first unit.
    pub fn new(documents: usize) -> Plan {
        let units = units();
        let documents = (0..documents).map(|number| PlannedDocument::new(number, &units)).collect();
        Plan { units, documents }
    }

    /// Every folder with a document or a page, relative to the content folder.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let groups = GROUPS.iter().map(|group| PathBuf::from(group.folder));
        groups.chain(self.documents.iter().map(|document| document.folder_path())).collect()
    }

    /// The documents that a document links to: 5 to 10 others, if there are as many.
    pub fn links(&self, number: usize, random: &mut Random) -> Vec<usize> {
        let others = self.documents.len() - 1;
        let count = random.within(5..=10).min(others);
        let mut links = Vec::with_capacity(count);
        while links.len() < count {
            // Counted from the document itself, so that it never links to itself.
            let link = (number + 1 + random.below(others)) % self.documents.len();
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }
}

impl PlannedDocument {
    fn new(number: usize, units: &[Unit]) -> PlannedDocument {
        // A separate stream: the name of a document must not change if its text does.
        let mut random = Random::new(!(number as u64));
        let unit = number % units.len();
        let item = units[unit].items.get(number / units.len());
        let free = OTHER_TYPES[(number + number / units.len()) % OTHER_TYPES.len()].0;
        let document_type = item.map_or(free, |item| item.document_type()).to_owned();
        let subject = random.pick(SUBJECTS);
        let prefix = OTHER_TYPES.iter().find(|(name, _)| *name == document_type).map_or("DOC", |(_, prefix)| prefix);
        let group = group_of(&units[unit].clause);
        PlannedDocument {
            id: format!("{prefix}-{}-{number:05}", group.code),
            title: format!("{}, {} for {subject}", units[unit].title, document_type.replace('-', " ")),
            folder: format!("{}-{}", units[unit].clause, slug(&units[unit].title)),
            file: format!("{document_type}-for-{}-{number:05}.md", slug(subject)),
            provides: item.map(|item| item.id.clone()),
            state: planned_state(number),
            document_type,
            unit,
            group,
        }
    }

    /// The path of its file below the content folder.
    pub fn path(&self) -> PathBuf {
        self.folder_path().join(&self.file)
    }

    fn folder_path(&self) -> PathBuf {
        [self.group.folder, &self.folder].iter().collect()
    }

    /// The path of another document's file relative to this one.
    pub fn relative_path_to(&self, other: &PlannedDocument) -> String {
        if self.group != other.group {
            format!("../../{}/{}/{}", other.group.folder, other.folder, other.file)
        } else if self.folder != other.folder {
            format!("../{}/{}", other.folder, other.file)
        } else {
            other.file.clone()
        }
    }
}

fn group_of(clause: &str) -> Group {
    // The last group is the fallback, so that a new clause in the catalogue has a place.
    *GROUPS.iter().find(|group| clause.starts_with(group.clauses)).unwrap_or(&GROUPS[GROUPS.len() - 1])
}

fn planned_state(number: usize) -> PlannedState {
    match number % 20 {
        13 => PlannedState::Draft,
        3 => PlannedState::Overdue,
        _ if number % 50 == 21 => PlannedState::DueSoon,
        _ => PlannedState::Current,
    }
}

fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}
