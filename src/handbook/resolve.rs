//! Resolves link targets: by ID, by path, and by the addresses that sites give their pages.

use super::document::DocumentIndex;
use super::link::{
    Anchor, Breakage, Destination, PAGE_EXTENSIONS, file_name, has_scheme, is_complete, is_within, join,
    percent_decode, split_anchor,
};
use super::lookup::{Lookup, LookupTarget};
use crate::id::DocumentId;
use crate::language::is_language_tag;
use crate::markdown::{Link, LinkForm, is_safe_scheme, slug};
use crate::path::{MARKDOWN_EXTENSIONS, is_markdown};
use crate::text::as_seen;

impl Lookup {
    /// Resolves a link in the file `from`; `content` is the content folder.
    pub(crate) fn resolve(&self, link: &Link, from: &str, content: &str) -> Destination {
        match self.resolve_target(link.form, &link.target, from, content) {
            Destination::Broken(Breakage::NotAnId)
                if self.is_intended_link(&link.target, &link.text, from, content) =>
            {
                Destination::Broken(Breakage::NoId)
            }
            found => found,
        }
    }

    /// Resolves a target as if it were in a link of this form.
    pub(crate) fn resolve_target(&self, form: LinkForm, target: &str, from: &str, content: &str) -> Destination {
        if form == LinkForm::Wiki {
            return match self.resolve_id(target, from, content) {
                Destination::Broken(_) if self.is_intended_link(target, "", from, content) => {
                    Destination::Broken(Breakage::NoId)
                }
                found => found,
            };
        }
        let target = target.trim();
        if target.is_empty() {
            return Destination::Broken(Breakage::Empty);
        }
        if !is_safe_scheme(target) {
            return Destination::Broken(Breakage::Scheme);
        }
        if target.starts_with("//") {
            return Destination::Broken(Breakage::NoScheme);
        }
        // If no document introduces the content folder, its address is that of the portal.
        let is_root = target == "/" && !matches!(form, LinkForm::Image | LinkForm::RawImage);
        match has_scheme(target) {
            false if is_root => match self.resolve_path(target, from, content) {
                Destination::Broken(Breakage::Absolute) => Destination::Home,
                found => found,
            },
            true if is_complete(target) => Destination::External,
            true => Destination::Broken(Breakage::Incomplete),
            false => self.resolve_path(target, from, content),
        }
    }

    fn resolve_id(&self, target: &str, from: &str, content: &str) -> Destination {
        if let Some(heading) = target.trim().strip_prefix('#').filter(|heading| !heading.is_empty()) {
            let anchor = Anchor { id: slug(heading).into(), heading: heading.into(), ..Anchor::default() };
            return Destination::SamePage { anchor };
        }
        let (name, anchor) = split_anchor(target);
        let Some(id) = DocumentId::parse_lenient(name) else {
            return self.resolve_file_name(name, anchor, from, content);
        };
        if let Some(entry) = self.entry(&id).filter(|_| self.by_id(&id).is_none()) {
            return Destination::Entry { entry, id };
        }
        let anchor = Anchor { heading: anchor.id.clone(), ..anchor };
        match (self.by_id(&id), self.withheld_by_id(&id)) {
            (Some(document), _) => Destination::Document { document, anchor, miscased: false },
            (None, Some(document)) => Destination::Withheld { document, anchor },
            (None, None) => self.resolve_file_name(name, anchor, from, content),
        }
    }

    /// The document whose ID comes from a file of this name, or the only other file of this name.
    fn resolve_file_name(&self, name: &str, anchor: Anchor, from: &str, content: &str) -> Destination {
        let anchor = if anchor.heading.is_empty() { Anchor { heading: anchor.id.clone(), ..anchor } } else { anchor };
        let asset = || self.find_named_asset(name, from, content).map(|(target, _)| target);
        match self.named_files.find(name, from, content).or_else(asset) {
            Some(target) => build_destination(target, anchor, "", false),
            None => Destination::Broken(Breakage::NotAnId),
        }
    }

