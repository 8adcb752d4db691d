//! The supported generators and how each is recognized: a line in [`GENERATORS`] and a function.

use super::folder::Folder;
use super::site::{SourceSite, add_path, content_path, map_prefix, plain_path, url_path};
use super::summary;
use super::values::{entries_under, find_anywhere, quoted_texts, script, text_under, texts, toml, value_under, yaml};
use crate::language::is_language_tag;
use crate::path::{MARKDOWN_EXTENSIONS, is_markdown};
use crate::source::permalinks::unknown_word;
use crate::yaml::{Entry, Value};

/// Every generator, in the order in which they are tried.
const GENERATORS: [fn(&Folder) -> Option<SourceSite>; 8] =
    [mkdocs, docusaurus, starlight, mdbook, gitbook, hugo, jekyll, middleman];

/// Recognizes the generator of a folder.
pub(super) fn recognize(folder: &Folder) -> SourceSite {
    GENERATORS
        .iter()
        .find_map(|generator| generator(folder))
        .unwrap_or_else(|| super::plain_folder::find_documents(folder))
}

fn mkdocs(folder: &Folder) -> Option<SourceSite> {
    let (found_by, text) = folder.first(&["mkdocs.yml", "mkdocs.yaml"])?;
    let entries = yaml(&text);
    let content = text_under(&entries, "docs_dir").unwrap_or_else(|| "docs".to_owned());
    let content = plain_path(&content).to_owned();
    let mut order = Vec::new();
    let nav = value_under(&entries, "nav").or_else(|| value_under(&entries, "pages")).map(texts).unwrap_or_default();
    for path in nav.into_iter().map(plain_path).filter(|path| is_markdown(path)) {
        if folder.has_text(&content_path(&content, path)) {
            add_path(&mut order, path.to_owned());
        }
    }
    let mut site = SourceSite {
        generator: "MkDocs",
        preset: Some("mkdocs"),
        title: text_under(&entries, "site_name"),
        content,
        output_is_taken: true,
        ordered_by: (!order.is_empty()).then(|| format!("`nav` in {found_by}")),
        order,
        marker_file: found_by,
        ..SourceSite::default()
    };
    site.exclude = excluded_docs(&entries, folder, &site.content);
    let address = text_under(&entries, "site_url");
    map_site_path(&mut site, folder, address.as_deref().unwrap_or_default());
    site.set_url(address, "");
    site.includes = vec![snippet_folders(&entries)];
    Some(site)
}

/// The documents that MkDocs does not publish, or the folders that contain them.
fn excluded_docs(entries: &[Entry], folder: &Folder, content: &str) -> Vec<String> {
    let patterns: Vec<String> =
        ["exclude_docs", "draft_docs"].into_iter().filter_map(|key| text_under(entries, key)).collect();
    if patterns.is_empty() {
        return Vec::new();
    }
    let texts = folder.texts(content);
    let paths = || texts.iter().map(String::as_str);
    let excluded = patterns.iter().flat_map(|patterns| super::patterns::excluded(patterns, paths()));
    excluded.collect::<std::collections::BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}

/// Maps the path of the site's URL to the documents, for a site that is not at the root of its host.
pub(super) fn map_site_path(site: &mut SourceSite, folder: &Folder, address: &str) {
    let (base, content) = (url_path(address).to_owned(), site.content.clone());
    if !base.trim_matches('/').is_empty() {
        map_prefix(site, folder, &base, &content);
    }
}

/// The folders that MkDocs searches for snippets.
fn snippet_folders(entries: &[Entry]) -> Vec<String> {
    let extensions = value_under(entries, "markdown_extensions");
    let snippets = extensions.and_then(|extensions| find_anywhere(extensions, "pymdownx.snippets"));
    let bases = snippets.and_then(|snippets| find_anywhere(snippets, "base_path")).map(texts).unwrap_or_default();
    let is_safe = |base: &&str| !base.split('/').any(|name| name == "..") && !base.contains(['$', ':', '\\']);
    let bases = bases.into_iter().filter(is_safe).map(plain_path);
    let bases: Vec<String> = bases.map(|base| if base.is_empty() { "." } else { base }.to_owned()).collect();
    if bases.is_empty() { vec![".".to_owned()] } else { bases }
}

