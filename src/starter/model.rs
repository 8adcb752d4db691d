//! The built-in model handbook, and its documents as drafts.

use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};

use super::front::FrontEditor;
use super::name::Organization;
use super::write::NewFile;
use super::{evidence, note, records};
use crate::config::Settings;
use crate::handbook::{Document, DocumentIndex, Handbook, HandbookParts, RegisterParts, assemble};
use crate::id::ItemId;
use crate::place::SourceText;
use crate::project::parse_file;
use crate::standard::{Standards, built_in};

static CONTENT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// The content folder of a new handbook.
pub(super) const CONTENT_FOLDER: &str = "content";
/// The standards that the model handbook addresses, the main one first.
pub(super) const STANDARDS: [&str; 2] = ["iso20000-1", "iso27001"];
/// Keys about what the fictional organization did and when, which a draft does not have.
const HISTORY_KEYS: [&str; 6] = ["approved", "effective", "date", "reviews", "changes", "supersedes"];
/// Keys that name services and locations of the fictional organization, which are not in the registers of a new
/// handbook.
const ORGANIZATION_KEYS: [&str; 2] = ["services", "locations"];
/// The version of a draft.
pub(super) const DRAFT_VERSION: &str = "\"0.1\"";
/// The home page, and its section on open points in the demonstration.
const HOME: (&str, &str) = ("content/index.md", "## Open points");
/// The note at the top of a new handbook's home page.
const HOME_NOTE: &str = "Every document in this handbook is a draft that was written for a fictional organization. A note at the top of each document lists what you need to decide. Treat names, numbers, dates and entries as examples until you have replaced them with your own.";

/// The model handbook as drafts for an organization.
#[derive(Debug)]
pub(crate) struct ModelHandbook {
    /// The standards that it addresses.
    pub(crate) standards: Standards,
    /// The documents and pages.
    pub(crate) handbook: Handbook,
}

impl ModelHandbook {
    /// Creates the model handbook, with every document as a draft that names this organization.
    pub(crate) fn new(organization: &Organization) -> ModelHandbook {
        let standards = Standards::new(STANDARDS.iter().filter_map(|name| built_in(&name.parse().ok()?)));
        let originals = read(&standards, originals());
        let included = originals.indexed().filter(|(_, document)| !is_left_out(document));
        let drafts = included.map(|(_, document)| draft(&standards, document, organization)).collect();
        let handbook = read(&standards, drafts);
        ModelHandbook { standards, handbook }
    }

    /// Returns every file of the handbook's content.
    pub(crate) fn files(&self) -> Vec<NewFile> {
        let file = |document: &Document| NewFile {
            path: document.path().to_string(),
            text: document.file.source.as_str().to_owned(),
        };
        let folder = |document: &Document| document.path().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let registers = self.handbook.indexed().flat_map(|(_, document)| registers(document, &folder(document)));
        self.handbook.indexed().map(|(_, document)| file(document)).chain(registers).collect()
    }

    /// The document that provides an item of the main standard.
    pub(crate) fn provider(&self, item: &ItemId) -> Option<DocumentIndex> {
        let provides =
            |document: &Document| document.provides.iter().any(|(key, _)| self.standards.item_at(*key).id == *item);
        self.handbook.controlled().find(|(_, document)| provides(document)).map(|(index, _)| index)
    }

    /// The folders below the content folder, named after clauses, each with its index page.
    pub(super) fn folders(&self) -> impl Iterator<Item = (&str, &Document)> {
        let index = |document: &'_ Document| document.path().ends_with("/index.md");
        self.handbook.documents.iter().filter(move |document| index(document)).filter_map(|document| {
            let folder = document.path().strip_prefix("content/")?.strip_suffix("/index.md")?;
            Some((folder, &**document))
        })
    }
}