    fn resolve_path(&self, target: &str, from: &str, content: &str) -> Destination {
        let (address, anchor) = split_anchor(target);
        let decoded = percent_decode(address.split_once('?').map_or(address, |(path, _)| path));
        if decoded.is_empty() {
            return Destination::SamePage { anchor };
        }
        if decoded.contains('\\') {
            return Destination::Broken(Breakage::Absolute);
        }
        let fragment = full_fragment(target);
        if decoded.starts_with('/') {
            return match self.find_rooted(&decoded, from, content) {
                Some((found, miscased)) => build_destination(found, anchor, fragment, miscased),
                None => self.external_destination(target).unwrap_or(Destination::Broken(Breakage::Absolute)),
            };
        }
        match self.find_relative(&decoded, from, content) {
            Ok((found, miscased)) => build_destination(found, anchor, fragment, miscased),
            Err(breakage) => Destination::Broken(breakage),
        }
    }

    /// The target of an address that starts with `/`.
    fn find_rooted(&self, address: &str, from: &str, content: &str) -> Option<(LookupTarget, bool)> {
        let rooted = address.strip_prefix('/').unwrap_or(address);
        let mut paths = from_root(content, rooted).chain(self.former_site.address_targets(address));
        let result = paths.find_map(|path| self.page_in_language(&path, address, from));
        let result = result.or_else(|| Some((self.former_site.by_alias(address, content)?, false)));
        let is_of_two = || self.former_site.ambiguous_targets(address, content).is_some();
        let (target, miscased) =
            result.or_else(|| self.find_by_name(rooted, from, content).filter(|_| !is_of_two()))?;
        // Sites have lower-case addresses, whatever the case of file names.
        let is_address = self.former_site.is_configured() && !file_name(address).contains('.');
        Some((target, miscased && !is_address))
    }

    /// The target of a path relative to the file that contains it.
    fn find_relative(&self, link_path: &str, from: &str, content: &str) -> Result<(LookupTarget, bool), Breakage> {
        let is_inside = |path: &String| is_within(path, content) || self.former_site.is_address_target(path);
        let beside_page = || self.find_beside_page(from, link_path, content);
        let Some(path) = join(from, link_path).filter(is_inside) else {
            return beside_page()
                .or_else(|| self.find_on_former_site(link_path, from, content))
                .ok_or(Breakage::Outside);
        };
        // A page that was a folder on its former site resolves links from there.
        let is_address = self.former_site.is_configured() && link_path.ends_with('/');
        let result = is_address.then(beside_page).flatten().or_else(|| self.page_in_language(&path, link_path, from));
        let result = result.or_else(beside_page).or_else(|| self.find_below_content(link_path, from, content));
        let result = result.or_else(|| self.find_on_former_site(link_path, from, content));
        let found = result.or_else(|| self.find_named_asset(link_path, from, content));
        found.ok_or_else(|| self.breakage(&path, link_path))
    }

    /// The only image or attachment with a name, in whatever folder, as note-taking tools look it up. It counts where
    /// documents are found by their names, too.
    fn find_named_asset(&self, written: &str, from: &str, content: &str) -> Option<(LookupTarget, bool)> {
        let is_name = !self.named_files.is_empty() && !written.contains('/') && !is_markdown(written);
        let found = is_name.then(|| self.find_unique(written, is_near(from, content))).flatten()?;
        matches!(found, LookupTarget::Asset(_)).then_some((found, false))
    }

    /// The target of a path relative to an address that the page had on its former site.
    fn find_on_former_site(&self, link_path: &str, from: &str, content: &str) -> Option<(LookupTarget, bool)> {
        if !self.former_site.is_configured() || is_markdown(link_path) {
            return None;
        }
        self.on_site(link_path, from, content).find_map(|address| self.find_rooted(&address, from, content))
    }

    /// The addresses that a path may mean relative to those that the page had on its former site.
    fn on_site<'a>(&'a self, link_path: &'a str, from: &'a str, content: &'a str) -> impl Iterator<Item = String> + 'a {
        let slash = if link_path.ends_with('/') { "/" } else { "" };
        let address = move |page: String| Some(format!("/{}{slash}", join(&format!("{page}/"), link_path)?));
        self.former_site.page_addresses(from, content).filter_map(address)
    }