fn docusaurus(folder: &Folder) -> Option<SourceSite> {
    let files = ["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "docusaurus.config.cjs"];
    let (found_by, text) = folder.first(&files)?;
    // The theme's settings also have a `docs` key, without a path.
    let mut docs = text.as_str().split("docs:").skip(1).filter_map(|rest| script(rest.split('}').next()?, "path"));
    let content = docs.next().unwrap_or_else(|| "docs".to_owned());
    let content = plain_path(&content).to_owned();
    let sidebars = folder.first(&["sidebars.js", "sidebars.ts", "sidebars.json", "sidebars.mjs", "sidebars.cjs"]);
    let mut order = Vec::new();
    let mut ordered_by = None;
    if let Some((name, text)) = sidebars {
        for id in quoted_texts(text.as_str()) {
            let path = MARKDOWN_EXTENSIONS.iter().map(|ending| format!("{id}.{ending}"));
            let path = path.into_iter().find(|path| folder.has_text(&content_path(&content, path)));
            path.into_iter().for_each(|path| add_path(&mut order, path));
        }
        ordered_by = (!order.is_empty()).then_some(name);
    }
    let title = script(text.as_str(), "title");
    let mut site = SourceSite {
        generator: "Docusaurus",
        preset: Some("docusaurus"),
        title,
        content,
        order,
        ordered_by,
        marker_file: found_by,
        ..SourceSite::default()
    };
    docusaurus_addresses(&mut site, folder, text.as_str());
    site.includes = vec![vec![site.content.clone()], vec![".".to_owned()]];
    Some(site)
}

/// Paths of documents begin with `docs/` unless the settings say otherwise. Everything in `static` is at the root.
fn docusaurus_addresses(site: &mut SourceSite, folder: &Folder, text: &str) {
    let base = script(text, "baseUrl").unwrap_or_default();
    site.set_url(script(text, "url"), &base);
    let mut routes = text.split("docs:").skip(1).filter_map(|rest| script(rest.split('}').next()?, "routeBasePath"));
    let route = routes.next().unwrap_or_else(|| "docs".to_owned());
    let content = site.content.clone();
    for base in [base.as_str(), ""] {
        if !route.trim_matches('/').is_empty() {
            map_prefix(site, folder, &format!("{base}/{route}"), &content);
        }
        map_prefix(site, folder, base, "static");
    }
}

fn starlight(folder: &Folder) -> Option<SourceSite> {
    let (found_by, text) =
        folder.first(&["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts"])?;
    let content = "src/content/docs";
    if !folder.has_folder(content) {
        return None;
    }
    let title = script(text.as_str(), "title");
    let (generator, preset) = ("Starlight", Some("starlight"));
    let mut site = SourceSite {
        generator,
        preset,
        title,
        content: content.to_owned(),
        marker_file: found_by,
        ..SourceSite::default()
    };
    let base = script(text.as_str(), "base").unwrap_or_default();
    site.set_url(script(text.as_str(), "site"), &base);
    for base in [base.as_str(), ""] {
        map_prefix(&mut site, folder, base, "public");
        if !base.trim_matches('/').is_empty() {
            map_prefix(&mut site, folder, &format!("{base}/docs"), content);
        }
    }
    map_prefix(&mut site, folder, "src/assets", "src/assets");
    translations(&mut site, folder, "en");
    site.includes = vec![vec![content.to_owned()], vec!["src".to_owned()]];
    Some(site)
}

fn mdbook(folder: &Folder) -> Option<SourceSite> {
    let (found_by, text) = folder.first(&["book.toml"])?;
    let book = entries_under(&toml(&text), "book");
    let content = text_under(&book, "src").unwrap_or_else(|| "src".to_owned());
    let content = plain_path(&content).to_owned();
    let content = if content.is_empty() { ".".to_owned() } else { content };
    let title = text_under(&book, "title");
    let includes = vec![vec![content.clone()], vec![".".to_owned()]];
    let mut site =
        SourceSite { generator: "mdBook", title, content, marker_file: found_by, includes, ..SourceSite::default() };
    let html = entries_under(&entries_under(&toml(&text), "output"), "html");
    map_site_path(&mut site, folder, &text_under(&html, "site-url").unwrap_or_default());
    Some(with_summary(folder, site, "SUMMARY.md"))
}

fn gitbook(folder: &Folder) -> Option<SourceSite> {
    let settings = folder.text(".gitbook.yaml").map(|text| yaml(&text));
    let is_legacy = folder.has("book.json") && folder.has("SUMMARY.md");
    let candidates = [(settings.is_some(), ".gitbook.yaml"), (is_legacy || folder.has("SUMMARY.md"), "SUMMARY.md")];
    let (_, found_by) = candidates.into_iter().find(|(exists, _)| *exists)?;
    let entries = settings.unwrap_or_default();
    let root = text_under(&entries, "root").map(|root| plain_path(&root).trim_matches('.').to_owned());
    let content = root.filter(|root| !root.is_empty()).unwrap_or_else(|| ".".to_owned());
    let structure = text_under(&entries_under(&entries, "structure"), "summary");
    let summary = structure.as_deref().map_or("SUMMARY.md", plain_path);
    let title = folder.text("book.json").and_then(|text| script(text.as_str(), "title"));
    let preset = Some("gitbook");
    let includes =
        vec![vec![content_path(&content, ".gitbook/includes")], vec![".gitbook/includes".to_owned(), ".".to_owned()]];
    let found_by = found_by.to_owned();
    let site = SourceSite {
        generator: "GitBook",
        preset,
        title,
        content,
        marker_file: found_by,
        includes,
        ..SourceSite::default()
    };
    Some(with_summary(folder, site, summary))
}

/// Adds the order in a table of contents to a site, and excludes that file from the documents.
fn with_summary(folder: &Folder, mut site: SourceSite, name: &str) -> SourceSite {
    let path = content_path(&site.content, name);
    let Some(text) = folder.text(&path) else { return site };
    for link in summary::links(text.as_str()) {
        let path = plain_path(&link);
        if is_markdown(path) && folder.has_text(&content_path(&site.content, path)) {
            add_path(&mut site.order, path.to_owned());
        }
    }
    site.ordered_by = (!site.order.is_empty()).then_some(path);
    add_path(&mut site.exclude, name.to_owned());
    site
}

/// Hugo's settings files.
const HUGO: [&str; 8] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/hugo.yml",
    "config/_default/hugo.json",
];
/// Settings files of older versions of Hugo.
const OLD_HUGO: [&str; 8] = [
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/config.toml",
    "config/_default/config.yaml",
    "config/_default/config.yml",
    "config/_default/config.json",
];

