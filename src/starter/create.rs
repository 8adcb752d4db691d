//! A single new document: ID, folder, front matter and sections.

use super::identity;
use super::outline;
use super::text::{file_name, most_frequent, quote_yaml, yaml_list};
use super::write::NewFile;
use super::{folder, model};
use crate::assess::Assessed;
use crate::handbook::{Document, PAGE};
use crate::id::{ClauseKey, DocumentId, ItemKey};
use crate::path::RelativePath;
use crate::place::SourceText;
use crate::spelling;

/// A request for a new document.
#[derive(Clone, Debug)]
pub(crate) struct NewDocument {
    /// The document type.
    pub(crate) doc_type: String,
    /// The title.
    pub(crate) title: String,
    /// The clauses that it addresses.
    pub(crate) clauses: Vec<ClauseKey>,
    /// The items that it provides.
    pub(crate) provides: Vec<ItemKey>,
    /// The owner.
    pub(crate) owner: Option<String>,
    /// The classification, if its text determines it.
    pub(crate) classification: Option<String>,
    /// The ID, if it is not the next free one.
    pub(crate) id: Option<DocumentId>,
    /// The folder below the content folder, if it is not its chapter's.
    pub(crate) folder: Option<RelativePath>,
}

/// A new document that has not been written to disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CreatedDocument {
    /// The document ID.
    pub(crate) id: DocumentId,
    /// The path relative to the handbook's folder.
    pub(crate) path: String,
    /// The content of the file.
    pub(crate) text: String,
    /// Registers that it owns.
    pub(crate) registers: Vec<NewFile>,
}

/// Why a document cannot be created.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CreateError {
    /// The handbook does not have this type.
    #[error("`{kind}` is not a document type{}", help.as_ref().map_or_else(String::new, |help| format!("; {help}")))]
    Type {
        /// The requested type.
        kind: String,
        /// The most similar type, or all types.
        help: Option<String>,
    },
    /// The title is empty or contains characters that are not allowed.
    #[error("a title is one line of text, and not empty")]
    Title,
    /// The folder is one that is never read.
    #[error("no document in `{0}` would be read, because its name begins with a dot; choose another folder")]
    HiddenFolder(RelativePath),
    /// The ID is in use.
    #[error("ID `{0}` is already in use, and IDs are never reused; omit --id to use the next free one")]
    Taken(DocumentId),
    /// The ID does not match the pattern in the settings.
    #[error("ID `{id}` does not match id_pattern `{pattern}`; choose one that does with --id")]
    Pattern {
        /// The ID.
        id: DocumentId,
        /// The pattern as written.
        pattern: String,
    },
    /// No ID could be found.
    #[error("there is no free id that begins with `{0}`; choose one with --id")]
    NoId(String),
    /// The handbook's template has an unknown placeholder.
    #[error(
        "{file} has a placeholder `{{{{{word}}}}}` that means nothing; write one of {{{{id}}}}, {{{{title}}}}, {{{{type}}}}, {{{{clauses}}}}, {{{{provides}}}} and {{{{owner}}}}"
    )]
    Placeholder {
        /// The template.
        file: String,
        /// The name of the placeholder.
        word: String,
    },
}

/// Creates a document. `template` is the handbook's own template for its type, if any.
///
/// # Errors
/// If the request cannot be met. The message suggests what to request instead.
pub(crate) fn create(
    assessed: Assessed<'_>,
    request: &NewDocument,
    template: Option<&SourceText>,
) -> Result<CreatedDocument, CreateError> {
    check(assessed, request)?;
    let clause = main_clause(assessed, request);
    let neighbours = clause.map(|key| assessed.neighbours(key)).unwrap_or_default();
    let id = id(assessed, request, &neighbours)?;
    let folder = match &request.folder {
        Some(folder) => below_content(assessed, folder),
        None => clause.map_or_else(|| assessed.reading.settings.content.clone(), |key| folder_for(assessed, key)),
    };
    let path = format!("{folder}/{}.md", file_name(&request.title, "document"));
    let path = path.strip_prefix("./").unwrap_or(&path).to_owned();
    let facts = DraftFacts { assessed, request, id: &id, neighbours: &neighbours };
    let text = match template {
        Some(template) => facts.fill(template)?,
        None => facts.front() + &facts.sections(),
    };
    Ok(CreatedDocument { id, path, text, registers: Vec::new() })
}