    /// The two documents that had the address in a link, if it is ambiguous; `None` in place of one that is not shown.
    pub(crate) fn ambiguous_targets(
        &self,
        target: &str,
        from: &str,
        content: &str,
    ) -> Option<[Option<DocumentIndex>; 2]> {
        let (address, _) = split_anchor(target);
        let decoded = percent_decode(address.split_once('?').map_or(address, |(path, _)| path));
        let both = match decoded.starts_with('/') {
            true => self.former_site.ambiguous_targets(&decoded, content),
            false => self
                .on_site(&decoded, from, content)
                .find_map(|address| self.former_site.ambiguous_targets(&address, content)),
        };
        let document_index =
            |candidate| if let LookupTarget::Document(document) = candidate { Some(document) } else { None };
        Some(both?.map(document_index))
    }

    /// The destination of an address in a part of the former site that stays where it is.
    fn external_destination(&self, target: &str) -> Option<Destination> {
        let address = self.former_site.external_address(target).filter(|address| is_complete(address))?;
        Some(Destination::FormerSite { address: address.into() })
    }

    /// The target at a path in the language of the file that links to it, else in any: `_index.fr.md`, `page.fr.md`.
    fn page_in_language(&self, path: &str, link_path: &str, from: &str) -> Option<(LookupTarget, bool)> {
        let result = self.page_or_file(path, link_path);
        if result.is_some() {
            return result;
        }
        let (stem, _) = file_name(from).rsplit_once('.')?;
        let (_, language) = stem.rsplit_once('.').filter(|(_, language)| is_language_tag(language))?;
        let path = path.trim_end_matches('/');
        let path =
            MARKDOWN_EXTENSIONS.iter().find_map(|ending| path.strip_suffix(ending)?.strip_suffix('.')).unwrap_or(path);
        let pages =
            [format!("{path}.{language}"), format!("{path}/_index.{language}"), format!("{path}/index.{language}")];
        Some((pages.iter().find_map(|page| self.find_markdown(page))?, false))
    }

    /// The only document, in whatever folder, with the name that is the whole address, such as `/access/`.
    fn find_by_name(&self, rooted: &str, from: &str, content: &str) -> Option<(LookupTarget, bool)> {
        let name = rooted.trim_end_matches('/');
        let is_name = self.former_site.is_configured() && !name.is_empty() && !name.contains(['/', '.']);
        let is_near = is_near(from, content);
        is_name.then(|| self.find_unique(&format!("{name}.md"), is_near)).flatten().map(|target| (target, false))
    }

    /// The target as found by generators that look for pages from the folder of all documents, or by name alone.
    fn find_below_content(&self, link_path: &str, from: &str, content: &str) -> Option<(LookupTarget, bool)> {
        if link_path.starts_with('.') || !self.former_site.is_configured() {
            return None;
        }
        let below = |folder: String| self.page_in_language(&join(&format!("{folder}/"), link_path)?, link_path, from);
        let language = language_of(from, content).map(|language| below_folder(content, language));
        let rooted = || below(content.to_owned()).or_else(|| below(language?));
        let name = MARKDOWN_EXTENSIONS.iter().find_map(|ending| link_path.strip_suffix(ending)?.strip_suffix('.'));
        let name = name.unwrap_or(link_path);
        let by_name = || {
            let is_name = !name.is_empty() && !name.contains(['/', '.']);
            let file = || self.find_unique(&format!("{name}.md"), is_near(from, content));
            is_name.then(|| file().or_else(|| self.find_unique(name, is_near(from, content)))).flatten()
        };
        rooted().or_else(|| Some((by_name()?, false)))
    }

    /// The target at a path, or at any address that sites give to it, and whether the letter case differs.
    pub(super) fn page_or_file(&self, path: &str, link_path: &str) -> Option<(LookupTarget, bool)> {
        let exactly = |path: &str| self.find_exact(path, link_path.ends_with('/'));
        let visible = as_seen(path);
        exactly(path)
            .or_else(|| exactly(&visible).filter(|_| visible != path))
            .map(|target| (target, false))
            .or_else(|| self.find_folded(path))
            .or_else(|| PAGE_EXTENSIONS.iter().find_map(|ending| self.find_folded(path.strip_suffix(ending)?)))
    }