/// The registers of a new handbook: empty, with an example in a comment.
const REGISTERS: [(&str, &str); 14] = [
    ("audits.yaml", include_str!("files/registers/audits.yaml")),
    ("nonconformities.yaml", include_str!("files/registers/nonconformities.yaml")),
    ("improvements.yaml", include_str!("files/registers/improvements.yaml")),
    ("management-reviews.yaml", include_str!("files/registers/management-reviews.yaml")),
    ("services.yaml", include_str!("files/registers/services.yaml")),
    ("suppliers.yaml", include_str!("files/registers/suppliers.yaml")),
    ("locations.yaml", include_str!("files/registers/locations.yaml")),
    ("context.yaml", include_str!("files/registers/context.yaml")),
    ("obligations.yaml", include_str!("files/registers/obligations.yaml")),
    ("risks.yaml", include_str!("files/registers/risks.yaml")),
    ("objectives.yaml", include_str!("files/registers/objectives.yaml")),
    ("indicators.yaml", include_str!("files/registers/indicators.yaml")),
    ("competences.yaml", include_str!("files/registers/competences.yaml")),
    ("acknowledgements.yaml", include_str!("files/registers/acknowledgements.yaml")),
];

/// The registers that a document owns, as files in `folder`.
pub(super) fn registers(document: &Document, folder: &str) -> Vec<NewFile> {
    let register_refs = document.front().into_iter().flat_map(|front| &front.registers);
    let known_files =
        register_refs.filter_map(|register| REGISTERS.iter().find(|(name, _)| *name == register.file.value));
    known_files.map(|(name, text)| NewFile { path: format!("{folder}/{name}"), text: (*text).to_owned() }).collect()
}

/// The files of the model handbook by path.
fn originals() -> Vec<NewFile> {
    let mut files = Vec::new();
    collect(&CONTENT, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<NewFile>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, files),
            DirEntry::File(file) => {
                let is_page = file.path().extension().is_some_and(|ending| ending == "md");
                if let (Some(path), Some(text), true) = (file.path().to_str(), file.contents_utf8(), is_page) {
                    let path = format!("{CONTENT_FOLDER}/{}", path.replace('\\', "/"));
                    files.push(NewFile { path, text: text.to_owned() });
                }
            }
        }
    }
}

fn read(standards: &Standards, files: Vec<NewFile>) -> Handbook {
    let settings = Settings::default();
    let vocabulary = settings.vocabulary();
    let parse = |file: NewFile| Arc::new(parse_file(SourceText::new(file.path, &file.text), &settings, &vocabulary));
    let files = files.into_iter().map(parse).collect();
    let parts = HandbookParts {
        settings: &settings,
        standards,
        files,
        assets: Vec::new(),
        hidden: Vec::new(),
        registers: RegisterParts::default(),
        own_places: &[],
        theme: Vec::new(),
    };
    assemble(parts, None)
}

fn is_left_out(document: &Document) -> bool {
    document.id().is_some_and(|id| records::is_omitted(id.as_str()))
}

/// Converts a document or page to a draft for a new handbook.
fn draft(standards: &Standards, document: &Document, organization: &Organization) -> NewFile {
    let source = &document.file.source;
    let path = replace_dated_names(document.path());
    let Some(mut front) = FrontEditor::new(source) else {
        return NewFile { path, text: organization.in_markdown(source.as_str()) };
    };
    let evidence = document.id().and_then(|id| records::find_evidence(id.as_str()));
    if document.is_controlled() {
        turn_into_draft(&mut front, evidence);
    }
    front.change_texts(|text| Organization::is_fictional_in(text).then(|| organization.in_plain(text)));
    let (front, body) = front.finish();
    let body = match evidence {
        Some(_) => evidence::instructions(body, &*document.doc_type == "record"),
        None if &**document.path() == HOME.0 => without_section(body, HOME.1),
        None => body.trim_start_matches('\n').to_owned(),
    };
    let note = match document.is_controlled() {
        true => note::note(standards, document, evidence),
        false if &**document.path() == HOME.0 => note::render_note(&[HOME_NOTE.to_owned()]),
        false => String::new(),
    };
    let text = format!("{front}\n{note}{}", replace_dated_names(&organization.in_markdown(&body)));
    NewFile { path, text: text.trim_end().to_owned() + "\n" }
}

