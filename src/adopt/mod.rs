//! Adoption: creates settings with which an existing folder is read as a handbook, whatever generator it was written
//! for.
//!
//! Files in the folder are not changed: IDs come from file names, titles from headings, and the rest from defaults. The
//! results are values; `cli` prints them and writes the settings. No adopted document counts as approved, and clauses
//! are proposed in a separate file ([`proposals`]), never claimed.

mod categories;
mod external;
mod folder;
mod generators;
mod includes;
mod keys;
mod page_types;
mod patterns;
mod plain_folder;
mod proposals;
mod settings;
mod site;
mod summary;
mod survey;
mod synonyms;
mod values;
mod write_identity;

use std::io;
use std::path::Path;

pub(crate) use external::{ExternalSection, external_links_message, external_sections};
pub(crate) use proposals::{PROPOSALS_FILE, clause_name, is_proposals_file, reasons, render_proposals};
pub(crate) use synonyms::type_in;
pub(crate) use write_identity::with_identity;

use crate::source;
use categories::Categories;
use folder::Folder;
use keys::KeyMapping;
use page_types::AssignedTypes;
use settings::SettingsDraft;
use site::{SourceSite, add_path};
use survey::Survey;

/// The user's options for the handbook.
#[derive(Clone, Debug)]
pub(crate) struct AdoptOptions<'a> {
    /// The title, if it differs from the site's.
    pub(crate) title: Option<&'a str>,
    /// The organization.
    pub(crate) organization: Option<&'a str>,
    /// The owner of documents without one.
    pub(crate) owner: &'a str,
    /// The standards, the main one first.
    pub(crate) standards: Vec<String>,
    /// The URL of the site.
    pub(crate) web: Option<&'a str>,
}

/// The plan for adopting a folder.
#[derive(Clone, Debug)]
pub(crate) struct Adoption {
    /// The content of the settings file.
    pub(crate) settings: String,
    /// What was found, one line each.
    pub(crate) recognized: Vec<String>,
    /// What was not understood, one line each.
    pub(crate) not_understood: Vec<String>,
    /// The URL of the site.
    pub(crate) web: Option<String>,
}

/// Why a folder cannot be adopted; each variant is shown as a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AdoptError {
    /// The folder cannot be read.
    #[error("cannot read folder `{0}`: {1}")]
    Unreadable(String, io::Error),
    /// The folder has no Markdown files.
    #[error(
        "`{0}` contains no Markdown file; `clausebook init` creates a new handbook, `clausebook import` reads Word files, OpenDocument texts and web pages"
    )]
    NoMarkdown(String),
}

/// Examines a folder without changing it. `external_sections` are parts of the site that are not among its files.
///
/// # Errors
/// If the folder cannot be read or has no Markdown file.
pub(crate) fn plan_adoption(
    root: &Path,
    options: &AdoptOptions<'_>,
    external_sections: &[ExternalSection],
) -> Result<Adoption, AdoptError> {
    let display_path = root.display().to_string();
    let folder = Folder::open(root).map_err(|error| AdoptError::Unreadable(display_path.clone(), error))?;
    let mut site = site_in(&folder, options, external_sections);
    let web = site.web.clone();
    let skipped: Vec<_> = site.exclude.iter().map(|path| root.join(&site.content).join(path)).collect();
    let tree = source::discover(root, &site.content, &skipped);
    if tree.texts.is_empty() {
        return Err(AdoptError::NoMarkdown(if site.content == "." {
            display_path
        } else {
            format!("{display_path}/{}", site.content)
        }));
    }
    let includes = includes::choose_folders(root, &site, &tree.texts);
    let survey = Survey::new(&site.content, &tree.texts);
    let kinds = AssignedTypes::from_survey(&survey);
    let mut keys = keys::map_keys(&survey, site.preset, &kinds);
    let categories = use_categories(&mut site, &mut keys, &tree);
    let name = root.canonicalize().ok().and_then(|root| Some(root.file_name()?.to_string_lossy().into_owned()));
    let title = options.title.map(str::to_owned).or_else(|| site.title.clone()).or(name);
    let draft = SettingsDraft {
        title: title.as_deref().unwrap_or("Handbook"),
        organization: options.organization,
        standards: &options.standards,
        output: if site.output_is_taken || folder.has("site") { "portal" } else { "site" },
        owner: options.owner,
        site: &site,
        includes: &includes,
        keys: &keys,
        kinds: &kinds,
    };
    let (settings, recognized) = (draft.render(), recognized_lines(&site, &survey, &keys));
    let mut not_understood = missed_lines(&survey, keys, external_sections);
    not_understood.extend(describe_missing_texts(&categories));
    Ok(Adoption { settings, recognized, not_understood, web })
}