fn check(assessed: Assessed<'_>, request: &NewDocument) -> Result<(), CreateError> {
    let known_types =
        || assessed.reading.settings.types.iter().map(|kind| kind.name.as_str()).filter(|name| *name != PAGE);
    if !known_types().any(|name| name == request.doc_type) {
        let help = spelling::suggest_help(&request.doc_type, known_types());
        return Err(CreateError::Type { kind: request.doc_type.clone(), help });
    }
    if let Some(folder) = request.folder.as_ref().filter(|folder| folder.is_hidden()) {
        return Err(CreateError::HiddenFolder(folder.clone()));
    }
    let title = request.title.trim();
    if title.is_empty() || title.contains(char::is_control) { Err(CreateError::Title) } else { Ok(()) }
}

/// The clause that determines folder and area: the first one named, or otherwise the clause of the first item.
fn main_clause(assessed: Assessed<'_>, request: &NewDocument) -> Option<ClauseKey> {
    let of_item = || request.provides.first().map(|item| assessed.reading.standards.clause_of(*item));
    request.clauses.first().copied().or_else(of_item)
}

fn id(assessed: Assessed<'_>, request: &NewDocument, neighbours: &[&Document]) -> Result<DocumentId, CreateError> {
    let id = match &request.id {
        Some(id) if assessed.is_taken(id) => return Err(CreateError::Taken(id.clone())),
        Some(id) => id.clone(),
        None => {
            let prefix = identity::prefix(assessed, &request.doc_type);
            let area = identity::area(neighbours, &request.title);
            let next = identity::next(assessed, &prefix, &area, &[]);
            next.ok_or(CreateError::NoId(format!("{prefix}-{area}")))?
        }
    };
    match &assessed.reading.settings.id_pattern {
        Some(pattern) if !pattern.regex.is_match(id.as_str()) => {
            Err(CreateError::Pattern { id, pattern: pattern.text.clone() })
        }
        _ => Ok(id),
    }
}

/// Resolves a folder name from the user: it is below the content folder, whether or not the name includes that.
fn below_content(assessed: Assessed<'_>, folder: &RelativePath) -> String {
    let content = assessed.reading.settings.content.as_str();
    match folder.as_str().strip_prefix(content) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => folder.to_string(),
        _ => format!("{content}/{folder}"),
    }
}

/// The folder with most documents of a clause's chapter, or otherwise a new one named after the chapter.
pub(super) fn folder_for(assessed: Assessed<'_>, key: ClauseKey) -> String {
    let neighbours = assessed.neighbours(key);
    let folders = neighbours.iter().filter_map(|document| Some(document.path().rsplit_once('/')?.0));
    if let Some(folder) = most_frequent(folders) {
        return folder.to_owned();
    }
    let chapter = folder::chapter(&assessed.reading.standards, key);
    let number = format!("{}/{}-", assessed.reading.settings.content, assessed.reading.standards.clause(chapter).id);
    let pages = assessed.reading.handbook.documents.iter().filter_map(|page| Some(page.path().rsplit_once('/')?.0));
    let started = pages.filter(|folder| folder.to_lowercase().starts_with(&number.to_lowercase())).min();
    started.map_or_else(
        || format!("{}/{}", assessed.reading.settings.content, folder::name(&assessed.reading.standards, chapter)),
        str::to_owned,
    )
}

/// The facts about a document being created.
struct DraftFacts<'a> {
    assessed: Assessed<'a>,
    request: &'a NewDocument,
    id: &'a DocumentId,
    neighbours: &'a [&'a Document],
}

