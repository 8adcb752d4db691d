//! Required items that no document provides, and drafts for them from the model handbook.

use std::collections::BTreeMap;

use super::create::{CreateError, CreatedDocument, NewDocument, create, folder_for};
use super::front::FrontEditor;
use super::identity;
use super::model::{ModelHandbook, STANDARDS, registers};
use super::text;
use crate::assess::{Assessed, ItemVerdict};
use crate::handbook::{Destination, Document, DocumentIndex};
use crate::id::{ClauseKey, DocumentId, ItemKey};
use crate::markdown::{Link, LinkForm};
use crate::source::front_matter::{Claim, Extent};
use crate::standard::{Basis, Retention};

/// Required items that no document provides, not even a draft, in the order of the standards.
pub(crate) fn open_items(assessed: Assessed<'_>) -> Vec<ItemKey> {
    let items = assessed.assessment.items.iter().flatten();
    let open = items.filter(|item| item.basis == Basis::Required && item.verdict == ItemVerdict::Missing);
    open.map(|item| item.item).collect()
}

/// Returns a draft for each item: the model handbook's document if it has one, otherwise an outline.
///
/// A document that provides several items is created only once. Links to documents that neither the handbook nor this
/// run has become plain text.
///
/// # Errors
/// If no ID is free, or IDs that match the pattern in the settings cannot be generated.
pub(crate) fn create_missing(
    assessed: Assessed<'_>,
    model: &ModelHandbook,
    items: &[ItemKey],
) -> Result<Vec<CreatedDocument>, CreateError> {
    let mut made: BTreeMap<DocumentIndex, CreatedDocument> = BTreeMap::new();
    let mut outlines: Vec<CreatedDocument> = Vec::new();
    let mut chosen: Vec<DocumentId> = Vec::new();
    for item in items {
        match provider(assessed, model, *item) {
            Some(index) if made.contains_key(&index) => {}
            Some(index) => {
                let created = place_document(assessed, model, index, &chosen)?;
                chosen.push(created.id.clone());
                made.insert(index, created);
            }
            None => {
                let mut request = outline(assessed, *item);
                let plain = create(assessed, &request, None)?;
                if chosen.contains(&plain.id) {
                    request.id = renumber(assessed, &plain.id, &chosen);
                }
                let created = create(assessed, &request, None)?;
                chosen.push(created.id.clone());
                outlines.push(created);
            }
        }
    }
    let places = made.clone();
    for (index, created) in &mut made {
        created.text =
            Adapter { assessed, model, created: &places, index: *index, document: model.handbook.document(*index) }
                .text();
    }
    Ok(made.into_values().chain(outlines).collect())
}

/// The model handbook's document for an item, if this handbook has the same main standard.
fn provider(assessed: Assessed<'_>, model: &ModelHandbook, item: ItemKey) -> Option<DocumentIndex> {
    let main = assessed.reading.standards.main()?;
    let same = item.standard == main && assessed.reading.standards.catalogue(main).id.as_str() == STANDARDS[0];
    same.then(|| model.provider(&assessed.reading.standards.item_at(item).id))?
}

/// Chooses the path and ID for a document of the model handbook.
fn place_document(
    assessed: Assessed<'_>,
    model: &ModelHandbook,
    index: DocumentIndex,
    chosen: &[DocumentId],
) -> Result<CreatedDocument, CreateError> {
    let document = model.handbook.document(index);
    let no_id = || CreateError::NoId(document.doc_type.to_string());
    let own_id = document.id().ok_or_else(no_id)?.clone();
    let id = match assessed.is_taken(&own_id) || chosen.contains(&own_id) {
        true => renumber(assessed, &own_id, chosen).ok_or_else(no_id)?,
        false => own_id,
    };
    if let Some(pattern) =
        assessed.reading.settings.id_pattern.as_ref().filter(|pattern| !pattern.regex.is_match(id.as_str()))
    {
        return Err(CreateError::Pattern { id, pattern: pattern.text.clone() });
    }
    let (folder, name) = document.path().rsplit_once('/').unwrap_or(("", document.path()));
    let clause = clause(assessed, model, document).filter(|key| !assessed.neighbours(*key).is_empty());
    let content = &assessed.reading.settings.content;
    let folder = match clause {
        Some(key) => folder_for(assessed, key),
        None => folder.replacen(super::model::CONTENT_FOLDER, content, 1),
    };
    let folder = folder.strip_prefix("./").unwrap_or(&folder);
    let path = format!("{folder}/{name}");
    let known_registers = &assessed.reading.handbook.registers;
    let registers =
        registers(document, folder).into_iter().filter(|register| known_registers.file(&register.path).is_none());
    Ok(CreatedDocument { id, registers: registers.collect(), path, text: String::new() })
}