fn turn_into_draft(front: &mut FrontEditor<'_>, evidence: Option<&records::Evidence>) {
    HISTORY_KEYS.iter().chain(&ORGANIZATION_KEYS).for_each(|key| front.remove(key));
    front.set("status", "draft");
    front.set("version", DRAFT_VERSION);
    if let Some(evidence) = evidence {
        front.set("title", &super::text::quote_yaml(evidence.title));
        // Decisions on a day belong to the fictional organization.
        let begins_empty = front.value("registers").is_some_and(names_known);
        if evidence.renamed_file.is_some() && !begins_empty {
            front.remove("registers");
        }
    }
    // A fixed review day belongs to the fictional organization; an interval is a proposal.
    let is_day = front.value("review").is_some_and(|node| matches!(&node.value, crate::yaml::Value::Map(entries) if entries.iter().any(|entry| entry.key.value == "next")));
    if is_day {
        front.remove("review");
    }
}

/// Whether a new handbook has every register in a list.
fn names_known(node: &crate::yaml::Node) -> bool {
    let is_known = |text: &str| REGISTERS.iter().any(|(name, _)| *name == text);
    match &node.value {
        crate::yaml::Value::List(items) => {
            items.iter().all(|item| matches!(&item.value, crate::yaml::Value::Scalar(scalar) if is_known(&scalar.text)))
        }
        _ => false,
    }
}

/// Replaces dated file names of records by undated ones, and references to omitted documents by their replacements.
fn replace_dated_names(text: &str) -> String {
    let renamed = records::EVIDENCE.iter().filter_map(|evidence| evidence.renamed_file);
    let omitted = records::OMITTED_DOCUMENTS.iter().map(|document| (document.file, document.replacement));
    let rename = |text: String, (old, new)| text.replace(&format!("{old}.md"), &format!("{new}.md"));
    renamed.chain(omitted).fold(text.to_owned(), rename)
}

/// Removes a section from a text, from its heading to the next heading of the same level.
fn without_section(body: &str, heading: &str) -> String {
    let body = body.trim_start_matches('\n');
    let Some(start) = body.find(heading) else { return body.to_owned() };
    let rest = &body[start + heading.len()..];
    let end = rest.find("\n## ").map_or(body.len(), |at| start + heading.len() + at + 1);
    format!("{}{}", &body[..start], &body[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_and_report_has_instructions_and_every_instruction_a_document() {
        let standards = Standards::new(STANDARDS.iter().filter_map(|name| built_in(&name.parse().ok()?)));
        let handbook = read(&standards, originals());
        let mut ids: Vec<&str> = handbook
            .controlled()
            .filter(|(_, document)| matches!(&*document.doc_type, "record" | "report"))
            .filter_map(|(_, document)| Some(document.id()?.as_str()))
            .filter(|id| !records::is_omitted(id))
            .collect();
        ids.sort_unstable();
        let mut known: Vec<&str> = records::EVIDENCE.iter().map(|evidence| evidence.id).collect();
        known.sort_unstable();
        assert_eq!(ids, known);
        for (old, _) in records::EVIDENCE.iter().filter_map(|evidence| evidence.renamed_file) {
            assert!(originals().iter().any(|file| file.path.ends_with(&format!("/{old}.md"))), "{old}");
        }
        for left in &records::OMITTED_DOCUMENTS {
            let left_out =
                handbook.controlled().find(|(_, document)| document.id().is_some_and(|id| id.as_str() == left.id));
            assert!(
                left_out.is_some_and(|(_, document)| document.path().ends_with(&format!("/{}.md", left.file))),
                "{}",
                left.id
            );
        }
        let home = originals().into_iter().find(|file| file.path == HOME.0).expect("a home page");
        assert!(home.text.contains(HOME.1));
    }
}