impl DraftFacts<'_> {
    fn owner(&self) -> Option<String> {
        let neighbour_owners = self.neighbours.iter().flat_map(|document| document.owners.iter().map(|name| &**name));
        self.request.owner.clone().or_else(|| most_frequent(neighbour_owners).map(str::to_owned))
    }

    fn approver(&self) -> Option<String> {
        let same = self.neighbours.iter().filter(|document| *document.doc_type == *self.request.doc_type);
        let of = |documents: Vec<&&Document>| {
            most_frequent(documents.into_iter().flat_map(|document| document.approvers.iter().map(|name| &**name)))
                .map(str::to_owned)
        };
        let approver = of(same.collect()).or_else(|| of(self.neighbours.iter().collect()));
        approver.filter(|approver| Some(approver) != self.owner().as_ref())
    }

    fn clauses(&self) -> Vec<String> {
        self.request.clauses.iter().map(|key| self.assessed.clause_text(*key)).collect()
    }

    fn provides(&self) -> Vec<String> {
        self.request.provides.iter().map(|item| self.assessed.reading.standards.item_at(*item).id.to_string()).collect()
    }

    fn classification(&self) -> Option<&str> {
        if let Some(level) = &self.request.classification {
            return Some(level);
        }
        let settings = &self.assessed.reading.settings;
        let has_default = settings.defaults.iter().any(|rule| rule.classification.is_some());
        let steps = &settings.classifications;
        steps.get(1).or(steps.first()).map(String::as_str).filter(|_| !has_default)
    }

    fn front(&self) -> String {
        let role = |key: &str, value: Option<String>, what: &str| match value {
            Some(value) => format!("{key}: {}\n", quote_yaml(&value)),
            None => format!("# {key}: {what}\n"),
        };
        let list = |key: &str, values: Vec<String>| match values.is_empty() {
            true => String::new(),
            false => format!("{key}: {}\n", yaml_list(values.iter().map(String::as_str))),
        };
        let mut front = format!(
            "---\nid: {}\ntitle: {}\ntype: {}\n",
            self.id,
            quote_yaml(self.request.title.trim()),
            self.request.doc_type
        );
        front += &format!("version: {}\nstatus: draft\n", model::DRAFT_VERSION);
        front += &role("owner", self.owner(), "the accountable role");
        front += &role("approver", self.approver(), "the role that approves it");
        if self.request.doc_type == "record" {
            front +=
                "# date: the day when the record was made or last checked\n# location: where it is kept, if not here\n";
        }
        front += &list("clauses", self.clauses());
        front += &list("provides", self.provides());
        if let Some(step) = self.classification() {
            front += &format!("classification: {step}\n");
        }
        front + "# audience: [the roles that must read it]\n---\n"
    }

    fn sections(&self) -> String {
        let laid_down =
            self.assessed.reading.settings.find_type(&self.request.doc_type).map_or(&[][..], |kind| &kind.sections);
        let sections = outline::sections(&self.request.doc_type, laid_down);
        sections.iter().map(|(heading, hint)| format!("\n## {heading}\n\n<!-- {hint} -->\n")).collect()
    }

    /// Fills in the placeholders of the handbook's own template. In front matter, strings are quoted.
    fn fill(&self, template: &SourceText) -> Result<String, CreateError> {
        let text = template.as_str();
        let body_at = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")).map_or(0, |at| at + 9);
        let owner = self.owner().unwrap_or_default();
        let quoted = |texts: Vec<String>| texts.iter().map(|text| quote_yaml(text)).collect::<Vec<_>>().join(", ");
        let plain = |texts: Vec<String>| texts.join(", ");
        let in_front = [
            quote_yaml(self.request.title.trim()),
            quoted(self.clauses()),
            quoted(self.provides()),
            quote_yaml(&owner),
        ];
        let in_body = [self.request.title.trim().to_owned(), plain(self.clauses()), plain(self.provides()), owner];
        let front = self.put(template, &text[..body_at], &in_front)?;
        Ok(front + &self.put(template, &text[body_at..], &in_body)?)
    }

    fn put(&self, template: &SourceText, text: &str, values: &[String; 4]) -> Result<String, CreateError> {
        let [title, clauses, provides, owner] = values.each_ref().map(String::as_str);
        let words = [
            ("id", self.id.as_str()),
            ("type", self.request.doc_type.as_str()),
            ("title", title),
            ("clauses", clauses),
            ("provides", provides),
            ("owner", owner),
        ];
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            out.push_str(before);
            let Some((word, after)) = after.split_once("}}") else {
                out.push_str("{{");
                rest = after;
                continue;
            };
            let value = words.iter().find(|(name, _)| *name == word.trim()).map(|(_, value)| *value);
            let unknown =
                || CreateError::Placeholder { file: template.path().to_string(), word: word.trim().to_owned() };
            let value = value.ok_or_else(unknown)?;
            // A value that has its own quotation marks replaces those of the template.
            let in_marks = text.starts_with("---\n") && value.starts_with('"') && out.ends_with('"');
            rest = match after.strip_prefix('"').filter(|_| in_marks) {
                Some(after) => {
                    out.pop();
                    after
                }
                None => after,
            };
            out.push_str(value);
        }
        Ok(out + rest)
    }
}