fn renumber(assessed: Assessed<'_>, id: &DocumentId, chosen: &[DocumentId]) -> Option<DocumentId> {
    let mut parts = id.as_str().splitn(3, '-');
    let (prefix, area) = (parts.next()?, parts.next()?);
    identity::next(assessed, prefix, area, chosen)
}

/// The clause in this handbook's standards that determines the folder of a document of the model handbook.
fn clause(assessed: Assessed<'_>, model: &ModelHandbook, document: &Document) -> Option<ClauseKey> {
    let claimed = document.claims.iter().map(|claim| claim.clause);
    let provided_clauses = document.provides.iter().map(|(item, _)| model.standards.clause_of(*item));
    let key = claimed.chain(provided_clauses).find(|key| Some(key.standard) == model.standards.main())?;
    assessed.reading.standards.find(assessed.reading.standards.main()?, &model.standards.clause(key).id)
}

/// An outline for an item that the model handbook does not provide.
fn outline(assessed: Assessed<'_>, item: ItemKey) -> NewDocument {
    let facts = assessed.reading.standards.item_at(item);
    let usual_type = facts.kind.as_deref().filter(|kind| assessed.reading.settings.find_type(kind).is_some());
    let evidence = ["record", "report", "register", "analysis", "catalogue"];
    let kind = match facts.keep {
        Retention::Retain => usual_type.filter(|kind| evidence.contains(kind)).unwrap_or("record"),
        Retention::Maintain => {
            usual_type.filter(|kind| !["record", "template", "page"].contains(kind)).unwrap_or("specification")
        }
    };
    NewDocument {
        doc_type: kind.to_owned(),
        title: facts.name.clone(),
        clauses: Vec::new(),
        provides: vec![item],
        owner: None,
        classification: None,
        id: None,
        folder: None,
    }
}

/// Adapts a document of the model handbook to another handbook.
struct Adapter<'a> {
    assessed: Assessed<'a>,
    model: &'a ModelHandbook,
    created: &'a BTreeMap<DocumentIndex, CreatedDocument>,
    index: DocumentIndex,
    document: &'a Document,
}