fn hugo(folder: &Folder) -> Option<SourceSite> {
    let (found_by, text) = folder.first(&HUGO).or_else(|| folder.first(&OLD_HUGO))?;
    // JSON is also valid YAML.
    let entries = if found_by.ends_with(".toml") { toml(&text) } else { yaml(&text) };
    if !HUGO.contains(&found_by.as_str()) && !is_hugo(folder, &entries) {
        return None;
    }
    let (title, content) = (text_under(&entries, "title"), text_under(&entries, "contentDir"));
    let content = content.map_or_else(|| "content".to_owned(), |content| plain_path(&content).to_owned());
    let mut site = SourceSite {
        generator: "Hugo",
        preset: Some("hugo"),
        title,
        content,
        marker_file: found_by,
        ..SourceSite::default()
    };
    hugo_addresses(&mut site, folder, &entries);
    hugo_permalinks(&mut site, folder, &entries);
    site.includes = vec![vec![site.content.clone()], vec![".".to_owned()]];
    Some(site)
}

/// URLs begin with the path of the site and the language tag. Everything in `static` is at the root.
fn hugo_addresses(site: &mut SourceSite, folder: &Folder, entries: &[Entry]) {
    let content = site.content.clone();
    let languages = entries_under(entries, "languages");
    for language in &languages {
        let language_entries = entries_under(&languages, &language.key.value);
        let own = text_under(&language_entries, "contentDir").map(|own| plain_path(&own).to_owned());
        map_prefix(site, folder, &language.key.value, own.as_deref().unwrap_or(&content));
    }
    let base = entries.iter().find(|entry| entry.key.value.eq_ignore_ascii_case("baseURL"));
    let base = base.and_then(|base| text_under(std::slice::from_ref(base), &base.key.value)).unwrap_or_default();
    site.set_url(Some(base.clone()), "");
    map_site_path(site, folder, &base);
    map_prefix(site, folder, "", &content);
    map_prefix(site, folder, "", "static");
    let main = text_under(entries, "defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
    translations(site, folder, &main);
}

/// Permalinks made from dates and titles, in each language.
fn hugo_permalinks(site: &mut SourceSite, folder: &Folder, entries: &[Entry]) {
    let main = text_under(entries, "defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
    let patterns = entries_under(entries, "permalinks");
    let of_pages = entries_under(&patterns, "page");
    let languages = folder.folders(&site.content).into_iter().filter(|name| is_language_tag(name)).collect::<Vec<_>>();
    for section in patterns.iter().chain(&of_pages) {
        let name = section.key.value.trim_matches('/');
        let texts = texts(&section.value);
        let [pattern] = texts[..] else { continue };
        // Settings with an unknown placeholder would be rejected.
        if !pattern.starts_with('/') || name.is_empty() || unknown_word(pattern).is_some() {
            continue;
        }
        let in_language = |language: &String| {
            let before = if *language == main { String::new() } else { format!("/{language}") };
            (format!("{language}/{name}"), format!("{before}{pattern}"))
        };
        let all = std::iter::once((name.to_owned(), pattern.to_owned())).chain(languages.iter().map(in_language));
        let exists = |(path, _): &(String, String)| folder.has_folder(&content_path(&site.content, path));
        let found: Vec<_> = all.filter(exists).collect();
        site.permalinks.extend(found);
    }
}

/// Untranslated pages are shown in the main language, which may have its own folder.
fn translations(site: &mut SourceSite, folder: &Folder, main: &str) {
    let content = site.content.clone();
    let main_folder = content_path(&content, main);
    let main = if folder.has_folder(&main_folder) { main_folder } else { content.clone() };
    let languages = folder.folders(&content).into_iter().filter(|name| is_language_tag(name));
    for language in languages.collect::<Vec<_>>() {
        map_prefix(site, folder, &language, &content_path(&content, &language));
        map_prefix(site, folder, &language, &main);
    }
    if main != content {
        map_prefix(site, folder, "", &main);
    }
}

/// Whether a generic `config` file belongs to Hugo, judged by its keys and the folders beside it.
fn is_hugo(folder: &Folder, entries: &[Entry]) -> bool {
    let folders = ["archetypes", "layouts", "themes", "static"];
    let says_so = entries.iter().any(|entry| entry.key.value.eq_ignore_ascii_case("baseURL"));
    says_so || (folder.has("content") && folders.iter().any(|name| folder.has(name)))
}

fn jekyll(folder: &Folder) -> Option<SourceSite> {
    let (found_by, text) = folder.first(&["_config.yml", "_config.yaml"])?;
    let entries = yaml(&text);
    let content = text_under(&entries, "source").map(|source| plain_path(&source).to_owned());
    let content = content.filter(|source| !source.is_empty() && source != ".").unwrap_or_else(|| ".".to_owned());
    let mut exclude = super::plain_folder::beside_documents(folder, &content);
    for pattern in value_under(&entries, "exclude").map(texts).unwrap_or_default().into_iter().chain(["_drafts"]) {
        folder.matching(&content, plain_path(pattern)).into_iter().for_each(|path| add_path(&mut exclude, path));
    }
    let title = text_under(&entries, "title");
    let mut site = SourceSite {
        generator: "Jekyll",
        preset: Some("jekyll"),
        title,
        content,
        exclude,
        marker_file: found_by,
        ..SourceSite::default()
    };
    let address = text_under(&entries, "url");
    // The URL of the site may also include its path.
    let above = address.as_deref().map(url_path).unwrap_or_default().trim_end_matches('/');
    let base = format!("{above}{}", text_under(&entries, "baseurl").unwrap_or_default());
    for collection in collections(&entries) {
        let name = format!("_{collection}");
        let collection_folder = content_path(&site.content, &name);
        map_prefix(&mut site, folder, &collection, &collection_folder);
        map_prefix(&mut site, folder, &format!("{base}/{collection}"), &collection_folder);
        map_prefix(&mut site, folder, "", &collection_folder);
    }
    let content = site.content.clone();
    for base in [base.as_str(), ""] {
        map_prefix(&mut site, folder, base, &content);
    }
    site.set_url(address, &base);
    let templates = content_path(&site.content, "_includes");
    site.includes = vec![vec![templates.clone()], vec![templates, site.content.clone()]];
    Some(site)
}

/// The names of a site's collections. Their documents are in folders of the same name, prefixed with `_`.
fn collections(entries: &[Entry]) -> Vec<String> {
    let keys = entries_under(entries, "collections").into_iter().map(|entry| entry.key.value);
    let list = value_under(entries, "collections").filter(|node| matches!(node.value, Value::List(_)));
    keys.chain(list.map(texts).into_iter().flatten().map(str::to_owned)).collect()
}

/// Reads a Middleman site. A source file carries the extension of its page: `rooms.html.md` becomes `/rooms.html`.
fn middleman(folder: &Folder) -> Option<SourceSite> {
    let (found_by, _) = folder.first(&["config.rb"])?;
    let content = "source";
    if !folder.has_folder(content) {
        return None;
    }
    let title = folder.text("config/tech-docs.yml").and_then(|text| text_under(&yaml(&text), "service_name"));
    let mut site = SourceSite {
        generator: "Middleman",
        title,
        content: content.to_owned(),
        marker_file: found_by,
        ..SourceSite::default()
    };
    site.includes = vec![vec![content.to_owned()]];
    Some(site)
}