/// Combines what the folder's files and the user say about the site.
fn site_in(folder: &Folder, options: &AdoptOptions<'_>, external_sections: &[ExternalSection]) -> SourceSite {
    let mut site = generators::recognize(folder);
    if site.content == "." {
        add_path(&mut site.exclude, PROPOSALS_FILE.to_owned());
    }
    if let Some(web) = options.web {
        site.set_url(Some(web.to_owned()), "");
        generators::map_site_path(&mut site, folder, web);
    }
    let web = site.web.clone();
    for part in external_sections {
        let to = web.as_ref().map(|web| {
            // A prefix may begin with the path of the site's URL.
            let page = part.page();
            format!("{web}{}", page.strip_prefix(site::url_path(web)).unwrap_or(page).trim_start_matches('/'))
        });
        site.addresses.extend(to.map(|to| (part.prefix.clone(), to)));
    }
    site
}

/// Uses the order in `_category_` files and document positions, unless another order was found.
fn use_categories(site: &mut SourceSite, keys: &mut KeyMapping, tree: &source::FileTree) -> Categories {
    if site.preset != Some("docusaurus") {
        return Categories::default();
    }
    let mut categories = categories::read(&site.content, tree);
    if site.order.is_empty() && !categories.order.is_empty() {
        site.order = std::mem::take(&mut categories.order);
        let files = if categories.count == 1 { "1 file" } else { "the files" };
        site.ordered_by = Some(format!("{files} `_category_` and `sidebar_position`"));
        let before = keys.map.len();
        keys.map.retain(|(key, handbook_key)| !(key == "sidebar_position" && *handbook_key == "order"));
        keys.uses_preset |= keys.map.len() < before;
    }
    categories
}

/// Reports folders with a description that is not in any document.
fn describe_missing_texts(categories: &Categories) -> Option<String> {
    let first = categories.unused_descriptions.first()?;
    let count = categories.unused_descriptions.len();
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    Some(format!("descriptions of folders in {files}, first {first}: write each into an `index.md` of the folder"))
}

fn recognized_lines(site: &SourceSite, survey: &Survey, keys: &KeyMapping) -> Vec<String> {
    let by = if site.marker_file.is_empty() { String::new() } else { format!(" ({})", site.marker_file) };
    let files = if survey.files.len() == 1 { "1 file".to_owned() } else { format!("{} files", survey.files.len()) };
    let mut lines = vec![format!("{}{by}: {files} in `{}`", site.generator, site.content)];
    if let Some(by) = &site.ordered_by {
        lines.push(format!("the order of {} from {by}", site.order.len()));
    }
    lines.extend(keys.map.iter().map(|(key, handbook_key)| format!("`{key}` means `{handbook_key}`")));
    lines.extend(
        site.preset.filter(|_| keys.uses_preset).map(|name| format!("the keys of {name} are ignored: `{name}:*`")),
    );
    for (key, values) in &keys.values {
        let pairs: Vec<String> = values.iter().map(|(value, meaning)| format!("{value} is {meaning}")).collect();
        lines.push(format!("values of `{key}`: {}", pairs.join(", ")));
    }
    if !keys.dates.is_empty() {
        lines.push(format!("dates are written as {}", keys.dates.join(", ")));
    }
    if !site.exclude.is_empty() {
        lines.push(format!("left out: {}", site.exclude.join(", ")));
    }
    lines
}

fn missed_lines(survey: &Survey, keys: KeyMapping, external_sections: &[ExternalSection]) -> Vec<String> {
    let describe_files = |files: &[String], what: &str| {
        let first = files.first()?;
        Some(format!(
            "{} with {what}, first {first}",
            if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", files.len()) }
        ))
    };
    let unreadable = describe_files(&survey.unreadable, "text or front matter that cannot be read");
    let external_lines = external_sections.iter().map(|part| {
        let (links, page) = (part.links, part.page());
        format!("{links} links to `{page}`, of which these files contain no page: they keep leading to the website")
    });
    unreadable.into_iter().chain(keys.not_understood).chain(external_lines).collect()
}