impl Adapter<'_> {
    fn text(&self) -> String {
        let source = &self.document.file.source;
        let Some(mut front) = FrontEditor::new(source) else { return source.as_str().to_owned() };
        if let Some(created) = self.own() {
            front.set("id", created.id.as_str());
        }
        let relations = [
            ("related", &self.document.related),
            ("depends_on", &self.document.depends_on),
            ("supersedes", &self.document.supersedes),
        ];
        for (key, documents) in relations {
            let ids: Vec<String> =
                documents.iter().filter_map(|index| Some(self.counterpart(*index)?.0?.to_string())).collect();
            set_list(&mut front, key, &ids);
        }
        self.claims(&mut front);
        let (front, body) = front.finish();
        front + &self.body(source.as_str().len() - body.len())
    }

    fn own(&self) -> Option<&CreatedDocument> {
        self.created.get(&self.index)
    }

    /// Removes claims on standards that the handbook does not use.
    fn claims(&self, front: &mut FrontEditor<'_>) {
        let Some(read) = self.document.front() else { return };
        let is_known = |claim: &&Claim| {
            claim
                .clause
                .value
                .standard
                .as_ref()
                .is_none_or(|id| self.assessed.reading.standards.find_standard(id).is_some())
        };
        let kept: Vec<&Claim> = read.clauses.iter().filter(is_known).collect();
        if kept.len() < read.clauses.len() {
            let claims: Vec<String> = kept.iter().map(|claim| claim_as_yaml(claim)).collect();
            set_list(front, "clauses", &claims);
        }
    }

    /// Finds the counterpart in the handbook of a document or page of the model handbook: its ID, its path, and its
    /// index if it exists already.
    fn counterpart(&self, index: DocumentIndex) -> Option<(Option<DocumentId>, String, Option<DocumentIndex>)> {
        if let Some(created) = self.created.get(&index) {
            return Some((Some(created.id.clone()), created.path.clone(), None));
        }
        let handbook = &self.assessed.reading.handbook;
        let target = self.model.handbook.document(index);
        let target_index = match target.id() {
            Some(id) => self.assessed.document(id)?,
            None => handbook.lookup.by_path(&self.in_content(target.path()))?,
        };
        let document = handbook.document(target_index);
        Some((document.id().cloned(), document.path().to_string(), Some(target_index)))
    }

    fn in_content(&self, path: &str) -> String {
        let path = path.replacen(super::model::CONTENT_FOLDER, &self.assessed.reading.settings.content, 1);
        path.strip_prefix("./").unwrap_or(&path).to_owned()
    }

    /// The text from an offset on, with every link pointing to its counterpart or replaced by plain text.
    fn body(&self, start: usize) -> String {
        let text = self.document.file.source.as_str();
        let mut out = String::new();
        let mut at = start;
        let links = self.document.file.body.links.iter().zip(&self.document.links);
        for (link, destination) in links.filter(|(link, _)| link.span.start as usize >= start) {
            let Destination::Document { document, anchor, .. } = destination else { continue };
            let (from, to) = (link.span.start as usize, link.span.end as usize);
            if from < at {
                continue;
            }
            out.push_str(&text[at..from]);
            out.push_str(&self.link(link, *document, Some(&*anchor.id).filter(|id| !id.is_empty()), &text[from..to]));
            at = to;
        }
        out + &text[at..]
    }

    fn link(&self, link: &Link, target: DocumentIndex, anchor: Option<&str>, source_text: &str) -> String {
        let title = &self.model.handbook.document(target).title;
        let label = if link.text.is_empty() { title.as_ref() } else { &*link.text };
        let Some((id, path, existing)) = self.counterpart(target) else { return text::markdown(label) };
        let anchor = anchor.filter(|anchor| {
            existing.is_none_or(|index| has_anchor(self.assessed.reading.handbook.document(index), anchor))
        });
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        match (link.form, id) {
            (LinkForm::Wiki, Some(id)) if link.text.is_empty() => format!("[[{id}{anchor}]]"),
            (LinkForm::Wiki, Some(id)) => format!("[[{id}{anchor}|{}]]", link.text),
            (LinkForm::Inline, _) => match source_text.rsplit_once("](") {
                Some((beginning, _)) => format!("{beginning}]({}{anchor})", self.relative(&path)),
                None => source_text.to_owned(),
            },
            _ => source_text.to_owned(),
        }
    }

    /// A path relative to this document's new location.
    fn relative(&self, path: &str) -> String {
        let own_path = self.own().map_or(&**self.document.path(), |created| created.path.as_str());
        let folders: Vec<&str> = own_path.split('/').collect();
        let target: Vec<&str> = path.split('/').collect();
        let shared =
            folders[..folders.len() - 1].iter().zip(&target[..target.len() - 1]).take_while(|(a, b)| a == b).count();
        "../".repeat(folders.len() - 1 - shared) + &target[shared..].join("/")
    }
}

fn has_anchor(document: &Document, anchor: &str) -> bool {
    document.anchor(anchor) == Some(anchor)
}

/// Replaces the list under an existing key, or removes the key if the list is empty.
fn set_list(front: &mut FrontEditor<'_>, key: &str, items: &[String]) {
    if items.is_empty() {
        front.remove(key);
    } else {
        front.set(key, &format!("[{}]", items.join(", ")));
    }
}

fn claim_as_yaml(claim: &Claim) -> String {
    let clause = text::quote_yaml(&claim.clause.value.to_string());
    let note =
        claim.note.as_ref().map_or_else(String::new, |note| format!(", note: {}", text::quote_yaml(&note.value)));
    match claim.extent {
        Extent::Full if note.is_empty() => clause,
        extent => format!("{{clause: {clause}, extent: {}{note}}}", extent.as_str()),
    }
}
