//! The files of a new handbook.

use super::folder;
use super::model::{CONTENT_FOLDER, ModelHandbook, STANDARDS};
use super::name::Organization;
use super::text;
use super::write::NewFile;
use crate::id::{ClauseKey, StandardId};
use crate::standard::Standards;

/// Files beside the content: path and text with placeholders `{{...}}`.
const PROJECT_FILES: [(&str, &str); 5] = [
    (".gitignore", include_str!("files/gitignore")),
    ("README.md", include_str!("files/README.md")),
    (".github/workflows/handbook.yml", include_str!("files/github.yml")),
    (".gitlab-ci.yml", include_str!("files/gitlab.yml")),
    ("clausebook.yaml", include_str!("files/clausebook.yaml")),
];

/// The options for a new handbook.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StartOptions<'a> {
    /// The organization.
    pub(crate) organization: &'a Organization,
    /// The standards to address, the main one first; empty for those of the model handbook.
    pub(crate) standards: &'a [StandardId],
    /// The catalogues of the standards.
    pub(crate) catalogues: &'a Standards,
    /// Whether to start without documents.
    pub(crate) blank: bool,
}

/// Returns every file of a new handbook, with the settings last.
pub(crate) fn create_files(start: StartOptions<'_>) -> Vec<NewFile> {
    let mut files = if start.blank { blank(start) } else { ModelHandbook::new(start.organization).files() };
    let standards = standards(start);
    let settings_standards = format!("[{}]", standards.join(", "));
    let title = format!("{} SMS handbook", start.organization.as_str());
    let contents = match start.blank {
        false => DRAFTS,
        true if start.catalogues.requires_items() => BLANK,
        true => BLANK_WITHOUT_ITEMS,
    };
    let words = [
        ("{{organization}}", text::markdown(start.organization.as_str())),
        ("{{organization as yaml}}", text::quote_yaml(start.organization.as_str())),
        ("{{title as yaml}}", text::quote_yaml(&title)),
        ("{{standards}}", settings_standards),
        ("{{release}}", release_archive()),
        ("{{contents}}", contents.to_owned()),
    ];
    let fill = |text: &str| words.iter().fold(text.to_owned(), |text, (word, value)| text.replace(word, value));
    files.extend(PROJECT_FILES.iter().map(|(path, text)| NewFile { path: (*path).to_owned(), text: fill(text) }));
    files
}

/// The URL of this version's release archive for Linux, or an empty string while there is no public repository.
fn release_archive() -> String {
    let (repository, version) = (env!("CARGO_PKG_REPOSITORY").trim_end_matches('/'), env!("CARGO_PKG_VERSION"));
    if repository.is_empty() {
        return String::new();
    }
    format!("{repository}/releases/download/v{version}/clausebook-{version}-x86_64-unknown-linux-gnu.tar.xz")
}

/// The README's description of the content.
const DRAFTS: &str = "All documents are drafts that were written for a fictional organization. The note at the top of each says what you need to decide. Take them one at a time: `clausebook status` suggests the next.";
const BLANK: &str =
    "There is no document yet. `clausebook new --missing` lists what the standard requires and writes a draft of each.";

const BLANK_WITHOUT_ITEMS: &str = "There is no document yet. `clausebook new policy TITLE` writes a first one; `clausebook status` says what is open.";

fn standards(start: StartOptions<'_>) -> Vec<String> {
    let mut names: Vec<String> = if start.blank { Vec::new() } else { STANDARDS.map(str::to_owned).into() };
    for id in start.standards {
        if !names.iter().any(|name| name == id.as_str()) {
            names.push(id.to_string());
        }
    }
    if names.is_empty() { vec![STANDARDS[0].to_owned()] } else { names }
}

/// Creates a home page, and a page for each chapter of the main standard.
fn blank(start: StartOptions<'_>) -> Vec<NewFile> {
    let standards = start.catalogues;
    let model = ModelHandbook::new(start.organization);
    let mut rows = String::new();
    let mut pages = Vec::new();
    for chapter in folder::chapters(standards) {
        let clause = standards.clause(chapter);
        let title = clause.title.as_deref().unwrap_or_default();
        let folder = model.folder_of(standards, chapter);
        rows.push_str(&format!("| [{title}]({folder}/index.md) | clause {} |\n", clause.id));
        let body = format!("Documents in this folder address:\n\n{}", unit_list(standards, chapter));
        pages.push(page(&format!("{folder}/index.md"), title, &body));
    }
    let name = start.organization.as_str();
    let body =
        format!("This is the handbook of {}.\n\n| Folder | Clauses |\n| --- | --- |\n{rows}", text::markdown(name));
    pages.insert(0, page("index.md", &format!("{name} handbook"), &body));
    pages
}

fn page(path: &str, title: &str, body: &str) -> NewFile {
    let front = format!("---\ntitle: {}\ntype: page\n---\n\n", text::quote_yaml(title));
    NewFile { path: format!("{CONTENT_FOLDER}/{path}"), text: front + body }
}

/// The coverage units of a chapter, one per line.
fn unit_list(standards: &Standards, chapter: ClauseKey) -> String {
    let is_in_chapter = |key: &ClauseKey| *key == chapter || standards.ancestors(*key).any(|above| above == chapter);
    let units = standards.clauses(chapter.standard).filter(|key| standards.is_unit(*key) && is_in_chapter(key));
    units
        .map(|key| {
            let clause = standards.clause(key);
            format!("- clause {} {}\n", clause.id, clause.title.as_deref().unwrap_or_default())
        })
        .collect()
}

impl ModelHandbook {
    /// The name of a chapter's folder, the same as in the model handbook if that has one for the same standard.
    pub(super) fn folder_of(&self, standards: &Standards, chapter: ClauseKey) -> String {
        let is_own_standard = standards.catalogue(chapter.standard).id.as_str() == STANDARDS[0];
        let number = format!("{}-", standards.clause(chapter).id);
        let is_known = |folder: &&str| is_own_standard && folder.starts_with(&number) && !folder.contains('/');
        let known_folder = self.folders().map(|(folder, _)| folder).find(is_known);
        known_folder.map_or_else(|| folder::name(standards, chapter), str::to_owned)
    }
}