    /// The target at exactly this path: a file, a folder's introduction, or a page without its extension or with that
    /// of a site.
    fn find_exact(&self, path: &str, is_folder: bool) -> Option<LookupTarget> {
        let page = |stem: &str| self.introduction(stem).or_else(|| self.find_markdown(stem));
        let bare = || {
            let stem = PAGE_EXTENSIONS.iter().find_map(|ending| path.strip_suffix(ending))?;
            let folder = stem.strip_suffix("index").and_then(|rest| rest.strip_suffix('/'));
            self.find_markdown(stem).or_else(|| self.introduction(folder?))
        };
        match is_folder {
            true => page(path).or_else(|| self.target_at(path)),
            false => self.target_at(path).or_else(|| page(path)).or_else(bare),
        }
    }

    /// The Markdown file at a path without its extension.
    fn find_markdown(&self, stem: &str) -> Option<LookupTarget> {
        let mut path = String::with_capacity(stem.len() + "markdown".len() + 1);
        MARKDOWN_EXTENSIONS.iter().find_map(|ending| {
            path.clear();
            path.extend([stem, ".", ending]);
            self.target_at(&path)
        })
    }

    /// The target relative to the folder in which a site shows the page: `../policy/` on the page `change/normal/`.
    fn find_beside_page(&self, from: &str, link_path: &str, content: &str) -> Option<(LookupTarget, bool)> {
        let (page, _) = from.rsplit_once('.').filter(|_| !is_markdown(link_path) && link_path.starts_with("../"))?;
        let is_folder = matches!(file_name(page).to_ascii_lowercase().as_str(), "index" | "readme" | "_index");
        let path = join(&format!("{page}/"), link_path).filter(|path| !is_folder && is_within(path, content))?;
        Some((self.find_exact(&path, link_path.ends_with('/'))?, false))
    }

    fn breakage(&self, path: &str, link_path: &str) -> Breakage {
        let name = file_name(path);
        let is_page =
            is_markdown(path) || !name.contains('.') || PAGE_EXTENSIONS.iter().any(|ending| name.ends_with(ending));
        match self.is_hidden(path) {
            true => Breakage::Hidden,
            false if is_page || link_path.ends_with('/') => Breakage::NoDocument,
            false => Breakage::NoAsset,
        }
    }
}

/// The paths that a path from the root may mean: from the content folder, or from the handbook's folder.
fn from_root<'p>(content: &'p str, rooted: &'p str) -> impl Iterator<Item = String> + 'p {
    [content, ""].into_iter().filter_map(move |folder| {
        let path = join(&format!("{folder}/"), rooted)?;
        is_within(&path, content).then_some(path)
    })
}

fn build_destination(target: LookupTarget, anchor: Anchor, fragment: &str, miscased: bool) -> Destination {
    match target {
        LookupTarget::Document(document) => Destination::Document { document, anchor, miscased },
        LookupTarget::Asset(asset) => Destination::Asset { asset, fragment: fragment.into(), miscased },
        LookupTarget::Withheld(document) => Destination::Withheld { document, anchor },
    }
}

/// Tests whether a path is in the same language folder as a file, or, like it, in none.
fn is_near<'a>(from: &'a str, content: &'a str) -> impl Fn(&str) -> bool + 'a {
    move |path| language_of(path, content) == language_of(from, content)
}

/// The language of a path: the name of its topmost folder below the folder of all documents, if that is a language tag.
fn language_of<'p>(path: &'p str, content: &str) -> Option<&'p str> {
    let below = if content == "." { path } else { path.strip_prefix(content)?.strip_prefix('/')? };
    below.split_once('/').map(|(folder, _)| folder).filter(|folder| is_language_tag(folder))
}

fn below_folder(content: &str, name: &str) -> String {
    if content == "." { name.to_owned() } else { format!("{content}/{name}") }
}

/// The part after `#`, as written.
fn full_fragment(target: &str) -> &str {
    target.split_once('#').map_or("", |(_, fragment)| fragment)
}
